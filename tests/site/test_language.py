"""The site speaks the edition's language: fixed words from a catalogue, dates as CLDR has them."""

from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from builder.model.language import CATALOG, LOCALE
from builder.site import catalogue

LANGUAGES = sorted(file.parent.parent.name for file in LOCALE.glob("*/LC_MESSAGES/*.po"))


def test_the_template_for_translators_holds_every_word_that_is_said() -> None:
    # If not: python -m builder.site.catalogue
    kept = (LOCALE / f"{CATALOG}.pot").read_text(encoding="utf-8")
    assert catalogue.as_text(catalogue.template()) == kept
    assert {"Papers", "How to cite", "Retracted", ("paper", "papers")} <= set(catalogue.messages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_that_we_ship_is_complete(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / f"{CATALOG}.po").open("rb") as stream:
        known = read_po(stream, locale=language, abort_invalid=True)
    for wanted in catalogue.messages():
        one = wanted if isinstance(wanted, str) else wanted[0]
        found = known.get(one)
        assert found is not None, one
        assert not found.fuzzy, one
        said = [found.string] if isinstance(found.string, str) else list(found.string)
        for text in said:
            assert text, one
            assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", one))


@pytest.fixture(scope="module")
def german(build_site: Any, tmp_path_factory: pytest.TempPathFactory, editions: ModuleType) -> Any:
    volume = replace(editions.volume(), language="de")
    return build_site(tmp_path_factory.mktemp("german"), volume, printed=True)


def test_pages_are_german_throughout(german: Any) -> None:
    known = [one for one in catalogue.messages() if isinstance(one, str)]
    # Words of several words are never the edition's own; without what is filled in.
    several = [one for one in known if " " in one and "{" not in one and one != "Front matter"]
    for path in german.files():
        if not path.endswith(".html"):
            continue
        soup = BeautifulSoup(german.read(path), "html.parser")
        assert soup.html["lang"] == "de"
        words = [soup.get_text(" "), *(str(tag.get("aria-label")) for tag in soup.find_all(True))]
        text = "\n".join(words)
        assert [one for one in several if one in text] == [], path
    assert "Beiträge" in german.read("papers.html")
    assert "Suche" in german.read("about.html")


def test_dates_are_written_as_the_language_writes_them(german: Any) -> None:
    assert "19.–20. Juli 2025" in german.read("index.html")
    assert "Samstag, 19. Juli 2025" in german.read("program.html")
    assert "23. Mai 2025" in german.read("index.html")


def test_the_next_site_of_the_same_process_is_english_again(german: Any, make: Any) -> None:
    page = make().read("papers.html")
    assert ">Papers</h1>" in page
    assert "Beiträge" not in page
    assert "Suche" not in page


def test_editors_may_bring_a_language_of_their_own(make: Any, editions: ModuleType) -> None:
    volume = replace(editions.volume(), language="fr-CA")
    words = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    words += 'msgid "Papers"\nmsgstr "Articles <ici>"\n'
    built = make(volume)
    assert ">Papers</h1>" in built.read("papers.html")
    file = built.root / "proceedings" / "locales" / "fr" / "LC_MESSAGES" / "proceedings.po"
    file.parent.mkdir(parents=True)
    file.write_text(words, encoding="utf-8")
    built = make(volume)
    assert ">Articles &lt;ici&gt;</h1>" in built.read("papers.html")
    assert "19–20 juillet 2025" in built.read("index.html")

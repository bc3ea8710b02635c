"""The fictional edition holds what TerraBytes does not, and is read as it is meant."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from pathlib import Path

import pytest

from builder import edition
from builder.model import Include, PdfKind, Volume, authors
from builder.model.markup import Math, plain
from builder.model.paper import Paper


@pytest.fixture
def volume(fictional: Path) -> Volume:
    loaded = edition.load(fictional)
    assert loaded.volume is not None, loaded.findings
    return loaded.volume


def paper(volume: Volume, key: str) -> Paper:
    found = volume.paper(key)
    assert found is not None
    return found


def names(volume: Volume, key: str) -> list[str]:
    return [contributor.name.full for contributor in paper(volume, key).contributors]


def test_it_loads_without_error(fictional: Path) -> None:
    loaded = edition.load(fictional)
    assert [finding for finding in loaded.findings if finding.severity.label == "error"] == []


def test_it_is_a_publication(volume: Volume) -> None:
    assert volume.archival
    assert volume.publisher == "Imaginary Press"
    assert volume.isbn.replace("-", "") == "9780000000002"
    assert volume.doi == "10.5555/fic2024"
    assert [editor.name.full for editor in volume.editors] == [
        "Jane Doe",
        "Wei Zhang",
        "Ada Nobody, Jr.",
    ]


def test_mathematics_stands_in_titles_and_abstracts(volume: Volume) -> None:
    title = paper(volume, "alder24norms").title
    assert any(isinstance(node, Math) for node in title.nodes)
    abstract = paper(volume, "alder24norms").abstract
    assert abstract is not None
    assert len(abstract.paragraphs) == 2
    assert any(formula.display for formula in abstract.math)
    assert "50" in plain.render(abstract), "a per cent sign begins no comment inside a formula"


def test_names_are_divided_as_their_owners_would(volume: Volume) -> None:
    particles = [c.name for c in paper(volume, "vandermeer24particles").contributors]
    assert [(n.particle, n.family, n.suffix) for n in particles] == [
        ("van der", "Meer", ""),
        ("de la", "Cruz y Paz", ""),
        ("von der", "Insel", ""),
        ("", "d'Arcy", ""),
        ("", "Strand", "Jr."),
        ("", "Quay", "III"),
        ("", "Smith-Jones", ""),
        ("", "Al Nowhere", ""),
    ]


def test_mononyms_and_organisations_are_whole(volume: Volume) -> None:
    assert names(volume, "plato24mononyms") == [
        "Plato",
        "The Atlantis Collaboration",
        "Ministry of Maps and Charts",
    ]
    registered = volume.person("atlantis")
    assert registered is not None
    assert registered.name.organisation


def test_scripts_are_kept_as_written(volume: Volume) -> None:
    assert names(volume, "zhang24scripts")[:4] == ["Wei Zhang", "山田太郎", "김민수", "張偉"]
    assert names(volume, "halevi24right") == ["دانة الخيالي", "יעל דמיוני", "Anna Left"]
    assert "خريطة" in plain.render(paper(volume, "halevi24right").title)


def test_decomposed_accents_become_composed_and_match_the_affiliations(volume: Volume) -> None:
    first, second, third = paper(volume, "alder24norms").contributors
    assert (first.name.full, second.name.full) == ("Ada Ålder", "Zoé Ñandú")
    assert third.name.full == "Ṣadé Ọlátúnjí"
    assert len(first.affiliations) == 2
    assert first.corresponding
    assert first.affiliations[1].name == "Second Affiliation %$#_{}~^\\"


def test_two_people_of_one_name_are_two_authors(volume: Volume) -> None:
    homonyms = [author for author in authors(volume) if author.name.full == "Wei Zhang"]
    assert {author.id for author in homonyms} == {"wei-zhang-north", "wei-zhang-south"}
    assert {author.papers[0].key for author in homonyms} == {"zhang24scripts", "zhang24south"}


def test_a_former_name_is_known_and_private_unless_its_owner_says_otherwise(
    volume: Volume,
) -> None:
    jane, lou = volume.person("jane-doe"), volume.person("lou-newname")
    assert jane is not None
    assert lou is not None
    assert [name.full for name in jane.former_names] == ["Quillon Formerly"]
    assert not jane.former_names_public
    assert lou.former_names_public


def test_awards_supplements_and_links(volume: Volume) -> None:
    best = paper(volume, "alder24norms")
    assert best.awards == ("Best Paper", "Best Coastline")
    assert [supplement.file for supplement in best.supplements] == [
        "papers/alder24norms-supp-poster.pdf",
        "papers/alder24norms-supp.zip",
    ]
    assert best.code == "https://example.org/code/1?a=1&b=2"


def test_the_three_facts_are_independent(volume: Volume) -> None:
    facts = {
        key: (paper(volume, key).include, paper(volume, key).archival, paper(volume, key).pdf)
        for key in ("alder24norms", "map24elsewhere", "abstract24only", "gone24withdrawn")
    }
    assert facts["alder24norms"] == (Include.VOLUME, True, PdfKind.LOCAL)
    assert facts["map24elsewhere"] == (Include.PROGRAM, False, PdfKind.LINK)
    assert facts["abstract24only"] == (Include.PROGRAM, False, PdfKind.NONE)
    assert facts["gone24withdrawn"][0] is Include.WITHDRAWN
    assert paper(volume, "map24elsewhere").pdf_url == "https://example.org/elsewhere.pdf"


def test_what_looks_like_html_is_text(volume: Volume) -> None:
    title = plain.render(paper(volume, "script24alert").title)
    assert title.startswith("<script>alert(1)</script> & ")
    assert names(volume, "script24alert")[1] == "Team <img src=x onerror=alert(2)>"


def test_latex_is_decoded(volume: Volume) -> None:
    assert names(volume, "accents24tex") == [
        "José García",
        "Øystein Álvarez",
        "Jiří Šimůnek",
        "Họa Nguyễn",
    ]
    title = plain.render(paper(volume, "accents24tex").title)
    assert "100% of $" in title
    assert "& #1 in Fictional Cartography: a_b, Gödel" in title


def test_two_days_parallel_sessions_and_a_paper_in_two_sessions(volume: Volume) -> None:
    program = volume.program
    assert program.timezone == "Pacific/Chatham"
    parallel = next(session for session in program.walk() if session.parallel)
    assert [session.room for session in parallel.sessions] == ["Room A", "Room B"]
    assert len(program.sessions_of("alder24norms")) == 2
    assert {session.date for session in program.walk() if session.date} >= {
        dt.date(2024, 9, 28),
        dt.date(2024, 9, 29),
    }
    remote = [slot.paper for session in program.walk() for slot in session.slots if slot.remote]
    assert remote == ["vandermeer24particles", "zhang24scripts", "map24elsewhere"]


def test_its_made_files_are_made_again_byte_for_byte(repository: Path) -> None:
    folder = repository / "tests" / "data" / "fictional"
    spec = importlib.util.spec_from_file_location("make_fictional", folder / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_fictional"] = module
    spec.loader.exec_module(module)
    made = module.files()
    assert len(made) >= 17
    for name, content in made.items():
        assert (folder / name).read_bytes() == content, name


def test_consents_and_addresses_stay_out_of_the_volume(volume: Volume) -> None:
    text = repr(volume)
    for secret in ("secret@example.org", "2024-10-01", "consent"):
        assert secret not in text


def test_an_edition_may_have_no_program_and_no_people(fictional: Path) -> None:
    for file in ("program.yaml", "people.yaml", "special-issue.yaml"):
        (fictional / "proceedings" / file).unlink()
    (fictional / "papers" / "authors.yaml").unlink()
    settings = fictional / "proceedings" / "edition.yaml"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if "editors:" not in line), encoding="utf-8")
    loaded = edition.load(fictional)
    assert loaded.volume is not None
    assert loaded.volume.program.sessions == ()
    assert loaded.volume.people == ()
    assert len(loaded.volume.papers) == 14


def test_an_edition_may_have_no_pdf_at_all(fictional: Path) -> None:
    for file in (fictional / "papers").glob("*.pdf"):
        file.unlink()
    loaded = edition.load(fictional)
    assert loaded.volume is not None
    assert len(loaded.volume.printed) == 11

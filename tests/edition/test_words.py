"""Editors may translate the program's fixed words."""

from __future__ import annotations

from pathlib import Path

from builder.edition import load
from builder.edition.words import own

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def catalogue(root: Path, language: str, text: str) -> Path:
    file = root / "proceedings" / "locales" / language / "LC_MESSAGES" / "proceedings.po"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return file


def test_the_country_comes_before_the_language_and_what_is_empty_is_left_out(
    tmp_path: Path,
) -> None:
    a = catalogue(
        tmp_path,
        "pt",
        HEAD + 'msgid "Contents"\nmsgstr "Índice"\n\n'
        'msgid "Program"\nmsgstr "Programa"\n\nmsgid "Talk"\nmsgstr ""\n',
    )
    b = catalogue(
        tmp_path,
        "pt_BR",
        HEAD + 'msgid "Contents"\nmsgstr "Sumário"\n\n#, fuzzy\nmsgid "Posters"\nmsgstr "?"\n',
    )
    words, findings, files = own(tmp_path, "pt-BR")
    assert words == {"Contents": "Sumário", "Program": "Programa"}
    assert findings == []
    assert files == [a, b]
    assert own(tmp_path, "de") == ({}, [], [])


def test_what_is_no_catalogue_is_told_with_its_line_and_stops_nothing(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr", HEAD + 'msgid "Contents"\nContents = Sommaire\n')
    words, (finding,), _ = own(tmp_path, "fr")
    assert words == {}
    assert finding.code == "words-unreadable"
    assert finding.where is not None
    assert finding.where.file.endswith("fr/LC_MESSAGES/proceedings.po")


def test_an_edition_depends_on_its_words(tmp_path: Path) -> None:
    file = catalogue(tmp_path, "fr", HEAD + 'msgid "Contents"\nmsgstr "Sommaire"\n')
    (tmp_path / "proceedings" / "edition.yaml").write_text(
        "event: {name: X, start: 2025-07-19}\nvolume: {title: T, language: fr}\n", "utf-8"
    )
    loaded = load(tmp_path)
    assert loaded.volume is not None
    assert loaded.volume.translated == {"Contents": "Sommaire"}
    assert file in loaded.files

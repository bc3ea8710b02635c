"""Papers kept from the last reading: nothing comes out but what a full reading gives."""

from __future__ import annotations

import os
import pathlib
import pickle
import random
from pathlib import Path
from unittest.mock import patch

import pytest

from builder.edition import bibtex, keeping, load
from builder.edition.packing import unpack
from builder.edition.source import Source
from builder.work import Cache

EDITION = "event: {name: W, short_name: W 26, start: 2026-07-18}\nvolume: {title: W}\n"
ENTRY = """\
@inproceedings{{{key},
  title = {{{title}}},
  author = {{Doe, Jane and {author}}},
  abstract = {{Some {title} text,
    on two lines, 100\\% sure.}},
  keywords = {{one, two}},{more}
}}
"""
ODD = (
    "\n  x-seat = {12},",
    "\n  url = {not an address},",
    "\n  note = {caf\xe9 \\'e \\unknown},",
    "\n  title = {Twice},",
    "\n  month = jul,",
    "\n  month = undefinedword,",
    "\n  tilte2 = {slip}",
    "\n  crossref = {key1},",
    "\n  abstract2 = {\n@misc{inner, title = {In}}\n},",
)
BLOCKS = (
    "% a remark with @inproceedings{no, title = {x}}\n",
    "@comment{ left out }\n",
    '@string{jul = "Juli"}\n',
    "@proceedings{whole, title = {All of it}}\n",
    "title = {outside},\n",
    "}\n",
    "@inproceedings{broken, title = {never closed\n",
    "\\\\\n",
    "  @misc{indented, title = {Not at the line's beginning}}\n",
    "\n\n",
)
AUTHORS = "key3:\n  Doe, Jane: {affiliation: Here}\nnobody:\n  Ann Ek: {affiliation: There}\n"


def entry(chance: random.Random, key: str) -> str:
    return ENTRY.format(
        key=key,
        title=chance.choice(("Plain", "Two {GAN} Words", "$x^2$ \\emph{up}", "gr\xfc\xdfe")),
        author=chance.choice(("Ek, Ann", "ann ek", "van der Berg, Bo", "ESA Team")),
        more="".join(chance.sample(ODD, 1)) if chance.random() < 0.25 else "",
    )


def edited(chance: random.Random, blocks: list[str]) -> list[str]:
    """The same file after somebody worked on it."""
    new = list(blocks)
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(new) + 1)
        match chance.randrange(8):
            case 0:
                new.insert(at, entry(chance, f"key{chance.randrange(30)}"))
            case 1 if new:
                del new[min(at, len(new) - 1)]
            case 2 if new:
                at = min(at, len(new) - 1)
                new[at] = new[at].replace("title = {", "title = {Changed ", 1)
            case 3:
                new.insert(at, chance.choice(BLOCKS))
            case 4 if new:
                at = min(at, len(new) - 1)
                cut = chance.randrange(len(new[at]) + 1)
                new[at] = new[at][:cut] + chance.choice('{}@%\n"\\,') + new[at][cut:]
            case 5 if new:
                new.insert(at, chance.choice(new))
            case 6 if new:
                new.append(new.pop(min(at, len(new) - 1)))
            case _:
                new.insert(at, "\n" * chance.randrange(3))
    return new


@pytest.mark.parametrize("seed", range(40))
def test_after_any_edit_what_is_read_is_what_a_full_reading_gives(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    (tmp_path / "proceedings").mkdir()
    (tmp_path / "papers").mkdir()
    (tmp_path / "proceedings" / "edition.yaml").write_text(EDITION)
    (tmp_path / "papers" / "authors.yaml").write_text(AUTHORS)
    bib, cache = tmp_path / "papers" / "papers.bib", Cache(tmp_path / "cache")
    blocks = [entry(chance, f"key{number}") for number in range(8)]
    for _ in range(8):
        bib.write_text("".join(blocks), encoding="utf-8")
        assert load(tmp_path, cache) == load(tmp_path)
        blocks = edited(chance, blocks)
        if chance.random() < 0.3:
            # A faulty file is mended before the next edit, as editors do.
            blocks = [entry(chance, f"key{number}") for number in range(8)]


def edition(folder: Path, *entries: str) -> Path:
    (folder / "proceedings").mkdir(exist_ok=True)
    (folder / "papers").mkdir(exist_ok=True)
    (folder / "proceedings" / "edition.yaml").write_text(EDITION)
    (folder / "papers" / "papers.bib").write_text("".join(entries), encoding="utf-8")
    return folder


def read_again(folder: Path, cache: Cache) -> list[str]:
    """What the reader of BibTeX was given."""
    texts: list[str] = []

    def parse(source: Source) -> bibtex.Bibliography:
        texts.append(source.text)
        return bibtex.reading.parse(source)

    with patch.object(keeping.bibtex, "parse", parse):
        load(folder, cache)
    return texts


def plain(key: str, title: str = "Plain") -> str:
    return f"@inproceedings{{{key},\n  title = {{{title}}},\n  author = {{Ek, Ann}},\n}}\n"


def test_only_the_entry_that_changed_is_read_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    edition(tmp_path, plain("a"), plain("b"), plain("c"))
    assert len(read_again(tmp_path, cache)) == 1
    assert read_again(tmp_path, cache) == [""]
    edition(tmp_path, plain("a"), "\n", plain("b", "Other"), plain("c"))
    assert read_again(tmp_path, cache) == [plain("a") + "\n" + plain("b", "Other")]
    volume = load(tmp_path, cache).volume
    assert volume is not None
    lines = [paper.where and paper.where.line for paper in volume.papers]
    assert lines == [1, 6, 10]


def test_what_is_told_of_an_entry_is_told_every_time(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    odd = plain("odd").replace("Ek, Ann", "Ann Ek; Bo Li")
    for above in ("", "\n", plain("new")):
        edition(tmp_path, plain("a"), above, odd, plain("b"))
        loaded = load(tmp_path, cache)
        assert loaded == load(tmp_path)
        assert [finding.subject for finding in loaded.findings] == ["odd"]


def test_another_list_of_authors_makes_all_be_read(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    edition(tmp_path, plain("a"), plain("b"))
    load(tmp_path, cache)
    (tmp_path / "papers" / "authors.yaml").write_text("a:\n  Ann Ek: {affiliation: Here}\n")
    loaded = load(tmp_path, cache)
    assert loaded.volume is not None
    assert loaded.volume.papers[0].contributors[0].affiliations[0].name == "Here"


def test_a_damaged_memory_is_no_memory(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    edition(tmp_path, plain("a"))
    load(tmp_path, cache)
    (kept,) = (tmp_path / "cache" / "papers").rglob("*.bin")
    kept.write_bytes(b"nothing of ours")
    assert load(tmp_path, Cache(tmp_path / "cache")) == load(tmp_path)


@pytest.mark.parametrize(
    "evil", [os.system, pathlib.Path, Cache, keeping.read], ids=lambda one: one.__name__
)
def test_a_memory_from_elsewhere_makes_nothing_but_records(evil: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="no record"):
        unpack(pickle.dumps(evil))
    with pytest.raises(pickle.UnpicklingError, match="no record"):
        unpack(b"\x80\x04\x8c\x13builder.model.paper\x8c\x10Markup.__class__\x93.")

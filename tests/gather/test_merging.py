"""Gathering again and again never costs an editor a keystroke."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builder import edition
from builder.gather import FORMATS, Gathered, Merged, merge
from builder.gather.gathered import GatheredAuthor, GatheredFile, GatheredPaper, GatheredProse
from builder.gather.received import numbers


def author(name: str, affiliation: str = "", email: str = "") -> GatheredAuthor:
    details = {"affiliation": affiliation} if affiliation else {}
    return GatheredAuthor(name=name, printed=name, details=details, email=email)


def paper(source: str, key: str, title: str = "A Title", **fields: str) -> GatheredPaper:
    return GatheredPaper(
        source=source,
        key=key,
        fields={"title": title, **fields},
        authors=(author("Ada Example", "X University", "ada@example.org"),),
    )


def gathered(*papers: GatheredPaper, **more: Any) -> Gathered:
    return Gathered(format="openreview", papers=papers, **more)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "edition"
    edition.scaffold(folder)
    return folder


def texts(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def codes(merged: Merged) -> list[str]:
    return [finding.code for finding in merged.findings]


def edit(root: Path, name: str, changes: Mapping[str, str]) -> None:
    path = root / name
    text = path.read_bytes().decode()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_bytes(text.encode())


BIB = "papers/papers.bib"


def test_the_same_again_changes_no_byte_and_no_time(root: Path) -> None:
    first = gathered(paper("id01", "doe25title"), paper("id02", "roe25title", "Another"))
    assert Path(BIB) in merge(root, first).changed
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    again = merge(root, first)
    assert again == Merged((), ())
    assert before == {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


def test_what_the_editors_wrote_before_stays_byte_for_byte(root: Path) -> None:
    own = (
        '% ours\r\n@string{v = "V"}\r\n\r\n'
        '@InProceedings{ own , title="Ours" # v,\tauthor = {A B} }\r\n@comment{x}'
    )
    (root / BIB).write_bytes(own.encode())
    merge(root, gathered(paper("id01", "doe25title")))
    data = (root / BIB).read_bytes().decode()
    assert data.startswith(own)
    added = data[len(own) :]
    assert "@inproceedings{doe25title,\r\n" in added
    assert "\n" not in added.replace("\r\n", "")
    assert len(edition.bibtex.read(root / BIB).entries) == 2


def test_unedited_fields_are_updated_and_edited_ones_stay(root: Path) -> None:
    merge(root, gathered(paper("id01", "k25", "Old Title", abstract="Old", award="None")))
    edit(root, BIB, {"title = {Old Title}": "title = {My {T}itle}"})
    before = (root / BIB).read_text(encoding="utf-8")
    merged = merge(
        root, gathered(paper("id01", "k25", "Old Title", abstract="New", video="https://v.w"))
    )
    assert merged.findings == ()
    after = (root / BIB).read_text(encoding="utf-8")
    entry = edition.bibtex.read(root / BIB).entry("k25")
    assert entry is not None
    assert entry.get("title") == "My {T}itle"
    assert entry.get("abstract") == "New"
    assert entry.get("video") == "https://v.w"
    assert entry.field("award") is None  # nobody edited it, and the source has it no more
    assert (
        after.splitlines()[: before.splitlines().index("@inproceedings{k25,")]
        == (before.splitlines()[: before.splitlines().index("@inproceedings{k25,")])
    )


def test_both_changed_differently_is_a_conflict_that_stays_open_until_settled(root: Path) -> None:
    merge(root, gathered(paper("id01", "k25", "Old")))
    edit(root, BIB, {"{Old}": "{Mine}"})
    theirs = gathered(paper("id01", "k25", "Theirs"))
    for _ in range(2):
        merged = merge(root, theirs)
        assert codes(merged) == ["gather-conflict"]
        finding = merged.findings[0]
        assert finding.subject == "k25"
        assert "Theirs" in finding.message
        assert "Mine" in finding.message
        assert finding.where is not None
        assert finding.where.line is not None
        assert "{Mine}" in (root / BIB).read_text(encoding="utf-8")
    edit(root, BIB, {"{Mine}": "{Theirs}"})
    assert merge(root, theirs).findings == ()
    assert merge(root, gathered(paper("id01", "k25", "Newer"))).findings == ()
    assert "{Newer}" in (root / BIB).read_text(encoding="utf-8")


def test_white_space_is_no_edit(root: Path) -> None:
    merge(root, gathered(paper("id01", "k25", "A Rather Long Title")))
    edit(root, BIB, {"A Rather Long Title": "A Rather\n     Long   Title"})
    assert merge(root, gathered(paper("id01", "k25", "A Newer Title"))).findings == ()
    assert "{A Newer Title}" in (root / BIB).read_text(encoding="utf-8")


def test_a_paper_missing_from_the_source_is_reported_and_kept(root: Path) -> None:
    both = gathered(paper("id01", "a25"), paper("id02", "b25", "Other"))
    merge(root, both)
    before = texts(root)
    merged = merge(root, gathered(paper("id01", "a25"), withdrawn=("id02",)))
    assert codes(merged) == ["gather-removed"]
    assert merged.findings[0].subject == "b25"
    assert "withdrawn" in merged.findings[0].message
    assert texts(root) == before


def test_a_paper_that_the_editors_deleted_is_not_put_back(root: Path) -> None:
    merge(root, gathered(paper("id01", "a25"), paper("id02", "b25", "Other")))
    text = (root / BIB).read_text(encoding="utf-8")
    kept = text[: text.index("@inproceedings{b25")]
    (root / BIB).write_text(kept, encoding="utf-8")
    merged = merge(root, gathered(paper("id01", "a25"), paper("id02", "b25", "Other")))
    assert codes(merged) == ["gather-entry-deleted"]
    assert (root / BIB).read_text(encoding="utf-8") == kept


def test_keys_are_given_once_and_never_change(root: Path) -> None:
    merge(root, gathered(paper("id01", "doe25map", "One"), paper("id02", "Doe25map", "Two")))
    entries = edition.bibtex.read(root / BIB).entries
    assert [entry.key for entry in entries] == ["doe25map", "Doe25mapb"]
    merge(root, gathered(paper("id02", "roe25new", "Two"), paper("id01", "roe25new", "One")))
    assert [entry.key for entry in edition.bibtex.read(root / BIB).entries] == [
        "doe25map",
        "Doe25mapb",
    ]


def test_papers_that_came_another_way_are_recognised_by_their_forum_or_title(root: Path) -> None:
    own = (
        "@inproceedings{one, title = {One}, openreview = {https://openreview.net/forum?id=F0rum1}}\n"
        "@inproceedings{two, title = {The {T}itle of Two}}\n"
    )
    (root / BIB).write_text(own, encoding="utf-8")
    address = "https://openreview.net/forum?id="
    merged = merge(
        root,
        gathered(
            paper("F0rum1", "x25", "One", openreview=address + "F0rum1"),
            paper("F0rum2", "y25", "The Title of Two", openreview=address + "F0rum2"),
        ),
    )
    bibliography = edition.bibtex.read(root / BIB)
    assert [entry.key for entry in bibliography.entries] == ["one", "two"]
    assert bibliography.entries[1].get("openreview").endswith("F0rum2")
    assert codes(merged) == ["gather-conflict"]  # the braces that the editors put into the title


def test_a_renamed_key_is_followed_by_the_forum(root: Path) -> None:
    address = "https://openreview.net/forum?id=F0rum1"
    merge(root, gathered(paper("F0rum1", "k25", "Old", openreview=address)))
    edit(root, BIB, {"@inproceedings{k25,": "@inproceedings{mine,"})
    assert merge(root, gathered(paper("F0rum1", "k25", "New", openreview=address))).findings == ()
    bibliography = edition.bibtex.read(root / BIB)
    assert [(one.key, one.get("title")) for one in bibliography.entries] == [("mine", "New")]


def test_affiliations_are_merged_author_by_author(root: Path) -> None:
    def with_authors(*authors: GatheredAuthor) -> Gathered:
        return gathered(replace(paper("id01", "k25"), authors=authors))

    merge(root, with_authors(author("Ada Example", "Old"), author("Bo Example", "Old")))
    edit(
        root,
        "papers/authors.yaml",
        {"Ada Example:\n    affiliation: Old": "Ada Example:\n    affiliation: Mine   # sure"},
    )
    merged = merge(root, with_authors(author("Ada Example", "Old"), author("Bo Example", "New")))
    assert merged.findings == ()
    text = (root / "papers" / "authors.yaml").read_text(encoding="utf-8")
    assert "affiliation: Mine   # sure" in text
    assert "Bo Example:\n    affiliation: New" in text
    merged = merge(root, with_authors(author("Ada Example", "Theirs"), author("Bo Example", "New")))
    assert codes(merged) == ["gather-conflict"]
    assert merged.findings[0].subject == "k25"


def test_an_author_who_left_the_paper_leaves_it_here_too(root: Path) -> None:
    two = (author("Ada Example", "X"), author("Bo Example", "Y"))
    merge(root, gathered(replace(paper("id01", "k25"), authors=two)))
    merge(root, gathered(replace(paper("id01", "k25"), authors=two[:1])))
    entry = edition.bibtex.read(root / BIB).entry("k25")
    assert entry is not None
    assert entry.get("author") == "Ada Example"
    assert "Bo Example" not in (root / "papers" / "authors.yaml").read_text(encoding="utf-8")


def test_files_are_copied_updated_if_untouched_and_never_replaced_if_not(
    root: Path, tmp_path: Path
) -> None:
    source = tmp_path / "a.pdf"
    one = replace(paper("id01", "k25"), pdf=GatheredFile(source=source))
    target = root / "papers" / "k25.pdf"
    source.write_bytes(b"first")
    merge(root, gathered(one))
    assert target.read_bytes() == b"first"
    source.write_bytes(b"second")
    assert merge(root, gathered(one)).findings == ()
    assert target.read_bytes() == b"second"
    target.write_bytes(b"mine")
    assert merge(root, gathered(one)).findings == ()  # the source has nothing new
    source.write_bytes(b"third")
    for _ in range(2):
        assert codes(merge(root, gathered(one))) == ["gather-file-differs"]
        assert target.read_bytes() == b"mine"


def test_a_file_that_was_there_before_is_never_replaced(root: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"theirs")
    (root / "papers" / "k25.pdf").write_bytes(b"mine")
    merged = merge(root, gathered(replace(paper("id01", "k25"), pdf=GatheredFile(source=source))))
    assert codes(merged) == ["gather-file-differs"]
    assert (root / "papers" / "k25.pdf").read_bytes() == b"mine"


PROGRAM = {"sessions": [{"title": "One", "papers": [{"paper": "id01"}]}, {"title": "Two"}]}


def test_program_and_people_fill_an_untouched_scaffold(root: Path) -> None:
    people = {"committees": [{"id": "pc", "title": "PC", "members": [{"name": "Ada Example"}]}]}
    merge(root, gathered(paper("id01", "k25"), program=PROGRAM, people=people))
    volume = edition.load(root).volume
    assert volume is not None
    assert volume.program.sessions[0].slots[0].paper == "k25"
    assert volume.committees[0].members[0].name.full == "Ada Example"
    text = (root / "proceedings" / "program.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server")


def test_an_edited_program_stays_and_the_new_one_lies_beside_it(root: Path) -> None:
    merge(root, gathered(paper("id01", "k25"), program=PROGRAM))
    edit(root, "proceedings/program.yaml", {"title: Two": "title: Second   # better"})
    edited = (root / "proceedings" / "program.yaml").read_bytes()
    # Nothing new in the source: nothing to say.
    assert merge(root, gathered(paper("id01", "k25"), program=PROGRAM)).findings == ()
    later = {"sessions": [*PROGRAM["sessions"], {"title": "Three"}]}
    for _ in range(2):
        merged = merge(root, gathered(paper("id01", "k25"), program=later))
        assert codes(merged) == ["gather-proposal"]
        assert (root / "proceedings" / "program.yaml").read_bytes() == edited
        proposal = (root / "proceedings" / "program.yaml.gathered").read_text(encoding="utf-8")
        assert "Three" in proposal
    assert edition.load(root).volume is not None


def test_the_event_fills_what_nobody_wrote_and_names_untouched_pages(root: Path) -> None:
    edit(root, "proceedings/edition.yaml", {'title: "My Workshop: Workshop Papers"': "title: Mine"})
    event = {"name": "Rivers and Maps", "short_name": "Rivers 2025", "start": "2025-07-01"}
    facts = {"event": event, "volume": {"title": "Theirs"}}
    merged = merge(root, gathered(paper("id01", "k25"), edition=facts))
    volume = edition.load(root).volume
    assert volume is not None
    assert volume.event.short_name == "Rivers 2025"
    assert volume.title == "Mine"
    assert codes(merged) == ["gather-conflict"]
    assert (root / "README.md").read_text(encoding="utf-8").startswith("# Rivers 2025")
    again = merge(root, gathered(paper("id01", "k25"), edition=facts))
    assert again.changed == ()


def test_a_preface_takes_the_place_of_the_placeholder_and_no_placeholder_is_printed(
    root: Path,
) -> None:
    page = GatheredProse(file="preface.md", text="# Welcome\n\nHello.\n")
    merge(root, gathered(paper("id01", "k25"), prose=(page,), edition={"event": {"place": "X"}}))
    volume = edition.load(root).volume
    assert volume is not None
    assert [one.file for one in volume.prose if one.booklet] == ["preface.md"]
    edit(root, "proceedings/preface.md", {"Hello": "Hello from us"})
    newer = GatheredProse(file="preface.md", text="# Welcome\n\nHello again.\n")
    event = {"event": {"place": "X"}}
    merged = merge(root, gathered(paper("id01", "k25"), prose=(newer,), edition=event))
    assert codes(merged) == ["gather-proposal"]
    assert "from us" in (root / "proceedings" / "preface.md").read_text(encoding="utf-8")
    assert (root / "proceedings" / "preface.md.gathered").is_file()


def test_addresses_are_kept_in_private_only(root: Path) -> None:
    merge(root, gathered(paper("id01", "k25")))
    holding = {
        name.split("/")[0] for name, data in texts(root).items() if b"ada@example.org" in data
    }
    assert holding == {"private"}
    edit(root, "private/contacts.yaml", {"ada@example.org": "mine@example.org"})
    assert merge(root, gathered(paper("id01", "k25"))).findings == ()
    other = replace(paper("id01", "k25"), authors=(author("Ada Example", "", "new@example.org"),))
    merged = merge(root, gathered(other))
    assert "gather-conflict" in codes(merged)
    assert all("@" not in finding.message for finding in merged.findings)


def test_a_damaged_merge_base_costs_nothing(root: Path) -> None:
    merge(root, gathered(paper("id01", "k25")))
    path = root / "proceedings" / ".received" / "openreview.json"
    for damage in ("", "[]", "{", '{"papers": {"id01": {"key": 3}}, "files": [], "tables": 1}'):
        path.write_text(damage, encoding="utf-8")
        # It is not known any more by its id, but by its title it is.
        merge(root, gathered(paper("id01", "k25")))
        assert len(edition.bibtex.read(root / BIB).entries) == 1
    assert json.loads(path.read_text(encoding="utf-8"))["papers"]["id01"]["key"] == "k25"


def test_an_edition_without_any_file_is_filled(tmp_path: Path) -> None:
    root = tmp_path / "bare"
    merge(root, gathered(paper("id01", "k25"), program=PROGRAM))
    assert (root / BIB).read_text(encoding="utf-8").startswith("@inproceedings{k25,")
    assert (root / "proceedings" / "program.yaml").is_file()


def test_broken_files_of_the_editors_are_left_as_they_are(root: Path) -> None:
    (root / "papers" / "authors.yaml").write_bytes(b"k25: [broken\n")
    (root / "proceedings" / "program.yaml").write_bytes(b"\xff\xfe broken")
    merged = merge(root, gathered(paper("id01", "k25"), program=PROGRAM))
    assert sorted(codes(merged)) == ["gather-proposal", "gather-proposal"]
    assert (root / "papers" / "authors.yaml").read_bytes() == b"k25: [broken\n"
    assert (root / "proceedings" / "program.yaml").read_bytes() == b"\xff\xfe broken"
    (root / BIB).write_bytes("@misc{a, title = {é}}".encode("utf-16"))
    merged = merge(root, gathered(paper("id01", "k25")))
    assert codes(merged) == ["gather-unreadable"]
    assert merged.changed == ()


def test_an_entry_that_is_damaged_is_not_touched(root: Path) -> None:
    damaged = (
        "@inproceedings{k25,\n  title = {One},\n  author = {A B}\n  year = 2020,\n}\n"
        "@misc{x, title={y"
    )
    (root / BIB).write_text(damaged, encoding="utf-8")
    bibtex = Gathered(format="bibtex", papers=(paper("k25", "k25", "Another"),))
    merge(root, bibtex)
    text = (root / BIB).read_text(encoding="utf-8")
    assert "title = {One}" in text
    assert "author = {A B}\n  year = 2020" in text


def test_numbers_are_remembered_for_pairing(root: Path) -> None:
    merge(root, gathered(replace(paper("id01", "k25"), number="12")))
    assert numbers(root) == {"k25": "12"}


@pytest.mark.shared
@pytest.mark.parametrize(("name", "papers"), [("v304", 79), ("v328", 54)])
def test_real_submissions_to_pmlr_come_over_and_stay(
    shared: Path, root: Path, name: str, papers: int
) -> None:
    source = shared / "corpora" / "bibtex" / f"pmlr-{name}-as-submitted.bib"
    merge(root, FORMATS["bibtex"](source))
    volume = edition.load(root).volume
    assert volume is not None
    assert len(volume.papers) == papers
    assert volume.event.start is not None
    before = texts(root)
    assert merge(root, FORMATS["bibtex"](source)).changed == ()
    assert texts(root) == before


def test_a_byte_order_mark_stays(root: Path) -> None:
    path = root / "papers" / "authors.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    merge(root, gathered(paper("id01", "k25")))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert "X University" in path.read_text(encoding="utf-8")
    assert merge(root, gathered(paper("id01", "k25"))).changed == ()

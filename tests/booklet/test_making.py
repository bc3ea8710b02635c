"""The whole booklet: what an editor gets, read back by a reader that did not write it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from builder.booklet import Booklet, Request, build, matter, paginate, proving
from builder.booklet import papers as papers_module
from builder.model import Finding, PdfKind, Prose, Severity
from tests.booklet.conftest import Edition, linked, make_edition


def made(edition: Edition, folder: Path, *, draft: bool = False, **more: Any) -> Booklet:
    plan = paginate(edition.volume, edition.inspections, draft=draft)
    return build(
        Request(
            volume=edition.volume,
            plan=plan,
            inspections=edition.inspections,
            root=edition.root,
            sources=edition.sources,
            folder=folder,
            cache=edition.cache,
            draft=draft,
            **more,
        )
    )


def links(reader: pypdf.PdfReader, index: int) -> Iterator[int | str]:
    """Page index or address of each link of one page."""
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    for reference in reader.pages[index].get("/Annots", []):
        action = reference.get_object().get("/A", {})
        if action.get("/S") == "/URI":
            yield str(action["/URI"])
        elif action.get("/S") == "/GoTo":
            target = action["/D"]
            if isinstance(target, str | bytes):
                target = reader.named_destinations[str(target)].dest_array
            yield (
                numbers[target.raw_get(0).idnum]
                if hasattr(target, "raw_get")
                else numbers[list.__getitem__(target, 0).idnum]
            )


def titles(outline: list[Any]) -> list[Any]:
    return [titles(one) if isinstance(one, list) else one.title for one in outline]


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> tuple[Booklet, pypdf.PdfReader]:
    folder = tmp_path_factory.mktemp("final")
    booklet = made(make_edition(folder), folder / "work")
    return booklet, pypdf.PdfReader(booklet.volume)


def test_a_sound_edition_has_no_findings(final: tuple[Booklet, pypdf.PdfReader]) -> None:
    booklet, _ = final
    assert booklet.findings == ()
    assert sorted(booklet.papers) == ["ada25", "bo25", "cy25"]


def test_labels_are_roman_then_arabic_to_the_end(
    final: tuple[Booklet, pypdf.PdfReader],
) -> None:
    _, reader = final
    labels = reader.page_labels
    front = labels.index("1")
    assert labels[:3] == ["i", "ii", "iii"]
    assert labels[front:] == [str(n) for n in range(1, len(labels) - front + 1)]
    assert len(labels) - front == 6 + 1  # the papers, and the index


def test_printed_numbers_are_the_labels(final: tuple[Booklet, pypdf.PdfReader]) -> None:
    _, reader = final
    for page, label in zip(reader.pages, reader.page_labels, strict=True):
        if label != "i":  # the cover bears none
            assert label in page.extract_text().split()


def test_every_mention_of_a_paper_leads_to_its_first_page(
    final: tuple[Booklet, pypdf.PdfReader],
) -> None:
    _, reader = final
    labels = reader.page_labels
    front = labels.index("1")
    contents = next(n for n in range(front) if "Contents" in reader.pages[n].extract_text()[:20])
    reached = {labels[target] for target in links(reader, contents) if isinstance(target, int)}
    assert reached == {"1", "4", "6", "7"}
    everywhere = [link for n in range(len(labels)) for link in links(reader, n)]
    assert not [link for link in everywhere if isinstance(link, str) and "x-proc" in link]
    index = {labels[t] for t in links(reader, len(labels) - 1) if isinstance(t, int)}
    assert index == {"1", "4", "6"}


def test_links_inside_papers_stay_inside(final: tuple[Booklet, pypdf.PdfReader]) -> None:
    _, reader = final
    first = reader.page_labels.index("1")
    starts = {first: range(first, first + 3), first + 3: range(first + 3, first + 5)}
    for start, pages in starts.items():
        assert {link for page in pages for link in links(reader, page)} == {start}


def test_the_outline_nests_papers_and_their_own_bookmarks(
    final: tuple[Booklet, pypdf.PdfReader],
) -> None:
    _, reader = final
    found = titles(reader.outline)
    assert found[:2] == ["Cover", "Imprint"]
    assert found[-1] == "Author Index"
    place = found.index("Long papers")
    assert found[place + 1] == ["On the First Thing", ["First"], "On the Third Thing", ["First"]]


def test_stamps_say_what_the_volume_is(final: tuple[Booklet, pypdf.PdfReader]) -> None:
    booklet, reader = final
    first = reader.page_labels.index("1")
    line = "Presented at WoE 2025; non-archival. Pages 1–3."
    assert line in " ".join(reader.pages[first].extract_text().split())
    assert line not in reader.pages[first + 1].extract_text()
    alone = pypdf.PdfReader(booklet.papers["ada25"])
    assert line in " ".join(alone.pages[0].extract_text().split())
    assert alone.metadata is not None
    assert alone.metadata.title == "On the First Thing"
    assert alone.page_labels == ["1", "2", "3"]


def test_front_matter_alone_has_no_dead_links(final: tuple[Booklet, pypdf.PdfReader]) -> None:
    booklet, _ = final
    alone = pypdf.PdfReader(booklet.front_matter)
    for page in range(len(alone.pages)):
        assert not [a for a in links(alone, page) if isinstance(a, str) and "x-proc" in a]
    assert b"x-proc" not in booklet.front_matter.read_bytes()


def test_a_draft_says_so_on_every_page_and_lists_findings_last(
    edition: Edition, tmp_path: Path
) -> None:
    finding = Finding(code="x", severity=Severity.ERROR, message="Something is wrong here")
    booklet = made(edition, tmp_path / "work", draft=True, findings=(finding,))
    pages = [page.extract_text() for page in pypdf.PdfReader(booklet.volume).pages]
    assert all("DRAFT" in text for text in pages)
    assert "Something is wrong here" in pages[-1]


def test_missing_and_unusable_papers_are_labelled_pages_in_a_draft(
    edition: Edition, tmp_path: Path
) -> None:
    del edition.inspections["ada25"], edition.sources["ada25"]
    edition.inspections["bo25"] = replace(
        edition.inspections["bo25"], problem="it needs a password", pages=()
    )
    booklet = made(edition, tmp_path / "work", draft=True)
    reader = pypdf.PdfReader(booklet.volume)
    first = reader.page_labels.index("1")
    assert "There is no file papers/ada25.pdf." in reader.pages[first].extract_text()
    assert "it needs a password" in reader.pages[first + 1].extract_text()
    assert sorted(booklet.papers) == ["cy25"]


def test_a_paper_that_fails_late_keeps_its_pages_and_is_reported(
    edition: Edition, tmp_path: Path
) -> None:
    edition.sources["ada25"].write_bytes(b"%PDF-1.7\nnot any more")
    booklet = made(edition, tmp_path / "work")
    (finding,) = [f for f in booklet.findings if f.code == "paper-not-prepared"]
    assert (finding.subject, finding.severity) == ("ada25", Severity.ERROR)
    reader = pypdf.PdfReader(booklet.volume)
    first = reader.page_labels.index("1")
    assert "could not be prepared" in reader.pages[first].extract_text()
    assert "Page 3 of 3" in reader.pages[first + 2].extract_text()
    assert "Paper bo25" in reader.pages[first + 3].extract_text()


def test_a_paper_that_changed_after_it_was_counted_is_not_printed_askew(
    edition: Edition, tmp_path: Path
) -> None:
    shutil.copyfile(edition.sources["ada25"], edition.sources["cy25"])
    booklet = made(edition, tmp_path / "work")
    (finding,) = booklet.findings
    assert finding.subject == "cy25"
    assert "3 pages now, but had 1" in finding.message


def test_a_paper_published_elsewhere_has_a_page_that_leads_there(
    edition: Edition, tmp_path: Path
) -> None:
    address = "https://example.org/ada.pdf"
    del edition.sources["ada25"], edition.inspections["ada25"]
    elsewhere = edition.with_volume(
        lambda v: replace(v, papers=(linked(v.papers[0], address), *v.papers[1:]))
    )
    booklet = made(elsewhere, tmp_path / "work")
    reader = pypdf.PdfReader(booklet.volume)
    first = reader.page_labels.index("1")
    assert booklet.findings == ()
    assert "On the First Thing" in reader.pages[first].extract_text()
    assert list(links(reader, first)) == [address]
    assert "ada25" not in booklet.papers


def test_a_second_build_prepares_nothing_anew_and_gives_equal_bytes(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = made(edition, tmp_path / "one")
    asked: list[str] = []
    run = papers_module.run

    def listening(jobs: Any, **more: Any) -> Any:
        queue = list(jobs)
        asked.extend(job.name for job in queue)
        return run(queue, **more)

    monkeypatch.setattr(papers_module, "run", listening)
    two = made(edition, tmp_path / "two")
    assert asked == []
    assert one.volume.read_bytes() == two.volume.read_bytes()
    assert one.front_matter.read_bytes() == two.front_matter.read_bytes()
    edition.sources["bo25"].write_bytes(edition.sources["bo25"].read_bytes() + b"\n%\n")
    made(edition, tmp_path / "three")
    assert asked == ["bo25"]


def test_without_a_cache_the_bytes_are_the_same(edition: Edition, tmp_path: Path) -> None:
    one = made(edition, tmp_path / "one").volume.read_bytes()
    shutil.rmtree(edition.cache.folder)
    assert made(edition, tmp_path / "elsewhere" / "two").volume.read_bytes() == one


@pytest.mark.parametrize("lost", ["overlay", "segment"])
def test_a_cache_that_lost_a_part_of_a_paper_gives_the_same_bytes(
    edition: Edition, tmp_path: Path, lost: str
) -> None:
    one = made(edition, tmp_path / "one").volume.read_bytes()
    shutil.rmtree(edition.cache.folder / "volume")
    next(edition.cache.folder.rglob(f"*.{lost}")).unlink()
    assert made(edition, tmp_path / "two").volume.read_bytes() == one


def test_a_volume_without_papers_is_a_volume(edition: Edition, tmp_path: Path) -> None:
    empty = edition.with_volume(lambda v: replace(v, papers=()))
    booklet = made(empty, tmp_path / "work")
    reader = pypdf.PdfReader(booklet.volume)
    assert set(reader.page_labels) <= {"i", "ii", "iii", "iv", "v", "vi", "vii"}
    assert [f.code for f in booklet.findings] == ["prose-unknown-reference"] * 1


def test_papers_without_any_pdf_make_a_final_volume_of_abstracts(
    edition: Edition, tmp_path: Path
) -> None:
    nothing = edition.with_volume(
        lambda v: replace(v, papers=tuple(replace(p, pdf=PdfKind.NONE) for p in v.papers))
    )
    booklet = made(replace(nothing, sources={}, inspections={}), tmp_path / "work")
    assert booklet.findings == ()
    assert booklet.papers == {}
    assert pypdf.PdfReader(booklet.volume).page_labels[-1] == "4"


def test_keys_that_need_quoting_are_linked_all_the_same(edition: Edition, tmp_path: Path) -> None:
    key = "doe:25/ä+%"

    def renamed(v: Any) -> Any:
        return replace(v, papers=(replace(v.papers[0], key=key), *v.papers[1:]), prose=())

    odd = edition.with_volume(renamed)
    odd.sources[key] = odd.sources["ada25"]
    odd.inspections[key] = odd.inspections["ada25"]
    booklet = made(odd, tmp_path / "work")
    assert booklet.findings == ()
    assert key in booklet.papers


def test_a_page_of_prose_that_cannot_be_read_is_reported(edition: Edition, tmp_path: Path) -> None:
    (edition.root / "proceedings" / "preface.md").write_bytes(b"# \xff\xfe")
    (finding,) = made(edition, tmp_path / "work").findings
    assert (finding.code, finding.severity) == ("prose-missing", Severity.ERROR)


def test_a_proof_compares_every_paper_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = make_edition(tmp_path)
    first = made(edition, tmp_path / "one", prove=True)
    (done,) = first.findings
    assert done.code == "proof-done"
    assert done.message.startswith("3 of 3 papers are proved unharmed: 6 pages")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("compared again")

    monkeypatch.setattr(proving, "prove", never)
    assert made(edition, tmp_path / "two", prove=True).findings == (done,)


def test_dividers_stand_between_the_papers_and_keep_the_numbers_right(tmp_path: Path) -> None:
    edition = make_edition(tmp_path).with_volume(
        lambda volume: replace(
            volume, booklet=replace(volume.booklet, dividers=True, contents="tracks")
        )
    )
    booklet = made(edition, tmp_path / "work")
    assert booklet.findings == ()
    reader = pypdf.PdfReader(booklet.volume)
    labels = reader.page_labels
    assert "Long papers" in reader.pages[labels.index("1")].extract_text()
    assert "Paper ada25" in reader.pages[labels.index("2")].extract_text()
    assert "Short papers" in reader.pages[labels.index("5")].extract_text()
    assert "Author Index" in reader.pages[labels.index("10")].extract_text()


def test_front_matter_is_set_again_only_if_it_says_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = make_edition(tmp_path)
    asked: list[str] = []
    run = matter.run

    def listening(jobs: Any, **more: Any) -> Any:
        queue = list(jobs)
        asked.extend(job.name for job in queue)
        return run(queue, **more)

    monkeypatch.setattr(matter, "run", listening)
    made(edition, tmp_path / "one")
    assert sorted(asked) == ["alone", "back", "front"]
    asked.clear()
    made(edition, tmp_path / "two")
    assert asked == []
    made(
        edition.with_volume(lambda volume: replace(volume, publisher="Someone")),
        tmp_path / "three",
    )
    assert sorted(asked) == ["alone", "front"]


def test_many_short_pages_of_prose_can_be_set(edition: Edition, tmp_path: Path) -> None:
    files = tuple(f"page{number:02}.md" for number in range(12))
    for file in files:
        (edition.root / "proceedings" / file).write_text(f"# {file}\n\nA few words.\n", "utf-8")
    wordy = edition.with_volume(
        lambda v: replace(v, papers=(), prose=tuple(Prose(file=file, title=file) for file in files))
    )
    booklet = made(wordy, tmp_path / "work")
    assert booklet.findings == ()
    words = "".join(page.extract_text() for page in pypdf.PdfReader(booklet.volume).pages)
    assert all(f"page{number:02}" in words for number in range(12))

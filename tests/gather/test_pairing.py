"""PDFs find their papers by name and by title, and are copied only when that is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.gather import Proposal, copy, pair
from builder.model import Event, Inspection, Markup, PageSeen, Paper, PdfKind, Volume

TITLES = {
    "doe25maps": "Rivers Seen from Above: Maps without Labels",
    "roe25night": "Counting Fishing Boats at Night",
    "poe25data": "A Global Dataset of Lighthouses",
}


def volume(titles: dict[str, str] = TITLES, **more: dict[str, str]) -> Volume:
    papers = tuple(
        Paper(
            key=key,
            title=Markup.text(title),
            contributors=(),
            pdf_file=f"papers/{key}.pdf",
            openreview=more.get("openreview", {}).get(key, ""),
        )
        for key, title in titles.items()
    )
    return Volume(event=Event(name="E", short_name="E"), title="V", papers=papers)


def page(title: str, sha256: str = "", problem: str = "") -> Inspection:
    text = f"{title}\nAda Example\nAbstract. We describe what is described here at some length."
    pages = () if problem else (PageSeen(width=595, height=842, text=text),)
    return Inspection(sha256=sha256 or title, size=1, pages=pages, problem=problem)


def only(name: str, seen: Inspection, **more: dict[str, str]) -> Proposal:
    (proposal,) = pair(volume(**more), {name: seen})
    return proposal


def test_a_file_named_by_its_key_with_the_right_title_is_certain() -> None:
    proposal = only("doe25maps.pdf", page(TITLES["doe25maps"]))
    assert (proposal.key, proposal.certain) == ("doe25maps", True)


@pytest.mark.parametrize(
    "name", ["final.pdf", "Camera_Ready (3).pdf", "2025.pdf", "doe25maps_final.pdf", "x-12.pdf"]
)
def test_any_name_will_do_if_page_1_shows_the_title(name: str) -> None:
    proposal = only(name, page("RIVERS SEEN FROM ABOVE:\nMAPS WITH-\nOUT LABELS"))
    assert (proposal.key, proposal.certain) == ("doe25maps", True)


def test_the_forums_id_in_the_name_counts() -> None:
    addresses = {"openreview": {"roe25night": "https://openreview.net/forum?id=aB-3_xYz12"}}
    proposal = only("12_aB-3_xYz12_pdf.pdf", page(""), **addresses)
    assert proposal.key == "roe25night"
    proposal = only("aB-3_xYz12.pdf", page(TITLES["roe25night"]), **addresses)
    assert proposal.certain


def test_numbers_of_the_submission_system_count_with_the_title_only() -> None:
    numbers = {"poe25data": "14"}
    seen = {"paper14.pdf": page(TITLES["poe25data"]), "paper014_v2.pdf": page("Something Else")}
    named, other = pair(volume(), seen, numbers)
    assert (named.key, named.certain) == ("poe25data", True)
    assert (other.key, other.certain) == ("poe25data", False)


def test_numeric_keys_are_found_in_names() -> None:
    papers = volume({"2": TITLES["doe25maps"], "12": TITLES["roe25night"]})
    (proposal,) = pair(papers, {"Submission_12_CR.pdf": page(TITLES["roe25night"])})
    assert (proposal.key, proposal.certain) == ("12", True)


def test_a_number_in_a_name_weighs_less_than_a_title() -> None:
    papers = volume({"2": TITLES["doe25maps"], "12": TITLES["roe25night"]})
    inside, alone = pair(
        papers, {"upload-2.pdf": page(TITLES["roe25night"]), "12.pdf": page(TITLES["doe25maps"])}
    )
    assert (inside.key, inside.certain) == ("12", True)
    assert (alone.key, alone.certain) == ("2", False)


def test_a_swapped_pair_is_never_certain_and_is_named() -> None:
    seen = {
        "doe25maps.pdf": page(TITLES["roe25night"]),
        "roe25night.pdf": page(TITLES["doe25maps"]),
    }
    first, second = pair(volume(), seen)
    assert not first.certain
    assert not second.certain
    assert first.key == "roe25night"
    assert "doe25maps" in first.why
    assert "roe25night" in first.why


def test_a_changed_title_is_looked_at_by_a_person() -> None:
    proposal = only("doe25maps.pdf", page("An Entirely Different Thing"))
    assert (proposal.key, proposal.certain) == ("doe25maps", False)


def test_scans_and_broken_files() -> None:
    scan = Inspection(sha256="s", size=1, pages=(PageSeen(width=1, height=1),))
    assert only("doe25maps.pdf", scan).certain
    assert not only("scan.pdf", scan).certain
    broken = only("doe25maps.pdf", page("", problem="it is not a PDF"))
    assert not broken.certain
    assert "it is not a PDF" in broken.why


def test_two_versions_of_one_paper_are_a_question_and_copies_are_not() -> None:
    title = TITLES["doe25maps"]
    two = pair(volume(), {"v1.pdf": page(title, "a"), "v2.pdf": page(title, "b")})
    assert [proposal.certain for proposal in two] == [False, False]
    same = pair(volume(), {"v1.pdf": page(title, "a"), "v2.pdf": page(title, "a")})
    assert [proposal.certain for proposal in same] == [True, False]


def test_papers_with_nearly_one_title_are_a_question() -> None:
    papers = volume({"a": "Maps of Rivers, Part One", "b": "Maps of Rivers, Part Two"})
    (proposal,) = pair(papers, {"x.pdf": page("Maps of Rivers, Part")})
    assert not proposal.certain


def test_supplements_are_no_papers() -> None:
    proposal = only("doe-supplementary.pdf", page(TITLES["doe25maps"]))
    assert not proposal.certain


def test_papers_that_need_no_pdf_get_none() -> None:
    paper = Paper(key="x", title=Markup.text("Some Title Here"), contributors=(), pdf=PdfKind.LINK)
    linked = Volume(event=Event(name="E", short_name="E"), title="V", papers=(paper,))
    (proposal,) = pair(linked, {"x.pdf": page("Some Title Here")})
    assert (proposal.key, proposal.certain) == ("", False)


def test_only_certain_files_are_copied_and_nothing_is_overwritten(tmp_path: Path) -> None:
    root, inbox = tmp_path / "edition", tmp_path / "inbox"
    (root / "papers").mkdir(parents=True)
    inbox.mkdir()
    (root / "papers" / "roe25night.pdf").write_bytes(b"mine")
    seen = {
        "a.pdf": page(TITLES["doe25maps"]),
        "b.pdf": page(TITLES["roe25night"]),
        "c.pdf": page("Unknown"),
    }
    files = {name: inbox / name for name in seen}
    for name, path in files.items():
        path.write_bytes(name.encode())
    proposals = pair(volume(), seen)
    merged = copy(root, volume(), proposals, files)
    assert merged.changed == (Path("papers/doe25maps.pdf"),)
    assert (root / "papers" / "doe25maps.pdf").read_bytes() == b"a.pdf"
    assert (root / "papers" / "roe25night.pdf").read_bytes() == b"mine"
    assert sorted(finding.code for finding in merged.findings) == [
        "gather-file-differs",
        "gather-pdf-uncertain",
    ]
    assert "copy it to papers/<key>.pdf yourself" in merged.findings[-1].hint
    assert copy(root, volume(), proposals, files).changed == ()

"""Front and back matter as data: order, completeness, nothing invented."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from builder import prose
from builder.booklet import paginate, prose_files
from builder.booklet.desk import Desk, paper_target
from builder.booklet.front import back_matter, front_matter
from builder.booklet.settings import unknown_names
from builder.model import (
    BookletSettings,
    Committee,
    Finding,
    Include,
    Inspection,
    Person,
    Program,
    Prose,
    Session,
    Severity,
    Slot,
    Volume,
)
from tests.booklet.conftest import linked, paper, person


@pytest.fixture
def desk(volume: Volume, inspections: dict[str, Inspection]) -> Desk:
    return desk_of(volume, inspections)


def desk_of(
    volume: Volume, inspections: dict[str, Inspection], source: str = "# Preface\n\nWords.\n"
) -> Desk:
    plan = paginate(volume, inspections, draft=True)
    pages = {file: prose.parse(source, file) for file in prose_files(volume)}
    return Desk(volume=volume, plan=plan, prose=pages)


def kinds(data: dict[str, Any] | None) -> list[str]:
    return [section["kind"] for section in data["sections"]] if data else []


def section(desk: Desk, kind: str) -> dict[str, Any]:
    return next(one for one in front_matter(desk)["sections"] if one["kind"] == kind)


def test_sections_stand_in_the_default_order(desk: Desk) -> None:
    assert kinds(front_matter(desk)) == [
        "cover",
        "imprint",
        "sponsors",
        "prose",
        "committees",
        "talks",
        "program",
        "contents",
    ]
    assert kinds(back_matter(desk)) == ["author-index"]


def test_sections_follow_the_settings(volume: Volume, inspections: dict[str, Inspection]) -> None:
    settings = BookletSettings(front_matter=("contents", "preface.md"), back_matter=("program",))
    desk = desk_of(replace(volume, booklet=settings), inspections)
    assert kinds(front_matter(desk)) == ["contents", "prose"]
    assert kinds(back_matter(desk)) == ["program"]


def test_sections_that_would_be_empty_are_left_out(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    bare = replace(volume, committees=(), program=Program(), sponsors=(), prose=(), papers=())
    desk = desk_of(bare, inspections)
    assert kinds(front_matter(desk)) == ["cover", "imprint"]
    assert back_matter(desk) is None


def test_a_volume_begins_with_a_cover_whatever_the_settings(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    none = replace(volume, booklet=BookletSettings(front_matter=(), back_matter=()))
    assert kinds(front_matter(desk_of(none, inspections))) == ["cover"]


def test_unknown_sections_are_found(volume: Volume) -> None:
    settings = BookletSettings(front_matter=("cover", "forward", "preface.md"))
    (finding,) = unknown_names(replace(volume, booklet=settings))
    assert finding.code == "booklet-unknown-section"
    assert "`forward`" in finding.message


def test_prose_is_printed_once_where_it_is_named(volume: Volume) -> None:
    pages = tuple(
        Prose(file=file, title="", booklet=file != "site.md")
        for file in ("a.md", "b.md", "site.md")
    )
    settings = BookletSettings(front_matter=("b.md", "prose"))
    assert prose_files(replace(volume, prose=pages, booklet=settings)) == ("b.md", "a.md")
    assert prose_files(replace(volume, prose=pages)) == ("a.md", "b.md")


def test_a_non_archival_volume_says_so_on_cover_imprint_and_every_page(desk: Desk) -> None:
    data = front_matter(desk)
    assert "non-archival" in section(desk, "cover")["statement"]
    assert "non-archival" in section(desk, "imprint")["statement"]
    assert data["running"].endswith("non-archival")
    labels = [row["label"] for row in section(desk, "imprint")["rows"]]
    assert not {"ISBN", "ISSN", "DOI", "Published"} & set(labels)


def test_an_archival_volume_has_its_identifiers_and_a_citation(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    said = replace(
        volume, archival=True, isbn="978-0", doi="10.5555/x", publisher="P", license="CC-BY-4.0"
    )
    imprint = section(desk_of(said, inspections), "imprint")
    rows = {row["label"]: row["text"] for row in imprint["rows"]}
    assert rows["ISBN"] == "978-0"
    assert rows["License"] == "Creative Commons Attribution 4.0 International"
    assert imprint["statement"] == ""
    assert imprint["citations"][0]["text"].startswith(
        "2025. WoE 2025 Papers. Vancouver, Canada, P."
    )


def test_contents_list_every_paper_once_with_its_page(desk: Desk) -> None:
    groups = section(desk, "contents")["groups"]
    assert [(g["title"], [p["page"] for p in g["papers"]]) for g in groups] == [
        ("Long papers", ["1", "6"]),
        ("Short papers", ["4"]),
    ]
    first = groups[0]["papers"][0]
    assert first["authors"] == ["Ada Álvarez", "Bo Łukasik"]
    assert first["href"] == paper_target("ada25") == "x-proc:paper/ada25"
    assert section(desk, "contents")["back"] == []
    known = replace(desk, back_pages={"author-index": "7"})
    assert section(known, "contents")["back"] == [
        {"title": "Author Index", "page": "7", "href": "x-proc:section/author-index"}
    ]


def test_contents_by_sessions_follow_the_program_and_miss_nobody(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    said = replace(volume, booklet=replace(volume.booklet, contents="sessions"))
    groups = section(desk_of(said, inspections), "contents")["groups"]
    assert [(g["title"], [p["page"] for p in g["papers"]]) for g in groups] == [
        ("Talks", ["1", "6"]),
        ("Other papers", ["4"]),
    ]


def test_flat_contents_have_no_headings(volume: Volume, inspections: dict[str, Inspection]) -> None:
    said = replace(volume, booklet=replace(volume.booklet, contents="flat"))
    (group,) = section(desk_of(said, inspections), "contents")["groups"]
    assert group["title"] == ""
    assert [p["page"] for p in group["papers"]] == ["1", "4", "6"]


def test_the_program_leaves_out_what_nobody_said(desk: Desk) -> None:
    (day,) = section(desk, "program")["days"]
    assert day["title"] == "Saturday, 19 July 2025"
    opening, coffee, talks = day["sessions"]
    assert (opening["times"], coffee["times"], talks["times"]) == ("9:00–9:10", "", "10:00")
    assert [slot["page"] for slot in talks["slots"]] == ["6", "1", ""]


def test_days_follow_the_dates_of_sessions(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    first, second = dt.date(2025, 7, 19), dt.date(2025, 7, 20)
    program = Program(
        sessions=(
            Session(id="a", title="A", date=first),
            Session(id="b", title="B"),
            Session(id="c", title="C", sessions=(Session(id="d", title="D", date=second),)),
        )
    )
    days = section(desk_of(replace(volume, program=program), inspections), "program")["days"]
    assert [[s["id"] for s in day["sessions"]] for day in days] == [["a", "b"], ["c"]]


def test_parallel_sessions_share_the_time_they_have_in_common(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    inner = tuple(
        Session(id=id, title=id, start=dt.time(10), end=dt.time(11)) for id in ("one", "two")
    )
    program = Program(sessions=(Session(id="p", title="P", parallel=True, sessions=inner),))
    days = section(desk_of(replace(volume, program=program), inspections), "program")["days"]
    (both,) = days[0]["sessions"]
    assert both["parallel"]
    assert both["times"] == "10:00–11:00"
    assert [one["times"] for one in both["sessions"]] == ["", ""]


def test_program_only_papers_are_in_the_program_but_not_in_contents_or_index(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    guest = replace(
        paper("guest25", "Elsewhere", "Gus Guest", include=Include.PROGRAM),
        url="https://example.org/guest",
    )
    slots = Session(id="s", title="S", slots=(Slot(paper="guest25"),))
    said = replace(volume, papers=(*volume.papers, guest), program=Program(sessions=(slots,)))
    desk = desk_of(said, inspections)
    (slot,) = section(desk, "program")["days"][0]["sessions"][0]["slots"]
    assert (slot["page"], slot["href"]) == ("", "https://example.org/guest")
    assert "guest25" not in json.dumps(section(desk, "contents"))
    assert "Guest" not in json.dumps(back_matter(desk))


def test_a_withdrawn_paper_is_named_nowhere_but_by_the_slot_that_still_has_it(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    gone = replace(volume.papers[2], include=Include.WITHDRAWN)
    said = replace(volume, papers=(*volume.papers[:2], gone))
    desk = desk_of(said, inspections)
    assert "Third" not in json.dumps(front_matter(desk))
    assert "Pratt" not in json.dumps(back_matter(desk))


def test_the_index_has_each_person_once_in_root_collation(desk: Desk) -> None:
    back = back_matter(desk)
    assert back is not None
    (index,) = back["sections"]
    assert [g["initial"] for g in index["groups"]] == ["A", "L", "O", "P"]
    assert [a["name"] for g in index["groups"] for a in g["authors"]] == [
        "Álvarez, Ada",
        "Łukasik, Bo",
        "Öz, Zoë",
        "Pratt, Cy",
    ]
    bo = index["groups"][1]["authors"][0]
    assert [p["page"] for p in bo["pages"]] == ["1", "4"]
    assert back["first-page"] == 7
    assert back["numbering"] == "1"


def test_links_to_papers_lead_to_the_web_where_front_matter_stands_alone(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    papers = (replace(volume.papers[0], openreview="https://openreview.net/forum?id=1"),)
    plan = paginate(replace(volume, papers=papers), inspections, draft=True)
    desk = Desk(volume=replace(volume, papers=papers), plan=plan, standalone=True)
    data = json.dumps(front_matter(desk))
    assert "x-proc:" not in data
    assert "https://openreview.net/forum?id=1" in data


def test_a_paper_elsewhere_stands_in_contents_with_its_address(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    papers = (linked(volume.papers[0], "https://example.org/x.pdf"), *volume.papers[1:])
    groups = section(desk_of(replace(volume, papers=papers), inspections), "contents")["groups"]
    entry = groups[0]["papers"][0]
    assert entry["elsewhere"] == "https://example.org/x.pdf"
    assert entry["page"] == "1"


def test_prose_renders_our_directives_from_the_volume(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    source = (
        "# Preface\n\nSee {paper}`bo25`, {author}`bo-lukasik-x` and {session}`talks`.\n\n"
        "```{papers} short\n```\n\n```{people}\n```\n\n```{sponsors}\n```\n\n"
        "```{program}\n```\n\n```{talks}\n```\n\n```{downloads}\n```\n\n```{citation} bo25\n```\n"
    )
    body = section(desk_of(volume, inspections, source), "prose")["body"]
    listings = [block["data"]["kind"] for block in body if block["t"] == "listing"]
    assert listings == ["papers", "committees", "sponsors", "program", "talks"]
    mention = next(node for node in body[1]["c"] if node["t"] == "paper")
    assert (mention["page"], mention["u"]) == ("4", "x-proc:paper/bo25")
    assert body[-1]["c"][0]["s"].startswith("Bo Łukasik and Zoë Öz. 2025. On the Second Thing")


def test_links_in_prose_lead_out_or_within_but_never_to_scripts(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    source = (
        "# Preface\n\n[a](https://example.org) [b](#part) [c](preface.md) [d](other.md) "
        "[e](javascript:alert(1)) [f](x-proc:paper/ada25)\n\n## Part\n"
    )
    body = section(desk_of(volume, inspections, source), "prose")["body"]
    nodes = [node for node in body[1]["c"] if node.get("s") != " "]
    assert [node["t"] for node in nodes] == ["link", "jump", "jump", "text", "text", "text"]
    assert nodes[1]["label"] == body[2]["label"]


def test_pages_of_prose_have_labels_of_their_own_whatever_their_files_are_called(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    files = ("序文.md", "後書.md", "a b.md", "a-b.md")
    said = replace(volume, prose=tuple(Prose(file=file, title="") for file in files))
    pages = [
        s for s in front_matter(desk_of(said, inspections))["sections"] if s["kind"] == "prose"
    ]
    labels = [page["id"] for page in pages] + [page["body"][0]["label"] for page in pages]
    assert len(set(labels)) == 8


def test_registered_persons_lend_their_biography(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    jane = Person(id="jane", name=person("Jane Doe").name, biography="One.\n\nTwo.")
    members = (replace(person("Jane Doe"), person="jane"),)
    said = replace(
        volume,
        people=(jane,),
        committees=(Committee(id="c", title="C", members=members),),
    )
    data = section(desk_of(said, inspections), "committees")
    assert data["committees"][0]["members"][0]["biography"] == ["One.", "Two."]


def test_a_drafts_last_section_lists_what_must_be_mended(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    findings = [
        Finding(code="pdf-missing", severity=Severity.ERROR, message="No PDF", subject="ada25"),
        Finding(code="note", severity=Severity.INFO, message="Not worth a page"),
    ]
    desk = desk_of(volume, inspections)
    draft = Desk(volume=volume, plan=desk.plan, draft=True)
    back = back_matter(draft, findings)
    assert kinds(back) == ["author-index", "findings"]
    assert back is not None
    listed = back["sections"][-1]
    assert "Errors: 1." in listed["summary"]
    assert listed["groups"][0]["subject"] == "ada25: On the First Thing"
    assert "Not worth" not in json.dumps(back)
    assert kinds(back_matter(desk, findings)) == ["author-index"]


def test_control_characters_never_reach_the_page(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    data = front_matter(desk_of(replace(volume, title="A\x00B\x1b[31mC"), inspections))
    assert data["title"] == "AB[31mC"

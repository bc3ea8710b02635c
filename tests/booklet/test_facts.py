"""What `archival`, `include` and `pdf` mean in every part: a test per cell of the table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from builder.booklet import metadata, paginate
from builder.booklet.desk import Desk
from builder.booklet.front import back_matter, card, front_matter, handbook
from builder.booklet.outline import outline
from builder.booklet.stamps import first_page_line
from builder.model import (
    Include,
    Markup,
    Paper,
    PdfKind,
    Plan,
    Program,
    Session,
    Slot,
    Supplement,
    Volume,
)
from tests.booklet.conftest import make_inspections, make_volume

ADDRESS = "https://example.org/bo"
CASES: Mapping[str, dict[str, Any]] = {
    "printed": {},
    "linked": {"pdf": PdfKind.LINK, "pdf_url": ADDRESS},
    "none": {"pdf": PdfKind.NONE},
    "missing": {},
    "program": {"include": Include.PROGRAM, "url": ADDRESS},
    "withdrawn": {"include": Include.WITHDRAWN},
    "withdrawn, pages locked": {"include": Include.WITHDRAWN, "notice": "Taken back."},
}


class Told:
    """What every part of the volume tells about one paper, `bo25` by Zoë Öz."""

    def __init__(self, case: str) -> None:
        volume = make_volume()
        papers = {one.key: one for one in volume.papers}
        papers["bo25"] = replace(
            papers["bo25"],
            abstract=Markup.text("What the second thing is."),
            keywords=("seconds",),
            awards=("Best Second",),
            supplements=(Supplement(file="papers/bo25-supp.zip"),),
            **CASES[case],
        )
        slots = tuple(Slot(paper=key) for key in papers)
        program = Program(sessions=(Session(id="s", title="S", kind="posters", slots=slots),))
        front = ("awards", "program", "posters", "contents", "abstracts")
        back = ("author-index", "subject-index", "supplements")
        booklet = replace(volume.booklet, front_matter=front, back_matter=back)
        locked = {"ada25": (1, 3), "bo25": (4, 5), "cy25": (6, 6)}
        volume = replace(
            volume,
            papers=tuple(papers.values()),
            program=program,
            booklet=booklet,
            locked=locked if "locked" in case else {},
        )
        seen = make_inspections()
        if case != "printed":
            del seen["bo25"]
        self.volume: Volume = volume
        self.paper: Paper = papers["bo25"]
        self.plan: Plan = paginate(volume, seen, draft=True)
        self.desk = Desk(volume=volume, plan=self.plan, draft=True)
        self._front, self._back = front_matter(self.desk), back_matter(self.desk)

    def pages(self) -> str:
        planned = self.plan.of("bo25")
        return planned.range if planned else ""

    def _section(self, kind: str) -> str:
        found = [*self._front["sections"], *(self._back or {"sections": []})["sections"]]
        return json.dumps([s for s in found if s["kind"] == kind], ensure_ascii=False)

    def _entries(self, kind: str) -> list[dict[str, Any]]:
        (section,) = (s for s in self._front["sections"] if s["kind"] == kind)
        return [p for g in section["groups"] for p in g["papers"] if p["key"] == "bo25"]

    def contents(self) -> tuple[str, ...]:
        """Page, what became of it, and remarks; nothing where it is not listed."""
        return tuple(
            word
            for one in self._entries("contents")
            for word in (one["page"], one["status"], *one["remarks"], one["missing"] and "missing")
            if word
        )

    def program(self) -> tuple[str, str, str]:
        """Title, page, and where it leads."""
        (section,) = (s for s in self._front["sections"] if s["kind"] == "program")
        slot = section["days"][0]["sessions"][0]["slots"][1]
        return slot["title"][0]["s"], slot["page"], slot["href"]

    def where(self) -> set[str]:
        """The lists that name it."""
        words = {
            "author-index": "Öz",
            "subject-index": "seconds",
            "awards": "Best Second",
            "posters": "bo25",
            "abstracts": "What the second thing is.",
            "supplements": "bo25-supp",
        }
        found = {kind for kind, word in words.items() if word in self._section(kind)}
        marks = outline(self.desk, (), (), 1)
        if "On the Second Thing" in repr(marks):
            found.add("outline")
        if "What the second thing is." in json.dumps(
            handbook(replace(self.desk, plan=Plan(), handbook=True))
        ):
            found.add("handbook")
        return found

    def page(self) -> tuple[str, str, bool] | None:
        """Label, address and whether the abstract is told, on a page that stands for the paper."""
        planned = self.plan.of("bo25")
        if planned is None or not (self.pages() and self._stands_for(planned.placeholder)):
            return None
        missing = "There is no file." if planned.placeholder else ""
        data = card(self.desk, self.paper, pages=planned.pages, missing=missing, size=(1, 1))[
            "card"
        ]
        return data["label"], data["url"], bool(data["abstract"])

    def _stands_for(self, placeholder: bool) -> bool:
        return placeholder or self.paper.pdf is not PdfKind.LOCAL or not self.paper.in_volume


EVERYWHERE = {
    "author-index",
    "subject-index",
    "awards",
    "posters",
    "supplements",
    "outline",
    "handbook",
}
LINK = "x-proc:paper/bo25"
TITLE = "On the Second Thing"

CELLS: list[tuple[str, Callable[[Told], Any], Any]] = [
    ("printed", Told.pages, "4–5"),
    ("printed", Told.contents, ("4",)),
    ("printed", Told.program, (TITLE, "4", LINK)),
    ("printed", Told.where, EVERYWHERE),
    ("printed", Told.page, None),
    ("linked", Told.pages, "4"),
    ("linked", Told.contents, ("4", "not reprinted")),
    ("linked", Told.program, (TITLE, "4", LINK)),
    ("linked", Told.where, EVERYWHERE),
    ("linked", Told.page, ("Not reprinted in this volume", ADDRESS, True)),
    ("none", Told.pages, "4"),
    ("none", Told.contents, ("4", "not reprinted")),
    ("none", Told.program, (TITLE, "4", LINK)),
    ("none", Told.where, EVERYWHERE),
    ("none", Told.page, ("Not reprinted in this volume", "", True)),
    ("missing", Told.pages, "4"),
    ("missing", Told.contents, ("4", "missing")),
    ("missing", Told.program, (TITLE, "4", LINK)),
    ("missing", Told.where, EVERYWHERE),
    ("missing", Told.page, ("PDF missing", "", True)),
    ("program", Told.pages, ""),
    ("program", Told.contents, ()),
    ("program", Told.program, (TITLE, "", ADDRESS)),
    ("program", Told.where, {"awards", "posters", "abstracts", "handbook"}),
    ("program", Told.page, None),
    ("withdrawn", Told.pages, ""),
    ("withdrawn", Told.contents, ()),
    ("withdrawn", Told.program, ("Withdrawn", "", "")),
    ("withdrawn", Told.where, set()),
    ("withdrawn", Told.page, None),
    ("withdrawn, pages locked", Told.pages, "4–5"),
    ("withdrawn, pages locked", Told.contents, ("4", "Withdrawn")),
    ("withdrawn, pages locked", Told.program, ("Withdrawn", "", "")),
    ("withdrawn, pages locked", Told.where, {"outline"}),
    ("withdrawn, pages locked", Told.page, ("Withdrawn", "", False)),
]


@pytest.mark.parametrize(
    ("case", "part", "told"), CELLS, ids=[f"{c}-{p.__name__}" for c, p, _ in CELLS]
)
def test_include_and_pdf_mean_in_every_part(
    case: str, part: Callable[[Told], Any], told: Any
) -> None:
    assert part(Told(case)) == told


@pytest.mark.parametrize(
    ("volume_archival", "paper_archival", "line", "publication", "remarks"),
    [
        (True, True, "WoE 2025 Papers, pages 1–3, Vancouver, Canada, 19 July 2025.", True, []),
        (True, False, "Presented at WoE 2025; non-archival. Pages 1–3.", False, ["non-archival"]),
        # A volume that is no publication makes none of its papers one, whatever they say.
        (False, True, "Presented at WoE 2025; non-archival. Pages 1–3.", False, []),
        (False, False, "Presented at WoE 2025; non-archival. Pages 1–3.", False, []),
    ],
)
def test_archival_means_in_every_part(
    volume_archival: bool, paper_archival: bool, line: str, publication: bool, remarks: list[str]
) -> None:
    volume = make_volume()
    paper = replace(volume.papers[0], archival=paper_archival)
    volume = replace(volume, archival=volume_archival, papers=(paper, *volume.papers[1:]))
    plan = paginate(volume, make_inspections(), draft=True)
    planned = plan.papers[0]
    assert first_page_line(volume, paper, planned) == line
    assert bool(metadata.of_paper(volume, paper, planned).publication) is publication
    front = front_matter(Desk(volume=volume, plan=plan))
    (contents,) = (one for one in front["sections"] if one["kind"] == "contents")
    assert contents["groups"][0]["papers"][0]["remarks"] == remarks
    (imprint,) = (one for one in front["sections"] if one["kind"] == "imprint")
    assert bool(imprint["statement"]) is not volume_archival


def test_a_stamp_of_the_editors_own_claims_nothing_for_a_non_archival_paper() -> None:
    volume = make_volume()
    stamps = replace(volume.booklet.stamps, first_page="{volume}, {pages}")
    volume = replace(volume, archival=True, booklet=replace(volume.booklet, stamps=stamps))
    planned = paginate(volume, make_inspections(), draft=True).papers[0]
    claimed, unclaimed = (replace(volume.papers[0], archival=one) for one in (True, False))
    assert first_page_line(volume, claimed, planned) == "WoE 2025 Papers, 1–3"
    assert first_page_line(volume, unclaimed, planned) == "WoE 2025 Papers, 1–3 · non-archival"

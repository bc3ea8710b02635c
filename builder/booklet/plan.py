"""The pagination: a pure function from the volume and what was seen in its PDFs."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from builder.booklet import wording
from builder.booklet.dividing import divide
from builder.model import (
    Finding,
    Include,
    Inspection,
    Paper,
    PdfKind,
    Plan,
    PlannedPaper,
    Severity,
    Volume,
    Where,
)


class UnprintableError(ValueError):
    """A final volume was asked for although some papers cannot be printed."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        """The papers in question, in the volume's order."""
        super().__init__(
            "these papers have no PDF that can be printed, so a final volume cannot be paginated: "
            + ", ".join(keys)
        )


def paginate(volume: Volume, inspections: Mapping[str, Inspection], *, draft: bool) -> Plan:
    """Where each printed paper stands, in the volume's order, arabic pages from 1.

    Front matter has roman numbers of its own, so this plan never depends on its length.

    - A paper with a usable PDF has as many pages as were seen in it.
    - A paper whose PDF is elsewhere (`pdf: link`) or does not exist (`pdf: none`) gets one page
      with its title, authors, abstract and address: it was accepted, has its place in contents
      and index, and can be cited by a page; this holds for a final volume too.
    - Pages that are locked stay, whoever else moves; papers that have none yet come after them. A
      paper that was taken back keeps its pages, on which a notice stands.
    - Where the edition wants several volumes, each has the papers that `divide` says, and its page
      numbers begin anew or go on.
    - Where the edition wants pages between tracks or sessions, each of them takes a page number.
    - A paper whose PDF is missing or unusable gets one labelled page in a draft. Otherwise
      `UnprintableError` is raised, naming all such papers.

    `inspections` is by paper key; papers that are not printed are ignored.
    """
    parted = {} if volume.locked else dividers(volume)
    ordered = _in_order(volume)
    sizes = {paper.key: _pages(paper, inspections) or 1 for paper in ordered}
    within = divide(volume, ordered, sizes)
    # Papers of one volume stand together, in the order of the list.
    ordered = sorted(ordered, key=lambda paper: within.get(paper.key, 0))
    runs_on = volume.booklet.volumes is None or volume.booklet.volumes.numbering == "continue"
    planned: list[PlannedPaper] = []
    unprintable: list[str] = []
    for number, group in itertools.groupby(ordered, key=lambda paper: within.get(paper.key, 0)):
        locked = [
            last
            for key, (_, last) in volume.locked.items()
            if runs_on or within.get(key, volume.locked_in.get(key, 0)) == number
        ]
        before = [one.last for one in planned if runs_on]
        first = 1 + max([*locked, *before], default=0)
        for paper in group:
            usable = _pages(paper, inspections) is not None
            placeholder = paper.in_volume and paper.pdf is PdfKind.LOCAL and not usable
            if placeholder and not draft:
                unprintable.append(paper.key)
            if paper.key in parted:
                first += 1
            kept = volume.locked.get(paper.key)
            start, end = kept or (first, first + sizes[paper.key] - 1)
            planned.append(
                PlannedPaper(
                    key=paper.key,
                    first=start,
                    last=end,
                    placeholder=placeholder,
                    sha256=inspections[paper.key].sha256 if usable else "",
                    volume=number,
                )
            )
            first = first if kept else end + 1
    if unprintable:
        raise UnprintableError(tuple(unprintable))
    return Plan(tuple(sorted(planned, key=lambda one: (one.volume, one.first))))


def _pages(paper: Paper, inspections: Mapping[str, Inspection]) -> int | None:
    """How many pages its PDF has; `None` where it has none that can be printed."""
    seen = inspections.get(paper.key) if paper.pdf is PdfKind.LOCAL else None
    return seen.page_count if seen is not None and seen.usable else None


def _in_order(volume: Volume) -> list[Paper]:
    """The papers that get pages: those printed, and those taken back that had some."""
    taken_back = [
        paper for paper in volume.papers if not paper.in_volume and paper.key in volume.locked
    ]
    return [*volume.printed, *taken_back]


def gaps(plan: Plan) -> dict[str, int]:
    """How many pages are free before each paper of a volume; papers without any are left out."""
    found: dict[str, int] = {}
    last = plan.start - 1
    for planned in plan.papers:
        if planned.first > last + 1:
            found[planned.key] = planned.first - last - 1
        last = planned.last
    return found


def misfits(volume: Volume, inspections: Mapping[str, Inspection]) -> dict[str, int]:
    """Papers whose PDF has another number of pages than are locked for it: how many it has."""
    found: dict[str, int] = {}
    for paper in volume.printed:
        seen = inspections.get(paper.key)
        kept = volume.locked.get(paper.key)
        if kept is None or paper.pdf is not PdfKind.LOCAL or seen is None or not seen.usable:
            continue
        if seen.page_count != kept[1] - kept[0] + 1:
            found[paper.key] = seen.page_count
    return found


def unfit(volume: Volume, inspections: Mapping[str, Inspection]) -> tuple[Finding, ...]:
    """A finding with the choices for each of `misfits`."""
    found = []
    for key, pages in misfits(volume, inspections).items():
        first, last = volume.locked[key]
        paper, planned = volume.paper(key), PlannedPaper(key=key, first=first, last=last)
        choice = (
            "add a blank page to the PDF"
            if pages < planned.pages
            else "ask for a version that fits"
        )
        found.append(
            Finding(
                code="pages-locked",
                severity=Severity.ERROR,
                message=f"the PDF has {wording.number(pages, 'page')}, but "
                f"{wording.number(planned.pages, 'page')} ({planned.range}) are locked for it",
                subject=key,
                where=Where(file=paper.pdf_file) if paper else None,
                hint=f"Either {choice}; or keep the printed PDF and say what is wrong with it "
                "(`status = {erratum}, notice = {…}` in papers.bib); or move every page after it "
                "with `proceedings booklet --final --repaginate`, after which citations of this "
                "volume are wrong.",
            )
        )
    return tuple(found)


def dividers(volume: Volume) -> dict[str, str]:
    """Titles of the pages that divide the papers, each by the paper that follows it.

    One stands before the first paper of every track or session, as the list of contents is
    divided. Where the volume's order mixes them, one stands at every change.
    """
    if not volume.booklet.dividers:
        return {}
    if volume.booklet.contents == "sessions":
        of: dict[str, str] = {}
        for session in volume.program.walk():
            for slot in session.slots:
                of.setdefault(slot.paper, session.title)
    elif volume.booklet.contents == "tracks":
        names = {track.id: track.name for track in volume.tracks}
        of = {paper.key: names.get(paper.track, "") for paper in volume.printed}
    else:
        return {}
    found: dict[str, str] = {}
    before = ""
    for paper in volume.printed:
        title = of.get(paper.key, "")
        if title and title != before:
            found[paper.key] = title
        before = title
    return found


def not_reprinted(paper: Paper) -> bool:
    """Whether a page about the paper stands where its text would: elsewhere, or taken back."""
    return has_abstract_page(paper) or paper.include is Include.WITHDRAWN


def has_abstract_page(paper: Paper) -> bool:
    """Whether the volume prints a page about the paper instead of the paper."""
    return paper.in_volume and paper.pdf is not PdfKind.LOCAL


def prose_files(volume: Volume) -> tuple[str, ...]:
    """The pages of prose that the booklet prints, each once, in the order of its sections."""
    said = volume.booklet
    sections_named = (*said.front_matter, *said.back_matter, *said.handbook)
    named = set(sections_named)
    pages = {page.file: page.booklet for page in volume.prose}
    everything = [file for file, wanted in pages.items() if wanted and file not in named]
    files: list[str] = []
    for name in sections_named:
        files.extend(everything if name == "prose" else [name] if name in pages else [])
    return tuple(dict.fromkeys(files))

"""What the styles share: the facts of one reference, names, dates, punctuation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from builder.cite import facts
from builder.model import Markup, Name, Paper, Plan, PlannedPaper, Volume
from builder.model.dates import MONTHS
from builder.model.markup import Break, Link, Node, Styled, Text, plain

Piece = str | Node | tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One paper as a reference names it."""

    authors: tuple[Name, ...]
    title: tuple[Node, ...]
    published: bool
    """Part of published proceedings; else only presented."""
    archival: bool
    """Whether its editors claim it as a publication."""
    container: str
    """Title of the proceedings, or the event with its host."""
    editors: tuple[Name, ...]
    publisher: str
    place: str
    pages: str
    """`7–12`, `7` or empty."""
    date: dt.date | None
    last_day: dt.date | None
    """Of the event, where it lasted longer than one day."""
    doi: str
    address: str

    @classmethod
    def of(cls, volume: Volume, paper: Paper, plan: Plan | None = None) -> Source:
        """The facts, decided as every other format decides them."""
        published, event = facts.published(volume, paper), volume.event
        planned = facts.pages(plan, paper.key) if published else None
        heard = facts.presented(event, archival=True).removeprefix("Presented at ")
        return cls(
            authors=tuple(person.name for person in paper.contributors),
            title=tuple(_flat(paper.title.nodes)) or (Text(paper.key),),
            published=published,
            archival=paper.archival,
            container=_container(volume, planned) if published else heard,
            editors=tuple(person.name for person in volume.editors) if published else (),
            publisher=volume.publisher if published else "",
            place=event.place,
            pages=planned.range if planned else "",
            date=facts.date(volume, archival=published),
            last_day=event.end if event.start and event.end and event.end > event.start else None,
            doi=paper.doi,
            address=facts.address(paper),
        )

    @property
    def year(self) -> str:
        """The year, or `n.d.` as all four styles write it where nobody knows."""
        return str(self.date.year) if self.date else "n.d."

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The day or the first and last day of the event."""
        return tuple(day for day in (self.date, self.last_day) if day)


def _container(volume: Volume, planned: PlannedPaper | None) -> str:
    """The volume's title; of several, with its number, which no style puts elsewhere."""
    number = facts.number(planned)
    return f"{volume.title}, Volume {number}" if number else volume.title


def _flat(nodes: Iterable[Node]) -> Iterable[Node]:
    """A title on one line and without links, which a reference cannot hold within its own."""
    for node in nodes:
        match node:
            case Link(_, children):
                yield from _flat(children)
            case Styled(style, children):
                yield Styled(style, tuple(_flat(children)))
            case Break():
                yield Text(" ")
            case Text(text):
                yield Text(re.sub(r"\s+", " ", text))
            case _:
                yield node


def emph(*pieces: Piece) -> Styled:
    """Italics."""
    return Styled("emph", markup(*pieces).nodes)


def quoted(title: tuple[Node, ...], mark: str) -> Markup:
    """A title in quotation marks, with the comma or full stop that American usage puts inside.

    Its own quotation marks become single ones; a title that asks keeps its question mark alone.
    """
    ending = "" if ends(title) in "?!" else mark
    return markup("“", _single(title), f"{ending}”")


def ends(nodes: tuple[Node, ...]) -> str:
    """The last character, or a blank."""
    return _tail(Markup(nodes))[-1:] or " "


def _tail(part: Markup) -> str:
    """What a part ends with, at least two characters of it; empty for an empty part."""
    last = part.nodes[-1] if part.nodes else None
    # As a rule it ends with text, and all before that need not be looked at.
    text = last.text.rstrip() if isinstance(last, Text) else ""
    return text if len(text) > 1 else plain.render(part).rstrip()


def _single(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    found: list[Node] = []
    for node in nodes:
        match node:
            case Text(text):
                found.append(Text(text.translate({0x201C: 0x2018, 0x201D: 0x2019})))
            case Styled(style, children):
                found.append(Styled(style, _single(children)))
            case _:
                found.append(node)
    return tuple(found)


def markup(*pieces: Piece | Markup) -> Markup:
    """Pieces one after the other."""
    nodes: list[Node] = []
    for piece in pieces:
        if isinstance(piece, str):
            nodes.extend([Text(piece)] if piece else [])
        elif isinstance(piece, Markup):
            nodes.extend(piece.nodes)
        elif isinstance(piece, tuple):
            nodes.extend(piece)
        else:
            nodes.append(piece)
    return Markup(tuple(nodes))


def sentences(parts: Iterable[Markup]) -> Markup:
    """Parts that are not empty, each ending in one full stop unless it ends a sentence already."""
    nodes: list[Node] = []
    for part in parts:
        text = _tail(part)
        if not text:
            continue
        nodes.extend([Text(" ")] if nodes else [])
        nodes.extend(part.nodes)
        closed = text[-1] in ".?!" or re.search(r"[.?!][”’]$", text)
        nodes.extend([] if closed else [Text(".")])
    return Markup(tuple(nodes))


def address(url: str) -> Markup:
    """An address that can be followed."""
    return markup(Link(url, (Text(url),))) if url else Markup(())


@cache
def initials(given: str) -> str:
    """`Jean-Paul Marie` as `J.-P. M.`; what has no capitals to take is kept whole."""
    words = []
    for word in given.split():
        parts = [part for part in re.split(r"[-‐]", word) if part]
        if not all(part[0].isupper() or part[0].istitle() for part in parts):
            words.append(word)
        else:
            words.append("-".join(f"{part[0]}." for part in parts))
    return " ".join(words)


def listed(names: Sequence[str], conjunction: str, *, serial: bool = True) -> str:
    """`A`, `A and B`, `A, B, and C`."""
    if len(names) < 3:
        return f" {conjunction} ".join(names)
    comma = "," if serial else ""
    return ", ".join(names[:-1]) + f"{comma} {conjunction} {names[-1]}"


def american(days: Sequence[dt.date]) -> str:
    """`July 19`, `July 19–20`, `June 30–July 2`, without the year."""
    if not days:
        return ""
    first, last = days[0], days[-1]
    start = f"{MONTHS[first.month - 1]} {first.day}"
    if last == first:
        return start
    if (last.year, last.month) == (first.year, first.month):
        return f"{start}–{last.day}"
    return f"{start}–{MONTHS[last.month - 1]} {last.day}"

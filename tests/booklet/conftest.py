"""A small volume with papers made on the spot, so that tests need no material of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import typst

from builder.model import (
    Affiliation,
    Committee,
    Contributor,
    Event,
    Inspection,
    Markup,
    Name,
    PageSeen,
    Paper,
    PdfKind,
    Program,
    Prose,
    Session,
    Slot,
    Sponsor,
    SponsorTier,
    Talk,
    Track,
    Volume,
)
from builder.work import Cache


def person(name: str, affiliation: str = "", **more: str) -> Contributor:
    given, _, family = name.rpartition(" ")
    parts = Name(given=given, family=family) if given else Name(literal=family)
    places = (Affiliation(name=affiliation),) if affiliation else ()
    return Contributor(name=parts, affiliations=places, **more)


def paper(key: str, title: str, *authors: str, track: str = "long", **more: object) -> Paper:
    return Paper(
        key=key,
        title=Markup.text(title),
        contributors=tuple(map(person, authors)),
        track=track,
        pdf_file=f"papers/{key}.pdf",
        **more,  # type: ignore[arg-type]
    )


def seen(pages: int, key: str = "x") -> Inspection:
    return Inspection(sha256=key, size=1, pages=(PageSeen(width=612, height=792),) * pages)


def pdf(pages: int, words: str = "A paper") -> bytes:
    """A PDF of a stranger: its pages link to each other by a name that every paper has."""
    made = typst.compile(
        b"#set page(width: 400pt, height: 500pt)\n#let data = json(bytes(sys.inputs.data))\n"
        b"= First <section-1>\n#data.words\n#link(<section-1>)[back]\n"
        b"#for i in range(1, data.pages) { pagebreak(); [#data.words #link(<section-1>)[back]] }",
        sys_inputs={"data": f'{{"pages": {pages}, "words": "{words}"}}'},
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


def make_volume() -> Volume:
    return Volume(
        event=Event(
            name="Workshop on Examples",
            short_name="WoE 2025",
            start=dt.date(2025, 7, 19),
            place="Vancouver, Canada",
            host="ICML 2025",
        ),
        title="WoE 2025 Papers",
        tracks=(
            Track(id="long", name="Long papers"),
            Track(id="short", name="Short papers"),
        ),
        papers=(
            paper("ada25", "On the First Thing", "Ada Álvarez", "Bo Łukasik"),
            paper("bo25", "On the Second Thing", "Bo Łukasik", "Zoë Öz", track="short"),
            paper("cy25", "On the Third Thing", "Cy Pratt"),
        ),
        committees=(
            Committee(
                id="organizers",
                title="Organizers",
                members=(person("Jane Doe", "Example University"), person("Plato")),
            ),
        ),
        program=Program(
            sessions=(
                Session(id="opening", title="Opening", start=dt.time(9), end=dt.time(9, 10)),
                Session(id="coffee", title="Coffee break", kind="break"),
                Session(
                    id="talks",
                    title="Talks",
                    kind="papers",
                    start=dt.time(10),
                    slots=(Slot(paper="cy25"), Slot(paper="ada25"), Slot(paper="", title="Else")),
                ),
            ),
            talks=(
                Talk(
                    id="key",
                    kind="keynote",
                    title="On Everything",
                    speakers=(person("Sue Storm", "Somewhere"),),
                ),
            ),
        ),
        sponsors=(SponsorTier(title="Gold", sponsors=(Sponsor(name="Acme & Sons"),)),),
        prose=(Prose(file="preface.md", title="Preface"),),
    )


@pytest.fixture
def volume() -> Volume:
    return make_volume()


def make_inspections() -> dict[str, Inspection]:
    return {"ada25": seen(3, "a"), "bo25": seen(2, "b"), "cy25": seen(1, "c")}


@dataclass(frozen=True)
class Edition:
    """A volume on disk, with what its PDFs are."""

    root: Path
    volume: Volume
    inspections: dict[str, Inspection]
    sources: dict[str, Path]
    cache: Cache

    def with_volume(self, change: Callable[[Volume], Volume]) -> Edition:
        return replace(self, volume=change(self.volume))


@pytest.fixture
def inspections() -> dict[str, Inspection]:
    return make_inspections()


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return make_edition(tmp_path)


def make_edition(folder: Path) -> Edition:
    root = folder / "edition"
    (root / "papers").mkdir(parents=True)
    (root / "proceedings").mkdir()
    (root / "proceedings" / "preface.md").write_text(
        "# Preface\n\nRead {paper}`bo25` first.\n\n```{papers} short\n```\n", "utf-8"
    )
    sources = {}
    inspections = make_inspections()
    for key, inspection in inspections.items():
        sources[key] = root / "papers" / f"{key}.pdf"
        sources[key].write_bytes(pdf(inspection.page_count, f"Paper {key}"))
    return Edition(root, make_volume(), inspections, sources, Cache(folder / "cache"))


def linked(one: Paper, url: str) -> Paper:
    return replace(one, pdf=PdfKind.LINK, pdf_url=url, pdf_file="")

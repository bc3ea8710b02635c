"""Small editions and PDFs as they were seen, for rules to judge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from builder import check
from builder.model import (
    Affiliation,
    Contributor,
    Event,
    Finding,
    Inspection,
    Markup,
    Name,
    PageSeen,
    Paper,
    Volume,
)

Check = Callable[..., list[Finding]]


def someone(name: str, affiliation: str = "", **more: object) -> Contributor:
    given, _, family = name.rpartition(" ")
    parts = Name(given=given, family=family) if given else Name(literal=family)
    places = (Affiliation(name=affiliation),) if affiliation else ()
    return Contributor(name=parts, affiliations=places, **more)  # type: ignore[arg-type]


def paper(
    key: str, title: str = "", authors: Collection[str] = ("Jane Doe",), **more: object
) -> Paper:
    given = {
        "pdf_file": f"papers/{key}.pdf",
        "abstract": Markup.text("A plain abstract " * 8),
        **more,
    }
    return Paper(
        key=key,
        title=Markup.text(title or f"Some thoughts about the matter of {key} in general"),
        contributors=tuple(someone(name) for name in authors),
        **given,  # type: ignore[arg-type]
    )


def page(
    text: str = "", *, width: float = 595.28, height: float = 841.89, **more: object
) -> PageSeen:
    return PageSeen(width=width, height=height, text=text, **more)  # type: ignore[arg-type]


def seen(*texts: str | PageSeen, **more: object) -> Inspection:
    pages = tuple(page(text) if isinstance(text, str) else text for text in texts)
    given = {"sha256": str(hash(texts)), "size": 1000, "tagged": True, **more}
    return Inspection(pages=pages, **given)  # type: ignore[arg-type]


def first_page(paper: Paper, body: str = "", byline: str | None = None) -> str:
    """Page 1 of a paper as it should be."""
    from builder.model.markup import plain

    names = byline if byline is not None else ", ".join(c.name.full for c in paper.contributors)
    return f"{plain.render(paper.title)}\n{names}\nExample University\nAbstract\nThis is it. {body}"


def volume(*papers: Paper, **more: object) -> Volume:
    event = Event(name="Workshop on Examples", short_name="Examples 2025")
    given = {
        "event": event,
        "title": "Papers of Examples 2025",
        "statement": "Non-archival.",
        **more,
    }
    return Volume(papers=papers, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """The makers above, for tests, which cannot import a conftest."""
    return SimpleNamespace(
        someone=someone, paper=paper, page=page, seen=seen, first_page=first_page, volume=volume
    )


@pytest.fixture
def findings(tmp_path: Path) -> Check:
    """Runs the check over an edition whose PDFs exist, and gives what it finds.

    `only` keeps the findings of those codes; `missing` names papers whose PDF is not there.
    """

    def run(
        edition: Volume,
        inspections: Mapping[str, Inspection] | None = None,
        *,
        only: str = "",
        profiles: Collection[str] = (),
        missing: Collection[str] = (),
    ) -> list[Finding]:
        folder = tmp_path / "papers"
        folder.mkdir(exist_ok=True)
        for entry in edition.papers:
            if entry.pdf_file and entry.key not in missing:
                (tmp_path / entry.pdf_file).write_bytes(b"%PDF")
        found = check.run(edition, inspections or {}, tmp_path, profiles)
        return [finding for finding in found if not only or finding.code in only.split()]

    return run

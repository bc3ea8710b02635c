"""The statement of prior publication and of differences, drafted from what was measured.

One text, whether the editors compare manuscripts on their desk or make a package.
"""

from __future__ import annotations

from typing import Any

from builder.cite import facts
from builder.cite import text as cite_text
from builder.export import letters
from builder.export.dossier import PREVIEW
from builder.export.overlap import Overlap, enough
from builder.export.profile import threshold
from builder.export.schedule import when
from builder.model import Paper, Plan, Volume
from builder.model.markup import plain


def values(
    volume: Volume, paper: Paper, target: str, overlap: Overlap | None, plan: Plan
) -> dict[str, Any]:
    """What every text about prior publication and new content may speak of."""
    asked, asked_by = threshold(volume, target)
    return {
        "volume": volume,
        "paper": paper,
        "title": plain.render(paper.title),
        "day": when(volume.event),
        "archival": facts.published(volume, paper),
        "citation": cite_text(volume, paper, plan),
        "overlap": overlap,
        "asked": asked,
        "asked_by": asked_by,
        "PREVIEW": PREVIEW,
    }


def statement(
    volume: Volume,
    paper: Paper,
    target: str,
    overlap: Overlap | None,
    *,
    plan: Plan = Plan(),  # noqa: B008 - a frozen record
    copy: str = "",
    pages: int = 0,
    preview: bool = False,
) -> str:
    """The statement in Markdown; what the program cannot know stands in brackets.

    `copy` is the name of the workshop's PDF where it goes along, `pages` its number of pages.
    """
    filled = values(volume, paper, target, overlap, plan)
    return letters.fill(
        "statement.md",
        **filled,
        journal=target.upper(),
        verdict=enough(overlap, filled["asked"]) if overlap else "ask",
        copy=copy,
        pages=pages,
        preview=preview,
    )

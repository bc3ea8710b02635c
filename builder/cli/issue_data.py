"""What the special issue's commands say to programs (`--json`), one mapping per thing."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.export.conflicts import Conflict
    from builder.export.decision import Decision
    from builder.export.overlap import Overlap
    from builder.export.status import Row


def decision(made: Decision, title: str) -> dict[str, Any]:
    """A decision on one paper, with every rule and its evidence."""
    return {
        "title": title,
        "paper": made.key,
        "decision": made.verdict,
        "reasons": [
            {"rule": one.rule, "verdict": one.verdict, "evidence": one.evidence}
            for one in made.reasons
        ],
        "decisive": [one.rule for one in made.decisive],
        "overruled": [one.rule for one in made.overruled],
    }


def conflict(found: Conflict) -> dict[str, Any]:
    """A conflict of interest, or a question whether it is one."""
    return {
        "who": found.editor.name.full,
        "role": found.role,
        "paper": found.paper.key,
        "author": found.author.name.full,
        "basis": found.basis,
        "certain": found.certain,
        "via": found.via,
    }


def standing(row: Row) -> dict[str, Any]:
    """Where one paper stands."""
    return asdict(row)


def overlap(measured: Overlap) -> dict[str, Any]:
    """A manuscript against the workshop's paper; pairs are the paper's figure and its own."""
    return {
        "new_percent": measured.percent,
        "problem": measured.problem,
        "words": list(measured.words),
        "pages": list(measured.pages),
        "figures": list(measured.figures),
        "tables": list(measured.tables),
        "added": list(measured.added),
        "dropped": list(measured.dropped),
    }

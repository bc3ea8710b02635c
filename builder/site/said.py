"""What papers and volumes say, wherever in the files: for digests that tell of changes."""

from __future__ import annotations

from dataclasses import fields, replace
from operator import attrgetter

from builder.model import BookletSettings, Contributor, Paper, Program, Volume

# Where something stands in the editors' files moves with every line that is added above it.
_PAPER = attrgetter(
    *(one.name for one in fields(Paper) if one.name not in {"where", "contributors"})
)
_NAMED = attrgetter(*(one.name for one in fields(Contributor) if one.name != "where"))


def said(paper: Paper) -> str:
    """All of a paper, authors included; papers that say the same give the same."""
    return repr((_PAPER(paper), [_NAMED(named) for named in paper.contributors]))


def said_of_all(volume: Volume) -> str:
    """What is said of the volume as a whole: neither of papers and people, nor of its pages."""
    whole = replace(
        volume,
        editors=tuple(replace(editor, where=None) for editor in volume.editors),
        papers=(),
        people=(),
        committees=(),
        program=Program(timezone=volume.program.timezone),
        sponsors=(),
        dates=(),
        news=(),
        prose=(),
        booklet=BookletSettings(),
        special_issue=None,
        locked={},
        locked_in={},
        accepted={},
        where=None,
    )
    return repr(whole)

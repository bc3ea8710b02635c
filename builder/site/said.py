"""What papers say, wherever in the editors' files: for digests that tell whether they changed."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter

from builder.model import Contributor, Paper

# Where something stands in the editors' files moves with every line that is added above it.
_PAPER = attrgetter(
    *(one.name for one in fields(Paper) if one.name not in {"where", "contributors"})
)
_NAMED = attrgetter(*(one.name for one in fields(Contributor) if one.name != "where"))


def said(paper: Paper) -> str:
    """All of a paper, authors included; papers that say the same give the same."""
    return repr((_PAPER(paper), [_NAMED(named) for named in paper.contributors]))

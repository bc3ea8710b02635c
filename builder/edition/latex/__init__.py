"""LaTeX as it stands in a title, an abstract or a name: to `Markup`, to plain text, and back."""

from __future__ import annotations

from builder.edition.latex.parsing import Parsed, parse, plain
from builder.edition.latex.problems import Problem
from builder.edition.latex.tidying import unescape_address
from builder.model.markup.latex import escape

__all__ = ["Parsed", "Problem", "escape", "parse", "plain", "unescape_address"]

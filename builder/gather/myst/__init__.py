"""LaTeX prose (prefaces, abstracts and biographies of speakers) as MyST Markdown or plain text.

What has no counterpart is kept as text and reported with its line: nothing an editor wrote is
lost. Nothing is executed and no file is included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pylatexenc.latexwalker import LatexWalker, LatexWalkerParseError

from builder.gather.myst.blocks import Blocks
from builder.gather.myst.markdown import escape
from builder.gather.myst.vocabulary import BLOCK, BREAK, context

__all__ = ["Converted", "escape", "myst", "plain"]


@dataclass(slots=True)
class Converted:
    """Text in its new form, and what could not be converted."""

    text: str
    problems: list[tuple[int, str]] = field(default_factory=list)
    """(line from 1, what it was), in the order of the text."""


def myst(tex: str) -> Converted:
    """LaTeX as MyST Markdown; sections become headings of level 2 and below."""
    return _convert(tex, markdown=True)


def plain(tex: str) -> Converted:
    """LaTeX as plain text, paragraphs separated by blank lines."""
    return _convert(tex, markdown=False)


def _convert(tex: str, *, markdown: bool) -> Converted:
    tex = tex.replace(BREAK, "").replace(BLOCK, "").replace("\r\n", "\n").replace("\r", "\n")
    writer = Blocks(tex, markdown)
    try:
        LatexWalker(tex, latex_context=context(), tolerant_parsing=False).get_latex_nodes(pos=0)
    except LatexWalkerParseError as error:
        at = getattr(error, "pos", None) or 0
        what = str(getattr(error, "msg", "") or "it is not well-formed").split("\n")[0][:100]
        writer.problems.append((tex.count("\n", 0, at) + 1, f"faulty LaTeX: {what}"))
    except (RecursionError, IndexError, KeyError, AttributeError, TypeError):
        pass  # told below
    try:
        walker = LatexWalker(tex, latex_context=context(), tolerant_parsing=True)
        nodes, _, _ = walker.get_latex_nodes(pos=0)
        blocks = writer.blocks(nodes)
    except (LatexWalkerParseError, RecursionError, IndexError, KeyError, AttributeError, TypeError):
        # pylatexenc gives up on rare malformed input in several ways: keep every word.
        writer.problems.append((1, "the text is not well-formed LaTeX; it was kept as it is"))
        kept = re.split(r"\n\s*\n", tex.strip())
        blocks = [escape(part) if markdown else part for part in kept]
        writer.notes.clear()
    blocks += [f"[^{number}]: {note}" for number, note in enumerate(writer.notes, 1)]
    text = "\n\n".join(block for block in blocks if block.strip())
    return Converted(text + "\n" if text else "", sorted(set(writer.problems)))

"""What the LaTeX skeletons of all journals share: escaped values, and a look at the result."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import jinja2

from builder.export.dossier import Dossier
from builder.model.markup import Markup, latex

# Characters of these commands exist only in fonts with the T1 encoding.
_T1 = re.compile(r"\\(?:DJ|dj|k|TH|th|DH|dh|NG|ng|textcommabelow)(?![A-Za-z])|\\textquotedbl")


def escape(text: str) -> str:
    """Plain text as LaTeX in ASCII wherever LaTeX has a command for a character."""
    return latex.escape(text, ascii=True)


def render(markup: Markup) -> str:
    """Markup as LaTeX in ASCII wherever LaTeX has a command for a character."""
    return latex.render(markup, ascii=True)


def email(address: str) -> str:
    """An address that neither breaks LaTeX nor is changed by it."""
    return latex.escape(address)


def needs_t1(source: str) -> bool:
    """Whether `source` has characters that LaTeX's old font encoding lacks."""
    return _T1.search(source) is not None


def unprintable(dossier: Dossier) -> tuple[str, ...]:
    """Characters in title, names and affiliations that pdfLaTeX has no command for, each once."""
    texts = [dossier.title, dossier.abstract, *dossier.paper.keywords]
    texts += [author.name.full for author in dossier.paper.contributors]
    texts += [affiliation.name for affiliation in dossier.affiliations]
    found = (char for text in texts for char in latex.beyond_ascii(text))
    # Letters of other scripts have commands, but only in encodings of their own.
    other = (c for text in texts for c in text if "\\CYR" in escape(c).upper())
    return tuple(dict.fromkeys([*found, *other]))


def problems(source: str) -> tuple[str, ...]:
    """What an eye would see without compiling: unbalanced braces and environments."""
    code = re.sub(r"(?<!\\)(?:\\\\)*%[^\n]*", "", source)
    found = []
    depth = 0
    for part in re.findall(r"\\.|[{}]", code, re.DOTALL):
        depth += (part == "{") - (part == "}")
        if depth < 0:
            break
    if depth:
        found.append("braces are not balanced")
    begun = re.findall(r"\\begin\{(\w+\*?)\}", code)
    ended = re.findall(r"\\end\{(\w+\*?)\}", code)
    if sorted(begun) != sorted(ended):
        found.append("an environment is not closed")
    return tuple(found)


def fill(template: str, **values: Any) -> str:
    """A LaTeX template of `templates/`, with values that are LaTeX already."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> jinja2.Environment:
    # Delimiters that LaTeX does not use, so that a template stays LaTeX to its readers.
    return jinja2.Environment(  # noqa: S701 - values are escaped for LaTeX, not for HTML
        loader=jinja2.PackageLoader("builder.export"),
        undefined=jinja2.StrictUndefined,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

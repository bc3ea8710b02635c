"""What the LaTeX skeletons of all journals share: escaped values, and a look at the result."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import jinja2

from builder.cite import bibtex
from builder.export import scripts
from builder.export.dossier import Dossier
from builder.model.markup import Markup, latex


def escape(text: str) -> str:
    """Plain text as LaTeX in ASCII wherever LaTeX has a command for a character."""
    return scripts.marked(latex.escape(text, ascii=True))


def render(markup: Markup) -> str:
    """Markup as LaTeX in ASCII wherever LaTeX has a command for a character."""
    return scripts.marked(latex.render(markup, ascii=True))


def email(address: str) -> str:
    """An address that neither breaks LaTeX nor is changed by it."""
    return latex.escape(address)


def unprintable(dossier: Dossier) -> tuple[str, ...]:
    """Characters of the front matter that pdfLaTeX cannot print, each once."""
    paper = dossier.paper
    texts = [*paper.keywords, *(author.name.full for author in paper.contributors)]
    texts += [affiliation.name for affiliation in dossier.affiliations]
    sources = [render(paper.title), *(escape(text) for text in texts)]
    sources += [render(paper.abstract)] if paper.abstract else []
    return tuple(dict.fromkeys(char for source in sources for char in scripts.unknown(source)))


def reference(dossier: Dossier) -> str:
    """The workshop paper as a BibTeX entry that the manuscript can cite as it stands."""
    entry = bibtex(dossier.volume, dossier.paper, dossier.plan, ascii=True)
    return scripts.for_bibtex(scripts.marked(entry))


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


def manuscript(template: str, *, bibliography: str, **values: Any) -> str:
    """A manuscript's front matter, with the declarations that the characters in it need.

    `bibliography` is the `.bib` file that it cites, whose characters count too.
    """
    source = fill(template, **values, cjk=(), vietnamese=False, unknown=())
    everything = source + bibliography
    return fill(
        template,
        **values,
        cjk=scripts.families(everything),
        vietnamese=scripts.vietnamese(everything),
        unknown=[f"{ord(char):04X}" for char in scripts.unknown(everything)],
    )


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

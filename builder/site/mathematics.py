"""Formulas in prose as MathML, made at build time: no script, and nothing from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from builder.model import Finding, Severity, Volume
from builder.model.markup import Markup, Math, html

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

RENDERER = "proceedings"


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """A formula within a line."""
    self.body.append(html.render(Markup((Math(node.astext()),))))
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """A displayed formula, with its id, so that it can be linked to."""
    ids = node["ids"]
    anchor = f' id="{escape(ids[0])}"' if ids else ""
    formula = html.render(Markup((Math(node.astext(), display=True),)))
    self.body.append(f'<div class="proc-formula"{anchor}>{formula}</div>\n')
    raise nodes.SkipNode


def register(app: Sphinx) -> None:
    """Makes this renderer known under `RENDERER`."""
    app.add_html_math_renderer(
        RENDERER,
        inline_renderers=(visit_inline, None),
        block_renderers=(visit_block, None),
    )


def unconverted(volume: Volume) -> tuple[Finding, ...]:
    """A finding for every formula in a title or an abstract that pages show as its TeX."""
    return tuple(
        Finding(
            code="site-formula",
            severity=Severity.WARNING,
            message=f"A formula in the {what} cannot be shown as mathematics; the site shows its"
            f" TeX: {tex if len(tex) <= 80 else f'{tex[:79]}…'}",
            subject=paper.key,
            where=paper.where,
            hint="Write it with standard TeX commands, without the paper's own macros.",
        )
        for paper in volume.shown
        for what, markup in (("title", paper.title), ("abstract", paper.abstract))
        if markup
        for tex in html.unconverted(markup)
    )

"""Formulas in prose as MathML, made at build time: no script, and nothing from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

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

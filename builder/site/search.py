"""Collected pages in Sphinx's own search index, which also works from `file://`.

The index forgets every page that is no document (`IndexBuilder.prune` with `env.all_docs`), when it
is loaded and when it is written. So pages are fed anew on each build, and kept when it prunes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import new_document

from builder.site.pages import Page

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.search import IndexBuilder


def feed(builder: StandaloneHTMLBuilder, pages: Iterable[Page]) -> None:
    """Adds `pages` to the index of this build; does nothing where there is no index."""
    indexer = builder.indexer
    if indexer is None:
        return
    names = []
    for page in pages:
        names.append(page.name)
        indexer.feed(page.name, f"{page.name}.html", page.title, _document(page))
    _keep(indexer, names)


def _keep(indexer: IndexBuilder, names: list[str]) -> None:
    prune = indexer.prune

    def keep(docnames: Iterable[str]) -> None:
        prune([*docnames, *names])

    indexer.prune = keep  # type: ignore[method-assign]  # there is no hook for it


def _document(page: Page) -> nodes.document:
    document = new_document(page.name)
    section = nodes.section(ids=["top"])
    section += nodes.title("", page.title)
    for text in page.words:
        section += nodes.paragraph("", text)
    document += section
    return document

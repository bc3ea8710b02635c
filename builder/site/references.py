"""How to cite a paper, as its page shows it: in words, and as files."""

from __future__ import annotations

from collections.abc import Callable

from builder import cite
from builder.model import Markup
from builder.site.views import PaperView, Shelf

FILES = (
    ("BibTeX", "bib"),
    ("RIS", "ris"),
    ("EndNote", "enw"),
    ("MODS", "mods.xml"),
    ("CSL-JSON", "json"),
)
"""Label and suffix of every citation that lies beside a paper's page."""


def styled(shelf: Shelf) -> Callable[[PaperView], tuple[tuple[str, Markup], ...]]:
    """A function for templates: the name of every style, and a paper's reference in it."""

    def references(view: PaperView) -> tuple[tuple[str, Markup], ...]:
        written = cite.all_formatted(shelf.volume, view.paper, shelf.desk.plan)
        return tuple((cite.STYLES[word].name, reference) for word, reference in written.items())

    return references


def files(shelf: Shelf) -> Callable[[PaperView], tuple[tuple[str, str], ...]]:
    """A function for templates: label and path of a paper's citations."""
    if not shelf.desk.citations:
        return lambda view: ()
    of = shelf.desk.addresses.citation
    return lambda view: tuple((label, of(view.paper.key, suffix)) for label, suffix in FILES)

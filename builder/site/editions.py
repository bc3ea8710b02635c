"""The page that names the event's other editions."""

from __future__ import annotations

from collections.abc import Iterator

from builder.model import Link
from builder.site import addresses, scholarly
from builder.site.pages import Page
from builder.site.rendering import Renderer
from builder.site.views import Shelf
from builder.site.words import say


def collect(shelf: Shelf, renderer: Renderer) -> Iterator[Page]:
    """The page, if the editors name other editions."""
    listed = shelf.volume.site.editions
    if not listed:
        return
    yield Page(
        addresses.EDITIONS,
        say("Editions"),
        lambda: renderer.render("editions.html", addresses.EDITIONS, listed=marked(shelf)),
        lambda: scholarly.meta(None, shelf.desk),
        lambda: tuple(link.title for link in listed),
    )


def marked(shelf: Shelf) -> list[tuple[Link, bool]]:
    """Each edition, and whether it is this one, which stands first where nobody listed it."""
    volume = shelf.volume
    own = scholarly.site_url(volume)
    found = [
        (link, _same(link.url, own) or link.title == volume.event.short_name)
        for link in volume.site.editions
    ]
    if not any(current for _, current in found):
        found.insert(0, (Link(title=volume.event.short_name, url=""), True))
    return found


def _same(one: str, other: str) -> bool:
    return bool(other) and one.rstrip("/") == other.rstrip("/")

"""Whether every annotation of a file is in another one, where it was, and leads where it led."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from builder.pdf.fit import Fit
from builder.pdf.fitting import plain
from builder.pdf.links import annotations_of
from builder.pdf.rereading import SeenLink, Source
from builder.pdf.sanitising import EMBEDDING

_NEAR = 0.05
"""Points by which a place may differ that was rounded before it was moved."""


class _Pages(Source):
    """The links of a file that is open already."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = [page.obj for page in pdf.pages]


def changed(
    before: pikepdf.Pdf, after: pikepdf.Pdf, fits: Sequence[Fit] = ()
) -> tuple[list[tuple[int, str]], int]:
    """Annotations that are gone or lead elsewhere, by page; and how many are as they were.

    Where pages were fitted, places are compared where they came to lie.

    Form fields are not among them, nor what embeds files: they are taken out, and reported so.
    """
    differences: list[tuple[int, str]] = []
    old, new = _Pages(before), _Pages(after)
    same = 0
    for index in range(min(len(old.pages), len(new.pages))):
        fit = fits[index] if fits else Fit()
        wanted, found = Counter(_kinds(old.pages[index], fit)), Counter(_kinds(new.pages[index]))
        links, kept = old.links(index), new.links(index)
        equal = [_leads_alike(a, b, fits, index) for a, b in zip(links, kept, strict=False)]
        missing = wanted - found
        same += sum(wanted.values()) - sum(missing.values())
        if missing:
            kinds = ", ".join(f"{kind[0]} ({count})" for kind, count in missing.items())
            message = f"annotations are gone: {kinds}"
            differences.append((index + 1, message))
        elif len(links) != len(kept) or not all(equal):
            moved = equal.count(False)
            message = f"{moved or abs(len(links) - len(kept))} links lead elsewhere"
            differences.append((index + 1, message))
    return differences, same


def _leads_alike(old: SeenLink, new: SeenLink, fits: Sequence[Fit], index: int) -> bool:
    if not fits:
        return old == new
    rect = fits[index].rect(old.rect) if len(old.rect) == 4 else old.rect
    shown = old.view if old.page is None else fits[old.page].shown(old.view)
    return (
        (old.page, old.uri) == (new.page, new.uri)
        and (len(rect), len(shown)) == (len(new.rect), len(new.view))
        and all(abs(a - b) < _NEAR for a, b in zip(rect, new.rect, strict=True))
        and all(_equal(a, b) for a, b in zip(shown, new.view, strict=True))
    )


def _equal(a: Any, b: Any) -> bool:
    try:
        return abs(float(a) - float(b)) < _NEAR
    except ValueError:
        return str(a) == str(b)


def _kinds(page: pikepdf.Object, fit: Fit | None = None) -> Iterator[tuple[Any, ...]]:
    for annotation in annotations_of(page):
        kind = str(annotation.get("/Subtype", ""))
        if kind == "/Widget" or kind in EMBEDDING:
            continue
        rect: Any = annotation.get("/Rect")
        corners = tuple(str(value) for value in rect) if isinstance(rect, pikepdf.Array) else ()
        if fit and fit != Fit() and len(corners) == 4:
            corners = tuple(map(plain, fit.rect([float(value) for value in corners])))
        yield kind.removeprefix("/"), corners

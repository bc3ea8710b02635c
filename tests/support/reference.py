"""Joining as simply as it can be done, with every part open at once: to judge the fast way by."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf

from builder.pdf import Part
from builder.pdf.joining import prefix_of
from builder.pdf.links import Destinations, annotations_of, destination_of, name_of


def join(parts: Sequence[Part], out: Path) -> None:
    """Write the pages of all `parts`, with their links and named destinations."""
    with contextlib.ExitStack() as stack:
        pdf = stack.enter_context(pikepdf.new())
        names: dict[bytes, pikepdf.Object] = {}
        for part in parts:
            source = stack.enter_context(pikepdf.open(part.path))
            names |= _add(pdf, source, prefix_of(part.key))
        row: list[Any] = []
        for name in sorted(names):
            row += [pikepdf.String(name), names[name]]
        root = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(row)))
        pdf.Root.Names = pikepdf.Dictionary(Dests=root)
        pdf.save(out, min_version="1.7")


def _add(pdf: pikepdf.Pdf, source: pikepdf.Pdf, prefix: bytes) -> dict[bytes, pikepdf.Object]:
    offset = len(pdf.pages)
    destinations = Destinations(source)
    found = []
    for index, page in enumerate(source.pages):
        for position, annotation in enumerate(annotations_of(page.obj)):
            destination = destination_of(annotation)
            if destination is not None:
                target = destinations.resolve(destination)
                found.append((index, position, name_of(destination), target))
                # Copying one page would otherwise try to copy the pages that it leads to.
                for key in ("/Dest", "/A"):
                    if key in annotation:
                        del annotation[key]
            if "/P" in annotation:
                del annotation["/P"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        pdf.pages.extend(source.pages)

    def array(target: tuple[int, tuple[Any, ...]]) -> pikepdf.Object:
        return pikepdf.Array([pdf.pages[offset + target[0]].obj, *target[1]])

    for index, position, name, target in found:
        where: Any = pikepdf.Array([None, pikepdf.Name.Fit])
        if name is not None:
            where = pikepdf.String(prefix + name)
        elif target:
            where = array(target)
        annotation = list(annotations_of(pdf.pages[offset + index].obj))[position]
        annotation["/A"] = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=where)
    resolved = {name: destinations.resolve(value) for name, value in destinations.named.items()}
    return {prefix + name: array(target) for name, target in resolved.items() if target}

"""A file becomes a segment: what is worked out once for a paper, whatever its place.

Links by name become links to the page itself, so that names of different papers cannot collide;
the names are kept beside, for links from outside. Page attributes that are inherited become the
page's own. Everything on which the place in a volume has an influence is an import: the node above
the pages, the element above the structure tree, the forms that hold the stamps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pikepdf

from builder.pdf.archiving import ready
from builder.pdf.counting import Counts
from builder.pdf.engines import open_paper
from builder.pdf.fit import Fit, Size
from builder.pdf.fitting import fit
from builder.pdf.isolating import isolate, own_resources
from builder.pdf.limits import set_limits
from builder.pdf.links import (
    Bookmark,
    Destinations,
    Id,
    PlainLink,
    annotations_of,
    view_text,
)
from builder.pdf.links import outline as read_outline
from builder.pdf.numbering import Numbering
from builder.pdf.sanitising import sanitise
from builder.pdf.segment import Description, Fragment, Layers, Mark, Writer
from builder.pdf.structure import read_structure
from builder.pdf.tying import IMPORTS, Elsewhere, Outside, Ties
from builder.pdf.viewing import inherited, view

_ELEMENT = 1

STAMPS = "/ProceedingsStamps"
"""The name under which a page finds its stamps."""


def normalise(
    source: Path,
    out: Path,
    counts: Counts = (),
    *,
    archival: bool = False,
    size: Size | None = None,
) -> None:
    """Write the segment of a stranger's paper to `out`: sanitised, with a slot for stamps.

    For an `archival` volume what PDF/A-3b forbids and nobody sees is changed, too. With `size`
    pages are fitted onto pages of that size; the record then has its `fits`. Give `counts`
    from its `Inspection` so that the readers need not be asked again. To be called in a worker.
    Raises `Unusable` (with a message for editors), and `OSError`.
    """
    set_limits()
    with open_paper(source, counts) as opened:
        pdf = opened.pdf
        settle(pdf)
        plain: dict[Id, PlainLink] = {}
        removed = sanitise(pdf, plain)
        if opened.encryption != "none":
            removed["encryption"] += 1
        if archival:
            removed += ready(pdf)
        slots, fits = _slots(pdf, size)
        record = {
            "engine": opened.engine,
            "removed": sorted((what, count) for what, count in removed.items() if count),
            "repairs": list(opened.repairs),
            "fits": [astuple(one) for one in fits],
        }
        if archival or size:  # links are not what they were
            plain = {}
        write_pages(pdf, out, slots=slots, record=record, plain=plain)


def write_pages(
    pdf: pikepdf.Pdf,
    out: Path,
    *,
    slots: Sequence[pikepdf.Object] | None = None,
    elsewhere: Elsewhere | None = None,
    record: dict[str, Any] | None = None,
    plain: Mapping[Id, PlainLink] | None = None,
) -> None:
    """Write the segment of an open file, which is changed on the way and of no use afterwards.

    `plain` are links that have been looked at already (`sanitise`).
    `slots` are objects that stand for imports, from 2 on. With `elsewhere` addresses of the
    scheme `x-proc:` become links to the import that it names; those that mean nothing go.
    """
    pages = [page.obj for page in pdf.pages]
    destinations = Destinations(pdf)
    marks = _marks(read_outline(pdf, destinations))
    named = {name: destinations.named_place(name) for name in destinations.named}
    outside = Outside(pdf, elsewhere) if elsewhere else None
    ties = Ties(pages, destinations, outside, plain)
    for page in pages:
        ties.tie(page)
    structure = pdf.Root.get("/StructTreeRoot")
    known = {slot.objgen: index for index, slot in enumerate(slots or [], start=IMPORTS)}
    imports = IMPORTS + len(known)
    if outside:
        known |= outside.known
        imports = outside.imports
    tagged = isinstance(structure, pikepdf.Dictionary)
    if isinstance(structure, pikepdf.Dictionary):
        known[structure.objgen] = _ELEMENT
    for page in pages:
        if "/Parent" in page:
            del page["/Parent"]
    views = [view(page) for page in pages]
    with Writer(out, imports) as writer:
        numbering = Numbering(
            pdf,
            writer,
            imports=imports,
            known=known,
            pages={page.objgen for page in pages},
            tagged=tagged,
            rewritten=ties.rewritten,
        )
        numbers = [numbering.local(page.objgen) for page in pages]
        heads = [numbering.count]
        for page in pages:
            for annotation in annotations_of(page):
                if annotation.is_indirect:
                    numbering.local(annotation.objgen)
        heads.append(numbering.count)
        numbering.write()
        layers = _layers(pdf, numbering)
        found = read_structure(pdf, numbering) if tagged else None
        writer.close(
            Description(
                imports=imports,
                pages=tuple(number for number in numbers if number is not None),
                views=tuple((seen.box, seen.rotation, seen.unit) for seen in views),
                heads=tuple(heads),
                slots=slots is not None,
                names=tuple(
                    (name.decode("latin-1"), *place)
                    for name, place in sorted(named.items())
                    if place
                ),
                outline=marks,
                layers=layers,
                structure=found,
                record=record or {},
                links=ties.links,
                uris=ties.uris,
                broken=ties.broken,
            )
        )


def settle(pdf: pikepdf.Pdf) -> None:
    """Give each page as its own what it inherits, so that it can stand anywhere."""
    for page in pdf.pages:
        for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
            if key not in page.obj and (value := inherited(page.obj, key)) is not None:
                page.obj[key] = value
    intents = pdf.Root.get("/OutputIntents")
    if isinstance(intents, pikepdf.Array) and len(intents):
        # What one file's colours mean, pages may say for themselves (ISO 32000-2, 14.11.5).
        shared = pdf.make_indirect(intents)
        for page in pdf.pages:
            if "/OutputIntents" not in page.obj:
                page.obj["/OutputIntents"] = shared


def _slots(pdf: pikepdf.Pdf, size: Size | None) -> tuple[Sequence[pikepdf.Object], tuple[Fit, ...]]:
    """End every page with a form that is yet to come; the objects that stand for these forms.

    Between, pages are fitted onto `size`: what is stamped on them is not.
    """
    slots = []
    shared: dict[bytes, pikepdf.Object] = {}
    for number, page in enumerate(pdf.pages, start=1):
        isolate(pdf, page, number, shared)
    fits = fit(pdf, size) if size else ()
    for page in pdf.pages:
        slot = pdf.make_indirect(pikepdf.Dictionary())
        resources = own_resources(page.obj)
        name = STAMPS
        while name in resources.XObject:
            name += "s"
        resources.XObject[name] = slot
        content = b"q %s Do Q\n" % name.encode()
        if content not in shared:
            shared[content] = pdf.make_stream(content)
        page.obj.Contents.append(shared[content])
        slots.append(slot)
    return slots, fits


def _marks(bookmarks: tuple[Bookmark, ...]) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            title=one.title,
            page=one.target[0] if one.target else None,
            view=view_text(one.target) if one.target else "",
            open=one.open,
            children=_marks(one.children),
        )
        for one in bookmarks
    )


def _layers(pdf: pikepdf.Pdf, numbering: Numbering) -> Layers | None:
    """Optional content (ISO 32000-2, 8.11): what was hidden in a paper stays hidden."""
    found = pdf.Root.get("/OCProperties")
    if not isinstance(found, pikepdf.Dictionary):
        return None
    groups = list(_references(found.get("/OCGs")))
    config: Any = found.get("/D")
    lists: dict[str, Fragment] = {}
    if isinstance(config, pikepdf.Dictionary):
        if config.get("/BaseState") == "/OFF":
            on = {group.objgen for group in _references(config.get("/ON"))}
            config["/OFF"] = pikepdf.Array([one for one in groups if one.objgen not in on])
        for key in ("/ON", "/OFF", "/Order", "/AS", "/Locked"):
            value = config.get(key)
            if isinstance(value, pikepdf.Array) and len(value):
                line, references = numbering.fragment(value)
                lists[key] = line.strip()[1:-1].strip(), references
    numbers = [numbering.local(group.objgen) for group in groups]
    numbering.write()
    return Layers(groups=tuple(one for one in numbers if one is not None), lists=lists)


def _references(value: Any) -> Iterator[pikepdf.Object]:
    if isinstance(value, pikepdf.Array):
        for item in value:
            if isinstance(item, pikepdf.Dictionary) and item.is_indirect:
                yield item

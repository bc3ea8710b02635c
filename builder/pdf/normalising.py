"""A file becomes a segment: what is worked out once for a paper, whatever its place.

Links by name become links to the page itself, so that names of different papers cannot collide;
the names are kept beside, for links from outside. Page attributes that are inherited become the
page's own. Everything on which the place in a volume has an influence is an import: the node above
the pages, the element above the structure tree, the forms that hold the stamps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf

from builder.pdf.archiving import ready
from builder.pdf.attaching import opens
from builder.pdf.counting import Counts
from builder.pdf.engines import open_paper
from builder.pdf.fitting import Fit, Size, fit
from builder.pdf.isolating import isolate, own_resources
from builder.pdf.limits import set_limits
from builder.pdf.links import (
    Bookmark,
    Destinations,
    annotations_of,
    destination_of,
    is_link,
    name_of,
    plain_link,
    uri_of,
    view_text,
)
from builder.pdf.links import outline as read_outline
from builder.pdf.numbering import Numbering
from builder.pdf.sanitising import sanitise
from builder.pdf.segment import Description, Fragment, Layers, Mark, Writer
from builder.pdf.structure import read_structure, retag
from builder.pdf.view import inherited, view

IMPORTS = 2
"""Imports of every segment with pages: the page tree's node, the structure tree's element."""

_ELEMENT = 1

STAMPS = "/ProceedingsStamps"
"""The name under which a page finds its stamps."""

SEGMENT_FORM = "4"
"""Raised whenever the same file is to give another segment; kept ones are then made anew."""

Elsewhere = Callable[[str], tuple[int, str] | None]
"""Import and view for an address outside the part, or `None` if it means nothing. An attachment
has no view: it is opened, not shown."""


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
        removed = sanitise(pdf)
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
        write_pages(pdf, out, slots=slots, record=record)


def write_pages(
    pdf: pikepdf.Pdf,
    out: Path,
    *,
    slots: Sequence[pikepdf.Object] | None = None,
    elsewhere: Elsewhere | None = None,
    record: dict[str, Any] | None = None,
) -> None:
    """Write the segment of an open file, which is changed on the way and of no use afterwards.

    `slots` are objects that stand for imports, from 2 on. With `elsewhere` addresses of the
    scheme `x-proc:` become links to the import that it names; those that mean nothing go.
    """
    pages = [page.obj for page in pdf.pages]
    destinations = Destinations(pdf)
    marks = _marks(read_outline(pdf, destinations))
    named = {name: destinations.named_place(name) for name in destinations.named}
    counted = dict.fromkeys(("links", "uris", "broken"), 0)
    outside = _Outside(pdf, elsewhere) if elsewhere else None
    tied: dict[tuple[int, int], bytes] = {}
    for page in pages:
        tied |= _tie(page, pages, destinations, counted, outside)
    structure = pdf.Root.get("/StructTreeRoot")
    known = {slot.objgen: index for index, slot in enumerate(slots or [], start=IMPORTS)}
    imports = IMPORTS + len(known)
    if outside:
        known |= outside.known
        imports = outside.imports
    tagged = isinstance(structure, pikepdf.Dictionary)
    if isinstance(structure, pikepdf.Dictionary):
        known[structure.objgen] = _ELEMENT
    views = [view(page) for page in pages]
    for page in pages:
        if "/Parent" in page:
            del page["/Parent"]
    with Writer(out, imports) as writer:
        numbering = Numbering(
            pdf,
            writer,
            imports=imports,
            known=known,
            pages={page.objgen for page in pages},
            tagged=tagged,
            rewritten=tied,
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
                links=counted["links"],
                uris=counted["uris"],
                broken=counted["broken"],
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


class _Outside:
    """Addresses in front matter, each with an object that stands for the page it leads to."""

    def __init__(self, pdf: pikepdf.Pdf, elsewhere: Elsewhere) -> None:
        self._pdf = pdf
        self._elsewhere = elsewhere
        self._stand_ins: dict[int, pikepdf.Object] = {}
        self.imports = IMPORTS

    @property
    def known(self) -> dict[tuple[int, int], int]:
        return {stand_in.objgen: number for number, stand_in in self._stand_ins.items()}

    def lead(self, address: str) -> tuple[pikepdf.Object, str] | None:
        found = self._elsewhere(address)
        if found is None:
            return None
        number, shown = found
        if number not in self._stand_ins:
            self._stand_ins[number] = self._pdf.make_indirect(pikepdf.Dictionary())
            self.imports = max(self.imports, number + 1)
        return self._stand_ins[number], shown

    def attach(self, annotation: pikepdf.Object, file: pikepdf.Object) -> None:
        """Let a link open an attachment; the structure tree must not call it a link any more."""
        opens(self._pdf, annotation, file)
        retag(self._pdf, annotation, "/Link", "/Annot")


SCHEME = "x-proc:"
"""Addresses that front matter uses for places in the volume: `x-proc:paper/liu25`."""


def _tie(
    page: pikepdf.Object,
    pages: Sequence[pikepdf.Object],
    destinations: Destinations,
    counted: dict[str, int],
    outside: _Outside | None,
) -> dict[tuple[int, int], bytes]:
    """Lead a page's links straight to where they lead by name, and count them.

    Returns what is to be written for links of the plainest kind, by their number.
    """
    found = list(annotations_of(page))
    if not found:
        if "/Annots" in page:
            del page["/Annots"]
        return {}
    kept = []
    tied: dict[tuple[int, int], bytes] = {}
    for annotation in found:
        if not outside and (plain := plain_link(annotation)) and (id := annotation.objgen)[0]:
            place = destinations.named_place(plain.name) if plain.name is not None else None
            if place:
                head = b"<< /A << /D [ %d %d R " % pages[place[0]].objgen
                view = place[1].encode("latin-1") + b" " if place[1] else b""
                tied[id] = head + view + b"] /S /GoTo >> " + plain.rest + b" >>"
            if place or plain.name is None:
                counted["links" if place else "uris"] += 1
                kept.append(annotation)
                continue
        uri = uri_of(annotation) if is_link(annotation) else None
        destination = destination_of(annotation)
        if outside and uri is not None and uri.startswith(f"{SCHEME}file/"):
            beside, _, landing = uri.removeprefix(f"{SCHEME}file/").partition("/")
            _aim_at_file(annotation, unquote(beside), landing)
        elif outside and uri is not None and uri.startswith(SCHEME):
            lead = outside.lead(uri.removeprefix(SCHEME))
            if lead is None:
                continue
            if lead[1]:
                _lead(annotation, lead[0], lead[1])
            else:
                outside.attach(annotation, lead[0])
        elif uri is not None:
            counted["uris"] += 1
        elif destination is not None:
            target = destinations.resolve(destination)
            if target:
                _lead(annotation, pages[target[0]], view_text(target))
            else:
                name = name_of(destination)
                # A name that no volume can have: it must not lead into another paper.
                dead: Any = pikepdf.String(b"?:" + name) if name is not None else None
                _aim(annotation, dead or pikepdf.Array([None, pikepdf.Name.Fit]))
            if is_link(annotation):
                counted["links" if target else "broken"] += 1
        kept.append(annotation)
    page["/Annots"] = pikepdf.Array(kept)
    return tied


def _lead(annotation: pikepdf.Object, page: pikepdf.Object, shown: str) -> None:
    _aim(annotation, pikepdf.Array([page, *pikepdf.Object.parse(f"[ {shown} ]".encode())]))


def _aim(annotation: pikepdf.Object, destination: Any) -> None:
    if "/Dest" in annotation:
        del annotation["/Dest"]
    annotation["/A"] = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=destination)


def _aim_at_file(annotation: pikepdf.Object, file: str, name: str) -> None:
    """Lead into another file that stands beside this one (ISO 32000-2, 12.6.4.3)."""
    annotation["/A"] = pikepdf.Dictionary(
        S=pikepdf.Name.GoToR, F=pikepdf.String(file), D=pikepdf.String(name)
    )


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

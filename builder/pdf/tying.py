"""Links tied to what they lead to: by name no longer, so that no other paper's name can catch them.

Links of the plainest kind are not changed, which is slow; what is to be written for them is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

import pikepdf

from builder.pdf.attaching import opens
from builder.pdf.links import (
    Destinations,
    Id,
    PlainLink,
    annotations_of,
    destination_of,
    is_link,
    name_of,
    plain_link,
    uri_of,
    view_text,
)
from builder.pdf.structure import retag

IMPORTS = 2
"""Imports of every segment with pages: the page tree's node, the structure tree's element."""

SCHEME = "x-proc:"
"""Addresses that front matter uses for places in the volume: `x-proc:paper/liu25`."""


Elsewhere = Callable[[str], tuple[int, str] | None]
"""Import and view for an address outside the part, or `None` if it means nothing. An attachment
has no view: it is opened, not shown."""


class Outside:
    """Addresses in front matter, each with an object that stands for the page it leads to."""

    def __init__(self, pdf: pikepdf.Pdf, elsewhere: Elsewhere) -> None:
        self._pdf = pdf
        self._elsewhere = elsewhere
        self._stand_ins: dict[int, pikepdf.Object] = {}
        self.imports = IMPORTS

    @property
    def known(self) -> dict[tuple[int, int], int]:
        """The stand-ins, and which imports they stand for."""
        return {stand_in.objgen: number for number, stand_in in self._stand_ins.items()}

    def lead(self, address: str) -> tuple[pikepdf.Object, str] | None:
        """A stand-in for the page that an address leads to, and the view; `None` for nowhere."""
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


class Ties:
    """The links of one file, counted while they are tied."""

    def __init__(
        self,
        pages: Sequence[pikepdf.Object],
        destinations: Destinations,
        outside: Outside | None = None,
        plain: Mapping[Id, PlainLink] | None = None,
    ) -> None:
        """`plain` are links that have been looked at already."""
        self._pages = pages
        self._destinations = destinations
        self._outside = outside
        self._plain = plain or {}
        self.links = self.uris = self.broken = 0
        self.rewritten: dict[Id, bytes] = {}
        """What is to be written for links of the plainest kind, by their number."""

    def tie(self, page: pikepdf.Object) -> None:
        """Lead a page's links straight to where they lead by name."""
        found = list(annotations_of(page))
        if not found:
            if "/Annots" in page:
                del page["/Annots"]
            return
        kept = [one for one in found if self._keep(one)]
        given: Any = page["/Annots"]
        if given.is_indirect or len(given) != len(kept):
            page["/Annots"] = pikepdf.Array(kept)

    def _keep(self, annotation: pikepdf.Object) -> bool:
        """Tie one annotation; whether it stays."""
        if self._outside:
            kept = self._tie_outside(annotation, self._outside)
            if kept is not None:
                return kept
        elif self._tie_plain(annotation):
            return True
        if is_link(annotation) and uri_of(annotation) is not None:
            self.uris += 1
        elif (destination := destination_of(annotation)) is not None:
            target = self._destinations.resolve(destination)
            if target:
                _lead(annotation, self._pages[target[0]], view_text(target))
            else:
                name = name_of(destination)
                # A name that no volume can have: it must not lead into another paper.
                dead: Any = pikepdf.String(b"?:" + name) if name is not None else None
                _aim(annotation, dead or pikepdf.Array([None, pikepdf.Name.Fit]))
            if is_link(annotation):
                self.links += bool(target)
                self.broken += not target
        return True

    def _tie_plain(self, annotation: pikepdf.Object) -> bool:
        """Whether that was all there is to be done."""
        id = annotation.objgen
        plain = self._plain.get(id) or plain_link(annotation)
        if not plain or not id[0]:
            return False
        if plain.name is None:
            self.uris += 1
            return True
        place = self._destinations.named_place(plain.name)
        if not place:
            return False
        head = b"<< /A << /D [ %d %d R " % self._pages[place[0]].objgen
        view = place[1].encode("latin-1") + b" " if place[1] else b""
        self.rewritten[id] = head + view + b"] /S /GoTo >> " + plain.rest + b" >>"
        self.links += 1
        return True

    def _tie_outside(self, annotation: pikepdf.Object, outside: Outside) -> bool | None:
        """Whether a link by our own addresses stays; `None` if it is none."""
        uri = uri_of(annotation) if is_link(annotation) else None
        if uri is None or not uri.startswith(SCHEME):
            return None
        address = uri.removeprefix(SCHEME)
        if address.startswith("file/"):
            beside, _, landing = address.removeprefix("file/").partition("/")
            _aim_at_file(annotation, unquote(beside), landing)
            return True
        lead = outside.lead(address)
        if lead is None:
            return False
        if lead[1]:
            _lead(annotation, lead[0], lead[1])
        else:
            outside.attach(annotation, lead[0])
        return True


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

"""What belongs to a file and to none of its parts: its catalog, without the trees of its parts.

Each function writes what it must and returns entries of the catalog (ISO 32000-2, 7.7.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources

from builder.pdf.attaching import Attached
from builder.pdf.metadata import DocumentInfo, Label
from builder.pdf.output import Output, text
from builder.pdf.parts import Attachment
from builder.pdf.placing import Places
from builder.pdf.segment import Mark
from builder.pdf.trees import name_tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What belongs to the file and to none of its parts; sheets and pages count from 0."""

    info: DocumentInfo
    labels: Sequence[Label] = ()
    names: dict[bytes, tuple[int, str]] = field(default_factory=dict)
    """Destinations besides those of the parts: page and view."""
    outline: Sequence[Mark] = ()
    """With pages of the whole file."""
    attachments: Sequence[Attachment] = ()
    archival: bool = False
    """Whether it is written as PDF/A-3b, and says so."""


def names(
    output: Output, places: Places, whole: Whole, attached: Sequence[Attached]
) -> list[bytes]:
    """Destinations and embedded files by name (7.7.4)."""
    found = dict(whole.names)
    for spot in places.spots:
        prefix = spot.block.prefix
        for name, page, view in spot.block.about.names:
            found[prefix + name.encode("latin-1")] = (spot.sheet + page, view)
    entries = []
    if found:
        rows = [(name, _destination(places, *found[name])) for name in sorted(found)]
        entries.append(b"/Dests %d 0 R" % name_tree(output, rows))
        output.flush()
    if attached:
        ordered = sorted(attached, key=lambda one: one.key)
        tree = name_tree(output, [(one.key, b"%d 0 R" % one.number) for one in ordered])
        entries.append(b"/EmbeddedFiles %d 0 R" % tree)
    return [b"/Names << %s >>" % b" ".join(entries)] if entries else []


def outline(output: Output, places: Places, marks: Sequence[Mark]) -> list[bytes]:
    """The bookmarks (12.3.3); a file of several parts is shown with them."""
    if not marks:
        return []
    root = output.reserve()
    first, last, shown = _level(output, places, root, marks)
    line = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>"
    output.add(root, line % (first, last, shown))
    mode = [b"/PageMode /UseOutlines"] if places.several else []
    return [b"/Outlines %d 0 R" % root, *mode]


def labels(given: Sequence[Label]) -> list[bytes]:
    """The numbers that viewers show (12.4.2)."""
    rows = []
    for label in sorted(given, key=lambda label: label.sheet):
        entry = []
        if label.style != "none":
            entry.append(b"/S /D" if label.style == "arabic" else b"/S /r")
            if label.start != 1:
                entry.append(b"/St %d" % label.start)
        if label.prefix:
            entry.append(b"/P %s" % text(label.prefix))
        rows.append(b"%d << %s >>" % (label.sheet - 1, b" ".join(entry)))
    return [b"/PageLabels << /Nums [ %s ] >>" % b" ".join(rows)] if rows else []


def layers(places: Places, *, archival: bool) -> list[bytes]:
    """Optional content of all parts (8.11.4)."""
    groups: list[bytes] = []
    lists: dict[str, list[bytes]] = {}
    for spot in places.spots:
        if found := spot.block.about.layers:
            groups += [b"%d 0 R" % (number + spot.shift) for number in found.groups]
            for key, fragment in found.lists.items():
                lists.setdefault(key, []).append(spot.fragment(fragment))
    if not groups:
        return []
    if archival:
        # No automatic states; and an order would have to name every group (ISO 19005-3, 6.9).
        for key in ("/AS", "/Order"):
            lists.pop(key, None)
    default = b" ".join(
        b"%s [ %s ]" % (key.encode(), b" ".join(lists[key])) for key in sorted(lists)
    )
    line = b"/OCProperties << /OCGs [ %s ] /D << /Name (Layers) %s >> >>"
    return [line % (b" ".join(groups), default)]


def files(whole: Whole, attached: Sequence[Attached]) -> list[bytes]:
    """The attachments as files that belong to the whole (14.13.3)."""
    for one in attached:
        one.write(whole.info.date)
    row = b" ".join(b"%d 0 R" % one.number for one in attached)
    return [b"/AF [ %s ]" % row] if row else []


def intent(output: Output) -> list[bytes]:
    """What colours mean that say nothing themselves: sRGB (ISO 19005-3, 6.2.3)."""
    profile = resources.files(__package__).joinpath("srgb.icc").read_bytes()
    number = output.reserve()
    dictionary = b"<< /N 3 /Length %d >>" % len(profile)
    output.digest.update(profile)
    output.stream(number, dictionary, profile)
    return [
        b"/OutputIntents [ << /Type /OutputIntent /S /GTS_PDFA1 "
        b"/OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) "
        b"/DestOutputProfile %d 0 R >> ]" % number
    ]


def _level(
    output: Output, places: Places, parent: int, marks: Sequence[Mark]
) -> tuple[int, int, int]:
    """Write bookmarks; the first, the last, and how many are shown at first."""
    start, shown = output.reserve(len(marks)), len(marks)
    for index, mark in enumerate(marks):
        number = start + index
        entries = [b"/Title %s /Parent %d 0 R" % (text(mark.title), parent)]
        if mark.page is not None:
            entries.append(b"/Dest %s" % _destination(places, mark.page, mark.view))
        if index:
            entries.append(b"/Prev %d 0 R" % (number - 1))
        if index + 1 < len(marks):
            entries.append(b"/Next %d 0 R" % (number + 1))
        if mark.children:
            first, last, below = _level(output, places, number, mark.children)
            count = below if mark.open else -below
            entries.append(b"/First %d 0 R /Last %d 0 R /Count %d" % (first, last, count))
            shown += below if mark.open else 0
        output.add(number, b"<< %s >>" % b" ".join(entries))
    return start, start + len(marks) - 1, shown


def _destination(places: Places, page: int, view: str) -> bytes:
    return b"[ %d 0 R %s ]" % (places.pages[page], view.encode("latin-1"))

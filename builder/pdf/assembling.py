"""Segments become a file: renumbered, copied, and joined by what belongs to the whole.

Every part is opened only while it is copied; what stays in memory is a few numbers for each page,
name and bookmark.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from builder.pdf.attaching import Attached, Attachment
from builder.pdf.metadata import DocumentInfo, Label, entries_of, xmp
from builder.pdf.output import Output, most_packs, string, text
from builder.pdf.segment import Common, Description, Fragment, Mark, Objects, Segment
from builder.work.writing import beside

_FAN = 64
"""Children of one node of a tree."""

_BUFFER = 1 << 20

_SPARE = 64
"""Papers begin at numbers that this divides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One segment in the file that is to be written."""

    segment: Segment
    about: Description
    overlay: Segment | None = None
    """The stamps on its pages; without, its slots stay empty."""
    forms: Sequence[int] = ()
    """Local numbers of the overlay's forms, one a page."""
    common: Sequence[Common] = ()
    """What the overlay may have in common with others."""
    prefix: bytes = b""
    """What its names get in front of them."""
    title: str = ""
    """What its part of the structure tree is called; only where there are several."""


def stamped_block(paper: Segment, overlay: Segment, about: Description | None = None) -> Block:
    """A normalised paper with its stamps, as part of a file."""
    forms = overlay.describe()
    return Block(
        segment=paper,
        about=about or paper.describe(),
        overlay=overlay,
        forms=forms.pages,
        common=forms.common,
    )


@dataclass(slots=True)
class _Spot:
    """Where a block stands."""

    block: Block
    base: int
    overlay: Sequence[int]
    """Object numbers of the overlay's objects."""
    packs: int
    """First of the numbers for its object streams."""
    end: int
    """The number after the last of its own."""
    node: int
    element: int
    sheet: int
    """Index of its first page."""
    pages: tuple[int, ...]
    """Object numbers."""
    key: int
    """First of its keys of the parent tree."""


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


@dataclass(frozen=True, slots=True)
class Assembled:
    """Which object numbers were given: the first, and the one after the last."""

    numbers: tuple[tuple[int, int], ...]
    """Those of each block, its node of the page tree left out."""
    common: tuple[int, int]
    """Those of what several blocks share."""


def assemble(blocks: Sequence[Block], out: Path, whole: Whole) -> Assembled:
    """Write the file that has the pages of all `blocks` in their order; atomically.

    Equal input gives equal bytes. Raises `ValueError` if a segment is damaged or the file would
    have more objects than it may, and `OSError`.
    """
    with beside(out) as path, path.open("wb", _BUFFER) as file:
        made = _File(Output(file), blocks, whole)
        made.write()
    return Assembled(
        tuple((spot.base, spot.end) for spot in made.spots), (made.first_common, made.end_common)
    )


class _File:
    def __init__(self, output: Output, blocks: Sequence[Block], whole: Whole) -> None:
        self.output = output
        self.whole = whole
        self.catalog, self.info, self.metadata = (output.reserve() for _ in range(3))
        self.digest = hashlib.sha256()
        self.empty = 0
        tagged = [block for block in blocks if block.about.structure]
        self.structure = output.reserve() if tagged else 0
        self.tagged = bool(tagged) and len(tagged) == len(blocks)
        self.several = len(blocks) > 1
        self.document = output.reserve() if tagged and self.several else self.structure
        self.common: dict[str, tuple[int, Segment, Common]] = {}
        self.first_common = output.reserve(0)
        for block in blocks:
            for group in block.common:
                if group.digest not in self.common and block.overlay:
                    base = output.reserve(group.count)
                    self.common[group.digest] = (base, block.overlay, group)
        # The object streams that hold them.
        groups = [group for _, _, group in self.common.values()]
        packs = sum(most_packs(group.count, ()) for group in groups)
        self.common_packs = output.reserve(packs)
        self.end_common = output.reserve(0)
        spots: dict[int, _Spot] = {}
        # Papers get their numbers before front matter does, and numbers to spare: so a change to
        # one part seldom moves the numbers of another, and what did not change is the same, byte
        # for byte, in the next volume. An audit that saw it need not read it again.
        for index in sorted(range(len(blocks)), key=lambda index: blocks[index].overlay is None):
            spots[index] = self._spot(blocks[index])
            if self.several:
                output.align(_SPARE)
        self.spots = [spots[index] for index in range(len(blocks))]
        sheet = key = 0
        for spot in self.spots:
            spot.sheet, spot.key = sheet, key
            sheet += len(spot.pages)
            key += spot.block.about.structure.keys if spot.block.about.structure else 0
        self.keys = key
        self.attached = [Attached(output, one) for one in whole.attachments]
        self.pages = [number for spot in self.spots for number in spot.pages]

    def _spot(self, block: Block) -> _Spot:
        """Reserve the numbers of a block, those of its object streams included."""
        output = self.output
        own = output.reserve() if block.about.structure and self.several else self.document
        node = output.reserve()
        base = output.reserve(block.segment.objects)
        shift = base - block.about.imports
        pages = tuple(number + shift for number in block.about.pages)
        overlay: list[int] = []
        if block.overlay:
            for group in block.common:
                first = self.common[group.digest][0]
                overlay += range(first, first + group.count)
            more = block.overlay.objects - len(overlay)
            first = output.reserve(more)
            overlay += range(first, first + more)
        packs = output.reserve(most_packs(block.segment.objects + len(overlay), block.about.heads))
        end = output.reserve(0)
        return _Spot(block, base, overlay, packs, end, node, own, 0, pages, 0)

    def write(self) -> None:
        self._place_common()
        for spot in self.spots:
            self._place(spot)
        entries = [
            b"/Type /Catalog /Pages %d 0 R" % self._page_tree(),
            b"/Metadata %d 0 R" % self.metadata,
            # The title, not the file's name, stands in the viewer's window.
            b"/ViewerPreferences << /DisplayDocTitle true >>",
            *self._names(),
            *self._outline(),
            *self._labels(),
            *self._layers(),
            *self._structure(),
            *self._files(),
            *self._intent(),
        ]
        # A tagged file that stands alone knows best what it is written in.
        alone = self.spots[0].block.about.structure if len(self.spots) == 1 else None
        if language := (alone and alone.language) or self.whole.info.language:
            entries.append(b"/Lang %s" % text(language))
        self._add(self.catalog, b"<< %s >>" % b" ".join(entries))
        rows = [b"/%s %s" % (k.encode(), text(v)) for k, v in entries_of(self.whole.info).items()]
        self._add(self.info, b"<< %s >>" % b" ".join(rows))
        packet = xmp(self.whole.info, archival=self.whole.archival)
        self.digest.update(packet)
        self.output.stream(
            self.metadata,
            b"<< /Type /Metadata /Subtype /XML /Length %d >>" % len(packet),
            packet,
        )
        id = self.digest.hexdigest()[:32].encode()
        self.output.finish(self.catalog, self.info, id)

    def _add(self, number: int, line: bytes) -> None:
        self.digest.update(line)
        self.output.add(number, line)

    def _place_common(self) -> None:
        """Write what several overlays have in common."""
        packs = self.common_packs
        for base, overlay, group in self.common.values():
            objects = overlay.read()
            inside = range(group.start, group.start + group.count)
            values = [
                number - group.start + base if number in inside else 0
                for number in objects.references
            ]
            numbers = [
                base + at - group.start if at in inside else 0 for at in range(overlay.objects)
            ]
            self.output.block(self._copy(overlay, objects, values, numbers), packs=packs)
            packs += most_packs(group.count, ())
            self.digest.update(group.digest.encode())

    def _place(self, spot: _Spot) -> None:
        """Copy a block's objects, and those of its stamps."""
        block = spot.block
        slots: list[int] = []
        if block.overlay:
            slots = [spot.overlay[number] for number in block.forms]
        elif block.about.slots:
            slots = [self._empty()] * len(spot.pages)
        # Front matter imports pages and attachments of the whole file, a paper its stamps' forms.
        files = [one.number for one in self.attached]
        imports = [spot.node, spot.element, *(slots or [*self.pages, *files])]
        count, shift, key = block.about.imports, spot.base - block.about.imports, spot.key
        objects = block.segment.read()
        values = [
            number + shift
            if number >= count
            else imports[number]
            if number >= 0
            else key - 1 - number
            for number in objects.references
        ]
        numbers: Sequence[int] = range(spot.base, spot.base + block.segment.objects)
        loose = self._copy(block.segment, objects, values, numbers)
        self.digest.update(block.segment.digest)
        if block.overlay:
            objects = block.overlay.read()
            values = [spot.overlay[number] for number in objects.references]
            shared = sum(group.count for group in block.common)
            numbers = [0] * shared + list(spot.overlay[shared:])
            loose += self._copy(block.overlay, objects, values, numbers)
            self.digest.update(block.overlay.digest)
        heads = [spot.base + head for head in block.about.heads]
        self.output.block(loose, heads, spot.packs)

    def _copy(
        self, segment: Segment, objects: Objects, values: Sequence[int], numbers: Sequence[int]
    ) -> list[tuple[int, bytes]]:
        """Copy a segment's streams; its other objects with their numbers.

        Objects whose number is 0 are left out.
        """
        lines = (objects.text % tuple(values)).split(b"\n") if segment.objects else []
        if len(lines) != segment.objects:
            raise ValueError(f"{segment.path.name} is damaged")
        streams = objects.streams
        out = {0}
        # Bodies stand one after the other: they are read in few large pieces.
        with segment.path.open("rb", _BUFFER) as source:
            for at in range(0, len(streams), 3):
                index, start, length = streams[at : at + 3]
                if number := numbers[index]:
                    out.add(number)
                    self.output.copy(number, lines[index], source, start, length)
        return [one for one in zip(numbers, lines, strict=True) if one[0] not in out]

    def _empty(self) -> int:
        """A form that shows nothing, for slots without stamps."""
        if not self.empty:
            self.empty = self.output.reserve()
            dictionary = b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 0 0 ] /Length 0 >>"
            self.output.stream(self.empty, dictionary, b"")
        return self.empty

    def _page_tree(self) -> int:
        for spot in self.spots:
            assert spot.pages, "a part has pages"
        level = [(spot.node, len(spot.pages), spot.pages) for spot in self.spots]
        while len(level) > 1:
            above = []
            for start in range(0, len(level), _FAN):
                group = level[start : start + _FAN]
                number = self.output.reserve()
                for node, count, kids in group:
                    self._add(node, _node(count, kids, number))
                above.append(
                    (number, sum(count for _, count, _ in group), tuple(n for n, _, _ in group))
                )
            level = above
        ((root, count, kids),) = level
        self._add(root, _node(count, kids, 0))
        # Many readers unpack every object that stands beside one they want.
        self.output.flush()
        return root

    def _destination(self, page: int, view: str) -> bytes:
        return b"[ %d 0 R %s ]" % (self.pages[page], view.encode("latin-1"))

    def _names(self) -> list[bytes]:
        """A name tree (ISO 32000-2, 7.9.6)."""
        found = dict(self.whole.names)
        for spot in self.spots:
            prefix = spot.block.prefix
            for name, page, view in spot.block.about.names:
                found[prefix + name.encode("latin-1")] = (spot.sheet + page, view)
        if not found:
            return self._embedded()
        names = sorted(found)
        rows = [
            (name, b"%s %s" % (string(name), self._destination(*found[name]))) for name in names
        ]
        level = []
        for start in range(0, len(rows), _FAN):
            group = rows[start : start + _FAN]
            level.append((group[0][0], group[-1][0], b"/Names", b" ".join(row for _, row in group)))
        root = self._tree([(string(a), string(b), kind, row) for a, b, kind, row in level])
        self.output.flush()
        return self._embedded(b"/Dests %d 0 R" % root)

    def _embedded(self, others: bytes = b"") -> list[bytes]:
        """The name dictionary: embedded files, and `others` (ISO 32000-2, 7.7.4)."""
        entries = [others] if others else []
        if self.attached:
            ordered = sorted(self.attached, key=lambda one: one.key)
            rows = [b"%s %d 0 R" % (string(one.key), one.number) for one in ordered]
            least, most = string(ordered[0].key), string(ordered[-1].key)
            tree = self._tree([(least, most, b"/Names", b" ".join(rows))])
            entries.append(b"/EmbeddedFiles %d 0 R" % tree)
        return [b"/Names << %s >>" % b" ".join(entries)] if entries else []

    def _files(self) -> list[bytes]:
        """The attachments as files that belong to the whole (ISO 32000-2, 14.13.3)."""
        for one in self.attached:
            self.digest.update(one.write(self.whole.info.date))
        row = b" ".join(b"%d 0 R" % one.number for one in self.attached)
        return [b"/AF [ %s ]" % row] if row else []

    def _intent(self) -> list[bytes]:
        """What colours mean that say nothing themselves: sRGB (ISO 19005-3, 6.2.3)."""
        if not self.whole.archival:
            return []
        profile = resources.files(__package__).joinpath("srgb.icc").read_bytes()
        number = self.output.reserve()
        dictionary = b"<< /N 3 /Length %d >>" % len(profile)
        self.digest.update(profile)
        self.output.stream(number, dictionary, profile)
        return [
            b"/OutputIntents [ << /Type /OutputIntent /S /GTS_PDFA1 "
            b"/OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) "
            b"/DestOutputProfile %d 0 R >> ]" % number
        ]

    def _tree(self, level: list[tuple[bytes, bytes, bytes, bytes]]) -> int:
        """A tree of names or numbers from its leaves: least and greatest key, kind, content."""
        while len(level) > 1:
            above = []
            for start in range(0, len(level), _FAN):
                group = level[start : start + _FAN]
                kids = []
                for least, most, kind, content in group:
                    number = self.output.reserve()
                    line = b"<< /Limits [ %s %s ] %s [ %s ] >>" % (least, most, kind, content)
                    self._add(number, line)
                    kids.append(b"%d 0 R" % number)
                above.append((group[0][0], group[-1][1], b"/Kids", b" ".join(kids)))
            level = above
        number = self.output.reserve()
        self._add(number, b"<< %s [ %s ] >>" % level[0][2:])
        return number

    def _outline(self) -> list[bytes]:
        if not self.whole.outline:
            return []
        root = self.output.reserve()
        first, last, shown = self._level(root, self.whole.outline)
        line = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>"
        self._add(root, line % (first, last, shown))
        mode = [b"/PageMode /UseOutlines"] if self.several else []
        return [b"/Outlines %d 0 R" % root, *mode]

    def _level(self, parent: int, marks: Sequence[Mark]) -> tuple[int, int, int]:
        """Write bookmarks; the first, the last, and how many are shown at first."""
        start, shown = self.output.reserve(len(marks)), len(marks)
        for index, mark in enumerate(marks):
            number = start + index
            entries = [b"/Title %s /Parent %d 0 R" % (text(mark.title), parent)]
            if mark.page is not None:
                entries.append(b"/Dest %s" % self._destination(mark.page, mark.view))
            if index:
                entries.append(b"/Prev %d 0 R" % (number - 1))
            if index + 1 < len(marks):
                entries.append(b"/Next %d 0 R" % (number + 1))
            if mark.children:
                first, last, below = self._level(number, mark.children)
                count = below if mark.open else -below
                entries.append(b"/First %d 0 R /Last %d 0 R /Count %d" % (first, last, count))
                shown += below if mark.open else 0
            self._add(number, b"<< %s >>" % b" ".join(entries))
        return start, start + len(marks) - 1, shown

    def _labels(self) -> list[bytes]:
        rows = []
        for label in sorted(self.whole.labels, key=lambda label: label.sheet):
            entry = []
            if label.style != "none":
                entry.append(b"/S /D" if label.style == "arabic" else b"/S /r")
                if label.start != 1:
                    entry.append(b"/St %d" % label.start)
            if label.prefix:
                entry.append(b"/P %s" % text(label.prefix))
            rows.append(b"%d << %s >>" % (label.sheet - 1, b" ".join(entry)))
        return [b"/PageLabels << /Nums [ %s ] >>" % b" ".join(rows)] if rows else []

    def _layers(self) -> list[bytes]:
        groups: list[bytes] = []
        lists: dict[str, list[bytes]] = {}
        for spot in self.spots:
            if layers := spot.block.about.layers:
                shift = spot.base - spot.block.about.imports
                groups += [b"%d 0 R" % (number + shift) for number in layers.groups]
                for key, found in layers.lists.items():
                    lists.setdefault(key, []).append(self._fragment(found, spot))
        if not groups:
            return []
        if self.whole.archival:
            # No automatic states; and an order would have to name every group (6.9).
            for key in ("/AS", "/Order"):
                lists.pop(key, None)
        default = b" ".join(
            b"%s [ %s ]" % (key.encode(), b" ".join(lists[key])) for key in sorted(lists)
        )
        line = b"/OCProperties << /OCGs [ %s ] /D << /Name (Layers) %s >> >>"
        return [line % (b" ".join(groups), default)]

    def _structure(self) -> list[bytes]:
        """All structure trees under one root (ISO 32000-2, 14.7), in the order of the pages."""
        if not self.structure:
            return []
        kids: list[bytes] = []
        rows: list[tuple[int, bytes]] = []
        ids: dict[bytes, int] = {}
        for spot in self.spots:
            found = spot.block.about.structure
            if not found:
                continue
            shift = spot.base - spot.block.about.imports
            own = [b"%d 0 R" % (number + shift) for number in found.kids]
            if self.several:
                title = b"/T %s " % text(spot.block.title) if spot.block.title else b""
                if found.language not in ("", self.whole.info.language):
                    title += b"/Lang %s " % text(found.language)
                line = b"<< /Type /StructElem /S /Part %s/P %d 0 R /K [ %s ] >>"
                self._add(spot.element, line % (title, self.document, b" ".join(own)))
                kids.append(b"%d 0 R" % spot.element)
            else:
                kids = own
            rows += [(spot.key + key, self._fragment(value, spot)) for key, value in found.parents]
            ids.update((id.encode("latin-1"), number + shift) for id, number in found.ids)
        if self.several:
            line = b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %s ] >>"
            self._add(self.document, line % (self.structure, b" ".join(kids)))
            kids = [b"%d 0 R" % self.document]
        leaves = []
        for start in range(0, len(rows), _FAN):
            group = rows[start : start + _FAN]
            least, most = (b"%d" % group[at][0] for at in (0, -1))
            row = b" ".join(b"%d %s" % each for each in group)
            leaves.append((least, most, b"/Nums", row))
        tree = self._tree(leaves or [(b"0", b"0", b"/Nums", b"")])
        self._add(
            self.structure,
            b"<< /Type /StructTreeRoot /K [ %s ] /ParentTree %d 0 R /ParentTreeNextKey %d %s>>"
            % (b" ".join(kids), tree, self.keys, self._identifiers(ids)),
        )
        # Where one part is untagged, a reader must not believe that the tree holds everything.
        marked = [b"/MarkInfo << /Marked true >>"] if self.tagged else []
        return [b"/StructTreeRoot %d 0 R" % self.structure, *marked]

    def _identifiers(self, ids: dict[bytes, int]) -> bytes:
        """Elements by their identifiers (14.7.2, table 354)."""
        if not ids:
            return b""
        rows = [(name, b"%s %d 0 R" % (string(name), ids[name])) for name in sorted(ids)]
        level = []
        for start in range(0, len(rows), _FAN):
            group = rows[start : start + _FAN]
            least, most = string(group[0][0]), string(group[-1][0])
            level.append((least, most, b"/Names", b" ".join(row for _, row in group)))
        return b"/IDTree %d 0 R " % self._tree(level)

    def _fragment(self, found: Fragment, spot: _Spot) -> bytes:
        line, references = found
        imports = spot.block.about.imports
        outside = [spot.node, spot.element]
        numbers = [
            number + spot.base - imports
            if number >= imports
            else outside[number]
            if 0 <= number < len(outside)
            else spot.key - 1 - number
            for number in references
        ]
        return line.encode("latin-1") % tuple(numbers)


def _node(count: int, kids: Sequence[int], parent: int) -> bytes:
    above = b"/Parent %d 0 R " % parent if parent else b""
    row = b" ".join([b"%d 0 R" % kid for kid in kids])
    return b"<< /Type /Pages %s/Count %d /Kids [ %s ] >>" % (above, count, row)

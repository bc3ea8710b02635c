"""Where segments stand in a file: every object gets its number before the first is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.pdf.output import Output, most_packs
from builder.pdf.segment import Common, Description, Fragment, Segment

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
class Spot:
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

    @property
    def shift(self) -> int:
        """What its own local numbers grow by."""
        return self.base - self.block.about.imports

    def fragment(self, found: Fragment) -> bytes:
        """A piece of PDF from its description, with the numbers that it has here."""
        line, references = found
        imports = self.block.about.imports
        outside = [self.node, self.element]
        numbers = [
            number + self.shift
            if number >= imports
            else outside[number]
            if 0 <= number < len(outside)
            else self.key - 1 - number
            for number in references
        ]
        return line.encode("latin-1") % tuple(numbers)


class Places:
    """The places of all blocks of a file, in their order, and of what several have in common."""

    def __init__(self, output: Output, blocks: Sequence[Block]) -> None:
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
        spots: dict[int, Spot] = {}
        # Papers get their numbers before front matter does, and numbers to spare: so a change to
        # one part seldom moves the numbers of another, and what did not change is the same, byte
        # for byte, in the next volume. An audit that saw it need not read it again.
        for index in sorted(range(len(blocks)), key=lambda index: blocks[index].overlay is None):
            spots[index] = self._spot(output, blocks[index])
            if self.several:
                output.align(_SPARE)
        self.spots = [spots[index] for index in range(len(blocks))]
        sheet = key = 0
        for spot in self.spots:
            spot.sheet, spot.key = sheet, key
            sheet += len(spot.pages)
            key += spot.block.about.structure.keys if spot.block.about.structure else 0
        self.keys = key
        self.pages = [number for spot in self.spots for number in spot.pages]
        """Object numbers of all pages."""

    def _spot(self, output: Output, block: Block) -> Spot:
        """Reserve the numbers of a block, those of its object streams included."""
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
        return Spot(block, base, overlay, packs, end, node, own, 0, pages, 0)

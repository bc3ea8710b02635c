"""Segments copied to their places: renumbered, their streams as they are.

Every part is opened only while it is copied.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.pdf.output import Output, most_packs
from builder.pdf.placing import Places, Spot
from builder.pdf.segment import Objects, Segment

_BUFFER = 1 << 20


def copy_common(output: Output, places: Places) -> None:
    """Write what several overlays have in common."""
    packs = places.common_packs
    for base, overlay, group in places.common.values():
        objects = overlay.read()
        inside = range(group.start, group.start + group.count)
        values = [
            number - group.start + base if number in inside else 0 for number in objects.references
        ]
        numbers = [base + at - group.start if at in inside else 0 for at in range(overlay.objects)]
        output.block(_copy(output, overlay, objects, values, numbers), packs=packs)
        packs += most_packs(group.count, ())
        output.digest.update(group.digest.encode())


def copy_blocks(output: Output, places: Places, files: Sequence[int]) -> None:
    """Copy every block's objects, and those of its stamps.

    `files` are the numbers of attachments, which front matter may import as it may any page.
    """
    outside = [*places.pages, *files]
    empty = 0
    for spot in places.spots:
        block = spot.block
        forms = outside
        if block.overlay:
            forms = [spot.overlay[number] for number in block.forms]
        elif block.about.slots:
            empty = empty or _empty_form(output)
            forms = [empty] * len(spot.pages)
        _copy_block(output, spot, [spot.node, spot.element, *forms])


def _copy_block(output: Output, spot: Spot, imports: Sequence[int]) -> None:
    block, shift = spot.block, spot.shift
    count, key = block.about.imports, spot.key
    objects = block.segment.read()
    values = [
        number + shift if number >= count else imports[number] if number >= 0 else key - 1 - number
        for number in objects.references
    ]
    numbers: Sequence[int] = range(spot.base, spot.base + block.segment.objects)
    loose = _copy(output, block.segment, objects, values, numbers)
    output.digest.update(block.segment.digest)
    if block.overlay:
        objects = block.overlay.read()
        values = [spot.overlay[number] for number in objects.references]
        shared = sum(group.count for group in block.common)
        numbers = [0] * shared + list(spot.overlay[shared:])
        loose += _copy(output, block.overlay, objects, values, numbers)
        output.digest.update(block.overlay.digest)
    heads = [spot.base + head for head in block.about.heads]
    output.block(loose, heads, spot.packs)


def _copy(
    output: Output,
    segment: Segment,
    objects: Objects,
    values: Sequence[int],
    numbers: Sequence[int],
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
                output.copy(number, lines[index], source, start, length)
    return [one for one in zip(numbers, lines, strict=True) if one[0] not in out]


def _empty_form(output: Output) -> int:
    """A form that shows nothing, for slots without stamps."""
    number = output.reserve()
    dictionary = b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 0 0 ] /Length 0 >>"
    output.stream(number, dictionary, b"")
    return number

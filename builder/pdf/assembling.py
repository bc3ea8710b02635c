"""Segments become a file: renumbered, copied, and joined by what belongs to the whole.

Every part is opened only while it is copied; what stays in memory is a few numbers for each page,
name and bookmark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.pdf import whole as catalog
from builder.pdf.attaching import Attached
from builder.pdf.copying import copy_blocks, copy_common
from builder.pdf.metadata import entries_of, xmp
from builder.pdf.output import Output, text
from builder.pdf.placing import Block, Places
from builder.pdf.tagging import structure
from builder.pdf.trees import page_tree
from builder.pdf.whole import Whole
from builder.work.writing import beside

_BUFFER = 1 << 20


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
        places = _write(Output(file), blocks, whole)
    return Assembled(
        tuple((spot.base, spot.end) for spot in places.spots),
        (places.first_common, places.end_common),
    )


def _write(output: Output, blocks: Sequence[Block], whole: Whole) -> Places:
    root, info, metadata = (output.reserve() for _ in range(3))
    places = Places(output, blocks)
    attached = [Attached(output, one) for one in whole.attachments]
    copy_common(output, places)
    copy_blocks(output, places, [one.number for one in attached])
    for spot in places.spots:
        assert spot.pages, "a part has pages"
    nodes = [(spot.node, len(spot.pages), spot.pages) for spot in places.spots]
    entries = [
        b"/Type /Catalog /Pages %d 0 R" % page_tree(output, nodes),
        b"/Metadata %d 0 R" % metadata,
        # The title, not the file's name, stands in the viewer's window.
        b"/ViewerPreferences << /DisplayDocTitle true >>",
        *catalog.names(output, places, whole, attached),
        *catalog.outline(output, places, whole.outline),
        *catalog.labels(whole.labels),
        *catalog.layers(places, archival=whole.archival),
        *structure(output, places, whole.info.language),
        *catalog.files(whole, attached),
        *(catalog.intent(output) if whole.archival else ()),
    ]
    # A tagged file that stands alone knows best what it is written in.
    alone = None if places.several else blocks[0].about.structure
    if language := (alone and alone.language) or whole.info.language:
        entries.append(b"/Lang %s" % text(language))
    output.add(root, b"<< %s >>" % b" ".join(entries))
    rows = [b"/%s %s" % (key.encode(), text(v)) for key, v in entries_of(whole.info).items()]
    output.add(info, b"<< %s >>" % b" ".join(rows))
    packet = xmp(whole.info, archival=whole.archival)
    output.digest.update(packet)
    dictionary = b"<< /Type /Metadata /Subtype /XML /Length %d >>" % len(packet)
    output.stream(metadata, dictionary, packet)
    output.finish(root, info)
    return places

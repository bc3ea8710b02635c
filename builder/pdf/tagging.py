"""The structure trees of all parts under one root (ISO 32000-2, 14.7), in order of the pages."""

from __future__ import annotations

from builder.pdf.output import Output, text
from builder.pdf.placing import Places
from builder.pdf.trees import name_tree, number_tree


def structure(output: Output, places: Places, language: str) -> list[bytes]:
    """Write the tree of a file in `language`; entries of the catalog."""
    if not places.structure:
        return []
    kids: list[bytes] = []
    rows: list[tuple[int, bytes]] = []
    ids: dict[bytes, int] = {}
    for spot in places.spots:
        found = spot.block.about.structure
        if not found:
            continue
        own = [b"%d 0 R" % (number + spot.shift) for number in found.kids]
        if places.several:
            title = b"/T %s " % text(spot.block.title) if spot.block.title else b""
            if found.language not in ("", language):
                title += b"/Lang %s " % text(found.language)
            line = b"<< /Type /StructElem /S /Part %s/P %d 0 R /K [ %s ] >>"
            output.add(spot.element, line % (title, places.document, b" ".join(own)))
            kids.append(b"%d 0 R" % spot.element)
        else:
            kids = own
        rows += [(spot.key + key, spot.fragment(value)) for key, value in found.parents]
        ids.update((id.encode("latin-1"), number + spot.shift) for id, number in found.ids)
    if places.several:
        line = b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %s ] >>"
        output.add(places.document, line % (places.structure, b" ".join(kids)))
        kids = [b"%d 0 R" % places.document]
    tree = number_tree(output, rows)
    # Elements by their identifiers (14.7.2, table 354).
    named = [(id, b"%d 0 R" % ids[id]) for id in sorted(ids)]
    identifiers = b"/IDTree %d 0 R " % name_tree(output, named) if named else b""
    output.add(
        places.structure,
        b"<< /Type /StructTreeRoot /K [ %s ] /ParentTree %d 0 R /ParentTreeNextKey %d %s>>"
        % (b" ".join(kids), tree, places.keys, identifiers),
    )
    # Where one part is untagged, a reader must not believe that the tree holds everything.
    marked = [b"/MarkInfo << /Marked true >>"] if places.tagged else []
    return [b"/StructTreeRoot %d 0 R" % places.structure, *marked]

"""What qpdf's view of a file tells: fonts, links, attachments, scripts, language."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pikepdf

from builder.model import Font
from builder.pdf.links import (
    Bookmark,
    Destinations,
    annotations_of,
    destination_of,
    is_link,
    outline,
    plain_link,
    tree,
    uri_of,
)

_DANGEROUS = frozenset({"/Launch", "/SubmitForm", "/ImportData"})
_ACTION = re.compile(b"/(?:JavaScript|%s)" % "|".join(kind[1:] for kind in _DANGEROUS).encode())
_MOST_OBJECTS = 500_000


def facts(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """Values for the fields of an `Inspection`, by name."""
    root = pdf.Root
    destinations = Destinations(pdf)
    links = uris = broken = 0
    others: Counter[str] = Counter()
    attachments: list[str] = []
    for page in pdf.pages:
        for annotation in annotations_of(page.obj):
            if plain := plain_link(annotation):
                if plain.name is None:
                    uris += 1
                else:
                    links += 1
                    broken += destinations.named_place(plain.name) is None
                continue
            if not is_link(annotation):
                kind = _name(annotation.get("/Subtype"))
                if kind not in {"Widget", "Popup"}:
                    others[kind] += 1
                if kind == "FileAttachment":
                    attachments.append(_file_name(annotation.get("/FS")))
                continue
            if uri_of(annotation) is not None:
                uris += 1
            elif (destination := destination_of(annotation)) is not None:
                links += 1
                broken += destinations.resolve(destination) is None
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        attachments = [text(key) for key, _ in tree(names.get("/EmbeddedFiles"))] + attachments
    scripts, launches = _actions(pdf)
    marked = root.get("/MarkInfo")
    language = root.get("/Lang")
    form = root.get("/AcroForm")
    return {
        "version": pdf.pdf_version,
        "fonts": fonts(pdf),
        "title": _title(pdf),
        "tagged": isinstance(marked, pikepdf.Dictionary) and bool(marked.get("/Marked")),
        "language": text(language) if isinstance(language, pikepdf.String) else "",
        "links": links,
        "uris": uris,
        "broken_links": broken,
        "destinations": len(destinations.named),
        "outlines": _count(outline(pdf, destinations)),
        "attachments": tuple(attachments),
        "javascript": scripts > 0
        or (isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names),
        "launches": launches,
        "open_action": "/OpenAction" in root,
        "form_fields": _fields(form),
        "annotations": tuple(sorted(others.items())),
        "xmp": _xmp(root),
    }


def fonts(pdf: pikepdf.Pdf) -> tuple[Font, ...]:
    """Every font that pages use, also inside forms, patterns and appearances, each once."""
    found: dict[tuple[str, str], Font] = {}
    seen: set[tuple[int, int]] = set()
    stack: list[Any] = []
    for page in pdf.pages:
        stack.append(page.obj.get("/Resources"))
        stack += [annotation.get("/AP") for annotation in annotations_of(page.obj)]
        while stack and len(seen) < _MOST_OBJECTS:
            node = stack.pop()
            if not isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
                continue
            if node.is_indirect:
                if node.objgen in seen:
                    continue
                seen.add(node.objgen)
            if _is_font(node):
                font = _font(node)
                known = found.get((font.name, font.kind))
                if known is None or (known.embedded and not font.embedded):
                    found[font.name, font.kind] = font
                if node.get("/Subtype") == "/Type3":
                    stack.append(node.get("/Resources"))
                continue
            if isinstance(node, pikepdf.Stream):
                if (resources := node.get("/Resources")) is not None:
                    stack.append(resources)
                continue
            for key, value in node.items():
                if key not in {"/Parent", "/ColorSpace", "/ProcSet", "/Properties"}:
                    stack.append(value)
    return tuple(sorted(found.values(), key=lambda font: (font.name, font.kind)))


def _is_font(node: pikepdf.Object) -> bool:
    return bool(node.get("/Type") == "/Font") or (
        "/Subtype" in node and ("/BaseFont" in node or "/CharProcs" in node)
    )


def _font(node: pikepdf.Object) -> Font:
    kind = _name(node.get("/Subtype"))
    name = _name(node.get("/BaseFont"))
    holder: Any = node
    if kind == "Type0":
        descendants = node.get("/DescendantFonts")
        if isinstance(descendants, pikepdf.Array) and len(descendants):
            holder = descendants[0]
    descriptor = holder.get("/FontDescriptor") if isinstance(holder, pikepdf.Dictionary) else None
    embedded = kind == "Type3" or (
        isinstance(descriptor, pikepdf.Dictionary)
        and any(
            isinstance(descriptor.get(key), pikepdf.Stream)
            for key in ("/FontFile", "/FontFile2", "/FontFile3")
        )
    )
    subset = len(name) > 7 and name[6] == "+" and name[:6].isupper() and name[:6].isalpha()
    return Font(name=name[7:] if subset else name, kind=kind, embedded=embedded, subset=subset)


def _actions(pdf: pikepdf.Pdf) -> tuple[int, int]:
    """Scripts, and actions that start programs or send data, anywhere in the file."""
    scripts = launches = 0
    for number, item in enumerate(pdf.objects):
        if number > _MOST_OBJECTS:
            break
        # One look at the text of an object is quicker than one at each of its entries.
        if not isinstance(item, pikepdf.Dictionary) or not _ACTION.search(
            item.unparse(resolved=True)
        ):
            continue
        stack: list[Any] = [(item, 0)]
        while stack:
            node, depth = stack.pop()
            if isinstance(node, pikepdf.Stream) or depth > 6:
                continue
            if isinstance(node, pikepdf.Array):
                if depth and len(node) < 100:
                    stack += [(child, depth + 1) for child in node if _direct(child)]
                continue
            if not isinstance(node, pikepdf.Dictionary):
                continue
            kind = node.get("/S")
            if isinstance(kind, pikepdf.Name):
                scripts += kind == "/JavaScript"
                launches += str(kind) in _DANGEROUS
            stack += [(child, depth + 1) for child in node.values() if _direct(child)]
    return scripts, launches


def _direct(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _fields(form: Any) -> int:
    """Terminal fields of a form (ISO 32000-2, 12.7.4)."""
    if not isinstance(form, pikepdf.Dictionary):
        return 0
    count = 0
    seen: set[tuple[int, int]] = set()
    fields = form.get("/Fields")
    stack: list[Any] = list(fields) if isinstance(fields, pikepdf.Array) else []
    while stack and count < _MOST_OBJECTS:
        field = stack.pop()
        if not isinstance(field, pikepdf.Dictionary):
            continue
        if field.is_indirect:
            if field.objgen in seen:
                continue
            seen.add(field.objgen)
        kids = field.get("/Kids")
        named = (
            [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/T" in kid]
            if isinstance(kids, pikepdf.Array)
            else []
        )
        if named:
            stack += named
        else:
            count += 1
    return count


def _count(bookmarks: tuple[Bookmark, ...]) -> int:
    return sum(1 + _count(bookmark.children) for bookmark in bookmarks)


def _title(pdf: pikepdf.Pdf) -> str:
    found = pdf.trailer.get("/Info")
    title = found.get("/Title") if isinstance(found, pikepdf.Dictionary) else None
    return text(title) if isinstance(title, pikepdf.String) else ""


def _xmp(root: pikepdf.Object) -> str:
    packet = root.get("/Metadata")
    if not isinstance(packet, pikepdf.Stream):
        return ""
    try:
        data = packet.read_bytes()
    except pikepdf.PdfError:
        return ""
    return text(data[: 1 << 16].decode("utf-8", "replace")).strip()


def _file_name(value: Any) -> str:
    if isinstance(value, pikepdf.Dictionary):
        value = value.get("/UF") or value.get("/F")
    return text(value) if isinstance(value, pikepdf.String) else ""


def _name(value: Any) -> str:
    return text(str(value)[1:]) if isinstance(value, pikepdf.Name) else ""


def text(value: Any) -> str:
    """A string of the file as text that can be stored anywhere."""
    string = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return string.encode("utf-8", "replace").decode().replace("\0", "")

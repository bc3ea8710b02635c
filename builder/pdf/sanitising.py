"""Taking out of a stranger's file what a printed paper has no use for, and saying what it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

import pikepdf

from builder.pdf.links import Id, PlainLink, annotations_of, plain_link, tree

_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "launch actions",
    "/SubmitForm": "submit actions",
    "/ResetForm": "form actions",
    "/ImportData": "import actions",
    "/GoToE": "links into embedded files",
}
_HARMLESS = frozenset({"/GoTo", "/GoToR", "/URI", "/Named"})
"""Actions that stay: they lead somewhere when a reader follows them, and do nothing else."""

EMBEDDING = {
    "/FileAttachment": "embedded files",
    "/RichMedia": "embedded media",
    "/Screen": "embedded media",
    "/Movie": "embedded media",
    "/Sound": "embedded media",
    "/3D": "embedded media",
}
"""Annotations that carry files with them, and what is said of their removal."""

_BOOKMARKS = 200_000


def sanitise(pdf: pikepdf.Pdf, plain: dict[Id, PlainLink] | None = None) -> Counter[str]:
    """Remove scripts, actions, embedded files and form fields; how many of each, by name.

    Links of the plainest kind are noted in `plain`, so that they need not be looked at again.
    Fields are flattened: what they show stays on the page. Links, comments, layers, the outline
    and named destinations stay.
    """
    removed: Counter[str] = Counter()
    root = pdf.Root
    plain = {} if plain is None else plain
    for page in pdf.pages:
        for annotation in annotations_of(page.obj):
            link, id = plain_link(annotation), annotation.objgen
            if link and id[0] and not _runs(link.uri):
                plain[id] = link
    flatten(pdf, removed, plain)
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key, what in (("/JavaScript", "JavaScript"), ("/EmbeddedFiles", "embedded files")):
            if key in names:
                removed[what] += sum(1 for _ in tree(names[key])) or 1
                del names[key]
        for key in list(names.keys()):
            if key != "/Dests":
                del names[key]
    if "/OpenAction" in root:
        opening = root["/OpenAction"]
        script = isinstance(opening, pikepdf.Dictionary) and _ACTIONS.get(str(opening.get("/S")))
        removed[script or "open actions"] += 1
        del root["/OpenAction"]
    _additional(root, removed)
    for key, what in (
        ("/Collection", "portfolio view"),
        ("/Perms", "signatures and permissions"),
    ):
        if key in root:
            removed[what] += 1
            del root[key]
    if "/AF" in root:
        # The same files as above, as a rule.
        removed["embedded files"] = removed["embedded files"] or 1
        del root["/AF"]
    # Threads, web capture and the like refer to pages or files in ways that nobody follows.
    for key in ("/Threads", "/SpiderInfo", "/Requirements", "/DSS", "/PieceInfo", "/Legal"):
        if key in root:
            del root[key]
    for page in pdf.pages:
        _page(page.obj, removed, plain)
    _outline(root, removed)
    return removed


def flatten(pdf: pikepdf.Pdf, removed: Counter[str], links: Collection[Id] = ()) -> None:
    """Make form fields part of the page's content, as they look, and drop the form.

    Annotations in `links` are known to be no fields.
    """
    form = pdf.Root.get("/AcroForm")
    others: dict[int, list[Any]] = {}
    fields = 0
    for index, page in enumerate(pdf.pages):
        found = list(annotations_of(page.obj))
        widgets = [
            one for one in found if one.objgen not in links and one.get("/Subtype") == "/Widget"
        ]
        if widgets:
            fields += len(widgets)
            # qpdf flattens every kind; only fields are meant, so the others wait elsewhere.
            others[index] = [one for one in found if one.get("/Subtype") != "/Widget"]
            page.obj.Annots = pikepdf.Array(widgets)
            for widget in widgets:
                _action(widget, removed)
                _additional(widget, removed)
    if others:
        try:
            if not isinstance(form, pikepdf.Dictionary):
                pdf.Root.AcroForm = pikepdf.Dictionary(
                    Fields=pikepdf.Array([w for i in others for w in pdf.pages[i].obj.Annots])
                )
            _appearances(pdf, [w for i in others for w in pdf.pages[i].obj.Annots])
            pdf.flatten_annotations("screen")
        except pikepdf.PdfError:
            removed["form fields that could not be kept visible"] += fields
        for index, kept in others.items():
            page_object = pdf.pages[index].obj
            page_object.Annots = pikepdf.Array(kept)
        removed["form fields (flattened)"] += fields
    if "/AcroForm" in pdf.Root:
        if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
            removed["XFA forms"] += 1
        del pdf.Root["/AcroForm"]


def _appearances(pdf: pikepdf.Pdf, widgets: list[pikepdf.Object]) -> None:
    """Draw the fields that bring no appearance of their own; the others stay as they look."""
    needed = bool(pdf.Root.AcroForm.get("/NeedAppearances"))
    drawn = {
        index: widget["/AP"]
        for index, widget in enumerate(widgets)
        if "/AP" in widget and not needed
    }
    if len(drawn) < len(widgets):
        pdf.generate_appearance_streams()
        for index, appearance in drawn.items():
            widgets[index]["/AP"] = appearance


def _page(page: pikepdf.Object, removed: Counter[str], plain: Collection[Id]) -> None:
    _additional(page, removed)
    for key in ("/B", "/PieceInfo", "/Thumb", "/AF", "/Metadata", "/PZ", "/Trans", "/Dur"):
        if key in page:
            del page[key]
    found = list(annotations_of(page))
    if not found:
        if "/Annots" in page:
            del page["/Annots"]
        return
    kept = []
    for annotation in found:
        if annotation.objgen in plain:
            kept.append(annotation)
            continue
        if what := EMBEDDING.get(str(annotation.get("/Subtype"))):
            removed[what] += 1
            continue
        _action(annotation, removed)
        _additional(annotation, removed)
        kept.append(annotation)
    page["/Annots"] = pikepdf.Array(kept)


def _action(holder: pikepdf.Object, removed: Counter[str]) -> None:
    """Drop an action that does more than lead somewhere, and whatever follows an action."""
    action = holder.get("/A")
    if action is None:
        return
    kind = str(action.get("/S")) if isinstance(action, pikepdf.Dictionary) else ""
    uri = action.get("/URI") if kind == "/URI" else None
    script = uri is not None and _runs(str(uri))
    if kind not in _HARMLESS or script:
        removed["JavaScript" if script else _ACTIONS.get(kind, "other actions")] += 1
        del holder["/A"]
    elif "/Next" in action:
        following = action["/Next"]
        first = (
            following[0] if isinstance(following, pikepdf.Array) and len(following) else following
        )
        kind = str(first.get("/S")) if isinstance(first, pikepdf.Dictionary) else ""
        removed[_ACTIONS.get(kind, "other actions")] += 1
        del action["/Next"]


def _runs(uri: str) -> bool:
    return uri.strip().lower().startswith(("javascript:", "vbscript:"))


def _additional(holder: pikepdf.Object, removed: Counter[str]) -> None:
    """Drop actions that run by themselves, on opening, printing, entering a field, …"""
    actions = holder.get("/AA")
    if actions is None:
        return
    if isinstance(actions, pikepdf.Dictionary):
        for action in actions.values():
            kind = str(action.get("/S")) if isinstance(action, pikepdf.Dictionary) else ""
            removed[_ACTIONS.get(kind, "other actions")] += 1
    del holder["/AA"]


def _outline(root: pikepdf.Object, removed: Counter[str]) -> None:
    seen: set[tuple[int, int]] = set()
    top = root.get("/Outlines")
    stack: list[Any] = [top.get("/First")] if isinstance(top, pikepdf.Dictionary) else []
    while stack and len(seen) < _BOOKMARKS:
        item = stack.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        _action(item, removed)
        _additional(item, removed)
        stack += [item.get("/Next"), item.get("/First")]

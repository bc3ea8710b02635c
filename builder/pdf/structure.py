"""The structure tree of a tagged file (ISO 32000-2, 14.7), so that it can be hung under another.

Roles and attribute classes have names that mean something in one file only, so elements are given
the standard type and the attributes that these names stand for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from builder.pdf.numbering import MOST_KEYS, Numbering
from builder.pdf.segment import Fragment, Structure

_DEEPEST = 40
_PARTS = frozenset({"/StructElem", "/MCR", "/OBJR", "/Namespace"})


def read_structure(pdf: pikepdf.Pdf, numbering: Numbering) -> Structure:
    """Collect the structure tree's elements.

    Called when all that pages show is collected: elements bring nothing else with them. An
    annotation that was taken out stays out, though an element speaks of it.
    """
    root: Any = pdf.Root.get("/StructTreeRoot")
    roles, classes = root.get("/RoleMap"), root.get("/ClassMap")
    prefix = f"{numbering.fingerprint}:".encode()
    named: dict[tuple[int, int], bytes] = {}

    def admit(found: pikepdf.Object) -> bool:
        if isinstance(found, pikepdf.Stream):
            return False
        if not isinstance(found, pikepdf.Dictionary):
            return True
        kind = str(found.get("/Type"))
        if kind == "/StructElem" or ("/S" in found and "/P" in found):
            if id := _simplify(found, roles, classes, prefix):
                named[found.objgen] = id
            return True
        return kind in _PARTS or "/O" in found

    numbering.admit = admit
    top = root.get("/K")
    items = list(top) if isinstance(top, pikepdf.Array) else [top]
    kids = [
        numbering.local(item.objgen)
        for item in items
        if isinstance(item, pikepdf.Dictionary) and item.is_indirect
    ]
    parents: list[tuple[int, Fragment]] = []
    for key, value in _numbers(root.get("/ParentTree")):
        if isinstance(value, pikepdf.Dictionary) and value.is_indirect:
            local = numbering.local(value.objgen)
            if local is not None:
                parents.append((key, ("%d 0 R", (local,))))
        elif isinstance(value, pikepdf.Array):
            parents.append((key, numbering.fragment(value)))
    numbering.write()
    found = tuple(kid for kid in kids if kid is not None)
    keys = 1 + max((key for key, _ in parents), default=-1)
    keys = max(keys, numbering.keys)
    ids = ((id, numbering.local(objgen)) for objgen, id in named.items())
    language = pdf.Root.get("/Lang")
    return Structure(
        kids=found,
        parents=tuple(sorted(parents)),
        keys=keys,
        ids=tuple(sorted((id.decode("latin-1"), at) for id, at in ids if at is not None)),
        language=str(language) if isinstance(language, pikepdf.String) else "",
    )


def retag(pdf: pikepdf.Pdf, annotation: pikepdf.Object, before: str, after: str) -> None:
    """Give the element to which an annotation belongs another type, if it has the type `before`."""
    root = pdf.Root.get("/StructTreeRoot")
    key: Any = annotation.get("/StructParent")
    if not isinstance(root, pikepdf.Dictionary) or not isinstance(key, int):
        return
    element = next((value for at, value in _numbers(root.get("/ParentTree")) if at == key), None)
    if isinstance(element, pikepdf.Dictionary) and element.get("/S") == before:
        element["/S"] = pikepdf.Name(after)


def _simplify(element: pikepdf.Object, roles: Any, classes: Any, prefix: bytes) -> bytes:
    """Without names that only this file explains.

    Its identifier, if it has one, gets a prefix, since other files have the same ones; cells of
    tables that name their headers by it follow.
    """
    role = element.get("/S")
    if isinstance(roles, pikepdf.Dictionary) and "/NS" not in element:
        for _ in range(_DEEPEST):
            mapped = roles.get(str(role)) if isinstance(role, pikepdf.Name) else None
            if not isinstance(mapped, pikepdf.Name) or mapped == role:
                break
            role = mapped
        if isinstance(role, pikepdf.Name):
            element["/S"] = role
    id, given = b"", element.get("/ID")
    if isinstance(given, pikepdf.String):
        id = prefix + bytes(given)
        element["/ID"] = pikepdf.String(id)
    elif given is not None:
        del element["/ID"]
    if "/C" in element:
        named = element["/C"]
        attributes = _listed(element.get("/A"))
        if isinstance(classes, pikepdf.Dictionary):
            for name in _listed(named):
                if isinstance(name, pikepdf.Name):
                    attributes += _listed(classes.get(str(name)))
        del element["/C"]
        if attributes:
            element["/A"] = pikepdf.Array(attributes)
    if "/A" in element:
        attributes = [_headed(one, prefix) for one in _listed(element["/A"])]
        if any(changed for _, changed in attributes):
            element["/A"] = pikepdf.Array([one for one, _ in attributes])
    return id


def _headed(attribute: Any, prefix: bytes) -> tuple[Any, bool]:
    """An attribute object, a copy if it names headers (14.8.5.7); and whether it is one."""
    headers = attribute.get("/Headers") if isinstance(attribute, pikepdf.Dictionary) else None
    if not isinstance(headers, pikepdf.Array):
        return attribute, False
    copied = pikepdf.Dictionary(dict(attribute.items()))
    copied["/Headers"] = pikepdf.Array(
        [pikepdf.String(prefix + bytes(one)) for one in headers if isinstance(one, pikepdf.String)]
    )
    return copied, True


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """The entries of a number tree (ISO 32000-2, 7.9.7), each key once."""
    waiting: list[tuple[Any, int]] = [(tree, 0)]
    seen: set[tuple[int, int]] = set()
    given: set[int] = set()
    while waiting:
        node, depth = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST:
            continue
        if node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        row = _listed(node.get("/Nums"))
        for key, value in zip(row[::2], row[1::2], strict=False):
            if isinstance(key, int) and 0 <= key <= MOST_KEYS and key not in given:
                given.add(key)
                yield key, value
        waiting += [(kid, depth + 1) for kid in reversed(_listed(node.get("/Kids")))]

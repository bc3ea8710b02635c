"""A tree against its form: every fault at once, and the rest of the file is used all the same."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from builder.edition.forms.fields import LINE
from builder.edition.suggest import did_you_mean, listed
from builder.edition.tree import Node
from builder.model import Finding, Severity, Where

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]

_ROUNDS = 20


def validate(form: type[Model], tree: Node) -> tuple[Model | None, tuple[Finding, ...]]:
    """`tree` as a filled-in `form`, and a finding for each fault in it.

    What is at fault is taken out of `tree` and the rest is tried again, so that one slip costs
    one value and not the file; `None` only if nothing is left. Keys that begin with `x-` are
    taken out beforehand (see `extras`).
    """
    findings: list[Finding] = []
    for attempt in range(_ROUNDS):
        try:
            return form.model_validate(tree.plain()), tuple(findings)
        except ValidationError as error:
            doomed: list[Path] = []
            for fault in error.errors(include_url=False):
                missing = fault["type"] == "missing"
                path = _path(tree, fault["loc"], lacking=missing)
                # Later rounds complain of holes that the first one tore.
                if attempt == 0 or not missing:
                    findings.append(_finding(form, tree, path, fault))
                doomed.append(path[:-1] if missing else path)
            if any(not path for path in doomed):
                return None, tuple(findings)
            _remove(tree, doomed)
    return None, tuple(findings)


def extras(tree: Node, path: Path = ()) -> dict[Path, dict[str, Any]]:
    """Takes the keys that begin with `x-` out of the tree: by the path of their mapping."""
    found: dict[Path, dict[str, Any]] = {}
    todo: list[tuple[Node, Path]] = [(tree, path)]
    seen: set[int] = set()
    while todo:
        node, at = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node.value, list):
            todo += [(item, (*at, index)) for index, item in enumerate(node.value)]
        elif isinstance(node.value, dict):
            for key in [key for key in node.value if key.startswith("x-")]:
                found.setdefault(at, {})[key] = node.value.pop(key).plain()
            todo += [(item, (*at, key)) for key, item in node.value.items()]
    return found


def _path(tree: Node, loc: Iterable[str | int], *, lacking: bool) -> Path:
    """A place as pydantic names it, as far as it exists in the tree, plus a key that is lacking.

    Other keys that the tree does not have come from short forms: of `supplements: attach`, the
    fault is the word itself.
    """
    path: list[str | int] = []
    node = tree
    for step in loc:
        if step == LINE:
            continue
        inner = node.child(step)
        if inner is not None or lacking:
            path.append(step)
        if inner is None:
            break
        node = inner
    return tuple(path)


def _remove(tree: Node, paths: Iterable[Path]) -> None:
    # Longest and last first, so that the places of the others stay true.
    order = sorted(set(paths), key=lambda path: [(isinstance(s, int), s) for s in path])
    for path in reversed(order):
        holder = tree.at(*path[:-1])
        step = path[-1]
        if isinstance(holder.value, dict) and isinstance(step, str):
            holder.value.pop(step, None)
        elif isinstance(holder.value, list) and isinstance(step, int):
            del holder.value[step : step + 1]


# -- messages ----------------------------------------------------------------------------------


def _finding(form: type[BaseModel], tree: Node, path: Path, fault: Mapping[str, Any]) -> Finding:
    kind = str(fault["type"])
    name = _spoken(path)
    node = tree.at(*path)
    if kind == "extra_forbidden":
        known = _keys(form, path[:-1])
        key = str(path[-1])
        return Finding(
            code="unknown-key",
            severity=Severity.ERROR,
            message=f"unknown key `{key}`{_inside(path)}{did_you_mean(key, known)}",
            where=tree.key(*path),
            hint=f"possible here: {listed(known)}; keys of your own begin with `x-`",
        )
    if kind == "missing":
        holder = _spoken(path[:-1]) or "the file"
        return Finding(
            code="missing-key",
            severity=Severity.ERROR,
            message=f"{holder} needs `{path[-1]}`",
            where=tree.at(*path[:-1]).where,
            hint=_description(form, path) or f"add a line `{path[-1]}: …`",
        )
    code, message, hint = _explained(kind, name, node, fault)
    return Finding(
        code=code, severity=Severity.ERROR, message=message, where=_where(tree, path), hint=hint
    )


def _where(tree: Node, path: Path) -> Where:
    return tree.at(*path).where


def _explained(kind: str, name: str, node: Node, fault: Mapping[str, Any]) -> tuple[str, str, str]:
    value = node.value if isinstance(node.value, str) else ""
    name = name or "the file"
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return (
            "wrong-kind",
            f"{name} is {node.kind}, but should be a mapping",
            "write lines of the form `key: value` below it, indented",
        )
    if kind == "list_type":
        return (
            "wrong-kind",
            f"{name} is {node.kind}, but should be a list",
            "begin each item with `- ` on a line of its own"
            + (f", or write `[{value}]`" if value and "\n" not in value else ""),
        )
    if kind == "string_type":
        return "wrong-kind", f"{name} is {node.kind}, but should be text", "write it in one line"
    if kind == "literal_error":
        expected = _choices(str(fault["ctx"]["expected"]))
        choices = [choice for item in expected if (choice := item.strip("'"))]
        return (
            "wrong-value",
            f"{name} cannot be `{value}`{did_you_mean(value, choices)}",
            f"possible: {listed(choices)}",
        )
    if kind.startswith("bool"):
        return "wrong-value", f"{name} is `{value}`, but should be true or false", ""
    if kind.startswith("int"):
        return "wrong-value", f"{name} is `{value}`, but should be a whole number", ""
    if kind == "greater_than_equal":
        return "wrong-value", f"{name} is {value}, but should be {fault['ctx']['ge']} or more", ""
    if kind == "value_error":
        return "wrong-value", f"{name}: {fault['ctx']['error']}", ""
    return "wrong-value", f"{name}: {fault['msg']}", ""


def _choices(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def _spoken(path: Path) -> str:
    """A path as an editor would say it: `members[3].name` of the file is enough to find it."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return f"`{text.lstrip('.')}`" if text else ""


def _inside(path: Path) -> str:
    return f" in {_spoken(path[:-1])}" if len(path) > 1 else ""


def _keys(form: type[BaseModel], path: Path) -> list[str]:
    """The keys that a form has at a path."""
    model = _model(form, path)
    if model is None:
        return []
    names = (info.alias or name for name, info in model.model_fields.items())
    return [name for name in names if name != LINE]


def _description(form: type[BaseModel], path: Path) -> str:
    model = _model(form, path[:-1])
    info = model.model_fields.get(str(path[-1])) if model else None
    return info.description or "" if info else ""


def _model(form: type[BaseModel], path: Path) -> type[BaseModel] | None:
    kind: Any = form
    for step in path:
        kind = next((found for found in _inner(kind, step) if found is not None), None)
    models = [
        item for item in _bare(kind) if isinstance(item, type) and issubclass(item, BaseModel)
    ]
    return models[0] if models else None


def _inner(kind: Any, step: str | int) -> Iterator[Any]:
    """The type of what stands under a key, or at a place of a list."""
    for item in _bare(kind):
        origin, arguments = get_origin(item), get_args(item)
        if isinstance(item, type) and issubclass(item, BaseModel):
            name = "root" if "root" in item.model_fields else step
            info = item.model_fields.get(str(name))
            if info is not None and name == "root":
                yield from _inner(info.annotation, step)
            elif info is not None:
                yield info.annotation
        elif origin is list or origin is dict:
            yield arguments[-1]


def _bare(kind: Any) -> Iterator[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _bare(get_args(kind)[0])
    elif origin in {Union, types.UnionType}:
        for item in get_args(kind):
            yield from _bare(item)
    else:
        yield kind

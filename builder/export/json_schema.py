"""A JSON document held against a schema of `schemas/`.

Only the words of JSON Schema (draft 7) that those schemas use are known; any other is an error of
ours, so that nothing is ever taken for checked that was not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any

CSL = "csl-1.0.2/csl-data.json"

_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
_REMARKS = {"$schema", "$id", "title", "description", "definitions"}
_KNOWN = _REMARKS | {
    "$ref", "additionalProperties", "anyOf", "enum", "items", "maxItems", "minItems",
    "properties", "required", "type",
}  # fmt: skip


def problems(document: str, schema: str) -> tuple[str, ...]:
    """What keeps a JSON text from being valid by `schema`, each with its place."""
    try:
        value = json.loads(document)
    except ValueError as error:
        return (f"it is no JSON: {error}",)
    whole = _schema(schema)
    return tuple(_faults(value, whole, whole, "$"))


@cache
def _schema(name: str) -> dict[str, Any]:
    file = resources.files("builder.export").joinpath("schemas", *name.split("/"))
    found = json.loads(file.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def _faults(value: Any, rule: dict[str, Any], whole: dict[str, Any], at: str) -> Iterator[str]:
    if strange := set(rule) - _KNOWN:
        raise NotImplementedError(f"JSON Schema: {', '.join(sorted(strange))}")
    if "$ref" in rule:
        yield from _faults(value, _named(rule["$ref"], whole), whole, at)
        return
    wanted = rule.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted and not any(_TYPES[name](value) for name in wanted):
        yield f"{at} is no {' or '.join(wanted)}"
        return
    if "enum" in rule and value not in rule["enum"]:
        yield f"{at} is {json.dumps(value)}, which is none of the known values"
    if "anyOf" in rule:
        found = [list(_faults(value, one, whole, at)) for one in rule["anyOf"]]
        yield from min(found, key=len, default=[])
    if isinstance(value, dict):
        yield from _members(value, rule, whole, at)
    if isinstance(value, list):
        if not rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value)):
            yield f"{at} has {len(value)} items"
        for number, item in enumerate(value):
            yield from _faults(item, rule.get("items", {}), whole, f"{at}[{number}]")


def _members(
    value: dict[str, Any], rule: dict[str, Any], whole: dict[str, Any], at: str
) -> Iterator[str]:
    properties = rule.get("properties", {})
    yield from (f"{at} lacks {name}" for name in rule.get("required", ()) if name not in value)
    for name, inner in value.items():
        if name in properties:
            yield from _faults(inner, properties[name], whole, f"{at}.{name}")
        elif rule.get("additionalProperties") is False:
            yield f"{at} has {name}, which the schema does not know"


def _named(reference: str, whole: dict[str, Any]) -> dict[str, Any]:
    rule: Any = whole
    for part in reference.removeprefix("#/").split("/"):
        rule = rule[part]
    assert isinstance(rule, dict)
    return rule

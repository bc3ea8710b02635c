"""A JSON Schema for each YAML file, so that text editors complete, explain and check."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from builder.edition.forms import (
    AuthorsForm,
    ConsentsForm,
    ContactsForm,
    DecisionsForm,
    EditionForm,
    PeopleForm,
    ProgramForm,
    SpecialIssueForm,
    StatusForm,
)
from builder.edition.forms.fields import LINE

FORMS: dict[str, type[BaseModel]] = {
    "edition": EditionForm,
    "people": PeopleForm,
    "program": ProgramForm,
    "special-issue": SpecialIssueForm,
    "authors": AuthorsForm,
}
"""Name of a schema to the form it is made of: files that everybody may see."""

PRIVATE: dict[str, type[BaseModel]] = {
    "consents": ConsentsForm,
    "contacts": ContactsForm,
    "decisions": DecisionsForm,
    "status": StatusForm,
}
"""The same of the files in `private/`, which have their schemas beside them."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the file of that name; raises `KeyError` for others.

    It accepts what the reader accepts: a line where a line may stand for a mapping, numbers and
    dates where a text is meant (YAML takes `2025` for a number, we do not), keys that begin with
    `x-` everywhere.
    """
    made = (FORMS | PRIVATE)[name].model_json_schema(by_alias=True, mode="validation")
    _everywhere(made, _adapted)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def write(folder: Path) -> tuple[Path, ...]:
    """Writes every schema into `folder` (an edition's `proceedings/.schemas`).

    Existing schemas are replaced: they belong to the program, not to the editors.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in FORMS:
        path = folder / f"{name}.json"
        path.write_text(text(name), encoding="utf-8", newline="\n")
        written.append(path)
    return tuple(written)


def text(name: str) -> str:
    """The schema as it is written to a file."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def _everywhere(node: Any, change: Callable[[dict[str, Any]], None]) -> None:
    if isinstance(node, dict):
        for value in list(node.values()):
            _everywhere(value, change)
        change(node)
    elif isinstance(node, list):
        for value in node:
            _everywhere(value, change)


def _adapted(node: dict[str, Any]) -> None:
    node.pop("title", None) if isinstance(node.get("title"), str) else None
    kind = node.get("type")
    if kind == "string" and "pattern" not in node and "enum" not in node and "const" not in node:
        node["type"] = ["string", "number", "boolean"]
    elif kind == "boolean":
        node["type"] = ["boolean", "string"]
        node["pattern"] = "^(?i:true|false|yes|no|on|off)$"
    elif kind == "object" and "properties" in node:
        node["patternProperties"] = {"^x-": {}}
        node["additionalProperties"] = False
        _or_line(node)
    if "$ref" in node or node.get("default", ...) in ("", None):
        node.pop("default", None)


def _or_line(node: dict[str, Any]) -> None:
    """Where one line may stand in place of a mapping, both are right."""
    if LINE not in node["properties"]:
        return
    del node["properties"][LINE]
    mapping = dict(node)
    node.clear()
    description = mapping.pop("description", "")
    node["description"] = description
    node["anyOf"] = [{"type": ["string", "number"]}, mapping]

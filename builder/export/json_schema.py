"""A JSON document held against a schema of `schemas/`."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

CSL = "csl-1.0.2/csl-data.json"


def problems(document: str, schema: str) -> tuple[str, ...]:
    """What keeps a JSON text from being valid by `schema` (draft 7), each with its place."""
    try:
        value = json.loads(document)
    except ValueError as error:
        return (f"it is no JSON: {error}",)
    return tuple(map(_told, _validator(schema).iter_errors(value)))


@cache
def _validator(name: str) -> Draft7Validator:
    file = resources.files("builder.export").joinpath("schemas", *name.split("/"))
    return Draft7Validator(json.loads(file.read_text(encoding="utf-8")))


def _told(error: ValidationError) -> str:
    # Where something may take several forms, the one it comes nearest to says most.
    while error.context:
        error = min(error.context, key=lambda one: -len(one.absolute_path))
    return f"{error.json_path}: {error.message}"

"""Plain data as YAML that people like to edit: text without needless quotes, rows on one line."""

from __future__ import annotations

from typing import Any

import yaml


class CannotEdit(Exception):
    """The file cannot be edited in place with certainty; the message says why."""


class Row(dict[str, Any]):
    """A table to be written on one line: `{name: Jane Doe, affiliation: NASA}`."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # lists stand indented below their key


_Dumper.yaml_implicit_resolvers = {}  # text is all there is: nothing needs quotes to stay text


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value else None
    if not value:
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _row(dumper: yaml.SafeDumper, value: Row) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Row, _row)


def dump(value: Any) -> str:
    """`value` (tables, lists, strings) as YAML that people like to edit."""
    text: str = yaml.dump(
        _writable(value),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=10_000,
    )
    return text.removesuffix("...\n")


def _writable(value: Any) -> Any:
    """Copies `value`, so that nothing is written as an alias; text as YAML can hold it."""
    if isinstance(value, str):
        lines = [line.rstrip() for line in value.splitlines()]
        return "\n".join(lines).strip("\n") + "\n" if len(lines) > 1 else value
    if isinstance(value, dict):
        made = {str(key): _writable(inner) for key, inner in value.items()}
        plain = all(isinstance(inner, str) and "\n" not in inner for inner in made.values())
        return Row(made) if isinstance(value, Row) and plain else made
    return [_writable(inner) for inner in value]


def inline(value: Any) -> str:
    """A value on one line, inside a flow collection or behind a key."""
    text: str = yaml.dump(
        _writable(value),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=True,
        width=10_000,
    )
    text = text.removesuffix("...\n").rstrip("\n")
    if "\n" in text:
        raise CannotEdit("text of several lines stands inside brackets")
    return text

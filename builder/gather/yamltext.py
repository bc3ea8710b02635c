"""Editing a YAML file in place: what is not meant stays byte for byte, comments included.

Edits are made in the text, at the places that the parser gives, and the result is read again: if
it does not say exactly what was wanted, nothing is done.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

import yaml

from builder.gather.leaves import Drop, Path, Put, same
from builder.gather.yamldump import CannotEdit, Row, dump, inline

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(text: str) -> Any:
    """The data of a YAML text: tables, lists and strings; `None` for an empty one.

    Raises `CannotEdit` where it is no YAML.
    """
    return _value(_compose(text), 0)


def _compose(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as error:
        raise CannotEdit("it is not well-formed YAML") from error


def _value(node: yaml.Node | None, depth: int) -> Any:
    if depth > 60:
        raise CannotEdit("it is nested too deeply")
    if isinstance(node, yaml.MappingNode):
        made: dict[str, Any] = {}
        for key, inner in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in made or key.value == "<<":
                raise CannotEdit("it has keys that are no plain words, or twice the same key")
            made[key.value] = _value(inner, depth + 1)
        return made
    if isinstance(node, yaml.SequenceNode):
        return [_value(inner, depth + 1) for inner in node.value]
    if isinstance(node, yaml.ScalarNode):
        return None if node.style is None and node.value in {"", "~", "null"} else node.value
    return None


def edited(
    text: str, edits: Sequence[Put | Drop], scaffold: str = ""
) -> tuple[str, list[tuple[Put | Drop, str]]]:
    """`text` with `edits` made in place, and the edits that could not be made, each with a reason.

    Remarks inside a replaced part count as the editors' own, unless that part stands in
    `scaffold` letter for letter. Raises `CannotEdit` if nothing at all can be done.
    """
    if re.search(r"(?m)(^|[\s\[{,:-])[&*][\w-]+", text) and _has_aliases(text):
        raise CannotEdit("it uses anchors and aliases")
    try:
        return _edited(text, edits, scaffold), []
    except CannotEdit:
        failed = []
        for edit in edits:  # one by one, since places in the text move
            try:
                text = _edited(text, [edit], scaffold)
            except CannotEdit as why:
                failed.append((edit, str(why)))
        return text, failed


def _edited(text: str, edits: Sequence[Put | Drop], scaffold: str) -> str:
    if not edits:
        return text
    wanted = _applied(read(text), edits)
    root = _compose(text)
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
        result = _fresh(text) + ("\n" if text.strip() else "") + dump(wanted)
    else:
        result = text
        changes = [_change(text, root, edit, scaffold) for edit in edits]
        line_end = "\r\n" if "\r\n" in text else "\n"
        numbered = enumerate(changes)
        # Backwards, so that places stay right; insertions at one place keep their order.
        for _, (begin, end, new) in sorted(
            numbered, key=lambda pair: (pair[1][0], pair[0]), reverse=True
        ):
            result = result[:begin] + new.replace("\n", line_end) + result[end:]
    if not same(_plain(read(result)), _plain(wanted)):
        raise CannotEdit("its form is too unusual to be changed in place")
    return result


def _fresh(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _has_aliases(text: str) -> bool:
    return any(
        isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)
        for event in yaml.parse(text, Loader=_Loader)
    )


def _plain(value: Any) -> Any:
    """Without what YAML does not tell apart: empty and absent, rows and tables."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return "" if value is None else value


def _applied(data: Any, edits: Sequence[Put | Drop]) -> Any:
    data = copy.deepcopy(data) if data is not None else {}
    for edit in edits:
        holder = data
        for step, following in zip(edit.path, [*edit.path[1:], None], strict=True):
            if following is None:
                if isinstance(edit, Drop):
                    del holder[step]
                elif isinstance(holder, list) and edit.add:
                    holder.append(edit.value)
                else:
                    holder[step] = edit.value
            else:
                if isinstance(holder, dict) and holder.get(str(step)) is None:
                    holder[str(step)] = {}
                holder = holder[step]
    return data


def _change(text: str, root: yaml.Node, edit: Put | Drop, scaffold: str) -> tuple[int, int, str]:
    """One edit as (begin, end, new text) in the original text."""
    if not edit.path:
        raise CannotEdit("all of it would change")
    holder = _find(root, edit.path[:-1])
    last = edit.path[-1]
    if isinstance(edit, Drop):
        return _dropped(text, holder, last)
    if edit.add:
        return _added(text, holder, last, edit.value)
    key, node = _entry(holder, last)
    part = text[node.start_mark.index : _end(text, node)]
    if isinstance(node, yaml.CollectionNode) and "#" in part and part not in scaffold:
        raise CannotEdit("there are remarks inside a part that would be replaced")
    return _replaced(text, holder, key, node, edit.value)


def _find(root: yaml.Node, path: Path) -> yaml.Node:
    node = root
    for step in path:
        node = _entry(node, step)[1]
    return node


def _entry(holder: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node]:
    if isinstance(holder, yaml.MappingNode):
        for key, node in holder.value:
            if key.value == step:
                return key, node
    elif isinstance(holder, yaml.SequenceNode) and isinstance(step, int):
        return None, holder.value[step]
    raise CannotEdit(f"`{step}` is not where it was")


def _end(text: str, node: yaml.Node) -> int:
    """Where a node ends; block collections end with their last leaf, not with the next token."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        # The end of a block text lies behind the blank lines that follow it.
        end = node.start_mark.index + len(text[node.start_mark.index : end].rstrip())
    return end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _indented(block: str, width: int) -> str:
    return re.sub(r"(?m)^(?=.)", " " * width, block)


def _flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _scalar(value: str, flow: bool) -> str:
    if not flow:
        return dump(value).rstrip("\n")
    return inline([value])[1:-1]


def _replaced(
    text: str, holder: yaml.Node, key: yaml.Node | None, node: yaml.Node, value: Any
) -> tuple[int, int, str]:
    begin, end = node.start_mark.index, _end(text, node)
    if _flow(holder):
        new = _scalar(value, flow=True) if isinstance(value, str) else inline(value)
        return begin, end, new
    gap = " " if begin == end and text[begin - 1 : begin] == ":" else ""
    if isinstance(value, str) and "\n" not in value:
        return begin, end, gap + _scalar(value, flow=False)
    if isinstance(value, Row) or not value:
        return begin, end, gap + inline(value)
    indent = holder.start_mark.column
    if isinstance(value, str):
        block = dump(value)  # `|` and lines, which stand two deeper than the key
        first, _, rest = block.partition("\n")
        rest = _indented(rest, indent).rstrip("\n")
        return begin, end, f"{gap}{first}\n{rest}"
    if key is None:  # an item of a list: its first line follows the dash
        block = _indented(dump(value), node.start_mark.column).rstrip("\n")
        return begin, end, block.lstrip(" ")
    # The block begins on a line of its own; a remark behind the key stays where it is.
    block = _indented(dump(value), indent + 2).rstrip("\n")
    after_key = text.index(":", key.end_mark.index) + 1
    line = text[after_key : _line_end(text, after_key)].rstrip("\n")
    if node.start_mark.line == key.start_mark.line:
        remark = text[end : _line_end(text, end)].rstrip("\n")
        return after_key, end + len(remark), f"{remark.rstrip()}\n{block}"
    if "#" in text[after_key + len(line) : begin]:  # remarks stand before it, and stay
        return begin, end, _indented(dump(value), node.start_mark.column).strip()
    return after_key + len(line), end, f"\n{block}"


def _added(text: str, holder: yaml.Node, last: str | int, value: Any) -> tuple[int, int, str]:
    if isinstance(holder, yaml.ScalarNode) and not holder.value:
        raise CannotEdit("an empty entry would have to be filled")
    if isinstance(holder, yaml.SequenceNode):
        item: Any = [value]
        if _flow(holder):
            at = _end(text, holder) - 1
            return at, at, (", " if holder.value else "") + inline(item)[1:-1]
        block = dump(item)
    else:
        if not isinstance(last, str):
            raise CannotEdit("a list was expected where a table stands")
        if _flow(holder):
            at = _end(text, holder) - 1
            return at, at, (", " if holder.value else "") + inline({last: value})[1:-1]
        block = dump({last: value})
    at = _line_end(text, _end(text, holder))
    block = _indented(block, holder.start_mark.column)
    if holder.start_mark.column == 0 and "\n\n" in text[:at].replace("\r", ""):
        block = "\n" + block  # sections of the file stand apart
    if at and text[at - 1] != "\n":
        return at, at, "\n" + block
    return at, at, block


def _dropped(text: str, holder: yaml.Node, last: str | int) -> tuple[int, int, str]:
    key, node = _entry(holder, last)
    if key is None or _flow(holder):
        raise CannotEdit("something would have to be taken out of a list")
    if len(holder.value) == 1:
        raise CannotEdit("nothing would be left of a table")
    line = text.rfind("\n", 0, key.start_mark.index) + 1
    if text[line : key.start_mark.index].strip():
        raise CannotEdit("something else stands on the line that would go")
    end = _line_end(text, _end(text, node))
    if "#" in text[line:end]:
        raise CannotEdit("there is a remark on a line that would go")
    return line, end, ""

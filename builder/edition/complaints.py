"""What is wrong with a YAML file, in an editor's words instead of the parser's."""

from __future__ import annotations

import re

import yaml

from builder.edition.source import CONTROL, Source
from builder.model import Finding, Severity, Where

_AGAIN = "then check again, for what stands below was not looked at"


def complaint(source: Source, error: yaml.YAMLError) -> Finding:
    """What a file that is no YAML is told, with the place where an editor has to look."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    opened = getattr(error, "context_mark", None)
    if "end of stream" in problem and "quoted" in context:
        mark = opened or mark  # the file's end is not where the editor has to look
    where = Where(file=source.file)
    line = ""
    if mark is not None:
        where = Where(file=source.file, line=mark.line + 1, column=mark.column + 1)
        line = source.rest_of_line(mark.line, 0)
    position = re.search(r"position (\d+)", str(error))
    if mark is None and (at := _control(source)) is not None:
        where, problem = source.where(at), f"the character U+{ord(source.text[at]):04X}"
    elif mark is None and position:
        where = source.where(min(int(position[1]), len(source.text)))
    if mark is not None and (empty := _emptied(source, mark.line)):
        return Finding(
            code="yaml-syntax",
            severity=Severity.ERROR,
            message=f"{source.file} cannot be read, so that nothing in it counts: `{empty}` says "
            "that the list is empty, but its items follow",
            where=where,
            hint=f"take away the `{empty[-2:]}` behind `{empty[:-2].rstrip()}`; {_AGAIN}",
        )
    message, hint = _explained(problem or str(error).split("\n", maxsplit=1)[0], context, line)
    if "flow" in context and opened is not None and mark and opened.line != mark.line:
        message += f"; it began in line {opened.line + 1}"
    return Finding(
        code="yaml-syntax",
        severity=Severity.ERROR,
        message=f"{source.file} cannot be read, so that nothing in it counts: {message}",
        where=where,
        hint=f"{hint}; {_AGAIN}",
    )


def _emptied(source: Source, line: int) -> str:
    """The key that is said to be empty (`people: []`) above the indented lines at `line`, if so."""
    below = source.rest_of_line(line, 0)
    if not re.match(r"[ ]*-(\s|$)|[ ]+\S", below):
        return ""
    for number in range(line - 1, -1, -1):
        above = source.rest_of_line(number, 0)
        if re.match(r"\s*(#|$)", above):
            continue
        empty = re.match(r"[ ]*([\w-]+:[ ]*(?:\[[ ]*\]|\{[ ]*\}))[ ]*(?:#.*)?$", above.rstrip())
        return re.sub(r"[ ]*(?=[]}]$)", "", empty[1]) if empty else ""
    return ""


def _control(source: Source) -> int | None:
    match = CONTROL.search(source.text)
    return match.start() if match else None


def _explained(problem: str, context: str, line: str) -> tuple[str, str]:
    """The parser's complaint in an editor's words, and what to do."""
    if "\t" in line[: len(line) - len(line.lstrip())] or "tab" in problem or "'\\t'" in problem:
        return "a tab", "indent with spaces; YAML takes no tabs"
    if problem.startswith("the character"):
        return problem, "delete it; it cannot be seen, and usually comes from copying"
    if "mapping values are not allowed" in problem:
        return (
            "a colon too many",
            'put the value in quotes if it holds a colon: `title: "TerraBytes: Towards …"`; '
            "or look for wrong indentation",
        )
    if "could not find expected ':'" in problem:
        return "a key without its colon", "write `key: value`; look at this line and the one above"
    if "unexpected end of stream" in problem and "quoted" in context:
        return "a quotation mark that is never closed", "close it, or put the value in other quotes"
    if "cannot start any token" in problem:
        return (
            f"a value that begins with a special character ({problem.removeprefix('found ')})",
            'put the value in quotes: `"…"`',
        )
    misfit = ("did not find expected key", "'-' indicator", "block end", "<block")
    if any(words in problem for words in misfit):
        return (
            "this line does not fit what stands above it",
            "look for wrong indentation, or for a quotation mark inside a quoted value",
        )
    if "did not find expected" in problem or "while parsing a flow" in context:
        return (
            "a bracket or brace is not closed, or a comma is missing",
            "every `[` needs its `]` and every `{` its `}`; "
            "put values with commas or brackets in quotes",
        )
    return problem or "it is no YAML", "look at this line and the one above it"

"""Letters, lists and instructions in Markdown, filled into the templates beside this module."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

import jinja2


def fill(template: str, **values: Any) -> str:
    """A Markdown template of `templates/`; values are escaped unless marked `|plain`.

    `|box` makes of a condition what stands in the brackets of a task list.
    """
    filled = _environment().get_template(template).render(**values)
    return re.sub(r"\n{3,}", "\n\n", filled).strip() + "\n"


def escape(value: object) -> str:
    """Text that Markdown shows as it is, in one line."""
    text = " ".join(str(value).split())
    text = re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", text)
    text = re.sub(r"^([#+-]|\d+[.)])(?=\s|$)", r"\\\1", text)
    return text.replace("&", "&amp;") if re.search(r"&#?\w+;", text) else text


def unescaped(markdown: str) -> str:
    """The plain text that a filled template without any markup shows."""
    return html.unescape(re.sub(r"\\(?=[^\w\s])", "", " ".join(markdown.split())))


def gap(who: str, what: str, *, verb: str = "written") -> str:
    """What somebody still has to write, as it stands in a document until they do."""
    return _Plain(f"[To be {verb} by {escape(who)}: {escape(what)}]")


def block(text: str) -> str:
    """Text to be copied as it stands, in a fence that nothing in it can close."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return _Plain(f"{fence}\n{text.strip()}\n{fence}")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(  # noqa: S701 - `finalize` escapes for Markdown, not for HTML
        loader=jinja2.PackageLoader("builder.export"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: value if isinstance(value, _Plain) else escape(value),
    )
    environment.filters["plain"] = _Plain
    environment.filters["box"] = lambda done: _Plain("x" if done else " ")
    return environment


class _Plain(str):
    """Text that is our own and already Markdown."""

    __slots__ = ()

"""The directives and roles that editors write in prose, as docutils classes.

They build neutral nodes and know nothing else, so that Sphinx (`app.add_directive`,
`app.add_role`) and our own parser use the same ones: `DIRECTIVES` and `ROLES`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives

from builder.prose import nodes as neutral

_EXPLICIT = re.compile(r"^(?P<words>.+?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)
"""``words <target>``, the way Sphinx's roles name a target apart from the words shown."""


def _ids(argument: str | None) -> list[str]:
    """Ids separated by blanks or commas; an option without a value names none."""
    return [word for word in re.split(r"[\s,]+", argument or "") if word]


def _lines(argument: str) -> list[str]:
    """Titles, which may hold blanks: separated by commas or line ends."""
    return [" ".join(part.split()) for part in re.split(r"[,\n]", argument) if part.strip()]


def _date(argument: str) -> str:
    """An ISO date; raises `ValueError`, which docutils turns into a message with its line."""
    return dt.date.fromisoformat(argument.strip()).isoformat()


class _Listing(Directive):
    """One neutral node without content; the argument is a list of ids or titles."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = {"class": directives.class_option}
    node: ClassVar[type[neutral.Listing]]
    argument: ClassVar[str] = ""
    """Name of the attribute that the argument fills; empty where none is allowed."""
    defaults: ClassVar[Mapping[str, Any]] = {}

    def read(self, argument: str) -> Any:
        """What the argument means; `""` where there is none."""
        return _ids(argument)

    def run(self) -> Sequence[nodes.Node]:
        node = self.node()
        for name, value in self.defaults.items():
            node[name] = list(value) if isinstance(value, list) else value
        if self.argument:
            node[self.argument] = self.read(self.arguments[0] if self.arguments else "")
        elif self.arguments:
            raise self.error(
                f'"{{{self.name}}}" takes no argument, but found "{self.arguments[0]}"'
            )
        for name, value in self.options.items():
            if name == "class":
                node["classes"] += value
            else:
                node[name] = True if value is None else value  # a flag has no value
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        return [node]


class Papers(_Listing):
    """``{papers} [track …]`` with ``:keys:`` and ``:abstracts:``."""

    node = neutral.PaperList
    argument = "tracks"
    defaults: ClassVar[Mapping[str, Any]] = {"keys": [], "abstracts": False}
    option_spec: ClassVar[Any] = {
        **_Listing.option_spec,
        "keys": _ids,
        "abstracts": directives.flag,
    }


class Program(_Listing):
    """``{program} [session …]`` with ``:date:``."""

    node = neutral.ProgramTable
    argument = "sessions"
    defaults: ClassVar[Mapping[str, Any]] = {"date": ""}
    option_spec: ClassVar[Any] = {**_Listing.option_spec, "date": _date}


class Talks(_Listing):
    """``{talks} [kind …]``."""

    node = neutral.TalkList
    argument = "kinds"


class People(_Listing):
    """``{people} [committee …]``."""

    node = neutral.PeopleList
    argument = "committees"


class Sponsors(_Listing):
    """``{sponsors} [tier, …]``."""

    node = neutral.SponsorList
    argument = "tiers"

    def read(self, argument: str) -> list[str]:
        """Titles of tiers."""
        return _lines(argument)


class Dates(_Listing):
    """``{dates}``."""

    node = neutral.DateList


class Topics(_Listing):
    """``{topics}``."""

    node = neutral.TopicList


class Downloads(_Listing):
    """``{downloads}``."""

    node = neutral.DownloadList


class Citation(_Listing):
    """``{citation} [key]``."""

    node = neutral.CitationHint
    argument = "paper"

    def read(self, argument: str) -> str:
        """One key."""
        return argument.strip()


def _role(node: type[neutral.Reference], attribute: str) -> Callable[..., Any]:
    def role(  # noqa: PLR0917 - the signature is docutils' own
        name: str,
        rawtext: str,
        text: str,
        lineno: int,
        inliner: Any,
        options: Mapping[str, Any] | None = None,
        content: Sequence[str] = (),
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        explicit = _EXPLICIT.match(text.strip())
        target = explicit["target"] if explicit else text
        made = node(rawtext, **{attribute: target.strip()})
        made.line = lineno
        if explicit:
            made += nodes.Text(explicit["words"])
        return [made], []

    return role


class _Nothing(Directive):
    """A directive that means something to the site alone (`toctree`)."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = dict.fromkeys(
        ("caption", "glob", "hidden", "maxdepth", "name", "numbered", "titlesonly"),
        directives.unchanged,
    )

    def run(self) -> Sequence[nodes.Node]:
        return []


def _to_page(
    name: str,
    rawtext: str,
    text: str,
    *_: Any,
    **__: Any,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """``{doc}`page```: a link to a page of prose, or the words alone for other targets."""
    explicit = _EXPLICIT.match(text.strip())
    target = (explicit["target"] if explicit else text).strip()
    words = explicit["words"] if explicit else target
    if name != "doc":
        return [nodes.inline(rawtext, words)], []
    return [nodes.reference(rawtext, words, refuri=f"{target.strip('/')}.md")], []


SITE_DIRECTIVES: Mapping[str, type[Directive]] = {"toctree": _Nothing}
"""Directives that Sphinx gives a meaning; elsewhere they show nothing."""

SITE_ROLES: Mapping[str, Callable[..., Any]] = {"doc": _to_page, "ref": _to_page}
"""Roles that Sphinx resolves; elsewhere they are links to pages, or just words."""

DIRECTIVES: Mapping[str, type[Directive]] = {
    "papers": Papers,
    "program": Program,
    "talks": Talks,
    "people": People,
    "sponsors": Sponsors,
    "dates": Dates,
    "topics": Topics,
    "downloads": Downloads,
    "citation": Citation,
}
"""Directives by the name that editors write."""

ROLES: Mapping[str, Callable[..., Any]] = {
    "paper": _role(neutral.PaperReference, "key"),
    "author": _role(neutral.AuthorReference, "id"),
    "session": _role(neutral.SessionReference, "id"),
}
"""Roles by the name that editors write."""

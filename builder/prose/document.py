"""MyST source to a docutils document, with every complaint as a finding."""

from __future__ import annotations

import io
import pkgutil
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from docutils import languages, nodes, utils
from docutils.core import publish_doctree
from docutils.parsers.rst import directives, roles
from docutils.readers.standalone import Reader
from docutils.transforms import Transform
from docutils.transforms.frontmatter import DocInfo, DocTitle, SectionSubTitle
from myst_parser.parsers.docutils_ import Parser

from builder.model import Finding, Severity, Where
from builder.prose.directives import DIRECTIVES, ROLES, SITE_DIRECTIVES, SITE_ROLES

EXTENSIONS = (
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "fieldlist",
    "strikethrough",
)
"""MyST's optional syntax that prose may use; the site enables the same."""

HEADING_ANCHORS = 3
"""Headings down to this depth can be linked to as `#slug`, on the site and in the booklet."""

_UNKNOWN_DIRECTIVE = re.compile(r"Unknown directive type:? [\"']?(?P<name>[^\"'\s]+)")
_UNKNOWN_ROLE = re.compile(
    r"(Unknown interpreted text role|No role entry for) \"(?P<name>[^\"]*)\""
)
_BRACES = re.compile(rf"(?<!{{){{({'|'.join([*DIRECTIVES, *ROLES])})}}(?!}})")
_HARMLESS = ("Duplicate implicit target name", "Strikethrough is currently only supported")
_MYST_KIND = re.compile(r"\s*\[myst\.(?P<kind>[a-z_]+)\]")
_COMMENTS = re.compile(r"\s*(<!--.*?-->\s*)+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    """One page of prose, ready to be rendered."""

    tree: nodes.document
    """Without system messages and raw HTML; our directives are `builder.prose.nodes`."""
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """Its first heading as plain text, or empty."""
        first = next(iter(self.tree.findall(nodes.title)), None)
        return first.astext() if first is not None else ""


def parse(source: str, file: str, *, language: str = "en") -> Document:
    """The document that `source` describes; never raises for what an editor wrote.

    `file` is the path relative to the edition's root that findings name; `language` (a BCP 47
    tag) chooses the quotation marks.
    """
    heard: list[nodes.system_message] = []
    with _our_syntax():
        try:
            tree = publish_doctree(
                source,
                source_path=file,
                reader=_Listener(heard),
                parser=Parser(),
                settings_overrides=_settings(language),
            )
        except Exception as error:  # whatever the parser stumbles over, the words must not be lost
            return _as_text(source, file, error)
    findings = [finding for message in heard if (finding := _judge(message, file))]
    findings += _drop_raw(tree, file)
    _drop_messages(tree)
    findings += _in_braces(tree, file)
    return Document(tree, tuple(dict.fromkeys(findings)))


class _Listener(Reader):  # type: ignore[type-arg]  # generic only in its stubs
    """docutils' reader of single files, which also hears every message of the parser."""

    def __init__(self, heard: list[nodes.system_message]) -> None:
        super().__init__()
        self._heard = heard

    def new_document(self) -> nodes.document:
        document = super().new_document()
        document.reporter.attach_observer(self._heard.append)
        return document

    def get_transforms(self) -> list[Any]:
        # A page's first heading stays a section like any other: renderers want one shape.
        unwanted = (DocTitle, SectionSubTitle, DocInfo)
        return [_PageLinks, *(one for one in super().get_transforms() if one not in unwanted)]


class _PageLinks(Transform):
    """Links to other pages of the edition (`[so](preface.md)`) keep their file as `refuri`."""

    default_priority = 5

    def apply(self) -> None:
        for link in self.document.findall(nodes.reference):
            file, _, anchor = link.get("refname", "").partition("#")
            if file.endswith(".md"):
                waiting = self.document.refnames.get(link["refname"], [])
                if link in waiting:
                    waiting.remove(link)
                link["refuri"] = f"{file}#{anchor}" if anchor else file
                del link["refname"]


def _settings(language: str) -> dict[str, Any]:
    spoken = language.lower().replace("-", "_")
    supported = {module.name for module in pkgutil.iter_modules(languages.__path__)}
    return {
        "_disable_config": True,  # nobody's ~/.docutils changes a volume
        "warning_stream": io.StringIO(),
        "report_level": 2,
        "halt_level": 6,  # above every level: nothing an editor writes stops us
        "file_insertion_enabled": False,
        "raw_enabled": True,  # dropped afterwards, by a finding with the right line
        "language_code": next(
            (tag for tag in (spoken, spoken.partition("_")[0]) if tag in supported), "en"
        ),
        "smart_quotes": True,
        "syntax_highlight": "none",
        "myst_enable_extensions": list(EXTENSIONS),
        "myst_heading_anchors": HEADING_ANCHORS,
    }


@contextmanager
def _our_syntax() -> Iterator[None]:
    """Register our directives and roles with docutils, and leave its tables as they were."""
    # docutils can register but not forget; within Sphinx its own entries must come back.
    tables: tuple[dict[str, Any], ...] = (vars(directives)["_directives"], vars(roles)["_roles"])
    before = [dict(table) for table in tables]
    try:
        tables[0].update({**SITE_DIRECTIVES, **DIRECTIVES})
        tables[1].update({**SITE_ROLES, **ROLES})
        yield
    finally:
        for table, saved in zip(tables, before, strict=True):
            table.clear()
            table.update(saved)


def _judge(message: nodes.system_message, file: str) -> Finding | None:
    """The finding that one of docutils' messages amounts to, if it amounts to any."""
    level, text = message["level"], message.astext()
    # astext() repeats place and level ("file:3: (ERROR/3) …"), which the finding says itself.
    text = text.partition(") ")[2] or text
    text = " ".join(_MYST_KIND.sub("", text).split())
    at = partial(Where, file=file)
    where = at(line=message["line"]) if message.get("line") else at()
    if level < 2 or text.startswith(_HARMLESS):
        return None
    unknown = _UNKNOWN_ROLE.search(text)
    if unknown and unknown["name"] in DIRECTIVES:
        name = unknown["name"]
        return Finding(
            code="prose-unknown-directive",
            severity=Severity.ERROR,
            message=f"`{{{name}}}` cannot stand within a line; what it should show is missing",
            where=where,
            hint=f"Make it a block of its own: a line `:::{{{name}}}`, and below it a line `:::`.",
        )
    if unknown := _UNKNOWN_DIRECTIVE.search(text) or _UNKNOWN_ROLE.search(text):
        return Finding(
            code="prose-unknown-directive",
            severity=Severity.ERROR,
            message=f"Nothing is called `{{{unknown['name']}}}`; what it should show is missing",
            where=where,
            hint=f"Correct the name; there are {', '.join(f'{{{n}}}' for n in DIRECTIVES)} as "
            f"directives and {', '.join(f'{{{n}}}' for n in ROLES)} within a line.",
        )
    return Finding(
        code="prose-syntax",
        severity=Severity.ERROR if level >= 3 else Severity.WARNING,
        message=f"This part of the text is not understood: {text}",
        where=where,
        hint="Correct the line, or what stands just before it.",
    )


_VERBATIM = (nodes.literal, nodes.literal_block, nodes.comment, nodes.math, nodes.math_block)
"""What says something else than the text of a page: code, remarks, formulas."""


def _in_braces(tree: nodes.document, file: str) -> Iterator[Finding]:
    """Directives and roles written as words alone (`see {papers}`), which are printed so."""
    for text in tree.findall(nodes.Text):
        if isinstance(text.parent, _VERBATIM):
            continue
        for found in _BRACES.finditer(text):
            name = found[1]
            line = _line_of(text, found.start())
            yield Finding(
                code="prose-syntax",
                severity=Severity.WARNING,
                message=f"`{{{name}}}` is printed as it stands here",
                where=Where(file=file, line=line),
                hint=f"It is a block of its own: a line `:::{{{name}}}`, and below it a line `:::`."
                if name in DIRECTIVES
                else f"Write what it shows behind it, in backquotes: {{{name}}}`…`.",
            )


def _line_of(text: nodes.Text, offset: int) -> int | None:
    """The line of a character; what is around it knows only where it begins itself."""
    around: nodes.Element | None = text.parent
    while around is not None and (around.line is None or isinstance(around, nodes.Inline)):
        around = around.parent
    if around is None:
        return None
    before = 0
    for one in around.findall(nodes.Text):
        if one is text:
            break
        before += one.count("\n")
    return (around.line or 1) + before + text.count("\n", 0, offset)


def _drop_raw(tree: nodes.document, file: str) -> list[Finding]:
    """Take raw HTML and LaTeX out of `tree`; comments go without a word."""
    _mark_struck(tree)
    findings = []
    for raw in list(tree.findall(nodes.raw)):
        parent, line = raw.parent, raw.line
        while line is None and parent is not None:
            line, parent = parent.line, parent.parent
        raw.parent.remove(raw)
        source = raw.astext().strip()
        if not source or source.startswith("</") or _COMMENTS.fullmatch(source):
            continue
        shown = source.splitlines()[0]
        shown = shown if len(shown) <= 60 else f"{shown[:57]}…"
        findings.append(
            Finding(
                code="prose-raw-html",
                severity=Severity.WARNING,
                message=f"Code of another language is left out of the booklet: {shown}",
                where=Where(file=file, line=line),
                hint="Say the same in Markdown; the booklet is no web page.",
            )
        )
    return findings


def _mark_struck(tree: nodes.document) -> None:
    """Put struck words (`~~so~~`), which MyST writes as HTML, into inline nodes, class `strike`."""
    for opening in [raw for raw in tree.findall(nodes.raw) if raw.astext() == "<s>"]:
        parent = opening.parent
        start = parent.index(opening)
        closings = (
            place
            for place, node in enumerate(parent.children)
            if place > start and isinstance(node, nodes.raw) and node.astext() == "</s>"
        )
        if (end := next(closings, None)) is not None:
            struck = nodes.inline(classes=["strike"])
            struck.extend(parent.children[start + 1 : end])
            parent[start : end + 1] = [struck]


def _drop_messages(tree: nodes.document) -> None:
    """Take out docutils' own complaints, which have become findings, and the page's top matter."""
    if tree.children and isinstance(tree.children[0], nodes.field_list):
        tree.remove(tree.children[0])
    for section in list(tree.findall(nodes.section)):
        if "system-messages" in section["classes"]:
            section.parent.remove(section)
    for message in list(tree.findall(nodes.system_message)):
        if message.parent is not None:
            message.parent.remove(message)
    for problem in list(tree.findall(nodes.problematic)):
        problem.parent.replace(problem, nodes.Text(problem.astext()))


def _as_text(source: str, file: str, error: Exception) -> Document:
    """The source as plain paragraphs, where the parser itself fails on it."""
    tree = utils.new_document(file)
    for paragraph in re.split(r"\n\s*\n", source):
        if words := " ".join(paragraph.split()):
            tree += nodes.paragraph("", words)
    finding = Finding(
        code="prose-syntax",
        severity=Severity.ERROR,
        message=f"This page cannot be read as Markdown and is printed as it stands: {error}",
        where=Where(file=file),
        hint="Take out the last thing you added, or write to the tool's maintainers.",
    )
    return Document(tree, (finding,))

"""A page of prose as data for Typst: docutils' nodes become plain JSON, our own become sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from docutils import nodes

from builder.booklet import contents, schedule, sections, wording
from builder.booklet.desk import Data, Desk, paper_address, rich, text
from builder.model import authors
from builder.model.markup import Markup, Math, Text
from builder.model.markup.html import address
from builder.prose import Document
from builder.prose import nodes as neutral


def page(desk: Desk, file: str) -> Data:
    """The page in `file` (a key of `desk.prose`) as a section."""
    document = desk.prose[file]
    return {
        "kind": "prose",
        "after": "",  # id of the page of prose that it may share a sheet with
        "id": page_id(file),
        "title": text(document.title),
        "body": _Page(desk, file, document).blocks(document.tree.children, 0),
    }


def page_id(file: str) -> str:
    """The label of a page within the front matter."""
    return "page-" + re.sub(r"[^a-z0-9]+", "-", file.removesuffix(".md").lower()).strip("-")


class _Page:
    """One page being rendered: which labels it has, and its footnotes."""

    def __init__(self, desk: Desk, file: str, document: Document) -> None:
        self.desk = desk
        self.file = file
        self.labels: dict[str, str] = {}
        self.footnotes: dict[str, nodes.Element] = {}
        for node in document.tree.findall(nodes.Element):
            for id in node["ids"]:
                if isinstance(node, nodes.footnote):
                    self.footnotes[id] = node
                elif isinstance(node, nodes.section):
                    self.labels[id] = f"{page_id(file)}-{node['ids'][0]}"

    # Blocks

    def blocks(self, children: Iterable[nodes.Node], level: int) -> list[Data]:
        """Block nodes, with headings of `level` + 1 next."""
        found: list[Data] = []
        for child in children:
            found.extend(self.block(child, level))
        return found

    def block(self, node: nodes.Node, level: int) -> list[Data]:
        """What one block node amounts to: nothing, or some blocks."""
        if isinstance(node, nodes.section):
            title = next((c for c in node.children if isinstance(c, nodes.title)), None)
            heading: list[Data] = []
            if title is not None:
                heading = [
                    {
                        "t": "heading",
                        "level": level + 1,
                        "label": self.labels[node["ids"][0]],
                        "text": text(title.astext()),
                        "c": self.inline(title.children),
                    }
                ]
            rest = [child for child in node.children if child is not title]
            return heading + self.blocks(rest, level + 1)
        if isinstance(node, neutral.Listing):
            return self.listing(node)
        for one, render in _BLOCKS.items():
            if isinstance(node, one):
                return render(self, node, level)
        if isinstance(node, nodes.Inline | nodes.Text):
            return [{"t": "paragraph", "c": self.inline([node])}]
        if isinstance(node, nodes.Invisible | nodes.footnote | nodes.substitution_definition):
            return []
        if isinstance(node, nodes.Admonition):
            kind = type(node).__name__.capitalize()
            return [self.admonition(kind, list(node.children), level)]
        if isinstance(node, nodes.Element) and node.children:
            return self.blocks(node.children, level)
        return [{"t": "paragraph", "c": self.inline([node])}] if node.astext().strip() else []

    def paragraph(self, node: nodes.Element, level: int) -> list[Data]:
        """A paragraph; pictures that stand alone in it become figures of their own."""
        inner = [
            c for c in node.children if not (isinstance(c, nodes.Text) and not c.astext().strip())
        ]
        if inner and all(isinstance(child, nodes.image) for child in inner):
            return self.blocks(inner, level)
        return [{"t": "paragraph", "c": self.inline(node.children)}]

    def items(self, node: nodes.Element, level: int) -> list[Data]:
        """A bulleted or numbered list."""
        return [
            {
                "t": "enum" if isinstance(node, nodes.enumerated_list) else "list",
                "start": node.get("start", 1),
                "items": [self.blocks(item.children, level) for item in node.children],
            }
        ]

    def definitions(self, node: nodes.Element, level: int) -> list[Data]:
        """Terms with their definitions."""
        items = []
        for item in node.children:
            terms = [c for c in item.children if isinstance(c, nodes.term)]
            bodies = [c for c in item.children if isinstance(c, nodes.definition)]
            items.append(
                {
                    "term": [n for term in terms for n in self.inline(term.children)],
                    "c": [b for body in bodies for b in self.blocks(body.children, level)],
                }
            )
        return [{"t": "terms", "items": items}]

    def fields(self, node: nodes.Element, level: int) -> list[Data]:
        """A field list, set as terms."""
        items = []
        for field in node.children:
            name, body = field.children[0], field.children[1]
            items.append(
                {"term": self.inline(name.children), "c": self.blocks(body.children, level)}
            )
        return [{"t": "terms", "items": items}]

    def table(self, node: nodes.Element, level: int) -> list[Data]:
        """A table; cells that span are set in their first place."""
        caption = next((c for c in node.children if isinstance(c, nodes.title)), None)
        head: list[list[Data]] = []
        body: list[list[Data]] = []
        for row in node.findall(nodes.row):
            cells = [
                {
                    "align": _align(cell),
                    "colspan": cell.get("morecols", 0) + 1,
                    "rowspan": cell.get("morerows", 0) + 1,
                    "c": self.blocks(cell.children, level),
                }
                for cell in row.findall(nodes.entry)
            ]
            (head if isinstance(row.parent, nodes.thead) else body).append(cells)
        columns = sum(1 for _ in node.findall(nodes.colspec))
        return [
            {
                "t": "table",
                "columns": max(columns, 1),
                "head": head,
                "rows": body,
                "caption": self.inline(caption.children) if caption is not None else [],
            }
        ]

    def picture(self, node: nodes.Element, caption: nodes.Element | None = None) -> list[Data]:
        """An image; its alternative text in words where it cannot be set."""
        staged = self.desk.image(node.get("uri", ""))
        words = self.inline(caption.children) if caption is not None else []
        if not staged:
            alternative = [{"t": "text", "s": text(node.get("alt", ""))}]
            content = words or (alternative if node.get("alt") else [])
            return [{"t": "paragraph", "c": [{"t": "emph", "c": content}]}] if content else []
        return [
            {
                "t": "figure",
                "file": staged,
                "alt": text(node.get("alt", "")),
                "width": _share(node.get("width", "")),
                "caption": words,
            }
        ]

    def figure(self, node: nodes.Element, level: int) -> list[Data]:
        """An image with a caption and perhaps a legend."""
        caption = next((c for c in node.children if isinstance(c, nodes.caption)), None)
        image = next(iter(node.findall(nodes.image)), None)
        legend = [c for c in node.children if isinstance(c, nodes.legend)]
        found = self.picture(image, caption) if image is not None else []
        return found + [b for one in legend for b in self.blocks(one.children, level)]

    def admonition(self, title: str, children: list[nodes.Node], level: int) -> Data:
        """A box with a title."""
        return {
            "t": "admonition",
            "title": [{"t": "text", "s": title}],
            "c": self.blocks(children, level),
        }

    def titled_admonition(self, node: nodes.Element, level: int) -> list[Data]:
        """A box whose title the editors wrote."""
        title, *rest = node.children
        box = self.admonition("", rest, level)
        return [box | {"title": self.inline(title.children)}]

    def listing(self, node: neutral.Listing) -> list[Data]:
        """What a directive asks for, from the volume."""
        volume = self.desk.volume
        data: Data | None = None
        if isinstance(node, neutral.PaperList):
            chosen = [
                paper
                for paper in volume.shown
                if (not node["tracks"] and not node["keys"])
                or paper.track in node["tracks"]
                or paper.key in node["keys"]
            ]
            entries = [contents.entry(self.desk, p, abstract=node["abstracts"]) for p in chosen]
            data = {"kind": "papers", "papers": entries} if entries else None
        elif isinstance(node, neutral.ProgramTable):
            ids = node["sessions"]
            some = [one for one in volume.program.walk() if one.id in ids] if ids else None
            data = schedule.program(self.desk, some, node["date"])
            data = data if data["days"] else None
        elif isinstance(node, neutral.TalkList):
            kinds = node["kinds"]
            talks = tuple(t for t in volume.program.talks if not kinds or t.kind in kinds)
            data = sections.talks(self.desk, talks) if talks else None
        elif isinstance(node, neutral.PeopleList):
            ids = node["committees"]
            groups = tuple(c for c in volume.committees if not ids or c.id in ids)
            data = sections.committees(self.desk, groups) if groups else None
        elif isinstance(node, neutral.SponsorList):
            titles = node["tiers"]
            tiers = tuple(t for t in volume.sponsors if t.title in titles) if titles else None
            data = sections.sponsors(self.desk, tiers)
            data = data if data["tiers"] or data["acknowledgement"] else None
        elif isinstance(node, neutral.DateList):
            data = dates(self.desk) if volume.dates else None
        elif isinstance(node, neutral.TopicList):
            topics = [[{"t": "paragraph", "c": _with_formulas(topic)}] for topic in volume.topics]
            return [{"t": "list", "start": 1, "items": topics}] if topics else []
        elif isinstance(node, neutral.CitationHint):
            return [_paragraph(sections.citation(self.desk, node["paper"]))]
        # Downloads are the site's: who holds the booklet has it.
        return [{"t": "listing", "data": data}] if data else []

    # Inline

    def inline(self, children: Iterable[nodes.Node]) -> list[Data]:
        """Inline nodes."""
        return [data for child in children for data in self.span(child)]

    def span(self, node: nodes.Node) -> list[Data]:
        """What one inline node amounts to."""
        if isinstance(node, nodes.Text):
            return [{"t": "text", "s": text(node.astext().replace("\n", " "))}]
        if isinstance(node, neutral.Reference):
            return self.mention(node)
        if isinstance(node, nodes.reference):
            return self.link(node)
        if isinstance(node, nodes.footnote_reference):
            note = self.footnotes.get(node.get("refid", ""))
            body = [c for c in note.children if not isinstance(c, nodes.label)] if note else []
            return [{"t": "footnote", "c": self.blocks(body, 6)}] if body else []
        if isinstance(node, nodes.math):
            return rich(Markup((Math(node.astext()),)))
        if isinstance(node, nodes.image):
            staged = self.desk.image(node.get("uri", ""))
            alternative = text(node.get("alt", ""))
            if staged:
                return [{"t": "image", "file": staged, "alt": alternative}]
            return [{"t": "text", "s": alternative}] if alternative else []
        if isinstance(node, nodes.Invisible | nodes.raw):
            return []
        for kind, style in _STYLES.items():
            if isinstance(node, kind):
                return [{"t": style, "c": self.inline(node.children)}]
        if isinstance(node, nodes.Element):
            inner = self.inline(node.children)
            struck = "strike" in node.get("classes", ())
            return [{"t": "strike", "c": inner}] if struck else inner
        return []

    def link(self, node: nodes.reference) -> list[Data]:
        """A link to an address, to another page of this booklet, or within this page."""
        inner = self.inline(node.children)
        if "refid" in node:
            label = self.labels.get(node["refid"], "")
            return [{"t": "jump", "label": label, "c": inner}] if label else inner
        target = node.get("refuri", "")
        if outside := address(target):
            return [{"t": "link", "u": outside, "c": inner}]
        file = target.partition("#")[0]
        if file in self.desk.prose:
            return [{"t": "jump", "label": page_id(file), "c": inner}]
        return inner

    def mention(self, node: neutral.Reference) -> list[Data]:
        """A paper, author or session in running text; as its id where it names nothing."""
        words = self.inline(node.children)
        volume = self.desk.volume
        if isinstance(node, neutral.PaperReference):
            paper = volume.paper(node["key"])
            if paper is None:
                return words or [{"t": "text", "s": text(node["key"])}]
            href = self.desk.paper_href(paper) or paper_address(paper)
            inner = words or rich(paper.title)
            return [{"t": "paper", "u": href, "page": self.desk.page(paper.key), "c": inner}]
        if isinstance(node, neutral.AuthorReference):
            found = next((a.name.full for a in authors(volume) if a.id == node["id"]), node["id"])
        else:
            sessions = volume.program.walk()
            found = next((s.title for s in sessions if s.id == node["id"]), node["id"])
        return words or [{"t": "text", "s": text(found)}]


def dates(desk: Desk) -> Data:
    """The important dates."""
    return {
        "kind": "dates",
        "dates": [
            {
                "what": text(one.what),
                "when": wording.date(one.date) if one.date else text(one.text),
                "replaces": text(one.replaces),
            }
            for one in desk.volume.dates
        ],
    }


def _paragraph(words: str) -> Data:
    return {"t": "paragraph", "c": [{"t": "text", "s": text(words)}]}


def _with_formulas(words: str) -> list[Data]:
    """Plain text in which `$…$` is a formula, as editors write it in lists of topics."""
    parts = re.split(r"\$([^$]+)\$", words)
    nodes_of = (Math(part) if place % 2 else Text(text(part)) for place, part in enumerate(parts))
    return rich(Markup(tuple(nodes_of)))


def _align(cell: nodes.Element) -> str:
    for side in ("right", "center"):
        if f"text-{side}" in cell["classes"]:
            return side
    return "left"


def _share(width: str) -> float:
    """A width in per cent as a share of the column; 0 where the picture's own size should do."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*%\s*", width)
    return min(float(match[1]) / 100, 1.0) if match else 0


_Block = Callable[[_Page, Any, int], list[Data]]

_BLOCKS: Mapping[type[nodes.Node], _Block] = {
    nodes.paragraph: _Page.paragraph,
    nodes.bullet_list: _Page.items,
    nodes.enumerated_list: _Page.items,
    nodes.definition_list: _Page.definitions,
    nodes.field_list: _Page.fields,
    nodes.table: _Page.table,
    nodes.figure: _Page.figure,
    nodes.image: lambda page, node, _: page.picture(node),
    nodes.block_quote: lambda page, node, level: [
        {"t": "quote", "c": page.blocks(node.children, level)}
    ],
    nodes.attribution: lambda page, node, _: [
        {"t": "attribution", "c": page.inline(node.children)}
    ],
    nodes.literal_block: lambda _, node, __: [{"t": "code", "s": text(node.astext())}],
    nodes.math_block: lambda _, node, __: [
        {"t": "display", "c": rich(Markup((Math(node.astext(), display=True),)))}
    ],
    nodes.transition: lambda _, __, ___: [{"t": "rule"}],
    nodes.rubric: lambda page, node, _: [
        {"t": "paragraph", "c": [{"t": "strong", "c": page.inline(node.children)}]}
    ],
    nodes.admonition: _Page.titled_admonition,
    nodes.line_block: lambda page, node, _: [
        {"t": "lines", "lines": [page.inline(line.children) for line in node.findall(nodes.line)]}
    ],
}

_STYLES: Mapping[type[nodes.Node], str] = {
    nodes.emphasis: "emph",
    nodes.strong: "strong",
    nodes.literal: "code",
    nodes.superscript: "sup",
    nodes.subscript: "sub",
    nodes.title_reference: "emph",
}

"""A page of prose as data for Typst: docutils' nodes become plain JSON, our own become sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from docutils import nodes

from builder.booklet.desk import Data, Desk, rich, text
from builder.booklet.listings import listing
from builder.booklet.running import Running, page_id
from builder.model.markup import Markup, Math
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


class _Page:
    """One page being rendered: which labels it has, and its footnotes."""

    def __init__(self, desk: Desk, file: str, document: Document) -> None:
        self.desk = desk
        self.labels: dict[str, str] = {}
        self.footnotes: dict[str, nodes.Element] = {}
        for node in document.tree.findall(nodes.Element):
            for id in node["ids"]:
                if isinstance(node, nodes.footnote):
                    self.footnotes[id] = node
                elif isinstance(node, nodes.section):
                    self.labels[id] = f"{page_id(file)}/{node['ids'][0]}"
        self.running = Running(desk, self.labels, self.footnote)

    def footnote(self, id: str) -> list[Data]:
        """What the footnote of that id says."""
        note = self.footnotes.get(id)
        body = [c for c in note.children if not isinstance(c, nodes.label)] if note else []
        return self.blocks(body, 6)

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
                        "c": self.running.render(title.children),
                    }
                ]
            rest = [child for child in node.children if child is not title]
            return heading + self.blocks(rest, level + 1)
        if isinstance(node, neutral.Listing):
            return listing(self.desk, node)
        for one, render in _BLOCKS.items():
            if isinstance(node, one):
                return render(self, node, level)
        if isinstance(node, nodes.Inline | nodes.Text):
            return [{"t": "paragraph", "c": self.running.render([node])}]
        if isinstance(node, nodes.Invisible | nodes.footnote | nodes.substitution_definition):
            return []
        if isinstance(node, nodes.Admonition):
            kind = type(node).__name__
            label = self.desk.say(f"box-{kind}", kind.capitalize())
            return [self.admonition(label, list(node.children), level)]
        if isinstance(node, nodes.Element) and node.children:
            return self.blocks(node.children, level)
        return (
            [{"t": "paragraph", "c": self.running.render([node])}] if node.astext().strip() else []
        )

    def paragraph(self, node: nodes.Element, level: int) -> list[Data]:
        """A paragraph; pictures that stand alone in it become figures of their own."""
        inner = [
            c for c in node.children if not (isinstance(c, nodes.Text) and not c.astext().strip())
        ]
        if inner and all(isinstance(child, nodes.image) for child in inner):
            return self.blocks(inner, level)
        return [{"t": "paragraph", "c": self.running.render(node.children)}]

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
                    "term": [n for term in terms for n in self.running.render(term.children)],
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
                {"term": self.running.render(name.children), "c": self.blocks(body.children, level)}
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
                "caption": self.running.render(caption.children) if caption is not None else [],
            }
        ]

    def picture(self, node: nodes.Element, caption: nodes.Element | None = None) -> list[Data]:
        """An image; its alternative text in words where it cannot be set."""
        staged = self.desk.image(node.get("uri", ""))
        words = self.running.render(caption.children) if caption is not None else []
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
        return [box | {"title": self.running.render(title.children)}]


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
        {"t": "attribution", "c": page.running.render(node.children)}
    ],
    nodes.literal_block: lambda _, node, __: [{"t": "code", "s": text(node.astext())}],
    nodes.math_block: lambda _, node, __: [
        {"t": "display", "c": rich(Markup((Math(node.astext(), display=True),)))}
    ],
    nodes.transition: lambda _, __, ___: [{"t": "rule"}],
    nodes.rubric: lambda page, node, _: [
        {"t": "paragraph", "c": [{"t": "strong", "c": page.running.render(node.children)}]}
    ],
    nodes.admonition: _Page.titled_admonition,
    nodes.line_block: lambda page, node, _: [
        {
            "t": "lines",
            "lines": [page.running.render(line.children) for line in node.findall(nodes.line)],
        }
    ],
}

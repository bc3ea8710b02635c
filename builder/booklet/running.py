"""Running text in prose as data for Typst: emphasis, links, mentions, footnotes, formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from docutils import nodes

from builder.booklet.desk import Data, Desk, paper_address, rich, text
from builder.model import authors
from builder.model.markup import Markup, Math
from builder.model.markup.html import address
from builder.prose import nodes as neutral


def page_id(file: str) -> str:
    """The label of a page within the front matter: another one for every file."""
    return f"page-{quote(file.removesuffix('.md'), safe='')}"


@dataclass(frozen=True, slots=True)
class Running:
    """The running text of one page."""

    desk: Desk
    labels: Mapping[str, str]
    """Labels of the page's sections, by id."""
    footnote: Callable[[str], list[Data]]
    """A footnote's blocks, by id; none where there is no such footnote."""

    def render(self, children: Iterable[nodes.Node]) -> list[Data]:
        """Inline nodes."""
        return [data for child in children for data in self._span(child)]

    def _span(self, node: nodes.Node) -> list[Data]:
        """What one inline node amounts to."""
        if isinstance(node, nodes.Text):
            return [{"t": "text", "s": text(node.astext().replace("\n", " "))}]
        if isinstance(node, neutral.Reference):
            return self._mention(node)
        if isinstance(node, nodes.reference):
            return self._link(node)
        if isinstance(node, nodes.footnote_reference):
            body = self.footnote(node.get("refid", ""))
            return [{"t": "footnote", "c": body}] if body else []
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
                return [{"t": style, "c": self.render(node.children)}]
        if isinstance(node, nodes.Element):
            inner = self.render(node.children)
            struck = "strike" in node.get("classes", ())
            return [{"t": "strike", "c": inner}] if struck else inner
        return []

    def _link(self, node: nodes.reference) -> list[Data]:
        """A link to an address, to another page of this booklet, or within this page."""
        inner = self.render(node.children)
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

    def _mention(self, node: neutral.Reference) -> list[Data]:
        """A paper, author or session in running text; as its id where it names nothing."""
        words = self.render(node.children)
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


_STYLES: Mapping[type[nodes.Node], str] = {
    nodes.emphasis: "emph",
    nodes.strong: "strong",
    nodes.literal: "code",
    nodes.superscript: "sup",
    nodes.subscript: "sub",
    nodes.title_reference: "emph",
}

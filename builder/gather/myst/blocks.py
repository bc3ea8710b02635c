"""Paragraphs, headings, lists, quotations and displayed formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pylatexenc.latexwalker import (
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
)

from builder.gather.myst import markdown
from builder.gather.myst.inline import Inline, tidy
from builder.gather.myst.vocabulary import (
    BLOCK,
    BREAK,
    DEEPEST,
    HEADINGS,
    LITERAL,
    MATH,
    QUOTES,
    TRANSPARENT,
)


class Blocks(Inline):
    """Walks the nodes of a whole text."""

    def blocks(self, nodes: Iterable[Any]) -> list[str]:
        """Paragraphs, headings, lists and so on."""
        done: list[str] = []
        line: list[Any] = []

        def flush() -> None:
            for part in self.inline(line).split(BREAK):
                if part.startswith(BLOCK):
                    done.append(part.removeprefix(BLOCK))
                elif words := tidy(part):
                    done.append(markdown.line_starts(words) if self.markdown else words)
            line.clear()

        for node in nodes:
            made = self.block(node)
            if made is None:
                line.append(node)
            else:
                flush()
                done.extend(made)
        flush()
        return done

    def block(self, node: Any) -> list[str] | None:
        """The blocks that `node` makes, or `None` if it belongs into a line of text."""
        if isinstance(node, LatexMacroNode):
            if node.macroname in HEADINGS:
                words = tidy(self.argument(node))
                mark = "#" * HEADINGS[node.macroname] + " " if self.markdown else ""
                return [mark + words.replace("\n", " ")] if words else []
            return [] if node.macroname == "par" else None
        if isinstance(node, LatexMathNode) and node.displaytype == "display":
            return [self.display(node)]
        if isinstance(node, LatexGroupNode) and any(
            isinstance(child, LatexEnvironmentNode) for child in node.nodelist
        ):
            return self.deeper(node.nodelist)
        if isinstance(node, LatexEnvironmentNode):
            return self.environment(node)
        return None

    def deeper(self, nodes: Iterable[Any]) -> list[str]:
        """Blocks one level further down, with an end."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise RecursionError
        try:
            return self.blocks(nodes)
        finally:
            self.depth -= 1

    def environment(self, node: Any) -> list[str]:
        """The blocks of one environment."""
        name = node.environmentname.rstrip("*")
        if name in {"itemize", "enumerate", "description", "compactitem", "compactenum"}:
            return ["\n".join(self.items(node.nodelist, numbered="enum" in name))]
        if name in QUOTES:
            inner = "\n\n".join(self.deeper(node.nodelist))
            return [re.sub(r"(?m)^", "> ", inner)] if self.markdown else [inner]
        if name in MATH:
            return [self.display(node)]
        if name in LITERAL:
            return [self.literal(self.body(node))]
        if name not in TRANSPARENT:
            what = f"the environment “{name}”"
            if name in {"tabular", "table", "figure", "tabularx", "longtable"}:
                self.problem(node, f"{what} was kept as LaTeX")
                return [self.literal(node.latex_verbatim())]
            self.problem(node, f"{what} is unknown; what it holds was kept")
        return self.deeper(node.nodelist)

    def body(self, node: Any) -> str:
        r"""The source between `\begin` and `\end`."""
        text = re.sub(r"^\\begin\{[^}]*\}(\[[^\]]*\])?", "", node.latex_verbatim())
        return re.sub(r"\\end\{[^}]*\}$", "", text)

    def literal(self, text: str) -> str:
        """Text shown exactly as it is."""
        text = text.strip("\n")
        if not self.markdown:
            return text
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"{fence}text\n{text}\n{fence}"

    def display(self, node: Any) -> str:
        """A displayed formula."""
        if isinstance(node, LatexEnvironmentNode):
            name = node.environmentname
            body = self.body(node).strip()
            if name.rstrip("*") in {"align", "gather", "multline", "eqnarray"}:
                inner = "aligned" if name.startswith(("align", "eqn")) else "gathered"
                body = f"\\begin{{{inner}}}{body}\\end{{{inner}}}"
        else:
            body = "".join(child.latex_verbatim() for child in node.nodelist).strip()
        body = re.sub(r"\n\s*\n", "\n", body)
        return f"$$\n{body}\n$$" if self.markdown else body

    def items(self, nodes: Iterable[Any], *, numbered: bool) -> list[str]:
        """The lines of a list."""
        groups: list[tuple[Any, list[Any]]] = []
        for node in nodes:
            if isinstance(node, LatexMacroNode) and node.macroname == "item":
                groups.append((node, []))
            elif groups:
                groups[-1][1].append(node)
            elif not isinstance(node, LatexCommentNode) and node.latex_verbatim().strip():
                self.problem(node, "text stands in a list before its first item; it was left out")
        lines = []
        for number, (item, inner) in enumerate(groups, 1):
            mark = f"{number}. " if numbered else "- "
            blocks = self.deeper(inner)
            arguments = item.nodeargd.argnlist if item.nodeargd else ()
            if arguments and arguments[0] is not None:
                term = tidy(self.inline([arguments[0]]))
                term = f"**{term}**" if self.markdown and term else term
                blocks = [f"{term} {blocks[0]}" if blocks else term, *blocks[1:]]
            text = "\n\n".join(blocks)
            lines.append(mark + text.replace("\n", "\n" + " " * len(mark)).replace(" \n", "\n"))
        return [re.sub(r"(?m)^[ \t]+$", "", line) for line in lines]

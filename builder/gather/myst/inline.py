"""Nodes of LaTeX within a line, as MyST or as plain text."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexSpecialsNode,
)

from builder.gather.myst import markdown
from builder.gather.myst.vocabulary import (
    BLOCK,
    BREAK,
    DEEPEST,
    EMPHASIS,
    LAYOUT,
    SPACES,
    STRONG,
    SWITCHES,
    UNSTYLED,
    WORDS,
)


class Inline(ABC):
    """Walks the nodes of a stretch of text."""

    def __init__(self, tex: str, markdown: bool) -> None:
        self.tex = tex
        self.markdown = markdown
        self.problems: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self.depth = 0
        self.simple = LatexNodes2Text(keep_comments=False, strict_latex_spaces=False)

    @abstractmethod
    def environment(self, node: Any) -> list[str]:
        """The blocks of an environment that stands within a line."""

    def problem(self, node: Any, what: str) -> None:
        """Reports that `node` has no counterpart."""
        self.problems.append((self.tex.count("\n", 0, node.pos) + 1, what))

    def escape(self, text: str) -> str:
        """Text in the language being written."""
        return markdown.inline(text) if self.markdown else text

    def inline(self, nodes: Sequence[Any]) -> str:
        """A stretch of text; paragraph boundaries as `BREAK`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise RecursionError
        try:
            pieces = []
            unknown = False
            for node in nodes:
                if unknown and isinstance(node, LatexGroupNode) and node.delimiters[0] == "{":
                    # The argument of a command that nobody here knows keeps its braces.
                    inner = self.inline(node.nodelist)
                    pieces.append(self.escape("{") + inner + self.escape("}"))
                    continue
                before = len(self.problems)
                pieces.append(self.piece(node))
                unknown = isinstance(node, LatexMacroNode) and len(self.problems) > before
            return "".join(pieces)
        finally:
            self.depth -= 1

    def argument(self, node: Any, at: int = -1) -> str:
        """One argument of a macro, converted."""
        arguments = node.nodeargd.argnlist if node.nodeargd else ()
        if not arguments or arguments[at] is None:
            return ""
        chosen = arguments[at]
        return self.inline(chosen.nodelist if isinstance(chosen, LatexGroupNode) else [chosen])

    def source(self, node: Any, at: int = -1) -> str:
        """One argument of a macro as it stands in the source (addresses)."""
        arguments = node.nodeargd.argnlist if node.nodeargd else ()
        if not arguments or arguments[at] is None:
            return ""
        text = arguments[at].latex_verbatim().strip()
        if text.startswith("{") and text.endswith("}"):
            text = text[1:-1]
        return re.sub(r"\\([%#&_~{}$])", r"\1", text).replace("\\-", "").strip()

    def piece(self, node: Any) -> str:
        """One node of a line."""
        if isinstance(node, LatexCharsNode):
            return self.characters(node.chars)
        if isinstance(node, LatexCommentNode):
            return BREAK if re.search(r"\n\s*\n", node.comment_post_space or "") else ""
        if isinstance(node, LatexSpecialsNode):
            return self.special(node)
        if isinstance(node, LatexMathNode):
            body = " ".join("".join(child.latex_verbatim() for child in node.nodelist).split())
            if not self.tex.startswith(
                node.delimiters[1], node.pos + node.len - len(node.delimiters[1])
            ):
                self.problem(node, f"a “{node.delimiters[0]}” without its end was kept as text")
                return self.escape(node.delimiters[0]) + self.inline(node.nodelist)
            return f"${body}$" if self.markdown and body else body
        if isinstance(node, LatexGroupNode):
            return self.group(node)
        if isinstance(node, LatexEnvironmentNode):
            blocks = [BLOCK + block for block in self.environment(node)]
            return BREAK.join(("", *blocks, ""))
        if isinstance(node, LatexMacroNode):
            return self.macro(node) + self.space_after(node)
        return ""

    def characters(self, text: str) -> str:
        """Plain characters, quotes and dashes as TeX sets them."""
        text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
        text = text.replace("`", "‘").replace("'", "’").replace("~", "\u00a0")
        parts = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text)
        return BREAK.join(self.escape(part) for part in parts)

    def special(self, node: Any) -> str:
        """Active characters and ligatures."""
        if "\n" in node.specials_chars:
            return BREAK
        if node.specials_chars == "&":
            return self.escape(" ")
        return self.characters(node.specials_chars)

    def group(self, node: Any) -> str:
        r"""A group in braces, perhaps with a switch in front (`{\bf so}`)."""
        children = list(node.nodelist)
        if children and isinstance(children[0], LatexMacroNode):
            mark = SWITCHES.get(children[0].macroname)
            if mark:
                return self.styled(mark, self.inline(children[1:]))
        opening, closing = node.delimiters
        inner = self.inline(children)
        if opening == "{":
            return inner
        return self.escape(opening) + inner + self.escape(closing)

    def styled(self, mark: str, text: str) -> str:
        """Text between Markdown's marks, each paragraph by itself, spaces kept outside."""
        if not self.markdown:
            return text
        done = []
        for part in text.split(BREAK):
            core = part.strip()
            before = part[: len(part) - len(part.lstrip())]
            after = part[len(part.rstrip()) :] if core else ""
            done.append(f"{before}{mark}{core}{mark}{after}" if core else part)
        return BREAK.join(done)

    def space_after(self, node: Any) -> str:
        r"""A space that TeX swallows after `\foo` is wanted back where the macro made no text."""
        blank = node.macro_post_space or ""
        return BREAK if re.search(r"\n\s*\n", blank) else ""

    def macro(self, node: Any) -> str:
        """One macro in a line of text."""
        name = node.macroname
        if name in EMPHASIS:
            return self.styled("*", self.argument(node))
        if name in STRONG:
            return self.styled("**", self.argument(node))
        if name in {"paragraph", "subparagraph"}:
            return BREAK + self.styled("**", self.argument(node)) + " "
        if name == "texttt":
            return self.code(self.argument(node), node)
        if name in UNSTYLED:
            return self.argument(node)
        if name in {"href", "url", "nolinkurl"}:
            return self.link(node)
        if name in {"footnote", "thanks"}:
            return self.footnote(node)
        if name in LAYOUT or name in SWITCHES:
            return ""
        if name in SPACES:
            return SPACES[name]
        if name in {"\\", "newline"}:
            return "\\\n" if self.markdown else "\n"
        if name in WORDS:
            return self.escape(WORDS[name]) + (" " if node.macro_post_space else "")
        if len(name) == 1 and name in "%&#_${}":
            return self.escape(name)
        return self.symbol(node)

    def symbol(self, node: Any) -> str:
        """An accent or a symbol, if there is a character for it; otherwise the source, reported."""
        source = node.latex_verbatim()
        name = node.macroname
        text = ""
        if name not in {"input", "include", "includegraphics", "cite", "citep", "citet", "ref"}:
            try:
                text = self.simple.nodelist_to_text([node])
            except (IndexError, KeyError, AttributeError, TypeError, ValueError):
                text = ""
        if text.strip() and "\\" not in text:
            space = (
                " " if node.macro_post_space and name.isalpha() and not _has_argument(node) else ""
            )
            return self.escape(text.strip()) + space
        self.problem(node, f"“{' '.join(source.split())[:60]}” has no counterpart; it was kept")
        return self.escape(source)

    def code(self, text: str, node: Any) -> str:
        """Typewriter text, as code where nothing inside is styled."""
        raw = self.source(node)
        if not self.markdown or "\\" in raw or "`" in raw or BREAK in text:
            return text
        return f"`{raw}`" if raw else ""

    def link(self, node: Any) -> str:
        """An address; schemes that run something are kept as text only."""
        url = re.sub(r"\s+", "", self.source(node, 0))
        text = self.argument(node) if node.macroname == "href" else ""
        text = tidy(text.replace(BREAK, " "))
        if not re.match(r"(https?://|mailto:)[^\s<>]+$", url, re.IGNORECASE):
            if url.startswith("www."):
                url = "https://" + url
            else:
                self.problem(node, f"the link to “{url[:60]}” was kept as text")
                return f"{text} ({self.escape(url)})" if text else self.escape(url)
        if not self.markdown:
            return f"{text} ({url})" if text and text != url else url
        return f"[{text}](<{url}>)" if text else f"<{url}>"

    def footnote(self, node: Any) -> str:
        """A note; its text goes to the end."""
        text = tidy(self.argument(node).replace(BREAK, " "))
        if not self.markdown:
            return f" ({text})" if text else ""
        self.notes.append(text.replace("\n", " "))
        return f"[^{len(self.notes)}]"


def _has_argument(node: Any) -> bool:
    arguments = node.nodeargd.argnlist if node.nodeargd else ()
    return any(argument is not None for argument in arguments or ())


def tidy(text: str) -> str:
    """Runs of blanks as one; line ends where the source has them, nothing at either end."""
    lines = [re.sub(r"[ \t]+", " ", line).strip(" \t") for line in text.split("\n")]
    return "\n".join(line for line in lines if line).strip().removesuffix("\\").strip()

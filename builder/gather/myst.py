"""LaTeX prose (prefaces, abstracts and biographies of speakers) as MyST Markdown or plain text.

What has no counterpart is kept as text and reported with its line: nothing an editor wrote is
lost. Nothing is executed and no file is included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
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
    LatexWalker,
    LatexWalkerParseError,
    get_default_latex_context_db,
)
from pylatexenc.macrospec import MacroSpec

_HEADINGS = {"chapter": 2, "section": 2, "subsection": 3, "subsubsection": 4}
_EMPHASIS = {"emph", "textit", "textsl"}
_STRONG = {"textbf"}
_UNSTYLED = {"text", "textrm", "textnormal", "textsf", "textsc", "textmd", "textup", "underline"}
_UNSTYLED |= {"mbox", "hbox", "makebox", "uline", "centerline", "textcolor", "MakeUppercase"}
_SWITCHES = {"em": "*", "it": "*", "itshape": "*", "sl": "*", "bf": "**", "bfseries": "**"}
_LAYOUT = {
    *("noindent", "indent", "centering", "raggedright", "raggedleft", "newpage", "clearpage"),
    *("cleardoublepage", "pagebreak", "bigskip", "medskip", "smallskip", "hfill", "vfill"),
    *("vspace", "hspace", "label", "maketitle", "thispagestyle", "pagestyle", "phantomsection"),
    *("small", "footnotesize", "scriptsize", "tiny", "normalsize", "large", "Large", "LARGE"),
    *("huge", "Huge", "rm", "sf", "tt", "sc", "selectfont", "sloppy", "protect", "frenchspacing"),
    *("addcontentsline", "setlength", "setcounter", "par", "null", "relax", "linebreak", "-", "/"),
    *("documentclass", "usepackage", "addtolength", "baselineskip", "parskip", "parindent"),
}
_SPACES = {" ": " ", ",": "\u202f", ";": " ", ":": " ", "quad": " ", "qquad": " ", "!": ""}
_WORDS = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "today": r"\today",
    "@": "",
    "xspace": "",
}
_TRANSPARENT = {
    *(
        "center",
        "flushleft",
        "flushright",
        "minipage",
        "abstract",
        "document",
        "small",
        "sloppypar",
    ),
    *("raggedright", "spacing", "multicols", "footnotesize", "large", "singlespace", "par"),
}
_QUOTES = {"quote", "quotation", "verse", "displayquote"}
_MATH = {"equation", "align", "gather", "multline", "eqnarray", "displaymath", "math"}
_LITERAL = {"verbatim", "lstlisting", "verbatim*"}
_BREAK = "\0"
"""Stands for a paragraph boundary while inline text is put together; no input holds it."""
_BLOCK = "\1"
"""Stands before a block that is finished, in a stretch of inline text."""
_DEEPEST = 40


@dataclass(slots=True)
class Converted:
    """Text in its new form, and what could not be converted."""

    text: str
    problems: list[tuple[int, str]] = field(default_factory=list)
    """(line from 1, what it was), in the order of the text."""


def myst(tex: str) -> Converted:
    """LaTeX as MyST Markdown; sections become headings of level 2 and below."""
    return _convert(tex, markdown=True)


def plain(tex: str) -> Converted:
    """LaTeX as plain text, paragraphs separated by blank lines."""
    return _convert(tex, markdown=False)


def escape(text: str) -> str:
    """Plain text as MyST which says exactly that, wherever on a line it comes to stand."""
    return _line_starts(_escaped(text))


def _escaped(text: str) -> str:
    text = re.sub(r"([\\`*_\[\]<>$|~^{}])", r"\\\1", text)
    return re.sub(r"&(?=#?\w+;)", r"\\&", text)


def _line_starts(text: str) -> str:
    """Text whose lines begin no heading, list, rule, comment or target of Markdown."""
    text = re.sub(r"(?m)^(\s*)([#%+=:-])", r"\1\\\2", text)  # headings, comments, lists, rules
    text = re.sub(r"(?m)^(\s*)\((?=[^()\n]*\)=)", r"\1\\(", text)  # a target: (name)=
    return re.sub(r"(?m)^(\s*\d+)([.)])(?=\s|$)", r"\1\\\2", text)


@cache
def _context() -> Any:
    context = get_default_latex_context_db()
    macros = [
        MacroSpec(name, arguments)
        for name, arguments in {
            "href": "{{",
            "url": "{",
            "nolinkurl": "{",
            "footnote": "[{",
            "thanks": "{",
            "paragraph": "*[{",
            "subparagraph": "*[{",
            "chapter": "*[{",
            "section": "*[{",
            "subsection": "*[{",
            "subsubsection": "*[{",
            "textcolor": "{{",
            "uline": "{",
            "vspace": "*{",
            "hspace": "*{",
            "setlength": "{{",
            "addtolength": "{{",
            "setcounter": "{{",
            "thispagestyle": "{",
            "pagestyle": "{",
            "label": "{",
            "addcontentsline": "{{{",
            "includegraphics": "*[[{",
            "centerline": "{",
            "cite": "*[[{",
            "citep": "*[[{",
            "citet": "*[[{",
            "ref": "*{",
            "autoref": "*{",
            "item": "[",
            "input": "{",
            "include": "{",
            "MakeUppercase": "{",
            "\\": "*[",
            "documentclass": "[{",
            "usepackage": "[{",
            "textsl": "{",
            "textnormal": "{",
        }.items()
    ]
    context.add_context_category("prose", macros=macros, prepend=True)
    return context


def _convert(tex: str, *, markdown: bool) -> Converted:
    tex = tex.replace(_BREAK, "").replace(_BLOCK, "").replace("\r\n", "\n").replace("\r", "\n")
    writer = _Writer(tex, markdown)
    try:
        LatexWalker(tex, latex_context=_context(), tolerant_parsing=False).get_latex_nodes(pos=0)
    except LatexWalkerParseError as error:
        at = getattr(error, "pos", None) or 0
        what = str(getattr(error, "msg", "") or "it is not well-formed").split("\n")[0][:100]
        writer.problems.append((tex.count("\n", 0, at) + 1, f"faulty LaTeX: {what}"))
    except (RecursionError, IndexError, KeyError, AttributeError, TypeError):
        pass  # told below
    try:
        walker = LatexWalker(tex, latex_context=_context(), tolerant_parsing=True)
        nodes, _, _ = walker.get_latex_nodes(pos=0)
        blocks = writer.blocks(nodes)
    except (LatexWalkerParseError, RecursionError, IndexError, KeyError, AttributeError, TypeError):
        # pylatexenc gives up on rare malformed input in several ways: keep every word.
        writer.problems.append((1, "the text is not well-formed LaTeX; it was kept as it is"))
        kept = re.split(r"\n\s*\n", tex.strip())
        blocks = [escape(part) if markdown else part for part in kept]
        writer.notes.clear()
    blocks += [f"[^{number}]: {note}" for number, note in enumerate(writer.notes, 1)]
    text = "\n\n".join(block for block in blocks if block.strip())
    return Converted(text + "\n" if text else "", sorted(set(writer.problems)))


class _Writer:
    """Walks the nodes of one text."""

    def __init__(self, tex: str, markdown: bool) -> None:
        self.tex = tex
        self.markdown = markdown
        self.problems: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self.depth = 0
        self.simple = LatexNodes2Text(keep_comments=False, strict_latex_spaces=False)

    def problem(self, node: Any, what: str) -> None:
        """Reports that `node` has no counterpart."""
        self.problems.append((self.tex.count("\n", 0, node.pos) + 1, what))

    def escape(self, text: str) -> str:
        """Text in the language being written."""
        return _escaped(text) if self.markdown else text

    # Blocks

    def blocks(self, nodes: Iterable[Any]) -> list[str]:
        """Paragraphs, headings, lists and so on."""
        done: list[str] = []
        line: list[Any] = []

        def flush() -> None:
            for part in self.inline(line).split(_BREAK):
                if part.startswith(_BLOCK):
                    done.append(part.removeprefix(_BLOCK))
                elif words := _tidy(part):
                    done.append(_line_starts(words) if self.markdown else words)
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
            if node.macroname in _HEADINGS:
                words = _tidy(self.argument(node))
                mark = "#" * _HEADINGS[node.macroname] + " " if self.markdown else ""
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
        if self.depth > _DEEPEST:
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
        if name in _QUOTES:
            inner = "\n\n".join(self.deeper(node.nodelist))
            return [re.sub(r"(?m)^", "> ", inner)] if self.markdown else [inner]
        if name in _MATH:
            return [self.display(node)]
        if name in _LITERAL:
            return [self.literal(self.body(node))]
        if name not in _TRANSPARENT:
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
                term = _tidy(self.inline([arguments[0]]))
                term = f"**{term}**" if self.markdown and term else term
                blocks = [f"{term} {blocks[0]}" if blocks else term, *blocks[1:]]
            text = "\n\n".join(blocks)
            lines.append(mark + text.replace("\n", "\n" + " " * len(mark)).replace(" \n", "\n"))
        return [re.sub(r"(?m)^[ \t]+$", "", line) for line in lines]

    # Inline

    def inline(self, nodes: Sequence[Any]) -> str:
        """A stretch of text; paragraph boundaries as `_BREAK`."""
        self.depth += 1
        if self.depth > _DEEPEST:
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
            return _BREAK if re.search(r"\n\s*\n", node.comment_post_space or "") else ""
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
            blocks = [_BLOCK + block for block in self.environment(node)]
            return _BREAK.join(("", *blocks, ""))
        if isinstance(node, LatexMacroNode):
            return self.macro(node) + self.space_after(node)
        return ""

    def characters(self, text: str) -> str:
        """Plain characters, quotes and dashes as TeX sets them."""
        text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
        text = text.replace("`", "‘").replace("'", "’").replace("~", "\u00a0")
        parts = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text)
        return _BREAK.join(self.escape(part) for part in parts)

    def special(self, node: Any) -> str:
        """Active characters and ligatures."""
        if "\n" in node.specials_chars:
            return _BREAK
        if node.specials_chars == "&":
            return self.escape(" ")
        return self.characters(node.specials_chars)

    def group(self, node: Any) -> str:
        r"""A group in braces, perhaps with a switch in front (`{\bf so}`)."""
        children = list(node.nodelist)
        if children and isinstance(children[0], LatexMacroNode):
            mark = _SWITCHES.get(children[0].macroname)
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
        for part in text.split(_BREAK):
            core = part.strip()
            before = part[: len(part) - len(part.lstrip())]
            after = part[len(part.rstrip()) :] if core else ""
            done.append(f"{before}{mark}{core}{mark}{after}" if core else part)
        return _BREAK.join(done)

    def space_after(self, node: Any) -> str:
        r"""A space that TeX swallows after `\foo` is wanted back where the macro made no text."""
        blank = node.macro_post_space or ""
        return _BREAK if re.search(r"\n\s*\n", blank) else ""

    def macro(self, node: Any) -> str:
        """One macro in a line of text."""
        name = node.macroname
        if name in _EMPHASIS:
            return self.styled("*", self.argument(node))
        if name in _STRONG:
            return self.styled("**", self.argument(node))
        if name in {"paragraph", "subparagraph"}:
            return _BREAK + self.styled("**", self.argument(node)) + " "
        if name == "texttt":
            return self.code(self.argument(node), node)
        if name in _UNSTYLED:
            return self.argument(node)
        if name in {"href", "url", "nolinkurl"}:
            return self.link(node)
        if name in {"footnote", "thanks"}:
            return self.footnote(node)
        if name in _LAYOUT or name in _SWITCHES:
            return ""
        if name in _SPACES:
            return _SPACES[name]
        if name in {"\\", "newline"}:
            return "\\\n" if self.markdown else "\n"
        if name in _WORDS:
            return self.escape(_WORDS[name]) + (" " if node.macro_post_space else "")
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
        if not self.markdown or "\\" in raw or "`" in raw or _BREAK in text:
            return text
        return f"`{raw}`" if raw else ""

    def link(self, node: Any) -> str:
        """An address; schemes that run something are kept as text only."""
        url = re.sub(r"\s+", "", self.source(node, 0))
        text = self.argument(node) if node.macroname == "href" else ""
        text = _tidy(text.replace(_BREAK, " "))
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
        text = _tidy(self.argument(node).replace(_BREAK, " "))
        if not self.markdown:
            return f" ({text})" if text else ""
        self.notes.append(text.replace("\n", " "))
        return f"[^{len(self.notes)}]"


def _has_argument(node: Any) -> bool:
    arguments = node.nodeargd.argnlist if node.nodeargd else ()
    return any(argument is not None for argument in arguments or ())


def _tidy(text: str) -> str:
    """Runs of blanks as one; line ends where the source has them, nothing at either end."""
    lines = [re.sub(r"[ \t]+", " ", line).strip(" \t") for line in text.split("\n")]
    return "\n".join(line for line in lines if line).strip().removesuffix("\\").strip()

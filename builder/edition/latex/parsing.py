r"""A field's LaTeX, parsed once into `Markup`.

Only what people write into titles, abstracts and names is understood; everything else is a
problem that is reported, with its text kept. Unlike in a LaTeX document, `%` begins no comment
(BibTeX fields come from web forms, where it is a percent sign), `_` and `^` outside formulas are
themselves, and an apostrophe stays the character that was typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from builder.edition.latex import commands, problems, tokens
from builder.edition.latex.frame import Frame
from builder.edition.latex.problems import Problem
from builder.edition.latex.tidying import (
    PARAGRAPH,
    SPACE,
    balanced,
    inner_text,
    link,
    tidy,
    unescape_address,
    unstyled,
)
from builder.edition.source import CONTROL
from builder.model.markup import Break, Markup, Math, Node, Styled, Text
from builder.model.markup import plain as rendering

_NEEDS_PARSING = re.compile(r"[\\{}$~%`]|--|''")
_LONGEST = 4000
"""Characters of an address or of a formula in braces; what is longer was never closed."""
_PATIENCE = 20
"""Arguments that were never closed, after which none is looked for any more in this field."""
_DEEPEST = 40
"""Groups inside groups; nobody means more, and renderers recurse over what we hand out."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A field's text and what is wrong with its LaTeX."""

    markup: Markup
    problems: tuple[Problem, ...] = ()


def parse(tex: str) -> Parsed:
    r"""The LaTeX of a title or an abstract as `Markup`: styles, formulas, links, accents.

    Never raises. A braced word is kept as `protected` if it holds a capital (`{GAN}`), so that
    whoever writes BibTeX again can protect it again.
    """
    if CONTROL.search(tex) is None and _NEEDS_PARSING.search(tex) is None:
        return Parsed(unstyled(tex))
    return _Parser(tex).parse()


def plain(tex: str) -> str:
    """The LaTeX of a field as plain text in NFC, paragraphs separated by a blank line."""
    if CONTROL.search(tex) is None and _NEEDS_PARSING.search(tex) is None and "\n" not in tex:
        return unicodedata.normalize("NFC", SPACE.sub(" ", tex).strip(" "))
    return rendering.render(parse(tex).markup)


class _Parser:
    def __init__(self, tex: str) -> None:
        self.tex = CONTROL.sub(" ", tex)
        self.at = 0
        self.depth = 0
        self.quote_ends = -1
        self.unclosed = 0
        self.absent: set[str] = set()
        self.found: dict[str, tuple[int, dict[str, None]]] = {}
        if match := CONTROL.search(tex):
            self.problem(match.start(), f"U+{ord(match.group()):04X}", code="control-character")

    def parse(self) -> Parsed:
        frame = self.read(closing=False)
        return Parsed(Markup(tidy(frame.closed())), problems.told(self.found))

    def problem(self, at: int, what: str = "", *, code: str) -> None:
        self.found.setdefault(code, (at, {}))[1][what] = None

    # -- the tokens ----------------------------------------------------------------------------

    def read(self, *, closing: bool) -> Frame:
        """Reads to the end, or to the brace that closes this group, and steps over it."""
        frame = Frame()
        while self.at < len(self.tex):
            match = tokens.TOKEN.match(self.tex, self.at)
            assert match is not None  # the last alternative takes any character
            self.at = match.end()
            kind, sign = match.lastgroup, match[match.lastgroup or 0]
            if kind == "text":
                frame.text.append(sign)
            elif kind == "command":
                self.command(sign, match.start(), frame)
            elif kind == "symbol":
                self.symbol(sign, match.start(), frame)
            elif kind == "ligature":
                self.ligature(sign, match.start(), frame)
            elif kind == "dollars":
                self.dollars(sign, match.start(), frame)
            elif kind == "paragraph":
                frame.add(Break())
            elif sign == "}":
                if closing:
                    return frame
                self.problem(match.start(), code="latex-unbalanced")
            elif sign == "{":
                self.group(match.start(), frame)
            else:
                frame.text.append(sign)
        if closing:
            self.problem(max(len(self.tex) - 1, 0), code="latex-unbalanced")
        return frame

    def nested(self) -> tuple[Node, ...]:
        """What stands in the group whose opening brace was just read."""
        if self.depth >= _DEEPEST:
            self.problem(self.at, code="latex-unbalanced")
            return ()  # what follows is read as text of the group outside
        self.depth += 1
        nodes = self.read(closing=True).closed()
        self.depth -= 1
        return nodes

    def group(self, start: int, frame: Frame) -> None:
        special = self.tex.startswith("\\", start + 1)
        nodes = self.nested()
        capital = not special and any(char.isupper() for char in inner_text(nodes))
        if capital:
            frame.add(Styled("protected", nodes))
        else:
            frame.flush()  # `-{}-` is two hyphens, not a dash
            frame.nodes += nodes

    def ligature(self, sign: str, start: int, frame: Frame) -> None:
        if sign == "%":
            self.problem(start, code="latex-percent")
            frame.text.append("%")
        elif sign == "`":
            closing = tokens.QUOTED.match(self.tex, self.at)
            self.quote_ends = closing.end() - 1 if closing else -1
            frame.text.append("‘" if closing else "`")
        elif start == self.quote_ends:
            frame.text.append("’")
        else:
            frame.text.append(tokens.LIGATURES.get(sign, sign))

    def dollars(self, sign: str, start: int, frame: Frame) -> None:
        display = sign == "$$"
        if display and (match := tokens.DISPLAY.match(self.tex, self.at)) is None:
            self.problem(start, code="latex-math")
            return
        if not display and (match := tokens.DOLLAR.match(self.tex, self.at)) is None:
            self.problem(start, code="latex-math")
            frame.text.append("$")
            return
        assert match is not None
        tex = match[1]
        if not balanced(tex) or PARAGRAPH.search(tex):
            self.problem(start, code="latex-math")
            frame.text.append(sign)
            return
        if re.match(r"\d[\d.,]*\s+[a-z]{2,}.*\s\Z", tex, re.DOTALL):
            self.problem(start, "$" + SPACE.sub(" ", tex)[:30] + "$", code="latex-math")
        self.at = match.end()
        if tex.strip():
            frame.add(Math(SPACE.sub(" ", tex).strip(), display))

    def symbol(self, sign: str, start: int, frame: Frame) -> None:
        if sign in {"(", "["}:
            end = self.find("\\)" if sign == "(" else "\\]")
            if end < 0:
                self.problem(start, code="latex-math")
                frame.text.append(sign)
                return
            if tex := SPACE.sub(" ", self.tex[self.at : end]).strip():
                frame.add(Math(tex, sign == "["))
            self.at = end + 2
        elif sign == "\\":
            word = re.compile(r"[A-Za-z]+").match(self.tex, self.at)
            if word and commands.known(word[0]):
                self.problem(start, f"\\\\{word[0]}", code="latex-double-backslash")
            elif not word and (option := re.compile(r"\*?\[[^\]]*\]|\*").match(self.tex, self.at)):
                self.at = option.end()
            frame.text.append(" ")
        elif sign in commands.ACCENTS:
            self.accent(sign, frame)
        elif sign in commands.SYMBOLS:
            frame.text.append(commands.SYMBOLS[sign])
            frame.flush()
        else:
            self.problem(start, f"\\{sign}", code="latex-unknown-command")
            frame.text.append(sign)

    # -- commands ------------------------------------------------------------------------------

    def command(self, name: str, start: int, frame: Frame) -> None:
        bare = name.rstrip("*")
        if bare in commands.STYLES:
            nodes = self.argument()
            if nodes:
                frame.add(Styled(commands.STYLES[bare], nodes))
        elif bare in commands.DECLARATIONS:
            frame.flush()
            if style := commands.DECLARATIONS[bare]:
                frame.declared.append((style, len(frame.nodes)))
        elif bare in commands.ACCENTS:
            self.accent(bare, frame)
        elif bare in commands.TRANSPARENT:
            self.option()
            for _ in range(commands.TRANSPARENT[bare] - 1):
                self.raw_argument()
            frame.flush()
            frame.nodes += self.argument()
        elif bare in commands.IGNORED:
            for _ in range(commands.IGNORED[bare]):
                self.raw_argument()
        elif bare in commands.DROPPED:
            self.problem(start, f"\\{bare}", code="latex-dropped")
            self.option()
            self.option()
            self.raw_argument()
        elif bare in commands.SPACES:
            if bare == "hspace":
                self.raw_argument()
            frame.text.append(" ")
        elif bare in commands.MATH_ALPHABETS:
            frame.add(Math(f"\\{bare}{{{self.raw_argument()}}}"))
        else:
            self.special(bare, start, frame)

    def special(self, name: str, start: int, frame: Frame) -> None:
        """The commands that are none of a kind."""
        if name in {"url", "nolinkurl", "path"}:
            url = unescape_address(self.raw_argument())
            frame.add(link(url, (Text(url),)))
        elif name == "href":
            url = unescape_address(self.raw_argument())
            nodes = self.argument()
            frame.add(link(url, nodes or (Text(url),)))
        elif name == "ensuremath":
            frame.add(Math(self.raw_argument().strip()))
        elif name == "verb" and self.at < len(self.tex):
            end = self.tex.find(self.tex[self.at], self.at + 1)
            frame.add(Styled("code", (Text(self.tex[self.at + 1 : end]),)))
            self.at = end + 1 if end > 0 else len(self.tex)
        elif name == "par":
            frame.add(Break())
        elif name == "item":
            frame.add(Break())
            frame.text.append("• ")
        elif name == "enquote":
            frame.text.append("“")
            frame.flush()
            frame.nodes += self.argument()
            frame.text.append("”")
        elif name in {"begin", "end"}:
            self.environment(name, start, frame)
        elif (text := commands.character(name)) is not None:
            frame.text.append(text)
            frame.flush()
        else:
            self.problem(start, f"\\{name}", code="latex-unknown-command")

    def environment(self, name: str, start: int, frame: Frame) -> None:
        kind = self.raw_argument()
        bare = kind.rstrip("*")
        formula = name == "begin" and bare in tokens.MATH_ENVIRONMENTS
        if formula and (end := self.find(f"\\end{{{kind}}}")) >= 0:
            tex = SPACE.sub(" ", self.tex[self.at : end]).strip()
            if bare in {"align", "gather", "multline", "eqnarray", "flalign"}:
                tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
            frame.add(Math(tex, display=bare != "math"))
            self.at = end + len(kind) + 6
        elif bare in {"itemize", "enumerate", "description", "quote", "center", "abstract"}:
            frame.add(Break())
        else:
            self.problem(start, f"\\{name}{{{kind}}}", code="latex-unknown-command")

    def accent(self, accent: str, frame: Frame) -> None:
        base = rendering.render(Markup(tidy(self.argument(), strip=False)))
        if not base and self.tex.startswith(" ", self.at):
            base = ""
        frame.text.append(commands.accented(accent, base))

    def find(self, end: str) -> int:
        """Where `end` next stands, or -1; what is not there once is not looked for again."""
        if end in self.absent:
            return -1
        at = self.tex.find(end, self.at)
        if at < 0:
            self.absent.add(end)
        return at

    # -- arguments -----------------------------------------------------------------------------

    def option(self) -> None:
        if match := tokens.OPTION.match(self.tex, self.at):
            self.at = match.end()

    def skip_space(self) -> None:
        if match := SPACE.match(self.tex, self.at):
            self.at = match.end()

    def argument(self) -> tuple[Node, ...]:
        """The next argument: a group, one command, or one character."""
        self.skip_space()
        if self.at >= len(self.tex) or self.tex[self.at] == "}":
            return ()
        if self.tex[self.at] == "{":
            self.at += 1
            return self.nested()
        frame = Frame()
        if self.tex[self.at] == "\\" and self.depth < _DEEPEST:
            match = tokens.TOKEN.match(self.tex, self.at)
            assert match is not None
            self.at = match.end()
            self.depth += 1
            if match["command"] is not None:
                self.command(match["command"], match.start(), frame)
            else:
                self.symbol(match["symbol"], match.start(), frame)
            self.depth -= 1
            return frame.closed()
        self.at += 1
        return (Text(self.tex[self.at - 1]),)

    def raw_argument(self) -> str:
        """The next argument as it stands, for addresses and formulas."""
        self.skip_space()
        if not self.tex.startswith("{", self.at) or self.unclosed > _PATIENCE:
            return ""
        depth = 0
        for match in tokens.BRACES.finditer(self.tex, self.at, self.at + _LONGEST):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth == 0:
                inner = self.tex[self.at + 1 : match.start()]
                self.at = match.end()
                return inner
        self.problem(self.at, code="latex-unbalanced")
        self.unclosed += 1
        self.at += 1
        return ""

"""What the commands mean that people write into titles, abstracts and names."""

from __future__ import annotations

import unicodedata
from functools import cache

from builder.model.markup import Style

STYLES: dict[str, Style] = {
    "emph": "emph",
    "textit": "emph",
    "textsl": "emph",
    "mkbibemph": "emph",
    "textbf": "strong",
    "mkbibbold": "strong",
    "texttt": "code",
    "textsc": "smallcaps",
    "underline": "underline",
    "uline": "underline",
    "textsuperscript": "sup",
    "textsubscript": "sub",
}
"""Commands that set their argument in a style."""

DECLARATIONS: dict[str, Style | None] = {
    "em": "emph",
    "it": "emph",
    "itshape": "emph",
    "sl": "emph",
    "slshape": "emph",
    "bf": "strong",
    "bfseries": "strong",
    "tt": "code",
    "ttfamily": "code",
    "sc": "smallcaps",
    "scshape": "smallcaps",
    "rm": None,
    "rmfamily": None,
    "sf": None,
    "sffamily": None,
    "normalfont": None,
    "upshape": None,
    "mdseries": None,
    **dict.fromkeys(
        ["tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE"]
    ),
    **dict.fromkeys(["huge", "Huge", "raggedright", "centering"]),
}
"""Commands that set the rest of their group in a style, or in none that we print."""

TRANSPARENT: dict[str, int] = {
    **dict.fromkeys(
        ["text", "mbox", "hbox", "fbox", "textrm", "textnormal", "textup", "textmd", "textsf"], 1
    ),
    **dict.fromkeys(["NoCaseChange", "textgreek", "textlatin", "enquote*", "ulink"], 1),
    "textcolor": 2,
    "colorbox": 2,
    "foreignlanguage": 2,
    "texorpdfstring": 1,
}
"""Commands of which only one argument is printed, with the number of that argument."""

IGNORED: dict[str, int] = {
    **dict.fromkeys(
        ["noindent", "indent", "xspace", "protect", "relax", "leavevmode", "allowbreak"], 0
    ),
    **dict.fromkeys(["sloppy", "ignorespaces", "unskip", "nobreak", "hfill", "smallskip"], 0),
    **dict.fromkeys(["medskip", "bigskip", "textcompwordmark", "selectfont", "maketitle"], 0),
    **dict.fromkeys(["label", "vspace", "color", "hyphenation", "pdfbookmark", "index"], 1),
}
"""Commands that print nothing, with the number of arguments that go with them."""

DROPPED: dict[str, int] = {
    **dict.fromkeys(["cite", "citep", "citet", "citeauthor", "citeyear", "citealp"], 1),
    **dict.fromkeys(["parencite", "textcite", "autocite", "footcite", "nocite"], 1),
    **dict.fromkeys(["ref", "eqref", "pageref", "autoref", "cref", "Cref", "nameref"], 1),
    **dict.fromkeys(["footnote", "thanks", "footnotemark", "footnotetext", "marginpar"], 1),
    **dict.fromkeys(["includegraphics", "input", "include", "bibliography"], 1),
}
"""Commands that mean something only within the paper, with the number of their arguments."""

SPACES = {
    **dict.fromkeys(
        ["quad", "qquad", "enspace", "thinspace", "space", "newline", "linebreak"], " "
    ),
    **dict.fromkeys(["hspace"], " "),
}

SYMBOLS = {
    " ": " ",
    "\n": " ",
    "\t": " ",
    "\r": " ",
    ",": " ",
    ";": " ",
    ":": " ",
    ">": " ",
    "!": "",
    "/": "",
    "-": "",
    "@": "",
    "*": "",
    "&": "&",
    "%": "%",
    "$": "$",
    "#": "#",
    "_": "_",
    "{": "{",
    "}": "}",
    "|": "‖",
}
"""Commands of one character that is no letter."""

# Beyond what pylatexenc's table has, or where it is about something else.
_WORDS = {
    "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2ε",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "XeLaTeX": "XeLaTeX",
    "LuaLaTeX": "LuaLaTeX",
    "pdfLaTeX": "pdfLaTeX",
    "copyright": "©",
    "textcopyright": "©",
    "textregistered": "®",
    "S": "§",
    "P": "¶",
    "pounds": "£",
    "textsterling": "£",
    "euro": "€",
    "texteuro": "€",
    "EUR": "€",
    "textasciigrave": "`",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textunderscore": "_",
    "textdollar": "$",
    "textpercent": "%",
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "slash": "/",
    "textdegree": "°",
    "degree": "°",
    "textmu": "µ",
    "textnumero": "№",
    "sharp": "♯",
    "j": "ȷ",
    "textschwa": "ə",
    "checkmark": "✓",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "nobreakspace": "\u00a0",
    "textemdash": "—",
    "textendash": "–",
}

ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "d": "\u0323",
    "b": "\u0331",
    "r": "\u030a",
    "t": "\u0361",
    "G": "\u030f",
    "h": "\u0309",
    "f": "\u0311",
    "U": "\u030e",
    "textcommabelow": "\u0326",
    "textcommaabove": "\u0313",
    "textogonekcentered": "\u0328",
}
"""Accent commands, with the combining character that says the same."""

_ALONE = {"'": "´", '"': "¨", "=": "¯", ".": "˙", "u": "˘", "v": "ˇ", "H": "˝", "c": "¸", "k": "˛"}


def accented(accent: str, base: str) -> str:
    """`base` with the accent on its first character, in NFC."""
    if not base.strip():
        return (_ALONE.get(accent, accent) if len(accent) == 1 else "") + base
    first, rest = base[0], base[1:]
    # Combining characters of the base come first: \'{\^e} is ế.
    while rest and unicodedata.combining(rest[0]):
        first, rest = first + rest[0], rest[1:]
    if unicodedata.combining(ACCENTS[accent]) == 230:  # above: LaTeX has the dot taken off first
        first = first.replace("ı", "i").replace("ȷ", "j")
    return unicodedata.normalize("NFC", first + ACCENTS[accent]) + rest


@cache
def _table() -> dict[str, str]:
    # pylatexenc's own tables, without its parser: that loses text after `%`, stumbles over
    # \href and \sqrt, and is fifty times slower than reading the few commands that fields hold.
    from pylatexenc.latex2text import get_default_latex_context_db

    context = get_default_latex_context_db()
    wanted = ["latex-base", "latex-approximations", "nonascii-specials", "advanced-symbols"]
    table: dict[str, str] = {}
    for spec in context.iter_macro_specs(wanted):
        text = getattr(spec, "simplify_repl", None)
        if isinstance(text, str) and "%" not in text and text.strip():
            table.setdefault(spec.macroname, text)
    return table


@cache
def character(command: str) -> str | None:
    r"""What a command without arguments prints (`\ss`, `\alpha`), or `None` if we know none."""
    word = _WORDS.get(command)
    return word if word is not None else _table().get(command)


def known(command: str) -> bool:
    """Whether a command is one that people write on purpose."""
    return (
        command in STYLES
        or command in DECLARATIONS
        or command in TRANSPARENT
        or command in IGNORED
        or command in DROPPED
        or command in SPACES
        or command in MATH_ALPHABETS
        or command in {"url", "href", "begin", "end", "item", "par", "ensuremath", "frac", "sqrt"}
        or (len(command) > 1 and command in ACCENTS)
        or character(command) is not None
    )


MATH_ALPHABETS = frozenset(
    [
        "mathbb",
        "mathcal",
        "mathbf",
        "mathrm",
        "mathit",
        "mathsf",
        "mathtt",
        "mathfrak",
        "mathscr",
        "boldsymbol",
        "bm",
        "operatorname",
    ]
)
"""Commands of mathematics that people also write outside of it."""

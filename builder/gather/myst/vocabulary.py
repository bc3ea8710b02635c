"""The commands and environments that people use in prose, and what becomes of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from pylatexenc.latexwalker import get_default_latex_context_db
from pylatexenc.macrospec import MacroSpec

HEADINGS = {"chapter": 2, "section": 2, "subsection": 3, "subsubsection": 4}
EMPHASIS = {"emph", "textit", "textsl"}
STRONG = {"textbf"}
UNSTYLED = {"text", "textrm", "textnormal", "textsf", "textsc", "textmd", "textup", "underline"}
UNSTYLED |= {"mbox", "hbox", "makebox", "uline", "centerline", "textcolor", "MakeUppercase"}
SWITCHES = {"em": "*", "it": "*", "itshape": "*", "sl": "*", "bf": "**", "bfseries": "**"}
LAYOUT = {
    *("noindent", "indent", "centering", "raggedright", "raggedleft", "newpage", "clearpage"),
    *("cleardoublepage", "pagebreak", "bigskip", "medskip", "smallskip", "hfill", "vfill"),
    *("vspace", "hspace", "label", "maketitle", "thispagestyle", "pagestyle", "phantomsection"),
    *("small", "footnotesize", "scriptsize", "tiny", "normalsize", "large", "Large", "LARGE"),
    *("huge", "Huge", "rm", "sf", "tt", "sc", "selectfont", "sloppy", "protect", "frenchspacing"),
    *("addcontentsline", "setlength", "setcounter", "par", "null", "relax", "linebreak", "-", "/"),
    *("documentclass", "usepackage", "addtolength", "baselineskip", "parskip", "parindent"),
}
SPACES = {" ": " ", ",": "\u202f", ";": " ", ":": " ", "quad": " ", "qquad": " ", "!": ""}
WORDS = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "today": r"\today",
    "@": "",
    "xspace": "",
}
TRANSPARENT = {
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
QUOTES = {"quote", "quotation", "verse", "displayquote"}
MATH = {"equation", "align", "gather", "multline", "eqnarray", "displaymath", "math"}
LITERAL = {"verbatim", "lstlisting", "verbatim*"}
BREAK = "\0"
"""Stands for a paragraph boundary while inline text is put together; no input holds it."""
BLOCK = "\1"
"""Stands before a block that is finished, in a stretch of inline text."""
DEEPEST = 40


@cache
def context() -> Any:
    """The tables of pylatexenc, with the arguments that these commands take in prose."""
    known = get_default_latex_context_db()
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
    known.add_context_category("prose", macros=macros, prepend=True)
    return known

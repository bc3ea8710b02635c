r"""TeX formulas as MathML: latex2mathml's tree, with its known faults mended.

What it gets wrong (3.81): `\operatorname*` loses its operator; `\sim` becomes an ASCII tilde; a
command that it does not know passes as an identifier called `\cmd`; operators arrive as
identifiers; styled letters rely on `mathvariant`, which browsers ignore (MathML Core, section
2.1.7); its serialiser undoes the escaping of `<`. So its tree is taken, never its text, and only
elements and attributes on our own lists survive.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import cast
from xml.etree.ElementTree import Element

LONGEST = 4_000
"""Characters of TeX beyond which a formula is not converted."""
DEEPEST = 40
"""Levels of braces beyond which a formula is not converted."""

RELATIONS = frozenset("=<>≤≥≠≈∼≃≅≡∈∉∋⊂⊃⊆⊇→←↔⇒⇐⇔↦∝≪≫⊥∥×±∓⋅∪∩∧∨⊕⊗∘")
"""Operators that plain text sets between spaces."""

_ELEMENTS = frozenset(
    {
        "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msup", "msub", "msubsup", "mover",
        "munder", "munderover", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mphantom",
        "mpadded", "mstyle", "menclose",
    }
)  # fmt: skip
_ATTRIBUTES = frozenset(
    {
        "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "displaystyle",
        "fence", "form", "linethickness", "mathvariant", "maxsize", "minsize", "movablelimits",
        "notation", "rowlines", "rowspacing", "scriptlevel", "separator", "stretchy", "width",
    }
)  # fmt: skip
_VALUE = re.compile(r"[\w.+% -]*\Z")
_ARITY = {
    "msup": 2, "msub": 2, "mover": 2, "munder": 2, "mfrac": 2, "mroot": 2,
    "msubsup": 3, "munderover": 3,
}  # fmt: skip

# Macro definitions would let a few characters expand without bound.
_FORBIDDEN = re.compile(
    r"\\(?:def|edef|gdef|xdef|let|newcommand|renewcommand|providecommand|newenvironment"
    r"|DeclareMathOperator|href|url|input|include|csname|catcode|require|class|cssId|style"
    r"|special|write|read|openin|openout|immediate|expandafter|usepackage)(?![A-Za-z])|\^\^"
)
_OPERATOR = re.compile(
    r"\\operatorname(?P<star>\s*\*|withlimits)?\s*\{(?P<name>(?:[^{}\\]|\\[ ,;:!>-])*)\}"
    r"|\\operatorname(?P<star2>\s*\*|withlimits)?\s*"
    r"\{\s*\\(?:mathrm|text|textrm|mathsf)\s*\{(?P<name2>[^{}\\]*)\}\s*\}"
)
_LIMITS = frozenset(
    {"lim", "max", "min", "sup", "inf", "lim inf", "lim sup", "arg max", "arg min", "Pr"}
)
_UPRIGHT = re.compile(r"\\mathrm\s*\{([A-Za-z])\}")  # a single letter would come back italic
_ALIGNED = re.compile(r"\\(begin|end)\s*\{(?:aligned|align|eqnarray)\*?\}")
_LABEL = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")

_ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0304", "―": "\u0305",
    "˙": "\u0307", "¨": "\u0308", "˘": "\u0306", "ˇ": "\u030c", "´": "\u0301", "`": "\u0300",
    "→": "\u20d7", "˚": "\u030a", "⃛": "\u20db",
}  # fmt: skip

# First code point of each alphabet: capitals, small letters, digits (0 where there are none);
# the exceptions are the letters that stood in Unicode before the block was made (chapter 22.2).
_ALPHABETS: dict[str, tuple[int, int, int]] = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE),
    "italic": (0x1D434, 0x1D44E, 0),
    "bold-italic": (0x1D468, 0x1D482, 0),
    "script": (0x1D49C, 0x1D4B6, 0),
    "bold-script": (0x1D4D0, 0x1D4EA, 0),
    "fraktur": (0x1D504, 0x1D51E, 0),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8),
    "bold-fraktur": (0x1D56C, 0x1D586, 0),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2),
    "bold-sans-serif": (0x1D5D4, 0x1D5EE, 0x1D7EC),
    "sans-serif-italic": (0x1D608, 0x1D622, 0),
    "sans-serif-bold-italic": (0x1D63C, 0x1D656, 0),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6),
}
_EXCEPTIONS = {
    0x1D455: "ℎ", 0x1D49D: "ℬ", 0x1D4A0: "ℰ", 0x1D4A1: "ℱ", 0x1D4A3: "ℋ", 0x1D4A4: "ℐ",
    0x1D4A7: "ℒ", 0x1D4A8: "ℳ", 0x1D4AD: "ℛ", 0x1D4BA: "ℯ", 0x1D4BC: "ℊ", 0x1D4C4: "ℴ",
    0x1D506: "ℭ", 0x1D50B: "ℌ", 0x1D50C: "ℑ", 0x1D515: "ℜ", 0x1D51D: "ℨ", 0x1D53A: "ℂ",
    0x1D53F: "ℍ", 0x1D545: "ℕ", 0x1D547: "ℙ", 0x1D548: "ℚ", 0x1D549: "ℝ", 0x1D551: "ℤ",
}  # fmt: skip
_GREEK = {
    "bold": (0x1D6A8, 0x1D6C2),
    "italic": (0x1D6E2, 0x1D6FC),
    "bold-italic": (0x1D71C, 0x1D736),
}


@lru_cache(maxsize=4096)
def tree(tex: str, display: bool = False) -> Element | None:
    """The formula as a `math` element, or `None` where it cannot be converted faithfully.

    The element is shared between callers: read it, never change it.
    """
    if len(tex) > LONGEST or _FORBIDDEN.search(tex) or not _balanced(tex):
        return None
    source = _OPERATOR.sub(_named, _LABEL.sub("", tex))
    source = _UPRIGHT.sub(r"\\mathrm{{\1}}", source)
    source = _ALIGNED.sub(r"\\\1{align*}", source)
    try:
        root = _mended(_converted(source, display), display)
    except Exception:  # the library raises whatever it stumbles over
        return None
    return root


def serialise(tex: str, display: bool = False) -> str | None:
    """The formula as MathML for HTML, its TeX as `alttext`; `None` where `tree` gives none."""
    root = tree(tex, display)
    if root is None:
        return None
    kind = ' display="block"' if display else ""
    inner = "".join(_text(child) for child in root)
    return f'<math{kind} alttext="{html.escape(" ".join(tex.split()))}">{inner}</math>'


def combining(element: Element) -> str:
    """The combining mark for an accented single letter (`mover`), or an empty string."""
    base, over = element
    letter = "".join(base.itertext()).strip()
    return _ACCENTS.get((over.text or "").strip(), "") if len(letter) == 1 else ""


def is_mark(element: Element) -> bool:
    """Whether what stands over or under something is a line, a brace or an accent."""
    return element.tag == "mo" and (element.text or "").strip() in {*_ACCENTS, *"⏞⏟⎴⎵_"}


def _converted(source: str, display: bool) -> Element:
    # Importing it reads a table of symbols: only those pay who have a formula.
    from latex2mathml.converter import convert_to_element

    convert = cast("Callable[..., Element]", convert_to_element)
    return convert(source, display="block" if display else "inline")


def _balanced(tex: str) -> bool:
    depth = 0
    for part in re.findall(r"\\.|[{}$]", tex, re.DOTALL):
        if part == "{":
            depth += 1
        elif part == "}":
            depth -= 1
        elif part == "$" and not depth:
            return False
        if not 0 <= depth <= DEEPEST:
            return False
    return depth == 0 and not re.search(r"(?<!\\)(?:\\\\)*\\\Z", tex)


def _named(match: re.Match[str]) -> str:
    name = match["name"] if match["name"] is not None else match["name2"]
    name = re.sub(r"\\[ ,;:>]|\s+", "\u2009", name.strip())
    name = re.sub(r"\\[!-]", "", name)
    if not re.fullmatch("[A-Za-z\u2009]+", name):
        return rf"\text{{{name}}}"
    star = "*" if match["star"] or match["star2"] else ""
    return rf"\operatorname{star}{{{name}}}"


class _UnfaithfulError(ValueError):
    """The tree holds something that we would show wrongly."""


def _mended(element: Element, display: bool, depth: int = 0) -> Element:
    if depth > 4 * DEEPEST or element.tag not in _ELEMENTS:
        raise _UnfaithfulError(element.tag)
    text = html.unescape(element.text or "") if not len(element) else ""
    if "\\" in text and (text != "\\" or element.tag == "mtext"):
        raise _UnfaithfulError(text)  # a command that the library does not know
    if (element.tag == "mtext" and "$" in text) or (element.tag != "mtext" and text == "&"):
        raise _UnfaithfulError(text)  # mathematics within text, a cell outside a table
    attributes = {
        name: value
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and _VALUE.match(value)
    }
    tag = element.tag
    children = [_mended(child, display, depth + 1) for child in element]
    if tag in {"mo", "mi", "mn", "mtext"} and children:
        tag, attributes = "mrow", {}
    if len(children) != _ARITY.get(tag, len(children)):
        raise _UnfaithfulError(f"{tag} with {len(children)} parts")
    variant = element.get("mathvariant", "")
    if tag in {"mi", "mn"} and variant in _ALPHABETS:
        text = "".join(_styled(char, variant) for char in text)
        del attributes["mathvariant"]
    if tag == "mi":
        tag, text, attributes = _identifier(text, attributes)
    if tag == "mo" and " ".join(text.split()) in _LIMITS:
        attributes["movablelimits"] = "true"
    if tag == "mo" and len(text) > 1:
        attributes |= {"lspace": "0", "rspace": "0.17em"}
    if tag in {"msub", "msubsup"} and _takes_limits(children[0]):
        tag = "munder" if tag == "msub" else "munderover"
    mended = Element(tag, attributes)
    mended.text = _legal(text) or None
    mended.extend(children)
    return mended


def _identifier(text: str, attributes: dict[str, str]) -> tuple[str, str, dict[str, str]]:
    if text == "~":
        return "mo", "∼", {}
    if len(text) == 1 and text not in "∞∂∇∅%$" and unicodedata.category(text)[0] in "SP":
        fixed = {"stretchy": "false"} if unicodedata.category(text) in {"Ps", "Pe"} else {}
        return "mo", text, fixed
    if len(text) > 1 and text.isalpha() and not attributes:
        return "mo", text, attributes  # a function's name: operators have space around them
    return "mi", text, attributes


def _takes_limits(base: Element) -> bool:
    return base.tag == "mo" and base.get("movablelimits") == "true"


def _styled(char: str, variant: str) -> str:
    capital, small, digit = _ALPHABETS[variant]
    if "A" <= char <= "Z":
        code = capital + ord(char) - ord("A")
    elif "a" <= char <= "z":
        code = small + ord(char) - ord("a")
    elif "0" <= char <= "9" and digit:
        code = digit + ord(char) - ord("0")
    elif variant in _GREEK and "Α" <= char <= "Ω":
        code = _GREEK[variant][0] + ord(char) - ord("Α")
    elif variant in _GREEK and "α" <= char <= "ω":
        code = _GREEK[variant][1] + ord(char) - ord("α")
    else:
        return char
    return _EXCEPTIONS.get(code, chr(code))


def _legal(text: str) -> str:
    return "".join(char for char in text if char >= " " and unicodedata.category(char) != "Cs")


def _text(element: Element) -> str:
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in element.items())
    inner = html.escape(element.text or "", quote=False) + "".join(_text(e) for e in element)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"

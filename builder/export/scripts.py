"""Characters that plain LaTeX has no command for, in a LaTeX source.

Chinese, Japanese and Korean stand in the CJK package, which has one family per national character
set: a run of characters is given the first family whose set holds all of it. Vietnamese letters
stand in the T5 encoding of the usual fonts. What none of them has is declared one by one: such a
source compiles only once somebody has replaced the character, or as a draft that shows its number.
Greek and Cyrillic words are among these: their fonts come as bitmaps (Type 3), which IEEE forbids,
unless packages are there that a manuscript cannot count on.
"""

from __future__ import annotations

import re
from functools import cache

from builder.model.markup import latex

FAMILIES = (("min", "shift_jis"), ("gbsn", "gb2312"), ("bsmi", "big5"), ("mj", "euc_kr"))
"""Families of the CJK package and the character sets their fonts cover."""

_CJK = (
    "\u3000-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\uff00-\uffef"
)
_RUN = re.compile(f"[{_CJK}]+")
_KANA = re.compile("[\u3040-\u30ff]")
_MARKED = re.compile(r"\{\\cjk(?:min|gbsn|bsmi|mj)\{\}[^{}]*\}")
_MARKED_OR_BEYOND = re.compile(rf"{_MARKED.pattern}|[^\x00-\x7f]")
_CYRILLIC = re.compile(r"\{\\(?:CYR|cyr)[A-Za-z]+\}")

_ABSENT = re.compile(
    r"(?<!\\ensuremath)\{\\(?:nument\{149\}|texthvlig|textnrleg|Upsilon)\}|\\ensuremath\{\\(?:arrowwaveleft|arrowwaveright|"
    r"dblarrowupdown|DownArrowUpArrow|rightangle|surfintegral|volintegral|clwintegral|homothetic|"
    r"lazysinv|approxnotequal|tildetrpl|allequal|estimates|starequal|truestate|forcesextra|VDash|"
    r"original|image|hermitconjmatrix|rightanglearc|verymuchless|verymuchgreater|"
    r"precedesnotsimilar|udots)\}"
)
"""Commands that the table of characters knows, but LaTeX with amssymb does not."""

_ADDED = str.maketrans(
    {
        "≠": r"\ensuremath{\neq}",
        "∉": r"\ensuremath{\notin}",
        "∄": r"\ensuremath{\nexists}",
        "∤": r"\ensuremath{\nmid}",
        "∦": r"\ensuremath{\nparallel}",
        "≇": r"\ensuremath{\ncong}",
        "≢": r"\ensuremath{\not\equiv}",
        "≮": r"\ensuremath{\nless}",
        "≯": r"\ensuremath{\ngtr}",
        "≰": r"\ensuremath{\nleq}",
        "≱": r"\ensuremath{\ngeq}",
        "⊄": r"\ensuremath{\not\subset}",
        "⊈": r"\ensuremath{\nsubseteq}",
        "ϕ": r"\ensuremath{\phi}",
        "ẞ": r"{\SS}",
    }
)
"""Characters for which LaTeX with amssymb has a command, and that table none."""


_UPPER = {
    0x80: "ÀÁÃẢẠÂẦẤẪẨẬĂẰẮẴẲẶÈÉẼẺẸÊỀẾỄỂỆÌÍĨỈ",
    0xC0: "ỊÒÓÕỎỌÔỒỐỖỔỘƠỜỚỠỞỢÙÚŨỦỤƯỪỨỮỬỰỲÝỸ",
}
"""Capitals by the place of the first in the encoding T5 (as TeX Gyre's `q-t5.enc` has them); the
small letters stand 32 places on."""

_VIETNAMESE = {
    **{char: start + at for start, chars in _UPPER.items() for at, char in enumerate(chars)},
    **{
        char.lower(): start + 32 + at
        for start, chars in _UPPER.items()
        for at, char in enumerate(chars)
    },
    "Ỷ": 0x1A,
    "ỷ": 0x1B,
    "Ỵ": 0x1C,
    "ỵ": 0x1D,
}
"""Letters to their places in the encoding T5."""


def vietnamese(source: str) -> bool:
    """Whether a marked source has letters of the encoding T5."""
    return r"{\viet{" in source


def marked(source: str) -> str:
    """`source` (LaTeX already) with every run of CJK characters in its family.

    Commands that exist in other encodings or packages only become the characters they mean.
    """
    for absent in (_CYRILLIC, _ABSENT):
        source = absent.sub(lambda match: _meant().get(match[0], match[0]), source)
    source = source.replace(r"\ensuremath{\mathscr", r"\ensuremath{\mathcal").translate(_ADDED)
    pattern, letters = _letters()
    source = pattern.sub(lambda match: letters[match[0]], source)
    return _RUN.sub(lambda match: _wrapped(match[0]), source)


def families(source: str) -> tuple[str, ...]:
    """The CJK families that a marked source uses."""
    return tuple(name for name, _ in FAMILIES if rf"\cjk{name}{{}}" in source)


def unknown(source: str) -> tuple[str, ...]:
    """The characters of a marked source that neither LaTeX nor the CJK package can print."""
    left = _MARKED.sub("", source)
    return tuple(dict.fromkeys(char for char in left if not char.isascii()))


def for_bibtex(source: str) -> str:
    """A marked source in which BibTeX, which counts bytes, cuts no character in two."""
    return _MARKED_OR_BEYOND.sub(
        lambda match: match[0] if len(match[0]) > 1 else rf"{{\relax {match[0]}}}", source
    )


def _wrapped(run: str) -> str:
    if family := _family(run):
        # Two pairs of braces, or BibTeX would take it for one accented letter.
        return rf"{{{{\cjk{family}{{}}{run}}}}}"
    if len(run) == 1:
        return run
    return "".join(_wrapped(char) for char in run)


def _family(run: str) -> str:
    order = FAMILIES if _KANA.search(run) else (*FAMILIES[1:], FAMILIES[0])
    for family, codec in order:
        try:
            run.encode(codec)
        except UnicodeEncodeError:
            continue
        return family
    return ""


@cache
def _letters() -> tuple[re.Pattern[str], dict[str, str]]:
    """What stands for letters with two signs in LaTeX's own way, and the same letter of T5.

    Other letters stay as they are: every encoding of Latin letters has them.
    """
    chars = [char for char in _VIETNAMESE if char in "ƠơƯư" or "\u1ea0" <= char <= "\u1ef9"]
    found = {latex.escape(char, ascii=True): rf"{{\viet{{{_VIETNAMESE[char]}}}}}" for char in chars}
    longest = sorted(found, key=len, reverse=True)
    return re.compile("|".join(re.escape(command) for command in longest)), found


@cache
def _meant() -> dict[str, str]:
    """The characters that such commands stand for."""
    ranges = (range(0x149, 0x19F), range(0x3D2, 0x530), range(0x2190, 0x2300))
    pairs = ((latex.escape(chr(code), ascii=True), chr(code)) for r in ranges for code in r)
    return {command: char for command, char in pairs if "\\" in command}

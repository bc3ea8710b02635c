"""Which characters the fonts at hand can show; no silent boxes.

Typst prints a box for a character that no font has, without a warning. But PDF/A forbids such
boxes, and when Typst is asked for PDF/A it refuses and names every text it could not show. So a
small document with nothing but the words in question, asked for as PDF/A, tells us exactly.

The fonts that come with Typst are the same everywhere. Fonts of the system are used for nothing
but characters which those lack, so that pages are equal wherever no such character occurs.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

BASE = ("Libertinus Serif", "New Computer Modern")
"""Font families that come with Typst, in the order in which they are asked."""

LAST = ("New Computer Modern Math", "DejaVu Sans Mono")
"""They come with Typst too. The first is right for symbols; letters of other scripts they have
only as mathematics and typewriters would write them, so they are asked for those last."""

_CJK = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK"}
SHAPED = re.compile("[\u0900-\u109f\u1780-\u17ff]")
"""Scripts of India and its neighbours, whose letters are shaped together."""
_JOINERS = "\u200d\u200c"
_MISSING = re.compile(r'the text `"(?P<text>(?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{(?P<code>[0-9a-fA-F]+)\}|(?P<char>.))")
_PROBE = b"""#set document(date: datetime(year: 2000, month: 1, day: 1), title: "probe")
#let data = json(bytes(sys.inputs.data))
#set page(width: 400pt, height: auto)
#for word in data.words { par(text(font: data.stack, fallback: false, word)) }
"""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts for one document."""

    families: tuple[str, ...]
    folders: tuple[str, ...]
    """Folders of system fonts that are needed beside the bundled ones."""
    missing: frozenset[str]
    """What no font can show: characters, or characters with their combining marks."""

    def load(self) -> typst.Fonts:
        """The same fonts as Typst takes them."""
        return typst.Fonts(include_system_fonts=False, font_paths=list(self.folders))


BUNDLED = Fonts((*BASE, *LAST), (), frozenset())
"""What comes with Typst."""


def choose(data: Any, language: str) -> Fonts:
    """Fonts that can show every string in `data` (JSON), as far as there are any."""
    told = {word for string in strings(data) for word in string.split() if not word.isascii()}
    pieces = {piece for word in told for piece in _pieces(word) if not piece.isascii()}
    bundled = typst.Fonts(include_system_fonts=False)
    missing = _lacking(pieces, BASE, bundled)
    symbols = {one for one in missing if not any(char.isalpha() for char in one)}
    missing -= symbols - _lacking(symbols, LAST, bundled)
    if not missing:
        return BUNDLED
    system = _system()
    chosen: list[str] = []
    for families in _preferred(system.families(), language):
        for family in families if missing else ():
            # A family is taken for what the ones before it lack.
            lacking = _lacking(missing, [family], system)
            if missing - lacking:
                chosen.append(family)
                missing = lacking
    # What comes with Typst draws the letters of India one by one, which nobody would call writing.
    shaped = {one for one in missing if SHAPED.search(one)}
    missing = shaped | _lacking(missing - shaped, LAST, bundled)
    folders = {
        str(Path(info.path).parent)
        for info in system.fonts()
        if info.path and info.family in chosen
    }
    return Fonts((*BASE, *chosen, *LAST), tuple(sorted(folders)), frozenset(missing))


@cache
def _system() -> typst.Fonts:
    # Looking for them takes a seventh of a second.
    return typst.Fonts(include_embedded_fonts=False)


def language_of(texts: Iterable[str]) -> str:
    """The language that the writing of `texts` tells, as far as Han characters differ by it."""
    names = {unicodedata.name(char, "") for text in texts for char in text if not char.isascii()}
    for language, scripts in (("ja", ("HIRAGANA", "KATAKANA")), ("ko", ("HANGUL",))):
        if any(name.startswith(scripts) for name in names):
            return language
    return ""


def strings(data: Any) -> Iterator[str]:
    """Every string that JSON `data` holds, keys excepted."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from strings(value)
    elif isinstance(data, Sequence):
        for value in data:
            yield from strings(value)


def _pieces(word: str) -> Iterator[str]:
    """The letters of `word`, each with its marks and with what is joined to it.

    A mark alone would be shown by fonts that cannot show it where it belongs.
    """
    piece = ""
    for char in word:
        joins = unicodedata.category(char)[0] == "M" or char in _JOINERS
        if piece and not joins and piece[-1] != _JOINERS[0]:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _lacking(clusters: Collection[str], stack: Sequence[str], fonts: typst.Fonts) -> set[str]:
    """Those of `clusters` that `stack` cannot show as a whole."""
    refused = _refused(sorted(clusters), stack, fonts)
    return {one for one in clusters if any(part in one or one in part for part in refused)}


def _refused(words: Collection[str], stack: Sequence[str], fonts: typst.Fonts) -> Sequence[str]:
    """The pieces of `words` that no family of `stack` can show."""
    if not words:
        return []
    try:
        typst.compile(
            _PROBE,
            font_paths=fonts,
            pdf_standards="a-2b",
            sys_inputs={"data": json.dumps({"stack": list(stack), "words": list(words)})},
        )
    except typst.TypstError as error:
        found = [_unescape(match["text"]) for match in _MISSING.finditer(error.diagnostic)]
        if not found:
            raise
        return found
    return []


def _unescape(text: str) -> str:
    """A Rust string literal's text."""
    return _ESCAPE.sub(lambda m: chr(int(m["code"], 16)) if m["code"] else m["char"], text)


def _preferred(families: Iterable[str], language: str) -> Iterator[list[str]]:
    """System families in batches, the best companions of a serif text first."""
    script = _CJK.get(language.lower()) or _CJK.get(language.lower().partition("-")[0]) or "SC"
    rest = sorted(family for family in families if family not in BASE)

    def batch(test: Any) -> list[str]:
        taken = [family for family in rest if test(family)]
        rest[:] = [family for family in rest if family not in taken]
        return taken

    yield batch(lambda f: f in (f"Noto Serif CJK {script}", f"Source Han Serif {script}"))
    yield batch(lambda f: f == "Noto Serif" or (f.startswith("Noto Serif ") and "CJK" not in f))
    yield batch(lambda f: f == "Noto Naskh Arabic")
    yield batch(lambda f: f in (f"Noto Sans CJK {script}", f"Source Han Sans {script}"))
    yield batch(lambda f: f == "Noto Sans" or (f.startswith("Noto Sans ") and "CJK" not in f))
    yield batch(lambda f: f in ("DejaVu Serif", "DejaVu Sans", "Noto Emoji"))
    yield batch(lambda f: "CJK" in f or "Han" in f)
    yield rest

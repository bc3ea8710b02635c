"""What of a PDF's text is the paper itself: front matter, references and running heads left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.model import Inspection

_REFERENCES = re.compile(
    r"(?:\d+\.?|[ivx]+\.)?\s*(?:references|bibliography|literature(?: cited)?|literatur)", re.I
)
_APPENDIX = re.compile(
    r"(?i:appendix|appendices|supplementary materials?|anhang)\b.{0,60}|[A-Z]\.?\s+[A-Z]\w.{0,60}",
)
_OPENING = re.compile(r"(?:1\.?|I\.)?\s*(?:introduction|einleitung)", re.I)
_ABSTRACT = re.compile(r"(?:abstract|zusammenfassung)\b", re.I)
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,2}\.?|[IVX]{1,5}\.|[A-H]\.)\s+(\S.{2,80})")
_BELOW = {"I.": "A.", "1.": "1"}
"""Style of subsections where it is another: A. below I., 1.1 below 1."""
_TITLE = re.compile(r"(?=.*[^\W\d_]{3})[^\Wa-z_](?:[\w\s,:;/()&?!’'“”\"+.-]|[\u2010-\u2014])*")
"""Begins with a capital, a number or a letter of a script without case; no ticks of a table."""
_USUAL = frozenset(
    [
        "introduction", "related work", "background", "method", "methods", "methodology",
        "experiments", "experimental setup", "results", "discussion", "limitations", "conclusion",
        "conclusions", "future work", "acknowledgements", "acknowledgments", "impact statement",
        "data availability", "ablation study", "datasets", "dataset", "evaluation",
    ]
)  # fmt: skip
"""Headings that stand without a number in many styles."""
_CAPTION = re.compile(
    r"(figure|fig\.|table|tab\.|abbildung|tabelle)\s*(\d{1,3}|[IVX]{1,5})\s*[.:|]", re.I
)
_LETTERS = re.compile(r"[^\W\d_]+")
_WHOLE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Scripts that put no spaces between words (Korean's are long): each character is a word."""
_HEAD_PAGES = 2
"""Pages on which the first section has to begin to be taken for it."""
_REPEATED = 3
"""Pages on which a line has to stand to be taken for a running head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A paper's own text, reduced to what can be compared."""

    words: tuple[str, ...]
    """In order; letters only and in lower case, formulas' single letters and numbers left out."""
    headings: tuple[str, ...]
    """Headings of sections as they are printed, without their numbers."""
    figures: int
    """Captions of figures, each number once."""
    tables: int
    pages: int
    """Pages of the whole file."""


def body(seen: Inspection) -> Body:
    """The body of an inspected paper.

    Left out are what stands above the first section (the abstract if no `Introduction` is found),
    the list of references, and lines that return at the head or foot of pages. An appendix behind
    the references counts.
    """
    lines = list(_lines(seen))
    first, until = _begin(lines), _references(lines, seen)
    kept = [line for _, line in lines[first:until]]
    kept += [line for _, line in lines[_appendix(lines, until) :]] if until < len(lines) else []
    captions = Counter(_captions(line for _, line in lines))
    return Body(
        words=tuple(words("\n".join(kept))),
        headings=tuple(dict.fromkeys(_headings(kept))),
        figures=captions["figure"],
        tables=captions["table"],
        pages=seen.page_count,
    )


def words(text: str) -> Iterator[str]:
    """The words of `text`; hyphens vanish, since nobody can tell those at the ends of lines."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    joined = re.sub(r"(?<=[^\W\d_])[-\u2010\u2011\ufffe\x02]\s*(?=[^\W\d_])", "", plain)
    for found in _LETTERS.findall(joined.casefold()):
        if _WHOLE.search(found):
            yield from found
        elif len(found) > 1:
            yield found


def folded(text: str) -> str:
    """A heading reduced to its words."""
    return " ".join(words(text))


def _lines(seen: Inspection) -> Iterator[tuple[int, str]]:
    """Page, from 1, and text of every line that is no running head."""
    pages = [
        [line.strip() for line in page.text.replace("\r", "\n").split("\n")] for page in seen.pages
    ]
    # A running head differs from page to page in its number only.
    counted = Counter(key for lines in pages for key in {_running(line) for line in lines})
    heads = {key for key, times in counted.items() if times >= max(_REPEATED, len(pages) // 2)}
    for number, (page, lines) in enumerate(zip(seen.pages, pages, strict=True), 1):
        margins = {_running(part) for part in f"{page.top}\n{page.bottom}".split("\n")}
        for line in lines:
            if line and not (_running(line) in heads and _running(line) in margins):
                yield number, line


def _running(line: str) -> str:
    return re.sub(r"[\W\d_]+", " ", line).strip().casefold()


def _begin(lines: list[tuple[int, str]]) -> int:
    for pattern in (_OPENING, _ABSTRACT):
        for at, (page, line) in enumerate(lines):
            if page > _HEAD_PAGES:
                break
            found = pattern.fullmatch(line) if pattern is _OPENING else pattern.match(line)
            if found:
                return at
    return 0


def _references(lines: list[tuple[int, str]], seen: Inspection) -> int:
    """Where the list of references begins, or the end."""
    found = [
        at for at, (page, line) in enumerate(lines)
        if page >= (seen.references_page or 1) and _REFERENCES.fullmatch(line.strip(" .:"))
    ]  # fmt: skip
    if not found:
        return len(lines)
    return found[0] if seen.references_page else found[-1]


def _appendix(lines: list[tuple[int, str]], until: int) -> int:
    for at in range(until + 1, len(lines)):
        line = lines[at][1]
        if _APPENDIX.fullmatch(line) and not re.search(r"\d{4}|,", line):
            return at
    return len(lines)


def _headings(lines: Sequence[str]) -> Iterator[str]:
    """Numbered headings in the first one's style and in the order of their numbers; usual ones."""
    opening = next((line for line in lines if _OPENING.fullmatch(line)), "")
    style = _style(opening)
    last: tuple[int, ...] = ()
    for line in lines:
        found = _NUMBERED.fullmatch(line)
        if found is None or _CAPTION.match(line):
            if line[0].isupper() and line[-1].isalpha() and folded(line) in _USUAL:
                yield line.strip()
            continue
        text = found[2].strip()
        if style and _style(line) not in {style, _BELOW.get(style)}:
            continue
        if text.endswith((".", ",", ";", ":")) or not _TITLE.fullmatch(text):
            continue
        if found[1][0].isdigit():
            number = tuple(int(part) for part in found[1].rstrip(".").split("."))
            if not _follows(last, number):
                continue
            last = number
        yield text


def _style(line: str) -> str:
    found = _NUMBERED.fullmatch(line)
    if found is None:
        return ""
    kind = "1" if found[1][0].isdigit() else "A" if re.match(r"[A-H]\.", found[1]) else "I"
    return f"{kind}." if found[1].endswith(".") and "." not in found[1][:-1] else kind


def _follows(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a section may stand behind another: 2 behind 1.3, 1.1 behind 1, 1.2 behind 1.1."""
    if number == (*last, 1) or not last:
        return True
    above = last[: len(number)]
    return len(above) == len(number) and number == (*above[:-1], above[-1] + 1)


def _captions(lines: Iterable[str]) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for line in lines:
        if found := _CAPTION.match(line):
            kind = "table" if found[1].casefold().startswith("tab") else "figure"
            if (kind, found[2]) not in seen:
                seen.add((kind, found[2]))
                yield kind

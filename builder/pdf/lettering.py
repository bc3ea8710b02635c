"""Stamps set by Typst: each text once, several papers at a time, with fonts that papers share.

Fonts are embedded as subsets, and no two papers use the same letters. So a repertoire is set
before the stamps: whoever gets by with it gets a font that is the same, byte for byte, in every
paper, and stands in a volume once. Nothing else about a stamp depends on what is set beside it.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from builder.pdf import fonts
from builder.pdf.glyphs import has_boxes, pages_with_boxes
from builder.pdf.repertoire import REPERTOIRE
from builder.pdf.typesetting import template, typeset

Row = dict[str, Any]
"""What the typesetter has to know of one stamp."""

_SUSPECT = re.compile(rb"\\000\\000|\0\0|<")
"""What may be glyph 0, which Typst sets for a character that no font has."""


@dataclass(frozen=True, slots=True)
class Lettered:
    """One stamp, as it was set."""

    page: pikepdf.Object
    """A page of the typesetter's file, just as large as the stamp."""
    width: float
    height: float
    text: str
    """As set: without characters that no font has."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """The stamps of one paper."""

    pdf: pikepdf.Pdf
    """The typesetter's file."""
    rows: tuple[Lettered, ...]
    """One for each row that was wanted, in order; equal rows have the same page."""
    missing: tuple[str, ...] = ()
    """Characters that no font has."""


@contextlib.contextmanager
def lettering(papers: Sequence[Sequence[Row]], alphabet: str = "") -> Iterator[list[Lettering]]:
    """Set the stamps of several papers; files are open as long as the context is.

    `alphabet` are letters that many of these papers, or of those they will stand with, use
    besides the usual ones. Raises `typst.TypstError`.
    """
    with contextlib.ExitStack() as stack:
        yield _set(list(papers), alphabet, stack)


def _set(
    papers: Sequence[Sequence[Row]], alphabet: str, stack: contextlib.ExitStack
) -> list[Lettering]:
    rows = _distinct(row for paper in papers for row in paper)
    if not rows:
        return [Lettering(_open(b"", stack), ()) for _ in papers]
    first = _repertoire(rows.values(), alphabet)
    made = _open(typeset(template("stamps.typ"), [*first, *rows.values()]), stack)
    kit = _kit(tuple(row.get("weight", "") for row in first), alphabet)
    shared = {
        font.objgen
        for page in made.pages[: len(first)]
        for font in page.obj.Resources.Font.values()
        if _program(font) in kit
    }
    pages = {id: made.pages[len(first) + at].obj for at, id in enumerate(rows)}
    plain = {
        id
        for at, (id, page) in enumerate(pages.items(), start=len(first))
        if _is_plain(page, shared)
        and not (_SUSPECT.search(page.Contents.read_bytes()) and has_boxes(made.pages[at]))
    }
    found = []
    for paper in papers:
        ids = [_id(row) for row in paper]
        if plain.issuperset(ids):
            done = tuple(
                _lettered(pages[id], row["text"]) for id, row in zip(ids, paper, strict=True)
            )
            found.append(Lettering(made, done))
        elif len(papers) > 1:
            # Another paper's letters may have spoilt the fonts for it.
            found += _set([paper], alphabet, stack)
        else:
            found.append(_alone(paper, stack))
    return found


def _alone(paper: Sequence[Row], stack: contextlib.ExitStack) -> Lettering:
    """The stamps of a paper that needs more letters than others, with fonts of its own.

    The fonts that come with the typesetter serve almost always; the system's are looked for
    only when a character is missing in them, since that takes longer than all the rest.
    """
    rows = _distinct(paper)
    missing: tuple[str, ...] = ()
    source = template("stamps.typ")
    made = _open(typeset(source, list(rows.values())), stack)
    if pages_with_boxes(made):
        texts = [row["text"] for row in rows.values()]
        chosen = fonts.choose(texts, fonts.language_of(texts))
        rows = {id: row | {"text": _without(row["text"], chosen)} for id, row in rows.items()}
        missing = _characters(chosen.missing)
        made = _open(typeset(source, list(rows.values()), chosen), stack)
    pages = {id: made.pages[at].obj for at, id in enumerate(rows)}
    done = tuple(_lettered(pages[_id(row)], rows[_id(row)]["text"]) for row in paper)
    return Lettering(made, done, missing)


def _without(text: str, chosen: fonts.Fonts) -> str:
    """A stamp's text without what no font has."""
    for cluster in sorted(chosen.missing, key=len, reverse=True):
        text = text.replace(cluster, "")
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def _characters(clusters: Iterable[str]) -> tuple[str, ...]:
    """What is to be seen of `clusters`: no joiners and marks, unless they are all there is."""
    found: set[str] = set()
    for cluster in clusters:
        seen = {
            char for char in cluster if not char.isascii() and unicodedata.category(char) != "Cf"
        }
        found |= seen or set(cluster)
    return tuple(sorted(found))


def _distinct(rows: Any) -> dict[tuple[Any, ...], Row]:
    return {_id(row): row for row in rows}


def _id(row: Row) -> tuple[Any, ...]:
    return tuple(sorted(row.items()))


def _lettered(page: pikepdf.Object, text: str) -> Lettered:
    _, _, width, height = (float(value) for value in page.MediaBox)
    return Lettered(page, width, height, text)


def _open(data: bytes, stack: contextlib.ExitStack) -> pikepdf.Pdf:
    return stack.enter_context(pikepdf.open(io.BytesIO(data)) if data else pikepdf.new())


def _repertoire(rows: Any, alphabet: str) -> list[Row]:
    """What is set before the stamps: one row for each weight that they have."""
    weights = sorted({row.get("weight", "") for row in rows})
    text = REPERTOIRE + "".join(sorted(set(alphabet) - set(REPERTOIRE)))
    row: Row = {"text": text, "size": 8, "color": "#000000"}
    return [row | ({"weight": weight} if weight else {}) for weight in weights]


@functools.cache
def _kit(weights: tuple[str, ...], alphabet: str) -> frozenset[bytes]:
    """The fonts as they are where nothing but the repertoire is set."""
    rows = _repertoire([{"weight": weight} if weight else {} for weight in weights], alphabet)
    with pikepdf.open(io.BytesIO(typeset(template("stamps.typ"), rows))) as made:
        return frozenset(
            _program(font) for page in made.pages for font in page.obj.Resources.Font.values()
        )


def _program(font: Any) -> bytes:
    """What tells two embedded subsets apart."""
    holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = holder.get("/FontDescriptor", pikepdf.Dictionary())
    programs = [descriptor.get(key) for key in ("/FontFile", "/FontFile2", "/FontFile3")]
    total = hashlib.sha256(str(font.get("/BaseFont")).encode())
    for program in programs:
        if isinstance(program, pikepdf.Stream):
            total.update(program.read_raw_bytes())
    return total.digest()


def _is_plain(page: pikepdf.Object, shared: set[tuple[int, int]]) -> bool:
    """Whether a stamp uses shared fonts alone."""
    used = page.Resources.get("/Font", pikepdf.Dictionary())
    return all(font.objgen in shared for font in used.values())

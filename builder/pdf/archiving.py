"""Whether a file may call itself PDF/A-3b (ISO 19005-3), and what is changed so that it may.

The rules are judged by pikepdf's validator, whose clauses are veraPDF's. It approves only what it
knows to be right: what it cannot judge is an obstacle, too, so that no file is declared wrongly.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf

from builder.pdf.prepared import Obstacle

FLAVOUR = "3b"

_CLAUSES = {
    "6.2.11.4.1": "a font is not embedded",
    "6.2.11.4.2": "an embedded font lists its glyphs wrongly",
    "6.2.11.5": "a font's widths differ from those of its glyphs",
    "6.2.11.6": "a font's encoding is ambiguous",
    "6.2.11.8": "a glyph is used that the font does not have",
    "6.2.11": "a font does not meet the standard",
    "6.2.4.3": "colours are used whose meaning depends on the printer (CMYK without a profile)",
    "6.2.4": "a colour space does not meet the standard",
    "6.2.8": "an image does not meet the standard",
    "6.2.10": "transparency is used in a way that the standard does not allow",
    "6.1.7": "a stream is packed in a way that the standard does not allow (LZW, for example)",
    "6.1.13": "something is larger than the standard allows",
    "6.3": "an annotation does not meet the standard",
    "6.5": "an action is not allowed",
}
"""Clauses of ISO 19005-3 in words, the most special first."""

_UNJUDGED = {
    "font": "a font is of a kind that cannot be judged",
    "colour": "a colour space is of a kind that cannot be judged",
    "content": "a page's content cannot be judged",
}


def ready(pdf: pikepdf.Pdf) -> Counter[str]:
    """Change what the standard forbids and nobody sees; what was removed, by name.

    Links and comments are marked as to be printed; hints on smoothing images, programs' private
    notes and lists of a font's glyphs go, which nobody needs; hidden annotations go, too.
    """
    from pikepdf import pdfa

    removed: Counter[str] = Counter()
    if hidden := sum(pdfa.repair_annotation_flags(pdf).removed.values()):
        removed["hidden annotations"] = hidden
    for found in pdf.objects:
        stream = isinstance(found, pikepdf.Stream)
        holder: Any = found.stream_dict if stream else found
        if not isinstance(holder, pikepdf.Dictionary):
            continue
        if stream or holder.get("/Type") == "/Page":
            _drop(holder, [key for key in dict(holder) if key in _PRIVATE or "/PTEX." in key])
        if holder.get("/Type") == "/FontDescriptor":
            _drop(holder, ("/CIDSet", "/CharSet"))
        elif holder.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in holder:
            holder["/CIDToGIDMap"] = pikepdf.Name.Identity  # what is meant without it, said
        resources = holder.get("/Resources", holder)
        if isinstance(resources, pikepdf.Dictionary):
            empty = [key for key in ("/Pattern", "/Shading") if resources.get(key) == _NOTHING]
            _drop(resources, empty)
    # There can be but one meaning of colours in a file (6.2.3): the volume's.
    for holder in (pdf.Root, *(page.obj for page in pdf.pages)):
        _drop(holder, ("/OutputIntents",))
    return removed


def _drop(holder: Any, keys: Iterable[str]) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


_NOTHING = pikepdf.Dictionary()
_PRIVATE = frozenset({"/Interpolate", "/Metadata", "/PieceInfo", "/LastModified", "/ImageName"})


def obstacles(file: Path, *, judged: bool = False) -> tuple[Obstacle, ...]:
    """Everything because of which `file` is no PDF/A-3b; nothing if it is.

    The file must declare itself to be one already. `judged` says that each of its parts was found
    to be right: then the whole is read as it is written, and what the validator does not know is
    left at what was found there. It takes a second for a paper, since fonts are read glyph by
    glyph. To be called in a worker.
    """
    from pikepdf import pdfa

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    if judged:
        found = list(pdfa.validate_written(file, FLAVOUR).findings)
        return tuple(_obstacles([one for one in found if not _is_known(one)]))
    with pikepdf.open(file, inherit_page_attributes=False) as pdf:
        return tuple(_obstacles(_findings(pdf)))


_SHADINGS = ("shadings (sh) are not supported", "shadings are not supported")
_MORE = (
    "FDArray FontMatrix",
    "annotation type not supported",
    "/Pattern colour spaces are not supported",
    *_SHADINGS,
)


def _is_known(finding: Any) -> bool:
    """Whether the validator stopped at something that we can show to be right."""
    return finding.kind == "unsupported" and any(said in finding.message for said in _MORE)


def _findings(pdf: pikepdf.Pdf) -> list[Any]:
    """What the validator says of an equal file that is spelled as it likes.

    A FileAttachment is judged as a link, which has to meet the same rules but for its files
    (6.3.1 to 6.3.3); shadings are right where all their colours are (6.2.4), and so are spaces
    for patterns that pgf declares and nobody uses.
    """
    from pikepdf import pdfa

    sound = True
    for found in pdf.objects:
        holder = found.stream_dict if isinstance(found, pikepdf.Stream) else found
        if isinstance(found, pikepdf.Stream) and holder.get("/Subtype") == "/CIDFontType0C":
            _respell(found)
        elif isinstance(holder, pikepdf.Dictionary):
            if holder.get("/Subtype") == "/FileAttachment" and "/FS" in holder:
                holder["/Subtype"] = pikepdf.Name.Link
                _drop(holder, ("/FS", "/Name"))
            resources = holder.get("/Resources", holder)
            if not isinstance(resources, pikepdf.Dictionary):
                continue
            sound = sound and _sound_shadings(resources)
            spaces = resources.get("/ColorSpace")
            if isinstance(spaces, pikepdf.Dictionary):
                _drop(spaces, [key for key, value in spaces.items() if _patterned(value)])
    return [
        one for one in pdfa.check(pdf, FLAVOUR).findings if not (sound and one.message in _SHADINGS)
    ]


def _respell(program: pikepdf.Stream) -> None:
    """Leave the identity out where a CFF font says it: Typst's subsets do.

    A CID-keyed font's matrix is the product of the font's and of each part's (Adobe Technical
    Note 5176, chapter 19), so that nothing but the spelling changes.
    """
    from fontTools.cffLib import CFFFontSet

    with contextlib.suppress(Exception):  # whatever cannot be read stays an obstacle
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(program.read_bytes()), None)
        parts = list(fonts[0].FDArray)
        if any(part.rawDict.get("FontMatrix") != [1, 0, 0, 1, 0, 0] for part in parts):
            return
        for part in parts:
            del part.rawDict["FontMatrix"]
        out = io.BytesIO()
        fonts.compile(out, SimpleNamespace(recalcBBoxes=False))
        program.write(out.getvalue())


def _patterned(space: Any) -> bool:
    """Whether a colour space is for patterns that are coloured in a space that may be used."""
    return (
        isinstance(space, pikepdf.Array)
        and len(space) == 2
        and space[0] == "/Pattern"
        and str(space[1]) in _SPACES
    )


_SPACES = frozenset({"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/Lab"})


def _sound_shadings(holder: Any) -> bool:
    """Whether the shadings that a dictionary names are coloured as sRGB files may be."""
    named = holder.get("/Shading")
    shadings = [holder] if "/ShadingType" in holder else []
    if isinstance(named, pikepdf.Dictionary):
        shadings += list(named.values())
    for shading in shadings:
        space = shading.get("/ColorSpace") if hasattr(shading, "get") else None
        if isinstance(space, pikepdf.Array) and len(space) > 1 and space[0] == "/ICCBased":
            profile: Any = space[1]
            if isinstance(profile, pikepdf.Stream) and profile.get("/N") in (1, 3):
                continue
        elif str(space[0] if isinstance(space, pikepdf.Array) and len(space) else space) in _SPACES:
            continue
        return False
    return True


def _obstacles(findings: list[Any]) -> Iterator[Obstacle]:
    """One for each clause, however often it is broken."""
    findings = sorted(findings, key=lambda one: one.rule)
    for rule, group in itertools.groupby(findings, key=lambda one: one.rule):
        all_of_it = list(group)
        clause = rule.partition(":")[2]
        place = re.sub(r"\bobj \d+ \d+ ?", "", all_of_it[0].where).strip("() ")
        said = f"{_words(clause, rule)}: {all_of_it[0].message}"
        yield Obstacle(
            rule=f"ISO 19005-3, {clause.partition('-')[0]}" if rule.startswith("ISO") else clause,
            message=f"{said} ({place})" if place else said,
            times=len(all_of_it),
        )


def _words(clause: str, rule: str) -> str:
    if not rule.startswith("ISO"):
        return next((said for part, said in _UNJUDGED.items() if part in clause), "not allowed")
    return next(
        (
            said
            for known, said in _CLAUSES.items()
            if re.match(rf"{re.escape(known)}(\D|$)", clause)
        ),
        "something does not meet the standard",
    )

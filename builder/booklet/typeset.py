"""Typst, run inside a limited worker: data becomes a PDF, and says where its sections begin.

Strings from the edition reach Typst as JSON and are never parsed as source. The one exception are
formulas, as the source that our own converter wrote; each is tried alone before it is used.
"""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from builder.pdf import fonts

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """The beginning of a section."""

    title: str
    level: int
    id: str
    page: int
    """From 1, within this part."""
    y: float
    """Points from the top of the page."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """What became of one piece of data."""

    pages: int
    marks: tuple[Mark, ...]
    missing: tuple[str, ...]
    """Characters that no font could show: boxes in the PDF."""
    system_fonts: tuple[str, ...]
    """Families of this machine that were used beside the bundled ones."""
    obstacle: str = ""
    """Why it could not be made to the standard that was asked for; it was made without."""


def typeset(data: Data, template: str, images: Mapping[str, Path], out: Path) -> Typeset:
    """Sets `data` in `template` (a file beside this module's templates) and writes the PDF `out`.

    `images` are the files behind the staged names that `data` mentions; each must have passed
    `usable_image`. For workers only. Raises `typst.TypstError`.
    """
    _settle_formulas(data)
    chosen = fonts.choose(data, str(data["lang"]))
    data = data | {"fonts": list(chosen.families)}
    with tempfile.TemporaryDirectory(prefix="proceedings-") as staging:
        root = Path(staging)
        _stage(root, images)
        compiler = typst.Compiler(
            root / template, root=root, font_paths=chosen.load(), ignore_system_fonts=True
        )
        standards: list[Any] = data["standard"].split("+") if data.get("standard") else []
        obstacle = ""
        for simple in (False, True):
            inputs = {"data": json.dumps(data | {"simple": simple}, ensure_ascii=False)}
            try:
                made, warnings = compiler.compile_with_warnings(
                    format="pdf", timestamp=0, sys_inputs=inputs, pdf_standards=standards
                )
            except typst.TypstError as error:
                if not standards or "PDF/" not in str(error.message):
                    raise
                obstacle, standards = str(error.message).split("error: ", 1)[-1].strip(), []
                made, warnings = compiler.compile_with_warnings(
                    format="pdf", timestamp=0, sys_inputs=inputs
                )
            # What depends on its own place can chase it without end; then it has to be plain.
            if not any("converge" in warning.message for warning in warnings):
                break
        assert isinstance(made, bytes)
        layout = json.loads(compiler.query("<layout>", field="value", one=True))
    out.write_bytes(made)
    marks = tuple(
        Mark(
            title=str(mark["title"]),
            level=int(mark["level"]),
            id=str(mark["id"]),
            page=int(mark["page"]),
            y=float(mark["y"]),
        )
        for mark in layout["marks"]
    )
    system = tuple(f for f in chosen.families if f not in (*fonts.BASE, *fonts.LAST))
    return Typeset(int(layout["pages"]), marks, tuple(sorted(chosen.missing)), system, obstacle)


@functools.cache
def templates() -> str:
    """Changes when any template does."""
    digest = hashlib.sha256()
    folder = resources.files("builder.booklet").joinpath("templates")
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".typ"):
            digest.update(entry.read_bytes())
    return digest.hexdigest()


def usable_image(file: Path) -> str:
    """Why `file` cannot be set as an image; empty when it can. For workers only."""
    with tempfile.TemporaryDirectory(prefix="proceedings-") as staging:
        root = Path(staging)
        shutil.copyfile(file, root / f"image{file.suffix.lower()}")
        (root / "probe.typ").write_bytes(b"#image(sys.inputs.file, width: 20pt)")
        try:
            typst.compile(
                root / "probe.typ",
                root=root,
                font_paths=typst.Fonts(include_system_fonts=False),
                sys_inputs={"file": f"/image{file.suffix.lower()}"},
            )
        except typst.TypstError as error:
            return str(error.message).strip()
    return ""


def _stage(root: Path, images: Mapping[str, Path]) -> None:
    """Templates and images in one folder, beyond which Typst reads nothing."""
    for entry in resources.files("builder.booklet").joinpath("templates").iterdir():
        if entry.name.endswith(".typ"):
            (root / entry.name).write_bytes(entry.read_bytes())
    (root / "images").mkdir()
    for name, file in images.items():
        shutil.copyfile(file, root / "images" / name)


def _settle_formulas(data: Data) -> None:
    """Formulas that Typst cannot set fall back to their TeX, one by one."""
    formulas = [node for node in _maths(data) if node.get("typst")]
    sources = sorted({(str(node["typst"]), bool(node.get("display"))) for node in formulas})
    if not sources or _sets(sources):
        return
    broken = {source for source in sources if not _sets([source])}
    for node in formulas:
        if (str(node["typst"]), bool(node.get("display"))) in broken:
            node["typst"] = None


def _sets(sources: list[tuple[str, bool]]) -> bool:
    try:
        typst.compile(
            b"#let data = json(bytes(sys.inputs.data))\n"
            b"#for (source, display) in data {"
            b' math.equation(block: display, eval(source, mode: "math")) }',
            font_paths=typst.Fonts(include_system_fonts=False),
            sys_inputs={"data": json.dumps(sources)},
        )
    except typst.TypstError:
        return False
    return True


def _maths(data: Any) -> Iterator[Data]:
    if isinstance(data, dict):
        if data.get("t") == "math":
            yield data
        for value in data.values():
            yield from _maths(value)
    elif isinstance(data, list):
        for value in data:
            yield from _maths(value)

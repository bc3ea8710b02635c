"""Documents as PDF, set by Typst in limited workers: strings are data, never source."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from builder import work
from builder.export.documents.blocks import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    Table,
    Verbatim,
)
from builder.pdf import fonts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document to be set."""

    document: Document
    out: Path
    notice: str = ""
    """What every page says at its head."""
    foot: str = ""
    language: str = "en"
    paper: str = "a4"
    """`a4` or `letter`."""
    pictures: Mapping[str, Path] = field(default_factory=dict)
    """The files behind the pictures' names; each must have passed `booklet.typeset.usable_image`,
    and a picture without a file is left out."""


def set_pages(sheets: Iterable[Sheet]) -> Mapping[str, str]:
    """Writes each document's PDF; by file name, what went wrong, in words.

    A character that no font on this machine has is a fault too, though the file is written.
    """
    sheets = tuple(sheets)
    jobs = [
        work.Job(
            name=sheet.out.name, function=_typeset, args=(_data(sheet), sheet.pictures, sheet.out)
        )
        for sheet in sheets
    ]
    wrong = {}
    for outcome in work.run(jobs):
        if outcome.failure is not None:
            wrong[outcome.name] = f"it could not be set: {outcome.failure.message}"
        elif outcome.value:
            wrong[outcome.name] = f"no font has the characters {' '.join(outcome.value)}"
    return wrong


def _typeset(data: dict[str, Any], pictures: Mapping[str, Path], out: Path) -> list[str]:
    import typst

    chosen = fonts.choose(data, data["lang"])
    names = {name: f"{number}{file.suffix}" for number, (name, file) in enumerate(pictures.items())}
    data = {**data, "fonts": list(chosen.families), "pictures": names}
    template = resources.files("builder.export").joinpath("templates", "document.typ")
    with tempfile.TemporaryDirectory(prefix="proceedings-") as staging:
        root = Path(staging)
        main = root / "document.typ"
        main.write_bytes(template.read_bytes())
        for name, file in pictures.items():
            shutil.copyfile(file, root / names[name])
        made = typst.compile(
            main,
            root=root,
            font_paths=chosen.load(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
            format="pdf",
            timestamp=0,
        )
    assert isinstance(made, bytes)
    out.write_bytes(made)
    return sorted(chosen.missing)


def _data(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.document.title,
        "notice": sheet.notice,
        "foot": sheet.foot,
        "lang": sheet.language.partition("-")[0] or "en",
        "paper": {"letter": "us-letter"}.get(sheet.paper, sheet.paper),
        "blocks": [_block(block) for block in sheet.document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, runs):
            return {"kind": "heading", "level": level, "runs": _runs(runs)}
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs(runs)}
        case Items(items, ordered, start):
            inner = [[_block(part) for part in item] for item in items]
            return {"kind": "items", "ordered": ordered, "start": start, "items": inner}
        case Table(head, rows):
            return {
                "kind": "table",
                "weights": block.weights,
                "head": [_runs(cell) for cell in head] if any(head) else [],
                "rows": [[_runs(cell) for cell in row] for row in rows],
            }
        case Verbatim(text):
            return {"kind": "verbatim", "text": text}
        case Picture(source):
            return {"kind": "picture", "name": source}


def _runs(runs: tuple[Run, ...]) -> list[dict[str, Any]]:
    return [asdict(run) for run in runs]

"""The edition on the desk: loaded once, its PDFs inspected once."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from builder import edition, pdf
from builder.model import Finding, Inspection, PdfKind, Volume
from builder.model.markup import plain
from builder.press.order import Order
from builder.work import Cache, Progress, settle


class Unreadable(Exception):
    """No `Volume` can be made of the folder; `findings` say why, one by one."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


@dataclass(frozen=True)
class Desk:
    """An edition that could be read, and what its PDFs turned out to be."""

    root: Path
    volume: Volume
    findings: tuple[Finding, ...]
    """What reading the edition's files brought up."""
    files: tuple[Path, ...]
    """Every file of the editors that was read."""
    progress: Progress | None = None
    order: Order | None = None
    """What was asked for, where it is to be remembered once it is made."""

    @property
    def build(self) -> Path:
        """Where outputs go."""
        return self.root / "build"

    @cached_property
    def cache(self) -> Cache:
        """Work that need not be done again; may be deleted at any time.

        In a folder that may not be written, which can still be looked at, it lasts for this run.
        """
        folder = self.build / ".cache"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            writable = os.access(folder, os.W_OK)
        except OSError:
            writable = False
        if writable:
            return Cache(folder)
        passing = tempfile.mkdtemp(prefix="proceedings-")
        atexit.register(shutil.rmtree, passing, ignore_errors=True)
        return Cache(Path(passing))

    @property
    def titles(self) -> dict[str, str]:
        """Plain titles by key, for headings."""
        return {paper.key: plain.render(paper.title) for paper in self.volume.papers}

    @cached_property
    def sources(self) -> Mapping[str, Path]:
        """The PDFs that exist, by paper; withdrawn papers are not opened."""
        return {
            paper.key: self.root / paper.pdf_file
            for paper in self.volume.shown
            if paper.pdf is PdfKind.LOCAL and (self.root / paper.pdf_file).is_file()
        }

    @cached_property
    def inspections(self) -> Mapping[str, Inspection]:
        """What was seen in each of `sources`."""
        return pdf.inspect_all(self.sources, self.cache, progress=self.progress)


def open_desk(root: Path, progress: Progress | None = None, order: Order | None = None) -> Desk:
    """Reads the edition in `root`, after completing whatever a killed run left half done.

    What is made is remembered as the filling of `order`.

    Raises `Unreadable` where there is none, or none that a `Volume` can be made of.
    """
    root = root.resolve()
    if not (root / "proceedings" / "edition.yaml").is_file():
        raise Unreadable(_no_edition(root))
    settle(root / "build")
    loaded = edition.load(root, Cache(root / "build" / ".cache"))
    if loaded.volume is None:
        raise Unreadable(f"the edition in {root} cannot be read", loaded.findings)
    return Desk(
        root=root,
        volume=loaded.volume,
        findings=loaded.findings,
        files=tuple(loaded.files),
        progress=progress,
        order=order,
    )


def _no_edition(root: Path) -> str:
    if not root.is_dir():
        return f"there is no folder {root}"
    message = f"{root} holds no edition: proceedings/edition.yaml is missing"
    above = next((up for up in root.parents if (up / "proceedings/edition.yaml").is_file()), None)
    if above:
        return f"{message}; did you mean -C {above}?"
    return f"{message}; start one with `proceedings init DIR`, or name its folder with -C"

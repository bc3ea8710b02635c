"""Our styles and scripts, which every theme gets."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"
ASSETS = (
    "proceedings.css",
    "proceedings.js",
    "proceedings-papers.js",
    "proceedings-program.js",
    "proceedings-search.js",
)


def place(out: Path) -> None:
    """Puts them where Sphinx keeps a site's styles and scripts; `out` is the site's folder."""
    folder = out / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ASSETS:
        (folder / name).write_bytes((STATIC / name).read_bytes())

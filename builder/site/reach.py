"""How far a build of the site reaches: which files outside the edition's folders it may show.

Whoever wants to know whether the site would come out the same must know all that it depends on.
An ordinary `conf.py` only names things; one that computes may ask anything.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

OWN = frozenset({"builder.site", "myst_parser"})
"""Extensions of which we know that they depend on nothing else."""

CLOCKS = frozenset({"html_last_updated_fmt", "today", "today_fmt"})
"""Settings of Sphinx that print the day of the build."""

_PROSE = (".md", ".rst", ".txt")
_OUTWARD = re.compile(r"[^\s\"'`()<>{}\[\]]*\.\./[^\s\"'`()<>{}\[\]]*")
_SHOWS = re.compile(r"include|image|figure|download|\]\(", re.IGNORECASE)


def outside(root: Path, inside: tuple[str, ...]) -> tuple[Path, ...] | None:
    """Files outside the folders `inside` of the edition in `root` that its site may depend on.

    They may or may not exist. `None` where there is no telling.
    """
    root = root.resolve()
    source = root / "proceedings"
    known = tuple(root / name for name in inside)
    found: set[Path] = set()
    conf = source / "conf.py"
    try:
        if conf.is_file() and not _plain(conf, root):
            return None
        for page in source.rglob("*"):
            if page.suffix.lower() in _PROSE and page.is_file():
                for target in _outward(page):
                    if not any(target.is_relative_to(folder) for folder in known):
                        found.add(target)
        if any(target.is_dir() or _shows_more(target) for target in found):
            return None
    except (OSError, ValueError, SyntaxError):
        return None
    return tuple(sorted(found))


def _plain(conf: Path, root: Path) -> bool:
    """Whether `conf.py` gives names to literals, and nothing else; raises `ValueError`."""
    for statement in ast.parse(conf.read_text("utf-8-sig")).body:
        match statement:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case _:
                return False
        if name in CLOCKS:
            return False
        said = ast.literal_eval(value)
        if name == "extensions" and not OWN.issuperset(said):
            return False
        for text in _strings(said):
            path = (conf.parent / Path(text).expanduser()).resolve()
            if not path.is_relative_to(conf.parent) and path != root:
                return False
    return True


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.items():
            yield from _strings(one)
    elif isinstance(value, list | tuple | set):
        for one in value:
            yield from _strings(one)


def _outward(page: Path) -> Iterator[Path]:
    for match in _OUTWARD.finditer(page.read_text("utf-8", errors="replace")):
        if "://" not in match[0]:
            yield (page.parent / match[0].lstrip("/")).resolve()


def _shows_more(file: Path) -> bool:
    """Whether a page of prose that stands elsewhere may name further files."""
    if file.suffix.lower() not in _PROSE or not file.is_file():
        return False
    return bool(_SHOWS.search(file.read_text("utf-8", errors="replace")))

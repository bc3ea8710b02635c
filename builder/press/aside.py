"""What somebody wrote below `build/`: set aside before our own takes its place."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from builder.check.wording import spoken
from builder.model import Finding, Severity
from builder.work import Digests, below

FOLDER = "set-aside"
"""Below `build/`; nothing in it is ever replaced or removed."""

_NOISE = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|\._.*|~\$.*|\.~lock\..*#", re.DOTALL)
"""Names of what systems and office programs leave behind in folders that are looked at."""

_SPHINX = ".doctrees"
"""What `sphinx-build` leaves in a folder that it wrote: a site, but not in our manifest."""


def set_aside(
    build: Path, replaced: Iterable[str], standing: Mapping[str, Any], digests: Digests
) -> tuple[Finding, ...]:
    """Keep every file below `replaced` that is not as `standing`, the manifest's outputs, has it.

    What was added there, or changed since it was made, is copied to `set-aside/` and told. A folder
    that plain `sphinx-build` wrote is left out: nobody can tell whose a file in it is. Raises
    `OSError` if that cannot be written: then nothing may be replaced.
    """
    kept = []
    for path in _foreign(build, replaced, standing, digests):
        place = _place(build, path, digests)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(build / path, place)
        # Told even if it was kept before: that run may have ended before it could tell.
        kept.append((path, place))
    if not kept:
        return ()
    one = len(kept) == 1
    names = [f"build/{path}" for path, _ in kept]
    where = f"as build/{kept[0][1].relative_to(build).as_posix()}" if one else (
        f"below build/{FOLDER}/"
    )  # fmt: skip
    finding = Finding(
        code="output-set-aside",
        severity=Severity.WARNING,
        message=f"{spoken(names)} {'was' if one else 'were'} not written by this program, or "
        f"changed since; what stood there is kept {where}",
        hint="what readers are to get belongs into proceedings/ or papers/; for a file that the "
        "site needs as it is, name its folder in html_extra_path in proceedings/conf.py",
    )
    return (finding,)


def _foreign(
    build: Path, replaced: Iterable[str], standing: Mapping[str, Any], digests: Digests
) -> Iterator[str]:
    for name in dict.fromkeys(replaced):
        place = build / name
        if (place / _SPHINX).is_dir():
            continue
        inside = sorted(f"{name}/{path}" for path in below(place)) if place.is_dir() else [name]
        for path in inside:
            file = build / path
            if not file.is_file() or _NOISE.fullmatch(file.name):
                continue
            entry = standing.get(path)
            if entry is None or digests.of(file) != entry["sha256"]:
                yield path


def _place(build: Path, path: str, digests: Digests) -> Path:
    """Where it is kept already, or can be without touching what is kept there."""
    first = PurePosixPath(FOLDER, path)
    for number in itertools.count(2):
        place = build / first
        same = place.is_file() and digests.of(place) == digests.of(build / path)
        if same or not place.exists():
            return place
        first = PurePosixPath(FOLDER, path).with_stem(f"{PurePosixPath(path).stem}-{number}")
    raise AssertionError

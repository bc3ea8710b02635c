"""What was asked for, of which edition: and whether it was made already and stands untouched.

An order is filled when nothing that its outputs depend on has changed since, and no output either:
the editors' files, this program and what it is built on, the fonts, the options. Whatever is
doubtful counts as changed; then everything is made, and what is kept on the way makes it quick.
"""

# A site has thousands of files; a Path for each costs more than the look at it.
# ruff: noqa: PTH118, PTH112, PTH208

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.model.finding import Report
from builder.press import surroundings
from builder.press.findings import as_data, from_data
from builder.site import reach
from builder.work.cache import Cache
from builder.work.jobs import stopped
from builder.work.lock import lock
from builder.work.writing import write_if_changed

FOLDERS = ("proceedings", "papers", "private")
"""What editors write stands in these folders of an edition."""

LOCK = "proceedings/pagination.lock"
"""A final run writes it; so it enters as it stands in the end, not as it stood before."""


@dataclass(frozen=True, slots=True)
class Filled:
    """An order that was filled before: what was said and made then."""

    report: Report
    outputs: tuple[Path, ...]
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class Order:
    """One verb with its options, and a digest of everything that it would work from."""

    root: Path
    words: tuple[str, ...]
    inputs: str | None
    """A digest of everything but the lock; `None` where nobody can name everything."""
    stopped: int
    """How many jobs had been stopped before it began."""

    @classmethod
    def of(cls, root: Path, verb: str, **options: object) -> Order:
        """To be taken before the edition is read: what changes meanwhile is then made again."""
        root = root.resolve()
        words = (verb, *(f"{name}={value}" for name, value in sorted(options.items())))
        cache = Cache(root / "build" / ".cache")
        outside = reach.outside(root, FOLDERS)
        if outside is None:
            return cls(root, words, None, stopped())
        lines = [surroundings.digest(), *words]
        for name in (*FOLDERS, *map(str, outside)):
            lines += (line for line in _lines(root, name, cache) if not line.endswith(f" {LOCK}"))
        if verb == "site":
            lines += _standing(root / "build", cache)
        return cls(root, words, _digest(lines), stopped())

    def filled(self) -> Filled | None:
        """What was made and said when this very order was filled, if it stands untouched."""
        build, cache = self.root / "build", self._cache
        if self.inputs is None or not self._file.is_file() or (build / ".staging").exists():
            return None
        try:
            with lock(build):
                kept = json.loads(self._file.read_text("utf-8"))
                if kept["inputs"] != self._inputs() or kept["outputs"] != _outputs(
                    build, kept["names"], cache
                ):
                    return None
                cache.digests.save()
                return Filled(
                    Report(tuple(from_data(one) for one in kept["findings"])),
                    tuple(self.root / name for name in kept["opened"]),
                    kept["titles"],
                )
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    def fill(
        self,
        report: Report,
        names: Iterable[str],
        opened: Iterable[Path],
        titles: Mapping[str, str],
    ) -> None:
        """Remembers what was made (`names` below `build/`); to be called once it is in place.

        Nothing is remembered of a run in which a job was stopped by its limits: on a machine less
        busy it may succeed.
        """
        if self.inputs is None or stopped() != self.stopped:
            return
        replaced = sorted(names)
        kept = {
            "inputs": self._inputs(),
            "names": replaced,
            "outputs": _outputs(self.root / "build", replaced, self._cache),
            "opened": [path.relative_to(self.root).as_posix() for path in opened],
            "titles": dict(titles),
            "findings": [as_data(finding) for finding in report.findings],
        }
        # Where nothing can be remembered, everything is made again.
        with contextlib.suppress(OSError):
            write_if_changed(self._file, json.dumps(kept, ensure_ascii=False, indent=0))
            self._cache.digests.save()

    @property
    def _cache(self) -> Cache:
        return Cache(self.root / "build" / ".cache")

    @property
    def _file(self) -> Path:
        return self._cache.folder / "orders" / f"{self.words[0]}-{_digest(self.words)[:12]}.json"

    def _inputs(self) -> str:
        return _digest([self.inputs or "", *_lines(self.root, LOCK, self._cache)])


def _outputs(build: Path, names: Iterable[str], cache: Cache) -> str:
    return _digest(line for name in names for line in _lines(build, name, cache))


def _standing(build: Path, cache: Cache) -> list[str]:
    """What a site made alone finds in `build/`."""
    try:
        plan = json.loads((build / "manifest.json").read_text("utf-8")).get("plan", "")
    except (OSError, ValueError, AttributeError):
        plan = ""
    names = ("booklet.pdf", "front-matter.pdf", "papers")
    return [str(plan), *(line for name in names for line in _lines(build, name, cache))]


def _lines(root: Path, name: str, cache: Cache) -> list[str]:
    """A line for every file at or below `root / name`: its digest, and its path below `root`."""
    found: list[str] = []
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        shown = waiting.pop()
        path = os.path.join(root, shown)
        try:
            if not os.path.isdir(path):
                found.append(f"{cache.digests.of(path)} {shown}")
            elif (real := os.path.realpath(path)) not in seen:
                seen.add(real)
                found.append(f"folder {shown}")
                waiting += [f"{shown}/{inside}" for inside in os.listdir(path)]
        except OSError as error:
            found.append(f"{type(error).__name__} {shown}")
    return sorted(found)


def _digest(lines: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line.encode("utf-8", "surrogateescape") + b"\0")
    return whole.hexdigest()

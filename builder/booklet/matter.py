"""Front and back matter as files: set in limited workers, and kept by everything they say."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from builder.booklet.printed import VERSIONS
from builder.booklet.typeset import Typeset, templates, typeset
from builder.work import Cache, Job, Progress, run, share

_TYPESET: TypeAdapter[Typeset] = TypeAdapter(Typeset)

WHOLE = ("front", "alone", "back")
"""Pieces whose files bear their names; what else is set are pages between papers."""


class TypesettingError(RuntimeError):
    """Front or back matter could not be set at all."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where things are while something is set."""

    folder: Path
    """Where files are written."""
    images: Mapping[str, Path]
    """Files behind the staged names that data mentions."""
    cache: Cache
    progress: Progress | None = None


def set_matter(
    wanted: Mapping[str, dict[str, Any] | None], setting: Setting
) -> dict[str, tuple[Typeset, Path]]:
    """Each piece as a PDF, in the order of `wanted`; those that are `None` are left out.

    Raises `TypesettingError`.
    """
    outs = {name: setting.folder / f"matter-{at}.pdf" for at, name in enumerate(wanted)}
    outs |= {name: setting.folder / f"{name}.pdf" for name in wanted if name in WHOLE}
    keys = {name: _key(data, setting) for name, data in wanted.items() if data is not None}
    made: dict[str, tuple[Typeset, Path]] = {}
    jobs: list[Job] = []
    for name, key in keys.items():
        if kept := _kept(setting.cache, key, outs[name]):
            made[name] = (kept, outs[name])
        else:
            arguments = (wanted[name], "booklet.typ", dict(setting.images), outs[name])
            jobs.append(Job(name, typeset, arguments))
    for outcome in run(jobs, progress=setting.progress, what="Front matter"):
        if outcome.failure:
            raise TypesettingError(
                f"the {outcome.name} matter cannot be set: {outcome.failure.message}"
            )
        made[outcome.name] = (outcome.value, outs[outcome.name])
        # With other fonts installed, it might come out otherwise.
        if not outcome.value.missing and not outcome.value.system_fonts:
            _keep(setting.cache, keys[outcome.name], outcome.value, outs[outcome.name])
    return {name: made[name] for name in wanted if name in made}


def _key(data: dict[str, Any] | None, setting: Setting) -> str:
    """What a piece is made of: data, templates, images, and the programs that set it."""
    said = json.dumps(data, ensure_ascii=False)
    # A staged name stands in quotes where data mentions it.
    images: Sequence[str | Path] = [
        part
        for name, file in setting.images.items()
        if f'"{name}"' in said
        for part in (name, file)
    ]
    return setting.cache.key("matter", templates(), *VERSIONS, said, *images)


def _kept(cache: Cache, key: str, out: Path) -> Typeset | None:
    file, record = cache.find("matter", key, ".pdf"), cache.find_text("matter", key)
    if file is None or record is None:
        return None
    with contextlib.suppress(ValueError, OSError):  # the cache may vanish or rot at any time
        made = _TYPESET.validate_json(record)
        share(file, out)
        return made
    return None


def _keep(cache: Cache, key: str, made: Typeset, file: Path) -> None:
    cache.store("matter", key, ".pdf", lambda path: share(file, path))
    cache.store_data("matter", key, _TYPESET.dump_json(made))

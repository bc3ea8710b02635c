"""Puts the site that stands where the next one is made, so that only what changed is made again."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from builder.site import record


def seed(root: Path, standing: Path, out: Path) -> None:
    """Fills `out`, which is empty or missing, with the site in the folder `standing`, if any.

    `out` has to be the same path on every build, and `root/build/.cache/site`, where Sphinx keeps
    its state, to stay; then `build` makes only what changed, and removes what is gone. Without
    either, or after a build that was never put in place, it makes more, never less. What `build`
    replaces as a whole shares its bytes with `standing`; all that Sphinx may write into is copied,
    so that `standing` stays as it is. Raises `OSError`.
    """
    if not standing.is_dir():
        return
    known = record.read(root / "build" / ".cache" / "site", out)
    replaced = {path for path, one in known.items() if one.digest != record.PROSE}
    for folder, _, names in os.walk(standing):
        inside = Path(folder).relative_to(standing)
        (out / inside).mkdir(parents=True, exist_ok=True)
        for name in names:
            source, target = standing / inside / name, out / inside / name
            if (inside / name).as_posix() in replaced:
                with contextlib.suppress(OSError):
                    os.link(source, target)
                    continue
            shutil.copy2(source, target)

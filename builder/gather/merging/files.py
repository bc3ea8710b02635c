"""PDFs, supplements and images: copied, never over a file that somebody else put there."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from builder.gather import notation
from builder.gather.merging.desk import Desk
from builder.model import Where


def files(desk: Desk) -> None:
    """PDFs, supplements and images."""
    for paper in desk.gathered.papers:
        key = desk.keys[paper.source]
        if paper.pdf:
            _copy(desk, paper.pdf.source, f"papers/{key}.pdf", key)
        taken: set[str] = set()
        for supplement in paper.supplements:
            suffix = "".join(re.findall(r"\.\w{1,8}\Z", supplement.source.name)).lower()
            kind = f"-{notation.slug(supplement.kind)}" if supplement.kind else ""
            name = wanted = f"{key}-supp{kind}"
            number = 1
            while f"{name}{suffix}" in taken:
                number += 1
                name = f"{wanted}-{number}"
            taken.add(f"{name}{suffix}")
            _copy(desk, supplement.source, f"papers/{name}{suffix or '.bin'}", key)
    for name, source in desk.gathered.images.items():
        _copy(desk, source, f"proceedings/images/{name}", "")
    for name, digest in desk.before.files.items():
        desk.after.files.setdefault(name, digest)


def _copy(desk: Desk, source: Path, name: str, subject: str) -> None:
    """Copies one file, unless a different one is there that did not come from here."""
    target = desk.root / name
    old = desk.before.files.get(name)
    try:
        data = source.read_bytes()
    except OSError as error:
        desk.report(
            code="gather-missing-file",
            message=f"{source.name} cannot be read ({error.strerror or 'unknown reason'})",
            subject=subject,
        )
        if old:
            desk.after.files[name] = old
        return
    digest = hashlib.sha256(data).hexdigest()
    desk.after.files[name] = digest
    if target.is_file():
        present = hashlib.sha256(target.read_bytes()).hexdigest()
        if present == digest:
            return
        if present != old:
            if old:
                desk.after.files[name] = old
            if digest != old:
                desk.report(
                    code="gather-file-differs",
                    message=f"{name} is there already and differs from the source's "
                    f"{source.name}; yours stays",
                    subject=subject,
                    where=Where(file=name),
                    hint=f"delete {name} and gather again to have the source's file",
                )
            return
    elif target.exists():
        desk.report(
            code="gather-file-differs",
            message=f"{name} is no file; the source's {source.name} was not copied",
            subject=subject,
        )
        return
    desk.write(name, data)

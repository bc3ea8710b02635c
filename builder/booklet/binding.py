"""The volume from its parts: joined by one engine, read back by others, kept if nobody objects."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.booklet import metadata, standard
from builder.booklet.desk import Desk
from builder.booklet.matter import TypesettingError
from builder.booklet.outline import outline
from builder.booklet.printed import VERSIONS, Printed
from builder.booklet.typeset import Mark, Typeset
from builder.booklet.working import Assembly, join_and_audit
from builder.model import Finding
from builder.pdf import Attachment, Expected, ExpectedPart, Label, Part
from builder.work import Job, Limits, run, share

if TYPE_CHECKING:
    from builder.booklet.making import Request

_FORM = "2"
"""Raised whenever equal parts are to give another volume than before."""


def assembly(
    desk: Desk,
    matter: Mapping[str, tuple[Typeset, Path]],
    printed: Mapping[str, Printed],
    attached: Mapping[str, Sequence[Attachment]],
) -> Assembly:
    """The volume's parts in order, and what must be true of it by the plan.

    `attached` are attachments by paper.
    """
    front, front_file = matter["front"]
    last = desk.plan.last_page
    labels = (
        Label(sheet=1, style="roman"),
        Label(sheet=front.pages + 1, style="arabic", start=desk.plan.start),
    )
    parts = [Part(path=front_file)]
    wanted = [ExpectedPart(path=front_file, pages=front.pages, first_label="i")]
    for key, one in printed.items():
        planned = desk.planned[key]
        if f"before {key}" in matter:
            page, page_file = matter[f"before {key}"]
            parts.append(Part(path=page_file))
            label = str(planned.first - page.pages)
            wanted.append(ExpectedPart(path=page_file, pages=page.pages, first_label=label))
        parts.append(Part(path=one.file, key=key, segment=one.segment, overlay=one.overlay))
        wanted.append(
            ExpectedPart(
                path=one.file,
                key=key,
                pages=planned.pages,
                first_label=str(planned.first),
                stamps=one.prepared.stamps,
            )
        )
    back_marks: Sequence[Mark] = ()
    if "back" in matter:
        back, back_file = matter["back"]
        back_marks = back.marks
        parts.append(Part(path=back_file))
        wanted.append(ExpectedPart(path=back_file, pages=back.pages, first_label=str(last + 1)))
    entries = outline(desk, front.marks, back_marks, front.pages + last + 2 - desk.plan.start)
    info = metadata.of_volume(desk.volume)
    attachments = tuple(one for key in printed for one in attached.get(key, ()))
    expected = Expected(
        parts=tuple(wanted),
        labels=labels,
        outline=entries,
        info=info,
        attachments=attachments,
    )
    obstacles = [one.obstacle for one, _ in matter.values()]
    obstacles += [one.typeset.obstacle for one in printed.values() if one.typeset]
    archival = (
        desk.volume.booklet.archival_form
        and not any(obstacles)
        and not any(one.prepared.obstacles for one in printed.values())
    )
    return Assembly(
        tuple(parts),
        labels,
        entries,
        info,
        expected,
        attachments,
        archival,
        desk.volume.booklet.linearized,
    )


def bind(made: Assembly, request: Request) -> tuple[Path, tuple[Finding, ...]]:
    """The volume, and what its audit says; a volume without findings is kept."""
    out = request.folder / "volume.pdf"
    facts = (made.labels, made.outline, made.info, [p.key for p in made.parts])
    forms = (made.archival, made.linearized)
    embedded = [(replace(one, path=Path()), one.path) for one in made.attachments]
    key = request.cache.key(
        "volume",
        _FORM,
        *VERSIONS,
        repr((*facts, *forms)),
        *(part.path for part in made.parts),
        *(part for said, path in embedded for part in (repr(said), path)),
    )
    if kept := request.cache.find("volume", key, ".pdf"):
        with contextlib.suppress(OSError):  # the cache may vanish at any time
            share(kept, out)
            return out, ()
    # One for each of several volumes, and for drafts: their papers stand elsewhere.
    name = request.cache.key(repr((made.info.title, request.draft)))[:16]
    ledger = request.cache.folder / f"audit-{name}.json"
    job = Job("the volume", join_and_audit, (_known(made, request), out, ledger), _limits(made))
    (outcome,) = run([job], progress=request.progress, what="Joining")
    if outcome.failure:
        raise TypesettingError(f"the volume cannot be joined: {outcome.failure.message}")
    obstacles, said = outcome.value
    findings: tuple[Finding, ...] = (*standard.of_volume(obstacles), *said)
    if not findings:
        request.cache.store("volume", key, ".pdf", lambda path: share(out, path))
    return out, findings


def _known(made: Assembly, request: Request) -> Assembly:
    """The same, with the digests of its parts, so that the audit need not take them anew."""
    of = request.cache.digests.of
    parts = tuple(replace(part, digest=of(part.path)) for part in made.expected.parts)
    return replace(made, expected=replace(made.expected, parts=parts))


def _limits(made: Assembly) -> Limits:
    """Joining and reading back take time and memory by pages and bytes, not by papers."""
    files = [part.path for part in made.parts] + [one.path for one in made.attachments]
    size = sum(file.stat().st_size for file in files)
    pages = sum(part.pages for part in made.expected.parts)
    return Limits(seconds=120 + pages * 0.5, memory=(2 << 30) + 8 * size)

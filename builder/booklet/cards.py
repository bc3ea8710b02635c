"""The labelled pages that stand for papers: for those that cannot be printed, and for abstracts."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from builder.booklet import metadata
from builder.booklet.desk import Desk
from builder.booklet.front import SIZES, card
from builder.booklet.plan import not_reprinted
from builder.booklet.printed import FORM, VERSIONS, Printed
from builder.booklet.stamps import paper_stamps
from builder.booklet.typeset import Typeset, templates
from builder.booklet.working import set_card
from builder.pdf import Prepared
from builder.work import Cache, Job, run, share

_CARD: TypeAdapter[tuple[Typeset, Prepared]] = TypeAdapter(tuple[Typeset, Prepared])


def make_cards(
    desk: Desk, folder: Path, missing: Mapping[str, str], cache: Cache
) -> dict[str, Printed]:
    """The pages that stand for papers: for those that `missing` explains, and abstract pages."""
    jobs: list[Job] = []
    keys: dict[str, str] = {}
    printed: dict[str, Printed] = {}
    files = desk.files(folder)
    for planned in desk.plan.papers:
        paper, out = desk.paper(planned), files[planned.key]
        if planned.key not in missing and not not_reprinted(paper):
            continue
        data = card(
            desk,
            paper,
            pages=planned.pages,
            missing=missing.get(planned.key, ""),
            size=SIZES[desk.volume.booklet.page],
        )
        stamps = paper_stamps(desk.volume, paper, planned, draft=desk.draft)
        info = metadata.of_paper(desk.volume, paper, planned)
        keys[planned.key] = key = cache.key(
            "card", FORM, *VERSIONS, templates(), json.dumps(data), repr(stamps), repr(info)
        )
        if kept := _kept(cache, key, out):
            printed[planned.key] = Printed(planned.key, out, False, kept[1], typeset=kept[0])
        else:
            jobs.append(Job(planned.key, set_card, (data, out, stamps, info)))
    for outcome in run(jobs):
        if outcome.failure:
            raise RuntimeError(
                f"the page that stands for {outcome.name} cannot be set: {outcome.failure.message}"
            )
        out = files[outcome.name]
        made, prepared = outcome.value
        printed[outcome.name] = Printed(outcome.name, out, False, prepared, typeset=made)
        # With other fonts installed, it might come out otherwise.
        if not (made.missing or made.system_fonts or prepared.missing):
            cache.store("card", keys[outcome.name], ".pdf", functools.partial(share, out))
            cache.store_data("card", keys[outcome.name], _CARD.dump_json(outcome.value))
    return printed


def _kept(cache: Cache, key: str, out: Path) -> tuple[Typeset, Prepared] | None:
    """A page as it was set before from the same data."""
    file, record = cache.find("card", key, ".pdf"), cache.find_text("card", key)
    if file is None or record is None:
        return None
    try:
        said = _CARD.validate_json(record)
        share(file, out)
    except (ValueError, OSError):
        return None  # the cache may vanish or rot at any time
    return said

"""The volume's bookmarks: front matter, papers by their groups, back matter."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from builder.booklet.contents import groups
from builder.booklet.desk import Desk
from builder.booklet.typeset import Mark
from builder.pdf import Entry


def outline(
    desk: Desk, front: Sequence[Mark], back: Sequence[Mark], back_sheet: int
) -> tuple[Entry, ...]:
    """The outline of the volume; `back_sheet` is the first sheet (from 1) of the back matter.

    Each paper's entry is given the paper's own outline when the volume is joined.
    """
    entries = list(_sections(front, 1))
    for group in groups(desk, desk.placed):
        members = tuple(
            Entry(title=paper["text"], target=f"paper/{quote(paper['key'], safe='')}")
            for paper in group["papers"]
        )
        if group["title"] and members:
            first = min(int(paper["page"]) for paper in group["papers"])
            entries.append(
                Entry(title=group["title"], target=f"page/{first}", children=members, open=True)
            )
        else:
            entries.extend(members)
    return (*entries, *_sections(back, back_sheet))


def _sections(marks: Sequence[Mark], first_sheet: int) -> list[Entry]:
    return [
        Entry(title=mark.title, target=f"sheet/{first_sheet + mark.page - 1}")
        for mark in marks
        if mark.level == 1 and mark.title
    ]

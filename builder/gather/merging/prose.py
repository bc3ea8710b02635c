"""Pages of prose, and the pages that `init` wrote and nobody touched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder.gather.merging.desk import EDITION, Desk, scaffold


def name_untouched(desk: Desk) -> None:
    """Files that nobody touched since `init` get the event's name, once it is known."""
    event = desk.gathered.edition.get("event", {})
    if not event.get("short_name"):
        return
    named = scaffold(
        title=event["short_name"], name=event.get("name", ""), date=event.get("start", "")
    )
    for name, text in named.items():
        if desk.text(name) == desk.blank.get(name):
            desk.write(name, text)
            desk.blank[name] = text


def prose(desk: Desk) -> None:
    """Pages of prose: written if nobody touched them since."""
    for page in desk.gathered.prose:
        name = f"proceedings/{page.file}"
        old = desk.before.texts.get(name)
        ours = desk.text(name)
        desk.after.texts[name] = page.text
        if ours in (None, old, desk.blank.get(name)):
            desk.write(name, page.text)
        elif page.text not in (ours, old):
            desk.proposal(name, page.text, "the page was edited, and the source changed too")
            if old is None:
                del desk.after.texts[name]
            else:
                desk.after.texts[name] = old
    for name, text in desk.before.texts.items():
        desk.after.texts.setdefault(name, text)


def with_prose(desk: Desk, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """`edition.yaml` with the list of prose pages, where placeholders would be printed too."""
    gathered = [page.file for page in desk.gathered.prose]
    before = desk.before.tables.get(EDITION)
    known = before.get("prose") if isinstance(before, dict) else None
    if known:
        return {**facts, "prose": [*known, *(name for name in gathered if name not in known)]}
    if not gathered:
        return facts
    folder = desk.root / "proceedings"
    pages = sorted(file.name for file in folder.glob("*.md") if file.name != "index.md")
    blank = [
        page
        for page in pages
        if page not in gathered
        and desk.text(f"proceedings/{page}") == desk.blank.get(f"proceedings/{page}")
    ]
    if not blank:
        return facts  # without a list every page is printed, and that is right
    written = [page for page in pages if page not in blank and page not in gathered]
    return {**facts, "prose": [*gathered, *written]}


# papers.bib

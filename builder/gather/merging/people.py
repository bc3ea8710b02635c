"""What the source knows about authors: affiliations for everybody, addresses for the editors."""

from __future__ import annotations

from typing import Any

from builder.gather.merging.desk import AUTHORS, CONTACTS, Desk
from builder.gather.merging.tables import table
from builder.gather.received import PRIVATE, Received


def authors(desk: Desk) -> None:
    """Affiliations, ORCID and profiles into `authors.yaml`."""
    details = _details(desk)
    if details or AUTHORS in desk.before.tables:
        table(desk, AUTHORS, details, prune=True)


def _details(desk: Desk) -> dict[str, Any]:
    """What the source knows about authors, in the form of `authors.yaml`."""
    made: dict[str, Any] = {}
    for paper in desk.gathered.papers:
        key = desk.keys[paper.source]
        details: dict[str, Any] = {}
        twice: set[str] = set()
        for author in paper.authors:
            if author.printed in details:
                twice.add(author.printed)
            details[author.printed] = dict(author.details)
        for name in sorted(twice):
            del details[name]
            desk.report(
                code="gather-author",
                message=f"{key} has two authors called {name}; what the source says about "
                f"them cannot be told apart in {AUTHORS}",
                subject=key,
                hint="if it is one person named twice, take one out; otherwise tell them "
                "apart in papers.bib",
            )
        if known := {name: value for name, value in details.items() if value}:
            made[key] = known
    return made | _of_missing(desk, desk.before.tables.get(AUTHORS))


def _of_missing(desk: Desk, table: Any) -> dict[str, Any]:
    """What was received about papers that did not come this time: it stays with them."""
    now = {desk.keys[paper.source] for paper in desk.gathered.papers}
    gone = {known["key"] for known in desk.before.papers.values()} - now
    if not isinstance(table, dict):
        return {}
    return {key: value for key, value in table.items() if key in gone}


def contacts(desk: Desk) -> None:
    """E-mail addresses, which go into `private/` and nowhere else."""
    contacts: dict[str, Any] = {}
    for paper in desk.gathered.papers:
        known = {author.printed: author.email for author in paper.authors if author.email}
        if known:
            contacts[desk.keys[paper.source]] = known
    before = Received.read(desk.root, PRIVATE, desk.gathered.format)
    contacts |= _of_missing(desk, before.tables.get(CONTACTS))
    if not contacts and before.empty:
        return
    # The folder keeps itself out of git, whatever the edition's own .gitignore says.
    if not (desk.root / "private" / ".gitignore").exists():
        desk.write("private/.gitignore", "*\n")
    after = Received()
    table(desk, CONTACTS, contacts, prune=True, before=before, after=after)
    desk.write(f"{PRIVATE}/{desk.gathered.format}.json", after.text())

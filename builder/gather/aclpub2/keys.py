"""Tables whose keys people misspell: understood where it is clear what was meant, and reported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from builder.edition.suggest import closest
from builder.gather import notation
from builder.gather.reading import Source, shown
from builder.model import Severity


def understood(
    source: Source, file: str, table: Any, known: Collection[str], subject: str = ""
) -> dict[str, Any]:
    """`table` under its proper keys; `known` ones that are misspelt are put right and reported.

    Anything but a table gives an empty one. Keys nobody knows are left out and reported once.
    """
    if not isinstance(table, Mapping):
        if table not in (None, ""):
            source.report(
                code="gather-shape",
                message=f"a table (`key: value` lines) is expected, not “{shown(table)}”",
                subject=subject,
                where=source.where(file),
            )
        return {}
    found = {key: value for key, value in table.items() if key in known}
    for key, value in table.items():
        if key in known:
            continue
        meant = closest(key, (name for name in known if name not in found))
        where = source.where(file, table, key)
        if meant:
            found[meant] = value
            source.report(
                code="gather-misspelt-key",
                message=f"`{shown(key)}` is not a key of aclpub2; it was read as `{meant}`",
                subject=subject,
                where=where,
                hint=f"write `{meant}` in {file}",
            )
        else:
            message = f"`{shown(key)}` in {file} is not known; it is left out"
            if all(finding.message != message for finding in source.findings):
                source.report(
                    code="gather-unknown-key",
                    severity=Severity.INFO,
                    message=message,
                    where=where,
                )
    return found


def entries(source: Source, file: str, value: Any) -> list[Any]:
    """A list; one table alone counts as a list of one, everything else is reported."""
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping):
        return [value]
    if value not in (None, ""):
        source.report(
            code="gather-shape",
            message=f"a list is expected in {file}, not “{shown(value)}”",
            where=source.where(file),
        )
    return []


def line(value: Any) -> str:
    """A value as one line of text; empty if it is none."""
    return notation.one_line(value) if isinstance(value, str) else ""


def full_name(person: Mapping[str, Any]) -> tuple[str, str]:
    """Given and family name out of aclpub2's parts, however few of them there are."""
    given = " ".join(
        part for key in ("first_name", "middle_name") if (part := line(person.get(key)))
    )
    family = line(person.get("last_name"))
    if not (given or family):
        return "", line(person.get("name")) or line(person.get("preferred_name"))
    return given, family


NAMES = ("first_name", "middle_name", "last_name", "name", "preferred_name")
"""Keys of a name."""
LINKS = (
    *("email", "emails", "username", "openreview", "google_scholar", "orcid", "dblp"),
    *("semantic_scholar", "homepage", "affiliation", "institution", "acl_anthology"),
)
"""Keys that go with a name."""

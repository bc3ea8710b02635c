"""proceedings/pagination.lock: the pages that papers have been given, which nothing may move.

One line per paper, so that two people's changes merge: `liu25: 1-8`, or, where there are several
volumes, `liu25: 2/1-8`. It is YAML, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from builder.model import Finding, Plan, Severity, Where

FILE = "proceedings/pagination.lock"

Pages = tuple[int, int]
"""First and last page of a paper, as printed."""

_LINE = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*"|[^\s"#:][^:]*):\s+(?:(?P<volume>[1-9]\d{0,2})/)?'
    r"(?P<first>\d+)(?:-(?P<last>\d+))?"
)
_HEAD = """\
# Pages that papers have been given. Written by the first final build; commit it.
# From now on page numbers stay: a late paper gets the next pages, a corrected one keeps its own.
"""


def read(root: Path, keys: Collection[str]) -> tuple[dict[str, Pages], tuple[Finding, ...]]:
    """Locked pages by paper, in their order, and what is wrong with the file under `root`.

    `keys` are all papers of the edition. Lines at fault are left out. Never raises.
    """
    try:
        text = (root / FILE).read_text("utf-8-sig")
    except FileNotFoundError:
        return {}, ()
    except (OSError, UnicodeDecodeError) as error:
        return {}, (_finding(0, f"{FILE} cannot be read: {error}"),)
    found: dict[str, Pages] = {}
    findings: list[Finding] = []
    taken: dict[tuple[str, int], str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            findings.append(_finding(number, f"`{line.strip()[:60]}` is no paper with its pages"))
            continue
        key = match["key"]
        key = json.loads(key) if key.startswith('"') else key
        first, last = int(match["first"]), int(match["last"] or match["first"])
        pages = [
            (match["volume"] or "", page) for page in range(first, min(last, first + 20_000) + 1)
        ]
        if key in found:
            findings.append(_finding(number, f"`{key}` has pages already", key))
        elif not 1 <= first <= last < first + 20_000:
            findings.append(_finding(number, f"`{key}` cannot have pages {first}-{last}", key))
        elif other := next((taken[page] for page in pages if page in taken), ""):
            findings.append(_finding(number, f"`{key}` and `{other}` have the same pages", key))
        elif key not in keys:
            findings.append(
                _finding(number, f"papers/papers.bib has no paper `{key}`, which has pages", key)
            )
        else:
            found[key] = (first, last)
            taken |= dict.fromkeys(pages, key)
    return dict(sorted(found.items(), key=lambda one: one[1])), tuple(findings)


def volumes(root: Path) -> dict[str, int]:
    """The volumes of the papers whose lines name one; nothing where the file cannot be read."""
    try:
        lines = (root / FILE).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = {}
    for match in filter(None, (_LINE.fullmatch(line.strip()) for line in lines)):
        if match["volume"]:
            key = match["key"]
            found[json.loads(key) if key.startswith('"') else key] = int(match["volume"])
    return found


def unreadable(findings: Iterable[Finding]) -> bool:
    """Whether lines of the file are among what was found to be wrong: they must not be lost."""
    return any(finding.code == "lock-malformed" for finding in findings)


def text(
    plan: Plan,
    before: Mapping[str, Pages],
    standing: str = "",
    within: Mapping[str, int] | None = None,
) -> str:
    """The file for a plan; papers that `before` locked keep their lines even if none is printed.

    `standing` is the file that says what `before` does: it stays to the letter, with the editors'
    remarks, and only papers that it lacks get lines at its end. `within` are the volumes of papers
    that `before` locked.
    """
    volumes = {**(within or {}), **{one.key: one.volume for one in plan.papers if one.volume}}
    given = {planned.key: (planned.first, planned.last) for planned in plan.papers}
    if standing:
        new = {key: pages for key, pages in given.items() if key not in before}
        return "".join(
            [standing if standing.endswith("\n") else f"{standing}\n", *_lines(new, volumes)]
        )
    return "".join([_HEAD, *_lines({**before, **given}, volumes)])


def _lines(rows: Mapping[str, Pages], volumes: Mapping[str, int]) -> list[str]:
    found = []
    for key, (first, last) in sorted(
        rows.items(), key=lambda one: (volumes.get(one[0], 0), one[1])
    ):
        volume = f"{volumes[key]}/" if key in volumes else ""
        pages = f"{first}-{last}" if last > first else str(first)
        found.append(f"{_key(key)}: {volume}{pages}\n")
    return found


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z_][\w.-]*", key, re.ASCII) else json.dumps(key)


def _finding(line: int, message: str, key: str = "") -> Finding:
    return Finding(
        code="lock-malformed",
        severity=Severity.ERROR,
        message=f"Locked pages: {message}",
        subject=key,
        where=Where(file=FILE, line=line or None),
        hint="Restore the line from the file's history. A paper that was taken back stays in "
        "papers.bib with `include = {withdrawn}`; its pages then say so.",
    )

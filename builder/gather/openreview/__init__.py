"""Reads a JSON export of OpenReview: notes of API version 1 or 2, with or without unified authors.

What the fields mean follows openreview-py 2.9.1 (`openreview/stages/default_content.py`,
`client.py`, `tools.py`), read 2026-11-22. Only accepted submissions are gathered, and about the
others nothing is said but how many there were: decisions on them are confidential.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from builder.gather import notation
from builder.gather.gathered import Gathered, GatheredPaper
from builder.gather.openreview.papers import Reading, track_of
from builder.gather.openreview.values import text_of
from builder.gather.openreview.verdict import Verdict, judge
from builder.gather.reading import Source, Unreadable, json_values, shown
from builder.model import Severity

_ID = re.compile(r"[\w-]{4,40}\Z")


def read(path: Path) -> Gathered:
    """The accepted papers of the export at `path`: a file, or a folder of JSON files."""
    source = Source(path)
    notes = _notes(source)
    papers: list[GatheredPaper] = []
    withdrawn: list[str] = []
    verdicts: Counter[Verdict] = Counter()
    seen: dict[str, None] = {}
    for note in notes:
        id = text_of(note.get("forum")) or text_of(note.get("id"))
        if not _ID.match(id):
            source.report(
                code="gather-shape",
                message=f"a note has no usable id (“{shown(id)}”); it is left out",
                hint="export the submissions again; each note needs its `id`",
            )
            continue
        if id in seen:
            source.report(
                code="gather-duplicate",
                message=f"the submission {id} stands twice in the export; the first one counts",
                subject=id,
            )
            continue
        seen[id] = None
        verdict = judge(note)
        verdicts[verdict] += 1
        if verdict == "accepted":
            papers.append(Reading(source, note, id).paper())
        elif verdict == "unknown":
            source.report(
                code="gather-undecided",
                message=f"nothing in the export says whether the submission {id} was accepted; "
                "it is left out",
                subject=id,
                hint="export with `venueid`, or with the decisions (details=replies)",
            )
        else:
            withdrawn.append(id)
    left_out = verdicts["not accepted"] + verdicts["withdrawn"]
    if left_out:
        source.report(
            code="gather-not-accepted",
            severity=Severity.INFO,
            message=f"{left_out} of {len(seen)} submissions in the export were not accepted, or "
            "were withdrawn; they are left out",
        )
    if not papers and not source.findings:
        source.report(
            code="gather-nothing",
            message=f"no submission was found in {path.name}",
            hint="a list of notes is expected, as OpenReview's API gives it",
        )
    tracks = dict.fromkeys(paper.fields["track"] for paper in papers if "track" in paper.fields)
    named = {notation.slug(label): label for label in _track_labels(notes)}
    listed = [{"id": id, "name": _plural(named.get(id, id))} for id in tracks]
    return Gathered(
        format="openreview",
        papers=tuple(papers),
        withdrawn=tuple(withdrawn),
        edition={"tracks": listed} if listed else {},
        findings=tuple(source.findings),
    )


def _notes(source: Source) -> list[Mapping[str, Any]]:
    """Every submission of the export; replies that were exported beside them join their forum."""
    path = source.path
    files = sorted(path.glob("*.json*")) if path.is_dir() else [path]
    values: list[Any] = []
    for file in files:
        try:
            values += json_values(source, file)
        except Unreadable as why:
            source.unreadable(file.name, str(why))
    notes: list[Mapping[str, Any]] = []
    for value in values:
        inner = value.get("notes") if isinstance(value, dict) else None
        for note in inner if isinstance(inner, list) else [value]:
            if isinstance(note, dict) and isinstance(note.get("content"), dict):
                notes.append(note)
            else:
                source.report(
                    code="gather-shape",
                    message="something in the export is no submission (it has no `content`); "
                    "it is left out",
                    hint="export notes, as OpenReview's API gives them",
                )
    replies: dict[str, list[Any]] = {}
    submissions = []
    for note in notes:
        if text_of(note.get("replyto")) and text_of(note.get("forum")) != text_of(note.get("id")):
            replies.setdefault(text_of(note.get("forum")), []).append(note)
        else:
            submissions.append(note)
    return [
        {**note, "_replies": replies.get(text_of(note.get("forum")) or text_of(note.get("id")), [])}
        for note in submissions
    ]


def _track_labels(notes: Iterable[Mapping[str, Any]]) -> list[str]:
    return [label for note in notes if (label := track_of(note))]


def _plural(label: str) -> str:
    """A track's heading; `long` alone is no heading."""
    if re.search(r"papers?|track|abstracts?|demos?", label, re.IGNORECASE) or " " in label:
        return label
    return f"{label[:1].upper()}{label[1:]} papers"

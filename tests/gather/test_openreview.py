"""OpenReview's exports: API 1, API 2 and unified authors; accepted papers and nobody else."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from builder.edition import latex
from builder.gather import FORMATS, Gathered

VENUE = "Example.org/2025/Workshop/Rivers"


def v2(id: str = "abcDEF_123-", **content: Any) -> dict[str, Any]:
    """A note as API 2 gives it, accepted unless told otherwise."""
    values = {
        "title": "Label-free Mapping of $\\mathbf{R}^2$ Rivers at 50%",
        "authors": ["Ada van der Example", "王小明"],
        "authorids": ["~Ada_Example1", "xm@example.org"],
        "abstract": "We map **rivers**.\n\nIt costs $5 & more.",
        "keywords": ["rivers", "maps, old"],
        "TLDR": "Rivers.",
        "venue": "Rivers 2025 Spotlight",
        "venueid": VENUE,
        "pdf": "/pdf/0123.pdf",
        **content,
    }
    return {
        "id": id,
        "forum": id,
        "number": 7,
        "domain": VENUE,
        "license": "CC BY 4.0",
        "invitations": [f"{VENUE}/-/Submission"],
        "content": {name: {"value": value} for name, value in values.items() if value is not None},
    }


def v1(id: str = "oldForum12", **content: Any) -> dict[str, Any]:
    """A note as API 1 gives it."""
    values = {"title": "Old Rivers", "authors": ["Ada Example"], "authorids": ["~Ada_Example1"]}
    return {
        "id": id,
        "forum": id,
        "invitation": f"{VENUE}/-/Blind_Submission",
        "content": {**values, **content},
    }


def read(tmp_path: Path, data: Any, lines: bool = False) -> Gathered:
    file = tmp_path / "notes.json"
    text = "\n".join(map(json.dumps, data)) if lines else json.dumps(data)
    file.write_text(text, encoding="utf-8")
    return FORMATS["openreview"](file)


def test_a_note_of_api_2_becomes_a_paper(tmp_path: Path) -> None:
    gathered = read(tmp_path, [v2()])
    assert gathered.findings == ()
    (paper,) = gathered.papers
    assert paper.source == "abcDEF_123-"
    assert paper.number == "7"
    fields = paper.fields
    assert latex.plain(fields["title"]) == "Label-free Mapping of R² Rivers at 50%"
    assert latex.plain(fields["abstract"]) == "We map rivers.\n\nIt costs $5 & more."
    assert fields["keywords"] == "rivers; maps, old"
    assert fields["presentation"] == "spotlight"
    assert fields["license"] == "CC-BY-4.0"
    assert fields["openreview"] == "https://openreview.net/forum?id=abcDEF_123-"
    assert [author.printed for author in paper.authors] == ["Ada van der Example", "王小明"]
    assert paper.authors[0].details == {"openreview": "~Ada_Example1"}
    assert paper.authors[1].details == {}
    assert paper.authors[1].email == "xm@example.org"
    assert paper.pdf is None


def test_keys_are_family_name_year_and_first_word(tmp_path: Path) -> None:
    gathered = read(tmp_path, [v2(authors=["Wei Hu"], authorids=["~Wei_Hu1"])])
    assert gathered.papers[0].key == "hu25label"
    chinese = read(tmp_path, [v2(authors=["王小明"], authorids=["~Xiaoming_Wang1"])])
    assert chinese.papers[0].key == "wang25label"


def test_unified_authors_bring_their_affiliations(tmp_path: Path) -> None:
    people = [
        {
            "fullname": "Ada Example",
            "username": "~Ada_Example1",
            "institutions": [{"name": "University of Maps", "domain": "maps.edu", "country": "SE"}],
        },
        {"fullname": "Bo Example", "institutions": [{"name": "One"}, {"name": "Two"}]},
    ]
    (paper,) = read(tmp_path, {"notes": [v2(authors=people, authorids=None)]}).papers
    assert [dict(author.details) for author in paper.authors] == [
        {
            "affiliation": {"name": "University of Maps", "country": "SE"},
            "openreview": "~Ada_Example1",
        },
        {"affiliations": ["One", "Two"]},
    ]


def test_a_note_of_api_1_with_its_decision_among_the_replies(tmp_path: Path) -> None:
    replies = [{"invitation": "x/-/Decision", "content": {"decision": "Accept (Oral)"}}]
    note = v1() | {"details": {"directReplies": replies}}
    (paper,) = read(tmp_path, [note]).papers
    assert paper.fields["presentation"] == "oral"
    assert paper.key == "example25old"


def test_decisions_exported_beside_the_notes_join_them(tmp_path: Path) -> None:
    reply = {
        "id": "replyId01",
        "forum": "oldForum12",
        "replyto": "oldForum12",
        "content": {"decision": "Reject"},
    }
    gathered = read(tmp_path, [v1(), reply])
    assert gathered.papers == ()
    assert gathered.withdrawn == ("oldForum12",)


@pytest.mark.parametrize(
    ("note", "accepted"),
    [
        (v2(), True),
        (v2(venueid=f"{VENUE}/Submission"), False),
        (v2(venueid=f"{VENUE}/Rejected_Submission"), False),
        (v2(venueid=f"{VENUE}/Withdrawn_Submission"), False),
        (v2(venueid=f"{VENUE}/Desk_Rejected_Submission"), False),
        (v2(venueid=None, venue="Submitted to Rivers 2025"), False),
        (v2(venueid=None, venue="Rivers 2025 Poster"), True),
        (v2() | {"ddate": 1}, False),
        (v1(venueid="Example.org/2020/Workshop/Rivers", venue="Rivers 2020"), True),
        (v1(decision="Accept"), True),
        (v1(decision="Not accepted: Reject"), False),
    ],
)
def test_only_accepted_papers_are_gathered(
    tmp_path: Path, note: dict[str, Any], accepted: bool
) -> None:
    gathered = read(tmp_path, [note])
    assert bool(gathered.papers) is accepted
    if not accepted:
        assert [finding.code for finding in gathered.findings] == ["gather-not-accepted"]
        # Decisions are confidential: neither title nor id of a rejected paper is told.
        assert "Rivers" not in gathered.findings[0].message
        assert note["id"] not in gathered.findings[0].message


def test_what_nobody_decided_is_left_out_and_asked_about(tmp_path: Path) -> None:
    gathered = read(tmp_path, [v1()])
    assert gathered.papers == ()
    assert [finding.code for finding in gathered.findings] == ["gather-undecided"]


def test_json_lines_and_lists_say_the_same(tmp_path: Path) -> None:
    notes = [v2(), v2("other_Id99", title="More")]
    assert read(tmp_path, notes, lines=True).papers == read(tmp_path, notes).papers


def test_tracks_are_made_of_what_the_notes_say(tmp_path: Path) -> None:
    notes = [v2(paper_type="Long"), v2("other_Id99", track="Tiny Papers Track")]
    gathered = read(tmp_path, notes)
    assert [paper.fields["track"] for paper in gathered.papers] == ["long", "tiny-papers-track"]
    assert gathered.edition["tracks"] == [
        {"id": "long", "name": "Long papers"},
        {"id": "tiny-papers-track", "name": "Tiny Papers Track"},
    ]


def test_a_pdf_beside_the_export_is_taken(tmp_path: Path) -> None:
    (tmp_path / "abcDEF_123-.pdf").write_bytes(b"%PDF-1.5")
    (paper,) = read(tmp_path, [v2()]).papers
    assert paper.pdf is not None
    assert paper.pdf.source.name == "abcDEF_123-.pdf"


HOSTILE = [
    None,
    [],
    {},
    "text",
    7,
    [None, 3, "x", []],
    {"notes": "x"},
    {"notes": {"a": 1}},
    [{"content": []}],
    [{"content": {}}],
    [{"id": 5, "content": {"title": {"value": [1]}}}],
    [v2("../../etc/passwd")],
    [v2(title=["a"], authors={"x": 1}, authorids=7, keywords={"a": 1}, abstract=[], venue=[])],
    [v2(authors=[None, 4, {"fullname": None}, [], ""], authorids=[1])],
    [v2(authors=[{"fullname": "A B", "institutions": [None, 3, {"name": []}, "X"]}])],
    [v2(), v2()],
    [v2(title="<script>alert(1)</script>\ud800\x00\u202e", abstract="$" * 50 + "{" * 20)],
    [v2(code="javascript:alert(1)", video='https://x.y/" onload=')],
    [v2(title="x" * 100_000)],
    [v2() | {"details": {"replies": [None, {"content": 3}]}, "invitations": 3, "domain": []}],
]


@pytest.mark.parametrize("data", HOSTILE)
def test_whatever_the_file_holds_there_is_no_traceback(tmp_path: Path, data: Any) -> None:
    gathered = read(tmp_path, data)
    for paper in gathered.papers:
        assert "/" not in paper.key
        for value in paper.fields.values():
            value.encode()
    assert gathered.papers or gathered.findings


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\xff\xfe", "null", "[1e999, NaN]"])
def test_files_that_are_no_export_are_findings(tmp_path: Path, text: str) -> None:
    file = tmp_path / "notes.json"
    file.write_text(text, encoding="latin-1")
    gathered = FORMATS["openreview"](file)
    assert gathered.papers == ()
    assert gathered.findings
    missing = FORMATS["openreview"](tmp_path / "nowhere.json")
    assert [finding.code for finding in missing.findings][:1] == ["gather-unreadable"]


def test_the_script_in_the_manual_saves_what_is_read(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manual = (repository / "docs/start.md").read_text(encoding="utf-8")
    script = manual.split("```python\n", 1)[1].split("```", 1)[0]
    venue = "Example.org/2026/Workshop/Name"

    class Client:
        def __init__(self, baseurl: str, username: str, password: str) -> None:
            assert (username, password) == ("typed", "typed")

        def get_all_notes(self, content: dict[str, str]) -> list[types.SimpleNamespace]:
            fields = {"title": "Maps", "authors": ["Jane Doe"], "venueid": content["venueid"]}
            return [
                types.SimpleNamespace(
                    id="abcdEFGH12", forum="abcdEFGH12", number=7, domain=venue, cdate=None,
                    details=None, content={key: {"value": value} for key, value in fields.items()},
                )
            ]  # fmt: skip

    client = types.ModuleType("openreview")
    client.api = types.SimpleNamespace(OpenReviewClient=Client)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "openreview", client)
    monkeypatch.setattr("builtins.input", lambda _: "typed")
    monkeypatch.setattr("getpass.getpass", lambda _: "typed")
    monkeypatch.chdir(tmp_path)
    exec(script, {})
    gathered = FORMATS["openreview"](tmp_path / "notes.json")
    assert gathered.findings == ()
    (paper,) = gathered.papers
    assert (paper.fields["title"], paper.number) == ("Maps", "7")

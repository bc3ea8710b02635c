"""A new edition, and the schemas and private files that belong to it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from builder import edition, gather
from builder.edition import private, schemas
from builder.edition.forms.fields import LINE
from builder.edition.scaffolding import templates


@pytest.fixture
def root(tmp_path: Path) -> Path:
    edition.scaffold(tmp_path, title="Workshop on Examples", year=2026)
    return tmp_path


def test_a_new_edition_loads_without_any_finding(root: Path) -> None:
    loaded = edition.load(root)
    assert loaded.findings == ()
    assert loaded.volume is not None
    assert loaded.volume.event.short_name == "Workshop on Examples 2026"
    assert loaded.volume.papers == ()
    assert not loaded.volume.archival
    assert {page.file for page in loaded.volume.prose} == {"about.md", "preface.md"}


def test_a_new_edition_has_every_file_it_needs(root: Path) -> None:
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert there == {
        ".github/workflows/pages.yml", ".gitignore", "README.md", "papers/authors.yaml",
        "papers/papers.bib", "proceedings/about.md", "proceedings/conf.py",
        "proceedings/edition.yaml", "proceedings/people.yaml",
        "proceedings/preface.md", "proceedings/program.yaml", "proceedings/special-issue.yaml",
        "private/.gitignore", "private/consents.yaml", "private/contacts.yaml",
        "private/decisions.yaml", "private/status.yaml",
        *(f"private/.schemas/{name}.json" for name in schemas.PRIVATE),
        *(f"proceedings/.schemas/{name}.json" for name in schemas.FORMS),
    }  # fmt: skip
    assert "private/" in (root / ".gitignore").read_text()
    assert "@" not in re.sub(r"@v\d|@in|jane@|@example", "", (root / "README.md").read_text())


def test_the_sphinx_project_is_two_lines(root: Path) -> None:
    lines = (root / "proceedings/conf.py").read_text().splitlines()
    code = [line for line in lines if line and not line.startswith("#")]
    assert code == [
        'extensions = ["builder.site"]',
        'html_theme = "furo"',
    ]


def test_nothing_that_exists_is_overwritten(root: Path) -> None:
    (root / "proceedings/edition.yaml").write_text("mine")
    (root / "proceedings/about.md").unlink()
    written = edition.scaffold(root, title="Another")
    assert [path.name for path in written] == ["about.md"]
    assert (root / "proceedings/edition.yaml").read_text() == "mine"


def test_a_title_with_quotes_is_written_as_yaml_and_python_need_it(tmp_path: Path) -> None:
    edition.scaffold(tmp_path, title='The "Q" \\ workshop: #1', year=2026, date="2026-01-02")
    loaded = edition.load(tmp_path)
    assert loaded.findings == ()
    assert loaded.volume is not None
    assert loaded.volume.event.name == 'The "Q" \\ workshop: #1 2026'
    assert loaded.volume.event.start == dt.date(2026, 1, 2)
    assert (tmp_path / "README.md").read_text().startswith('# The "Q" \\ workshop')


def test_pages_that_nobody_touched_are_known(root: Path) -> None:
    assert edition.untouched(root) == ("about.md", "preface.md")
    about = root / "proceedings/about.md"
    about.write_bytes(about.read_bytes().replace(b"\n", b"\r\n"))
    (root / "proceedings/preface.md").write_text("# Preface\n\nWelcome.\n")
    assert edition.untouched(root) == ("about.md",)


@pytest.mark.parametrize("name", ["edition", "people", "program", "special-issue", "authors"])
def test_every_remark_can_be_uncommented(tmp_path: Path, name: str) -> None:
    """The examples in the templates are right: uncommented, they are read without a fault."""
    edition.scaffold(tmp_path, title="W", year=2026)
    folder = "papers" if name == "authors" else "proceedings"
    path = tmp_path / folder / f"{name}.yaml"
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        # Remarks proper are sentences; examples hold a key or a list's item.
        example = re.match(
            r"(\s*)# (\s*(?:- |[a-z0-9_-]+:(?: |$)|[A-Z][\w ]+:$|Plain|A para|Why).*)", line
        )
        sentence = re.match(r"#\s+\w+: \{doe25|# yaml-language", line)
        lines.append(example[1] + example[2] if example and not sentence else line)
    text = "\n".join(lines)
    assert "[]" not in text
    assert not re.search(r"(?m)^#\S", text)
    text = text.replace("logo: images/example.png", "logo: x.png") + "\n"
    path.write_text(text, encoding="utf-8")
    (tmp_path / "papers/papers.bib").write_text(
        "@misc{doe25, title={T}, author={Doe, Jane and van der Maaten, Laurens}}", encoding="utf-8"
    )
    loaded = edition.load(tmp_path)
    assert [str(finding) for finding in loaded.findings] == []
    assert yaml.safe_load(text)


@pytest.mark.parametrize("name", ["consents", "contacts", "decisions", "status"])
def test_what_stays_with_the_editors_begins_with_examples_and_a_schema(
    tmp_path: Path, name: str
) -> None:
    edition.scaffold(tmp_path, title="W", year=2026)
    path = tmp_path / "private" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert schema is not None
    assert (path.parent / schema[1]).resolve().is_file()
    before = private.load(tmp_path)
    assert before == private.Private()
    lines = [
        re.sub(r"^# (?=[a-z0-9]+:|  )", "", line)
        for line in text.splitlines()
        if "language-server" not in line
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    after = private.load(tmp_path)
    assert after != before
    assert after.findings == ()


def test_an_older_edition_gets_what_stays_with_the_editors_when_it_is_first_needed(
    tmp_path: Path,
) -> None:
    mine = tmp_path / "private/consents.yaml"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("dmlr: {}\n", encoding="utf-8")
    written = {path.relative_to(tmp_path).as_posix() for path in edition.scaffold_private(tmp_path)}
    assert "private/status.yaml" in written
    assert "private/.gitignore" in written
    assert "private/.schemas/status.json" in written
    assert all(path.startswith("private/") for path in written)
    assert mine.read_text(encoding="utf-8") == "dmlr: {}\n"
    assert edition.scaffold_private(tmp_path) == ()


def test_examples_stand_as_deep_as_the_lists_that_gather_writes(root: Path) -> None:
    path = root / "proceedings/edition.yaml"
    text = path.read_text(encoding="utf-8")
    gathered = text.replace("tracks:\n", "tracks:\n  - id: demo\n    name: Demos\n")
    assert gathered != text
    path.write_text(gathered.replace("  # - {id: short", "  - {id: short"), encoding="utf-8")
    loaded = edition.load(root)
    assert loaded.findings == ()
    assert loaded.volume is not None
    assert [track.id for track in loaded.volume.tracks] == ["demo", "short"]


def test_the_day_can_be_uncommented_by_taking_away_the_sign_and_one_space(tmp_path: Path) -> None:
    edition.scaffold(tmp_path)
    text = (tmp_path / "proceedings/edition.yaml").read_text(encoding="utf-8")
    assert "\n  # start: 2026-" in text


def test_the_example_in_papers_bib_can_be_used(root: Path) -> None:
    path = root / "papers/papers.bib"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("% @inproc"), text.index("% }") + 3
    path.write_text(re.sub(r"(?m)^% ?", "", text[start:end]), encoding="utf-8")
    loaded = edition.load(root)
    assert loaded.volume is not None
    assert [paper.key for paper in loaded.volume.papers] == ["doe25"]
    assert loaded.findings == ()


def test_the_readme_names_the_formats_that_can_be_read(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    sentence = re.search(r"where FORMAT is (.+?)\. ", text)
    assert sentence is not None
    assert set(re.findall(r"`([a-z0-9]+)`", sentence[1])) == set(gather.FORMATS)


def test_the_workflow_publishes_the_final_volume_and_asks_where_the_program_is(root: Path) -> None:
    text = (root / ".github/workflows/pages.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    runs = [step["run"] for step in workflow["jobs"]["publish"]["steps"] if "run" in step]
    assert runs == [
        'pip install "${PROCEEDINGS_BUILDER:?fill it in at the top of pages.yml}"',
        "proceedings build --final",
    ]
    assert workflow["env"] == {"PROCEEDINGS_BUILDER": ""}
    assert not re.search(r"https?://[a-z]", text)


def test_templates_are_found_with_forward_slashes() -> None:
    assert all("\\" not in name for name, _ in templates())


# -- schemas -----------------------------------------------------------------------------------


def properties(node: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    found = []
    if isinstance(node, dict):
        for name, value in node.get("properties", {}).items():
            found.append((f"{path}.{name}", value))
        for key, value in node.items():
            found += properties(value, f"{path}/{key}")
    elif isinstance(node, list):
        for item in node:
            found += properties(item, path)
    return found


@pytest.mark.parametrize("name", [*schemas.FORMS, *schemas.PRIVATE])
def test_every_key_of_every_schema_is_explained(name: str) -> None:
    schema = schemas.schema(name)
    found = properties(schema)
    # contacts.yaml has no keys of ours: papers, and in them names.
    assert found or (name == "contacts" and schema["description"])

    def explained(value: dict[str, Any]) -> bool:
        target = value.get("$ref", "").rsplit("/", 1)[-1]
        return bool(value.get("description") or schema["$defs"].get(target, {}).get("description"))

    assert [path for path, value in found if not explained(value)] == []
    assert not [path for path, _ in found if path.endswith(f".{LINE}")]


def test_a_schema_takes_what_the_reader_takes() -> None:
    made = schemas.schema("people")
    assert made["patternProperties"] == {"^x-": {}}
    assert made["additionalProperties"] is False
    someone = made["$defs"]["Someone"]
    assert [choice["type"] for choice in someone["anyOf"]] == [["string", "number"], "object"]
    session = schemas.schema("program")["$defs"]["SessionForm"]["properties"]
    assert "keynote" in session["kind"]["enum"]
    assert "number" in session["title"]["type"]


# -- private -----------------------------------------------------------------------------------


def test_consents_and_contacts_live_apart_from_the_volume(root: Path) -> None:
    folder = root / "private"
    folder.mkdir(exist_ok=True)
    (folder / "consents.yaml").write_text(
        "dmlr: {liu25: {consent: yes, date: 2025-08-01, by: Jane Doe}, roe25: {consent: no}}\n"
    )
    (folder / "contacts.yaml").write_text("liu25: {Jane Doe: jane@example.org}\n")
    kept = private.load(root)
    consent = kept.consent("dmlr", "liu25")
    assert consent is not None
    assert (consent.given, consent.date, consent.by) == (True, dt.date(2025, 8, 1), "Jane Doe")
    refused = kept.consent("dmlr", "roe25")
    assert refused is not None
    assert not refused.given
    assert kept.consent("jstars", "liu25") is None
    assert kept.email("liu25", "Jane Doe") == "jane@example.org"
    assert kept.findings == ()
    loaded = edition.load(root)
    assert "jane@example.org" not in repr(loaded)


def test_private_files_may_be_missing_or_wrong(root: Path) -> None:
    assert private.load(root) == private.Private()
    (root / "private").mkdir(exist_ok=True)
    (root / "private/contacts.yaml").write_text("liu25: {Jane Doe: nobody}\n")
    (root / "private/consents.yaml").write_text("dmlr: {liu25: perhaps}\n")
    assert {finding.code for finding in private.load(root).findings} == {
        "wrong-value", "wrong-kind",
    }  # fmt: skip


def test_decisions_and_status_are_read_with_their_places(root: Path) -> None:
    folder = root / "private"
    folder.mkdir(exist_ok=True)
    (folder / "decisions.yaml").write_text(
        "dmlr:\n  liu25: {decision: no, reason: Too short, date: 2025-08-02, by: Jane Doe}\n"
        "all:\n  liu25: {decision: on, reason: In the end}\n"
    )
    (folder / "status.yaml").write_text(
        "dmlr:\n  liu25: {invited: 2025-08-01, accepted: yes, declined: no, journal_id: D-1}\n"
    )
    kept = private.load(root)
    assert kept.findings == ()
    ruling = kept.ruling("dmlr", "liu25")
    assert ruling is not None
    assert (ruling.decision, ruling.reason, ruling.by) == ("no", "Too short", "Jane Doe")
    assert ruling.where is not None
    assert (ruling.where.file, ruling.where.line) == ("private/decisions.yaml", 2)
    other = kept.ruling("jstars", "liu25")
    assert other is not None
    assert (other.decision, other.target) == ("yes", private.ALL)
    assert kept.ruling("jstars", "roe25") is None
    noted = kept.on_its_way("dmlr", "liu25")
    assert (noted.invited, noted.accepted, noted.declined) == (dt.date(2025, 8, 1), True, None)
    assert noted.journal_id == "D-1"
    assert kept.on_its_way("dmlr", "roe25").invited is None


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("decisions.yaml", "dmlr: {liu25: {decision: perhaps, reason: x}}\n"),
        ("decisions.yaml", "dmlr: {liu25: {decision: yes}}\n"),
        ("status.yaml", "dmlr: {liu25: {invited: soon}}\n"),
        ("status.yaml", "dmlr: {liu25: {submited: 2025-08-01}}\n"),
    ],
)
def test_a_slip_in_a_private_file_is_a_finding_with_its_place(
    root: Path, file: str, text: str
) -> None:
    (root / "private").mkdir(exist_ok=True)
    (root / "private" / file).write_text(text)
    (finding,) = private.load(root).findings
    assert finding.where is not None
    assert (finding.where.file, finding.where.line) == (f"private/{file}", 1)


def test_private_files_that_speak_of_nobody_are_told(root: Path) -> None:
    edition.scaffold(root)
    (root / "papers/papers.bib").write_text(
        "@inproceedings{liu25, title = {T}, author = {Doe, Jane}, track = {long}}\n"
    )
    (root / "private").mkdir(exist_ok=True)
    (root / "private/consents.yaml").write_text("dlmr: {liu25: {consent: yes}}\n")
    (root / "private/status.yaml").write_text("dmlr: {liu24: {invited: yes}}\n")
    (root / "private/contacts.yaml").write_text(
        "editors: {Ann Ed: ann@example.org}\nliu25: {Jane Do: jane@example.org}\n"
    )
    volume = edition.load(root).volume
    assert volume is not None
    found = {f.code: f for f in private.strangers(private.load(root), volume, ["dmlr", "jstars"])}
    assert set(found) == {
        "private-unknown-target", "private-unknown-paper", "private-unknown-author",
    }  # fmt: skip
    assert "did you mean `dmlr`" in found["private-unknown-target"].message
    assert "did you mean `liu25`" in found["private-unknown-paper"].message
    assert "did you mean `Jane Doe`" in found["private-unknown-author"].message


def test_special_issue_rules_and_earlier_publications_are_read(root: Path) -> None:
    edition.scaffold(root)
    (root / "papers/papers.bib").write_text(
        "@inproceedings{liu25, title = {T}, author = {Doe, Jane}, published = {Elsewhere 2024}}\n"
    )
    (root / "proceedings/special-issue.yaml").write_text(
        "select:\n  exclude: {liu25: withdrawn}\n  previously_published: ask\n"
        "  published_tracks: [short]\n  new_content: {jstars: 40}\n  own_papers: {jstars: no}\n"
    )
    loaded = edition.load(root)
    assert loaded.volume is not None
    issue = loaded.volume.special_issue
    assert issue is not None
    assert loaded.volume.papers[0].published == "Elsewhere 2024"
    assert (issue.excluded, issue.previously_published) == ({"liu25": "withdrawn"}, "ask")
    assert (issue.published_tracks, issue.new_content) == (("short",), {"jstars": 40})
    assert issue.own_papers == {"jstars": "no"}

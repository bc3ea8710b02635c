"""aclpub2's folders are understood whole, misspellings and all."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from builder import edition
from builder.gather import FORMATS, Gathered, merge
from builder.model import Include


def folder(tmp_path: Path, **files: str) -> Path:
    """A source folder; `papers_yml` stands for `papers.yml`."""
    root = tmp_path / "source"
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_yml", ".yml").replace("_tex", ".tex")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def read(root: Path) -> Gathered:
    return FORMATS["aclpub2"](root)


def tree(root: Path) -> dict[str, tuple[str, int]]:
    return {
        path.relative_to(root).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.mark.shared
def test_sigdial_comes_over_whole_and_a_second_run_changes_nothing(
    shared: Path, tmp_path: Path
) -> None:
    source = shared / "corpora" / "sigdial2020"
    root = tmp_path / "sig"
    edition.scaffold(root)
    merged = merge(root, read(source))
    told = {(finding.code, finding.subject) for finding in merged.findings}
    assert ("gather-misspelt-key", "2") in told
    assert ("gather-missing-file", "28") in told
    assert len(merged.findings) == 3  # and the sponsors that only have logos

    loaded = edition.load(root)
    volume = loaded.volume
    assert volume is not None
    assert len(volume.papers) == 41
    assert len(list((root / "papers").glob("*.pdf"))) == 40
    four = volume.paper("4")
    assert four is not None
    assert four.include is Include.PROGRAM
    two = volume.paper("2")
    assert two is not None
    assert {(file.file, file.kind) for file in two.supplements} == {
        ("papers/2-supp-presentation.pptx", "presentation"),
        ("papers/2-supp-software.zip", "software"),
    }
    (author,) = two.contributors
    assert author.affiliations[0].name == "Microsoft Speech and Dialogue Research Group"
    assert author.openreview == "~Chenguang_Zhu1"
    assert {track.id for track in volume.tracks} == {"short", "long"}
    assert volume.archival
    assert volume.statement == ""
    assert volume.isbn == "978-1-952148-02-6"
    assert [committee.title for committee in volume.committees] == [
        "Organizing Committee",
        "Senior Program Committee",
        "Program Committee",
        "Secondary Reviewers",
        "Invited Speakers",
    ]
    assert volume.committees[0].members[0].role == "General Chair"
    nested = [session for session in volume.program.sessions if session.sessions]
    assert len(nested) == 9
    assert all(session.date for session in volume.program.sessions)
    assert sum(len(session.slots) for session in volume.program.walk()) == 41
    assert len(volume.program.talks) == 2
    assert {session.talk for session in volume.program.walk() if session.talk} == {
        "jhon-doe",
        "jennifer-doe",
    }
    assert [tier.title for tier in volume.sponsors] == ["Gold", "Silver", "In cooperation with"]
    assert (root / "proceedings" / "images" / "apple.png").is_file()
    assert [page.title for page in volume.prose if page.booklet] == ["Introduction"]
    introduction = (root / "proceedings" / "preface.md").read_text(encoding="utf-8")
    assert "an overall acceptance rate of 39%" in introduction
    assert "SM need to" not in introduction  # comments are not for readers

    before = tree(root)
    assert merge(root, read(source)).changed == ()
    assert tree(root) == before


@pytest.mark.shared
def test_addresses_of_sigdials_authors_stay_private(shared: Path, tmp_path: Path) -> None:
    root = tmp_path / "sig"
    edition.scaffold(root)
    merge(root, read(shared / "corpora" / "sigdial2020"))
    holding = [
        path.relative_to(root).parts[0]
        for path in root.rglob("*")
        if path.is_file()
        and path.suffix in {".yaml", ".json", ".bib", ".md"}
        and b"chezhu@microsoft.com" in path.read_bytes()
    ]
    assert holding == ["private", "private"]
    assert (root / "private" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_committees_in_every_shape(tmp_path: Path) -> None:
    root = folder(
        tmp_path,
        organizing_committee_yml="""
- role: Chairs
  members:
  - {first_name: Ada, middle_name: B., last_name: Example, instituion: X University}
  - Bo Example, Elsewhere
""",
        program_committee_yml="""
- role: Area chairs
  entries:
  - {name: Cy Example, affiliation: Y}
- role: Reviewers
  type: name_block
  entries: ["Di Example, Ed Example", "Fy Example"]
- {first_name: Alone, last_name: Example}
""",
    )
    gathered = read(root)
    committees = gathered.people["committees"]
    assert [committee["id"] for committee in committees] == [
        "organizing-committee",
        "area-chairs",
        "reviewers",
        "program-committee",
    ]
    assert committees[0]["members"] == [
        {"name": "Ada B. Example", "affiliation": "X University", "role": "Chairs"},
        {"name": "Bo Example", "affiliation": "Elsewhere", "role": "Chairs"},
    ]
    assert [member["name"] for member in committees[2]["members"]] == [
        "Di Example",
        "Ed Example",
        "Fy Example",
    ]
    assert "gather-misspelt-key" in {finding.code for finding in gathered.findings}


def test_talks_and_panels_join_the_program_where_their_time_belongs(tmp_path: Path) -> None:
    root = folder(
        tmp_path,
        program_yml="""
- {title: Opening, start_time: 2025-07-01 09:00:00, end_time: 2025-07-01 09:10:00}
- {title: Panel on Maps, start_time: 2025-07-01 12:00:00}
- title: Posters
  start_time: 2025-07-01T14:00:00Z
  papers: [{id: 9}, {title: A demo}]
""",
        invited_talks_yml="""
- {speaker_name: Ada Example, institution: X, title: On Rivers, date: 2025-07-01 10:00:00,
   abstract_file: a.tex, bio_file: nowhere.tex, chair: Bo Example and Cy Example}
- {speaker_name: Di Example, title: On Lakes}
""",
        panels_yml="""
- {title: Panel on Maps, panelists: [{name: Ed Example, institution: Y}], moderators: [Fy Example]}
""",
        invited_talks__a_tex=r"About \emph{rivers}." + "\n\nAnd lakes.",
    )
    gathered = read(root)
    sessions = gathered.program["sessions"]
    assert [session["title"] for session in sessions] == [
        "Opening",
        "On Rivers",
        "Panel on Maps",
        "Posters",
    ]
    assert sessions[1] == {
        "title": "On Rivers",
        "kind": "talk",
        "date": "2025-07-01",
        "start": "10:00",
        "chairs": ["Bo Example", "Cy Example"],
        "talk": "ada-example",
    }
    assert sessions[2]["talk"] == "panel-on-maps"
    assert sessions[3]["kind"] == "posters"
    assert sessions[3]["papers"] == [{"paper": "9"}, {"title": "A demo"}]
    talks = gathered.program["talks"]
    assert [talk["id"] for talk in talks] == ["ada-example", "di-example", "panel-on-maps"]
    assert talks[0]["abstract"] == "About rivers.\n\nAnd lakes."
    assert talks[2]["moderators"] == [{"name": "Fy Example"}]
    codes = [finding.code for finding in gathered.findings]
    assert sorted(codes) == ["gather-missing-file", "gather-unknown-paper"]


def test_what_is_printed_elsewhere_is_gathered_for_the_program_only(tmp_path: Path) -> None:
    root = folder(
        tmp_path,
        papers_yml="""
- {id: 1, title: One, authors: [{first_name: A, last_name: B}], archival: false, file: 1.pdf}
- {id: 2, title: Two, authors: [{first_name: A, last_name: B}], archival: perhaps, file: 1.pdf}
""",
        papers__1_pdf="",
    )
    (root / "papers" / "1.pdf").write_bytes(b"%PDF-1.5")
    gathered = read(root)
    assert [paper.fields.get("include") for paper in gathered.papers] == ["program", None]
    assert "gather-shape" in {finding.code for finding in gathered.findings}


def test_no_file_outside_the_folder_is_ever_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-1.5 secret")
    root = folder(
        tmp_path,
        papers_yml=f"""
- {{id: 1, title: One, authors: [], file: ../../secret.pdf}}
- {{id: 2, title: Two, authors: [], file: {json.dumps(str(secret))}}}
- {{id: 3, title: Three, authors: [], file: link.pdf}}
- id: ../../4
  title: Four
  attachments: [{{file: ..\\..\\secret.pdf}}, {{file: []}}]
""",
        prefaces_yml="- {title: Stolen, file: ../../secret.pdf}\n- {title: A/../B, file: p.tex}\n",
        prefaces__p_tex="Hello",
        sponsors_yml="- {tier: Gold, logos: [../../secret.pdf, {name: Honest, logo: x.exe}]}\n",
        sponsor_logos__x="",
    )
    (root / "papers").mkdir(exist_ok=True)
    try:
        (root / "papers" / "link.pdf").symlink_to(secret)
    except OSError:
        pytest.skip("links cannot be made here")
    gathered = read(root)
    assert all(paper.pdf is None for paper in gathered.papers)
    assert gathered.images == {}
    outside = [one for one in gathered.findings if one.code == "gather-path-outside"]
    assert len(outside) >= 5
    edition_root = tmp_path / "edition"
    edition.scaffold(edition_root)
    merged = merge(edition_root, gathered)
    for path in edition_root.rglob("*"):
        assert not path.is_file() or b"%PDF-1.5 secret" not in path.read_bytes()
    assert all(".." not in path.parts for path in merged.changed)


@pytest.fixture(scope="module")
def scaffolded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("scaffold") / "edition"
    edition.scaffold(root)
    return root


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
)
HOSTILE = [
    "",
    "just text",
    "- [1, 2]\n- 3\n- null\n",
    "{a: {b: {c: 1}}}",
    "- id: {a: 1}\n  title: [x]\n  authors: 3\n  attributes: [1]\n  attachments: x\n",
    "- id: 1\n  title: <script>alert(1)</script>\n  authors: [{last_name: ''}, 7, null, [x]]\n",
    "- id: 1\n  id: 2\n  title: Twice\n",
    "- {id: 1, title: A}\n- {id: 1, title: B}\n- {id: ' 1 ', title: C}\n",
    "a: [",
    "\t- x",
    "&a [*a]",
    "*nothing",
    "? [complex, key]\n: value\n",
    "[" * 5000,
    BOMB,
    "- id: 1\n  title: !!python/object/apply:os.system ['true']\n",
    "- id: " + "9" * 5000 + "\n  title: x\n",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "name",
    [
        "papers_yml",
        "program_yml",
        "conference_details_yml",
        "organizing_committee_yml",
        "program_committee_yml",
        "prefaces_yml",
        "sponsors_yml",
        "invited_talks_yml",
        "panels_yml",
    ],
)
def test_whatever_stands_in_a_file_there_is_no_traceback(
    tmp_path: Path, scaffolded: Path, name: str, text: str
) -> None:
    gathered = read(folder(tmp_path, **{name: text}))
    root = tmp_path / "edition"
    shutil.copytree(scaffolded, root)
    merged = merge(root, gathered)
    assert merge(root, gathered).changed == ()
    assert gathered.findings or text in {"", "- id: 1\n  id: 2\n"} or merged.changed


def test_two_attachments_of_one_name_both_arrive(tmp_path: Path) -> None:
    root = folder(
        tmp_path,
        papers_yml="""
- id: 1
  title: One
  authors: [{first_name: A, last_name: B}]
  attachments:
  - {type: software, file: a/code.zip}
  - {type: software, file: b/code.zip}
  - {type: software, file: a/code.zip}
  - {type: copyright, file: a/form.pdf}
""",
        attachments__a__code_zip="1",
    )
    for place, data in (("a", b"one"), ("b", b"two")):
        (root / "attachments" / place).mkdir(parents=True, exist_ok=True)
        (root / "attachments" / place / "code.zip").write_bytes(data)
        (root / "attachments" / place / "form.pdf").write_bytes(b"signed")
    gathered = read(root)
    edition_root = tmp_path / "edition"
    edition.scaffold(edition_root)
    merge(edition_root, gathered)
    found = {path.name: path.read_bytes() for path in (edition_root / "papers").glob("1-supp*")}
    assert found == {"1-supp-software.zip": b"one", "1-supp-software-2.zip": b"two"}
    assert "gather-duplicate" in {finding.code for finding in gathered.findings}

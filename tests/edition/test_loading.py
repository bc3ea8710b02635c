"""An edition as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder import edition
from builder.edition import Loaded
from builder.model import Finding, Include, Name, PdfKind, Severity

Load = Callable[..., Loaded]
One = Callable[[Loaded, str], Finding]
E = """\
event: {name: Workshop on Examples, short_name: WE 2026, start: 2026-07-18}
volume: {title: WE 2026 Papers}
"""


def codes(loaded: Loaded) -> list[str]:
    return [finding.code for finding in loaded.findings]


def place(finding: Finding) -> tuple[str, int | None, int | None]:
    assert finding.where is not None
    return finding.where.file, finding.where.line, finding.where.column


def test_the_smallest_edition_is_a_volume_without_findings(load: Load) -> None:
    loaded = load()
    assert loaded.findings == ()
    assert loaded.volume is not None
    assert loaded.volume.title == "WE 2026 Papers"
    assert loaded.volume.date == dt.date(2026, 7, 18)
    assert [path.name for path in loaded.files] == ["edition.yaml", "papers.bib"]


def test_an_edition_without_files_is_findings_and_no_volume(tmp_path: Path) -> None:
    loaded = edition.load(tmp_path)
    assert loaded.volume is None
    assert codes(loaded) == ["file-missing", "file-missing"]


def test_a_misspelt_key_is_named_with_its_place_and_the_right_one(load: Load, one: One) -> None:
    loaded = load(
        people="people:\n  - id: jane-doe\n    name: Jane Doe\n    afiliation: Example University\n"
    )
    finding = one(loaded, "unknown-key")
    assert "`afiliation`" in finding.message
    assert "did you mean `affiliation`?" in finding.message
    assert place(finding) == ("proceedings/people.yaml", 4, 5)
    assert loaded.volume is not None
    assert loaded.volume.people[0].name == Name(given="Jane", family="Doe")


def test_all_errors_of_all_files_come_at_once(load: Load) -> None:
    loaded = load(
        edition=E + "tracks: [{id: long, name: Long, page_limit: many}]\nbooklet: {page: a5}\n",
        people="people: {jane: Jane}\n",
        program="sessions:\n  - {title: A, start: 25:00}\n  - {start: 9:00}\n",
        special_issue="select: {minimum_pages: 0}\n",
        bib="@misc{a, title = {T}\n year = 2026}",
        authors="a: [x]\n",
    )
    assert sorted((f.code, place(f)[0].split("/")[1], place(f)[1]) for f in loaded.findings) == [
        ("bibtex-missing-comma", "papers.bib", 1),
        ("missing-key", "program.yaml", 3),
        ("wrong-kind", "authors.yaml", 1),
        ("wrong-kind", "people.yaml", 1),
        ("wrong-value", "edition.yaml", 3),
        ("wrong-value", "edition.yaml", 4),
        ("wrong-value", "program.yaml", 2),
        ("wrong-value", "special-issue.yaml", 1),
    ]
    assert loaded.volume is not None
    assert [track.page_limit for track in loaded.volume.tracks] == [None]
    assert [session.title for session in loaded.volume.program.sessions] == ["A"]
    assert loaded.volume.booklet.page == "a4"


def test_a_wrong_word_in_a_short_form_costs_only_itself(load: Load, one: One) -> None:
    loaded = load(edition=E + "booklet: {page: letter, supplements: attached}\n")
    assert loaded.volume is not None
    assert loaded.volume.booklet.page == "letter"
    found = one(loaded, "wrong-value")
    assert "`booklet.supplements` cannot be `attached`; did you mean `attach`?" in found.message
    assert place(found) == ("proceedings/edition.yaml", 3, 38)


def test_what_is_possible_is_told_without_nothing(load: Load, one: One) -> None:
    found = one(load(edition=E + "booklet: {pdf_standard: a-1b}\n"), "wrong-value")
    assert found.hint == "possible: `ua-1`, `a-3b` and `a-3b+ua-1`"


def test_a_choice_is_suggested(load: Load, one: One) -> None:
    finding = one(load(edition=E + "booklet: {page: leter}\n"), "wrong-value")
    assert "did you mean `letter`?" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "event: {name: X}\n",
        "volume: {title: X}\n",
        "- a\n",
        "just words\n",
        "event: x\n",
        "a: [\n",
    ],
)
def test_without_event_or_title_there_is_no_volume(load: Load, text: str) -> None:
    loaded = load(edition=text)
    assert loaded.volume is None
    assert any(finding.severity is Severity.ERROR for finding in loaded.findings)


def test_findings_of_other_files_come_even_without_a_volume(load: Load) -> None:
    loaded = load(edition="", bib="@misc{,title={x}}", people="peple: []\n")
    assert {"bibtex-empty-key", "unknown-key", "yaml-empty"} <= set(codes(loaded))


def test_keys_of_ones_own_are_kept(load: Load) -> None:
    loaded = load(
        edition=E + "x-motto: Per aspera\n",
        people="people:\n  - {id: a, name: A B, x-badge: 12}\n",
        bib="@misc{p, title={T}, author={A, B}, x-room = {12}}",
    )
    assert loaded.findings == ()
    assert loaded.volume is not None
    assert loaded.volume.extra == {
        "x-motto": "Per aspera",
        "people.yaml/people/0": {"x-badge": "12"},
        "papers.bib/p": {"x-room": "12"},
    }


def test_people_are_named_by_id_by_name_or_in_one_line(load: Load) -> None:
    loaded = load(
        edition=E.replace("{title: WE", "{editors: [jane-doe, Kim Poe], title: WE"),
        people="""\
people:
  - {id: jane-doe, name: "Doe, Jr., Jane", affiliation: Example University, url: https://x.org}
committees:
  - title: Program Committee
    members:
      - jane-doe
      - {person: jane-doe, name: J. Doe, affiliation: Elsewhere, role: Lead}
      - Richard Roe, KTH Royal Institute of Technology, Stockholm
      - "{The Team}, Somewhere"
      - nobody-known
""",
    )
    volume = loaded.volume
    assert volume is not None
    assert loaded.findings == ()
    members = volume.committees[0].members
    assert [m.name.full for m in members] == [
        "Jane Doe, Jr.", "J. Doe", "Richard Roe", "The Team", "nobody-known",
    ]  # fmt: skip
    assert [m.person for m in members] == ["jane-doe", "jane-doe", "", "", "nobody-known"]
    assert [m.affiliations[0].name if m.affiliations else "" for m in members] == [
        "Example University", "Elsewhere", "KTH Royal Institute of Technology, Stockholm",
        "Somewhere", "",
    ]  # fmt: skip
    assert members[3].name.organisation
    assert members[0].url == "https://x.org"
    assert volume.committees[0].id == "program-committee"
    assert [editor.name.full for editor in volume.editors] == ["Jane Doe, Jr.", "Kim Poe"]
    assert members[2].where is not None
    assert members[2].where.line == 8


def test_a_line_with_the_family_name_first_is_asked_about(load: Load, one: One) -> None:
    loaded = load(people='committees:\n  - {title: PC, members: ["Doe, Jane"]}\n')
    assert one(loaded, "ambiguous-member").severity is Severity.WARNING


@pytest.mark.parametrize("line", ["李明, 清华大学", "김민수, 서울대학교", "やまだ, 東京大学"])
def test_a_name_of_one_word_that_is_whole_in_its_script_is_not_asked_about(
    load: Load, line: str
) -> None:
    loaded = load(people=f'committees:\n  - {{title: PC, members: ["{line}"]}}\n')
    assert [f for f in loaded.findings if f.code == "ambiguous-member"] == []
    assert loaded.volume is not None
    (member,) = loaded.volume.committees[0].members
    assert [place.name for place in member.affiliations] == [line.partition(", ")[2]]


def test_ids_are_unique_and_well_formed(load: Load) -> None:
    loaded = load(
        people="people:\n  - {id: a, name: A B}\n  - {id: a, name: C D}\n  - {id: E F, name: E F}\n"
    )
    assert sorted(codes(loaded)) == ["bad-id", "duplicate-id"]
    assert loaded.volume is not None
    assert [person.id for person in loaded.volume.people] == ["a", "e-f"]


def test_sessions_inherit_their_day_and_keep_their_order(load: Load) -> None:
    loaded = load(
        program="""\
sessions:
  - title: Session
    kind: papers
    papers: [a, {paper: b, start: 9:30, remote: yes}, {title: No paper}]
    chairs: [Kim Poe]
  - title: Session
    parallel: true
    sessions:
      - {title: Inside, date: 2026-07-19}
      - {title: Session}
talks:
  - {id: key, kind: keynote, title: K, speakers: [{name: Jane Doe, biography: Hello}]}
"""
    )
    assert loaded.findings == ()
    assert loaded.volume is not None
    program = loaded.volume.program
    assert [session.id for session in program.walk()] == [
        "session",
        "session-2",
        "inside",
        "session-3",
    ]
    assert [s.date.day for s in program.walk() if s.date] == [18, 18, 19, 18]
    slots = program.sessions[0].slots
    assert [(slot.paper, slot.title, slot.remote) for slot in slots] == [
        ("a", "", False), ("b", "", True), ("", "No paper", False),
    ]  # fmt: skip
    assert slots[1].start == dt.time(9, 30)
    assert program.sessions[0].chairs[0].name.full == "Kim Poe"
    talk = program.talk("key")
    assert talk is not None
    assert talk.speakers[0].biography == "Hello"


def test_sessions_of_several_days_have_the_day_they_say(load: Load) -> None:
    loaded = load(
        edition=E.replace("start: 2026-07-18", "start: 2026-07-18, end: 2026-07-19"),
        program="sessions: [{title: A}, {title: B, date: 2026-07-19}]\n",
    )
    assert loaded.volume is not None
    assert [session.date for session in loaded.volume.program.sessions] == [
        None, dt.date(2026, 7, 19),
    ]  # fmt: skip


BIB = r"""
@inproceedings{b, title = {Zebra {GAN}}, author = {Doe, Jane and {\O}stergaard, Bj{\o}rn},
  abstract = {Two \emph{parts}.

  Here.}, keywords = {one; two, three}, track = {short}, award = {Best Paper; Runner-up},
  openreview = {y5bJXgBx6a}, doi = {https://doi.org/10.5555/x_1}, code = {https://x.org/a\_b}}
@inproceedings{a, title = {Apple}, author = {Roe, Kim}, track = {long}, include = {program},
  archival = {true}, pdf = {https://x.org/a.pdf}}
@inproceedings{c, title = {Melon}, author = {Poe, Al}, include = {withdrawn}, pdf = none}
@proceedings{we26, title = {Not a paper}}
"""


def test_a_paper_is_what_its_entry_says(load: Load) -> None:
    loaded = load(bib=BIB.replace("pdf = none", "pdf = {none}"))
    assert loaded.findings == ()
    volume = loaded.volume
    assert volume is not None
    assert [paper.key for paper in volume.papers] == ["b", "a", "c"]
    b, a, c = volume.papers
    assert [author.name.full for author in b.contributors] == ["Jane Doe", "Bjørn Østergaard"]
    assert b.abstract is not None
    assert len(b.abstract.paragraphs) == 2
    assert b.keywords == ("one", "two", "three")
    assert b.awards == ("Best Paper", "Runner-up")
    assert b.openreview == "https://openreview.net/forum?id=y5bJXgBx6a"
    assert (b.doi, b.code) == ("10.5555/x_1", "https://x.org/a_b")
    assert (b.pdf, b.pdf_file) == (PdfKind.LOCAL, "papers/b.pdf")
    assert (a.include, a.archival, a.pdf_url) == (Include.PROGRAM, True, "https://x.org/a.pdf")
    assert (c.include, c.pdf, c.pdf_file) == (Include.WITHDRAWN, PdfKind.NONE, "")
    assert b.where is not None
    assert (b.where.file, b.where.line) == ("papers/papers.bib", 2)


@pytest.mark.parametrize(
    ("order", "keys"),
    [("listed", "bac"), ("track", "abc"), ("title", "acb"), ("program", "cba")],
)
def test_the_volume_has_the_order_that_its_editors_want(load: Load, order: str, keys: str) -> None:
    loaded = load(
        edition=E.replace("title: WE", f"order: {order}, title: WE")
        + "tracks: [{id: long, name: L}, {id: short, name: S}]\n",
        program="sessions: [{title: S, papers: [c, b]}, {title: T, papers: [b, c]}]\n",
        bib=BIB,
    )
    assert loaded.volume is not None
    assert "".join(paper.key for paper in loaded.volume.papers) == keys


def test_authors_yaml_adds_what_bibtex_cannot_hold(load: Load) -> None:
    loaded = load(
        bib=BIB,
        people="people: [{id: jane-doe, name: Jane Doe, orcid: https://orcid.org/0000-0002-1825-0097}]\n",
        authors="""\
b:
  Jane Doe: {affiliation: Example University, person: jane-doe, corresponding: yes}
  Østergaard, Bjørn: {affiliations: [One, {name: Two, country: DK}]}
""",
    )
    assert loaded.volume is not None
    jane, bjorn = loaded.volume.papers[0].contributors
    assert (jane.person, jane.corresponding, jane.orcid) == (
        "jane-doe",
        True,
        "0000-0002-1825-0097",
    )
    assert [affiliation.name for affiliation in bjorn.affiliations] == ["One", "Two"]
    assert bjorn.affiliations[1].country == "DK"


def test_authors_yaml_that_speaks_of_nobody_is_an_error_with_a_suggestion(
    load: Load, one: One
) -> None:
    loaded = load(
        bib=BIB,
        authors="b:\n  Jane Do: {affiliation: X}\nbb: {}\nq:\n  A B: {url: https://x.org}\n",
    )
    author = one(loaded, "author-not-found")
    assert "did you mean `Jane Doe`?" in author.message
    assert place(author) == ("papers/authors.yaml", 2, 3)
    assert codes(loaded).count("paper-not-found") == 2


def test_an_emptied_bibliography_is_one_error_about_authors_not_one_for_each_paper(
    load: Load, one: One
) -> None:
    loaded = load(bib="", authors="a: {}\nb: {}\nc: {}\n")
    assert "no paper at all; authors.yaml names 3" in one(loaded, "paper-not-found").message


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("include = {volum}", "wrong-value"),
        ("archival = {maybe}", "wrong-value"),
        ("pdf = {locl}", "wrong-value"),
        ("url = {javascript:alert(1)}", "bad-address"),
        ("url = {www.x.org}", "bad-address"),
        ("doi = {hello}", "bad-address"),
        ("abstarct = {Text}", "bibtex-unknown-field"),
        ("abstract = {50% of}", "latex-percent"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(load: Load, one: One, field: str, code: str) -> None:
    loaded = load(bib=f"@misc{{a, title = {{T}}, author = {{A, B}},\n  {field}}}")
    finding = one(loaded, code)
    assert finding.subject == "a"
    assert place(finding)[1] == 2
    assert loaded.volume is not None
    assert loaded.volume.papers[0].url == ""


def test_a_key_cannot_lead_out_of_the_folder(load: Load) -> None:
    loaded = load(bib="@misc{../../etc/passwd, title = {T}, author = {A, B}}")
    assert loaded.volume is not None
    assert loaded.volume.papers[0].pdf_file == "papers/etc-passwd.pdf"
    assert codes(loaded) == ["bibtex-bad-key"]


def test_supplements_are_found_by_name_and_their_kind_guessed(load: Load) -> None:
    names = [
        "b-supp.zip",
        "b-supp-software.zip",
        "b-supp-2.pptx",
        "b-supp-user_study.pdf",
        "bb-supp.zip",
    ]
    loaded = load({f"papers/{name}": "x" for name in names}, bib=BIB)
    assert loaded.volume is not None
    assert [(s.file, s.kind, s.title) for s in loaded.volume.papers[0].supplements] == [
        ("papers/b-supp-2.pptx", "presentation", "2"),
        ("papers/b-supp-software.zip", "software", ""),
        ("papers/b-supp-user_study.pdf", "supplement", "user study"),
        ("papers/b-supp.zip", "supplement", ""),
    ]


def test_accepted_findings_are_kept_with_their_subjects(load: Load) -> None:
    loaded = load(edition=E + 'accept: {title-mismatch: [a, b], page-size: "*"}\n')
    assert loaded.volume is not None
    assert loaded.volume.accepted == {
        "title-mismatch": frozenset("ab"), "page-size": frozenset("*"),
    }  # fmt: skip


def test_prose_is_what_the_list_says_or_every_page_but_the_home(load: Load, one: One) -> None:
    files = {
        "proceedings/index.md": "# Home\n",
        "proceedings/preface.md": "---\na: b\n---\n```\n# no\n```\n# The *Preface* of `x`\n",
        "proceedings/about.md": "No heading\n\nAbout\n=====\n",
        "proceedings/README.md": "# Not prose\n",
    }
    loaded = load(files)
    assert loaded.volume is not None
    assert [(p.file, p.title, p.booklet) for p in loaded.volume.prose] == [
        ("about.md", "About", True), ("index.md", "Home", False),
        ("preface.md", "The Preface of x", True),
    ]  # fmt: skip
    loaded = load(
        files, edition=E + "prose: [preface.md, {file: about.md, booklet: false}, prefac.md]\n"
    )
    assert loaded.volume is not None
    assert [(p.file, p.booklet) for p in loaded.volume.prose] == [
        ("preface.md", True), ("about.md", False), ("index.md", False),
    ]  # fmt: skip
    assert "did you mean `preface.md`?" in one(loaded, "prose-missing").message


def test_the_special_issue_is_what_its_editors_wrote(load: Load) -> None:
    loaded = load(
        people="people: [{id: jane-doe, name: Jane Doe}]\n",
        special_issue="""\
title: Special
targets: [dmlr]
select: {tracks: [long], minimum_pages: 6}
guest_editors: [{person: jane-doe, experience: Much, lead: true}]
timeline: [{what: Call, date: 2026-10-01}]
""",
    )
    assert loaded.findings == ()
    assert loaded.volume is not None
    issue = loaded.volume.special_issue
    assert issue is not None
    assert (issue.title, issue.tracks, issue.minimum_pages) == ("Special", ("long",), 6)
    assert issue.guest_editors[0].contributor.name.full == "Jane Doe"
    assert issue.guest_editors[0].lead


@pytest.mark.parametrize(
    "name", ["edition", "people", "program", "special_issue", "authors", "bib"]
)
@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"\x00", b"- a\n- b\n", b"a: &a [*a]\n", b"a:\n\tb: c\n", b"x",
     b"[" * 999,
     b"a: 1\na: 2\n", "people: {a: b}\nsessions: x\n".encode("utf-16"), b"people: [[[1]]]\n",
     b"sessions: [{title: [a]}, {}]\ntalks: [{speakers: [{}]}]\n",
     b"committees: [{title: x, members: [{}, '', [a]]}]\n"],
)  # fmt: skip
def test_nothing_that_stands_in_a_file_makes_reading_raise(
    load: Load, name: str, content: bytes
) -> None:
    loaded = load(**{name: content})
    for finding in loaded.findings:
        assert finding.where is not None
        assert finding.message
    if name != "edition":
        assert loaded.volume is not None


def test_the_real_submissions_have_their_real_faults_and_no_others(
    load: Load, shared: Path
) -> None:
    folder = shared / "corpora/bibtex"
    found: dict[str, set[str]] = {}
    for volume in ("304", "328"):
        bib = (folder / f"pmlr-v{volume}-as-submitted.bib").read_bytes()
        for finding in load(bib=bib).findings:
            if finding.severity >= Severity.WARNING:
                found.setdefault(f"{volume} {finding.code}", set()).add(finding.subject)
    assert found == {
        "304 name-single-word": {"li25c", "yanjunxu25", "zerong25", "ziboxu25"},
        "304 name-lower-case": {"dang25", "hu25", "yuan25", "zerong25"},
        "304 latex-double-backslash": {
            "cao25a", "chen25a", "dang25", "hu25", "jha25", "jiang25", "li25", "liu25d", "nonaga25",
            "pan25", "prevost25", "wu25", "yanjunxu25",
        },
        "328 bibtex-non-ascii-key": {"miñoza26", "schrödter26"},
        "328 name-lower-case": {"tang26b"},
        "328 latex-percent": {
            "essien26", "hu26a", "huang26a", "wang26a", "wang26c", "zhang26a", "zhang26b",
            "zhang26c",
        },
        "328 latex-unknown-command": {"tupitsa26"},
        "328 latex-dropped": {"zhao26a"},
    }  # fmt: skip


def test_the_deliberate_defects_leave_a_volume_of_what_can_be_read(
    load: Load, shared: Path
) -> None:
    loaded = load(bib=(shared / "corpora/bibtex/malformed.bib").read_bytes())
    assert loaded.volume is not None
    assert [paper.key for paper in loaded.volume.papers] == [
        "good1", "good2", "missingcomma", "undefstr", "dupfield", "key with space", "atsign",
        "child",
    ]  # fmt: skip
    five = loaded.volume.paper("good2")
    assert five is not None
    assert [author.name.inverted for author in five.contributors] == [
        "van der Maaten, Laurens", "Gupta, Ritwik", "Team, ESA", "The ATLAS Collaboration",
        "Smith, Jr., John",
    ]  # fmt: skip
    questioned = [finding for finding in loaded.findings if finding.code == "name-organisation"]
    assert [place(finding)[1] for finding in questioned] == [18]


def test_five_thousand_papers_load(load: Load) -> None:
    paper: Any = (
        "@inproceedings{{k{0}, title = {{On {{GAN}}s and $x_{0}$}}, author = {{Doe, Jane and "
        'M{{\\"u}}ller, Hans and Roe, Kim}}, abstract = {{{1} We \\emph{{show}} $O(n^2)$ --- fast.'
        "}}, track = {{long}}, openreview = {{https://openreview.net/forum?id=abcdef{0}}}}}\n"
    )
    words = "lorem ipsum dolor sit amet " * 40
    bib = "".join(paper.format(number, words) for number in range(5000))
    authors = "".join(f"k{n}:\n  Jane Doe: {{affiliation: X}}\n" for n in range(5000))
    loaded = load(bib=bib, authors=authors)
    assert loaded.volume is not None
    assert len(loaded.volume.papers) == 5000
    assert loaded.findings == ()


def test_loading_twice_gives_the_same(load: Load) -> None:
    assert load(bib=BIB) == load(bib=BIB)

"""Prose: what editors write becomes a document, and every slip a finding with its line."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.parsers.rst import directives

from builder import prose
from builder.model import (
    Committee,
    Contributor,
    Event,
    Markup,
    Name,
    Paper,
    Program,
    Session,
    Severity,
    Track,
    Volume,
)
from builder.prose import nodes as neutral

FILE = "proceedings/about.md"


def parse(source: str) -> prose.Document:
    return prose.parse(source, FILE)


def only(document: prose.Document, kind: type[nodes.Node]) -> nodes.Element:
    found = list(document.tree.findall(kind))
    assert len(found) == 1
    assert isinstance(found[0], nodes.Element)
    return found[0]


def test_clean_markdown_has_no_findings() -> None:
    document = parse(
        "# About\n\nSome *words*, `code`, a [link](https://example.org), $x^2$.\n\n"
        "- one\n- two\n\nTerm\n: meaning\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\nA note[^1].\n\n"
        "[^1]: At the foot.\n"
    )
    assert document.findings == ()
    assert document.title == "About"


def test_the_first_heading_stays_a_section() -> None:
    document = parse("# Only one\n\nWords.\n")
    assert only(document, nodes.section).children[0].astext() == "Only one"


@pytest.mark.parametrize(
    ("source", "kind", "attributes"),
    [
        ("{papers}", neutral.PaperList, {"tracks": [], "keys": [], "abstracts": False}),
        ("{papers} long, short", neutral.PaperList, {"tracks": ["long", "short"]}),
        ("{program} one two", neutral.ProgramTable, {"sessions": ["one", "two"], "date": ""}),
        ("{talks} keynote", neutral.TalkList, {"kinds": ["keynote"]}),
        ("{people} organizers", neutral.PeopleList, {"committees": ["organizers"]}),
        ("{sponsors} Gold, Big Silver", neutral.SponsorList, {"tiers": ["Gold", "Big Silver"]}),
        ("{dates}", neutral.DateList, {}),
        ("{topics}", neutral.TopicList, {}),
        ("{downloads}", neutral.DownloadList, {}),
        ("{citation} liu25", neutral.CitationHint, {"paper": "liu25"}),
        ("{citation}", neutral.CitationHint, {"paper": ""}),
    ],
)
def test_directives_become_neutral_nodes(
    source: str, kind: type[neutral.Listing], attributes: dict[str, object]
) -> None:
    document = parse(f"# Page\n\n```{source}\n```\n")
    node = only(document, kind)
    assert document.findings == ()
    assert {name: node[name] for name in attributes} == attributes
    assert node.line == 3


def test_options_of_directives() -> None:
    document = parse(
        "```{papers}\n:keys: a b\n:abstracts:\n```\n\n```{program}\n:date: 2025-07-19\n```\n"
    )
    assert document.findings == ()
    assert only(document, neutral.PaperList)["keys"] == ["a", "b"]
    assert only(document, neutral.PaperList)["abstracts"] is True
    assert only(document, neutral.ProgramTable)["date"] == "2025-07-19"


def test_roles_may_carry_their_own_words() -> None:
    document = parse("See {paper}`liu25`, {paper}`that one <roe25>` and {author}`jane-doe`.\n")
    first, second = document.tree.findall(neutral.PaperReference)
    assert (first["key"], first.astext()) == ("liu25", "")
    assert (second["key"], second.astext()) == ("roe25", "that one")
    assert only(document, neutral.AuthorReference)["id"] == "jane-doe"


@pytest.mark.parametrize(
    ("source", "code", "line", "severity"),
    [
        ("Words.\n\n```{nonsense}\n```\n", "prose-unknown-directive", 3, Severity.ERROR),
        ("Words.\n\nMore {nope}`x`.\n", "prose-unknown-directive", 3, Severity.ERROR),
        ("Words.\n\nMore {papers}`long`.\n", "prose-unknown-directive", 3, Severity.ERROR),
        ("Words\nand **more {papers}**.\n", "prose-syntax", 2, Severity.WARNING),
        ("Words\n\n- and {paper}\n", "prose-syntax", 3, Severity.WARNING),
        ("```{people} x\n:colour: red\n```\n", "prose-syntax", 2, Severity.WARNING),
        ("```{dates} tomorrow\n```\n", "prose-syntax", 1, Severity.ERROR),
        ("```{program}\n:date: yesterday\n```\n", "prose-syntax", 2, Severity.WARNING),
        ("Words.\n\n<script>alert(1)</script>\n", "prose-raw-html", 3, Severity.WARNING),
        ("Words with <b>tags</b>.\n", "prose-raw-html", 1, Severity.WARNING),
        ("A [link](#nowhere).\n", "prose-syntax", 1, Severity.WARNING),
        ("# One\n\n### Three\n", "prose-syntax", 3, Severity.WARNING),
        ("```{include} /etc/passwd\n```\n", "prose-syntax", 1, Severity.WARNING),
        ("```{raw} html\n:url: http://127.0.0.1:9/\n```\n", "prose-syntax", 1, Severity.WARNING),
    ],
)
def test_slips_are_found_with_their_line(
    source: str, code: str, line: int, severity: Severity
) -> None:
    (finding,) = parse(source).findings
    assert (finding.code, finding.severity) == (code, severity)
    assert finding.where is not None
    assert (finding.where.file, finding.where.line) == (FILE, line)


def test_html_is_dropped_but_its_words_stay_and_comments_go_unmentioned() -> None:
    document = parse("<!-- a note to ourselves -->\n\nPlain <b>bold</b> words.\n")
    assert [finding.code for finding in document.findings] == ["prose-raw-html"]
    assert not list(document.tree.findall(nodes.raw))
    assert only(document, nodes.paragraph).astext() == "Plain bold words."


def test_names_in_braces_may_be_shown_as_code() -> None:
    shown = parse("Write `{papers}`, or {{papers}}.\n\n```\n{people}\n```\n")
    assert shown.findings == ()
    assert parse("So $x^{paper}_{author}$ it is.\n\n$$\nx_{session}\n$$\n").findings == ()


def test_nothing_of_docutils_own_complaints_is_left_in_the_text() -> None:
    document = parse("{nope}`x` and [a](#b)\n\n```{nonsense}\nsecret\n```\n")
    assert not list(document.tree.findall(nodes.system_message))
    assert not list(document.tree.findall(nodes.problematic))


def test_struck_words_need_no_html() -> None:
    document = parse("It is ~~old~~ new.\n")
    assert document.findings == ()
    assert only(document, nodes.inline)["classes"] == ["strike"]
    assert document.tree.astext() == "It is old new."


def test_links_to_other_pages_keep_their_file() -> None:
    document = parse("See [the preface](preface.md) and [its end](preface.md#end).\n")
    assert document.findings == ()
    assert [link["refuri"] for link in document.tree.findall(nodes.reference)] == [
        "preface.md",
        "preface.md#end",
    ]


def test_what_only_the_site_knows_is_no_fault() -> None:
    document = parse("{doc}`preface` and {ref}`words <x>`.\n\n```{toctree}\npreface\n```\n")
    assert document.findings == ()
    assert document.tree.astext().startswith("preface and words")


def test_quotation_marks_are_set_for_the_language() -> None:
    assert prose.parse('He said "so".\n', FILE).tree.astext() == "He said “so”."
    assert prose.parse('Er sagte "so".\n', FILE, language="de").tree.astext() == "Er sagte „so“."


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\0\x01\x02",
        "```{papers\n",
        "$$\n\\frac{",
        "[" * 3000,
        "> " * 500 + "x",
        "- " * 400 + "x",
        "---\nkey: [\n---\n# T\n",
        "---\n- just a list\n---\n",
        "| a |\n|--|\n" * 50,
        "{eval-rst}`x`\n\n```{eval-rst}\n.. raw:: html\n\n   <script>\n```\n",
        "[^1] [^1]\n\n[^1]: a\n[^1]: b\n",
        "(target)=\n(target)=\n# A\n",
        "😀" * 2000,
    ],
)
def test_hostile_or_broken_markdown_never_raises(source: str) -> None:
    document = parse(source)
    assert isinstance(document.tree, nodes.document)
    assert not list(document.tree.findall(nodes.raw))
    assert all(finding.where for finding in document.findings)


def test_docutils_tables_are_left_as_they_were() -> None:
    before = dict(vars(directives)["_directives"])
    parse("```{papers}\n```\n")
    assert vars(directives)["_directives"] == before
    assert "papers" not in before


def volume() -> Volume:
    author = Contributor(name=Name(given="Jane", family="Doe"))
    paper = Paper(key="liu25", title=Markup.text("A title"), contributors=(author,), track="long")
    return Volume(
        event=Event(name="E", short_name="E 25"),
        title="V",
        tracks=(Track(id="long", name="Long papers"),),
        papers=(paper,),
        committees=(Committee(id="organizers", title="Organizers", members=(author,)),),
        program=Program(sessions=(Session(id="opening", title="Opening"),)),
    )


def test_references_that_hold_are_no_findings() -> None:
    document = parse(
        "{paper}`liu25` {author}`jane.doe` {session}`opening`\n\n```{papers} long\n```\n\n"
        "```{people} organizers\n```\n\n```{citation} liu25\n```\n"
    )
    assert prose.unresolved(document, volume(), FILE) == ()


def test_references_to_nothing_are_found_with_a_suggestion() -> None:
    document = parse("Words.\n\nSee {paper}`lui25`.\n\n```{people} organisers\n```\n")
    paper, committee = prose.unresolved(document, volume(), FILE)
    assert paper.message == "There is no paper `lui25`; did you mean `liu25`?"
    assert paper.where is not None
    assert paper.where.line == 3
    assert committee.message == "There is no committee `organisers`; did you mean `organizers`?"
    assert committee.code == paper.code == "prose-unknown-reference"

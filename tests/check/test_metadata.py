from __future__ import annotations

from dataclasses import replace

import pytest

from builder.model import Include, Markup, Severity
from builder.model.markup import Math, Text


def test_papers_without_title_or_authors_are_errors(make, findings) -> None:
    nameless = replace(make.paper("a25"), title=Markup())
    found = findings(make.volume(nameless, make.paper("b25", authors=())),
                     only="title-missing authors-missing")  # fmt: skip
    assert [(f.code, f.subject, f.severity) for f in found] == [
        ("title-missing", "a25", Severity.ERROR),
        ("authors-missing", "b25", Severity.ERROR),
    ]


def test_an_edition_without_abstracts_is_told_once(make, findings) -> None:
    papers = [make.paper(f"a{number}", abstract=None) for number in range(24)]
    (found,) = findings(make.volume(*papers), only="abstract-missing")
    assert found.message == "none of the 24 papers has an abstract"
    assert (found.subject, found.severity) == ("", Severity.INFO)


def test_a_few_missing_abstracts_are_told_by_paper_many_together(make, findings) -> None:
    papers = [make.paper(f"a{n}", abstract=None) for n in range(2)]
    papers += [make.paper(f"b{n}", archival=True) for n in range(9)]
    assert [f.subject for f in findings(make.volume(*papers), only="abstract-missing")] == [
        "a0", "a1",
    ]  # fmt: skip
    papers += [make.paper(f"c{n}", abstract=None, archival=True) for n in range(2)]
    (found,) = findings(make.volume(*papers), only="abstract-missing")
    assert found.severity is Severity.WARNING
    assert found.message.startswith("4 of 13 papers have no abstract (a0, a1, c0 and c1)")


@pytest.mark.parametrize(
    ("abstract", "severity"),
    [
        ("Abstract. We measure rivers and lakes and also seas.", Severity.WARNING),
        ("Short.", Severity.INFO),
        ("Rivers from space " * 20, None),
        ("Abstract interpretation is a method " * 9, Severity.WARNING),
    ],
)
def test_abstracts_that_are_hardly_abstracts(make, findings, abstract, severity) -> None:
    edition = make.volume(make.paper("a25", abstract=Markup.text(abstract)))
    found = findings(edition, only="abstract-odd")
    assert [f.severity for f in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("MEASURING RIVERS FROM SPACE", "title-case"),
        ("measuring rivers from space", "title-case"),
        ("GAN", None),
        ("BERT rediscovers rivers", None),
        ("Измерение рек из космоса", None),
        ("从太空测量河流", None),
        ("A Survey of of Rivers", "title-odd"),
        ("Rivers from Space.", "title-odd"),
        ("Rivers , from Space", "title-odd"),
        ("Rivers (from Space", "title-odd"),
        ("O.O.D. Generalization et al.", None),
        ("Where Are the Whales?", None),
        ("R&amp;D for <i>rivers</i>", "markup-left"),
        (r"\textbf{Rivers} from space", "markup-left"),
        ("GÃ¶del's rivers and lakes", "markup-left"),
        ("D$^3$epth: rivers from space", "markup-left"),
        ("Rivers that cost $5 and $7_000", None),
        ("AT&T measures rivers; C++ and C# too", None),
    ],
)
def test_titles_that_look_wrong_and_titles_that_are_fine(make, findings, title, code) -> None:
    edition = make.volume(make.paper("a25", title))
    found = findings(edition, only="title-case title-odd markup-left")
    assert [f.code for f in found] == ([code] if code else [])


def test_the_tex_of_formulas_is_meant(make, findings) -> None:
    title = Markup((Text("Rivers of "), Math(r"\mathcal{O}(n)"), Text(" bends")))
    edition = make.volume(replace(make.paper("a25"), title=title))
    assert findings(edition, only="markup-left") == []


def test_two_papers_of_one_title_are_told_and_withdrawn_ones_are_not(make, findings) -> None:
    papers = [
        make.paper("a25", "The Rivers"),
        make.paper("b25", "the rivers"),
        make.paper("c25", "The Rivers", include=Include.WITHDRAWN),
    ]
    found = findings(make.volume(*papers), only="title-duplicate")
    assert [(f.subject, f.message) for f in found] == [
        ("a25", "has the same title as b25"),
        ("b25", "has the same title as a25"),
    ]


def test_keywords_that_were_not_divided(make, findings) -> None:
    edition = make.volume(
        make.paper("a25", keywords=("rivers | lakes", "sea")),
        make.paper("b25", keywords=("Rivers", "rivers")),
        make.paper("c25", keywords=("remote sensing", "machine learning")),
    )
    assert [f.subject for f in findings(edition, only="keywords-odd")] == ["a25", "b25"]

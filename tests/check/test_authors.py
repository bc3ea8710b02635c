from __future__ import annotations

from dataclasses import replace

import pytest

CODES = "authors-mismatch authors-order author-spelling"


def judged(make, findings, authors, byline, **seen):
    paper = make.paper("a25", "Measuring the width of rivers from space", authors)
    text = f"Measuring the width of\nrivers from space\n{byline}\nAbstract\nWe measure rivers."
    return findings(make.volume(paper), {"a25": make.seen(text, **seen)}, only=CODES)


@pytest.mark.parametrize(
    ("authors", "byline"),
    [
        (["Michael Heck", "Milica Gasic"], "Michael Heck, Milica Gasiˇ c´\nHHU University"),
        (["Ramiro H. Gálvez", "Lara Gauder"], "Ramiro H. Galvez ´\n1,2\n, Lara Gauder1,2\n1 Univ."),
        (["Maria Pacheco"], "Maria Leonor Pacheco\nPurdue University"),
        (["Arne Köhn", "Joerg Hoffmann"], "Arne Koehn and Jorg Hoffmann ¨\nSaarland University"),
        (["Yan Wang", "Jun Ma", "Jing Xiao"], "Yan Wang Jun Ma Jing Xiao\nPing An Technology"),
        (["Jane Doe"], "J. Doe\u2217\nExample University"),
        (["Carel van Niekerk"], "Carel van Niekerk†‡\nHeinrich Heine University"),
        (["Wei Zhang"], "Zhang Wei\nPeking University"),
        (["Jane Doe", "John Roe"], "JANE DOE1, JOHN ROE2\n1Example University 2York College"),
        (["Mary Smart"], "Mary H. Smart3\n3University of Illinois at Chicago, Chicago, Illinois"),
        (["Plato"], "Plato\nAcademy"),
        (["李 明"], "李明\n清华大学"),
        (
            ["David McNeill", "Casey Kennington"],
            "David McNeill\nBoise State University\nBoise, ID\ndavid@\nu.boisestate.edu\n"
            "Casey Kennington\nBoise State University\nBoise, ID\ncasey@\nu.boisestate.edu",
        ),
        (["Marco Esposito"], "Marco Esposito\nUniversity of Rome"),
        (["Marco Esposito"], "Marco Antonio Esposito\nUniversity of Rome"),
        (["Anna Ek", "Udo Egger"], "Anna Ek1, Udo Egger2\n1Lund University 2Graz University"),
        (["Lea Roma", "Elena Rossi"], "Lea Roma\nElena Rossi\nUniversity of Rome"),
        (["Marco Esposito"], "Esposito Marco\nUniversity of Rome"),
        (["Jane Doe"], "Jane Doe\nGoogle Research, Mountain View\nNew York, USA\njane@example.org"),
    ],
)  # fmt: skip
def test_what_typesetting_does_to_names_is_no_difference(make, findings, authors, byline) -> None:
    assert judged(make, findings, authors, byline) == []


def test_an_author_who_is_not_on_page_1_is_named(make, findings) -> None:
    (found,) = judged(make, findings, ["Jane Doe", "Ivan Petrov"], "Jane Doe\nExample University")
    assert found.code == "authors-mismatch"
    assert found.message == "page 1 does not name Ivan Petrov"


def test_an_author_who_is_only_on_page_1_is_named(make, findings) -> None:
    byline = "Jane Doe1, Ivan Petrov2 and John Roe1\n1Example University 2Other University"
    (found,) = judged(make, findings, ["Jane Doe", "John Roe"], byline)
    assert found.message == "page 1 names Ivan Petrov, who is not in papers.bib"


def test_a_block_of_its_own_is_seen_to_be_an_author(make, findings) -> None:
    byline = (
        "Jane Doe\nExample University\njane@example.org\n"
        "Ivan Petrov\nOther University\nivan@example.org"
    )
    (found,) = judged(make, findings, ["Jane Doe"], byline)
    assert "Ivan Petrov" in found.message


def test_when_nobody_is_there_it_is_said_so(make, findings) -> None:
    (found,) = judged(make, findings, ["Jane Doe"], "Olga Orlova\nExample University")
    assert found.message.startswith("none of the authors stands on page 1 (Jane Doe)")


def test_another_order_is_given(make, findings) -> None:
    byline = "Georgiy Platonov Benjamin Kane Lenhart K. Schubert\nUniversity of Rochester"
    authors = ["Georgiy Platonov", "Lenhart Schubert", "Benjamin Kane"]
    (found,) = judged(make, findings, authors, byline)
    assert found.code == "authors-order"
    assert "Platonov, Benjamin Kane and Lenhart Schubert" in found.message


def test_another_spelling_is_quoted(make, findings) -> None:
    (found,) = judged(make, findings, ["Subhasis Ghosh"], "Subhasish Ghosh\nTCS Research")
    assert found.code == "author-spelling"
    assert "“Subhasish Ghosh” for Subhasis Ghosh" in found.message


def test_organisations_are_not_looked_for(make, findings) -> None:
    from builder.model import Contributor, Name

    team = Contributor(name=Name(literal="The River Team", organisation=True))
    paper = make.paper("a25", "Measuring the width of rivers from space")
    paper = replace(paper, contributors=(*paper.contributors, team))
    seen = make.seen(make.first_page(paper, byline="Jane Doe"))
    assert findings(make.volume(paper), {"a25": seen}, only=CODES) == []


def test_an_anonymous_paper_is_not_asked_for_its_authors(make, findings) -> None:
    assert judged(make, findings, ["Jane Doe"], "Anonymous Authors1") == []


def test_who_is_printed_under_a_former_name_is_recognised_and_not_told(make, findings) -> None:
    from builder.model import Name, Person

    person = Person(
        id="jane-doe",
        name=Name(given="Jane", family="Doe"),
        former_names=(Name(given="Joan", family="Smith"),),
    )
    paper = make.paper("a25", "Measuring the width of rivers from space")
    paper = replace(paper, contributors=(make.someone("Jane Doe", person="jane-doe"),))
    seen = {"a25": make.seen(make.first_page(paper, byline="Joan Smith"))}
    assert findings(make.volume(paper, people=(person,)), seen, only=CODES) == []


@pytest.mark.parametrize("title_seen", ["", "Measuring the width of rivers with Elevation Tables"])
def test_the_last_line_of_a_new_title_is_nobody(make, findings, title_seen) -> None:
    for byline in (
        "Jane Doe, Example University",
        "Jane Doe (Example University)\njane@example.org",
        "Example University Press, Department of Rivers\nJane Doe" if title_seen else "Jane Doe",
    ):
        text = f"Measuring the width of\nrivers with\nElevation Tables\n{byline}\nAbstract\nTables."
        paper = make.paper("a25", "Measuring the width of rivers with Snow Maps", ["Jane Doe"])
        inspection = make.seen(text, title_seen=title_seen)
        assert findings(make.volume(paper), {"a25": inspection}, only=CODES) == [], byline

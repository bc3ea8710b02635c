"""Questions about names in lists of authors."""

from __future__ import annotations

import pytest

from builder.edition import authors
from builder.model import Finding, Severity, Where


def read(field: str) -> tuple[list[str], list[Finding]]:
    people, findings = authors.read(field, "key", lambda at: Where(file="x", line=1, column=at + 1))
    return [name.full for name, _ in people], findings


@pytest.mark.parametrize(
    "field",
    [
        "Doe, Jane and van der Maaten, Laurens and Smith, Jr., John",
        "Doe, Jane and Lavista Ferres, Juan M and Ritwik Gupta",
        "{The ATLAS Collaboration} and {Plato}",
        "{García López}, Juan Carlos",
        "O'Brien, Conan and d'Alembert, Jean and al-Khwarizmi, Muhammad",
        "王小明 and 李, 小龍",
        "Knuth, Donald E. and Erd{\\H{o}}s, Paul and {\\'E}va Tardos",
        "de la Cruz, María José and dos Santos, Ana",
        "Yu, ZhangYuan and Figueiredo, Mario A. T. and Ginsberg, Donna-lee",
    ],
)
def test_good_names_are_not_questioned(field: str) -> None:
    assert read(field)[1] == []


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("YanjunXu and Doe, Jane", "name-single-word"),
        ("hu, Jianhua", "name-lower-case"),
        ("Xiaobing, pei", "name-lower-case"),
        ("jean de la fontaine", "name-lower-case"),
        ("{ESA} Team", "name-organisation"),
        ("The ATLAS Collaboration", "name-organisation"),
        ("John Smith Jr.", "name-suffix"),
        ("Smith Jr., John", "name-suffix"),
        ("Maaten, Laurens van der", "name-particle"),
        ("Doe1, Jane", "name-odd-character"),
        ("Doe, Jane*", "name-odd-character"),
        ("LI, Hanyang", "name-capitals"),
        ("Doe, Jane and others", "name-and-others"),
        ("Doe, Jane and et al.", "name-and-others"),
        ("Doe, Jane and and Roe, Richard", "name-empty"),
        ("Doe, Jane; Roe, Richard", "name-separator"),
        ("Jane Doe, John Roe and Kim Poe", "name-separator"),
        ("Jane Doe, John Roe", "name-separator"),
        ("Jane Doe, John Roe, Kim Poe", "name-separator"),
        ("A, B, C, D", "name-separator"),
    ],
)
def test_names_that_were_hardly_meant_are_questioned(field: str, code: str) -> None:
    _, findings = read(field)
    assert [finding.code for finding in findings] == [code]
    assert findings[0].hint
    assert findings[0].subject == "key"


def test_and_others_is_nobody() -> None:
    assert read("Doe, Jane and others")[0] == ["Jane Doe"]


def test_semicolons_separate_and_are_an_error() -> None:
    people, (finding,) = read("Doe, Jane; Roe, Richard")
    assert people == ["Jane Doe", "Richard Roe"]
    assert finding.severity is Severity.ERROR


def test_every_name_knows_its_column() -> None:
    people, _ = authors.read("Doe, Jane and Roe, Kim", "k", lambda at: Where(file="x", column=at))
    assert [where.column for _, where in people] == [0, 14]

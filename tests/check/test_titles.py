from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from builder.model import Severity

TITLES = {
    "liu25": "Measuring the width of rivers from space",
    "roe25": "Bayesian gardens and the growth of cities",
    "kim25": "Why glaciers hum: seismic signals under ice",
    "sen25": "Counting whales with very large cameras",
    "ode25": "A benchmark for soil moisture at night",
}


@pytest.fixture
def edition(make):
    return make.volume(*(make.paper(key, title) for key, title in TITLES.items()))


def mixed(make, edition, owners):
    """Inspections in which the PDF of each key is that of another paper."""
    return {
        key: make.seen(make.first_page(edition.paper(owner), f"Only in {owner}."))
        for key, owner in owners.items()
    }


def test_papers_with_their_own_pdfs_are_fine(make, findings, edition) -> None:
    own = mixed(make, edition, {key: key for key in TITLES})
    assert findings(edition, own, only="title-mismatch title-differs authors-mismatch") == []


def test_a_swapped_pair_is_named_as_such_for_both(make, findings, edition) -> None:
    owners = {key: key for key in TITLES} | {"liu25": "kim25", "kim25": "liu25"}
    found = findings(edition, mixed(make, edition, owners), only="title-mismatch")
    assert {f.subject: f.message for f in found} == {
        "kim25": "the PDFs of kim25 and liu25 are swapped",
        "liu25": "the PDFs of liu25 and kim25 are swapped",
    }
    assert all(f.severity is Severity.ERROR for f in found)


def test_files_that_are_all_off_by_one_are_told_as_a_row(make, findings, edition) -> None:
    keys = list(TITLES)
    owners = dict(pairwise(keys))
    found = findings(edition, mixed(make, edition, owners), only="title-mismatch")
    assert len(found) == 4
    assert all("several in a row are the next paper's" in f.message for f in found)


def test_the_pdf_of_another_paper_is_named(make, findings, edition) -> None:
    owners = {key: key for key in TITLES} | {"liu25": "sen25"}
    (found,) = findings(edition, mixed(make, edition, owners), only="title-mismatch")
    assert found.subject == "liu25"
    assert "the PDF is that of sen25" in found.message


def test_an_unknown_title_is_quoted(make, findings, edition) -> None:
    seen = {"liu25": make.seen("Something else entirely, about hats\nJane Doe\nAbstract\nHats.")}
    (found,) = findings(edition, seen, only="title-mismatch")
    assert found.severity is Severity.WARNING
    assert "Something else entirely" in found.message


def foreign(make, findings, edition, text):
    (found,) = findings(edition, {"liu25": make.seen(text)}, only="title-mismatch")
    return found


def test_a_paper_of_nobody_here_is_an_error(make, findings, edition) -> None:
    text = "Graph networks for traffic\nAda Ek and Bo Li\nAbstract\nAs Doe (2020) has shown, cars."
    found = foreign(make, findings, edition, text)
    assert found.severity is Severity.ERROR
    assert "neither this paper's title nor any of its authors" in found.message
    assert "Graph networks for traffic" in found.message


def test_a_paper_of_nobody_here_can_be_accepted(make, findings, edition) -> None:
    accepted = replace(edition, accepted={"title-mismatch": frozenset({"liu25"})})
    found = foreign(make, findings, accepted, "Graph networks for traffic\nAda Ek\nAbstract\nCars.")
    assert found.severity is Severity.INFO


def test_a_new_title_of_the_same_authors_is_only_a_warning(make, findings) -> None:
    for name, printed in (("Marco Esposito", "M. Esposito1,2"), ("Bo Li", "Bo LI∗"),
                          ("Jiří Kovář", "Jiˇr´ı Kov´aˇr")):  # fmt: skip
        edition = make.volume(make.paper("liu25", TITLES["liu25"], [name]))
        text = f"Hats and how to wear them\n{printed}\nAbstract\nHats."
        assert foreign(make, findings, edition, text).severity is Severity.WARNING, name


def test_a_short_name_inside_another_word_is_nobody(make, findings) -> None:
    edition = make.volume(make.paper("liu25", TITLES["liu25"], ["Bo Li"]))
    text = "Hats of many families\nAda Ek\nPublic Library\nAbstract\nHats."
    assert foreign(make, findings, edition, text).severity is Severity.ERROR


def test_page_and_entry_in_two_scripts_prove_nothing(make, findings, edition) -> None:
    text = "Шляпы и как их носить в большом городе\nАда Эк\nАннотация\nШляпы носят на голове."
    assert foreign(make, findings, edition, text).severity is Severity.WARNING


def test_two_parts_of_one_work_are_told_apart(make, findings) -> None:
    first, second = (
        make.paper(f"liu25{part[0]}", f"Measuring the width of rivers from space: {part} part")
        for part in ("first", "second")
    )
    edition = make.volume(first, second)
    swapped = {
        first.key: make.seen(make.first_page(second, "2"), title_seen="Measuring the width of "
                             "rivers from space: second part"),
        second.key: make.seen(make.first_page(first, "1"), title_seen="Measuring the width of "
                              "rivers from space: first part"),
    }  # fmt: skip
    found = findings(edition, swapped, only="title-mismatch")
    assert [f.subject for f in found] == [first.key, second.key]
    assert "are swapped" in found[0].message


def test_hyphenation_ligatures_and_accents_are_no_difference(make, findings) -> None:
    paper = make.paper("oz25", "Efficient Inversion in Gödel's Office: unmasking Čech")
    text = "Eﬃcient Inver-\nsion in G¨odel’s Oﬃce: un￾masking Cˇech\nJane Doe\nAbstract\nText."
    edition = make.volume(paper)
    assert findings(edition, {"oz25": make.seen(text)}, only="title-mismatch") == []


def test_a_scan_proves_nothing(make, findings, edition) -> None:
    assert findings(edition, {"liu25": make.seen("")}, only="title-mismatch") == []


def test_a_title_worded_a_little_otherwise_is_asked_about(make, findings) -> None:
    paper = make.paper("fus20", "Filtering talk through dialogue acts labels for better studies")
    printed = "Filtering talk by dialogue act labels for better studies"
    seen = make.seen(f"{printed}\nJane Doe\nAbstract\nIt is.", title_seen=f"{printed} , ´")
    (found,) = findings(make.volume(paper), {"fus20": seen}, only="title-differs title-mismatch")
    assert found.code == "title-differs"
    assert found.message.endswith(f"“{printed}”")

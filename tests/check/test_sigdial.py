"""Forty real papers: what is wrong with them is found, and nothing else is."""

from __future__ import annotations

from itertools import pairwise

import pytest
import yaml

from builder import check
from builder.model import Contributor, Event, Markup, Name, Paper, Severity, Volume
from builder.pdf import inspect_all
from builder.work import Cache

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def corpus(shared):
    return shared / "corpora" / "sigdial2020"


@pytest.fixture(scope="module")
def volume(corpus):
    def author(entry):
        given = [entry.get("first_name"), entry.get("middle_name")]
        return Contributor(
            name=Name(given=" ".join(filter(None, given)), family=entry["last_name"])
        )

    entries = yaml.load((corpus / "papers.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return Volume(
        event=Event(name="Annual Meeting on Discourse and Dialogue", short_name="SIGDIAL 2020"),
        title="Proceedings",
        archival=True,
        papers=tuple(
            Paper(
                key=str(entry["id"]),
                title=Markup.text(entry["title"]),
                contributors=tuple(map(author, entry["authors"])),
                pdf_file=f"papers/{entry['id']}.pdf",
            )
            for entry in entries
        ),
    )


@pytest.fixture(scope="module")
def inspections(corpus, tmp_path_factory):
    files = {path.stem: path for path in sorted((corpus / "papers").glob("*.pdf"))}
    return inspect_all(files, Cache(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="module")
def found(volume, inspections, corpus):
    return check.run(volume, inspections, corpus)


def about_pdfs(findings):
    kinds = (
        "pdf-", "title-mismatch", "title-differs", "author", "review", "anonymous", "other-venue",
        "arxiv", "page-", "draft", "unresolved", "font-not", "active", "comments",
    )  # fmt: skip
    return {(f.code, f.subject) for f in findings if f.code.startswith(kinds)}


def test_the_real_faults_are_found_and_no_others(found) -> None:
    assert about_pdfs(found) == {
        ("pdf-missing", "28"),
        # papers.yml: “Subhasis Ghosh”; page 1: “Subhasish Ghosh”.
        ("author-spelling", "17"),
        # papers.yml: “through dialogue acts labels”; page 1: “by dialogue act labels”.
        ("title-differs", "43"),
        # papers.yml: Platonov, Schubert, Kane, Gindi; page 1 has Schubert last.
        ("authors-order", "62"),
    }


def test_a_swapped_pair_of_real_papers_is_named(volume, inspections, corpus) -> None:
    swapped = {**inspections, "2": inspections["4"], "4": inspections["2"]}
    found = [f for f in check.run(volume, swapped, corpus) if f.code == "title-mismatch"]
    assert [f.message for f in found] == [
        "the PDFs of 2 and 4 are swapped",
        "the PDFs of 4 and 2 are swapped",
    ]


def test_real_papers_off_by_one_are_a_row(volume, inspections, corpus) -> None:
    keys = [paper.key for paper in volume.papers if paper.key in inspections]
    shifted = {key: inspections[after] for key, after in pairwise(keys)}
    found = [f for f in check.run(volume, shifted, corpus) if f.code == "title-mismatch"]
    assert len(found) == 39
    assert sum("several in a row" in f.message for f in found) >= 35


def test_a_left_out_author_of_a_real_paper_is_noticed(volume, inspections, corpus) -> None:
    from dataclasses import replace

    papers = tuple(
        replace(paper, contributors=paper.contributors[:-1])
        if len(paper.contributors) > 1
        else paper
        for paper in volume.papers
    )
    found = check.run(replace(volume, papers=papers), inspections, corpus)
    shortened = {paper.key for paper in volume.papers if len(paper.contributors) > 1}
    noticed = {f.subject for f in found if f.code == "authors-mismatch"}
    assert len(noticed & shortened) >= 0.9 * len(shortened & set(inspections))


def test_a_new_title_of_real_authors_is_no_error(volume, inspections, corpus) -> None:
    from dataclasses import replace

    title = Markup.text("Zymurgy quietly perplexes five jovial wizards")
    papers = [replace(paper, title=title) for paper in volume.papers]
    found = check.run(replace(volume, papers=tuple(papers)), inspections, corpus)
    judged = [f for f in found if f.code == "title-mismatch"]
    assert len(judged) == 40
    assert {f.severity for f in judged} == {Severity.WARNING}


def test_a_real_paper_of_others_is_an_error(volume, inspections, corpus) -> None:
    """Each entry alone in its volume, with the PDF of the next one that shares no family name."""
    from dataclasses import replace

    def families(paper):
        return {author.name.family for author in paper.contributors}

    papers = [paper for paper in volume.papers if paper.key in inspections]
    severities = []
    for at, paper in enumerate(papers):
        others = [*papers[at + 1 :], *papers[:at]]
        other = next(o for o in others if not families(o) & families(paper))
        alone = replace(volume, papers=(paper,))
        found = check.run(alone, {paper.key: inspections[other.key]}, corpus)
        severities += [f.severity for f in found if f.code == "title-mismatch"]
    assert len(severities) == 40
    assert severities.count(Severity.ERROR) >= 37

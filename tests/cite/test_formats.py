from __future__ import annotations

import json

import pytest

from builder import cite
from builder.cite import facts
from builder.cite.text import listed
from builder.model import Markup, Paper, PdfKind
from builder.model.language import speech
from citable import PLAN, paper, volume


def test_ris_says_what_was_published_and_what_was_only_presented() -> None:
    one = paper(keywords=("maps", "data"), abstract=Markup.text("First.\n\nSecond."))
    record = cite.ris(volume(one), one, PLAN)
    assert record.startswith("TY  - CPAPER\r\n")
    assert record.endswith("ER  - \r\n")
    assert "N1  - Presented at TerraBytes 2025 (ICML 2025 workshop), non-archival\r\n" in record
    assert "AB  - First. Second.\r\n" in record
    assert record.count("KW  - ") == 2
    assert "SP  - " not in record
    published = paper(archival=True)
    record = cite.ris(volume(published, archival=True), published, PLAN)
    assert record.startswith("TY  - CONF\r\n")
    assert "T2  - Proceedings of TerraBytes 2025\r\nED  - Poe, Pat\r\n" in record
    assert "SP  - 7\r\nEP  - 12\r\n" in record


def test_ris_puts_the_suffix_last_and_leaves_whole_names_whole() -> None:
    one = paper()
    record = cite.ris(volume(one), one)
    assert "AU  - van der Maaten, Laurens\r\n" in record
    assert "AU  - Smith, John, Jr.\r\n" in record
    assert "AU  - 李明\r\n" in record


def test_no_value_begins_a_line_of_its_own_in_ris() -> None:
    one = paper(title=Markup.text("a\nTY  - BOOK"), note="x\r\nER  - ")
    lines = cite.ris(volume(one), one).split("\r\n")
    assert sum(line.startswith("TY  - ") for line in lines) == 1
    assert sum(line.startswith("ER  - ") for line in lines) == 1


CSL = {  # the variables of CSL 1.0.2 that are used, with their types in its schema
    "id": str, "type": str, "title": str, "author": list, "container-title": str, "editor": list,
    "event-title": str, "event-date": dict, "event-place": str, "page": str, "publisher": str,
    "issued": dict, "genre": str, "note": str, "abstract": str, "keyword": str, "language": str,
    "DOI": str, "ISBN": str, "ISSN": str, "URL": str,
}  # fmt: skip


@pytest.mark.parametrize("archival", [True, False])
def test_csl_has_only_variables_of_its_schema(archival: bool) -> None:
    one = paper(archival=archival, doi="10.5555/x", keywords=("a", "b"))
    item = json.loads(json.dumps(cite.csl(volume(one, archival=archival), one, PLAN)))
    assert all(isinstance(value, CSL[variable]) for variable, value in item.items())
    assert item["issued"] == {"date-parts": [[2025, 7, 19]]}
    assert ("container-title" in item) is archival
    assert ("page" in item) is archival
    names = [set(name) for name in item["author"]]
    allowed = {"family", "given", "non-dropping-particle", "suffix", "literal"}
    assert all(name and name <= allowed for name in names)
    assert item["author"][0] == {
        "family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der",
    }  # fmt: skip
    assert item["author"][3] == {"literal": "The ATLAS Collaboration"}


def test_a_reference_can_be_pasted() -> None:
    one = paper(contributors=paper().contributors[:2])
    assert cite.text(volume(one), one, PLAN) == (
        "Laurens van der Maaten and John Smith, Jr. 2025. A mCLIP, U-Net and Vision-Language "
        "Model: 100% & more. Presented at TerraBytes 2025 (ICML 2025 workshop), Vancouver, Canada; "
        "non-archival. https://openreview.net/forum?id=a_b"
    )
    published = paper(archival=True, contributors=one.contributors, openreview="")
    assert cite.text(volume(published, archival=True), published, PLAN) == (
        "Laurens van der Maaten and John Smith, Jr. 2025. A mCLIP, U-Net and Vision-Language "
        "Model: 100% & more. In Proceedings of TerraBytes 2025, pages 7–12, Vancouver, Canada. "
        "Example Press."
    )


def test_a_reference_is_told_in_the_language_of_the_volume() -> None:
    german, one = speech("de"), paper(title=Markup.text("Karten"))
    published = paper(archival=True)
    said = cite.text(volume(published, archival=True), published, PLAN, german)
    assert ". In: Proceedings of TerraBytes 2025, Seiten 7–12, " in said
    assert ". Vorgestellt auf " in cite.text(volume(one), one, None, german)
    assert listed(["A", "B", "C"], german) == "A, B und C"


def test_a_question_keeps_its_mark() -> None:
    one = paper(title=Markup.text("Why?"))
    assert "2025. Why? Presented at" in cite.text(volume(one), one)


def test_very_many_names_are_shortened_in_the_middle() -> None:
    names = [f"N{number}" for number in range(4000)]
    assert listed(names).endswith("N18, … N3999")
    assert listed([]) == ""
    assert listed(["A", "B", "C"]) == "A, B, and C"


@pytest.mark.parametrize(
    ("one", "address"),
    [
        (paper(doi="10.5555/x"), "https://doi.org/10.5555/x"),
        (paper(url="https://example.org/a"), "https://example.org/a"),
        (paper(), "https://openreview.net/forum?id=a_b"),
        (
            paper(openreview="", pdf=PdfKind.LINK, pdf_url="https://e.org/a.pdf"),
            "https://e.org/a.pdf",
        ),
        (paper(openreview="", pdf_url="https://e.org/a.pdf"), ""),
    ],
)
def test_the_most_lasting_address_is_cited(one: Paper, address: str) -> None:
    assert facts.address(one) == address

from __future__ import annotations

import pytest
from lxml import etree

from builder import cite
from builder.cite.mods import NAMESPACE, document, record
from builder.model import Affiliation, Contributor, Markup, Name
from citable import PLAN, paper, volume

M = {"m": NAMESPACE}


def test_endnote_says_what_was_published_and_what_was_only_presented() -> None:
    one = paper(keywords=("maps", "data"), abstract=Markup.text("First.\n\nSecond."))
    record = cite.endnote(volume(one), one, PLAN)
    assert record.startswith("%0 Conference Paper\r\n%T A mCLIP")
    assert "%Z Presented at TerraBytes 2025 (ICML 2025 workshop), non-archival\r\n" in record
    assert "%P " not in record
    assert record.count("%K ") == 2
    assert "%X First. Second.\r\n" in record
    assert "%A van der Maaten, Laurens\r\n%A Smith, John, Jr.\r\n" in record
    published = paper(archival=True)
    record = cite.endnote(volume(published, archival=True), published, PLAN)
    assert record.startswith("%0 Conference Proceedings\r\n")
    assert "%E Poe, Pat\r\n%B Proceedings of TerraBytes 2025\r\n" in record
    assert "%P 7-12\r\n" in record
    assert record.endswith("\r\n\r\n")


def test_no_value_begins_a_record_of_its_own_in_endnote() -> None:
    one = paper(title=Markup.text("a\n%0 Book"), note="x\r\n\r\n%0 Book")
    lines = cite.endnote(volume(one), one).split("\r\n")
    assert sum(line.startswith("%0") for line in lines) == 1
    assert lines.index("") == len(lines) - 2


def test_mods_of_a_published_paper_names_its_host_and_pages() -> None:
    one = paper(archival=True, doi="10.5555/x", keywords=("maps",), license="CC-BY-4.0")
    root = etree.fromstring(cite.mods(volume(one, archival=True), one, PLAN).encode())
    (record,) = root
    assert record.get("ID") == "liu25"
    assert record.findtext("m:titleInfo/m:title", namespaces=M) == (
        "A mCLIP, U-Net and Vision-Language Model: 100% & more"
    )
    names = record.findall("m:name", M)
    assert [name.get("type") for name in names].count("corporate") == 2
    parts = {part.get("type"): part.text for part in names[1].findall("m:namePart", M)}
    assert parts == {"given": "John", "family": "Smith", "termsOfAddress": "Jr."}
    host = record.find("m:relatedItem[@type='host']", M)
    assert host is not None
    assert host.findtext("m:titleInfo/m:title", namespaces=M) == "Proceedings of TerraBytes 2025"
    extent = host.find("m:part/m:extent", M)
    assert extent is not None
    assert [child.text for child in extent] == ["7", "12"]
    assert record.findtext("m:identifier[@type='doi']", namespaces=M) == "10.5555/x"
    assert record.findtext("m:accessCondition", namespaces=M) == "CC-BY-4.0"


def test_mods_of_a_presented_paper_has_no_host() -> None:
    one = paper()
    text = cite.mods(volume(one), one, PLAN)
    assert "relatedItem" not in text
    assert "<note>Presented at TerraBytes 2025 (ICML 2025 workshop), non-archival</note>" in text


def test_mods_names_affiliations_and_orcids() -> None:
    someone = Contributor(
        name=Name(given="A", family="B"),
        affiliations=(Affiliation(name="KTH"),),
        orcid="0000-0002-1825-0097",
    )
    one = paper(contributors=(someone,))
    root = etree.fromstring(cite.mods(volume(one), one).encode())
    assert root.findtext(".//m:affiliation", namespaces=M) == "KTH"
    assert root.findtext(".//m:nameIdentifier[@type='orcid']", namespaces=M) == (
        "0000-0002-1825-0097"
    )


@pytest.mark.parametrize("bad", ["<a>&]]>", "nul\x00bell\x07", "lone \ud800 half", "￾"])
def test_mods_is_well_formed_whatever_authors_write(bad: str) -> None:
    one = paper(
        title=Markup.text(bad), note=bad, contributors=(Contributor(name=Name(literal=bad)),)
    )
    text = cite.mods(volume(one), one)
    assert len(etree.fromstring(text.encode())) == 1


def test_a_collection_holds_every_paper_and_no_id_twice() -> None:
    papers = [paper(key="a/b"), paper(key="a-b"), paper(key="1")]
    whole = volume(*papers)
    root = etree.fromstring(cite.mods_joined(cite.mods(whole, one) for one in papers).encode())
    assert [record.get("ID") for record in root] == ["a-b", None, "_1"]
    keys = root.findall("m:mods/m:identifier[@type='citekey']", M)
    assert [key.text for key in keys] == ["a/b", "a-b", "1"]


def test_records_written_one_by_one_are_joined_to_the_very_same_collection() -> None:
    papers = [
        paper(key="a/b", title=Markup.text('Two\nlines, "quotes" & </modsCollection>')),
        paper(key="a-b", abstract=Markup.text("One.\n\nTwo.")),
        paper(key='odd" ID="x', note="x\r\ny"),
        paper(key="a b", archival=True),
    ]
    whole = volume(*papers, archival=True)
    assert cite.mods_joined(cite.mods(whole, one, PLAN) for one in papers) == document(
        [record(whole, one, PLAN) for one in papers]
    )
    assert cite.mods_joined([]) == document([])

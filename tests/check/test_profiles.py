from __future__ import annotations

import datetime as dt

import pytest

from builder import check
from builder.model import Event, Font, Markup, SpecialIssue, Supplement


def test_there_is_a_profile_for_each_venue() -> None:
    assert set(check.PROFILES) == {"acl", "dmlr", "jstars", "pmlr"}


def test_rules_of_one_venue_run_only_when_asked_for(make, findings) -> None:
    edition = make.volume(make.paper("a25", abstract=Markup.text("short " * 20)))
    seen = {"a25": make.seen(make.page("x", width=612, height=792))}
    prefixes = {f.code.split("-")[0] for f in findings(edition, seen)}
    assert not prefixes & set(check.PROFILES)


def test_an_unknown_profile_is_refused(make, findings) -> None:
    with pytest.raises(KeyError):
        findings(make.volume(), profiles=["nature"])


def test_acl(make, findings) -> None:
    event = Event(name="E", short_name="E", start=dt.date(2025, 7, 19))
    pages = [make.page("text", width=612, height=792, bottom=str(n)) for n in (1, 2)]
    good = make.seen("text\nLimitations\nMany.", "text")
    edition = make.volume(make.paper("a25"), make.paper("b25"), event=event)
    found = findings(edition, {"a25": make.seen(*pages), "b25": good}, profiles=["acl"])
    assert {(f.code, f.subject) for f in found if f.code.startswith("acl-")} == {
        ("acl-page-size", "a25"),
        ("acl-page-numbers", "a25"),
        ("acl-limitations", "a25"),
        ("acl-volume-incomplete", ""),
    }


def test_dmlr_measures_what_its_form_takes(make, findings, tmp_path) -> None:
    (tmp_path / "papers").mkdir()
    with (tmp_path / "papers" / "a25.pdf").open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    with (tmp_path / "papers" / "a25-supp.zip").open("wb") as file:
        file.truncate(99 * 1024 * 1024)
    paper = make.paper(
        "a25", "t" * 251, abstract=Markup.text("a" * 5001),
        supplements=(Supplement(file="papers/a25-supp.zip"),),
    )  # fmt: skip
    found = findings(make.volume(paper), profiles=["dmlr"], missing=["a25"])
    assert [f.code for f in found if f.code.startswith("dmlr-")] == [
        "dmlr-abstract-length",
        "dmlr-title-length",
        "dmlr-file-size",
    ]


def test_jstars_counts_words_and_gives_every_reason_at_once(make, findings) -> None:
    fonts = (
        Font(name="F", kind="Type3", embedded=True),
        Font(name="Arial", kind="TrueType", embedded=False),
    )
    bad = make.seen("x", encryption="blank", version="2.0", fonts=fonts, attachments=("a",))
    papers = [
        make.paper("a25", abstract=Markup.text("word " * 149)),
        make.paper("b25", abstract=Markup.text("word " * 150)),
        make.paper("c25", abstract=Markup.text("word " * 251)),
    ]
    found = findings(
        make.volume(*papers),
        {"a25": bad, "b25": make.seen("y", version="1.7")},
        profiles=["jstars"],
    )
    found = [f for f in found if f.code.startswith("jstars-")]
    assert [(f.code, f.subject) for f in found] == [
        ("jstars-xplore", "a25"),
        ("jstars-abstract-length", "a25"),
        ("jstars-abstract-length", "c25"),
    ] or {(f.code, f.subject) for f in found} == {
        ("jstars-xplore", "a25"),
        ("jstars-abstract-length", "a25"),
        ("jstars-abstract-length", "c25"),
    }
    reasons = next(f.message for f in found if f.code == "jstars-xplore")
    for reason in ("encrypted", "PDF 2.0", "Arial", "1 Type 3 font", "1 attachment"):
        assert reason in reasons


def test_only_the_special_issues_tracks_are_judged(make, findings) -> None:
    short = Markup.text("word " * 20)
    edition = make.volume(
        make.paper("a25", track="long", abstract=short),
        make.paper("b25", track="short", abstract=short),
        special_issue=SpecialIssue(tracks=("long",), targets=("jstars",)),
    )
    found = findings(edition, only="jstars-abstract-length", profiles=["jstars"])
    assert [f.subject for f in found] == ["a25"]


BIB = r"""
@Proceedings{X2025,
  booktitle = {Proceedings of X}, name = {X}, shortname = {X}, year = {2025},
  editor = {Doe, Jane}, volume = 304, start = {2025-07-19}, end = {July 20}, address = {Oslo},
}
@InProceedings{doe25, title = {Rivers}, author = {Doe, Jane}, abstract = {They cost \$5 and $x_1$.}}
@InProceedings{Roe2025, title = {Lakes}, author = {John Roe and Doe, Jane}}
"""


def test_pmlr_judges_the_file_as_it_is_typed(make, findings, tmp_path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "papers.bib").write_text(BIB, encoding="utf-8")
    paper = make.paper("doe25", supplements=(Supplement(file="papers/doe25-supp-code.zip"),))
    found = findings(make.volume(paper), profiles=["pmlr"])
    found = [f for f in found if f.code.startswith("pmlr-")]
    assert {(f.code, f.subject) for f in found} == {
        ("pmlr-field-missing", "X2025"),
        ("pmlr-volume-braces", "X2025"),
        ("pmlr-date", "X2025"),
        ("pmlr-abstract-tex", "doe25"),
        ("pmlr-field-missing", "Roe2025"),
        ("pmlr-key", "Roe2025"),
        ("pmlr-name-form", "Roe2025"),
        ("pmlr-supplement-name", "doe25"),
    }
    places = {f.code: f.where.line for f in found if f.where and f.subject != "Roe2025"}
    assert places["pmlr-volume-braces"] == 4


def test_pmlr_finds_the_known_faults_of_a_real_submission(make, findings, tmp_path, shared) -> None:
    (tmp_path / "papers").mkdir()
    source = shared / "corpora" / "bibtex" / "pmlr-v304-as-submitted.bib"
    (tmp_path / "papers" / "papers.bib").write_bytes(source.read_bytes())
    found = [f for f in findings(make.volume(), profiles=["pmlr"]) if f.code.startswith("pmlr-")]
    assert ("pmlr-volume-braces", "ACML2025") in {(f.code, f.subject) for f in found}
    tex = {f.subject for f in found if f.code == "pmlr-abstract-tex"}
    assert {"jiang25", "wu25"} <= tex
    assert all(f.where is not None and f.where.line for f in found)

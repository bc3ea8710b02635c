from __future__ import annotations

from builder import check
from builder.model import Finding, Severity


def accepted(make, **entries):
    return {code: frozenset(subjects) for code, subjects in entries.items()}


def edition(make, accept, *papers):
    return make.volume(
        *(papers or (make.paper("a25", "the title of a small paper"),)), accepted=accept
    )


def test_an_accepted_finding_stays_as_a_remark_that_says_so(make, findings) -> None:
    accept = {"title-case": frozenset({"a25"})}
    (found,) = findings(edition(make, accept), only="title-case")
    assert found.severity is Severity.INFO
    assert found.message.endswith("(accepted by the editors)")


def test_a_star_accepts_for_all(make, findings) -> None:
    accept = {"title-case": frozenset({"*"}), "event-undated": frozenset({"*"})}
    papers = [make.paper(key, f"the title of {key} is small") for key in ("a25", "b25")]
    found = findings(edition(make, accept, *papers), only="title-case event-undated")
    assert [f.severity for f in found] == [Severity.INFO] * 3


def test_other_subjects_are_not_accepted(make, findings) -> None:
    accept = {"title-case": frozenset({"b25"})}
    found = findings(edition(make, accept), only="title-case acceptance-unused")
    assert {(f.code, f.severity) for f in found} == {
        ("title-case", Severity.WARNING),
        ("acceptance-unused", Severity.INFO),
    }


def test_a_hole_in_the_volume_cannot_be_accepted(make, findings) -> None:
    accept = {"pdf-missing": frozenset({"a25"})}
    found = findings(edition(make, accept), only="pdf-missing acceptance-refused", missing=["a25"])
    assert {(f.code, f.severity) for f in found} == {
        ("pdf-missing", Severity.ERROR),
        ("acceptance-refused", Severity.WARNING),
    }


def test_an_unknown_code_is_told_with_a_guess(make, findings) -> None:
    accept = {"title-mismach": frozenset({"a25"})}
    (found,) = findings(edition(make, accept), only="acceptance-unknown")
    assert "title-mismatch" in found.hint


def test_what_other_rooms_find_is_not_called_unused(make, findings) -> None:
    accept = {"audit-links": frozenset({"a25"}), "acl-page-size": frozenset({"*"})}
    assert findings(edition(make, accept), only="acceptance-unused acceptance-unknown") == []


def test_findings_of_other_rooms_are_accepted_likewise(make) -> None:
    volume = edition(make, {"prose-syntax": frozenset({"*"})})
    other = Finding(code="prose-syntax", severity=Severity.WARNING, message="odd", hint="do it")
    (found,) = check.accept([other], volume)
    assert found.severity is Severity.INFO
    assert check.accept([found], volume) == (found,)

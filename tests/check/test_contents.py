from __future__ import annotations

from builder.model import Severity

CODES = "active-content comments-left links-broken untagged"


def judged(make, findings, **seen):
    edition = make.volume(make.paper("a25"))
    return findings(edition, {"a25": make.seen("text", **seen)}, only=CODES)


def test_what_is_taken_out_of_a_paper_is_one_remark(make, findings) -> None:
    (found,) = judged(
        make, findings, javascript=True, launches=2, attachments=("data.csv",), form_fields=1
    )
    assert (found.code, found.severity) == ("active-content", Severity.INFO)
    for part in ("JavaScript", "2 actions", "1 attachment (data.csv)", "1 form field"):
        assert part in found.message


def test_attachments_are_spoken_of_only_where_there_are_some(make, findings) -> None:
    (script,) = judged(make, findings, javascript=True)
    assert "ttachment" not in script.hint
    (file,) = judged(make, findings, attachments=("data.csv",))
    assert "ttachment" in file.hint


def test_the_open_action_that_latex_writes_is_nothing_to_tell(make, findings) -> None:
    assert judged(make, findings, open_action=True) == []


def test_a_readers_comments_are_counted_links_are_not(make, findings) -> None:
    (found,) = judged(make, findings, annotations=(("Highlight", 3), ("Text", 1), ("Screen", 2)))
    assert found.code == "comments-left"
    assert "4 comments or markings" in found.message
    assert "3 Highlight and 1 Text" in found.message


def test_links_that_lead_nowhere_are_the_authors(make, findings) -> None:
    (found,) = judged(make, findings, broken_links=2)
    assert (found.code, found.severity) == ("links-broken", Severity.INFO)


def test_names_of_attachments_cannot_write_to_the_terminal(make, findings) -> None:
    (found,) = judged(make, findings, attachments=("\x1b[31mred\x07.txt",))
    assert "\x1b" not in found.message
    assert "\x07" not in found.message


def test_tags_are_counted_once_for_the_volume(make, findings) -> None:
    edition = make.volume(make.paper("a25"), make.paper("b25"))
    inspections = {"a25": make.seen("a", tagged=False), "b25": make.seen("b")}
    (found,) = findings(edition, inspections, only="untagged")
    assert found.message.startswith("1 of 2 PDFs")

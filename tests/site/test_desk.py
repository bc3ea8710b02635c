"""Booklet and stamped papers are linked only if they follow the site's own pagination."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

from builder.model import Severity
from builder.site import desk
from builder.site.addresses import Addresses


def opened(root: Path, editions: ModuleType) -> desk.Desk:
    volume = editions.volume()
    return desk.Desk(root, volume, (), Addresses.of(volume), plan=editions.plan())


def standing(root: Path, plan: str) -> None:
    papers = root / "build" / "papers"
    papers.mkdir(parents=True)
    for file in (root / "build" / "booklet.pdf", papers / "doe25.pdf", papers / "oster25.pdf"):
        file.write_bytes(b"%PDF-1.7")
    (root / "build" / "manifest.json").write_text(json.dumps({"plan": plan}), encoding="utf-8")


def test_what_follows_the_same_plan_is_linked(tmp_path: Path, editions: ModuleType) -> None:
    at = opened(tmp_path, editions)
    standing(tmp_path, at.plan.digest)
    desk.attach_standing(at)
    assert at.printed.booklet == tmp_path / "build" / "booklet.pdf"
    assert set(at.printed.papers) == {"doe25", "oster25"}
    assert at.findings == []


def test_what_follows_another_plan_is_not_linked_but_reported(
    tmp_path: Path, editions: ModuleType
) -> None:
    at = opened(tmp_path, editions)
    standing(tmp_path, "another")
    desk.attach_standing(at)
    assert at.printed == desk.Printed()
    assert [finding.code for finding in at.findings] == ["site-booklet-outdated"]


def test_a_manifest_that_cannot_be_read_counts_as_another_plan(
    tmp_path: Path, editions: ModuleType
) -> None:
    at = opened(tmp_path, editions)
    standing(tmp_path, "")
    (tmp_path / "build" / "manifest.json").write_text("[1", encoding="utf-8")
    desk.attach_standing(at)
    assert at.printed == desk.Printed()
    assert [finding.code for finding in at.findings] == ["site-booklet-outdated"]


def test_without_a_booklet_there_is_nothing_to_worry_about(
    tmp_path: Path, editions: ModuleType
) -> None:
    at = opened(tmp_path, editions)
    desk.attach_standing(at)
    assert [(f.code, f.severity) for f in at.findings] == [("site-no-booklet", Severity.INFO)]

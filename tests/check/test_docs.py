"""The manual includes the page of every finding."""

from __future__ import annotations

import re

from builder import check


def test_the_manual_includes_every_page(repository) -> None:
    manual = (repository / "docs" / "findings.md").read_text(encoding="utf-8")
    included = re.findall(r"\{include\} \.\./builder/check/codes/([a-z0-9-]+)\.md", manual)
    missing = sorted(set(check.codes()) - set(included))
    assert missing == [], "include them in docs/findings.md, in alphabetical order"
    assert included == sorted(set(included) & set(check.codes()))

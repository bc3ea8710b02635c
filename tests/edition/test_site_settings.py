"""`site: editions:` and `site: redirects:` as editors write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import edition
from builder.model import Link

EDITION = """
event: {name: A workshop, short_name: AW 2025}
volume: {title: Papers}
site:
"""


def load(folder: Path, site: str) -> edition.Loaded:
    (folder / "proceedings").mkdir()
    (folder / "papers").mkdir()
    (folder / "papers" / "papers.bib").touch()
    (folder / "proceedings" / "edition.yaml").write_text(EDITION + site, encoding="utf-8")
    return edition.load(folder)


def test_editions_and_redirects_are_read(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        "  editions:\n    - {title: AW 2024, url: ../2024/}\n"
        "    - {title: AW 2023, url: https://example.org/2023/}\n"
        "  redirects:\n    - {old: /papers/old.html, new: papers/new25.html#cite}\n"
        "    - {old: talks.html, new: https://example.org/talks}\n",
    )
    assert loaded.findings == ()
    assert loaded.volume is not None
    assert loaded.volume.site.editions == (
        Link(title="AW 2024", url="../2024/"),
        Link(title="AW 2023", url="https://example.org/2023/"),
    )
    assert loaded.volume.site.redirects == {
        "papers/old.html": "papers/new25.html#cite",
        "talks.html": "https://example.org/talks",
    }


@pytest.mark.parametrize(
    "site",
    [
        "  editions: [{title: A, url: 'javascript:alert(1)'}]",
        "  editions: [{title: A, url: '//example.org/x'}]",
        "  redirects: [{old: papers/old.html, new: 'javascript:alert(1)'}]",
        "  redirects: [{old: ../../etc/x.html, new: papers.html}]",
        "  redirects: [{old: papers/old.pdf, new: papers.html}]",
        "  redirects: [{old: /, new: papers.html}]",
    ],
)
def test_what_is_no_address_is_refused_with_its_place(tmp_path: Path, site: str) -> None:
    loaded = load(tmp_path, site + "\n")
    assert loaded.findings
    assert all(finding.where and finding.where.line for finding in loaded.findings)
    # What is at fault is left out, and everything else is used.
    assert loaded.volume is not None
    assert not loaded.volume.site.editions
    assert not loaded.volume.site.redirects

"""A real volume of about 40 papers that nobody here wrote, gathered and built whole."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest

from links import links

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def sigdial(tmp_path_factory, shared, proceedings) -> Path:
    root = tmp_path_factory.mktemp("volume") / "sig"
    begun = proceedings(
        "init", root, "--from", shared / "corpora" / "sigdial2020", "--format", "aclpub2"
    )
    assert begun.returncode == 0, begun.stderr
    built = proceedings("build", "-C", root)
    assert built.returncode == 0, built.stderr
    return root


def plan(root: Path) -> dict[str, dict[str, object]]:
    report = json.loads((root / "build" / "report.json").read_text("utf-8"))
    return {row["key"]: row for row in report["plan"]}


def compare(root: Path, keys: list[str]) -> tuple[int, int]:
    """Internal and external links of these papers, all found again in the volume."""
    booklet = root / "build" / "booklet.pdf"
    pages = plan(root)
    with pypdf.PdfReader(booklet) as reader:
        front = reader.page_labels.index("1")
    internal = external = 0
    for key in keys:
        before = links(root / "papers" / f"{key}.pdf")
        first = front + int(str(pages[key]["first"]))
        last = front + int(str(pages[key]["last"]))
        after = links(booklet, first=first, last=last)
        assert sorted(map(repr, before)) == sorted(map(repr, after)), key
        alone = links(root / "build" / "papers" / f"{key}.pdf")
        assert sorted(map(repr, before)) == sorted(map(repr, alone)), key
        internal += sum(link.target is not None for link in after)
        external += sum(bool(link.uri) for link in after)
    return internal, external


def test_every_link_of_every_paper_lands_in_its_own_paper(sigdial: Path) -> None:
    keys = [key for key, row in plan(sigdial).items() if not row["placeholder"]]
    assert len(keys) == 39
    assert compare(sigdial, keys) == (3621, 664)


def test_paper_28_is_reported_as_missing_and_stands_as_a_placeholder(sigdial, codes) -> None:
    assert ("pdf-missing", "28") in codes(sigdial)
    assert plan(sigdial)["28"]["placeholder"] is True


def test_the_paper_outside_the_volume_is_on_the_site_and_not_in_the_booklet(sigdial: Path) -> None:
    assert "4" not in plan(sigdial)
    assert (sigdial / "build" / "site" / "papers" / "4.html").is_file()


def test_a_second_build_changes_nothing(sigdial, proceedings) -> None:
    before = (sigdial / "build" / "manifest.json").read_bytes()
    again = proceedings("build", "--force", "-C", sigdial)
    assert again.returncode == 0, again.stderr
    assert (sigdial / "build" / "manifest.json").read_bytes() == before


def test_where_nothing_changed_nothing_is_made(sigdial, proceedings) -> None:
    made = proceedings("build", "--force", "-C", sigdial)
    places = [*(sigdial / "build").rglob("*")]
    before = {file: file.stat().st_mtime_ns for file in places if ".cache" not in file.parts}
    again = proceedings("build", "-C", sigdial)
    assert again.returncode == 0, again.stderr
    assert again.stdout == made.stdout
    assert "Nothing has changed since" in again.stderr
    lock = sigdial / "build" / ".lock"
    now = {file: file.stat().st_mtime_ns for file in before}
    assert {file for file in before if now[file] != before[file]} <= {lock}


def test_a_final_build_is_refused_and_names_the_missing_paper(sigdial, proceedings) -> None:
    before = (sigdial / "build" / "booklet.pdf").read_bytes()
    refused = proceedings("build", "--final", "-C", sigdial)
    assert refused.returncode == 1
    assert "28" in refused.stdout + refused.stderr
    assert (sigdial / "build" / "booklet.pdf").read_bytes() == before


def test_with_all_forty_papers_included_all_links_land(sigdial, tmp_path, proceedings) -> None:
    bib = sigdial / "papers" / "papers.bib"
    original = bib.read_text("utf-8")
    assert "include = {program}" in original
    bib.write_text(original.replace("include = {program}", "include = {volume}"), "utf-8")
    try:
        assert proceedings("booklet", "-C", sigdial).returncode == 0
        keys = [key for key, row in plan(sigdial).items() if not row["placeholder"]]
        assert len(keys) == 40
        assert compare(sigdial, keys) == (3806, 668)
    finally:
        bib.write_text(original, "utf-8")


def test_gathering_again_changes_nothing(sigdial, shared, proceedings) -> None:
    def snapshot() -> dict[str, bytes]:
        return {
            str(file.relative_to(sigdial)): file.read_bytes()
            for folder in ("proceedings", "papers", "private")
            for file in sorted((sigdial / folder).rglob("*"))
            if file.is_file()
        }

    before = snapshot()
    again = proceedings("gather", "aclpub2", shared / "corpora" / "sigdial2020", "-C", sigdial)
    assert again.returncode == 0, again.stderr
    assert snapshot() == before

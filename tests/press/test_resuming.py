"""A build begins with what stands: what comes of it is what a build from nothing makes."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from builder import edition
from builder.press import make_volume, open_desk
from papers import paper

TITLES = {"doe25": "Rivers from space", "roe25": "Lakes from space", "poe25": "Ponds from space"}


def write(root: Path, titles: dict[str, str]) -> None:
    entries = (
        f"@inproceedings{{{key},\n  title = {{{title}}},\n  author = {{Doe, {key.title()}}},\n}}\n"
        for key, title in titles.items()
    )
    (root / "papers" / "papers.bib").write_text("".join(entries), "utf-8")


def outputs(root: Path) -> dict[str, str]:
    build = root / "build"
    return {
        file.relative_to(build).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in build.rglob("*")
        if file.is_file() and not file.relative_to(build).parts[0].startswith(".")
    }


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    root = tmp_path / "ws"
    edition.scaffold(root)
    (root / "proceedings" / "more.md").write_text("# More\n", "utf-8")
    write(root, TITLES)
    for key, title in TITLES.items():
        paper(root / "papers" / f"{key}.pdf", title=title, pages=2)
    make_volume(open_desk(root), final=False)
    return root


def afresh(root: Path, place: Path) -> dict[str, str]:
    shutil.copytree(root, place, ignore=shutil.ignore_patterns("build"))
    make_volume(open_desk(place), final=False)
    return outputs(place)


def test_one_title_changed_rewrites_its_pages_and_comes_out_as_from_nothing(
    workshop: Path, tmp_path: Path
) -> None:
    site = workshop / "build" / "site"
    kept = {name: (site / name).stat().st_ino for name in ("papers/poe25.html", "papers/poe25.bib")}
    stamped = (workshop / "build" / "papers" / "poe25.pdf").stat().st_ino
    before = (site / "papers" / "doe25.html").read_bytes()
    write(workshop, {**TITLES, "doe25": "Oceans from space"})
    make_volume(open_desk(workshop), final=False)
    assert (site / "papers" / "doe25.html").read_bytes() != before
    # Other papers' files are not even written again.
    assert {name: (site / name).stat().st_ino for name in kept} == kept
    assert (workshop / "build" / "papers" / "poe25.pdf").stat().st_ino == stamped
    assert outputs(workshop) == afresh(workshop, tmp_path / "fresh")


def test_lines_that_move_and_authors_who_change_come_out_as_from_nothing(
    workshop: Path, tmp_path: Path
) -> None:
    bib, site = workshop / "papers" / "papers.bib", workshop / "build" / "site"
    page = (site / "papers" / "doe25.html").stat().st_ino
    bib.write_text(f"% Ours.\n\n{bib.read_text('utf-8')}", "utf-8")
    make_volume(open_desk(workshop), final=False)
    assert (site / "papers" / "doe25.html").stat().st_ino == page
    text = bib.read_text("utf-8").replace("{Doe, Roe25}", "{Doe, Roe25 and Ek, Ann}")
    first, *others = text.split("\n@")
    new = "inproceedings{new25,\n  title = {Ponds},\n  author = {Ek, Ann},\n  pdf = {none},\n}\n"
    bib.write_text("\n@".join([first, new, *others]), "utf-8")
    make_volume(open_desk(workshop), final=False)
    assert "Ek, Ann" in (site / "authors.html").read_text("utf-8")
    assert outputs(workshop) == afresh(workshop, tmp_path / "fresh")


def test_one_pdf_changed_comes_out_as_from_nothing(workshop: Path, tmp_path: Path) -> None:
    # Another title on page 1: of this paper alone, something else is to be said.
    paper(workshop / "papers" / "roe25.pdf", title="Draft", pages=2)
    make_volume(open_desk(workshop), final=False)
    assert outputs(workshop) == afresh(workshop, tmp_path / "fresh")


def test_what_was_edited_or_taken_away_is_as_it_should_be_again(
    workshop: Path, tmp_path: Path
) -> None:
    before = outputs(workshop)
    for name in ("site/papers/doe25.html", "site/papers/roe25.bib", "site/index.html"):
        file = workshop / "build" / name
        file.write_bytes(file.read_bytes() + b"<!-- mine -->")
    (workshop / "build" / "site" / "papers" / "poe25.html").unlink()
    (workshop / "build" / "site" / "stray.html").write_text("x", "utf-8")
    # Whoever edits a stamped paper changes no other copy that is made from now on.
    with (workshop / "build" / "papers" / "roe25.pdf").open("ab") as stream:
        stream.write(b"%")
    make_volume(open_desk(workshop), final=False)
    # That somebody's changes were set aside is told by this build's report, and by no other.
    make_volume(open_desk(workshop), final=False)
    shutil.rmtree(workshop / "build" / "set-aside")
    assert outputs(workshop) == before


def test_a_paper_and_a_page_of_prose_that_go_leave_nothing_behind(
    workshop: Path, tmp_path: Path
) -> None:
    write(workshop, {key: TITLES[key] for key in ("doe25", "poe25")})
    (workshop / "papers" / "roe25.pdf").unlink()
    (workshop / "proceedings" / "more.md").unlink()
    make_volume(open_desk(workshop), final=False)
    now = outputs(workshop)
    assert not [name for name in now if "roe25" in name or name.startswith("site/more")]
    assert now == afresh(workshop, tmp_path / "fresh")


def test_a_record_that_names_files_outside_the_site_brings_none_in(workshop: Path) -> None:
    record = workshop / "build" / ".cache" / "site" / "proceedings-pages.json"
    text = record.read_text("utf-8")
    assert '"papers/doe25.html"' in text
    record.write_text(text.replace('"papers/doe25.html"', '"../../../papers/papers.bib"'), "utf-8")
    before = outputs(workshop)
    make_volume(open_desk(workshop), final=False)
    assert outputs(workshop) == before
    assert (workshop / "papers" / "papers.bib").is_file()


def test_a_second_build_starts_no_worker(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Placeholders, pictures, front matter, papers, thumbnails, audit: all of it is kept."""
    (workshop / "papers" / "roe25.pdf").unlink()
    (workshop / "proceedings" / "more.md").write_text("# More\n\n![A dot](dot.svg)\n", "utf-8")
    (workshop / "proceedings" / "dot.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8"
    )
    first = make_volume(open_desk(workshop), final=False)
    before = outputs(workshop)

    def started(*_: object, **__: object) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr("pebble.ProcessPool", started)
    assert make_volume(open_desk(workshop), final=False).report == first.report
    assert outputs(workshop) == before


def test_the_site_has_copies_of_the_editors_own_files_and_shares_only_what_was_made(
    workshop: Path,
) -> None:
    own = workshop / "papers" / "doe25-supp.csv"
    own.write_text("a,b\n", "utf-8")
    for _ in range(2):
        make_volume(open_desk(workshop), final=False)
        (shown,) = (workshop / "build" / "site").rglob("*supp*.csv")
        assert shown.read_bytes() == own.read_bytes()
        assert not shown.samefile(own)
    stamped = workshop / "build" / "papers" / "doe25.pdf"
    assert stamped.samefile(workshop / "build" / "site" / "papers" / "doe25.pdf")

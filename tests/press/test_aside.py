"""What an editor wrote below `build/` is never lost."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.cmd.build import build_main

from builder.press import Made, make_site, open_desk


def told(made: Made) -> list[str]:
    return [f.message for f in made.report.findings if f.code == "output-set-aside"]


def test_what_an_editor_put_into_the_site_or_changed_there_is_kept_and_told(
    workshop: Path,
) -> None:
    make_site(open_desk(workshop))
    build = workshop / "build"
    (build / "site" / "CNAME").write_text("papers.example.org\n", "utf-8")
    home = build / "site" / "index.html"
    home.write_text("<h1>Mine</h1>", "utf-8")
    made = make_site(open_desk(workshop))
    assert told(made) == [
        "build/site/CNAME and build/site/index.html were not written by this program, or changed "
        "since; what stood there is kept below build/set-aside/"
    ]
    assert (build / "set-aside/site/CNAME").read_text("utf-8") == "papers.example.org\n"
    assert (build / "set-aside/site/index.html").read_text("utf-8") == "<h1>Mine</h1>"
    assert "Mine" not in home.read_text("utf-8")
    assert "site/CNAME" not in json.loads((build / "manifest.json").read_text("utf-8"))["outputs"]
    assert told(make_site(open_desk(workshop))) == []


def test_what_is_set_aside_is_never_replaced(workshop: Path) -> None:
    kept = workshop / "build" / "set-aside" / "site"
    site = workshop / "build" / "site"
    for words in ("first", "second", "second"):
        make_site(open_desk(workshop))
        (site / "note.txt").write_text(words, "utf-8")
    made = make_site(open_desk(workshop))
    assert len(told(made)) == 1
    assert {file.name: file.read_text("utf-8") for file in kept.iterdir()} == {
        "note.txt": "first",
        "note-2.txt": "second",
    }


def test_what_a_system_leaves_behind_is_nobodys(workshop: Path) -> None:
    make_site(open_desk(workshop))
    (workshop / "build" / "site" / ".DS_Store").write_bytes(b"\0")
    assert told(make_site(open_desk(workshop))) == []
    assert not (workshop / "build" / "set-aside").exists()


def test_an_output_that_stood_there_before_the_first_build_is_kept(workshop: Path) -> None:
    mine = workshop / "build" / "site" / "index.html"
    mine.parent.mkdir(parents=True)
    mine.write_text("Last year's page", "utf-8")
    assert len(told(make_site(open_desk(workshop)))) == 1
    kept = workshop / "build" / "set-aside" / "site" / "index.html"
    assert kept.read_text("utf-8") == "Last year's page"


def test_a_site_that_sphinx_build_made_in_its_place_is_nobodys(workshop: Path) -> None:
    place = workshop / "build" / "site"
    assert build_main(["-q", str(workshop / "proceedings"), str(place)]) == 0
    made = make_site(open_desk(workshop))
    assert (told(made), made.failed) == ([], ())

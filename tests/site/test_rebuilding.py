"""The same input gives the same bytes, and a second build does only what changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from builder.model import Markup, Program
from builder.site.run import Run


def times(built: Any) -> dict[str, int]:
    return {
        file.relative_to(built.out).as_posix(): file.stat().st_mtime_ns
        for file in built.out.rglob("*.html")
    }


def test_two_builds_in_different_folders_are_equal_byte_for_byte(make: Any) -> None:
    one = make(name="one", printed=True).files()
    two = make(name="a longer name/two", printed=True).files()
    assert one == two
    assert not [path for path in one if "doctree" in path or path.endswith(".pickle")]


def test_nothing_in_the_site_names_this_machine(plain: Any) -> None:
    for path, data in plain.files().items():
        assert str(plain.root).encode() not in data, path


def test_a_second_build_rewrites_no_page(make: Any) -> None:
    before = times(make())
    after = times(make())
    assert {path for path in before if before[path] != after[path]} <= {"search.html"}


def test_one_changed_paper_rewrites_only_the_pages_that_show_it(
    make: Any, editions: ModuleType
) -> None:
    volume = editions.volume()
    before = times(make(volume))
    first, second, *others = volume.papers
    changed = replace(second, title=Markup.text("A Shorter Note"))
    after = times(make(replace(volume, papers=(first, changed, *others))))
    touched = {path for path in before if before[path] != after[path]} - {"search.html"}
    oster = next(path for path in before if path.startswith("authors/lukasz"))
    assert {"papers.html", "program.html", "papers/oster25.html", oster} <= touched
    # Its neighbours name it as previous and next.
    assert {"papers/doe25.html", "papers/elsewhere25.html"} <= touched
    assert "authors/jane-doe.html" not in touched
    assert "people.html" not in touched


def test_a_page_that_shows_nothing_of_a_changed_paper_is_not_even_rendered(
    make: Any, editions: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    meta = Run.meta

    def counted(run: Run, page: Any) -> str:
        rendered.append(page.name)
        return meta(run, page)

    volume = editions.volume()
    first, second, *others = volume.papers
    short = replace(second, title=Markup.text("A Shorter Note"))
    changed = replace(volume, papers=(first, short, *others))
    make(volume)
    monkeypatch.setattr(Run, "meta", counted)
    again = make(changed).files()
    assert "papers/oster25" in rendered
    assert "authors/jane-doe" not in rendered
    monkeypatch.undo()
    clean = make(changed, name="clean").files()
    # Prose goes by the editors' files, which this edition does not have.
    assert [path for path in clean if clean[path] != again[path]] in ([], ["index.html"])
    assert clean.keys() == again.keys()


def test_a_page_that_somebody_changed_is_made_again(make: Any) -> None:
    built = make()
    expected = built.files()
    for path in ("papers/doe25.html", "authors/jane-doe.html", "about.html"):
        (built.out / path).write_text("something else", encoding="utf-8")
    assert make().files() == expected


def test_pages_of_a_removed_paper_vanish(make: Any, editions: ModuleType) -> None:
    volume = editions.volume()
    assert "papers/oster25.bib" in make(volume).files()
    gone = replace(volume, papers=(volume.papers[0],), program=Program())
    files = make(gone).files()
    assert not [path for path in files if "oster25" in path or "atlas" in path]
    assert "program.html" not in files
    assert not [path for path, data in files.items() if b"oster25" in data]


def test_a_page_that_an_editor_writes_takes_the_place_of_ours(make: Any) -> None:
    built = make(name="e")
    assert "Session 1A" in built.read("program.html")
    (built.root / "proceedings" / "program.md").write_text("# Our own program\n", encoding="utf-8")
    again = make(name="e")
    assert "Our own program" in again.read("program.html")


def test_prose_follows_the_edition_although_its_file_did_not_change(
    make: Any, editions: ModuleType
) -> None:
    volume = editions.volume()
    make(volume)
    longer = replace(volume, program=Program())
    assert 'href="program.html"' not in make(longer).read("about.html")


def anew(make: Any, built: Any, **options: Any) -> dict[str, bytes]:
    """The files of a site made from nothing in the same place."""
    shutil.rmtree(built.root / "build")
    files: dict[str, bytes] = make(name=built.root.name, **options).files()
    return files


CONTENTS = "# Home\n\n```{toctree}\nplain\nabout\n```\n"


@pytest.mark.parametrize("index", [CONTENTS, "# Home\n"])
def test_every_page_follows_the_title_of_a_page_of_prose_in_its_contents(
    make: Any, index: str
) -> None:
    make(name="e", index=index, pages={"plain.md": "# Plain\n", "other.md": "# Other\n"})
    again = make(name="e", pages={"plain.md": "# Renamed\n"})
    for page in ("papers/doe25.html", "authors.html", "other.html", "about.html"):
        assert "Renamed" in again.read(page), page
    assert again.files() == anew(make, again)


def test_every_page_follows_the_editors_templates_and_styles(make: Any) -> None:
    built = make(name="e", pages={"plain.md": "# Plain\n"})
    folder = built.root / "proceedings"
    with (folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("html_static_path = ['own']\nhtml_css_files = ['own.css']\n")
        conf.write("templates_path = ['layouts']\n")
    (folder / "own").mkdir()
    (folder / "layouts").mkdir()
    (folder / "own" / "own.css").write_text("a { color: red }", encoding="utf-8")
    unused, used = folder / "layouts" / "pag.html", folder / "layouts" / "page.html"
    unused.write_text('{% extends "!page.html" %}{% block body %}<i>own</i>{% endblock %}')
    anew(make, built)
    (folder / "own" / "own.css").write_text("a { color: tan }", encoding="utf-8")
    unused.rename(used)
    again = make(name="e")
    assert "<i>own</i>" in again.read("plain.html")
    assert again.files() == anew(make, again)


def test_another_release_of_this_program_makes_prose_anew(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = times(make(name="e"))
    monkeypatch.setattr("builder.site.run.release", lambda: ("99",))
    after = times(make(name="e"))
    assert before["about.html"] != after["about.html"]


def test_a_supplement_follows_a_file_of_the_same_size_and_time(make: Any) -> None:
    built = make(name="e")
    file = built.root / "papers" / "doe25-supp.zip"
    seen, other = file.stat(), file.with_suffix(".new")
    other.write_bytes(b"PK\x05\x06" + bytes(17) + b"!")
    os.utime(other, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    other.replace(file)
    again = make(name="e")
    assert file.read_bytes() in again.files().values()
    assert again.files() == anew(make, again)


def test_a_page_says_into_which_volume_its_paper_moved(make: Any, editions: ModuleType) -> None:
    plan = editions.plan()
    first, second, *others = plan.papers
    whole = replace(first, first=1, last=2), replace(second, first=1, last=2)

    def of(one: int, other: int) -> Any:
        moved = (replace(whole[0], volume=one), replace(whole[1], volume=other))
        return replace(plan, papers=(*sorted(moved, key=lambda at: at.volume), *others))

    make(name="e", plan=of(1, 2))
    again = make(name="e", plan=of(2, 1))
    assert "Volume 2" in again.read("papers/doe25.html")
    assert again.files() == anew(make, again, plan=of(2, 1))


def test_no_finding_names_a_folder_of_this_machine(make: Any) -> None:
    built = make(name="e", pages={"plain.md": "# Plain\n\n```{include} _part.md\n```\n"})
    (finding,) = (one for one in built.findings if "_part.md" in one.message)
    assert "proceedings/_part.md" in finding.message.replace(os.sep, "/")
    assert str(built.root) not in finding.message


SCRIPT = """
import sys
from pathlib import Path
from sphinx.cmd.build import main
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def terrabytes(repository: Path, tmp_path: Path) -> Path:
    import shutil

    root = tmp_path / "terrabytes"
    for folder in ("proceedings", "papers"):
        shutil.copytree(repository / folder, root / folder)
    return root


def sphinx_build(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = root.parent / "run.py"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = dict(os.environ, PYTHONHASHSEED="7", TZ="Pacific/Chatham", NO_COLOR="1")
    return subprocess.run(
        [sys.executable, str(script), *options, "proceedings", "build/site"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_plain_sphinx_build_makes_the_same_pages(terrabytes: Path) -> None:
    from builder import site

    done = sphinx_build(terrabytes, "-W", "--keep-going", "-j", "2")
    assert done.returncode == 0, done.stderr
    out = terrabytes / "build" / "site"
    assert len(list(out.glob("papers/*.html"))) == 24
    other = terrabytes / "build" / "other"
    assert [f for f in site.build(terrabytes, other) if f.severity > 10] == []
    pages = {path.relative_to(other) for path in other.rglob("*.html")}
    assert pages == {path.relative_to(out) for path in out.rglob("*.html")}
    for path in pages:
        assert (out / path).read_bytes() == (other / path).read_bytes(), path


def test_an_edition_that_cannot_be_read_is_said_clearly(terrabytes: Path) -> None:
    from builder import site

    sheet = terrabytes / "proceedings" / "edition.yaml"
    sheet.write_text("event: [", encoding="utf-8")
    done = sphinx_build(terrabytes)
    assert done.returncode != 0
    assert "cannot be read" in done.stderr
    assert "proceedings/edition.yaml:" in done.stderr
    found = site.build(terrabytes, terrabytes / "build" / "x")
    assert [finding.code for finding in found if finding.severity >= 30][-1] == "site-failed"


def test_what_the_editors_accepted_is_no_warning(make: Any, editions: ModuleType) -> None:
    from builder.site import extension

    volume = editions.volume()
    bad = replace(volume.papers[0], code="javascript:x")
    volume = replace(volume, papers=(bad,), program=Program())
    said: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extension, "say", said.append)
        make(volume)
        make(replace(volume, accepted={"site-unsafe-link": frozenset({"doe25"})}))
    assert [(finding.code, finding.severity.label) for finding in said] == [
        ("site-unsafe-link", "warning"),
        ("site-unsafe-link", "info"),
    ]

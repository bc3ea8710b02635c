"""What was made and stands untouched is not made again; any doubt means that it is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.model import Finding, Report, Severity, Where
from builder.press import surroundings
from builder.press.order import Order
from builder.site import reach
from builder.work import Job, Limits, program, run

REPORT = Report.of(
    [
        Finding(
            code="pdf-font",
            severity=Severity.WARNING,
            message="A font",
            subject="doe25",
            where=Where(file="papers/doe25.pdf", page=2, box=(1.0, 2.0, 3.0, 4.0)),
            hint="Embed it.",
        ),
        Finding(code="date-missing", severity=Severity.INFO, message="No date"),
    ]
)


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """An edition, and outputs that look as if they had been made of it."""
    root = tmp_path / "ws"
    for name, text in (
        ("proceedings/edition.yaml", "event: {name: W}\n"),
        ("proceedings/conf.py", 'project = "W"\nextensions = ["builder.site"]\n'),
        ("proceedings/index.md", "# W\n"),
        ("papers/doe25.pdf", "paper"),
        ("build/booklet.pdf", "booklet"),
        ("build/site/index.html", "home"),
        ("build/manifest.json", '{"plan": "p"}'),
    ):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        # Old enough for its time to be believed.
        os.utime(file, ns=(1_700_000_000_000_000_123, 1_700_000_000_000_000_123))
    return root


def fill(root: Path, verb: str = "build", **options: object) -> None:
    Order.of(root, verb, **options).fill(
        REPORT,
        ["booklet.pdf", "site", "manifest.json"],
        [root.resolve() / "build" / "booklet.pdf"],
        {"doe25": "Rivers"},
    )


def test_the_same_again_says_the_same(workshop: Path) -> None:
    assert Order.of(workshop, "build", final=False).filled() is None
    fill(workshop, final=False)
    filled = Order.of(workshop, "build", final=False).filled()
    assert filled is not None
    assert filled.report == REPORT
    assert filled.outputs == (workshop.resolve() / "build" / "booklet.pdf",)
    assert filled.titles == {"doe25": "Rivers"}


def test_another_verb_or_option_is_another_order(workshop: Path) -> None:
    fill(workshop, final=False)
    assert Order.of(workshop, "build", final=True).filled() is None
    assert Order.of(workshop, "booklet", final=False).filled() is None


def later(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a paper is corrected": lambda root: later(root / "papers/doe25.pdf", "paqer"),
    "a paper comes": lambda root: later(root / "papers/roe25.pdf", "paper"),
    "a paper goes": lambda root: (root / "papers/doe25.pdf").unlink(),
    "a page is written": lambda root: later(root / "proceedings/about.md", "# About\n"),
    "a page moves": lambda root: (
        (root / "proceedings/index.md").rename(root / "proceedings/home.md") and None
    ),
    "an empty folder comes": lambda root: (root / "proceedings/_static").mkdir(),
    "consents come": lambda root: later(root / "private/consents.yaml", "{}"),
    "pages are locked": lambda root: later(root / "proceedings/pagination.lock", "doe25: 1\n"),
    "an output is edited": lambda root: later(root / "build/site/index.html", "hack"),
    "an output is deleted": lambda root: (root / "build/booklet.pdf").unlink(),
    "a file lies among the outputs": lambda root: later(root / "build/site/x.html", "x"),
    "a build was killed": lambda root: (root / "build/.staging").mkdir(),
    "the cache rots": lambda root: (
        [file.write_text("{", "utf-8") for file in (root / "build/.cache/orders").iterdir()]
        and None
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_made_again(workshop: Path, change: str) -> None:
    fill(workshop)
    assert Order.of(workshop, "build").filled()
    CHANGES[change](workshop)
    assert Order.of(workshop, "build").filled() is None


def test_a_file_that_only_has_a_new_time_did_not_change(workshop: Path) -> None:
    fill(workshop)
    for file in ("papers/doe25.pdf", "build/booklet.pdf"):
        (workshop / file).touch()
    assert Order.of(workshop, "build").filled()


def test_a_change_that_leaves_size_and_time_as_they_were_is_seen_all_the_same(
    workshop: Path,
) -> None:
    paper = workshop / "papers" / "doe25.pdf"
    fill(workshop)
    before = paper.stat()
    # An editor's program writes a new file beside the old one, and moves it there.
    other = workshop / "papers" / "other.pdf"
    other.write_text("paqer", "utf-8")
    other.replace(paper)
    os.utime(paper, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Order.of(workshop, "build").filled() is None


def test_what_changes_while_it_is_made_is_made_again(workshop: Path) -> None:
    order = Order.of(workshop, "build")
    later(workshop / "papers" / "doe25.pdf", "paqer")
    order.fill(REPORT, ["booklet.pdf"], [], {})
    assert Order.of(workshop, "build").filled() is None


def test_the_lock_that_a_final_build_writes_does_not_count_as_a_change(workshop: Path) -> None:
    order = Order.of(workshop, "build")
    later(workshop / "proceedings" / "pagination.lock", "doe25: 1\n")
    order.fill(REPORT, ["booklet.pdf"], [], {})
    assert Order.of(workshop, "build").filled()


def test_a_site_alone_is_made_again_when_another_booklet_stands(workshop: Path) -> None:
    Order.of(workshop, "site").fill(REPORT, ["site"], [], {})
    assert Order.of(workshop, "site").filled()
    later(workshop / "build" / "booklet.pdf", "other")
    assert Order.of(workshop, "site").filled() is None


def test_another_release_or_font_makes_everything_again(
    workshop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(workshop)
    monkeypatch.setattr(surroundings, "digest", lambda: "another release")
    assert Order.of(workshop, "build").filled() is None


def test_the_surroundings_see_a_developer_s_change_and_a_new_font(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, fonts = tmp_path / "builder", tmp_path / "fonts"
    (house / "press").mkdir(parents=True)
    fonts.mkdir()
    monkeypatch.setattr(program, "HOUSE", house)
    monkeypatch.setattr(surroundings, "FONTS", {surroundings.sys.platform: (str(fonts),)})
    seen = {surroundings.digest(), surroundings.digest()}
    assert len(seen) == 1
    (house / "press" / "run.py").write_text("", "utf-8")
    seen.add(surroundings.digest())
    (fonts / "new.otf").write_bytes(b"")
    os.utime(fonts, (1, 1))
    seen.add(surroundings.digest())
    assert len(seen) == 3


def test_a_run_in_which_a_job_was_stopped_is_not_remembered(workshop: Path) -> None:
    order = Order.of(workshop, "build")
    (outcome,) = run([Job("slow", time.sleep, (30,), Limits(seconds=0.2))])
    assert outcome.failure
    order.fill(REPORT, ["booklet.pdf"], [], {})
    assert Order.of(workshop, "build").filled() is None


@pytest.mark.parametrize(
    "conf",
    [
        "import datetime\nrelease = str(datetime.date.today())\n",
        'extensions = ["builder.site", "sphinx.ext.intersphinx"]\n',
        'html_last_updated_fmt = "%Y"\n',
        'html_static_path = ["../../elsewhere"]\n',
        "def (\n",
    ],
)
def test_a_conf_py_that_may_say_something_else_tomorrow_is_asked_every_time(
    workshop: Path, conf: str
) -> None:
    (workshop / "proceedings" / "conf.py").write_text(conf, "utf-8")
    fill(workshop)
    assert Order.of(workshop, "build").filled() is None


def test_a_page_that_includes_a_file_from_elsewhere_depends_on_it(workshop: Path) -> None:
    page = workshop / "proceedings" / "index.md"
    page.write_text("```{include} ../LICENSE\n```\n[x](../papers/doe25.pdf)\n", "utf-8")
    assert reach.outside(workshop, ("papers", "proceedings")) == ((workshop / "LICENSE").resolve(),)
    fill(workshop)
    assert Order.of(workshop, "build").filled()
    later(workshop / "LICENSE", "MIT\n")
    assert Order.of(workshop, "build").filled() is None
    # A page from elsewhere may include yet others.
    page.write_text("```{include} ../README.md\n```\n", "utf-8")
    later(workshop / "README.md", "![picture](picture.png)\n")
    assert reach.outside(workshop, ("papers", "proceedings")) is None

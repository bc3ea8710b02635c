from __future__ import annotations

from pathlib import Path

from builder import check, edition
from builder.model import Severity


def test_a_new_edition_is_built_as_a_draft_but_never_as_final(tmp_path: Path) -> None:
    edition.scaffold(tmp_path)
    volume = edition.load(tmp_path).volume
    assert volume is not None
    left = [f for f in check.run(volume, {}, tmp_path) if f.code == "placeholder-left"]
    assert [str(f.where) for f in left if f.where] == [
        "proceedings/about.md", "proceedings/edition.yaml", "proceedings/preface.md",
    ]  # fmt: skip
    assert {f.severity for f in left} == {Severity.ERROR}
    assert "event: name, event: short_name, volume: title" in left[1].message


def test_a_page_for_the_site_alone_that_nobody_touched_is_a_warning(tmp_path: Path) -> None:
    edition.scaffold(tmp_path, title="Rivers", year=2026)
    file = tmp_path / "proceedings/edition.yaml"
    pages = "prose:\n  - {file: about.md, booklet: false}\n"
    file.write_text(file.read_text(encoding="utf-8") + pages, encoding="utf-8")
    (tmp_path / "proceedings/preface.md").write_text("# Preface\n\nWelcome.\n", encoding="utf-8")
    volume = edition.load(tmp_path).volume
    assert volume is not None
    (left,) = [f for f in check.run(volume, {}, tmp_path) if f.code == "placeholder-left"]
    assert left.severity is Severity.WARNING
    assert "about.md" in left.message

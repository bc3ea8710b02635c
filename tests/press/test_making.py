"""What is put in place, what is refused, and what stays as it was."""

from __future__ import annotations

import json
from pathlib import Path

from builder.press import make_exports, make_site, make_volume, open_desk


def test_a_site_that_fails_leaves_the_standing_site_alone(workshop: Path) -> None:
    made = make_site(open_desk(workshop))
    assert made.failed == ()
    index = workshop / "build" / "site" / "index.html"
    before = index.read_bytes()
    conf = workshop / "proceedings" / "conf.py"
    conf.write_text(conf.read_text("utf-8") + "\ndef (\n", "utf-8")
    failed = make_site(open_desk(workshop))
    assert failed.failed == ("site",)
    assert "site-failed" in {finding.code for finding in failed.report.findings}
    assert index.read_bytes() == before
    assert workshop / "build" / "site/index.html" not in failed.outputs


def test_a_page_that_is_not_utf_8_is_a_finding_and_no_crash(workshop: Path) -> None:
    (workshop / "proceedings" / "preface.md").write_bytes("# Préface\n".encode("latin-1"))
    made = make_volume(open_desk(workshop), final=False)
    codes = {finding.code for finding in made.report.findings}
    assert "file-encoding" in codes
    assert (workshop / "build" / "booklet.pdf").is_file()


def test_a_package_without_a_paper_is_not_put_in_place(workshop: Path) -> None:
    made = make_exports(open_desk(workshop), ["dmlr"], preview=False)
    assert made.failed == ("export/dmlr",)
    assert not (workshop / "build" / "export" / "dmlr").exists()
    assert not (workshop / "build" / "export" / "dmlr.zip").exists()


def test_the_manifest_names_what_each_stamped_paper_was_made_from(workshop: Path) -> None:
    make_volume(open_desk(workshop), final=False)
    manifest = json.loads((workshop / "build" / "manifest.json").read_text("utf-8"))
    stamped = manifest["outputs"]["papers/doe25.pdf"]
    editors, own = stamped["from"]
    assert own == "papers/doe25.pdf"
    assert "proceedings/edition.yaml" in manifest["sets"][editors]
    assert own not in manifest["sets"][editors]
    (everything,) = manifest["outputs"]["booklet.pdf"]["from"]
    assert set(manifest["sets"][everything]) == {own, *manifest["sets"][editors]}
    assert set(manifest["sources"]) == set(manifest["sets"][everything])
    for name, entry in manifest["outputs"].items():
        assert (workshop / "build" / name).stat().st_size == entry["size"], name

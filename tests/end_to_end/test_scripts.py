"""A volume of names in many scripts, with fonts that have them and on a machine without any."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
import typst

EDITION = """\
event: {name: 多文字研讨会, short_name: MANY 2025, start: 2025-07-19, place: 서울}
volume:
  title: Proceedings of Many Scripts 多文字の論文集
  editors: [王 小明, دانة الخيالي]
  archival: true
  publisher: 출판사
  language: en
tracks: [{id: all, name: 全部论文 · सभी पत्र}]
booklet:
  front_matter: [cover, imprint, prose, committees, program, contents]
  back_matter: [author-index, subject-index]
  stamps: {header: "{short_authors}: {title}", first_page: "{volume} · {place} · {pages}"}
"""
PEOPLE = """\
committees:
  - {id: pc, title: 프로그램 위원회, members: [{name: देवी शर्मा, affiliation: दिल्ली विश्वविद्यालय}]}
"""
PROGRAM = """\
sessions:
  - {title: 第一场, kind: papers, room: 多功能厅, papers: [wang25, kim25, khw25, devi25, emoji25]}
"""
PAPERS = {
    "wang25": ("关于多种文字的排版", "{王 小明} and {山田 太郎}", "文字"),
    "kim25": ("여러 문자의 조판에 관하여", "{김민수}", "글자"),
    "khw25": ("في تنضيد الكتابات", "{محمد الخوارزمي}", "خط"),
    "devi25": ("लिपियों के विषय में", "{देवी शर्मा}", "लिपि"),
    "emoji25": ("On the Use of 🦜 in Titles", "Óg, Zoë", "birds 🦜"),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition as editors wrote it."""
    root = tmp_path_factory.mktemp("scripts")
    (root / "proceedings").mkdir()
    (root / "papers").mkdir()
    for name, text in (("edition", EDITION), ("people", PEOPLE), ("program", PROGRAM)):
        (root / "proceedings" / f"{name}.yaml").write_text(text, "utf-8")
    (root / "proceedings" / "preface.md").write_text("# 序 مقدمة\n\n各位读者。पाँच पत्र।\n", "utf-8")
    entries = [
        f"@inproceedings{{{key}, title={{{title}}}, author={{{authors}}}, keywords={{{words}}}, "
        "track={all}}\n"
        for key, (title, authors, words) in PAPERS.items()
    ]
    (root / "papers" / "papers.bib").write_text("".join(entries), "utf-8")
    for key in PAPERS:
        page = f"#set page(width: 210mm, height: 297mm)\n{key} one.\n#pagebreak()\n{key} two."
        made = typst.compile(page.encode(), timestamp=0)
        assert isinstance(made, bytes)
        (root / "papers" / f"{key}.pdf").write_bytes(made)
    return root


def findings(root: Path) -> list[dict[str, Any]]:
    report = json.loads((root / "build" / "report.json").read_text("utf-8"))
    return list(report["findings"])


@pytest.fixture(scope="module")
def volume(written: Path, proceedings) -> Path:
    made = proceedings("booklet", "-C", written)
    assert made.returncode in (0, 1), made.stderr
    return written


def text_of(file: Path) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return pages


def test_every_script_is_set_in_every_part(volume: Path) -> None:
    pages = text_of(volume / "build" / "booklet.pdf")
    whole = " ".join(pages)
    for words in (
        "多文字の論文集",
        "프로그램 위원회",
        "多功能厅",
        "全部论文",
        "各位读者",
        "출판사",
    ):
        assert words in whole
    index = next(page for page in pages if page.startswith("Author Index"))
    assert "王 小明 1" in index
    assert "김민수 3" in index
    contents = next(page for page in pages if page.startswith("Contents"))
    assert "关于多种文字的排版" in contents
    told = {f["subject"] for f in findings(volume) if f["code"].endswith("glyphs-missing")}
    told |= {f["subject"] for f in findings(volume) if f["code"] == "glyph-missing"}
    assert told <= {"emoji25", ""}, "a machine with the Noto fonts has all the rest"


def test_stamps_bookmarks_and_records_keep_every_letter(volume: Path) -> None:
    booklet = volume / "build" / "booklet.pdf"
    reader = pypdf.PdfReader(booklet)
    at = reader.page_labels.index("2")
    assert "关于多种文字的排版" in text_of(booklet)[at]

    def titles(entries: list[Any]) -> list[str]:
        return [t for e in entries for t in (titles(e) if isinstance(e, list) else [e.title])]

    marks = titles(reader.outline)
    assert {title for title, _, _ in PAPERS.values()} <= set(marks)
    with pikepdf.open(volume / "build" / "papers" / "khw25.pdf") as paper:
        with paper.open_metadata() as record:
            assert record["dc:title"] == "في تنضيد الكتابات"
            assert record["dc:creator"] == ["محمد الخوارزمي"]
        assert str(paper.docinfo["/Title"]) == "في تنضيد الكتابات"


def test_without_fonts_every_text_is_told_and_nothing_final_is_made(
    written: Path, tmp_path: Path, proceedings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts").mkdir()
    config = tmp_path / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{tmp_path / 'fonts'}</dir></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    # What was stamped where fonts are stays as it is: this is another machine.
    root = tmp_path / "elsewhere"
    for folder in ("proceedings", "papers"):
        shutil.copytree(written / folder, root / folder)
    made = proceedings("booklet", "-C", root)
    assert made.returncode in (0, 1), made.stderr
    missing = [f for f in findings(root) if f["code"] == "glyph-missing"]
    told = " ".join(finding["message"] for finding in missing)
    # The typesetter's own typewriter has Arabic, so that nothing is missing there.
    lost = PAPERS.keys() - {"khw25"}
    for title, _, words in map(PAPERS.__getitem__, lost):
        assert f"The title `{title}`" in told
        assert f"The keyword `{words}`" in told
    for words in ("서울", "출판사", "第一场", "多功能厅", "프로그램 위원회", "王 小明", "देवी शर्मा"):
        assert f"`{words}`" in told
    assert {f["severity"] for f in missing} == {"error"}
    stamped = {f["subject"] for f in findings(root) if f["code"] == "stamp-glyphs-missing"}
    assert stamped == set(PAPERS), "the volume's own title stands on each"
    final = proceedings("booklet", "-C", root, "--final")
    assert final.returncode == 1

"""`proceedings booklet`: pages that stay once they are final, and everything else it prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest

from builder.cli.app import run
from papers import paper

ENTRY = "@inproceedings{%s,\n  title = {%s},\n  author = {Doe, Jane},%s\n}\n"


class Workshop:
    """A small edition without a fault, and the command as its editors use it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys
        (root / "proceedings").mkdir(parents=True)
        (root / "proceedings" / "edition.yaml").write_text(
            "event: {name: Workshop on Rivers, short_name: Rivers 2025, start: 2025-07-19,"
            " place: Vancouver}\n"
            "volume: {title: Rivers 2025, archival: false, language: en, order: listed}\n"
            "booklet: {front_matter: [cover, contents], back_matter: [author-index],"
            " handbook: [cover, abstracts]}\n",
            "utf-8",
        )
        self.papers: dict[str, str] = {}
        self.write("doe25", "Rivers from space", pages=2)
        self.write("roe25", "Lakes from space", pages=3)

    def write(
        self, key: str, title: str, *, pages: int, first: bool = False, fields: str = ""
    ) -> None:
        """A paper: its entry and its PDF."""
        entry = {key: ENTRY % (key, title, fields)}
        others = {name: one for name, one in self.papers.items() if name != key or not first}
        self.papers = {**entry, **others} if first else {**self.papers, **entry}
        paper(self.root / "papers" / f"{key}.pdf", title=title, pages=pages)
        (self.root / "papers" / "papers.bib").write_text("".join(self.papers.values()), "utf-8")

    def booklet(self, *words: str) -> tuple[int, dict[str, Any]]:
        """Exit code and document of `proceedings booklet …`."""
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as done:
            run(["booklet", *words, "-C", str(self.root), "--json"])
        return int(done.value.code or 0), json.loads(self._capsys.readouterr().out)

    @property
    def lock(self) -> str:
        """The file of locked pages without its remarks."""
        file = self.root / "proceedings" / "pagination.lock"
        lines = file.read_text("utf-8").splitlines() if file.is_file() else []
        return "; ".join(line for line in lines if not line.startswith("#"))

    def words(self, name: str) -> str:
        """Everything that an output says."""
        with pypdf.PdfReader(self.root / "build" / name) as reader:
            return "\n".join(page.extract_text() for page in reader.pages)

    def pages(self, name: str) -> int:
        """How many pages an output has."""
        with pypdf.PdfReader(self.root / "build" / name) as reader:
            return len(reader.pages)


@pytest.fixture
def workshop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Workshop:
    return Workshop(tmp_path / "ws", capsys)


def codes(document: dict[str, Any]) -> set[str]:
    return {finding["code"] for finding in document["findings"]}


def test_a_draft_moves_pages_freely_and_the_first_final_booklet_fixes_them(
    workshop: Workshop,
) -> None:
    assert workshop.booklet()[0] == 0
    assert workshop.lock == ""
    code, said = workshop.booklet("--final")
    assert (code, workshop.lock) == (0, "doe25: 1-2; roe25: 3-5"), said["findings"]
    assert any(path.endswith("pagination.lock") for path in said["outputs"])
    lock = workshop.root / "proceedings" / "pagination.lock"
    lock.write_text(lock.read_text("utf-8") + "# printed on Monday\n", "utf-8")

    # Corrected and late: the one keeps its pages, the other gets the next ones.
    workshop.write("roe25", "Lakes and ponds from space", pages=3)
    workshop.write("aas25", "Snow from space", pages=1, first=True)
    assert workshop.booklet()[0] == 0
    assert workshop.lock == "doe25: 1-2; roe25: 3-5"
    code, said = workshop.booklet("--final")
    assert (code, workshop.lock) == (0, "doe25: 1-2; roe25: 3-5; aas25: 6"), said["findings"]
    assert "# printed on Monday" in lock.read_text("utf-8")
    assert re.search(r"Lakes and ponds from space[ .]*3\b", workshop.words("booklet.pdf"))

    # Taken back: a notice on its pages, and nobody moves.
    workshop.write("doe25", "Rivers from space", pages=2, fields="\n  include = {withdrawn},")
    code, said = workshop.booklet("--final")
    assert (code, workshop.lock) == (0, "doe25: 1-2; roe25: 3-5; aas25: 6"), said["findings"]
    assert "withdrawn" in workshop.words("booklet.pdf").lower()
    assert not (workshop.root / "build" / "papers" / "doe25.pdf").exists()


def test_a_paper_that_grew_is_refused_until_pages_are_moved_in_so_many_words(
    workshop: Workshop,
) -> None:
    assert workshop.booklet("--final")[0] == 0
    before = (workshop.root / "build" / "booklet.pdf").read_bytes()
    workshop.write("doe25", "Rivers from space", pages=4)
    code, said = workshop.booklet("--final")
    assert code == 1
    assert "pages-locked" in codes(said)
    assert workshop.lock == "doe25: 1-2; roe25: 3-5"
    assert (workshop.root / "build" / "booklet.pdf").read_bytes() == before
    assert workshop.booklet("--repaginate")[0] == 2
    code, said = workshop.booklet("--final", "--repaginate")
    assert (code, workshop.lock) == (0, "doe25: 1-4; roe25: 5-7"), said["findings"]


def test_lines_of_the_lock_that_cannot_be_read_are_never_lost(workshop: Workshop) -> None:
    assert workshop.booklet("--lock")[0] == 0
    lock = workshop.root / "proceedings" / "pagination.lock"
    lock.write_text(lock.read_text("utf-8").replace("roe25: 3-5", "roe25: 3 to 5"), "utf-8")
    torn = lock.read_bytes()
    for words in (["--lock"], ["--final"]):
        code, said = workshop.booklet(*words)
        assert code == 1
        assert "lock-malformed" in codes(said)
    assert lock.read_bytes() == torn


def test_pages_are_not_locked_while_a_paper_is_missing(workshop: Workshop) -> None:
    (workshop.root / "papers" / "roe25.pdf").unlink()
    code, said = workshop.booklet("--lock")
    assert (code, workshop.lock) == (1, "")
    assert "roe25" in said["message"]


def test_nobody_cites_the_pages_of_specimens(workshop: Workshop) -> None:
    workshop.write("roe25", "Lakes from space", pages=3, fields="\n  specimen = {true},")
    assert workshop.booklet("--final")[0] == 0
    assert workshop.lock == ""


def test_handbook_front_matter_and_pages_for_folding(workshop: Workshop) -> None:
    assert workshop.booklet("--kind", "handbook")[0] == 0
    assert "Lakes from space" in workshop.words("handbook.pdf")
    assert not (workshop.root / "build" / "booklet.pdf").exists()
    assert workshop.booklet("--kind", "front-matter", "--final")[0] == 0
    front = workshop.pages("front-matter.pdf")
    # Neither is the volume: its pages may still move.
    assert workshop.lock == ""
    code, said = workshop.booklet("--imposed")
    assert code == 0
    assert any(path.endswith("booklet-imposed.pdf") for path in said["outputs"])
    pages = workshop.pages("booklet.pdf")
    assert pages > front + 5
    assert workshop.pages("booklet-imposed.pdf") == 2 * -(-pages // 4)


def test_what_stands_is_told_and_not_made_again_unless_by_force(workshop: Workshop) -> None:
    code, made = workshop.booklet()
    assert code == 0
    file = workshop.root / "build" / "booklet.pdf"
    inode = file.stat().st_ino
    report = workshop.root / "build" / "report.json"
    written = report.stat().st_mtime_ns
    assert workshop.booklet() == (code, made)
    assert report.stat().st_mtime_ns == written
    assert workshop.booklet("--force") == (code, made)
    assert report.stat().st_mtime_ns > written
    file.write_bytes(b"%PDF-mine")
    code, again = workshop.booklet()
    new = [one["code"] for one in again["findings"] if one not in made["findings"]]
    assert (code, new) == (0, ["output-set-aside"])
    assert file.stat().st_ino != inode or file.read_bytes() != b"%PDF-mine"
    assert workshop.pages("booklet.pdf") > 5

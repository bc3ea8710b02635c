"""What is said about a stranger's file is true, and no file ends the program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
import typst

from builder.model import Font, Inspection
from builder.pdf import DocumentInfo, Part, Stamp, inspect, inspect_all, join, prepare
from builder.pdf.references import find_references, headings_of, is_references_heading
from builder.work import Cache, Job, Limits, run

INFO = DocumentInfo(title="A paper")

PAPER = b"""
#set page(width: 612pt, height: 792pt, margin: 72pt)
#set text(size: 10pt, lang: "de")
#place(top + left, dx: -40pt, dy: 300pt, rotate(-90deg, text(size: 20pt)[arXiv:2501.01234v1]))
#align(center, text(size: 17pt)[On the Mapping of Wine-#linebreak()yards from *Space* and Time])
Jane Doe, Example University
= Introduction
#lorem(300) #link("https://example.org")[out] #link(<refs>)[in]
#pagebreak()
#lorem(100)
#heading(numbering: none)[5 References] <refs>
Roe, J. (2019). A title. Proceedings of things. Doe, J. 2020. Another. Poe, E. 1845. A third.
"""

NUMBERED = b"""
#set page(width: 612pt, height: 792pt, margin: 80pt)
#set par.line(numbering: n => text(size: 6pt)[#n])
#lorem(900)
"""


def typeset(path: Path, source: bytes) -> Path:
    path.write_bytes(typst.compile(source, timestamp=0))
    return path


def test_the_facts_of_a_paper(tmp_path: Path) -> None:
    seen = inspect(typeset(tmp_path / "paper.pdf", PAPER))
    assert (seen.problem, seen.encryption, seen.repairs) == ("", "none", ())
    assert dict(seen.counts) == {"qpdf": 2, "pdfium": 2}
    assert [(page.width, page.height, page.rotation) for page in seen.pages] == [
        (612, 792, 0),
        (612, 792, 0),
    ]
    assert seen.title_seen == "On the Mapping of Wine-yards from Space and Time"
    assert "Jane Doe, Example University" in seen.pages[0].text
    assert (seen.uris, seen.links, seen.broken_links) == (1, 1, 0)
    assert seen.references_page == 2
    assert seen.references_at == pytest.approx(0.25, abs=0.15)
    assert not seen.line_numbers
    assert seen.language == "de"
    assert seen.tagged
    assert all(font.embedded and font.subset for font in seen.fonts)
    assert {font.kind for font in seen.fonts} == {"Type0"}


def test_what_stands_in_the_margins(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "paper.pdf", rotate=90)
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        texts = {"left": (306, 10), "bottom": (600, 396), "top": (10, 396)}
        for text, (x, y) in texts.items():
            content = f" BT /F 8 Tf 0 1 -1 0 {x} {y} Tm ({text}) Tj ET".encode()
            pdf.pages[0].contents_add(content)
        pdf.save(paper)
    page = inspect(paper).pages[0]
    assert (page.width, page.height, page.rotation) == (792, 612, 90)
    assert (page.top, page.bottom, page.left) == ("top", "bottom", "left")


def test_numbered_lines_are_seen_and_other_numbers_are_not(tmp_path: Path) -> None:
    assert inspect(typeset(tmp_path / "review.pdf", NUMBERED)).line_numbers
    table = (
        b"#set page(width: 612pt, height: 792pt)\n#table(columns: 3, ..range(90).map(n => [#n]))"
    )
    assert not inspect(typeset(tmp_path / "table.pdf", table)).line_numbers


@pytest.mark.parametrize(
    "line",
    [
        "References",
        "REFERENCES",
        "R EFERENCES",
        "7 References",
        "7. References",
        "VII. REFERENCES",
        "Bibliography:",
        "References and Notes",
        "A.1 References",
    ],
)
def test_headings_over_references(line: str) -> None:
    assert is_references_heading(line)


@pytest.mark.parametrize("line", ["references", "See References", "References to wine", "", "7"])
def test_other_lines(line: str) -> None:
    assert not is_references_heading(line)


def test_the_list_of_references_is_the_one_with_references() -> None:
    contents = "Contents\nReferences\nA Appendix\nwords"
    real = "text\nReferences\n[1] A. 2019.\n[2] B. 2020.\n[3] C. 2021."
    appendix = "Appendix\nReferences\nfoo (2001), bar (2002), baz (2003)"

    def found(*texts: str) -> tuple[int, int] | None:
        return find_references(texts, [*map(headings_of, texts)])

    assert found(contents, real, appendix) == (1, 1)
    assert found(contents, "no such thing") == (0, 1)
    assert found("nothing") is None


def test_what_a_checker_must_know(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "paper.pdf")
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        pdf.attachments["data.csv"] = b"1,2"
        pdf.Root.AA = pikepdf.Dictionary(
            WC=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))
        )
        note = pikepdf.Dictionary(
            Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pikepdf.String("!")
        )
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(note))
        pdf.docinfo["/Title"] = "Untitled"
        pdf.save(paper)
    seen = inspect(paper)
    assert seen.attachments == ("data.csv",)
    assert seen.javascript
    assert seen.open_action
    assert seen.annotations == (("Text", 1),)
    assert (seen.links, seen.uris, seen.broken_links) == (6, 3, 1)
    assert (seen.destinations, seen.outlines) == (3, 3)
    assert seen.fonts == (Font(name="Helvetica", kind="Type1", embedded=False),)
    assert seen.title == "Untitled"
    assert not seen.tagged


def test_looking_twice_costs_once(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "paper.pdf")
    cache = Cache(tmp_path / "cache")
    first = inspect_all({"a": paper, "gone": tmp_path / "gone.pdf"}, cache)
    assert dict(first["a"].counts) == {"qpdf": 3, "pdfium": 3}
    assert "cannot be read" in first["gone"].problem
    entry = next(file for file in (tmp_path / "cache").rglob("*.json"))
    marked = entry.read_text().replace('"version":"1', '"version":"9')
    key = entry.parent.name + entry.stem
    cache.store("inspection", key, ".json", lambda path: path.write_text(marked) and None)
    again = inspect_all({"b": paper}, cache)
    assert again["b"].version.startswith("9"), "it was read from the cache"
    entry.write_text("damaged")
    assert inspect_all({"c": paper}, cache)["c"] == first["a"]


def test_the_slowest_reader_is_asked_only_where_the_others_have_doubts(
    make: SimpleNamespace, shared: Path, tmp_path: Path
) -> None:
    hostile = shared / "corpora" / "pdf" / "hostile"
    files = {
        "fine": make.paper(tmp_path / "fine.pdf"),
        "mended": hostile / "qpdf--bad34.pdf",
        "protected": hostile / "pypdf--r6-both-passwords.pdf",
        "its own objection": hostile / "qpdf--xref-range.pdf",
    }
    seen = inspect_all(files, Cache(tmp_path / "cache"))
    asked = {name for name, found in seen.items() if "pypdf" in dict(found.counts)}
    assert asked == {"mended", "protected"}
    assert seen["mended"].repairs
    assert seen["protected"].problem


def test_no_hostile_file_ends_the_program_and_each_is_used_as_far_as_anyone_reads_it(
    shared: Path, tmp_path: Path
) -> None:
    files = {
        path.stem: path for path in sorted((shared / "corpora" / "pdf" / "hostile").glob("*.pdf"))
    }
    assert len(files) == 65
    seen = inspect_all(files, Cache(tmp_path / "cache"))
    assert list(seen) == list(files)
    for name, inspection in seen.items():
        most = max((pages or 0 for _, pages in inspection.counts), default=0)
        if inspection.usable:
            assert inspection.page_count == most, name
        else:
            assert inspection.problem, name
            said = most == 0 or f"pdfium: {most}" in inspection.problem
            assert said, (name, inspection.problem)
    jobs = []
    for name, inspection in seen.items():
        if inspection.usable:
            stamps = [Stamp(page=n + 1, text=str(n)) for n in range(inspection.page_count)]
            args = (files[name], tmp_path / f"{name}.pdf", stamps, INFO)
            jobs.append(Job(name, prepare, args))
    assert len(jobs) >= 24
    made = list(run(jobs))
    assert [outcome for outcome in made if outcome.failure] == []
    parts = [Part(path=tmp_path / f"{outcome.name}.pdf", key=outcome.name) for outcome in made]
    joined = join(parts, tmp_path / "volume.pdf", info=INFO)
    assert joined.pages == sum(outcome.value.pages for outcome in made)


def test_files_made_to_hurt_are_that_papers_problem_alone(
    make: SimpleNamespace, shared: Path, tmp_path: Path
) -> None:
    real = shared / "corpora" / "sigdial2020" / "papers" / "22.pdf"
    files = {
        "good": make.paper(tmp_path / "good.pdf"),
        "truncated": make.truncated(real, tmp_path / "truncated.pdf"),
        "nested": make.nested(tmp_path / "nested.pdf"),
        "bomb": make.bomb(tmp_path / "bomb.pdf"),
        "endless": make.endless(tmp_path / "endless.pdf"),
        "also good": make.paper(tmp_path / "also.pdf", 2),
    }
    limits = Limits(seconds=5)
    seen = inspect_all(files, Cache(tmp_path / "cache"), limits=limits)
    assert [seen[name].page_count for name in ("good", "also good")] == [3, 2]
    assert "no end" in " ".join(seen["truncated"].repairs)
    assert any("count different pages" in repair for repair in seen["truncated"].repairs)
    assert seen["nested"].page_count <= 1
    # Which limit a busy machine meets first does not matter: time, memory or qpdf's own.
    assert seen["bomb"].problem
    assert not seen["bomb"].usable
    slow = seen["endless"]
    assert "took longer" in " ".join((*slow.repairs, slow.problem))
    jobs = [
        Job(
            name, prepare, (path, tmp_path / f"{name}.out", [Stamp(page=1, text="1")], INFO), limits
        )
        for name, path in files.items()
    ]
    outcomes = {outcome.name: outcome for outcome in run(jobs)}
    assert outcomes["good"].value.pages == 3
    assert outcomes["also good"].value.pages == 2
    assert outcomes["bomb"].failure is not None


def test_a_memory_limit_is_one_papers_failure(make: SimpleNamespace, tmp_path: Path) -> None:
    files = {
        "good": make.paper(tmp_path / "good.pdf"),
        "bomb": make.bomb(tmp_path / "bomb.pdf", 400),
    }
    tight = Limits(seconds=60, memory=700 << 20)
    seen = inspect_all(files, Cache(tmp_path / "cache"), limits=tight)
    assert seen["good"].usable
    assert isinstance(seen["bomb"], Inspection)
    assert seen["bomb"].problem or "could not be read" in seen["bomb"].repairs[0]


def test_only_workers_load_the_readers() -> None:
    program = (
        "import sys; from builder.pdf import inspect_all; "
        "print({'pikepdf', 'pypdf', 'pypdfium2'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"

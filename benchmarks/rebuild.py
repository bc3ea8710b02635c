"""What `proceedings build` costs when nothing changed, one paper did, or the program did.

The edition is the volume of SIGDIAL 2020, each paper as often as it takes, no two of them with a
stream in common. `python benchmarks/rebuild.py 40 400`; the numbers are of papers.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from booklet import PAPERS, distinct
from run import SHARED, Run, proceedings, row, run

KEY = re.compile(r"^(@\w+\{)([^,]+),", re.MULTILINE)


def edition(root: Path, count: int) -> None:
    """An edition of `count` papers in `root`; the first ones are in its program."""
    corpus = SHARED / "corpora" / "sigdial2020"
    proceedings("init", root, "--from", corpus, "--format", "aclpub2")
    bib = root / "papers" / "papers.bib"
    entries = ["@" + entry for entry in bib.read_text("utf-8").split("\n@")]
    entries[0] = entries[0].removeprefix("@")
    with_pdf = [
        entry
        for entry in entries
        if (found := KEY.search(entry)) and (root / "papers" / f"{found[2]}.pdf").is_file()
    ]
    sources = [root / "papers" / f"{key(entry)}.pdf" for entry in with_pdf]
    with tempfile.TemporaryDirectory() as scratch:
        made = distinct(sources, Path(scratch) / "papers", count)
        more = []
        for number in range(len(sources), count):
            entry, turn = with_pdf[number % len(sources)], number // len(sources)
            name = f"{key(entry)}copy{turn}"
            more.append(KEY.sub(rf"\g<1>{name},", entry, count=1))
            shutil.move(made[number], root / "papers" / f"{name}.pdf")
    bib.write_text("\n".join([*entries, *more]), "utf-8")


def key(entry: str) -> str:
    """The key of a BibTeX entry."""
    found = KEY.search(entry)
    assert found
    return found[2]


def another_paper(root: Path) -> None:
    """A corrected PDF of as many pages: a stream of it is packed otherwise."""
    import pikepdf

    file = sorted((root / "papers").glob("*.pdf"))[7]
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.contents_add(b"% corrected\n")
        pdf.save(file)


def another_title(root: Path) -> None:
    """A corrected title."""
    bib = root / "papers" / "papers.bib"
    bib.write_text(bib.read_text("utf-8").replace("title = {", "title = {On ", 1), "utf-8")


def another_program(root: Path) -> None:
    """Another room."""
    file = root / "proceedings" / "program.yaml"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^(\s*)title: ", r"\1title: New ", text, count=1), "utf-8")


def table(count: int) -> None:
    """Prints the measures for so many papers."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "volume"
        edition(root, count)
        papers = sorted((root / "papers").glob("*.pdf"))
        qpdf = shutil.which("qpdf")
        joined = Path(scratch) / "joined.pdf"
        opponent = run(qpdf, "--empty", "--pages", *papers, "--", joined) if qpdf else None
        joined.unlink(missing_ok=True)

        def build(change: Callable[[Path], None] | None = None, *words: str) -> Run:
            if change:
                change(root)
            return proceedings("build", "-C", root, *words)

        print(f"\n{len(papers)} papers, `proceedings build`\n")
        print("| measure | CPU s | wall s | CPU ÷ qpdf |")
        print("| --- | --- | --- | --- |")
        if opponent:
            row("`qpdf --empty --pages`", opponent, opponent)
        row("everything cold, all outputs", build(), opponent)
        build()  # digests of what was just written are taken in the run after
        row("nothing changed", build(), opponent)
        row("nothing changed, `--force`", build(None, "--force"), opponent)
        row("one PDF changed", build(another_paper), opponent)
        row("one title changed", build(another_title), opponent)
        row("the program changed", build(another_program), opponent)
        another_program(root)
        site = proceedings("site", "-C", root)
        row("the program changed, `proceedings site` alone", site, opponent)


def main(words: Sequence[str]) -> None:
    """Prints a table for each number of papers."""
    if not PAPERS.is_dir():
        sys.exit("the papers are not at hand")
    for count in [int(word) for word in words] or [40]:
        table(count)


if __name__ == "__main__":
    main(sys.argv[1:])

"""The booklet's engine against `qpdf --empty --pages`, on 40 papers and on many.

Copies of papers are made distinct first: every stream of every copy is altered and compressed
anew, so that neither caches nor the search for equal streams can flatter the figures. Each measure
is a process of its own, begun anew; its start-up counts. The opponent copies pages and drops all
links between them; ours are stamped, linked, labelled and bookmarked.
"""

from __future__ import annotations

import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pikepdf

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PROCEEDINGS_SHARED") or REPOSITORY.parent / "shared")
PAPERS = SHARED / "corpora/sigdial2020/papers"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process needed, its children included."""

    cpu: float
    """Seconds of processor time."""
    peak: float
    """MiB of the largest process."""


def measure(*words: str | Path) -> Cost:
    """Runs a command to its end."""
    child = subprocess.Popen([str(word) for word in words])
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{words[0]} failed with {child.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale / (1 << 20))


def median(rounds: int, command: Callable[[], Cost]) -> Cost:
    """Median of each figure."""
    costs = [command() for _ in range(rounds)]
    return Cost(statistics.median(c.cpu for c in costs), statistics.median(c.peak for c in costs))


def distinct(sources: Sequence[Path], folder: Path, count: int) -> list[Path]:
    """`count` papers, of which no two have a stream in common."""
    import pikepdf

    folder.mkdir(parents=True)
    made = []
    for number in range(count):
        source = sources[number % len(sources)]
        out = folder / f"{number:04d}.pdf"
        if number < len(sources):
            shutil.copyfile(source, out)
        else:
            with pikepdf.open(source) as pdf:
                _alter(pdf, b"\n%% copy %d\n" % (number // len(sources)))
                pdf.save(out)
        made.append(out)
    return made


def _alter(pdf: pikepdf.Pdf, mark: bytes) -> None:
    import pikepdf

    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            raw = item.read_raw_bytes()
            packed = item.get("/Filter") == pikepdf.Name.FlateDecode
            item.write(
                zlib.compress(zlib.decompress(raw) + mark) if packed else raw + mark,
                filter=cast("Any", item.get("/Filter")),
                decode_parms=cast("Any", item.get("/DecodeParms")),
            )


# What is measured: each is called in a process of its own.


def prepare(papers: Path, work: Path) -> None:
    """Normalises, stamps and writes every paper that has not been."""
    from pypdfium2 import PdfDocument

    from builder.pdf import DocumentInfo, Prepared, Stamp
    from builder.pdf import prepare as prepare_paper

    work.mkdir(exist_ok=True)
    store = work / "prepared.pickle"
    made: dict[str, Prepared] = pickle.loads(store.read_bytes()) if store.exists() else {}
    page = 1
    for paper in sorted(papers.glob("*.pdf")):
        if paper.stem not in made:
            document = PdfDocument(paper)
            count = len(document)
            document.close()
            line = f"Proceedings of a Workshop, pages {page}–{page + count - 1}, Łódź, 2025."
            made[paper.stem] = prepare_paper(
                paper,
                work / f"{paper.stem}.pdf",
                [
                    Stamp(page=1, text=line, margin=15),
                    *(Stamp(page=n, text=str(page + n - 1)) for n in range(1, count + 1)),
                ],
                DocumentInfo(title=f"Paper {paper.stem}", first_page=page),
                counts=(("qpdf", count), ("pypdf", count), ("pdfium", count)),
                segment=work / f"{paper.stem}.segment",
                alphabet="Łódź",
                overlay=work / f"{paper.stem}.overlay",
            )
        page += made[paper.stem].pages
    store.write_bytes(pickle.dumps(made))


def _keys(work: Path) -> list[str]:
    return sorted(path.stem for path in work.glob("*.segment"))


def assemble(work: Path, out: Path) -> None:
    """Joins what was prepared, and keeps what joining tells of it."""
    from builder.pdf import DocumentInfo, Entry, Label, Part, join

    keys = _keys(work)
    joined = join(
        [
            Part(
                path=work / f"{key}.pdf",
                key=key,
                segment=work / f"{key}.segment",
                overlay=work / f"{key}.overlay",
            )
            for key in keys
        ],
        out,
        labels=[Label(sheet=1)],
        outline=[Entry(title=f"Paper {key}", target=f"paper/{key}") for key in keys],
        info=DocumentInfo(title="A Volume"),
    )
    (work / "joined.pickle").write_bytes(pickle.dumps(joined))


def audit(work: Path, out: Path) -> None:
    """Reads the volume back."""
    from builder.pdf import DocumentInfo, Entry, Expected, ExpectedPart, Label, Prepared
    from builder.pdf import audit as audit_volume

    made: dict[str, Prepared] = pickle.loads((work / "prepared.pickle").read_bytes())
    keys = _keys(work)
    parts = tuple(
        ExpectedPart(
            path=work / f"{key}.pdf", key=key, pages=made[key].pages, stamps=made[key].stamps
        )
        for key in keys
    )
    found = audit_volume(
        out,
        Expected(
            parts=parts,
            labels=(Label(sheet=1),),
            outline=tuple(Entry(title=f"Paper {key}", target=f"paper/{key}") for key in keys),
            info=DocumentInfo(title="A Volume"),
        ),
        joined=pickle.loads((work / "joined.pickle").read_bytes()),
        ledger=work / "ledger.json",
    )
    if found:
        sys.exit(f"the audit objects: {found[0].message}")


def all_of_it(papers: Path, work: Path, out: Path) -> None:
    """From the authors' files to the volume."""
    prepare(papers, work)
    assemble(work, out)


def changed(papers: Path, work: Path, out: Path) -> None:
    """One paper changed: it is prepared again, everything is joined and audited anew."""
    key = _keys(work)[len(_keys(work)) // 2]
    made = pickle.loads((work / "prepared.pickle").read_bytes())
    del made[key]
    (work / "prepared.pickle").write_bytes(pickle.dumps(made))
    (work / f"{key}.segment").unlink()
    prepare(papers, work)
    assemble(work, out)
    audit(work, out)


STEPS = {step.__name__: step for step in (prepare, assemble, audit, all_of_it, changed)}


def table(count: int, rounds: int) -> None:
    """Prints the measures for so many papers."""
    qpdf = shutil.which("qpdf")
    if not (qpdf and PAPERS.is_dir()):
        print("(qpdf or the papers are not at hand)")
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        work, out = folder / "work", folder / "volume.pdf"
        papers = distinct(sorted(PAPERS.glob("*.pdf")), folder / "papers", count)
        size = sum(paper.stat().st_size for paper in papers)

        def step(name: str, *words: Path) -> Cost:
            return measure(sys.executable, __file__, name, *words)

        def cold() -> Cost:
            shutil.rmtree(work, ignore_errors=True)
            return step("all_of_it", papers[0].parent, work, out)

        joined = folder / "qpdf.pdf"
        opponent = median(
            rounds, lambda: measure(qpdf, "--empty", "--pages", *papers, "--", joined)
        )
        joined.unlink()
        rows = {
            f"`qpdf --empty --pages`, {count} papers": opponent,
            "papers normalised, stamped, written one by one, and joined": median(rounds, cold),
            "assembly alone, from kept segments": median(
                rounds, lambda: step("assemble", work, out)
            ),
            "audit": median(rounds, lambda: step("audit", work, out)),
            "one paper changed: prepared, all joined and audited": median(
                rounds, lambda: step("changed", papers[0].parent, work, out)
            ),
        }
        print(f"\n{count} papers, {size / 1e6:.0f} MB; medians of {rounds} rounds\n")
        print("| measure | CPU s | CPU ÷ qpdf | peak MiB |")
        print("| --- | --- | --- | --- |")
        for what, cost in rows.items():
            ratio = cost.cpu / opponent.cpu
            print(f"| {what} | {cost.cpu:.2f} | {ratio:.2f} | {cost.peak:.0f} |")
        print(f"\nVolume ÷ papers, in bytes: {out.stat().st_size / size:.3f}")


def main(words: Sequence[str]) -> None:
    """Prints the tables for 40 and 400 papers, or for the numbers given; or takes one step."""
    if words and words[0] in STEPS:
        sys.path.insert(0, str(REPOSITORY))
        STEPS[words[0]](*(Path(word) for word in words[1:]))
        return
    for count in [int(word) for word in words] or [40, 400]:
        table(count, 3 if count <= 100 else 1)


if __name__ == "__main__":
    main(sys.argv[1:])

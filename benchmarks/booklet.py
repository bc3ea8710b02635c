"""The booklet's engine against `qpdf --empty --pages`, on 40 papers and on many.

Copies of papers are made distinct first: every stream of every copy is altered and compressed
anew, so that neither caches nor the search for equal streams can flatter the figures. Each measure
is a process of its own, begun anew; its start-up counts. The opponent copies pages and drops all
links between them; ours are stamped, linked, labelled and bookmarked.
"""

from __future__ import annotations

import compileall
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
    """Runs a command to its end, and waits for every process that it began.

    Workers outlive the process that began them by a moment; this one adopts them where the system
    lets it, so that their costs count.
    """
    if sys.platform.startswith("linux"):
        import ctypes

        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
    child = subprocess.Popen([str(word) for word in words])
    scale = 1 if sys.platform == "darwin" else 1024
    cpu = peak = 0.0
    while True:
        try:
            pid, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return Cost(cpu, peak)
        if pid == child.pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                sys.exit(f"{words[0]} failed with {child.returncode}")
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss * scale / (1 << 20))


def install(folder: Path) -> None:
    """Copies the package as an installation has it: compiled. What is measured runs from there.

    Python may be forbidden to keep what it compiled of the source tree, and whoever works on the
    source does not disturb a run.
    """
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "builder", folder / "builder", ignore=unwanted)
    compileall.compile_dir(folder, quiet=1)
    os.environ["BENCH_BUILDER"] = str(folder)
    # The server that starts workers knows no other path; without, each would import all it needs.
    os.environ["PYTHONPATH"] = str(folder)


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
    """Normalises, stamps and writes every paper that has not been, ten at a time."""
    from pypdfium2 import PdfDocument

    from builder.pdf import DocumentInfo, Prepared, Stamp, Wanted, common_letters, prepare_all

    work.mkdir(exist_ok=True)
    store = work / "prepared.pickle"
    made: dict[str, Prepared] = pickle.loads(store.read_bytes()) if store.exists() else {}
    wanted: dict[str, Wanted] = {}
    page = 1
    for paper in sorted(papers.glob("*.pdf")):
        if paper.stem not in made:
            document = PdfDocument(paper)
            count = len(document)
            document.close()
            line = f"Proceedings of a Workshop, pages {page}–{page + count - 1}, Łódź, 2025."
            wanted[paper.stem] = Wanted(
                source=paper,
                out=work / f"{paper.stem}.pdf",
                stamps=[
                    Stamp(page=1, text=line, margin=15),
                    *(Stamp(page=n, text=str(page + n - 1)) for n in range(1, count + 1)),
                ],
                info=DocumentInfo(title=f"Paper {paper.stem}", first_page=page),
                counts=(("qpdf", count), ("pypdf", count), ("pdfium", count)),
                segment=work / f"{paper.stem}.segment",
                overlay=work / f"{paper.stem}.overlay",
            )
            page += count
        else:
            page += made[paper.stem].pages
    # What the booklet finds in the stamps of a whole volume.
    alphabet = common_letters([["Proceedings of a Workshop, pages –, Łódź, 2025."]])
    keys = list(wanted)
    for at in range(0, len(keys), 10):
        group = keys[at : at + 10]
        done = prepare_all([wanted[key] for key in group], alphabet)
        made |= dict(zip(group, done, strict=True))
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


# The same by the product's own hands: with workers, cache, front matter, index and contents.


def inspect(papers: Path, work: Path) -> None:
    """Looks at every paper for the first time."""
    from builder.pdf import inspect_all
    from builder.work import Cache

    work.mkdir(exist_ok=True)
    files = {paper.stem: paper for paper in sorted(papers.glob("*.pdf"))}
    found = inspect_all(files, Cache(work / "inspected"))
    (work / "inspections.pickle").write_bytes(pickle.dumps(found))


def build(papers: Path, work: Path) -> None:
    """Makes the final volume and every paper's own file; inspections are there already."""
    _build(papers, work, prove=False)


def prove(papers: Path, work: Path) -> None:
    """The same, and every printed page compared with the authors' own."""
    _build(papers, work, prove=True)


def _build(papers: Path, work: Path, *, prove: bool) -> None:
    import datetime as dt

    from builder import booklet
    from builder.booklet.working import ENGINES
    from builder.model import Affiliation, Contributor, Event, Markup, Name, Paper, Severity, Volume
    from builder.work import Cache, expect

    expect(*ENGINES)
    inspections = pickle.loads((work / "inspections.pickle").read_bytes())
    sources = {paper.stem: paper for paper in sorted(papers.glob("*.pdf"))}
    place = Affiliation(name="University of Examples")
    volume = Volume(
        event=Event(
            name="Workshop on Measures",
            short_name="WoM 2025",
            start=dt.date(2025, 7, 19),
            place="Łódź, Poland",
        ),
        title="Proceedings of the Workshop on Measures",
        papers=tuple(
            Paper(
                key=key,
                title=Markup.text(f"On the Cost of Paper {key} and What May Be Done About It"),
                contributors=tuple(
                    Contributor(
                        name=Name(given="Ada", family=f"Author{number}"), affiliations=(place,)
                    )
                    for number in (int(key), int(key) + 1, int(key) // 3)
                ),
                pdf_file=f"papers/{key}.pdf",
            )
            for key in sources
        ),
    )
    shutil.rmtree(work / "out", ignore_errors=True)
    made = booklet.build(
        booklet.Request(
            volume=volume,
            plan=booklet.paginate(volume, inspections, draft=False),
            inspections=inspections,
            root=work,
            sources=sources,
            folder=work / "out",
            cache=Cache(work / "cache"),
            draft=False,
            prove=prove,
        )
    )
    for finding in made.findings:
        if finding.severity >= Severity.ERROR:
            sys.exit(f"{finding.code}: {finding.message}")


STEPS = {
    step.__name__: step
    for step in (prepare, assemble, audit, all_of_it, changed, inspect, build, prove)
}


def table(count: int, rounds: int) -> None:
    """Prints the measures for so many papers."""
    qpdf = shutil.which("qpdf")
    if not (qpdf and PAPERS.is_dir()):
        print("(qpdf or the papers are not at hand)")
        return
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as scratch:
        folder = Path(scratch)
        install(folder / "installed")
        papers = distinct(sorted(PAPERS.glob("*.pdf")), folder / "papers", count)
        _measure(qpdf, papers, folder, rounds)


def _measure(qpdf: str, papers: Sequence[Path], folder: Path, rounds: int) -> None:
    work, shop, out = folder / "work", folder / "shop", folder / "volume.pdf"
    source = papers[0].parent
    size = sum(paper.stat().st_size for paper in papers)

    def step(name: str, *words: Path) -> Cost:
        return measure(sys.executable, __file__, name, *words)

    def cold(folder: Path, name: str, *words: Path) -> Cost:
        for left in folder.glob("*"):
            if left.is_dir():
                shutil.rmtree(left)
            elif left.name != "inspections.pickle":
                left.unlink()
        return step(name, source, folder, *words)

    joined = folder / "qpdf.pdf"
    opponent = median(rounds, lambda: measure(qpdf, "--empty", "--pages", *papers, "--", joined))
    joined.unlink()
    rows = {
        "`qpdf --empty --pages`": opponent,
        "engine: papers normalised, stamped, written one by one, and joined": median(
            rounds, lambda: cold(work, "all_of_it", out)
        ),
        "engine: assembly alone, from kept segments": median(
            rounds, lambda: step("assemble", work, out)
        ),
        "engine: audit": step("audit", work, out),
        "engine: audit of the same volume again": step("audit", work, out),
        "engine: one paper changed: prepared, all joined and audited": step(
            "changed", source, work, out
        ),
    }
    ratio = out.stat().st_size / size
    shutil.rmtree(work)
    out.unlink()
    looked = step("inspect", source, shop)
    rows["product: first inspection"] = looked
    rows["product: all outputs, cold, audit included"] = cold(shop, "build")
    rows["product: the same again, nothing changed"] = step("build", source, shop)
    # One paper changes: its contents are altered, its pages are as many as before.
    other = papers[len(papers) // 2]
    with other.open("ab") as stream:
        stream.write(b"\n% changed\n")
    rows["product: all outputs after one paper changed"] = step("build", source, shop)
    proof = step("prove", source, shop)
    rows["product: nothing changed, but all proved"] = proof
    pages = sum(len(found.pages) for found in _inspections(shop).values())
    print(f"\n{len(papers)} papers, {pages:,} pages, {size / 1e6:.0f} MB; {rounds} round(s)\n")
    print("| measure | CPU s | CPU ÷ qpdf | peak MiB |")
    print("| --- | --- | --- | --- |")
    for what, cost in rows.items():
        ratio_cpu = cost.cpu / opponent.cpu
        print(f"| {what} | {cost.cpu:.2f} | {ratio_cpu:.2f} | {cost.peak:.0f} |")
    again = rows["product: the same again, nothing changed"].cpu
    print(
        f"\nVolume ÷ papers, in bytes: {ratio:.3f}. Pages per CPU second: "
        f"{pages / looked.cpu:.0f} inspected, {pages / (proof.cpu - again):.0f} proved."
    )


def _inspections(work: Path) -> dict[str, Any]:
    _find_builder()
    found: dict[str, Any] = pickle.loads((work / "inspections.pickle").read_bytes())
    return found


def _find_builder() -> None:
    sys.path.insert(0, os.environ.get("BENCH_BUILDER") or str(REPOSITORY))


def main(words: Sequence[str]) -> None:
    """Prints the tables for 40 and 400 papers, or for the numbers given; or takes one step."""
    if words and words[0] in STEPS:
        _find_builder()
        STEPS[words[0]](*(Path(word) for word in words[1:]))
        return
    for count in [int(word) for word in words] or [40, 400]:
        table(count, 3 if count <= 100 else 1)


if __name__ == "__main__":
    main(sys.argv[1:])

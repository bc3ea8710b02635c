"""How much the site costs, as ratios against Hugo on the same data in one run.

`python benchmarks/site.py [500 2000 5000]` makes editions of that many papers, each with 1.5 times
as many authors and no PDFs, and builds each with `proceedings`' extension and with Hugo, whose
templates in `benchmarks/hugo/` show the same fields on the same pages: papers, authors, topics and
their lists. What Hugo is not asked for (five citation files beside each paper, the search) is left
out of that comparison and measured in lines of its own. CPU seconds are user plus system of the
process tree; memory is the peak of one process. Where `hugo` is not installed, ratios stay empty.
What runs is a compiled copy of the package, as an installation has it.

What is not the same, each to Hugo's advantage: it reads JSON that was prepared for it, related
papers, co-authors, references in four styles and all, which we read from BibTeX and work out; and
its pages have a frame of ten lines, ours the theme's.
"""

from __future__ import annotations

import compileall
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
SIZES = (500,)
LEFT_OUT = ("proceedings_citations", "proceedings_search")
_ONSETS = "b c d f g h k l m n p r s t v w br ch cl dr fl gr pl pr sh st th tr"
_VOWELS = "a e i o u ai ea io ou"
_ENDS = "n r s t l m nd st ng x"


def vocabulary(chance: random.Random, count: int) -> tuple[list[str], list[int]]:
    """So many words, and how often each is used: as in a language, few of them most of the time."""
    onsets, vowels, ends = _ONSETS.split(), _VOWELS.split(), _ENDS.split()
    found: dict[str, None] = {}
    while len(found) < count:
        parts = chance.randint(1, 3)
        middle = (chance.choice(onsets) + chance.choice(vowels) for _ in range(parts))
        found["".join(middle) + chance.choice(ends)] = None
    # Zipf's law, summed up for `random.choices`.
    total, weights = 0, []
    for rank in range(count):
        total += 10_000_000 // (rank + 2)
        weights.append(total)
    return list(found), weights


def edition(root: Path, count: int) -> list[dict[str, Any]]:
    """Writes an edition of `count` papers; returns what Hugo is to show of each."""
    chance = random.Random(count)
    words, weights = vocabulary(chance, 8000)

    def said(length: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=length)).capitalize()

    subjects = [f"{chance.choice(words)} {chance.choice(words)}" for _ in range(count // 4)]
    people = [
        (f"Given {chance.choice('ABCDEFGH')}.", _family(number)) for number in range(count * 3 // 2)
    ]
    (root / "proceedings").mkdir(parents=True)
    (root / "papers").mkdir()
    (root / "proceedings" / "conf.py").write_text(
        'project = "Bench 2025"\nextensions = ["builder.site"]\n', encoding="utf-8"
    )
    (root / "proceedings" / "edition.yaml").write_text(
        "event: {name: Bench, short_name: Bench 2025, start: 2025-07-19, place: Nowhere}\n"
        "volume: {title: Bench, archival: true}\n"
        "tracks:\n  - {id: long, name: Long papers}\n  - {id: short, name: Short papers}\n"
        "site: {url: https://example.org/2025/}\n",
        encoding="utf-8",
    )
    entries, papers = [], []
    for number in range(count):
        # Everybody writes something: the first author goes round, the others are drawn.
        authors = [people[number * 3 // 2], people[(number * 3 // 2 + 1) % len(people)]]
        authors += chance.sample(people, chance.randint(0, 4))
        authors = list(dict.fromkeys(authors))
        paper = {
            "key": f"paper{number:05d}",
            "title": said(8),
            "abstract": said(180) + ".",
            "keywords": list(dict.fromkeys(chance.choice(subjects) for _ in range(3))),
            "track": chance.choice(("long", "short")),
            "authors": authors,
        }
        papers.append(paper)
        names = " and ".join(f"{family}, {given}" for given, family in authors)
        entries.append(
            f"@inproceedings{{{paper['key']},\n  title = {{{paper['title']}}},\n"
            f"  author = {{{names}}},\n  abstract = {{{paper['abstract']}}},\n"
            f"  keywords = {{{', '.join(paper['keywords'])}}},\n"
            f"  track = {{{paper['track']}}},\n  pdf = {{none}},\n}}\n"
        )
    (root / "papers" / "papers.bib").write_text("\n".join(entries), encoding="utf-8")
    return papers


def for_hugo(folder: Path, papers: list[dict[str, Any]]) -> None:
    """The same data as Hugo's content files, with JSON front matter."""
    shutil.copytree(HERE / "hugo", folder)
    for section in ("papers", "authors", "topics"):
        (folder / "content" / section).mkdir(parents=True)
    by_author: dict[tuple[str, str], list[dict[str, Any]]] = {}
    by_topic: dict[str, list[dict[str, Any]]] = {}
    for number, paper in enumerate(papers, 1):
        paper["item"] = {
            "key": paper["key"],
            "title": paper["title"],
            "authors": [_person(author) for author in paper["authors"]],
            "page": number,
        }
        for author in paper["authors"]:
            by_author.setdefault(author, []).append(paper)
        for keyword in paper["keywords"]:
            by_topic.setdefault(keyword, []).append(paper)
    for number, paper in enumerate(papers, 1):
        names = " and ".join(f"{family}, {given}" for given, family in paper["authors"])
        reference = f"{names}. 2025. {paper['title']}. In Bench, Nowhere, {number}."
        near = {one["key"]: one for word in paper["keywords"] for one in by_topic[word]}
        near.pop(paper["key"])
        front = {
            "title": paper["title"],
            "weight": number,
            "key": paper["key"],
            "group": "Long papers" if paper["track"] == "long" else "Short papers",
            "page": number,
            "abstract": paper["abstract"],
            "subjects": [{"name": word, "id": _slug(word)} for word in paper["keywords"]],
            "track": {"id": paper["track"], "name": f"{paper['track'].capitalize()} papers"},
            "contributors": paper["item"]["authors"],
            "bibtex": f"@inproceedings{{{paper['key']},\n  title     = {{{paper['title']}}},\n"
            f"  author    = {{{names}}},\n  booktitle = {{Bench}},\n  pages     = {{{number}}},\n"
            "  address   = {Nowhere},\n  year      = {2025},\n  month     = jul\n}",
            "references": [{"name": name, "text": reference} for name in ("A", "B", "C", "D")],
            "related": [one["item"] for one in list(near.values())[:4]],
        }
        _content(folder, "papers", paper["key"], front)
    for author, theirs in by_author.items():
        shared = Counter(other for paper in theirs for other in paper["authors"] if other != author)
        front = {
            **_person(author),
            "title": " ".join(author),
            "papers": [paper["item"] for paper in theirs],
            "coauthors": [{**_person(other), "shared": many} for other, many in shared.items()],
        }
        _content(folder, "authors", front["id"], front)
    for topic, theirs in by_topic.items():
        if len(theirs) > 1:
            front = {"title": topic, "papers": [paper["item"] for paper in theirs]}
            _content(folder, "topics", _slug(topic), front)


def _content(folder: Path, section: str, name: str, front: dict[str, Any]) -> None:
    path = folder / "content" / section / f"{name}.md"
    path.write_text(json.dumps(front) + "\n", encoding="utf-8")


def _slug(words: str) -> str:
    return words.replace(" ", "-")


def _family(number: int) -> str:
    """A name of letters alone, since digits in names are reported one by one."""
    letters = ""
    for _ in range(4):
        number, rest = divmod(number, 26)
        letters = chr(ord("a") + rest) + letters
    return f"Mc{letters.capitalize()}"


def _person(author: tuple[str, str]) -> dict[str, str]:
    given, family = author
    return {
        "id": f"{given} {family}".lower().replace(".", "").replace(" ", "."),
        "name": f"{given} {family}",
        "inverted": f"{family}, {given}",
        "given": given,
        "family": family,
    }


def install(folder: Path) -> None:
    """Copies the package, compiled: Python may be forbidden to keep what it compiled of ours."""
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "builder", folder / "builder", ignore=unwanted)
    compileall.compile_dir(folder, quiet=1)
    os.environ["PYTHONPATH"] = str(folder)


def run(words: list[str | Path], cwd: Path) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and peak MiB of a command and its children."""
    script = (
        "import os, resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "sys.stderr.buffer.write(done.stderr[-2000:] if done.returncode else b'')\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
        "sys.exit(done.returncode)\n"
    )
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{words[0]} failed:\n{done.stderr}")
    cpu, peak = done.stdout.split()
    return float(cpu), time.monotonic() - start, float(peak)


def sphinx(
    root: Path, theme: str, *, left_out: Sequence[str] = LEFT_OUT
) -> tuple[float, float, float]:
    """The extension under plain Sphinx, as anybody may run it; without what `left_out` names."""
    place = root / "build" / "-".join([theme, *left_out])
    if not place.exists():
        # A first build has nothing to go by, whatever others kept before it.
        shutil.rmtree(root / "build" / ".cache", ignore_errors=True)
    options = [f"-D{name}=0" for name in left_out]
    state = [f"-Dhtml_theme={theme}", "-d", f"{place}.state"]
    source = root / "proceedings"
    return run([sys.executable, "-P", "-m", "sphinx", "-q", *options, *state, source, place], root)


def change(root: Path) -> None:
    """One paper gets another title."""
    bib = root / "papers" / "papers.bib"
    text = bib.read_text(encoding="utf-8")
    bib.write_text(text.replace("title = {", "title = {Changed ", 1), encoding="utf-8")


def own(folder: Path) -> None:
    """The edition of this repository, by the command: all of its site, and a changed program."""
    root = folder / "own"
    for name in ("proceedings", "papers"):
        shutil.copytree(REPOSITORY / name, root / name)
    command = [sys.executable, "-P", "-m", "builder", "-q", "site", "-C", root]
    row("TerraBytes", "the whole site, PDFs inspected", run(command, root))
    row("TerraBytes", "again, nothing changed", run(command, root))
    program = root / "proceedings" / "program.yaml"
    text = program.read_text(encoding="utf-8")
    program.write_text(text.replace("title: ", "title: Changed ", 1), encoding="utf-8")
    row("TerraBytes", "one session renamed", run(command, root))


def row(
    size: int | str, what: str, spent: tuple[float, float, float], opponent: float = 0.0
) -> float:
    """One line of the table; gives the CPU seconds back."""
    cpu, wall, peak = spent
    ratio = f"{cpu / opponent:.1f}" if opponent else ""
    print(f"| {size} | {what} | {cpu:.1f} | {wall:.1f} | {peak:.0f} | {ratio} |", flush=True)
    return cpu


def measure(count: int, folder: Path, hugo: str | None) -> dict[str, float]:
    """All lines about an edition of so many papers; CPU seconds by theme."""
    root = folder / "edition"
    papers = edition(root, count)
    opponent = 0.0
    if hugo:
        for_hugo(folder / "hugo", papers)
        opponent = row(count, "Hugo", run([hugo, "--quiet"], folder / "hugo"), 0.0)
    spent = {
        theme: row(count, f"{theme}, pages alone", sphinx(root, theme), opponent)
        for theme in ("basic", "furo")
    }
    row(count, "furo, citations too", sphinx(root, "furo", left_out=LEFT_OUT[1:]))
    row(count, "furo, search too", sphinx(root, "furo", left_out=LEFT_OUT[:1]))
    row(count, "furo, everything", sphinx(root, "furo", left_out=()))
    change(root)
    row(count, "furo, pages alone, one paper changed", sphinx(root, "furo"))
    row(count, "furo, everything, one paper changed", sphinx(root, "furo", left_out=()))
    return spent


def main() -> None:
    """Prints the table."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    hugo = shutil.which("hugo")
    print("| papers | what | CPU s | wall s | peak MiB | CPU ÷ Hugo |")
    print("| --- | --- | --- | --- | --- | --- |")
    spent = {}
    with tempfile.TemporaryDirectory() as installed:
        install(Path(installed))
        with tempfile.TemporaryDirectory() as folder:
            own(Path(folder))
        for count in sizes:
            with tempfile.TemporaryDirectory() as folder:
                spent[count] = measure(count, Path(folder), hugo)
    if len(sizes) == 3:
        low, middle, high = sizes
        for theme in ("basic", "furo"):
            later = (spent[high][theme] - spent[middle][theme]) / (high - middle)
            sooner = (spent[middle][theme] - spent[low][theme]) / (middle - low)
            ratio = f"{later / sooner:.2f}"
            print(f"\nMarginal CPU per paper, {theme}: {later * 1000:.1f} ms, ÷ before: {ratio}")


if __name__ == "__main__":
    main()

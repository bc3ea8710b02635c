"""How much the site costs, as ratios against Hugo on the same data in one run.

`python benchmarks/site.py [500 2000 5000]` makes editions of that many papers, each with 1.5 times
as many authors and no PDFs (HTML pages alone are compared), and builds each with
`proceedings`' extension and with Hugo, whose templates in `benchmarks/hugo/` show the same fields.
CPU seconds are user plus system of the process tree; memory is the peak of one process. Where
`hugo` is not installed, its columns stay empty.

What is not the same: our pages also carry Dublin Core, signposts, co-author counts, topics and the
theme's frame, and we write citations beside each page; Hugo reads JSON that was prepared for it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
SIZES = (500, 2000, 5000)
WORDS = tuple(
    word
    for line in (
        "map model sea sensor field bound graph image tile cloud river learning sparse dense",
        "earth proof sample label scale noise depth token query index light wave grid",
    )
    for word in line.split()
)


def words(chance: random.Random, count: int) -> str:
    """So many words, the same on every run."""
    return " ".join(chance.choice(WORDS) for _ in range(count))


def edition(root: Path, count: int) -> list[dict[str, Any]]:
    """Writes an edition of `count` papers; returns what Hugo is to show of each."""
    chance = random.Random(count)
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
            "title": words(chance, 8).capitalize(),
            "abstract": words(chance, 180).capitalize() + ".",
            "keywords": [words(chance, 2) for _ in range(3)],
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
    written: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for section in ("papers", "authors"):
        (folder / "content" / section).mkdir(parents=True)
    for weight, paper in enumerate(papers, 1):
        for author in paper["authors"]:
            written.setdefault(author, []).append(paper)
        names = [f"{given} {family}" for given, family in paper["authors"]]
        said = f"{', '.join(names)}. 2025. {paper['title']}. In Bench, Nowhere."
        front = {
            "title": paper["title"],
            "weight": weight,
            "abstract": paper["abstract"],
            "keywords": paper["keywords"],
            "track": paper["track"],
            "contributors": [_person(author) for author in paper["authors"]],
            "bibtex": f"@inproceedings{{{paper['key']},\n  title = {{{paper['title']}}},\n}}",
            "references": [{"name": name, "text": said} for name in ("A", "B", "C", "D")],
        }
        path = folder / "content" / "papers" / f"{paper['key']}.md"
        path.write_text(json.dumps(front) + "\n", encoding="utf-8")
    for author, theirs in written.items():
        others = {other: None for paper in theirs for other in paper["authors"] if other != author}
        front = {
            **_person(author),
            "title": " ".join(author),
            "papers": [{"key": paper["key"], "title": paper["title"]} for paper in theirs],
            "coauthors": [_person(other) for other in others],
        }
        path = folder / "content" / "authors" / f"{front['id']}.md"
        path.write_text(json.dumps(front) + "\n", encoding="utf-8")


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
        "affiliation": "",
    }


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
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    if done.returncode:
        sys.exit(f"{words[0]} failed:\n{done.stderr}")
    cpu, peak = done.stdout.split()
    return float(cpu), time.monotonic() - start, float(peak)


def sphinx(root: Path, theme: str) -> tuple[float, float, float]:
    """The extension under plain Sphinx, as anybody may run it."""
    out = root / "build" / theme
    return run(
        [
            sys.executable,
            "-P",
            "-m",
            "sphinx",
            "-q",
            "-D",
            f"html_theme={theme}",
            "-d",
            root / "build" / f".{theme}",
            root / "proceedings",
            out,
        ],
        root,
    )


def main() -> None:
    """Prints the table."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    hugo = shutil.which("hugo")
    spent: dict[tuple[str, int], float] = {}
    print("| papers | what | CPU s | wall s | peak MiB | CPU ÷ Hugo |")
    print("| --- | --- | --- | --- | --- | --- |")
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "edition"
            papers = edition(root, count)
            opponent = 0.0
            if hugo:
                for_hugo(Path(folder) / "hugo", papers)
                opponent, wall, peak = run([hugo, "--quiet"], Path(folder) / "hugo")
                print(f"| {count} | Hugo | {opponent:.1f} | {wall:.1f} | {peak:.0f} | 1 |")
            for theme in ("basic", "furo"):
                cpu, wall, peak = sphinx(root, theme)
                spent[theme, count] = cpu
                ratio = f"{cpu / opponent:.1f}" if opponent else ""
                print(f"| {count} | {theme} | {cpu:.1f} | {wall:.1f} | {peak:.0f} | {ratio} |")
            bib = root / "papers" / "papers.bib"
            text = bib.read_text(encoding="utf-8")
            bib.write_text(text.replace("title = {", "title = {Changed ", 1), encoding="utf-8")
            cpu, wall, peak = sphinx(root, "furo")
            print(f"| {count} | furo, one paper changed | {cpu:.1f} | {wall:.1f} | {peak:.0f} | |")
            sys.stdout.flush()
    if len(sizes) == 3:
        low, middle, high = sizes
        for theme in ("basic", "furo"):
            later = (spent[theme, high] - spent[theme, middle]) / (high - middle)
            sooner = (spent[theme, middle] - spent[theme, low]) / (middle - low)
            ratio = f"{later / sooner:.2f}"
            print(f"\nMarginal CPU per paper, {theme}: {later * 1000:.1f} ms, ÷ before: {ratio}")


if __name__ == "__main__":
    main()

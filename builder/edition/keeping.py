"""Papers as the last run read them, so that only entries that changed are read again.

An entry of `papers.bib` is known by a digest of its text, down to where the next one begins. What
it says depends on nothing else in the file, as long as there are no strings, no `crossref` and no
key twice; entries that somebody was told about are read anew every time, so that every finding
names its line. Whatever is out of the ordinary makes the whole file be read.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import pickle
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from builder.edition import bibtex
from builder.edition import papers as entries
from builder.edition import source as sources
from builder.edition.bibtex import Bibliography, Entry
from builder.edition.excerpt import Excerpt
from builder.edition.packing import pack, unpack
from builder.edition.papers import Circumstances
from builder.edition.source import Source
from builder.model import Finding, Paper, Where
from builder.work import Cache
from builder.work.program import release

_FORM = "1"
_BEGIN = re.compile(r"(?m)^@")
_UNUSUAL = re.compile(r"@\s*(?:string|preamble|comment)", re.IGNORECASE)
_OF_ONE_ENTRY = frozenset(
    [
        "bibtex-unknown-type",
        "bibtex-bad-key",
        "bibtex-non-ascii-key",
        "bibtex-duplicate-field",
        "bibtex-missing-comma",
        "bibtex-undefined-string",
    ]
)
"""What the reader of BibTeX says of an entry that it could read, without looking at others."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry said."""

    line: int
    """Where it began."""
    key: str
    own: dict[str, str]
    """Its fields that begin with `x-`."""
    paper: bytes
    """The `Paper`, packed; nothing where it is none."""


@dataclass(frozen=True)
class Parts:
    """A file divided into what is known and what is to be read."""

    known: tuple[Known, ...]
    """Moved to the lines where they stand now."""
    papers: tuple[Paper, ...]
    """Theirs."""
    rest: Excerpt

    def agrees(self, bibliography: Bibliography) -> bool:
        """Whether what was read of the rest would have been read so in the whole file."""
        if bibliography.strings or not _each_by_itself(bibliography):
            return False
        gaps = self.rest.begins[1:]
        if any(
            bisect_right(gaps, entry.span[0]) != bisect_right(gaps, entry.span[1] - 1)
            for entry in bibliography.entries
        ):
            return False  # it would have gone on where something known stands
        keys = {_folded(known.key) for known in self.known}
        return not any(_folded(entry.key) in keys for entry in bibliography.entries)


@dataclass(frozen=True, slots=True)
class Read:
    """What stands in a file of papers."""

    papers: tuple[Paper, ...]
    own: Mapping[str, dict[str, str]]
    """The editors' own fields, by key."""
    findings: tuple[Finding, ...]


def digests(files: Iterable[Path], cache: Cache | None) -> tuple[str, ...]:
    """Of files that papers depend on, too; to be taken before they are read."""
    if cache is None:
        return ()
    return tuple(cache.digests.of(file) if file.is_file() else "" for file in files)


def read(
    path: Path, file: str, around: Circumstances, outside: Iterable[str], cache: Cache | None
) -> Read:
    """The papers of the file at `path`, which findings call `file`; never raises for what it says.

    `outside` are the `digests` of what `around` was read from.
    """
    source, findings = sources.read(path, file)
    if source is None:
        nothing = Bibliography(file=file)
        _, faults = entries.papers(nothing, around)
        return Read((), {}, (*findings, *faults))
    if cache is None:
        bibliography = bibtex.parse(source)
        papers, faults = entries.papers(bibliography, around)
        return _read(bibliography, papers, (), (*findings, *bibliography.findings, *faults))
    said = repr((around.archival, sorted(around.supplements.items())))
    keeping = _Keeping(source, cache, (*outside, said))
    parts = keeping.divide()
    bibliography = bibtex.parse(parts.rest if parts else source)
    if parts and not parts.agrees(bibliography):
        parts, bibliography = None, bibtex.parse(source)
    known, theirs = (parts.known, parts.papers) if parts else ((), ())
    papers, faults = entries.papers(bibliography, around, [paper.key for paper in theirs])
    told = (*bibliography.findings, *faults)
    keeping.keep(bibliography, papers, known, told)
    return _read(bibliography, (*papers, *theirs), known, (*findings, *told))


def _read(
    bibliography: Bibliography,
    papers: Iterable[Paper],
    known: Iterable[Known],
    findings: tuple[Finding, ...],
) -> Read:
    """All in the order of the file."""
    rows = [(_place(paper.where), paper) for paper in papers]
    said = [(_place(entry.where), entry.key, own(entry)) for entry in bibliography.entries]
    if known:
        said += [((one.line, 1), one.key, one.own) for one in known]
        rows.sort(key=itemgetter(0))
        said.sort(key=itemgetter(0))
    return Read(
        tuple(paper for _, paper in rows), {key: its for _, key, its in said if its}, findings
    )


def _place(where: Where | None) -> tuple[int, int]:
    return (where.line or 0, where.column or 0) if where else (0, 0)


class _Keeping:
    """The memory of one file's papers; `circumstances` is all else that they depend on."""

    def __init__(self, source: Source, cache: Cache, circumstances: Iterable[str]) -> None:
        self._source = source
        self._units = _units(source)
        self._cache = cache
        self._name = cache.key("papers")
        self._circumstances = cache.key(_FORM, *release("edition", "model"), *circumstances)
        self._known: dict[bytes, Known] = {}
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError, AttributeError):
            if file := cache.find("papers", self._name, ".bin"):
                made, known = marshal.loads(file.read_bytes())  # noqa: S302
                if made == self._circumstances:
                    self._known = {digest: Known(*one) for digest, one in known.items()}

    def divide(self) -> Parts | None:
        """What of the file is known; `None` where nothing is, or nobody can tell."""
        source, units = self._source, self._units if self._known else {}
        if len({digest for _, digest in units.values()}) < len(units):
            return None  # a key stands twice
        known: list[Known] = []
        papers: list[Paper] = []
        begins: list[int] = []
        offsets: list[int] = []
        texts: list[str] = []
        length = 0
        open_ = False
        for begin, (end, digest) in units.items():
            found = self._known.get(digest)
            if found is not None:
                line = source.line(begin)
                known.append(replace(found, line=line) if line != found.line else found)
                if found.paper:
                    try:
                        papers.append(_moved(unpack(found.paper), line))
                    except (pickle.UnpicklingError, ValueError, TypeError, LookupError, EOFError):
                        return None  # it is not what we wrote
                open_ = False
                continue
            if not open_:
                begins.append(length)
                offsets.append(begin)
            open_ = True
            texts.append(source.text[begin:end])
            length += end - begin
        text = "".join(texts)
        if not known or _UNUSUAL.search(text):
            return None
        rest = Excerpt(
            source.file, text, whole=source, begins=tuple(begins), offsets=tuple(offsets)
        )
        return Parts(tuple(known), tuple(papers), rest)

    def keep(
        self,
        bibliography: Bibliography,
        papers: Iterable[Paper],
        known: Iterable[Known],
        findings: Iterable[Finding],
    ) -> None:
        """Remembers what was read: `known` of an earlier run, and the rest, which is new."""
        source = self._source
        units = {source.line(begin): digest for begin, (_, digest) in self._units.items() if digest}
        lines = [
            *(one.line for one in known),
            *(entry.where.line for entry in bibliography.entries),
        ]
        sound = (
            not bibliography.strings
            and not _UNUSUAL.search(source.text)
            and _each_by_itself(bibliography)
            and all(entry.where.column == 1 for entry in bibliography.entries)
            and set(lines) == units.keys()
            and len(lines) == len(units)
        )
        kept = {units[one.line]: one for one in known} if sound else {}
        if sound:
            by_key = {paper.key: paper for paper in papers}
            told = {finding.subject for finding in findings}
            for entry in bibliography.entries:
                if entry.key not in told and entry.where.line:
                    paper = by_key.get(entry.key)
                    kept[units[entry.where.line]] = Known(
                        entry.where.line, entry.key, own(entry), pack(paper) if paper else b""
                    )
        if kept.keys() == self._known.keys():
            return  # moved at most, which the next run sees for itself
        rows = {digest: (one.line, one.key, one.own, one.paper) for digest, one in kept.items()}
        data = marshal.dumps((self._circumstances, rows))
        with contextlib.suppress(OSError):
            self._cache.store_data("papers", self._name, data, ".bin")


def own(entry: Entry) -> dict[str, str]:
    """The fields that are the editors' own."""
    return {item.name: item.value for item in entry.fields if item.name.startswith("x-")}


def _units(source: Source) -> dict[int, tuple[int, bytes]]:
    """For each line that begins with `@`, where the next one does, and a digest of the text.

    What stands before the first has no digest.
    """
    text = source.text
    begins = [match.start() for match in _BEGIN.finditer(text)]
    ends = [*begins, len(text)][1:]
    found = {} if begins[:1] == [0] else {0: (begins[0] if begins else len(text), b"")}
    for begin, end in zip(begins, ends, strict=True):
        data = text[begin:end].encode("utf-8", "surrogatepass")
        found[begin] = end, hashlib.blake2b(data, digest_size=16).digest()
    return found


def _each_by_itself(bibliography: Bibliography) -> bool:
    return (
        not bibliography.unusable
        and all(finding.code in _OF_ONE_ENTRY for finding in bibliography.findings)
        and all(entry.field("crossref") is None for entry in bibliography.entries)
    )


def _folded(key: str) -> str:
    return unicodedata.normalize("NFC", key).casefold()


def _moved(paper: Paper, line: int) -> Paper:
    """The same beginning at that line: some may have been added or taken away above it."""
    down = line - (paper.where.line or 0) if paper.where else 0
    if not down:
        return paper

    def moved(where: Where | None) -> Where | None:
        if where is None or where.line is None:
            return where
        return replace(where, line=where.line + down)

    authors = tuple(replace(one, where=moved(one.where)) for one in paper.contributors)
    return replace(paper, where=moved(paper.where), contributors=authors)

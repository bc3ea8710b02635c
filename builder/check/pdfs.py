"""The PDF files themselves: there, readable, whole, each once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from builder.check.facts import Facts, pdf_page
from builder.check.wording import excerpt, nearest, number, ranges, read, spoken, squeezed
from builder.edition.supplements import file_name
from builder.model import Finding, Inspection, Paper, PdfKind, Severity, Where

_REASONS = 2
_FEW = 3
"""Up to so many PDFs are missed one by one even where there is none at all."""
_ENOUGH_TEXT = 200
"""Letters on page 1 from which on equal text cannot be chance."""


def missing(facts: Facts) -> Iterator[Finding]:
    """A paper whose PDF is not in `papers/`."""
    spare = {PurePosixPath(path).stem: path for path in _unclaimed(facts)}
    local = [paper for paper in facts.volume.shown if paper.pdf is PdfKind.LOCAL]
    absent = [paper for paper in local if paper.pdf_file not in facts.files]
    printed = [paper.key for paper in absent if paper.in_volume]
    if len(absent) == len(local) and len(printed) > _FEW and not spare:
        yield Finding(
            code="pdf-missing",
            severity=Severity.ERROR,
            message=f"none of the {len(printed)} PDFs is there yet ({spoken(printed)})",
            where=Where(file="papers"),
            hint="Put each into papers/, named by its key; `proceedings gather pdfs` helps.",
        )
        return
    for paper in absent:
        similar = facts.files.other_case(paper.pdf_file)
        if similar is None and (name := nearest(paper.key, spare)):
            similar = spare[name]
        if similar:
            hint = f"Is it {similar}? Then rename it to {PurePosixPath(paper.pdf_file).name}."
        elif paper.in_volume:
            hint = "Ask the authors, or write pdf = {none} or include = {program} in papers.bib."
        else:
            hint = "If there is none, write pdf = {none} in papers.bib."
        yield Finding(
            code="pdf-missing",
            severity=Severity.ERROR if paper.in_volume else Severity.INFO,
            message=f"the PDF is missing: {paper.pdf_file} does not exist",
            subject=paper.key,
            where=paper.where,
            hint=hint,
        )


def extra(facts: Facts) -> Iterator[Finding]:
    """A PDF in `papers/` that belongs to no paper."""
    waiting = {
        PurePosixPath(paper.pdf_file).stem: paper.key
        for paper in facts.volume.shown
        if paper.pdf is PdfKind.LOCAL and paper.pdf_file not in facts.files
    }
    named = {file_name(paper.key): paper for paper in facts.volume.papers}
    left_out = {file_name(key): key for key in facts.typed}
    for path in _unclaimed(facts):
        stem = PurePosixPath(path).stem
        paper = named.get(stem)
        if paper is not None:
            word = "no PDF" if paper.pdf is PdfKind.NONE else "an address instead of a PDF"
            yield Finding(
                code="pdf-extra",
                severity=Severity.WARNING,
                message=f"{path} is there, but papers.bib gives {word} for {paper.key}; it is not"
                " used",
                subject=paper.key,
                where=paper.where,
                hint="Remove the file, or the `pdf` field.",
            )
            continue
        if stem in left_out:
            yield Finding(
                code="pdf-extra",
                severity=Severity.INFO,
                message=f"{path} is not used, because its entry in papers.bib is not either",
                subject=left_out[stem],
                where=Where(file=path),
                hint="Mend the entry; what is wrong with it is told, too.",
            )
            continue
        near = nearest(stem, waiting)
        match = waiting[near] if near else _by_title(facts, path)
        yield Finding(
            code="pdf-extra",
            severity=Severity.WARNING,
            message=f"{path} belongs to no entry of papers.bib",
            where=Where(file=path),
            hint=f"Is it {match}? Then rename it to {file_name(match)}.pdf."
            if match
            else "Name it by its paper's key, add the paper, or remove the file.",
        )


def _unclaimed(facts: Facts) -> list[str]:
    """PDFs in `papers/` that no paper names, neither as its own nor as a supplement."""
    volume = facts.volume
    claimed = {paper.pdf_file for paper in volume.papers if paper.pdf is PdfKind.LOCAL}
    claimed |= {extra.file for paper in volume.papers for extra in paper.supplements}
    withdrawn = {f"papers/{paper.key}.pdf" for paper in volume.papers if not paper.shown}
    keys = {paper.key for paper in volume.papers}
    return [
        path
        for path in facts.files.papers(".pdf")
        if path not in claimed | withdrawn
        and PurePosixPath(path).stem.partition("-supp")[0]
        not in (keys - {PurePosixPath(path).stem})
    ]


def _by_title(facts: Facts, path: str) -> str | None:
    from builder.model.likeness import SAME, ranked

    inspection = facts.inspections.get(path)
    if inspection is None or not inspection.usable:
        return None
    best = ranked(facts.titles, inspection)[:1]
    return best[0][0] if best and best[0][1] >= SAME else None


def unusable(facts: Facts) -> Iterator[Finding]:
    """A PDF that is there but cannot be printed: unreadable, locked, or without pages."""
    for paper, inspection in _local(facts):
        bad = Severity.ERROR if paper.in_volume else Severity.WARNING
        if inspection.encryption == "password":
            yield Finding(
                code="pdf-encrypted",
                severity=bad,
                message="the PDF opens only with a password",
                subject=paper.key,
                where=pdf_page(paper),
                hint="Ask the authors for a PDF without a password.",
            )
            continue
        if inspection.encryption == "blank":
            yield Finding(
                code="pdf-encrypted",
                severity=Severity.INFO,
                message="the PDF is encrypted but opens without a password; it is printed"
                " unencrypted",
                subject=paper.key,
                where=pdf_page(paper),
                hint="Ask the authors whether they meant to forbid anything.",
            )
        if inspection.problem:
            yield Finding(
                code="pdf-unreadable",
                severity=bad,
                message=f"the PDF cannot be used: {excerpt(inspection.problem, 200)}",
                subject=paper.key,
                where=pdf_page(paper),
                hint="Ask the authors for the file again; a download may have broken off."
                if inspection.sha256
                else "Close it in other programs, and see to it that you are allowed to read it.",
            )
        elif not inspection.pages:
            yield Finding(
                code="pdf-empty",
                severity=bad,
                message="the PDF has no pages",
                subject=paper.key,
                where=pdf_page(paper),
                hint="Ask the authors for the file again.",
            )


def page_counts(facts: Facts) -> Iterator[Finding]:
    """Programs that read PDFs do not agree on how many pages there are."""
    for paper, inspection in facts.seen:
        counts = {engine: count for engine, count in inspection.counts if count is not None}
        if len({*counts.values(), inspection.page_count}) < 2:
            continue
        lost = max(counts.values()) > inspection.page_count
        said = spoken([f"{engine} counts {count}" for engine, count in counts.items()])
        yield Finding(
            code="pdf-page-count",
            severity=Severity.ERROR if lost else Severity.WARNING,
            message=f"the file is damaged and its length uncertain: {said};"
            f" {number(inspection.page_count, 'page')} can be used",
            subject=paper.key,
            where=pdf_page(paper),
            hint="Look whether pages are missing, and ask the authors for the file again.",
        )


def repaired(facts: Facts) -> Iterator[Finding]:
    """A file that could only be read by mending it."""
    for paper, inspection in facts.seen:
        failed = [engine for engine, count in inspection.counts if count is None]
        if not inspection.repairs and not failed:
            continue
        reasons = list(dict.fromkeys(_reason(repair) for repair in inspection.repairs))
        if len(reasons) > _REASONS:
            reasons = [*reasons[:_REASONS], number(len(reasons) - _REASONS, "more such note")]
        if failed:
            reasons.append(f"{spoken(failed)} cannot read it")
        yield Finding(
            code="pdf-repaired",
            severity=Severity.WARNING,
            message=f"the file is damaged and was read by mending it ({'; '.join(reasons)})",
            subject=paper.key,
            where=pdf_page(paper),
            hint="Compare the printed paper with the authors' own copy, or ask for the file again.",
        )


def _reason(repair: str) -> str:
    """An engine's note without its offsets and object numbers, which help nobody here."""
    return excerpt(re.sub(r"^[\s,]*(?:\([^)]*\)\s*:?|[\w ]+ at offset \d+:)?\s*", "", repair))


def duplicates(facts: Facts) -> Iterator[Finding]:
    """The same PDF, or the same first page, under two papers."""
    same: dict[str, list[Paper]] = defaultdict(list)
    alike: dict[str, list[Paper]] = defaultdict(list)
    for paper, inspection in facts.seen:
        same[inspection.sha256].append(paper)
        first = squeezed(read(inspection.pages[0].text))
        if len(first) >= _ENOUGH_TEXT:
            alike[first].append(paper)
    told: set[frozenset[str]] = set()
    for groups, severity, what in (
        (same, Severity.ERROR, "is the very same file as that of"),
        (alike, Severity.WARNING, "has the same first page as that of"),
    ):
        for papers in groups.values():
            keys = frozenset(paper.key for paper in papers)
            if len(papers) < 2 or keys in told:
                continue
            told.add(keys)
            for paper in papers:
                others = [other.key for other in papers if other is not paper]
                yield Finding(
                    code="pdf-duplicate",
                    severity=severity,
                    message=f"the PDF {what} {spoken(others)}",
                    subject=paper.key,
                    where=pdf_page(paper),
                    hint="Find out whose paper it is, and ask the others for theirs.",
                )


def textless(facts: Facts) -> Iterator[Finding]:
    """Pages without text, as scans have."""
    for paper, inspection in facts.seen:
        empty = [at for at, page in enumerate(inspection.pages, 1) if not page.text.strip()]
        if not empty:
            continue
        whole = len(empty) == inspection.page_count
        if not whole and len(empty) * 2 < inspection.page_count and 1 not in empty:
            continue  # a page that is one large figure is nothing unusual
        yield Finding(
            code="pdf-without-text",
            severity=Severity.WARNING if whole else Severity.INFO,
            message="no page holds any text: nothing can be searched, copied or checked"
            if whole
            else f"{ranges(empty)} without any text",
            subject=paper.key,
            where=pdf_page(paper, empty[0]),
            hint="It looks like a scan; ask the authors for the PDF that their program made.",
        )


def _local(facts: Facts) -> Iterator[tuple[Paper, Inspection]]:
    for paper in facts.volume.shown:
        inspection = facts.inspections.get(paper.key)
        if paper.pdf is PdfKind.LOCAL and inspection is not None:
            yield paper, inspection

"""Titles, abstracts and keywords."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from builder.check.facts import Facts
from builder.check.wording import excerpt, muttered, number, shouted, spoken, squeezed, words
from builder.model import Finding, Include, Paper, Severity

_FEW = 3
"""Up to so many papers a fault is told paper by paper; more make one finding for the edition."""
_RESIDUE = re.compile(
    r"\\\\?[a-zA-Z]+\b|\\[%&#_${}]|&(?:[a-z]{2,8}|#\d+);|</?(?:i|b|em|strong|sub|sup|p|br|span|a)\b[^>]*>|"
    r"\$[\^_][^$]{1,30}\$|\ufffd|Ã[©¨¼¶¤±³¡]|â€[™œ“”]"
)
"""What a conversion left behind: TeX (dollars escaped, too), HTML, UTF-8 read as Latin-1."""
_TWICE = re.compile(r"\b([^\W\d_]{2,})\s+\1\b", re.I)
_TWICE_FINE = {"that", "had", "very", "bora", "blah", "yo", "no", "so", "bye", "log", "couscous"}


def missing(facts: Facts) -> Iterator[Finding]:
    """Papers without a title or without authors."""
    for paper in facts.volume.shown:
        if paper.key not in facts.titles:
            yield Finding(
                code="title-missing",
                severity=Severity.ERROR,
                message="the paper has no title",
                subject=paper.key,
                where=paper.where,
                hint="Add `title = {…}` to its entry in papers.bib.",
            )
        if not paper.contributors:
            yield Finding(
                code="authors-missing",
                severity=Severity.ERROR if paper.include is Include.VOLUME else Severity.WARNING,
                message="the paper has no authors",
                subject=paper.key,
                where=paper.where,
                hint="Add `author = {…}` to its entry in papers.bib.",
            )


def abstracts(facts: Facts) -> Iterator[Finding]:
    """Papers without an abstract; many of them make one finding."""
    without = [paper for paper in facts.volume.shown if paper.key not in facts.abstracts]
    total = len(facts.volume.shown)
    if not without:
        return
    archival = any(paper.archival for paper in without)
    severity = Severity.WARNING if archival else Severity.INFO
    why = "Indexes of publications expect one." if archival else "Pages look right without."
    if len(without) > _FEW or len(without) == total:
        if len(without) == total:
            message = f"none of the {number(total, 'paper')} has an abstract"
        else:
            listed = spoken([paper.key for paper in without])
            message = f"{len(without)} of {total} papers have no abstract ({listed})"
        yield Finding(
            code="abstract-missing",
            severity=severity,
            message=message,
            hint=f"{why} The review system's export usually holds them (`proceedings gather`).",
        )
        return
    for paper in without:
        yield Finding(
            code="abstract-missing",
            severity=severity,
            message="the paper has no abstract",
            subject=paper.key,
            where=paper.where,
            hint=why,
        )


def odd_abstracts(facts: Facts) -> Iterator[Finding]:
    """Abstracts that are hardly abstracts."""
    for paper in facts.volume.shown:
        text = facts.abstracts.get(paper.key, "")
        if not text:
            continue
        fault, severity = "", Severity.WARNING
        if re.match(r"abstract\b\W", text, re.I) and len(words(text)) > 5:
            fault = "begins with the word “Abstract”"
        elif len(words(text)) < 15:
            fault = f"has only {number(len(words(text)), 'word')}: “{excerpt(text, 60)}”"
            severity = Severity.INFO
        elif squeezed(text).startswith(squeezed(facts.titles.get(paper.key, "")) or "\0"):
            fault = "begins with the paper's title"
        if fault:
            yield Finding(
                code="abstract-odd",
                severity=severity,
                message=f"the abstract {fault}",
                subject=paper.key,
                where=paper.where,
                hint="Correct the `abstract` field in papers.bib.",
            )


def title_case(facts: Facts) -> Iterator[Finding]:
    """Titles all in capitals, or without any."""
    for paper in facts.volume.shown:
        title = facts.titles.get(paper.key, "")
        if len(words(title)) < 3:
            continue
        if shouted(title):
            how = "stands all in capitals"
        elif muttered(title):
            how = "has no capital at all"
        else:
            continue
        yield Finding(
            code="title-case",
            severity=Severity.WARNING,
            message=f"the title {how}: “{excerpt(title)}”",
            subject=paper.key,
            where=paper.where,
            hint="Type it as the other titles are; page 1 may show how.",
        )


def odd_titles(facts: Facts) -> Iterator[Finding]:
    """Small things that look wrong in every list: a full stop, doubled words, doubled spaces."""
    for paper in facts.volume.shown:
        title = facts.titles.get(paper.key, "")
        if not title:
            continue
        faults = []
        if title.endswith(".") and not title.endswith(("..", "etc.", " al.")):
            faults.append("ends in a full stop")
        if title.endswith((",", ";", ":", "-", "–")):
            faults.append(f"ends in “{title[-1]}”")
        if (twice := _TWICE.search(title)) and twice.group(1).casefold() not in _TWICE_FINE:
            faults.append(f"says “{twice.group()}”")
        if re.search(r"\s[,;:.?!](?:\s|$)", title):
            faults.append("has a space before a punctuation mark")
        for opening, closing in ("()", "[]", "“”"):
            if title.count(opening) != title.count(closing):
                faults.append(f"has an unpaired “{opening}” or “{closing}”")
        if title.startswith(("“", '"')) and title.endswith(("”", '"')) and len(title) > 2:
            faults.append("stands in quotation marks")
        if faults:
            yield Finding(
                code="title-odd",
                severity=Severity.INFO,
                message=f"the title {spoken(faults)}: “{excerpt(title)}”",
                subject=paper.key,
                where=paper.where,
                hint="Correct it if it is not meant.",
            )


def residue(facts: Facts) -> Iterator[Finding]:
    """TeX, HTML or misread characters left in a title, an abstract or a keyword."""
    for paper in facts.volume.shown:
        fields = {
            "title": _unformulated(paper, "title"),
            "abstract": _unformulated(paper, "abstract"),
            "keywords": "; ".join(paper.keywords),
        }
        left = []
        for name, text in fields.items():
            found = dict.fromkeys(excerpt(match.group(), 30) for match in _RESIDUE.finditer(text))
            if found:
                left.append(f"{name}: {spoken(list(found), 4)}")
        if left:
            yield Finding(
                code="markup-left",
                severity=Severity.WARNING,
                message=f"markup that nobody decoded ({'; '.join(left)})",
                subject=paper.key,
                where=paper.where,
                hint="Replace it by the characters that should be read there.",
            )


def _unformulated(paper: Paper, name: str) -> str:
    """Plain text without formulas, whose TeX is meant."""
    from builder.model import Markup
    from builder.model.markup import Link, Math, Styled, Text

    markup: Markup | None = getattr(paper, name)
    parts: list[str] = []

    def walk(nodes: tuple[object, ...]) -> None:
        for node in nodes:
            if isinstance(node, Text):
                parts.append(node.text)
            elif isinstance(node, Styled | Link):
                walk(node.children)
            elif isinstance(node, Math):
                parts.append(" ")

    walk(markup.nodes if markup else ())
    return "".join(parts)


def duplicates(facts: Facts) -> Iterator[Finding]:
    """Two papers of the same title."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, title in facts.titles.items():
        found[squeezed(title)].append(key)
    for title, keys in found.items():
        for key in keys if title and len(keys) > 1 else ():
            paper = facts.volume.paper(key)
            yield Finding(
                code="title-duplicate",
                severity=Severity.WARNING,
                message="has the same title as"
                f" {spoken([other for other in keys if other != key])}",
                subject=key,
                where=paper.where if paper else None,
                hint="Is it entered twice? A paper may stand in several sessions, but only"
                " once in papers.bib.",
            )


def keywords(facts: Facts) -> Iterator[Finding]:
    """Keywords that were not divided, or stand there twice."""
    for paper in facts.volume.shown:
        faults = []
        folded = [keyword.casefold() for keyword in paper.keywords]
        twice = sorted({k for k in folded if folded.count(k) > 1})
        if twice:
            faults.append(f"“{excerpt(twice[0], 40)}” stands there twice")
        long = [k for k in paper.keywords if len(k) > 80 or len(k.split()) > 9]
        if long:
            faults.append(f"“{excerpt(long[0], 60)}” looks like several keywords, or a sentence")
        odd = [k for k in paper.keywords if re.search(r"[|·•\n]|\.\s", k)]
        if odd and not long:
            faults.append(f"“{excerpt(odd[0], 60)}” looks like several keywords")
        if faults:
            yield Finding(
                code="keywords-odd",
                severity=Severity.INFO,
                message=f"keywords: {spoken(faults)}",
                subject=paper.key,
                where=paper.where,
                hint="Separate keywords by commas or semicolons.",
            )

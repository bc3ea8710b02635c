"""Every rule, and the running of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder import edition
from builder.check import (
    authors,
    contents,
    files,
    fonts,
    identifiers,
    identities,
    lengths,
    metadata,
    names,
    pages,
    pdfs,
    people,
    placeholders,
    program,
    supplements,
    titles,
    versions,
    volume,
)
from builder.check.acceptance import accept, review
from builder.check.facts import Facts
from builder.check.memory import Memory
from builder.check.profiles import acl, dmlr, jstars, pmlr
from builder.model import Finding, Inspection, Report, Volume

if TYPE_CHECKING:
    from builder.edition.bibtex import Bibliography


@dataclass(frozen=True, slots=True)
class Rule:
    """A function over the facts, and the codes that it can find."""

    find: Callable[[Facts], Iterable[Finding]]
    codes: tuple[str, ...]
    alone: bool = False
    """Whether it judges each paper by itself, by what was seen in it (`Facts.alone`)."""


RULES: tuple[Rule, ...] = (
    Rule(pdfs.missing, ("pdf-missing",)),
    Rule(pdfs.extra, ("pdf-extra",)),
    Rule(pdfs.unusable, ("pdf-encrypted", "pdf-unreadable", "pdf-empty")),
    Rule(pdfs.page_counts, ("pdf-page-count",)),
    Rule(pdfs.repaired, ("pdf-repaired",)),
    Rule(pdfs.duplicates, ("pdf-duplicate",)),
    Rule(pdfs.textless, ("pdf-without-text",)),
    Rule(titles.mismatches, ("title-mismatch",)),
    Rule(titles.differing, ("title-differs",), alone=True),
    Rule(authors.mismatches, ("authors-mismatch", "authors-order", "author-spelling"), alone=True),
    Rule(versions.review_version, ("review-version", "anonymous-link"), alone=True),
    Rule(versions.other_venue, ("other-venue-notice",), alone=True),
    Rule(versions.arxiv_stamp, ("arxiv-stamp",), alone=True),
    Rule(versions.page_numbers, ("page-numbers-printed",), alone=True),
    Rule(versions.draft_marks, ("draft-mark",), alone=True),
    Rule(versions.unresolved, ("unresolved-reference",), alone=True),
    Rule(lengths.over_length, ("over-length",)),
    Rule(pages.mixed, ("page-size-mixed",)),
    Rule(pages.unusual, ("page-size-unusual",)),
    Rule(pages.turned, ("page-landscape",)),
    Rule(pages.differing, ("page-sizes-differ",)),
    Rule(fonts.not_embedded, ("font-not-embedded",)),
    Rule(fonts.type3, ("font-type3",)),
    Rule(contents.active, ("active-content",)),
    Rule(contents.comments, ("comments-left",)),
    Rule(contents.broken_links, ("links-broken",)),
    Rule(contents.accessibility, ("untagged",)),
    Rule(metadata.missing, ("title-missing", "authors-missing")),
    Rule(metadata.abstracts, ("abstract-missing",)),
    Rule(metadata.odd_abstracts, ("abstract-odd",)),
    Rule(metadata.title_case, ("title-case",)),
    Rule(metadata.odd_titles, ("title-odd",)),
    Rule(metadata.residue, ("markup-left",)),
    Rule(metadata.duplicates, ("title-duplicate",)),
    Rule(metadata.keywords, ("keywords-odd",)),
    Rule(
        identifiers.malformed,
        ("doi-malformed", "isbn-malformed", "issn-malformed", "orcid-malformed", "ror-malformed"),
    ),
    Rule(identifiers.addresses, ("address-odd",)),
    Rule(identifiers.shared, ("address-shared",)),
    Rule(identifiers.licenses, ("license-unknown",)),
    Rule(supplements.missing, ("supplement-missing",)),
    Rule(supplements.extra, ("supplement-extra",)),
    Rule(supplements.sizes, ("file-too-large", "supplement-empty")),
    Rule(supplements.pictures, ("image-missing",)),
    Rule(names.odd, ("name-odd-character",)),
    Rule(names.case, ("name-capitals", "name-lower-case")),
    Rule(names.one_word, ("name-single-word",)),
    Rule(names.teams, ("name-organisation",)),
    Rule(names.initials, ("name-initial",)),
    Rule(names.repeated, ("author-repeated",)),
    Rule(identities.variants, ("name-variants",)),
    Rule(identities.orcids, ("orcid-shared", "orcid-conflict")),
    Rule(identities.homonyms, ("homonym",)),
    Rule(people.unknown, ("person-unknown",)),
    Rule(people.unused, ("person-unused",)),
    Rule(people.renamed, ("person-name",)),
    Rule(people.repeated, ("member-repeated",)),
    Rule(
        people.affiliations,
        ("affiliation-repeated", "affiliation-vague", "affiliation-case", "affiliation-odd"),
    ),
    Rule(
        program.references,
        ("program-paper-unknown", "withdrawn-in-program", "program-talk-unknown"),
    ),
    Rule(program.unscheduled, ("paper-unscheduled", "talk-unscheduled")),
    Rule(program.repeated, ("slot-repeated",)),
    Rule(program.days, ("session-outside-event", "session-undated")),
    Rule(program.times, ("session-times", "slot-times")),
    Rule(program.overlaps, ("session-overlap",)),
    Rule(program.presenters, ("presenter-unknown",)),
    Rule(volume.dates, ("event-undated", "event-dates")),
    Rule(volume.timezone, ("timezone-unknown",)),
    Rule(volume.tracks, ("track-unknown", "track-missing", "track-unused")),
    Rule(volume.papers, ("no-papers",)),
    Rule(placeholders.left, ("placeholder-left",)),
    Rule(volume.publication, ("publication-incomplete",)),
    Rule(volume.claims, ("archival-claim", "statement-missing")),
    Rule(volume.site, ("site-url-missing",)),
    Rule(volume.languages, ("language-odd",)),
)
"""The rules that hold for every edition."""

PROFILES: Mapping[str, tuple[Rule, ...]] = {
    "acl": (
        Rule(acl.page_size, ("acl-page-size",)),
        Rule(acl.page_numbers, ("acl-page-numbers",)),
        Rule(acl.limitations, ("acl-limitations",)),
        Rule(acl.volume, ("acl-volume-incomplete",)),
    ),
    "dmlr": (
        Rule(dmlr.texts, ("dmlr-title-length", "dmlr-abstract-length")),
        Rule(dmlr.files, ("dmlr-file-size",)),
    ),
    "jstars": (
        Rule(jstars.abstracts, ("jstars-abstract-length",)),
        Rule(jstars.pdfs, ("jstars-xplore",)),
    ),
    "pmlr": (
        Rule(pmlr.proceedings, ("pmlr-field-missing", "pmlr-volume-braces", "pmlr-date")),
        Rule(pmlr.articles, ("pmlr-field-missing", "pmlr-key", "pmlr-abstract-tex")),
        Rule(pmlr.names, ("pmlr-name-form",)),
        Rule(pmlr.files, ("pmlr-supplement-name", "pmlr-subfolder")),
    ),
}
"""The rules that only one venue has, by the name of its profile."""


def run(
    volume: Volume,
    inspections: Mapping[str, Inspection],
    root: Path,
    profiles: Collection[str] = (),
    memory: Memory | None = None,
) -> tuple[Finding, ...]:
    """Everything that the rules find, in a stable order; what editors accepted is marked so.

    `inspections` is keyed by paper; PDFs that belong to no paper may stand in it under their
    path, and are then recognised by their title. What `memory` holds of papers that did not
    change is not looked for again. Raises `KeyError` for an unknown profile.
    """
    rules = [*RULES, *(rule for profile in sorted(profiles) for rule in PROFILES[profile])]
    facts = Facts(
        volume=volume,
        inspections=inspections,
        files=files.look(root),
        untouched=edition.untouched(root),
        typed=_typed(root),
        bibliography=_bibliography(root) if "pmlr" in profiles else None,
    )
    # Only the findings of our own rules are kept; a profile is asked for now and then.
    asked = [rule for rule in rules if not (rule.alone and rule in RULES)]
    found = [finding for rule in asked for finding in rule.find(facts)]
    if memory:
        found += memory.findings(facts, _in_papers)
    else:
        found += _in_papers(facts.alone(facts.volume.papers))
    ran = {code for rule in rules for code in rule.codes}
    return Report.of(accept(found, volume), review(found, volume, ran)).findings


_ENTRY = re.compile(
    r"^[ \t]*@(?!(?:proceedings|comment|string|preamble)\b)\w+\s*[{(]\s*([^\s,{}()@=]+)\s*,",
    re.MULTILINE | re.IGNORECASE,
)
"""The key of an entry that begins, whether or not it can be read."""


def _typed(root: Path) -> frozenset[str]:
    try:
        text = (root / "papers" / "papers.bib").read_text("utf-8", errors="replace")
    except OSError:
        return frozenset()
    return frozenset(_ENTRY.findall(text))


def _in_papers(facts: Facts) -> Iterator[Finding]:
    """What the rules find that judge each paper by itself."""
    return (finding for rule in RULES if rule.alone for finding in rule.find(facts))


def _bibliography(root: Path) -> Bibliography | None:
    from builder.edition import bibtex

    path = root / "papers" / "papers.bib"
    return bibtex.read(path, "papers/papers.bib") if path.is_file() else None

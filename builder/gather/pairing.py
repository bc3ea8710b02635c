"""Which PDF belongs to which paper: by the id in its name, checked against the title on page 1."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from builder import work
from builder.gather.gathered import Merged
from builder.model import Finding, Inspection, Paper, PdfKind, Severity, Volume, Where
from builder.model.likeness import SAME, FirstPage, ranked
from builder.model.markup import plain

_AHEAD = 0.15
"""How much liker than the next paper's title the best must be, if the file's name says nothing."""
_NO_PAPER = re.compile(r"\b(supp|supplement(ary)?|appendix|slides|poster|copyright)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Which paper a file seems to be, and how sure that is."""

    file: str
    """Name of the file, as in the inspections."""
    key: str = ""
    """Key of the paper, or empty where none is likely."""
    confidence: float = 0.0
    """0 to 1."""
    certain: bool = False
    """Whether `copy` copies it without anybody looking."""
    why: str = ""
    """What speaks for it, or against, in words for an editor."""


def pair(
    volume: Volume,
    inspections: Mapping[str, Inspection],
    numbers: Mapping[str, str] | None = None,
) -> tuple[Proposal, ...]:
    """Proposes a paper for each file, in the order of the files.

    `inspections` maps file names to what was seen in them; `numbers` maps papers' keys to the
    numbers that the submission system gave them. A proposal is certain only if name and title do
    not contradict each other and no other paper or file comes close.
    """
    papers = [paper for paper in volume.shown if paper.pdf is PdfKind.LOCAL]
    titles = {paper.key: plain.render(paper.title) for paper in papers}
    ids = _ids(papers, numbers or {})
    proposals = [_proposal(name, seen, titles, ids) for name, seen in inspections.items()]
    return tuple(_each_once(proposals, inspections))


def _ids(papers: Iterable[Paper], numbers: Mapping[str, str]) -> dict[str, tuple[str, str, str]]:
    """Key, forum's id and number of each paper; empty where it has none."""
    ids = {}
    for paper in papers:
        forum = re.search(r"[?&]id=([\w-]+)", paper.openreview)
        number = numbers.get(paper.key, paper.key if paper.key.isdigit() else "")
        ids[paper.key] = (paper.key, forum[1] if forum else "", number.lstrip("0"))
    return ids


def _by_name(name: str, ids: Mapping[str, tuple[str, str, str]]) -> tuple[str, str]:
    """The paper that a file is named after, and how: `exactly`, `partly`, `number` or not."""
    stem = PurePath(name).stem
    for key, forum, _ in ids.values():
        if stem.casefold() == key.casefold() or (forum and _stands_in(forum, stem)):
            return key, "exactly"
    words = [key for key in ids if not key.isdigit()]
    partly = [key for key in words if _stands_in(key.lower(), stem.lower())]
    how = "partly"
    if not partly:
        how = "number"
        in_name = {digits.lstrip("0") for digits in re.findall(r"(?<!\d)\d{1,5}(?!\d)", stem)}
        partly = [key for key, _, number in ids.values() if number and number in in_name]
    partly.sort(key=len, reverse=True)
    longest = [key for key in partly if len(key) == len(partly[0]) or key.isdigit()]
    return (longest[0], how) if len(longest) == 1 else ("", "")


def _stands_in(id: str, stem: str) -> bool:
    """Whether an id stands in a name by itself, not as part of a longer word."""
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(id)}(?![A-Za-z0-9])", stem) is not None


def _proposal(
    name: str,
    seen: Inspection,
    titles: Mapping[str, str],
    ids: Mapping[str, tuple[str, str, str]],
) -> Proposal:
    named, how = _by_name(name, ids)
    if not seen.usable:
        why = seen.problem or "it has no pages"
        return Proposal(file=name, key=named, confidence=0.3 if named else 0.0, why=why)
    page = FirstPage.of(seen)
    if not page.readable:
        if how == "exactly":
            why = "named by its id; page 1 has no text to compare with its title"
            return Proposal(file=name, key=named, confidence=0.8, certain=True, why=why)
        why = "page 1 has no text to compare with titles"
        return Proposal(file=name, key=named, confidence=0.4 if named else 0.0, why=why)
    best = ranked(titles, seen, 2)
    if not best:
        return Proposal(file=name, why="there is no paper to compare with")
    key, score = best[0]
    if named:
        own = page.likeness(titles[named])
        if own >= SAME and own >= score - _AHEAD:
            confidence = 0.99 if how == "exactly" else 0.95
            why = "its name and the title on page 1 agree"
            return Proposal(file=name, key=named, confidence=confidence, certain=True, why=why)
        second = best[1][1] if len(best) > 1 else 0.0
        if how == "number" and score >= SAME and score - max(second, own) >= _AHEAD:
            why = f"the title on page 1; the number in its name is only by chance that of {named}"
            return Proposal(file=name, key=key, confidence=0.9, certain=True, why=why)
        if score >= SAME:
            why = f"named like {named}, but page 1 shows the title of {key}"
            return Proposal(file=name, key=key, confidence=0.5, why=why)
        why = f"named like {named}, but its title does not stand on page 1"
        return Proposal(file=name, key=named, confidence=0.5 if how == "exactly" else 0.3, why=why)
    if _NO_PAPER.search(PurePath(name).stem.lower().replace("_", " ").replace("-", " ")):
        why = "its name says that it is no paper"
        return Proposal(file=name, key=key if score >= SAME else "", confidence=0.2, why=why)
    second = best[1][1] if len(best) > 1 else 0.0
    if score >= SAME and score - second >= _AHEAD:
        why = "the title on page 1"
        return Proposal(file=name, key=key, confidence=round(score, 2), certain=True, why=why)
    if score >= SAME:
        why = f"the title on page 1, which is like that of {best[1][0]} too"
        return Proposal(file=name, key=key, confidence=round(score / 2, 2), why=why)
    if score >= SAME * 0.8:
        why = "a title on page 1 that is only similar"
        return Proposal(file=name, key=key, confidence=round(score / 2, 2), why=why)
    return Proposal(file=name, why="no paper's title stands on page 1")


def _each_once(
    proposals: Sequence[Proposal], inspections: Mapping[str, Inspection]
) -> Iterable[Proposal]:
    """Of several files for one paper none is certain, unless they are the same file."""
    claims: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        if proposal.certain:
            claims[proposal.key].append(proposal)
    for proposal in proposals:
        rivals = [other for other in claims[proposal.key] if other.file != proposal.file]
        if not proposal.certain or not rivals:
            yield proposal
            continue
        digest = inspections[proposal.file].sha256
        if all(inspections[other.file].sha256 == digest for other in rivals) and digest:
            first = min([proposal.file, *(other.file for other in rivals)])
            if proposal.file == first:
                yield proposal
            else:
                yield replace(proposal, certain=False, why=f"the same file as {first}")
            continue
        others = ", ".join(sorted(other.file for other in rivals))
        yield replace(
            proposal,
            certain=False,
            confidence=round(proposal.confidence / 2, 2),
            why=f"{others} seems to be the same paper",
        )


def copy(
    root: Path, volume: Volume, proposals: Iterable[Proposal], files: Mapping[str, Path]
) -> Merged:
    """Copies the certain files to where the edition expects them; never over a different file.

    `files` maps the names in the proposals to paths. Raises `OSError` if one cannot be written.
    """
    findings = []
    changed = []
    for proposal in proposals:
        paper = volume.paper(proposal.key) if proposal.key else None
        if not proposal.certain or paper is None:
            findings.append(
                Finding(
                    code="gather-pdf-uncertain",
                    severity=Severity.WARNING,
                    message=f"{proposal.file} was not copied: {proposal.why}",
                    subject=proposal.key,
                    where=Where(file=proposal.file),
                    hint=f"look inside; if it is {proposal.key}, copy it to "
                    f"papers/{proposal.key}.pdf yourself"
                    if proposal.key
                    else "look inside; if it is a paper, copy it to papers/<key>.pdf yourself, "
                    "where <key> is its key in papers.bib",
                )
            )
            continue
        name = paper.pdf_file or f"papers/{paper.key}.pdf"
        target = root / name
        data = files[proposal.file].read_bytes()
        if target.exists():
            if not target.is_file() or target.read_bytes() != data:
                findings.append(
                    Finding(
                        code="gather-file-differs",
                        severity=Severity.WARNING,
                        message=f"{name} is there already and differs from {proposal.file}; "
                        "yours stays",
                        subject=paper.key,
                        where=Where(file=name),
                        hint=f"delete {name} and gather again to have {proposal.file}",
                    )
                )
            continue
        work.write_if_changed(target, data)
        changed.append(Path(name))
    return Merged(tuple(findings), tuple(sorted(changed)))

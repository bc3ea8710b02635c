"""Whether a PDF is the final version for this volume: not for review, not another venue's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from builder.check.facts import Facts, pdf_page
from builder.check.wording import excerpt, number, ranges, read, spoken, words
from builder.model import Finding, Inspection, PageSeen, Severity, Volume

_ANONYMOUS = re.compile(
    r"\banonymous\s+(?:author|submission|\w+\s+submission|workshop|preprint|for\s+review)|"
    r"^[^\w\n]{0,20}anonymous[^\w\n]{0,20}$|\bauthor(?:s|\(s\))?\s+(?:names?\s+)?(?:information\s+)?"
    r"(?:omitted|removed|hidden|withheld|anonymi[sz]ed)\b|\bpaper\s*id\s*[:#*]",
    re.I | re.M,
)
_REVIEW = re.compile(
    r"\bunder\s+(?:double[- ]blind\s+)?review\s+(?:as|by|at|for|in|to)\b[^\n]{0,60}|"
    r"\bunder\s+(?:double[- ]blind\s+|single[- ]blind\s+)?review\s*\.|"
    r"\bpaper\s+under\s+double[- ]blind\s+review|\bconfidential\s+review\s+copy|"
    r"\bdo\s+not\s+distribute\b|^[^\w\n]{0,20}submitted\s+to\s+[^\n]{3,80}|"
    r"\bmanuscript\s+submitted\s+to\b[^\n]{0,40}|\bsubmission\s+(?:no\.?|number|#)\s*:?\s*[\d*#]+|"
    r"\breview\s+(?:copy|version)\b",
    re.I | re.M,
)
_HIDDEN_LINK = re.compile(
    r"anonymous\.4open\.science|anonymous\.(?:github|gitlab)\.\w+|anon(?:ymous)?-?github", re.I
)
_NOTICE = re.compile(
    r"^[^\w\n]{0,20}(?:(?:in|to\s+appear\s+in|appears\s+in|appearing\s+in)\s+)?(?:the\s+)?"
    r"(?-i:Proceedings|PROCEEDINGS)\s+of\s+[^\n]{8,160}(?:\n[^\n]{0,120})?|"
    r"(?-i:\bPublished)\s+(?:as\s+a\s+[\w\s]{3,30}\s+)?(?:at|in|by)\s+(?:the\s+)?(?-i:[A-Z])[^\n]{3,90}|"
    r"^[^\w\n]{0,20}(?:accepted|presented|appeared|to\s+appear)\s+(?:at|in|to|by|for)\s+(?:the\s+)?"
    r"(?-i:[A-Z0-9])[^\n]{3,90}|"
    r"^[^\w\n]{0,20}ACM\s+reference\s+format[^\n]{0,20}|"
    r"^[^\w\n]{0,20}(?-i:IEEE\s+TRANSACTIONS\s+ON)[^\n]{3,90}|^[^\w\n]{0,20}preprint\s+submitted\s+to\s+[^\n]{3,60}|"
    r"\bsubmitted\s+to\s+the\s+IEEE\s+for\s+possible\s+publication|"
    r"\b\d+(?:st|nd|rd|th)\s+conference\s+on\s+neural\s+information\s+processing[^\n]{0,60}|"
    r"\bJMLR:\s*Workshop\s+and\s+Conference[^\n]{0,60}|(?-i:\bPMLR)\s+\d+[^\n]{0,40}|"
    r"(?:©|\bcopyright\b)[^\n]{0,30}\b(?:association\s+for|(?-i:IEEE|ACM)\b|springer|elsevier)"
    r"[^\n]{0,60}",
    re.I | re.M,
)
"""Lines by which publications mark a paper as theirs."""
_ARXIV = re.compile(r"arXiv\s*:\s*(\d{4}\.\d{4,5}(?:v\d+)?)\s*\[[\w.-]+\]", re.I)
_DRAFT = re.compile(
    r"^[^\w\n]{0,20}(?:draft|preprint|work\s+in\s+progress|preliminary(?:\s+(?:work|version|draft))?|"
    r"(?:this\s+is\s+a\s+)?draft(?:\s+version)?(?:\s*[,:–-]?\s*[\w\s.,:/-]{0,30})?|"
    r"confidential|not\s+for\s+(?:distribution|citation))[^\w\n]{0,20}$",
    re.I | re.M,
)
_UNRESOLVED = re.compile(
    r"(?:\b(?:sections?|sec\.|figures?|figs?\.?|tables?|tab\.|equations?|eqs?\.?|eqn\.|appendi(?:x|ces)|"
    r"algorithms?|theorems?|lemmas?|chapters?|pages?|definitions?|propositions?)|§)[\s~(]*\?\?(?!\?)|"
    r"\[\?(?:\s*[,;]\s*\?)*\]|\(\?(?:\s*[,;]\s*\?)+\)|\(author\?\)",
    re.I,
)
_FRAME = 3
"""Pages whose margins are searched for running heads."""
_COMMON = frozenset(
    words(
        "the of and on in for at to proceedings conference international workshop annual"
        " meeting vol "
        "volume pages page association copyright paper papers published accepted presented"
        " appear by "
        "th st nd rd special interest group symposium"
    )
)


def _head(inspection: Inspection) -> str:
    text = read(inspection.pages[0].text)
    end = re.search(r"^[^\w\n]{0,20}abstract\b", text, re.I | re.M)
    return text[: end.start()] if end and end.start() > 20 else text[:1500]


def _frame(inspection: Inspection) -> str:
    """Page 1, and the margins of the first pages, where notices stand."""
    pages = inspection.pages
    margins = [_margins(page) for page in islice(pages, 1, _FRAME)]
    return "\n".join([read(pages[0].text), _margins(pages[0]), *margins])


def _margins(page: PageSeen) -> str:
    return f"{read(page.top, 2000)}\n{read(page.bottom, 2000)}"


def anonymous(inspection: Inspection) -> bool:
    """Whether page 1 hides who wrote the paper."""
    return bool(_ANONYMOUS.search(_head(inspection)))


def review_version(facts: Facts) -> Iterator[Finding]:
    """A version made for reviewers: anonymous, marked, or with numbered lines."""
    for paper, inspection in facts.seen:
        signs: list[str] = []
        nameless = False
        head, frame = _head(inspection), _frame(inspection)
        if found := _ANONYMOUS.search(head):
            nameless = True
            signs.append(f"“{excerpt(found.group(), 60)}” instead of its authors")
        if found := _REVIEW.search(frame):
            signs.append(f"the words “{excerpt(found.group(), 70)}”")
        if inspection.line_numbers:
            signs.append("numbered lines")
        hidden = [
            at
            for at, page in enumerate(inspection.pages, 1)
            if "anon" in page.text.casefold() and _HIDDEN_LINK.search(read(page.text))
        ]
        if signs:
            if hidden:
                signs.append(f"an anonymous repository ({ranges(hidden)})")
            # To print it would publish a paper without its authors; one weak sign may be chance.
            sure = nameless or len(signs) > 1
            yield Finding(
                code="review-version",
                severity=Severity.ERROR if sure else Severity.WARNING,
                message=f"this looks like the version for review: it shows {spoken(signs)}",
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint="Ask the authors for the camera-ready version, with names and without marks.",
            )
        elif hidden:
            yield Finding(
                code="anonymous-link",
                severity=Severity.WARNING,
                message=f"{ranges(hidden)}: a link to an anonymous repository, which will expire",
                subject=paper.key,
                where=pdf_page(paper, hidden[0]),
                hint="Ask the authors to give the repository's real address.",
            )


def other_venue(facts: Facts) -> Iterator[Finding]:
    """The notice of another publication, left in by a template."""
    own = _own_words(facts.volume)
    for paper, inspection in facts.seen:
        notice = next(
            (
                text
                for found in _NOTICE.finditer(_before_references(_frame(inspection), inspection))
                if not _is_own(text := excerpt(found.group(), 160), own, facts.volume)
            ),
            None,
        )
        if notice:
            yield Finding(
                code="other-venue-notice",
                severity=Severity.WARNING,
                message=f"page 1 carries the notice of another publication: “{notice}”",
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint="Ask the authors for a version with this event's notice, or with none.",
            )


def _before_references(text: str, inspection: Inspection) -> str:
    if inspection.references_page != 1:
        return text
    found = re.search(r"^[^\w\n]{0,20}(?:\d+\.?\s*)?references[^\w\n]{0,20}$", text, re.I | re.M)
    return text[: found.start()] if found else text


def _own_words(volume: Volume) -> list[set[str]]:
    names = [volume.event.name, volume.title, volume.event.host, volume.event.short_name]
    return [{word for word in words(name) if word not in _COMMON} for name in names if name]


def _is_own(notice: str, own: list[set[str]], volume: Volume) -> bool:
    """Whether a notice speaks of this event, this volume or its host, in their own year."""
    said = set(words(notice)) - _COMMON
    year = volume.event.year
    years = {int(found) for found in re.findall(r"\b(?:19|20)\d\d\b", notice)}
    if year and years and year not in years:
        return False
    for name in own:
        common = name & said
        if name and len(common) >= max(1, round(0.6 * len(name))):
            return True
    return False


def arxiv_stamp(facts: Facts) -> Iterator[Finding]:
    """The line that arXiv prints up the side of page 1."""
    for paper, inspection in facts.seen:
        first = inspection.pages[0]
        left = read(first.left, 2000)
        sides = f"{left}\n{read(first.text)}\n{left[::-1]}"
        if found := _ARXIV.search(sides):
            yield Finding(
                code="arxiv-stamp",
                severity=Severity.WARNING,
                message="this is the copy from arXiv: page 1 carries the side stamp"
                f" arXiv:{found.group(1)}",
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint="Ask the authors for their own PDF without the stamp.",
            )


def page_numbers(facts: Facts) -> Iterator[Finding]:
    """Page numbers that are already printed; the volume's stand beside them."""
    for paper, inspection in facts.seen:
        first = printed_from(inspection)
        if first is None:
            continue
        foreign = first > 1
        yield Finding(
            code="page-numbers-printed",
            severity=Severity.WARNING if foreign else Severity.INFO,
            message=f"page numbers are already printed, from {first} on"
            + ("; they look like another volume's" if foreign else ""),
            subject=paper.key,
            where=pdf_page(paper, 1),
            hint="Ask for a PDF without page numbers, or let the paper keep its own or hide them"
            " (booklet: stamps: numbers: keep, or cover).",
        )


def printed_from(inspection: Inspection) -> int | None:
    """The number printed in the margin of page 1, where numbers run through the paper."""
    if inspection.page_count < 2:
        return None
    offsets: dict[int, int] = {}
    for at, page in enumerate(inspection.pages, 1):
        edges = set()
        for line in _margins(page).split("\n"):
            edges |= _alone(line)
        for value in edges:
            offsets[value - at] = offsets.get(value - at, 0) + 1
    good = [
        o for o, count in offsets.items() if count >= 2 and count >= 0.7 * inspection.page_count
    ]
    first = min(good, key=lambda o: (-offsets[o], abs(o)), default=None)
    return first + 1 if first is not None and first >= 0 else None


def _alone(line: str) -> set[int]:
    """Numbers at either end of a margin's line, as running heads print them."""
    found = re.findall(r"^[^\w\n]{0,20}(\d{1,4})\b|\b(\d{1,4})[^\w\n]{0,20}$", line.strip())
    return {int(value) for pair in found for value in pair if value}


def draft_marks(facts: Facts) -> Iterator[Finding]:
    """Words like DRAFT, printed across pages or in their margins."""
    for paper, inspection in facts.seen:
        pages = {
            at: found.group()
            for at, page in enumerate(inspection.pages, 1)
            if (found := _DRAFT.search(_margins(page))) or (found := _watermark(read(page.text)))
        }
        if not pages or (len(pages) * 2 < inspection.page_count and 1 not in pages):
            continue
        yield Finding(
            code="draft-mark",
            severity=Severity.WARNING,
            message=f"{number(len(pages), 'page')} marked"
            f" “{excerpt(next(iter(pages.values())), 40)}”",
            subject=paper.key,
            where=pdf_page(paper, min(pages)),
            hint="Ask the authors for the final version.",
        )


def _watermark(text: str) -> re.Match[str] | None:
    return re.search(r"^(?:DRAFT|PREPRINT|CONFIDENTIAL|PRELIMINARY|D\s?R\s?A\s?F\s?T)$", text, re.M)


def unresolved(facts: Facts) -> Iterator[Finding]:
    """`Section ??` and `[?]`: references that LaTeX could not resolve."""
    for paper, inspection in facts.seen:
        found: dict[int, str] = {}
        total = 0
        for at, page in enumerate(inspection.pages, 1):
            text = read(page.text)
            if "??" not in text and "?]" not in text and "?)" not in text:
                continue  # the pattern costs a millisecond a page
            hits = [hit.group() for hit in _UNRESOLVED.finditer(text)]
            total += len(hits)
            if hits:
                found[at] = hits[0]
        if found:
            yield Finding(
                code="unresolved-reference",
                severity=Severity.WARNING,
                message=f"{number(total, 'reference')} left open, such as"
                f" “{excerpt(next(iter(found.values())), 30)}” ({ranges(found)})",
                subject=paper.key,
                where=pdf_page(paper, min(found)),
                hint="Ask the authors to run LaTeX once more and look for the undefined label.",
            )

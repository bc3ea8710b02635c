"""Letters to author teams: invitation, reminder, what is missing. Written down, never sent."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from builder.export import profile
from builder.export.decision import Decision
from builder.export.mail import Mailbox, clean, deliverable
from builder.export.missing import missing
from builder.export.occasion import Occasion
from builder.export.profile import threshold
from builder.export.rules import PROCEEDINGS
from builder.export.schedule import spelled
from builder.model import Finding, Paper, Severity, Where
from builder.model.markup import plain

if TYPE_CHECKING:
    from builder.edition.private import Day, Progress

Kind = Literal["invitation", "reminder", "missing"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OVERRIDES = ("private/letters", "proceedings/letters")
"""Where an editor's own template goes before ours, in this order: `<kind>.txt`."""
WIDTH = 76
"""Characters per line, so that a letter survives being quoted."""
FEW = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to the authors of one paper."""

    kind: Kind
    target: str
    key: str
    to: tuple[Mailbox, ...]
    """Those of the authors whose address is recorded and can be written to."""
    without: tuple[str, ...]
    """The other authors."""
    subject: str
    body: str


def write(
    occasion: Occasion, kind: Kind, only: Collection[str] = ()
) -> tuple[tuple[Letter, ...], tuple[Finding, ...]]:
    """The letters of one kind that are due, in the volume's order; `only` narrows the papers.

    A lack (no address, a template that cannot be filled in) is a finding; the letter is written
    as far as it can be.
    """
    try:
        template = _environment(occasion.root).get_template(f"{kind}.txt")
    except jinja2.TemplateError as problem:
        return (), (_broken(occasion.root, kind, problem),)
    letters, findings = [], list(_senders(occasion))
    for decision in occasion.decisions:
        paper = occasion.volume.paper(decision.key)
        if paper is None or (only and paper.key not in only):
            continue
        if not due(occasion, kind, paper, decision):
            continue
        try:
            text = template.render(**_values(occasion, paper, decision))
            subject, body = divided(text)
        except (jinja2.TemplateError, TypeError, ValueError) as problem:
            return (), (_broken(occasion.root, kind, problem),)
        boxes = [
            Mailbox(author.name.full, occasion.private.email(paper.key, author.name.full))
            for author in paper.contributors
        ]
        to = tuple({box.email.lower(): box for box in boxes if deliverable(box)}.values())
        without = tuple(box.name for box in boxes if not deliverable(box))
        findings += _addresses(paper, boxes, without, to)
        letter = Letter(
            kind=kind, target=occasion.target, key=paper.key, to=to, without=without,
            subject=subject, body=body,
        )  # fmt: skip
        letters.append(letter)
    return tuple(letters), tuple(findings)


def due(occasion: Occasion, kind: Kind, paper: Paper, decision: Decision) -> bool:
    """Whether a letter of that kind is to be written to the authors of a paper now."""
    noted = occasion.private.on_its_way(occasion.target, paper.key)
    agreed = occasion.agreed(paper.key)
    if occasion.declined(paper.key) or noted.submitted or decision.verdict == "no":
        return False
    match kind:
        case "invitation":
            return not (agreed or noted.invited or occasion.promised(paper.key))
        case "reminder":
            if not agreed:
                return bool(noted.invited)
            return not _came(occasion, noted)
        case "missing":
            return agreed and bool(_missing(occasion, paper))


def text(letter: Letter) -> str:
    """A letter as a plain text file that a person can read, change and send."""
    to = ", ".join(f"{clean(box.name)} <{box.email}>" for box in letter.to)
    lines = [
        f"To: {to or '(no address is recorded)'}",
        f"Subject: {letter.subject}",
        "",
        letter.body,
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def divided(text: str) -> tuple[str, str]:
    """Subject and body of a letter that begins with `Subject:`, perhaps behind a `To:` line.

    Raises `ValueError` if there is no subject.
    """
    head, _, body = text.lstrip("\ufeff \n").replace("\r\n", "\n").partition("\n\n")
    found = re.search(r"(?im)^subject:[ \t]*(\S.*)$", head)
    if found is None:
        raise ValueError("the letter does not begin with a line `Subject: …` and an empty line")
    return clean(found[1]), _wrapped(body)


def _values(occasion: Occasion, paper: Paper, decision: Decision) -> dict[str, Any]:
    volume, target, private = occasion.volume, occasion.target, occasion.private
    noted = private.on_its_way(target, paper.key)
    names = [clean(author.name.full) for author in paper.contributors]
    if len(names) > FEW:
        names = [*names[:FEW], f"{len(names) - FEW} others"]
    guests = [clean(guest.contributor.name.full) for guest in occasion.issue.guest_editors]
    asked, source = threshold(volume, target)
    return {
        "volume": volume,
        "paper": paper,
        "key": paper.key,
        "title": clean(plain.render(paper.title)),
        "authors": _listed(names) or "authors",
        "event": clean(volume.event.short_name),
        "event_name": clean(volume.event.name),
        "journal": target.upper(),
        "journal_name": _name(target),
        "issue": clean(occasion.issue.title),
        "guests": guests,
        "signature": "\n".join(guests) or "[Editors: sign]",
        "proceedings": target in PROCEEDINGS,
        "asked": asked,
        "source": source,
        "promised": _listed([other.upper() for other in occasion.promised(paper.key)]),
        "questions": [
            clean(reason.evidence)
            for reason in decision.decisive
            if reason.verdict == "ask" and reason.rule not in {"consent", "elsewhere"}
        ],
        "dates": [
            {"what": clean(line.what), "when": clean(line.text) or _spelled(line.date)}
            for line in occasion.issue.timeline
            if line.text or line.date
        ],
        "invited": _spelled(noted.invited),
        "awaited": "manuscript" if occasion.agreed(paper.key) else "answer",
        "missing": [clean(item) for item in _missing(occasion, paper)],
    }  # fmt: skip


def _spelled(day: Day) -> str:
    return "" if day is None or day is True else spelled(day)


def _came(occasion: Occasion, noted: Progress) -> bool:
    return bool(noted.received) or noted.paper in occasion.manuscripts


def _missing(occasion: Occasion, paper: Paper) -> tuple[str, ...]:
    found = missing(
        occasion.volume,
        paper,
        occasion.target,
        occasion.private,
        occasion.manuscripts.get(paper.key),
    )
    noted = occasion.private.on_its_way(occasion.target, paper.key)
    # What an editor noted as received need not lie in the folder.
    return tuple(item for item in found if not (noted.received and item.startswith("the manuscr")))


def _name(target: str) -> str:
    try:
        known = profile.load(target)
    except FileNotFoundError:
        return target.upper()
    return f"{known.name} ({known.short})"


def _listed(names: list[str]) -> str:
    return (
        names[0]
        if len(names) == 1
        else " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    )


# -- templates ---------------------------------------------------------------------------------


def _environment(root: Path) -> jinja2.Environment:
    # Letters are plain text: nothing is escaped, everything that comes in is one clean line.
    return ImmutableSandboxedEnvironment(
        loader=jinja2.ChoiceLoader(
            [
                *(jinja2.FileSystemLoader(root / folder) for folder in OVERRIDES),
                jinja2.PackageLoader("builder.export", "templates/desk"),
            ]
        ),
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _wrapped(body: str) -> str:
    """The body in lines of `WIDTH`; indented blocks, list items and signatures keep their lines."""
    blocks = []
    for block in re.split(r"\n\s*\n", body.strip("\n")):
        lines = block.split("\n")
        blocks.append("\n".join(_fold(line) for line in lines if line.strip()))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _fold(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()))
    hanging = indent + ("  " if line.lstrip().startswith("- ") else "")
    return textwrap.fill(
        line.rstrip(),
        WIDTH,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


# -- findings ----------------------------------------------------------------------------------


def _broken(root: Path, kind: Kind, problem: Exception) -> Finding:
    file = next(
        (
            f"{folder}/{kind}.txt"
            for folder in OVERRIDES
            if (root / folder / f"{kind}.txt").is_file()
        ),
        f"{kind}.txt",
    )
    line = getattr(problem, "lineno", None)
    return Finding(
        code="letter-template",
        severity=Severity.ERROR,
        message=f"the template {file} cannot be filled in: {problem}",
        where=Where(file=file, line=line),
        hint="correct the template, or delete it to write the usual letter",
    )


def _senders(occasion: Occasion) -> Iterator[Finding]:
    usable = [
        one for one in occasion.private.senders if deliverable(Mailbox(one.author, one.email))
    ]
    if not usable:
        yield Finding(
            code="letter-no-sender",
            severity=Severity.INFO,
            message="the letters name no sender: no editor's address is recorded",
            where=Where(file="private/contacts.yaml"),
            hint="write it into private/contacts.yaml under `editors:`, or let your mail program "
            "fill it in",
        )


def _addresses(
    paper: Paper,
    boxes: list[Mailbox],
    without: tuple[str, ...],
    to: tuple[Mailbox, ...],
) -> Iterator[Finding]:
    odd = [box for box in boxes if box.email and not deliverable(box)]
    for box in odd:
        yield Finding(
            code="letter-address",
            severity=Severity.WARNING,
            message=f"{box.name} of {paper.key} cannot be written to at `{box.email}`",
            subject=paper.key,
            where=Where(file="private/contacts.yaml"),
            hint="for the editors to mend: ask for an address in plain letters",
        )
    silent = [name for name in without if name not in {box.name for box in odd}]
    if silent:
        names = _listed(
            silent if len(silent) <= FEW else [*silent[:FEW], f"{len(silent) - FEW} more"]
        )
        yield Finding(
            code="letter-no-email",
            severity=Severity.INFO if to else Severity.WARNING,
            message=f"no e-mail address is recorded for {names} of {paper.key}"
            + ("" if to else "; the letter has nobody to go to"),
            subject=paper.key,
            where=Where(file="private/contacts.yaml"),
            hint="for the editors to mend: write it into private/contacts.yaml under "
            f"`{paper.key}:`",
        )

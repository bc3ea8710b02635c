"""A submission to `DMLR/-/Submission` as OpenReview's API 2 takes it, as far as we can know it.

Fields and limits: the journal's own settings as its software tests them (openreview-py,
tests/test_dmlr_journal.py, read 2026-11-22); ask for the invitation itself before you rely on it.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from builder.export.dossier import PREVIEW, Dossier
from builder.model import Contributor, Markup
from builder.model.markup import Link, Math, Node, Styled, Text

T = TypeVar("T")

_PROFILE = r"^(~[^\s~]+\d+|[^@\s]+@[^@\s]+\.[^@\s]+|)$"


class Value(BaseModel, Generic[T]):
    """One field's value; `None` until its authors have written it."""

    model_config = ConfigDict(extra="forbid")
    value: T | None


Long = Annotated[str, Field(max_length=5000)]


class Content(BaseModel):
    """The form's fields, with their limits."""

    model_config = ConfigDict(extra="forbid")
    title: Value[Annotated[str, Field(min_length=1, max_length=250)]]
    abstract: Value[Long]
    authors: Value[Annotated[list[str], Field(min_length=1)]]
    authorids: Value[list[Annotated[str, Field(pattern=_PROFILE)]]]
    keywords: Value[Annotated[str, Field(pattern=r"^$|^[^;,\n]+(,[^,\n]+)*$")]]
    pdf: Value[str]
    supplementary_material: Value[str]
    previous_DMLR_submission_url: Value[  # noqa: N815 - the journal's own name of the field
        Annotated[str, Field(pattern=r"^https://openreview\.net/forum\?id=.+")]
    ]
    changes_since_last_submission: Value[Long]
    competing_interests: Value[Long]
    human_subjects_reporting: Value[Long]


OPTIONAL = frozenset(
    {"supplementary_material", "previous_DMLR_submission_url", "changes_since_last_submission"}
)
"""Fields that may stay empty."""


def content(dossier: Dossier) -> dict[str, dict[str, Any]]:
    """`note.content`: what the volume knows; `None` for what only the authors can say."""
    paper = dossier.paper
    keywords = [re.sub(r"[;,\s]+", " ", keyword).strip() for keyword in paper.keywords]
    values: dict[str, Any] = {
        "title": _text(paper.title),
        "abstract": _text(paper.abstract) if paper.abstract else None,
        "authors": [author.name.full for author in paper.contributors] or None,
        "authorids": [identifier(dossier, author) for author in paper.contributors],
        "keywords": ", ".join(keyword for keyword in keywords if keyword),
        "pdf": None,
        "supplementary_material": None,
        "previous_DMLR_submission_url": None,
        "changes_since_last_submission": None,
        "competing_interests": None,
        "human_subjects_reporting": None,
    }
    return {field: {"value": value} for field, value in values.items()}


def _text(markup: Markup) -> str:
    """Plain text with formulas between dollars, as OpenReview shows them."""
    return "\n\n".join("".join(map(_piece, nodes)) for nodes in markup.paragraphs).strip()


def _piece(node: Node) -> str:
    match node:
        case Math(tex, display):
            return f"$${tex}$$" if display else f"${tex}$"
        case Styled(_, children) | Link(_, children):
            return "".join(map(_piece, children))
        case Text(text):
            return text
        case _:
            return " "


def submission(dossier: Dossier) -> str:
    """The note edit as JSON, and beside it what is still to be done before it is sent."""
    fields = content(dossier)
    author = dossier.corresponding
    data = {
        **({"status": PREVIEW} if dossier.preview else {}),
        "to_do": to_do(dossier),
        "edit": {
            "invitation": dossier.profile.value("invitation"),
            "signatures": [own] if author and (own := profile(dossier, author)) else [],
            "note": {"content": fields},
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def to_do(dossier: Dossier) -> list[str]:
    """What the authors have to add to the form, in its order."""
    fields = content(dossier)
    missing = [
        f"{field}: to be given by the authors"
        for field, value in fields.items()
        if value["value"] is None and field not in OPTIONAL
    ]
    without = [a.name.full for a in dossier.paper.contributors if not identifier(dossier, a)]
    found = [f"authorids: no profile and no address of {name}" for name in without]
    return [*missing, *found, *limits(dossier)]


def limits(dossier: Dossier) -> tuple[str, ...]:
    """Which of the form's limits the values break, in words."""
    try:
        Content.model_validate(content(dossier))
    except ValidationError as error:
        return tuple(
            f"{'.'.join(str(part) for part in problem['loc'] if part != 'value')}: {problem['msg']}"
            for problem in error.errors()
        )
    return ()


def problems(document: str) -> tuple[str, ...]:
    """What is wrong with the document itself: fields that the form lacks, or that it lacks."""
    data = json.loads(document)["edit"]["note"]["content"]
    expected = set(Content.model_fields)
    return tuple(sorted(f"field {name}" for name in expected ^ set(data)))


def profile(dossier: Dossier, author: Contributor) -> str:
    """The author's OpenReview profile, or empty."""
    person = dossier.volume.person(author.person) if author.person else None
    return author.openreview or (person.openreview if person else "")


def identifier(dossier: Dossier, author: Contributor) -> str:
    """Profile, else address, by which the form knows an author; else empty."""
    return profile(dossier, author) or dossier.email(author)

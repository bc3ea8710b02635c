"""People: who someone is (`Person`) and how they are named in one place (`Contributor`)."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.finding import Where
from builder.model.name import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """An institution as printed in one place; its finer parts only where the source gives them."""

    name: str
    """The line as printed: `KTH Royal Institute of Technology, Stockholm, Sweden`."""
    department: str = ""
    city: str = ""
    country: str = ""
    """As printed, or an ISO 3166-1 alpha-2 code."""
    ror: str = ""
    """Identifier of the Research Organization Registry, as `https://ror.org/…`, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """Somebody named in one place (on one paper, in one committee), as printed there."""

    name: Name
    affiliations: tuple[Affiliation, ...] = ()
    person: str = ""
    """Id of the `Person` this is, or empty where nobody said so."""
    orcid: str = ""
    """Sixteen digits with hyphens (`0000-0002-1825-0097`), or empty."""
    openreview: str = ""
    """OpenReview profile (`~Jane_Doe1`), or empty."""
    url: str = ""
    """A public page, http(s) only, or empty."""
    role: str = ""
    """Role within the committee or talk where it differs from the others' (`Lead`), or empty."""
    corresponding: bool = False
    biography: str = ""
    """Plain text, paragraphs separated by blank lines, or empty."""
    photo: str = ""
    """Path of an image relative to `proceedings/`, or empty."""
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One human being, under an id that never changes; `people.yaml` is the only registry."""

    id: str
    """Lower-case letters, digits and hyphens; appears in addresses, so never derived anew."""
    name: Name
    affiliations: tuple[Affiliation, ...] = ()
    orcid: str = ""
    openreview: str = ""
    url: str = ""
    former_names: tuple[Name, ...] = ()
    """Used to recognise the person in old material; shown only if `former_names_public`."""
    former_names_public: bool = False
    biography: str = ""
    photo: str = ""
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A named group of people: organizers, program committee, reviewers, volunteers."""

    id: str
    title: str
    members: tuple[Contributor, ...]
    where: Where | None = None

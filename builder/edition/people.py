"""Persons, committees, and everybody who is named somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.edition import names
from builder.edition.forms.authors import AuthorForm
from builder.edition.forms.fields import AffiliationParts, NameParts, Someone
from builder.edition.forms.people import PeopleForm, PersonForm
from builder.edition.sheet import Ids, Sheet
from builder.model import (
    Affiliation,
    Committee,
    Contributor,
    Finding,
    Name,
    Person,
    Severity,
    Where,
)
from builder.model.name import family_leads

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass
class Registry:
    """Who is known by an id, and what was odd about how people are named."""

    people: Mapping[str, Person] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def contributor(self, form: Someone, where: Where) -> Contributor | None:
        """Somebody named in one place; `None`, with a finding, where nobody is named.

        What the place does not say is filled in from the registry. An id that the registry does
        not know is kept in `person`; whoever checks the volume reports it.
        """
        if form.line:
            return self._line(form.line, where)
        person = self.people.get(form.person)
        if form.name is not None:
            name = name_of(form.name)
        elif person is not None:
            name = person.name
        else:
            name = Name(literal=form.person)
        if not name.full:
            self.findings.append(
                Finding(
                    code="missing-key",
                    severity=Severity.ERROR,
                    message="nobody is named here",
                    where=where,
                    hint="write `person:` with an id from people.yaml, or `name:`",
                )
            )
            return None
        printed = affiliations(form.affiliation, form.affiliations)
        return Contributor(
            name=name,
            affiliations=printed or (person.affiliations if person else ()),
            person=form.person,
            orcid=form.orcid or (person.orcid if person else ""),
            openreview=form.openreview or (person.openreview if person else ""),
            url=form.url or (person.url if person else ""),
            role=form.role,
            biography=form.biography or (person.biography if person else ""),
            photo=form.photo or (person.photo if person else ""),
            where=where,
        )

    def contributors(
        self, forms: Iterable[Someone], sheet: Sheet[Any], *path: str | int
    ) -> tuple[Contributor, ...]:
        """A list of people, each with its place in the file."""
        found = (
            self.contributor(form, sheet.where(*path, index)) for index, form in enumerate(forms)
        )
        return tuple(contributor for contributor in found if contributor is not None)

    def _line(self, line: str, where: Where) -> Contributor:
        """An id, a name, or `Name, affiliation`."""
        if (person := self.people.get(line)) is not None:
            return Contributor(
                name=person.name,
                affiliations=person.affiliations,
                person=person.id,
                orcid=person.orcid,
                openreview=person.openreview,
                url=person.url,
                biography=person.biography,
                photo=person.photo,
                where=where,
            )
        if _ID.fullmatch(line):  # meant as an id; `check` says that nobody has it
            return Contributor(name=Name(literal=line), person=line, where=where)
        text, _, rest = line.partition(",") if not line.startswith("{") else _braced(line)
        text, rest = text.strip(), rest.strip()
        # A name in Han, kana or hangul is one word: the family name stands first without a comma.
        whole = text.startswith("{") or family_leads(text)
        if rest and len(text.split()) == 1 and not whole:
            self.findings.append(
                Finding(
                    code="ambiguous-member",
                    severity=Severity.WARNING,
                    message=f"`{line}` is read as somebody called `{text}`, of `{rest}`",
                    where=where,
                    hint="a line is “name, affiliation”; if the family name stands first, write "
                    "the given name first, or `name:` and `affiliation:` on lines of their own",
                )
            )
        return Contributor(
            name=names.parse(text),
            affiliations=(Affiliation(name=rest),) if rest else (),
            where=where,
        )


def _braced(line: str) -> tuple[str, str, str]:
    name, _, rest = line.partition("}")
    return f"{name}}}", ",", rest.strip().removeprefix(",")


def name_of(form: NameParts) -> Name:
    """A name, from one line or from its parts."""
    return names.of(form.line) if form.line else names.of(form.model_dump())


def affiliations(
    one: AffiliationParts | None, several: Iterable[AffiliationParts]
) -> tuple[Affiliation, ...]:
    """`affiliation:` and `affiliations:` together, in order, empty ones left out."""
    forms = [*([one] if one is not None else []), *several]
    return tuple(_affiliation(form) for form in forms if form.line or form.name)


def _affiliation(form: AffiliationParts) -> Affiliation:
    return Affiliation(
        name=form.line or form.name,
        department=form.department,
        city=form.city,
        country=form.country,
        ror=form.ror,
    )


def author(name: Name, form: AuthorForm | None, person: Person | None, where: Where) -> Contributor:
    """An author as a paper names them, with what authors.yaml says about them there."""
    if form is None:
        return Contributor(name=name, where=where)
    return Contributor(
        name=name,
        affiliations=affiliations(form.affiliation, form.affiliations),
        person=form.person,
        orcid=form.orcid or (person.orcid if person else ""),
        openreview=form.openreview or (person.openreview if person else ""),
        url=form.url,
        corresponding=form.corresponding,
        biography=form.biography,
        photo=form.photo,
        where=where,
    )


def people(sheet: Sheet[PeopleForm]) -> tuple[tuple[Person, ...], list[Finding]]:
    """The registry of persons."""
    findings: list[Finding] = []
    if sheet.form is None:
        return (), findings
    ids = Ids("person", findings)
    found = []
    for index, form in enumerate(sheet.form.people):
        where = sheet.where("people", index)
        if (id := ids.given(form.id, sheet.where("people", index, "id"))) is not None:
            found.append(_person(id, form, where))
    return tuple(found), findings


def _person(id: str, form: PersonForm, where: Where) -> Person:
    return Person(
        id=id,
        name=name_of(form.name),
        affiliations=affiliations(form.affiliation, form.affiliations),
        orcid=form.orcid,
        openreview=form.openreview,
        url=form.url,
        former_names=tuple(name_of(name) for name in form.former_names),
        former_names_public=form.former_names_public,
        biography=form.biography,
        photo=form.photo,
        where=where,
    )


def committees(sheet: Sheet[PeopleForm], registry: Registry) -> tuple[Committee, ...]:
    """The committees, in the order of the file."""
    if sheet.form is None:
        return ()
    ids = Ids("committee", registry.findings)
    found = []
    for index, form in enumerate(sheet.form.committees):
        where = sheet.where("committees", index)
        id = ids.given(form.id, where) if form.id else ids.made(form.title, where)
        if id is not None:
            members = registry.contributors(form.members, sheet, "committees", index, "members")
            found.append(Committee(id=id, title=form.title, members=members, where=where))
    return tuple(found)

"""proceedings/people.yaml: persons and committees."""

from __future__ import annotations

from pydantic import Field

from builder.edition.forms.fields import (
    Address,
    AffiliationForm,
    Form,
    NameForm,
    Orcid,
    SomeoneForm,
)


class PersonForm(Form):
    """One human being, once, under an id that never changes."""

    id: str = Field(description="Lower-case letters, digits and hyphens: `jane-doe`.")
    name: NameForm = Field(
        description="`Jane van Doe`, `Doe, Jr., Jane`, or its parts: given, particle, family, …"
    )
    affiliation: AffiliationForm | None = Field(
        default=None, description="Used where none is printed."
    )
    affiliations: list[AffiliationForm] = Field(default=[], description="Several.")
    orcid: Orcid = Field(default="", description="ORCID: 0000-0002-1825-0097.")
    openreview: str = Field(default="", description="OpenReview profile: ~Jane_Doe1.")
    url: Address = Field(default="", description="A public page: https://….")
    former_names: list[NameForm] = Field(
        default=[],
        description="Recognised in old material, never shown unless former_names_public.",
    )
    former_names_public: bool = Field(
        default=False, description="true only if the person wants former names shown."
    )
    biography: str = Field(default="", description="Plain text; blank lines separate paragraphs.")
    photo: str = Field(
        default="", description="Image in proceedings/, for example images/jane.jpg."
    )


class CommitteeForm(Form):
    """A named group of people."""

    id: str = Field(default="", description="Made from the title if left out: `program-committee`.")
    title: str = Field(description="As printed above the list: `Program Committee`.")
    members: list[SomeoneForm] = Field(
        default=[],
        description="An id from `people`, `Name, Affiliation`, or person:, name:, role: …",
    )


class PeopleForm(Form):
    """Persons and committees of the edition."""

    people: list[PersonForm] = Field(default=[], description="The registry: everybody once.")
    committees: list[CommitteeForm] = Field(
        default=[], description="In the order in which they appear."
    )

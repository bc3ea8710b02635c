"""papers/authors.yaml: what BibTeX cannot hold about authors."""

from __future__ import annotations

from pydantic import Field, RootModel

from builder.edition.forms.fields import Address, AffiliationForm, Form, Orcid


class AuthorForm(Form):
    """One author of one paper."""

    affiliation: AffiliationForm | None = Field(
        default=None, description="As printed on the paper."
    )
    affiliations: list[AffiliationForm] = Field(default=[], description="Several, as printed.")
    orcid: Orcid = Field(default="", description="ORCID: 0000-0002-1825-0097.")
    openreview: str = Field(default="", description="OpenReview profile: ~Jane_Doe1.")
    person: str = Field(
        default="",
        description="Id in people.yaml; only needed to say who it is: homonyms, former names, "
        "conflicts of interest.",
    )
    corresponding: bool = Field(default=False, description="true for the corresponding author.")
    url: Address = Field(default="", description="A public page: https://….")
    biography: str = Field(default="", description="Plain text.")
    photo: str = Field(default="", description="Image in proceedings/.")


class AuthorsForm(RootModel[dict[str, dict[str, AuthorForm]]]):
    """Keyed by paper, then by the author's name as papers.bib has it, given names first."""

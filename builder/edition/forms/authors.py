"""papers/authors.yaml: what BibTeX cannot hold about authors."""

from __future__ import annotations

from pydantic import Field, RootModel

from builder.edition.forms.fields import Address, AffiliationForm, Form, Orcid


class AuthorForm(Form):
    """One author of one paper."""

    affiliation: AffiliationForm | None = Field(None, description="As printed on the paper.")
    affiliations: list[AffiliationForm] = Field([], description="Several, as printed.")
    orcid: Orcid = Field("", description="ORCID: 0000-0002-1825-0097.")
    openreview: str = Field("", description="OpenReview profile: ~Jane_Doe1.")
    person: str = Field(
        "",
        description="Id in people.yaml; only needed to say who it is: homonyms, former names, "
        "conflicts of interest.",
    )
    corresponding: bool = Field(False, description="true for the corresponding author.")
    url: Address = Field("", description="A public page: https://….")
    biography: str = Field("", description="Plain text.")
    photo: str = Field("", description="Image in proceedings/.")


class AuthorsForm(RootModel[dict[str, dict[str, AuthorForm]]]):
    """Keyed by paper, then by the author's name as papers.bib has it, given names first."""

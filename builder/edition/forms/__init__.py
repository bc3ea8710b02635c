"""The forms that editors fill in: one pydantic model per YAML file.

They say which keys there are, what they hold and what they are for; the JSON Schemas that text
editors use are made of them. They know nothing of the records they become.
"""

from __future__ import annotations

from builder.edition.forms.authors import AuthorsForm
from builder.edition.forms.edition import EditionForm
from builder.edition.forms.fields import Form
from builder.edition.forms.people import PeopleForm
from builder.edition.forms.private import (
    ConsentsForm,
    ContactsForm,
    DecisionsForm,
    StatusForm,
)
from builder.edition.forms.program import ProgramForm
from builder.edition.forms.special_issue import SpecialIssueForm

__all__ = [
    "AuthorsForm",
    "ConsentsForm",
    "ContactsForm",
    "DecisionsForm",
    "EditionForm",
    "Form",
    "PeopleForm",
    "ProgramForm",
    "SpecialIssueForm",
    "StatusForm",
]

"""Kinds of values that several files share."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from builder.edition import addresses

LINE: Final = "="
"""Key under which a form keeps the one line that may stand in its place; nobody types it."""


class Form(BaseModel):
    """What every form has in common: unknown keys are errors, texts lose the space around them."""

    model_config = ConfigDict(
        extra="forbid", str_strip_whitespace=True, populate_by_name=True, frozen=True
    )


def line_or(value: Any) -> Any:
    """A text where a mapping is expected, as that mapping's one line."""
    return {LINE: value} if isinstance(value, str) else value


def date(value: Any) -> Any:
    """`2025-07-19` as a date; raises `ValueError` that says how dates are written."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value.strip())
    if match is None:
        raise ValueError(f"`{value}` is no date; write year-month-day, for example 2025-07-19")
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise ValueError(f"there is no such day as {value}") from None


def time(value: Any) -> Any:
    """`9:00` or `09:00` as a time; raises `ValueError` that says how times are written."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::00)?", value.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError(f"`{value}` is no time; write hours and minutes up to 23:59, like 9:05")
    return dt.time(int(match[1]), int(match[2]))


def answer(value: Any) -> Any:
    """YAML's many words for yes and no as those two; anything else stays as it is."""
    word = value.strip().lower() if isinstance(value, str) else value
    return {"true": "yes", "on": "yes", "false": "no", "off": "no"}.get(word, word)


def day(value: Any) -> Any:
    """A date, or `yes` for a day that nobody noted; `no` is as if nothing stood there."""
    word = answer(value)
    if word in {"yes", "no"}:
        return True if word == "yes" else None
    return date(value)


def _color(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"#[0-9a-fA-F]{6}", value.strip()):
        raise ValueError(f"`{value}` is no colour; write six hexadecimal digits: '#1f4e79'")
    return value


def _on(function: Any) -> BeforeValidator:
    return BeforeValidator(lambda value: function(value) if isinstance(value, str) else value)


Date = Annotated[
    dt.date,
    BeforeValidator(date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{1,2}-\d{1,2}$"}),
]
Day = Annotated[
    dt.date | Literal[True] | None,
    BeforeValidator(day),
    WithJsonSchema({"type": ["string", "boolean"], "pattern": r"^(yes|no|\d{4}-\d{1,2}-\d{1,2})$"}),
]
Time = Annotated[
    dt.time,
    BeforeValidator(time),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}[:.]\d{2}(:00)?$"}),
]
Address = Annotated[
    str, _on(addresses.web), WithJsonSchema({"type": "string", "pattern": "^(https?://.*)?$"})
]
Place = Annotated[str, _on(addresses.place)]
Moved = Annotated[str, _on(addresses.page)]
Forum = Annotated[str, _on(addresses.openreview)]
Mail = Annotated[str, _on(addresses.mail)]
Doi = Annotated[str, _on(addresses.doi)]
Orcid = Annotated[str, _on(addresses.orcid)]
Color = Annotated[
    str, _on(_color), WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"})
]


class AffiliationParts(Form):
    """An institution, as it is to be printed."""

    line: str = Field(default="", alias=LINE)
    name: str = Field(default="", description="The line as printed: institution, town, country.")
    department: str = Field(
        default="", description="Department or laboratory, where packages ask for it."
    )
    city: str = Field(default="", description="Town, where packages ask for it.")
    country: str = Field(default="", description="Country, in words or as two letters (SE).")
    ror: str = Field(default="", description="Research Organization Registry: https://ror.org/….")


AffiliationForm = Annotated[AffiliationParts, BeforeValidator(line_or)]


class NameParts(Form):
    """A name in its parts, where one line would not divide it rightly."""

    line: str = Field(default="", alias=LINE)
    given: str = Field(default="", description="Given names: `Laurens`.")
    particle: str = Field(default="", description="What stands before the family name: `van der`.")
    family: str = Field(default="", description="Family name: `Maaten`.")
    suffix: str = Field(default="", description="`Jr.`, `III`.")
    literal: str = Field(default="", description="The whole name, if it has no parts.")
    organisation: bool = Field(default=False, description="true if `literal` is no human being.")
    native: str = Field(
        default="", description="The name in its own script, printed behind it: `李小明`."
    )


NameForm = Annotated[NameParts, BeforeValidator(line_or)]


class DateForm(Form):
    """One line of a list of dates."""

    what: str = Field(description="What happens: `Camera-ready`.")
    date: Date | None = Field(default=None, description="The day, as 2025-07-19.")
    text: str = Field(default="", description="As printed where it is no plain day: `TBD`.")
    replaces: str = Field(
        default="", description="The earlier date that this one replaced, as printed."
    )


class NewsForm(Form):
    """What happened, for the home page."""

    date: Date = Field(description="The day, as 2025-07-19.")
    text: str = Field(description="One sentence.")
    url: Address = Field(default="", description="Where more about it stands.")


class Someone(Form):
    """Somebody named in one place, as printed there; one line will do: an id, or `Name, place`."""

    line: str = Field(default="", alias=LINE)
    person: str = Field(default="", description="Id of the person in people.yaml, if there is one.")
    name: NameForm | None = Field(
        default=None, description="As printed here; else as in people.yaml."
    )
    affiliation: AffiliationForm | None = Field(default=None, description="As printed here.")
    affiliations: list[AffiliationForm] = Field(default=[], description="Several, as printed here.")
    role: str = Field(
        default="", description="Role that the others do not have: `Lead`, `Treasurer`."
    )
    url: Address = Field(default="", description="A public page: https://….")
    orcid: Orcid = Field(default="", description="ORCID: 0000-0002-1825-0097.")
    openreview: str = Field(default="", description="OpenReview profile: ~Jane_Doe1.")
    biography: str = Field(default="", description="Plain text; blank lines separate paragraphs.")
    photo: str = Field(
        default="", description="Image in proceedings/, for example images/jane.jpg."
    )


SomeoneForm = Annotated[Someone, BeforeValidator(line_or)]

"""What was read from a BibTeX file."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.edition.source import Source
from builder.model import Finding, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of an entry."""

    name: str
    """Lower-case (`title`)."""
    raw: str
    """The value exactly as it is written, delimiters and all: `{A {GAN}}`, `jul # "~4"`, `304`."""
    value: str
    """The value with strings and `#` evaluated, outer delimiters taken off; its LaTeX is kept."""
    where: Where
    """Where the value begins."""
    span: tuple[int, int]
    """First byte of the field's name and the byte after its value, in the file."""
    at: int | None = None
    """Offset in the file's text of the first character of `value`, if it stands there as it is."""
    inherited: bool = False
    """Whether it comes from the entry that `crossref` names."""

    @property
    def bare(self) -> bool:
        """Whether the value is written without braces or quotation marks (`volume = 304`)."""
        return not self.raw.startswith(("{", '"'))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: `@inproceedings{key, …}`."""

    key: str
    type: str
    """Lower-case, without the `@`."""
    fields: tuple[Field, ...]
    """In order, each name once; inherited ones last."""
    where: Where
    span: tuple[int, int]
    """The `@` and the byte after the closing brace, in the file."""

    def field(self, name: str) -> Field | None:
        """The field of that name, or `None`."""
        return next((field for field in self.fields if field.name == name), None)

    def get(self, name: str, default: str = "") -> str:
        """The value of a field, or `default`; LaTeX as it stands, white space around it gone."""
        found = self.field(name)
        return found.value.strip() if found else default


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """A whole file."""

    file: str
    entries: tuple[Entry, ...] = ()
    """Every entry with a key, in order; of several with one key only the first."""
    unusable: tuple[Entry, ...] = ()
    """Entries that could be read but not used: without a key, or with the key of another."""
    strings: tuple[tuple[str, str], ...] = ()
    """What `@string` defines, names in lower case."""
    findings: tuple[Finding, ...] = ()
    source: Source | None = field(default=None, repr=False)

    def entry(self, key: str) -> Entry | None:
        """The entry of that key, or `None`."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def where(self, field: Field, offset: int = 0) -> Where:
        """The place of a character of a field's value; of the whole value where it is composed."""
        if field.at is None or self.source is None:
            return field.where
        return self.source.where(field.at + offset)

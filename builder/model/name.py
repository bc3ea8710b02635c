"""A name as it is printed: kept in its parts, never transliterated, never re-cased."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person's or an organisation's name in BibTeX's four parts, or as one literal.

    The parts follow BibTeX's own division (btxdoc, section 4, "First von Last, Jr"); all are
    Unicode in NFC. Mononyms, organisations and names given whole have only `literal`.
    """

    given: str = ""
    particle: str = ""
    """The "von" part: `van der`, `de la`; printed before the family name."""
    family: str = ""
    suffix: str = ""
    """`Jr.`, `III`."""
    literal: str = ""
    """The whole name where it has no parts: a mononym (`Plato`) or an organisation."""
    organisation: bool = False
    """Whether `literal` names an organisation, a team or a collaboration."""

    @property
    def full(self) -> str:
        """As read aloud and printed under a title: `Laurens van der Maaten`, `John Smith, Jr.`."""
        if self.literal:
            return self.literal
        name = " ".join(part for part in (self.given, self.particle, self.family) if part)
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def inverted(self) -> str:
        """Family name first, for indexes and `citation_author`: `van der Maaten, Laurens`."""
        if self.literal:
            return self.literal
        family = " ".join(part for part in (self.particle, self.family) if part)
        return ", ".join(part for part in (family, self.suffix, self.given) if part)

    @property
    def family_or_literal(self) -> str:
        """What a short reference prints: `van der Maaten`, or the whole literal name."""
        return self.literal or " ".join(part for part in (self.particle, self.family) if part)

    def __str__(self) -> str:
        return self.full

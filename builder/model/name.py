"""A name as it is printed: kept in its parts, never transliterated, never re-cased."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_EAST_ASIAN = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff"
    "\U00020000-\U0003ffff ]+"
)
_KATAKANA = re.compile("[\u30a0-\u30ff\u31f0-\u31ff ]+")


def family_leads(text: str) -> bool:
    """Whether a name in this writing begins with the family name: Han, Kana or Hangul throughout.

    Katakana alone spells foreign names in their own order (`ジョン スミス`).
    """
    return bool(_EAST_ASIAN.fullmatch(text)) and not _KATAKANA.fullmatch(text)


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
    native: str = ""
    """The same name in another script, printed behind it: `Xiaoming Li (李小明)`. Not sorted by."""
    whole: bool = field(default=False, compare=False)
    """Whether somebody said that `literal` is the whole name (braces, or `literal:`)."""

    @property
    def full(self) -> str:
        """As read aloud and printed under a title: `Laurens van der Maaten`, `John Smith, Jr.`.

        Names in Chinese, Japanese or Korean script begin with the family name: `山田 太郎`.
        """
        return f"{self.upright} ({self.native})" if self.native else self.upright

    @property
    def upright(self) -> str:
        """`full` in one script alone, as references print it."""
        if self.literal:
            return self.literal
        # Asked for hundreds of times by every page of a large volume, and plain as a rule.
        if self.given.isascii() and self.given and not self.particle and not self.suffix:
            return f"{self.given} {self.family}" if self.family else self.given
        parts = [self.given, self.particle, self.family]
        if self.family_first:
            parts.reverse()
        name = " ".join(filter(None, parts))
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def family_first(self) -> bool:
        """Whether the family name leads even where names are not inverted."""
        if self.given.isascii() or not self.family:
            return False
        return family_leads("".join((self.given, self.particle, self.family)))

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

"""What the program says in its own words, in a language: fixed words, and dates.

Words are gettext's, in `builder/locale/<language>/LC_MESSAGES/proceedings.po`, read as they stand,
uncompiled; the site and the booklet share them. Dates are written as CLDR has them for the
language. English is the program's own and needs no catalogue.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model import dates as english

if TYPE_CHECKING:
    from babel import Locale

_SHORT = re.compile(r"(?<!M)MMM(?!M)")
CATALOG = "proceedings"
LOCALE = Path(__file__).parent.parent / "locale"
"""Our own catalogues."""


@dataclass(frozen=True)
class Speech:
    """A language and what is known of it."""

    language: str = "en"
    """As gettext writes it: `de`, `pt_BR`."""
    known: NullTranslations = field(default_factory=NullTranslations)

    @property
    def tag(self) -> str:
        """The language as HTML writes it: `pt-BR`."""
        return self.language.replace("_", "-")

    @property
    def locale(self) -> Locale | None:
        """How the language writes dates; none for English, which the program knows itself."""
        if self.language.partition("_")[0] == "en":
            return None
        # Who speaks English need not wait for it.
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(self.language)
        except (UnknownLocaleError, ValueError):
            return None

    def say(self, text: str) -> str:
        """`text` in this language, or as it is where nobody translated it."""
        return self.known.gettext(text) if text else ""

    def day(self, date: dt.date) -> str:
        """`19 July 2025`, `19. Juli 2025`."""
        if not (locale := self.locale):
            return english.day(date)
        from babel.dates import format_date

        return format_date(date, "long", locale)

    def weekday(self, date: dt.date) -> str:
        """`Saturday, 19 July 2025`, `Samstag, 19. Juli 2025`."""
        if not (locale := self.locale):
            return english.weekday(date)
        from babel.dates import format_date

        return format_date(date, "full", locale)

    def span(self, start: dt.date | None, end: dt.date | None) -> str:
        """`19–21 July 2025`, `30 June – 2 July 2025`, one day alone, or nothing."""
        locale = self.locale
        if not locale or start is None:
            return english.span(start, end)
        if end is None or end <= start:
            return self.day(start)
        from babel.dates import format_date

        # CLDR's intervals have short months; the patterns are right for the long ones, too.
        differs = next(p for p in ("year", "month", "day") if getattr(start, p) != getattr(end, p))
        letter = {"year": "y", "month": "M", "day": "d"}[differs]
        patterns = locale.interval_formats.get("yMMMd", {}).get(letter)
        if not patterns:
            return f"{self.day(start)} – {self.day(end)}"
        days = zip((start, end), patterns, strict=True)
        return "".join(format_date(day, _SHORT.sub("MMMM", said), locale) for day, said in days)

    def hours(self, start: dt.time | None, end: dt.time | None) -> str:
        """`9:00–9:10`, `9:00` where no end is known, `until 9:10`, or nothing."""
        if start is None and end:
            return self.say("until {time}").format(time=english.clock(end))
        return english.hours(start, end)

    def joined(self, words: Sequence[str]) -> str:
        """`a`, `a and b`, `a, b, and c`; `a, b und c`."""
        if locale := self.locale:
            from babel.lists import format_list

            return format_list(words, locale=locale)
        if len(words) <= 2:
            return " and ".join(words)
        return f"{', '.join(words[:-1])}, and {words[-1]}"


@cache
def speech(language: str) -> Speech:
    """What the program itself knows of a language (BCP 47: `de`, `pt-BR`)."""
    code = language.replace("-", "_")
    return Speech(code, translations(code, (LOCALE,)))


def translations(language: str, folders: Iterable[Path]) -> NullTranslations:
    """Everything that the catalogues in `folders` know of a language, or of it in any country."""
    first: NullTranslations | None = None
    for folder in folders:
        for name in dict.fromkeys((language, language.partition("_")[0])):
            file = folder / name / "LC_MESSAGES" / f"{CATALOG}.po"
            if file.is_file():
                found = _compiled(file.read_bytes(), name)
                if first is None:
                    first = found
                else:
                    first.add_fallback(found)
    return first or NullTranslations()


def _compiled(data: bytes, language: str) -> GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(data), locale=language, domain=CATALOG))
    compiled.seek(0)
    return GNUTranslations(compiled)

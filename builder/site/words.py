"""What the site says in its own words, in the language of the site.

Words are gettext's, in `locale/<language>/LC_MESSAGES/proceedings.po`; a `.po` of that name in one
of Sphinx's `locale_dirs` (`proceedings/locales/` unless `conf.py` says otherwise) comes first.
Each is read as it stands, uncompiled. Dates are written as CLDR has them for the language.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

import markupsafe
from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CATALOG = "proceedings"
LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Speech:
    """A language and what is known of it."""

    language: str = "en"
    """As Sphinx writes it: `de`, `pt_BR`."""
    known: NullTranslations = field(default_factory=NullTranslations)

    @property
    def locale(self) -> Locale | None:
        """How the language writes dates; none for English, which the program knows itself."""
        if self.language.partition("_")[0] == "en":
            return None
        try:
            return Locale.parse(self.language)
        except (UnknownLocaleError, ValueError):
            return None


_ENGLISH = Speech()
_spoken: ContextVar[Speech] = ContextVar("_spoken", default=_ENGLISH)


def speak(app: Sphinx, *, ours: bool) -> None:
    """Begins to speak the language of `app`; `ours`: the theme's words follow it too.

    Sphinx chose its own words before the edition told its language, and keeps those of an earlier
    run in the same process.
    """
    from sphinx import locale, package_dir

    language = app.config.language or "en"
    folders = [Path(app.srcdir) / folder for folder in app.config.locale_dirs]
    known = translations(language, (*folders, LOCALE))
    _spoken.set(Speech(language, known))
    if ours:
        locale.translators.pop(("general", "sphinx"), None)
        app.translator, _ = locale.init([*folders, None, package_dir / "locale"], language)
        # What Sphinx does not say in a language, we may: themes ask only Sphinx.
        app.translator.add_fallback(known)


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
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(data), locale=language, domain=CATALOG))
    compiled.seek(0)
    return GNUTranslations(compiled)


def speech() -> Speech:
    """The language that is spoken now."""
    return _spoken.get()


def say(text: str) -> str:
    """`text` in the language of the site, or as it is where nobody translated it."""
    return _spoken.get().known.gettext(text)


def count(number: int, one: str, many: str) -> str:
    """`1 paper`, `24 papers`: the number and the word that goes with it."""
    return f"{number} {_spoken.get().known.ngettext(one, many, number)}"


def fill(text: str, **values: object) -> markupsafe.Markup:
    """`text` with HTML in its places: `presented by {name}`; what is no HTML yet is escaped."""
    return markupsafe.Markup(markupsafe.escape(text)).format(**values)  # noqa: S704 - escaped

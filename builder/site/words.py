"""What the site says in its own words, in the language of the site.

Words are those of `builder.model.language`; a `.po` of that name in one of Sphinx's `locale_dirs`
(`proceedings/locales/` unless `conf.py` says otherwise) comes first.
"""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

import markupsafe

from builder import __version__
from builder.model.language import CATALOG, LOCALE, Speech, translations
from builder.site.record import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ENGLISH = (Speech(), "")
_spoken: ContextVar[tuple[Speech, str]] = ContextVar("_spoken", default=_ENGLISH)


def speak(app: Sphinx, *, ours: bool) -> None:
    """Begins to speak the language of `app`; `ours`: the theme's words follow it too.

    Sphinx chose its own words before the edition told its language, and keeps those of an earlier
    run in the same process.
    """
    from sphinx import locale, package_dir

    language = app.config.language or "en"
    folders = [Path(app.srcdir) / folder for folder in app.config.locale_dirs]
    known = translations(language, (*folders, LOCALE))
    files = [*{file for folder in folders for file in folder.glob(f"*/LC_MESSAGES/{CATALOG}.po")}]
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in sorted(files)]
    _spoken.set((Speech(language, known), digest(__version__, language, *texts)))
    if ours:
        locale.translators.pop(("general", "sphinx"), None)
        app.translator, _ = locale.init([*folders, None, package_dir / "locale"], language)
        # What Sphinx does not say in a language, we may: themes ask only Sphinx.
        app.translator.add_fallback(known)


def speech() -> Speech:
    """The language that is spoken now."""
    return _spoken.get()[0]


def version() -> str:
    """Changes when the language does, or its words."""
    return _spoken.get()[1]


def term(text: str) -> str:
    """Marks a word that is said later, so that catalogues have it; it stays as it is."""
    return text


def say(text: str) -> str:
    """`text` in the language of the site, or as it is where nobody translated it."""
    return speech().say(text)


def count(number: int, one: str, many: str) -> str:
    """`1 paper`, `24 papers`: the number and the word that goes with it."""
    return f"{number} {speech().known.ngettext(one, many, number)}"


def fill(text: str, **values: object) -> markupsafe.Markup:
    """`text` with HTML in its places: `presented by {name}`; what is no HTML yet is escaped."""
    safe = {name: markupsafe.escape(value) for name, value in values.items()}
    return markupsafe.Markup(str(markupsafe.escape(text)).format(**safe))  # noqa: S704 - escaped

"""Which words there are to translate: collected from the templates and the code that say them.

`python -m builder.site.catalogue` writes `builder/locale/proceedings.pot` and brings every
language's catalogue up to it, keeping what was translated; a word that is new stands there empty.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from builder.booklet.wording import WORDS
from builder.model.language import CATALOG, LOCALE
from builder.model.licenses import NAMES
from builder.site.rendering import TEMPLATES
from builder.work import write_if_changed

THEME = ("Back to top", "Made with ", "On this page")
"""What furo says and Sphinx's own catalogues do not know in every language."""

Message = str | tuple[str, str]
"""A text, or its singular and plural."""


def messages() -> dict[Message, list[str]]:
    """Every text, and the files that say it."""
    found: dict[Message, list[str]] = {}
    for file in sorted(TEMPLATES.rglob("*.*")):
        for message in _template(file.read_text(encoding="utf-8")):
            found.setdefault(message, []).append(f"site/templates/{file.name}")
    site = Path(__file__).parent
    others = (site.parent / "cite" / "text.py", site.parent / "model" / "language.py")
    for file in (*others, *sorted(site.glob("*.py"))):
        for message in _code(file.read_text(encoding="utf-8")):
            found.setdefault(message, []).append(f"{file.parent.name}/{file.name}")
    for text in filter(None, WORDS.values()):
        found.setdefault(text, []).append("booklet/wording.py")
    for name in NAMES.values():
        found.setdefault(name, []).append("model/licenses.py")
    for text in THEME:
        found.setdefault(text, []).append("furo")
    return found


def _template(source: str) -> Iterator[Message]:
    for filtered in Environment(autoescape=True).parse(source).find_all(nodes.Filter):
        match filtered:
            case nodes.Filter(node=nodes.Const(value=str(text)), name="say"):
                yield text
            case nodes.Filter(name="count", args=[nodes.Const(value=one), nodes.Const(value=many)]):
                yield one, many


def _code(source: str) -> Iterator[Message]:
    for call in ast.walk(ast.parse(source)):
        match call:
            case ast.Call(
                func=ast.Name(id="say" | "term") | ast.Attribute(attr="say" | "term"),
                args=[ast.Constant(value=str(text)), *_],
            ):
                yield text
            case ast.Call(
                func=ast.Name(id="count") | ast.Attribute(attr="count"),
                args=[_, ast.Constant(value=str(one)), ast.Constant(value=str(many))],
            ):
                yield one, many


def template() -> Catalog:
    """The catalogue without any language: sorted, and without a date, so that it stays equal."""
    made = Catalog(domain=CATALOG, project="proceedings-builder", header_comment="# Words to say.")
    everything = sorted(messages().items(), key=lambda pair: str(pair[0]))
    for message, files in everything:
        # Without lines, which would change with every edit; Babel takes none, its types do not.
        places: list[tuple[str, Any]] = [(file, None) for file in dict.fromkeys(files)]
        made.add(message, locations=places)
    return made


def as_text(catalogue: Catalog) -> str:
    """A catalogue as a file, without what changes from day to day."""
    written = io.BytesIO()
    write_po(written, catalogue, width=96, sort_output=True)
    lines = written.getvalue().decode().splitlines()
    kept = [line for line in lines if not re.match(r'"(POT-|PO-Rev|Generated-By|Report)', line)]
    return "\n".join([*kept, ""])


def update() -> None:
    """Writes the template, and brings every language up to it."""
    wanted = template()
    write_if_changed(LOCALE / f"{CATALOG}.pot", as_text(wanted))
    for file in sorted(LOCALE.glob(f"*/LC_MESSAGES/{CATALOG}.po")):
        with file.open("rb") as stream:
            known = read_po(stream, locale=file.parent.parent.name, domain=CATALOG)
        known.update(wanted, no_fuzzy_matching=True)
        known.obsolete.clear()
        write_if_changed(file, as_text(known))


if __name__ == "__main__":
    update()

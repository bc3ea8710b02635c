"""The theme's frame around our pages: asked of the theme once, then filled for every page alike.

A theme writes the same page around ten thousand papers and authors, which costs five times what is
in them. So it is given a page of marks, once for each folder and each set of neighbours, and what
stands between the marks is kept. What comes of it is compared, byte for byte, with the theme's own
way for the first page of each frame, and for the first whose title is not plain letters; a theme
that does anything else with a single page, or something installed that we do not know, is asked
for every page as Sphinx does it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import markupsafe

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

KNOWN = frozenset(
    [
        "builder",
        "sphinx",
        "myst_parser",
        "furo",
        "sphinx_basic_ng",
        "pydata_sphinx_theme",
        "alabaster",
    ]
)
"""Packages that do to a page nothing but what the frames tell apart."""
_SLOTS = ("name", "title", "body", "metatags", "prev_link", "prev_title", "next_link", "next_title")
_MARK = "qxq{}zjz"
_MARKS = {_MARK.format(slot.replace("_", "")): slot for slot in _SLOTS}
_SPLIT = re.compile("({})".format("|".join(_MARKS)))
_PLAIN = re.compile(r"[A-Za-z0-9 .,:-]*")

Parts = list[str]
"""What the theme wrote, the names of slots at odd places."""


@dataclass
class _Frame:
    parts: Parts
    proven: set[bool] = field(default_factory=set)
    """Whether it was compared for a page of plain titles, and for another."""


class Frames:
    """The frames of one run."""

    def __init__(self, app: Sphinx) -> None:
        self._builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
        self._scratch = Path(app.doctreedir) / "frame.html"
        self._out = Path(app.outdir)
        self._folders: dict[str, Path] = {}
        self._known: dict[tuple[str, bool, bool], _Frame | None] = {}
        self.usable = _usable(app)

    def write(self, name: str, page: dict[str, Any], template: str) -> bool:
        """Writes the page called `name` as Sphinx would; `False`: Sphinx has to do it.

        Raises `OSError`.
        """
        values = _values(name, page) if self.usable else None
        if values is None:
            return False
        kind = (name.rpartition("/")[0], page["prev"] is not None, page["next"] is not None)
        if kind not in self._known:
            self._known[kind] = self._learn(kind, template)
        frame = self._known[kind]
        if frame is None:
            return False
        html = _filled(frame.parts, values)
        titles = (values[slot] for slot in ("title", "prev_title", "next_title"))
        plain = all(_PLAIN.fullmatch(title) for title in titles)
        if plain not in frame.proven:
            if self._theirs(name, page, template) != html:
                self._known[kind] = None
                return False
            frame.proven.add(plain)
        self._write(name, kind[0], html)
        return True

    def sample(self) -> str:
        """What the theme writes around a page now: contents, styles with their digests, and all."""
        page = context(title="", body="", meta="")
        return self._theirs(_MARK.format("sample"), page, "page.html")

    def _write(self, name: str, folder: str, html: str) -> None:
        """As Sphinx writes it: with the line ends of this system."""
        if folder not in self._folders:
            self._folders[folder] = self._out / folder
            self._folders[folder].mkdir(parents=True, exist_ok=True)
        file = self._folders[folder] / f"{name.rpartition('/')[2]}{self._builder.out_suffix}"
        text = html.replace("\n", os.linesep) if os.linesep != "\n" else html
        data = text.encode("utf-8", "xmlcharrefreplace")
        try:
            _write_new(file, data)
        except FileExistsError:
            # Another site may share the old file, which must stay as it is.
            file.unlink()
            _write_new(file, data)

    def _learn(self, kind: tuple[str, bool, bool], template: str) -> _Frame | None:
        folder, before, after = kind
        mark = {slot: mark for mark, slot in _MARKS.items()}
        page = context(
            title=mark["title"],
            body=mark["body"],
            meta=mark["metatags"],
            before=(mark["prev_link"], mark["prev_title"]) if before else None,
            after=(mark["next_link"], mark["next_title"]) if after else None,
        )
        parts = _SPLIT.split(self._theirs(f"{folder}/{mark['name']}", page, template))
        parts[1::2] = [_MARKS[found] for found in parts[1::2]]
        slots = parts[1::2]
        whole = slots.count("body") == 1 == slots.count("metatags")
        return _Frame(parts) if whole else None

    def _theirs(self, name: str, page: dict[str, Any], template: str) -> str:
        """The page as the theme writes it."""
        self._builder.handle_page(name, dict(page), template, outfilename=self._scratch)
        try:
            return self._scratch.read_text(encoding="utf-8")
        finally:
            self._scratch.unlink(missing_ok=True)


def context(
    *,
    title: str,
    body: str,
    meta: str,
    before: tuple[str, str] | None = None,
    after: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """What a theme's `page.html` is given; `before` and `after`: link and plain title."""

    def neighbour(other: tuple[str, str] | None) -> dict[str, str] | None:
        return {"link": other[0], "title": f"<bdi>{_escaped(other[1])}</bdi>"} if other else None

    # Sphinx writes `title` and `body` into its templates as they are.
    return {
        "title": _escaped(title),
        "body": body,
        "metatags": meta,
        "prev": neighbour(before),
        "next": neighbour(after),
        "parents": [],
        "meta": {},
        "display_toc": False,
        "sourcename": "",
        "page_source_suffix": "",
        "has_maths_elements": False,
    }


def _write_new(file: Path, data: bytes) -> None:
    with file.open("xb", buffering=0) as stream:
        stream.write(data)


def _escaped(text: str) -> str:
    return str(markupsafe.escape(text))


def _values(name: str, page: dict[str, Any]) -> dict[str, str] | None:
    """What to fill a frame with; `None` where a theme may write it otherwise than it is given."""
    folder, _, leaf = name.rpartition("/")
    values = {"name": leaf, **{slot: str(page[slot]) for slot in ("title", "body", "metatags")}}
    for side in ("prev", "next"):
        other = page[side]
        values[f"{side}_link"] = other["link"] if other else ""
        values[f"{side}_title"] = other["title"][5:-6] if other else ""
    titles = (values["title"], values["prev_title"], values["next_title"])
    # In a page's head themes take tags and repeated spaces out of titles.
    if not folder or quote(leaf) != leaf or any(" ".join(t.split()) != t for t in titles):
        return None
    return values


def _filled(parts: Parts, values: dict[str, str]) -> str:
    made = list(parts)
    made[1::2] = [values[slot] for slot in parts[1::2]]
    return "".join(made)


def _usable(app: Sphinx) -> bool:
    """Whether nothing is set or installed that may do something else for each page."""
    config = app.config
    listeners = app.events.listeners.get("html-page-context", [])
    known = all(
        str(getattr(listener.handler, "__module__", "")).partition(".")[0] in KNOWN
        for listener in listeners
    )
    return (
        known
        and app.builder.name == "html"
        and config.html_output_encoding.lower() == "utf-8"
        # The editors' own templates of the theme may ask what page they are on.
        and not config.templates_path
        and set(config.html_sidebars) <= {"**"}
    )

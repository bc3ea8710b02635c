"""Our own templates: autoescaped, strict about undefined names, open to replacement by editors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import markupsafe
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    pass_context,
)
from jinja2.runtime import Context
from sphinx.errors import ExtensionError
from sphinx.util.osutil import relative_uri

from builder.model import Contributor, Markup, licenses
from builder.model.markup import Link, Node, Styled, html, plain
from builder.site import dates, links, references, schedule, subjects, words
from builder.site.addresses import session_fragment

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

    from builder.site.items import Items
    from builder.site.views import Byline, PaperView, Shelf

TEMPLATES = Path(__file__).parent / "templates"


class Here:
    """Addresses as they are written on one page: relative, so that the site works anywhere."""

    def __init__(self, current: str, builder: StandaloneHTMLBuilder, renderer: Renderer) -> None:
        self.current = current
        self._builder = builder
        self._renderer = renderer

    def page(self, name: str) -> str:
        """Address of the page called `name` (`papers`, `papers/liu25`)."""
        # From all pages of one folder an address looks alike, but for the page itself.
        key = (self.current.rpartition("/")[0], name)
        known = self._renderer.known
        if name == self.current or self._builder.name != "html":
            return self._builder.get_relative_uri(self.current, name) or "#"
        if key not in known:
            of = self._renderer.target
            known[key] = relative_uri(of(self.current), of(name))
        return known[key]

    def file(self, path: str) -> str:
        """Address of a file below the site's root."""
        return relative_uri(self._renderer.target(self.current), quote(path))

    def paper(self, key: str) -> str:
        """Address of a paper's page."""
        return self.page(self._renderer.shelf.desk.addresses.paper(key))

    def author(self, id: str) -> str:
        """Address of an author's page, or empty where there is none."""
        shelf = self._renderer.shelf
        return self.page(shelf.desk.addresses.author(id)) if id in shelf.author_ids else ""

    def named(self, id: str, name: str) -> markupsafe.Markup:
        """An author's name, leading to their page; made once for all pages that see it alike.

        A name is somebody else's text: `bdi` keeps its direction to itself.
        """
        to, known = self.author(id), self._renderer.names
        if (to, name) not in known:
            text = f"<bdi>{markupsafe.escape(name)}</bdi>"
            link = f'<a href="{markupsafe.escape(to)}">{text}</a>' if to else text
            known[to, name] = markupsafe.Markup(link)  # noqa: S704 - escaped
        return known[to, name]

    def names(self, bylines: Iterable[Byline]) -> markupsafe.Markup:
        """The names of several authors."""
        return markupsafe.Markup(", ").join(
            self.named(byline.id, byline.contributor.name.full) for byline in bylines
        )

    def session(self, id: str) -> str:
        """Address of a session: its own page where it has papers, else its place in the program."""
        own = self._renderer.shelf.desk.addresses.session(id)
        return self.page(own) if own else f"{self.page('program')}#{session_fragment(id)}"

    def image(self, path: str) -> str:
        """Address of one of the editors' images, or empty where it does not exist."""
        return self.file(path) if path in self._renderer.images else ""


class Renderer:
    """Renders templates for one edition."""

    def __init__(
        self,
        shelf: Shelf,
        builder: StandaloneHTMLBuilder,
        *,
        pages: Iterable[str],
        images: Iterable[str],
        overrides: Path,
        cache: Path | None = None,
    ) -> None:
        self.shelf = shelf
        self.builder = builder
        self.pages = frozenset(pages)
        """Names of the pages that exist, so that no template links one that does not."""
        self.images = frozenset(images)
        self.known: dict[tuple[str, str], str] = {}
        """Addresses of pages, as seen from a folder."""
        self.names: dict[tuple[str, str], markupsafe.Markup] = {}
        """Names of authors as HTML, by address and name."""
        self.replaced = overrides.is_dir() and any(overrides.rglob("*.html"))
        """Whether editors replace any template."""
        self.items: Items | None = None
        """What the last build made of the list of all papers, once that is known."""
        self._items: dict[tuple[str, str], markupsafe.Markup] = {}
        self._targets: dict[str, str] = {}
        self._shared: dict[str, dict[str, Any]] = {}
        self._overrides = overrides
        self._cache = cache

    @cached_property
    def environment(self) -> Environment:
        """The environment; a file of the same name in `proceedings/_templates/` wins.

        What it replaces stays reachable as `builtin/<name>`, to be extended.
        """
        own = FileSystemLoader(TEMPLATES)
        environment = Environment(
            loader=ChoiceLoader(
                [FileSystemLoader(self._overrides), own, PrefixLoader({"builtin": own})]
            ),
            autoescape=True,
            auto_reload=False,
            bytecode_cache=self._bytecode(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {
            "html": _html,
            "heading": heading,
            "paragraphs": _paragraphs,
            "plain": _plain,
            "address": links.safe,
            "day": dates.day,
            "orcid": orcid,
            "profile": _profile,
            "size": size,
            "license": _license,
            "count": words.count,
            "say": words.say,
            "fill": words.fill,
            "kind": _kind,
            "status": status,
        }
        shelf = self.shelf
        environment.globals |= {
            "volume": shelf.volume,
            "event": shelf.volume.event,
            "shelf": shelf,
            "desk": shelf.desk,
            "pages": self.pages,
            "event_dates": dates.span(shelf.volume.event.start, shelf.volume.event.end),
            "zone": schedule.zone(shelf.volume),
            "zone_of": schedule.zone_of,
            "days": schedule.days,
            "when": schedule.when,
            "span": schedule.span,
            "session_id": schedule.session_id,
            "slot_id": schedule.slot_id,
            "turn": schedule.turn,
            "author_of": _author_of,
            "item": self._item,
            "references": references.styled(shelf),
            "citation_files": references.files(shelf),
            "identity": subjects.identity,
        }
        return environment

    @cached_property
    def _single(self) -> bool:
        """Whether every page must be taken for itself, not like all others in its folder."""
        return self.replaced or self.builder.name != "html"

    def _bytecode(self) -> FileSystemBytecodeCache | None:
        # Compiling the templates costs a tenth of a small site; they are kept by their content, and
        # by the language, since `"Papers"|say` is said once, when a template is compiled.
        if self._cache is None:
            return None
        self._cache.mkdir(parents=True, exist_ok=True)
        return FileSystemBytecodeCache(str(self._cache), f"{words.version()}_%s.cache")

    @pass_context
    def _item(
        self, context: Context, view: PaperView, abstract: bool | str = False
    ) -> markupsafe.Markup:
        """One paper in a list: the same on all pages that lie equally deep, so made once for them.

        Links are written as seen from a folder that nobody has.
        """
        here: Here = context["here"]
        if self._single:
            given = context.get_all() if self.replaced else {}
            return self._listed({**given, "here": here}, view, abstract)
        folder = "~/" * here.current.count("/")
        # With their abstracts, papers are listed once in all.
        if abstract:
            return self._kept(folder, view, abstract)
        key = (folder, view.paper.key)
        if key not in self._items:
            self._items[key] = self._listed(self._fixed(folder), view, abstract)
        return self._items[key]

    def _kept(self, folder: str, view: PaperView, abstract: bool | str) -> markupsafe.Markup:
        def make() -> str:
            return self._listed(self._fixed(folder), view, abstract)

        if self.items is None:
            return markupsafe.Markup(make())  # noqa: S704 - the template escapes
        html = self.items.of(view.paper.key, f"{folder}{abstract}", make)
        return markupsafe.Markup(html)  # noqa: S704 - the template escaped

    def _fixed(self, folder: str) -> dict[str, Any]:
        """What the items of all pages in one folder share."""
        if folder not in self._shared:
            here = self.here(f"{folder}~")
            names = self.environment.get_template("parts/names.html").make_module({"here": here})
            # What every item would otherwise make anew.
            self._shared[folder] = {"here": here, "names": names}
        return self._shared[folder]

    def _listed(
        self, given: dict[str, Any], view: PaperView, abstract: bool | str
    ) -> markupsafe.Markup:
        template = self.environment.get_template("parts/paper-item.html")
        made = template.render({**given, "view": view, "abstracts": abstract})
        return markupsafe.Markup(made)  # noqa: S704 - the template escapes

    def target(self, name: str) -> str:
        """The address of a page below the site's root, spelled for an address once."""
        if name not in self._targets:
            self._targets[name] = self.builder.get_target_uri(name)
        return self._targets[name]

    def here(self, current: str) -> Here:
        """Addresses as seen from the page called `current`."""
        return Here(current, self.builder, self)

    def render(self, template: str, current: str, **context: Any) -> str:
        """One template as HTML; raises `ExtensionError` that names the file and line at fault."""
        shared = {} if self._single else self._fixed("~/" * current.count("/"))
        try:
            return self.environment.get_template(template).render(
                {**shared, **context, "here": self.here(current)}
            )
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            place = f"{getattr(error, 'filename', None) or template}{f':{line}' if line else ''}"
            raise ExtensionError(f"template {place}: {error}", error, "builder.site") from error


def _license(identifier: str) -> markupsafe.Markup:
    """A licence by its name, which leads to its text where that is known."""
    name = markupsafe.escape(words.say(licenses.NAMES.get(identifier, identifier)))
    if to := licenses.license_address(identifier):
        link = f'<a rel="license" href="{markupsafe.escape(to)}">{name}</a>'
        return markupsafe.Markup(link)  # noqa: S704 - escaped
    return name


def heading(markup: Markup) -> markupsafe.Markup:
    """A title that may stand inside a link: as HTML, its own links taken out."""
    return markupsafe.Markup(html.render(Markup(_unlinked(markup.nodes))))  # noqa: S704 - escaped there


def orcid(number: str) -> str:
    """The address of a well-formed ORCID, or empty."""
    known = number and re.fullmatch(r"(?:\d{4}-){3}\d{3}[\dX]", number)
    return f"https://orcid.org/{number}" if known else ""


def size(count: int) -> str:
    """A file's size in words: `3.2 MB` (decimal, as file managers and browsers print it)."""
    if count < 1000:
        return words.count(count, "byte", "bytes")
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB"


def _html(markup: Markup) -> markupsafe.Markup:
    return markupsafe.Markup(html.render(markup))  # noqa: S704 - the renderer escapes


def _plain(markup: Markup) -> str:
    return " ".join(plain.render(markup).split())


def _unlinked(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    found: list[Node] = []
    for node in nodes:
        match node:
            case Link(_, children):
                found.extend(_unlinked(children))
            case Styled(style, children):
                found.append(Styled(style, _unlinked(children)))
            case _:
                found.append(node)
    return tuple(found)


def _paragraphs(text: str | Markup) -> markupsafe.Markup:
    """An abstract or a biography, one `<p>` per paragraph."""
    markup = text if isinstance(text, Markup) else Markup.text(text)
    return markupsafe.Markup(html.render(markup, inline=False))  # noqa: S704 - the renderer escapes


def _profile(openreview: str) -> str:
    known = re.fullmatch(r"~[\w.'’-]+", openreview)
    return f"https://openreview.net/profile?id={quote(openreview, safe='~')}" if known else ""


_KINDS = {
    "keynote": words.term("Keynote"),
    "invited": words.term("Invited talk"),
    "panel": words.term("Panel"),
    "tutorial": words.term("Tutorial"),
    "talk": words.term("Talk"),
}


_STATUS = {
    "revised": words.term("Revised"),
    "erratum": words.term("Erratum"),
    "retracted": words.term("Retracted"),
}


def status(status: str) -> str:
    """What became of a paper, in a word; empty for nothing."""
    return words.say(_STATUS[status]) if status else ""


def _kind(kind: str) -> str:
    """What a talk of this kind is called."""
    return words.say(_KINDS[kind]) if kind in _KINDS else kind.capitalize()


@pass_context
def _author_of(context: Context, contributor: Contributor) -> str:
    """Address of the author page of somebody named elsewhere, or empty.

    The same name may be somebody else's, so only the registry says that they are one person.
    """
    address: str = context["here"].author(contributor.person) if contributor.person else ""
    return address

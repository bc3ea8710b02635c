"""One run of Sphinx: everything that is known about the edition while its pages are made.

Kept beside the application, not in Sphinx's environment, which is written to disk on each build.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from builder.site import addresses, calendar, downloads, facets, navigation, record, search, words
from builder.site.assets import STATIC
from builder.site.desk import Desk
from builder.site.downloads import Files
from builder.site.head import Heads
from builder.site.navigation import Entry
from builder.site.pages import Page, version
from builder.site.rendering import Renderer
from builder.site.search import Findable
from builder.site.views import Shelf
from builder.work.program import release

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(eq=False)
class Run:
    """The state of one run."""

    app: Sphinx
    desk: Desk
    own: bool
    """Whether Sphinx builds the edition's own `proceedings/`, not somebody's site that shows it."""
    html: bool = False
    made: dict[str, record.Made] = field(default_factory=dict)
    """Pages of this build by their file; without a time, those that were just made."""
    before: dict[str, record.Made] = field(default_factory=dict)
    """The same of the last build in this place."""
    searching: Mapping[str, str] = field(default_factory=dict)
    """The scripts of the search, by their path."""
    _contents: dict[tuple[str, str], Any] = field(default_factory=dict)

    @staticmethod
    def start(app: Sphinx, desk: Desk) -> Run:
        """Begins a run, and remembers it."""
        own = Path(app.srcdir) == (desk.root / "proceedings").resolve()
        _runs[app] = Run(app, desk, own)
        return _runs[app]

    @staticmethod
    def of(app: Sphinx) -> Run:
        """The run of `app`; raises `KeyError` where the edition was not read."""
        return _runs[app]

    def __repr__(self) -> str:
        return f"<Run {self.desk!r}>"

    def prepare(self) -> None:
        """Called once the pages are planned and the PDFs to link are known."""
        self.before = record.read(Path(self.app.doctreedir), Path(self.app.outdir))

    @cached_property
    def shelf(self) -> Shelf:
        """Views of papers and authors."""
        return Shelf(self.desk)

    @cached_property
    def files(self) -> Files:
        """The files beside the pages."""
        files = downloads.collect(self.shelf)
        texts = (*facets.texts(self.shelf), *calendar.texts(self.shelf))
        data = {path: text.encode("utf-8", "replace") for path, text in texts}
        written = {**files.written, **data}
        if not self.own:
            # What robots may do on somebody's own site is theirs to say.
            written.pop(addresses.ROBOTS, None)
        return replace(files, written=written)

    @cached_property
    def pages(self) -> tuple[Entry, ...]:
        """The pages that the edition fills."""
        return navigation.generated(self.desk.volume)

    @cached_property
    def renderer(self) -> Renderer:
        """Our templates, the editors' own first."""
        # `html-collect-pages` comes last, but templates of prose already link its pages.
        return Renderer(
            self.shelf,
            self.app.builder,  # type: ignore[arg-type]  # used for HTML builders only
            pages=[entry.page for entry in self.pages],
            images=self.files.copied,
            overrides=self.overrides,
            cache=Path(self.app.doctreedir) / "templates",
        )

    @cached_property
    def heads(self) -> Heads:
        """What every page's head says to machines."""
        return Heads(self.shelf, self.files, self.renderer, self.app.config.root_doc)

    @cached_property
    def frame(self) -> str:
        """Changes when what stands around every page does, or what makes pages."""
        event = self.desk.volume.event
        return record.digest(
            event.short_name,
            repr(self.pages),
            repr(self.desk.volume.site),
            words.version(),
            *release(),
            *self._theirs(),
        )

    def _theirs(self) -> Iterator[str]:
        """Names and digests of the editors' templates, styles and scripts.

        Themes write into every page what a style is called and what is in it (`own.css?v=…`).
        """
        config, home = self.app.config, Path(self.app.confdir)
        digests = self.desk.cache.digests
        named = (*config.templates_path, *getattr(config, "html_static_path", ()))
        for folder in dict.fromkeys((self.overrides, *(home / name for name in named))):
            files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
            for file in files:
                if file.is_file():
                    with contextlib.suppress(OSError):  # Sphinx says so
                        yield f"{file.relative_to(folder.parent).as_posix()} {digests.of(file)}"

    @cached_property
    def content(self) -> str:
        """Changes when anything that a page of prose may show does."""
        files = [file for file in self.desk.files if file.is_file()]
        return record.digest(
            self.frame,
            self.desk.plan.digest,
            repr(sorted(self.files.copied)),
            *(file.read_text(encoding="utf-8", errors="replace") for file in sorted(files)),
        )

    def meta(self, page: Page) -> str:
        """All that a page's head says to machines."""
        more = self.heads.of(page.name, page.title) if page.name != search.PAGE else ""
        return page.meta() + more

    def search_page(self, everything: Iterable[Page]) -> Page:
        """The search over `everything` and over the pages of prose; its scripts are kept here."""
        env, shelf = self.app.env, self.shelf
        lines = {
            self.desk.addresses.paper(view.paper.key): ", ".join(
                byline.contributor.name.full for byline in view.bylines[:6]
            )
            for view in shelf.papers
        }
        prose = (
            Findable(name, env.titles[name].astext(), (env.get_doctree(name).astext(),))
            for name in sorted(env.found_docs)
        )
        ours = (
            Findable(page.name, page.title, page.words(), lines.get(page.name, ""))
            for page in everything
            if page.found
        )
        made = search.index((*ours, *prose))
        self.searching = made.scripts
        context = {
            "version": version(*(text.encode() for text in made.scripts.values())),
            "script_version": version((STATIC / "proceedings-search.js").read_bytes()),
            "letters": made.letters,
            "block": search.BLOCK,
            "kinds": made.kinds,
        }
        return Page(
            search.PAGE,
            words.say("Search"),
            lambda: self.renderer.render("search.html", search.PAGE, **context),
            lambda: '\n<meta name="robots" content="noindex">',
        )

    @property
    def overrides(self) -> Path:
        """Where editors replace templates."""
        return self.desk.root / "proceedings" / "_templates"

    def contents(self, folder: str | None, toctree: Callable[..., Any]) -> Callable[..., Any]:
        """The theme's `toctree()`, asked once for all pages of `folder`; `None`: never kept."""
        if folder is None:
            return toctree

        def kept(**options: Any) -> Any:
            key = (folder, repr(sorted(options.items())))
            if key not in self._contents:
                self._contents[key] = toctree(**options)
            return self._contents[key]

        return kept

    def entries(self, env: BuildEnvironment) -> tuple[Entry, ...]:
        """The navigation: the edition's pages, then pages of prose that no toctree names."""
        theirs = env.found_docs
        ours = tuple(entry for entry in self.pages if entry.page not in theirs)
        more = navigation.prose(self.desk.volume, env) if self.own else ()
        last = tuple(entry for entry in ours if entry.page in {"downloads", "editions"})
        return (*(entry for entry in ours if entry not in last), *more, *last)


_runs: WeakKeyDictionary[Sphinx, Run] = WeakKeyDictionary()

"""Pages of papers, authors and program: Sphinx is handed those that changed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.site import editions, frames, items, pages, prose, record, remote, search
from builder.site.rendering import Here
from builder.site.run import Run

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Hands Sphinx the pages that changed since the last build; the search hears of all of them."""
    run = Run.of(app)
    if not run.html:
        return
    # The edition lives as long as the build: nothing in it is garbage yet, however often one looks.
    gc.freeze()
    try:
        yield from _collect(app, run)
    finally:
        gc.unfreeze()


def _collect(app: Sphinx, run: Run) -> Iterator[tuple[str, dict[str, Any], str]]:
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]  # its format is HTML
    theirs = frozenset(app.env.found_docs)
    collector = pages.Collector(run.shelf, run.renderer, run.files)
    everything = [
        page
        for page in (*collector.collect(), *editions.collect(run.shelf, run.renderer))
        if page.name not in theirs
    ]
    if run.own:
        _look_out(app, run)
        if app.config.proceedings_search:
            everything.append(run.search_page(everything))
    else:
        search.feed(builder, everything)
    around = frames.Frames(app)
    # What else is installed should not hear of a page that will not be.
    shown = around.sample() if around.usable else prose.contents(run, app.env)
    frame = record.digest(run.frame, repr(run.entries(app.env)), _shell(app, builder), shown)
    run.renderer.items = items.Items(Path(app.doctreedir), frame, collector.origins.papers)
    for page in everything:
        path = prose.file(app, page.name)
        parts = (page.title, repr(page.before), repr(page.after), page.origin)
        # Where nobody can tell what a page is made of, making it tells.
        made = (page.body(), run.meta(page)) if not page.origin else None
        digest = record.digest(frame, *parts, *(made or ()))
        known = run.before.get(path)
        run.made[path] = record.Made(digest)
        if known and record.stands(known, digest, f"{app.outdir}/{path}"):
            run.made[path] = known
            continue
        body, meta = made or (page.body(), run.meta(page))
        context = _context(page, body, meta, run.renderer.here(page.name))
        if not around.write(page.name, context, "page.html"):
            # Another site may share the file; Sphinx would write into it.
            (Path(app.outdir) / path).unlink(missing_ok=True)
            yield page.name, context, "page.html"
    run.renderer.items.write()


def _look_out(app: Sphinx, run: Run) -> None:
    """Reports what pages of prose show from elsewhere, where the policy hides it from readers."""
    wish = app.config.proceedings_policy
    if wish is False:
        return
    more = wish if isinstance(wish, dict) else {}
    for name in sorted(app.env.found_docs):
        path = Path(app.env.doc2path(name))
        file = path.relative_to(run.desk.root) if path.is_relative_to(run.desk.root) else path.name
        for finding in remote.blocked(app.env.get_doctree(name), Path(file).as_posix(), more):
            run.desk.find(finding)


def _context(page: pages.Page, body: str, meta: str, here: Here) -> dict[str, Any]:
    def neighbour(other: tuple[str, str] | None) -> tuple[str, str] | None:
        return (here.page(other[0]), other[1]) if other else None

    return frames.context(
        title=page.title,
        body=body,
        meta=meta,
        before=neighbour(page.before),
        after=neighbour(page.after),
    )


def _shell(app: Sphinx, builder: StandaloneHTMLBuilder) -> str:
    """Changes whenever the frame that the theme puts around a page may."""
    theme = builder.templates.newest_template_mtime()
    return record.digest(builder.build_info.config_hash, str(app.config.html_theme), str(theme))

"""The Sphinx extension: only says which part answers which of Sphinx's events."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from builder import __version__
from builder.check import accept
from builder.model import Severity
from builder.prose import nodes as neutral
from builder.site import (
    assets,
    collecting,
    desk,
    downloads,
    feeds,
    home,
    links,
    listings,
    mathematics,
    moved,
    navigation,
    policy,
    prose,
    record,
    scholarly,
    settings,
    thumbnails,
    words,
)
from builder.site.domain import ProceedingsDomain
from builder.site.run import Run
from builder.site.search import PAGE
from builder.site.voice import say
from builder.work import write_if_changed
from builder.work.patience import be_patient

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """What Sphinx calls for `extensions = ["builder.site"]`."""
    app.setup_extension("myst_parser")
    app.add_config_value("proceedings_edition", "..", "", types=(str,))
    app.add_config_value("proceedings_booklet", None, "", types=(str, type(None)))
    app.add_config_value("proceedings_papers", None, "", types=(str, type(None)))
    app.add_config_value("proceedings_standing", True, "", types=(bool,))
    app.add_config_value("proceedings_citations", True, "html", types=(bool,))
    app.add_config_value("proceedings_search", True, "html", types=(bool,))
    app.add_config_value("proceedings_policy", None, "html", types=(dict, bool, type(None)))
    app.add_domain(ProceedingsDomain)
    for node in (*neutral.LISTINGS, *neutral.REFERENCES):
        app.add_node(node)
    mathematics.register(app)
    app.connect("config-inited", read_edition)
    app.connect("builder-inited", open_run)
    app.connect("env-get-outdated", prose.outdated)
    app.connect("env-get-updated", prose.rewritten)
    app.connect("env-purge-doc", prose.forget)
    app.connect("env-merge-info", prose.merge)
    app.connect("doctree-read", prose.remember)
    app.connect("doctree-resolved", resolve)
    # Before the theme's own handler (500), which turns `toctree()` into its navigation.
    app.connect("html-page-context", decorate, priority=400)
    # Behind it: what a theme offers only then.
    app.connect("html-page-context", decorate_header, priority=600)
    app.connect("html-collect-pages", collecting.collect)
    app.connect("build-finished", finish)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def read_edition(app: Sphinx, config: Config) -> None:
    """Reads the edition, and lets it fill in what `conf.py` leaves open."""
    root = (Path(app.srcdir) / config.proceedings_edition).resolve()
    be_patient()
    opened, findings = desk.read(root)
    for finding in accept(findings, opened.volume) if opened else findings:
        say(finding)
    if opened is None:
        errors = [finding for finding in findings if finding.severity >= Severity.ERROR]
        first = f": {errors[0].where or ''} {errors[0].message}" if errors else ""
        raise ConfigError(f"The edition in {root} cannot be read{first}")
    run = Run.start(app, opened)
    if run.own:
        settings.apply(config, opened.volume)
    words.speak(app, ours=run.own)


def open_run(app: Sphinx) -> None:
    """Looks at the PDFs, plans the pages, and makes everything known that pages will need."""
    run = Run.of(app)
    run.html = app.builder.format == "html"
    if not run.html:
        return
    now = run.desk
    now.citations = app.config.proceedings_citations
    desk.paginate(now)
    if app.config.proceedings_booklet or app.config.proceedings_papers:
        book, papers = app.config.proceedings_booklet, app.config.proceedings_papers
        desk.attach(now, Path(book) if book else None, Path(papers) if papers else None)
    elif app.config.proceedings_standing:
        desk.attach_standing(now)
    thumbnails.attach(now)
    for finding in (*links.dropped(now.volume), *mathematics.unconverted(now.volume)):
        now.find(finding)
    assets.place(Path(app.outdir))
    app.add_css_file("proceedings.css", priority=700)
    app.add_js_file("proceedings.js", loading_method="defer")
    wish = app.config.proceedings_policy
    # Somebody's own site may load what it likes; it can ask for the policy too.
    if run.own if wish is None else wish is not False:
        bridge = app.builder.templates
        bridge.render = policy.guarded(bridge.render, wish if isinstance(wish, dict) else {})
    # The theme's box leads to a page of that name, which is ours.
    app.builder.search = not run.own  # type: ignore[attr-defined]  # its format is HTML
    if run.own and not app.config.proceedings_search:
        # A theme names the templates beside its pages as it likes, this one after what it does.
        theme = app.builder.theme  # type: ignore[attr-defined]
        theme.sidebar_templates = tuple(
            name for name in theme.sidebar_templates if "search" not in name
        )
    run.prepare()
    if run.own:
        home.provide(app, run.renderer.render("default-index.md", app.config.root_doc))


def resolve(app: Sphinx, doctree: document, docname: str) -> None:
    """Fills the editors' directives and roles."""
    run = Run.of(app)
    if not run.html:
        listings.spell_out(doctree, run.shelf)
        return
    listings.resolve(
        doctree,
        docname,
        shelf=run.shelf,
        renderer=run.renderer,
        files=run.files,
        env=app.env,
    )
    wish = str(app.env.metadata.get(docname, {}).get("masthead", "true")).lower()
    if run.own and docname == app.config.root_doc and wish not in {"false", "no", "0"}:
        listings.masthead(doctree, docname, renderer=run.renderer, files=run.files)


def decorate(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Gives every page the navigation, and prose its word to search engines."""
    run = Run.of(app)
    if not run.html:
        return
    if "toctree" in context and "pathto" in context:
        # Pages of ours in one folder are not in the editors' contents, which look alike from there.
        folder = pagename.rpartition("/")[0] if doctree is None else None
        theirs = run.contents(folder, context["toctree"])
        context["toctree"] = navigation.tree(
            run.entries(app.env), pagename, context["pathto"], theirs
        )
    if "theme_external_links" in context:
        ours = navigation.external(run.entries(app.env), context["pathto"])
        context["theme_external_links"] = [*ours, *(context["theme_external_links"] or ())]
    if doctree is not None:
        meta = scholarly.meta(None, run.desk)
        if run.own:
            meta += run.heads.of(pagename, app.env.titles[pagename].astext())
            context["body"] = f'<div class="proc-site">{context.get("body", "")}</div>'
        context["metatags"] = (context.get("metatags") or "") + meta


def decorate_header(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Lets pydata-sphinx-theme's header name our pages as pages of this site."""
    run = Run.of(app)
    if run.html and (theirs := context.get("generate_header_nav_html")):
        context["generate_header_nav_html"] = navigation.internal(
            run.entries(app.env), pagename, context["pathto"], theirs
        )


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Puts the files beside the pages, sweeps what is stale, and says what was found."""
    try:
        run = Run.of(app)
    except KeyError:
        return
    if exception is not None or not run.html:
        return
    out = Path(app.outdir)
    written = {prose.file(app, name) for name in app.env.found_docs}
    downloads.place(run.files, out, run.desk.root / "build")
    for path, text in run.searching.items():
        write_if_changed(out / path, text)
    pages = {*run.made, *written} - {prose.file(app, PAGE)}
    maps = feeds.sitemaps(run.desk, pages) if run.own else {}
    gone = moved.pages(run.desk, out, pages) if run.own else {}
    if run.own and b"searchindex.js" in (out / f"{app.config.root_doc}.html").read_bytes():
        # Some themes ask for Sphinx's index on every page, though the search is ours.
        maps = {**maps, "searchindex.js": "// The index of this site is in search/.\n"}
    for path, text in {**maps, **gone}.items():
        write_if_changed(out / path, text)
    others = (*run.files.copied, *run.files.written, *maps, *gone, *run.searching)
    with contextlib.suppress(OSError):
        # Sphinx makes this folder even where it copies no source into it.
        (out / "_sources").rmdir()
    now = {
        path: one if one.time else record.made(one.digest, out / path)
        for path, one in run.made.items()
    }
    record.sweep(out, set(run.before) - written, {*now, *others})
    now |= {
        path: record.made(record.PROSE, out / path) for path in written if (out / path).is_file()
    }
    record.write(Path(app.doctreedir), out, dict.fromkeys(others, record.Made()) | now)
    for finding in accept(run.desk.findings, run.desk.volume):
        say(finding)

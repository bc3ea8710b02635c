"""Pages of prose: which of them show something of the edition, and when they are read again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from builder.prose import nodes as neutral
from builder.site import record
from builder.site.run import Run

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Pages of prose to read again because the edition, not their file, changed."""
    run = Run.of(app)
    if not run.html:
        return []
    state: Any = env
    known = getattr(state, "proceedings_seen", ("", ""))
    seen = (run.content, run.frame)
    state.proceedings_seen = seen
    if known[1] != seen[1]:
        return sorted(env.found_docs - removed)
    # What stands there need not be what the last build made: that one may never have been kept.
    stale = {name for name in env.found_docs - removed if not _stands(app, run, name)}
    if known[0] != seen[0]:
        stale |= getattr(state, "proceedings_docs", set()) & env.found_docs
    return sorted(stale)


def rewritten(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Pages of prose to write again because the contents, which stand beside all, changed."""
    run = Run.of(app)
    if not run.html:
        return []
    state: Any = env
    known = getattr(state, "proceedings_contents", "")
    state.proceedings_contents = now = contents(run, env)
    return sorted(env.found_docs) if known != now else []


def contents(run: Run, env: BuildEnvironment) -> str:
    """Changes when a theme's table of contents may: pages of prose, their titles and headings."""
    tocs = [f"{name} {env.tocs[name].pformat()}" for name in sorted(env.tocs)]
    titles = [f"{name} {env.titles[name].astext()}" for name in sorted(env.titles)]
    return record.digest(repr(run.entries(env)), *tocs, "", *titles)


def _stands(app: Sphinx, run: Run, name: str) -> bool:
    path = file(app, name)
    return record.stands(run.before.get(path), record.PROSE, Path(app.outdir) / path)


def remember(app: Sphinx, doctree: document) -> None:
    """Notes which pages of prose show something of the edition."""
    ours = (*neutral.LISTINGS, *neutral.REFERENCES)
    docname = app.env.docname
    shows = next((True for node in doctree.findall(nodes.Element) if isinstance(node, ours)), False)
    if shows or docname == app.config.root_doc:
        _docs(app.env).add(docname)


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """A page of prose is read again, or is gone."""
    _docs(env).discard(docname)


def merge(app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    """Takes over what a parallel reader noted."""
    _docs(env).update(_docs(other) & set(docnames))


def _docs(env: BuildEnvironment) -> set[str]:
    state: Any = env
    if not hasattr(state, "proceedings_docs"):
        state.proceedings_docs = set()
    docs: set[str] = state.proceedings_docs
    return docs


def file(app: Sphinx, name: str) -> str:
    """Path of a page below the site's root."""
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]  # its format is HTML
    if builder.name == "html":
        return f"{name}{builder.out_suffix}"
    return builder.get_output_path(name).relative_to(app.outdir).as_posix()

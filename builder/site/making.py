"""Runs Sphinx on an edition, in this process, and hands back what it had to say as findings."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.model import Finding

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def build(
    root: Path,
    out: Path,
    *,
    booklet: Path | None = None,
    papers: Path | None = None,
    state: Path | None = None,
) -> tuple[Finding, ...]:
    """Makes the site of the edition in `root` in the folder `out`.

    Where `state`, Sphinx's own folder, is that of an earlier build into `out`, and what it made
    (`remembered`) stands there, only what changed is made.

    `booklet` is the volume, `papers` the folder of stamped papers, `<key>.pdf` each, that follow
    the same pagination: they are linked into the site, and nothing is linked that is not given.
    Never raises for what editors wrote: an edition that cannot be read, or a page that cannot be
    rendered, is an error among the findings. Raises `OSError` where a file cannot be written.
    """
    # Sphinx takes a third of a second to import, which only those who make a site should pay.
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    from builder.site.run import Run
    from builder.site.voice import Voice

    source, voice = root / "proceedings", Voice(root)
    configured = (source / "conf.py").is_file()
    overrides: dict[str, Any] = {
        "proceedings_booklet": str(booklet) if booklet else None,
        "proceedings_papers": str(papers) if papers else None,
        "proceedings_standing": False,
    }
    if not configured:
        overrides |= {"extensions": ["builder.site"]}
    found: tuple[Finding, ...] = ()
    try:
        with patch_docutils(str(source) if configured else None), docutils_namespace():
            app = Sphinx(
                srcdir=source,
                confdir=source if configured else None,
                outdir=out,
                doctreedir=state or root / "build" / ".cache" / "site",
                buildername="html",
                confoverrides=overrides,
                status=None,
                warning=voice,
            )
            _keep_compiled(app)
            app.build()
            found = tuple(Run.of(app).desk.findings)
    except UnicodeDecodeError as error:
        voice.failed(f"a file is not written in UTF-8: {error}")
    except SphinxError as error:
        cause = getattr(error, "orig_exc", None)
        if isinstance(cause, OSError):
            raise cause from error
        voice.failed(str(error))
    return (*found, *voice.findings)


def _keep_compiled(app: Sphinx) -> None:
    """Keeps the theme's templates compiled by their content, as ours are, from build to build."""
    from jinja2 import Environment, FileSystemBytecodeCache

    # Whoever writes an extension may bring another engine.
    environment = getattr(app.builder.templates, "environment", None)
    if isinstance(environment, Environment):
        folder = Path(app.doctreedir) / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        form = f"theme_{version('jinja2')}_{version('sphinx')}_%s.cache"
        environment.bytecode_cache = FileSystemBytecodeCache(str(folder), form)

"""Runs Sphinx on an edition, in this process, and hands back what it had to say as findings."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from builder.model import Finding, Severity, Where

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(
    r"(?:(?P<file>\S.*?)(?::(?P<line>\d+))?: )?(?P<level>WARNING|ERROR|CRITICAL): (?P<text>.*)",
    re.DOTALL,
)
_KIND = re.compile(r"\s*\[(?P<kind>[a-z_]+(?:\.[\w-]+)?)\]\s*\Z")


def build(
    root: Path, out: Path, *, booklet: Path | None = None, papers: Path | None = None
) -> tuple[Finding, ...]:
    """Makes the site of the edition in `root` in the folder `out`.

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

    source, voice = root / "proceedings", _Voice(root)
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
                doctreedir=root / "build" / ".cache" / "site",
                buildername="html",
                confoverrides=overrides,
                status=None,
                warning=voice,
            )
            app.build()
            found = tuple(Run.of(app).desk.findings)
    except SphinxError as error:
        cause = getattr(error, "orig_exc", None)
        if isinstance(cause, OSError):
            raise cause from error
        voice.failed(str(error))
    return (*found, *voice.findings)


class _Voice(io.StringIO):
    """Sphinx's warnings, each of which arrives as one piece of text."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root.resolve()
        self.findings: list[Finding] = []

    def write(self, text: str, /) -> int:
        said = _ESCAPES.sub("", text).strip()
        if (heard := _WARNING.fullmatch(said)) and (finding := self._finding(heard)):
            self.findings.append(finding)
        return len(text)

    def failed(self, message: str) -> None:
        """Sphinx gave up."""
        self.findings.append(
            Finding(
                code="site-failed",
                severity=Severity.ERROR,
                message=f"The site could not be made: {message}",
                hint="Mend what the message names, then make the site again.",
            )
        )

    def _finding(self, heard: re.Match[str]) -> Finding | None:
        text = heard["text"].strip()
        kind = _KIND.search(text)
        # Those are findings already, by another way: the edition's, or the site's own.
        name = kind["kind"] if kind else ""
        if name.startswith("proceedings.") and name != "proceedings.prose-unknown-reference":
            return None
        message = " ".join(_KIND.sub("", text).split())
        return Finding(
            code="prose-unknown-reference" if name.startswith("proceedings.") else "site-prose",
            severity=Severity.ERROR if heard["level"] != "WARNING" else Severity.WARNING,
            message=message,
            where=self._where(heard["file"], heard["line"]),
            hint="Correct the page's source." if heard["file"] else "",
        )

    def _where(self, file: str | None, line: str | None) -> Where | None:
        if not file:
            return None
        path = Path(file)
        if path.is_absolute() and path.is_relative_to(self._root):
            path = path.relative_to(self._root)
        shown = path.as_posix() if not path.is_absolute() else path.name
        return Where(file=shown, line=int(line) if line else None)

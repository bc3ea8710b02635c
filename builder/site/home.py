"""A home page for an edition whose editors wrote none: every file but two may be missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.project import Project
from sphinx.util._pathlib import _StrPath

from builder.work import write_if_changed

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class ProjectWithHome(Project):
    """Sphinx's list of documents, with the home page that we wrote where there is none."""

    home: tuple[str, str] = ("", "")
    """Name of the document, and the file that stands in for it."""

    def discover(self, *args: Any, **options: Any) -> set[str]:
        """As Sphinx does it; then the home page, unless one was found."""
        found = super().discover(*args, **options)
        name, file = self.home
        if name and name not in found:
            found.add(name)
            self._docname_to_path[name] = Path(file)
            self._path_to_docname[Path(file)] = name
        return found

    def doc2path(self, docname: str, absolute: bool) -> _StrPath:
        """The file; where only its name is wanted, never a path of this machine."""
        name, file = self.home
        path = super().doc2path(docname, absolute)
        ours = not absolute and docname == name and str(path) == file
        return _StrPath(f"{name}.md") if ours else path


def provide(app: Sphinx, source: str) -> None:
    """Lets `source` (MyST) stand in for the root document if there is none."""
    file = Path(app.doctreedir) / "home" / "index.md"
    write_if_changed(file, source)
    app.project.__class__ = ProjectWithHome
    project: Any = app.project
    project.home = (app.config.root_doc, str(file))

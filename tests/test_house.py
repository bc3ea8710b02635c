"""The plan of the house, held to: which room may import which, and who may open a PDF."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import builder

ROOMS = (
    "model",
    "work",
    "pdf",
    "edition",
    "gather",
    "check",
    "cite",
    "prose",
    "booklet",
    "site",
    "export",
    "press",
    "cli",
)
"""From the ground floor up; a room may import those before it."""

PACKAGE = Path(builder.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(module: Path) -> Iterator[str]:
    """Every module that `module` imports, at the top or inside functions."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative imports hide which room they lead to"
            assert node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """The room of a dotted name, or nothing for what is no part of the house."""
    parts = name.split(".")
    return parts[1] if parts[0] == "builder" and len(parts) > 1 and parts[1] in ROOMS else ""


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_the_rooms_before_it(module: Path) -> None:
    relative = module.relative_to(PACKAGE)
    here = relative.parts[0] if len(relative.parts) > 1 else "cli"
    if here not in ROOMS:  # the package's own __init__
        return
    above = [
        name
        for name in imports(module)
        if room(name) and ROOMS.index(room(name)) > ROOMS.index(here)
    ]
    assert not above


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_pdf_room_opens_pdfs(module: Path) -> None:
    if module.relative_to(PACKAGE).parts[0] == "pdf":
        return
    engines = {"pikepdf", "pypdf", "pypdfium2"}
    assert not engines & {name.split(".")[0] for name in imports(module)}


def test_every_room_says_what_its_job_is() -> None:
    for name in ROOMS:
        source = (PACKAGE / name / "__init__.py").read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(source)), f"builder/{name}/__init__.py has no docstring"


@pytest.mark.parametrize("name", ["check", "cite", "prose", "booklet", "site"])
def test_what_is_published_never_looks_into_private(name: str) -> None:
    for module in (PACKAGE / name).rglob("*.py"):
        source = module.read_text(encoding="utf-8")
        assert not [one for one in imports(module) if one.startswith("builder.edition.private")]
        assert "private.load" not in source, module
        assert '"private/' not in source, module

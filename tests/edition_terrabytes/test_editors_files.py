"""The edition's files are an example to other editors, and their text editors understand them."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.edition import schemas


@pytest.mark.parametrize("name", list(schemas.FORMS))
def test_its_schemas_are_those_of_the_program(repository: Path, name: str) -> None:
    committed = repository / "proceedings" / ".schemas" / f"{name}.json"
    assert committed.read_text(encoding="utf-8") == schemas.text(name), (
        "write them again: builder.edition.schemas.write(Path('proceedings/.schemas'))"
    )


@pytest.mark.parametrize("name", list(schemas.FORMS))
def test_every_file_names_its_schema_in_its_first_line(repository: Path, name: str) -> None:
    folder = "papers" if name == "authors" else "proceedings"
    file = repository / folder / f"{name}.yaml"
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (file.parent / first.partition("=")[2]).is_file()


def test_its_sphinx_project_needs_two_lines_beyond_its_name(repository: Path) -> None:
    lines = (repository / "proceedings" / "conf.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert 'extensions = ["builder.site"]' in lines

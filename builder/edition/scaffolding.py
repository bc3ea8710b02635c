"""`scaffold`: a new edition, commented so that it can be filled in without the manual."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from builder.edition import schemas

_RENAMED = {"gitignore": ".gitignore", "github": ".github"}
"""Templates whose own names would make tools take them for more than templates."""


TITLE = "My Workshop"
"""The event's name until somebody gives it its own."""


def scaffold(
    root: Path,
    *,
    title: str = TITLE,
    year: int | None = None,
    name: str = "",
    date: str = "",
) -> tuple[Path, ...]:
    """Writes a new edition into `root`; returns what was written, in order.

    A file that exists is left as it is, whatever stands in it; only the JSON Schemas, which
    belong to the program, are brought up to date. `title` is the event's short name without the
    year, `name` its full name, `date` its first day (`2026-07-18`).
    """
    short = f"{title} {year}" if year is not None and str(year) not in title else title
    values = {
        "SHORT": short.strip(),
        "NAME": (name or short).strip(),
        "DATE": date or (f"{year}-07-18" if year is not None else "2026-07-18"),
        "DATE_KNOWN": "" if date else "# ",
    }
    written = [*_missing(root, templates(), values)]
    written += _schemas(root / "proceedings" / ".schemas", schemas.FORMS)
    return (*written, *_schemas(root / "private" / ".schemas", schemas.PRIVATE))


def scaffold_private(root: Path) -> tuple[Path, ...]:
    """Writes the files of `private/` that are not there yet, and the schemas that explain them.

    For editions that began before anybody thought of a special issue.
    """
    chosen = [(path, file) for path, file in templates() if path.startswith("private/")]
    written = _missing(root, chosen, {})
    return (*written, *_schemas(root / "private" / ".schemas", schemas.PRIVATE))


def _missing(
    root: Path, chosen: Iterable[tuple[str, Traversable]], values: Mapping[str, str]
) -> Iterator[Path]:
    for relative, template in chosen:
        path = root / relative
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        text = _filled(template.read_text(encoding="utf-8"), values, quoted=path.suffix != ".md")
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        yield path


def _schemas(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    for schema in names:
        path = folder / f"{schema}.json"
        text = schemas.text(schema)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            yield path


def untouched(root: Path) -> tuple[str, ...]:
    """The pages of prose in `root/proceedings` that say what `scaffold` wrote, by their names."""
    found = []
    for relative, template in templates():
        if not re.fullmatch(r"proceedings/[^/]+\.md", relative):
            continue
        try:
            text = (root / relative).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        if text.split() == template.read_text(encoding="utf-8").split():
            found.append(relative.removeprefix("proceedings/"))
    return tuple(found)


def templates() -> list[tuple[str, Traversable]]:
    """Every file of a new edition: its path, with forward slashes, and its template."""
    found: list[tuple[str, Traversable]] = []

    def walk(folder: Traversable, above: str) -> None:
        for item in sorted(folder.iterdir(), key=lambda item: item.name):
            if item.name == "__pycache__":
                continue
            name = above + _RENAMED.get(item.name, item.name.removesuffix(".template"))
            if item.is_dir():
                walk(item, f"{name}/")
            else:
                found.append((name, item))

    walk(files("builder.edition") / "starter", "")
    return found


def _filled(text: str, values: Mapping[str, str], *, quoted: bool) -> str:
    """`text` with `@NAME@` replaced; `quoted` as in the double quotes of YAML and Python."""

    def value(match: re.Match[str]) -> str:
        word = values.get(match[1])
        if word is None:
            return match[0]
        word = re.sub(r"\s+", " ", word)  # "# " keeps its space: editors take both away
        return word.replace("\\", "\\\\").replace('"', '\\"') if quoted else word

    return re.sub(r"@([A-Z_]+)@", value, text)

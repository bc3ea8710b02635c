"""The manual's page on each finding, from the installed package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def codes() -> tuple[str, ...]:
    """Every code that has a page, in alphabetical order."""
    folder = files("builder.check").joinpath("codes")
    names = (page.name for page in folder.iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))


def explain(code: str) -> str:
    """The page on `code`, as Markdown; raises `KeyError` for a code that has none."""
    if code not in codes():
        raise KeyError(code)
    return files("builder.check").joinpath("codes", f"{code}.md").read_text(encoding="utf-8")

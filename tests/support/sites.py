"""Sites as a stranger reads them: with BeautifulSoup, which none of our code uses to write them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import html5lib
from bs4 import BeautifulSoup

SKIPPED = ("search.html", "genindex.html")
"""Pages of Sphinx's own, which describe nothing."""


class ReadPage:
    """One page of a site."""

    def __init__(self, root: Path, path: str) -> None:
        self.root = root
        self.path = path
        self.soup = BeautifulSoup((root / path).read_text(encoding="utf-8"), "html.parser")

    def metas(self, name: str, attribute: str = "name") -> list[str]:
        return [str(tag["content"]) for tag in self.soup.find_all("meta", {attribute: name})]

    def rows(self) -> list[tuple[str, str]]:
        found = self.soup.find_all("meta", {"name": True})
        return [(str(tag["name"]), str(tag["content"])) for tag in found]

    def links(self, relation: str) -> list[str]:
        found = self.soup.find_all("link", {"rel": relation})
        return [str(tag["href"]) for tag in found]

    def parse(self) -> None:
        """Raises `html5lib.html5parser.ParseError` for what is not HTML as it should be."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        parser.parse((self.root / self.path).read_bytes())

    @cached_property
    def data(self) -> list[Any]:
        found = self.soup.find_all("script", {"type": "application/ld+json"})
        return [json.loads(str(tag.string)) for tag in found]

    @cached_property
    def ids(self) -> set[str]:
        return {str(tag["id"]) for tag in self.soup.find_all(id=True)}

    def targets(self) -> Iterator[str]:
        """Every address in it, as written."""
        for tag in self.soup.find_all(True):
            for name in ("href", "src", "poster", "data-proc-preview"):
                if tag.has_attr(name):
                    yield str(tag[name])
            for part in str(tag.get("srcset") or "").split(","):
                if part.strip():
                    yield part.split()[0]


def pages(root: Path) -> dict[str, ReadPage]:
    """Every page of the site in `root`."""
    found = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.html"))
    return {path: ReadPage(root, path) for path in found if not path.startswith("_static/")}


def broken(root: Path, read: dict[str, ReadPage]) -> list[str]:
    """Every address within the site that leads nowhere, as `page → address`."""
    wrong = []
    for page in read.values():
        for target in dict.fromkeys(page.targets()):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            file = root / page.path
            if parts.path:
                file = (file.parent / unquote(parts.path)).resolve()
            if file.is_dir():
                file /= "index.html"
            if not file.is_file() or not file.is_relative_to(root.resolve()):
                wrong.append(f"{page.path} → {target}")
                continue
            other = read.get(file.relative_to(root.resolve()).as_posix())
            fragment = unquote(parts.fragment)
            # `#track=long` and the like are states that the page's own script reads.
            if other and fragment and "=" not in fragment and fragment not in other.ids:
                wrong.append(f"{page.path} → {target}")
    return wrong


def contents(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below `root`, and what is in every zip among them."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield from _unpacked(path.relative_to(root).as_posix(), path.read_bytes())


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inside in archive.namelist():
                if not inside.endswith("/"):
                    yield from _unpacked(f"{name}/{inside}", archive.read(inside))

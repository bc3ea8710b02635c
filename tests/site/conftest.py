"""Sites made from a hand-made edition."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from builder import site
from builder.model import Finding, Plan, Volume
from builder.site import desk
from builder.site.addresses import Addresses


def _editions() -> ModuleType:
    # Tests are no package (importlib mode), so a neighbour is loaded by its path.
    name = "site_editions"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / "editions.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def editions() -> ModuleType:
    """The module `editions.py`."""
    return _editions()


@dataclass
class Built:
    """One site."""

    root: Path
    out: Path
    findings: tuple[Finding, ...]

    def read(self, path: str) -> str:
        return (self.out / path).read_text(encoding="utf-8")

    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings]

    def files(self) -> dict[str, bytes]:
        return {
            file.relative_to(self.out).as_posix(): file.read_bytes()
            for file in sorted(self.out.rglob("*"))
            if file.is_file()
        }


Make = Callable[..., Built]


def build_site(
    folder: Path,
    volume: Volume | None = None,
    *,
    plan: Plan | None = None,
    name: str = "edition",
    index: str | None = None,
    printed: bool = False,
    pages: Mapping[str, str] | None = None,
) -> Built:
    """The site of `volume`, in a folder of that name; again in the same place, if it is there."""
    editions = _editions()
    root = folder / name
    if not root.exists():
        editions.write(root, **({} if index is None else {"index": index}))
    for page, source in (pages or {}).items():
        (root / "proceedings" / page).write_text(source, encoding="utf-8")
    chosen = volume or editions.volume()

    def read(at: Path) -> tuple[desk.Desk, tuple[Finding, ...]]:
        return desk.Desk(at, chosen, (), Addresses.of(chosen)), ()

    def paginate(opened: desk.Desk) -> None:
        opened.plan = plan or editions.plan()

    book = papers = None
    if printed:
        papers = root / "build" / "papers"
        papers.mkdir(parents=True, exist_ok=True)
        book = root / "build" / "booklet.pdf"
        for file in (book, *(papers / f"{key}.pdf" for key in ("doe25", "oster25"))):
            if not file.exists():
                file.write_bytes(b"%PDF-1.7\n" + file.name.encode())
    out = root / "build" / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "read", read)
        patch.setattr(desk, "paginate", paginate)
        return Built(root, out, site.build(root, out, booklet=book, papers=papers))


@pytest.fixture(scope="session", name="build_site")
def build_site_fixture() -> Callable[..., Built]:
    """`build_site`, for fixtures of other modules."""
    return build_site


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Builds a site of a given volume; a second call in the same place is a second build."""
    return lambda volume=None, **options: build_site(tmp_path, volume, **options)


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory, editions: ModuleType) -> Built:
    """The small edition's site, with its booklet; for tests that only look at it."""
    return build_site(tmp_path_factory.mktemp("plain"), editions.volume(), printed=True)


@pytest.fixture(scope="session")
def shelved(tmp_path_factory: pytest.TempPathFactory, editions: ModuleType) -> Built:
    """A site with every kind of page: its keywords and affiliations are shared by papers."""
    volume = editions.volume()
    first, second, *others = volume.papers
    second = replace(second, keywords=("bounds",), abstract=first.abstract)
    chosen = replace(volume, papers=(first, second, *others))
    return build_site(tmp_path_factory.mktemp("shelved"), chosen, printed=True)


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory, editions: ModuleType) -> Built:
    """The site of the edition in which every string is an attack."""
    return build_site(tmp_path_factory.mktemp("attacked"), editions.hostile(), printed=True)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    opened = context.new_page()
    opened.requested = []
    opened.on("request", lambda request: opened.requested.append(request.url))
    yield opened
    context.close()

"""Makes the pictures of the chapter on the site, from the fictional edition of the tests.

python docs/images/site.py

Needs what the browser tests need: Playwright and the system's Chromium (`CHROMIUM` names another).
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from builder import press, site

HERE = Path(__file__).resolve().parent
FICTIONAL = HERE.parent.parent / "tests" / "data" / "fictional"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
Prepare = Callable[[Any], None]


def made(folder: Path) -> tuple[Path, Path]:
    """The fictional edition's site, and its site in German."""
    root = shutil.copytree(FICTIONAL, folder / "edition")
    press.make_volume(press.open_desk(root), final=False)
    english = root / "build" / "site"
    sheet = root / "proceedings" / "edition.yaml"
    text = sheet.read_text(encoding="utf-8").replace("volume:\n", "volume:\n  language: de\n", 1)
    sheet.write_text(text, encoding="utf-8")
    german = folder / "german"
    build = root / "build"
    site.build(root, german, booklet=build / "booklet.pdf", papers=build / "papers")
    return english, german


class Camera:
    """Takes pictures of pages, as a reader in Vancouver sees them."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def take(
        self,
        page: Path,
        width: int,
        height: int,
        mode: str = "light",
        prepare: Prepare | None = None,
    ) -> Any:
        """One window on a page, after `prepare` did something in it."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=mode,
            timezone_id="America/Vancouver",
        )
        opened = context.new_page()
        opened.goto(page.as_uri())
        if prepare:
            prepare(opened)
        opened.wait_for_timeout(300)
        taken = Image.open(io.BytesIO(opened.screenshot())).convert("RGB")
        context.close()
        return taken


def keep(picture: Any, name: str, colors: int = 200) -> None:
    """The picture in few colours."""
    picture.quantize(colors).save(HERE / name, optimize=True)


def beside(pictures: list[Any], gap: int = 14) -> Any:
    """Pictures side by side."""
    width = sum(one.width for one in pictures) + gap * (len(pictures) + 1)
    whole = Image.new("RGB", (width, max(one.height for one in pictures) + 2 * gap), "#9aa0a6")
    at = gap
    for one in pictures:
        whole.paste(one, (at, gap))
        at += one.width + gap
    return whole


def select_two(page: Any) -> None:
    """Ticks the first and the fourth paper."""
    for number in (0, 3):
        page.locator(".proc-select input").nth(number).check()


def star_two(page: Any) -> None:
    """The program on the reader's own clock, with two sessions starred."""
    page.select_option("[name=zone]", index=1)
    for number in (1, 2):
        page.locator(".proc-star").nth(number).click()
    page.locator("h1").scroll_into_view_if_needed()


def main() -> None:
    """All pictures."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        english, german = made(Path(scratch))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        camera = Camera(browser)
        keep(camera.take(english / "papers.html", 1200, 700, prepare=select_two), "site-papers.png")
        keep(camera.take(english / "program.html", 1200, 760, prepare=star_two), "site-program.png")
        paper = english / "papers" / "alder24norms.html"
        keep(camera.take(paper, 1200, 860, "dark"), "site-paper.png")
        phones = [
            camera.take(english / name, 390, 780, mode)
            for name, mode in (
                ("index.html", "light"),
                ("papers/vandermeer24particles.html", "light"),
                ("sessions/one-a.html", "dark"),
            )
        ]
        keep(beside(phones), "site-phone.png")
        keep(camera.take(german / "papers.html", 1200, 560), "site-german.png")
        browser.close()


if __name__ == "__main__":
    main()

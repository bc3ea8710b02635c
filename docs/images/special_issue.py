"""Makes the pictures of the chapters on the special issue, from the fictional edition of the tests.

python docs/images/special_issue.py

Needs pdfLaTeX with IEEEtran for the manuscript's front matter, and for the status page a Chromium
that Playwright finds (`CHROMIUM` names another one).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent / "tests" / "data" / "fictional"
SCALE = 1.1
PAPER = "vandermeer24particles"
FREE = "\n%\\newcommand{\\draftplaceholders}{}"


def main() -> None:
    """All pictures."""
    # Workers read this file too, and need none of it.
    from builder.export import Options
    from builder.press import make_exports, open_desk, special_issue

    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "edition"
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("build"))
        desk = open_desk(root)
        make_exports(desk, ["dmlr", "jstars", "pmlr"], preview=True, options=Options())
        made = root / "build" / "export"
        page(made / "dmlr/editors/proposal.pdf", "journal-proposal.png")
        page(made / "jstars/editors/call-for-papers.pdf", "journal-call.png")
        permission = sorted((made / "pmlr/permissions").iterdir())[-1]
        page(permission, "journal-permission.png", height=0.55)
        latex = made / "jstars/papers" / PAPER / "latex"
        page(compiled(latex), "journal-front-matter.png", height=0.6)
        special_issue.write_page(special_issue.open_issue(desk))
        screen(root / "private/special-issue.html", "special-issue-status.png")


def page(file: Path, name: str, *, height: float = 1.0) -> None:
    """The first page of a file, or as much of it from the top as `height` says."""
    document = pypdfium2.PdfDocument(file)
    image = document[0].render(scale=SCALE).to_pil().convert("RGB")
    document.close()
    shown = image.crop((0, 0, image.width, int(image.height * height)))
    shown.quantize(64).save(HERE / name, optimize=True)


def compiled(folder: Path) -> Path:
    """A manuscript's front matter as its authors see it before they have written anything."""
    main = folder / "main.tex"
    main.write_text(main.read_text("utf-8").replace(FREE, FREE.replace("%", "")), "utf-8")
    tex = ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "main"]
    for command in (tex, ["bibtex", "main"], tex, tex):
        subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return folder / "main.pdf"


def screen(file: Path, name: str) -> None:
    """A page as a browser shows it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        view = browser.new_page(viewport={"width": 1500, "height": 880})
        view.goto(file.as_uri())
        view.screenshot(path=HERE / name)
        browser.close()
    image = Image.open(HERE / name).convert("RGB")
    small = image.resize((image.width * 3 // 4, image.height * 3 // 4), Image.Resampling.LANCZOS)
    small.quantize(64).save(HERE / name, optimize=True)


if __name__ == "__main__":
    main()

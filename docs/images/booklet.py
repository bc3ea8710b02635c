"""Makes the pictures of the chapter on the booklet, from the fictional edition of the tests.

python docs/images/booklet.py
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from builder import edition, pdf, prose
from builder.booklet import images, paginate
from builder.booklet.desk import Desk
from builder.booklet.front import back_matter, divider, front_matter, handbook, prose_files
from builder.booklet.stamps import covers, paper_stamps
from builder.booklet.typeset import typeset
from builder.model import Plan, Stamps
from builder.work import Cache

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent / "tests" / "data" / "fictional"
SCALE = 0.4
LOOKS = ("contours", "bands", "type", "frame", "image")


def rendered(file: Path, numbers: Iterable[int] | None = None, scale: float = SCALE) -> list[Any]:
    """Pages of a file as images; numbers from 0."""
    document = pypdfium2.PdfDocument(file)
    chosen = range(len(document)) if numbers is None else numbers
    found = [document[number].render(scale=scale).to_pil().convert("RGB") for number in chosen]
    document.close()
    return found


def beside(pages: list[Any], name: str, gap: int = 10) -> None:
    """One picture of several pages side by side, in few colours."""
    width = sum(page.width for page in pages) + gap * (len(pages) + 1)
    height = max(page.height for page in pages) + 2 * gap
    whole = Image.new("RGB", (width, height), "#9aa0a6")
    at = gap
    for page in pages:
        whole.paste(page, (at, gap))
        at += page.width + gap
    whole.quantize(64).save(HERE / name, optimize=True)


def main() -> None:
    """All pictures."""
    loaded = edition.load(ROOT)
    assert loaded.volume is not None
    volume = loaded.volume
    sources = {paper.key: ROOT / paper.pdf_file for paper in volume.printed if paper.pdf_file}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        seen = pdf.inspect_all(
            {key: file for key, file in sources.items() if file.exists()}, Cache(folder / "cache")
        )

        def desk(**settings: Any) -> tuple[Desk, dict[str, Path]]:
            said = replace(volume, booklet=replace(volume.booklet, **settings))
            texts = {
                file: prose.parse((ROOT / "proceedings" / file).read_text("utf-8"), file)
                for file in prose_files(said)
            }
            names, files, _ = images.gather(said, texts, ROOT)
            plan = paginate(said, seen, draft=True)
            return Desk(volume=said, plan=plan, images=names, prose=texts), files

        def made(data: Any, files: dict[str, Path], name: str) -> Path:
            out = folder / f"{name}.pdf"
            typeset(data, "booklet.typ", files, out)
            return out

        pages = []
        for look in LOOKS:
            one, files = desk(
                cover=look,
                cover_image="images/ottilie.png",
                logos=("images/compass.png",),
                front_matter=("cover",),
            )
            pages += rendered(made(front_matter(one), files, look), scale=0.3)
        beside(pages, "booklet-covers.png")

        one, files = desk(
            front_matter=("title-page", "imprint", "awards", "contents"), dividers=True
        )
        pages = rendered(made(front_matter(one), files, "front"))
        pages += rendered(made(divider(one, one.plan.papers[0].key), files, "divider"))
        beside(pages, "booklet-front.png")

        one, files = desk(back_matter=("author-index", "subject-index", "supplements"))
        data = back_matter(one)
        beside(rendered(made(data, files, "back")), "booklet-back.png")

        one, files = desk()
        data = handbook(replace(one, plan=Plan(), handbook=True))
        beside(rendered(made(data, files, "handbook"), range(4, 9)), "booklet-handbook.png")

        planned = one.plan.papers[0]
        paper = one.volume.paper(planned.key)
        assert paper is not None
        pages = []
        for status, stamps in (
            ("", Stamps(first_page=volume.booklet.stamps.first_page)),
            ("", Stamps(header="{short_authors}: {title}", footer="{event}", first_header="{doi}")),
            ("retracted", Stamps()),
        ):
            said = replace(volume, booklet=replace(volume.booklet, stamps=stamps))
            shown = replace(paper, status=status, notice="Its authors found that the map was real.")
            found = seen[paper.key]
            out = folder / "stamped.pdf"
            pdf.prepare(
                sources[paper.key],
                out,
                paper_stamps(said, shown, planned, draft=False, inspection=found),
                pdf.DocumentInfo(title="x"),
                ink={number: page.ink for number, page in enumerate(found.pages, 1)},
                covers=covers(said, shown, found),
            )
            pages += rendered(out, (0, 1) if not status else (0,))
        beside(pages, "booklet-stamps.png")


if __name__ == "__main__":
    main()

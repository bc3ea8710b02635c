"""Makes the pictures of the chapter on the booklet, from the fictional edition of the tests.

python docs/images/booklet.py
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import typst
from PIL import Image

from builder import edition, pdf, prose
from builder.booklet import Request, build, images, paginate, prose_files
from builder.booklet.desk import Desk
from builder.booklet.front import (
    SIZES,
    back_matter,
    card,
    divider,
    front_matter,
    handbook,
)
from builder.booklet.stamps import covers, paper_stamps
from builder.booklet.typeset import typeset
from builder.model import (
    Affiliation,
    Committee,
    Contributor,
    Include,
    Name,
    PdfKind,
    Plan,
    Stamps,
    Volume,
    Volumes,
)
from builder.pdf.imposing import impose
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


@dataclass(frozen=True)
class Studio:
    """The fictional edition, and a folder for what is made of it."""

    folder: Path
    volume: Volume
    sources: dict[str, Path]
    seen: dict[str, Any]

    def desk(self, volume: Volume | None = None, **settings: Any) -> tuple[Desk, dict[str, Path]]:
        """The edition with other settings, and its images."""
        said = volume or self.volume
        said = replace(said, booklet=replace(said.booklet, **settings))
        texts = {
            file: prose.parse((ROOT / "proceedings" / file).read_text("utf-8"), file)
            for file in prose_files(said)
        }
        names, files, _ = images.gather(said, texts, ROOT, Cache(self.folder / "cache"))
        plan = paginate(said, self.seen, draft=True)
        return Desk(volume=said, plan=plan, images=names, prose=texts), files

    def made(self, data: Any, files: dict[str, Path], template: str = "booklet.typ") -> Path:
        """The data, set."""
        out = self.folder / "made.pdf"
        typeset(data, template, files, out)
        return out

    def front(self, *names: str, volume: Volume | None = None, **settings: Any) -> Path:
        """Front matter of these parts."""
        desk, files = self.desk(volume, front_matter=names, **settings)
        return self.made(front_matter(desk), files)

    def stamped(
        self, key: str, stamps: Stamps, size: tuple[float, float] | None = None, **became: Any
    ) -> Path:
        """One paper with other stamps, fitted onto `size`."""
        desk, _ = self.desk(stamps=stamps)
        planned, paper, found = desk.planned[key], desk.volume.paper(key), self.seen[key]
        assert paper is not None
        paper, out = replace(paper, **became), self.folder / "stamped.pdf"
        pdf.prepare(
            self.sources[key],
            out,
            paper_stamps(desk.volume, paper, planned, draft=False, inspection=found),
            pdf.DocumentInfo(title="x"),
            ink={number: page.ink for number, page in enumerate(found.pages, 1)},
            covers=covers(desk.volume, paper, found),
            size=size,
        )
        return out


def main() -> None:
    """All pictures."""
    loaded = edition.load(ROOT)
    assert loaded.volume is not None
    volume = loaded.volume
    sources = {paper.key: ROOT / paper.pdf_file for paper in volume.printed if paper.pdf_file}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        files = {key: file for key, file in sources.items() if file.exists()}
        seen = pdf.inspect_all(files, Cache(folder / "cache"))
        studio = Studio(folder, volume, sources, seen)
        for picture in PICTURES:
            picture(studio)


def parts(studio: Studio) -> None:
    """Covers, front matter, back matter, handbook; and all of it in German."""
    cover = {"cover_image": "images/ottilie.png", "logos": ("images/compass.png",)}
    pages = [
        page
        for look in LOOKS
        for page in rendered(studio.front("cover", cover=look, **cover), scale=0.3)
    ]
    beside(pages, "booklet-covers.png")
    named = ("title-page", "imprint", "awards", "contents")
    pages = rendered(studio.front(*named, dividers=True))
    desk, files = studio.desk(dividers=True)
    pages += rendered(studio.made(divider(desk, desk.plan.papers[0].key), files))
    beside(pages, "booklet-front.png")
    desk, files = studio.desk(back_matter=("author-index", "subject-index", "supplements"))
    beside(rendered(studio.made(back_matter(desk), files)), "booklet-back.png")
    desk, files = studio.desk()
    data = handbook(replace(desk, plan=Plan(), handbook=True))
    beside(rendered(studio.made(data, files), range(4, 9)), "booklet-handbook.png")
    german = replace(studio.volume, language="de")
    named = ("imprint", "keynotes", "program", "contents")
    beside(rendered(studio.front(*named, volume=german), (0, 1, 2, 4)), "booklet-german.png")


def people(studio: Studio) -> None:
    """A committee in each layout."""
    given = ("Ada", "Bo", "Cleo", "Dan", "Eva", "Finn", "Gia", "Hugo", "Ida", "Jon", "Kim", "Leo")
    family = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Yew")
    places = ("University of Nowhere", "Institute of Blank Maps", "Academy of Lemuria")
    members = tuple(
        Contributor(
            name=Name(given=given[at % 12], family=family[at % 10]),
            affiliations=(Affiliation(name=places[at % 3]),),
        )
        for at in range(36)
    )
    group = Committee(id="reviewers", title="Reviewers", members=members)
    volume = replace(studio.volume, committees=(group,))
    pages = []
    for layout in ("columns", "list", "paragraph"):
        made = studio.front("committees", volume=volume, committees={"reviewers": layout})
        pages += [page.crop((0, 0, page.width, page.height * 7 // 10)) for page in rendered(made)]
    beside(pages, "booklet-committees.png")


def program(studio: Studio) -> None:
    """Who speaks, what happens, what hangs where."""
    pages = rendered(studio.front("sponsors", "prose", "keynotes", "program", "posters"))
    beside(pages[:4] + pages[-1:], "booklet-program.png")


def papers(studio: Studio) -> None:
    """Stamps: what stands at head and foot of pages."""
    key = studio.volume.printed[0].key
    said = studio.volume.booklet.stamps.first_page
    pages = rendered(studio.stamped(key, Stamps(first_page=said)), (0,), 0.85)
    running = Stamps(header="{short_authors}: {title}", footer="{event}", first_header="{doi}")
    pages += rendered(studio.stamped(key, running), (1,), 0.85)
    notice = "Its authors found that the map was real."
    pages += rendered(studio.stamped(key, Stamps(), status="retracted", notice=notice), (0,), 0.85)
    beside([ends(page) for page in pages], "booklet-stamps.png")


def ends(page: Any, head: int = 0, foot: int = 0) -> Any:
    """Head and foot of a page, with what is between them torn out."""
    head, foot = head or page.height // 3, foot or page.height // 9
    shown = Image.new("RGB", (page.width, head + foot + 8), "#9aa0a6")
    shown.paste(page.crop((0, 0, page.width, head)), (0, 0))
    shown.paste(page.crop((0, page.height - foot, page.width, page.height)), (0, head + 8))
    return shown


STRANGER = """#set page(width: 420pt, height: 595pt, numbering: "1", header: align(
  center, text(8pt)[Proceedings of Another Conference, 2023]))
#set text(font: "Libertinus Serif", size: 10pt)
#set par(justify: true)
#counter(page).update(117)
#align(center, text(15pt, weight: "bold")[A Map Published Before])
#lorem(520)"""
"""A paper that was in another venue's volume: with its line, its page numbers, and its size."""


def stranger(studio: Studio) -> tuple[Studio, str]:
    """The studio, where the first paper is the one from elsewhere."""
    key = studio.volume.printed[0].key
    file = studio.folder / "stranger.pdf"
    typst.compile(STRANGER.encode(), output=file)
    seen = pdf.inspect_all({key: file}, Cache(studio.folder / "cache"))
    changed = {"sources": studio.sources | {key: file}, "seen": {**studio.seen, **seen}}
    return replace(studio, **changed), key


def numbers(studio: Studio) -> None:
    """Page numbers that a paper brings: stamped beside, kept, covered."""
    studio, key = stranger(studio)
    pages = []
    for said in ("stamp", "keep", "cover"):
        stamps = Stamps(numbers=said, footer="{event}")
        pages += rendered(studio.stamped(key, stamps), (1,), 0.9)
    shown = [ends(page, head=page.height // 6, foot=page.height // 6) for page in pages]
    beside(shown, "booklet-numbers.png")


def fitted(studio: Studio) -> None:
    """A smaller page as it is, and scaled to the volume's size, each beside the volume's page."""
    studio, key = stranger(studio)
    size = SIZES[studio.volume.booklet.page]
    pages = rendered(studio.front("contents"), (0,))
    for scaled in (None, size):
        pages += rendered(studio.stamped(key, Stamps(), size=scaled), (0,))
    beside(pages, "booklet-fit.png")


def volumes(studio: Studio) -> None:
    """The covers and contents of two volumes, and the index that leads into both."""
    said = replace(studio.volume.booklet, volumes=Volumes(by_track=True), dividers=False)
    volume = replace(studio.volume, booklet=said)
    made = build(
        Request(
            volume=volume,
            plan=paginate(volume, studio.seen, draft=True),
            inspections=studio.seen,
            root=ROOT,
            sources=studio.sources,
            folder=studio.folder / "volumes",
            cache=Cache(studio.folder / "cache"),
            draft=False,
        )
    )
    first, second = (made.volumes[number] for number in (1, 2))
    pages = [page for file in (first, second) for page in rendered(file, (0,))]
    pages += rendered(first, (placed(first, "Contents"), placed(first, "Author Index")))
    beside(pages, "booklet-volumes.png")


def placed(file: Path, title: str) -> int:
    """The page (from 0) to which the bookmark of that title leads."""
    document = pypdfium2.PdfDocument(file)
    places = [
        mark.get_dest().get_index() for mark in document.get_toc() if mark.get_title() == title
    ]
    document.close()
    return int(places[0])


def states(studio: Studio) -> None:
    """What stands where a paper does not."""
    desk, _ = studio.desk()
    planned = desk.plan.papers[0]
    paper = desk.volume.paper(planned.key)
    assert paper is not None
    size = SIZES[desk.volume.booklet.page]
    pages = []
    for shown, missing in (
        (paper, f"There is no file papers/{paper.key}.pdf."),
        (replace(paper, pdf=PdfKind.LINK, pdf_url="https://example.org/elsewhere.pdf"), ""),
        (replace(paper, pdf=PdfKind.NONE, url="", doi=""), ""),
        (replace(paper, include=Include.WITHDRAWN, notice="Taken back by its authors."), ""),
    ):
        data = card(desk, shown, pages=1, missing=missing, size=size)
        pages += rendered(studio.made(data, {}, "card.typ"))
    beside(
        [page.crop((0, 0, page.width, page.height // 2)) for page in pages], "booklet-states.png"
    )


def folded(studio: Studio) -> None:
    """A sheet for folding, both sides."""
    sheets = studio.folder / "imposed.pdf"
    impose(studio.front("cover", "imprint", "prose", "committees", "program", "contents"), sheets)
    beside(rendered(sheets, (0, 1), scale=0.3), "booklet-imposed.png")


PICTURES = (parts, people, program, papers, numbers, fitted, volumes, states, folded)


if __name__ == "__main__":
    main()

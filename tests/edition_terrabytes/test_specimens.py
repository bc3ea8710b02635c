"""The specimens say on every page what they are, and hold what they are there to exercise."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pikepdf
import pypdf
import pypdfium2
import pytest

from builder import edition
from builder.model import Volume
from builder.model.markup import plain


@pytest.fixture(scope="module")
def volume(repository: Path) -> Volume:
    volume = edition.load(repository).volume
    assert volume is not None
    return volume


@pytest.fixture(scope="module")
def generator(repository: Path) -> ModuleType:
    file = repository / "papers" / "make_specimens.py"
    spec = importlib.util.spec_from_file_location("make_specimens", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look up the module of the classes that they make.
    sys.modules["make_specimens"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(repository: Path, volume: Volume) -> dict[str, list[str]]:
    found = {}
    for paper in volume.papers:
        with pypdfium2.PdfDocument(repository / "papers" / f"{paper.key}.pdf") as pdf:
            found[paper.key] = [
                " ".join(pdf[i].get_textpage().get_text_range().split()) for i in range(len(pdf))
            ]
    return found


def test_the_generator_makes_the_committed_files_again(
    generator: ModuleType, repository: Path, tmp_path: Path
) -> None:
    generator.main(tmp_path)
    made = sorted(tmp_path.glob("*.pdf"))
    assert len(made) == 24
    for file in made:
        committed = repository / "papers" / file.name
        assert file.read_bytes() == committed.read_bytes(), file.name


def test_there_is_one_for_each_paper_and_nothing_else(repository: Path, volume: Volume) -> None:
    files = sorted(file.stem for file in (repository / "papers").glob("*.pdf"))
    assert files == sorted(paper.key for paper in volume.papers)


def test_they_are_small(repository: Path) -> None:
    sizes = [file.stat().st_size for file in (repository / "papers").glob("*.pdf")]
    assert max(sizes) < 100_000
    assert sum(sizes) < 3_000_000


def test_every_page_says_what_it_is_and_where_the_paper_is(
    volume: Volume, texts: dict[str, list[str]]
) -> None:
    for paper in volume.papers:
        address = paper.openreview.removeprefix("https://")
        line = f"Specimen: stands in for the accepted paper at {address}"
        for number, text in enumerate(texts[paper.key], 1):
            assert line in text, f"{paper.key}, page {number}"


def test_the_first_page_bears_title_and_authors_as_printed(
    volume: Volume, texts: dict[str, list[str]]
) -> None:
    def letters(text: str) -> str:
        return re.sub(r"[\s\x02\ufffe-]+", "", text)  # a line may end within a name

    for paper in volume.papers:
        first = letters(texts[paper.key][0])
        assert letters(plain.render(paper.title)) in first
        for contributor in paper.contributors:
            assert letters(contributor.name.full) in first


def test_lengths_keep_to_the_rules_of_their_tracks(
    volume: Volume, texts: dict[str, list[str]]
) -> None:
    for paper in volume.papers:
        pages = texts[paper.key]
        assert 3 <= len(pages) <= 10
        assert paper.track == "short" or len(pages) >= 5
        references = next(n for n, text in enumerate(pages, 1) if "References [1]" in text)
        track = volume.track(paper.track)
        assert track is not None
        assert track.page_limit is not None
        assert references <= track.page_limit
    lengths = {len(pages) for pages in texts.values()}
    assert {3, 10} <= lengths


def _destinations(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    if "/Dests" in pdf.Root:
        return {str(name)[1:]: place for name, place in pdf.Root.Dests.items()}
    tree = pikepdf.NameTree(pdf.Root.Names.Dests)
    return {str(name): place.D for name, place in tree.items()}


def _links(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            if annotation.Subtype == "/Link":
                yield annotation


def test_names_of_destinations_collide_and_every_link_goes_by_name(repository: Path) -> None:
    seen: Counter[str] = Counter()
    for file in sorted((repository / "papers").glob("*.pdf")):
        with pikepdf.open(file) as pdf:
            places = _destinations(pdf)
            seen.update(places.keys())
            kinds = Counter(str(link.A.S) for link in _links(pdf))
            assert kinds["/GoTo"] >= 20
            assert kinds["/URI"] >= len(pdf.pages)
            for link in _links(pdf):
                if link.A.S == "/GoTo":
                    assert str(link.A.D).lstrip("/") in places
                else:
                    assert str(link.A.URI).startswith("https://openreview.net/forum?id=")
            assert {str(place[1]) for place in places.values()} == {"/XYZ", "/Fit", "/FitH"}
            with pdf.open_outline() as outline:
                assert len(outline.root) >= 4
    for name in ("section.1", "item.3", "figure.1", "table.1", "page.1", "cite.specimen1"):
        assert seen[name] == 24, name


def test_destinations_are_on_the_page_where_the_thing_is(
    repository: Path, texts: dict[str, list[str]]
) -> None:
    for key, pages in texts.items():
        reader = pypdf.PdfReader(repository / "papers" / f"{key}.pdf")
        places = reader.named_destinations
        for name, words in (
            ("section.1", "1 What this is"),
            ("section.2", "2 What a specimen has"),
            ("table.1", "Table 1. What can be said"),
            ("section*.references", "References [1]"),
        ):
            number = reader.get_destination_page_number(
                places[f"/{name}" if f"/{name}" in places else name]
            )
            assert number is not None
            assert words in pages[number], (key, name)


def test_a_few_differ_in_size_rotation_and_boxes(repository: Path) -> None:
    found: dict[str, set[str]] = {}

    def note(what: str, key: str) -> None:
        found.setdefault(what, set()).add(key)

    for file in sorted((repository / "papers").glob("*.pdf")):
        with pikepdf.open(file) as pdf:
            for page in pdf.pages:
                rotation = int(page.get("/Rotate", 0))
                left, bottom, right, top = (float(edge) for edge in page.cropbox)
                size = sorted((round(right - left), round(top - bottom)))
                note(
                    "a4" if size == [595, 842] else "letter" if size == [612, 792] else "?",
                    file.stem,
                )
                if rotation:
                    note(f"rotated {rotation}", file.stem)
                if (float(page.mediabox[0]), float(page.mediabox[1])) != (0, 0):
                    note("origin", file.stem)
                if [float(edge) for edge in page.mediabox] != [left, bottom, right, top]:
                    note("cropped", file.stem)
            if "/StructTreeRoot" in pdf.Root:
                note("tagged", file.stem)
    assert {what: len(keys) for what, keys in found.items()} == {
        "a4": 3,
        "letter": 21,
        "rotated 90": 1,
        "rotated 180": 1,
        "rotated 270": 1,
        "origin": 2,
        "cropped": 2,
        "tagged": 2,
    }


def test_what_is_seen_is_upright_whatever_the_rotation(repository: Path) -> None:
    for key in ("liu25end", "corley25landsat", "tizzei25open", "barseghyan25less"):
        with pypdfium2.PdfDocument(repository / "papers" / f"{key}.pdf") as pdf:
            width, height = pdf[0].get_size()
            assert width < height
            image = pdf[0].render(scale=1).to_pil().convert("L")
            dark = image.point(lambda value: 255 if value < 128 else 0)
            box = dark.getbbox()
            assert box is not None
            # Text begins near the upper edge and leaves the foot free for a stamp.
            assert box[1] < image.height * 0.1
            assert box[3] < image.height * 0.91
            assert dark.crop((0, 0, image.width, image.height // 8)).getbbox() is not None


def test_no_specimen_holds_anything_but_pages_links_and_fonts(repository: Path) -> None:
    for file in sorted((repository / "papers").glob("*.pdf")):
        with pikepdf.open(file) as pdf:
            assert not pdf.is_encrypted
            assert "/OpenAction" not in pdf.Root
            assert "/AcroForm" not in pdf.Root
            assert len(pdf.attachments) == 0
            assert "/CreationDate" not in pdf.docinfo
            for item in pdf.objects:
                if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                    assert any(f"/FontFile{n}" in item for n in ("", 2, 3))

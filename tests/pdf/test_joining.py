"""In the volume, every link of every paper lands where it landed in the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
import typst
from pikepdf import Array, Dictionary, Name, String

from builder.model import Finding
from builder.pdf import (
    DocumentInfo,
    Entry,
    Expected,
    ExpectedPart,
    Joined,
    Label,
    Part,
    Placed,
    Prepared,
    Stamp,
    audit,
    join,
    prepare,
)
from builder.pdf.joining import sheet_of

INFO = DocumentInfo(title="A Volume")

FRONT = b"""
#set page(numbering: "i")
#outline()
#pagebreak()
= Contents <contents>
#link("x-proc:paper/liu25")[Liu] #link("x-proc:paper/Roe%3A25")[Roe]
#link("x-proc:page/4")[4] #link("x-proc:section/index")[Index] #link("https://example.org")[out]
#link(<contents>)[here]
"""
BACK = b'= Index <index>\n#link("x-proc:paper/liu25")[1]'


class Volume:
    """Two papers with colliding names between front and back matter."""

    def __init__(self, make: SimpleNamespace, folder: Path, front: bytes = FRONT) -> None:
        self.folder = folder
        self.front, self.back = folder / "front.pdf", folder / "back.pdf"
        self.front.write_bytes(typst.compile(front, timestamp=0))
        self.back.write_bytes(typst.compile(BACK, timestamp=0))
        self.papers = {"liu25": folder / "liu25.pdf", "Roe:25": folder / "roe25.pdf"}
        self.stamps: dict[str, tuple[Placed, ...]] = {}
        make.paper(folder / "a.pdf", 3, word="liu")
        make.paper(folder / "b.pdf", 4, word="roe", size=(595, 842), rotate=90)
        for (key, path), name, first in zip(self.papers.items(), ("a", "b"), (1, 4), strict=True):
            count = 3 if name == "a" else 4
            stamps = [Stamp(page=n, text=str(first + n - 1)) for n in range(1, count + 1)]
            made = prepare(folder / f"{name}.pdf", path, stamps, DocumentInfo(title=key))
            self.stamps[key] = made.stamps
        self.labels = (Label(sheet=1, style="roman"), Label(sheet=3))
        self.outline = (
            Entry(title="Contents", target="section/contents"),
            Entry(
                title="Papers",
                open=True,
                children=(
                    Entry(title="Liu", target="paper/liu25"),
                    Entry(title="Roe", target="paper/Roe%3A25"),
                ),
            ),
            Entry(title="Index", target="section/index"),
        )
        self.parts = [
            Part(path=self.front),
            *(Part(path=path, key=key) for key, path in self.papers.items()),
            Part(path=self.back),
        ]
        self.out = folder / "volume.pdf"

    def join(self) -> Joined:
        return join(self.parts, self.out, labels=self.labels, outline=self.outline, info=INFO)

    @property
    def expected(self) -> Expected:
        first = {"": "", "liu25": "1", "Roe:25": "4"}
        parts = []
        for part in self.parts:
            with pikepdf.open(part.path) as pdf:
                pages = len(pdf.pages)
            stamps = self.stamps.get(part.key, ())
            parts.append(
                ExpectedPart(
                    path=part.path,
                    key=part.key,
                    pages=pages,
                    first_label=first[part.key],
                    stamps=stamps,
                )
            )
        return Expected(parts=tuple(parts), labels=self.labels, outline=self.outline, info=INFO)


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


@pytest.fixture
def volume(make: SimpleNamespace, tmp_path: Path) -> Volume:
    return Volume(make, tmp_path)


def test_links_stay_in_their_own_paper(volume: Volume) -> None:
    joined = volume.join()
    assert joined == Joined(
        pages=10,
        first_sheets=(1, 3, 6, 10),
        links=5 + 7,
        uris=7,
        broken=2,
        resolved=5,
    )
    assert audit(volume.out, volume.expected) == ()
    with pikepdf.open(volume.out) as pdf:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}

        def lead(page: int, link: int) -> object:
            target = pdf.pages[page].obj.Annots[link].A.D
            found = names.get(str(target)) if isinstance(target, String) else target
            return found and (pages[found[0].objgen], *(str(part) for part in found[1:]))

        assert lead(2, 0) == (3, "/XYZ", "72", "698", "None"), "liu's section 2, not roe's"
        assert lead(5, 0) == (6, "/XYZ", "72", "698", "None")
        assert lead(6, 1) == (5, "/FitH", "502")
        assert lead(4, 0) is None, "was broken when it came"
        assert lead(8, 0) is None, "and must not lead into anything else now"
        assert pages[names["liu25"][0].objgen] == 2
        assert [page.label for page in pdf.pages] == [
            "i",
            "ii",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
        ]
        with pdf.open_outline() as outline:
            papers = outline.root[1]
            assert [item.title for item in outline.root] == ["Contents", "Papers", "Index"]
            assert [item.title for item in papers.children] == ["Liu", "Roe"]
            assert [item.title for item in papers.children[1].children] == [
                f"roe, section {n}" for n in range(1, 5)
            ]
        assert str(pdf.docinfo["/Title"]) == "A Volume"


def test_equal_parts_give_equal_bytes(volume: Volume) -> None:
    volume.join()
    first = volume.out.read_bytes()
    volume.join()
    assert volume.out.read_bytes() == first


def test_an_address_that_means_nothing_is_reported_and_its_link_removed(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    volume = Volume(make, tmp_path, FRONT + b'#link("x-proc:paper/gone25")[gone]')
    assert volume.join().unresolved == ("paper/gone25",)
    (finding,) = audit(volume.out, volume.expected)
    assert finding.code == "audit-references"
    assert "x-proc:paper/gone25, which is nowhere in the volume" in finding.message
    with pikepdf.open(volume.out) as pdf:
        assert not any(b"x-proc" in bytes(item.get("/URI", b"")) for item in actions(pdf))


def actions(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one.A for page in pdf.pages for one in page.obj.get("/Annots", []) if "/A" in one]


def test_layers_hidden_in_a_paper_stay_hidden(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "a.pdf")
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        shown, hidden = (
            pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
            for name in ("shown", "hidden")
        )
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([shown, hidden]),
            D=Dictionary(ON=Array([shown]), OFF=Array([hidden]), Order=Array([shown, hidden])),
        )
        pdf.pages[0].obj.Resources.Properties = Dictionary(H=hidden, S=shown)
        pdf.save(paper)
    plain = make.paper(tmp_path / "b.pdf")
    for name in ("a", "b"):
        prepare(tmp_path / f"{name}.pdf", tmp_path / f"{name}-out.pdf", [], INFO)
    assert plain.exists()
    parts = [Part(path=tmp_path / f"{name}-out.pdf", key=name) for name in ("b", "a")]
    join(parts, tmp_path / "out.pdf", info=INFO)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        layers = pdf.Root.OCProperties
        assert [str(layer.Name) for layer in layers.OCGs] == ["shown", "hidden"]
        (off,) = layers.D.OFF
        assert off.objgen == pdf.pages[3].obj.Resources.Properties.H.objgen


def test_pages_are_found_by_the_number_printed_on_them() -> None:
    labels = [Label(sheet=1, style="roman"), Label(sheet=5), Label(sheet=9, start=101)]
    sheets = [sheet_of(labels, number) for number in ("1", "4", "5", "101", "iv", "0")]
    assert sheets == [5, 8, None, 9, None, None]


Damage = Mapping[str, object]


def damaged(volume: Volume, change: object) -> set[str]:
    """Codes that the audit finds after the written volume was changed behind its back."""
    volume.join()
    with pikepdf.open(volume.out, allow_overwriting_input=True) as pdf:
        change(pdf)  # type: ignore[operator]
        pdf.save(volume.out)
    return codes(audit(volume.out, volume.expected))


def test_the_audit_finds_a_link_into_another_paper(volume: Volume) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].obj.Annots[0].A.D = String("Roe%3A25:section.2")

    assert damaged(volume, change) == {"audit-links"}


def test_the_audit_finds_a_link_that_shows_another_place(volume: Volume) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[6].obj.Annots[1].A.D[2] = 100

    assert damaged(volume, change) == {"audit-links"}


def test_the_audit_finds_a_lost_link(volume: Volume) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[2].obj.Annots[2]

    assert damaged(volume, change) == {"audit-links"}


def test_the_audit_finds_a_wrong_entry_of_the_contents(volume: Volume) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for link in pdf.pages[1].obj.Annots:
            if Name.GoTo == link.A.S and not isinstance(link.A.D, String):
                link.A.D = Array([pdf.pages[9].obj, Name.Fit])

    assert damaged(volume, change) == {"audit-references"}


def test_the_audit_finds_a_wrong_label(volume: Volume) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PageLabels.Nums[3].St = 2

    assert damaged(volume, change) == {"audit-labels"}


def test_the_audit_finds_a_wrong_bookmark(volume: Volume) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Outlines.Last.Dest = Array([pdf.pages[0].obj, Name.Fit])

    assert damaged(volume, change) == {"audit-outline"}


def test_the_audit_finds_a_missing_stamp(volume: Volume) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[4].obj.Contents = pdf.pages[4].obj.Contents[1]

    assert damaged(volume, change) == {"audit-stamps"}


def test_the_audit_finds_a_missing_page_and_a_turned_one(volume: Volume) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[7].obj.Rotate = 180

    assert "audit-pages" in damaged(volume, turn)

    def drop(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[9]

    assert damaged(volume, drop) == {"audit-pages"}


def test_the_audit_finds_a_font_that_is_not_embedded(volume: Volume) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        stamps = pdf.pages[2].obj.Resources.XObject["/ProceedingsStamps"]
        for font in stamps.Resources.Font.values():
            del font.DescendantFonts[0].FontDescriptor["/FontFile3"]

    assert "audit-fonts" in damaged(volume, change)


def test_the_audit_finds_a_wrong_title_and_a_torn_file(volume: Volume) -> None:
    volume.join()
    other = replace(volume.expected, info=DocumentInfo(title="Another"))
    assert codes(audit(volume.out, other)) == {"audit-metadata"}
    data = volume.out.read_bytes()
    volume.out.write_bytes(data[: len(data) // 2])
    assert codes(audit(volume.out, volume.expected)) == {"audit-unreadable"}


@pytest.fixture(scope="module")
def sigdial(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Prepared]:
    """The 40 papers of a real volume, prepared."""
    folder = tmp_path_factory.mktemp("sigdial")
    return {
        folder / paper.name: prepare(
            paper, folder / paper.name, [Stamp(page=1, text="1–9 · Łódź")], INFO
        )
        for paper in sorted((shared / "corpora" / "sigdial2020" / "papers").glob("*.pdf"))
    }


@pytest.mark.parametrize(("left_out", "links", "uris"), [("", 3806, 668), ("4", 3621, 664)])
def test_every_link_of_a_real_volume_survives(
    sigdial: dict[Path, Prepared], tmp_path: Path, left_out: str, links: int, uris: int
) -> None:
    papers = {path.stem: path for path in sigdial if path.stem != left_out}
    outline = tuple(Entry(title=key, target=f"paper/{key}") for key in papers)
    parts = [Part(path=path, key=key) for key, path in papers.items()]
    joined = join(parts, tmp_path / "out.pdf", labels=[Label(sheet=1)], outline=outline, info=INFO)
    assert (joined.links, joined.uris, joined.broken) == (links, uris, 0)
    plan = Expected(
        parts=tuple(
            ExpectedPart(path=path, key=key, pages=sigdial[path].pages, stamps=sigdial[path].stamps)
            for key, path in papers.items()
        ),
        labels=(Label(sheet=1),),
        outline=outline,
        info=INFO,
    )
    assert audit(tmp_path / "out.pdf", plan) == ()

"""What a paper says about itself and a volume has only once: identifiers, colours, language."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from builder.pdf import DocumentInfo, Expected, ExpectedPart, Part, audit, join, linearize, prepare

INFO = DocumentInfo(title="A Volume")


def tagged(source: Path, language: str) -> Path:
    """A paper with a table whose cell names its header, and colours for print."""
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        head = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.TH, P=root, Pg=page, ID=String("head"))
        )
        cell = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.TD,
                P=root,
                Pg=page,
                A=Dictionary(O=Name.Table, Headers=Array([String("head")])),
            )
        )
        root.K = Array([head, cell])
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String(language)
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFX,
                    OutputConditionIdentifier=String("FOGRA39"),
                )
            ]
        )
        pdf.save(source)
    return source


@pytest.fixture
def parts(make: SimpleNamespace, tmp_path: Path) -> tuple[Part, ...]:
    found = []
    for key, language in (("a25", "fr"), ("b25", "en")):
        source = tagged(make.paper(tmp_path / f"{key}-source.pdf", 2, word=key), language)
        prepare(source, tmp_path / f"{key}.pdf", [], INFO)
        found.append(Part(path=tmp_path / f"{key}.pdf", key=key))
    return tuple(found)


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    found = [one for one in pdf.objects if isinstance(one, Dictionary)]
    return [one for one in found if one.get("/S") == kind and "/P" in one]


def test_identifiers_of_two_papers_differ_and_their_tables_still_name_their_headers(
    parts: tuple[Part, ...], tmp_path: Path
) -> None:
    out = tmp_path / "volume.pdf"
    join(parts, out, info=INFO)
    with pikepdf.open(out) as pdf:
        heads, cells = elements(pdf, "/TH"), elements(pdf, "/TD")
        ids = [bytes(one.ID) for one in heads]
        assert len(set(ids)) == 2
        assert {bytes(cell.A[0].Headers[0]) for cell in cells} == set(ids)
        tree = pdf.Root.StructTreeRoot.IDTree
        known = dict(zip(list(tree.Names)[::2], list(tree.Names)[1::2], strict=True))
        assert {bytes(id): element.objgen for id, element in known.items()} == {
            bytes(one.ID): one.objgen for one in heads
        }


def test_a_part_in_another_language_says_so(parts: tuple[Part, ...], tmp_path: Path) -> None:
    out = tmp_path / "volume.pdf"
    join(parts, out, info=INFO)
    with pikepdf.open(out) as pdf:
        told = {str(one.T): str(one.get("/Lang", "")) for one in elements(pdf, "/Part")}
    assert told == {"a25": "fr", "b25": ""}  # the volume itself is English


def test_what_a_papers_colours_mean_is_said_by_its_pages(
    parts: tuple[Part, ...], tmp_path: Path
) -> None:
    out = tmp_path / "volume.pdf"
    join(parts, out, info=INFO)
    with pikepdf.open(out) as pdf:
        meant = [str(page.obj.OutputIntents[0].OutputConditionIdentifier) for page in pdf.pages]
    assert meant == ["FOGRA39"] * 4


def test_a_linearised_volume_is_the_same_volume_and_always_the_same_bytes(
    parts: tuple[Part, ...], tmp_path: Path
) -> None:
    out, again = tmp_path / "volume.pdf", tmp_path / "again.pdf"
    for file in (out, again):
        join(parts, file, info=INFO)
        linearize(file)
    assert out.read_bytes() == again.read_bytes()
    told = subprocess.run(
        ["qpdf", "--check-linearization", str(out)], capture_output=True, text=True, check=True
    )
    assert "no linearization errors" in told.stdout
    wanted = tuple(ExpectedPart(path=part.path, key=part.key, pages=2) for part in parts)
    assert audit(out, Expected(parts=wanted, info=INFO)) == ()

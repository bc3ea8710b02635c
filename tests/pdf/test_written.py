"""A volume as the audit opens it: little is read, little is kept, and what is said is the same."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pypdf
import pytest
from pypdf.errors import PyPdfError

from builder.pdf import (
    DocumentInfo,
    Entry,
    Expected,
    ExpectedPart,
    Label,
    Part,
    audit,
    join,
    prepare,
)
from builder.pdf.crossref import compact
from builder.pdf.rereading import Reader
from builder.pdf.written import Written

Tree = list[Any]
"""Children of a node: trees, or `None` for pages."""


def write(path: Path, tree: Tree, *, packed: bool = False) -> None:
    """A file whose pages stand in such a tree."""
    modes = pikepdf.ObjectStreamMode
    mode = modes.generate if packed else modes.disable
    with pikepdf.new() as pdf:

        def node(children: Tree, parent: pikepdf.Object | None) -> tuple[pikepdf.Object, int]:
            made = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages))
            if parent is not None:
                made.Parent = parent
            kids, count = pikepdf.Array(), 0
            for child in children:
                if child is None:
                    page = pikepdf.Dictionary(
                        Type=pikepdf.Name.Page, Parent=made, MediaBox=[0, 0, 100, 100]
                    )
                    kids.append(pdf.make_indirect(page))
                    count += 1
                else:
                    below, pages = node(child, made)
                    kids.append(below)
                    count += pages
            made.Kids, made.Count = kids, count
            return made, count

        pdf.Root.Pages, _ = node(tree, None)
        pdf.save(path, object_stream_mode=mode)


@pytest.fixture
def stack() -> Iterator[contextlib.ExitStack]:
    with contextlib.ExitStack() as stack:
        yield stack


@pytest.mark.parametrize(
    "tree",
    [[None], [None, None, None], [[None, None], [None, None, None]], [None, [None, [None, None]]]],
    ids=["one", "flat", "two", "deep"],
)
def test_pages_are_known_without_being_read(
    tree: Tree, tmp_path: Path, stack: contextlib.ExitStack
) -> None:
    write(tmp_path / "a.pdf", tree, packed=True)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        wanted = [page.obj.objgen for page in pdf.pages]
    written = Written(tmp_path / "a.pdf", stack)
    assert list(written.ids) == wanted
    assert [page.objgen for page in written.pages] == wanted
    written.forget()
    assert [page.objgen for page in written.pages[1:]] == wanted[1:]


def test_nodes_of_one_page_each_are_told_from_pages_when_all_are_read(
    tmp_path: Path, stack: contextlib.ExitStack
) -> None:
    write(tmp_path / "a.pdf", [[None], [None]])
    written = Written(tmp_path / "a.pdf", stack)
    assert not written.is_page(0)
    written.read_all()
    assert written.is_page(0)
    assert written.is_page(1)
    assert written.view(1).width == 100


def test_a_tree_that_leads_back_into_itself_is_no_tree(
    tmp_path: Path, stack: contextlib.ExitStack
) -> None:
    file = tmp_path / "a.pdf"
    write(file, [[None, None], [None]])
    with pikepdf.open(file) as pdf:
        root, below = (node.objgen[0] for node in (pdf.Root.Pages, pdf.Root.Pages.Kids[1]))
    data = file.read_bytes()
    assert data.count(b"%d 0 R ]" % below) == 1
    file.write_bytes(data.replace(b"%d 0 R ]" % below, b"%d 0 R ]" % root))
    with pytest.raises((ValueError, pikepdf.PdfError)):
        Written(file, stack)


def test_a_volume_of_papers_of_one_page_is_sound(make: SimpleNamespace, tmp_path: Path) -> None:
    """Of as many as one node holds: it then has as many pages as children."""
    info = DocumentInfo(title="A Volume")
    make.paper(tmp_path / "paper.pdf", 1)
    out, segment, over = (tmp_path / name for name in ("out.pdf", "a.segment", "a.over"))
    prepare(tmp_path / "paper.pdf", out, [], info, segment=segment, overlay=over)
    keys = [f"paper{number}" for number in range(3)]
    volume = tmp_path / "volume.pdf"
    labels, outline = (Label(sheet=1),), (Entry(title="First", target="paper/paper0"),)
    parts = [Part(path=out, key=key, segment=segment, overlay=over) for key in keys]
    joined = join(parts, volume, labels=labels, outline=outline, info=info)
    wanted = tuple(ExpectedPart(path=out, key=key, pages=1, first_label="") for key in keys)
    expected = Expected(parts=wanted, labels=labels, outline=outline, info=info)
    assert audit(volume, expected, joined=joined, ledger=tmp_path / "ledger") == ()
    assert audit(volume, expected, joined=joined, ledger=tmp_path / "ledger") == ()


def test_places_of_objects_are_the_same_in_less_memory(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", [[None, None], [None, None, None]], packed=True)
    with pypdf.PdfReader(tmp_path / "a.pdf", strict=True) as reader:
        alone, packed = dict(reader.xref[0]), dict(reader.xref_objStm)
        assert alone
        assert packed
        compact(reader)
        numbers = range(-1, max(*alone, *packed) + 2)
        for found, wanted in ((reader.xref[0], alone), (reader.xref_objStm, packed)):
            assert dict(found) == wanted
            assert len(found) == len(wanted)
            assert [n for n in numbers if n in found] == sorted(wanted)
            assert [found.get(n) for n in numbers] == [wanted.get(n) for n in numbers]
            with pytest.raises(KeyError):
                found[numbers[-1]]
        assert len(reader.pages) == 5


def test_a_damaged_place_is_not_mended(tmp_path: Path) -> None:
    """Another reader's mending must not hide what the assembler did wrong."""
    write(tmp_path / "a.pdf", [None, None])
    with contextlib.ExitStack() as stack:
        volume = Reader(tmp_path / "a.pdf", stack)
        table: Any = volume.reader.xref[0]
        first = next(iter(table))
        table._row[first] += 1
        with pytest.raises((TypeError, PyPdfError)):
            volume.reader.get_object(first)

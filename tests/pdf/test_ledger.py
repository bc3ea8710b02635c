"""A paper that stands in a volume as it stood is not read again; any other is."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from pydantic import TypeAdapter

from builder.model import Finding
from builder.pdf import (
    DocumentInfo,
    Entry,
    Expected,
    ExpectedPart,
    Joined,
    Label,
    Part,
    Stamp,
    audit,
    comparing,
    join,
    ledger,
    prepare,
    rereading,
)
from builder.pdf.stamping import Placed

INFO = DocumentInfo(title="A Volume")
KEYS = ("liu25", "Roe:25", "ünal25", "no26")


class Volume:
    """Four papers, each in a segment of its own."""

    def __init__(self, make: SimpleNamespace, folder: Path) -> None:
        self.out, self.ledger = folder / "out.pdf", folder / "ledger.json"
        self.folder = folder
        self.wanted: dict[str, ExpectedPart] = {}
        self.title = "A Volume"
        for number, key in enumerate(KEYS):
            make.paper(folder / f"{number}.pdf", 3, word=f"word {number}")
            self.prepare(key, "Workshop")

    def prepare(self, key: str, line: str) -> None:
        """One paper, stamped with a line and its page numbers."""
        number = KEYS.index(key)
        files = [self.folder / f"{number}{suffix}" for suffix in ("-out.pdf", ".segment", ".over")]
        made = prepare(
            self.folder / f"{number}.pdf",
            files[0],
            [
                Stamp(page=1, text=line, place="foot-left", margin=15),
                *(Stamp(page=page, text=str(3 * number + page)) for page in (1, 2, 3)),
            ],
            INFO,
            segment=files[1],
            overlay=files[2],
        )
        self.wanted[key] = ExpectedPart(path=files[0], key=key, pages=3, stamps=made.stamps)

    def join(self) -> Joined:
        self.joined = join(
            [
                Part(
                    path=part.path,
                    key=key,
                    segment=part.path.with_name(f"{KEYS.index(key)}.segment"),
                    overlay=part.path.with_name(f"{KEYS.index(key)}.over"),
                )
                for key, part in self.wanted.items()
            ],
            self.out,
            labels=[Label(sheet=1)],
            outline=[Entry(title=self.title, target="paper/liu25")],
            info=INFO,
        )
        return self.joined

    def audit(self) -> tuple[Finding, ...]:
        expected = Expected(
            parts=tuple(self.wanted.values()),
            labels=(Label(sheet=1),),
            outline=(Entry(title=self.title, target="paper/liu25"),),
            info=INFO,
        )
        return audit(self.out, expected, joined=self.joined, ledger=self.ledger)


@pytest.fixture
def volume(make: SimpleNamespace, tmp_path: Path) -> Volume:
    made = Volume(make, tmp_path)
    made.join()
    assert made.audit() == ()
    return made


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the parts that the audit opens."""
    opened: list[str] = []
    real = rereading.Source

    def source(path: Path, stack: contextlib.ExitStack) -> object:
        opened.append(path.name)
        return real(path, stack)

    monkeypatch.setattr(comparing, "Source", source)
    return opened


def test_what_did_not_change_is_not_read_again(volume: Volume, read: list[str]) -> None:
    volume.title = "Another outline, longer than before"
    volume.join()
    assert volume.audit() == ()
    assert read == []


def test_a_paper_is_known_again_by_what_was_kept_of_it(volume: Volume, read: list[str]) -> None:
    """Where stamps stand is written down between two builds, and read again."""
    stamps = TypeAdapter(tuple[Placed, ...])
    for key, part in volume.wanted.items():
        kept = stamps.validate_json(stamps.dump_json(part.stamps))
        volume.wanted[key] = replace(part, stamps=kept)
    volume.join()
    assert volume.audit() == ()
    assert read == []


def test_a_changed_paper_is_read_and_no_other(volume: Volume, read: list[str]) -> None:
    volume.prepare("Roe:25", "Workshop on Everything")
    volume.join()
    assert volume.audit() == ()
    assert read == ["1-out.pdf"]


def test_one_byte_that_differs_is_reason_to_read(volume: Volume, read: list[str]) -> None:
    data = bytearray(volume.out.read_bytes())
    place = data.index(b"/Rotate" if b"/Rotate" in data else b"endstream", len(data) // 2)
    data[place - 3] ^= 1
    volume.out.write_bytes(data)
    volume.audit()
    assert read != []


def test_papers_that_changed_places_are_read(volume: Volume, read: list[str]) -> None:
    volume.wanted = {key: volume.wanted[key] for key in ("Roe:25", "liu25", "ünal25", "no26")}
    volume.join()
    assert volume.audit() == ()
    assert read == ["1-out.pdf", "0-out.pdf"]


def test_the_ledger_hides_no_damage(volume: Volume) -> None:
    with pikepdf.open(volume.out, allow_overwriting_input=True) as pdf:
        pdf.pages[4].obj.Annots[0].A.D = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])
        pdf.save(volume.out)
    assert {finding.code for finding in volume.audit()} == {"audit-links"}


def test_a_page_that_stands_elsewhere_is_found(volume: Volume) -> None:
    """The papers' bytes are as they were; the tree of pages is not."""
    data = volume.out.read_bytes()
    with pikepdf.open(volume.out) as pdf:
        tree = pdf.Root.Pages
        number, size, root = tree.objgen[0], int(pdf.trailer.Size), pdf.Root.objgen[0]
        kids = [kid.objgen[0] for kid in tree.Kids]
        body = b"%d 0 obj\n<< /Type /Pages /Count %d /Kids [ %s ] >>\nendobj\n" % (
            number,
            int(tree.Count),
            b" ".join(b"%d 0 R" % kid for kid in (kids[1], kids[0], *kids[2:])),
        )
    # An incremental update: the root of the tree anew, and a table that tells where it is.
    place = [len(data), len(data) + len(body)]
    rows = b"".join((1 << 56 | at << 16).to_bytes(8, "big") for at in place)
    table = b"<< /Type /XRef /Size %d /Index [ %d 1 %d 1 ] /W [ 1 5 2 ] /Root %d 0 R " % (
        *(size + 1, number, size),
        root,
    )
    table += b"/Prev %d /Length %d >>" % (int(data[data.rindex(b"startxref") :].split()[1]), 16)
    volume.out.write_bytes(
        data
        + body
        + b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (size, table, rows)
        + b"startxref\n%d\n%%%%EOF\n" % place[1]
    )
    with pikepdf.open(volume.out) as pdf:
        assert [kid.objgen[0] for kid in pdf.Root.Pages.Kids][:2] == [kids[1], kids[0]]
    assert {finding.code for finding in volume.audit()} >= {"audit-outline"}


def test_a_damaged_ledger_is_an_empty_one(volume: Volume, read: list[str]) -> None:
    kept = volume.ledger.read_text("utf-8")
    for nonsense in ("", "[]", "\n{}", kept[:-2], kept.replace("[]", "[7]")):
        volume.ledger.write_text(nonsense, encoding="utf-8")
        assert volume.audit() == ()
        assert len(read) == len(KEYS)
        read.clear()


def test_what_another_reader_found_sound_is_read_again(
    volume: Volume, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "readers", lambda: "pypdf 99")
    assert volume.audit() == ()
    assert len(read) == len(KEYS)

"""Make what the fictional edition keeps as files: papers, supplements, pictures.

    python tests/data/fictional/make.py [FOLDER]

The same input gives the same bytes, so that the committed files can be checked against this script.
Some papers hold what a volume must not: a script that runs on opening, an attached file.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import sys
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pikepdf
import typst
from pikepdf import Dictionary, Name, String

from builder import edition
from builder.model import Paper, PdfKind
from builder.model.markup import plain

ROOT = Path(__file__).resolve().parent

PAGES = {
    "alder24norms": 3,
    "vandermeer24particles": 2,
    "plato24mononyms": 1,
    "zhang24scripts": 2,
    "zhang24south": 2,
    "halevi24right": 2,
    "script24alert": 1,
    "accents24tex": 2,
    "crowd24many": 1,
    "doe24contours": 3,
    "sage24invited": 4,
}

MANUSCRIPTS = {
    "dmlr/alder24norms": 340,
    "dmlr/doe24contours": 92,
    "dmlr/accents24tex": 15,
    "jstars/vandermeer24particles": 130,
}
"""New words in each manuscript: enough, hardly enough, not enough, and enough elsewhere."""

NOUNS = "island reef harbour lagoon current meridian compass lighthouse anchor sextant gull chart"
VERBS = "crosses follows ignores doubles measures hides forgets outlives borders resembles"
SIDES = "northern empty doubtful printed folded drowned borrowed circular patient unnamed salted"


def drawable(text: str) -> bool:
    """Whether the fonts that Typst brings along have all letters of `text`."""
    return not any(
        unicodedata.name(char, "").startswith(("CJK", "HANGUL", "HIRAGANA", "ARABIC", "DEVANAGARI"))
        for char in text
    )


def paper_pdf(paper: Paper) -> bytes:
    """A paper with title, authors (as far as they can be drawn), links, and what its test needs."""
    names = [contributor.name.full for contributor in paper.contributors]
    data = {
        "title": plain.render(paper.title),
        "authors": [name for name in names if drawable(name)],
        "language": paper.language or "en",
        "pages": PAGES[paper.key],
    }
    compiled = typst.compile(
        ROOT / "paper.typ",
        root=ROOT,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        timestamp=0,
        pdf_tags=False,
    )
    assert isinstance(compiled, bytes), "a PDF is one file"
    with pikepdf.open(io.BytesIO(compiled)) as pdf:
        if paper.key == "script24alert":
            script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
            pdf.Root.OpenAction = pdf.make_indirect(script)
        if paper.key == "accents24tex":
            attachment = pikepdf.AttachedFileSpec(
                pdf, b"not,declared\n", filename="secret.csv", mime_type="text/csv"
            )
            pdf.attachments["secret.csv"] = attachment
        for field in ("/CreationDate", "/ModDate"):
            if field in pdf.docinfo:
                del pdf.docinfo[field]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def sentences(seed: str, number: int) -> str:
    """Prose of about `number` words that stands nowhere else; the same for the same seed."""
    words: list[str] = []
    turn = 0
    while len(words) < number:
        digest = hashlib.sha256(f"{seed} {turn}".encode()).digest()
        pick = [lot.split()[byte % len(lot.split())] for lot, byte in zip(
            (SIDES, NOUNS, VERBS, SIDES, NOUNS, NOUNS), digest, strict=False
        )]  # fmt: skip
        words += (
            f"Every {pick[0]} {pick[1]} {pick[2]} some {pick[3]} {pick[4]} or {pick[5]}.".split()
        )
        turn += 1
    return " ".join(words)


def manuscript_pdf(paper: Paper, target: str, number: int) -> bytes:
    """The paper as it was extended for a journal by about `number` words."""
    names = [contributor.name.full for contributor in paper.contributors]
    data = {
        "title": plain.render(paper.title),
        "authors": [name for name in names if drawable(name)],
        "language": paper.language or "en",
        "pages": PAGES[paper.key],
        "new": [
            {"heading": heading, "text": sentences(f"{paper.key} {target} {heading}", share)}
            for heading, share in (
                ("A Longer Voyage", number * 2 // 3), ("What Was Found There", number // 3)
            )
            if share >= 8
        ],
    }  # fmt: skip
    compiled = typst.compile(
        ROOT / "manuscript.typ",
        root=ROOT,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        timestamp=0,
        pdf_tags=False,
    )
    assert isinstance(compiled, bytes), "a PDF is one file"
    with pikepdf.open(io.BytesIO(compiled)) as pdf:
        for field in ("/CreationDate", "/ModDate"):
            if field in pdf.docinfo:
                del pdf.docinfo[field]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def poster() -> bytes:
    """An empty sheet of A3, on its side."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(1191, 842))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def archive(files: dict[str, str]) -> bytes:
    """A zip without a time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, text in files.items():
            zipped.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


def picture(width: int, height: int, color: tuple[int, int, int]) -> bytes:
    """A PNG in one colour with a lighter diagonal."""
    lighter = bytes((channel + 255) // 2 for channel in color)
    rows = b"".join(
        b"\0"
        + b"".join(
            lighter if abs(x * height - y * width) < width * 3 else bytes(color)
            for x in range(width)
        )
        for y in range(height)
    )

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    # Stored, not compressed: every version of zlib then writes the same bytes.
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 0))
        + chunk(b"IEND", b"")
    )


def files() -> dict[str, bytes]:
    """Every made file, by its path below the edition's root."""
    volume = edition.load(ROOT).volume
    if volume is None:
        raise SystemExit("the fictional edition cannot be read")
    made = {
        f"papers/{paper.key}.pdf": paper_pdf(paper)
        for paper in volume.papers
        if paper.pdf is PdfKind.LOCAL and paper.key in PAGES
    }
    for name, number in MANUSCRIPTS.items():
        target, _, key = name.partition("/")
        paper = volume.paper(key)
        assert paper is not None
        made[f"private/manuscripts/{name}.pdf"] = manuscript_pdf(paper, target, number)
    made["papers/alder24norms-supp.zip"] = archive(
        {"README.txt": "Nothing.\n", "data.csv": "x,y\n0,0\n"}
    )
    made["papers/alder24norms-supp-poster.pdf"] = poster()
    made["papers/accents24tex-supp-data.csv"] = b"sheet,monsters\nNorth,3\nSouth,0\n"
    made["proceedings/images/compass.png"] = picture(48, 24, (107, 45, 92))
    made["proceedings/images/jane.png"] = picture(24, 32, (31, 78, 121))
    made["proceedings/images/ottilie.png"] = picture(24, 32, (60, 110, 60))
    return made


def main(folder: Path) -> None:
    """Write every made file below `folder`."""
    for name, content in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)

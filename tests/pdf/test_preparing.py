"""A prepared paper holds nothing that runs, keeps every link, and says about itself what we say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageChops

from builder.pdf import DocumentInfo, Stamp, Wanted, placeholder, prepare, prepare_all
from builder.pdf.engines import Unusable
from builder.pdf.links import Destinations, annotations_of, destination_of, outline, uri_of

INFO = DocumentInfo(
    title="Łatin & <Grapes>",
    authors=("Jane van Doe", "刘洋"),
    keywords=("wine", "maps"),
    language="en",
    subject="Presented at a workshop; non-archival",
    date=dt.date(2025, 7, 19),
    doi="10.1000/182",
    publication="A Workshop's Papers",
    first_page=7,
    last_page=9,
)


def hostile_paper(make: SimpleNamespace, path: Path) -> Path:
    """Every kind of thing that is taken out."""
    make.paper(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))
        pdf.Root.AA = Dictionary(WC=script)
        pdf.attachments["data.csv"] = b"1,2"
        first = pdf.pages[0].obj
        first.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("cmd.exe")))

        def annotation(subtype: str, **more: object) -> pikepdf.Object:
            return pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name(subtype),
                    Rect=Array([300, 300, 400, 320]),
                    **more,
                )
            )

        appearance = pdf.make_stream(b"0.2 0.4 0.9 rg 0 0 100 20 re f")
        appearance.Type, appearance.Subtype = Name.XObject, Name.Form
        appearance.BBox = Array([0, 0, 100, 20])
        field = annotation(
            "/Widget", FT=Name.Tx, T=String("name"), V=String("Jane"), F=4,
            AP=Dictionary(N=appearance),
        )  # fmt: skip
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        first.Annots.append(field)
        first.Annots.append(annotation("/Link", A=Dictionary(S=Name.Launch, F=String("x"))))
        first.Annots.append(annotation("/Link", A=Dictionary(S=Name.SubmitForm, F=String("x"))))
        uri = Dictionary(S=Name.URI, URI=String("javascript:alert(1)"))
        first.Annots.append(annotation("/Link", A=uri))
        first.Annots.append(annotation("/FileAttachment", FS=Dictionary(F=String("x.exe"))))
        comment = annotation("/Text", Contents=String("a comment"))
        comment.Rect = Array([20, 20, 40, 40])
        first.Annots.append(comment)
        pdf.save(path)
    return path


def everything(pdf: pikepdf.Pdf) -> str:
    return " ".join(repr(item) for item in pdf.objects)


def test_what_could_run_or_hide_is_taken_out_and_named(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    paper = hostile_paper(make, tmp_path / "paper.pdf")
    made = prepare(paper, tmp_path / "out.pdf", [], INFO)
    assert dict(made.removed) == {
        "JavaScript": 4,
        "embedded files": 2,
        "form fields (flattened)": 1,
        "launch actions": 2,
        "submit actions": 1,
    }
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        text = everything(pdf)
        for word in ("JavaScript", "Launch", "SubmitForm", "EmbeddedFile", "Widget", "AcroForm"):
            assert word not in text
        kinds = [str(one.Subtype) for one in annotations_of(pdf.pages[0].obj)]
    assert kinds.count("/Text") == 1, "a comment stays"
    (finding,) = made.findings("doe25", "papers/doe25.pdf")
    assert (finding.code, finding.subject) == ("pdf-cleaned", "doe25")
    assert "JavaScript (4)" in finding.message


def test_a_flattened_field_looks_as_before(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = hostile_paper(make, tmp_path / "paper.pdf")
    prepare(paper, tmp_path / "out.pdf", [], INFO)
    images = []
    for file in (paper, tmp_path / "out.pdf"):
        document = pypdfium2.PdfDocument(file)
        document.init_forms()
        image = document[0].render(scale=1).to_pil().convert("RGB")
        images.append(image.crop((302, 474, 398, 490)))
        document.close()
    assert images[0].getpixel((40, 8)) == images[1].getpixel((40, 8)) != (255, 255, 255)
    assert ImageChops.difference(images[0], images[1]).getbbox() is None


def test_links_names_and_outline_stay(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "paper.pdf", 4)
    prepare(paper, tmp_path / "out.pdf", [Stamp(page=n, text=str(n)) for n in range(1, 5)], INFO)

    def all_links(file: Path) -> list[object]:
        with pikepdf.open(file) as pdf:
            destinations = Destinations(pdf)
            return [
                *(
                    (uri_of(one), destinations.resolve(destination_of(one)))
                    for page in pdf.pages
                    for one in annotations_of(page.obj)
                ),
                sorted(destinations.named),
                outline(pdf, destinations),
            ]

    assert all_links(tmp_path / "out.pdf") == all_links(paper)


def test_a_paper_says_what_we_say_about_it(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "paper.pdf")
    out = tmp_path / "out.pdf"
    prepare(paper, out, [], INFO)
    with pikepdf.open(out) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Łatin & <Grapes>"
        assert str(pdf.docinfo["/Author"]) == "Jane van Doe; 刘洋"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20250719000000Z"
        assert [page.label for page in pdf.pages] == ["7", "8", "9"]
        packet = etree.fromstring(pdf.Root.Metadata.read_bytes())
    text = {
        etree.QName(element).localname: " ".join("".join(element.itertext()).split())
        for element in packet.iter()
        if isinstance(element.tag, str)
    }
    assert text["title"] == "Łatin & <Grapes>"
    assert text["pageRange"] == "7-9"
    assert (text["startingPage"], text["endingPage"]) == ("7", "9")
    assert text["identifier"] == "doi:10.1000/182"
    assert text["publicationName"] == "A Workshop's Papers"


def test_equal_input_gives_equal_bytes(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = hostile_paper(make, tmp_path / "paper.pdf")
    stamps = [Stamp(page=1, text="1 · Łódź"), Stamp.watermark(2)]
    prepare(paper, tmp_path / "one.pdf", stamps, INFO)
    prepare(paper, tmp_path / "two.pdf", stamps, INFO)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_encryption_without_a_password_is_removed(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "paper.pdf")
    with pikepdf.open(paper) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
        pdf.save(tmp_path / "shut.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    made = prepare(tmp_path / "locked.pdf", tmp_path / "out.pdf", [], INFO)
    assert ("encryption", 1) in made.removed
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert not pdf.is_encrypted
    with pytest.raises(Unusable, match="protected by a password"):
        prepare(tmp_path / "shut.pdf", tmp_path / "out.pdf", [], INFO)


def test_a_placeholder_is_one_labelled_page(tmp_path: Path) -> None:
    out = tmp_path / "placeholder.pdf"
    placeholder(out, ["On Łódź", "Jane Doe", "papers/doe25.pdf is missing"], "letter")
    first = out.read_bytes()
    document = pypdfium2.PdfDocument(out)
    assert len(document) == 1
    assert document[0].get_size() == (612, 792)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert text.split("\r\n") == ["On Łódź", "Jane Doe", "papers/doe25.pdf is missing"]
    placeholder(out, ["On Łódź", "Jane Doe", "papers/doe25.pdf is missing"], "letter")
    assert out.read_bytes() == first


def test_several_papers_come_out_as_each_would_alone(make: SimpleNamespace, tmp_path: Path) -> None:
    wanted = []
    for number, line in enumerate(("Office, Łódź", "漢字 and ☃", "only Office")):
        stamps = [
            Stamp(page=1, text=line),
            *(Stamp(page=page, text=f"{page}{number}", place="head-left") for page in (1, 2)),
            Stamp.watermark(2),
        ]
        source = make.paper(tmp_path / f"{number}.pdf", 2 + number, word=line)
        out = tmp_path / f"{number}-together.pdf"
        wanted.append(Wanted(source=source, out=out, stamps=stamps, info=INFO))
    together = prepare_all(wanted, "ód")
    for one, made in zip(wanted, together, strict=True):
        alone = tmp_path / "alone.pdf"
        assert prepare(one.source, alone, one.stamps, INFO, alphabet="ód") == made
        assert alone.read_bytes() == one.out.read_bytes()

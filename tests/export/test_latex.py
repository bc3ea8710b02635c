"""The skeletons, compiled: what the authors will see when they run LaTeX on them."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from builder.export import TARGETS, Package, Request, scripts
from builder.model import (
    Affiliation,
    Contributor,
    Event,
    Markup,
    Name,
    Paper,
    Plan,
    SpecialIssue,
    Volume,
)
from builder.model.markup import Math, Text, latex

DATA = Path(__file__).resolve().parents[1] / "data"
STYLE = DATA / "latex" / "dmlr2e.sty"
SPECIALS = r"&%$#_{}~^\ <tag> |bar| “quoted” – it’s 50 % of §5"

HARD = Paper(
    key="hard25",
    title=Markup((Text(f"Scales: {SPECIALS} and "), Math(r"\ell_2"), Text("-norms of Żółć"))),
    abstract=Markup(
        (
            Text("地図 shows a Łódź of É, ñ and ß; "),
            Math(r"\alpha^{2} \leq \frac{1}{2}"),
            Text(" where a ≠ b, 5 µm, 3 × 4 and Greek β. " + "Words follow words. " * 50),
        )
    ),
    contributors=(
        Contributor(
            name=Name(given="Ṣadé Ọlá", family="Nguyễn"),
            affiliations=(Affiliation(name=rf"Institute of {SPECIALS}, Town"),),
            biography=f"Ṣadé draws maps of {SPECIALS}.",
            photo="images/jane.png",
        ),
        Contributor(name=Name(given="Łukasz", family="Đurić", suffix="Jr.")),
        Contributor(name=Name(given="Trần Thị Thuỷ", family="Phương Dững")),
        Contributor(name=Name(literal="李明"), affiliations=(Affiliation(name="[Odd] 東京大学"),)),
        Contributor(name=Name(literal="The ATLAS Collaboration", organisation=True)),
    ),
    keywords=("earth & sky", "50%"),
)
UNKNOWN = Paper(
    key="unknown25",
    title=Markup.text("A Map of מפה"),
    abstract=Markup.text("Words."),
    contributors=(Contributor(name=Name(given="Анна", family="Иванова")),),
)

needs_tex = [
    pytest.mark.tex,
    pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs a TeX distribution"),
]


def package(target: str, paper: Paper, out: Path) -> Package:
    photo = out / "proceedings/images/jane.png"
    photo.parent.mkdir(parents=True)
    shutil.copyfile(DATA / "fictional/proceedings/images/jane.png", photo)
    volume = Volume(
        event=Event(name="Maps & more", short_name="Maps 2025"),
        title="Maps",
        papers=(paper,),
        special_issue=SpecialIssue(),
    )
    return TARGETS[target].build(
        Request(volume=volume, plan=Plan(), inspections={}, root=out, out=out / target)
    )


def compiled(folder: Path, *, draft: bool) -> tuple[str, str]:
    """The text of the PDF (empty if there is none) and TeX's log."""
    import pypdfium2

    shutil.copyfile(STYLE, folder / "dmlr2e.sty")
    main = folder / "main.tex"
    source = main.read_text(encoding="utf-8")
    if draft:
        assert "\n%\\newcommand{\\draftplaceholders}{}" in source
        main.write_text(source.replace("\n%\\newcommand{\\draft", "\n\\newcommand{\\draft"))
    tex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "main"]
    for command in (tex, ["bibtex", "main"], tex, tex):
        subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    log = (folder / "main.log").read_text(encoding="utf-8", errors="replace")
    if not (folder / "main.pdf").is_file():
        return "", log
    document = pypdfium2.PdfDocument(folder / "main.pdf")
    return "".join(page.get_textpage().get_text_range() for page in document), log


def bare(text: str) -> str:
    """Letters, digits and specials alone: spacing, hyphenation and accents' places set aside."""
    text = re.sub("\ufffe|-\r?\n", "", text)
    text = unicodedata.normalize("NFKD", text).replace("’", "'")
    return "".join(c for c in text if c.isalnum() or c in r"&%$#_{}^\<>|≠≤×§")


@pytest.mark.parametrize("target", ["dmlr", "jstars"])
class TestDraft:
    pytestmark = needs_tex

    def test_it_compiles_and_says_everything_as_the_volume_does(
        self, target: str, tmp_path: Path
    ) -> None:
        import pypdfium2
        from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE as IMAGE

        made = package(target, HARD, tmp_path)
        text, log = compiled(made.folder / "papers/hard25/latex", draft=True)
        assert text, log[-2000:]
        assert "??" not in text
        assert "Missing character" not in log
        assert not re.search("undefined (?:references|citations)|Citation .* undefined", log)
        said = bare(text)
        assert bare(SPECIALS) in said
        assert "Ż" in text or "ż" in text
        for part in (
            f"Scales: {SPECIALS} and", "norms of Żółć", "李明", "[Odd] 東京大学",
            "地図 shows a Łódź", "The ATLAS Collaboration",
            "where a ≠ b, 5 µm, 3 × 4 and Greek β",
            f"Institute of {SPECIALS}, Town", "earth & sky",
        ):  # fmt: skip
            assert bare(part) in said or bare(part).lower() in said.lower(), part
        letters = [unicodedata.normalize("NFC", char) for char in text]
        assert {"Ł", "ó", "ź", "é", "ñ", "ß"} <= set(letters)
        # Vietnamese letters are one glyph each, which a search in the PDF finds.
        assert "Trần Thị Thuỷ Phương Dững" in " ".join(text.split())
        # TeX's encodings have one shape for Croatian and Icelandic, and name it as the latter.
        assert {"Đ", "Ð"} & set(letters)
        assert "preview, consent not recorded" in " ".join(text.split())
        # IEEE's biographies stand beside the photos that the edition has; DMLR prints none.
        with_photo = target == "jstars"
        assert (made.folder / "papers/hard25/latex/photo-1.png").is_file() == with_photo
        assert ("drawsmapsof" in said) == with_photo
        document = pypdfium2.PdfDocument(made.folder / "papers/hard25/latex/main.pdf")
        images = [shown for page in document for shown in page.get_objects() if shown.type == IMAGE]
        assert len(images) == with_photo

    def test_characters_without_a_font_are_shown_by_number(
        self, target: str, tmp_path: Path
    ) -> None:
        made = package(target, UNKNOWN, tmp_path)
        text, log = compiled(made.folder / "papers/unknown25/latex", draft=True)
        assert "U+05DE" in text
        assert "U+0410" in text
        assert "Missing character" not in log
        finding = next(f for f in made.findings if f.code == "export-latex-characters")
        assert "מ" in finding.message


@pytest.mark.parametrize("target", ["dmlr", "jstars"])
@pytest.mark.tex
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs a TeX distribution")
def test_until_everything_is_written_it_does_not_compile(target: str, tmp_path: Path) -> None:
    made = package(target, HARD, tmp_path)
    text, log = compiled(made.folder / "papers/hard25/latex", draft=False)
    assert not text
    assert "Still to be written" in log


def test_each_run_of_chinese_japanese_and_korean_has_a_family_that_holds_it() -> None:
    assert scripts.marked("On 地図には and x") == r"On {{\cjkmin{}地図には}} and x"
    assert scripts.marked("李明, 張偉") == r"{{\cjkgbsn{}李明}}, {{\cjkbsmi{}張偉}}"
    assert scripts.marked("김민수") == r"{{\cjkmj{}김민수}}"
    assert scripts.families(scripts.marked("李明 김민수")) == ("gbsn", "mj")
    assert scripts.unknown(scripts.marked("李明 מ")) == ("מ",)


def test_vietnamese_letters_have_their_places_in_the_encoding_of_the_fonts() -> None:
    written = scripts.marked(latex.escape("Ưng Nguyễn ợ ỵ Ñ", ascii=True))
    assert written == r"{\viet{215}}ng Nguy{\viet{185}}n {\viet{241}} {\viet{29}} {\~{N}}"
    assert scripts.unknown(written) == ()
    assert scripts.vietnamese(written)
    assert not scripts.vietnamese(scripts.marked(latex.escape("José Ñandú", ascii=True)))


def test_what_no_family_holds_is_said_and_kept() -> None:
    rare = "\u4dae"
    assert scripts.unknown(scripts.marked(rare)) == (rare,)

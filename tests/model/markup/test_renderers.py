"""One tree, five languages: nothing in a title can become a command in any of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from builder.model import Markup
from builder.model.markup import Break, Link, Math, Styled, Text, html, jats, latex, plain, typst

HOSTILE = [
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "</p></article>&lt;b&gt;",
    r"\input{/etc/passwd} \write18{rm} $x",
    '#read("/etc/passwd") #eval("1") $ ] [',
    "{{ 7 * 7 }} {% raw %}",
    "& % $ # _ { } ~ ^ \\ | < > \" ' `",
    "\x00\x07\x1b ￾",
]

HOSTILE_MATH = [
    r"\text{<script>alert(1)</script>}",
    r"\text{</math><script>alert(1)</script>}",
    r"\href{javascript:alert(1)}{x}",
    r"\class{x}{y} \style{color:red}{z} \cssId{a}{b}",
    r'\color{red" onmouseover="alert(1)}{x}',
    r"\unicode{x3c}",
    "x&#60;script&#62;",
    r'\text{") #read("/etc/passwd") (" }',
    '#eval("1") "quoted" $',
    r"\def\x{\x\x}\x",
    r"\newcommand{\a}{\b\b}\newcommand{\b}{\a}\a",
    r"\input{/etc/passwd}",
    r"^^5cinput{x}",
    r"\csname input\endcsname",
    "{" * 200 + "}" * 200,
    r"\frac" * 500,
    r"\left(" * 50,
    "}{",
    "x % comment",
    "x\n\ny",
    r"a \\",
    "\\",
    "",
]


class Tags(HTMLParser):
    """Collects every element and attribute that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes.update(name for name, _ in attrs)


def tags(source: str) -> Tags:
    parser = Tags()
    parser.feed(source)
    parser.close()
    return parser


MATHML = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msup", "msub", "msubsup", "mover",
    "munder", "munderover", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mphantom",
    "mpadded", "mstyle", "menclose",
}  # fmt: skip


def rich() -> Markup:
    return Markup(
        (
            Text("On "),
            Styled("emph", (Text("the "), Styled("strong", (Text("A&B"),)))),
            Styled("protected", (Text(" GAN"),)),
            Math("x^2"),
            Break(),
            Link("https://example.org/a_b?c=d&e#f", (Text("here"),)),
        )
    )


# plain


def test_plain_text_keeps_words_and_paragraphs() -> None:
    assert plain.render(rich()) == "On the A&B GANx²\n\nhere"


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\mathrm{CO}_2", "CO₂"),
        ("x^{n+1}", "xⁿ⁺¹"),
        (r"\mathcal{O}(n \log n)", "O(n log n)"),
        (r"\alpha \leq \beta", "α ≤ β"),
        (r"\frac{1}{2}", "1/2"),
        (r"\sqrt{x}", "√x"),
        (r"90^\circ", "90°"),
        (r"\hat{e}", "ê"),
        (r"\unknowncommand{x}", r"\unknowncommand{x}"),
        (r"\operatorname*{arg\,max}_x", "arg max ₓ"),
    ],
)
def test_formulas_are_spelled_readably_or_left_as_tex(tex: str, text: str) -> None:
    assert plain.math(tex) == text


# HTML


def test_html_says_each_style_in_its_element() -> None:
    shown = html.render(rich())
    assert "<em>the <strong>A&amp;B</strong></em> GAN<math" in shown
    assert '<br><br><a href="https://example.org/a_b?c=d&amp;e#f">here</a>' in shown


def test_html_makes_paragraphs_where_blocks_may_stand() -> None:
    assert html.render(Markup.text("a\n\nb"), inline=False) == "<p>a</p>\n<p>b</p>"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_an_element(text: str) -> None:
    assert not tags(html.render(Markup((Text(text),)))).seen


@pytest.mark.parametrize("tex", HOSTILE_MATH)
def test_no_formula_becomes_anything_but_mathml_or_code(tex: str) -> None:
    parsed = tags(html.render(Markup((Math(tex), Math(tex, display=True)))))
    assert parsed.seen <= MATHML | {"code"}
    assert not {a for a in parsed.attributes if a.startswith("on")} | (
        parsed.attributes & {"href", "style", "id", "src", "xlink:href"}
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x", 'https://a" onx=', "vbscript:x"]
)
def test_only_addresses_that_a_page_may_link_to_become_links(url: str) -> None:
    assert html.render(Markup((Link(url, (Text("x"),)),))) == "x"


def test_a_doi_leads_to_its_resolver() -> None:
    assert html.address("doi:10.5555/x") == "https://doi.org/10.5555/x"


def test_what_cannot_be_converted_is_shown_as_tex_and_reported_once() -> None:
    markup = Markup((Math(r"\foo<b"), Text(" "), Math(r"\foo<b"), Math("x")))
    assert html.render(markup).startswith('<code class="tex">\\foo&lt;b</code>')
    assert html.unconverted(markup) == (r"\foo<b",)


@pytest.mark.parametrize(
    ("tex", "part"),
    [
        (r"\operatorname*{arg\,max}_x f", "arg\u2009max</mo>"),
        (r"\operatorname{softmax}", "softmax</mo>"),
        (r"\operatorname{top-k}", "<mtext>top-k</mtext>"),
        (r"a \sim b", "<mo>∼</mo>"),
        (r"\pm 3", "<mo>±</mo>"),
        (r"\mathrm{d}", '<mi mathvariant="normal">d</mi>'),
        (r"\bm{x}", "<mi>𝒙</mi>"),
        (r"\mathbb{1}", "<mn>𝟙</mn>"),
        ("a<b", "<mo>&lt;</mo>"),
    ],
)
def test_the_known_faults_of_the_converter_are_mended(tex: str, part: str) -> None:
    shown = html.render(Markup((Math(tex),)))
    assert part in shown


def test_limits_stand_below_in_displayed_formulas() -> None:
    shown = html.render(Markup((Math(r"\operatorname*{arg\,max}_x f", display=True),)))
    assert 'display="block"' in shown
    assert "<munder>" in shown


# LaTeX


def test_latex_keeps_protection_mathematics_and_paragraphs() -> None:
    assert latex.render(rich()) == (
        r"On \emph{the \textbf{A\&B}}{ GAN}$x^2$" + "\n\n"
        r"\href{https://example.org/a\_b?c=d\&e\#f}{here}"
    )


def test_every_special_of_latex_is_escaped_and_braces_stay_balanced() -> None:
    escaped = latex.escape(r"&%$#_{}~^\<>|`")
    assert not re.search(r"(?<!\\)[&%$#_~^|`<>]", escaped)
    bare = re.sub(r"\\text\w+\{\}", "", escaped)
    assert "{" not in bare
    assert escaped.count("{") == escaped.count("}")


@pytest.mark.parametrize("tex", HOSTILE_MATH)
def test_no_formula_that_we_cannot_account_for_reaches_latex(tex: str) -> None:
    written = latex.formula(tex)
    if written.startswith("$"):
        assert not re.search(r"\\(?:input|def|newcommand|csname|write|href)", written)
        assert "%" not in re.sub(r"\\%", "", written)
    assert "\n" not in written
    depth = 0
    for char in written:
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0


def test_braces_in_mathematics_stay_balanced_for_bibtex_too() -> None:
    assert latex.formula(r"\left\{ a \right)").count("{") == 0
    assert latex.formula(r"\{a\\{b}\}") == r"$\lbrace a\\{b}\rbrace $"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("é", r"{\'{e}}"),
        ("Łódź", r"{\L}{\'{o}}d{\'{z}}"),
        ("ï", r"{\"{\i}}"),
        ("x̂", r"\^{x}"),
        ("ț", r"{\textcommabelow{t}}"),
        ("“a”–b", "``a''--b"),
        ("a\u00a0b", "a~b"),
        ("--", "-{}-"),
    ],
)
def test_characters_become_commands_where_only_ascii_may_stand(text: str, written: str) -> None:
    assert latex.escape(text, ascii=True) == written


def test_characters_without_a_command_are_kept_and_named() -> None:
    assert latex.beyond_ascii("Ω李é李") == ("李",)
    assert latex.escape("é李") == "é李"
    assert latex.beyond_ascii("Ελλάς") == ("Ε", "ά")


# JATS


def wrapped(fragment: str) -> etree._Element:
    return etree.fromstring(f'<p xmlns:xlink="http://www.w3.org/1999/xlink">{fragment}</p>')


def test_jats_uses_its_own_elements() -> None:
    root = wrapped(jats.render(rich()))
    assert [child.tag for child in root.iter()] == [
        "p", "italic", "bold", "inline-formula", "tex-math", "ext-link",
    ]  # fmt: skip
    assert root.findtext(".//tex-math") == "$x^2$"


def test_what_follows_a_displayed_formula_begins_its_line_in_typst() -> None:
    data = typst.to_data(Markup((Text("so "), Math("x", display=True), Text(" holds."))))
    assert [node["s"] for node in data] == ["so ", "x", "holds."]
    inline = typst.to_data(Markup((Math("x"), Text(" holds."))))
    assert inline[1]["s"] == " holds."


def test_a_displayed_formula_stands_by_itself_only_where_jats_allows_it() -> None:
    shown = Markup((Math("x", display=True),))
    assert "<inline-formula>" in jats.render(shown)
    assert (
        jats.paragraphs(shown) == "<p><disp-formula><tex-math>$$x$$</tex-math></disp-formula></p>"
    )


@pytest.mark.parametrize("text", HOSTILE + HOSTILE_MATH)
def test_any_text_is_well_formed_xml(text: str) -> None:
    root = wrapped(jats.render(Markup((Text(text), Math(text), Link(text, (Text(text),))))))
    assert {child.tag for child in root.iter()} <= {"p", "inline-formula", "tex-math", "ext-link"}


# Typst


def test_typst_gets_data_that_no_template_has_to_escape() -> None:
    data = typst.to_data(rich())
    assert json.loads(json.dumps(data)) == data
    assert data[1] == {
        "t": "emph",
        "c": [{"t": "text", "s": "the "}, {"t": "strong", "c": [{"t": "text", "s": "A&B"}]}],
    }
    assert data[3] == {"t": "math", "s": "x^2", "typst": "attach(x, t: 2)", "display": False}
    assert [node["t"] for node in data] == ["text", "emph", "text", "math", "break", "link"]


def evaluated(sources: list[str], folder: Path) -> bytes:
    import typst as engine

    (folder / "formulas.json").write_text(json.dumps(sources), encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    main = folder / "main.typ"
    main.write_text(
        '#for s in json("formulas.json") [ #eval(s, mode: "math")\n\n ]', encoding="utf-8"
    )
    made = engine.compile(str(main), format="svg")
    return made if isinstance(made, bytes) else b"".join(made)


FORMULAS = [
    r"x^2", r"\mathbb{R}^{n\times d}", r"\mathcal{O}(n\log n)", r"\sqrt[3]{x}", r"\frac{1}{2}",
    r"\text{if } x<y", r"\left( \frac{a}{b} \right]", r"\sum_{i=1}^n \int_0^\infty x",
    r"\hat{x} \tilde{y} \vec z \overline{ab} \underbrace{x}_{n}", r"\|x\|_2", r"\{a\}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", r"\begin{cases} a & b \\ c & d\end{cases}",
    r"\binom{n}{k}", r"\mathbf{x} \boldsymbol\theta \bm{x} \mathfrak{g} \mathsf{T} \mathtt{a}",
    r"\lim_{x\to0} \operatorname*{arg\,max}_{x} p(x|y)",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
    r"x' f'' {}^{\circ}C 10\% 1{,}000", r"\overset{a}{=} \stackrel{!}{=} \underset{x}{\min}",
    r"\not\in \neq \pm \sim \approx \ldots \cdots \nabla \partial \ell",
]  # fmt: skip


def test_ordinary_formulas_are_set_by_typst(tmp_path: Path) -> None:
    sources = [typst.math(tex, display) for tex in FORMULAS for display in (False, True)]
    assert None not in sources
    assert evaluated([source for source in sources if source], tmp_path).count(b"<svg") >= 1


@pytest.mark.parametrize("tex", HOSTILE_MATH + HOSTILE)
def test_no_formula_makes_typst_run_anything(tex: str, tmp_path: Path) -> None:
    source = typst.math(tex)
    if source is None:
        return
    outside = re.sub(r'"(?:[^"\\]|\\.)*"|\\.', " ", source)
    assert set(re.findall(r"#\w+", outside)) <= {"#none", "#left", "#true"}
    assert evaluated([source], tmp_path)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "x", "12", " ", "{", "}", "_", "^", "\\", "#", '"', "$", "(", ")", "[", "]",
                "&", ",", ";",
                r"\frac", r"\text{", r"\sqrt", r"\left(", r"\right)", r"\alpha", r"\mathbb{R}",
                "#read(", "é", "|", ":", "'", r"\\", "/", "@", "t:", "..", "%",
            ]
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
def test_no_soup_of_tokens_breaks_a_renderer(tex: str) -> None:
    markup = Markup((Math(tex), Text(tex), Styled("emph", (Math(tex, display=True),))))
    assert tags(html.render(markup)).seen <= MATHML | {"code", "em"}
    wrapped(jats.render(markup))
    assert latex.render(markup).count("{") == latex.render(markup).count("}")
    for node in markup.math:
        source = typst.math(node.tex, node.display)
        if source is not None:
            outside = re.sub(r'"(?:[^"\\]|\\.)*"|\\.', " ", source)
            assert set(re.findall(r"#\w*", outside)) <= {"#none", "#left", "#true"}


RENDERERS: list[Callable[[Markup], Any]] = [
    plain.render, html.render, latex.render, jats.render, typst.to_data,
]  # fmt: skip


@pytest.mark.parametrize("render", RENDERERS, ids=["plain", "html", "latex", "jats", "typst"])
def test_nothing_gives_nothing(render: Callable[[Markup], Any]) -> None:
    assert not render(Markup())


def test_an_address_with_a_tilde_keeps_a_linked_text_balanced_in_latex() -> None:
    markup = Markup((Link("https://example.org/~x{y}", (Text("x"),)),))
    assert latex.render(markup) == r"\href{https://example.org/\%7Ex\%7By\%7D}{x}"

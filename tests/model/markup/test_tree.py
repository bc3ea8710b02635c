from __future__ import annotations

from builder.model import Markup
from builder.model.markup import Break, Math, Styled, Text


def test_plain_text_is_divided_at_blank_lines_and_its_spaces_are_one() -> None:
    assert Markup.text(" a\n b \n\n\n\n c ").nodes == (Text("a b"), Break(), Text("c"))
    assert not Markup.text("  \n ")


def test_paragraphs_are_never_empty() -> None:
    markup = Markup((Break(), Text("a"), Break(), Break(), Text("b"), Break()))
    assert markup.paragraphs == ((Text("a"),), (Text("b"),))


def test_formulas_are_found_at_any_depth_in_order() -> None:
    markup = Markup((Math("a"), Styled("emph", (Styled("strong", (Math("b"),)),)), Math("c")))
    assert [math.tex for math in markup.math] == ["a", "b", "c"]

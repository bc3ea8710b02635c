"""The ISBN's bars are those that a scanner reads."""

from __future__ import annotations

import pytest

from builder.booklet.barcode import bars, ean, modules


def test_bars_are_those_of_the_standard() -> None:
    # Written out by hand from the tables of the EAN-13 symbology for 590 123412345 7.
    assert modules("5901234123457") == (
        "101"
        "0001011" "0100111" "0110011" "0010011" "0111101" "0011101"
        "01010"
        "1100110" "1101100" "1000010" "1011100" "1001110" "1000100"
        "101"
    )  # fmt: skip


def test_guards_reach_lower_than_digits() -> None:
    found = bars("9780000000002")
    assert [bar.x for bar in found if bar.guard] == [0, 2, 46, 48, 92, 94]
    assert found[-1].x + found[-1].width == 95


@pytest.mark.parametrize(
    ("isbn", "digits"),
    [
        ("978-0-00-000000-2", "9780000000002"),
        ("978 3 16 148410 0", "9783161484100"),
        ("3-16-148410-X", "9783161484100"),
        ("979-10-90636-07-1", "9791090636071"),
        ("978-3-16-148410-1", ""),
        ("3-16-148410-0", ""),
        ("5901234123457", ""),
        ("to follow", ""),
        ("", ""),
    ],
)
def test_only_a_valid_isbn_has_bars(isbn: str, digits: str) -> None:
    assert ean(isbn) == digits

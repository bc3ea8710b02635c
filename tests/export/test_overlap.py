"""How much of a manuscript is new: measured on the text that both versions really have."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.export.body import body
from builder.export.overlap import MARGIN, RUN, Overlap, compare, enough, new_share
from builder.model import Inspection, PageSeen

WORDS = st.lists(st.sampled_from([f"w{chr(97 + n)}" for n in range(26)]), min_size=1, max_size=80)
OTHERS = st.lists(st.sampled_from([f"v{chr(97 + n)}" for n in range(26)]), min_size=1, max_size=80)


def prose(seed: int, number: int) -> str:
    """Sentences that never repeat, in lines as a PDF has them."""
    chance = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(chance.choices(letters, k=7)) for _ in range(number)]
    return "\n".join(" ".join(words[at : at + 10]) for at in range(0, number, 10))


def seen(*pages: str, references: int | None = None, name: str = "") -> Inspection:
    return Inspection(
        sha256=name or str(hash(pages)),
        size=1,
        pages=tuple(PageSeen(width=1, height=1, text=text) for text in pages),
        references_page=references,
    )


@given(WORDS)
def test_an_identical_text_has_nothing_new(words: list[str]) -> None:
    assert new_share(words, words) == 0


@given(WORDS, OTHERS)
def test_disjoint_texts_are_new_throughout(before: list[str], after: list[str]) -> None:
    assert new_share(before, after) == 1


@given(WORDS, OTHERS, st.integers(0, 80))
def test_what_was_added_is_what_counts(before: list[str], added: list[str], at: int) -> None:
    at = min(at, len(before))
    if len(before) < 2 * RUN or 0 < at < RUN or 0 < len(before) - at < RUN:
        return  # too little is left on one side to be recognised
    after = [*before[:at], *added, *before[at:]]
    assert new_share(before, after) == pytest.approx(len(added) / len(after))


@given(WORDS, WORDS)
def test_a_share_is_a_share(before: list[str], after: list[str]) -> None:
    assert 0 <= new_share(before, after) <= 1


@given(OTHERS)
def test_a_text_that_begins_anew_is_all_new(after: list[str]) -> None:
    assert new_share([], after) == 1
    assert new_share(after, []) == 0


def test_one_changed_word_costs_one_word() -> None:
    before = prose(1, 200).split()
    after = [*before[:100], "changed", *before[101:]]
    assert new_share(before, after) == pytest.approx(1 / 200)


def test_front_matter_running_heads_and_references_do_not_count() -> None:
    text = prose(2, 300)
    half = text.split("\n")
    workshop = seen(
        "Ann Author\nSome University\nAbstract\nOld abstract.\n1 Introduction\n" + text,
        "References\n[1] A. Author. Old work. 2020.",
        references=2,
    )
    journal = seen(
        "1\nA New Title\nAnn Author, Bob Second\nA much longer front matter than before\n"
        "Abstract\nQuite another abstract\n1 Introduction\n" + "\n".join(half[:15]),
        "2\n" + "\n".join(half[15:]) + "\nReferences\n[1] New work by nobody. Elsewhere, 2024.",
        references=2,
    )
    found = compare(workshop, journal)
    assert found.new == 0
    assert found.kept == 1


def test_half_a_text_more_is_measured_as_such() -> None:
    old, new = prose(3, 400), prose(4, 400)
    workshop = seen("1 Introduction\n" + old + "\n2 Method\n" + prose(5, 60))
    manuscript = seen(
        "1 Introduction\n" + old + "\n2 Method\n" + prose(5, 60),
        "3 A Longer Study\n" + new + "\nFigure 1: What is new.\nTable 1: Numbers.",
    )
    found = compare(workshop, manuscript)
    assert found.percent is not None
    assert 44 <= found.percent <= 47
    assert found.added == ("A Longer Study",)
    assert found.dropped == ()
    assert found.pages == (1, 2)
    assert (found.figures, found.tables) == ((0, 1), (0, 1))


def test_an_appendix_behind_the_references_counts() -> None:
    paper = "1 Introduction\ntext\nReferences\n[1] cited, 2020.\nAppendix\nappended words"
    assert "appended" in body(seen(paper)).words
    assert "cited" not in body(seen(paper)).words


def test_hyphenation_is_no_new_text() -> None:
    line = "the segmen-\ntation of co\u2010registered high-resolution scenes " + prose(6, 60)
    other = "the segmentation of coregistered high-\nresolution scenes " + prose(6, 60)
    assert compare(seen(line, name="a"), seen(other, name="b")).new == 0


def test_scripts_without_spaces_are_compared_character_by_character() -> None:
    text = "地図には名前が必要です。名前のない地図は誰にも読めない。" * 3
    chars = [*body(seen(text)).words]
    assert len(chars) > 60
    assert compare(seen(text, name="a"), seen(text + "新しい文", name="b")).new == pytest.approx(
        4 / (len(chars) + 4)
    )


@pytest.mark.parametrize(
    ("workshop", "manuscript", "said"),
    [
        (None, seen(prose(1, 90)), "the workshop's paper is missing"),
        (seen(prose(1, 90)), None, "the manuscript is missing"),
        (seen(prose(1, 90)), seen("", ""), "hardly any text"),
        (seen(prose(1, 90)), Inspection(sha256="", size=1, problem="it is damaged"), "damaged"),
    ],
)
def test_what_cannot_be_compared_is_said_and_not_guessed(
    workshop: Inspection | None, manuscript: Inspection | None, said: str
) -> None:
    found = compare(workshop, manuscript)
    assert found.new is None
    assert found.percent is None
    assert said in found.problem
    assert enough(found, 30) == "ask"


@pytest.mark.parametrize(
    ("share", "threshold", "verdict"),
    [
        (0.50, 30, "yes"),
        (0.10, 30, "no"),
        ((30 + MARGIN / 2) / 100, 30, "ask"),
        ((30 - MARGIN / 2) / 100, 30, "ask"),
        (0.50, None, "ask"),
        (0.00, 0, "yes"),
    ],
)
def test_near_the_threshold_the_figure_decides_nothing(
    share: float, threshold: int | None, verdict: str
) -> None:
    assert enough(Overlap(new=share), threshold) == verdict


def test_a_share_is_never_rounded_up_to_a_threshold() -> None:
    assert Overlap(new=0.2999).percent == 29


def test_real_papers_against_their_first_half_are_measured_within_the_margin(
    shared: Path, tmp_path: Path
) -> None:
    """SIGDIAL 2020: what the second half adds is what is new in the whole."""
    import pikepdf

    from builder import pdf
    from builder.work import Cache

    files = sorted((shared / "corpora/sigdial2020/papers").glob("1[0-9].pdf"))[:3]
    assert len(files) == 3
    wanted = {f"{file.stem} whole": file for file in files}
    for file in files:
        half = tmp_path / file.name
        with pikepdf.open(file) as paper:
            del paper.pages[len(paper.pages) // 2 :]
            paper.save(half)
        wanted[f"{file.stem} half"] = half
    found = pdf.inspect_all(wanted, Cache(tmp_path / "cache"))
    for file in files:
        measured = compare(found[f"{file.stem} half"], found[f"{file.stem} whole"])
        assert measured.new is not None
        before, after = measured.words
        assert measured.new * 100 == pytest.approx(100 * (1 - before / after), abs=MARGIN)
        assert measured.kept is not None
        assert measured.kept > 0.95

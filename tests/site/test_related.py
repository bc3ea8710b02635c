"""Related papers are worked out once for what they go by."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from builder.model import Markup, Volume
from builder.site import related
from builder.site.addresses import Addresses
from builder.site.desk import Desk
from builder.site.views import PaperView, Shelf


def near(root: Path, volume: Volume) -> dict[str, list[str]]:
    found = Shelf(Desk(root, volume, (), Addresses.of(volume))).related
    return {key: [view.paper.key for view in views] for key, views in found.items()}


def test_only_a_change_of_words_or_authors_makes_them_be_found_again(
    tmp_path: Path, editions: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = editions.volume()
    first, second, *others = volume.papers
    second = replace(second, keywords=first.keywords, title=first.title)
    volume = replace(volume, papers=(first, second, *others))
    found = near(tmp_path, volume)
    assert second.key in found[first.key]
    times: list[int] = []
    work = related._State.of

    def counted(papers: Sequence[PaperView], told: list[bytes]) -> related._State:
        times.append(1)
        return work(papers, told)

    monkeypatch.setattr(related._State, "of", counted)
    linked = replace(volume, papers=(replace(first, code="https://e.org"), second, *others))
    assert near(tmp_path, linked) == found
    assert times == []
    worded = replace(first, abstract=Markup.text("Xylophonically"))
    assert near(tmp_path, replace(volume, papers=(worded, second, *others))) == near(
        tmp_path / "fresh", replace(volume, papers=(worded, second, *others))
    )
    assert near(tmp_path, linked) == found
    times.clear()
    for file in (tmp_path / "build").rglob("*.bin"):
        file.write_bytes(b"nothing of ours")
    assert near(tmp_path, linked) == found
    other = replace(first, title=Markup.text("Nothing of the kind"), keywords=(), contributors=())
    alone = replace(volume, papers=(replace(other, abstract=None), second, *others))
    assert second.key not in near(tmp_path, alone)[first.key]
    assert len(times) == 2


WORDS = [
    f"{onset}{vowel}{end}" for onset in "bdgkr" for vowel in "aeo" for end in ("lt", "nk", "x")
]


def said(chance: random.Random, count: int) -> Markup:
    return Markup.text(" ".join(chance.choices(WORDS, k=count)))


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edit_the_same_papers_are_near_as_if_all_were_compared(
    seed: int, tmp_path: Path, editions: ModuleType
) -> None:
    chance = random.Random(seed)
    volume = editions.volume()
    (like, *_) = volume.papers
    papers = [
        replace(
            like,
            key=f"p{number}",
            title=said(chance, 4),
            abstract=said(chance, 25),
            keywords=tuple(chance.sample(WORDS, 2)),
            contributors=like.contributors[: chance.randrange(2)],
        )
        for number in range(40)
    ]
    for edit in range(6):
        shown = replace(volume, papers=tuple(papers))
        assert near(tmp_path, shown) == near(tmp_path / f"fresh{edit}", shown)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(papers))
            match chance.randrange(6):
                case 0:
                    papers[at] = replace(papers[at], keywords=(chance.choice(WORDS),))
                case 1:
                    papers.insert(at, replace(papers[at], key=f"new{edit}.{at}"))
                case 2:
                    papers[at] = replace(papers[at], abstract=said(chance, 25))
                case _:
                    papers[at] = replace(papers[at], title=said(chance, 4))

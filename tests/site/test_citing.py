"""Citations are written once for what they are made of, and read back as they were written."""

from __future__ import annotations

import marshal
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from builder.model import Markup, Plan, PlannedPaper, Volume, Where
from builder.model.markup import Text
from builder.site import citing
from builder.site.citing import SUFFIXES, Citations
from builder.work import Cache


def texts(volume: Volume, plan: Plan, cache: Cache | None = None) -> list[str]:
    citations = Citations(volume, plan, cache)
    found = [citations.of(paper, suffix) for paper in volume.papers for suffix in SUFFIXES]
    found += [citations.all(volume.papers, suffix) for suffix in SUFFIXES]
    citations.keep()
    return found


def test_only_what_a_change_touches_is_written_again(
    tmp_path: Path, editions: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, volume = Cache(tmp_path), editions.volume()
    first, *others = volume.papers
    plan = Plan(papers=(PlannedPaper(key=first.key, first=1, last=8),))
    retitled = replace(volume, papers=(replace(first, title=Markup((Text("On \ud800"),))), *others))
    moved = replace(plan, papers=(PlannedPaper(key=first.key, first=3, last=10),))
    renamed = replace(volume, title="Another Volume")
    # No citation says these.
    beside = replace(
        retitled,
        accepted={"over-length": frozenset({"b", "a"})},
        locked={first.key: (1, 8)},
        news=(),
        where=Where(file="proceedings/edition.yaml", line=99),
    )
    cases = [(volume, plan), (retitled, plan), (beside, plan), (retitled, moved), (renamed, plan)]
    fresh = [texts(*case) for case in cases]
    written: list[str] = []
    writer = citing._WRITERS["bib"]

    def counted(volume: Volume, paper: citing.Paper, plan: Plan) -> str:
        written.append(paper.key)
        return writer(volume, paper, plan)

    monkeypatch.setitem(citing._WRITERS, "bib", counted)
    everyone = [paper.key for paper in volume.papers]
    expected = [everyone, [first.key], [], [first.key], everyone]
    for case, same, again in zip(cases, fresh, expected, strict=True):
        for turn in (again, []):
            written.clear()
            assert texts(*case, cache) == same
            assert written == turn


def test_what_is_kept_of_citations_may_be_rotten(tmp_path: Path, editions: ModuleType) -> None:
    volume, cache = editions.volume(), Cache(tmp_path)
    fresh = texts(volume, Plan(), cache)
    for file in [file for file in tmp_path.rglob("*") if file.is_file()]:
        file.write_text("[1, 2]", "utf-8")
    assert texts(volume, Plan(), cache) == fresh
    kept = Citations(volume, Plan(), cache)
    for rotten in (b"nothing of ours", marshal.dumps([1, 2])):
        cache.store_data(citing._KIND, kept._key, rotten, ".bin")
        assert texts(volume, Plan(), cache) == fresh

"""Related papers are worked out once for what they go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from builder.model import Markup, Volume
from builder.site import related
from builder.site.addresses import Addresses
from builder.site.desk import Desk
from builder.site.views import Shelf


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
    work = related._Nearness.nearest

    def counted(self: related._Nearness) -> Iterator[list[int]]:
        times.append(1)
        return work(self)

    monkeypatch.setattr(related._Nearness, "nearest", counted)
    linked = replace(volume, papers=(replace(first, code="https://e.org"), second, *others))
    assert near(tmp_path, linked) == found
    assert times == []
    worded = replace(first, abstract=Markup.text("Xylophonically"))
    assert near(tmp_path, replace(volume, papers=(worded, second, *others))) == near(
        tmp_path / "fresh", replace(volume, papers=(worded, second, *others))
    )
    assert near(tmp_path, linked) == found
    times.clear()
    for file in (tmp_path / "build").rglob("*.json"):
        file.write_text("{}", encoding="utf-8")
    assert near(tmp_path, linked) == found
    other = replace(first, title=Markup.text("Nothing of the kind"), keywords=(), contributors=())
    alone = replace(volume, papers=(replace(other, abstract=None), second, *others))
    assert second.key not in near(tmp_path, alone)[first.key]
    assert len(times) == 2

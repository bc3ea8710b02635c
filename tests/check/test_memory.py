"""What was found in a paper is remembered as long as all that it was found in stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from builder import check
from builder.check import rules
from builder.check.facts import Facts
from builder.model import Event, Inspection, Markup, Name, Person, Volume

NOTICE = "Published as a conference paper at Examples 2025"


@pytest.fixture
def papers(make: SimpleNamespace) -> tuple[Volume, dict[str, Inspection]]:
    """Three papers: one as it should be, one for review, one with the notice of this event."""
    volume: Volume = make.volume(*(make.paper(key) for key in ("liu25", "roe25", "doe25")))
    first, second, third = volume.papers
    seen = {
        "liu25": make.seen(make.first_page(first), "More ?? in Section ??."),
        "roe25": make.seen(make.first_page(second, byline="Anonymous submission")),
        "doe25": make.seen(f"{make.first_page(third)}\n{NOTICE}"),
    }
    return volume, seen


class Runs:
    """Checks with a memory, and counts the papers that rules were shown."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.form = "1"
        self.shown: list[str] = []
        real = Facts.alone

        def alone(facts: Facts, chosen: Collection[Any]) -> Facts:
            self.shown += [paper.key for paper in chosen]
            return real(facts, chosen)

        monkeypatch.setattr(Facts, "alone", alone)

    @property
    def file(self) -> Path:
        return self.root / "checked.json"

    def __call__(self, volume: Volume, seen: Mapping[str, Inspection]) -> list[str]:
        """The papers that were looked at; what is said is what is said without a memory."""
        self.shown.clear()
        memory = check.Memory(self.file, self.form)
        found = check.run(volume, seen, self.root, memory=memory)
        looked = list(self.shown)
        assert found == check.run(volume, seen, self.root)
        return looked


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    return Runs(tmp_path, monkeypatch)


def test_papers_that_did_not_change_are_not_looked_through_again(
    papers: tuple[Volume, dict[str, Inspection]], run: Runs
) -> None:
    assert run(*papers) == ["liu25", "roe25", "doe25"]
    assert run(*papers) == []


def test_what_changed_is_looked_through_and_nothing_else(
    papers: tuple[Volume, dict[str, Inspection]], run: Runs, make: SimpleNamespace
) -> None:
    volume, seen = papers
    run(volume, seen)
    seen["roe25"] = make.seen(make.first_page(volume.papers[1]))
    assert run(volume, seen) == ["roe25"]
    other = replace(volume.papers[0], title=Markup.text("Something else altogether, and longer"))
    assert run(replace(volume, papers=(other, *volume.papers[1:])), seen) == ["liu25"]


def test_a_paper_whose_title_another_file_bears_is_looked_through(
    papers: tuple[Volume, dict[str, Inspection]], run: Runs
) -> None:
    volume, seen = papers
    run(volume, seen)
    seen["liu25"], seen["doe25"] = seen["doe25"], seen["liu25"]
    assert set(run(volume, seen)) == {"liu25", "doe25"}


@pytest.mark.parametrize(
    "change",
    [
        {"event": Event(name="Symposium on Elsewhere", short_name="Elsewhere 2025")},
        {"title": "Papers of Elsewhere 2025"},
        {"people": (Person(id="doe", name=Name(literal="Doe")),)},
    ],
    ids=["event", "title", "people"],
)
def test_under_another_name_of_the_volume_all_are(
    papers: tuple[Volume, dict[str, Inspection]], run: Runs, change: dict[str, Any]
) -> None:
    volume, seen = papers
    run(volume, seen)
    assert len(run(replace(volume, **change), seen)) == 3


def test_another_program_looks_again_and_a_damaged_file_is_none(
    papers: tuple[Volume, dict[str, Inspection]], run: Runs
) -> None:
    run(*papers)
    run.form = "2"
    assert len(run(*papers)) == 3
    run.file.write_bytes(run.file.read_bytes().replace(b"review", b"reveiw"))
    assert len(run(*papers)) == 3
    run.file.write_bytes(b"\xff")
    assert len(run(*papers)) == 3


def test_each_rule_for_papers_alone_speaks_of_papers(
    papers: tuple[Volume, dict[str, Inspection]],
) -> None:
    volume, seen = papers
    facts = Facts(volume=volume, inspections=seen).alone(volume.papers)
    found = [one for rule in rules.RULES if rule.alone for one in rule.find(facts)]
    assert {one.code for one in found} >= {"review-version", "unresolved-reference"}
    assert {one.subject for one in found} <= set(seen)

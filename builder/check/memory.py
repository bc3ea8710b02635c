"""What was found in papers that stand as they stood, which need not be looked through again.

Only for rules that judge every paper by itself. They are shown nothing but that paper, what was
seen in it, and what the volume is called (`Facts.alone`), so that what they find follows from it.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from builder.check.facts import Facts
from builder.model import Finding
from builder.pdf.inspecting import as_json
from builder.work.notes import note, recall

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class Memory:
    """Findings by what they were found in, in a file that may vanish or rot at any time.

    `form` has to change whenever a rule may find something else: with this program.
    """

    def __init__(self, file: Path, form: str) -> None:
        self._file = file
        self._form = form

    def findings(
        self, facts: Facts, find: Callable[[Facts], Iterable[Finding]]
    ) -> tuple[Finding, ...]:
        """What `find` finds in the papers, which is asked only about those that are not known.

        Remembers what there is to say of these papers, and of no others.
        """
        kept = self._kept()
        identities = _identities(facts)
        new = [paper for paper, _ in facts.seen if identities[paper.key] not in kept]
        found: dict[str, list[Finding]] = {identities[paper.key]: [] for paper in new}
        for finding in find(facts.alone(new)):
            found[identities[finding.subject]].append(finding)
        every = {
            one: tuple(found[one]) if one in found else kept[one] for one in identities.values()
        }
        if every.keys() != kept.keys():
            # Where it cannot be remembered, it is found again.
            with contextlib.suppress(OSError):
                note(self._file, self._form, _adapter().dump_json(every).decode())
        return tuple(finding for one in every.values() for finding in one)

    def _kept(self) -> dict[str, tuple[Finding, ...]]:
        text = recall(self._file, self._form)
        with contextlib.suppress(ValueError):
            return _adapter().validate_json(text) if text else {}
        return {}


def _identities(facts: Facts) -> dict[str, str]:
    """For each paper a digest of all that `Facts.alone` shows of it."""
    common = hashlib.sha256(repr(facts.alone(()).volume).encode("utf-8", "surrogatepass"))
    found = {}
    for paper, inspection in facts.seen:
        total = common.copy()
        said = repr((paper, paper.key in facts.strays, facts.strays.get(paper.key)))
        for part in (said.encode("utf-8", "surrogatepass"), as_json(inspection)):
            total.update(b"%d:" % len(part) + part)
        found[paper.key] = total.hexdigest()
    return found


@functools.cache
def _adapter() -> TypeAdapter[dict[str, tuple[Finding, ...]]]:
    from pydantic import TypeAdapter

    return TypeAdapter(dict[str, tuple[Finding, ...]])

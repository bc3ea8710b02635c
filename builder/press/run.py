"""One run: what it wrote so far, what it will replace, what it found."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder import booklet
from builder import check as check_room
from builder.booklet.dividing import numbered
from builder.model import Finding, Plan, Report, Severity
from builder.press import finality, locking, manifest, report
from builder.press.aside import set_aside
from builder.press.checking import check
from builder.press.desk import Desk
from builder.press.locking import Pages
from builder.press.origins import origins
from builder.press.outcome import Made, Refused
from builder.work import Outputs


@dataclass
class Run:
    """The staging area of a run, and the one account of what goes into it.

    Raises `Refused` at once if a `final` output is asked for while errors stand, or pages are to
    stay that may still change.
    """

    desk: Desk
    outputs: Outputs
    final: bool = False
    prove: bool = False
    """Whether a draft, too, is compared with the authors' files."""
    found: list[Finding] = field(default_factory=list)
    staged: list[str] = field(default_factory=list)
    """Paths below `build/` that this run replaces."""
    pages: Pages = "keep"
    """Whether the plan's pages stay for good."""
    opened: list[str] = field(default_factory=list)
    """What to open, in the order of interest."""
    carried: list[str] = field(default_factory=list)
    """Paths below `build/` that are replaced with the outputs, but are for the next run only."""
    printed: dict[str, Path] | None = None
    """Stamped papers of this run's plan, once there are any."""
    failed: list[str] = field(default_factory=list)
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        self.found.extend(check(self.desk).findings)
        if self.final:
            self.refuse_errors("the final volume is refused")
        self.plan = booklet.paginate(self.desk.volume, self.desk.inspections, draft=not self.final)
        if self.pages != "keep" and (why := locking.obstacle(self.plan, self.found)):
            self.refuse(why)

    def find(self, findings: Iterable[Finding]) -> None:
        """Keeps findings; what the editors accepted counts for nothing, whoever found it."""
        self.found.extend(check_room.accept(findings, self.desk.volume))

    def path(self, name: str) -> Path:
        """Where the output `name` is written for now."""
        return self.outputs.path(name)

    def take(self, name: str, file: Path | None = None) -> None:
        """The output `name` is there, or is `file`, which moves; it will replace its forerunner."""
        if file is not None:
            shutil.move(file, self.path(name))
        self.staged.append(name)

    def standing(self) -> tuple[Path | None, Path | None]:
        """Booklet and papers that stand in `build/`, where they follow this run's plan.

        Of several volumes it is the first; the others stand beside it.
        """
        name = numbered("booklet.pdf", self.plan.volumes[0])
        book, papers = self.desk.build / name, self.desk.build / "papers"
        standing = manifest.read(self.desk.build / "manifest.json").get("plan")
        if standing == self.plan.digest and book.is_file() and papers.is_dir():
            return book, papers
        return None, None

    def refuse_errors(self, what: str) -> None:
        """Raises `Refused` if errors stand."""
        number = sum(finding.severity >= Severity.ERROR for finding in self.found)
        if number:
            stand = "1 error stands" if number == 1 else f"{number} errors stand"
            self.refuse(f"{what}: {stand}")

    def refuse(self, message: str) -> None:
        """Raises `Refused`; the report alone is put in place, the outputs are not."""
        findings = Report.of(self.found)
        self.staged.clear()
        self._write_report(findings)
        self.outputs.commit(self.staged)
        raise Refused(message, findings)

    def finish(self) -> Made:
        """Writes report and manifest, moves everything into place."""
        digests, before = self.desk.cache.digests, manifest.read(self.desk.build / "manifest.json")
        self.find(set_aside(self.desk.build, self.staged, before["outputs"], digests))
        final = finality.printed(self.staged) if self.final else []
        self.find(() if final else finality.lost(before.get("final", ()), self.staged))
        findings = Report.of(self.found)
        self._write_report(findings)
        sources = origins(self.desk)
        entries: dict[str, Any] = {}
        for name in self.staged:
            entries |= manifest.describe(
                self.path(name), self.desk.build, name, sources.of, digests
            )
        after = manifest.update(
            before,
            plan=None if self.printed is None else self.plan.digest,
            sources=sources.digests,
            sets=sources.sets,
            replaced=self.staged,
            outputs=entries,
            final=final,
        )
        manifest.write(self.path("manifest.json"), after)
        replaced = [*self.staged, "manifest.json"]
        self.outputs.commit([*replaced, *self.carried])
        opened = tuple(self.desk.build / name for name in [*self.opened, "report.html"])
        if self.pages != "keep":
            opened += (locking.write(self.desk, self.plan),)
        digests.save()
        if self.desk.order and not self.failed:
            self.desk.order.fill(findings, replaced, opened, self.desk.titles)
        return Made(
            report=findings,
            outputs=opened,
            plan=self.plan,
            failed=tuple(self.failed),
        )

    def _write_report(self, findings: Report) -> None:
        extra = {"plan": self._plan_rows()} if hasattr(self, "plan") else None
        for name, text in (
            ("report.json", report.as_json(findings, extra)),
            ("report.html", report.as_html(findings, self.desk.volume)),
        ):
            self.path(name).write_text(text, encoding="utf-8", newline="\n")
            self.take(name)

    def _plan_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "key": planned.key,
                "first": planned.first,
                "last": planned.last,
                "placeholder": planned.placeholder,
                **({"volume": planned.volume} if planned.volume else {}),
            }
            for planned in self.plan.papers
        ]

"""Makes the outputs: each is written beside, judged, then moved into place with the others."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from builder import booklet as booklet_room
from builder import check as check_room
from builder import edition, export, pdf, site
from builder.booklet.kinds import FILES, Kind
from builder.edition import lock
from builder.model import Finding, Plan, Report, Severity
from builder.pdf.imposing import impose
from builder.press import manifest, proofreading, report
from builder.press.desk import Desk
from builder.work import Job, Limits, Outputs, file_names, write_if_changed
from builder.work import run as work_run

Pages = Literal["keep", "lock", "move"]
"""What happens to `pagination.lock`: nothing; pages given so far stay for good; or all pages are
given anew, which moves them, and stay from then on."""

_LONG = Limits(seconds=600.0, memory=4 << 30)
"""For arranging the pages of a whole volume."""


class Refused(Exception):
    """A final output was asked for while errors stand; nothing but the report was replaced."""

    def __init__(self, message: str, findings: Report) -> None:
        super().__init__(message)
        self.report = findings


@dataclass(frozen=True, slots=True)
class Made:
    """What one run made."""

    report: Report
    outputs: tuple[Path, ...]
    """What to open, in the order of interest."""
    plan: Plan
    failed: tuple[str, ...] = ()
    """Outputs that were asked for and could not be made; the previous ones stay."""


def check(desk: Desk, profiles: Collection[str] = ()) -> Report:
    """All findings about the edition and its PDFs; writes nothing."""
    return Report.of(
        check_room.accept([*desk.findings, *proofreading.findings(desk)], desk.volume),
        check_room.run(desk.volume, desk.inspections, desk.root, profiles),
    )


def make_volume(desk: Desk, *, final: bool) -> Made:
    """Booklet, stamped papers, site and the special issue's packages, all of one plan."""
    with Outputs(desk.build) as outputs:
        run = _Run(desk, outputs, final=final)
        run.booklet()
        run.site()
        run.exports(_targets(desk), preview=None, asked=False)
        return run.finish()


def make_booklet(
    desk: Desk,
    *,
    final: bool,
    prove: bool = False,
    kind: Kind = "volume",
    imposed: bool = False,
    pages: Pages = "keep",
) -> Made:
    """Booklet, front matter and stamped papers; a final one is proved harmless to every paper.

    Another `kind` is made alone. `imposed` adds the same pages arranged for folding. `pages` says
    whether page numbers are to stay for good, see `Pages`.
    """
    if pages == "move":
        desk = replace(desk, volume=replace(desk.volume, locked={}))
    with Outputs(desk.build) as outputs:
        run = _Run(desk, outputs, final=final, prove=prove)
        if pages != "keep":
            run.lockable()
        if kind == "volume":
            run.booklet()
        else:
            run.single(kind)
        if imposed:
            run.imposed(FILES[kind])
        made = run.finish()
        if pages != "keep":
            path = desk.root / lock.FILE
            write_if_changed(path, lock.text(made.plan, desk.volume.locked))
            made = replace(made, outputs=(*made.outputs, path))
        return made


def make_site(desk: Desk) -> Made:
    """The site alone; links the booklet that already exists if it follows the same plan."""
    with Outputs(desk.build) as outputs:
        run = _Run(desk, outputs, final=False)
        run.site()
        return run.finish()


def make_exports(
    desk: Desk,
    targets: Sequence[str],
    *,
    preview: bool | None,
    options: export.Options = export.Options(),  # noqa: B008 - a frozen record
) -> Made:
    """Packages for journals; `preview=None` makes previews just while consents are missing."""
    with Outputs(desk.build) as outputs:
        run = _Run(desk, outputs, final=False)
        run.exports(targets, preview=preview, asked=True, options=options)
        return run.finish()


def _targets(desk: Desk) -> tuple[str, ...]:
    issue = desk.volume.special_issue
    return tuple(name for name in issue.targets if name in export.TARGETS) if issue else ()


@dataclass
class _Run:
    """One run's staging: what it wrote so far, what it will replace, what it found."""

    desk: Desk
    outputs: Outputs
    final: bool
    prove: bool = False
    """Whether a draft, too, is compared with the authors' files."""
    found: list[Finding] = field(default_factory=list)
    staged: dict[str, list[str]] = field(default_factory=dict)
    """Path below `build/` to the sources it was made from."""
    opened: list[str] = field(default_factory=list)
    printed: dict[str, Path] | None = None
    """Stamped papers of this run's plan, once there are any."""
    plan_digest: str | None = None
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.found.extend(check(self.desk).findings)
        if self.final:
            self._refuse_errors("the final volume is refused")
        self.plan = booklet_room.paginate(
            self.desk.volume, self.desk.inspections, draft=not self.final
        )

    def lockable(self) -> None:
        """Raises `Refused` while a page number could still change."""
        missing = [planned.key for planned in self.plan.papers if planned.placeholder]
        if missing:
            raise Refused(
                f"pages are not locked while PDFs are missing: {', '.join(missing)}",
                self._write_report(),
            )

    def _request(self) -> booklet_room.Request:
        return booklet_room.Request(
            volume=self.desk.volume,
            plan=self.plan,
            inspections=self.desk.inspections,
            root=self.desk.root,
            sources=self.desk.sources,
            folder=self.outputs.scratch(),
            cache=self.desk.cache,
            draft=not self.final,
            prove=self.prove or self.final,
            findings=tuple(self.found),
            progress=self.desk.progress,
        )

    def single(self, kind: Kind) -> None:
        """The handbook, or the front matter, alone."""
        made = booklet_room.build_single(self._request(), kind)
        self.found.extend(check_room.accept(made.findings, self.desk.volume))
        if self.final:
            self._refuse_errors(f"the final {kind} is refused")
        self._take(made.file, FILES[kind])
        self.opened = [FILES[kind], *self.opened]

    def imposed(self, name: str) -> None:
        """The pages of an output that was just made, two on each side, for folding."""
        target = name.removesuffix(".pdf") + "-imposed.pdf"
        file = self.outputs.path(target)
        (outcome,) = work_run([Job(target, impose, (self.outputs.path(name), file), _LONG)])
        if outcome.failure:
            raise OSError(f"{target} cannot be made: {outcome.failure.message}")
        self.staged[target] = []
        self.opened = [target, *self.opened]

    def supplements(self) -> None:
        """Supplements of printed papers in a folder of their own, where the edition wants it."""
        volume = self.desk.volume
        files = [one.file for paper in volume.printed for one in paper.supplements]
        if volume.booklet.supplements != "beside" or not files:
            return
        folder = self.outputs.path("supplements")
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            source = self.desk.root / name
            if source.is_file():
                shutil.copyfile(source, folder / source.name)
        self.staged["supplements"] = []
        self.opened.append("supplements")

    def booklet(self) -> None:
        """Front matter, stamped papers, the joined volume, audited."""
        made = booklet_room.build(self._request())
        self._find(made.findings)
        if self.final:
            self._refuse_errors("the final booklet is refused")
        broken = [
            f for f in made.findings if f.code.startswith("audit-") and f.severity >= Severity.ERROR
        ]
        if broken:
            raise Refused(
                "the booklet failed its audit and was not put in place", self._write_report()
            )
        self._take(made.volume, "booklet.pdf")
        self._take(made.front_matter, "front-matter.pdf")
        folder = self.outputs.path("papers")
        folder.mkdir(parents=True, exist_ok=True)
        names = file_names(made.papers)
        self.printed = {}
        for key, file in made.papers.items():
            target = folder / f"{names[key]}.pdf"
            shutil.copyfile(file, target)
            self.printed[key] = target
        self.staged["papers"] = []
        self.plan_digest = self.plan.digest
        self.opened = ["booklet.pdf", "papers", *self.opened]
        self.supplements()

    def site(self) -> None:
        """The Sphinx site; with this run's booklet if there is one, else with the standing one."""
        target = self.outputs.path("site")
        book, papers = (
            self._standing()
            if self.printed is None
            else (self.outputs.path("booklet.pdf"), self.outputs.path("papers"))
        )
        before = len(self.found)
        self._find(site.build(self.desk.root, target, booklet=book, papers=papers))
        if any(finding.code == "site-failed" for finding in self.found[before:]):
            # Half a site must never replace a whole one.
            if self.final:
                self._refuse_errors("the final site is refused")
            shutil.rmtree(target, ignore_errors=True)
            self.failed.append("site")
            return
        self.staged["site"] = []
        self.opened.append("site/index.html")

    def exports(
        self,
        targets: Sequence[str],
        *,
        preview: bool | None,
        asked: bool,
        options: export.Options = export.Options(),  # noqa: B008 - a frozen record
    ) -> None:
        """A folder and a zip per target; `asked` says whether somebody asked for just these."""
        private = edition.private.load(self.desk.root)
        printed = self.printed
        if printed is None:
            _, papers = self._standing()
            names = file_names(self.desk.sources)
            stamped = {key: papers / f"{name}.pdf" for key, name in names.items()} if papers else {}
            printed = {key: file for key, file in stamped.items() if file.is_file()}
        for name in targets:
            manuscripts, found = export.manuscripts.find(self.desk.root, self.desk.volume, name)
            self.found.extend(found)
            package = export.TARGETS[name].build(
                export.Request(
                    volume=self.desk.volume,
                    plan=self.plan,
                    inspections=self.desk.inspections,
                    root=self.desk.root,
                    papers={**self.desk.sources, **printed},
                    out=self.outputs.path(f"export/{name}"),
                    preview=preview,
                    private=private,
                    manuscripts=manuscripts,
                    seen=pdf.inspect_all(manuscripts, self.desk.cache),
                    options=options,
                )
            )
            self._find(package.findings)
            if any(finding.code == "export-nothing-selected" for finding in package.findings):
                # A package without a paper helps nobody; it must not replace one that has some.
                shutil.rmtree(package.folder, ignore_errors=True)
                package.zip.unlink(missing_ok=True)
                if asked:
                    self.failed.append(f"export/{name}")
                continue
            self.staged[f"export/{name}"] = []
            self.staged[f"export/{name}.zip"] = []
            self.opened.append(f"export/{name}")

    def finish(self) -> Made:
        """Writes report and manifest, moves everything into place."""
        findings = Report.of(self.found)
        self._report_files(findings)
        names = list(self.staged)
        sources = self._sources()
        entries: dict[str, Any] = {}
        for name in names:
            entries |= manifest.describe(self.outputs.path(name), name, sorted(sources))
        self._narrow(entries)
        after = manifest.update(
            manifest.read(self.desk.build / "manifest.json"),
            plan=self.plan_digest,
            sources=sources,
            replaced=names,
            outputs=entries,
        )
        manifest.write(self.outputs.path("manifest.json"), after)
        self.outputs.commit([*names, "manifest.json"])
        return Made(
            report=findings,
            outputs=tuple(self.desk.build / name for name in [*self.opened, "report.html"]),
            plan=self.plan,
            failed=tuple(self.failed),
        )

    def _find(self, findings: Iterable[Finding]) -> None:
        """Keeps findings; what the editors accepted counts for nothing, whoever found it."""
        self.found.extend(check_room.accept(findings, self.desk.volume))

    def _take(self, file: Path, name: str) -> None:
        target = self.outputs.path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, target)
        self.staged[name] = []

    def _standing(self) -> tuple[Path | None, Path | None]:
        """Booklet and papers that stand in `build/`, where they follow this run's plan."""
        book, papers = self.desk.build / "booklet.pdf", self.desk.build / "papers"
        standing = manifest.read(self.desk.build / "manifest.json").get("plan")
        if standing == self.plan.digest and book.is_file() and papers.is_dir():
            return book, papers
        return None, None

    def _sources(self) -> dict[str, str]:
        files = [*self.desk.files, *self.desk.sources.values()]
        found = {}
        for file in files:
            if file.is_file() and file.is_relative_to(self.desk.root):
                # A file that may not be read was no source of anything; a finding says so.
                with contextlib.suppress(PermissionError):
                    found[file.relative_to(self.desk.root).as_posix()] = manifest.digest(file)
        return found

    def _narrow(self, entries: Mapping[str, Any]) -> None:
        """A stamped paper is made of its own PDF and the editors' files, not of other papers."""
        theirs = {
            key: file.relative_to(self.desk.root).as_posix()
            for key, file in self.desk.sources.items()
        }
        names = file_names(theirs)
        own = {f"papers/{names[key]}.pdf": theirs[key] for key in theirs}
        others = set(theirs.values())
        for path, entry in entries.items():
            if path in own:
                entry["from"] = [
                    source
                    for source in entry["from"]
                    if source not in others or source == own[path]
                ]

    def _report_files(self, findings: Report) -> None:
        extra = {"plan": self._plan_rows()} if hasattr(self, "plan") else None
        self.outputs.path("report.json").write_text(
            report.as_json(findings, extra), encoding="utf-8", newline="\n"
        )
        self.outputs.path("report.html").write_text(
            report.as_html(findings, self.desk.volume), encoding="utf-8", newline="\n"
        )
        self.staged["report.json"] = []
        self.staged["report.html"] = []

    def _plan_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "key": planned.key,
                "first": planned.first,
                "last": planned.last,
                "placeholder": planned.placeholder,
            }
            for planned in self.plan.papers
        ]

    def _write_report(self) -> Report:
        """The report alone, put in place although the outputs are not."""
        findings = Report.of(self.found)
        self.staged.clear()
        self._report_files(findings)
        self.outputs.commit(["report.json", "report.html"])
        return findings

    def _refuse_errors(self, what: str) -> None:
        errors = [f for f in self.found if f.severity >= Severity.ERROR]
        if errors:
            number = len(errors)
            stand = "1 error stands" if number == 1 else f"{number} errors stand"
            raise Refused(f"{what}: {stand}", self._write_report())

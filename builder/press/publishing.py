"""What is published: the site, and the packages for journals."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from builder import edition, export, pdf
from builder import site as site_room
from builder.booklet.dividing import numbered
from builder.press import manifest
from builder.press.run import Run
from builder.work import file_names, share

_STATE = ".cache/site"
"""Below `build/`."""


def site(run: Run) -> None:
    """The Sphinx site; with this run's booklet if there is one, else with the standing one."""
    target, state = run.path("site"), run.path(_STATE)
    _resume(run, target, state)
    book, papers = (
        run.standing()
        if run.printed is None
        else (run.path(numbered("booklet.pdf", run.plan.volumes[0])), run.path("papers"))
    )
    findings = site_room.build(run.desk.root, target, booklet=book, papers=papers, state=state)
    run.find(findings)
    if site_room.failed(findings):
        # Half a site must never replace a whole one.
        if run.final:
            run.refuse_errors("the final site is refused")
        shutil.rmtree(target, ignore_errors=True)
        shutil.rmtree(state, ignore_errors=True)
        run.failed.append("site")
        return
    run.take("site")
    run.carried.append(_STATE)
    run.opened.append("site/index.html")


def _resume(run: Run, target: Path, state: Path) -> None:
    """Begins with the site that stands, so that only pages that changed are written.

    Sphinx's own state goes with the site it belongs to: both are put in place together, or
    neither is. A file that somebody changed is left out, and so made again.
    """
    build = run.desk.build
    try:
        (build / _STATE).replace(state)
    except OSError:
        return
    standing = manifest.read(build / "manifest.json")["outputs"]
    digests, folders = run.desk.cache.digests, set[str]()
    # A site has thousands of files; a Path for each costs more than its second name.
    for name in site_room.remembered(state, target):
        file, entry = f"{build}/site/{name}", standing.get(f"site/{name}")
        with contextlib.suppress(OSError):
            if entry and digests.of(file) == entry["sha256"]:
                folder = name.rpartition("/")[0]
                if folder not in folders:
                    (target / folder).mkdir(parents=True, exist_ok=True)
                    folders.add(folder)
                share(file, f"{target}/{name}")


def exports(
    run: Run,
    targets: Sequence[str],
    *,
    preview: bool | None,
    asked: bool,
    options: export.Options | None = None,
) -> None:
    """A folder and a zip per target; `asked` says whether somebody asked for just these."""
    if not targets:
        return
    desk = run.desk
    private = edition.private.load(desk.root)
    printed = run.printed
    if printed is None:
        _, papers = run.standing()
        names = file_names(desk.sources)
        stamped = {key: papers / f"{name}.pdf" for key, name in names.items()} if papers else {}
        printed = {key: file for key, file in stamped.items() if file.is_file()}
    for name in targets:
        manuscripts, found = export.manuscripts.find(desk.root, desk.volume, name)
        run.found.extend(found)
        package = export.TARGETS[name].build(
            export.Request(
                volume=desk.volume,
                plan=run.plan,
                inspections=desk.inspections,
                root=desk.root,
                papers={**desk.sources, **printed},
                out=run.path(f"export/{name}"),
                preview=preview,
                private=private,
                manuscripts=manuscripts,
                seen=pdf.inspect_all(manuscripts, desk.cache),
                options=options or export.Options(),
                cache=desk.cache,
            )
        )
        run.find(package.findings)
        if package.empty:
            # A package without a paper must not replace one that has some.
            shutil.rmtree(package.folder, ignore_errors=True)
            package.zip.unlink(missing_ok=True)
            if asked:
                run.failed.append(f"export/{name}")
            continue
        run.take(f"export/{name}")
        run.take(f"export/{name}.zip")
        run.opened.append(f"export/{name}")

"""What is published: the site, and the packages for journals."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from builder import edition, export, pdf
from builder import site as site_room
from builder.press.run import Run
from builder.work import file_names


def site(run: Run) -> None:
    """The Sphinx site; with this run's booklet if there is one, else with the standing one."""
    target = run.path("site")
    book, papers = (
        run.standing() if run.printed is None else (run.path("booklet.pdf"), run.path("papers"))
    )
    findings = site_room.build(run.desk.root, target, booklet=book, papers=papers)
    run.find(findings)
    if site_room.failed(findings):
        # Half a site must never replace a whole one.
        if run.final:
            run.refuse_errors("the final site is refused")
        shutil.rmtree(target, ignore_errors=True)
        run.failed.append("site")
        return
    run.take("site")
    run.opened.append("site/index.html")


def exports(
    run: Run,
    targets: Sequence[str],
    *,
    preview: bool | None,
    asked: bool,
    options: export.Options = export.Options(),  # noqa: B008 - a frozen record
) -> None:
    """A folder and a zip per target; `asked` says whether somebody asked for just these."""
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
                options=options,
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

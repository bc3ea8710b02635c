"""What is to be said of a whole package: consents, papers left out, facts that may be old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from builder.export.decision import Decision
from builder.export.dossier import Dossier
from builder.export.lacks import few
from builder.export.profile import Profile
from builder.model import Finding, Severity


def findings(
    profile: Profile,
    decisions: Iterable[Decision],
    chosen: Iterable[Dossier],
    *,
    preview: bool,
    day: dt.date | None,
) -> Iterator[Finding]:
    """What the package as a whole lacks; `day` is the latest that the edition knows of."""
    decisions, chosen = tuple(decisions), tuple(chosen)
    asked = [
        decision.key
        for decision in decisions
        if decision.verdict == "ask" and any(r.rule == "consent" for r in decision.decisive)
    ]
    short = profile.short
    if asked:
        left_out = not preview
        yield Finding(
            code="export-consent-missing",
            severity=Severity.WARNING,
            message=f"{short}: the consent of the authors is not recorded for {few(asked)}; "
            + ("they are left out" if left_out else "the package is a preview and says so"),
            hint="ask the authors, then record their answer, with its date, in "
            f"private/consents.yaml under `{profile.id}:`",
        )
    inside = {dossier.paper.key for dossier in chosen}
    unsettled = [d for d in decisions if d.verdict == "ask" and d.key not in {*inside, *asked}]
    for decision in unsettled:
        why = "; ".join(reason.evidence for reason in decision.decisive)
        yield Finding(
            code="export-unsettled",
            severity=Severity.WARNING,
            message=f"{short}: {decision.key} is left out until this is settled: {why}",
            subject=decision.key,
            hint="settle it, and record what you decided in private/decisions.yaml under "
            f"`{profile.id}:`",
        )
    if not chosen:
        yield Finding(
            code="export-nothing-selected",
            severity=Severity.ERROR if asked else Severity.WARNING,
            message=f"{short}: no paper is in the package",
            hint="editors/selection.md in the package says why of each; `--preview` makes "
            "packages while consents are missing"
            if asked
            else "editors/selection.md in the package says why of each paper",
        )
    specimens = [dossier.paper.key for dossier in chosen if dossier.paper.specimen]
    if specimens:
        yield Finding(
            code="export-specimen",
            severity=Severity.INFO,
            message=f"{short}: the PDFs of {few(specimens)} are specimens, not the papers",
            hint="replace each by the authors' manuscript before anything is submitted",
        )
    yield from _old(profile, day)
    if "issn" in profile.facts and not profile.value("issn"):
        yield Finding(
            code="export-issn-unknown",
            severity=Severity.INFO,
            message=f"{short}: its ISSN is not known; the element is empty in metadata.xml",
            hint="ask the journal; never fill in a number that you cannot trace to it",
        )


def _old(profile: Profile, day: dt.date | None) -> Iterator[Finding]:
    if day and (names := profile.outdated(day)):
        listed = few([name.replace("_", " ") for name in names])
        yield Finding(
            code="export-fact-old",
            severity=Severity.WARNING,
            message=f"{profile.short}: what is known of the journal was read more than a year "
            f"before {day.isoformat()}: {listed}",
            hint="look each of them up, at the source that README.md in the package names, before "
            "anything is sent",
        )

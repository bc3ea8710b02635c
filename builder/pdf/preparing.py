"""One paper for the volume and for itself: sanitised, stamped, with its own metadata."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf

from builder.pdf.archiving import obstacles as judge
from builder.pdf.assembling import assemble
from builder.pdf.counting import Counts, count
from builder.pdf.engines import Unusable
from builder.pdf.fit import Fit, Size
from builder.pdf.limits import set_limits
from builder.pdf.metadata import DocumentInfo, Label
from builder.pdf.normalising import normalise
from builder.pdf.overlay import Order
from builder.pdf.overlay import overlay as lay_over
from builder.pdf.parts import Attachment
from builder.pdf.placing import stamped_block
from builder.pdf.prepared import Obstacle, Prepared, Wanted
from builder.pdf.segment import Segment
from builder.pdf.stamping import Ink, Placed, Stamp
from builder.pdf.whole import Whole
from builder.work.writing import beside


def prepare(
    source: Path,
    out: Path,
    stamps: Sequence[Stamp],
    info: DocumentInfo,
    *,
    counts: Counts = (),
    ink: Ink | None = None,
    covers: Ink | None = None,
    segment: Path | None = None,
    overlay: Path | None = None,
    attachments: Sequence[Attachment] = (),
    archival: bool = False,
    size: Size | None = None,
    alphabet: str = "",
) -> Prepared:
    """Write a sanitised, stamped copy of the paper `source` to `out`.

    `ink` is what pages print in their margins, where stamps are not to go; `covers` is what of
    it is hidden.

    `segment` is where the paper is kept as it is without stamps (`normalise`): it is made there
    unless it is there already, whatever the stamps and the pages' numbers. The stamps alone are
    written to `overlay`. With both, `join` need not look at `out`. `alphabet` are letters, besides
    the usual ones, that the stamps of many papers use: their fonts stand in a volume once.

    With `size` pages are fitted onto pages of that size; `ink` and `covers` are still those of
    the source. `attachments` are embedded in `out`. An `archival` paper is made PDF/A-3b if it
    can be; if not, it says nothing of the kind, and `Prepared.obstacles` say why.

    Give `counts` from its `Inspection` so that the readers need not be asked again. Equal input
    gives equal bytes. To be called in a worker. Raises `Unusable` (with a message for editors)
    if no page can be read, and `OSError`.
    """
    wanted = Wanted(
        source=source,
        out=out,
        stamps=stamps,
        info=info,
        counts=counts,
        ink=ink,
        covers=covers,
        segment=segment,
        overlay=overlay,
        attachments=attachments,
        archival=archival,
        size=size,
    )
    (made,) = prepare_all([wanted], alphabet)
    return made


def prepare_all(papers: Sequence[Wanted], alphabet: str = "") -> list[Prepared]:
    """`prepare` for several papers, whose stamps are set at once: that takes half the time.

    Each comes out as it would alone. One that fails fails all, with what `prepare` raises: whoever
    calls can then ask for each alone.
    """
    set_limits()
    with contextlib.ExitStack() as stack:
        drafts = [_Draft(wanted, stack) for wanted in papers]
        answers = lay_over([draft.order for draft in drafts], alphabet)
        return [draft.finish(*answer) for draft, answer in zip(drafts, answers, strict=True)]


class _Draft:
    """One paper, normalised, on its way to be stamped."""

    def __init__(self, wanted: Wanted, stack: contextlib.ExitStack) -> None:
        self.wanted = wanted
        segment, overlay = wanted.segment, wanted.overlay
        if not (segment and overlay):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="proceedings-"))
            segment = segment or Path(folder) / "paper.segment"
            overlay = overlay or Path(folder) / "stamps.segment"
        if not segment.exists():
            with beside(segment) as path:
                normalise(
                    wanted.source, path, wanted.counts, archival=wanted.archival, size=wanted.size
                )
        self.paper = Segment(segment)
        self.about = self.paper.describe()
        self.fits = tuple(Fit(*one) for one in self.about.record.get("fits", ()))
        self.covers = _fitted(wanted.covers, self.fits)
        self.order = Order(
            views=self.about.views,
            out=overlay,
            stamps=wanted.stamps,
            ink=_fitted(wanted.ink, self.fits),
            covers=self.covers,
        )

    def finish(self, placed: tuple[Placed, ...], missing: tuple[str, ...]) -> Prepared:
        """Write the paper's own file, now that its stamps are there."""
        wanted, about, info = self.wanted, self.about, self.wanted.info
        block = stamped_block(self.paper, Segment(self.order.out), about)
        labels = [Label(sheet=1, start=info.first_page)] if info.first_page else []
        whole = Whole(
            info=info,
            labels=labels,
            outline=about.outline,
            attachments=wanted.attachments,
            archival=wanted.archival,
        )
        assemble([block], wanted.out, whole)
        pages = len(about.pages)
        # What a damaged file was mended to must not be damaged again by being written.
        if about.record["repairs"] and count(wanted.out, "qpdf") != pages:
            raise Unusable("it is damaged in a way that cannot be mended", wanted.counts)
        obstacles: tuple[Obstacle, ...] = ()
        if wanted.archival:
            obstacles = judge(wanted.out)
            if obstacles:
                assemble([block], wanted.out, replace(whole, archival=False))
        covered = (self.covers or {}).items()
        return Prepared(
            pages=pages,
            engine=about.record["engine"],
            removed=tuple((what, number) for what, number in about.record["removed"]),
            stamps=placed,
            missing=missing,
            repairs=tuple(about.record["repairs"]),
            covered=tuple((page, box) for page, boxes in covered for box in boxes),
            obstacles=obstacles,
            fits=self.fits,
        )


def _fitted(boxes: Ink | None, fits: Sequence[Fit]) -> Ink | None:
    """Boxes on pages as they were seen, where they are on fitted pages."""
    if not boxes or not fits:
        return boxes
    return {page: tuple(map(fits[page - 1].seen, found)) for page, found in boxes.items()}


def save(pdf: pikepdf.Pdf, out: Path) -> None:
    """Write a file, compact and the same every time."""
    # Without its old identifiers, the new one depends on the content alone.
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    # Where a damaged trailer lacks this, qpdf leaves it out of the new one too.
    if "/Size" not in pdf.trailer:
        pdf.trailer["/Size"] = 1
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        fix_metadata_version=False,
        preserve_pdfa=False,
        # UserUnit needs 1.6; object streams need 1.5.
        min_version="1.7",
        encryption=False,
    )

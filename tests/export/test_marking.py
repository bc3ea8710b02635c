"""Copies that say that nobody has agreed yet: stamped once, not for every journal and run."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from builder import edition, work
from builder.export import Request, marking, profile
from builder.export.dossier import PREVIEW, gather
from builder.export.select import decide
from builder.model import Plan


def test_a_copy_that_was_stamped_for_one_journal_serves_the_next(
    fictional: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = edition.load(fictional).volume
    assert volume is not None
    source = fictional / "papers/doe24contours.pdf"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing else")
    cache = work.Cache(tmp_path / "cache")

    def orders(target: str) -> list[marking.Order]:
        request = Request(
            volume=volume, plan=Plan(), inspections={}, root=fictional, out=tmp_path / "out"
        )
        (decision,) = (d for d in decide(volume, target, {}, None) if d.key == "doe24contours")
        dossier = gather(
            request, profile.load(target), decision, preview=True, name="doe", conflicts=()
        )
        return [
            marking.Order(dossier, source, 3, tmp_path / f"{target}.pdf"),
            marking.Order(dossier, broken, 1, tmp_path / f"{target}-broken.pdf"),
        ]

    assert set(marking.mark(orders("dmlr"), cache)) == {"dmlr-broken.pdf"}
    tried: list[str] = []
    run = work.run

    def spy(jobs: list[work.Job[object]]) -> object:
        tried.extend(job.name for job in jobs)
        return run(jobs)

    monkeypatch.setattr(work, "run", spy)
    # What failed is tried again: the reason may have been the machine.
    assert set(marking.mark(orders("jstars"), cache)) == {"jstars-broken.pdf"}
    assert tried == ["jstars-broken.pdf"]
    assert (tmp_path / "jstars.pdf").read_bytes() == (tmp_path / "dmlr.pdf").read_bytes()
    document = pypdfium2.PdfDocument(tmp_path / "jstars.pdf")
    assert all(PREVIEW in page.get_textpage().get_text_range() for page in document)
    with pikepdf.open(tmp_path / "jstars.pdf") as opened:
        assert not opened.check_pdf_syntax()

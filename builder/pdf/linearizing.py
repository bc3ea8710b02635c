"""Files arranged so that a browser shows the first page before the rest is there."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from builder.pdf.limits import set_limits
from builder.work.writing import beside


def linearize(file: Path) -> None:
    """Rewrite a file that we wrote, linearised (ISO 32000-2, annex F); in one step.

    Equal input gives equal bytes. Takes memory by the file's objects. To be called in a worker.
    Raises `pikepdf.PdfError` and `OSError`.
    """
    set_limits()
    with beside(file) as path, pikepdf.open(file) as pdf:
        # Its identifier stays: it says what the file holds, however it is arranged.
        pdf.save(
            path,
            linearize=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
            preserve_pdfa=False,
            min_version="1.7",
            static_id=False,
            deterministic_id=True,
        )

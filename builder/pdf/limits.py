"""How much a reader may unpack before a file counts as an attack."""

from __future__ import annotations

import functools

from pikepdf.settings import set_qpdf_limits

MOST_UNPACKED = 512 << 20
"""Bytes that one stream may unfold to; the largest figures of real papers take a tenth."""


@functools.cache
def set_limits() -> None:
    """Set qpdf's limits for this process, once; they are qpdf's own and know no other scope."""
    set_qpdf_limits(
        flate_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        doc_max_warnings=5000,
    )

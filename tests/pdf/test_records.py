"""What is told of PDFs is told without the engines that read and write them."""

from __future__ import annotations

import subprocess
import sys

RECORDS = (
    "Attachment, DocumentInfo, Entry, Expected, ExpectedPart, Joined, Label, Obstacle, Part, "
    "Placed, Prepared, SEGMENT_FORM, Stamp, Wanted, common_letters, inspect_all, thumbnail"
)
ENGINES = {"pikepdf", "pypdf", "pypdfium2", "pypdfium2_raw"}


def loaded(program: str) -> set[str]:
    """The engines that a program loads."""
    told = f"{program}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60
    )
    return ENGINES & set(done.stdout.split())


def test_records_load_no_engine() -> None:
    assert loaded(f"from builder.pdf import {RECORDS}") == set()


def test_whoever_has_a_booklet_made_loads_no_engine() -> None:
    """It costs a fifth of a second; the engines are in the workers."""
    assert loaded("import builder.press.printing, builder.press.publishing") == set()
    assert loaded("from builder.booklet.papers import prepare_all") == set()

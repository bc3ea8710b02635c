"""Whether the pages of a plan stay for good: `proceedings/pagination.lock`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from builder.edition import lock
from builder.model import Finding, Plan, Volume
from builder.press.desk import Desk
from builder.work import write_if_changed

Pages = Literal["keep", "lock", "move"]
"""What happens to the file: nothing; pages given so far stay for good; or all pages are given
anew, which moves them, and stay from then on."""


def of_final(volume: Volume) -> Pages:
    """What a final volume does: its pages stay, as soon as the papers themselves stand in it.

    A specimen stands in for a paper that may not be redistributed, with pages of its own, which
    nobody will cite.
    """
    return "keep" if any(paper.specimen for paper in volume.printed) else "lock"


def obstacle(plan: Plan, findings: list[Finding]) -> str:
    """Why the pages of `plan` cannot be locked yet; empty if they can."""
    missing = [planned.key for planned in plan.papers if planned.placeholder]
    if missing:
        return f"pages are not locked while PDFs are missing: {', '.join(missing)}"
    if lock.unreadable(findings):
        return f"pages are not locked while {lock.FILE} has lines that cannot be read"
    return ""


def write(desk: Desk, plan: Plan) -> Path:
    """Locks the plan's pages in the edition; a file that says so already is left as it is."""
    file = desk.root / lock.FILE
    standing = file.read_text("utf-8-sig") if file.is_file() and desk.volume.locked else ""
    write_if_changed(file, lock.text(plan, desk.volume.locked, standing, desk.volume.locked_in))
    return file

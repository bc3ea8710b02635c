"""The editors' own pages read before anything is made of them, as the booklet will read them."""

from __future__ import annotations

from builder import prose
from builder.booklet import prose_files
from builder.model import Finding
from builder.press.desk import Desk


def findings(desk: Desk) -> list[Finding]:
    """What the booklet would say of the pages of prose that it prints.

    Pages that only the site has are Sphinx's to read: they may say what no other reader knows.
    Files that cannot be read are told where the edition is read.
    """
    found: list[Finding] = []
    for file in prose_files(desk.volume):
        shown = f"proceedings/{file}"
        try:
            source = (desk.root / "proceedings" / file).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        document = prose.parse(source, shown, language=desk.volume.language)
        found += document.findings
        found += prose.unresolved(document, desk.volume, shown)
    return found

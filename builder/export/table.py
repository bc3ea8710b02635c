"""The editors' table: one row per paper, for a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable

from builder.cite import facts
from builder.export.documents.blocks import clean
from builder.export.documents.repacking import repacked
from builder.export.dossier import PREVIEW, Dossier

MOST = 100
"""Names in one cell; spreadsheets cut a cell off at 32,767 characters without saying so."""

COLUMNS = (
    "key", "title", "authors", "ORCIDs", "corresponding author", "e-mail", "track",
    "pages in the booklet", "number of pages", "decision", "why", "consent", "consent of",
    "reviews", "link", "code", "data", "PDF", "status",
)  # fmt: skip

_WIDTHS = {
    "key": 18, "title": 40, "authors": 40, "ORCIDs": 22, "corresponding author": 16, "e-mail": 24,
    "pages in the booklet": 9, "number of pages": 9, "decision": 9, "why": 44, "reviews": 24,
    "link": 30, "code": 30, "data": 30, "track": 16, "consent": 16,
}  # fmt: skip
"""In characters; where nothing is said, 13."""


def as_csv(dossiers: Iterable[Dossier]) -> str:
    """The table as CSV; no cell can be taken for a formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for dossier in dossiers:
        writer.writerow(_safe(cell) for cell in _row(dossier))
    return target.getvalue()


def as_xlsx(
    dossiers: Iterable[Dossier], *, title: str, date: dt.date | None, page: str = "a4"
) -> bytes:
    """The table for a spreadsheet, every cell text; the same bytes whenever it is made."""
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.pagebreak import Break
    from openpyxl.worksheet.properties import PageSetupProperties

    dossiers = tuple(dossiers)
    paper = 1 if page == "letter" else 9  # as the format counts sizes
    book = openpyxl.Workbook()
    stamp = dt.datetime.combine(date or dt.date(1980, 1, 1), dt.time())
    book.properties.creator = ""
    book.properties.title = clean(title)
    book.properties.created = book.properties.modified = stamp
    sheet = book.active
    assert sheet is not None
    sheet.title = "Papers"
    for row, cells in enumerate((list(COLUMNS), *(_row(dossier) for dossier in dossiers)), 1):
        for column, content in enumerate(cells, 1):
            cell = sheet.cell(row=row, column=column)
            cell.value = clean(" ".join(content.split()))
            # Else it would run what begins like a formula.
            cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if row == 1:
                cell.font = Font(name="Calibri", size=11, bold=True)
                cell.fill = PatternFill("solid", fgColor="DCE6F1")
            elif content.startswith(("https://", "http://")):
                cell.hyperlink = clean(content)
                cell.font = Font(name="Calibri", size=11, color="1F4E79", underline="single")
    for column, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, 13)
    for row in range(1, len(dossiers) + 2):
        sheet.row_dimensions[row].height = _height([cell.value for cell in sheet[row]])
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(dossiers) + 1}"
    # Printed, it is two pages wide, with each paper's key and title on both.
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 2, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:B"
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = 0.4
    sheet.col_breaks.append(Break(id=COLUMNS.index("pages in the booklet")))
    sheet.oddFooter.right.text = "&P / &N"
    if any(dossier.preview for dossier in dossiers):
        sheet.oddHeader.center.text = PREVIEW
    target = io.BytesIO()
    book.save(target)
    return repacked(target.getvalue())


def _height(cells: Iterable[object]) -> float:
    """Points that a row needs: not every program makes rows as high as what is wrapped in them."""
    lines = (
        -(-len(str(cell or "")) // (_WIDTHS.get(name, 13) - 1))
        for name, cell in zip(COLUMNS, cells, strict=True)
    )
    return 15.0 * min(max(1, *lines) + 0.2, 12)


def _consent(dossier: Dossier) -> tuple[str, str]:
    """What was answered and when, and by whom; empty where nothing is recorded."""
    private = dossier.private
    recorded = private.consent(dossier.profile.id, dossier.paper.key) if private else None
    if recorded is None:
        return "not recorded", ""
    answer = "yes" if recorded.given else "no"
    return f"{answer}, {recorded.date.isoformat()}" if recorded.date else answer, recorded.by


def _row(dossier: Dossier) -> list[str]:
    paper = dossier.paper
    track = dossier.volume.track(paper.track)
    author = dossier.corresponding
    pages = facts.pages(dossier.plan, paper.key)
    number = dossier.seen.page_count if dossier.seen and not paper.specimen else None
    pdf = "missing" if dossier.pdf is None else "specimen" if paper.specimen else "in the package"
    return [
        paper.key,
        dossier.title,
        _listed([person.name.full for person in paper.contributors]),
        _listed([orcid for person in paper.contributors if (orcid := dossier.orcid(person))]),
        author.name.full if author else "",
        dossier.email(author) if author else "",
        track.name if track else paper.track,
        pages.range if pages else "",
        str(number) if number else "",
        dossier.decision.verdict,
        "; ".join(reason.evidence for reason in dossier.decision.telling),
        *_consent(dossier),
        paper.openreview or "not in the edition",
        facts.address(paper),
        paper.code,
        paper.data,
        pdf,
        PREVIEW if dossier.preview else "",
    ]


def _listed(entries: list[str]) -> str:
    shown = entries[:MOST]
    if len(entries) > MOST:
        shown.append(f"and {len(entries) - MOST} more, see metadata.xml")
    return "; ".join(shown)


def _safe(cell: str) -> str:
    # A spreadsheet would run what begins like a formula.
    text = " ".join(cell.split())
    return f"'{text}" if text[:1] in set("=+-@") else text

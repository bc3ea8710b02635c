"""Pages arranged for printing: two on each side of a sheet, to be folded and stapled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pikepdf

from builder.pdf.limits import set_limits
from builder.pdf.preparing import save
from builder.pdf.view import View
from builder.pdf.viewing import view

MOST_FOLDED = 64
"""Pages of one signature; more sheets in one fold would not close (20 lb paper, staples)."""

SIGNATURE = 32
"""Pages of each signature where there are several."""


@dataclass(frozen=True, slots=True)
class Imposed:
    """What was printed where."""

    sheets: int
    """Sheets of paper, each with two sides of two pages."""
    signatures: tuple[int, ...]
    """Pages of each signature, blank ones included."""


def order(pages: int) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Pages of each signature, and for each side of each sheet its left and right page (from 1).

    0 stands for a blank page: signatures hold a multiple of four. Fronts and backs alternate;
    they are to be printed double-sided, turned along the short edge.
    """
    if pages <= MOST_FOLDED:
        sizes = [-(-max(pages, 1) // 4) * 4]
    else:
        full, rest = divmod(pages, SIGNATURE)
        sizes = [SIGNATURE] * full + ([-(-rest // 4) * 4] if rest else [])
    sides: list[tuple[int, int]] = []
    start = 0
    for size in sizes:

        def page(number: int, start: int = start) -> int:
            return start + number if start + number <= pages else 0

        for sheet in range(size // 4):
            sides.append((page(size - 2 * sheet), page(2 * sheet + 1)))
            sides.append((page(2 * sheet + 2), page(size - 2 * sheet - 1)))
        start += size
    return tuple(sizes), tuple(sides)


def impose(source: Path, out: Path) -> Imposed:
    """Write the pages of `source` to `out`, two on each side, for folding in the middle.

    Sides are twice as wide as the first page. Pages of other sizes are centred on their half,
    made smaller only if they would not fit. Links are left out: this is for paper. To be called
    in a worker. Raises `pikepdf.PdfError` and `OSError`.
    """
    set_limits()
    with pikepdf.open(source) as pages, pikepdf.new() as made:
        # What annotations show is printed; what they do is not.
        pages.flatten_annotations("print")
        sizes, sides = order(len(pages.pages))
        first = view(pages.pages[0].obj)
        width, height = first.width, first.height
        for side in sides:
            made.add_blank_page(page_size=(2 * width, height))
            sheet = made.pages[-1]
            content = []
            forms = pikepdf.Dictionary()
            for half, number in enumerate(side):
                if not number:
                    continue
                page = pages.pages[number - 1]
                seen = view(page.obj)
                name = f"/P{half}"
                forms[name] = made.copy_foreign(page.as_form_xobject(handle_transformations=False))
                content.append(_drawn(name, seen, half * width, width, height))
            sheet.obj.Resources = pikepdf.Dictionary(XObject=forms)
            sheet.obj.Contents = made.make_stream(b"".join(content))
        made.Root.PageLayout = pikepdf.Name.SinglePage
        made.Root.ViewerPreferences = pikepdf.Dictionary(
            Duplex=pikepdf.Name.DuplexFlipShortEdge, PrintScaling=pikepdf.Name("/None")
        )
        save(made, out)
    return Imposed(sheets=len(sides) // 2, signatures=sizes)


def _drawn(name: str, seen: View, x: float, width: float, height: float) -> bytes:
    """Content that draws a page upright in the middle of its half."""
    fit = min(1.0, width / seen.width, height / seen.height)
    left = x + (width - seen.width * fit) / 2
    bottom = (height - seen.height * fit) / 2
    a, b, c, d, e, f = _upright(seen)
    matrix = (a * fit, b * fit, c * fit, d * fit, left + e * fit, bottom + f * fit)
    numbers = " ".join(f"{value:.4f}" for value in matrix)
    x0, y0, x1, y1 = seen.box
    clip = f"{x0:.4f} {y0:.4f} {x1 - x0:.4f} {y1 - y0:.4f} re W n"
    return f"q {numbers} cm {clip} {name} Do Q\n".encode()


def _upright(seen: View) -> tuple[float, float, float, float, float, float]:
    """From the page's own coordinates to points from its lower left corner as it is seen."""
    left, bottom, right, top = seen.box
    u = seen.unit
    match seen.rotation:
        case 90:
            return (0, -u, u, 0, -bottom * u, right * u)
        case 180:
            return (-u, 0, 0, -u, right * u, top * u)
        case 270:
            return (0, u, -u, 0, top * u, -left * u)
        case _:
            return (u, 0, 0, u, -left * u, -bottom * u)

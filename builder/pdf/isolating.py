"""A page's content enclosed, so that more can be drawn after it on a clean graphics state."""

from __future__ import annotations

import pikepdf

from builder.pdf.balance import balance
from builder.pdf.engines import Unusable
from builder.pdf.limits import MOST_UNPACKED


def isolate(
    pdf: pikepdf.Pdf, page: pikepdf.Page, number: int, shared: dict[bytes, pikepdf.Object]
) -> None:
    """Enclose a page's content so that its graphics state ends with it; `Contents` is an array.

    `shared` holds what several pages of the file have in common. Raises `Unusable` if the
    content unfolds to more than is reasonable.
    """

    def piece(data: bytes) -> pikepdf.Object:
        if data not in shared:
            shared[data] = pdf.make_stream(data)
        return shared[data]

    streams = _streams(page.obj)
    content, state = b"", None
    try:
        content = b"\n".join(stream.read_bytes() for stream in streams)
        state = balance(content)
    except MemoryError:
        raise Unusable(f"the content of page {number} does not fit into memory") from None
    except pikepdf.PdfError as error:
        if "limit" in str(error):
            raise Unusable(
                f"the content of page {number} unfolds to more than {MOST_UNPACKED >> 20} MB"
            ) from error
    if state is None or state.broken:
        # Nothing can follow it, but it can be shut into a form that ends where it ends.
        form = pdf.make_indirect(page.as_form_xobject(handle_transformations=False))
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Page": form}))
        page.obj.Contents = pikepdf.Array([piece(b"q /Page Do Q\n")])
        return
    if state.stray:
        streams = [pdf.make_stream(state.without_strays(content))]
    page.obj.Contents = pikepdf.Array([piece(b"q\n"), *streams, piece(state.suffix)])


def own_resources(page: pikepdf.Object) -> pikepdf.Object:
    """The page's resources as a dictionary that no other page shares, with its own XObjects."""
    found = page.get("/Resources")
    resources = pikepdf.Dictionary(
        dict(found.items()) if isinstance(found, pikepdf.Dictionary) else {}
    )
    forms = resources.get("/XObject")
    resources.XObject = pikepdf.Dictionary(
        dict(forms.items()) if isinstance(forms, pikepdf.Dictionary) else {}
    )
    page.Resources = resources
    owned: pikepdf.Object = page.Resources
    return owned


def _streams(page: pikepdf.Object) -> list[pikepdf.Object]:
    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        return [contents]
    if isinstance(contents, pikepdf.Array):
        return [part for part in contents if isinstance(part, pikepdf.Stream)]
    return []

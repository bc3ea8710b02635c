"""Small papers made on the spot, for tests that only need a PDF with a title on page 1."""

from __future__ import annotations

from pathlib import Path

import typst

_SOURCE = """
#set page("us-letter", numbering: none)
#set document(date: none)
#let data = json(bytes(sys.inputs.data))
#align(center, text(17pt, data.title))
#align(center, data.authors)
= Introduction
#lorem(60)
#for _ in range(data.pages - 1) [
  #pagebreak()
  #lorem(200)
]
"""


def paper(file: Path, *, title: str, pages: int = 2, authors: str = "Jane Doe") -> Path:
    """Writes a paper of `pages` pages (Letter) with this title and these authors on page 1."""
    import json

    file.parent.mkdir(parents=True, exist_ok=True)
    data = json.dumps({"title": title, "authors": authors, "pages": pages})
    file.write_bytes(typst.compile(_SOURCE.encode(), sys_inputs={"data": data}))
    return file

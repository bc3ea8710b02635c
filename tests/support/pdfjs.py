"""What pdf.js, the reader in Firefox, makes of a PDF: a third engine beside those we use."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path("/usr/share/javascript/pdf/build")
"""Where Debian's package `libjs-pdf` puts it."""

_READ = """
async (data) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const file = await pdfjsLib.getDocument({data: bytes, isEvalSupported: false}).promise;
  const page = async (dest) => {
    const target = typeof dest === "string" ? await file.getDestination(dest) : dest;
    return target ? 1 + (await file.getPageIndex(target[0])) : null;
  };
  const titles = async (items) => {
    const found = [];
    for (const item of items || []) {
      found.push([item.title, item.dest ? await page(item.dest) : null]);
      found.push(...(await titles(item.items)));
    }
    return found;
  };
  const links = [];
  for (let number = 1; number <= file.numPages; number++) {
    const sheet = await file.getPage(number);
    for (const one of await sheet.getAnnotations()) {
      if (one.subtype !== "Link") continue;
      const target = one.dest ? await page(one.dest) : null;
      links.push([number, target, one.unsafeUrl || one.url || ""]);
    }
    sheet.cleanup();
  }
  const words = await (await file.getPage(1)).getTextContent();
  return {
    pages: file.numPages,
    labels: (await file.getPageLabels()) || [],
    titles: await titles(await file.getOutline()),
    links,
    attachments: Object.keys((await file.getAttachments()) || {}),
    first: words.items.map((item) => item.str).join(" "),
  };
}
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One PDF, as pdf.js reads it."""

    pages: int
    labels: tuple[str, ...]
    titles: tuple[tuple[str, int | None], ...]
    """Of the outline, in its order, with the page (from 1) that each leads to."""
    links: tuple[tuple[int, int | None, str], ...]
    """Page, page that it leads to (from 1), address."""
    attachments: tuple[str, ...]
    first: str
    """The text of the first page."""
    said: tuple[str, ...]
    """Warnings, as a developer's console shows them."""


def read(browser: Any, file: Path) -> Seen:
    """Opens `file` with pdf.js in `browser`; the test is skipped where there is no pdf.js."""
    if not FOLDER.is_dir():
        pytest.skip("needs pdf.js (Debian's libjs-pdf)")
    context = browser.new_context()
    try:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        # The worker is loaded first, so that pdf.js works without a second thread.
        page.add_script_tag(path=FOLDER / "pdf.worker.js")
        page.add_script_tag(path=FOLDER / "pdf.js")
        found = page.evaluate(_READ, base64.b64encode(file.read_bytes()).decode("ascii"))
    finally:
        context.close()
    return Seen(
        pages=found["pages"],
        labels=tuple(found["labels"]),
        titles=tuple((title, target) for title, target in found["titles"]),
        links=tuple((number, target, uri) for number, target, uri in found["links"]),
        attachments=tuple(found["attachments"]),
        first=found["first"],
        said=tuple(said),
    )

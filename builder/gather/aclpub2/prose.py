"""Prefaces: LaTeX files that become pages of MyST."""

from __future__ import annotations

from pathlib import Path

from builder.edition import latex
from builder.gather import myst, notation
from builder.gather.aclpub2.keys import entries, line, understood
from builder.gather.gathered import GatheredProse
from builder.gather.reading import Source, Unreadable
from builder.model import Where


def prefaces(source: Source) -> list[GatheredProse]:
    """The pages of `prefaces.yml`, in its order."""
    file = "prefaces.yml"
    pages: dict[str, GatheredProse] = {}
    for entry in entries(source, file, source.yaml(file)):
        table = understood(source, file, entry, ("title", "file"))
        path = source.file("prefaces", table.get("file"), where=source.where(file, entry, "file"))
        if path is None:
            continue
        title = latex.plain(line(table.get("title"))) or path.stem
        text = converted(source, path, markdown=True)
        # The first one takes the place that every edition has for it; `index.md` is the site's
        # first page and no preface.
        wanted = notation.slug(title, "preface") if pages else "preface"
        name = notation.unique_key("preface" if wanted == "index" else wanted, pages)
        pages[name] = GatheredProse(
            file=f"{name}.md", text=f"# {myst.escape(title)}\n\n{text}".rstrip() + "\n"
        )
    return list(pages.values())


def converted(source: Source, path: Path, *, markdown: bool) -> str:
    """A LaTeX file as MyST or plain text, with a finding for what could not be converted."""
    try:
        tex = source.text(path)
    except Unreadable as why:
        source.unreadable(path.name, str(why))
        return ""
    result = myst.myst(tex) if markdown else myst.plain(tex)
    for line_number, what in result.problems:
        source.report(
            code="gather-tex",
            message=f"{path.name}: {what}",
            where=Where(file=f"{path.parent.name}/{path.name}", line=line_number),
            hint="look at the text in proceedings/ and put it right there",
        )
    return notation.cleaned(result.text)

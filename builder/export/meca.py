"""MECA, the Manuscript Exchange Common Approach (NISO RP-30-2020, version 1.0): a zip per paper.

Reviews and reviewers' names are never in it. DTDs: `schemas/meca-1.0`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from builder.export import jats
from builder.export.dossier import PREVIEW, Dossier
from builder.export.files import packed
from builder.model.markup.jats import text

_TYPES = {
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".json": "application/json",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".mp4": "video/mp4",
}


def members(dossier: Dossier, files: dict[str, Path]) -> dict[str, bytes | Path]:
    """What the archive holds: the three XML files, and `files` by their names in the package."""
    return {
        "manifest.xml": _manifest(dossier, list(files)),
        "article.xml": jats.article(dossier),
        "transfer.xml": _transfer(dossier),
        **{f"files/{name}": path for name, path in files.items()},
    }


def archive(parts: dict[str, bytes | Path]) -> bytes:
    """The zip file's bytes."""
    return packed(parts)


def problems(parts: dict[str, bytes | Path]) -> tuple[str, ...]:
    """What keeps the three XML files from being valid, in the validator's words."""
    schemas = {
        "manifest.xml": "meca-1.0/manifest-1.0.dtd",
        "transfer.xml": "meca-1.0/transfer-1.0.dtd",
    }
    found = [f"article.xml: {problem}" for problem in jats.problems(_bytes(parts["article.xml"]))]
    for name, schema in schemas.items():
        found += [f"{name}: {problem}" for problem in jats.invalid(_bytes(parts[name]), schema)]
    return tuple(found)


def _bytes(part: bytes | Path) -> bytes:
    assert isinstance(part, bytes)
    return part


def _manifest(dossier: Dossier, names: list[str]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE manifest PUBLIC "-//MECA//DTD Manifest v1.0//en" '
        '"https://meca.zip/manifest-1.0.dtd">',
        *([f"<!-- {PREVIEW} -->"] if dossier.preview else []),
        '<manifest xmlns="https://manuscriptexchange.org/schema/manifest" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" manifest-version="1">',
        *_item("article", "article-metadata", "article.xml", "application/xml", order=1),
        *_item("transfer", "transfer-metadata", "transfer.xml", "application/xml"),
    ]
    for number, name in enumerate(names, 1):
        kind = "article-supporting-file"
        if name == dossier.manuscript_name or (name == dossier.pdf_name and not dossier.manuscript):
            kind = "manuscript"
        media = _TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
        lines += _item(
            f"file{number}",
            kind,
            f"files/{name}",
            media,
            order=number + 1,
            issue=dossier.issue.title if kind == "manuscript" else "",
        )
    return ("\n".join([*lines, "</manifest>"]) + "\n").encode()


def _item(
    id: str, kind: str, href: str, media: str, *, order: int = 0, issue: str = ""
) -> Iterator[str]:
    yield f'<item id="{id}" item-type="{kind}" item-version="1">'
    if order:
        yield f"<file-order>{order}</file-order>"
    if issue:
        yield '<item-metadata><metadata metadata-name="Special Issue">'
        yield f"{text(issue)}</metadata></item-metadata>"
    yield f'<instance media-type="{media}" xlink:href={quoteattr(href)}/>'
    yield "</item>"


def _transfer(dossier: Dossier) -> bytes:
    volume, profile = dossier.volume, dossier.profile
    contact = next((c for c in volume.event.contacts if c.url.startswith("mailto:")), None)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE transfer PUBLIC "-//MECA//DTD Transfer v1.0//en" '
        '"https://meca.zip/transfer-1.0.dtd">',
        *([f"<!-- {PREVIEW} -->"] if dossier.preview else []),
        '<transfer xmlns="https://manuscriptexchange.org/schema/transfer" transfer-version="1.0">',
        "<transfer-source>",
        '<publication type="proceedings">',
        f"<publication-title>{text(volume.event.name)}</publication-title>",
        f"<acronym>{text(volume.event.short_name)}</acronym>",
    ]
    if contact:
        lines.append('<contact contact-role="Workshop editor">')
        lines.append(f"<email>{text(contact.url.removeprefix('mailto:'))}</email></contact>")
    lines += [
        "</publication>",
        "</transfer-source>",
        "<destination>",
        f"<service-provider><provider-name>{text(profile.value('service'))}</provider-name>",
        "</service-provider>",
        '<publication type="journal">',
        f"<publication-title>{text(profile.name)}</publication-title>",
        f"<acronym>{text(profile.short)}</acronym>",
        "</publication>",
        "</destination>",
        "<processing-instructions>",
    ]
    if dossier.issue.title:
        lines.append('<processing-instruction processing-sequence="1">')
        lines.append(f"For the special issue: {text(dossier.issue_name)}</processing-instruction>")
    lines.append("<processing-comments>No reviews are included.</processing-comments>")
    return ("\n".join([*lines, "</processing-instructions>", "</transfer>"]) + "\n").encode()

"""Pages left behind at old addresses, each leading to where its content stands now.

Plain files cannot answer with a status of their own, so a page sends its reader on by itself
(`http-equiv="refresh"`; search engines take one that waits 0 seconds for a permanent redirect).
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote, urlsplit

import markupsafe

from builder.model import Finding, Severity, Where
from builder.site import scholarly
from builder.site.desk import Desk
from builder.site.words import say, speech

_FILE = Where(file="proceedings/edition.yaml")


def pages(desk: Desk, out: Path, standing: Collection[str]) -> dict[str, str]:
    """The HTML of every redirect by its path; `standing` are the pages that exist.

    What would hide a page, or leads to none, is reported; the latter is made all the same.
    """
    made = {}
    for old, new in desk.volume.site.redirects.items():
        if old in standing:
            desk.find(
                Finding(
                    code="site-redirect-taken",
                    severity=Severity.WARNING,
                    message=f"{old} is a page of the site, so its redirect to {new} is left out",
                    subject=old,
                    where=_FILE,
                    hint="Remove it from `site: redirects:` in edition.yaml.",
                )
            )
            continue
        target = urlsplit(new)
        path = posixpath.normpath(unquote(target.path)) if target.path else "index.html"
        inside = not target.scheme and not path.startswith("..")
        chained = path in desk.volume.site.redirects
        if inside and path not in standing and (chained or not (out / path).is_file()):
            desk.find(
                Finding(
                    code="site-redirect-broken",
                    severity=Severity.WARNING,
                    message=f"The redirect from {old} leads to {new}, which is no page of the site",
                    subject=old,
                    where=_FILE,
                    hint="Correct it in `site: redirects:` in edition.yaml.",
                )
            )
        made[old] = document(_relative(old, new) if not target.scheme else new, _whole(new, desk))
    return made


def document(target: str, canonical: str) -> str:
    """A page that leads to `target`; readable without any browser's help."""
    to = markupsafe.escape(target)
    link = f'<link rel="canonical" href="{markupsafe.escape(canonical)}">\n' if canonical else ""
    return (
        f'<!doctype html>\n<html lang="{speech().tag}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{markupsafe.escape(say('Moved'))}</title>\n"
        f'<meta name="robots" content="noindex">\n{link}'
        f'<meta http-equiv="refresh" content="0; url={to}">\n</head>\n<body>\n'
        f"<p>{markupsafe.escape(say('This page has moved:'))}"
        f' <a href="{to}">{to}</a></p>\n</body>\n</html>\n'
    )


def _relative(old: str, new: str) -> str:
    # Both are below the site's root; the page at `old` may stand in a folder.
    return "../" * old.count("/") + (new or "index.html")


def _whole(new: str, desk: Desk) -> str:
    base = scholarly.site_url(desk.volume)
    if urlsplit(new).scheme:
        return new
    return base + new if base and not new.startswith("..") else ""

"""A content-security policy on every page: what nobody meant to run does not run.

The rule of last resort behind the escaping (W3C, Content Security Policy Level 3): scripts and
styles come from the site's own files; of what stands in a page itself, only what the theme puts
around our text is let through, by its digest. What editors or authors wrote adds no script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import escape, unescape
from typing import Any

# `'self'` means nothing to some browsers where a page is a file; no server's page may load files.
_HERE = "'self' file:"
_BASE = {
    # Firefox counts the next page, which it fetches ahead, under this.
    "default-src": _HERE,
    "object-src": "'none'",
    "worker-src": "'none'",
    "script-src": _HERE,
    "style-src": _HERE,
    # Themes carry their icons in their style sheets.
    "img-src": f"{_HERE} data:",
    "font-src": _HERE,
    "connect-src": _HERE,
    "media-src": _HERE,
    "frame-src": _HERE,
    "form-action": _HERE,
    "base-uri": "'none'",
}
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r"""\sstyle=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_CHARSET = re.compile(r"<meta\b[^>]*\bcharset=[^>]*>", re.IGNORECASE)
_DATA = re.compile(r"\btype\s*=\s*[\"']?(?!text/javascript|module|application/javascript)[\w/+.-]")

Render = Callable[[str, dict[str, Any]], str]


def guarded(render: Render, more: Mapping[str, str]) -> Render:
    """`render`, Sphinx's function that writes one page, with the policy put into its head.

    `more` adds sources to directives (`{"img-src": "https://example.org"}`).
    """

    def guard(template: str, context: dict[str, Any]) -> str:
        page = render(template, context)
        if not template.endswith(".html"):
            return page
        ours = [str(context.get(name) or "") for name in ("body", "metatags")]
        # Pages of prose have widths of columns and pictures as styles; ours have none.
        prose = ours[0] if context.get("page_source_suffix") else ""
        return insert(page, policy(_without(page, ours), prose, more))

    return guard


def policy(frame: str, prose: str, more: Mapping[str, str]) -> str:
    """The policy of a page; `frame` is what the theme put around our HTML, `prose` the editors'."""
    scripts = (
        text
        for attributes, text in _SCRIPT.findall(frame)
        if text.strip() and not re.search(r"\bsrc\s*=", attributes) and not _DATA.search(attributes)
    )
    sheets = _STYLE.findall(frame)
    attributes = [
        unescape(double or single)
        for text in (frame, prose)
        for double, single in _ATTRIBUTE.findall(text)
    ]
    found = {
        "script-src": _digests(scripts),
        "style-src": _digests([*sheets, *attributes]) + (" 'unsafe-hashes'" if attributes else ""),
    }
    rules = dict(_BASE)
    for name in (*found, *more):
        for source in (found.get(name, ""), more.get(name, "")):
            if source.strip() and source not in rules.get(name, ""):
                # Beside a source, `'none'` means nothing.
                known = rules.get(name, "").removeprefix("'none'")
                rules[name] = f"{known} {source.strip()}".strip()
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def insert(page: str, policy: str) -> str:
    """`page` with the policy as early as it can stand: after its encoding, before all else."""
    content = escape(policy, quote=False).replace('"', "&quot;")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    place = _CHARSET.search(page)
    at = place.end() if place else (found.end() if (found := re.search("<head[^>]*>", page)) else 0)
    return page[:at] + meta + page[at:] if at else page


def _without(page: str, ours: list[str]) -> str:
    """What the theme wrote; nothing where our HTML cannot be told from it."""
    for text in filter(None, ours):
        if text not in page:
            return ""
        page = page.replace(text, "", 1)
    return page


def _digests(texts: Iterable[str]) -> str:
    return " ".join(f"'sha256-{digest}'" for digest in sorted({_digest(text) for text in texts}))


@cache
def _digest(text: str) -> str:
    normal = text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
    return base64.b64encode(hashlib.sha256(normal).digest()).decode()

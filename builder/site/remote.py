"""Pictures and films in prose that come from elsewhere, which the policy hides in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import SplitResult, urlsplit

from docutils import nodes

from builder.model import Finding, Severity, Where

_TAG = re.compile(
    r"<(img|iframe|embed|object|video|audio|source|script)\b[^>]*?"
    r"\s(?:src|href|data)\s*=\s*[\"']?((?:https?:)?//[^\"'\s>]+)",
    re.IGNORECASE,
)
_DIRECTIVES = {
    "img": "img-src",
    "iframe": "frame-src",
    "video": "media-src",
    "audio": "media-src",
    "source": "media-src",
    "script": "script-src",
}


def loads(document: nodes.document) -> Iterator[tuple[str, str, int | None]]:
    """What a page loads from another host: the directive it falls under, address and line."""
    for image in document.findall(nodes.image):
        address = str(image.get("uri", ""))
        if address.startswith(("http://", "https://", "//")):
            yield "img-src", address, _line(image)
    for raw in document.findall(nodes.raw):
        if "html" in str(raw.get("format", "")).split():
            for tag, address in _TAG.findall(raw.astext()):
                yield _DIRECTIVES.get(tag.lower(), "object-src"), unescape(address), _line(raw)


def blocked(document: nodes.document, file: str, more: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for everything that the policy with `more` (`proceedings_policy`) keeps away."""
    for directive, address, line in dict.fromkeys(loads(document)):
        if allows(more.get(directive, ""), address):
            continue
        host = urlsplit(address).netloc
        yield Finding(
            code="site-remote-blocked",
            severity=Severity.WARNING,
            message=f"Readers do not see {address}: it comes from another site, which the page's"
            " content-security policy keeps out",
            subject=file,
            where=Where(file=file, line=line),
            hint="Keep a copy in proceedings/images/ and show that; or allow the site in conf.py:"
            f' proceedings_policy = {{"{directive}": "https://{host}"}}.',
        )


def allows(sources: str, address: str) -> bool:
    """Whether a list of sources lets an address through (CSP Level 3, 6.7.2.8, without ports)."""
    url = urlsplit(address)
    return any(_matches(source, url) for source in sources.split())


def _matches(source: str, url: SplitResult) -> bool:
    scheme, host = url.scheme, url.hostname or ""
    if source in {"*", f"{scheme}:"}:
        return True
    wanted = urlsplit(source if "//" in source else f"//{source}")
    if wanted.scheme and wanted.scheme != scheme and (wanted.scheme, scheme) != ("http", "https"):
        return False
    path = wanted.path
    inside = url.path.startswith(path) if path.endswith("/") else url.path == path
    if path and not inside:
        return False
    name = wanted.hostname or ""
    return host.endswith(name[1:]) if name.startswith("*.") else host == name


def _line(node: nodes.Node) -> int | None:
    at: nodes.Node | None = node
    while at is not None:
        if at.line:
            return int(at.line)
        at = at.parent
    return None

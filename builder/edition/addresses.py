"""Addresses, as editors type them and as we may hand them on: http, https and mailto only."""

from __future__ import annotations

import re

_WEB = re.compile(r"https?://[^\s/\"<>\\^`{|}]+[^\s\"<>\\^`{|}]*", re.IGNORECASE)
_PLACE = re.compile(r"(?:\.\./)*(?:[\w.~%-]+/)*(?:[\w.~%-]+)?(?:#[\w.~%-]+)?")
_PAGE = re.compile(r"(?:[\w~%-][\w.~%-]*/)*[\w~%-][\w.~%-]*\.html")
_MAIL = re.compile(r"[^\s@\"<>,;:\\()\[\]]+@[^\s@\"<>,;:\\()\[\]]+\.[^\s@\"<>,;:\\()\[\]]+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])")
_FORUM = re.compile(r"[A-Za-z0-9_-]{6,20}")


def web(text: str) -> str:
    """`text`, if it is an address that a page may link to; raises `ValueError` with the remedy."""
    text = text.strip()
    if not text or _WEB.fullmatch(text):
        return text
    if re.match(r"(?:www\.|[\w-]+\.(?:org|com|net|edu|io|ai|eu|de|fr)/?)", text, re.IGNORECASE):
        raise ValueError(f"`{text}` is no complete address; did you mean `https://{text}`?")
    raise ValueError(
        f"`{text[:80]}` is no address that begins with `https://` or `http://` "
        "and holds no spaces, quotation marks or brackets"
    )


def place(text: str) -> str:
    """`text`, if it is a full address or one relative to the site's root (`../2024/`).

    Raises `ValueError` with the remedy.
    """
    text = text.strip()
    if not text or _PLACE.fullmatch(text):
        return text
    if re.match(r"https?:", text, re.IGNORECASE):
        return web(text)
    raise ValueError(
        f"`{text[:80]}` is neither a full address (https://…) nor one relative to the site, "
        "such as `../2024/` or `papers/doe25.html`"
    )


def page(text: str) -> str:
    """`text`, if it is the path of a page below the site's root; raises `ValueError`."""
    path = text.strip().removeprefix("/")
    if not _PAGE.fullmatch(path) or ".." in path.split("/"):
        raise ValueError(
            f"`{text[:80]}` is no page of the site; write its path below the site's root, "
            "for example papers/doe25.html"
        )
    return path


def mail(text: str) -> str:
    """`text`, if it is an e-mail address; raises `ValueError` otherwise."""
    text = text.strip().removeprefix("mailto:")
    if text and not _MAIL.fullmatch(text):
        raise ValueError(f"`{text[:80]}` is no e-mail address")
    return text


def doi(text: str) -> str:
    """The bare DOI in `text` (`https://doi.org/10.…`, `doi:10.…`); raises `ValueError`."""
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.I)
    if bare and not _DOI.fullmatch(bare):
        raise ValueError(f"`{text[:80]}` is no DOI; one looks like `10.1234/abcd`")
    return bare


def orcid(text: str) -> str:
    """The ORCID in `text`, as sixteen digits with hyphens; raises `ValueError`.

    The check digit is looked at by `check`; here it is only the form that counts.
    """
    bare = re.sub(r"^(?:https?://)?(?:www\.)?orcid\.org/", "", text.strip(), flags=re.I)
    match = _ORCID.fullmatch(bare)
    if bare and match is None:
        raise ValueError(f"`{text[:80]}` is no ORCID; one looks like `0000-0002-1825-0097`")
    return "-".join(match.groups()).upper() if match else ""


def openreview(text: str) -> str:
    """The address of an OpenReview forum, given as such or as the forum's id alone."""
    text = text.strip()
    if text and "/" not in text and _FORUM.fullmatch(text):
        return f"https://openreview.net/forum?id={text}"
    return web(text)

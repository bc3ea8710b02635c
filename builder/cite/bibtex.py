"""BibTeX: Unicode kept, everything special to LaTeX escaped, capitals protected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from builder.cite import facts
from builder.model import Contributor, Markup, Name, Paper, Plan, Volume
from builder.model.markup import Link, Node, Styled, Text, latex

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(volume: Volume, paper: Paper, plan: Plan | None = None, *, ascii: bool = False) -> str:
    """One entry for `paper`, ending in a line break.

    `@inproceedings` for a paper that was published, `@misc` for one that was only presented: a
    non-archival edition never appears as a booktitle. With `ascii=True` characters are written as
    LaTeX commands wherever there is one.
    """
    archival = facts.published(volume, paper)
    date = facts.date(volume, archival=archival)
    pages = facts.pages(plan, paper.key)
    published = {
        "booktitle": latex.escape(volume.title, ascii=ascii),
        "volume": facts.number(pages),
        "editor": names(volume.editors, ascii=ascii),
        "pages": pages.range.replace("–", "--") if pages else "",
        "address": latex.escape(volume.event.place, ascii=ascii),
        "publisher": latex.escape(volume.publisher, ascii=ascii),
        "isbn": volume.isbn,
        "issn": volume.issn,
    }
    howpublished = facts.presented(volume.event, archival=paper.archival)
    presented = {"howpublished": latex.escape(howpublished, ascii=ascii)}
    return entry(
        "inproceedings" if archival else "misc",
        paper.key,
        {
            "title": latex.render(protected(paper.title), ascii=ascii),
            "author": names(paper.contributors, ascii=ascii),
            **(published if archival else presented),
            "year": str(date.year) if date else "",
            "month": MONTHS[date.month - 1] if date else "",
            "doi": paper.doi,
            "url": _url(facts.address(paper)),
            "note": latex.escape(facts.awards(paper), ascii=ascii),
        },
    )


def volume_bibtex(volume: Volume, plan: Plan | None = None, *, ascii: bool = False) -> str:
    """One entry for the whole volume: `@proceedings`, or `@misc` for a non-archival one.

    `plan` is taken for symmetry with `bibtex`: a volume is cited without its pages.
    """
    del plan
    date = facts.date(volume, archival=volume.archival)
    title = volume.title + (f": {volume.subtitle}" if volume.subtitle else "")
    published = {
        "address": latex.escape(volume.event.place, ascii=ascii),
        "publisher": latex.escape(volume.publisher, ascii=ascii),
        "isbn": volume.isbn,
        "issn": volume.issn,
    }
    statement = volume.statement or f"Papers presented at {volume.event.short_name}; non-archival"
    return entry(
        "proceedings" if volume.archival else "misc",
        volume_key(volume),
        {
            "title": latex.render(protected(Markup.text(title)), ascii=ascii),
            "editor": names(volume.editors, ascii=ascii),
            **(
                published
                if volume.archival
                else {"howpublished": latex.escape(statement.rstrip("."), ascii=ascii)}
            ),
            "year": str(date.year) if date else "",
            "month": MONTHS[date.month - 1] if date else "",
            "doi": volume.doi,
            "url": _url(volume.site.url or volume.event.url),
        },
    )


def bibliography(volume: Volume, plan: Plan | None = None, *, ascii: bool = False) -> str:
    """The volume and every paper that program and site show, one entry each."""
    entries = [bibtex(volume, paper, plan, ascii=ascii) for paper in volume.shown]
    return "\n".join([volume_bibtex(volume, plan, ascii=ascii), *entries])


def volume_key(volume: Volume) -> str:
    """The volume's own key: its short name, and never the key of one of its papers."""
    slug = re.sub(r"[^a-z0-9]+", "-", volume.event.short_name.lower()).strip("-") or "volume"
    taken = {paper.key.lower() for paper in volume.papers}
    while slug in taken:
        slug += "-volume"
    return slug


def entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """An entry with those of `fields` that are not empty, one to a line."""
    present = {name: value for name, value in fields.items() if value}
    width = max(map(len, present), default=0)
    lines = [
        f"  {name:<{width}} = {value if name == 'month' else f'{{{value}}}'}"
        for name, value in present.items()
    ]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def names(people: Iterable[Contributor], *, ascii: bool = False) -> str:
    """Names for `author` or `editor`, each as BibTeX divides it into the same parts again."""
    return " and ".join(name(person.name, ascii=ascii) for person in people)


def name(name: Name, *, ascii: bool = False) -> str:
    """`van der Maaten, Laurens`, `Smith, Jr., John`; what has no parts stands in braces."""
    given, suffix = _part(name.given, ascii), _part(name.suffix, ascii)
    if name.literal or not name.family or (suffix and not given):
        return f"{{{latex.escape(name.full, ascii=ascii)}}}"
    family = _part(name.family, ascii)
    # BibTeX takes leading words in lower case for the particle; here they are part of the name.
    if " " in name.family and name.family[0].islower() and not family.startswith("{"):
        family = f"{{{family}}}"
    particle = name.particle
    if particle and particle[0].islower() and not _lonely(particle):
        family = f"{latex.escape(particle, ascii=ascii)} {family}"
    elif particle:
        family = f"{{{latex.escape(particle, ascii=ascii)}}} {family}"
    return ", ".join(part for part in (family, suffix, given) if part)


def _part(text: str, ascii: bool) -> str:
    escaped = latex.escape(text, ascii=ascii)
    return f"{{{escaped}}}" if "," in text or _lonely(text) else escaped


def _lonely(text: str) -> bool:
    return any(word.lower() == "and" for word in text.split())


def protected(markup: Markup) -> Markup:
    """`markup` with every word in braces whose capitals a style must not lower (`mCLIP`, `U-Net`).

    What its editors protected themselves stays so; a title all in capitals protects nothing.
    """
    letters = [char for text in _texts(markup.nodes) for char in text if char.isalpha()]
    if sum(char.isupper() for char in letters) > 0.6 * len(letters):
        return markup
    return Markup(tuple(_protected(markup.nodes)))


def _texts(nodes: Iterable[Node]) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Styled | Link):
            yield from _texts(node.children)


def _protected(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        match node:
            case Text(text) if text.isascii() and not _CAPITAL.search(text):
                yield node
            case Text(text):
                for part in re.split(r"(\s+)", text):
                    if part:
                        yield from _word(part)
            case Styled("protected", _):
                yield node
            case Styled(style, children):
                yield Styled(style, tuple(_protected(children)))
            case Link(url, children):
                yield Link(url, tuple(_protected(children)))
            case _:
                yield node


_CAPITAL = re.compile(r"-|\S[A-Z]")
"""What a text must hold for `_word` to protect anything in it, if it is ASCII."""


def _word(part: str) -> Iterable[Node]:
    core = part.strip(".,;:!?()[]\"'“”‘’")
    inner = any(
        char.isupper() and core[place - 1] not in "-–—/'’"
        for place, char in enumerate(core)
        if place
    )
    if not inner and not re.match(r"[^\W\d_](?<=[A-Z])-\w", core):
        yield Text(part)
        return
    before, _, after = part.partition(core)
    yield from (Text(before),) if before else ()
    yield Styled("protected", (Text(core),))
    yield from (Text(after),) if after else ()


def _url(url: str) -> str:
    # The field holds a plain address; only what would unbalance the entry is encoded.
    return re.sub(r"[\s{}\\\"<>]", lambda match: f"%{ord(match[0]):02X}", url)

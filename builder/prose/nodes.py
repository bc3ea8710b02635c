"""Neutral nodes: what our directives and roles mean, before anybody decides how it looks.

A node says *which* papers or people stand here, never how they look: the site renders it to HTML,
the booklet to Typst. Attributes are plain strings, booleans and lists of strings, so that a
document can be pickled, compared and kept in a cache. Whether an id refers to anything is not
known here; `builder.prose.unresolved` compares a document with a `Volume`.

=====================  ==============================================================
node                   attributes (empty means: no restriction)
=====================  ==============================================================
`PaperList`            `tracks`: list of track ids; `keys`: list of paper keys;
                       `abstracts`: bool
`ProgramTable`         `date`: ISO date of one day; `sessions`: list of session ids
`TalkList`             `kinds`: list of talk kinds (`keynote`, `panel`, …)
`PeopleList`           `committees`: list of committee ids
`SponsorList`          `tiers`: list of tier titles
`DateList`             none
`TopicList`            none
`DownloadList`         none
`CitationHint`         `paper`: key, empty for the volume
`PaperReference`       `key`; children: the words to show, none for the paper's title
`AuthorReference`      `id`; children: the words to show, none for the author's name
`SessionReference`     `id`; children: the words to show, none for the session's title
=====================  ==============================================================
"""

from __future__ import annotations

from docutils import nodes


class Listing(nodes.General, nodes.Element):
    """A block that a renderer fills from the `Volume`. Never instantiated itself."""


class PaperList(Listing):
    """``{papers}``: papers, in the volume's order."""


class ProgramTable(Listing):
    """``{program}``: the program, or one day or some sessions of it."""


class TalkList(Listing):
    """``{talks}``: keynotes, panels and invited talks with their speakers."""


class PeopleList(Listing):
    """``{people}``: the members of committees."""


class SponsorList(Listing):
    """``{sponsors}``: sponsors by tier, and their acknowledgement."""


class DateList(Listing):
    """``{dates}``: the important dates."""


class TopicList(Listing):
    """``{topics}``: the topics of the call."""


class DownloadList(Listing):
    """``{downloads}``: the volume, its front matter and bibliography as files to download."""


class CitationHint(Listing):
    """``{citation}``: how to cite the volume, or one paper of it."""


class Reference(nodes.Inline, nodes.TextElement):
    """A mention in running text that leads somewhere. Never instantiated itself."""


class PaperReference(Reference):
    """``{paper}`key```: a mention of a paper."""


class AuthorReference(Reference):
    """``{author}`id```: a mention of an author, by the id of `builder.model.author_id`."""


class SessionReference(Reference):
    """``{session}`id```: a mention of a session of the program."""


LISTINGS: tuple[type[Listing], ...] = (
    PaperList,
    ProgramTable,
    TalkList,
    PeopleList,
    SponsorList,
    DateList,
    TopicList,
    DownloadList,
    CitationHint,
)
"""Every block node, for whoever registers renderers."""

REFERENCES: tuple[type[Reference], ...] = (PaperReference, AuthorReference, SessionReference)
"""Every inline node, for whoever registers renderers."""

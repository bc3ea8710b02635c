"""What was read from somebody else's format, before it meets the edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.model import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredAuthor:
    """One author of one paper, as the source names them."""

    name: str
    """In BibTeX's notation, LaTeX where needed: `van der Maaten, Laurens`."""
    printed: str
    """As read aloud and printed: the key under which `authors.yaml` keeps the rest."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What BibTeX cannot hold, in the form of `authors.yaml` (`affiliation`, `orcid`, …)."""
    email: str = ""
    """Goes into `private/contacts.yaml` and nowhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredFile:
    """A file to be copied into the edition."""

    source: Path
    """Where it is now; the reader has made sure that this is inside what was to be read."""
    kind: str = ""
    """`software`, `poster`, … for a supplement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredPaper:
    """One accepted paper."""

    source: str
    """Its id in the source: how a later export of it is recognised."""
    key: str
    """The key it should have; `merge` makes it unique and never renames a paper it knows."""
    kind: str = "inproceedings"
    """Entry type in `papers.bib`."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Fields for `papers.bib` in BibTeX's notation, in the order to be written; no `author`."""
    authors: tuple[GatheredAuthor, ...] = ()
    number: str = ""
    """Number that the submission system shows people, often in file names; or empty."""
    pdf: GatheredFile | None = None
    supplements: tuple[GatheredFile, ...] = ()

    @property
    def entry(self) -> dict[str, str]:
        """All fields of its entry, authors included, in the order to be written."""
        fields = dict(self.fields)
        if not self.authors:
            return fields
        names = " and ".join(author.name for author in self.authors)
        return {"title": fields.pop("title", ""), "author": names, **fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredProse:
    """One page of prose."""

    file: str
    """Name of the MyST file in `proceedings/`, no folders."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everything that one source gave."""

    format: str
    """Name of the reader; each format has a merge base of its own."""
    papers: tuple[GatheredPaper, ...] = ()
    withdrawn: tuple[str, ...] = ()
    """Ids of papers that the source says were withdrawn, rejected or deleted."""
    edition: Mapping[str, Any] = field(default_factory=dict)
    """What it says about event, volume, tracks and sponsors, in the form of `edition.yaml`."""
    people: Mapping[str, Any] = field(default_factory=dict)
    """In the form of `people.yaml`."""
    program: Mapping[str, Any] = field(default_factory=dict)
    """In the form of `program.yaml`; papers by their `source` ids."""
    prose: tuple[GatheredProse, ...] = ()
    images: Mapping[str, Path] = field(default_factory=dict)
    """Images for `proceedings/images/`, by the name they shall have there."""
    findings: tuple[Finding, ...] = ()
    complete: bool = True
    """Whether the source listed everything it has: only then does a missing paper mean anything."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of bringing something into an edition."""

    findings: tuple[Finding, ...] = ()
    changed: tuple[Path, ...] = ()
    """Files written, relative to the edition's root, sorted."""

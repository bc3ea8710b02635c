"""The files of the site that are no pages: PDFs, supplements, images, citations, metadata."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.booklet.dividing import numbered
from builder.model import Finding, Severity, Volume, Where
from builder.site import addresses, bundles, feeds, metadata
from builder.site.citing import SUFFIXES
from builder.site.desk import Desk
from builder.site.views import ACTIVE, Shelf, publishable, titled
from builder.site.words import say
from builder.work import Cache, Digests, share, write_if_changed


@dataclass(frozen=True, slots=True)
class Download:
    """One file on the downloads page."""

    path: str
    """Below the site's root."""
    kind: str
    """`PDF`, `BibTeX`, …"""
    size: int
    """Bytes."""


HEAVIEST = 100 << 20
"""Bytes of the largest file that GitHub takes (docs.github.com, "About large files", read 2025)."""

Row = tuple[str, tuple[Download, ...]]


@dataclass(frozen=True, slots=True)
class Files:
    """Every file that accompanies the pages, by its path below the site's root."""

    copied: Mapping[str, Path]
    """Files that exist elsewhere."""
    written: Mapping[str, bytes]
    """Files made here."""
    bundles: tuple[tuple[str, str], ...] = ()
    """Title and path of every archive of papers, which is among `copied`."""
    volumes: tuple[int, ...] = (0,)
    """Numbers of the volumes; 0 for the only one."""

    def groups(self, volume: Volume) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """What the downloads page lists: headings, and under each rows of a title and files."""
        listed = (
            (
                say("The volume"),
                tuple(
                    row
                    for number in self.volumes
                    for row in (
                        (
                            titled(volume, number),
                            ((numbered(addresses.BOOKLET, number), "PDF"),),
                        ),
                        (
                            say("Front matter"),
                            ((numbered(addresses.FRONT_MATTER, number), "PDF"),),
                        ),
                    )
                ),
            ),
            (say("Papers"), tuple((title, ((path, "ZIP"),)) for title, path in self.bundles)),
            (
                say("Citations and metadata"),
                (
                    (
                        say("All citations"),
                        (
                            (addresses.ALL_BIBTEX, "BibTeX"),
                            (addresses.ALL_RIS, "RIS"),
                            (addresses.ALL_CSL, "CSL-JSON"),
                            (addresses.ALL_ENDNOTE, "EndNote"),
                            (addresses.ALL_MODS, "MODS"),
                        ),
                    ),
                    (
                        say("Papers and authors"),
                        ((addresses.METADATA, "JSON"), (addresses.TABLE, "CSV")),
                    ),
                ),
            ),
        )
        found = []
        for heading, rows in listed:
            kept = [
                (title, tuple(self._download(path, kind) for path, kind in files if path in self))
                for title, files in rows
            ]
            if present := tuple(row for row in kept if row[1]):
                found.append((heading, present))
        return tuple(found)

    def books(self) -> tuple[tuple[int, Download], ...]:
        """The volume, or each of several with its number, if the site has them."""
        paths = [(number, numbered(addresses.BOOKLET, number)) for number in self.volumes]
        return tuple((at, self._download(path, "PDF")) for at, path in paths if path in self)

    def book_of(self, number: int) -> str:
        """The path of the volume of that number, if the site has it, else empty."""
        path = numbered(addresses.BOOKLET, number)
        return path if path in self else ""

    def __contains__(self, path: str) -> bool:
        return path in self.copied or path in self.written

    def __repr__(self) -> str:
        return f"<Files: {len(self.copied)} copied, {len(self.written)} written>"

    def _download(self, path: str, kind: str) -> Download:
        size = len(self.written[path]) if path in self.written else self.copied[path].stat().st_size
        return Download(path, kind, size)


def collect(shelf: Shelf) -> Files:
    """All files of the site, with findings for those that it leaves out."""
    desk = shelf.desk
    copied = dict(_printed(desk)) | dict(_supplements(desk)) | dict(_images(desk))
    archives = tuple(bundles.bundles(shelf))
    copied |= {path: file for _, path, file in archives}
    copied |= {desk.addresses.thumbnail(key): file for key, file in desk.printed.thumbnails.items()}
    # What no encoding can hold (half of a surrogate pair) must not stop all the others.
    written = {path: text.encode("utf-8", "replace") for path, text in _texts(shelf)}
    if desk.citations:
        shelf.citations.keep()
    digests = desk.cache.digests
    sums = {
        **{path: hashlib.sha256(data).hexdigest() for path, data in written.items()},
        **{
            path: digests.of(file)
            for path, file in copied.items()
            if path.endswith((".pdf", ".zip"))
        },
    }
    _weigh(copied, desk)
    listing = "".join(f"{sums[path]}  {path}\n" for path in sorted(sums))
    written |= {
        addresses.CHECKSUMS: listing.encode(),
        addresses.ROBOTS: feeds.robots(shelf).encode(),
    }
    if feed := feeds.atom(shelf):
        written[addresses.FEED] = feed.encode()
    bundled = tuple((title, path) for title, path, _ in archives)
    return Files(copied, written, bundled, desk.plan.volumes)


def _weigh(copied: Mapping[str, Path], desk: Desk) -> None:
    for path, file in copied.items():
        if (size := file.stat().st_size) > HEAVIEST:
            desk.find(
                Finding(
                    code="site-file-too-large",
                    severity=Severity.WARNING,
                    message=f"The site's file {path} has {size >> 20} MB; GitHub takes no file over"
                    " 100 MB, so the site cannot be published there",
                    where=Where(file=f"build/site/{path}"),
                    hint="Make the PDFs smaller (their images, as a rule), or publish elsewhere.",
                )
            )


def place(files: Files, out: Path, made: Path) -> None:
    """Puts every file into the site; what did not change is left alone. Raises `OSError`.

    Below `made` stands what this program made, `build/`; all else is the editors' own.
    """
    for path, data in files.written.items():
        write_if_changed(out / path, data)
    digests = Cache(made / ".cache").digests
    for path, source in files.copied.items():
        _copy(source, out / path, digests, shared=source.is_relative_to(made))


def _copy(source: Path, target: Path, digests: Digests, *, shared: bool) -> None:
    with contextlib.suppress(OSError):
        same = target.samefile(source)
        if same and shared:
            return
        # Equal sizes and times tell little: two pictures of one archive may well have both.
        if not same and digests.of(target) == digests.of(source):
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    if shared:
        # Outputs are replaced, never edited in place, so both may share one copy on the disk.
        share(source, target)
    else:
        # Whoever edits a file of the site must not edit the editors' own.
        shutil.copy2(source, target)


def _printed(desk: Desk) -> Iterator[tuple[str, Path]]:
    printed = desk.printed
    books = printed.volumes or ({0: printed.booklet} if printed.booklet else {})
    matters = printed.front_matters or ({0: printed.front_matter} if printed.front_matter else {})
    for name, files in ((addresses.BOOKLET, books), (addresses.FRONT_MATTER, matters)):
        for number, file in files.items():
            yield numbered(name, number), file
    for key, file in desk.printed.papers.items():
        yield desk.addresses.pdf(key), file


def _supplements(desk: Desk) -> Iterator[tuple[str, Path]]:
    for paper in desk.volume.shown:
        for supplement in paper.supplements:
            if publishable(desk, supplement):
                yield desk.addresses.supplement(paper.key, supplement), desk.root / supplement.file
            elif supplement.file.rpartition(".")[2].lower() in ACTIVE:
                desk.find(
                    Finding(
                        code="site-active-supplement",
                        severity=Severity.WARNING,
                        message=f"The supplement {supplement.file} is left out of the site: a"
                        " browser would run what is in it",
                        subject=paper.key,
                        where=Where(file=supplement.file),
                        hint="Pack it into a zip file.",
                    )
                )


def _images(desk: Desk) -> Iterator[tuple[str, Path]]:
    volume, folder = desk.volume, (desk.root / "proceedings").resolve()
    wanted = dict.fromkeys(
        [sponsor.logo for tier in volume.sponsors for sponsor in tier.sponsors]
        + [member.photo for committee in volume.committees for member in committee.members]
        + [speaker.photo for talk in volume.program.talks for speaker in talk.speakers]
    )
    for path in filter(None, wanted):
        source = (folder / path).resolve()
        if source.is_file() and source.is_relative_to(folder):
            yield path, source
        else:
            desk.find(
                Finding(
                    code="site-image-missing",
                    severity=Severity.WARNING,
                    message=f"The image {path} does not exist, so the site shows none",
                    where=Where(file=f"proceedings/{path}"),
                    hint="Put the file there, or correct its path in the YAML file that names it.",
                )
            )


def _texts(shelf: Shelf) -> Iterator[tuple[str, str]]:
    desk = shelf.desk
    if not shelf.papers:
        return
    if desk.citations:
        papers = [view.paper for view in shelf.papers]
        for paper in papers:
            for suffix in SUFFIXES:
                yield desk.addresses.citation(paper.key, suffix), shelf.citations.of(paper, suffix)
        for path, suffix in addresses.ALL_CITATIONS.items():
            yield path, shelf.citations.all(papers, suffix)
    yield addresses.METADATA, metadata.text(shelf)
    yield addresses.TABLE, metadata.table(shelf)

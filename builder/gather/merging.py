"""Brings what was gathered into an edition: nothing that an editor typed is ever overwritten."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from builder import edition, work
from builder.edition import bibtex
from builder.gather import leaves, notation, yamltext
from builder.gather.bibliography import Editing, comparable
from builder.gather.gathered import Gathered, GatheredPaper, Merged
from builder.gather.reading import shown
from builder.gather.received import FOLDER, PRIVATE, Received
from builder.model import Finding, Severity, Where
from builder.model.likeness import letters

BIBLIOGRAPHY = "papers/papers.bib"
AUTHORS = "papers/authors.yaml"
CONTACTS = "private/contacts.yaml"
_TABLES = {
    "edition": "proceedings/edition.yaml",
    "people": "proceedings/people.yaml",
    "program": "proceedings/program.yaml",
}
_ALWAYS_BY_KEY = {"bibtex", "aclpub2", "softconf"}
"""Formats whose keys are ids that people know: an entry of that key is that paper."""


def merge(root: Path, gathered: Gathered) -> Merged:
    """Merges `gathered` into the edition in `root`.

    Fields that nobody edited since the last time are updated, edited ones stay; what both sides
    changed differently is reported and stays as the editors have it. Nothing is deleted because a
    paper is missing. A second run with the same source changes no file. Raises `OSError` if a
    file cannot be written.
    """
    return _Merging(root, gathered).run()


@dataclass
class _Merging:
    root: Path
    gathered: Gathered
    findings: list[Finding] = field(default_factory=list)
    changed: dict[str, None] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """Key in this edition by the source's id."""
    blank: dict[str, str] = field(default_factory=dict)
    """The files of an edition that nobody has touched."""

    def run(self) -> Merged:
        gathered = self.gathered
        self.before = Received.read(self.root, FOLDER, gathered.format)
        self.after = Received()
        self.findings += gathered.findings
        if not (gathered.papers or gathered.edition or gathered.people or gathered.program):
            return Merged(tuple(self.findings), ())  # nothing could be read: nothing is touched
        bibliography = self.bibliography()
        if bibliography is None:
            return Merged(tuple(self.findings), ())
        self.name_scaffold()
        self.copy_files()
        self.prose()
        self.contacts()
        authors = self.authors()
        if authors or AUTHORS in self.before.tables:
            self.table(AUTHORS, authors, prune=True)
        for part, file in _TABLES.items():
            value: Any = getattr(gathered, part)
            if part == "program":
                value = _with_keys(value, self.keys)
            elif part == "edition":
                value = self.with_prose(value)
            if value:
                self.table(file, value, prune=False)
            elif file in self.before.tables:
                self.after.tables[file] = self.before.tables[file]
        self.write(BIBLIOGRAPHY, bibliography)
        # Last of all: if we are killed before, the next run finds both sides equal.
        self.write(f"{FOLDER}/{gathered.format}.json", self.after.text())
        return Merged(tuple(self.findings), tuple(sorted(Path(name) for name in self.changed)))

    # Reports and files

    def report(
        self,
        code: str,
        message: str,
        *,
        severity: Severity = Severity.WARNING,
        subject: str = "",
        where: Where | None = None,
        hint: str = "",
    ) -> None:
        finding = Finding(
            code=code, severity=severity, message=message, subject=subject, where=where, hint=hint
        )
        self.findings.append(finding)

    def write(self, name: str, data: str | bytes) -> None:
        """Writes a file of the edition, if it is not already so."""
        if work.write_if_changed(self.root / name, data):
            self.changed[name] = None

    def name_scaffold(self) -> None:
        """Files that nobody touched since `init` get the event's name, once it is known."""
        self.blank = dict(_scaffold())
        event = self.gathered.edition.get("event", {})
        if not event.get("short_name"):
            return
        named = _scaffold(
            title=event["short_name"], name=event.get("name", ""), date=event.get("start", "")
        )
        for name, text in named.items():
            if _text_of(self.root / name) == self.blank.get(name):
                self.write(name, text)
                self.blank[name] = text

    def with_prose(self, edition: Mapping[str, Any]) -> Mapping[str, Any]:
        """`edition.yaml` with the list of prose pages, where placeholders would be printed too."""
        gathered = [page.file for page in self.gathered.prose]
        before = self.before.tables.get(_TABLES["edition"])
        known = before.get("prose") if isinstance(before, dict) else None
        if known:
            return {**edition, "prose": [*known, *(name for name in gathered if name not in known)]}
        if not gathered:
            return edition
        folder = self.root / "proceedings"
        pages = sorted(file.name for file in folder.glob("*.md") if file.name != "index.md")
        blank = [
            page
            for page in pages
            if page not in gathered
            and _text_of(folder / page) == self.blank.get(f"proceedings/{page}")
        ]
        if not blank:
            return edition  # without a list every page is printed, and that is right
        written = [page for page in pages if page not in blank and page not in gathered]
        return {**edition, "prose": [*gathered, *written]}

    # papers.bib

    def bibliography(self) -> bytes | None:
        """`papers.bib` with the papers in it; `None` if it cannot be edited safely."""
        path = self.root / BIBLIOGRAPHY
        data = path.read_bytes() if path.is_file() else b""
        present = bibtex.read(path, BIBLIOGRAPHY) if path.is_file() else None
        if present is None:
            present = bibtex.Bibliography(file=BIBLIOGRAPHY)
        elif present.source is None or not present.source.exact:
            self.report(
                code="gather-unreadable",
                severity=Severity.ERROR,
                message=f"{BIBLIOGRAPHY} is not UTF-8 text; nothing was gathered",
                where=Where(file=BIBLIOGRAPHY),
                hint="save it as UTF-8 in a text editor and gather again",
            )
            return None
        editing = Editing(data, present)
        taken = {entry.key for entry in (*present.entries, *present.unusable)}
        taken |= {known["key"] for known in self.before.papers.values()}
        claimed: set[str] = set()
        for paper in self.gathered.papers:
            entry = self.find(paper, present, claimed)
            known = self.before.papers.get(paper.source)
            if entry is not None:
                self.keys[paper.source] = entry.key
                claimed.add(entry.key)
                fields = self.entry(editing, entry, paper, known)
            elif known is not None:
                self.keys[paper.source] = known["key"]
                fields = dict(known["fields"])
                self.report(
                    code="gather-entry-deleted",
                    severity=Severity.INFO,
                    message=f"{known['key']} is in the source again, but its entry was taken out "
                    f"of {BIBLIOGRAPHY}; it was not put back",
                    subject=known["key"],
                    hint=f"to have it back, delete it from {FOLDER}/{self.gathered.format}.json "
                    "and gather again; to say why it is gone, write include = {withdrawn}",
                )
            else:
                key = notation.unique_key(paper.key, taken)
                taken.add(key)
                self.keys[paper.source] = key
                fields = paper.entry
                editing.add(key, paper.kind, fields)
            remembered = {"key": self.keys[paper.source], "kind": paper.kind, "fields": fields}
            if paper.number:
                remembered["number"] = paper.number
            self.after.papers[paper.source] = remembered
        self.missing()
        return editing.result

    def find(
        self, paper: GatheredPaper, present: bibtex.Bibliography, claimed: set[str]
    ) -> bibtex.Entry | None:
        """The entry of a paper: as it was last time, by its address, or by its key."""
        known = self.before.papers.get(paper.source)
        if known and (entry := present.entry(known["key"])):
            return entry
        forum = paper.fields.get("openreview", "")
        entries = [entry for entry in present.entries if entry.key not in claimed]
        if forum:
            for entry in entries:
                if _forum(entry.get("openreview")) == _forum(forum):
                    return entry
        if known:
            return None
        if self.gathered.format in _ALWAYS_BY_KEY:
            return next((one for one in entries if one.key == paper.key), None)
        title = letters(paper.fields.get("title", ""))
        for entry in entries:
            if title and not entry.get("openreview") and letters(entry.get("title")) == title:
                return entry
        return None

    def entry(
        self,
        editing: Editing,
        entry: bibtex.Entry,
        paper: GatheredPaper,
        known: Mapping[str, Any] | None,
    ) -> dict[str, str]:
        """Merges the fields of one entry; what is to be remembered of them."""
        ours = {one.name: one.value for one in entry.fields if not one.inherited}
        base: Mapping[str, str] = known["fields"] if known else {}
        theirs = paper.entry
        remembered: dict[str, str] = {}
        for name in [*theirs, *(name for name in base if name not in theirs)]:
            mine, old, new = ours.get(name), base.get(name), theirs.get(name)
            if _same(mine, new) or _same(old, new):
                settled = True
            elif _same(mine, old):
                settled = self.update(editing, entry, name, new)
            else:
                settled = False
                self.conflict(entry, name, mine, new)
            keep = new if settled else old
            if keep is not None:
                remembered[name] = keep
        return remembered

    def update(self, editing: Editing, entry: bibtex.Entry, name: str, new: str | None) -> bool:
        """Writes or drops one field."""
        if new is not None:
            editing.set(entry, name, new)
            return True
        return editing.drop(entry, name)

    def conflict(self, entry: bibtex.Entry, name: str, mine: str | None, new: str | None) -> None:
        """Both sides changed one field differently."""
        known = entry.field(name)
        have = f"“{shown(mine)}”" if mine is not None else "nothing"
        got = f"“{shown(new)}”" if new is not None else "nothing"
        self.report(
            code="gather-conflict",
            message=f"`{name}`: the source has {got}, the edition has {have}; yours stays",
            subject=entry.key,
            where=known.where if known else entry.where,
            hint="take the source's value over by hand if it is the better one",
        )

    def missing(self) -> None:
        """Reports the papers that came last time and did not come now."""
        now = {paper.source for paper in self.gathered.papers}
        for id, known in self.before.papers.items():
            if id in now:
                continue
            self.after.papers[id] = known
            self.keys[id] = known["key"]
            if id in self.gathered.withdrawn:
                message = f"{known['key']} was withdrawn or is no longer accepted in the source"
            elif self.gathered.complete:
                message = f"{known['key']} is no longer in the source"
            else:
                continue
            self.report(
                code="gather-removed",
                message=f"{message}; it was left in the edition",
                subject=known["key"],
                hint="if it is withdrawn, write include = {withdrawn} into its entry in "
                f"{BIBLIOGRAPHY}",
            )

    # Files

    def copy_files(self) -> None:
        """PDFs, supplements and images."""
        for paper in self.gathered.papers:
            key = self.keys[paper.source]
            if paper.pdf:
                self.copy(paper.pdf.source, f"papers/{key}.pdf", key)
            taken: set[str] = set()
            for supplement in paper.supplements:
                suffix = "".join(re.findall(r"\.\w{1,8}\Z", supplement.source.name)).lower()
                kind = f"-{notation.slug(supplement.kind)}" if supplement.kind else ""
                name = wanted = f"{key}-supp{kind}"
                number = 1
                while f"{name}{suffix}" in taken:
                    number += 1
                    name = f"{wanted}-{number}"
                taken.add(f"{name}{suffix}")
                self.copy(supplement.source, f"papers/{name}{suffix or '.bin'}", key)
        for name, source in self.gathered.images.items():
            self.copy(source, f"proceedings/images/{name}", "")
        for name, digest in self.before.files.items():
            self.after.files.setdefault(name, digest)

    def copy(self, source: Path, name: str, subject: str) -> None:
        """Copies one file, unless a different one is there that did not come from here."""
        target = self.root / name
        old = self.before.files.get(name)
        try:
            data = source.read_bytes()
        except OSError as error:
            self.report(
                code="gather-missing-file",
                message=f"{source.name} cannot be read ({error.strerror or 'unknown reason'})",
                subject=subject,
            )
            if old:
                self.after.files[name] = old
            return
        digest = hashlib.sha256(data).hexdigest()
        self.after.files[name] = digest
        if target.is_file():
            present = hashlib.sha256(target.read_bytes()).hexdigest()
            if present == digest:
                return
            if present != old:
                if old:
                    self.after.files[name] = old
                if digest != old:
                    self.report(
                        code="gather-file-differs",
                        message=f"{name} is there already and differs from the source's "
                        f"{source.name}; yours stays",
                        subject=subject,
                        where=Where(file=name),
                        hint=f"delete {name} and gather again to have the source's file",
                    )
                return
        elif target.exists():
            self.report(
                code="gather-file-differs",
                message=f"{name} is no file; the source's {source.name} was not copied",
                subject=subject,
            )
            return
        self.write(name, data)

    # Prose

    def prose(self) -> None:
        """Pages of prose: written if nobody touched them since."""
        for page in self.gathered.prose:
            name = f"proceedings/{page.file}"
            path = self.root / name
            old = self.before.texts.get(name)
            ours = _text_of(path)
            self.after.texts[name] = page.text
            if ours in (None, old, self.blank.get(name)):
                self.write(name, page.text)
            elif page.text not in (ours, old):
                self.proposal(name, page.text, "the page was edited, and the source changed too")
                if old is None:
                    del self.after.texts[name]
                else:
                    self.after.texts[name] = old
        for name, text in self.before.texts.items():
            self.after.texts.setdefault(name, text)

    def proposal(self, name: str, text: str, why: str, subject: str = "") -> None:
        """Writes beside an edited file what the source would have put there."""
        beside = f"{name}.gathered"
        self.write(beside, text)
        self.report(
            code="gather-proposal",
            message=f"{name} stays as it is ({why}); what the source says stands in {beside}",
            subject=subject,
            where=Where(file=name),
            hint=f"take over what you want, then delete {beside}",
        )

    # Tables

    def authors(self) -> dict[str, Any]:
        """What the source knows about authors, in the form of `authors.yaml`."""
        made: dict[str, Any] = {}
        for paper in self.gathered.papers:
            key = self.keys[paper.source]
            details: dict[str, Any] = {}
            twice: set[str] = set()
            for author in paper.authors:
                if author.printed in details:
                    twice.add(author.printed)
                details[author.printed] = dict(author.details)
            for name in sorted(twice):
                del details[name]
                self.report(
                    code="gather-author",
                    message=f"{key} has two authors called {name}; what the source says about "
                    f"them cannot be told apart in {AUTHORS}",
                    subject=key,
                    hint="if it is one person named twice, take one out; otherwise tell them "
                    "apart in papers.bib",
                )
            if known := {name: value for name, value in details.items() if value}:
                made[key] = known
        return made | self.of_missing(self.before.tables.get(AUTHORS))

    def of_missing(self, table: Any) -> dict[str, Any]:
        """What was received about papers that did not come this time: it stays with them."""
        now = {self.keys[paper.source] for paper in self.gathered.papers}
        gone = {known["key"] for known in self.before.papers.values()} - now
        if not isinstance(table, dict):
            return {}
        return {key: value for key, value in table.items() if key in gone}

    def contacts(self) -> None:
        """E-mail addresses, which go into `private/` and nowhere else."""
        contacts: dict[str, Any] = {}
        for paper in self.gathered.papers:
            known = {author.printed: author.email for author in paper.authors if author.email}
            if known:
                contacts[self.keys[paper.source]] = known
        before = Received.read(self.root, PRIVATE, self.gathered.format)
        contacts |= self.of_missing(before.tables.get(CONTACTS))
        if not contacts and before.empty:
            return
        # The folder keeps itself out of git, whatever the edition's own .gitignore says.
        if not (self.root / "private" / ".gitignore").exists():
            self.write("private/.gitignore", "*\n")
        after = Received()
        self.table(CONTACTS, contacts, prune=True, before=before, after=after, secret=True)
        self.write(f"{PRIVATE}/{self.gathered.format}.json", after.text())

    def table(
        self,
        name: str,
        theirs: Any,
        *,
        prune: bool,
        before: Received | None = None,
        after: Received | None = None,
        secret: bool = False,
    ) -> None:
        """Merges one YAML file."""
        before = self.before if before is None else before
        after = self.after if after is None else after
        path = self.root / name
        text = _text_of(path)
        blank = self.blank.get(name, "")
        base = before.tables.get(name, leaves.ABSENT)
        plain: Any = json.loads(json.dumps(theirs))
        try:
            ours = yamltext.read(text) if text is not None else None
            if text is None or ours is None:
                head = text.rstrip() + "\n\n" if text and text.strip() else _heading(name)
                result = head + yamltext.dump(theirs) if theirs else text
                after.tables[name] = plain
                if result is not None and theirs:
                    self.write(name, result)
                return
            untouched = yamltext.read(blank) if blank else leaves.ABSENT
            outcome = leaves.merge(ours, base, theirs, untouched=untouched, prune=prune)
            outcome.edits += _no_longer_true(name, ours, untouched, theirs)
            result, failed = yamltext.edited(text, outcome.edits, blank)
        except yamltext.CannotEdit as why:
            if plain != base:
                self.proposal(name, yamltext.dump(theirs), str(why))
            if base is not leaves.ABSENT:
                after.tables[name] = base
            return
        self.write(name, result)
        after.tables[name] = json.loads(json.dumps(outcome.base))
        self.table_conflicts(name, outcome, failed, theirs, secret)
        if failed:
            # They are tried again next time, once the editors have dealt with them.
            if base is leaves.ABSENT:
                del after.tables[name]
            else:
                after.tables[name] = base

    def table_conflicts(
        self,
        name: str,
        outcome: leaves.Merge,
        failed: list[tuple[leaves.Put | leaves.Drop, str]],
        theirs: Any,
        secret: bool,
    ) -> None:
        """Reports what could not be merged into a YAML file."""
        by_paper = name in {AUTHORS, CONTACTS}
        large = []
        for conflict in outcome.conflicts:
            subject = str(conflict.path[0]) if by_paper and conflict.path else ""
            place = _place(conflict.path)
            simple = isinstance(conflict.ours, str | _Absent) and isinstance(conflict.theirs, str)
            if not simple:
                large.append(place)
                continue
            have = "nothing" if conflict.ours is leaves.ABSENT else f"“{shown(conflict.ours)}”"
            values = (
                "the source and the edition have different addresses"
                if secret
                else f"the source has “{shown(conflict.theirs)}”, the edition has {have}"
            )
            self.report(
                code="gather-conflict",
                message=f"`{place}`: {values}; yours stays",
                subject=subject,
                where=Where(file=name),
                hint="take the source's value over by hand if it is the better one",
            )
        large += [f"{_place(edit.path)} ({why})" for edit, why in failed]
        if large:
            self.proposal(name, yamltext.dump(theirs), f"edited: {', '.join(large[:8])}")
        if by_paper:
            return
        for path in outcome.removed:
            self.report(
                code="gather-removed",
                severity=Severity.INFO,
                message=f"`{_place(path)}` in {name} is no longer in the source; it was left there",
                where=Where(file=name),
            )


_Absent = type(leaves.ABSENT)


def _no_longer_true(name: str, ours: Any, untouched: Any, theirs: Any) -> list[leaves.Drop]:
    """The scaffold's statement "non-archival", where the source says that it is a publication."""
    if name != _TABLES["edition"]:
        return []

    def volume(table: Any, key: str) -> Any:
        inner = table.get("volume") if isinstance(table, dict) else None
        return inner.get(key) if isinstance(inner, dict) else None

    statement = volume(ours, "statement")
    if volume(theirs, "archival") != "true" or not statement:
        return []
    blank = volume(untouched, "statement") == statement
    return [leaves.Drop(("volume", "statement"))] if blank else []


def _same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return comparable(one) == comparable(other)


def _forum(address: str) -> str:
    """The forum's id out of an address or out of itself."""
    match = re.search(r"[?&]id=([\w-]+)", address.replace("\\", ""))
    return match[1] if match else address.strip()


def _with_keys(value: Any, keys: Mapping[str, str]) -> Any:
    """The program with the edition's keys in place of the source's ids."""
    if isinstance(value, dict):
        made = type(value)()
        for name, inner in value.items():
            if name == "paper" and isinstance(inner, str):
                made[name] = keys.get(inner) or notation.safe_key(inner)
            else:
                made[name] = _with_keys(inner, keys)
        return made
    if isinstance(value, list):
        return [_with_keys(inner, keys) for inner in value]
    return value


def _place(path: Iterable[str | int]) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _text_of(path: Path) -> str | None:
    """A text file of the edition as it is, line ends included; `None` if there is none."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        return "\0"  # no YAML, and nothing anybody gathered: it will be left alone


def _heading(name: str) -> str:
    headings = {
        AUTHORS: "# What BibTeX cannot hold about authors: by paper, then by name as printed.\n\n",
        CONTACTS: "# E-mail addresses of authors, for you alone. Never commit this file.\n\n",
    }
    return headings.get(name, "")


@cache
def _scaffold(title: str = "My Workshop", name: str = "", date: str = "") -> dict[str, str]:
    """The text files of an edition that `init` has just written."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        files = {}
        for written in edition.scaffold(root, title=title, name=name, date=date):
            path = root / written
            if path.suffix in {".yaml", ".md", ".bib", ".py"}:
                files[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
        return files

"""What a merge works on: the edition's files, what was received before, what is found wrong."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from builder import edition, work
from builder.gather.gathered import Gathered
from builder.gather.received import FOLDER, Received
from builder.gather.reporting import Reporting
from builder.model import Finding, Where

BIBLIOGRAPHY = "papers/papers.bib"
AUTHORS = "papers/authors.yaml"
CONTACTS = "private/contacts.yaml"
EDITION = "proceedings/edition.yaml"
PEOPLE = "proceedings/people.yaml"
PROGRAM = "proceedings/program.yaml"


@dataclass
class Desk(Reporting):
    """One merge while it goes on."""

    root: Path
    gathered: Gathered
    before: Received
    """What this format gave last time."""
    after: Received = field(default_factory=Received)
    """What will be remembered of this time."""
    findings: list[Finding] = field(default_factory=list)
    changed: dict[str, None] = field(default_factory=dict)
    """Files written, relative to the edition's root."""
    keys: dict[str, str] = field(default_factory=dict)
    """Key in this edition by the source's id."""
    blank: dict[str, str] = field(default_factory=dict)
    """The files of an edition as `init` writes them, before anybody touched them."""

    @classmethod
    def of(cls, root: Path, gathered: Gathered) -> Desk:
        """The desk for bringing `gathered` into the edition in `root`."""
        before = Received.read(root, FOLDER, gathered.format)
        return cls(root, gathered, before, findings=list(gathered.findings), blank=scaffold())

    @property
    def remembered(self) -> str:
        """The file that will hold `after`."""
        return f"{FOLDER}/{self.gathered.format}.json"

    def write(self, name: str, data: str | bytes) -> None:
        """Writes a file of the edition, if it is not already so; a byte order mark stays."""
        if isinstance(data, str) and self._marked(name):
            data = "\ufeff" + data
        if work.write_if_changed(self.root / name, data):
            self.changed[name] = None

    def _marked(self, name: str) -> bool:
        try:
            with (self.root / name).open("rb") as file:
                return file.read(3) == codecs.BOM_UTF8
        except OSError:
            return False

    def text(self, name: str) -> str | None:
        """A text file of the edition as it is, line ends included; `None` if there is none."""
        try:
            return (self.root / name).read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            return "\0"  # no YAML, and nothing anybody gathered: it will be left alone

    def proposal(self, name: str, text: str, why: str) -> None:
        """Writes beside an edited file what the source would have put there."""
        beside = f"{name}.gathered"
        self.write(beside, text)
        self.report(
            code="gather-proposal",
            message=f"{name} stays as it is ({why}); what the source says stands in {beside}",
            where=Where(file=name),
            hint=f"take over what you want, then delete {beside}",
        )


def scaffold(title: str = "My Workshop", name: str = "", date: str = "") -> dict[str, str]:
    """The text files of an edition that `init` has just written, by their paths."""
    return dict(_scaffold(title, name, date))


@cache
def _scaffold(title: str, name: str, date: str) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        files = {}
        for written in edition.scaffold(root, title=title, name=name, date=date):
            path = root / written
            if path.suffix in {".yaml", ".md", ".bib", ".py"}:
                files[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
        return files

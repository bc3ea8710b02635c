"""From entries of `papers.bib`, with what `authors.yaml` adds, to `Paper` records."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from builder.edition import addresses, authors, latex, names
from builder.edition.bibtex import Bibliography, Entry, Field
from builder.edition.forms.authors import AuthorForm, AuthorsForm
from builder.edition.people import author
from builder.edition.sheet import Sheet
from builder.edition.suggest import closest, did_you_mean, listed
from builder.edition.supplements import file_name
from builder.model import (
    Contributor,
    Finding,
    Include,
    Markup,
    Name,
    Paper,
    PdfKind,
    Person,
    Severity,
    Supplement,
    Where,
)

OWN_FIELDS = (
    "track",
    "include",
    "archival",
    "pdf",
    "openreview",
    "video",
    "code",
    "data",
    "poster",
    "slides",
    "award",
    "presentation",
    "license",
    "specimen",
    "published",
    "status",
    "notice",
)
"""Fields of `papers.bib` that mean something to this program alone."""
READ_FIELDS = ("title", "author", "abstract", "keywords", *OWN_FIELDS)
"""Fields that a slip of the keyboard must not lose."""
USUAL_FIELDS = frozenset(
    [
        "doi",
        "url",
        "note",
        "language",
        "pages",
        "year",
        "month",
        "booktitle",
        "editor",
        "series",
        "volume",
        "number",
        "publisher",
        "address",
        "organization",
        "crossref",
        "isbn",
        "issn",
        "eprint",
        "location",
        "date",
        "venue",
        "eventtitle",
        "journal",
        "shorttitle",
        "subtitle",
        "id",
        "section",
        "type",
        "chapter",
        "edition",
        "editors",
        "key",
        "school",
        "annote",
        "howpublished",
        "file",
        "institution",
        "timestamp",
        "bibsource",
        "biburl",
        "software",
        "supp",
        "keyword",
        "day",
    ]
)
"""Fields that entries otherwise have; they are no slips of those that are read."""
_STATUSES: Mapping[str, Literal["", "revised", "erratum", "retracted"]] = {
    "revised": "revised",
    "erratum": "erratum",
    "retracted": "retracted",
}
_NO_PAPERS = frozenset(["proceedings", "mvproceedings", "xdata", "set"])
_PARENTS = frozenset(["book", "collection", "periodical", "mvbook", "mvcollection"])
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that a paper is made of beside its entry."""

    sheet: Sheet[AuthorsForm]
    people: Mapping[str, Person]
    supplements: Mapping[str, list[Supplement]]
    """By the name of their paper's files."""
    archival: bool
    """What the volume claims."""


def papers(
    bibliography: Bibliography, around: Circumstances, others: Iterable[str] = ()
) -> tuple[tuple[Paper, ...], list[Finding]]:
    """Every paper of the bibliography, in its order, and what is wrong with their fields.

    `others` are papers that are known already, by key.
    """
    reader = _Reader(bibliography, around.sheet, around.people, around.supplements, around.archival)
    found = tuple(reader.paper(entry) for entry in of(bibliography))
    reader.strangers({*(paper.key for paper in found), *others})
    return found, reader.findings


def of(bibliography: Bibliography) -> tuple[Entry, ...]:
    """The entries that are papers: not the volume itself, nor what others inherit from."""
    parents = {entry.get("crossref").casefold() for entry in bibliography.entries} - {""}
    return tuple(
        entry
        for entry in bibliography.entries
        if entry.type not in _NO_PAPERS
        and not (entry.type in _PARENTS and entry.key.casefold() in parents)
    )


@dataclass
class _Reader:
    bibliography: Bibliography
    sheet: Sheet[AuthorsForm]
    people: Mapping[str, Person]
    supplements: Mapping[str, list[Supplement]]
    archival: bool
    findings: list[Finding] = field(default_factory=list)

    def paper(self, entry: Entry) -> Paper:
        self.unknown(entry)
        pdf, pdf_url = self.pdf(entry)
        name = file_name(entry.key)
        return Paper(
            key=entry.key,
            title=self.markup(entry, "title") or Markup(),
            contributors=self.contributors(entry),
            abstract=self.markup(entry, "abstract"),
            keywords=self.several(entry, "keywords", r"[,;\n]"),
            track=self.text(entry, "track"),
            include=self.choice(entry, "include", {i.value: i for i in Include}, Include.VOLUME),
            archival=self.truth(entry, "archival", default=self.archival),
            pdf=pdf,
            pdf_file=f"papers/{name}.pdf" if pdf is PdfKind.LOCAL else "",
            pdf_url=pdf_url,
            supplements=tuple(self.supplements.get(unicodedata.normalize("NFC", name), ())),
            specimen=self.truth(entry, "specimen", default=False),
            presentation=self.text(entry, "presentation"),
            awards=self.several(entry, "award", ";"),
            openreview=self.address(entry, "openreview", addresses.openreview),
            doi=self.address(entry, "doi", addresses.doi),
            url=self.address(entry, "url"),
            video=self.address(entry, "video"),
            code=self.address(entry, "code"),
            data=self.address(entry, "data"),
            poster=self.address(entry, "poster"),
            slides=self.address(entry, "slides"),
            license=self.text(entry, "license"),
            language=self.text(entry, "language"),
            published=self.text(entry, "published"),
            status=self.choice(entry, "status", _STATUSES, ""),
            notice=self.text(entry, "notice"),
            note=self.text(entry, "note"),
            where=entry.where,
        )

    # -- fields --------------------------------------------------------------------------------

    def markup(self, entry: Entry, name: str) -> Markup | None:
        found = entry.field(name)
        if found is None or not found.value.strip():
            return None
        parsed = latex.parse(found.value)
        self.problems(entry, found, parsed.problems)
        return parsed.markup

    def problems(
        self, entry: Entry, found: Field, problems: Iterable[latex.Problem], offset: int = 0
    ) -> None:
        for problem in problems:
            self.findings.append(
                Finding(
                    code=problem.code,
                    severity=Severity.WARNING,
                    message=f"{found.name}: {problem.message}".rstrip(" :"),
                    subject=entry.key,
                    where=self.bibliography.where(found, offset + problem.at),
                    hint=problem.hint,
                )
            )

    def text(self, entry: Entry, name: str) -> str:
        value = entry.get(name)
        return " ".join(latex.plain(value).split()) if value else ""

    def several(self, entry: Entry, name: str, separator: str) -> tuple[str, ...]:
        value = entry.get(name)
        if not value:
            return ()
        parts = re.split(separator, value)
        if any(part.count("{") != part.count("}") for part in parts):  # {a, b} is one
            parts = re.split(separator + r"(?![^{]*\})", value)
        words = (" ".join(latex.plain(part).split()) for part in parts)
        return tuple(dict.fromkeys(word for word in words if word))

    def address(self, entry: Entry, name: str, rule: Callable[[str], str] = addresses.web) -> str:
        found = entry.field(name)
        if found is None or not found.value.strip():
            return ""
        try:
            return rule(latex.unescape_address(found.value))
        except ValueError as fault:
            self.fault(entry, found, str(fault), "", code="bad-address")
            return ""

    def choice(
        self, entry: Entry, name: str, choices: Mapping[str, _Value], default: _Value
    ) -> _Value:
        found = entry.field(name)
        if found is None or not (value := found.value.strip().lower()):
            return default
        if value in choices:
            return choices[value]
        self.fault(
            entry, found, f"`{name}` cannot be `{value}`{did_you_mean(value, choices)}",
            f"possible: {listed(choices)}",
        )  # fmt: skip
        return default

    def truth(self, entry: Entry, name: str, *, default: bool) -> bool:
        words = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}
        return self.choice(entry, name, words, default)

    def pdf(self, entry: Entry) -> tuple[PdfKind, str]:
        found = entry.field("pdf")
        value = found.value.strip() if found else ""
        if found is None or value.lower() in {"", "local"}:
            return PdfKind.LOCAL, ""
        if value.lower() == "none":
            return PdfKind.NONE, ""
        try:
            return PdfKind.LINK, addresses.web(latex.unescape_address(value))
        except ValueError:
            near = did_you_mean(value, ["local", "none"])
            self.fault(
                entry, found, f"`pdf` cannot be `{value[:60]}`{near}",
                "write `local`, `none`, or an address that begins with https://; "
                f"a local PDF is always papers/{file_name(entry.key)}.pdf",
            )  # fmt: skip
            return PdfKind.LOCAL, ""

    def fault(
        self, entry: Entry, found: Field, message: str, hint: str, code: str = "wrong-value"
    ) -> None:
        self.findings.append(
            Finding(
                code=code,
                severity=Severity.ERROR,
                message=message if code == "wrong-value" else f"{found.name}: {message}",
                subject=entry.key,
                where=found.where,
                hint=hint or "correct the address, or delete the field",
            )
        )

    def unknown(self, entry: Entry) -> None:
        for found in entry.fields:
            if found.name in {*READ_FIELDS, *USUAL_FIELDS} or found.name.startswith("x-"):
                continue
            near = closest(found.name, READ_FIELDS)
            if near is not None and entry.field(near) is None:
                self.findings.append(
                    Finding(
                        code="bibtex-unknown-field",
                        severity=Severity.WARNING,
                        message=f"the field `{found.name}` is not read; did you mean `{near}`?",
                        subject=entry.key,
                        where=found.where,
                        hint="correct the name; a field of your own can begin with `x-`",
                    )
                )

    # -- authors -------------------------------------------------------------------------------

    def contributors(self, entry: Entry) -> tuple[Contributor, ...]:
        found = entry.field("author")
        if found is None:
            return ()
        if "\\" in found.value or "%" in found.value or "$" in found.value:
            self.problems(entry, found, latex.parse(found.value).problems)
        people, findings = authors.read(
            found.value, entry.key, lambda at: self.bibliography.where(found, at)
        )
        self.findings += findings
        forms = self.sheet.form.root.get(entry.key, {}) if self.sheet.form else {}
        printed = {_same(name): name for name, _ in people}
        matched: dict[str, AuthorForm] = {}
        for key, form in forms.items():
            who = self.whom(key, printed)
            if who is None:
                self.nobody(entry.key, key, [name.full for name, _ in people])
            else:
                matched[who] = form
        contributors = []
        for name, where in people:
            said = matched.get(_same(name))
            person = self.people.get(said.person) if said else None
            contributors.append(author(name, said, person, where))
        return tuple(contributors)

    @staticmethod
    def whom(key: str, printed: Mapping[str, Name]) -> str | None:
        """Which of the printed names a key of authors.yaml means."""
        plain = unicodedata.normalize("NFC", " ".join(key.split()))
        if plain in printed:
            return plain
        parsed = _same(names.parse(key))
        return parsed if parsed in printed else None

    def nobody(self, paper: str, key: str, printed: list[str]) -> None:
        self.findings.append(
            Finding(
                code="author-not-found",
                severity=Severity.ERROR,
                message=f"`{key}` is none of the authors of `{paper}`{did_you_mean(key, printed)}",
                subject=paper,
                where=self._key(paper, key),
                hint=f"papers.bib has {listed(printed) or 'no authors'} there",
            )
        )

    def strangers(self, keys: set[str]) -> None:
        """Papers in authors.yaml that papers.bib does not have; one finding if it has none."""
        named = list(self.sheet.form.root) if self.sheet.form else []
        if not keys and len(named) > 1:
            self.findings.append(
                Finding(
                    code="paper-not-found",
                    severity=Severity.ERROR,
                    message=f"papers.bib has no paper at all; authors.yaml names {len(named)}",
                    where=self._key(named[0]),
                    hint="bring papers.bib back, or delete what stands in authors.yaml",
                )
            )
            return
        for key in named:
            if key not in keys:
                self.findings.append(
                    Finding(
                        code="paper-not-found",
                        severity=Severity.ERROR,
                        message=f"papers.bib has no paper `{key}`{did_you_mean(key, keys)}",
                        subject=key,
                        where=self._key(key),
                        hint="correct the key, or delete what stands below it",
                    )
                )

    def _key(self, *path: str) -> Where:
        tree = self.sheet.tree
        return tree.key(*path) if tree else Where(file=self.sheet.file)


def _same(name: Name) -> str:
    return " ".join(name.full.replace("\u00a0", " ").split())

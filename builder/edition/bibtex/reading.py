"""From the text of a file to its entries, with a finding for everything that went wrong."""

from __future__ import annotations

import logging
import re
from collections import ChainMap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as Split
from bibtexparser.splitter import Splitter

from builder.edition import source as sources
from builder.edition.bibtex import damage, keys
from builder.edition.bibtex.crossref import inherit
from builder.edition.bibtex.records import Bibliography, Entry, Field
from builder.edition.bibtex.values import evaluate, next_field
from builder.edition.source import Source
from builder.edition.suggest import did_you_mean, listed
from builder.model import Finding, Severity, Where

TYPES = [
    "inproceedings",
    "conference",
    "article",
    "proceedings",
    "book",
    "inbook",
    "incollection",
    "misc",
    "techreport",
    "unpublished",
    "phdthesis",
    "mastersthesis",
    "manual",
    "booklet",
    "collection",
    "online",
    "report",
    "thesis",
    "dataset",
    "software",
    "xdata",
    "set",
    "mvproceedings",
    "mvbook",
    "mvcollection",
    "periodical",
    "suppbook",
    "patent",
    "electronic",
]
"""Types of entries that BibTeX's and biblatex's styles know."""


def read(path: Path, file: str | None = None) -> Bibliography:
    """Everything in the BibTeX file at `path`; never raises for what stands in it.

    `file` is what places and findings call it: the path relative to the edition's root, by
    default the file's name. A file that is not there gives an empty result with a finding.
    """
    label = path.name if file is None else file
    source, findings = sources.read(path, label)
    if source is None:
        return Bibliography(file=label, findings=findings)
    bibliography = parse(source)
    return replace(bibliography, findings=(*findings, *bibliography.findings))


def parse(source: Source) -> Bibliography:
    """Everything in a BibTeX file's text."""
    return _Reader(source).bibliography()


_NAME = re.compile(r"[^\s{}\"#%(),=']+")


@contextmanager
def _quiet() -> Iterator[None]:
    # The parser logs what it stumbles over; we report the same with place and remedy.
    logger = logging.getLogger("bibtexparser")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _masked(text: str) -> str:
    r"""`text` as the splitter should see it, character for character as long.

    A line that begins with `%` is a comment to everybody who writes one, so no entry begins in
    it; `\\}` is a line break and a brace, not an escaped brace; a lone carriage return is a line.
    """
    text = re.sub(r"\r(?!\n)", "\n", text)
    text = text.replace("\\\\", "\x01\x01")
    return re.sub(r"(?m)^[ \t]*%.*$", lambda line: line[0].replace("@", "\x02"), text)


@dataclass
class _Reader:
    source: Source
    findings: list[Finding] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    masked: str = ""

    def bibliography(self) -> Bibliography:
        text = self.source.text
        self.masked = _masked(text)
        with _quiet():
            blocks = [_bare(block) for block in Splitter(self.masked).split().blocks]
        everything = self._strings(blocks)
        strings: dict[str, str] = {}
        at = 0
        failed = False
        for block in blocks:
            raw = block.raw or ""
            at = max(self.masked.find(raw, at), at)
            if isinstance(block, String):
                self._string(block, at, strings)
            elif isinstance(block, Split):
                self.entries.append(self._entry(block, at, ChainMap(strings, everything)))
            elif isinstance(block, ParsingFailedBlock):
                self.findings.append(damage.failed(self.source, at, raw, _reason(block)))
            elif isinstance(block, ImplicitComment) and not failed:
                # After an entry that could not be read, this is what is left of it.
                self.findings += damage.outside(self.source, at, raw)
            failed = isinstance(block, ParsingFailedBlock)
            at += len(raw)
        return self._sorted_out(everything)

    def _sorted_out(self, strings: dict[str, str]) -> Bibliography:
        entries, findings = inherit(self.entries)
        self.findings += findings
        self.findings += keys.repetitions((e.key, e.where) for e in entries if e.key)
        used: dict[str, Entry] = {}
        unusable = []
        for entry in entries:
            if not entry.key or entry.key in used:
                unusable.append(entry)
            else:
                used[entry.key] = entry
        return Bibliography(
            file=self.source.file,
            entries=tuple(used.values()),
            unusable=tuple(unusable),
            strings=tuple(strings.items()),
            findings=tuple(self.findings),
            source=self.source,
        )

    # -- strings -------------------------------------------------------------------------------

    def _strings(self, blocks: list[Block]) -> dict[str, str]:
        """All strings of the file: an entry may use one that is defined after it."""
        strings: dict[str, str] = {}
        for block in blocks:
            if isinstance(block, String):
                value = evaluate(block.value.replace("\x01", "\\"), strings)
                strings.setdefault(block.key.lower(), value.text)
        return strings

    def _string(self, block: String, at: int, strings: dict[str, str]) -> None:
        begin = self.masked.find("=", at) + 1
        begin = self.masked.find(block.value, begin)
        raw = self.source.text[begin : begin + len(block.value)]
        value = evaluate(raw, strings)
        strings[block.key.lower()] = value.text
        for word, offset in value.undefined:
            self._undefined(word, begin + offset, "", f"@string {block.key}", strings)

    def _undefined(
        self, word: str, at: int, key: str, field: str, strings: ChainMap[str, str] | dict[str, str]
    ) -> None:
        self.findings.append(
            Finding(
                code="bibtex-undefined-string",
                severity=Severity.ERROR,
                message=f"`{word}` in `{field}` is written without braces, but no @string "
                f"defines it{did_you_mean(word, strings)}",
                subject=key,
                where=self.source.where(at),
                hint=f"write `{{{word}}}` if these are the words you mean (that is how it is read "
                f"here), or define `@string{{{word} = {{…}}}}`",
            )
        )

    # -- entries -------------------------------------------------------------------------------

    def _entry(self, block: Split, at: int, strings: ChainMap[str, str]) -> Entry:
        text = self.source.text
        raw = block.raw or ""
        where = self.source.where(at)
        opening = at + min(raw.find(mark) for mark in "{(" if mark in raw)
        key_at = text.find(block.key, opening + 1) if block.key else opening + 1
        key = text[key_at : key_at + len(block.key)]
        self.findings += keys.faults(key, where)
        type_ = block.entry_type.lower()
        if hint := did_you_mean(type_, TYPES) if type_ not in TYPES else "":
            self.findings.append(
                Finding(
                    code="bibtex-unknown-type",
                    severity=Severity.WARNING,
                    message=f"no bibliography knows entries of type `@{type_}`{hint}",
                    subject=key,
                    where=where,
                    hint="papers of a volume are `@inproceedings`",
                )
            )
        found: list[Field] = []
        position = key_at + len(block.key)
        for item in block.fields:
            name_at = self.masked.find(item.key, position)
            value_at = self.masked.find("=", name_at + len(item.key)) + 1
            value_at = self.masked.find(item.value, value_at)
            position = value_at + len(item.value)
            found += self._fields(key, item.key, (name_at, value_at, position), strings)
        return Entry(
            key=key,
            type=type_,
            fields=self._once(key, found),
            where=where,
            span=(self.source.byte(at), self.source.byte(at + len(raw))),
        )

    def _fields(
        self, key: str, name: str, span: tuple[int, int, int], strings: ChainMap[str, str]
    ) -> Iterator[Field]:
        """A field and those that it would swallow; `span`: where name and value begin, the end."""
        name_at, at, end = span
        text = self.source.text
        # A comment within the entry stands before the name; only the last word is the name.
        own = name
        if "\n" in name:
            lines = [line for line in name.splitlines() if not line.lstrip().startswith("%")]
            own = (lines[-1] if lines else name).strip()
            name_at += name.rfind(own)
        if not _NAME.fullmatch(own):
            self.findings.append(
                Finding(
                    code="bibtex-syntax",
                    severity=Severity.ERROR,
                    message=f"`{' '.join(own.split())[:60]}` is no name of a field",
                    subject=key,
                    where=self.source.where(name_at),
                    hint="fields are written `name = {value},`; look for a comma or a brace "
                    "too many just before it",
                )
            )
            last = own.split()[-1] if own.split() else own
            name_at += own.rfind(last)
            own = last
        while True:
            value = evaluate(text[at:end], strings)
            stop = at + value.end
            for word, offset in value.undefined:
                self._undefined(word, at + offset, key, own, strings)
            where = self.source.where(at)
            yield Field(
                name=own.lower(),
                raw=text[at:stop],
                value=value.text,
                where=where,
                span=(self.source.byte(name_at), self.source.byte(stop)),
                at=at + value.content if value.content is not None else None,
            )
            if not value.rest and stop > at:
                return
            following = next_field(text[:end], stop)
            if following is None:
                self.findings.append(self._stray(key, own, value.rest, where))
                return
            self.findings.append(self._no_comma(key, own, following[0], stop))
            own, name_at, at = following

    def _stray(self, key: str, name: str, rest: str, where: Where) -> Finding:
        what = f"`{' '.join(rest.split())[:40]}` stands after its value" if rest else "has no value"
        return Finding(
            code="bibtex-syntax",
            severity=Severity.ERROR,
            message=f"the field `{name}`: {what}" if rest else f"the field `{name}` {what}",
            subject=key,
            where=where,
            hint="put the whole value into one pair of braces",
        )

    def _no_comma(self, key: str, name: str, following: str, at: int) -> Finding:
        return Finding(
            code="bibtex-missing-comma",
            severity=Severity.ERROR,
            message=f"no comma after the field `{name}`: BibTeX would lose `{following}`, "
            "which is read here all the same",
            subject=key,
            where=self.source.where(max(at - 1, 0)),
            hint="add a comma at the end of that line",
        )

    def _once(self, key: str, fields: list[Field]) -> tuple[Field, ...]:
        kept: dict[str, Field] = {}
        for item in fields:
            first = kept.setdefault(item.name, item)
            if first is not item:
                self.findings.append(
                    Finding(
                        code="bibtex-duplicate-field",
                        severity=Severity.ERROR,
                        message=f"the field {listed([item.name])} stands twice, at lines "
                        f"{first.where.line} and {item.where.line}; the first is used",
                        subject=key,
                        where=item.where,
                        hint="delete the one that is wrong",
                    )
                )
        return tuple(kept.values())


def _bare(block: Block) -> Block:
    """The block itself, where the parser wraps it because something about it is repeated."""
    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        if inner is None:
            break
        block = inner
    return block


def _reason(block: ParsingFailedBlock) -> str:
    return str(getattr(block.error, "abort_reason", "") or block.error)

"""The checks that PMLR's editors run on a volume before they take it, run here first.

What is checked follows `check_volume` of github.com/mlresearch/papersite (read 2026-11-22); its
list of proper names, which grows with every volume, is left to them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry

from builder.check.profiles.pmlr import PROCEEDINGS

_ORGANISATION = re.compile(r"\{.*\}", re.DOTALL)


def problems(bib: str, names: Collection[str]) -> tuple[str, ...]:
    """What PMLR's editors would send back, in words; `names` are the files beside the `.bib`."""
    library = parse_string(bib)
    found = [f"an entry cannot be read: {block.error}" for block in library.failed_blocks]
    volume = next((e for e in library.entries if e.entry_type.lower() == "proceedings"), None)
    papers = [e for e in library.entries if e.entry_type.lower() == "inproceedings"]
    fields = {key: str(field.value) for key, field in volume.fields_dict.items()} if volume else {}
    found += _volume(fields)
    found += _sections(fields, {e.key: _value(e, "section") for e in papers})
    found += _files({e.key for e in papers}, names)
    for entry in papers:
        for field in ("title", "author", "abstract"):
            text = _value(entry, field)
            if not text.strip():
                found.append(f"{entry.key}: {field} is missing")
            found += [f"{entry.key}: {field} {fault}" for fault in _text(field, text)]
        found += [f"{entry.key}: {fault}" for fault in _names(_value(entry, "author"))]
        if not re.fullmatch(r"[a-z][a-z-]*\d\d[a-z]?", entry.key):
            found.append(f"{entry.key}: the key is not a last name in ASCII and a year")
    return tuple(found)


def _value(entry: Entry, field: str) -> str:
    known = {key.lower(): item for key, item in entry.fields_dict.items()}
    return str(known[field].value) if field in known else ""


def _volume(fields: dict[str, str]) -> Iterator[str]:
    if not fields:
        yield "there is no @Proceedings entry"
        return
    for name in PROCEEDINGS:
        if name not in fields:
            yield f"@Proceedings lacks {name}"
        elif not fields[name].strip() and name != "volume":
            yield f"@Proceedings: {name} is empty"
    for name in ("start", "end", "published"):
        value = fields.get(name, "")
        if value and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            yield f"@Proceedings: {name} is no date like 2025-07-19"


def _sections(fields: dict[str, str], papers: dict[str, str]) -> Iterator[str]:
    declared = [name.strip() for name in fields.get("sections", "").split("|") if name.strip()]
    for key, section in papers.items():
        if declared and section not in declared:
            yield f"{key}: section {section or 'is missing'} is none of {', '.join(declared)}"
        elif section and not declared:
            yield f"{key}: has a section, but @Proceedings declares none"
    for name in declared:
        if name not in papers.values():
            yield f"the section {name} has no papers"


def _files(keys: set[str], names: Collection[str]) -> Iterator[str]:
    pdfs = {n.removesuffix(".pdf") for n in names if n.endswith(".pdf") and "-supp." not in n}
    yield from (f"{key}: {key}.pdf is missing" for key in sorted(keys - pdfs))
    yield from (f"{name}.pdf belongs to no entry" for name in sorted(pdfs - keys))
    for name in names:
        owner, supplement, _ = name.partition("-supp.")
        if "/" in name:
            yield f"{name} stands in a folder of its own"
        elif supplement and owner not in keys:
            yield f"{name} belongs to no entry"


def _text(field: str, text: str) -> Iterator[str]:
    if not text.isascii():
        beyond = "".join(dict.fromkeys(char for char in text if not char.isascii()))
        yield f"holds characters that are not written as LaTeX: {beyond}"
    if "\\\\" in text:
        yield "holds two backslashes in a row"
    if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in text):
        yield "holds a control character"
    if field == "author":
        return
    plain = re.sub(r"\$[^$]*\$", "", text)
    if escapes := sorted(set(re.findall(r"\\[${}_]", plain))):
        yield f"holds {' '.join(escapes)}, which the series' pages show as they stand"
    if r"\textbackslash" in plain:
        yield r"holds \textbackslash"
    if wrapped := re.search(r"\b[a-z]{2,}- [a-z]{2,}\b", plain):
        yield f"looks as if a line had been broken in a word: {wrapped[0]}"


def _names(authors: str) -> Iterator[str]:
    for name in re.split(r"\s+and\s+", authors.strip()):
        if not name or _ORGANISATION.fullmatch(name):
            continue
        family = name.partition(",")[0]
        if "," not in name:
            yield f"no comma in the name {name}"
        elif family[0].islower() and not re.search("[A-Z]", family):
            yield f"the family name {family} has no capital letter"

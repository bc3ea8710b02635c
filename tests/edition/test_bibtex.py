"""papers.bib, with every fault at its line."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from builder.edition import bibtex
from builder.edition.bibtex import Bibliography
from builder.edition.source import decode
from builder.model import Severity


def parse(text: str | bytes) -> Bibliography:
    source, _ = decode(text if isinstance(text, bytes) else text.encode(), "papers.bib")
    return bibtex.parse(source)


def faults(bibliography: Bibliography) -> list[tuple[str, int | None]]:
    return [(f.code, f.where.line if f.where else None) for f in bibliography.findings]


def assert_places_are_right(bibliography: Bibliography, data: bytes) -> None:
    assert bibliography.source is not None
    for entry in (*bibliography.entries, *bibliography.unusable):
        begin, end = entry.span
        assert data[begin : begin + 1] == b"@"
        assert data[end - 1 : end] in b"})"
        assert data[:begin].count(b"\n") + 1 == entry.where.line
        for field in entry.fields:
            if field.inherited:
                continue
            written = data[slice(*field.span)].decode()
            assert written.lower().startswith(field.name)
            assert written.endswith(field.raw)
            if field.at is not None:
                assert bibliography.source.text.startswith(field.value, field.at)


@pytest.fixture
def malformed(shared: Path) -> Bibliography:
    return bibtex.read(shared / "corpora/bibtex/malformed.bib")


def test_every_deliberate_defect_is_found_at_its_line(malformed: Bibliography) -> None:
    assert sorted(faults(malformed), key=lambda fault: fault[1] or 0) == [
        ("bibtex-unbalanced", 11),
        ("bibtex-missing-comma", 22),
        ("bibtex-undefined-string", 28),
        ("bibtex-duplicate-field", 32),
        ("bibtex-duplicate-key", 35),
        ("bibtex-empty-key", 39),
        ("bibtex-bad-key", 42),
        ("bibtex-truncated", 56),
    ]
    assert {finding.severity for finding in malformed.findings} == {Severity.ERROR}


def test_what_is_no_defect_is_read(malformed: Bibliography, shared: Path) -> None:
    value = {entry.key: entry.get for entry in malformed.entries}
    assert value["good1"]("series") == "Proceedings of Machine Learning Research 99"
    assert value["good1"]("month") == "July~4"
    assert value["good2"]("title") == 'Quote {"}inside{"} title'
    assert value["missingcomma"]("author") == "A, B"
    assert value["dupfield"]("title") == "One"
    assert "@foo at line start" in value["atsign"]("note")
    assert value["child"]("booktitle") == "Parent Proc Book"
    assert value["child"]("publisher") == "Proceedings of Machine Learning Research"
    assert dict(malformed.strings)["nips"] == "NeurIPS"
    assert [entry.key for entry in malformed.unusable] == ["good1", ""]
    data = (shared / "corpora/bibtex/malformed.bib").read_bytes()
    assert_places_are_right(malformed, data)


def test_a_repeated_key_names_both_lines(malformed: Bibliography) -> None:
    message = next(f.message for f in malformed.findings if f.code == "bibtex-duplicate-key")
    assert "line 4" in message
    assert "line 35" in message


def test_the_field_with_the_open_brace_is_named(malformed: Bibliography) -> None:
    message = next(f.message for f in malformed.findings if f.code == "bibtex-unbalanced")
    assert "`title`, line 12" in message


@pytest.mark.parametrize(
    ("name", "papers", "keys"),
    [("304", 80, set()), ("328", 55, {"miñoza26", "schrödter26"})],
)
def test_real_submissions_are_read_whole(
    shared: Path, name: str, papers: int, keys: set[str]
) -> None:
    path = shared / f"corpora/bibtex/pmlr-v{name}-as-submitted.bib"
    bibliography = bibtex.read(path)
    assert len(bibliography.entries) == papers
    assert {finding.subject for finding in bibliography.findings} == keys
    assert {finding.code for finding in bibliography.findings} <= {"bibtex-non-ascii-key"}
    assert_places_are_right(bibliography, path.read_bytes())


def test_a_value_without_braces_can_be_told(shared: Path) -> None:
    entry = bibtex.read(shared / "corpora/bibtex/pmlr-v304-as-submitted.bib").entries[0]
    volume = entry.field("volume")
    assert volume is not None
    assert volume.bare
    assert (volume.raw, volume.value, volume.where.line) == ("304", "304", 12)


def test_missing_commas_lose_nothing() -> None:
    bibliography = parse('@misc{a,\n title = {T}\n year = 2024\n author = {A, B}\n note = "N",\n}')
    (entry,) = bibliography.entries
    assert [field.name for field in entry.fields] == ["title", "year", "author", "note"]
    assert faults(bibliography) == [("bibtex-missing-comma", line) for line in (2, 3, 4)]


def test_a_brace_too_many_is_noticed_by_what_falls_out() -> None:
    bibliography = parse("@misc{a, title = {T}},\n  author = {Lost, Jane}}\n@misc{b, title={B}}")
    assert faults(bibliography) == [("bibtex-outside-entry", 2)]
    assert [entry.key for entry in bibliography.entries] == ["a", "b"]


def test_a_forgotten_at_sign_is_noticed() -> None:
    assert faults(parse("inproceedings{a, title = {T}}")) == [("bibtex-outside-entry", 1)]


def test_a_line_that_begins_with_percent_is_a_comment() -> None:
    bibliography = parse("% @misc{old, title = {Old}}\n%@misc{older,\n@misc{new, title = {New}}")
    assert [entry.key for entry in bibliography.entries] == ["new"]
    assert bibliography.findings == ()


def test_a_comment_within_an_entry_is_passed_over() -> None:
    (entry,) = parse("@misc{a,\n  % to do: check\n  title = {T},\n}").entries
    assert [(field.name, field.value) for field in entry.fields] == [("title", "T")]


def test_an_unquoted_word_is_kept_and_reported() -> None:
    bibliography = parse("@misc{a, track = long}")
    assert bibliography.entries[0].get("track") == "long"
    (finding,) = bibliography.findings
    assert finding.code == "bibtex-undefined-string"
    assert "{long}" in finding.hint


def test_a_string_may_be_defined_after_its_use_and_again() -> None:
    bibliography = parse('@misc{a, note = x}\n@string{x = "1"}\n@string{x = "2"}\n@misc{b, note=x}')
    assert [entry.get("note") for entry in bibliography.entries] == ["1", "2"]
    assert bibliography.findings == ()


def test_crossref_inherits_through_generations_and_survives_a_circle() -> None:
    bibliography = parse(
        "@misc{c, crossref={P}}@book{p, title={Book}, crossref={g}}@book{g, publisher={X}}"
        "@misc{x, crossref={y}}@misc{y, crossref={x}}@misc{z, crossref={nobody}}"
    )
    entry = bibliography.entry("c")
    assert entry is not None
    assert (entry.get("booktitle"), entry.get("publisher")) == ("Book", "X")
    assert {f.code for f in bibliography.findings} == {"bibtex-crossref"}
    assert "z" in {f.subject for f in bibliography.findings}


def test_a_chain_of_thousands_of_parents_is_cut() -> None:
    chain = "".join(f"@misc{{a{n}, crossref={{a{n + 1}}}}}\n" for n in range(3000))
    bibliography = parse(chain)
    assert len(bibliography.entries) == 3000
    assert {finding.code for finding in bibliography.findings} == {"bibtex-crossref"}


@pytest.mark.parametrize("key", ["a b", "a/b", "../../etc/passwd", "con", "DBLP:conf/x/Doe25"])
def test_a_key_that_cannot_name_a_file_is_a_fault(key: str) -> None:
    (finding,) = parse(f"@misc{{{key}, title={{T}}}}").findings
    assert finding.code == "bibtex-bad-key"
    assert finding.subject == key


def test_keys_that_differ_only_in_capitals_are_a_fault_and_both_stay() -> None:
    bibliography = parse("@misc{Doe25, title={A}}\n@misc{doe25, title={B}}")
    assert [entry.key for entry in bibliography.entries] == ["Doe25", "doe25"]
    assert faults(bibliography) == [("bibtex-duplicate-key", 2)]


def test_spans_count_bytes_with_bom_windows_line_ends_and_broken_bytes() -> None:
    data = b"\xef\xbb\xbf% \xc3\xa9\xff\r\n@misc{a,\r\n  title = {\xc3\x9cber \xfc},\r\n}\r\n"
    data += b"@misc{b, note={x}}\r\n"
    bibliography = parse(data)
    spans = [data[slice(*entry.span)] for entry in bibliography.entries]
    assert spans == [b"@misc{a,\r\n  title = {\xc3\x9cber \xfc},\r\n}", b"@misc{b, note={x}}"]
    title = bibliography.entries[0].field("title")
    assert title is not None
    assert data[slice(*title.span)] == b"title = {\xc3\x9cber \xfc}"
    assert (title.where.line, title.where.column) == (3, 11)


def test_replacing_one_span_leaves_the_rest_as_it_was(shared: Path) -> None:
    data = (shared / "corpora/bibtex/pmlr-v328-as-submitted.bib").read_bytes()
    entry = parse(data).entries[7]
    field = entry.field("title")
    assert field is not None
    begin, end = field.span
    changed = parse(data[:begin] + b"title = {New}" + data[end:])
    assert changed.entries[7].get("title") == "New"
    assert [e.get("author") for e in changed.entries] == [
        e.get("author") for e in parse(data).entries
    ]


def test_the_parser_underneath_says_nothing_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        parse("@misc{a, title = {open")
    assert caplog.records == []


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "@misc", "@misc{", "@misc{a", "@misc{a,", "@misc{a}", "@misc{a, }", "@misc{a, x}",
        "@misc{a, x=}", "@misc{a, =y}", "@misc{a, x = # }", "@misc{a x=1}", "@string{",
        "@string{a}",
        "@misc{a, x = \"open}", "@misc{a, x={\\}}", "@misc(a, x=1)", "@comment{", "}}}}", "{{{{",
        "@misc{a, x={1} {2}}", "@misc{a, x={1} junk}", "\x00@misc{a, x={\x00}}",
        "@misc{a, {x} = 1, y = 2}", "@misc{,=,}", "@preamble{\"x\"}", "@misc{a, x = 1 # 2 # y}",
        "@misc{a,\r title={x}\r}",
    ],
)  # fmt: skip
def test_no_text_makes_the_reader_raise(text: str) -> None:
    bibliography = parse(text)
    for entry in bibliography.entries:
        assert entry.key
    for finding in bibliography.findings:
        assert finding.where is not None
        assert finding.hint


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    (finding,) = bibtex.read(tmp_path / "papers.bib", "papers/papers.bib").findings
    assert finding.code == "file-missing"
    assert "papers/papers.bib" in finding.message

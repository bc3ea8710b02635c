"""What stands on the pages."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from types import ModuleType
from typing import Any

from builder.model import Event, Markup, Paper, Plan, Program, Session, Slot, Volume


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_page_stands_at_its_promised_address(plain: Any) -> None:
    expected = {
        "index.html",
        "papers.html",
        "papers/doe25.html",
        "papers/oster25.html",
        "papers/elsewhere25.html",
        "authors.html",
        "authors/jane-doe.html",
        "authors/the.atlas.collaboration.html",
        "program.html",
        "people.html",
        "downloads.html",
        "search.html",
    }
    assert expected <= set(plain.files())


def test_nothing_is_found_about_a_sound_edition(plain: Any) -> None:
    assert plain.findings == ()


def test_a_withdrawn_paper_is_nowhere(plain: Any) -> None:
    assert not any("gone25" in path for path in plain.files())
    assert not [path for path, data in plain.files().items() if b"gone25" in data]


def test_a_former_name_is_shown_only_if_its_bearer_wants_it(
    plain: Any, make: Any, editions: ModuleType
) -> None:
    assert not [path for path, data in plain.files().items() if b"Janet" in data]
    volume = editions.volume()
    person = replace(volume.people[0], former_names_public=True)
    built = make(replace(volume, people=(person,)))
    assert "formerly" in built.read("authors/jane-doe.html")
    assert "Janet Roe" in built.read("authors/jane-doe.html")


def test_a_paper_page_says_what_is_known_of_the_paper(plain: Any) -> None:
    page = text(plain.read("papers/doe25.html"))
    for words in (
        "Jane Doe",
        "Łukasz Øster",
        "KTH, Stockholm, Sweden",
        "Best paper",
        "We sort quickly.",
        "sorting , bounds",
        "1–8 of",
        "Session 1A",
        "20 July 2025, 9:00–9:20, America/Vancouver (UTC−7), Hall A",
        "Presented remotely by Łukasz Øster",
        "Posters",
        "Creative Commons Attribution 4.0 International",
        "@inproceedings{doe25,",
        "Software (zip)",
    ):
        assert words in page
    html = plain.read("papers/doe25.html")
    for address in (
        'href="doe25.pdf"',
        'href="doe25/doe25-supp.zip"',
        'href="doe25.bib"',
        'href="doe25.ris"',
        'href="doe25.json"',
        'href="https://orcid.org/0000-0002-1825-0097"',
        'href="https://openreview.net/forum?id=abc"',
        'href="https://doi.org/10.5555/12345"',
        'href="../sessions/1a.html"',
        'href="../authors/jane-doe.html"',
        'href="oster25.html"',
    ):
        assert address in html


def test_a_session_with_papers_has_a_page_of_its_own(plain: Any) -> None:
    page = text(plain.read("sessions/1a.html"))
    for words in (
        "Sunday, 20 July 2025, 9:00–10:00, America/Vancouver",
        "Hall A · Chair: Grace Hopper",
        "9:00–9:20",
        "We sort quickly.",
        "An invited poster",
    ):
        assert words in page
    html = plain.read("sessions/1a.html")
    assert 'href="../program.html#session-1a"' in html
    assert 'href="../papers/doe25.html"' in html
    assert 'href="sessions/1a.html"' in plain.read("program.html")
    # A break or a keynote holds no paper: it stands on the program page alone.
    assert {path for path in plain.files() if path.startswith("sessions/")} == {
        "sessions/1a.html",
        "sessions/1b.html",
        "sessions/posters.html",
    }


def test_what_became_of_a_paper_stands_on_its_page_and_in_every_list(
    make: Any, editions: ModuleType
) -> None:
    volume = editions.volume()
    first, second, *others = volume.papers
    first = replace(first, status="retracted", notice="The data were not real.")
    second = replace(second, status="revised")
    built = make(replace(volume, papers=(first, second, *others)))
    page = built.read("papers/doe25.html")
    assert "Retracted: The data were not real." in text(page).replace(" :", ":")
    assert '"creativeWorkStatus":"Retracted"' in page
    for path in ("papers.html", "program.html", "sessions/1a.html", "authors/jane-doe.html"):
        assert ">Retracted</span>" in built.read(path), path
    assert ">Revised</span>" in built.read("papers.html")
    assert "<strong>Revised</strong>" in built.read("papers/oster25.html")


def test_the_program_says_that_a_paper_is_withdrawn_and_not_its_key(
    make: Any, editions: ModuleType
) -> None:
    volume = editions.volume()
    slots = (Slot(paper="gone25"), Slot(paper="gone25", title="Another talk"), Slot(paper="doe25"))
    session = Session(id="one", title="One", date=dt.date(2025, 7, 20), slots=slots)
    built = make(replace(volume, program=Program(sessions=(session,))))
    for path in ("program.html", "sessions/one.html"):
        page = text(built.read(path))
        assert "Withdrawn" in page, path
        assert "Another talk" in page, path
        assert "gone25" not in page, path


def test_a_published_paper_that_is_withdrawn_keeps_its_address(
    make: Any, editions: ModuleType
) -> None:
    volume = editions.volume()
    *others, gone = volume.papers
    gone = replace(gone, notice="Withdrawn by its authors.")
    built = make(replace(volume, papers=(*others, gone), locked={"gone25": (10, 12)}))
    page = built.read("papers/gone25.html")
    assert "Withdrawn by its authors." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "citation_title" not in page
    assert not any(
        b"gone25" in data for path, data in built.files().items() if path != "papers/gone25.html"
    )


def test_a_paper_without_anything_optional_has_no_empty_headings(plain: Any) -> None:
    page = plain.read("papers/oster25.html")
    assert "Abstract" not in page
    assert "Keywords" not in page
    assert "Sessions</dt>" not in page


def test_the_pdf_lies_beside_its_page(plain: Any) -> None:
    assert (plain.out / "papers/doe25.pdf").read_bytes().startswith(b"%PDF")
    assert (plain.out / "booklet.pdf").is_file()
    assert 'href="booklet.pdf"' in plain.read("index.html")


def test_without_a_booklet_nothing_links_one(make: Any) -> None:
    built = make()
    for path, data in built.files().items():
        if path.endswith(".html"):
            assert b".pdf" not in data.replace(b"https://example.org/paper.pdf", b""), path


def test_a_placeholder_is_not_offered_as_the_paper(make: Any, editions: ModuleType) -> None:
    first, second = editions.plan().papers
    built = make(plan=Plan((replace(first, placeholder=True, sha256=""), second)), printed=True)
    assert not (built.out / "papers/doe25.pdf").exists()
    assert (built.out / "papers/oster25.pdf").exists()


def test_sections_that_the_edition_lacks_are_absent(make: Any) -> None:
    volume = Volume(event=Event(name="Nothing yet", short_name="NY 2030"), title="None")
    built = make(volume, plan=Plan(), index="# Soon\n")
    pages = {path for path in built.files() if path.endswith(".html")}
    assert pages == {"index.html", "about.html", "search.html"}
    assert "papers.html" not in built.read("index.html")


def test_a_program_without_any_times_is_readable(make: Any, editions: ModuleType) -> None:
    volume = editions.volume()
    bare = tuple(
        replace(session, start=None, end=None, date=None)
        for session in volume.program.sessions
        if not session.sessions
    )
    event = Event(name="W", short_name="W")
    built = make(replace(volume, event=event, program=Program(sessions=bare)))
    page = built.read("program.html")
    assert "Coffee break" in page
    assert "<time" not in page
    assert "All times" not in page


def test_times_carry_their_zone(plain: Any) -> None:
    page = plain.read("program.html")
    assert "All times: America/Vancouver (UTC−7)" in page
    begins, ends = "2025-07-19T09:00-07:00", "2025-07-19T10:00-07:00"
    assert f'<time datetime="{begins}" data-end="{ends}">9:00–10:00</time>' in page


def test_an_author_page_gathers_papers_co_authors_and_committees(plain: Any) -> None:
    page = text(plain.read("authors/jane-doe.html"))
    for words in (
        "Jane Doe",
        "Works on examples.",
        "Bounds of",
        "Łukasz Øster",
        "Organizers",
        "ORCID",
    ):
        assert words in page


def test_a_name_alone_makes_nobody_of_a_committee_an_author(
    make: Any, editions: ModuleType
) -> None:
    volume = editions.volume()
    namesake = replace(volume.papers[1].contributors[0], affiliations=())
    committee = replace(volume.committees[0], members=(namesake,))
    built = make(replace(volume, committees=(committee,), event=replace(volume.event, contacts=())))
    assert "authors/" not in built.read("people.html").split("<article")[1]
    page = next(path for path in built.files() if path.startswith("authors/lukasz"))
    assert "Committees" not in built.read(page)


def test_the_navigation_leads_everywhere_from_everywhere(plain: Any) -> None:
    for path in ("index.html", "papers/doe25.html", "about.html"):
        up = "../" if "/" in path else ""
        page = plain.read(path)
        for name in ("papers", "program", "authors", "people", "about", "downloads"):
            if path != f"{name}.html":
                assert f'href="{up}{name}.html"' in page, (path, name)
    assert 'aria-current="page" class="reference internal current" href="#"' in plain.read(
        "program.html"
    )


def test_every_internal_link_leads_somewhere(plain: Any) -> None:
    for path in plain.files():
        if not path.endswith(".html"):
            continue
        html = plain.read(path)
        for target in re.findall(r'(?:href|src)="([^"]*)"', html):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            file = file.partition("?")[0]
            found = (plain.out / path).parent / file if file else plain.out / path
            assert found.resolve().is_file(), (path, target)
            if anchor and found.suffix == ".html" and "=" not in anchor:
                assert f'id="{anchor}"' in found.read_text(encoding="utf-8"), (path, target)


def test_ids_are_unique_on_every_page(plain: Any, attacked: Any) -> None:
    for built in (plain, attacked):
        for path in built.files():
            if path.endswith(".html"):
                ids = re.findall(r'\sid="([^"]+)"', built.read(path))
                assert len(ids) == len(set(ids)), path


def test_citations_are_files_too(plain: Any) -> None:
    assert plain.read("papers/doe25.bib").startswith("@inproceedings{doe25,")
    assert plain.read("papers/doe25.ris").startswith("TY  - ")
    assert json.loads(plain.read("papers/doe25.json"))[0]["id"] == "doe25"
    assert plain.read("citations.bib").count("@inproceedings{") >= 2
    assert len(json.loads(plain.read("citations.json"))) == 3


def test_metadata_can_be_taken_away(plain: Any) -> None:
    papers = {paper["key"]: paper for paper in json.loads(plain.read("metadata.json"))["papers"]}
    assert papers["doe25"]["first_page"] == 1
    assert papers["doe25"]["authors"][0]["orcid"] == "0000-0002-1825-0097"
    assert papers["doe25"]["pdf"] == "papers/doe25.pdf"
    assert "pdf" not in papers["elsewhere25"]
    rows = plain.read("papers.csv").splitlines()
    assert rows[0].startswith("key,title,authors,track")
    assert len(rows) == 4


def test_no_cell_of_the_table_is_a_formula(make: Any, editions: ModuleType) -> None:
    volume = editions.volume()
    paper = replace(volume.papers[1], title=Markup.text("=HYPERLINK(1)"))
    built = make(replace(volume, papers=(paper,)))
    assert "oster25,'=HYPERLINK(1)," in built.read("papers.csv")


def test_checksums_hold(plain: Any) -> None:
    import hashlib

    lines = plain.read("SHA256SUMS.txt").splitlines()
    assert {line.split("  ")[1] for line in lines} >= {
        "booklet.pdf",
        "papers/doe25.pdf",
        "citations.bib",
    }
    for line in lines:
        digest, path = line.split("  ")
        assert hashlib.sha256((plain.out / path).read_bytes()).hexdigest() == digest


def test_active_supplements_are_left_out_and_reported(make: Any, editions: ModuleType) -> None:
    from builder.model import Supplement

    volume = editions.volume()
    paper = replace(volume.papers[0], supplements=(Supplement(file="papers/doe25-supp.html"),))
    root_before = make(volume, name="e")
    (root_before.root / "papers" / "doe25-supp.html").write_text("<script></script>")
    built = make(replace(volume, papers=(paper,)), name="e")
    assert "site-active-supplement" in built.codes()
    assert "doe25-supp.html" not in " ".join(built.files())


def test_a_formula_that_cannot_be_shown_is_reported(make: Any, editions: ModuleType) -> None:
    from builder.model.markup import Math

    volume = editions.volume()
    paper = replace(volume.papers[0], title=Markup((Math(r"\unknowncommand{x}"),)))
    built = make(replace(volume, papers=(paper,)))
    assert "site-formula" in built.codes()
    assert r"\unknowncommand{x}" in built.read("papers/doe25.html")


def test_keys_that_are_no_file_names_get_safe_ones(make: Any, editions: ModuleType) -> None:
    def named(key: str) -> Paper:
        return replace(editions.volume().papers[1], key=key, title=Markup.text(key))

    volume = replace(
        editions.volume(), papers=tuple(map(named, ("con", "a/../b", "Ünï", "same", "SAME")))
    )
    built = make(volume, plan=Plan())
    pages = [path for path in built.files() if re.fullmatch(r"papers/[A-Za-z0-9._-]+\.html", path)]
    assert len(pages) == 5
    assert len({path.lower() for path in pages}) == 5
    assert "papers/con.html" not in pages


def test_editors_may_replace_a_template(make: Any) -> None:
    built = make(name="e")
    folder = built.root / "proceedings" / "_templates"
    folder.mkdir()
    (folder / "people.html").write_text('{% extends "builtin/people.html" %}', encoding="utf-8")
    (folder / "downloads.html").write_text("<p>{{ event.short_name }}, ours</p>", encoding="utf-8")
    again = make(name="e")
    assert "WSE 2025, ours" in again.read("downloads.html")
    assert "Grace Hopper" in again.read("people.html")


def test_a_broken_template_is_an_error_that_names_it(make: Any) -> None:
    built = make(name="e")
    folder = built.root / "proceedings" / "_templates"
    folder.mkdir()
    (folder / "people.html").write_text("\n{{ nothing.here }}", encoding="utf-8")
    (folder / "paper.html").write_text("\n{% if %}", encoding="utf-8")
    again = make(name="e")
    failed = [finding for finding in again.findings if finding.code == "site-failed"]
    assert len(failed) == 1
    assert "paper.html" in failed[0].message


def test_citations_and_search_can_be_left_out_without_a_trace(make: Any) -> None:
    conf = (
        'extensions = ["builder.site"]\nproceedings_citations = False\nproceedings_search = False\n'
    )
    built = make(pages={"conf.py": conf})
    files = built.files()
    left = (".bib", ".ris", ".enw", ".mods.xml", "doe25.json")
    assert [path for path in files if path.endswith(left) or path.startswith("search")] == []
    assert "data/citations-0.js" not in files
    pages = {path: data for path, data in files.items() if path.endswith(".html")}
    for word in (b"doe25.bib", b'data-proc-export="bib"', b"search.html", b"citations.ris"):
        assert [path for path, data in pages.items() if word in data] == []

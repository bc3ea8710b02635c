"""The sites of real volumes, read back by strangers' parsers and compared with the volume."""

from __future__ import annotations

import io
import json
import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin

import bibtexparser
import pypdf
import pytest
from lxml import etree

import sites
from builder.model import Name, Paper, Volume
from builder.model.markup import plain
from builder.site import desk
from builder.site.desk import Desk

MODS = {"m": "http://www.loc.gov/mods/v3"}


@dataclass
class Site:
    """One edition and the site that was made of it."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "build" / "site"

    @cached_property
    def desk(self) -> Desk:
        opened, _ = desk.read(self.root)
        assert opened is not None
        desk.paginate(opened)
        return opened

    @property
    def volume(self) -> Volume:
        return self.desk.volume

    @cached_property
    def pages(self) -> dict[str, sites.ReadPage]:
        return sites.pages(self.out)

    def page(self, paper: Paper) -> sites.ReadPage:
        return self.pages[f"{self.desk.addresses.paper(paper.key)}.html"]

    def text(self, path: str) -> str:
        return (self.out / path).read_text(encoding="utf-8")


def made(root: Path, proceedings) -> Site:
    for step in ("booklet", "site"):
        done = proceedings(step, "-C", root)
        assert done.returncode == 0, done.stdout + done.stderr
    return Site(root)


@pytest.fixture(scope="module")
def fictional(tmp_path_factory, repository, proceedings) -> Site:
    root = tmp_path_factory.mktemp("site") / "fictional"
    shutil.copytree(
        repository / "tests/data/fictional", root, ignore=shutil.ignore_patterns("build")
    )
    return made(root, proceedings)


@pytest.fixture(scope="module")
def terrabytes(tmp_path_factory, repository, proceedings) -> Site:
    root = tmp_path_factory.mktemp("site") / "terrabytes"
    for folder in ("proceedings", "papers"):
        shutil.copytree(
            repository / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    return made(root, proceedings)


@pytest.fixture(scope="module")
def sigdial(tmp_path_factory, shared, proceedings) -> Site:
    root = tmp_path_factory.mktemp("site") / "sigdial"
    source = shared / "corpora" / "sigdial2020"
    begun = proceedings("init", root, "--from", source, "--format", "aclpub2")
    assert begun.returncode == 0, begun.stderr
    return made(root, proceedings)


@pytest.fixture(
    params=["fictional", "terrabytes", pytest.param("sigdial", marks=pytest.mark.shared)]
)
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


def flat(text: str) -> str:
    return " ".join(text.split())


def turned(name: Name) -> str:
    """Family name first, by this test's own rule."""
    family = " ".join(part for part in (name.particle, name.family) if part)
    return name.literal or ", ".join(part for part in (family, name.suffix, name.given) if part)


def test_every_link_within_the_site_leads_somewhere(site: Site) -> None:
    assert len(site.pages) > 20
    assert sites.broken(site.out, site.pages) == []


def test_every_page_is_html_without_any_error(site: Site) -> None:
    for page in site.pages.values():
        page.parse()


def test_headings_skip_no_level(site: Site) -> None:
    for page in site.pages.values():
        levels = [
            int(tag.name[1]) for tag in page.soup.select("[role=main] :is(h1,h2,h3,h4,h5,h6)")
        ]
        steps = zip([0, *levels], levels, strict=False)
        assert all(after - before <= 1 for before, after in steps), (page.path, levels)


def test_no_id_stands_twice_on_a_page(site: Site) -> None:
    for path, page in site.pages.items():
        ids = [str(tag["id"]) for tag in page.soup.find_all(id=True)]
        # Furo's own icons and inputs aside, whose ids are not ours.
        double = {id for id in ids if ids.count(id) > 1}
        assert not double, f"{path}: {double}"


def test_every_paper_page_says_what_the_volume_says(site: Site) -> None:
    for paper in site.volume.shown:
        page = site.page(paper)
        title = flat(plain.render(paper.title)) or paper.key
        assert page.metas("og:title", "property") == [title]
        assert page.soup.h1 is not None
        if paper.specimen:
            assert page.metas("robots") == ["noindex"]
            assert not page.data
            assert not page.links("item")
            continue
        (article,) = page.data
        assert article["@type"] == "ScholarlyArticle"
        assert article["name"] == title
        names = [contributor.name.full for contributor in paper.contributors]
        assert [author["name"] for author in article.get("author", [])] == names
        assert article.get("abstract", "") == (
            plain.render(paper.abstract) if paper.abstract else ""
        )
        published = paper.archival and paper.in_volume
        assert ("isPartOf" in article) is published
        planned = site.desk.plan.of(paper.key)
        if published and planned and not planned.placeholder:
            assert (article["pageStart"], article["pageEnd"]) == (planned.first, planned.last)
        for address in page.links("item") + page.links("describedby"):
            assert (site.out / page.path).parent.joinpath(unquote(address)).is_file()


def test_scholarly_tags_are_the_volumes_own_and_only_where_they_belong(site: Site) -> None:
    for path, page in site.pages.items():
        papers = [one for one in site.volume.shown if site.page(one) is page]
        rows = [row for row in page.rows() if row[0].startswith(("citation_", "DC."))]
        if not papers or papers[0].specimen or not papers[0].archival:
            assert rows == [], path
            continue
        (paper,) = papers
        expected = []
        for contributor in paper.contributors:
            expected.append(("citation_author", turned(contributor.name)))
            expected += [
                ("citation_author_institution", place.name) for place in contributor.affiliations
            ]
            if contributor.orcid:
                orcid = f"https://orcid.org/{contributor.orcid}"
                expected.append(("citation_author_orcid", orcid))
        assert [row for row in rows if row[0].startswith("citation_author")] == expected
        assert page.metas("DC.creator") == [turned(one.name) for one in paper.contributors]
        assert page.metas("citation_doi") == ([paper.doi] if paper.doi else [])
        day = site.volume.date if paper.in_volume else site.volume.event.start
        if day:
            assert page.metas("citation_publication_date") == [day.strftime("%Y/%m/%d")]
            assert page.metas("DC.date") == [day.isoformat()]
        expected_title = site.volume.title if paper.in_volume else site.volume.event.name
        assert page.metas("citation_conference_title") == [expected_title]
        planned = site.desk.plan.of(paper.key)
        whole = planned and not planned.placeholder
        assert page.metas("citation_firstpage") == (
            [str(planned.first)] if planned and whole else []
        )
        for address in page.metas("citation_pdf_url"):
            (html,) = page.metas("citation_abstract_html_url")
            assert urljoin(html, ".") == urljoin(address, ".")
            relative = address.removeprefix(site.volume.site.url)
            assert (site.out / unquote(relative)).is_file()


def test_every_citation_of_every_paper_names_its_title_and_authors(site: Site) -> None:
    for paper in site.volume.shown:
        stem = site.desk.addresses.paper(paper.key)
        title = flat(plain.render(paper.title))
        (record,) = etree.fromstring(site.text(f"{stem}.mods.xml").encode())
        assert record.findtext("m:titleInfo/m:title", namespaces=MODS) == title
        assert len(record.findall("m:name", MODS)) == len(paper.contributors)
        for suffix, tag, author in (("enw", "%T ", "%A "), ("ris", "TI  - ", "AU  - ")):
            lines = site.text(f"{stem}.{suffix}").splitlines()
            assert f"{tag}{title}" in lines
            assert sum(line.startswith(author) for line in lines) == len(paper.contributors)
        (item,) = json.loads(site.text(f"{stem}.json"))
        assert flat(item["title"]) == title
        library = bibtexparser.parse_string(site.text(f"{stem}.bib"))
        assert not library.failed_blocks
        assert [entry.key for entry in library.entries] == [paper.key]
    whole = bibtexparser.parse_string(site.text("citations.bib"))
    assert len(whole.entries) == len(site.volume.shown) + 1
    assert len(etree.fromstring(site.text("citations.mods.xml").encode())) == len(site.volume.shown)


def test_every_author_page_is_about_that_author(site: Site) -> None:
    found = [page for path, page in site.pages.items() if path.startswith("authors/")]
    assert found
    for page in found:
        (person,) = page.data
        assert person["@type"] in {"Person", "Organization"}
        assert page.soup.h1 is not None
        assert person["name"] in flat(page.soup.h1.get_text())


def test_what_needs_an_absolute_address_has_one_or_is_left_out(site: Site) -> None:
    base = site.volume.site.url
    for path, page in site.pages.items():
        absolute = [
            *page.links("canonical"),
            *page.metas("og:url", "property"),
            *page.metas("og:image", "property"),
        ]
        assert all(base and address.startswith(base) for address in absolute), path
        assert bool(absolute) is bool(base) or path in sites.SKIPPED, path
        for address in page.metas("og:image", "property"):
            assert (site.out / unquote(address.removeprefix(base))).is_file()
    for file in ("sitemap.xml", "feed.xml"):
        assert (site.out / file).is_file() is bool(base)


def test_the_sitemap_names_pages_that_exist_and_no_specimen(fictional: Site) -> None:
    root = etree.fromstring(fictional.text("sitemap.xml").encode())
    base = fictional.volume.site.url
    listed = [str(found.text).removeprefix(base) for found in root.iter("{*}loc")]
    closed = {
        path
        for path, page in fictional.pages.items()
        if page.metas("robots") or path in sites.SKIPPED
    }
    expected = {"" if path == "index.html" else path for path in set(fictional.pages) - closed}
    assert {unquote(address) for address in listed} == expected


def test_nothing_private_is_in_any_file_of_the_site(fictional: Site) -> None:
    folder = fictional.root / "private"
    text = "\n".join(
        file.read_text(encoding="utf-8") for file in folder.rglob("*.yaml") if file.is_file()
    )
    secrets = set(re.findall(r"[\w.+-]+@[\w.-]+\w", text))
    secrets |= set(re.findall(r"A confidential [^\"\n]*?(?=[\":.,])", text))
    assert len(secrets) >= 5
    seen = 0
    for name, data in sites.contents(fictional.out):
        seen += 1
        if name.endswith(".pdf"):
            with pypdf.PdfReader(io.BytesIO(data)) as reader:
                words = " ".join(page.extract_text() for page in reader.pages)
                words += str(dict(reader.metadata or {}))
        else:
            words = ""
        for secret in secrets:
            assert secret.encode() not in data, f"{secret} in {name}"
            assert secret not in words, f"{secret} in {name}"
    assert seen > 100
    assert any(name.startswith("downloads/") for name, _ in sites.contents(fictional.out))

"""A site of several volumes: each can be had, and papers say in which they stand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from builder import cite
from builder.booklet import paginate
from builder.model import Volumes
from builder.site import downloads
from builder.site.addresses import Addresses
from builder.site.desk import Desk, attach
from builder.site.shelving import shelve
from builder.site.views import Shelf
from tests.booklet.conftest import make_inspections, make_volume


def desk(folder: Path) -> Desk:
    volume = make_volume()
    settings = replace(volume.booklet, volumes=Volumes(by_track=True))
    papers = tuple(replace(paper, archival=True) for paper in volume.papers)
    volume = replace(volume, booklet=settings, papers=papers, archival=True)
    plan = paginate(volume, make_inspections(), draft=False)
    for name in ("booklet-1.pdf", "booklet-2.pdf", "front-matter-1.pdf"):
        (folder / name).write_bytes(b"%PDF-1.7")
    found = Desk(root=folder, volume=volume, files=(), addresses=Addresses.of(volume), plan=plan)
    attach(found, folder / "booklet-1.pdf", None)
    return found


def test_downloads_list_each_volume_under_its_number(tmp_path: Path) -> None:
    shelf = Shelf(desk(tmp_path))
    files = downloads.collect(shelf)
    assert [(number, book.path) for number, book in files.books()] == [
        (1, "booklet-1.pdf"),
        (2, "booklet-2.pdf"),
    ]
    _, rows = files.groups(shelf.volume)[0]
    assert [(title, [one.path for one in found]) for title, found in rows] == [
        ("WoE 2025 Papers, Volume 1", ["booklet-1.pdf"]),
        ("Front matter", ["front-matter-1.pdf"]),
        ("WoE 2025 Papers, Volume 2", ["booklet-2.pdf"]),
    ]


def test_a_paper_leads_to_its_own_volume(tmp_path: Path) -> None:
    shelf = Shelf(desk(tmp_path))
    views = {view.paper.key: view for view in shelf.papers}
    assert (views["bo25"].number, views["bo25"].volume) == (2, "WoE 2025 Papers, Volume 2")
    assert downloads.collect(shelf).book_of(views["bo25"].number) == "booklet-2.pdf"


def test_citations_name_the_volume_that_prints_the_paper(tmp_path: Path) -> None:
    at = desk(tmp_path)
    paper = at.volume.paper("bo25")
    assert paper
    of = (at.volume, paper, at.plan)
    assert "volume    = {2}" in cite.bibtex(*of)
    assert "VL  - 2" in cite.ris(*of)
    assert "%V 2" in cite.endnote(*of)
    assert cite.csl(*of)["volume"] == "2"
    assert "<number>2</number>" in cite.mods(*of)
    assert "Volume 2, pages 1–2" in cite.text(*of)


def test_the_shelf_of_editions_offers_every_volume(tmp_path: Path) -> None:
    site = tmp_path / "ws" / "build" / "site"
    site.mkdir(parents=True)
    about = {"event": {"name": "Workshop on Examples", "short_name": "WoE 2025"}, "papers": []}
    (site / "metadata.json").write_text(json.dumps(about), "utf-8")
    (site / "index.html").write_text("<title>WoE</title>", "utf-8")
    for number in (1, 2):
        (site / f"booklet-{number}.pdf").write_bytes(b"%PDF-1.7")
    (shelved,) = shelve([site], tmp_path / "out")
    assert shelved.booklets == ((1, "booklet-1.pdf"), (2, "booklet-2.pdf"))
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert f'href="{shelved.folder}/booklet-2.pdf">Volume 2 (PDF)</a>' in index

"""Photos of guest editors and authors: only what the edition has, and what can be shown."""

from __future__ import annotations

import shutil
from pathlib import Path

from builder.export import photos
from builder.model import Contributor, Event, Name, Person, Volume


def test_a_photo_that_cannot_be_shown_is_left_out_and_said(fictional: Path, tmp_path: Path) -> None:
    folder = tmp_path / "proceedings/images"
    folder.mkdir(parents=True)
    shutil.copyfile(fictional / "proceedings/images/jane.png", folder / "jane.png")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8 nothing")
    (folder / "old.gif").write_bytes(b"GIF89a")
    (tmp_path / "secret.png").write_bytes((folder / "jane.png").read_bytes())
    name = Name(given="Jane", family="Doe")
    volume = Volume(
        event=Event(name="M", short_name="M"),
        title="M",
        people=(Person(id="jane", name=name, photo="images/jane.png"),),
    )
    people = [
        Contributor(name=name, person="jane"),
        *(
            Contributor(name=name, photo=path)
            for path in ("images/broken.jpg", "images/old.gif", "../secret.png", "images/none.png")
        ),
        Contributor(name=name),
    ]
    usable, wrong = photos.usable(tmp_path, volume, people, (".png", ".jpg"))
    assert usable == {"images/jane.png": (folder / "jane.png").resolve()}
    assert set(wrong) == {
        "images/broken.jpg", "images/old.gif", "../secret.png", "images/none.png",
    }  # fmt: skip
    said = {path: photos.unusable(path, why).message for path, why in wrong.items()}
    assert "lies outside" in said["../secret.png"]
    assert "cannot show (.gif)" in said["images/old.gif"]
    assert "cannot be read" in said["images/broken.jpg"]
    assert "does not exist" in said["images/none.png"]

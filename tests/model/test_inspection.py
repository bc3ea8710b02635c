from __future__ import annotations

import dataclasses
import json

from builder.model import Font, Inspection, PageSeen


def test_an_inspection_survives_json() -> None:
    seen = Inspection(
        sha256="00",
        size=3,
        pages=(PageSeen(width=612, height=792, rotation=90, text="Tïtle", ink=((1, 2, 3, 4),)),),
        counts=(("qpdf", 1), ("pypdf", None)),
        fonts=(Font(name="F", kind="Type3", embedded=True),),
        annotations=(("Text", 2),),
    )
    data = json.loads(json.dumps(dataclasses.asdict(seen)))
    again = Inspection(
        **{
            **data,
            "pages": tuple(
                PageSeen(**{**page, "ink": tuple(tuple(box) for box in page["ink"])})
                for page in data["pages"]
            ),
            "fonts": tuple(Font(**font) for font in data["fonts"]),
            "counts": tuple(tuple(row) for row in data["counts"]),
            "annotations": tuple(tuple(row) for row in data["annotations"]),
            **{name: tuple(data[name]) for name in ("repairs", "attachments")},
        }
    )
    assert again == seen


def test_a_file_is_usable_only_with_pages_and_without_a_problem() -> None:
    page = (PageSeen(width=1, height=1),)
    assert Inspection(sha256="", size=1, pages=page).usable
    assert not Inspection(sha256="", size=1).usable
    assert not Inspection(sha256="", size=1, pages=page, problem="encrypted").usable

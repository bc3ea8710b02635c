"""A frame that is asked of the theme once gives the same bytes as asking for every page."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from builder.site import frames
from builder.site.frames import Frames


@pytest.mark.parametrize(("theme", "named"), [("furo", "hostile"), ("alabaster", "volume")])
def test_every_page_is_as_the_theme_writes_it(
    make: Any, editions: ModuleType, monkeypatch: pytest.MonkeyPatch, theme: str, named: str
) -> None:
    filled: list[str] = []
    fill = frames._filled

    def counted(*given: Any) -> str:
        filled.append("")
        return fill(*given)

    monkeypatch.setattr(frames, "_filled", counted)
    conf = {"conf.py": f'extensions = ["builder.site"]\nhtml_theme = "{theme}"\n'}
    volume = getattr(editions, named)()
    quick = make(volume, name="one", pages=conf).files()
    assert len(filled) > 4, "no page was filled into a frame"
    monkeypatch.setattr(frames, "_usable", lambda app: False)
    slow = make(volume, name="two", pages=conf).files()
    assert quick.keys() == slow.keys()
    assert [path for path in quick if quick[path] != slow[path]] == []


CONF = """
extensions = ["builder.site"]

def setup(app):
    app.connect("html-page-context", mark)

def mark(app, pagename, templatename, context, doctree):
    context["metatags"] = (context.get("metatags") or "") + f'<meta name="x" content="{pagename}">'
"""


def test_what_an_editors_conf_does_to_each_page_is_done(make: Any) -> None:
    built = make(pages={"conf.py": CONF})
    for page in ("papers/doe25", "authors/jane-doe"):
        assert f'<meta name="x" content="{page}">' in built.read(f"{page}.html")


def test_a_theme_that_writes_single_pages_otherwise_writes_them_itself(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = Frames._theirs

    def own(self: Frames, name: str, page: Any, template: str) -> str:
        return theirs(self, name, page, template).replace(
            "</body>", f"<!-- {name.upper()} --></body>"
        )

    expected = make(name="one").files()
    monkeypatch.setattr(Frames, "_theirs", own)
    assert make(name="two").files() == expected

"""In somebody else's Sphinx site our names are ours alone."""

from __future__ import annotations

import io
from pathlib import Path
from types import ModuleType

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from builder.site import desk
from builder.site.addresses import Addresses

CONF = """project = "Somebody"
extensions = ["builder.site"]
proceedings_edition = "../edition"
html_theme = "alabaster"
"""
INDEX = """# Somebody's site

By {proceedings:author}`jane-doe`: {proceedings:paper}`doe25`, in {proceedings:session}`1a`.

```{proceedings:papers} long
```

```{program} ls
```

```{option} -l

As a list.
```

See {option}`ls -l`.
"""


def test_names_of_others_stay_theirs(tmp_path: Path, editions: ModuleType) -> None:
    volume, source, out = editions.volume(), tmp_path / "docs", tmp_path / "html"
    source.mkdir()
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (source / "index.md").write_text(INDEX, encoding="utf-8")
    (tmp_path / "edition" / "proceedings").mkdir(parents=True)

    def paginate(opened: desk.Desk) -> None:
        opened.plan = editions.plan()

    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            desk, "read", lambda root: (desk.Desk(root, volume, (), Addresses.of(volume)), ())
        )
        patch.setattr(desk, "paginate", paginate)
        with patch_docutils(str(source)), docutils_namespace():
            app = Sphinx(source, source, out, tmp_path / "trees", "html", status=None, warning=said)
            app.build()
    assert [line for line in said.getvalue().splitlines() if "WARNING" in line] == []
    page = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="papers/doe25.html"' in page
    assert 'href="authors/jane-doe.html"' in page
    assert 'href="#cmdoption-ls-l"' in page
    assert (out / "papers" / "doe25.html").is_file()
    assert not (out / "robots.txt").exists()
    # Their site loads what it likes.
    assert "Content-Security-Policy" not in page

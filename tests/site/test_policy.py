"""The content-security policy: it lets through what the theme needs, and nothing else."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder.site.policy import insert, policy


def rule(found: str, name: str) -> str:
    return next(part for part in found.split("; ") if part.startswith(f"{name} "))


def test_inline_scripts_of_the_frame_are_named_by_their_digest() -> None:
    frame = (
        "<head><script>one()</script><script src=x.js></script>"
        '<script type="application/ld+json">{}</script><script type="module">two()</script></head>'
    )
    scripts = rule(policy(frame, "", {}), "script-src")
    assert scripts.count("sha256-") == 2
    # echo -n 'one()' | openssl dgst -sha256 -binary | base64
    assert "'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='" in scripts
    assert "unsafe-inline" not in policy(frame, "", {})


def test_editors_can_allow_more() -> None:
    found = policy("", "", {"img-src": "https://example.org", "worker-src": "'self'"})
    assert rule(found, "img-src") == "img-src 'self' file: data: https://example.org"
    assert "worker-src 'self'" in found


def test_it_stands_right_behind_the_encoding() -> None:
    page = insert('<html><head><meta charset="utf-8"><script></script>', "default-src 'none'")
    assert page.startswith('<html><head><meta charset="utf-8"><meta http-equiv="Content-Security')


def test_a_script_in_prose_is_not_let_through(make: Any) -> None:
    built = make(index="# Hello\n\n<script>window.hit=1</script>\n")
    assert "<script>window.hit=1</script>" in built.read("index.html")
    head = built.read("index.html").split("<title")[0]
    assert head.count("sha256-") == built.read("about.html").split("<title")[0].count("sha256-")


def test_another_site_is_left_alone(make: Any) -> None:
    built = make(name="e")
    conf = built.root / "proceedings" / "conf.py"
    conf.write_text(conf.read_text() + "proceedings_policy = False\n", encoding="utf-8")
    assert "Content-Security-Policy" not in make(name="e").read("papers.html")


@pytest.fixture(scope="module")
def served(plain: Any) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(plain.out))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.browser
@pytest.mark.parametrize("where", ["file", "http"])
def test_it_blocks_nothing_that_pages_need(plain: Any, served: str, page: Any, where: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(f"Content Security Policy? {error}"))
    base = served if where == "http" else plain.out.as_uri()
    for file in sorted(plain.out.rglob("*.html")):
        if "_static" not in file.parts:
            page.goto(f"{base}/{file.relative_to(plain.out).as_posix()}")
            # The theme's own inline script ran.
            assert page.evaluate("document.body.dataset.theme") == "auto"
    page.goto(f"{base}/search.html?q=quickly")
    page.wait_for_selector("#search-results li a")
    page.goto(f"{base}/papers.html")
    with page.expect_download():
        page.click("[data-proc-export=bib]")
    page.goto(f"{base}/papers/doe25.html")
    page.click(".proc-preview summary")
    page.wait_for_selector(".proc-preview iframe")
    page.wait_for_timeout(300)
    # From file:// Sphinx's search fetches its excerpts in vain, whatever the policy.
    ours = [text for text in said if "Content Security Policy" in text]
    assert [text for text in ours if "Failed to fetch" not in text] == []


@pytest.mark.browser
def test_it_blocks_what_somebody_injects(plain: Any, tmp_path: Path, page: Any) -> None:
    out = shutil.copytree(plain.out, tmp_path / "site")
    file = out / "papers" / "doe25.html"
    attack = (
        "<script>window.hit=1</script><img src=x onerror='window.hit=1'>"
        "<script src='https://example.org/x.js'></script><b style='position:fixed'>b</b>"
        "<object data='https://example.org/x'></object><a href='javascript:window.hit=1'>a</a>"
    )
    html = file.read_text(encoding="utf-8").replace('<h2 id="cite">', f'{attack}<h2 id="cite">')
    assert attack in html
    file.write_text(html, encoding="utf-8")
    stopped: list[tuple[str, str]] = []
    page.on("requestfailed", lambda request: stopped.append((request.url, request.failure)))
    page.goto(file.as_uri())
    page.evaluate(
        "[...document.querySelectorAll('a')].find(a => a.protocol == 'javascript:').click()"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.hit") is None
    assert (
        page.evaluate("getComputedStyle(document.querySelector('b[style]')).position") == "static"
    )
    outside = [url for url in page.requested if not url.startswith("file:")]
    assert outside == ["https://example.org/x.js"]
    assert ("https://example.org/x.js", "csp") in stopped


REMOTE = """# About

![A logo](https://example.org/logo.png)

<iframe title="Talk" src="https://player.vimeo.com/video/1"></iframe>

[A link](https://example.org/) and ![ours](images/ours.png) are no trouble.
"""


def test_what_it_hides_from_readers_is_reported_with_its_line(make: Any) -> None:
    built = make(pages={"about.md": REMOTE, "ours.png": ""}, name="remote")
    found = [finding for finding in built.findings if finding.code == "site-remote-blocked"]
    assert [(str(finding.where), finding.message.split(":")[1]) for finding in found] == [
        ("proceedings/about.md:3", "//example.org/logo.png"),
        ("proceedings/about.md:5", "//player.vimeo.com/video/1"),
    ]
    conf = built.root / "proceedings" / "conf.py"
    allowed = {"img-src": "https://*.org", "frame-src": "player.vimeo.com"}
    conf.write_text(conf.read_text() + f"proceedings_policy = {allowed}\n", encoding="utf-8")
    assert "site-remote-blocked" not in make(name="remote").codes()


@pytest.mark.parametrize(
    ("sources", "through"),
    [
        ("https://example.org", True),
        ("example.org", True),
        ("https:", True),
        ("http://example.org", True),
        ("*.example.org", False),
        ("https://example.com https://example.org/films/", False),
        ("https://example.com https://example.org/", True),
        ("", False),
    ],
)
def test_sources_are_matched_as_browsers_match_them(sources: str, through: bool) -> None:
    from builder.site.remote import allows

    assert allows(sources, "https://example.org/logo.png") is through

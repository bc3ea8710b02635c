"""The program in a real browser: one's own clock, what is on now, a program of one's own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(plain: Any, browser: Any) -> Iterator[Callable[..., Any]]:
    contexts = []

    def visit(zone: str = "America/Vancouver", now: str = "", path: str = "program.html") -> Any:
        context = browser.new_context(timezone_id=zone, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        if now:
            page.clock.set_fixed_time(now)
        page.goto((plain.out / path).as_uri())
        return page

    yield visit
    for context in contexts:
        context.close()


def times(page: Any, id: str) -> str:
    return page.inner_text(f"#session-{id} > .proc-time").strip()


def test_times_are_told_on_the_readers_clock_with_the_shift_of_the_day(visit: Any) -> None:
    page = visit("Asia/Tokyo")
    assert times(page, "opening") == "9:00–10:00"
    page.select_option("[name=zone]", "Asia/Tokyo")
    # 9:00 in Vancouver is 16:00 UTC, and 1:00 of the next day in Tokyo.
    assert times(page, "opening") == "1:00–2:00 (+1 day)"
    assert "1:00–1:20 (+1 day)" in page.inner_text("#session-1a .proc-slots")
    assert page.inner_text("[data-proc-clock]").startswith("All times: Asia/Tokyo; days are")
    page.reload()
    assert times(page, "opening") == "1:00–2:00 (+1 day)"
    page.select_option("[name=zone]", "")
    assert times(page, "opening") == "9:00–10:00"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Pacific/Honolulu", "6:00–7:00"),
        ("Europe/London", "17:00–18:00"),
        ("Asia/Kolkata", "21:30–22:30"),
        ("Asia/Dhaka", "22:00–23:00"),
        ("Asia/Bangkok", "23:00–0:00 (+1 day)"),
    ],
)
def test_a_day_that_ends_during_a_session_is_said_at_its_end(
    visit: Any, zone: str, shown: str
) -> None:
    page = visit(zone)
    # By its place: browsers know some zones by an older name.
    page.select_option("[name=zone]", index=1)
    assert times(page, "opening") == shown


def test_a_papers_page_tells_the_local_time_too(visit: Any) -> None:
    page = visit("Europe/Berlin", path="papers/doe25.html")
    assert page.inner_text("[data-proc-local]:visible") == "Europe/Berlin: 18:00–18:20"
    same = visit("America/Vancouver", path="papers/doe25.html")
    assert same.locator("[data-proc-local]:visible").count() == 0


def test_what_is_on_now_is_marked(visit: Any) -> None:
    page = visit(now="2025-07-20T16:30:00Z")
    assert page.locator(".proc-on").evaluate_all("all => all.map(e => e.id)") == [
        "session-1a",
        "session-1b",
    ]
    assert "now" in times(page, "1a")
    page.click("[data-proc-now]")
    assert page.url.endswith("#session-1a")
    later = visit(now="2025-07-21T16:30:00Z")
    assert later.locator(".proc-on").count() == 0
    assert later.locator("[data-proc-now]:visible").count() == 0


def test_a_program_of_ones_own_stays_and_becomes_a_calendar(plain: Any, visit: Any) -> None:
    icalendar = pytest.importorskip("icalendar")
    page = visit()
    page.check("[name=mine]")
    assert page.locator("[data-proc-none]:visible").count() == 1
    page.uncheck("[name=mine]")
    page.click("[aria-label='Add to my program: Keynote']")
    page.click("#session-1a [data-pick='1a/doe25'] .proc-star")
    page.reload()
    assert page.locator(".proc-star[aria-pressed=true]").count() == 2
    page.check("[name=mine]")
    assert page.locator("#session-opening:visible, #session-1b:visible").count() == 0
    assert page.locator("#session-keynote:visible, #session-1a:visible").count() == 2
    # Only the chosen slot of its session.
    assert page.locator("#session-1a .proc-slots > li:visible").count() == 1
    with page.expect_download() as download:
        page.click("[data-proc-save]")
    found = icalendar.Calendar.from_ical(Path(download.value.path()).read_bytes())
    events = found.walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [
        "Keynote",
        "Bounds of O(n log n) for Sorting",
    ]
    assert str(events[1].end - events[1].start) == "0:20:00"


def test_one_slot_is_a_calendar_file(visit: Any) -> None:
    page = visit()
    with page.expect_download() as download:
        page.click("[data-pick='1a/doe25'] .proc-ics")
    assert download.value.suggested_filename == "1a-doe25.ics"
    text = Path(download.value.path()).read_bytes().decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == 1


def test_the_printed_program_has_no_buttons(visit: Any) -> None:
    page = visit()
    page.emulate_media(media="print")
    assert page.locator(".proc-tools:visible, .proc-picks:visible, .proc-days:visible").count() == 0
    assert page.locator(".sidebar-drawer:visible").count() == 0
    assert page.locator("#session-1a:visible").count() == 1


def test_without_javascript_the_program_reads_and_can_be_taken_away(
    plain: Any, browser: Any
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((plain.out / "program.html").as_uri())
    assert page.locator("[data-proc-program]:visible, .proc-star").count() == 0
    assert page.get_attribute("a[download]", "href") == "program.ics"
    context.close()


def test_on_paper_there_is_the_program_from_the_first_page_on_and_nothing_to_press(
    visit: Any,
) -> None:
    printed = visit().pdf(format="A4")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages]
    assert "Opening" in pages[0]
    whole = " ".join(pages)
    for words in ("Session 1A", "Session 1B", "Posters"):
        assert words in whole
    for words in ("Skip to content", "My program", ".ics", "Abstract"):
        assert words not in whole

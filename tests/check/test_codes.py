"""Every finding has a page, and every page a finding."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import builder
from builder import check
from builder.check.rules import PROFILES, RULES

PACKAGE = Path(builder.__file__).parent
LITERAL = re.compile(r"""\bcode=(?:f?)["']([a-z0-9-]+)["']""")
DEFAULT = re.compile(r"""\bcode:\s*str\s*=\s*["']([a-z0-9-]+)["']""")


def emitted() -> dict[str, list[str]]:
    """Codes that stand in the sources, with the modules where they do."""
    found: dict[str, list[str]] = {}
    for module in sorted(PACKAGE.rglob("*.py")):
        text = module.read_text(encoding="utf-8")
        for code in [*LITERAL.findall(text), *DEFAULT.findall(text)]:
            found.setdefault(code, []).append(module.relative_to(PACKAGE).as_posix())
    return found


def test_every_code_has_a_page() -> None:
    without = {code: where for code, where in emitted().items() if code not in check.codes()}
    assert without == {}, "write builder/check/codes/<code>.md for these"


def test_every_page_is_about_a_code_that_is_found_somewhere() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    idle = [code for code in check.codes() if f'"{code}"' not in sources]
    assert idle == []


@pytest.mark.parametrize("code", check.codes())
def test_a_page_says_what_why_and_what_to_do(code: str) -> None:
    page = check.explain(code)
    assert page.startswith(f"# {code}: ")
    sections = re.findall(r"^## (.+)$", page, re.M)
    for heading in ("What it means", "Why it matters", "What to do"):
        assert heading in sections, f"{code}: no section “{heading}”"
    assert page.endswith("\n")
    assert "TODO" not in page


READ = {
    "name-capitals",
    "name-lower-case",
    "name-odd-character",
    "name-organisation",
    "name-single-word",
}
"""Faults that are found where files are read, too; their pages are written there."""


@pytest.mark.parametrize("code", sorted({c for rule in RULES for c in rule.codes} - READ))
def test_the_pages_of_this_room_give_an_example(code: str) -> None:
    assert "## Example" in check.explain(code)


def test_a_code_without_a_page_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        check.explain("no-such-thing")


def test_codes_are_not_paths() -> None:
    with pytest.raises(KeyError):
        check.explain("../rules")


def test_rules_declare_the_codes_that_they_find() -> None:
    rules = [*RULES, *(rule for profile in PROFILES.values() for rule in profile)]
    declared = {code for rule in rules for code in rule.codes}
    room = {
        code
        for code, modules in emitted().items()
        if any(m.startswith("check/") and m != "check/acceptance.py" for m in modules)
    }
    assert declared == room

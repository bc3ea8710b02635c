"""What may be wrong with a field's LaTeX, in words for an editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a field that LaTeX, or we, would not take as it was meant."""

    code: str
    message: str
    at: int
    """Offset of the first occurrence in what was parsed."""
    hint: str = ""


_MESSAGES = {
    "control-character": (
        "it holds a character that cannot be printed ({})",
        "delete it; it usually comes from copying out of a PDF, and a letter may have gone with it",
    ),
    "latex-unbalanced": (
        "its braces do not match",
        "every `{` needs its `}`; write `\\{` and `\\}` for braces that are to be printed",
    ),
    "latex-math": (
        "a dollar sign that begins no formula, or a formula that looks like words {}",
        "write `\\$` for a dollar sign that is to be printed; a formula begins and ends with `$`",
    ),
    "latex-percent": (
        "a percent sign without a backslash, which begins a comment in LaTeX",
        "write `\\%`; the text after it was kept",
    ),
    "latex-double-backslash": (
        "a doubled backslash begins a new line instead of a command: {}",
        "write one backslash; such text was usually escaped twice on its way out of a program",
    ),
    "latex-unknown-command": (
        "commands that only the paper's own LaTeX knows: {}",
        "write what they stand for; their arguments were kept as text",
    ),
    "latex-dropped": (
        "commands that mean something only within the paper: {}",
        "write the text out or delete them; they were left out here",
    ),
}


def told(found: Mapping[str, tuple[int, Mapping[str, None]]]) -> tuple[Problem, ...]:
    """One problem for each code, from where it first occurred and what different things did."""
    return tuple(
        Problem(
            code=code,
            message=_MESSAGES[code][0].format(", ".join(filter(None, list(what)[:6]))).rstrip(" :"),
            at=at,
            hint=_MESSAGES[code][1],
        )
        for code, (at, what) in found.items()
    )

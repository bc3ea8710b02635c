"""The accent colour, and what can be read on it and in it."""

from __future__ import annotations

import re

DEFAULT = "#1f4e79"
_READABLE = 4.5
"""Contrast that text needs (WCAG 2.2, success criterion 1.4.3)."""


def palette(color: str) -> dict[str, str]:
    """The colours of the booklet, from one accent colour (`#rrggbb`).

    `accent` as it is; `ink`, the accent darkened until it reads on white; `tint`, a breath of it
    for backgrounds; `rule`, for hairlines; `paper`, what reads on the accent; `line`, the accent
    shifted a little, for ornament on itself.
    """
    accent = color.lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", color) else DEFAULT
    ink = accent
    for step in range(1, 21):
        if contrast(ink, "#ffffff") >= _READABLE:
            break
        ink = mix(accent, "#000000", step / 20)
    light = contrast(accent, "#ffffff") >= contrast(accent, "#111111")
    return {
        "accent": accent,
        "ink": ink,
        "tint": mix(accent, "#ffffff", 0.93),
        "rule": mix(accent, "#ffffff", 0.65),
        "paper": "#ffffff" if light else "#111111",
        "line": mix(accent, "#ffffff" if light else "#000000", 0.22),
    }


def mix(color: str, other: str, share: float) -> str:
    """`color` with `share` (0 to 1) of `other` in it."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(color: str, other: str) -> float:
    """WCAG's contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(color), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = map(linear, _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

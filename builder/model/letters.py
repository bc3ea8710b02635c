"""How ASCII spells the Latin letters that Unicode does not take apart."""

from __future__ import annotations

_LOWER = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "þ": "th",
}
SPELT = str.maketrans(
    _LOWER | {char.upper(): spelt.upper() for char, spelt in _LOWER.items() if char not in "ßı"}
)
"""For `str.translate`: letters with a stroke, ligatures and the like; accents are NFKD's to undo.

Keys, addresses, search and comparisons must fold a name the same way, so they share this table;
`static/proceedings.js` has it for the words that a reader types.
"""

"""Licences by their SPDX identifiers: what they are called, and where they can be read."""

from __future__ import annotations

import re

NAMES = {
    "CC-BY-4.0": "Creative Commons Attribution 4.0 International",
    "CC-BY-SA-4.0": "Creative Commons Attribution-ShareAlike 4.0 International",
    "CC-BY-NC-4.0": "Creative Commons Attribution-NonCommercial 4.0 International",
    "CC-BY-ND-4.0": "Creative Commons Attribution-NoDerivatives 4.0 International",
    "CC-BY-NC-SA-4.0": "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International",
    "CC-BY-NC-ND-4.0": "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International",
    "CC0-1.0": "Creative Commons Zero 1.0 Universal",
}
"""Those that editors use most, in English (spdx.org/licenses, read 2025-10); the catalogues of
`builder/locale` have them as Creative Commons calls them in other languages."""


def license_address(identifier: str) -> str:
    """Where a licence of the SPDX list can be read: at Creative Commons, or at SPDX; else empty."""
    if found := re.fullmatch(r"CC-(BY(?:-NC)?(?:-(?:SA|ND))?)-(\d\.\d)", identifier):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    if identifier == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    known = re.fullmatch(r"(?!LicenseRef)[A-Za-z0-9][A-Za-z0-9.+-]*", identifier)
    return f"https://spdx.org/licenses/{identifier}.html" if known else ""

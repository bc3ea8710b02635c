"""Licences by their SPDX identifiers: what they are called, and where they can be read."""

from __future__ import annotations

import re

IDENTIFIERS = (
    "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-4.0", "CC0-1.0", "CC-BY-3.0", "CC-BY-SA-3.0", "CC-BY-NC-3.0", "CC-BY-ND-3.0",
    "CC-BY-NC-SA-3.0", "CC-BY-NC-ND-3.0", "CC-BY-2.0", "CC-PDDC", "MIT", "Apache-2.0",
    "BSD-2-Clause", "BSD-3-Clause", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only",
    "GPL-3.0-or-later", "LGPL-3.0-or-later", "MPL-2.0", "ODbL-1.0", "ODC-By-1.0", "PDDL-1.0",
    "OGL-UK-3.0", "etalab-2.0", "DL-DE-BY-2.0",
)  # fmt: skip
"""SPDX identifiers that proceedings use (spdx.org/licenses); others are asked about."""

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
    """Where a licence can be read: Creative Commons' own, or one of `IDENTIFIERS`; else empty."""
    found = re.fullmatch(r"CC-(BY(?:-NC)?(?:-(?:SA|ND))?)-(1\.0|2\.0|2\.5|3\.0|4\.0)", identifier)
    if found:
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    if identifier == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return f"https://spdx.org/licenses/{identifier}.html" if identifier in IDENTIFIERS else ""

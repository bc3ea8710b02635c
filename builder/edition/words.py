"""The edition's own translation of the program's fixed words, as gettext writes them."""

from __future__ import annotations

import io
import re
from pathlib import Path

from builder.model import Finding, Severity, Where
from builder.model.language import CATALOG


def own(root: Path, language: str) -> tuple[dict[str, str], list[Finding], list[Path]]:
    """English words to those of `language` (BCP 47), what is wrong, and the files that were read.

    They stand in `proceedings/locales/<language>/LC_MESSAGES/proceedings.po`, that of a language
    as it is spoken in a country before that of the language. Words without a translation are
    left out.
    """
    # Anything else is no language, and no name for a folder (`check` says so: language-odd).
    code = re.sub(r"[^A-Za-z0-9_]", "", language.replace("-", "_"))
    words: dict[str, str] = {}
    findings: list[Finding] = []
    files: list[Path] = []
    for name in dict.fromkeys((code.partition("_")[0], code)):
        shown = f"proceedings/locales/{name}/LC_MESSAGES/{CATALOG}.po"
        file = root / shown
        if not file.is_file():
            continue
        files.append(file)
        try:
            words |= _read(file)
        except (ValueError, OSError) as error:  # what Babel raises is a ValueError, or Unicode's
            findings.append(_finding(shown, str(error)))
    return words, findings, files


def _read(file: Path) -> dict[str, str]:
    # Most editions have none, and Babel is not small.
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalog = read_po(io.BytesIO(file.read_bytes()), abort_invalid=True)
    except PoFileError as error:
        raise ValueError(str(error)) from error
    return {
        message.id: message.string
        for message in catalog
        if isinstance(message.id, str) and isinstance(message.string, str)
        if message.id and message.string and not message.fuzzy
    }


def _finding(file: str, problem: str) -> Finding:
    return Finding(
        code="words-unreadable",
        severity=Severity.ERROR,
        message=f"The translation of the program's words cannot be read: {problem}",
        where=Where(file=file),
        hint="Correct the line; a tool such as Poedit writes files that are well-formed. Until "
        "then the program's own words are used.",
    )

"""Dates and times as aclpub2 writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from builder.gather.aclpub2.keys import line
from builder.gather.reading import Source, shown
from builder.model import Where


def moment(source: Source, table: Mapping[str, Any], key: str, where: Where) -> tuple[str, str]:
    """Date and time of `2020-07-01 07:30:00` or of `07:30`; empty where not given."""
    text = line(table.get(key))
    match = re.fullmatch(
        r"(?:(\d{4})-(\d{1,2})-(\d{1,2}))?[T\s]*(?:(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?"
        r"\s*(?:Z|UTC|[+-]\d{1,2}:?\d{2})?",
        text,
    )
    if not match:
        source.report(
            code="gather-shape",
            message=f"`{key}` is “{shown(text)}”; “2025-07-19 09:30” is expected",
            where=where,
            hint="write date and time in proceedings/program.yaml",
        )
        return "", ""
    date = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match[1] else ""
    time = f"{int(match[4]):02}:{match[5]}" if match[4] else ""
    return date, time

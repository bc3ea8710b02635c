"""Office files without the time at which they were made."""

from __future__ import annotations

import io
import re
import zipfile

from builder.export.files import EARLIEST

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]*)</dcterms:created>")


def repacked(office: bytes) -> bytes:
    """The same file whenever it is made: members dated alike, modified when it was created."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(office)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml" and (created := _CREATED.search(content)):
                content = _MODIFIED.sub(rb"\g<1>" + created[1] + rb"\g<2>", content)
            member = zipfile.ZipInfo(name, EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return target.getvalue()

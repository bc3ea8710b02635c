"""Files that come with a volume, embedded in it as associated files (ISO 32000-2, 7.11.4, 14.13).

PDF/A-3 (ISO 19005-3, 6.8) asks for what is written here anyway: the kind of each file, its two
names, its relation to the document.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import zlib
from typing import IO, Any

import pikepdf

from builder.pdf.output import Output, string, text
from builder.pdf.parts import Attachment
from builder.pdf.viewing import box

_CHUNK = 1 << 20


class Attached:
    """An attachment in the file that is being written: its two objects."""

    def __init__(self, output: Output, attachment: Attachment) -> None:
        self.number = output.reserve(2)
        """Of its file specification, to which annotations and trees refer."""
        self._output = output
        self._it = attachment

    @property
    def key(self) -> bytes:
        """Its name in the tree of embedded files."""
        return self._it.name.encode()

    def write(self, date: dt.date | None) -> None:
        """Write both. Memory does not depend on the size of the file.

        Raises `OSError` if it cannot be read.
        """
        it, digest = self._it, hashlib.sha256()
        with it.path.open("rb") as source, tempfile.TemporaryFile() as packed:
            checksum, size = hashlib.md5(usedforsecurity=False), 0
            packer = zlib.compressobj(6)
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                checksum.update(chunk)
                size += len(chunk)
                packed.write(packer.compress(chunk))
            packed.write(packer.flush())
            length = packed.tell()
            # What is packed already (an archive, a film) stays as it is.
            smaller = length + 24 < size
            body: IO[bytes] = packed if smaller else source
            entries = [
                b"/Type /EmbeddedFile /Subtype %s" % _name(it.mime),
                b"/Params << /Size %d %s/CheckSum <%s> >>"
                % (size, _stamp(date), checksum.hexdigest().encode()),
                b"/Filter /FlateDecode" if smaller else b"",
                b"/Length %d" % (length if smaller else size),
            ]
            dictionary = b"<< %s >>" % b" ".join(entry for entry in entries if entry)
            self._output.copy(self.number + 1, dictionary, body, 0, length if smaller else size)
        shown = text(it.name)
        line = (
            b"<< /Type /Filespec /F %s /UF %s %s/AFRelationship /%s "
            b"/EF << /F %d 0 R /UF %d 0 R >> >>"
        ) % (
            string(self.key),
            shown,
            b"/Desc %s " % text(it.description) if it.description else b"",
            it.relationship.encode(),
            self.number + 1,
            self.number + 1,
        )
        self._output.add(self.number, line)
        digest.update(dictionary)
        self._output.digest.update(digest.digest())


def opens(pdf: pikepdf.Pdf, link: pikepdf.Object, file: pikepdf.Object) -> None:
    """Make a `link` of front matter an annotation that opens an attachment (12.5.6.15).

    What is seen of it are the words below it, so it shows nothing itself.
    """
    for key in ("/A", "/Dest", "/Border", "/H"):
        if key in link:
            del link[key]
    left, bottom, right, top = box(link.get("/Rect")) or (0.0, 0.0, 1.0, 1.0)
    empty: Any = pdf.make_stream(b"")
    empty.Type, empty.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    empty.BBox = pikepdf.Array([0, 0, round(right - left, 2), round(top - bottom, 2)])
    empty.Resources = pikepdf.Dictionary()
    link["/Subtype"] = pikepdf.Name.FileAttachment
    link["/FS"] = file
    link["/Name"] = pikepdf.Name.Paperclip
    link["/AP"] = pikepdf.Dictionary(N=empty)
    link["/F"] = 4


def _stamp(date: dt.date | None) -> bytes:
    return f"/ModDate (D:{date:%Y%m%d}000000Z) ".encode() if date else b""


def _name(value: str) -> bytes:
    """A name (ISO 32000-2, 7.3.5); what is no regular character is spelled `#xx`."""
    plain = b"+-._"
    return b"/" + b"".join(
        bytes([char]) if (chr(char).isalnum() and char < 128) or char in plain else b"#%02X" % char
        for char in value.encode()
    )

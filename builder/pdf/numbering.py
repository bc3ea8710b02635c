"""The objects of an open file, collected from its pages outwards and numbered anew.

Only what is reachable is collected; what leads out of the pages' own world (the old catalog, the
old page tree, pages that are not in it) becomes null. A writer of PDF, so by the book: ISO
32000-2, 7.3.
"""

from __future__ import annotations

import copy
import hashlib
import re
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, cast

import pikepdf

from builder.pdf.segment import Fragment, Writer

Id = tuple[int, int]

# Fast for beginning with a set: few bytes are in it.
_TOKEN = re.compile(
    rb"[(</0-9](?:"
    rb"(?<=\()[^()\\]*(?:\\.[^()\\]*)*\)|(?<=<)[0-9A-Fa-f]*>|(?<=\d)(\d*) (\d+) R\b"
    rb"|(?<=/)StructParents? (-?\d+))",
    re.DOTALL,
)
"""Strings, references, and keys of the parent tree, as qpdf writes them."""


class Numbering:
    """Gives local numbers to objects, and writes them to a segment in that order."""

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        writer: Writer,
        *,
        imports: int,
        known: Mapping[Id, int],
        pages: Collection[Id],
        tagged: bool = False,
        rewritten: Mapping[Id, bytes] | None = None,
        unite: bool = True,
    ) -> None:
        """`rewritten` is what stands in the place of dictionaries and arrays of the file.

        `unite` makes one object of streams that are equal.
        """
        self._pdf = pdf
        self._writer = writer
        self._imports = imports
        self._local: dict[Id, int | None] = {**known, pdf.Root.objgen: None}
        self._pages = pages
        self._tagged = tagged
        self._waiting: list[tuple[bytes, tuple[int, int] | None, bool]] = []
        self._done = 0
        self._alike: dict[bytes, tuple[Id, int] | None] = {}
        self._equal: dict[tuple[bytes, bytes], int] = {}
        self._numbers: dict[bytes, int | None] = {}
        self._rewritten = rewritten or {}
        self._unite = unite
        self.keys = 0
        """How many keys of a parent tree objects speak of."""
        self.admit: Callable[[pikepdf.Object], bool] | None = None
        """Asked about every further object, once everything that pages show is collected."""

    @property
    def fingerprint(self) -> str:
        """What was written so far, in a few letters."""
        return self._writer.fingerprint

    @property
    def count(self) -> int:
        """How many objects were collected."""
        return len(self._waiting)

    def local(self, id: Id) -> int | None:
        """The local number of an object, which is collected if it is new; `None` for null."""
        try:
            return self._local[id]
        except KeyError:
            pass
        found = self._local[id] = self._collect(id)
        return found

    def fragment(self, value: pikepdf.Object) -> Fragment:
        """A value as it is written, and its numbers; everything it refers to is collected."""
        line, references = self.line(value.unparse(resolved=True))
        return line.decode("latin-1"), tuple(references)

    def write(self) -> None:
        """Write what was collected so far, and everything that it refers to."""
        while self._done < len(self._waiting):
            text, body, page = self._waiting[self._done]
            self._waiting[self._done] = (b"", None, False)
            self._done += 1
            line, references = self.line(text)
            if page:
                line = line[:-2] + b"/Parent %d 0 R >>"
                references.append(0)
            self._writer.add(line, references, body)

    def put(
        self, line: bytes, references: Sequence[int], body: tuple[int, int] | None = None
    ) -> int:
        """Add an object that the file does not have, when all that was collected is written.

        It is given as it is written: with `%d` for the local numbers in `references`.
        """
        assert self._done == len(self._waiting), "the order of objects is that of their numbers"
        number = self._append(b"")
        self._done += 1
        self._writer.add(line, references, body)
        return number

    def _collect(self, id: Id) -> int | None:
        text = self._rewritten.get(id)
        if text is not None:
            return self._append(text)
        try:
            found: Any = self._pdf.get_object(id)
        except (pikepdf.PdfError, ValueError, IndexError):
            return None
        if found is None or (self.admit and not self.admit(found)):
            return None
        if isinstance(found, pikepdf.Stream):
            return self._collect_stream(id, found)
        if not isinstance(found, pikepdf.Object):  # a number, true or false
            return self._append(pikepdf.Array([found]).unparse()[1:-1].strip())
        text = found.unparse(resolved=True)
        suspect = b"/Type /Page" in text or b"/Type /Catalog" in text
        if suspect and id not in self._pages and _is_of_a_tree(found):
            return None
        return self._append(text, page=id in self._pages)

    def _collect_stream(self, id: Id, found: pikepdf.Stream) -> int | None:
        try:
            text, data = _packed(found)
        except pikepdf.PdfError:
            return None
        # A paper may hold the same figure twenty times. Few streams are as long as another, so
        # that only those need a digest.
        number = self._imports + len(self._waiting)
        if not self._unite:
            pass
        elif text not in self._alike:
            self._alike[text] = (id, number)
        else:
            if first := self._alike[text]:
                other = _packed(cast("pikepdf.Stream", self._pdf.get_object(first[0])))[1]
                self._equal[text, hashlib.sha256(other).digest()] = first[1]
                self._alike[text] = None
            same = self._equal.setdefault((text, hashlib.sha256(data).digest()), number)
            if same != number:
                return same
        return self._append(text, body=self._writer.body(data))

    def _append(
        self, text: bytes, *, body: tuple[int, int] | None = None, page: bool = False
    ) -> int:
        self._waiting.append((text, body, page))
        return self._imports + len(self._waiting) - 1

    def line(self, text: bytes) -> tuple[bytes, list[int]]:
        """An object's text on one line, with `%d` for references and keys, and their values."""
        references: list[int] = []
        if b"%" in text:
            text = text.replace(b"%", b"%%")
        if b" R" not in text and b"\n" not in text and b"/StructParent" not in text:
            return text, references
        if b"(" not in text and b"\n" not in text and b"/StructParent" not in text:
            # Only in strings there is ` R` that does not end a reference.
            *parts, last = text.split(b" R")
            pieces, numbers = [], self._numbers
            for part in parts:
                start = part.rfind(b" ", 0, part.rfind(b" ")) + 1
                id = part[start:]
                if (local := numbers[id] if id in numbers else self._numbered(id)) is None:
                    break
                references.append(local)
                pieces.append(part[:start])
            else:
                return b"%d 0 R".join([*pieces, last]), references
            references.clear()

        def number(match: re.Match[bytes]) -> bytes:
            group = match.lastindex
            token = match[0]
            if group is None:
                # qpdf escapes line ends in strings; a line must be a line whatever it does.
                return token.replace(b"\n", b"\\n") if b"\n" in token else token
            if group == 2:
                local = self._numbered(token[:-2])
                if local is None:
                    return b"null"
                references.append(local)
                return b"%d 0 R"
            key = int(match[3])
            if not self._tagged or not 0 <= key <= MOST_KEYS:
                return b""
            references.append(-1 - key)
            self.keys = max(self.keys, key + 1)
            return token.split()[0] + b" %d"

        line = _TOKEN.sub(number, text)
        return line.replace(b"\n", b" ") if b"\n" in line else line, references

    def _numbered(self, reference: bytes) -> int | None:
        """The local number of what a reference refers to, given as `12 0`."""
        try:
            return self._numbers[reference]
        except KeyError:
            number, _, generation = reference.partition(b" ")
            found = self._numbers[reference] = self.local((int(number), int(generation)))
            return found


def _packed(stream: pikepdf.Stream) -> tuple[bytes, bytes]:
    """A stream's dictionary as text, and its body; the body is compressed if it was not."""
    data = stream.read_raw_bytes()
    dictionary: Any = stream.stream_dict
    text: bytes = dictionary.unparse(resolved=True)
    length = b"/Length %d " % len(data)
    usual = b"/Filter " in text and length in text and length + b"0 R" not in text
    if usual and not _ELSEWHERE_SEEN.search(text):
        return text, data
    dictionary = copy.copy(dictionary)
    for key in _ELSEWHERE:
        if key in dictionary:
            del dictionary[key]
    if "/Filter" not in dictionary and len(data) > _SHORT:
        packed = zlib.compress(data)
        if len(packed) + 24 < len(data):
            data = packed
            dictionary["/Filter"] = pikepdf.Name.FlateDecode
            if "/DecodeParms" in dictionary:
                del dictionary["/DecodeParms"]
    dictionary["/Length"] = len(data)
    return dictionary.unparse(resolved=True), data


_SHORT = 32
"""Bytes that do not become fewer by being compressed."""

_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms", "/DL")
"""What a stream says of a body in another file."""

_ELSEWHERE_SEEN = re.compile(rb"/(?:F|FFilter|FDecodeParms|DL)[ /\[(<]")


def _is_of_a_tree(found: Any) -> bool:
    """Whether an object would drag another page tree or catalog along."""
    kind = found.get("/Type") if isinstance(found, pikepdf.Dictionary) else None
    return str(kind) in {"/Page", "/Pages", "/Catalog"}


MOST_KEYS = 1_000_000
"""Keys of a parent tree beyond this are damage or an attack."""

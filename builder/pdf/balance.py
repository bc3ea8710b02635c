"""What a page's content leaves open: saved graphics states, text objects, marked content."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Balance:
    """What has to follow a page's content so that more can be added safely."""

    after: int
    """How many graphics states it leaves saved."""
    stray: tuple[int, ...] = ()
    """Where `Q` stands with nothing to restore. Viewers ignore it; it must go, since it would
    restore the state that is saved before the content."""
    text: bool = False
    """Whether it ends inside a text object."""
    marked: int = 0
    """How many marked-content sequences it leaves open."""
    broken: bool = False
    """Whether it ends inside a string or an image, so that nothing can follow it."""

    @property
    def suffix(self) -> bytes:
        """Content to put after it: the graphics state is then as before a `q` put before it."""
        return (
            b"\n"
            + (b"ET\n" if self.text else b"")
            + b"EMC\n" * self.marked
            + b"Q\n" * (self.after + 1)
        )

    def without_strays(self, content: bytes) -> bytes:
        """The content with every stray `Q` blanked out."""
        mended = bytearray(content)
        for position in self.stray:
            mended[position] = ord(" ")
        return bytes(mended)


_DELIMITED = rb"(?<![^\s()<>\[\]{}/%%])(?:%s)(?=[\s()<>\[\]{}/%%]|\Z)"
_TOKEN = re.compile(
    rb"(?P<string>\()"
    rb"|%[^\r\n]*"
    rb"|(?P<image>" + _DELIMITED % rb"ID" + rb")"
    rb"|(?P<operator>" + _DELIMITED % rb"q|Q|BT|ET|BMC|BDC|EMC" + rb")"
)
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_IMAGE_END = re.compile(rb"\sEI(?=[\s/]|\Z)")


_SHOWN = re.compile(rb"\[[^\[\]\\]*\] ?TJ")
_STRING = re.compile(rb"\([^()\\]*(?:\\.[^()\\]*)*\)", re.DOTALL)
_IMAGE = re.compile(rb"ID(?<=[\s>\])]ID)\s")
_COMMENT = re.compile(rb"%[^\r\n]*")
# Fast for beginning with a set: few letters of a page's content are in it.
_OPERATOR = re.compile(
    rb"[qQBE](?:(?<=[\s<>\[\]{}\0][qQ])|(?<=[\s<>\[\]{}\0][BE])(?:T|MC|DC))"
    rb"(?![^\s()<>\[\]{}/%\0])"
)

_DEEPEST = 40
"""How deeply graphics states are nested at most where content is looked at quickly."""


def balance(content: bytes) -> Balance:
    """Scan a decoded content stream (ISO 32000-2, 7.8.2 and 8.4.2)."""
    return _plain(content) or _scan(content)


def _plain(content: bytes) -> Balance | None:
    """The same for content without images and stray operators, ten times as fast."""
    if content.count(b"(") - content.count(b"\\(") != content.count(b")") - content.count(b"\\)"):
        return None  # a string without end, perhaps in an array
    # Most of a page is the arrays of `TJ`, so they go first. Where that cuts through a string,
    # a parenthesis is left over; then strings go first, and the innermost before the others.
    rest = _STRING.sub(b" ", _SHOWN.sub(b" ", content))
    if _is_cut(rest):
        rest = _STRING.sub(b" ", content)
        if _is_cut(rest):
            rest = _STRING.sub(b" ", rest)
    if b"%" in rest:
        rest = _COMMENT.sub(b" ", rest)
    if _is_cut(rest) or _IMAGE.search(rest):
        return None
    words = b" ".join(_OPERATOR.findall(b" " + rest))
    states = words.translate(None, b" BTEMDC")
    for _ in range(_DEEPEST):
        if b"qQ" not in states:
            break
        states = states.replace(b"qQ", b"")
    if b"Q" in states:
        return None
    return Balance(
        after=len(states),
        text=words.rfind(b"BT") > words.rfind(b"ET"),
        marked=max(0, words.count(b"BMC") + words.count(b"BDC") - words.count(b"EMC")),
    )


def _is_cut(rest: bytes) -> bool:
    return b"(" in rest or b")" in rest


def _scan(content: bytes) -> Balance:
    depth = marked = 0
    text = False
    stray: list[int] = []

    def result(broken: bool = False) -> Balance:
        return Balance(depth, tuple(stray), text, max(0, marked), broken)

    position = 0
    while found := _TOKEN.search(content, position):
        position = found.end()
        if found["string"]:
            level = 1
            while level and (paren := _PARENTHESIS.search(content, position)):
                position = paren.end()
                level += {b"(": 1, b")": -1}.get(paren[0], 0)
            if level:
                return result(broken=True)
        elif found["image"]:
            end = _IMAGE_END.search(content, position)
            if not end:
                return result(broken=True)
            position = end.end()
        else:
            match found["operator"]:
                case b"q":
                    depth += 1
                case b"Q":
                    if depth:
                        depth -= 1
                    else:
                        stray.append(found.start())
                case b"BT":
                    text = True
                case b"ET":
                    text = False
                case b"BMC" | b"BDC":
                    marked += 1
                case b"EMC":
                    marked -= 1
                case _:
                    pass
    return result()

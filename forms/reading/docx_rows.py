"""Rows of Word tables met before, here or in an earlier document: written in the same bytes, they read the same."""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from lxml import etree

from forms.names import bookmark

from .docx_names import BOX, CONTROL, ROW, TABLE, W
from .docx_tags import Controls, Placed, in_paragraphs
from .layout import Cell, Line, Numbering, Row, Tagged
from .limits import Refused, parse_xml

_BODY, _ROW, _END = b"<w:body", b"<w:tr", b"</w:tr>"
_NUMBER = b"jcr.row"  # an attribute of ours on each row, while a document is read
_HEAD = re.compile(rb"""(?:<\?xml [^?]*encoding=["']utf-8["'][^?]*\?>)?\s*<w:document [^<]*""", re.I)
_NOT_PLAIN = (b"<!", b"<?", b"xmlns")
_START, _CLOSE = W + "bookmarkStart", W + "bookmarkEnd"
_KEPT, _SEEN = 2048, 8192  # rows


class Unsure(Exception):
    """A document of which rows were left out cannot be read without them."""


class _Met(NamedTuple):
    """How a row read, wherever it stands: the lines and shape of its cells, and the answers it names."""

    cells: tuple[tuple[tuple[tuple[Any, ...], ...], bool, int], ...]
    tagged: tuple[tuple[str, str, int, str, tuple[int, ...]], ...]  # lines are counted from the row's first


class Memory:
    """What was met in rows under the same styles. A row is kept when it comes again: answers hardly do."""

    def __init__(self) -> None:
        self.met: dict[bytes, _Met] = {}
        self.seen: set[bytes] = set()

    def keep(self, sign: bytes, met: _Met) -> None:
        """Keep how a row read; when there are too many, begin anew."""
        if len(self.met) >= _KEPT:
            self.met.clear()
        self.met[sign] = met

    def comes_again(self, sign: bytes) -> bool:
        """Say whether a row was seen before this."""
        if len(self.seen) >= _SEEN:
            self.seen.clear()
        before = sign in self.seen
        self.seen.add(sign)
        return before


@lru_cache(maxsize=8)
def memory_of(styles: bytes | None) -> Memory:
    """Return what was met under these styles."""
    return Memory()


class Rows:
    """The rows of one document. `document` has nothing in those that were met before."""

    def __init__(self, written: bytes, memory: Memory | None) -> None:
        """Without a memory no row is left out. Raises Unsure; Refused when the document is not well formed."""
        self.met = memory.met if memory else {}
        self.memory = memory
        self.signs: list[bytes] = []
        self.left_out = 0
        self.tagged: dict[etree._Element, list[Tagged]] = {}
        start = written.find(_BODY)
        if memory is None or start < 0:
            self.document = parse_xml(written)
        else:
            self.document = self._parsed(self._shortened(written[:start], written[start:]))

    def _shortened(self, head: bytes, body: bytes) -> bytes:
        """Return the document with each row numbered, and without the insides of those met before.

        Between `<w:tr` and the next `</w:tr>` stands one whole row, unless the first is an empty element: then what
        is left out is no row, and what remains is not well formed. Raises Unsure where there may be more to it.
        """
        begun, made = blake2b(head, digest_size=16), list[bytes]()
        *pieces, rest = body.split(_END)
        for piece in pieces:
            at = max(piece.rfind(_ROW + b">"), piece.rfind(_ROW + b" "))
            if at < 0:
                made += [piece, _END]
                continue
            sign = begun.copy()
            sign.update(piece[at:])
            met = sign.digest() in self.met
            made += [piece[:at], b'%b %b="%d"' % (_ROW, _NUMBER, len(self.signs))]
            made += [b"/>"] if met else [piece[at + len(_ROW) :], _END]
            self.signs.append(sign.digest())
            self.left_out += met
        shortened = b"".join([*made, rest])
        plain = _HEAD.fullmatch(head) and not any(sign in shortened for sign in _NOT_PLAIN)
        if not plain or shortened.count(_NUMBER) != len(self.signs):
            raise Unsure
        return head + shortened

    def _parsed(self, shortened: bytes) -> etree._Element:
        try:
            document = parse_xml(shortened)
        except Refused as refused:
            raise Unsure from refused
        controls = document.iter(CONTROL) if self.left_out else ()
        wrapped = any(next(control.iter(ROW), None) is not None for control in controls)
        if wrapped or document.nsmap.get("w") != W[1:-1]:
            raise Unsure
        return document

    def check(self, named: Sequence[Tagged]) -> None:
        """Raise Unsure when a row that was left out was not read, or a bookmark may have reached into one."""
        reached_into = self.left_out and any(one.how == "bookmark" for one in named)
        if reached_into or self.left_out != len(self.tagged):
            raise Unsure

    def again(self, row: etree._Element, where: str, numbering: Numbering) -> Row | None:
        """Return the cells of a row that was left out; None for another."""
        met = None if len(row) else self.met.get(self._sign(row))
        if met is None:
            return None
        cells, lines = [], list[Line]()
        for column, (texts, lower, span) in enumerate(met.cells, start=1):
            place, first = f"{where}, column {column}", numbering.next_line + len(lines)
            own = [
                Line._make((number, text, place, *look)) for number, (text, *look) in enumerate(texts, first)
            ]
            cells.append(Cell(tuple(own), lower, span))
            lines += own
        first, numbering.next_line = numbering.next_line, numbering.next_line + len(lines)
        self.tagged[row] = [
            Tagged(name, text, lines[at].where, how, tuple([first + number for number in filled]))
            for name, text, at, how, filled in met.tagged
        ]
        return tuple(cells)

    def remember(self, row: etree._Element, cells: Row, placed: Placed, named: Controls) -> None:
        """Keep how a row read when it comes again, and nothing in it is bound up with what stands outside it."""
        sign = self._sign(row)
        if not sign or not cells or self.memory is None or not self.memory.comes_again(sign):
            return
        tagged, lines = in_paragraphs(row, placed, named), [line for cell in cells for line in cell.lines]
        places = [line.where for line in lines]
        if not _stands_alone(row, tagged) or not all(one.where in places for one in tagged):
            return
        looks = (
            (tuple((line.text, *line[3:]) for line in cell.lines), cell.continues, cell.span)
            for cell in cells
        )
        answers = (
            (one.name, one.text, places.index(one.where), one.how,
             tuple(number - lines[0].number for number in one.lines))
            for one in tagged
        )  # fmt: skip
        self.memory.keep(sign, _Met(tuple(looks), tuple(answers)))

    def _sign(self, row: etree._Element) -> bytes:
        number = row.get(_NUMBER.decode())
        return self.signs[int(number)] if number and self.signs else b""


def _stands_alone(row: etree._Element, tagged: Sequence[Tagged]) -> bool:
    """Say whether a row holds no table or text box, and no control or bookmark but those of its named answers."""
    if next(row.iter(TABLE, BOX), None) is not None or len(list(row.iter(CONTROL))) != len(tagged):
        return False
    marks = list(row.iter(_START))
    ids = {mark.get(W + "id") for mark in marks}
    named = {bookmark(one.name) for one in tagged}
    return {mark.get(W + "name") for mark in marks} <= named and ids == {
        mark.get(W + "id") for mark in row.iter(_CLOSE)
    }

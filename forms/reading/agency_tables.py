"""Agencies in tables without a heading row: ticked in a printed list, or each with who works there beside it."""

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from . import options
from .glyphs import EMPTY, TICKED
from .grids import said
from .labels import ends_as_label
from .layout import Row
from .people_tables import PeopleSideBySide
from .prompts import INLINE
from .rows import PERSON
from .split import EMAIL, TELEPHONE, looks_like_work

_FEWEST = 2
_MOST_COLUMNS = 5
_REACHED = re.compile(rf"{EMAIL.pattern}|{TELEPHONE.pattern}|^\W*(?:101|111|999)\W*$", re.I)
_INVOLVEMENT = re.compile(
    r"(?!(?:other )?(?:agency|agencies|family|your|previous|current|multi|professional)\b)"
    r"(?P<agency>(?:[\w'’&/]+ ){1,5})involvement\W*",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_]{2}")


class AgencyTables(PeopleSideBySide):
    """Takes tables that list agencies and say nowhere what their columns hold."""

    def _ticked_agencies(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take agencies printed with a box each, and perhaps who works there; those that are ticked are involved."""
        if not self._are_agencies_asked():
            return 0
        listed = list(takewhile(_has_box, rows[at:]))
        if len(listed) < _FEWEST:
            return 0
        self.close()
        agencies = [
            _agency(row) if any(cell.text.strip() == TICKED for cell in row) else {} for row in listed
        ]
        self._add_agencies(listed, agencies, number, sorted(_labels(listed)))
        return len(listed)

    def _listed_agencies(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take agencies row by row, with people, numbers or a yes beside them; return how many rows that was."""
        if at or not rows[at] or not self._are_agencies_asked():
            return 0
        width = len(rows[at])
        listed = list(takewhile(lambda row: len(row) == width and not ends_as_label(row[0].text), rows))
        texts = [[row[column].text.strip() for row in listed] for column in range(width)]
        columns = _columns(texts)
        if "agency" not in columns or any(self._asks(text) for text in texts[columns.index("agency")]):
            return 0
        self.close()
        agencies = [
            {
                column: cell.text.strip()
                for column, cell in zip(columns, row, strict=True)
                if cell.text.strip()
            }
            for row in listed
        ]
        self._add_agencies(listed, agencies, number)
        return len(listed)

    def _add_agencies(
        self,
        listed: Sequence[Row],
        agencies: Sequence[dict[str, str]],
        number: int,
        heads: Sequence[str] = (),
    ) -> None:
        lines = [tuple(line.number for cell in row for line in cell.lines) for row in listed]
        self._add_rows("agencies_involved", heads, agencies, lines, number)

    def _involvements(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take "Police involvement" | "Yes" | "DC Fenn" row by row; return how many rows that was."""
        named = list(takewhile(_names_involvement, islice(rows, at, None)))
        found = [(one, match) for one in said(named) if (match := _INVOLVEMENT.fullmatch(one.label.text))]
        if len(found) < _FEWEST:
            return 0
        self.close()
        agencies = [
            {"agency": match["agency"].strip(), "still_involved": options.yes_no(one.answer)}
            | ({"details": told} if (told := options.details(one.answer)) else {})
            if options.yes_no(one.answer)
            else {}
            for one, match in found
        ]
        heads = [one.label.text for one, _ in found]
        lines = [tuple(line.number for line in one.lines) for one, _ in found]
        self._add_rows("agencies_involved", heads, agencies, lines, number)
        return len(found)

    def _are_agencies_asked(self) -> bool:
        asked = self.open.match.name if self.open and self.open.match and not self.open.answer else ""
        return asked == "agencies_involved" or (not asked and self.section == "agencies")


def _columns(texts: Sequence[Sequence[str]]) -> list[str]:
    """Return what each column of a list of agencies holds, by what most of its cells look like; [] of other tables."""
    if not _FEWEST <= len(texts) <= _MOST_COLUMNS or len(texts[0]) < _FEWEST:
        return []
    columns = [_holds(column) for column in texts]
    first = next((at for at, held in enumerate(columns[:_FEWEST]) if not held and all(texts[at])), None)
    if first is None or not any(columns):
        return []
    columns[first] = "agency"
    return [held if held and held not in columns[:at] else f"other:{at}" for at, held in enumerate(columns)]


def _holds(texts: Sequence[str]) -> str:
    """Return whether a column holds people, how to reach them, both, or whether they are involved; else nothing."""
    said = [text for text in texts if text]
    if said and all(options.yes_no(text) and len(text.split()) == 1 for text in said):
        return "still_involved"
    reached = [text for text in said if _REACHED.search(text)]
    if 2 * len(reached) > len(said):
        return (
            "name_contact" if any(_LETTERS.search(_REACHED.sub("", text)) for text in reached) else "contact"
        )
    named = sum(bool(PERSON.match(text)) and not looks_like_work(text) for text in said)
    return "name" if 2 * named > len(said) else ""


def _has_box(row: Row) -> bool:
    """Say whether a row has words and a cell that holds a tick box and nothing else."""
    boxes = sum(cell.text.strip() in (TICKED, EMPTY) for cell in row)
    return boxes == 1 and len(row) >= _FEWEST and bool(_words(row))


def _names_involvement(row: Row) -> bool:
    """Say whether a row begins with an agency's involvement, as few rows do."""
    return bool(row) and _INVOLVEMENT.fullmatch(row[0].text) is not None


def _words(row: Row) -> list[str]:
    return [text for cell in row if (text := cell.text.strip()) and text not in (TICKED, EMPTY)]


def _agency(row: Row) -> dict[str, str]:
    """Return an agency and, when a cell behind it names one, who works there."""
    agency, *others = _words(row)
    named = [match["answer"].strip() if (match := INLINE.match(other)) else other for other in others]
    return {"agency": agency} | ({"name": named[0]} if named and named[0] else {})


def _labels(rows: Sequence[Row]) -> set[str]:
    """Return the labels that stand in one cell with their answer: "Worker: Bea Lund"."""
    return {match["label"] for row in rows for cell in row if (match := INLINE.match(cell.text.strip()))}

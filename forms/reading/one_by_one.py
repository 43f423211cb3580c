"""Relatives and agencies told one by one in a table without a heading row: under labels, or with a yes or no."""

import re
from collections.abc import Sequence
from itertools import takewhile

from . import options
from .agency_tables import AgencyTables
from .headed_tables import ALSO_AGENCIES
from .labelled_rows import is_head
from .layout import Row
from .meaning import Match
from .naming import PLAINLY
from .row_tables import column_of
from .rows import PERSON
from .split import AGENCY

_LISTED = {"family": "family_members", "agencies": "agencies_involved"}
_FIRST = ("name", "agency")
_TWICE = 4  # cells: two labels, each with its answer
_FEWEST = 2
_LONGEST_SORT = 4  # words
_SAYS = re.compile(r"(?P<said>yes|no|y|n)\b[\s,:;.–—-]*(?P<told>.*)", re.I | re.S)


class OneByOne(AgencyTables):
    """Takes people and agencies whose labels come again with each of them."""

    def _one_of_a_list(self, row: Row, number: int) -> bool:
        """Take a relative or an agency told in a row of labels with their answers: "Name" | "Jo" | "DOB" | ..."""
        group = _LISTED.get(self.section, "")
        labels, answers = row[::2], row[1::2]
        if (
            not group
            or len(row) < _TWICE
            or len(row) % 2
            or not all(is_head(cell.text, group) for cell in labels)
        ):
            return False
        columns = [column_of(group, cell.text) for cell in labels]
        if columns[0] not in ("name", "agency") or len(set(columns)) < len(columns):
            return False
        told = {
            name: cell.text.strip() for name, cell in zip(columns, answers, strict=True) if cell.text.strip()
        }
        self.close()
        self.made.headings += [line for cell in labels for line in cell.lines]
        lines = tuple(line.number for cell in row for line in cell.lines)
        self._add_rows(group, [cell.text for cell in labels], [told], [lines], number)
        return True

    def _told_below(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take relatives or agencies told label below label, "Name", "Relationship"; return how many rows that was."""
        group = _LISTED.get(self.section, "")
        if not group or len(rows[at]) != _FEWEST or column_of(group, rows[at][0].text) not in _FIRST:
            return 0
        told = list(takewhile(lambda row: len(row) == _FEWEST and is_head(row[0].text, group), rows[at:]))
        if len(told) < _FEWEST or is_head(told[0][1].text, group):
            return 0
        people: list[dict[str, str]] = []
        lines: list[tuple[int, ...]] = []
        for label, answer in told:
            column = column_of(group, label.text)
            if not people or column in _FIRST or column in people[-1]:
                people.append({})
                lines.append(())
            people[-1][column] = answer.text.strip()
            lines[-1] += answer.numbers
        self.close()
        self.made.headings += [line for label, _ in told for line in label.lines]
        filled = [{column: text for column, text in one.items() if text} for one in people]
        self._add_rows(group, [label.text for label, _ in told], filled, lines, number)
        return len(told)

    def _said_of_each(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take agencies with a yes or no and what is told of each: "Police" | "Yes – four calls"; return how many."""
        if not self._are_agencies_asked():
            return 0
        listed = list(takewhile(lambda row: len(row) == _FEWEST and row[0].text.strip(), rows[at:]))
        said = [_SAYS.fullmatch(row[1].text.strip()) for row in listed]
        if len(listed) < _FEWEST or not all(said) or any(self._asks(row[0].text) for row in listed):
            return 0
        self.close()
        agencies = [
            {"agency": row[0].text.strip(), **_as_told(match)}
            if match and options.yes_no(match["said"]) == "yes"
            else {}
            for row, match in zip(listed, said, strict=True)
        ]
        self._add_agencies(listed, agencies, number)
        return len(listed)

    def _sorts_named(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take agencies beside the sort of each, "Provider" | "Beech Lodge Ltd"; return how many rows that was."""
        if not self._are_agencies_asked():
            return 0
        listed = list(takewhile(self._names_a_sort, rows[at:]))
        filled = [row for row in listed if row[1].text.strip()]
        strange = any(self.known(row[0].text) is None for row in listed)
        if len(listed) < _FEWEST or not filled or not strange:
            return 0
        self.close()
        text = "\n".join(_of_its_sort(row[0].text.strip(" :"), row[1].text.strip()) for row in filled)
        self.made.headings += [line for row in listed for line in row[0].lines]
        lines = [line for row in listed for cell in row for line in cell.lines]
        self.add("", text, lines, lines[0], "beside", Match(("agencies_involved",), PLAINLY))
        return len(listed)

    def _names_a_sort(self, row: Row) -> bool:
        """Say whether a row begins with a few words that ask nothing, or with "GP" or "School"."""
        short = len(row) == _FEWEST and 0 < len(row[0].text.split()) <= _LONGEST_SORT
        known = self.known(row[0].text) if short else None
        return short and (known is None or known.name in ALSO_AGENCIES)


def _of_its_sort(sort: str, told: str) -> str:
    """Return an agency by its own name where it has one, else by its sort with what is told of it: "GP: Dr Rao"."""
    own = AGENCY.search(told) or re.search(r"[;\n]", told)
    return told if own else f"{sort}: {told}"


def _as_told(match: re.Match[str]) -> dict[str, str]:
    """Return that an agency is involved, and who works there or what else is told behind the yes."""
    told = match["told"].strip()
    named = "name" if PERSON.match(told) else "details"
    return {"still_involved": "yes", **({named: told} if told else {})}

"""Tables in which several people stand side by side."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from . import cutting
from .families import party_of
from .headed_tables import Headed
from .labelled_rows import labelled_lines
from .labels import plain
from .layout import Cell, Line, Row
from .meaning import Match, Place
from .naming import PLAINLY
from .placeholders import says_nothing
from .prompts import INLINE
from .row_tables import RowTable, column_of
from .sections import section_of
from .whose import only_says_whose, person_in

_NO_HEADS = frozenset({"details", "particulars", "information"})  # over the labels of particulars
_RELATIVE = re.compile(
    r"(?:(?:birth|step|foster|adoptive|maternal|paternal|half|other) ?)?"
    r"(?:mother|father|parent|carer|grandmother|grandfather|partner|sibling|brother|sister)(?: (?:\d|one|two|carer))?"
)
_NUMBERED = re.compile(
    r"(?P<who>child|young person|subject|victim|adult|person|household member) (?:\d|one|two|three|[a-d])"
)
_OF_ONE_SORT = ("child", "young person", "subject", "victim")  # whom a form is about, where it has several
_RELATIVES = frozenset({"children", "siblings", "family", "family members", "household", "household members"})
_ONE_IN_BRACKETS = re.compile(
    r"(?:person|party|individual|subject|adult)\s*(?:\d|[A-D])\s*[(–—-]\s*(?P<who>[^()]+?)\)?", re.I
)
_COUNTED = re.compile(r"(?<=\w)\s+(?:\(\d\)|\d)$")  # "Suspect 1"
_FEWEST = 2
_BOTH = (["subject", "perpetrator"], ["perpetrator", "subject"])
_FACTS = (
    "name",
    "dob",
    "gender",
    "ethnicity",
    "nationality",
    "religion",
    "language",
    "nhs_number",
)  # in one line
_NAMED_AS = {"subject": "subject_name", "perpetrator": "alleged_perpetrators.name"}
_OF_PARTICULARS = ("incident", "subject", "referrer", "author", "perpetrator")


class PeopleSideBySide(Headed):
    """Takes tables whose columns, or blocks of columns, are people."""

    blocks: Sequence[str] = ()  # of whom two columns of labels with their answers tell
    parties: Sequence[str] = ()  # of whom the cells of a table tell line by line

    def _side_by_side(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take particulars with a column for each person, "Victim" and "Perpetrator"; return how many rows it has."""
        heads = [_COUNTED.sub("", _in_bracket(cell.text.strip())) for cell in rows[at][1:]]
        people = list(takewhile(bool, map(_person, heads)))
        once = [person for person in people if person != "perpetrator" or people.count(person) == 1]
        several = 1 < len(people) == len(heads) and len(set(once)) == len(once)
        if not several or "subject" not in people:
            return 0
        first = rows[at][0].text
        if self.known(first) and plain(first) not in _NO_HEADS:
            return 0
        asked = list(takewhile(lambda row: len(row) == len(rows[at]) and row[0].text.strip(), rows[at + 1 :]))
        if 2 * sum(self.known(row[0].text) is not None for row in asked) <= len(asked):
            return 0
        self.close()
        self.made.headings += [line for cell in rows[at] for line in cell.lines]
        before = self.section, self.person
        for column, person in enumerate(people, start=1):
            self.section, self.person = person, ""
            for row in asked if person in once else ():
                self._cells(row[0], (row[column],), "beside")
        self.section, self.person = before
        if len(once) < len(people):
            accused = [column for column, person in enumerate(people, start=1) if person not in once]
            self._accused_in_columns(asked, accused, number)
        return len(asked) + 1

    def _accused_in_columns(self, asked: Sequence[Row], columns: Sequence[int], number: int) -> None:
        """Take several people alleged responsible, who have a column each under labels they share."""
        named = [column_of("alleged_perpetrators", row[0].text) for row in asked]
        made = [
            {
                name: row[column].text.strip()
                for name, row in zip(named, asked, strict=True)
                if name and row[column].text.strip()
            }
            for column in columns
        ]
        lines = [
            tuple(
                line.number
                for name, row in zip(named, asked, strict=True)
                if name
                for line in row[column].lines
            )
            for column in columns
        ]
        self._add_rows("alleged_perpetrators", [row[0].text for row in asked], made, lines, number)

    def _people_in_cells(self, rows: Sequence[Row], at: int) -> int:
        """Take two people side by side, each with labels and answers in one cell; return how many rows that was."""
        people = list(takewhile(bool, (_person_or_family(cell.text) for cell in rows[at])))
        several = 1 < len(people) == len(rows[at]) == len(set(people))
        if not several:
            return 0
        told = list(takewhile(lambda row: self._told_of_each(row, len(people)), rows[at + 1 :]))
        if not told:
            return 0
        self.close()
        self.made.headings += [line for cell in rows[at] for line in cell.lines]
        before = self.section, self.person
        for column, person in enumerate(people):
            self.section, self.person = person, ""
            lines = [line for row in told for line in row[column].lines]
            if person == "family" and lines:
                text, family = "\n".join(line.text for line in lines), Match(("family_members",), PLAINLY)
                self.add(rows[at][column].text, text, lines, lines[0], "under", family)
                continue
            for line in lines:
                self.line(line, in_table=True)
            self.close()
        self.section, self.person = before
        return len(told) + 1

    def _told_in_lines(self, row: Row) -> bool:
        """Take a row that says whose, and their particulars line by line beside that: "Child" | "Name: Jo"."""
        if len(row) != 2 or ":" in row[0].text.rstrip(" :") or not (section := section_of(row[0].text)):
            return False
        if not only_says_whose(row[0].text) and section not in (*_OF_PARTICULARS, "family"):
            return False
        if section == "family":
            family = Match(("family_members",), PLAINLY)
            return self._add_beside(row, family) if labelled_lines(row[1].text, "family_members") else False
        asked = [
            (*one, line)
            for line in row[1].lines
            if line.text.strip()
            for one in self._asked_in(line, section)
        ]
        known = [self.names.match(label, Place(section, "")) for label, _, _ in asked]
        if (
            len(asked) < _FEWEST
            or not all(label for label, _, _ in asked)
            or 2 * sum(map(bool, known)) < len(asked)
        ):
            return False
        self.close()
        self.made.headings += row[0].lines
        self.section, self.person = section, ""
        for label, answer, line in asked:
            self.add(label, answer, (line,), line, "line")
        return True

    def _parties_line_by_line(self, row: Row) -> bool:
        """Take a row that tells of the victim in one line and of the perpetrator in the next; rows below it alike."""
        lines = [line for line in row[1].lines if line.text.strip()] if len(row) == _FEWEST else []
        if len(lines) not in (len(_BOTH), len(self.parties)):
            return False
        named = [party_of({"name": line.text.strip()}) for line in lines]
        if [who for who, _ in named] in _BOTH:
            self.parties = [who for who, _ in named]
        elif len(lines) != len(self.parties):
            return False
        asked = [
            Match((_NAMED_AS[who],), PLAINLY) if named[0][0] else self.names.match(row[0].text, Place(who))
            for who in self.parties
        ]
        if not lines or not all(asked) or not (named[0][0] or _are_facts_of_both(asked)):
            return False
        self.close()
        for line, (_, told), match in zip(lines, named, asked, strict=True):
            who = line.text.replace(told["name"], "").strip()
            self.add(f"{row[0].text}\n{who}", told["name"], (*row[0].lines, line), line, "line", match)
        self.person = "subject"  # of whom a row with one answer for both tells
        return True

    def _parties_under_labels(self, row: Row) -> bool:
        """Take a row whose cell tells of two parties under labels: "Victim: Jo Fay", "DOB: ...", "Suspect: ..."."""
        texts = [line.text for line in row[1].lines if line.text.strip()] if len(row) == _FEWEST else []
        if len(texts) < _FEWEST:
            return False
        labels = [match["label"] if (match := INLINE.match(text)) else "" for text in texts]
        people = {person_in(plain(label)) for label in labels if label and only_says_whose(label)}
        if not all(labels) or not {"subject", "perpetrator"} <= people:
            return False
        self.close()
        self.made.headings += row[0].lines
        for line in row[1].lines:
            self.line(line, in_table=True)
        self.close()
        return True

    def _asked_in(self, line: Line, section: str) -> list[tuple[str, str]]:
        """Return the labels on a line with their answers, under a section; [("", "")] when it begins with none."""
        place = Place(section, "")
        if split := cutting.several(line.text, lambda label: self.names.match(label, place)):
            return split
        if turns := cutting.in_turn(line.text):
            return turns
        match = INLINE.match(line.text)
        return [(match["label"], match["answer"])] if match else [("", "")]

    def _add_beside(self, row: Row, match: Match) -> bool:
        """Add a row as the label its first cell is and the answer its second holds."""
        self.close()
        self.add(row[0].text, row[1].text, [*row[0].lines, *row[1].lines], row[1].lines[0], "beside", match)
        return True

    def _told_of_each(self, row: Row, people: int) -> bool:
        """Say whether every cell of a row that is not empty begins with a label and its answer."""
        filled = [cell for cell in row if cell.text.strip()]
        return len(row) == people and bool(filled) and all(map(self._has_own_label, filled))

    def _people_in_blocks(self, rows: Sequence[Row], at: int) -> int:
        """Take blocks of labels and answers side by side, each under a heading that says whose it is."""
        heads = [(start, cell) for start, cell in _placed(rows[at]) if cell.text.strip()]
        people = list(takewhile(bool, (_person(cell.text) for _, cell in heads)))
        if len(people) < max(_FEWEST, len(heads)) or len(set(people)) < len(people):
            return 0
        starts = [start for start, _ in heads]
        told = list(
            takewhile(
                lambda parts: self._asked_in_each(parts, people),
                (_parted(row, starts) for row in rows[at + 1 :]),
            )
        )
        if not told:
            return 0
        self.close()
        self.made.headings += [line for _, cell in heads for line in cell.lines]
        before = self.section, self.person
        for column, person in enumerate(people):
            self.section, self.person = person, ""
            for parts in told:
                if parts[column]:
                    self._cells(parts[column][0], parts[column][1:], "beside")
        self.section, self.person = before
        return len(told) + 1

    def _asked_in_each(self, parts: Sequence[Sequence[Cell]], people: Sequence[str]) -> bool:
        """Say whether every block of a row begins with a label, or is empty, and none is all there is."""
        told = [
            (part, who) for part, who in zip(parts, people, strict=True) if any(cell.text for cell in part)
        ]
        asked = [  # "Gender" also of whom we do not ask it, "Occupation" beside a label that we know
            self.names.match(part[0].text, Place(who)) or self.names.match(part[0].text, Place("subject"))
            for part, who in told
        ]
        return any(asked) and all(len(part) >= _FEWEST for part in parts)

    def _relatives_in_columns(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take people with a column each, "Mother" and "Father", "Child 1" and "Child 2"; return how many rows."""
        heads = [plain(cell.text) for cell in rows[at]]
        if len(heads) <= _FEWEST or not all(map(_is_person, heads[1:])) or _is_person(heads[0]):
            return 0
        asked = list(takewhile(lambda row: len(row) == len(heads) and row[0].text.strip(), rows[at + 1 :]))
        columns = [
            column_of("family_members", row[0].text) or f"other:{row[0].text.strip()}" for row in asked
        ]
        strange = sum(column.startswith("other:") for column in columns)
        if not {"name", "surname", "forename"} & set(columns) or 2 * strange > len(columns):
            return 0
        numbered = _NUMBERED.fullmatch(heads[1])
        one_sort = numbered and (
            numbered["who"] in _OF_ONE_SORT
            or (numbered["who"] == "adult" and "subject_name" not in self.made.asked)
        )
        about = one_sort and "relationship" not in columns
        self.close()
        people, lines = [], []
        for column, head in enumerate(rows[at][1:], start=1):
            cells = dict(zip(columns, (row[column] for row in asked), strict=True))
            texts = {name: cell.text.strip() for name, cell in cells.items() if not says_nothing(cell.text)}
            related = {} if numbered else {"relationship": head.text.strip()}
            people.append({**texts, **related} if texts else {})
            lines.append(tuple(line.number for cell in (head, *cells.values()) for line in cell.lines))
        labels = [row[0] for row in (rows[at], *asked)]
        heads = [cell.text for cell in labels]
        self.made.headings += [line for cell in labels for line in cell.lines]
        self._add_rows("subjects" if about else "family_members", heads, people, lines, number)
        return len(asked) + 1

    def _add_rows(
        self,
        group: str,
        heads: Sequence[str],
        made: Sequence[dict[str, str]],
        lines: Sequence[tuple[int, ...]],
        number: int,
    ) -> None:
        """Add a row table put together of rows that are not empty; the words of empty ones stay unplaced."""
        full = [(row, numbers) for row, numbers in zip(made, lines, strict=True) if row]
        if not full:
            return
        rows, numbers = zip(*full, strict=True)
        table = RowTable(group, tuple(heads), (), rows, numbers, f"table {number}")
        self.made.tables.append(table)


def _in_bracket(head: str) -> str:
    """Return whose a column is, where the head says it in brackets: "Person 1 (victim)"."""
    inner = _ONE_IN_BRACKETS.fullmatch(head)
    return inner["who"] if inner and only_says_whose(inner["who"]) else head


def _are_facts_of_both(asked: Sequence[Match | None]) -> bool:
    """Whether lines that do not say whose they are tell of one party each, and none goes on in the next."""
    names = [match.name for match in asked if match]
    return len(set(names)) == len(names) and all(name.endswith(_FACTS) for name in names)


def _person_or_family(head: str) -> str:
    """Return the person a head names, or "family" of one such as "Children"; nothing of other heads."""
    if section_of(head) == "family" and plain(head) in _RELATIVES:
        return "family"
    return _person(head)


def _person(head: str) -> str:
    """Return the person a head names and asks nothing of; nothing of other heads."""
    return person_in(plain(head)) if only_says_whose(head) else ""


def _is_person(head: str) -> bool:
    """Say whether a head is what somebody is to the subject, or one of several people: "Father", "Child 2"."""
    return bool(_RELATIVE.fullmatch(head) or _NUMBERED.fullmatch(head))


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    """Yield each cell of a row with the column of the table it begins in."""
    at = 0
    for cell in row:
        yield at, cell
        at += cell.span


def _parted(row: Row, starts: Sequence[int]) -> list[list[Cell]]:
    """Return the cells of a row that stand under each heading, without the empty ones between two blocks."""
    ends = [*starts[1:], 10_000]
    return [
        [cell for at, cell in _placed(row) if start <= at < end]
        for start, end in zip(starts, ends, strict=True)
    ]

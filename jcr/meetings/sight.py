"""What a reader may see of a meeting: nothing about a case in which they declared a conflict of interest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from jcr.cases import told_of
from jcr.cases.model import Case, Wall
from jcr.documents import agenda as agendas
from jcr.documents import minutes as minute_sheets
from jcr.meetings.model import Item, Meeting
from jcr.statements import at_most

REFERENCE = re.compile(told_of.REFERENCE)
ANY_WALL = select(Wall.id).where(Wall.person_id == bindparam("person")).limit(at_most(1))
WALLED = (
    select(Case.reference)
    .join(Wall, Wall.case_id == Case.id)
    .where(Wall.person_id == bindparam("person"), Case.reference.in_(bindparam("references", expanding=True)))
)
LEFT_OUT = "What is about a case in which you have a conflict of interest is left out of your copy."


class Behind:
    """The references of the cases behind one person's walls, looked up as texts name them: there may be thousands."""

    def __init__(self, session: Session, person_id: int) -> None:
        self._session, self._person_id = session, person_id
        self._known: dict[str, bool] = {}

    def __bool__(self) -> bool:
        return self._session.scalar(ANY_WALL, {"person": self._person_id}) is not None

    def __contains__(self, reference: str) -> bool:
        return bool(self.among([reference]))

    def isdisjoint(self, references: Iterable[str]) -> bool:
        return not self.among(references)

    def among(self, references: Iterable[str]) -> set[str]:
        """Those of the references that are behind a wall."""
        named = set(references)
        if unknown := named - self._known.keys():
            asked = {"person": self._person_id, "references": list(unknown)}
            walled = set(self._session.scalars(WALLED, asked))
            self._known |= {one: one in walled for one in unknown}
        return {one for one in named if self._known[one]}


@dataclass(frozen=True)
class Sight:
    """One reader's sight; `hidden` are the references of the cases behind their walls."""

    hidden: frozenset[str] | Behind = frozenset()

    def hides(self, texts: Iterable[str]) -> bool:
        """Whether any of the texts names a case behind a wall."""
        return not self.hidden.isdisjoint(REFERENCE.findall("\n".join(texts).upper()))

    def hides_item(self, item: Item) -> bool:
        """Whether an item is about such a case, by its title or by what was minuted under it."""
        acted = (part for action in item.actions for part in (action.task, action.expected))
        said = (item.title, item.summary, item.decision, item.rationale, item.all_dissent)
        its_cases = (action.case.reference for action in item.actions if action.case)
        return self.hides([*said, *acted, *its_cases])

    def lines(self, text: str) -> str:
        """A list of cases without the lines that name such a case."""
        if not self.hides([text]):
            return text
        lines = text.split("\n")
        kept = [line for line in lines if not self.hides([line])]
        return "\n".join([*kept, "", LEFT_OUT])

    def agenda(self, sheet: agendas.Agenda) -> agendas.Agenda:
        """The agenda as this reader gets it; items keep their numbers."""
        titles = [text for item in sheet.items for text in (item.title, item.before, *item.papers)]
        if not self.hides([*titles, *sheet.taken_off]):
            return sheet
        items = (item for item in sheet.items if not self.hides([item.title, *item.papers]))
        return replace(
            sheet,
            items=tuple(replace(item, before=self.lines(item.before)) for item in items),
            taken_off=tuple(title for title in sheet.taken_off if not self.hides([title])),
        )

    def minutes(self, sheet: minute_sheets.Minutes) -> minute_sheets.Minutes:
        """The minutes as this reader gets them: an item that names such a case keeps its number and nothing else."""
        said = [text for item in sheet.items for text in _minuted(item)]
        corrected = [text for one in sheet.corrections for text in (one.was, one.became, one.why)]
        declared = [text for one in sheet.declarations for text in (one.declared, one.handled)]
        if not self.hides([*said, *corrected, *declared]):
            return sheet
        return replace(
            sheet,
            items=tuple(self._left_of(item) for item in sheet.items),
            declarations=tuple(
                minute_sheets.Declaration("Left out", LEFT_OUT, "")
                if self.hides([one.declared, one.handled])
                else one
                for one in sheet.declarations
            ),
            corrections=tuple(
                one for one in sheet.corrections if not self.hides([one.was, one.became, one.why])
            ),
        )

    def _left_of(self, item: minute_sheets.Item) -> minute_sheets.Item:
        if not self.hides(_minuted(item)):
            return item
        return minute_sheets.Item(number=item.number, title="Left out", summary=LEFT_OUT)


def _minuted(item: minute_sheets.Item) -> list[str]:
    acted = [part for action in item.actions for part in (action.id, action.action)]
    return [item.title, item.summary, item.decision, item.rationale, item.dissent, *acted]


def sight_of(session: Session, person_id: int, meeting: Meeting | None = None) -> Sight:
    """What this person may see. Of a meeting whose items are asked about one by one, all are looked up at once."""
    behind = Behind(session, person_id)
    if meeting:
        behind.among(_named(meeting))
    return Sight(behind)


def sights(session: Session, people: Collection[int]) -> dict[int, Sight]:
    """What each of these people may see, by their number in the database."""
    walls = behind_walls(session, people)
    return {person: Sight(frozenset(hidden)) for person, hidden in walls.items()}


def behind_walls(session: Session, people: Collection[int]) -> dict[int, set[str]]:
    """The references of the cases behind the walls of each of these people."""
    walls = select(Wall.person_id, Case.reference).join(Case, Case.id == Wall.case_id)
    found: dict[int, set[str]] = {person: set() for person in people}
    for person, reference in session.execute(walls.where(Wall.person_id.in_(people))):
        found[person].add(reference)
    return found


def may_be_sent(sight: Sight, meeting: Meeting) -> bool:
    """Whether anything of the meeting may go to somebody: nothing of a meeting about a case behind their wall."""
    return meeting.case is None or meeting.case.reference not in sight.hidden


def cases_of(session: Session, meeting: Meeting, person_id: int) -> Sequence[int]:
    """The numbers of the cases that a reader of the meeting's pages reads about: its own, and those its items name."""
    own = [meeting.case] if meeting.case else []
    named = _named(meeting) - {case.reference for case in own}
    named -= Behind(session, person_id).among(named)
    others = session.scalars(select(Case.id).where(Case.reference.in_(named))) if named else ()
    return [*(case.id for case in own), *others]


def _named(meeting: Meeting) -> set[str]:
    """The references that its items name."""
    told = [text for item in meeting.items for text in _told(item)]
    return set(REFERENCE.findall(" ".join(told).upper()))


def _told(item: Item) -> list[str]:
    acted = [part for action in item.actions for part in (action.task, action.expected)]
    its_cases = [action.case.reference for action in item.actions if action.case]
    return [
        item.title,
        item.before,
        item.summary,
        item.decision,
        item.rationale,
        item.all_dissent,
        *acted,
        *its_cases,
    ]

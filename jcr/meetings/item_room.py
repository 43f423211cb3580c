"""Who is in the room for an item and chairs it, from steps noted against it, and whether it was quorate for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from jcr.answer import Answer
from jcr.cases.model import Case, Wall
from jcr.errors import NotNow
from jcr.history.service import record
from jcr.meetings import rules
from jcr.meetings.model import Attendance, Item, Kind, Meeting, Movement, Presence
from jcr.meetings.moves import Move, Step, out_of_the_room, took_the_chair, withdrawn
from jcr.meetings.room import (
    is_conflicted,
    is_recorded,
    must_be_able_to_chair,
    must_be_open,
    quorum,
    seats,
)
from jcr.meetings.seats import Seat
from jcr.meetings.sight import REFERENCE
from jcr.meetings.standing import RECOMMENDATION
from jcr.people.model import Person
from jcr.roles import Actor
from jcr.wording import LONDON, listed

DID = {
    Step.CAME: "came in at",
    Step.LEFT: "left at",
    Step.WITHDREW: "withdrew at",
    Step.CHAIRED: "took the chair at",
}


def note_step(
    session: Session,
    item: Item,
    place: Attendance,
    step: Step | None,
    at: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    """That somebody came in, left, withdrew or took the chair at an item; None takes back what was noted there.

    Raises NotNow for somebody who is not recorded as having come or cannot chair, or once the minutes are approved.
    """
    meeting = item.meeting
    must_be_open(meeting)
    if not place.is_in_the_room:
        raise NotNow(f"{place.person.name} is not recorded as having come. Record attendance first.")
    if step is Step.CHAIRED:
        must_be_able_to_chair(meeting, place)
    found = next((one for one in item.movements if one.attendance_id == place.id), None)
    if found and step is None:
        item.movements.remove(found)
    elif found and step:
        found.step, found.at = step, at
    elif step:
        item.movements.append(Movement(attendance_id=place.id, attendance=place, step=step, at=at))
    else:
        return
    session.flush()
    what = step.shown.lower() if step else "nothing, after all"
    act = f"noted at item {item.position} of {meeting.title}: {place.person.name}, {what}"
    record(session, meeting.case_id, actor, now, act, meeting=meeting.id)


def seats_at(item: Item, invited: Sequence[Seat] | None = None) -> list[Seat]:
    """Everybody invited as the quorum rule sees them for one item; `invited` as it sees them for the meeting."""
    meeting = item.meeting
    moves = _moves(meeting)
    out, apart = out_of_the_room(moves, item.position), withdrawn(moves, item.position) | recused(item)
    sitting = [
        replace(seat, present=seat.present and place.id not in out, conflicted=seat.conflicted or place.id in apart)
        for seat, place in zip(invited or seats(meeting), meeting.attendances, strict=True)
    ]  # fmt: skip
    at = _chairing(item, moves, sitting)
    return [replace(seat, is_chair=number == at) for number, seat in enumerate(sitting)]


def recused(item: Item) -> set[int]:
    """Who takes no part in an item, by their place: whoever has a conflict in a case that it names (ToR 5).

    Its papers name cases too. The meeting's own case is left out: a conflict in that one is of the whole meeting.
    """
    meeting = item.meeting
    named = {*REFERENCE.findall(item.title.upper()), *(one.case.reference for one in item.papers if one.case)}
    named -= {meeting.case.reference} if meeting.case else set()
    session = object_session(item)
    if not named or session is None:
        return set()
    people = [place.person_id for place in meeting.attendances if place.state is not Presence.DEPUTY]
    walls = select(Wall.person_id).join(Case, Case.id == Wall.case_id)
    apart = session.scalars(walls.where(Case.reference.in_(named), Wall.person_id.in_(people))).all()
    return {
        place.id
        for place in meeting.attendances
        if place.person_id in apart or _deputy_declared(place, named)
    }


def _deputy_declared(place: Attendance, named: set[str]) -> bool:
    """Whether the deputy who came declared an interest in one of these cases that nobody found to be no conflict."""
    if place.state is not Presence.DEPUTY:  # and what they declared is not looked up
        return False
    return any(one.case.reference in named for one in place.interests if one.of_deputy and one.stands)


def chair_at(item: Item, invited: Sequence[Seat] | None = None) -> Person | None:
    """Who chairs an item: whoever took the chair at it; else the chair of the meeting if there for it; else whoever
    took the chair last and is there."""
    seated = zip(seats_at(item, invited), item.meeting.attendances, strict=True)
    return next((place.person for seat, place in seated if seat.is_chair), None)


def _chairing(item: Item, moves: Sequence[Move], sitting: Sequence[Seat]) -> int | None:
    """Which of the seats is the chair's for an item."""
    places = item.meeting.attendances
    here = {place.id: number for number, place in enumerate(places) if sitting[number].counts}
    at_once = [move.who for move in moves if move.step is Step.CHAIRED and move.item == item.position]
    whole = [place.id for place in places if place.chairing]
    in_turn = [*at_once, *whole, *took_the_chair(moves, item.position)]
    return next((here[who] for who in in_turn if who in here), None)


def chairs_of(meeting: Meeting) -> str:
    """Who chaired, in words for the minutes: the meeting, and each item that somebody else chaired or nobody."""
    if meeting.chair is None:
        return "Not recorded"
    if not any(item.movements or recused(item) for item in meeting.items):
        return meeting.chair.name
    others: dict[str, list[str]] = {}
    invited = seats(meeting)
    for item in meeting.items:
        person = chair_at(item, invited)
        if person is not meeting.chair:
            others.setdefault(person.name if person else "not recorded", []).append(str(item.position))
    told = (f"item{'s' if len(at) > 1 else ''} {listed(at)}: {who}" for who, at in others.items())
    return "; ".join([meeting.chair.name, *told])


def quorum_at(item: Item, council_directorates_apart: bool = False) -> Answer:
    """Whether the meeting was quorate for one item, with the reason in words for the minutes."""
    return _quorum_of(item.meeting, seats_at(item), council_directorates_apart)


def _quorum_of(meeting: Meeting, sitting: Sequence[Seat], council_directorates_apart: bool) -> Answer:
    if meeting.kind is Kind.PANEL:
        return rules.panel_quorum(sitting)
    return rules.jcr_quorum(sitting, council_directorates_apart=council_directorates_apart)


def may_decide(item: Item, council_directorates_apart: bool = False) -> Answer:
    """Whether a decision may be recorded under an item: never of one dealt with while inquorate (ToR, header)."""
    if not any(place.is_in_the_room for place in item.meeting.attendances):
        return Answer(True, "Attendance is not recorded yet.", rules.QUORUM_SOURCE)
    return rules.may_recommend(quorum_at(item, council_directorates_apart))


def whole_quorum(meeting: Meeting, council_directorates_apart: bool = False) -> Answer:
    """The quorum statement of the minutes, on a line each: the meeting, who moved when, and each item for which it was
    otherwise."""
    if not is_recorded(meeting):
        return Answer(False, "Attendance is not recorded yet.", rules.QUORUM_SOURCE)
    whole = quorum(meeting, council_directorates_apart)
    told = [whole.because]
    apart = [_apart(item, place) for item in meeting.items for place in _here_and_recused(item)]
    if apart or any(item.movements for item in meeting.items):
        told += [_told(one) for item in meeting.items for one in item.movements]
        told += apart
        told += _otherwise(meeting, whole, council_directorates_apart)
    return Answer(whole.holds, "\n".join(told), whole.source)


def _otherwise(meeting: Meeting, whole: Answer, apart: bool) -> list[str]:
    """What differs from the whole, said once for the items of which it holds. Who sat there is the same at most items,
    and is judged once."""
    items_of: dict[str, list[int]] = {}
    invited, judged = seats(meeting), dict[tuple[Seat, ...], Answer]()
    for item in meeting.items:
        sitting = tuple(seats_at(item, invited))
        answer = judged.get(sitting) or judged.setdefault(sitting, _quorum_of(meeting, sitting, apart))
        if answer.holds != whole.holds:
            told = f"{answer.because[0].lower()}{answer.because[1:]}"
            told += "" if answer.holds else _without_quorum(item)
            items_of.setdefault(told, []).append(item.position)
    return [f"{_items(positions)}: {told}" for told, positions in items_of.items()]


def _items(positions: list[int]) -> str:
    *others, last = map(str, positions)
    return f"Items {', '.join(others)} and {last}" if others else f"Item {last}"


def _without_quorum(item: Item) -> str:
    if item.decision:  # written down before it was noted who had gone
        return " What is recorded as decided there was not decided by a quorum."
    return " Noted only: nothing was decided."


def _told(one: Movement) -> str:
    return (
        f"{_who(one.attendance)} {DID[one.step]} {one.at.astimezone(LONDON):%H:%M}, item {one.item.position}."
    )


def _here_and_recused(item: Item) -> list[Attendance]:
    apart = recused(item)
    return [place for place in item.meeting.attendances if place.id in apart and place.is_in_the_room]


def _apart(item: Item, place: Attendance) -> str:
    return f"{_who(place)} took no part in item {item.position}, for a conflict of interest."


def _who(place: Attendance) -> str:
    agency = f" ({place.agency.name})" if place.agency else ""
    return f"{place.deputy_name or place.person.name}{agency}"


def _moves(meeting: Meeting) -> list[Move]:
    return [
        Move(item.position, one.attendance_id, one.step) for item in meeting.items for one in item.movements
    ]


def may_recommend(meeting: Meeting, council_directorates_apart: bool = False) -> Answer:
    """Whether a recommendation may be recorded: begun, quorate for that item, and under a chair without a conflict."""
    if meeting.case is None or meeting.opened_at is None:
        return Answer(False, "The rapid review has not been opened yet.", "ToR 7.v")
    item = next((one for one in meeting.items if one.key == RECOMMENDATION), None)
    chair = recommending_chair(meeting)
    if chair is None:
        which = f"item {item.position}, {item.title}" if meeting.chair and item else "the meeting"
        return Answer(False, f"Record who chairs {which} first.", "ToR 5")
    conflicted = is_conflicted(meeting, chair)
    apart = council_directorates_apart
    return rules.may_recommend(quorum_at(item, apart) if item else quorum(meeting, apart), conflicted)


def recommending_chair(meeting: Meeting) -> Person | None:
    """Who chairs the item of the recommendation, under whose name it is made."""
    item = next((one for one in meeting.items if one.key == RECOMMENDATION), None)
    return chair_at(item) if meeting.chair and item else meeting.chair

"""Who is in the room: attendance, declarations, the chair, and whether the meeting is quorate."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from jcr.answer import Answer
from jcr.cases.model import Route
from jcr.cases.service import put_up_wall
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.meetings import rules
from jcr.meetings.interest_model import Declaration
from jcr.meetings.model import Attendance, Kind, Meeting, Presence
from jcr.meetings.rules import Chairing, Seat
from jcr.people.model import Person
from jcr.roles import CHAIRS, Actor, Role


def place_of(meeting: Meeting, person: Person) -> Attendance:
    """The person's place at the meeting. Raises NotNow when they were not invited."""
    for place in meeting.attendances:
        if place.person_id == person.id:
            return place
    raise NotNow(f"{person.name} was not invited to this meeting. Invite them first.")


def note_attendance(
    session: Session,
    meeting: Meeting,
    person: Person,
    state: Presence,
    deputy_name: str = "",
    deputy_why: str = "",
) -> None:
    """Whether a member came, sent a deputy or apologies, or was absent.

    Raises Incomplete for a deputy without a name, or to a review panel without the exceptional circumstances that
    alone allow one (ToR 8); NotNow once the minutes are approved.
    """
    must_be_open(meeting)
    by_deputy = state is Presence.DEPUTY
    if by_deputy and not deputy_name.strip():
        raise Incomplete(f"Enter the name of the deputy who came for {person.name}.")
    place = place_of(meeting, person)
    if by_deputy and place.needs_reason_for_deputy and not deputy_why.strip():
        raise Incomplete(f"Say in which exceptional circumstances a deputy came for {person.name}.")
    place.state = state
    place.deputy_name = deputy_name.strip() if by_deputy or place.expects_deputy else ""
    place.deputy_why = deputy_why.strip() if by_deputy and place.needs_reason_for_deputy else ""
    if place.chairing and state is not Presence.PRESENT:
        place.chairing = False
        meeting.chair = None


def attendance_taken(session: Session, meeting: Meeting, actor: Actor, now: datetime) -> None:
    """Puts on record that the sheet was filled in, and how many it shows in the room."""
    here = sum(place.is_in_the_room for place in meeting.attendances)
    who = "1 person" if here == 1 else f"{here} people"
    record(
        session, meeting.case_id, actor, now, f"recorded attendance: {who} in the room", meeting=meeting.id
    )


def declare(
    session: Session,
    meeting: Meeting,
    person: Person,
    conflicted: bool,
    what: str,
    handled: str,
    actor: Actor,
    now: datetime,
    *,
    of_deputy: bool = False,
) -> None:
    """What a member, or the deputy who came, declared. A member's conflict puts up the wall on the case of the meeting;
    an interest declared at a meeting about no one case is told in its minutes."""
    must_be_open(meeting)
    if conflicted and not what.strip():
        raise Incomplete("Say what the conflict is; it is part of the record.")
    found = declaration_of(meeting, person, of_deputy)
    if found is None:
        found = Declaration(person=person, of_deputy=of_deputy)
        meeting.declarations.append(found)
    found.conflicted, found.what, found.handled = conflicted, what.strip(), handled.strip()
    session.flush()
    if conflicted and meeting.case:
        _shut_out(session, meeting, person, what, actor, now, of_deputy)


def _shut_out(
    session: Session,
    meeting: Meeting,
    person: Person,
    what: str,
    actor: Actor,
    now: datetime,
    of_deputy: bool,
) -> None:
    place = next((one for one in meeting.attendances if one.person_id == person.id), None)
    if place and place.chairing:
        place.chairing = False
        meeting.chair = None
    if of_deputy:
        record(
            session,
            meeting.case_id,
            actor,
            now,
            f"recorded a conflict of interest of {person.name}’s deputy",
            what,
        )
    elif meeting.case:
        put_up_wall(session, meeting.case, person, what, actor, now)


def take_chair(session: Session, meeting: Meeting, person: Person, actor: Actor, now: datetime) -> None:
    """Who chairs. Raises NotNow unless they are in the room and have declared no conflict."""
    must_be_open(meeting)
    place = place_of(meeting, person)
    must_be_able_to_chair(meeting, place)
    if meeting.chair_id == person.id and place.chairing:
        return
    for other in meeting.attendances:
        other.chairing = False
    session.flush()
    place.chairing, meeting.chair = True, person
    record(session, meeting.case_id, actor, now, f"recorded that {person.name} chaired the meeting")


def must_be_able_to_chair(meeting: Meeting, place: Attendance) -> None:
    """Raises NotNow for somebody who is away, has a conflict, or is neither chair nor named where neither chair can."""
    person = place.person
    if place.state is not Presence.PRESENT:
        raise NotNow(f"{person.name} is not recorded as present, so cannot chair.")
    if is_conflicted(meeting, person):
        raise NotNow(f"{person.name} has declared a conflict of interest, so another person must chair.")
    if place.in_attendance:
        raise NotNow("Officers in attendance do not chair. Choose the chair, the vice chair or a member.")
    if person.role not in CHAIRS and who_should_chair(meeting).who == "substitute":
        named = meeting.substitute.person if meeting.substitute else None
        if named is None or named.id != person.id:
            raise NotNow(
                "Neither chair can take the chair. Whom the boards name as substitute chairs instead."
            )


def must_be_open(meeting: Meeting) -> None:
    """Raises NotNow where attendance cannot be recorded: of a cancelled meeting, or once the minutes are approved."""
    if meeting.cancelled_at:
        raise NotNow("This meeting is cancelled, so nobody attends it.")
    if meeting.minutes_approved_at:
        raise NotNow("The minutes are approved, so attendance and declarations are closed.")


def is_recorded(meeting: Meeting) -> bool:
    """Whether anything of the attendance was recorded: before that, nothing is said of chair and quorum."""
    return any(place.is_in_the_room or place.state is Presence.ABSENT for place in meeting.attendances)


def declaration_of(meeting: Meeting, person: Person, of_deputy: bool = False) -> Declaration | None:
    return next(
        (one for one in meeting.declarations if one.person_id == person.id and one.of_deputy == of_deputy),
        None,
    )


def is_conflicted(meeting: Meeting, person: Person, of_deputy: bool = False) -> bool:
    """Whether they take no part in a meeting about a case; of any other, they withdraw for an item (ToR 5)."""
    if meeting.case is None:
        return False
    found = declaration_of(meeting, person, of_deputy)
    return found is not None and found.conflicted


def seats(meeting: Meeting) -> list[Seat]:
    """Everybody invited as the quorum rule sees them."""
    return [_seat(meeting, place) for place in meeting.attendances]


def _seat(meeting: Meeting, place: Attendance) -> Seat:
    by_deputy = place.state is Presence.DEPUTY or place.expects_deputy
    agency = place.agency
    return Seat(
        agency=agency.name if agency else "",
        quorum_group=agency.quorum_group if agency else "",
        sector=agency.sector.value if agency else "",
        directorate=agency.code if agency else "",
        present=place.is_in_the_room,
        deputy=by_deputy,
        in_attendance=place.in_attendance,
        conflicted=is_conflicted(meeting, place.person, by_deputy),
        is_chair=place.chairing,
    )


def quorum(meeting: Meeting, council_directorates_apart: bool = False) -> Answer:
    """Whether the meeting is quorate as its attendance stands, with the reason in words for the minutes."""
    sitting = seats(meeting)
    if meeting.kind is Kind.PANEL:
        return rules.panel_quorum(sitting)
    return rules.jcr_quorum(sitting, council_directorates_apart=council_directorates_apart)


def partners_warning(meeting: Meeting) -> Answer | None:
    """Whether the three safeguarding partners are at a child's rapid review.

    None for other meetings, and while no attendance is recorded.
    """
    if meeting.case is None or Route.CHILD not in meeting.case.route_names or not is_recorded(meeting):
        return None
    return rules.child_partners_present(seats(meeting))


def expected_chair(meeting: Meeting) -> str:
    """Who is recorded as chairing, or who is to: the chair, the vice chair, or whom the boards named instead."""
    if meeting.chair:
        return meeting.chair.name
    who = who_should_chair(meeting).who
    if who == "substitute":
        named = meeting.substitute.person if meeting.substitute else None
        return named.name if named else "to be decided"
    role = Role.CHAIR if who == "chair" else Role.VICE_CHAIR
    return next(place.person.name for place in meeting.attendances if place.person.role is role)


def who_should_chair(meeting: Meeting) -> Chairing:
    """Chair, vice chair or a substitute, from attendance, declarations and the boards' answer."""
    first, second = _office(meeting, Role.CHAIR), _office(meeting, Role.VICE_CHAIR)
    found = rules.who_chairs(
        chair_absent=first.absent, chair_conflicted=first.conflicted, chair_apologies=first.apologies,
        vice_absent=second.absent, vice_conflicted=second.conflicted, vice_apologies=second.apologies,
        chair_invited=first.invited, vice_invited=second.invited,
    )  # fmt: skip
    answer = meeting.substitute
    if found.who != "substitute" or answer is None or answer.person is None:
        return found
    named = f"{answer.person.name}, named by {answer.answered_by} for the boards,"
    return replace(found, because=f"{named} takes the chair in place of chair and vice chair.")


class _Office(NamedTuple):
    """Whether chair or vice chair is away, why, and whether they may not chair for a conflict."""

    absent: bool
    conflicted: bool
    apologies: bool
    invited: bool


def _office(meeting: Meeting, role: Role) -> _Office:
    """How it stands with the chair or vice chair; somebody not recorded yet is expected to come."""
    declared = [one.person for one in meeting.declarations if not one.of_deputy]
    if any(person.role is role and is_conflicted(meeting, person) for person in declared):
        return _Office(True, True, False, True)
    places = [place for place in meeting.attendances if place.person.role is role]
    here = (Presence.INVITED, Presence.PRESENT)
    expected = [place for place in places if place.state in here and not place.expects_deputy]
    # sending a deputy is an apology as well: the deputy counts to quorum but does not chair
    away = (Presence.APOLOGIES, Presence.DEPUTY)
    sent_word = any(place.state in away or place.expects_deputy for place in places)
    return _Office(not expected, False, not expected and sent_word, bool(places))

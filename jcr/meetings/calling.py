"""Calls meetings: the rapid review together with its scoping requests, and the group's business meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jcr.cases import named
from jcr.cases.model import Case, Status, Wall
from jcr.cases.rules import Calendar
from jcr.cases.workflow import perform
from jcr.correspondence.model import Letter
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.meetings.interest_model import Declaration
from jcr.meetings.invitations import invite_asked, send_invitations
from jcr.meetings.minuting import action_log, new_referrals, open_cases, outcomes_since
from jcr.meetings.model import Attendance, Item, Kind, Meeting
from jcr.meetings.performance import last_before, minutes_to_agree, performance
from jcr.meetings.standing import (
    ACTION_LOG,
    AGENDAS,
    MINUTES,
    NEW_REFERRALS,
    OPEN_CASES,
    OUTCOMES,
    PERFORMANCE,
)
from jcr.people.model import Membership, Person
from jcr.people.service import group_members, in_attendance
from jcr.roles import CHAIRS, TEAM, Actor
from jcr.scoping import service as scoping
from jcr.scoping.model import Round
from jcr.scoping.rules import Dates
from jcr.triage.notifying import must_be_notified
from jcr.wording import count, local_day, long_date, long_moment, sentence


def call_rapid_review(
    session: Session,
    head: Letterhead,
    case: Case,
    asked: Sequence[scoping.Asked],
    dates: Dates,
    actor: Actor,
    now: datetime,
    answers: Mapping[str, Any] | None = None,
    calendar: Calendar | None = None,
) -> Meeting:
    """One act (ToR 7.ii): the scoping round, a request to each agency, and the meeting with its agenda.

    `answers` are those of the referral, for what the forms say already. Raises Incomplete with everything
    that is wrong, NotAllowed or NotNow; then nothing was sent.
    """
    must_be_notified(case)
    round = scoping.open_round(session, head, case, asked, dates, answers or {}, actor, now, calendar)
    perform(
        session, case, "scope", actor, now,
        return_by=dates.return_by.isoformat(), meeting_at=dates.meeting_at.isoformat(), agencies=len(asked),
    )  # fmt: skip
    meeting = _new(session, Kind.RAPID_REVIEW, f"Rapid review of {case.reference}", dates, now)
    meeting.case, meeting.round = case, round
    _invite_all(session, meeting, _called_to(session, case, asked))
    session.flush()
    return meeting


def ask_another(
    session: Session,
    head: Letterhead,
    round: Round,
    one: scoping.Asked,
    answers: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    calendar: Calendar,
) -> list[Letter]:
    """One more agency in a round that is out: its request, and invitations to the rapid review while it is ahead.

    Returns the invitations, for whoever holds the request and the agency's members who had no place yet.
    """
    request = scoping.ask(session, head, round, one, answers, actor, now, calendar)
    meeting = latest_rapid_review(session, round.case)
    if meeting is None or meeting.cancelled_at or meeting.starts_at <= now:
        return []
    seated = {place.person_id for place in meeting.attendances} | set(_walls(session, round.case))
    called = [person for person in _called_to(session, round.case, [one]) if person.id not in seated]
    places = [
        invite(session, meeting, person, actor, now) for person in called if person.agency_id == one.agency.id
    ]
    told = send_invitations(session, head, meeting, actor, now, places) if places else []
    return [*told, *invite_asked(session, head, meeting, actor, now, [request])]


def call_again(
    session: Session, case: Case, starts_at: datetime, place: str, actor: Actor, now: datetime
) -> Meeting:
    """A further rapid review of a case that came back, or that was not finished; with the same people.

    Raises NotNow unless the rapid review is open, or the one that was called is cancelled.
    """
    before = latest_rapid_review(session, case)
    instead = case.status is Status.SCOPING and before is not None and before.cancelled_at is not None
    if case.status is not Status.RAPID_REVIEW and not instead:
        raise NotNow(f"The case is at “{case.status.shown}”; a further meeting needs an open rapid review.")
    title = f"{'Rapid' if instead else 'Further rapid'} review of {case.reference}"
    people = [place.person for place in before.attendances] if before else in_attendance(session)
    act = f"called {'another' if instead else 'a further'} rapid review for {long_moment(starts_at)}"
    meeting = _call(session, Kind.RAPID_REVIEW, title, case, people, starts_at, place, act, actor, now)
    meeting.round = before.round if before else None
    if instead and meeting.round:
        meeting.round.meeting_at, meeting.round.meeting_place = starts_at, place.strip()
    return meeting


def call_panel(
    session: Session, case: Case, starts_at: datetime, place: str, actor: Actor, now: datetime
) -> Meeting:
    """A meeting of the review panel of a case: whoever is named to it, the chairs, and the team in attendance. Its
    agenda tells which of the panel's minutes are to be agreed, and the case's open actions.

    Raises NotNow while nobody is named to the case, Incomplete for a time or place that will not do.
    """
    panel = [one.person for one in named.of_case(session, case) if not one.ended_at]
    if not panel:
        raise NotNow("Nobody is named to this case yet. Name the panel first.")
    title = f"Review panel of {case.reference}, {long_date(local_day(starts_at))}"
    chairs = [one for one in group_members(session) if one.role in CHAIRS]
    people, act = (
        [*chairs, *panel, *in_attendance(session)],
        f"called the review panel for {long_moment(starts_at)}",
    )
    meeting = _call(session, Kind.PANEL, title, case, people, starts_at, place, act, actor, now)
    refresh_items(session, meeting, now)
    return meeting


def latest_rapid_review(session: Session, case: Case) -> Meeting | None:
    """The case's latest rapid review meeting; a cancelled one only where there is no other."""
    found = select(Meeting).where(Meeting.case_id == case.id, Meeting.kind == Kind.RAPID_REVIEW)
    in_order = (Meeting.cancelled_at.is_not(None), Meeting.starts_at.desc(), Meeting.id.desc())
    return session.scalar(found.order_by(*in_order).limit(1))


def call_business_meeting(
    session: Session, starts_at: datetime, place: str, actor: Actor, now: datetime
) -> Meeting:
    """A business meeting, its standing items filled with how things stand today.

    Its chairs and standing members are invited; others are when it is appropriate, each by name (ToR 5).
    """
    title = f"Joint Case Review business meeting, {long_date(local_day(starts_at))}"
    members = [one for one in group_members(session) if one.role in CHAIRS or _is_standing(one)]
    people, act = [*members, *in_attendance(session)], f"called the {title}"
    meeting = _call(session, Kind.BUSINESS, title, None, people, starts_at, place, act, actor, now)
    refresh_items(session, meeting, now)
    return meeting


def _call(
    session: Session,
    kind: Kind,
    title: str,
    case: Case | None,
    people: Iterable[Person],
    starts_at: datetime,
    place: str,
    act: str,
    actor: Actor,
    now: datetime,
) -> Meeting:
    """A meeting with its standing agenda and these people. Raises Incomplete for a time or place that will not do."""
    if starts_at <= now:
        raise Incomplete("The meeting must be after now.")
    if not place.strip():
        raise Incomplete("Enter where the meeting is held, or its link.")
    meeting = _new(session, kind, title, Dates(local_day(now), starts_at, place), now)
    meeting.case = case
    _invite_all(session, meeting, people)
    session.flush()
    record(session, case.id if case else None, actor, now, act, meeting=meeting.id)
    return meeting


def refresh_items(session: Session, meeting: Meeting, now: datetime) -> None:
    """Fills what the agenda tells of minutes to agree and open actions, as they stand: a panel's own and those of its
    case. A business meeting is also told of referrals, outcomes and open cases."""
    told = {
        ACTION_LOG: action_log(session, local_day(now), meeting.case),
        MINUTES: minutes_to_agree(session, meeting, now),
    }
    if meeting.kind is Kind.BUSINESS:
        last = last_before(session, meeting, now)
        since = last.starts_at if last else None
        told |= {
            NEW_REFERRALS: new_referrals(session, since),
            OUTCOMES: outcomes_since(session, since),
            OPEN_CASES: open_cases(session),
            PERFORMANCE: performance(session, meeting, now),
        }
    for item in meeting.items:
        item.before = told.get(item.key, item.before)


def _new(session: Session, kind: Kind, title: str, dates: Dates, now: datetime) -> Meeting:
    number = session.scalar(select(func.max(Meeting.number)).where(Meeting.kind == kind)) or 0
    meeting = Meeting(
        kind=kind,
        number=number + 1,
        title=title,
        starts_at=dates.meeting_at,
        place=dates.place.strip(),
        called_at=now,
    )
    for position, item in enumerate(AGENDAS[kind], 1):
        meeting.items.append(
            Item(
                position=position,
                key=item.key,
                title=item.title,
                purpose=item.purpose,
                lead=item.lead,
                minutes=item.minutes,
                before=item.before,
            )
        )
    session.add(meeting)
    return meeting


def _called_to(session: Session, case: Case, asked: Iterable[scoping.Asked]) -> list[Person]:
    """The standing members, those of agencies asked, and the team (ToR 5)."""
    agencies = {one.agency.id for one in asked}
    members = [
        person for person in group_members(session) if person.role in CHAIRS or _is_called(person, agencies)
    ]
    return [*members, *in_attendance(session)]


def _is_standing(person: Person) -> bool:
    """Whether somebody is invited to every meeting: a member of no agency is as well."""
    return person.agency is None or person.agency.membership is Membership.STANDING


def _is_called(person: Person, agencies: set[int]) -> bool:
    if person.agency is None:
        return False
    return person.agency.membership is Membership.STANDING or person.agency_id in agencies


def _invite_all(session: Session, meeting: Meeting, people: Iterable[Person]) -> None:
    """Whoever declared a conflict on the case before is named in the minutes and not invited."""
    walls = _walls(session, meeting.case) if meeting.case else {}
    for person in people:
        if person.id in walls:
            handled = "Not invited; does not see the case. The agency may send somebody else."
            meeting.declarations.append(
                Declaration(person=person, conflicted=True, what=walls[person.id], handled=handled)
            )
        else:
            meeting.attendances.append(_place(person))


def _walls(session: Session, case: Case) -> dict[int, str]:
    return {wall.person_id: wall.why for wall in session.scalars(select(Wall).where(Wall.case_id == case.id))}


def _place(person: Person) -> Attendance:
    return Attendance(
        person=person, agency_id=person.agency_id, agency=person.agency, in_attendance=person.role in TEAM
    )


def invite(session: Session, meeting: Meeting, person: Person, actor: Actor, now: datetime) -> Attendance:
    """One more person, and their place. Raises NotNow for somebody invited already, or with a conflict on the case."""
    if any(place.person_id == person.id for place in meeting.attendances):
        raise NotNow(f"{person.name} is invited already.")
    if meeting.case and person.id in _walls(session, meeting.case):
        raise NotNow(f"{person.name} declared a conflict of interest on this case and cannot be invited.")
    place = _place(person)
    meeting.attendances.append(place)
    session.flush()
    record(session, meeting.case_id, actor, now, f"invited {person.name} to the meeting")
    return place


def open_rapid_review(
    session: Session, meeting: Meeting, actor: Actor, now: datetime, why_early: str = ""
) -> None:
    """The meeting begins. Missing returns do not stop it, but they go on record.

    Raises Incomplete before the day it is called for without a reason: others were told of that day (ToR 7.ii).
    """
    if meeting.case is None:
        raise NotNow("This is a business meeting; it needs no opening.")
    if meeting.kind is Kind.PANEL:
        raise NotNow("This is a meeting of the review panel; it needs no opening.")
    if meeting.cancelled_at:
        raise NotNow("This meeting is cancelled. Call another one from the case.")
    why = " ".join(filter(None, (_opened_early(meeting, why_early, now), _returns_missing(meeting))))
    if meeting.case.status is Status.RAPID_REVIEW and meeting.opened_at is None:
        record(session, meeting.case_id, actor, now, "opened the further rapid review", why)
    else:
        perform(session, meeting.case, "open_rapid_review", actor, now, why)
    if meeting.round and not meeting.round.has_begun:
        meeting.round.met_at = now
    meeting.opened_at = now


def is_before_its_day(meeting: Meeting, now: datetime) -> bool:
    """Whether the day that everybody invited was told has not come yet."""
    return local_day(now) < local_day(meeting.starts_at)


def _opened_early(meeting: Meeting, why_early: str, now: datetime) -> str:
    if not is_before_its_day(meeting, now):
        return ""
    called_for = long_date(local_day(meeting.starts_at))
    if not why_early.strip():
        raise Incomplete(
            f"The meeting is called for {called_for}, and everybody was told so. To open it before that day, say who "
            "decided so, why, and how those who are not there were told."
        )
    return f"Opened before {called_for}, the day it was called for: {sentence(why_early)}"


def _returns_missing(meeting: Meeting) -> str:
    missing = [request.agency.name for request in scoping.missing(meeting.round)]
    return f"Opened with {count(len(missing), 'return')} missing: {', '.join(missing)}." if missing else ""

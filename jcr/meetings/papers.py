"""The meeting's papers: what the record holds, put into agenda and minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from jcr.answer import Answer
from jcr.cases.rules import Calendar, CalendarEnds
from jcr.correspondence.service import Letterhead
from jcr.documents import agenda as agendas
from jcr.documents import minutes as minute_sheets
from jcr.documents.parts import Action as ActionRow
from jcr.meetings.interest_model import Declaration, Interest
from jcr.meetings.item_room import chairs_of
from jcr.meetings.model import Attendance, Correction, Item, Kind, Meeting, Presence
from jcr.meetings.room import expected_chair, is_recorded
from jcr.meetings.rules import minutes_by, papers_in_by, papers_out_by
from jcr.meetings.standing import CONFIDENTIAL
from jcr.people.model import Person
from jcr.wording import LONDON, local_day, long_date, long_moment


def agenda_of(meeting: Meeting, head: Letterhead, calendar: Calendar) -> agendas.Agenda:
    """What the agenda says."""
    return agendas.Agenda(
        organisation=head.partnership,
        marking=head.marking,
        kind=f"{meeting.kind.shown}{' (cancelled)' if meeting.cancelled_at else ''}",
        title=meeting.title,
        date=long_date(local_day(meeting.starts_at)),
        time=_time(meeting.starts_at),
        place=meeting.place,
        chair="" if meeting.cancelled_at else expected_chair(meeting),
        reference=meeting.case.reference if meeting.case else "",
        invitees=tuple(_invitee(place) for place in meeting.attendances),
        items=tuple(_agenda_item(item) for item in meeting.items),
        papers_due="" if meeting.cancelled_at else papers_due(meeting, calendar),
        confidentiality=CONFIDENTIAL,
        contact_lines=(head.contact,),
    )


def papers_due(meeting: Meeting, calendar: Calendar) -> str:
    """When papers are due (ToR 9); a rapid review cannot keep to the seven days and says so."""
    if meeting.kind is Kind.RAPID_REVIEW:
        by = f"Returns by {long_date(meeting.round.return_by)}. " if meeting.round else ""
        return f"{by}Rapid reviews take late papers, and mark them."
    try:
        day = local_day(meeting.starts_at)
        return (
            f"{long_date(papers_in_by(day, calendar).on)} to the team; "
            f"{long_date(papers_out_by(day, calendar).on)} to members"
        )
    except CalendarEnds:
        return ""


def papers_in(meeting: Meeting, calendar: Calendar) -> date | None:
    """When papers must be with the team (ToR 9); none for a rapid review, which takes late ones."""
    if meeting.kind is Kind.RAPID_REVIEW:
        return None
    try:
        return papers_in_by(local_day(meeting.starts_at), calendar).on
    except CalendarEnds:
        return None


def minutes_due(meeting: Meeting, calendar: Calendar) -> date | None:
    """When the minutes must be with the members (ToR 9)."""
    try:
        return minutes_by(meeting.held_on, calendar).on
    except CalendarEnds:
        return None


def minutes_of(
    meeting: Meeting, quorum: Answer, head: Letterhead, coming: Sequence[Meeting] = ()
) -> minute_sheets.Minutes:
    """What the minutes say; `coming` are the next meetings."""
    return minute_sheets.Minutes(
        organisation=head.partnership,
        marking=head.marking,
        kind=meeting.kind.shown,
        title=meeting.title,
        date=long_date(meeting.held_on),
        time=_time(meeting.meets_at),
        place=meeting.place,
        chair=chairs_of(meeting),
        reference=meeting.case.reference if meeting.case else "",
        attendance=_attendance(meeting),
        quorum=f"{quorum.because} ({quorum.source})",
        declarations=tuple(
            [_declaration(one) for one in meeting.declarations if one.conflicted or one.what]
            + [_interest(one) for place in meeting.attendances for one in place.interests if _is_told(one)]
        ),
        items=tuple(_minuted_item(item) for item in meeting.items),
        next_dates=tuple(f"{one.kind.shown}, {long_moment(one.starts_at)}, {one.place}" for one in coming),
        confidentiality=CONFIDENTIAL,
        approval=_approval(meeting),
        agreement=_agreement(meeting),
        corrections=tuple(_correction(item, one) for item in meeting.items for one in item.corrections),
        contact_lines=(head.contact,),
    )


def file_name(meeting: Meeting, paper: str) -> str:
    """Such as JCR-2026-0001-rapid-review-3-agenda.pdf: no names."""
    case = f"{meeting.case.reference}-" if meeting.case else "JCR-"
    return f"{case}{meeting.kind.value.replace('_', '-')}-{meeting.number}-{paper}.pdf"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M}"


def _agency(place: Attendance) -> str:
    return place.agency.name if place.agency else ""


def _invitee(place: Attendance) -> agendas.Invitee:
    post = f"{place.person.post} (in attendance)" if place.in_attendance else place.person.post
    return agendas.Invitee(place.person.name, post, _agency(place))


def _agenda_item(item: Item) -> agendas.Item:
    return agendas.Item(
        number=str(item.position),
        title=item.title,
        lead=item.lead,
        purpose=item.purpose.value,
        minutes=item.minutes,
        before=item.before,
        papers=papers_of(item),
    )


def papers_of(item: Item) -> tuple[str, ...]:
    """The papers of an item that members get, as the agenda cites them."""
    return tuple(
        f"{one.label} (late)" if one.late else one.label for one in item.papers if not one.needs_leave
    )


def _attendance(meeting: Meeting) -> minute_sheets.Attendance:
    members = [place for place in meeting.attendances if not place.in_attendance]
    missed = (Presence.ABSENT, Presence.INVITED) if is_recorded(meeting) else ()
    return minute_sheets.Attendance(
        present=tuple(_attendee(place) for place in members if place.is_in_the_room),
        in_attendance=tuple(
            _attendee(place) for place in meeting.attendances if place.in_attendance and place.is_in_the_room
        ),
        apologies=tuple(_attendee(place) for place in members if place.state is Presence.APOLOGIES),
        absent=tuple(_attendee(place) for place in members if place.state in missed),
    )


def _attendee(place: Attendance) -> minute_sheets.Attendee:
    who: Person = place.person
    if place.state is Presence.DEPUTY:
        post = f"Deputy. {place.deputy_why}" if place.deputy_why else "Deputy"
        return minute_sheets.Attendee(place.deputy_name, post, _agency(place), deputy_for=who.name)
    return minute_sheets.Attendee(who.name, who.post, _agency(place))


def _declaration(one: Declaration) -> minute_sheets.Declaration:
    name = f"Deputy for {one.person.name}" if one.of_deputy else one.person.name
    declared = one.what if one.conflicted else f"No conflict. {one.what}"
    return minute_sheets.Declaration(name, declared, one.handled)


def _is_told(one: Interest) -> bool:
    """What was declared beforehand about the meeting's own case is among the declarations already."""
    return one.has_one and one.case_id != one.attendance.meeting.case_id


def _interest(one: Interest) -> minute_sheets.Declaration:
    who = one.attendance.person.name
    found = "A conflict. " if one.is_conflict else "" if one.waits else "No conflict. "
    return minute_sheets.Declaration(
        f"Deputy for {who}" if one.of_deputy else who,
        f"{one.case.reference}: {one.what}",
        f"{found}{one.why}" or "Not decided on: they took no part in the case.",
    )


def _minuted_item(item: Item) -> minute_sheets.Item:
    return minute_sheets.Item(
        number=str(item.position),
        title=item.title,
        summary=item.summary,
        decision=item.decision,
        rationale=item.rationale,
        dissent=item.all_dissent,
        actions=tuple(
            ActionRow(action.label, action.task, action.who, long_date(action.due_on))
            for action in item.actions
        ),
    )


def _correction(item: Item, one: Correction) -> minute_sheets.Correction:
    by = f"{one.corrected_by}, {long_date(local_day(one.corrected_at))}"
    where = f"Item {item.position}, {one.part}"
    return minute_sheets.Correction(where, one.was or "Nothing", one.became or "Nothing", one.why, by)


def _approval(meeting: Meeting) -> minute_sheets.Approval | None:
    if meeting.minutes_approved_at is None:
        return None
    on = long_date(local_day(meeting.minutes_approved_at))
    return minute_sheets.Approval(meeting.minutes_approved_by, "Chair", on)


def _agreement(meeting: Meeting) -> minute_sheets.Agreement | None:
    """Once the group has agreed them, the minutes bear the SHA-256 of the record, in every reader's copy."""
    made = meeting.agreement
    if made is None:
        return None
    on = long_date(made.agreed_in.held_on)
    return minute_sheets.Agreement(made.agreed_in.name, on, made.sha256)

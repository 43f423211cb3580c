"""Papers that members submit as files: taken or refused, late or in time, accepted for the agenda, allowed late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.reading import conversion
from forms.reading.limits import Refused as Unreadable
from jcr.cases.model import Case
from jcr.cases.rules import Calendar, CalendarEnds
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.files import service as files
from jcr.files.uploading import reading_child
from jcr.history.service import record
from jcr.meetings.model import Attendance, Item, Meeting
from jcr.meetings.paper_model import MeetingPaper
from jcr.meetings.rules import papers_in_by
from jcr.meetings.sight import Sight, sight_of
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.roles import Actor
from jcr.wording import local_day

NO_CONVERTER = "Word files cannot be turned into PDF on this system. Save it as PDF, and send that."


def keep_refused(
    session: Session, case: Case | None, content: bytes, why: str, actor: Actor, now: datetime
) -> None:
    """A file that was not taken is kept all the same, with the reason on record."""
    kept = files.keep(session, content, now)
    record(
        session, case.id if case else None, actor, now, "sent a paper that was not taken", why, file=kept.id
    )


def as_pdf(content: bytes) -> bytes:
    """The paper as PDF. Raises Incomplete, with what to do, for a file that is no paper or could do harm."""
    if len(content) > files.MAX_UPLOAD_BYTES:
        raise Incomplete("It is larger than 25 MB. Make its pictures smaller, and send that.")
    fault = reading_child().fault(content)
    if fault:
        raise Incomplete(fault)
    if files.type_of(content) != files.WORD:
        return content
    if not conversion.is_possible():
        raise Incomplete(NO_CONVERTER)
    try:
        made = conversion.to_pdf(content)
    except Unreadable as why:
        raise Incomplete("It could not be turned into PDF. Save it as PDF yourself, and send that.") from why
    return made


def take(
    session: Session,
    meeting: Meeting,
    case: Case | None,
    content: bytes,
    pdf: bytes,
    calendar: Calendar,
    now: datetime,
) -> MeetingPaper:
    """Keeps a paper as it came and as PDF; whether it is late is settled now (ToR 9)."""
    taken = MeetingPaper(
        case=case, file=files.keep(session, content, now), pdf=files.keep(session, pdf, now), received_at=now,
        late=is_late(meeting, calendar, now), meeting=meeting,
    )  # fmt: skip
    session.add(taken)
    session.flush()
    return taken


def is_late(meeting: Meeting, calendar: Calendar, now: datetime) -> bool:
    """Later than seven working days before; a rapid review takes late papers too, and marks them."""
    try:
        return local_day(now) > papers_in_by(local_day(meeting.starts_at), calendar).on
    except CalendarEnds:
        return False


def accept(paper: MeetingPaper, item: Item, now: datetime) -> None:
    """The officer found it good: it belongs to an item of the agenda now."""
    paper.item, paper.accepted_at = item, now


def restrict(paper: MeetingPaper, written: str) -> None:
    """Only those named get it: people invited, by name, post or agency. Raises Incomplete when nobody is."""
    said = written.casefold()
    places = paper.meeting.attendances
    people = [one.person_id for one in places if any(name in said for name in _names_of(one))]
    if not people:
        raise Incomplete(
            f"The paper is only for “{written.strip()}”, and nobody of that name, post or agency is invited. "
            "Write those who may see it as they are on the list of people invited, each on a line."
        )
    paper.only_for = {"written": written.strip(), "people": people}


def _names_of(place: Attendance) -> list[str]:
    agency = place.agency.name if place.agency else ""
    return [name.casefold() for name in (place.person.name, place.person.post, agency) if name]


def give_leave(session: Session, paper: MeetingPaper, why: str, actor: Actor, now: datetime) -> None:
    """The chair lets a late paper be taken. Raises NotAllowed for anybody else, Incomplete without a reason."""
    if not allows(Permission.GIVE_LEAVE, actor):
        raise NotAllowed("Only the chair or vice chair gives leave for a late paper.")
    if not paper.needs_leave:
        raise NotNow("This paper needs no leave: it is in time, or has leave already.")
    if not why.strip():
        raise Incomplete("Say why the late paper may be taken: the reason is part of the record.")
    paper.leave_by, paper.leave_why, paper.leave_at = actor.name, why.strip(), now
    act = f"gave leave for a late paper to {paper.meeting.title}"
    record(session, paper.case_id or paper.meeting.case_id, actor, now, act, why, meeting=paper.meeting_id)


def for_reader(session: Session, meeting: Meeting, reader: Person) -> list[MeetingPaper]:
    """The papers that go to a reader: those they may see, in time or with leave, and not for others only."""
    seen = of_meeting(session, meeting, sight_of(session, reader.id))
    return [one for one in seen if one.goes_to(reader) and not one.needs_leave]


def of_meeting(session: Session, meeting: Meeting, sight: Sight) -> Sequence[MeetingPaper]:
    """The accepted papers this reader may see, in the order of the agenda."""
    found = select(MeetingPaper).join(Item, MeetingPaper.item_id == Item.id)
    ordered = found.where(MeetingPaper.meeting_id == meeting.id).order_by(Item.position, MeetingPaper.id)
    every = session.scalars(ordered).all()
    if not sight.hides(name for one in every for name in _names(one)):
        return every
    return [one for one in every if not sight.hides(_names(one))]


def _names(paper: MeetingPaper) -> list[str]:
    return [paper.case.reference if paper.case else "", paper.item.title if paper.item else ""]

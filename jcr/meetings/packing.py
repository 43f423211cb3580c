"""The pack of a meeting for one reader: agenda, minutes to agree and papers as one PDF, made in the limited child."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from forms.paper.handed_over import Pack, Part
from jcr.cases.rules import Calendar
from jcr.correspondence.service import Letterhead
from jcr.documents import agenda as agendas
from jcr.documents import minutes as minute_sheets
from jcr.errors import Incomplete, NotNow
from jcr.files.uploading import reading_child
from jcr.history.service import record
from jcr.meetings import papers, service, submitted
from jcr.meetings.model import Meeting
from jcr.meetings.paper_model import MeetingPaper
from jcr.meetings.performance import waiting_to_be_agreed
from jcr.meetings.publishing import coming
from jcr.meetings.sight import sight_of
from jcr.people.model import Person
from jcr.roles import Actor
from jcr.wording import local_day, long_date, long_moment

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 127  # AES-256 in a PDF takes 127 bytes


def pack(
    session: Session,
    head: Letterhead,
    meeting: Meeting,
    reader: Person,
    calendar: Calendar,
    directorates_apart: bool,
    actor: Actor,
    now: datetime,
    password: str = "",
) -> bytes:
    """The pack with this reader's name on every page and nothing they are walled off from.

    Raises Incomplete for a password that is too short or too long, NotNow when the pack cannot be made.
    """
    if password and not SHORTEST_PASSWORD <= len(password.encode()) <= LONGEST_PASSWORD:
        raise Incomplete(f"Use a password of {SHORTEST_PASSWORD} letters or more, such as four words.")
    content = reading_child().packed(
        Pack(
            title=meeting.title,
            about=f"{meeting.kind.shown}, {long_moment(meeting.starts_at)}, {meeting.place}",
            organisation=head.partnership,
            marking=head.marking,
            contact=f"Contact: {head.contact}",
            parts=tuple(_parts(session, head, meeting, reader, calendar, directorates_apart, now)),
            reader=reader.name,
            password=password,
            note=f"Pack, {long_date(local_day(meeting.starts_at))}",
        )
    )
    if not content:
        raise NotNow(
            "The pack could not be made within the limits. Fetch agenda and papers one by one, and tell the team."
        )
    locked = " with a password" if password else ""
    act = f"fetched their copy of the pack of {meeting.title}{locked}"
    record(session, meeting.case_id, actor, now, act, meeting=meeting.id)
    return content


def _parts(
    session: Session,
    head: Letterhead,
    meeting: Meeting,
    reader: Person,
    calendar: Calendar,
    directorates_apart: bool,
    now: datetime,
) -> list[Part]:
    sight = sight_of(session, reader.id)
    sheet = sight.agenda(papers.agenda_of(meeting, head, calendar))
    parts = [Part("Agenda", agendas.render(sheet, numbered=False), ours=True)]
    for last in waiting_to_be_agreed(session, meeting, now):
        quorum = service.quorum(last, directorates_apart)
        said = sight.minutes(papers.minutes_of(last, quorum, head, coming(session, last)))
        title = f"Minutes to agree: {last.title}"
        parts.append(Part(title, minute_sheets.render(said, numbered=False), ours=True))
    return [
        *parts,
        *(_paper(one) for one in submitted.for_reader(session, meeting, reader)),
    ]


def _paper(paper: MeetingPaper) -> Part:
    assert paper.item is not None
    leave = f", taken with the leave of {paper.leave_by}" if paper.leave_by else ""
    note = f"This paper came late{leave}." if paper.late else ""
    return Part(f"{paper.label}: {paper.item.title}", paper.pdf.content, note=note)

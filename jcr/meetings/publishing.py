"""Sends agendas, numbered supplements to them, and minutes to everybody invited, and keeps what was sent (ToR 9)."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import Any

import pikepdf
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jcr.answer import Answer
from jcr.cases.rules import Calendar, CalendarEnds, Due
from jcr.correspondence.model import Kind as LetterKind
from jcr.correspondence.model import Letter
from jcr.correspondence.service import Enclosed, Letterhead, write
from jcr.correspondence.wording import only, points
from jcr.documents import agenda as agendas
from jcr.documents import minutes as minute_sheets
from jcr.errors import NotNow
from jcr.files import service as files
from jcr.history.service import record
from jcr.meetings import papers
from jcr.meetings.calling import refresh_items
from jcr.meetings.interests import sight_behind_link
from jcr.meetings.invitations import with_deputy
from jcr.meetings.model import Item, Kind, Meeting
from jcr.meetings.paper_model import Paper, Publication
from jcr.meetings.rules import minutes_by, papers_out_by
from jcr.meetings.sight import Sight, may_be_sent, sights
from jcr.roles import Actor
from jcr.wording import local_day

NEXT_DATES = 3


@dataclass(frozen=True)
class Supplement:
    """What a supplement told: the items that were new or changed, as they were sent, and the titles taken off."""

    items: Sequence[dict[str, Any]]
    taken_off: Sequence[str]

    @property
    def planned(self) -> str:
        """How long its items are to take, in a sentence."""
        return agendas.planned(sum(item["minutes"] for item in self.items), "these")


def of_paper(meeting: Meeting, paper: Paper) -> list[Publication]:
    """What went out of a meeting's agenda or minutes, the first sending first."""
    return [one for one in meeting.publications if one.paper is paper]


def publish_agenda(
    session: Session, head: Letterhead, meeting: Meeting, calendar: Calendar, actor: Actor, now: datetime
) -> Publication:
    """One act sends the agenda to everybody invited (ToR 9), with how things stand that day. Once more, it sends
    what changed, as a supplement.

    Raises NotNow for a meeting cancelled or held, or when nothing has changed since.
    """
    if meeting.cancelled_at or meeting.starts_at <= now:
        raise NotNow("This meeting is cancelled or has begun, so its agenda is not sent any more.")
    before = of_paper(meeting, Paper.AGENDA)
    if not before:  # it may have been called a year ago, with a series
        refresh_items(session, meeting, now)
    sheet = papers.agenda_of(meeting, head, calendar)
    changed = changes(meeting, before[-1]) if before else list(meeting.items)
    if before:
        sheet = _supplement(sheet, meeting, before, changed)
    made = _keep(
        session, meeting, Paper.AGENDA, len(before), agendas.render(sheet), actor, now,
        late=is_late_agenda(meeting, calendar, now),
    )  # fmt: skip
    called = sheet.called[0].lower() + sheet.called[1:]

    def facts(sight: Sight) -> dict[str, Any]:
        seen = [f"{item.position}. {item.title}" for item in changed if not sight.hides([item.title])]
        return {"paper": called, "changed": points(seen) if before else None}

    name = papers.file_name(meeting, f"agenda-supplement-{len(before)}" if before else "agenda")
    copy = partial(_agenda_for, sheet)
    _send(session, head, LetterKind.AGENDA_SENT, meeting, made, name, copy, facts, actor, now)
    record(
        session,
        meeting.case_id,
        actor,
        now,
        f"sent the {called} of {meeting.title}",
        meeting=meeting.id,
    )
    return made


def changes(meeting: Meeting, last: Publication) -> list[Item]:
    """The items that are new or different since the agenda last went out. Raises NotNow when there is nothing new."""
    changed = [item for item in meeting.items if last.items.get(str(item.id)) != _snapshot(item)]
    if not changed and not _taken_off(meeting, last):
        raise NotNow("Nothing on the agenda has changed since it was sent, so there is nothing to add to it.")
    return changed


def supplements(meeting: Meeting, sight: Sight) -> dict[int, Supplement]:
    """What each supplement changed as this reader may see it, by the number of the publication in the database."""
    sent = of_paper(meeting, Paper.AGENDA)
    return {one.id: _what_changed(before, one, sight) for before, one in pairwise(sent)}


def _what_changed(before: Publication, one: Publication, sight: Sight) -> Supplement:
    new = [item for key, item in one.items.items() if before.items.get(key) != item]
    gone = [item for key, item in before.items.items() if key not in one.items]
    return Supplement(
        [
            item | {"before": sight.lines(item["before"])}
            for item in new
            if not sight.hides([item["title"], *item.get("papers", ())])
        ],
        [item["title"] for item in gone if not sight.hides([item["title"]])],
    )


def is_late_agenda(meeting: Meeting, calendar: Calendar, now: datetime) -> bool:
    """Whether the agenda goes out later than five working days before; never of a rapid review, which cannot wait."""
    return meeting.kind is not Kind.RAPID_REVIEW and _is_past(papers_out_by, meeting, calendar, now)


def circulate_minutes(
    session: Session,
    head: Letterhead,
    meeting: Meeting,
    quorum: Answer,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> Publication:
    """The minutes as they stand to everybody invited: a draft within ten working days, later what was approved."""
    if meeting.cancelled_at or meeting.starts_at > now:
        raise NotNow("The meeting has not taken place, so there are no minutes to send.")
    if meeting.agreement:
        raise NotNow("The minutes are agreed and closed, and went to everybody when they were.")
    before = of_paper(meeting, Paper.MINUTES)
    sheet = papers.minutes_of(meeting, quorum, head, coming(session, meeting))
    if before and before[-1].file.content == minute_sheets.render(sheet):
        raise NotNow("These minutes went out already, and nothing has changed since.")
    return send_minutes(
        session,
        head,
        meeting,
        sheet,
        not before and _too_late(meeting, calendar, now),
        actor,
        now,
    )


def send_minutes(
    session: Session,
    head: Letterhead,
    meeting: Meeting,
    sheet: minute_sheets.Minutes,
    late: bool,
    actor: Actor,
    now: datetime,
) -> Publication:
    """Keeps minutes as they go out, and sends them."""
    made = _keep(
        session, meeting, Paper.MINUTES, len(of_paper(meeting, Paper.MINUTES)), minute_sheets.render(sheet),
        actor, now, late=late,
    )  # fmt: skip
    facts = {
        "only_draft": only(meeting.minutes_approved_at is None),
        "only_agreed": only(meeting.agreement is not None),
    }
    _send(
        session,
        head,
        LetterKind.MINUTES_SENT,
        meeting,
        made,
        papers.file_name(meeting, "minutes"),
        partial(_minutes_for, sheet),
        lambda _: facts,
        actor,
        now,
    )
    record(session, meeting.case_id, actor, now, f"sent the minutes of {meeting.title}", meeting=meeting.id)
    return made


def coming(session: Session, meeting: Meeting) -> Sequence[Meeting]:
    """The next meetings after this one that its minutes may tell of: business meetings, and those of its own case."""
    return session.scalars(after(meeting).limit(NEXT_DATES)).all()


def after(meeting: Meeting) -> Select[Meeting]:
    """The business meetings, and those of its own case, that come after a meeting and are not cancelled."""
    later = select(Meeting).where(Meeting.starts_at > meeting.starts_at, Meeting.cancelled_at.is_(None))
    of_its_own = (Meeting.kind == Kind.BUSINESS) | (Meeting.case_id == meeting.case_id)
    return later.where(of_its_own).order_by(Meeting.starts_at)


def _too_late(meeting: Meeting, calendar: Calendar, now: datetime) -> bool:
    return _is_past(minutes_by, meeting, calendar, now)


def _is_past(
    due: Callable[[date, Calendar], Due], meeting: Meeting, calendar: Calendar, now: datetime
) -> bool:
    """Whether the day is over that is counted from the meeting; of a year past the calendar nothing is late."""
    try:
        return local_day(now) > due(meeting.held_on, calendar).on
    except CalendarEnds:
        return False


def _supplement(
    sheet: agendas.Agenda, meeting: Meeting, before: Sequence[Publication], changed: Sequence[Item]
) -> agendas.Agenda:
    numbers = {str(item.position) for item in changed}
    return replace(
        sheet,
        items=tuple(item for item in sheet.items if item.number in numbers),
        supplement=len(before),
        taken_off=tuple(_taken_off(meeting, before[-1])),
        first_page=sum(one.pages for one in before) + 1,
    )


def _taken_off(meeting: Meeting, last: Publication) -> list[str]:
    here = {str(item.id) for item in meeting.items}
    return [item["title"] for key, item in last.items.items() if key not in here]


def _snapshot(item: Item) -> dict[str, Any]:
    its_papers = papers.papers_of(item)
    return ({"papers": list(its_papers)} if its_papers else {}) | {
        "position": item.position,
        "title": item.title,
        "lead": item.lead,
        "purpose": item.purpose.value,
        "minutes": item.minutes,
        "before": item.before,
    }


def _keep(
    session: Session,
    meeting: Meeting,
    paper: Paper,
    number: int,
    content: bytes,
    actor: Actor,
    now: datetime,
    late: bool,
) -> Publication:
    with pikepdf.open(io.BytesIO(content)) as pdf:  # our own, never an upload
        pages = len(pdf.pages)
    made = Publication(
        paper=paper, number=number, file=files.keep(session, content, now), pages=pages,
        items={str(item.id): _snapshot(item) for item in meeting.items},
        published_at=now, published_by=actor.name, late=late,
    )  # fmt: skip
    meeting.publications.append(made)
    session.flush()
    return made


def _agenda_for(sheet: agendas.Agenda, sight: Sight) -> bytes | None:
    """The copy of a reader who may not see all of it; None for all others."""
    seen = sight.agenda(sheet)
    return None if seen == sheet else agendas.render(seen)


def _minutes_for(sheet: minute_sheets.Minutes, sight: Sight) -> bytes | None:
    seen = sight.minutes(sheet)
    return None if seen == sheet else minute_sheets.render(seen)


def _send(
    session: Session,
    head: Letterhead,
    kind: LetterKind,
    meeting: Meeting,
    made: Publication,
    name: str,
    copy: Callable[[Sight], bytes | None],
    facts: Callable[[Sight], dict[str, Any]],
    actor: Actor,
    now: datetime,
) -> list[Letter]:
    """To everybody invited and whoever is to come or came for them; nothing about a case goes to whoever declared a
    conflict of interest in it."""
    known = {"meeting": meeting.title, "meeting_at": meeting.starts_at, "place": meeting.place}
    seen = sights(session, [place.person_id for place in meeting.attendances])
    to = [place for place in meeting.attendances if may_be_sent(seen[place.person_id], meeting)]
    readers = [(f"{place.person_id}", place.person.email, seen[place.person_id], place) for place in to]
    readers += [
        (f"deputy-{one.person_id}", one.deputy_email, sight_behind_link(session, one, True), one)
        for one in with_deputy(session, meeting)
    ]
    return [
        write(
            session, head, kind, f"{made.paper.value}-{made.id}-{whom}", address, known | facts(sight), actor, now,
            case=meeting.case, agency=place.agency, enclosed=[Enclosed(name, copy(sight) or made.file.content)],
        )
        for whom, address, sight, place in readers
        if may_be_sent(sight, meeting)
    ]  # fmt: skip

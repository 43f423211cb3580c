"""Tells everybody invited when and where a meeting is, by e-mail and in their calendars, and what changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jcr.cases.service import is_walled_off
from jcr.correspondence.model import Kind as LetterKind
from jcr.correspondence.model import Letter
from jcr.correspondence.service import Enclosed, Letterhead, write
from jcr.documents.ics import Entry, feed, invitation
from jcr.errors import NotNow
from jcr.links import hashed
from jcr.meetings.model import Attendance, Meeting
from jcr.meetings.sight import may_be_sent, sights
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import Purpose
from jcr.people.model import Agency
from jcr.roles import Actor
from jcr.scoping.model import Request
from jcr.wording import count

FILE = "meeting.ics"
SHORTEST = timedelta(minutes=30)
AFTERWARDS = timedelta(days=1)  # in which a link still says that the meeting has begun


def entry_of(meeting: Meeting, head: Letterhead) -> Entry:
    """The meeting as calendars know it."""
    length = timedelta(minutes=sum(item.minutes for item in meeting.items))
    return Entry(
        uid=f"{meeting.uid}@jcr",
        sequence=meeting.sequence,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + max(length, SHORTEST),
        place=meeting.place,
        link=head.link(f"/meetings/{meeting.id}"),
        changed_at=meeting.changed_at or meeting.called_at,
        cancelled=meeting.cancelled_at is not None,
    )


def calendar_of(meetings: Iterable[Meeting], head: Letterhead) -> bytes:
    """These meetings as a feed."""
    return feed((entry_of(meeting, head) for meeting in meetings), f"{head.partnership}: Joint Case Review")


def send_invitations(
    session: Session,
    head: Letterhead,
    meeting: Meeting,
    actor: Actor,
    now: datetime,
    only: Sequence[Attendance] = (),
) -> list[Letter]:
    """Invites everybody who has not been invited to the meeting as it stands. Raises NotNow for a cancelled one."""
    if meeting.cancelled_at:
        raise NotNow("This meeting is cancelled, so nobody is invited to it.")
    seats = _to_be_told(session, meeting, only)
    places = [place for place in seats if place.told_sequence != meeting.sequence]
    return [
        _tell(session, head, LetterKind.MEETING_INVITATION, meeting, place, {}, actor, now)
        for place in places
    ]


def tell_of_change(
    session: Session, head: Letterhead, meeting: Meeting, facts: dict[str, Any], actor: Actor, now: datetime
) -> list[Letter]:
    """Tells those who had been invited that the meeting is moved or cancelled, and invites the others.

    A deputy is told of a cancelled one; from a moved one they are freed, for whoever named them is asked anew."""
    kind = LetterKind.MEETING_CANCELLED if meeting.cancelled_at else LetterKind.MEETING_MOVED
    told = [place for place in _to_be_told(session, meeting) if place.told_sequence is not None]
    written = [
        *(_tell(session, head, kind, meeting, place, facts, actor, now) for place in told),
        *_tell_asked(session, head, kind, meeting, facts, actor, now),
    ]
    deputies = with_deputy(session, meeting)
    if meeting.cancelled_at:
        return [*written, *(tell_deputy(session, head, kind, one, facts, actor, now) for one in deputies)]
    freed = [free_deputy(session, head, one, actor, now, facts["was_at"]) for one in deputies]
    return [*written, *freed, *send_invitations(session, head, meeting, actor, now)]


def _to_be_told(session: Session, meeting: Meeting, only: Sequence[Attendance] = ()) -> list[Attendance]:
    """Everybody invited, or these; without whoever declared a conflict on the meeting's case since."""
    places = only or meeting.attendances
    seen = sights(session, [place.person_id for place in places])
    return [place for place in places if may_be_sent(seen[place.person_id], meeting)]


def invite_asked(
    session: Session,
    head: Letterhead,
    meeting: Meeting,
    actor: Actor,
    now: datetime,
    only: Sequence[Request] = (),
) -> list[Letter]:
    """Invites whoever holds a scoping request, or these: their agency is asked to send somebody (ToR 7.ii)."""
    return _tell_asked(session, head, LetterKind.MEETING_INVITATION, meeting, {}, actor, now, only)


def _tell_asked(
    session: Session,
    head: Letterhead,
    kind: LetterKind,
    meeting: Meeting,
    facts: dict[str, Any],
    actor: Actor,
    now: datetime,
    only: Sequence[Request] = (),
) -> list[Letter]:
    invited = {place.person.email.lower() for place in meeting.attendances}
    asked = {
        one.contact_email.lower(): one for one in only or (meeting.round.requests if meeting.round else [])
    }
    return [
        _write(
            session, head, kind, meeting, f"agency-{request.id}", address, request.agency, facts, actor, now
        )
        for address, request in asked.items()
        if address not in invited and not is_walled_off(session, meeting.case_id, address)
    ]


def _tell(
    session: Session,
    head: Letterhead,
    kind: LetterKind,
    meeting: Meeting,
    place: Attendance,
    facts: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> Letter:
    place.told_sequence = meeting.sequence
    links = {} if meeting.cancelled_at else _links(session, head, place, now)
    return _write(
        session, head, kind, meeting, str(place.person_id), place.person.email, place.agency,
        {**facts, **links}, actor, now,
    )  # fmt: skip


def tell_deputy(
    session: Session,
    head: Letterhead,
    kind: LetterKind,
    place: Attendance,
    facts: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> Letter:
    """The same to whoever is to come for a member, with a link of their own: they were named by the member's reply."""
    meeting, links = place.meeting, {}
    if not meeting.cancelled_at:
        token, place.deputy_key = _link(session, head, meeting, place.deputy_email, place.deputy_key, now)
        mine = head.link(f"{Purpose.MEETING.path}{token}")
        links = {"reply_link": mine, "paper_link": f"{mine}/paper"}
    return _write(
        session, head, kind, meeting, _whom(place), place.deputy_email, place.agency,
        {**facts, **links, "deputy_for": place.person.name}, actor, now,
    )  # fmt: skip


def free_deputy(
    session: Session,
    head: Letterhead,
    place: Attendance,
    actor: Actor,
    now: datetime,
    was_at: datetime | None = None,
) -> Letter:
    """Tells a deputy that they need not come after all: their link ends, their calendar takes the meeting out, and what
    they declared goes with them."""
    for link in outsiders.of_thing(session, place.deputy_key) if place.deputy_key else ():
        outsiders.end(link, "Another arrangement was made for this meeting.", now, renewable=False)
    meeting, whom, place.deputy_key = place.meeting, _whom(place), None
    place.interests[:] = [one for one in place.interests if not one.of_deputy]
    for one in [one for one in meeting.declarations if one.of_deputy and one.person_id == place.person_id]:
        meeting.declarations.remove(one)
        session.delete(one)
    return _write(
        session, head, LetterKind.DEPUTY_FREED, meeting, whom, place.deputy_email, place.agency,
        {"deputy_for": place.person.name, "meeting_at": was_at or meeting.starts_at}, actor, now, withdrawn=True,
    )  # fmt: skip


def _whom(place: Attendance) -> str:
    return f"deputy-{place.person_id}-{(place.deputy_key or '')[:12]}"


def with_deputy(session: Session, meeting: Meeting) -> list[Attendance]:
    """The places for which a deputy with an address is to come who may be written to."""
    named = (one for one in meeting.attendances if one.expects_deputy and one.deputy_email)
    return [one for one in named if not is_walled_off(session, meeting.case_id, one.deputy_email)]


def _write(
    session: Session,
    head: Letterhead,
    kind: LetterKind,
    meeting: Meeting,
    whom: str,
    address: str,
    agency: Agency | None,
    facts: dict[str, Any],
    actor: Actor,
    now: datetime,
    *,
    withdrawn: bool = False,
) -> Letter:
    """One letter with the entry for calendars, which takes the meeting out of them where it is `withdrawn`."""
    entry = replace(entry_of(meeting, head), changed_at=now)
    entry = replace(entry, cancelled=entry.cancelled or withdrawn)
    content = invitation(entry, head.address, head.partnership, address)
    length = count(int((entry.ends_at - entry.starts_at).total_seconds()) // 60, "minute")
    about = {
        "meeting": meeting.name, "meeting_at": meeting.starts_at, "place": meeting.place, "length": length,
        "link": None, "reply_link": None, "paper_link": None, "deputy_for": None,
    }  # fmt: skip
    return write(
        session, head, kind, f"{kind.value}-{meeting.id}-{meeting.sequence}-{whom}", address, about | facts,
        actor, now, case=meeting.case, agency=agency, enclosed=[Enclosed(FILE, content)],
    )  # fmt: skip


def _links(session: Session, head: Letterhead, place: Attendance, now: datetime) -> dict[str, str]:
    """Where somebody invited reads the agenda, answers and sends papers: with an account at its own pages, else by one
    link that holds until the meeting."""
    if place.person.password_hash:
        page = head.link(f"/meetings/{place.meeting_id}")
        return {"link": page, "reply_link": f"{page}/reply", "paper_link": head.link("/forms/paper")}
    mine = _own_link(session, head, place, now)
    return {"reply_link": mine, "paper_link": f"{mine}/paper"}


def paper_link(session: Session, head: Letterhead, place: Attendance, now: datetime) -> str:
    """Where somebody invited sends a paper. An earlier link ends."""
    return _links(session, head, place, now)["paper_link"]


def _own_link(session: Session, head: Letterhead, place: Attendance, now: datetime) -> str:
    token, place.link_key = _link(session, head, place.meeting, place.person.email, place.link_key, now)
    return head.link(f"{Purpose.MEETING.path}{token}")


def _link(
    session: Session, head: Letterhead, meeting: Meeting, address: str, key: str | None, now: datetime
) -> tuple[str, str]:
    """The token of a link to the meeting, and the key of all links to the same."""
    holds = max(head.links_hold, meeting.starts_at - now + AFTERWARDS)
    token = outsiders.replace(session, Purpose.MEETING, address, meeting.case_id, key, now, holds=holds)
    return token, key or hashed(token)


def by_link(session: Session, token: str) -> tuple[Attendance, bool] | None:
    """Whose invitation this is, to which meeting, and whether it is the deputy's, as long as nobody ended the link."""
    key = outsiders.key(session, token, Purpose.MEETING)
    if not key:
        return None
    found = select(Attendance).where(or_(Attendance.link_key == key, Attendance.deputy_key == key))
    place = session.scalar(found)
    of_deputy = place is not None and place.deputy_key == key
    return (place, of_deputy) if place and (place.deputy_name or not of_deputy) else None

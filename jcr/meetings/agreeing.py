"""Minutes after the chair approved them: corrected with a reason, agreed at a later meeting, and closed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from jcr.answer import Answer
from jcr.correspondence.service import Letterhead
from jcr.documents import minutes as minute_sheets
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.meetings import papers
from jcr.meetings.model import Agreement, Correction, Item, Meeting
from jcr.meetings.paper_model import Publication
from jcr.meetings.publishing import after, coming, send_minutes
from jcr.roles import Actor

Part = Literal["summary", "decision", "rationale", "dissent"]


def correct(
    session: Session, item: Item, part: Part, words: str, why: str, actor: Actor, now: datetime
) -> Correction:
    """Changes approved minutes; what it said before stays readable. Raises NotNow, or Incomplete without a reason."""
    meeting = item.meeting
    if meeting.minutes_approved_at is None:
        raise NotNow("The minutes are a draft still. Change them under the item itself.")
    if meeting.agreement:
        raise NotNow("The group has agreed these minutes, so they are closed.")
    was, became = getattr(item, part), words.strip()
    if was == became:
        raise Incomplete("That is what the minutes say already. Write what they should say instead.")
    if not why.strip():
        raise Incomplete("Say why the minutes change, and who asked for it.")
    setattr(item, part, became)
    made = Correction(
        part=part, was=was, became=became, why=why.strip(), corrected_at=now, corrected_by=actor.name
    )
    item.corrections.append(made)
    session.flush()
    act = f"corrected item {item.position} of the minutes of {meeting.title}"
    record(session, meeting.case_id, actor, now, act, why, meeting=meeting.id)
    return made


def later_meetings(session: Session, meeting: Meeting, now: datetime) -> Sequence[Meeting]:
    """The meetings held since, at which these minutes may have been agreed."""
    return session.scalars(after(meeting).where(Meeting.starts_at <= now)).all()


def agree(
    session: Session,
    head: Letterhead,
    meeting: Meeting,
    at: Meeting,
    quorum: Answer,
    actor: Actor,
    now: datetime,
) -> Publication:
    """The group agreed the minutes at a later meeting: they are closed, fingerprinted, kept as a file and sent.

    Raises NotNow while the chair has not approved them, for a meeting before or cancelled, and when agreed already.
    """
    if meeting.agreement:
        raise NotNow("The group has agreed these minutes already.")
    if meeting.minutes_approved_at is None:
        raise NotNow("The chair has not approved these minutes yet. They are approved first, then agreed.")
    if at.starts_at <= meeting.starts_at or at.starts_at > now or at.cancelled_at:
        raise NotNow("Choose a meeting that was held after this one.")
    sheet = papers.minutes_of(meeting, quorum, head, coming(session, meeting))
    sha256 = fingerprint(sheet)
    meeting.agreement = Agreement(agreed_in=at, agreed_at=now, sha256=sha256)
    session.flush()
    record(
        session, meeting.case_id, actor, now, f"recorded that the group agreed the minutes of {meeting.title}",
        f"SHA-256 {sha256}", meeting=meeting.id,
    )  # fmt: skip
    closed = papers.minutes_of(meeting, quorum, head, coming(session, meeting))
    return send_minutes(session, head, meeting, closed, False, actor, now)


def fingerprint(sheet: minute_sheets.Minutes) -> str:
    """The SHA-256 of all that the minutes say, before they bear it themselves."""
    said = json.dumps(asdict(replace(sheet, agreement=None)), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()

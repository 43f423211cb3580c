"""The doors of the meetings room: who may see a meeting, and its acts under one name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload, raiseload

from jcr.cases.model import Case
from jcr.cases.service import sees
from jcr.meetings.calling import (
    call_again,
    call_business_meeting,
    call_panel,
    call_rapid_review,
    invite,
    is_before_its_day,
    open_rapid_review,
    refresh_items,
)
from jcr.meetings.calling import latest_rapid_review as rapid_review_of
from jcr.meetings.item_room import may_recommend, recommending_chair
from jcr.meetings.minuting import (
    add_action,
    add_item,
    approve_minutes,
    dissent_of,
    item_called,
    item_of,
    minute,
    set_outcome,
    sources,
)
from jcr.meetings.model import Kind, Meeting
from jcr.meetings.room import (
    attendance_taken,
    declare,
    is_conflicted,
    note_attendance,
    partners_warning,
    place_of,
    quorum,
    seats,
    take_chair,
    who_should_chair,
)
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.statements import once_for_each, said
from jcr.wording import local_day

__all__ = [
    "add_action",
    "add_item",
    "approve_minutes",
    "attendance_taken",
    "call_again",
    "call_business_meeting",
    "call_panel",
    "call_rapid_review",
    "declare",
    "dissent_of",
    "invite",
    "is_before_its_day",
    "is_conflicted",
    "item_called",
    "item_of",
    "may_recommend",
    "minute",
    "note_attendance",
    "open_rapid_review",
    "partners_warning",
    "place_of",
    "quorum",
    "rapid_review_of",
    "recommending_chair",
    "refresh_items",
    "seats",
    "set_outcome",
    "sources",
    "take_chair",
    "who_should_chair",
]

OF_CASE = (
    select(Meeting)
    .where(Meeting.case_id == bindparam("case_id"))
    .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
)


def visible_to(person: Person) -> Select[Meeting]:
    """The meetings this person may see: business meetings, and those of cases they may see."""
    if not allows(Permission.READ_MEETINGS, person):
        return select(Meeting).where(Meeting.id.is_(None))
    return select(Meeting).where(or_(Meeting.case_id.is_(None), sees(person, Meeting.case_id)))


def ahead_of(person: Person, moment: datetime) -> Select[Meeting]:
    """The meetings from this moment on that this person may see, the next one first; the row alone, for a list.

    One that was opened before its day is not ahead any more.
    """
    unopened = or_(Meeting.opened_at.is_(None), Meeting.opened_at >= moment)
    ahead = visible_to(person).where(Meeting.starts_at >= moment, unopened)
    return ahead.order_by(Meeting.starts_at, Meeting.id).options(raiseload("*"))


def before(person: Person, moment: datetime) -> Select[Meeting]:
    """The meetings before this moment that this person may see, the last one first; the row alone, for a list."""
    held = visible_to(person).where(or_(Meeting.starts_at < moment, Meeting.opened_at < moment))
    return held.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).options(raiseload("*"))


def business_days(session: Session) -> list[date]:
    """The days on which a business meeting was held or is planned."""
    held = select(Meeting.starts_at).where(
        Meeting.kind == said(Kind.BUSINESS), Meeting.cancelled_at.is_(None)
    )
    return [local_day(starts_at) for starts_at in session.scalars(held)]


def by_id(session: Session, person: Person, meeting_id: int) -> Meeting | None:
    """The meeting, if the person may see it."""
    return session.scalar(_by_id(person), {"meeting_id": meeting_id})


@once_for_each
def _by_id(person: Person) -> Select[Meeting]:
    """With its case, whose subjects few of its pages name, and its round."""
    found = visible_to(person).where(Meeting.id == bindparam("meeting_id"))
    case = joinedload(Meeting.case).lazyload(Case.subjects)
    return found.options(case, joinedload(Meeting.round))


def of_case(session: Session, case: Case) -> Sequence[Meeting]:
    """The case's meetings, latest first."""
    return session.scalars(OF_CASE, {"case_id": case.id}).all()

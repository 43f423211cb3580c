"""Where a form for the group belongs: the action, the meeting or the case that its answers name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.dates import day_or_none
from jcr.actions.model import Action
from jcr.actions.model import State as ActionState
from jcr.cases.model import Case
from jcr.errors import NotNow
from jcr.meetings.model import Meeting
from jcr.meetings.service import rapid_review_of
from jcr.people.model import Agency
from jcr.submissions.filled import action_of
from jcr.wording import LONDON, local_day, long_date


@dataclass(frozen=True)
class Place:
    """A case, and the action or meeting of it; an action or meeting of the whole group has no case."""

    case: Case | None = None
    action: Action | None = None
    meeting: Meeting | None = None

    @property
    def label(self) -> str:
        """In words for a page: an action, a meeting or a case."""
        if self.action:
            return f"Action {self.action.label}: {self.action.task}"
        if self.meeting:
            day, title = long_date(local_day(self.meeting.starts_at)), self.meeting.title
            return title if day in title else f"{title}, {day}"
        return self.case.reference if self.case else "The group"


def place_of(
    session: Session, kind: str, answers: Mapping[str, Any], case: Case | None, sender: Agency | None
) -> Place:
    """The one place the form names. Raises NotNow, with what does not fit, when there is none."""
    return PLACERS[kind](session, answers, case, sender)


def _of_report(
    session: Session, answers: Mapping[str, Any], case: Case | None, sender: Agency | None
) -> Place:
    if case is None:
        raise NotNow("The report names no case that there is.")
    return Place(case, meeting=rapid_review_of(session, case))


def _of_paper(
    session: Session, answers: Mapping[str, Any], case: Case | None, sender: Agency | None
) -> Place:
    """The meeting of the day the paper names: the case's own before one of the whole group."""
    day = day_or_none(answers.get("meeting_date"))
    if day is None:
        raise NotNow("The paper does not say for which meeting it is.")
    found = [one for one in _meetings_on(session, day) if one.case_id in (None, case.id if case else None)]
    if not found:
        raise NotNow(f"No meeting {'of this case or ' if case else ''}of the group is on {long_date(day)}.")
    best = max(found, key=lambda one: one.case_id is not None)
    return Place(case, meeting=best)


def _meetings_on(session: Session, day: date) -> Sequence[Meeting]:
    morning, next_morning = (
        datetime.combine(one, time.min, LONDON) for one in (day, day + timedelta(days=1))
    )
    meetings = select(Meeting).where(Meeting.starts_at >= morning, Meeting.starts_at < next_morning)
    held = meetings.where(Meeting.cancelled_at.is_(None)).order_by(Meeting.starts_at, Meeting.id)
    return session.scalars(held).all()


def _of_update(
    session: Session, answers: Mapping[str, Any], case: Case | None, sender: Agency | None
) -> Place:
    action = action_of(session, str(answers.get("action_number") or ""))
    if action is None:
        raise NotNow("The update names no action that there is.")
    if case and action.case_id != case.id:
        raise NotNow(f"Action {action.label} is not one of {case.reference}.")
    if action.state is ActionState.DONE:
        raise NotNow(f"Action {action.label} is done already.")
    if action.agency and sender and action.agency_id != sender.id:
        raise NotNow(f"Action {action.label} is for {action.agency.name}, and {sender.name} sent this.")
    return Place(action.case, action=action)


PLACERS: dict[str, Callable[[Session, Mapping[str, Any], Case | None, Agency | None], Place]] = {
    "rapid_review": _of_report,
    "paper": _of_paper,
    "action_update": _of_update,
}

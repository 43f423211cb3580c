"""What a form to send out says already of its case, agency or action, and the stamp it carries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import FORMS, Stamp
from jcr.actions import service as actions
from jcr.actions.model import Action
from jcr.actions.model import State as ActionState
from jcr.cases.model import Case
from jcr.errors import Incomplete, NotNow
from jcr.meetings.model import Kind, Meeting
from jcr.people.model import Agency
from jcr.referrals import service as referrals
from jcr.scoping import service as scoping
from jcr.scoping.asking import stamp_of
from jcr.submissions.report import report_answers
from jcr.wording import local_day

Answers = dict[str, Any]
Filled = tuple[Answers, Stamp]


@dataclass(frozen=True)
class About:
    """What a form is about; all of it may be missing, and then the form is empty."""

    case: Case | None = None
    agency: Agency | None = None
    action: Action | None = None


def filled(session: Session, kind: str, about: About, now: datetime) -> Filled:
    """The answers a form of this kind starts from, and its stamp.

    Raises Incomplete when it must be said which agency or action is meant, NotNow when there is none.
    """
    if about.action and kind != "action_update":
        raise Incomplete("Only an action update is about an action. Leave the action out, or ask for one.")
    answers, stamp = FILLERS[kind](session, about, now)
    return {name: value for name, value in answers.items() if value}, stamp


def stamp_for(kind: str, about: About, token: str = "") -> Stamp:
    """The stamp of a form about this case and agency."""
    reference = about.case.reference if about.case else ""
    code = about.agency.code if about.agency else ""
    return Stamp(kind, FORMS[kind].edition, reference, code, token)


def _referral(session: Session, about: About, now: datetime) -> Filled:
    found = referrals.of_case(session, about.case) if about.case else None
    answers = dict(found.best_known) if found else {}
    if about.agency and not about.case:
        answers["referrer_agency"] = about.agency.name
    return answers, stamp_for("referral", about)


def _scoping(session: Session, about: About, now: datetime) -> Filled:
    if about.case is None:
        return {"agency_name": _name(about)}, stamp_for("scoping", about)
    asked = scoping.round_of(session, about.case)
    if asked is None:
        raise NotNow(
            f"No agency has been asked on {about.case.reference} yet. Open scoping on the case first."
        )
    found = [one for one in asked.requests if about.agency and one.agency_id == about.agency.id]
    if not found:
        codes = ", ".join(sorted(one.agency.code for one in asked.requests))
        meant = f"{about.agency.name} was not asked" if about.agency else "A scoping form is for one agency"
        raise Incomplete(
            f"{meant} on {about.case.reference}. Name the agency by its code; these were asked: {codes}."
        )
    return {"agency_name": found[0].agency.name, **found[0].known}, stamp_of(found[0])


def _report(session: Session, about: About, now: datetime) -> Filled:
    answers = report_answers(session, about.case, now) if about.case else {}
    return answers, stamp_for("rapid_review", about)


def _paper(session: Session, about: About, now: datetime) -> Filled:
    meeting = next_meeting(session, about.case, now)
    answers = {
        "meeting_date": local_day(meeting.starts_at).isoformat() if meeting and _is_named(about) else "",
        "case_reference": about.case.reference if about.case else "",
        "agency_name": _name(about),
    }
    return answers, stamp_for("paper", about)


def _is_named(about: About) -> bool:
    """An empty form is the same for everybody; only one for a case or an agency names a meeting."""
    return bool(about.case or about.agency)


def _action_update(session: Session, about: About, now: datetime) -> Filled:
    if not (about.case or about.agency or about.action):
        return {}, stamp_for("action_update", about)
    action = about.action or _only(_open_actions(session, about), about)
    its = About(action.case, about.agency or action.agency, action)
    answers = {
        "action_number": action.label,
        "case_reference": action.case.reference if action.case else "",
        "task": action.task,
        "owner": action.owner,
        "due_on": action.due_on.isoformat(),
        "expected": action.expected,
        "agency_name": _name(its),
    }
    return answers, stamp_for("action_update", its, action.label)


def _open_actions(session: Session, about: About) -> Sequence[Action]:
    found = select(Action).where(Action.state == ActionState.OPEN)
    if about.case:
        found = found.where(Action.case_id == about.case.id)
    if about.agency:
        owned = session.scalars(found.where(Action.agency_id == about.agency.id)).all()
        if owned or not about.case:
            return owned
    return session.scalars(found.order_by(Action.number)).all()


def _only(found: Sequence[Action], about: About) -> Action:
    where = about.case.reference if about.case else _name(about)
    if not found:
        raise NotNow(f"There is no open action of {where} to tell about.")
    if len(found) > 1:
        labels = ", ".join(action.label for action in found)
        raise Incomplete(f"{where} has several open actions: {labels}. Say which one is meant.")
    return found[0]


def _name(about: About) -> str:
    return about.agency.name if about.agency else ""


def next_meeting(session: Session, case: Case | None, now: datetime) -> Meeting | None:
    """The next meeting a paper could go to: one about the case or else the next business meeting."""
    ahead = (
        select(Meeting)
        .where(Meeting.starts_at >= now, Meeting.cancelled_at.is_(None))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    of_case = session.scalar(ahead.where(Meeting.case_id == case.id)) if case else None
    return of_case or session.scalar(ahead.where(Meeting.kind == Kind.BUSINESS))


def action_of(session: Session, label: str) -> Action | None:
    """The action with this number, written A12 or 12."""
    number = label.strip().upper().removeprefix("A")
    return actions.by_number(session, int(number)) if number.isdecimal() else None


FILLERS: dict[str, Callable[[Session, About, datetime], Filled]] = {
    "referral": _referral,
    "scoping": _scoping,
    "rapid_review": _report,
    "paper": _paper,
    "action_update": _action_update,
}

"""Records the serious incident notification of a child case, or why none is due; no rapid review is called before."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route
from jcr.criteria.asking import incident_day
from jcr.criteria.service import referral_answers
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.permissions import Permission
from jcr.roles import Actor
from jcr.triage.service import must_be_of_triage
from jcr.wording import local_day, long_date

MISSING = (
    "No serious incident notification is recorded, and the rapid review of a child rests on one (Working Together). "
    "Record the day it was sent, or why none is due, before the agencies are asked."
)

BEFORE_INCIDENT = (
    "That cannot have been before the incident, which is recorded as on {}. Check the date, or correct the day of "
    "the incident first."
)

BEFORE_AWARE = (
    "The notification cannot have been sent before the local authority became aware of the incident, which is "
    "recorded as {}. Check both dates."
)


def must_be_notified(case: Case) -> None:
    """Raises NotNow for a child case with neither a notification nor a reason why none is due."""
    if case.lacks_notification:
        raise NotNow(MISSING)


def record_notification(
    session: Session, case: Case, sent_on: date, why: str, actor: Actor, now: datetime
) -> None:
    """Records the day the serious incident notification was sent, which starts the child clock.

    Raises Incomplete for a day in the future or before the incident, or when the source of a changed date is not given.
    """
    must_be_of_triage(case, actor, Permission.NOTIFY)
    if sent_on > local_day(now):
        raise Incomplete("The notification cannot have been sent in the future. Check the date.")
    _must_follow_the_incident(session, case, sent_on)
    if case.la_aware_on and sent_on < case.la_aware_on:
        raise Incomplete(BEFORE_AWARE.format(long_date(case.la_aware_on)))
    before = case.incident_notified_on
    if before == sent_on:
        return
    if before and not why.strip():
        raise Incomplete("Say why the date of the notification changes: dates are counted from it.")
    case.incident_notified_on = sent_on
    was = before.isoformat() if before else ""
    record(
        session, case.id, actor, now, "recorded the date of the serious incident notification", why,
        sent_on=sent_on.isoformat(), before=was,
    )  # fmt: skip


def record_awareness(
    session: Session, case: Case, aware_on: date, why: str, actor: Actor, now: datetime
) -> None:
    """Records the day the local authority became aware of the incident, from which its notification is due.

    Raises Incomplete for a day in the future, before the incident or after the notification, or without who said so.
    """
    must_be_of_triage(case, actor, Permission.NOTIFY)
    if aware_on > local_day(now):
        raise Incomplete("The local authority cannot have become aware in the future. Check the date.")
    _must_follow_the_incident(session, case, aware_on)
    if case.incident_notified_on and aware_on > case.incident_notified_on:
        raise Incomplete(BEFORE_AWARE.format(long_date(aware_on)))
    if not why.strip():
        raise Incomplete("Write who said so: the notification is counted from this day.")
    before = case.la_aware_on
    if before == aware_on:
        return
    case.la_aware_on = aware_on
    record(
        session, case.id, actor, now, "recorded when the local authority became aware of the incident", why.strip(),
        aware_on=aware_on.isoformat(), before=before.isoformat() if before else "",
    )  # fmt: skip


def _must_follow_the_incident(session: Session, case: Case, day: date) -> None:
    happened = incident_day(referral_answers(session, case))
    if happened and day < happened:
        raise Incomplete(BEFORE_INCIDENT.format(long_date(happened)))


def record_none_due(session: Session, case: Case, why: str, actor: Actor, now: datetime) -> None:
    """Records why no notification is due, such as that the local authority found the case outside the definition.

    Raises Incomplete without a reason, NotNow when no child is reviewed or a notification is on record.
    """
    must_be_of_triage(case, actor, Permission.NOTIFY)
    if Route.CHILD not in case.route_names:
        raise NotNow("Only a child case has a serious incident notification. There is nothing to record.")
    if case.incident_notified_on:
        sent = long_date(case.incident_notified_on)
        raise NotNow(f"A notification is recorded as sent on {sent}. Correct its date if that is wrong.")
    if not why.strip():
        raise Incomplete("Write why no notification is due, and who said so: it is part of the record.")
    if case.no_notification_because != why.strip():
        case.no_notification_because = why.strip()
        record(
            session, case.id, actor, now, "recorded that no serious incident notification is due", why.strip()
        )

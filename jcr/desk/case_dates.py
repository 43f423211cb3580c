"""Gathers the days that the clocks of cases run on, in a handful of queries however many cases there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from forms.dates import day_or_none
from jcr.cases.model import Case, CaseRoute, Route
from jcr.correspondence.model import Kind, Letter
from jcr.db import those
from jcr.decisions.model import Body, Notice, Reconsideration
from jcr.decisions.notices import standing
from jcr.desk.clock import Dates, Later, Told
from jcr.desk.model import LaterDate
from jcr.history.model import Entry
from jcr.meetings.model import Kind as MeetingKind
from jcr.meetings.model import Meeting
from jcr.referrals.model import Referral
from jcr.scoping.model import Request, Return, Round, State
from jcr.wording import local_day

Gathered = Iterable[tuple[int | None, dict[str, Any]]]
Steps = Sequence[Any]  # rows: a case, the status it came from, the one it reached, and when
Again = dict[tuple[int | None, str], datetime]  # when a case was last opened again for a stage

# Out of which a case may be opened again, for one of the stages
SETTLED = ("declined", "decided", "closed")
STAGES = ("triage", "rapid_review")
NEVER = datetime.min.replace(tzinfo=UTC)

# Which status, once reached, sets which day; the latest entry counts.
REACHED = {
    "scoping": "triaged_on",
    "declined": "triaged_on",
    "redirected": "triaged_on",
    "recommended": "recommended_on",
    "ratified": "ratified_on",
}


def dates_of(session: Session, cases: Select[Case]) -> list[Dates]:
    """The days of each of these cases, the earliest case first. Columns only: cases themselves cost more."""
    own = (
        Case.id, Case.reference, Case.status, Case.opened_at, Case.received_on, Case.incident_notified_on,
        Case.no_notification_because, Case.la_aware_on,
    )  # fmt: skip
    rows = session.execute(cases.with_only_columns(*own).order_by(Case.id)).all()
    ids = [row.id for row in rows]
    found: dict[int | None, dict[str, Any]] = {id: {"routes": ()} for id in ids}
    for gather in (_routes, _referrals, _reached, _rounds, _meetings, _asked_again, _told, _later):
        for case_id, days in gather(session, ids):
            found[case_id] |= days
    return [
        Dates(
            reference=row.reference,
            status=row.status,
            opened_on=local_day(row.opened_at),
            received_on=row.received_on,
            notified_on=row.incident_notified_on,
            none_to_notify=not row.incident_notified_on and bool(row.no_notification_because),
            **(found[row.id] | _awareness(row.la_aware_on)),
        )
        for row in rows
    ]


def _awareness(la_aware_on: date | None) -> dict[str, Any]:
    """The local authority's own day, where it is recorded, instead of the referring agency's."""
    return {"aware_on": la_aware_on, "la_is_told": True} if la_aware_on else {}


def _routes(session: Session, ids: Sequence[int]) -> Gathered:
    asked = select(CaseRoute.case_id, CaseRoute.route).where(CaseRoute.case_id.in_(those(ids)))
    routes: dict[int, tuple[Route, ...]] = {}
    for case_id, route in session.execute(asked.order_by(CaseRoute.id)):
        routes[case_id] = (*routes.get(case_id, ()), route)
    return [(case_id, {"routes": found}) for case_id, found in routes.items()]


def _referrals(session: Session, ids: Sequence[int]) -> Gathered:
    aware = func.coalesce(
        Referral.answers["date_aware"].as_string(), Referral.sent_answers["date_aware"].as_string()
    )
    rows = select(Referral.case_id, aware, Referral.returned_at).where(Referral.case_id.in_(those(ids)))
    for case_id, aware_on, returned_at in session.execute(rows):
        yield case_id, {"aware_on": day_or_none(aware_on), "sent_back_on": _day(returned_at)}


def _reached(session: Session, ids: Sequence[int]) -> Gathered:
    """What was done and told, without what counts no more since a case was opened again."""
    steps = _steps(session, ids)
    again = _opened_again(steps)
    yield from _acts(steps, again)
    yield from _letters(session, ids, again)


def _steps(session: Session, ids: Sequence[int]) -> Steps:
    """When a case last came from one status to another, the earliest first, of those that set or undo a day."""
    latest = func.max(Entry.at)
    rows = select(Entry.case_id, Entry.from_status, Entry.to_status, latest).where(
        Entry.case_id.in_(those(ids)), Entry.to_status.in_((*REACHED, *STAGES))
    )
    grouped = rows.group_by(Entry.case_id, Entry.from_status, Entry.to_status)
    return session.execute(grouped.order_by(latest)).all()


def _acts(steps: Steps, again: Again) -> Gathered:
    for case_id, _, status, at in steps:
        if status in REACHED and at > again.get((case_id, _stage_of(status)), NEVER):
            yield case_id, {REACHED[status]: _day(at)}


def _stage_of(status: str) -> str:
    """The stage to which a case goes back when what led to this status no longer counts."""
    return "triage" if REACHED[status] == "triaged_on" else "rapid_review"


def _opened_again(steps: Steps) -> Again:
    """When a settled case was last opened again, by stage: what was reached before counts no more."""
    found: Again = {}
    for case_id, before, stage, at in steps:
        if before in SETTLED and stage in STAGES:
            for lost in STAGES[STAGES.index(stage) :]:
                found[case_id, lost] = max(at, found.get((case_id, lost), NEVER))
    return found


def _letters(session: Session, ids: Sequence[int], again: Again) -> Gathered:
    kinds = (Kind.ACKNOWLEDGEMENT, Kind.REFERRAL_RECEIVED, Kind.DECISION)
    rows = (
        select(Letter.case_id, Letter.kind, func.min(Letter.written_at), func.max(Letter.sent_at))
        .where(Letter.case_id.in_(those(ids)), Letter.kind.in_(kinds))
        .group_by(Letter.case_id, Letter.kind)
        .order_by(func.min(Letter.written_at).desc())  # the first of them is yielded last and counts
    )
    for case_id, kind, written_at, sent_at in session.execute(rows):
        if kind is Kind.DECISION:
            if sent_at and sent_at > again.get((case_id, "rapid_review"), NEVER):
                yield case_id, {"letter_on": _day(sent_at)}
        else:
            yield case_id, {"acknowledged_on": _day(written_at)}


def _rounds(session: Session, ids: Sequence[int]) -> Gathered:
    waiting = func.count(Request.id).filter(Request.state.in_([state for state in State if state.is_waiting]))
    rows = (
        select(Round.case_id, Round.opened_at, Round.return_by, waiting, func.max(Return.received_at))
        .join(Request, Request.round_id == Round.id)
        .outerjoin(Return, Return.request_id == Request.id)
        .where(Round.case_id.in_(those(ids)))
        .group_by(Round.id, Round.case_id, Round.number, Round.opened_at, Round.return_by)
        .order_by(Round.number)  # the latest round is yielded last and counts
    )
    for case_id, opened_at, return_by, outstanding, received_at in session.execute(rows):
        yield (
            case_id,
            {
                "asked_on": _day(opened_at),
                "return_by": return_by,
                "returned_on": None if outstanding else _day(received_at),
            },
        )


def _meetings(session: Session, ids: Sequence[int]) -> Gathered:
    rows = (
        select(Meeting.case_id, Meeting.kind, Meeting.starts_at, Meeting.opened_at)
        .where(Meeting.case_id.in_(those(ids)), Meeting.cancelled_at.is_(None))
        .order_by(Meeting.starts_at)
    )
    for case_id, kind, starts_at, opened_at in session.execute(rows):
        if (
            kind is MeetingKind.RAPID_REVIEW
        ):  # asked for by kind, SQLite would read every meeting of that kind
            yield case_id, {"meeting_on": _day(starts_at), "met_on": _day(opened_at)}


def _asked_again(session: Session, ids: Sequence[int]) -> Gathered:
    rows = (
        select(Reconsideration.case_id, Reconsideration.asked_on, Reconsideration.answered_at)
        .where(Reconsideration.case_id.in_(those(ids)))
        .order_by(Reconsideration.id)  # the latest is yielded last and counts
    )
    for case_id, asked_on, answered_at in session.execute(rows):
        yield case_id, {"asked_again_on": asked_on, "answered_again_on": _day(answered_at)}


def _told(session: Session, ids: Sequence[int]) -> Gathered:
    rows = standing().where(Notice.case_id.in_(those(ids))).order_by(Notice.id)
    asked = rows.with_only_columns(Notice.case_id, Notice.body, Notice.told_on, Notice.replied_on)
    found: dict[int, dict[Body, Told]] = {}
    for case_id, body, told_on, replied_on in session.execute(asked):
        found.setdefault(case_id, {})[body] = Told(told_on, replied_on)  # of the latest decision
    return [(case_id, {"told": told}) for case_id, told in found.items()]


def _later(session: Session, ids: Sequence[int]) -> Gathered:
    rows = select(LaterDate).where(LaterDate.case_id.in_(those(ids))).order_by(LaterDate.id)
    found: dict[int, dict[str, list[Later]]] = {}
    for row in session.scalars(rows):
        agreed = Later(row.until, row.approved_by, row.why)
        found.setdefault(row.case_id, {}).setdefault(row.label, []).append(agreed)
    return [(case_id, {"later": by_label}) for case_id, by_label in found.items()]


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None

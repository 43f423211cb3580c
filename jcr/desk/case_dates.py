"""Gathers the days that the clocks of cases run on, in two questions however many cases there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from forms.dates import day_or_none
from jcr.cases.model import Case, Route
from jcr.correspondence.model import Kind
from jcr.decisions.model import Body, Outcome
from jcr.desk.case_rows import REACHED, STAGES, Of, rows_of
from jcr.desk.clock import Dates, Later, Told
from jcr.meetings.model import Kind as MeetingKind
from jcr.wording import local_day

Gathered = Iterable[tuple[int | None, dict[str, Any]]]
Rows = Mapping[Of, Sequence[Any]]
Again = dict[tuple[int | None, str], datetime]  # when a case was last opened again for a stage

SETTLED = ("declined", "decided", "closed")  # out of which a case may be opened again
NEVER = datetime.min.replace(tzinfo=UTC)


def dates_of(session: Session, cases: Select[Case]) -> list[Dates]:
    """The days of each of these cases, the earliest case first. Columns only: cases themselves cost more."""
    own = (
        Case.id, Case.reference, Case.status, Case.opened_at, Case.received_on, Case.incident_notified_on,
        Case.no_notification_because, Case.la_aware_on, Case.commissioned_on,
        Case.reviewed_on, Case.publish_on, Case.panel_copied_on,
    )  # fmt: skip
    return dates_of_each(session, session.execute(cases.with_only_columns(*own).order_by(Case.id)).all())


def dates_of_each(session: Session, rows: Sequence[Any]) -> list[Dates]:
    """The same of cases that are there already, or of rows with their columns."""
    if not rows:
        return []
    found: dict[int | None, dict[str, Any]] = {row.id: {"routes": ()} for row in rows}
    told = rows_of(session, [row.id for row in rows])
    for gather in (_routes, _referrals, _reached, _rounds, _meetings, _asked_again, _told, _later, _reviews):
        for case_id, days in gather(told):
            found[case_id] |= days
    return [
        Dates(
            reference=row.reference,
            status=row.status,
            opened_on=local_day(row.opened_at),
            received_on=row.received_on,
            notified_on=row.incident_notified_on,
            commissioned_on=row.commissioned_on,
            reviewed_on=row.reviewed_on,
            publish_on=row.publish_on,
            panel_copied_on=row.panel_copied_on,
            none_to_notify=not row.incident_notified_on and bool(row.no_notification_because),
            **(found[row.id] | _awareness(row.la_aware_on)),
        )
        for row in rows
    ]


def _awareness(la_aware_on: date | None) -> dict[str, Any]:
    """The local authority's own day, where it is recorded, instead of the referring agency's."""
    return {"aware_on": la_aware_on, "la_is_told": True} if la_aware_on else {}


def _routes(rows: Rows) -> Gathered:
    routes: dict[int, tuple[Route, ...]] = {}
    for row in rows[Of.ROUTE]:
        routes[row.case_id] = (*routes.get(row.case_id, ()), Route(row.text))
    return [(case_id, {"routes": found}) for case_id, found in routes.items()]


def _referrals(rows: Rows) -> Gathered:
    for row in rows[Of.REFERRAL]:
        yield row.case_id, {"aware_on": day_or_none(row.text), "sent_back_on": _day(row.at)}


def _reached(rows: Rows) -> Gathered:
    """What was done and told, without what counts no more since a case was opened again."""
    again = _opened_again(rows[Of.STEP])
    yield from _acts(rows[Of.STEP], again)
    yield from _letters(rows[Of.LETTER], again)


def _acts(steps: Sequence[Any], again: Again) -> Gathered:
    for row in steps:
        status = row.other
        if status in REACHED and row.at > again.get((row.case_id, _stage_of(status)), NEVER):
            yield row.case_id, {REACHED[status]: _day(row.at)}


def _stage_of(status: str) -> str:
    """The stage to which a case goes back when what led to this status no longer counts."""
    return "triage" if REACHED[status] == "triaged_on" else "rapid_review"


def _opened_again(steps: Sequence[Any]) -> Again:
    """When a settled case was last opened again, by stage: what was reached before counts no more."""
    found: Again = {}
    for row in steps:
        if row.text in SETTLED and row.other in STAGES:
            for lost in STAGES[STAGES.index(row.other) :]:
                found[row.case_id, lost] = max(row.at, found.get((row.case_id, lost), NEVER))
    return found


def _letters(letters: Sequence[Any], again: Again) -> Gathered:
    for row in reversed(letters):  # the first of them is yielded last and counts
        if row.text != Kind.DECISION:
            yield row.case_id, {"acknowledged_on": _day(row.at)}
        elif row.then and row.then > again.get((row.case_id, "rapid_review"), NEVER):
            yield row.case_id, {"letter_on": _day(row.then)}


def _rounds(rows: Rows) -> Gathered:
    for row in rows[Of.ROUND]:  # the latest round is yielded last and counts
        returned_on = None if row.left else _day(row.then)
        return_by = row.until or row.on  # the first that a missing return is due by
        yield row.case_id, {"asked_on": _day(row.at), "return_by": return_by, "returned_on": returned_on}


def _meetings(rows: Rows) -> Gathered:
    for row in rows[Of.MEETING]:
        if row.text == MeetingKind.RAPID_REVIEW:
            yield row.case_id, {"meeting_on": _day(row.at), "met_on": _day(row.then)}


def _asked_again(rows: Rows) -> Gathered:
    for row in rows[Of.AGAIN]:  # the latest is yielded last and counts
        yield row.case_id, {"asked_again_on": row.on, "answered_again_on": _day(row.then)}


def _told(rows: Rows) -> Gathered:
    found: dict[int, dict[Body, Told]] = {}
    for row in rows[Of.TOLD]:
        found.setdefault(row.case_id, {})[Body(row.text)] = Told(row.on, row.until)  # of the latest decision
    return [(case_id, {"told": told}) for case_id, told in found.items()]


def _later(rows: Rows) -> Gathered:
    found: dict[int, dict[str, list[Later]]] = {}
    for row in rows[Of.LATER]:
        agreed = Later(row.until, row.other, row.third)
        found.setdefault(row.case_id, {}).setdefault(row.text, []).append(agreed)
    return [(case_id, {"later": by_label}) for case_id, by_label in found.items()]


def _reviews(rows: Rows) -> Gathered:
    for row in rows[Of.REVIEW]:  # the latest is yielded last and counts
        yield row.case_id, {"review_held": Outcome(row.text).is_review}


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None

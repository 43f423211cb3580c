"""All rows that the days of cases are read from, in one question to the database: asked one by one, they took longer to
ask for than to find."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from jcr.cases.model import CaseRoute
from jcr.correspondence.model import Kind, Letter
from jcr.db import Moment
from jcr.decisions.model import Notice, Recommendation, Reconsideration
from jcr.desk.model import LaterDate
from jcr.dialects import Numbers, those
from jcr.history.model import Entry
from jcr.meetings.model import Meeting
from jcr.referrals.model import Referral
from jcr.scoping.model import Request, Return, Round, State

# Which status, once reached, sets which day; the latest entry counts.
REACHED = {
    "scoping": "triaged_on",
    "declined": "triaged_on",
    "redirected": "triaged_on",
    "recommended": "recommended_on",
    "ratified": "ratified_on",
}
# The stages for which a settled case may be opened again
STAGES = ("triage", "rapid_review")
LETTERS = (Kind.ACKNOWLEDGEMENT, Kind.REFERRAL_RECEIVED, Kind.DECISION)


class Of(StrEnum):
    """What a row tells of a case."""

    ROUTE = "route"
    REFERRAL = "referral"
    STEP = "step"
    LETTER = "letter"
    ROUND = "round"
    MEETING = "meeting"
    AGAIN = "again"
    TOLD = "told"
    LATER = "later"
    REVIEW = "review"


# What the columns of a row are called, and what they hold; each part fills those it has
COLUMNS: dict[str, TypeEngine[Any]] = {
    "text": String(),
    "other": String(),
    "third": String(),
    "at": Moment(),
    "then": Moment(),
    "on": Date(),
    "until": Date(),
    "left": Integer(),
    "place": Integer(),
}
IDS = those(bindparam("ids", type_=Numbers()))


def rows_of(session: Session, ids: Sequence[int]) -> dict[Of, list[Any]]:
    """The rows of these cases by what they tell, those of each kind in order, the earliest first.
    Taken all at once: fetched one by one, they take longer."""
    found: dict[Of, list[Any]] = {of: [] for of in Of}
    for row in session.execute(EVERYTHING, {"ids": ids}).all():
        found[Of(row.of)].append(row)
    return found


def _part(of: Of, case_id: Any, **given: Any) -> Any:
    """One kind of row, of the cases asked for. What is a word of ours is read as text, as the others are."""
    columns = (
        type_coerce(given[name], kind) if name in given else cast(null(), kind)
        for name, kind in COLUMNS.items()
    )
    named = (column.label(name) for name, column in zip(COLUMNS, columns, strict=True))
    return select(literal(of.value, String()).label("of"), case_id.label("case_id"), *named).where(
        case_id.in_(IDS)
    )


def _everything() -> Any:
    aware = func.coalesce(
        Referral.answers["date_aware"].as_string(), Referral.sent_answers["date_aware"].as_string()
    )
    is_missing = Request.state.in_([state for state in State if state.is_waiting])
    waiting = func.count(Request.id).filter(is_missing)
    due_first = func.min(case((is_missing, func.coalesce(Request.own_return_by, Round.return_by))))
    parts = (
        _part(Of.ROUTE, CaseRoute.case_id, text=CaseRoute.route, place=CaseRoute.id),
        _part(Of.REFERRAL, Referral.case_id, text=aware, at=Referral.returned_at),
        # When a case last came from one status to another, of those that set or undo a day
        _part(Of.STEP, Entry.case_id, text=Entry.from_status, other=Entry.to_status, at=func.max(Entry.at))
        .where(Entry.to_status.in_((*REACHED, *STAGES)))
        .group_by(Entry.case_id, Entry.from_status, Entry.to_status),
        _part(
            Of.LETTER, Letter.case_id, text=Letter.kind, at=func.min(Letter.written_at), then=func.max(Letter.sent_at)
        )
        .where(Letter.kind.in_(LETTERS))
        .group_by(Letter.case_id, Letter.kind),
        _part(
            Of.ROUND, Round.case_id, at=Round.opened_at, on=Round.return_by, until=due_first, left=waiting,
            then=func.max(Return.received_at), place=Round.number,
        )
        .join(Request, Request.round_id == Round.id)
        .outerjoin(Return, Return.request_id == Request.id)
        .group_by(Round.id, Round.case_id, Round.number, Round.opened_at, Round.return_by),
        _part(Of.MEETING, Meeting.case_id, text=Meeting.kind, at=Meeting.starts_at, then=Meeting.opened_at)
        .where(Meeting.cancelled_at.is_(None)),
        _part(
            Of.AGAIN, Reconsideration.case_id, on=Reconsideration.asked_on, then=Reconsideration.answered_at,
            place=Reconsideration.id,
        ),
        _part(Of.TOLD, Notice.case_id, text=Notice.body, on=Notice.told_on, until=Notice.replied_on, place=Notice.id)
        .where(Notice.lapsed_at.is_(None)),
        _part(
            Of.LATER, LaterDate.case_id, text=LaterDate.label, other=LaterDate.approved_by, third=LaterDate.why,
            until=LaterDate.until, place=LaterDate.id,
        ),
        _part(Of.REVIEW, Recommendation.case_id, text=Recommendation.outcome, place=Recommendation.number),
    )  # fmt: skip
    return union_all(*parts).order_by("place", "at")


EVERYTHING = _everything()  # put together once: that costs more than to ask

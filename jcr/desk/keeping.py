"""Keeps what desk and list look up true: open dates, what others owe and words of each case, anew after every act."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    delete,
    insert,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from jcr.cases import words
from jcr.cases.model import Case, Status, Subject
from jcr.cases.rules import Calendar
from jcr.chronology.naming import people_named
from jcr.db import Base, add_all
from jcr.decisions.model import Body, Notice, Reconsideration
from jcr.desk.case_dates import dates_of
from jcr.desk.clocks import AT_REST, Clock, clocks
from jcr.desk.model import CaseWord, Deadline, Owed
from jcr.desk.waiting import Waiting, owed
from jcr.dialects import Numbers, those
from jcr.history.model import Changed
from jcr.people.model import Agency
from jcr.referrals.model import Referral
from jcr.scoping.model import Request, Round

TICKING = tuple(status for status in Status if status not in (*AT_REST, Status.DECIDED))
ASKED_AGAIN = (
    select(Reconsideration.id)
    .where(Reconsideration.case_id == Case.id, Reconsideration.outcome.is_(None))
    .exists()
)
UNTOLD = select(Notice.id).where(
    Notice.case_id == Case.id,
    Notice.lapsed_at.is_(None),
    or_(Notice.told_on.is_(None), and_(Notice.body == Body.PANEL, Notice.replied_on.is_(None))),
).exists()  # fmt: skip
CHANGED = select(Changed.case_id).distinct()
AT_ONCE = 2000  # cases
NO_DAY = date.max
DATES, OWED, WORDS = (  # as rows: there are too many to make objects of
    Base.metadata.tables[kind.__tablename__] for kind in (Deadline, Owed, CaseWord)
)


def changed() -> Select[int]:
    """The cases something was done to since they were stored."""
    return CHANGED


def is_stored(case_id: Any) -> ColumnElement[bool]:
    """The condition that nothing was done to a row's case since it was stored."""
    return ~select(Changed.id).where(Changed.case_id == case_id).exists()


def bring_up_to_date(session: Session, today: date, calendar: Calendar) -> int:
    """Stores anew what is looked up of the cases changed since; returns how many. One worker at a time does it."""
    marks = session.execute(select(Changed.id, Changed.case_id)).all()
    cases = sorted({case_id for _, case_id in marks})
    for ids in batches(cases):
        _store(session, ids, today, calendar)
    for gone in batches([mark for mark, _ in marks]):
        session.execute(delete(Changed).where(Changed.id.in_(those(gone))))
    return len(cases)


def mark_every_case(session: Session) -> None:
    """Has every case counted again: the calendar or a figure is another than it was."""
    session.execute(insert(Changed).from_select(["case_id"], select(Case.id)))


def open_clocks_of(session: Session, cases: Select[Case], today: date, calendar: Calendar) -> list[Clock]:
    """The dates due or late on these cases, counted afresh."""
    ticking = dates_of(session, cases.where(or_(Case.status.in_(TICKING), ASKED_AGAIN, UNTOLD)))
    return [
        clock
        for dates in ticking
        for clock in clocks(dates, today, calendar)
        if clock.is_open and (clock.goes_on or dates.status in TICKING)
    ]


def words_of(session: Session, ids: Sequence[int]) -> dict[int, dict[str, bool]]:
    """The words each of these cases is found by, and whether one stands in the referral alone."""
    texts, others = ({id: list[str]() for id in ids} for _ in range(2))
    for case_id, text in session.execute(TEXTS, {"ids": list(ids)}).all():
        texts[case_id].append(text or "")
    for case_id, *told in session.execute(TOLD, {"ids": list(ids)}).all():
        others[case_id] += _named(*told)
    return {
        id: dict.fromkeys(words.stored(others[id]), True) | dict.fromkeys(words.stored(found), False)
        for id, found in texts.items()
    }


def _named(family: str | None, responsible: str | None, kin: str | None) -> list[str]:
    """Everybody whom a referral names besides its subjects."""
    rows = {
        "family_members": json.loads(family or "[]"),
        "alleged_perpetrators": json.loads(responsible or "[]"),
    }
    return [name for name, _ in people_named({**rows, "next_of_kin_name": kin})]


def batches(found: Sequence[int]) -> Iterator[list[int]]:
    """The numbers, so many at once that what is gathered of them stays small."""
    rest = iter(found)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch


def _texts() -> CompoundSelect[int, str]:
    ids = those(bindparam("ids", type_=Numbers()))
    other_names = Subject.details["subject_other_names"].as_string()
    referring = select(Case.id, Agency.name).join(Agency, Agency.id == Case.agency_id)
    asked = select(Round.case_id, Agency.name).join(Request, Request.round_id == Round.id)
    return union_all(
        select(Case.id, Case.reference).where(Case.id.in_(ids)),
        select(Subject.case_id, Subject.name).where(Subject.case_id.in_(ids)),
        select(Subject.case_id, Subject.nhs_number).where(Subject.case_id.in_(ids)),
        select(Subject.case_id, other_names).where(Subject.case_id.in_(ids)),
        referring.where(Case.id.in_(ids)),
        select(Referral.case_id, Referral.referrer_agency).where(Referral.case_id.in_(ids)),
        asked.join(Agency, Agency.id == Request.agency_id).where(Round.case_id.in_(ids)),
    )


def _told() -> Select[Any]:
    """Of each referral the answers that name people: as accepted or, before anybody accepted them, as sent."""
    accepted = cast(Referral.answers, Text) != "{}"
    answers = (
        case((accepted, Referral.answers[name].as_string()), else_=Referral.sent_answers[name].as_string())
        for name in ("family_members", "alleged_perpetrators", "next_of_kin_name")
    )
    ids = those(bindparam("ids", type_=Numbers()))
    return select(Referral.case_id, *answers).where(Referral.case_id.in_(ids))


TEXTS, TOLD = _texts(), _told()  # put together once


def _store(session: Session, ids: Sequence[int], today: date, calendar: Calendar) -> None:
    session.execute(delete(Deadline).where(Deadline.case_id.in_(those(ids))))
    by_reference = {reference: id for id, reference in session.execute(_references(ids))}
    found = open_clocks_of(session, select(Case).where(Case.id.in_(those(ids))), today, calendar)
    add_all(session, DATES, [_row(clock, by_reference[clock.reference]) for clock in found if clock.due])
    _store_owed(session, ids)
    _store_words(session, ids)


def _store_owed(session: Session, ids: Sequence[int]) -> None:
    session.execute(delete(Owed).where(Owed.case_id.in_(those(ids))))
    found = owed(session, select(Case).where(Case.id.in_(those(ids))))
    add_all(session, OWED, [_owed_row(case_id, one) for case_id, one in found])


def _store_words(session: Session, ids: Sequence[int]) -> None:
    """Only what differs is written: words seldom change, and there are many."""
    right = {(id, word, told) for id, known in words_of(session, ids).items() for word, told in known.items()}
    columns = CaseWord.id, CaseWord.case_id, CaseWord.word, CaseWord.in_referral
    rows = session.execute(select(*columns).where(CaseWord.case_id.in_(those(ids)))).all()
    stored = {tuple(row): id for id, *row in rows}
    if gone := [id for key, id in stored.items() if key not in right]:
        session.execute(delete(CaseWord).where(CaseWord.id.in_(those(gone))))
    new = sorted(right - stored.keys())
    add_all(session, WORDS, [{"case_id": id, "word": word, "in_referral": told} for id, word, told in new])


def _references(ids: Sequence[int]) -> Select[int, str]:
    return select(Case.id, Case.reference).where(Case.id.in_(those(ids)))


def _owed_row(case_id: int, one: Waiting) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "initials": one.initials,
        "what": one.what,
        "who": one.who,
        "page": one.page,
        "since": one.since or NO_DAY,
        "until": one.until or NO_DAY,
    }


def _row(clock: Clock, case_id: int) -> dict[str, Any]:
    due = clock.due
    assert due is not None
    return {
        "case_id": case_id,
        "label": clock.label,
        "on": due.on,
        "authority": due.authority,
        "because": due.because,
        "source": due.source,
        "start": due.start,
        "working_days": due.working_days,
        "warning": due.warning,
        "was": clock.was,
    }

"""What lies on the officer's desk, gathered from the rooms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.desk import case_list, service
from jcr.desk.case_list import PAGE, Wanted, find
from jcr.desk.clocks import State
from jcr.desk.owing import owing
from jcr.people.model import Person
from jcr.scoping.model import Request
from jcr.scoping.service import nil_return
from tests.cases.made import CHILD, in_scoping, in_triage, referred

LATER = date(2026, 12, 11)


@contextmanager
def counted_queries(sessions: Sessions) -> Iterator[list[str]]:
    said: list[str] = []

    def hear(_: Any, __: Any, statement: str, *rest: Any) -> None:
        said.append(statement)

    event.listen(sessions.engine, "before_cursor_execute", hear)
    yield said
    event.remove(sessions.engine, "before_cursor_execute", hear)


def test_every_open_date_is_listed_with_its_reason(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    in_scoping(session, head, partnership.officer, NOW, partnership.police, partnership.wvt)
    session.flush()
    rows = service.clocks(session, LATER, england())
    assert [(str(row.on), row.state, row.label) for row in rows] == [
        ("2026-12-03", State.LATE, "Scoping returns"),
        ("2026-12-08", State.LATE, "Rapid review meeting"),
        ("2026-12-21", State.DUE, "Latest day for the rapid review (adult)"),
    ]
    assert all(row.because and row.source for row in rows)


@pytest.mark.tor("7.6")
def test_the_desk_says_which_agencies_are_waited_for_and_since_when(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    in_scoping(session, head, partnership.officer, NOW, partnership.police)
    session.flush()
    waiting = owing(session, partnership.officer).first
    assert [(one.who, one.what, one.until) for one in waiting] == [
        ("West Mercia Police", "Scoping return", date(2026, 12, 3))
    ]
    assert waiting[0].is_late(LATER)


def test_what_the_office_can_do_at_once_is_a_list_of_tasks(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    referred(session, head, NOW)
    in_triage(session, head, partnership.officer, NOW + timedelta(hours=1))
    session.flush()
    assert [
        (task.reference, task.text) for task in service.tasks(session, partnership.officer, NOW.date())
    ] == [
        ("JCR-2026-0001", "Confirm what the referral says"),
        ("JCR-2026-0002", "Work through triage"),
    ]


@pytest.mark.tor("5.3")
def test_a_chair_with_a_conflict_has_nothing_of_the_case_on_the_desk(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case = in_scoping(session, head, partnership.officer, NOW, partnership.police)
    chair = session.get_one(Person, partnership.chair.id)
    put_up_wall(session, case, chair, "Managed the team.", partnership.officer.as_actor(), NOW)
    session.flush()
    assert service.dates_page(session, chair, LATER, england()).clocks == []
    assert service.tasks(session, chair, LATER) == []
    assert owing(session, chair).first == []
    assert find(session, chair, Wanted(), NOW.date()).total == 0


def test_more_cases_cost_no_more_queries(
    sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    def queries() -> int:
        with counted_queries(sessions) as said, sessions.reading() as session:
            service.dates_page(session, partnership.officer, LATER, england())
            service.tasks(session, partnership.officer, NOW.date())
            owing(session, partnership.officer)
            find(session, partnership.officer, Wanted(), NOW.date())
        return len(said)

    with sessions.transaction() as session:
        in_scoping(session, head, partnership.officer, NOW, partnership.police)
        in_triage(session, head, partnership.officer, NOW)
    few = queries()
    with sessions.transaction() as session:
        for _ in range(4):
            in_scoping(session, head, partnership.officer, NOW, partnership.police, partnership.wvt)
            in_triage(session, head, partnership.officer, NOW)
    assert queries() == few


def test_cases_are_found_by_reference_person_and_agency(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    in_triage(session, head, partnership.officer, NOW)
    in_triage(session, head, partnership.officer, NOW, CHILD)
    session.flush()

    def references(**wanted: Any) -> list[str]:
        found = case_list.find(session, partnership.officer, Wanted(**wanted), NOW.date())
        return [case.reference for case in found.cases]

    assert references() == ["JCR-2026-0002", "JCR-2026-0001"]
    assert references(words="0002") == ["JCR-2026-0002"]
    assert references(words="tolland") == ["JCR-2026-0002"]
    assert references(words="quillfeather canary") == ["JCR-2026-0001"]
    assert references(words="wye valley") == ["JCR-2026-0002", "JCR-2026-0001"]
    assert references(words="100%") == []
    assert references(words="14/03/1951") == references(words="Canary 14 March 1951") == ["JCR-2026-0001"]
    assert references(words="tolland 1951-03-14") == []
    assert references(route="domestic") == ["JCR-2026-0002"]
    assert references(status="scoping") == []
    assert references(status="no such status") == ["JCR-2026-0002", "JCR-2026-0001"]


def test_a_long_list_is_cut_into_pages(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_list, "PAGE", 2)
    for _ in range(3):
        referred(session, head, NOW)
    session.flush()
    last = find(session, partnership.officer, Wanted(page=9), NOW.date())
    assert (last.page, last.pages, last.total) == (2, 2, 3)
    assert [case.reference for case in last.cases] == ["JCR-2026-0001"]
    assert PAGE == 50


@pytest.mark.tor("3.3")
def test_a_return_to_read_is_a_task_and_tasks_are_counted_past_the_first_page(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case = in_scoping(session, head, partnership.officer, NOW, partnership.police)
    in_triage(session, head, partnership.officer, NOW)
    who = {"author_name": "Ann Teme", "author_role": "Sergeant", "author_email": "a.teme@police.example"}
    request = session.scalars(select(Request)).one()
    nil_return(session, head, request, who | {"records_searched": "All of them."}, NOW)
    session.flush()
    found = service.tasks(session, partnership.officer, NOW.date())
    assert [task.text for task in found] == ["Work through triage", "Read the return of West Mercia Police"]
    assert found[1].path == f"/cases/{case.reference}/returns"
    assert len(service.tasks(session, partnership.officer, NOW.date(), most=1)) == 1
    counted = service.counted(session, partnership.officer, NOW.date(), england())
    assert service.count_tasks(session, partnership.officer, NOW.date(), counted) == 2

"""The table of acts: only what it allows can be done to a case, and every act leaves its entry."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.cases import service, workflow
from jcr.cases.model import Case, Route, Source, Status
from jcr.errors import Incomplete, NotAllowed, NotNow, Refused
from jcr.history.service import of_case
from jcr.permissions import roles_with
from jcr.roles import Actor, Role, outsider

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ANSWERS = {
    "review_type_requested": ["adult"],
    "referrer_agency": "West Mercia Police",
    "subjects": [{"subject_name": "Edwin Harcastle-Pryce", "subject_dob": "1951-03-14"}],
}


@pytest.fixture
def case(session: Session, partnership: Any, NOW: Any) -> Case:
    return service.open_case(session, Source.EMAIL, ANSWERS, outsider("A referrer"), NOW, date(2026, 11, 23))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("act", workflow.ACTS.values(), ids=list(workflow.ACTS))
def test_only_the_table_allows(act: workflow.Act, status: Status) -> None:
    with Session() as nowhere:
        for role in Role:
            case = Case(reference="JCR-2026-0001", status=status)
            actor, allowed = (
                Actor("Somebody", role),
                status in act.after and role in roles_with(act.permission),
            )
            assert (act in workflow.open_to(actor, case)) is allowed
            if allowed:
                entry = workflow.perform(nowhere, case, act.name, actor, MONDAY, "because")
                assert (entry.from_status, entry.to_status, case.status) == (status, act.becomes, act.becomes)
            else:
                with pytest.raises((NotAllowed, NotNow)):
                    workflow.perform(nowhere, case, act.name, actor, MONDAY, "because")
                assert case.status is status


@pytest.mark.tor("7.3")
def test_a_decline_without_a_rationale_is_refused(
    case: Case, session: Session, partnership: Any, NOW: Any
) -> None:
    case.received_on, case.status = date(2026, 11, 23), Status.TRIAGE
    with pytest.raises(Incomplete, match="reasons"):
        workflow.perform(session, case, "decline", partnership.officer.as_actor(), NOW, "  ")
    assert case.status is Status.TRIAGE


def test_a_case_is_not_past_triage_before_it_was_received(case: Case, session: Session) -> None:
    case.status = Status.SCOPING
    with pytest.raises(IntegrityError):
        session.flush()


def test_references_count_up_and_are_never_given_twice(session: Session, partnership: Any, NOW: Any) -> None:
    who, today = outsider("A referrer"), date(2026, 11, 23)
    opened = [service.open_case(session, Source.WEB, ANSWERS, who, NOW, today).reference for _ in range(3)]
    assert opened == ["JCR-2026-0001", "JCR-2026-0002", "JCR-2026-0003"]
    assert (
        service.open_case(session, Source.WEB, ANSWERS, who, NOW, date(2027, 1, 4)).reference
        == "JCR-2027-0001"
    )


def test_a_case_is_named_by_initials(case: Case) -> None:
    assert case.initials == "EHP"
    assert case.agency is not None
    assert case.agency.code == "police"


def visible(session: Session, person: Any) -> list[str]:
    return [case.reference for case in session.scalars(service.visible_to(session.merge(person)))]


def test_who_sees_a_case_depends_on_its_stage(case: Case, session: Session, partnership: Any) -> None:
    assert visible(session, partnership.officer) == visible(session, partnership.chair) == [case.reference]
    for person in ("member", "hsab_chair", "agency", "administrator"):
        assert visible(session, getattr(partnership, person)) == []
    case.received_on, case.status = date(2026, 11, 23), Status.RECOMMENDED
    session.flush()
    assert (
        visible(session, partnership.member) == visible(session, partnership.hsab_chair) == [case.reference]
    )
    assert visible(session, partnership.csp_chair) == visible(session, partnership.police_partner) == []
    service.set_routes(case, [Route.ADULT, Route.CHILD])
    session.flush()
    assert visible(session, partnership.police_partner) == [case.reference]


@pytest.mark.tor("5.3")
def test_a_conflicted_person_loses_sight_of_the_case_and_may_not_act(
    case: Case, session: Session, partnership: Any, NOW: Any
) -> None:
    chair, officer = partnership.chair, partnership.officer
    service.put_up_wall(session, case, chair, "She managed the ward.", officer.as_actor(), NOW)
    assert visible(session, chair) == []
    case.received_on, case.status = date(2026, 11, 23), Status.TRIAGE
    with pytest.raises(NotAllowed):
        workflow.perform(session, case, "decline", chair.as_actor(), NOW, "Not for us")


def test_a_conflict_is_not_recorded_without_its_reason(
    case: Case, session: Session, partnership: Any, NOW: Any
) -> None:
    with pytest.raises(Refused):
        service.put_up_wall(session, case, partnership.chair, " ", partnership.officer.as_actor(), NOW)


def test_every_act_is_in_the_history_with_who_when_and_why(
    case: Case, session: Session, partnership: Any, NOW: Any
) -> None:
    case.received_on = date(2026, 11, 23)
    workflow.perform(session, case, "confirm", partnership.officer.as_actor(), NOW)
    newest = of_case(session, case.id)[0]
    assert (newest.actor_name, newest.act, newest.at) == (
        "Rhiannon Maddox",
        "confirmed what the referral says",
        NOW,
    )

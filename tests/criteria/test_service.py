"""Facts are recorded with reasons, and the tests are put to each subject on each route."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route
from jcr.correspondence.service import Letterhead
from jcr.criteria import asking, joint_review_proposed, service
from jcr.criteria.model import Fact
from jcr.errors import Incomplete, NotNow
from jcr.history.model import Entry
from jcr.web.reasoned import Given
from tests.cases.made import CHILD, in_triage, referred

TODAY = date(2026, 11, 23)
Record = Callable[..., int]


@pytest.fixture
def case(session: Session, head: Letterhead, partnership: Any, NOW: datetime) -> Case:
    """A girl of sixteen who died, referred as a child and a domestic case."""
    return in_triage(session, head, partnership.officer, NOW, CHILD)


@pytest.fixture
def record(session: Session, case: Case, partnership: Any, NOW: datetime) -> Record:
    def recorded(route: Route, **facts: str) -> int:
        given = {name: Given(value, "The police say so.") for name, value in facts.items()}
        officer = partnership.officer.as_actor()
        return service.record_facts(session, case, case.subjects[0], route, given, officer, NOW)

    return recorded


def test_nothing_is_known_until_somebody_records_it(session: Session, case: Case) -> None:
    judged = service.tests_of(session, case, TODAY)
    assert [(one.route, one.test.met) for one in judged] == [
        (Route.CHILD, "not_known"),
        (Route.DOMESTIC, "not_known"),
    ]


@pytest.mark.tor("1.2", "3.1")
def test_a_child_of_sixteen_meets_both_tests_and_a_joint_review_is_proposed(
    session: Session, case: Case, record: Record
) -> None:
    record(Route.CHILD, abuse_or_neglect_known_or_suspected="yes")
    record(Route.DOMESTIC, violence_abuse_or_neglect="yes", related="yes")
    judged = service.tests_of(session, case, TODAY)
    assert [one.test.met for one in judged] == ["yes", "yes"]
    assert "16, which is under 18" in judged[0].test.because
    assert joint_review_proposed([one.test for one in judged])
    overlaps = service.overlaps_of(session, case, TODAY)
    assert [overlap.key for _, overlap in overlaps] == ["child_and_domestic"]


@pytest.mark.tor("1.7")
def test_both_domestic_tests_stand_side_by_side(session: Session, case: Case, record: Record) -> None:
    record(Route.DOMESTIC, violence_abuse_or_neglect="yes", same_household="yes", related="no")
    domestic = service.tests_of(session, case, TODAY)[1].test
    assert (domestic.regime, domestic.met) == ("dhr_2004", "yes")
    assert domestic.beside is not None
    assert (domestic.beside.regime, domestic.beside.met) == ("dardr_2024", "not_known")
    assert "perpetrator_age" not in domestic.beside.needed  # worked out from the referral


def test_the_latest_answer_counts_and_the_first_is_kept(session: Session, case: Case, record: Record) -> None:
    assert record(Route.CHILD, seriously_harmed="not_known") == 1
    assert record(Route.CHILD, seriously_harmed="no") == 1
    assert record(Route.CHILD, seriously_harmed="no") == 0
    values = session.scalars(select(Fact.value).order_by(Fact.id)).all()
    assert values == ["not_known", "no"]
    facts = service.facts_of(session, case)[case.subjects[0].id]
    assert facts["seriously_harmed"].value == "no"


def test_a_no_needs_its_reason(session: Session, case: Case, partnership: Any, NOW: datetime) -> None:
    given = {"seriously_harmed": Given("no", "")}
    with pytest.raises(Incomplete, match="Say why"):
        service.record_facts(
            session, case, case.subjects[0], Route.CHILD, given, partnership.officer.as_actor(), NOW
        )


def test_facts_wait_for_the_referral_to_be_confirmed(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case = referred(session, head, NOW)
    with pytest.raises(NotNow, match="confirmed"):
        service.record_facts(
            session, case, case.subjects[0], Route.ADULT, {}, partnership.officer.as_actor(), NOW
        )


def test_what_the_referral_claims_is_offered_and_not_counted(case: Case) -> None:
    claims = asking.claimed(case.subjects[0], CHILD)
    assert set(claims) == {
        "died",
        "looked_after",
        "abuse_or_neglect_known_or_suspected",
        "related",
    }
    assert claims["died"].said_by == "the referral"


@pytest.mark.parametrize(
    ("said", "claims"),
    [
        ({"subject_died": "no"}, {"died": "no"}),
        ({"subject_died": "not_known"}, {}),
        ({"subject_care_status": "neither"}, {"looked_after": "no", "care_leaver": "no"}),
        ({"subject_care_status": "care_leaver"}, {"care_leaver": "yes"}),
        ({"subject_care_status": "not_known"}, {}),
    ],
)
def test_a_plain_no_of_the_referral_is_offered_too(case: Case, said: Any, claims: Any) -> None:
    subject = case.subjects[0]
    subject.date_of_death, subject.details = None, said
    assert {name: given.value for name, given in asking.claimed(subject, {}).items()} == claims


def test_ages_say_on_which_day_they_were_taken(case: Case) -> None:
    found = asking.ages(case.subjects[0], date(2026, 10, 30), TODAY)
    assert [age.shown for age in found] == [
        "16, on the day of the incident (Friday 30 October 2026)",
        "16, at death (Monday 2 November 2026)",
    ]
    other = asking.perpetrator_age(CHILD, date(2026, 11, 2))
    assert other is not None
    assert other.years == 25


@pytest.mark.parametrize(
    ("stated", "years"), [("14 years", 14), ("8 months", 0), ("unborn", None), ("17", 17), ("about 40", None)]
)
def test_an_age_stated_in_words_counts_where_there_is_no_date_of_birth(
    case: Case, stated: str, years: int | None
) -> None:
    subject = case.subjects[0]
    subject.details = {"subject_age": stated}
    assert asking.stated_age(subject) == years


@pytest.mark.tor("3.1")
def test_the_kinds_of_review_change_with_a_reason_on_record(
    session: Session, case: Case, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    with pytest.raises(Incomplete, match="reason"):
        service.change_routes(session, case, [Route.CHILD], "", officer, NOW)
    service.change_routes(session, case, [Route.CHILD, Route.ADULT], "She was in transition.", officer, NOW)
    assert set(case.route_names) == {Route.CHILD, Route.ADULT}
    said = session.scalars(select(Entry).where(Entry.act.like("set the kinds of review%"))).one()
    assert said.why == "She was in transition."


def test_a_snapshot_holds_plain_values_only(session: Session, case: Case, record: Record) -> None:
    record(Route.CHILD, abuse_or_neglect_known_or_suspected="yes")
    first = service.snapshot(service.tests_of(session, case, TODAY))[0]
    assert (first["route"], first["met"], first["initials"]) == ("child", "yes", "WCT")
    assert {"question", "answer", "because", "paragraph"} == set(first["limbs"][0])
    abuse = next(limb for limb in first["limbs"] if "abuse or neglect" in limb["question"])
    assert "recorded by Rhiannon Maddox" in abuse["because"]


def test_evidence_that_names_a_subject_stays_on_the_record_of_the_criteria(
    session: Session, case: Case, partnership: Any, NOW: datetime
) -> None:
    given = {"died": Given("yes", "Wren Canary-Tolland was found.", "the ward")}
    subject = case.subjects[0]
    service.record_facts(session, case, subject, Route.CHILD, given, partnership.officer.as_actor(), NOW)
    [judged] = [one for one in service.tests_of(session, case, TODAY) if one.route is Route.CHILD]
    [harm] = [limb for limb in judged.test.limbs if limb.key == "died_or_seriously_harmed"]
    [told] = service.evidence_for(harm, judged)
    assert told == (
        "Wren Canary-Tolland was found (said by the ward, recorded by Rhiannon Maddox, 23 November 2026)."
    )
    kept = service.snapshot([judged])[0]["limbs"][-1]["because"]
    assert "Canary" not in kept
    assert kept.endswith("Further reasons are on the record of the criteria.")

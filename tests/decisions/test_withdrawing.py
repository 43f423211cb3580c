"""Who accepts a recommendation and declares a conflict afterwards does not keep the acceptance."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Status
from jcr.cases.rules import Calendar
from jcr.correspondence.service import Letterhead
from jcr.decisions import notices
from jcr.decisions.model import Outcome, WithdrawnAnswer
from jcr.decisions.service import acceptances, declare_conflict, notify_referrer, take_back
from jcr.errors import Incomplete, NotNow
from jcr.history.service import of_case
from jcr.people.model import Office, Person


@pytest.mark.tor("5.3", "1.6")
def test_an_acceptance_goes_with_the_conflict_of_whoever_gave_it_and_the_case_is_not_ratified(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    recommended: Any,
    hold: Any,
    answer: Any,
    partnership: Any,
) -> None:
    found = recommended(hold(["child"]), outcome=Outcome.NO_FURTHER_ACTION, actions=[])
    for office in (Office.PARTNER_COUNCIL, Office.PARTNER_ICB, Office.PARTNER_POLICE):
        answer(found, office)
    assert found.case.status is Status.RATIFIED
    late, partner = found.made_at + timedelta(days=2), session.get_one(Person, partnership.icb_partner.id)
    declare_conflict(session, found.case, "My sister taught the child.", partner, partner.as_actor(), late)
    assert found.case.status is Status.RECOMMENDED
    assert {one.office for one in found.ratifications} == {Office.PARTNER_COUNCIL, Office.PARTNER_POLICE}
    kept = session.scalars(select(WithdrawnAnswer)).one()
    assert (kept.office, kept.reason, kept.why) == (
        Office.PARTNER_ICB, "The reasons are sound.", "My sister taught the child.",
    )  # fmt: skip
    assert notices.of_case(session, found.case) == []
    acts = [entry.act for entry in of_case(session, found.case.id)]
    assert any(act.startswith("withdrew the acceptance as") for act in acts)
    with pytest.raises(NotNow, match="once the recommendation is ratified"):
        notify_referrer(session, head, calendar, found.case, partnership.officer.as_actor(), late)


def test_once_the_referrer_is_told_the_acceptance_stands_and_the_history_says_so(
    session: Session, head: Letterhead, calendar: Calendar, recommended: Any, answer: Any, partnership: Any
) -> None:
    found = recommended()
    answer(found, Office.HSAB_CHAIR)
    late = found.made_at + timedelta(days=2)
    notify_referrer(session, head, calendar, found.case, partnership.officer.as_actor(), late)
    chair = session.get_one(Person, partnership.hsab_chair.id)
    declare_conflict(session, found.case, "I knew her.", chair, chair.as_actor(), late)
    assert (found.case.status, len(found.ratifications)) == (Status.RATIFIED, 1)
    assert any("after the referrer was told" in entry.act for entry in of_case(session, found.case.id))


@pytest.mark.tor("1.6")
def test_an_acceptance_is_taken_back_with_a_reason_until_the_referrer_is_told(
    session: Session, head: Letterhead, calendar: Calendar, recommended: Any, answer: Any, partnership: Any
) -> None:
    found = recommended()
    answer(found, Office.HSAB_CHAIR)
    chair, late = session.get_one(Person, partnership.hsab_chair.id), found.made_at + timedelta(days=2)
    with pytest.raises(Incomplete, match="Say why"):
        take_back(session, found.case, Office.HSAB_CHAIR, " ", chair, late)
    with pytest.raises(NotNow, match="no acceptance of yours"):
        take_back(session, found.case, Office.CSP_CHAIR, "I misread it.", chair, late)
    take_back(session, found.case, Office.HSAB_CHAIR, "I misread it.", chair, late)
    assert (found.case.status, found.ratifications) == (Status.RECOMMENDED, [])
    assert session.scalars(select(WithdrawnAnswer.why)).all() == ["I misread it."]
    assert notices.of_case(session, found.case) == []
    answer(found, Office.HSAB_CHAIR)
    notify_referrer(session, head, calendar, found.case, partnership.officer.as_actor(), late)
    assert acceptances(session, found.case, chair) == []
    with pytest.raises(NotNow, match="once the referrer has been told"):
        take_back(session, found.case, Office.HSAB_CHAIR, "Too late.", chair, late)

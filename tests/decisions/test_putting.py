"""A recommendation put to a delegate where the holder of the office stood back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.rules import Calendar
from jcr.cases.service import visible_to
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.decisions.model import Answered, Outcome
from jcr.decisions.putting import can_be_put_to, put_to
from jcr.decisions.service import beside, declare_conflict, progress, ratify, report
from jcr.errors import NotAllowed
from jcr.history.service import of_case
from jcr.people import offices
from jcr.people.model import Office, OfficeHolder, Person
from jcr.people.service import delegate_until, holders
from jcr.wording import long_date
from tests.conftest import on_one_database


@pytest.mark.tor("1.6", "5.3")
def test_a_recommendation_nobody_is_free_to_answer_is_put_to_a_delegate(
    session: Session,
    app: Flask,
    client: FlaskClient,
    recommended: Any,
    partnership: Any,
    sign_in: Any,
    words: Any,
) -> None:
    found = recommended()
    at, case_id = found.made_at + timedelta(days=1), found.case_id
    holder = session.get_one(Person, partnership.hsab_chair.id)
    declare_conflict(session, found.case, "My cousin.", holder, holder.as_actor(), at)
    ratify = f"/cases/{found.case.reference}/ratify"
    put, delegate = f"{ratify}/hsab_chair/another", partnership.csp_chair
    session.commit()
    app.config["CLOCK"] = lambda: at
    sign_in(client, partnership.officer)
    assert "nobody is free to answer. Put it to somebody else" in words(client.get(ratify).text)
    page = client.get(put).text
    assert delegate.name in page
    assert holder.name not in page.partition("<main")[2]
    until = at.date() + timedelta(days=14)
    last = [str(until.day), str(until.month), str(until.year)]
    said = {"person": str(delegate.id), "until": last, "why": "She stood back."}
    unsaid = client.post(put, data=said | {"why": ""})
    assert (unsaid.status_code, "Say why" in unsaid.text) == (422, True)
    past = client.post(put, data=said | {"until": ["1", "1", "2020"]})
    assert (past.status_code, "She stood back." in past.text) == (422, True)
    assert client.post(put, data=said | {"person": str(holder.id)}).status_code == 422
    assert client.post(put, data=said).location == ratify
    assert f"Waiting for {delegate.name}" in words(client.get(ratify).text)
    client.post("/sign-out")
    sign_in(client, delegate)
    accepted = client.post(f"{ratify}/hsab_chair", data={"outcome": "accept", "reason": "Sound."})
    assert accepted.status_code == 302
    session.expire_all()
    entry = next(one for one in of_case(session, case_id) if one.act.startswith("put the recommendation to"))
    assert (delegate.name in entry.act, entry.why) == (True, "She stood back.")
    assert found.case.status == "ratified"
    requests = select(Letter.recipient).where(Letter.kind == Kind.RATIFICATION_REQUEST)
    asked = session.scalars(requests.order_by(Letter.id))
    assert list(asked) == [holder.email, delegate.email]
    assert delegate.id not in {
        one.id for one in holders(session, Office.HSAB_CHAIR, until + timedelta(days=1))
    }


@pytest.mark.tor("1.6")
def test_a_delegate_is_named_and_sees_the_cases_of_the_office_until_the_term_is_over(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    hold: Any,
    recommended: Any,
    partnership: Any,
    words: Any,
) -> None:
    found = recommended(hold(["domestic"]), outcome=Outcome.DHR)
    delegate, officer = session.get_one(Person, partnership.hsab_chair.id), partnership.officer.as_actor()
    today = found.made_at.date()
    last, longer = today + timedelta(days=2), today + timedelta(days=5)
    assert session.scalars(visible_to(delegate)).all() == []

    def put(until: date) -> None:
        why, at = "Away until January.", found.made_at
        put_to(
            session, head, calendar, found.case, Office.CSP_CHAIR, delegate, until, why, officer, at
        )  # fmt: skip

    put(last)
    asked = select(Letter).where(Letter.recipient == delegate.email)
    assert f"as a delegate until {long_date(last)}" in session.scalars(asked).one().body
    offices.note_terms(session, last)
    assert session.scalars(visible_to(delegate)).all() == [found.case]
    offices.note_terms(session, last + timedelta(days=1))
    assert session.scalars(visible_to(delegate)).all() == []
    offices.note_terms(session, today)
    ratify(session, found.case, Office.CSP_CHAIR, Answered.ACCEPT, "Sound.", delegate, found.made_at)
    [given] = report(session, found, head).ratifications
    assert given.name == f"{delegate.name}, delegate"
    assert delegate_until(session, Office.CSP_CHAIR, delegate, longer) is None


@on_one_database
@pytest.mark.tor("1.6")
def test_a_delegate_the_recommendation_is_put_to_again_has_longer(
    session: Session, head: Letterhead, calendar: Calendar, recommended: Any, partnership: Any
) -> None:
    found, officer = recommended(), partnership.officer.as_actor()
    holder = session.get_one(Person, partnership.hsab_chair.id)
    delegate = session.get_one(Person, partnership.csp_chair.id)
    today = found.made_at.date()

    def put(person: Person, days: int) -> date | None:
        until, at = today + timedelta(days=days), found.made_at + timedelta(minutes=days)
        put_to(session, head, calendar, found.case, Office.HSAB_CHAIR, person, until, "Away.", officer, at)
        return delegate_until(session, Office.HSAB_CHAIR, person, today)

    assert put(delegate, 2) == today + timedelta(days=2)
    assert put(delegate, 9) == today + timedelta(days=9)
    assert put(delegate, 1) == today + timedelta(days=9)
    assert put(holder, 1) is None
    assert holders(session, Office.HSAB_CHAIR, today + timedelta(days=365)) == [holder]


@on_one_database
@pytest.mark.tor("1.6")
def test_each_of_the_three_partners_signs_by_somebody_of_its_own(
    session: Session, hold: Any, recommended: Any, answer: Any, partnership: Any
) -> None:
    found = recommended(hold(["child"]), outcome=Outcome.LCSPR)
    at = found.made_at
    both = session.get_one(Person, partnership.council_partner.id)
    session.add(OfficeHolder(office=Office.PARTNER_POLICE, person_id=both.id, since=at.date()))
    session.flush()
    assert both not in can_be_put_to(session, found, Office.PARTNER_ICB, at.date())
    answer(found, Office.PARTNER_COUNCIL)
    with pytest.raises(NotAllowed, match="signs by somebody of its own"):
        ratify(session, found.case, Office.PARTNER_POLICE, Answered.ACCEPT, "Sound.", both, at)
    police = next(
        one for one in progress(session, found, at.date()).missing if one.office is Office.PARTNER_POLICE
    )
    assert [one.id for one in police.waits_for] == [partnership.police_partner.id]
    answer(found, Office.PARTNER_POLICE)
    answer(found, Office.PARTNER_ICB)
    assert found.case.status == "ratified"


@on_one_database
@pytest.mark.tor("1.4")
@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (Answered.SEND_BACK, "There is no decision yet: Lead safeguarding partner, police sent it back."),
        (
            Answered.REFUSE,
            "The decision differs from the recommendation: Lead safeguarding partner, police did not ratify it.",
        ),
    ],
)
def test_what_came_back_is_no_decision_and_what_was_refused_is_another(
    hold: Any, recommended: Any, answer: Any, outcome: Answered, sentence: str
) -> None:
    found = recommended(hold(["child"]), outcome=Outcome.LCSPR)
    answer(found, Office.PARTNER_COUNCIL)
    answer(found, Office.PARTNER_POLICE, outcome, "The strategy meeting was missed.")
    assert beside(found) == sentence

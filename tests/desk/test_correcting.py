"""What was confirmed of a person is put right on record: what it changes is shown first, and nothing before is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases.model import Case, Status
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.history.model import Entry
from jcr.referrals.model import Referral
from tests.cases import made
from tests.shown import seen_at, seen_on

PAGE = "/cases/JCR-2026-0001/people/1/correct"
TYPED = {
    "subject_name": "Wren Canary-Tolland",
    "subject_dob": ["1", "12", "2008"],
    "subject_died": "yes",
    "subject_date_of_death": ["2", "12", "2026"],
    "incident_date": ["2", "11", "2026"],
    "date_aware": ["4", "11", "2026"],
    "why": "The coroner's officer rang.",
}


@pytest.fixture
def triaged(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    with sessions.transaction() as session:
        made.in_triage(session, head, partnership.officer, NOW, made.CHILD)


@pytest.mark.usefixtures("triaged")
def test_a_wrong_date_is_corrected_once_what_it_moves_was_seen(
    client: FlaskClient,
    sessions: Sessions,
    partnership: Any,
    sign_in: Callable[..., None],
    words: Callable[[str], str],
) -> None:
    sign_in(client, partnership.officer)
    assert "Correct what is known of WCT" in words(client.get("/cases/JCR-2026-0001").text)
    seen = seen_at(client, PAGE)
    future = client.post(PAGE, data=TYPED | seen)
    assert future.status_code == 422  # nobody dies tomorrow
    typed = TYPED | seen | {"subject_date_of_death": ["20", "11", "2026"]}
    before_birth = client.post(PAGE, data=typed | {"subject_dob": ["1", "12", "2027"]})
    assert before_birth.status_code == 422
    with sessions.transaction() as session:
        session.scalars(select(Case)).one().incident_notified_on = date(2026, 11, 5)
    after = client.post(
        PAGE, data=typed | {"incident_date": ["6", "11", "2026"], "date_aware": ["6", "11", "2026"]}
    )
    assert "after the day on which the serious incident notification is recorded as sent" in after.text
    with sessions.transaction() as session:
        session.scalars(select(Case)).one().incident_notified_on = None
    shown = client.post(PAGE, data=typed)
    said = words(shown.text)
    assert (
        "17, on the day of the incident (Monday 2 November 2026); 17, at death (Friday 20 November 2026)"
        in said
    )
    assert "Serious incident notification by the local authority" in said
    assert "Tuesday 10 November 2026" in said
    assert "Wednesday 11 November 2026" in said
    with sessions.reading() as session:
        assert session.scalars(select(Case)).one().subjects[0].dob == date(2009, 12, 1)  # only shown
    confirmed = shown.text.split('name="confirmed" value="')[1].split('"')[0]
    answer = client.post(PAGE, data=typed | {"confirmed": confirmed}, follow_redirects=True)
    assert "Serious incident notification" in answer.text
    with sessions.reading() as session:
        subject = session.scalars(select(Case)).one().subjects[0]
        assert (subject.dob, subject.date_of_death) == (date(2008, 12, 1), date(2026, 11, 20))
        referral = session.scalars(select(Referral)).one()
        assert referral.answers["date_aware"] == "2026-11-04"
        assert referral.sent_answers["date_aware"] == "2026-11-03"
        entry = session.scalars(select(Entry).order_by(Entry.id.desc()).where(Entry.why != "")).first()
        assert entry is not None
        assert entry.act.startswith(
            "corrected what is known of WCT: date of birth, date of death and date the agency"
        )
        assert entry.details["before"]["subject_date_of_death"] == "2026-11-02"
    again = client.get(PAGE).text
    assert "date of death was 2 November 2026" in words(again)
    assert (
        client.post(PAGE, data=typed | seen_on(again) | {"confirmed": confirmed}).status_code == 422
    )  # nothing differs any more


@pytest.mark.usefixtures("triaged")
def test_two_who_correct_at_once_see_one_another_and_a_closed_record_stays(
    client: FlaskClient, sessions: Sessions, partnership: Any, sign_in: Callable[..., None]
) -> None:
    sign_in(client, partnership.officer)
    late = client.post(PAGE, data=TYPED | {"seen": "what stood there before", "subject_name": "Wren Tolland"})
    assert late.status_code == 409
    assert "Wren Canary-Tolland" in late.text
    with sessions.transaction() as session:
        session.scalars(select(Case)).one().status = Status.CLOSED
    assert client.get(PAGE).status_code == 409

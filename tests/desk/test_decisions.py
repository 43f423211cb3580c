"""From the recommendation to the letter, as the desks of those concerned show it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.decisions.model import Answered, Recommendation
from jcr.decisions.service import ratify
from jcr.people.model import Office, Person
from tests.cases.made import in_ratification
from tests.shown import seen_at

Words = Callable[[str], str]


@pytest.fixture
def recommended(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    with sessions.transaction() as session:
        in_ratification(session, head, partnership, NOW)


@pytest.fixture
def page_of(client: FlaskClient, sign_in: Any, words: Words) -> Callable[..., str]:
    def shown(person: Person, path: str = "/") -> str:
        client.post("/sign-out")
        sign_in(client, person)
        return words(client.get(path).text)

    return shown


@pytest.mark.tor("1.6")
@pytest.mark.usefixtures("recommended")
def test_a_recommendation_lies_on_the_desk_of_the_one_who_ratifies_it(
    page_of: Callable[..., str], partnership: Any
) -> None:
    waiting = page_of(partnership.hsab_chair)
    assert "JCR-2026-0001 (CQ)" in waiting
    assert "Read the recommendation and answer" in waiting
    assert "JCR-2026-0001" not in page_of(partnership.csp_chair)
    officers = page_of(partnership.officer)
    assert "Chair, Herefordshire Safeguarding Adults Board Ratification" in officers


@pytest.mark.usefixtures("recommended")
def test_the_case_page_says_what_is_recommended_and_who_has_to_answer(
    page_of: Callable[..., str], partnership: Any
) -> None:
    page = page_of(partnership.officer, "/cases/JCR-2026-0001")
    assert "Safeguarding Adult Review (discretionary)" in page
    assert "Not answered yet Chair, Herefordshire Safeguarding Adults Board" in page
    decider = page_of(partnership.hsab_chair, "/cases/JCR-2026-0001")
    assert "Read the recommendation and answer" in decider
    assert "Letters" not in decider


@pytest.mark.tor("7.8")
@pytest.mark.usefixtures("recommended")
def test_once_ratified_the_referrer_has_to_be_told_by_a_day_that_explains_itself(
    page_of: Callable[..., str], partnership: Any, sessions: Sessions, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        recommendation = session.scalars(select(Recommendation)).one()
        chair = session.get_one(Person, partnership.hsab_chair.id)
        at = NOW + timedelta(days=16)  # Wednesday 9 December 2026
        ratify(session, recommendation.case, Office.HSAB_CHAIR, Answered.ACCEPT, "Sound.", chair, at)
    desk = page_of(partnership.officer)
    assert "Write to the referrer" in desk
    assert "Ratification" not in desk
    page = page_of(partnership.officer, "/cases/JCR-2026-0001")
    assert "Send the decision letter 16 Dec 2026" in page
    assert "5 working days after the recommendation was ratified on Wednesday 9 December 2026." in page


@pytest.mark.usefixtures("recommended")
def test_a_review_that_was_ratified_has_days_of_its_own_to_keep(
    page_of: Callable[..., str], client: FlaskClient, partnership: Any, sessions: Sessions, NOW: datetime
) -> None:
    address = "/cases/JCR-2026-0001/review"
    page_of(partnership.officer)
    assert client.get(address).status_code == 409  # nothing is ratified yet
    with sessions.transaction() as session:
        recommendation = session.scalars(select(Recommendation)).one()
        chair = session.get_one(Person, partnership.hsab_chair.id)
        at = NOW - timedelta(days=14)  # Monday 9 November 2026
        ratify(session, recommendation.case, Office.HSAB_CHAIR, Answered.ACCEPT, "Sound.", chair, at)
    page = page_of(partnership.officer, "/cases/JCR-2026-0001")
    assert "Commission the reviewer 7 Dec 2026" in page
    assert "Complete the review 9 May 2027" in page
    assert "Sunday 9 May 2027 is not a working day" in page_of(
        partnership.officer, "/cases/JCR-2026-0001/dates/complete-the-review"
    )
    done = {"commissioned_on": ["20", "11", "2026"], "reviewed_on": ["19", "11", "2026"]}
    assert "before its reviewer was commissioned" in client.post(address, data=done).text
    before = client.post(address, data={"commissioned_on": ["6", "11", "2026"]}).text
    assert "The review was ratified on Monday 9 November 2026, after this day" in before
    saved = client.post(address, data={"commissioned_on": ["20", "11", "2026"]}, follow_redirects=True)
    assert "recorded when the reviewer was commissioned: Friday 20 November 2026" in saved.text
    earlier = {"commissioned_on": ["19", "11", "2026"]} | seen_at(client, address)
    unsaid = client.post(address, data=earlier)
    assert unsaid.status_code == 422
    assert "Say why a day that was recorded changes" in unsaid.text

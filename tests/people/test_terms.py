"""Chair and vice chair: a full member of a board, two years at least, reviewed after two (ToR 5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.people import terms
from jcr.people.model import Person
from jcr.roles import Role

TODAY = date(2026, 11, 23)


@pytest.mark.tor("5.1")
def test_a_term_is_to_be_reviewed_after_two_years_and_the_office_is_reminded(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    assert list(terms.reminders(session, TODAY)) == []  # both began on 1 April 2026
    soon = list(terms.reminders(session, date(2028, 2, 15)))
    assert "The term of the chair is to be reviewed by Saturday 1 April 2028 (terms of reference, 5)." in soon
    assert len(soon) == 2
    chair = next(term for term in terms.terms(session) if term.role is Role.CHAIR)
    with pytest.raises(Incomplete, match="Say what the review found"):
        terms.review(session, chair, " ", partnership.officer.as_actor(), NOW)
    at = NOW.replace(year=2028, month=3, day=20)
    terms.review(session, chair, "Goes on; agreed by the three boards.", partnership.officer.as_actor(), at)
    assert terms.review_due(chair) == date(2030, 3, 20)
    [left] = terms.reminders(session, date(2028, 3, 21))
    assert "the vice chair is" in left


@pytest.mark.tor("5.1", "0.2")
def test_a_successor_takes_the_post_and_an_early_end_needs_its_reason(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    officer, member = partnership.officer.as_actor(), session.merge(partnership.member)
    hscp = next(board for board in terms.boards(session) if board.code == "hscp")
    with pytest.raises(Incomplete, match="two years at least"):
        terms.appoint(session, member, Role.CHAIR, hscp, TODAY, "", officer, NOW)
    terms.appoint(session, member, Role.CHAIR, hscp, TODAY, "She has left the area.", officer, NOW)
    assert member.role is Role.CHAIR
    before = session.get_one(Person, partnership.chair.id)
    assert before.role is Role.MEMBER
    ended = next(term for term in terms.terms(session) if term.person_id == before.id)
    assert (ended.until, ended.why_ended) == (TODAY - timedelta(days=1), "She has left the area.")


@pytest.mark.tor("5.2")
def test_nobody_is_appointed_who_is_not_a_full_member_of_a_board(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    officer, member = partnership.officer.as_actor(), session.merge(partnership.member)
    with pytest.raises(Incomplete, match="full member"):
        terms.appoint(session, member, Role.CHAIR, None, TODAY, "Illness", officer, NOW)
    board = terms.boards(session)[0]
    vice = session.merge(partnership.vice_chair)
    with pytest.raises(NotNow, match="already"):
        terms.appoint(session, vice, Role.CHAIR, board, TODAY, "Illness", officer, NOW)
    with pytest.raises(NotAllowed):
        terms.appoint(session, member, Role.CHAIR, board, TODAY, "Illness", member.as_actor(), NOW)
    with pytest.raises(NotNow, match="must begin after"):
        terms.appoint(session, member, Role.CHAIR, board, date(2026, 3, 1), "Illness", officer, NOW)


@pytest.mark.tor("5.1", "5.2")
def test_the_office_appoints_and_reviews_on_pages(
    app: Flask, client: FlaskClient, partnership: Any, sign_in: Any, words: Callable[[str], str]
) -> None:
    sign_in(client, partnership.officer)
    assert "Herefordshire Safeguarding Adults Board" in client.get("/chairs").text
    said = {"role": "vice_chair", "person": str(partnership.member.id), "since": ["23", "11", "2026"]}
    assert "Choose the board they are a full member of" in client.post("/chairs/appoint", data=said).text
    refused = client.post("/chairs/appoint", data={**said, "board": "csp"})
    assert refused.status_code == 422
    assert "Say why it ends early" in refused.text
    done = client.post(
        "/chairs/appoint", data={**said, "board": "csp", "why_early": "Moved"}, follow_redirects=True
    )
    assert f"{partnership.member.name} is vice chair" in words(done.text)
    assert client.post("/chairs/3/review", data={"review": "Goes on"}).status_code == 302
    assert client.post("/chairs/99/review", data={"review": "Goes on"}).status_code == 404

"""The letter that tells a referrer that the decision waits: for more that was asked, or for the Panel's reply."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Status
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.posting import post_ready
from jcr.decisions import interim
from jcr.decisions.model import Answered, Outcome, Recommendation
from jcr.errors import Incomplete, NotNow
from jcr.people.model import Office
from tests.conftest import on_one_database
from tests.decisions.test_service import CHILD_MET, PARTNERS
from tests.outsider import Mailbox


def written(session: Session) -> list[tuple[str, str]]:
    """The text and subject of each; the session lets go again, for a page that writes next."""
    asked = select(Letter.text, Letter.subject).where(Letter.kind == Kind.DECISION_WAITS)
    found = [(text, subject) for text, subject in session.execute(asked)]
    session.commit()
    return found


@pytest.fixture
def sent_back(session: Session, recommended: Any, answer: Any) -> Recommendation:
    found: Recommendation = recommended()
    answer(found, Office.HSAB_CHAIR, Answered.SEND_BACK, "Ask the GP first.")
    return found


@on_one_database
def test_a_referrer_is_told_that_more_was_asked_for_and_nothing_is_decided_by_it(
    app: Any,
    client: FlaskClient,
    session: Session,
    sign_in: Any,
    partnership: Any,
    sent_back: Any,
    words: Any,
) -> None:
    reference, now = sent_back.case.reference, sent_back.made_at + timedelta(days=2)
    session.commit()
    app.config["CLOCK"] = lambda: now
    sign_in(client, partnership.officer)
    address = f"/cases/{reference}/decision-waits"
    assert address in client.get(f"/cases/{reference}/recommendation").text
    given = {"recipient": "p.strickland@wyevalley.example", "awaited": "The record of one more agency."}
    assert "“Canary”" in client.post(address, data=given | {"awaited": "Canary’s GP", "send": "yes"}).text
    unseen = client.post(address, data=given | {"send": "yes"})
    assert "The record of one more agency." in unseen.text
    assert written(session) == []  # only words that were shown are sent
    client.post(address, data=given | {"send": "yes", "shown": given["awaited"]})
    [(text, subject)] = written(session)
    assert "asked for more before they can" in words(text)
    assert "national Child Safeguarding Practice Review Panel" not in text
    assert "The record of one more agency." in text
    assert subject == f"{reference}: where your referral stands"
    again = client.post(address, data=given | {"send": "yes", "shown": given["awaited"]})
    assert "was told already" in words(again.text)
    post_ready(app.extensions["sessions"], Mailbox(), app.extensions["letterhead"], now)
    assert sent_back.case.status is Status.SENT_BACK


@on_one_database
def test_the_decision_on_a_child_may_wait_for_the_reply_of_the_panel(
    session: Session, head: Any, hold: Any, recommended: Any, answer: Any, partnership: Any
) -> None:
    found, officer = recommended(hold(["child"], CHILD_MET), outcome=Outcome.LCSPR), partnership.officer
    now = found.made_at + timedelta(days=2)

    def tell(awaited: str) -> Letter:
        return interim.tell_it_waits(session, head, found.case, awaited, "", officer.as_actor(), now)

    with pytest.raises(NotNow, match="at the stage “Recommended”"):
        tell("The reply.")
    for office in PARTNERS:
        answer(found, office)
    with pytest.raises(Incomplete, match="Say what is awaited"):
        tell(" ")
    assert "when the Panel has replied" in tell("The reply, by about 7 January 2027.").text
    assert found.case.status is Status.RATIFIED

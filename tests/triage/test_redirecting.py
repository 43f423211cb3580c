"""A referral that is not for this process is sent where it belongs, and the referrer is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Status
from jcr.cases.rules import england
from jcr.cases.workflow import perform
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.desk.next_steps import Reached, next_step
from jcr.desk.service import clocks
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.referrals import drafts, service, signing
from jcr.roles import Role
from jcr.triage.destinations import DESTINATIONS
from jcr.triage.redirecting import Onward, of_case, redirect
from tests.cases.made import in_scoping, in_triage, referred
from tests.habits.test_canaries import COMPLETE

WHY = "It is a concern for an adult who is at risk now; nobody has died."
ONWARD = Onward("adult_enquiry", "Adult safeguarding team, 01432 000000", True, WHY)


@pytest.fixture
def case(session: Session, head: Letterhead, partnership: Any, NOW: datetime) -> Case:
    return in_triage(session, head, partnership.officer, NOW)


@pytest.mark.tor("7.3")
def test_the_referrer_is_told_where_why_and_who_passes_it_on(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    letter = redirect(session, head, case, ONWARD, partnership.officer.as_actor(), NOW)
    assert case.status is Status.REDIRECTED
    for words in ("Care Act 2014 s.42", "01432 000000", WHY, "We have passed your referral on"):
        assert words in letter.text
    assert letter.kind is Kind.REFERRAL_REDIRECTED
    assert "Quillfeather" not in letter.subject + letter.body + letter.text
    sent = of_case(session, case)
    assert sent is not None
    assert (sent.destination, sent.by, sent.why) == ("adult_enquiry", "Rhiannon Maddox", WHY)


def test_a_referrer_who_must_report_it_is_told_so_plainly(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    onward = Onward("lado", "The LADO, 01432 111111", False, WHY)
    letter = redirect(session, head, case, onward, partnership.chair.as_actor(), NOW)
    assert "We have not passed it on. Please report it to them yourself" in letter.text


def test_it_rests_here_and_is_closed(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    redirect(session, head, case, ONWARD, officer, NOW)
    assert clocks(session, NOW.date(), england()) == []
    assert next_step(case, Role.OFFICER).path.endswith("/close")
    with pytest.raises(NotNow, match="Sent elsewhere"):
        redirect(session, head, case, ONWARD, officer, NOW)
    perform(session, case, "close", officer, NOW, "The referrer was told.")
    assert case.status is Status.CLOSED


def test_a_referral_nobody_has_signed_off_does_not_have_to_wait(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    draft = drafts.by_token(session, drafts.start(session, NOW))
    assert draft
    draft.answers = COMPLETE
    case = service.send(session, head, england(), draft, NOW).case
    assert case.status is Status.AWAITING_SIGN_OFF
    officer = partnership.officer.as_actor()
    redirect(session, head, case, ONWARD, officer, NOW)
    perform(session, case, "close", officer, NOW, "Told.")
    session.flush()
    assert (case.status, case.received_on) == (Status.CLOSED, None)


def test_the_links_of_a_referral_sent_elsewhere_lead_nowhere(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case = referred(session, head, NOW)
    referral = service.of_case(session, case)
    assert referral is not None
    signing.send_back(session, head, referral, "Which ward?", partnership.officer.as_actor(), NOW)
    assert referral.is_returned
    redirect(session, head, case, ONWARD, partnership.officer.as_actor(), NOW)
    assert not referral.is_returned
    with pytest.raises(NotNow, match="was sent elsewhere"):
        signing.send_back(session, head, referral, "And the bay?", partnership.officer.as_actor(), NOW)


@pytest.mark.parametrize(
    "onward, sentence",
    [
        (Onward("nowhere", "A team", True, WHY), "Select where"),
        (Onward("mash", " ", True, WHY), "how it is reached"),
        (Onward("mash", "A team", True, "  "), "Give the reasons"),
        (Onward("mash", "A team", True, "Ms Quillfeather is at risk."), "Write initials"),
    ],
)
def test_a_redirection_that_says_too_little_or_too_much_is_refused(
    session: Session,
    head: Letterhead,
    case: Case,
    partnership: Any,
    NOW: datetime,
    onward: Onward,
    sentence: str,
) -> None:
    with pytest.raises(Incomplete, match=sentence):
        redirect(session, head, case, onward, partnership.officer.as_actor(), NOW)
    assert case.status is Status.TRIAGE


def test_not_by_a_member_and_not_once_scoping_began(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    with pytest.raises(NotAllowed):
        redirect(session, head, case, ONWARD, partnership.member.as_actor(), NOW)
    scoping = in_scoping(session, head, partnership.officer, NOW, partnership.police)
    with pytest.raises(NotNow, match="Scoping"):
        redirect(session, head, scoping, ONWARD, partnership.officer.as_actor(), NOW)


def test_every_destination_reads_on_in_the_letter() -> None:
    for code, one in DESTINATIONS.items():
        assert one.name, code
        assert one.is_for.startswith(("the ", "children", "adult", "LeDeR")), code


def test_triage_leads_to_the_page(session: Session, case: Case) -> None:
    reached = Reached(triage="redirect")
    assert next_step(case, Role.CHAIR, reached).path == f"/cases/{case.reference}/redirect"
    assert next_step(case, Role.OFFICER, Reached(triage="return")).path == f"/cases/{case.reference}/return"


def test_the_page_keeps_what_was_typed_and_sends(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime,
    words: Any,
) -> None:  # fmt: skip
    with sessions.transaction() as session:
        referred(session, head, NOW)
    sign_in(client, partnership.officer)
    page = "/cases/JCR-2026-0001/redirect"
    wrong = client.post(page, data={"destination": "mash", "body": "MASH <01432>", "why": "Ms Quillfeather"})
    assert wrong.status_code == 422
    assert "Select who passes it on" in wrong.text
    assert "MASH &lt;01432&gt;" in wrong.text
    typed = {"destination": "mash", "body": "MASH, 01432 222222", "passed_on": "yes", "why": WHY}
    named = client.post(page, data=typed | {"why": "Ms Quillfeather is at risk."})
    assert named.status_code == 422
    assert "Ms Quillfeather is at risk." in named.text
    assert client.post(page, data=typed).location == "/cases/JCR-2026-0001"
    assert "MASH, 01432 222222" in words(client.get(page).text)
    with sessions.reading() as session:
        assert session.scalars(select(Letter).where(Letter.kind == Kind.REFERRAL_REDIRECTED)).one().text

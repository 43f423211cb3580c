"""What each of the rarer roles sees and may do: support officers, reviewers, leads, agency contacts, auditors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from jcr.cases import named
from jcr.cases.model import Status
from jcr.cases.service import put_up_wall, visible_to
from jcr.cases.workflow import perform
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import NotAllowed, NotNow
from jcr.history import guard
from jcr.permissions import Permission, allows
from tests.cases import made
from tests.conftest import on_one_database

CONFIRMED = {"independent": "yes", "senior": "yes"}
CASE = "/cases/JCR-2026-0001"
pytestmark = on_one_database


@pytest.fixture
def triaged(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    with sessions.transaction() as session:
        made.in_triage(session, head, session.merge(partnership.officer), NOW)


@pytest.mark.parametrize("act", ["decline", "redirect", "scope"])
def test_a_support_officer_decides_nothing(
    sessions: Sessions, triaged: None, partnership: Any, NOW: datetime, act: str
) -> None:
    with sessions.writing() as session:
        case = session.scalars(visible_to(partnership.support)).one()
        with pytest.raises(NotAllowed, match="it is not for a support officer"):
            perform(session, case, act, partnership.support.as_actor(), NOW, "Because.")
        assert case.status is Status.TRIAGE
    assert allows(Permission.KEEP_RETURNS, partnership.support)


def test_a_reviewer_sees_the_case_while_named_to_it(
    client: FlaskClient, sign_in: Any, triaged: None, sessions: Sessions, partnership: Any, words: Any
) -> None:
    sign_in(client, partnership.reviewer)
    assert client.get(CASE).status_code == 404
    sign_in(client, partnership.chair)
    page = words(client.get(f"{CASE}/named").text)
    assert "Nobody is named yet." in page
    client.post(f"{CASE}/named", data=CONFIRMED | {"person": str(partnership.reviewer.id)})
    assert partnership.reviewer.name in client.get(f"{CASE}/named").text
    sign_in(client, partnership.reviewer)
    assert "JCR-2026-0001" in client.get("/").text
    assert client.get(f"{CASE}/referral").status_code == 200
    sign_in(client, partnership.officer)
    client.post(f"{CASE}/named/1/end")
    assert f"ended that {partnership.reviewer.name} is named to the case" in words(client.get(CASE).text)
    sign_in(client, partnership.reviewer)
    assert client.get(f"{CASE}/referral").status_code == 404


@pytest.mark.tor("6.4")
def test_the_agency_of_somebody_on_the_panel_is_asked_to_confirm_that_they_are_briefed(
    client: FlaskClient,
    sign_in: Any,
    sessions: Sessions,
    head: Letterhead,
    partnership: Any,
    NOW: datetime,
    words: Any,
) -> None:
    with sessions.transaction() as session:
        made.in_ratification(session, head, partnership, NOW)
        session.merge(partnership.member).agency = session.merge(partnership.panel).agency
    sign_in(client, partnership.officer)
    for one in (partnership.panel, partnership.reviewer):
        client.post(f"{CASE}/named", data=CONFIRMED | {"person": str(one.id)})
    page = words(client.get(f"{CASE}/named").text)
    assert page.count("confirmed that they are briefed") == 1  # an independent reviewer has no agency
    unnamed = client.post(f"{CASE}/named/1/briefed", data={"who": " "}, follow_redirects=True)
    assert "Enter who of the agency confirmed it." in unnamed.text
    sign_in(client, partnership.member)
    assert f"{partnership.panel.name}, Designated Doctor: JCR-2026-0001" in words(client.get("/").text)
    assert client.post(f"{CASE}/named/2/briefed").status_code == 403
    done = words(client.post(f"{CASE}/named/1/briefed", follow_redirects=True).text)
    assert "is briefed, prepared and supported" in done
    assert "on review panels" not in done
    sign_in(client, partnership.officer)
    kept = words(client.get(f"{CASE}/named").text)
    assert f"Briefed, prepared and supported: {partnership.member.name}," in kept


@pytest.mark.tor("3.14", "6.1", "P.1", "P.2", "P.3", "P.4", "P.6", "P.7")
def test_the_panel_of_a_case_is_called_with_whoever_is_named_to_it_and_has_a_quorum_of_its_own(
    client: FlaskClient, sign_in: Any, triaged: None, partnership: Any, words: Any
) -> None:
    page, when = (
        f"{CASE}/panel/new",
        {"meeting_on": ["14", "1", "2027"], "meeting_time": "10:00", "place": "Hall"},
    )
    sign_in(client, partnership.officer)
    assert "Name the panel first" in client.post(page, data=when).text
    asked = {"person": str(partnership.panel.id), "independent": "yes"}
    for lacking, why in (
        ({}, "Choose somebody"),
        ({"person": asked["person"], "senior": "yes"}, "Otherwise name somebody else"),
        (asked, "Otherwise ask it for another"),
    ):
        refused = client.post(f"{CASE}/named", data=lacking)
        assert (refused.status_code, why in refused.text) == (422, True)
    assert 'id="independent" name="independent" type="checkbox" value="yes" checked' in refused.text
    client.post(f"{CASE}/named", data=CONFIRMED | asked)
    assert "Confirmed: independent of the case, and can commit" in words(client.get(f"{CASE}/named").text)
    assert page in client.get(f"{CASE}/named").text
    assert client.get(page).status_code == 200
    assert client.post(page, data=when | {"place": ""}).status_code == 422
    called = client.post(page, data=when)
    meeting = words(client.get(called.location).text)
    assert "Review panel of JCR-2026-0001, Thursday 14 January 2027" in meeting
    for there in (
        "Terms of reference, scope and dates of the review",
        partnership.panel.name,
        partnership.chair.name,
    ):
        assert there in meeting
    assert "It would not be quorate" in meeting  # by the panel's own rule
    assert "The local authority would be missing." in meeting  # a chair is expected to come
    assert "Open the rapid review" not in meeting
    assert partnership.member.name not in meeting.partition("Invited")[2]
    sheet, key = f"{called.location}/attendance", partnership.panel.id
    deputy = {f"state-{key}": "deputy", f"deputy-{key}": "Dr Ana Whitlow"}
    refused = words(client.post(sheet, data=deputy).text)
    assert f"Say in which exceptional circumstances a deputy came for {partnership.panel.name}" in refused
    assert client.post(sheet, data=deputy | {f"deputy_why-{key}": "Bereaved"}).status_code == 302
    assert "Deputy. Bereaved" in words(client.get(f"{called.location}/minutes").text)
    sign_in(client, partnership.chair)
    answer = {"reply": "deputy", "deputy_name": "Ana Whitlow", "has_interest": "no"}
    refused = client.post(f"{called.location}/reply", data=answer)
    assert (refused.status_code, "Say why a deputy comes" in refused.text) == (422, True)
    assert client.post(f"{called.location}/reply", data=answer | {"deputy_why": "Ill"}).status_code == 302


def test_nobody_in_conflict_and_nobody_of_another_role_is_named(
    sessions: Sessions, triaged: None, partnership: Any, NOW: datetime
) -> None:
    with sessions.writing() as session:
        case = session.scalars(visible_to(partnership.officer)).one()
        panel, officer = session.merge(partnership.panel), partnership.officer.as_actor()
        put_up_wall(session, case, panel, "knows the family", officer, NOW)
        for somebody in (panel, session.merge(partnership.member)):
            with pytest.raises(NotNow, match=somebody.name):
                named.name(session, case, somebody, officer, NOW, independent=True, senior=True)
        member = partnership.member.as_actor()
        with pytest.raises(NotAllowed):
            named.name(session, case, session.merge(partnership.reviewer), member, NOW, independent=True)


def test_a_safeguarding_lead_sees_the_referral_of_their_agency_that_waits_for_them_and_no_other_agencys(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        for agency in ("Wye Valley NHS Trust", partnership.police.name, "A charity nobody listed"):
            case = made.referred(session, head, NOW, made.ADULT | {"referrer_agency": agency})
            case.status = Status.AWAITING_SIGN_OFF
    sign_in(client, partnership.lead)
    seen = [client.get(f"/cases/JCR-2026-000{number}/referral").status_code for number in (1, 2, 3)]
    assert seen == [200, 404, 404]
    assert [f"JCR-2026-000{number}" in client.get("/").text for number in (1, 2, 3)] == [True, False, False]
    with sessions.transaction() as session:
        session.merge(partnership.lead).agency = None  # of no agency: none is theirs, not those of none
    assert client.get("/cases/JCR-2026-0003/referral").status_code == 404


def test_an_agencys_contact_sees_the_shell_of_the_case_and_no_other_return(
    client: FlaskClient,
    sign_in: Any,
    sessions: Sessions,
    head: Letterhead,
    partnership: Any,
    NOW: datetime,
    words: Any,
) -> None:
    with sessions.transaction() as session:
        made.in_scoping(session, head, partnership.officer, NOW, partnership.wvt, partnership.police)
    sign_in(client, partnership.agency)
    assert "/cases/JCR-2026-0001/own-return" in client.get("/").text
    page = words(client.get(f"{CASE}/own-return").text)
    assert "Case of CQ" in page
    assert "We wait for your return" in page
    assert "Quillfeather" not in page
    assert partnership.police.name not in page
    assert client.get(f"{CASE}/returns/police").status_code == 403


def test_the_auditor_reads_who_did_what_without_reasons_and_proves_the_history(
    client: FlaskClient,
    sign_in: Any,
    sessions: Sessions,
    triaged: None,
    partnership: Any,
    NOW: datetime,
    words: Any,
) -> None:
    with sessions.transaction() as session:
        case = session.scalars(visible_to(partnership.officer)).one()
        perform(session, case, "decline", partnership.officer.as_actor(), NOW, "A sentence about the family.")
    sign_in(client, partnership.auditor)
    page = words(client.get("/history?case=jcr-2026-0001").text)
    assert "Officer declined the referral JCR-2026-0001" in page
    assert "about the family" not in page
    client.post("/history/verify")
    assert "entries follow each other without a gap" in client.get("/history").text
    with sessions.engine.begin() as connection:
        guard.take_off(connection)
        connection.execute(text("UPDATE entries SET act = 'did nothing' WHERE act = 'declined the referral'"))
    client.post("/history/verify")
    page = words(client.get("/history").text)
    assert "is not as it was written, or stands where another stood" in page
    assert "The guard was taken off the table entries" in page
    if sessions.engine.dialect.name == "sqlite":  # PostgreSQL stores no such details
        with sessions.engine.begin() as connection:
            connection.execute(text("UPDATE entries SET details = '{' WHERE act = 'did nothing'"))
        assert "An entry of this page cannot be read" in words(client.get("/history").text)
    with sessions.engine.begin() as connection:
        guard.put_on(connection)

"""Somebody leaves or is away: their work and their letters go to a named colleague, and never past a wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.actions import service as actions
from jcr.actions.model import Action
from jcr.cases.service import put_up_wall
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.desk import leaving
from jcr.errors import Incomplete, NotNow
from jcr.history.model import Entry
from jcr.meetings import invitations
from jcr.meetings import service as meetings
from jcr.meetings.model import Meeting, Presence
from jcr.people import absences
from jcr.people.model import Office, Person
from jcr.people.service import holders
from tests.cases.made import in_scoping
from tests.conftest import on_one_database


def _business(session: Session, partnership: Any, now: datetime) -> Meeting:
    at = now + timedelta(days=20)
    meeting = meetings.call_business_meeting(session, at, "Plough Lane", partnership.officer.as_actor(), now)
    session.flush()
    return meeting


def _mine(session: Session, person: Person) -> Person:
    return session.get_one(Person, person.id)


def test_seats_actions_offices_and_letters_go_to_the_colleague_and_the_history_stays(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    meeting, administrator = _business(session, partnership, NOW), partnership.administrator.as_actor()
    goes, stays = _mine(session, partnership.hsab_chair), _mine(session, partnership.csp_chair)
    session.add(Action(number=1, task="Audit visits", owner=goes.name, due_on=NOW.date(), agreed_at=NOW))
    namesake = Action(number=2, task="Brief staff", owner=goes.name, owner_email="other@elsewhere.example",
                      due_on=NOW.date(), agreed_at=NOW)  # fmt: skip
    session.add(namesake)
    agency = session.merge(partnership.police)
    agency.contact_email = goes.email
    session.flush()
    assert any("open actions A1" in line for line in leaving.open_work(session, goes, NOW).lines)
    left = leaving.leave(session, goes, stays, "A new post", administrator, NOW)
    session.flush()
    assert left == []
    assert session.scalars(select(Action.owner).order_by(Action.number)).all() == [stays.name, goes.name]
    assert (agency.contact_name, agency.contact_email) == (stays.name, stays.email)
    assert stays in holders(session, Office.HSAB_CHAIR, NOW.date())
    assert goes not in holders(session, Office.HSAB_CHAIR, NOW.date())
    assert not goes.active
    assert leaving.open_work(session, goes, NOW).lines == []
    told = session.scalars(select(Entry.act)).all()
    assert f"handed the work of {goes.name}, who left, on to {stays.name}" in told
    assert meeting.starts_at > NOW


@on_one_database
def test_a_seat_goes_on_unless_the_colleague_has_one_or_a_conflict(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case = in_scoping(session, head, partnership.officer, NOW, partnership.police)
    review = meetings.rapid_review_of(session, case)
    assert review
    administrator, goes = partnership.administrator.as_actor(), _mine(session, partnership.member)
    business = _business(session, partnership, NOW)
    newcomer = Person(name="Ione Prosser", email="i@fire.example", role=goes.role, password_hash="x")
    session.add(newcomer)
    session.flush()
    before = {place.id for place in business.attendances if place.person_id == goes.id}
    put_up_wall(session, case, newcomer, "knows the family", partnership.officer.as_actor(), NOW)
    of_case = Action(
        number=1, task="Audit visits", owner=goes.name, due_on=NOW.date(), agreed_at=NOW, case=case
    )
    session.add(of_case)
    session.flush()
    left = leaving.leave(session, goes, newcomer, "Retires", administrator, NOW)
    session.flush()
    assert left == [
        f"1 seat at meetings about a case in which {newcomer.name} has a conflict of interest.",
        f"Actions A1: {newcomer.name} has a conflict of interest. Have them given to others.",
    ]
    assert of_case.owner == goes.name
    assert {place.id for place in business.attendances if place.person_id == newcomer.id} == before
    states = {place.person_id: place.state for place in review.attendances}
    assert states[goes.id] is Presence.APOLOGIES
    assert newcomer.id not in states


@on_one_database
def test_work_goes_only_to_somebody_who_stays(session: Session, partnership: Any, NOW: datetime) -> None:
    goes = _mine(session, partnership.member)
    with pytest.raises(Incomplete, match="a colleague who stays"):
        leaving.leave(session, goes, goes, "Retires", partnership.administrator.as_actor(), NOW)
    assert goes.active


def _invited(
    session: Session, head: Letterhead, meeting: Meeting, now: datetime, actor: Any
) -> dict[str, Letter]:
    invitations.send_invitations(session, head, meeting, actor, now)
    sent = session.scalars(select(Letter).where(Letter.kind == Kind.MEETING_INVITATION))
    return {letter.recipient + ("*" if "deputy" in letter.occasion else ""): letter for letter in sent}


def test_the_deputy_gets_a_copy_that_says_for_whom(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    away, deputy = _mine(session, partnership.member), _mine(session, partnership.chair)
    absences.go_away(session, away, deputy, NOW.date(), date(2026, 12, 4), away.as_actor(), NOW)
    sent = _invited(session, head, _business(session, partnership, NOW), NOW, partnership.officer.as_actor())
    assert away.email in sent
    copy = sent[f"{deputy.email}*"]
    assert copy.body.startswith(f"For {away.name}, who is away until Friday 4 December 2026.")
    assert away.name not in copy.subject
    assert len(copy.enclosures) == len(sent[away.email].enclosures) == 1
    with pytest.raises(NotNow, match="End that first"):
        absences.go_away(session, away, deputy, NOW.date(), date(2026, 12, 4), away.as_actor(), NOW)


@on_one_database
@pytest.mark.parametrize("why_not", ["a conflict", "no right", "come back", "not yet"])
def test_no_copy_goes_past_a_conflict_a_right_or_the_days(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime, why_not: str
) -> None:
    away = _mine(session, partnership.member)
    deputy = _mine(session, partnership.administrator if why_not == "no right" else partnership.chair)
    since = NOW.date() + timedelta(days=why_not == "not yet")
    absence = absences.go_away(session, away, deputy, since, date(2026, 12, 4), away.as_actor(), NOW)
    if why_not == "come back":
        absences.come_back(session, absence, away.as_actor(), NOW)
    if why_not == "a conflict":
        case = in_scoping(session, head, partnership.officer, NOW, partnership.police)
        put_up_wall(session, case, deputy, "knows the family", partnership.officer.as_actor(), NOW)
    sent = _invited(session, head, _business(session, partnership, NOW), NOW, partnership.officer.as_actor())
    assert away.email in sent
    assert not [address for address in sent if address.endswith("*")]


@on_one_database
def test_whoever_has_like_work_or_the_same_agency_and_an_account_may_stand_in(
    session: Session, partnership: Any
) -> None:
    people = partnership.people

    def for_whom(key: str, with_identity: tuple[int, ...] = ()) -> set[str]:
        found = absences.may_stand_in(session, _mine(session, people[key]), with_identity)
        return {name for name, one in people.items() if one.id in {each.id for each in found}}

    assert for_whom("officer") == {"manager", "support"}  # not all who have no agency, as the auditor
    assert for_whom("vice_chair") == {"chair", "police_partner"}
    assert for_whom("agency") == {"lead"}
    assert for_whom("agency", (people["ruddock"].id,)) == {"lead", "ruddock"}


@on_one_database
def test_the_pages_record_an_absence_and_a_leaving(
    client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, partnership: Any,
    words: Callable[[str], str],
) -> None:  # fmt: skip
    officer, manager = partnership.officer, partnership.manager
    sign_in(client, officer)
    away = {"deputy": str(manager.id), "since": "2026-11-23", "until": "2026-11-20"}
    assert client.post("/account/away", data=away).status_code == 422
    assert client.post("/account/away", data=away | {"until": "2026-11-30"}).status_code == 302
    sign_in(client, manager)
    assert f"You stand in for {officer.name} until Monday 30 November 2026" in words(client.get("/").text)
    sign_in(client, partnership.administrator)
    leave = f"/people/{officer.id}/leave"
    assert client.post(leave, data={"to": str(manager.id), "why": ""}).status_code == 422
    answer = client.post(leave, data={"to": str(manager.id), "why": "Retires"}, follow_redirects=True)
    assert f"The work is handed on to {manager.name}" in answer.text
    with sessions.reading() as session:
        assert not _mine(session, officer).active


@on_one_database
def test_the_deputy_has_on_their_desk_what_waits_by_name_for_whom_and_nothing_of_a_conflict(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime, client: FlaskClient,
    sign_in: Callable[..., None], words: Callable[[str], str],
) -> None:  # fmt: skip
    officer = partnership.officer.as_actor()
    away, deputy = _mine(session, partnership.member), _mine(session, partnership.chair)
    walled, seen = (
        in_scoping(session, head, partnership.officer, NOW, partnership.police),
        in_scoping(session, head, partnership.officer, NOW, partnership.police),
    )
    put_up_wall(session, walled, deputy, "knows the family", officer, NOW)
    for case in (walled, seen, None):
        agreed = actions.Agreed("Ask the ward", away.name, date(2026, 12, 3), owner_email=away.email.upper())
        actions.agree(session, case, agreed, officer, NOW)
    _business(session, partnership, NOW)
    absence = absences.go_away(session, away, deputy, NOW.date(), date(2027, 1, 29), away.as_actor(), NOW)
    session.commit()
    sign_in(client, partnership.chair)
    said = words(client.get("/").text).partition("For colleagues who are away")[2].partition("To do")[0]
    assert said.count(f"For {away.name}, who is away until Friday 29 January 2027.") >= 3
    assert "Action A2, due on Thursday 3 December 2026" in said
    assert "Action A3" in said
    assert "Action A1" not in said
    assert walled.reference not in said
    assert "Go to:" in said
    absences.come_back(session, absence, away.as_actor(), NOW)
    session.commit()
    assert "For colleagues who are away" not in client.get("/").text

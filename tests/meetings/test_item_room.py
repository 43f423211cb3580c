"""Quorum item by item, as people come in, leave, come back and withdraw (ToR, header)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.service import put_up_wall
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import NotNow
from jcr.meetings import item_room, minuting, papers, service
from jcr.meetings.model import Meeting, Presence
from jcr.meetings.moves import Move, Step, out_of_the_room, withdrawn
from jcr.people.model import Person
from jcr.roles import Role
from tests.bench.pages import counted
from tests.conftest import on_one_database

ITEMS, PEOPLE = 8, 5
SHEETS = st.dictionaries(
    st.tuples(st.integers(1, ITEMS), st.integers(0, PEOPLE - 1)), st.sampled_from(Step), max_size=24
)


def minute_taker(sheet: dict[tuple[int, int], Step], person: int) -> list[str]:
    """One person's line of the sheet, filled in from left to right as a minute taker does by hand."""
    steps = [sheet.get((item, person)) for item in range(1, ITEMS + 1)]
    first = next((step for step in steps if step in (Step.CAME, Step.LEFT)), None)
    inside, line = first is not Step.CAME, []
    for step in steps:
        if step is Step.CAME:
            inside = True
        if step is Step.LEFT:
            inside = False
        line.append(
            ("apart" if inside else "out, apart") if step is Step.WITHDREW else "in" if inside else "out"
        )
    return line


@pytest.mark.tor("0.4")
@given(SHEETS)
def test_arrivals_departures_and_withdrawals_are_followed_as_by_hand(
    sheet: dict[tuple[int, int], Step],
) -> None:
    moves = [Move(item, person, step) for (item, person), step in sheet.items()]
    by_hand = [minute_taker(sheet, person) for person in range(PEOPLE)]
    for item in range(1, ITEMS + 1):
        out, apart = out_of_the_room(moves, item), withdrawn(moves, item)
        assert out == {person for person in range(PEOPLE) if "out" in by_hand[person][item - 1]}
        assert apart == {person for person in range(PEOPLE) if "apart" in by_hand[person][item - 1]}


def step(
    session: Session, meeting: Meeting, position: int, person: Any, what: Step | None, at: datetime
) -> None:
    place = service.place_of(meeting, person)
    officer = next(one.person for one in meeting.attendances if one.in_attendance).as_actor()
    item_room.note_step(session, meeting.items[position - 1], place, what, at, officer, at)


@pytest.mark.tor("0.4", "5.3", "B.5")
def test_an_item_dealt_with_while_inquorate_is_noted_and_recommends_nothing(
    session: Session, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer, at = partnership.officer.as_actor(), NOW + timedelta(days=15)
    service.open_rapid_review(session, called, officer, at)
    recommendation = service.item_called(called, "recommendation")
    assert recommendation
    with pytest.raises(NotNow, match="not recorded as having come"):
        step(session, called, 3, partnership.member, Step.LEFT, at)
    for person in (partnership.chair, partnership.vice_chair, partnership.member):
        service.note_attendance(session, called, session.merge(person), Presence.PRESENT)
    service.take_chair(session, called, session.merge(partnership.chair), officer, at)
    assert service.may_recommend(called).holds
    step(session, called, 3, partnership.member, Step.LEFT, at)
    quorate = [item_room.quorum_at(item).holds for item in called.items]
    assert quorate == [True] * 2 + [False] * (len(called.items) - 2)
    assert "may note but cannot recommend" in service.may_recommend(called).because
    step(session, called, 6, partnership.member, Step.CAME, at + timedelta(minutes=20))
    assert service.may_recommend(called).holds
    step(session, called, recommendation.position, partnership.vice_chair, Step.WITHDREW, at)
    assert not service.may_recommend(called).holds
    said = item_room.whole_quorum(called).because
    assert f"{partnership.member.name} (" in said
    assert "left at 09:30, item 3." in said
    assert "came in at 09:50, item 6." in said
    assert "Items 3, 4 and 5: not quorate: 2 agencies are present" in said
    assert "Item 6:" not in said
    called.items[3].decision = "To ask for the rota."
    assert "not decided by a quorum" in item_room.whole_quorum(called).because
    step(session, called, recommendation.position, partnership.vice_chair, None, at)
    assert service.may_recommend(called).holds


@on_one_database
@pytest.mark.tor("0.2", "5.3", "B.5")
def test_the_vice_chair_takes_the_chair_of_one_item_and_the_minutes_say_so(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer, at = partnership.officer.as_actor(), NOW + timedelta(days=15)
    chair, vice, member = partnership.chair, partnership.vice_chair, partnership.member
    service.open_rapid_review(session, called, officer, at)
    for person in (chair, vice, member, partnership.weatherby, partnership.officer):
        service.note_attendance(session, called, session.merge(person), Presence.PRESENT)
    service.take_chair(session, called, session.merge(chair), officer, at)
    assert item_room.chairs_of(called) == chair.name
    recommendation = service.item_called(called, "recommendation")
    assert recommendation
    on, before = recommendation.position, called.items[recommendation.position - 2]
    step(session, called, on, chair, Step.WITHDREW, at)
    assert item_room.chairs_of(called) == f"{chair.name}; item {on}: not recorded"
    assert service.may_recommend(called).because == f"Record who chairs item {on}, Recommendation first."
    for cannot, why in (
        (partnership.officer, "do not chair"),
        (partnership.tarrant, "not recorded as having"),
    ):
        with pytest.raises(NotNow, match=why):
            step(session, called, on, cannot, Step.CHAIRED, at)
    step(session, called, on, vice, Step.CHAIRED, at)
    assert service.may_recommend(called).holds
    recommending, earlier = service.recommending_chair(called), item_room.chair_at(before)
    assert recommending
    assert earlier
    assert (recommending.id, earlier.id) == (vice.id, chair.id)
    told = papers.minutes_of(called, item_room.whole_quorum(called), head)
    assert told.chair == f"{chair.name}; item {on}: {vice.name}"
    assert f"{vice.name} (West Mercia Police) took the chair at 09:30, item {on}." in told.quorum
    step(session, called, 3, chair, Step.LEFT, at)  # and is not back: whoever takes the chair keeps it
    step(session, called, 3, vice, Step.CHAIRED, at)
    step(session, called, on, vice, Step.WITHDREW, at)
    later = {person.id if person else None for person in map(item_room.chair_at, called.items[2:])}
    assert later == {vice.id, None}
    assert service.recommending_chair(called) is None


@on_one_database
@pytest.mark.tor("0.4")
def test_steps_are_recorded_from_the_items_page_and_a_decision_is_refused_with_every_word_kept(
    app: Flask,
    client: FlaskClient,
    session: Session,
    sessions: Sessions,
    called: Meeting,
    partnership: Any,
    sign_in: Any,
    words: Callable[[str], str],
    NOW: datetime,
) -> None:
    for person in (partnership.chair, partnership.vice_chair, partnership.member):
        service.note_attendance(session, called, session.merge(person), Presence.PRESENT)
    place = service.place_of(called, partnership.member).id
    address = f"/meetings/{called.id}/items/{called.items[4].id}"
    session.commit()
    session.close()
    sign_in(client, partnership.officer)
    assert "Quorate: 3 agencies are present" in words(client.get(address).text)
    typed = {f"step-{place}": "left", f"at-{place}": "half past"}
    refused = client.post(address, data=typed | {"stay": "yes"}, follow_redirects=True)
    assert refused.status_code == 422
    assert f'<a href="#at-{place}">Enter the time for {partnership.member.name} like 10:45' in refused.text
    assert 'value="half past"' in refused.text  # what was typed stays, to be put right
    assert refused.text.count('<option value="left" selected>') == 1
    unfinished = {"summary": "Half a sen", "task": "Ask for the rota", "owner": ""}
    answer = client.post(address, data=typed | unfinished | {f"at-{place}": "10.45", "stay": "yes"})
    assert (answer.status_code, "Enter who does it" in answer.text) == (422, True)
    assert "Ask for the rota" in answer.text
    assert "Half a sen" in client.get(address).text
    page = client.get(address).text
    assert 'value="10:45"' in page
    assert "decides nothing under it" in words(page)
    assert f'data-app-fresh="{address}/quorum"' in page  # the browser asks there again by itself
    assert "Not quorate: 2 agencies are present" in words(client.get(f"{address}/quorum").text)
    assert words(client.get(f"/meetings/{called.id}/quorum").text).startswith(" Quorate 3 agencies")
    said = {"summary": "Two visits were missed.", "decision": "Ask for the rota."}
    answer = client.post(address, data=said)
    assert (answer.status_code, "may note but cannot recommend" in answer.text) == (422, True)
    assert "Two visits were missed." in answer.text
    assert "Ask for the rota." in answer.text
    assert client.post(address, data=said | {"decision": ""}).status_code == 302
    assert "left at 10:45, item 5." in words(client.get(f"/meetings/{called.id}/minutes").text)
    client.post(address, data={f"step-{place}": ""})
    assert client.post(address, data=said).status_code == 302
    for minutes, status in ((50, 200), (70, 302)):  # asking by itself does not prolong the sign-in
        app.config["CLOCK"] = lambda minutes=minutes: NOW + timedelta(minutes=minutes)
        assert client.get(f"{address}/quorum").status_code == status


@on_one_database
def test_a_member_dissents_by_name_and_reason_apart_from_the_decision(
    client: FlaskClient, session: Session, sessions: Sessions, called: Meeting, partnership: Any, sign_in: Any,
    words: Callable[[str], str], NOW: datetime,
) -> None:  # fmt: skip
    for person in (partnership.chair, partnership.vice_chair, partnership.officer):
        service.note_attendance(session, called, session.merge(person), Presence.PRESENT)
    service.note_attendance(
        session, called, session.merge(partnership.member), Presence.DEPUTY, "Ana Whitlow"
    )
    deputy, officer = (
        service.place_of(called, partnership.member),
        service.place_of(called, partnership.officer),
    )
    item, agency = called.items[4], deputy.agency.name
    with pytest.raises(NotNow, match="has no vote here"):
        minuting.note_dissent(session, item, officer, "I disagree")
    address, box = f"/meetings/{called.id}/items/{item.id}", f"dissent-{deputy.id}"
    session.commit()
    session.close()
    sign_in(client, partnership.officer)
    said = {"summary": "", "decision": "The criteria are met.", box: "The evidence does not show it."}
    refused = client.post(address, data=said | {f"dissent-{officer.id}": "I disagree"})
    assert refused.status_code == 422
    told = words(refused.text)
    assert (
        f"{partnership.officer.name} has no vote on this item, so their dissent is not recorded: “I disagree”"
        in told
    )
    page = words(client.get(f"/meetings/{called.id}").text)
    assert f"Dissent: Ana Whitlow ({agency}): The evidence does not show it." in page
    assert "I disagree" not in page
    with sessions.reading() as read:
        item = read.get_one(Meeting, called.id).items[4]
        assert (item.decision, item.dissent) == ("The criteria are met.", "")
    assert f"Ana Whitlow ({agency})" in words(client.get(f"/meetings/{called.id}/minutes").text)
    client.post(address, data={box: " "})
    with sessions.reading() as read:
        assert read.get_one(Meeting, called.id).items[4].dissents == []


@on_one_database
def test_a_step_that_cannot_be_noted_loses_nothing_else_that_was_typed(
    client: FlaskClient, session: Session, sessions: Sessions, called: Meeting, partnership: Any, sign_in: Any,
    words: Callable[[str], str],
) -> None:  # fmt: skip
    for person in (partnership.chair, partnership.officer):
        service.note_attendance(session, called, session.merge(person), Presence.PRESENT)
    officer, item = service.place_of(called, partnership.officer), called.items[4]
    address = f"/meetings/{called.id}/items/{item.id}"
    session.commit()
    session.close()
    sign_in(client, partnership.officer)
    typed = {f"step-{officer.id}": "chaired", "summary": "The returns were read.", "stay": "yes"}
    told = words(client.post(address, data=typed, follow_redirects=True).text)
    assert "Officers in attendance do not chair." in told
    with sessions.reading() as read:
        assert read.get_one(Meeting, called.id).items[4].summary == "The returns were read."


@on_one_database
@pytest.mark.tor("0.4", "5.3")
def test_an_interest_at_a_business_meeting_is_told_and_takes_nobody_out_but_for_the_item(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    officer, at = partnership.officer.as_actor(), NOW + timedelta(days=30)
    meeting = service.call_business_meeting(session, at, "Plough Lane", officer, NOW)
    chair, member = session.merge(partnership.chair), session.merge(partnership.member)
    for person in (chair, member, session.merge(partnership.tarrant), session.merge(partnership.weatherby)):
        service.note_attendance(session, meeting, person, Presence.PRESENT)
    service.declare(session, meeting, chair, True, "Managed a nurse of one case", "Withdraws", officer, at)
    service.take_chair(session, meeting, chair, officer, at)
    whole = service.quorum(meeting)
    assert "Local authority" in whole.because  # two of its directorates came
    assert "The 2 parts of the local authority present count as one." in whole.because
    step(session, meeting, 8, chair, Step.WITHDREW, at)
    assert [item_room.quorum_at(item).holds for item in meeting.items[6:9]] == [True, False, True]
    told = papers.minutes_of(meeting, item_room.whole_quorum(meeting), head)
    assert [one.declared for one in told.declarations] == ["Managed a nurse of one case"]


@pytest.mark.tor("5.3", "0.4")
@on_one_database
def test_at_an_item_that_names_a_case_whoever_has_a_conflict_in_it_takes_no_part(
    session: Session, case: Case, partnership: Any, NOW: datetime
) -> None:
    officer, at = partnership.officer.as_actor(), NOW + timedelta(days=43)
    meeting = service.call_business_meeting(session, at, "Plough Lane", officer, NOW)
    for person in (partnership.chair, partnership.vice_chair, partnership.member):
        service.note_attendance(session, meeting, session.merge(person), Presence.PRESENT)
    service.take_chair(session, meeting, session.merge(partnership.chair), officer, at)
    reports = meeting.items[8]
    assert item_room.recused(reports) == set()
    reports.title = f"Report of {case.reference} for ratification"
    put_up_wall(session, case, session.merge(partnership.chair), "Managed the ward", officer, NOW)
    session.flush()
    chair = service.place_of(meeting, partnership.chair)
    assert item_room.recused(reports) == {chair.id}
    assert item_room.recused(meeting.items[7]) == set()
    assert not item_room.quorum_at(reports).holds  # health is missing for this one
    assert item_room.chair_at(reports) is None
    assert chair.id not in minuting.voters(reports)
    told = item_room.whole_quorum(meeting)
    assert told.holds
    assert "took no part in item 9, for a conflict of interest" in told.because
    assert item_room.chairs_of(meeting).endswith("item 9: not recorded")
    service.note_attendance(
        session, meeting, session.merge(partnership.chair), Presence.DEPUTY, "Ana Whitlow"
    )
    assert item_room.recused(reports) == set()  # the conflict is the member's, not the deputy's


@on_one_database
def test_quorum_now_asks_the_database_as_much_of_forty_members_as_of_ten(
    session: Session, client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, case: Case,
    partnership: Any, NOW: datetime,
) -> None:  # fmt: skip
    officer, police = partnership.officer.as_actor(), session.merge(partnership.police)
    meeting = service.call_business_meeting(session, NOW + timedelta(hours=1), "Plough Lane", officer, NOW)
    service.add_item(session, meeting, f"More time for {case.reference}", "decide", "Chair", 10)
    page, asked = f"/meetings/{meeting.id}/quorum", list[int]()
    session.commit()
    sign_in(client, partnership.officer)
    for more in (0, 30):
        for number in range(more):
            one = Person(
                name=f"Member {number}", email=f"m{number}@x.example", role=Role.MEMBER, agency=police
            )
            session.add(one)
            session.flush()
            service.invite(session, meeting, one, officer, NOW)
        for place in meeting.attendances:
            service.note_attendance(session, meeting, place.person, Presence.PRESENT)
        session.commit()
        client.get(page)  # what is asked once only
        with counted(sessions.engine) as statements:
            assert "Quorate" in client.get(page).text
        asked.append(len(statements))
    assert asked[0] == asked[1]

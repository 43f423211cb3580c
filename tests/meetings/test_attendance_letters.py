"""Missed meetings: found after each meeting, put before the chair, and written about once (ToR 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.model import Letter
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotAllowed
from jcr.meetings import attendance_letters as letters
from jcr.meetings import service
from jcr.meetings.attendance import Attendance, attendance_breaches
from jcr.meetings.model import Kind, Meeting, Presence
from tests.cases import made
from tests.services.verapdf import verapdf

PRESENT, ABSENT, DEPUTY = Presence.PRESENT, Presence.ABSENT, Presence.DEPUTY


@pytest.fixture
def held(session: Session, partnership: Any, NOW: datetime) -> Callable[..., list[Meeting]]:
    """Business meetings so many days ago, and how the member stood."""
    return lambda states: made.held(session, partnership.officer, partnership.member, NOW, states)


@pytest.mark.tor("6.2")
def test_two_of_three_missed_brings_one_letter_to_the_member_and_to_their_board_representative(
    session: Session, head: Letterhead, partnership: Any, held: Any, NOW: datetime
) -> None:
    held({300: ABSENT, 200: PRESENT})
    assert letters.owed(session, NOW) == []
    held({100: Presence.APOLOGIES})
    [one] = letters.owed(session, NOW)
    assert not one.is_second
    assert one.meetings[-1].endswith("apologies, no deputy")
    written = letters.send(session, head, one, partnership.chair.as_actor(), NOW)
    assert [letter.recipient for letter in written] == [partnership.member.email, "board@council.example"]
    assert "Business meeting" in written[0].text
    assert "present" in written[0].text
    assert partnership.member.name not in written[0].subject + written[0].body
    assert letters.owed(session, NOW) == []


def test_a_deputy_is_no_miss_and_rapid_reviews_may_be_left_out(
    session: Session, called: Meeting, partnership: Any, held: Any, NOW: datetime
) -> None:
    held({200: ABSENT, 100: DEPUTY})
    service.note_attendance(session, called, session.merge(partnership.member), ABSENT)
    after = NOW + timedelta(days=16)
    assert len(letters.owed(session, after)) == 1
    assert letters.owed(session, after, (Kind.BUSINESS,)) == []


def test_whom_nobody_recorded_has_missed_nothing_until_the_minutes_say_so(
    session: Session, partnership: Any, held: Any, NOW: datetime
) -> None:
    meetings = held({200: PRESENT, 100: PRESENT})
    others = {place.person.name for place in meetings[0].attendances if not place.in_attendance}
    assert letters.owed(session, NOW) == []
    for meeting in meetings:
        service.approve_minutes(session, meeting, partnership.chair.as_actor(), NOW)
    assert {one.person.name for one in letters.owed(session, NOW)} == others - {partnership.member.name}


def test_whoever_must_not_take_part_for_a_conflict_has_missed_nothing(
    session: Session, called: Meeting, partnership: Any, held: Any, NOW: datetime
) -> None:
    held({200: ABSENT, 100: PRESENT})
    member = session.merge(partnership.member)
    service.note_attendance(session, called, member, ABSENT)
    assert letters.owed(session, NOW + timedelta(days=16))
    service.declare(
        session, called, member, True, "Managed the team", "", partnership.officer.as_actor(), NOW
    )
    assert letters.owed(session, NOW + timedelta(days=16)) == []


@pytest.mark.tor("6.3")
def test_when_it_goes_on_the_board_chair_is_asked_for_a_replacement(
    session: Session, head: Letterhead, partnership: Any, held: Any, NOW: datetime, tmp_path: Path
) -> None:
    chair = partnership.chair.as_actor()
    held({200: ABSENT, 100: ABSENT})
    [first] = letters.owed(session, NOW - timedelta(days=90))
    reminded = letters.send(session, head, first, chair, NOW - timedelta(days=90))
    held({10: ABSENT})
    [second] = letters.owed(session, NOW)
    assert second.is_second
    with pytest.raises(Incomplete, match="Choose the chair"):
        letters.send(session, head, second, chair, NOW)
    to = next(one for one in letters.board_chairs(session, NOW) if one.person.name == "Josephine Lorne")
    written = letters.send(session, head, second, chair, NOW, to)
    assert [letter.recipient for letter in written] == [to.person.email, "board@council.example"]
    assert "permanent replacement" in written[0].text
    assert "on Tuesday 25 August 2026" in written[0].text
    assert letters.owed(session, NOW) == []
    papers = []
    for letter in (*reminded, *written):
        papers.append(tmp_path / f"{letter.id}.pdf")
        papers[-1].write_bytes(letter.enclosures[0].file.content)
    assert verapdf(papers) == []


@pytest.mark.tor("6.3")
def test_a_letter_not_had_yet_cannot_have_been_left_unheeded(
    session: Session, head: Letterhead, partnership: Any, held: Any, NOW: datetime
) -> None:
    held({200: ABSENT, 100: ABSENT, 10: ABSENT})
    [first] = letters.owed(session, NOW)  # the chair has not said a word about the first yet
    assert not first.is_second
    letters.send(session, head, first, partnership.chair.as_actor(), NOW)
    assert letters.owed(session, NOW) == []


@pytest.mark.tor("6.2")
def test_the_chair_lets_off_with_a_reason_and_a_later_miss_is_a_first_again(
    session: Session, partnership: Any, held: Any, NOW: datetime
) -> None:
    held({200: ABSENT, 100: ABSENT})
    [one] = letters.owed(session, NOW)
    with pytest.raises(Incomplete, match="Say why"):
        letters.let_off(session, one, " ", partnership.chair.as_actor(), NOW)
    with pytest.raises(NotAllowed, match="chair’s word"):
        letters.let_off(session, one, "Illness", partnership.officer.as_actor(), NOW)
    letters.let_off(session, one, "Illness", partnership.chair.as_actor(), NOW)
    held({10: ABSENT})
    [later] = letters.owed(session, NOW)
    assert not later.is_second
    assert [word.why for word in letters.words(session)] == ["Illness"]


def test_nobody_decides_about_a_letter_to_themselves(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    made.held(session, partnership.officer, partnership.chair, NOW, {200: ABSENT, 100: ABSENT})
    [one] = letters.owed(session, NOW)
    with pytest.raises(NotAllowed, match="your own attendance"):
        letters.let_off(session, one, "I was away", partnership.chair.as_actor(), NOW)
    letters.let_off(session, one, "She was away", partnership.vice_chair.as_actor(), NOW)


@pytest.mark.tor("6.2", "6.3")
def test_the_chair_reads_each_letter_on_a_page_and_says_the_word(
    session: Session, head: Letterhead, client: FlaskClient, partnership: Any, sign_in: Any, held: Any,
    words: Callable[[str], str], NOW: datetime,
) -> None:  # fmt: skip
    held({200: ABSENT, 100: ABSENT})
    [one] = letters.owed(session, NOW - timedelta(days=90))
    letters.send(session, head, one, partnership.chair.as_actor(), NOW - timedelta(days=90))
    missed = held({10: ABSENT})[0]
    place = next(one for one in missed.attendances if one.person_id == partnership.member.id).id
    session.commit()
    session.close()
    sign_in(client, partnership.officer)
    address = f"/meetings/attendance/{place}"
    assert "Waiting for the chair’s word" in client.get("/meetings/attendance").text
    assert "Send the letter" not in client.get(address).text
    assert client.post(f"{address}/send").status_code == 403
    sign_in(client, partnership.chair)
    assert "permanent replacement" in client.get(address).text
    assert "Choose the board chair" in client.post(f"{address}/send").text
    assert client.post(f"{address}/let-off", data={"why": ""}).status_code == 422
    done = client.post(f"{address}/send", data={"board": "hsab_chair"}, follow_redirects=True)
    assert "2 letters written" in words(done.text)
    assert client.get(address).status_code == 404
    assert len(session.scalars(select(Letter)).all()) == 4


def test_without_a_board_representative_nothing_goes_and_the_page_says_what_to_do(
    session: Session, head: Letterhead, partnership: Any, held: Any, NOW: datetime
) -> None:
    held({200: ABSENT, 100: ABSENT})
    [one] = letters.owed(session, NOW)
    assert one.missed.agency
    one.missed.agency.board_email = ""
    with pytest.raises(Incomplete, match="no board representative"):
        letters.send(session, head, one, partnership.chair.as_actor(), NOW)


def stages_by_hand(missed: list[bool]) -> list[tuple[int, int]]:
    """(meeting, stage) of each letter, told the way a person would: look back three, write, look at the next."""
    written: list[tuple[int, int]] = []
    waiting_since_letter, escalated = False, False
    for now in range(len(missed)):
        last_three = [missed[k] for k in (now - 2, now - 1, now) if k >= 0]
        if not missed[now]:
            waiting_since_letter = escalated = False
        elif waiting_since_letter and not escalated:
            written.append((now, 2))
            escalated = True
        elif not waiting_since_letter and last_three.count(True) >= 2:
            written.append((now, 1))
            waiting_since_letter = True
    return written


@pytest.mark.tor("6.2", "6.3")
@given(
    st.lists(
        st.sampled_from(["present", "deputy", "apologies", "absent", "not invited", "panel"]), max_size=12
    )
)
def test_generated_records_of_attendance_against_the_rule_told_by_hand(record: list[str]) -> None:
    days = [date(2026, 1, 5) + timedelta(days=7 * n) for n in range(len(record))]
    rows = [
        Attendance(
            "m", "a", day,
            outcome if outcome in ("present", "deputy", "apologies") else "absent",
            invited=outcome != "not invited",
            kind="panel" if outcome == "panel" else "business",
        )
        for day, outcome in zip(days, record, strict=True)
    ]  # fmt: skip
    counted = [pair for pair in zip(days, record, strict=True) if pair[1] not in ("not invited", "panel")]
    missed = [outcome not in ("present", "deputy") for _, outcome in counted]
    expected = [(counted[n][0], stage) for n, stage in stages_by_hand(missed)]
    found = attendance_breaches(reversed(rows))
    assert [(breach.found_on, breach.stage) for breach in found] == expected

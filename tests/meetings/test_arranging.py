"""The agenda put in order by keyboard, its times, leads and purposes; papers cited on its rows."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from jcr.cases.rules import england
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import NotNow
from jcr.files import service as files
from jcr.meetings import arranging, papers, publishing, service
from jcr.meetings.arranging import Way
from jcr.meetings.model import Item, Meeting
from jcr.meetings.paper_model import MeetingPaper
from tests.cases import made
from tests.conftest import on_one_database


@pytest.fixture
def business(session: Session, partnership: Any, NOW: datetime) -> Meeting:
    at, officer = NOW + timedelta(days=43), partnership.officer.as_actor()
    return service.call_business_meeting(session, at, "Plough Lane", officer, NOW)


def order(meeting: Meeting) -> list[str]:
    return [item.key for item in meeting.items[:4]]


@pytest.mark.tor("9.1", "B.4")
def test_items_change_places_until_the_agenda_was_sent(
    session: Session, head: Letterhead, business: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    assert order(business) == ["welcome", "confidentiality", "declarations", "minutes"]
    arranging.move(session, business.items[3], Way.UP, officer, NOW)
    arranging.move(session, business.items[0], Way.DOWN, officer, NOW)
    arranging.move(session, business.items[0], Way.UP, officer, NOW)  # the first stays
    assert order(business) == ["confidentiality", "welcome", "minutes", "declarations"]
    session.expire_all()
    assert [item.position for item in business.items] == list(range(1, 17))
    publishing.publish_agenda(session, head, business, england(), officer, NOW)
    with pytest.raises(NotNow, match="keep their numbers"):
        arranging.move(session, business.items[3], Way.UP, officer, NOW)
    assert not arranging.may_move(business, business.starts_at)


@pytest.mark.tor("9.1", "B.4")
def test_an_item_added_in_error_is_taken_off_and_a_supplement_says_so(
    session: Session, head: Letterhead, business: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    wrong, kept, later = (
        service.add_item(session, business, title, "note", "", 5)
        for title in ("Twice", "Handovers", "Once more")
    )
    paper_under(session, kept, False, NOW)
    for item in (business.items[0], kept):
        with pytest.raises(NotNow, match="stays on the agenda"):
            arranging.take_off(session, item, officer, NOW)
    arranging.take_off(session, wrong, officer, NOW)
    session.expire_all()
    assert [item.position for item in business.items] == list(range(1, 19))
    publishing.publish_agenda(session, head, business, england(), officer, NOW)
    at = later.position
    arranging.take_off(session, later, officer, NOW)
    session.expire_all()
    assert at not in [item.position for item in business.items]  # nobody's number changes
    sent = publishing.publish_agenda(session, head, business, england(), officer, NOW)
    words = " ".join(PdfReader(io.BytesIO(sent.file.content)).pages[0].extract_text().split())
    assert "No item is new or has changed. Taken off • Once more" in words


@on_one_database
def test_the_button_takes_an_item_off(
    client: FlaskClient, session: Session, sessions: Sessions, business: Meeting, partnership: Any,
    sign_in: Callable[..., None],
) -> None:  # fmt: skip
    item, standing = service.add_item(session, business, "Twice", "note", "", 5).id, business.items[0].id
    session.commit()
    session.close()
    sign_in(client, partnership.officer)
    page = f"/meetings/{business.id}/agenda"
    asked = client.get(page).text
    assert f'name="off" value="{item}" aria-label="Take item 15, Twice, off the agenda"' in asked
    assert f'name="off" value="{standing}"' not in asked
    said = client.post(page, data={"off": str(item), f"lead-{standing}": "Vice chair"}, follow_redirects=True)
    assert "“Twice” is taken off the agenda." in said.text
    assert (
        "so it stays on the agenda"
        in client.post(page, data={"off": str(standing)}, follow_redirects=True).text
    )
    with sessions.reading() as read:
        left = read.get_one(Meeting, business.id)
        assert "Twice" not in [one.title for one in left.items]
        assert left.items[0].lead == "Vice chair"


@pytest.mark.tor("B.4")
@on_one_database
def test_what_is_sent_tells_how_things_stand_that_day_not_when_the_series_was_called(
    session: Session, head: Letterhead, business: Meeting, partnership: Any, NOW: datetime
) -> None:
    reference = made.in_triage(session, head, partnership.officer, NOW).reference
    assert all(reference not in item.before for item in business.items)
    publishing.publish_agenda(session, head, business, england(), partnership.officer.as_actor(), NOW)
    assert any(reference in item.before for item in business.items)


def paper_under(session: Session, item: Item, late: bool, now: datetime) -> MeetingPaper:
    kept = files.keep(session, b"%PDF-1.7 a paper", now)
    paper = MeetingPaper(
        meeting=item.meeting, item=item, file=kept, pdf=kept, received_at=now, late=late, accepted_at=now
    )
    session.add(paper)
    session.flush()
    return paper


@pytest.mark.tor("9.1")
@on_one_database
def test_rows_cite_their_papers_and_a_late_one_only_with_leave(
    session: Session, head: Letterhead, business: Meeting, partnership: Any, NOW: datetime
) -> None:
    item = business.items[4]
    paper_under(session, item, False, NOW)
    late = paper_under(session, item, True, NOW)
    assert papers.agenda_of(business, head, england()).items[4].papers == ("Paper 5a",)
    sent = publishing.publish_agenda(session, head, business, england(), partnership.officer.as_actor(), NOW)
    late.leave_at, late.leave_by, late.leave_why = NOW, "Morwenna Pugh", "It came today"
    assert papers.papers_of(item) == ("Paper 5a", "Paper 5b (late)")
    assert publishing.changes(business, sent) == [item]  # so it goes out as a supplement


@pytest.mark.tor("9.1", "B.4")
def test_each_button_saves_all_that_is_typed_and_a_mistake_comes_back_with_it(
    client: FlaskClient, session: Session, sessions: Sessions, business: Meeting, partnership: Any,
    sign_in: Callable[..., None],
) -> None:  # fmt: skip
    first, second = business.items[0].id, business.items[1].id
    session.commit()
    session.close()
    page = f"/meetings/{business.id}/agenda"
    sign_in(client, partnership.member)
    assert client.get(page).status_code == 403
    sign_in(client, partnership.officer)
    typed = {f"title-{first}": "Welcome", f"lead-{first}": "Vice chair", f"minutes-{first}": "ten"}
    refused = client.post(page, data=typed)
    assert refused.status_code == 422
    assert "Minutes of item 1 must be a number from 1 to 240" in refused.text
    assert 'value="Vice chair"' in refused.text
    typed |= {f"minutes-{first}": "10", f"purpose-{first}": "discuss", "down": str(first)}
    moved = client.post(page, data=typed)
    assert moved.location.endswith(f"#down-{first}")  # the browser puts the focus where the fragment leads
    assert f'id="down-{first}" name="down" value="{first}" aria-label="Move item 2,' in client.get(page).text
    with sessions.reading() as read:
        item, other = read.get_one(Item, first), read.get_one(Item, second)
        assert (item.position, item.title, item.lead, item.minutes) == (2, "Welcome", "Vice chair", 10)
        assert (item.purpose.value, other.position) == ("discuss", 1)
    assert "Vice chair" in client.post(page, data={}, follow_redirects=True).text
    topmost = client.post(page, data={"up": str(first)})
    assert topmost.location.endswith(f"#down-{first}")  # it has no button up any more

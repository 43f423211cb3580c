"""Before the meeting: whether it will be quorate from the apologies that came, and whom to ring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jcr.meetings import service
from jcr.meetings.forecast import forecast
from jcr.meetings.model import Meeting, Presence


@pytest.mark.tor("0.4")
def test_apologies_tell_whether_it_will_be_quorate_and_whom_to_ring(
    session: Session, called: Meeting, client: FlaskClient, partnership: Any, sign_in: Any,
    words: Callable[[str], str],
) -> None:  # fmt: skip
    assert forecast(called).answer.holds
    assert forecast(called).ring == ()
    members = [place for place in called.attendances if not place.in_attendance and place.agency]
    for place in members:
        if place.agency and place.agency.quorum_group in ("council", "fire", "housing"):
            service.note_attendance(session, called, place.person, Presence.APOLOGIES)
    short = forecast(called)
    assert not short.answer.holds  # health and the police are left
    assert {place.agency.quorum_group for place in short.ring if place.agency} == {
        "council",
        "fire",
        "housing",
    }
    session.commit()
    session.close()
    sign_in(client, partnership.officer)
    page = words(client.get(f"/meetings/{called.id}").text)
    assert "It would not be quorate" in page
    assert f"{partnership.member.name}, Children and Families, Herefordshire Council" in page
    one = next(place for place in called.attendances if place.person_id == partnership.member.id)
    service.note_attendance(
        session, session.merge(called), session.merge(one.person), Presence.DEPUTY, "Ana Whitlow"
    )
    session.flush()
    hanging = forecast(session.get_one(Meeting, called.id))
    assert hanging.answer.holds  # but it hangs on each of three
    assert {place.agency.quorum_group for place in hanging.ring if place.agency} == {"fire", "housing"}

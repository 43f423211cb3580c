"""A declared conflict reaches letters, reminders over several cases, and links that went out before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.correspondence.model import Delivery, Letter
from jcr.correspondence.posting import post_ready
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.meetings import holding
from jcr.meetings import service as meetings
from jcr.meetings.holding import Decided
from jcr.scoping.chasing import chase
from tests.cases import made
from tests.conftest import on_one_database
from tests.outsider import Mailbox

LINK = re.compile(r"/scoping/[0-9a-f]{48}")
WALLED = "JCR-2026-0002"


@on_one_database
def test_nobody_is_written_to_about_a_case_in_which_they_have_a_conflict_or_reads_it_in_a_digest(
    client: FlaskClient, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime,
    sign_in: Callable[..., None],
) -> None:  # fmt: skip
    theirs, contact = partnership.member.email, partnership.police.contact_email
    with sessions.transaction() as session:
        for address in (theirs, theirs, contact):
            partnership.police.contact_email = address  # whom the next case's agency is asked through
            made.in_scoping(session, head, partnership.officer, NOW, partnership.police)
        walled = session.scalars(select(Case).where(Case.reference == WALLED)).one()
        asked = session.scalars(
            select(Letter).where(Letter.recipient == theirs, Letter.case_id == walled.id)
        ).first()
        assert asked
        [link] = LINK.findall(asked.body)
        for person in (partnership.member, partnership.officer):
            put_up_wall(
                session,
                walled,
                session.merge(person),
                "knows the family",
                partnership.manager.as_actor(),
                NOW,
            )
        later = NOW + timedelta(days=8)
        chase(session, head, later, england())
        meeting = meetings.rapid_review_of(session, walled)
        assert meeting
        decided = Decided(session.merge(partnership.chair), "A clash.")
        day, manager = NOW + timedelta(days=16), partnership.manager.as_actor()
        holding.rearrange(
            session, head, meeting, day, "Council offices", decided, (), manager, NOW, england()
        )
    post = Mailbox()
    post_ready(sessions, post, head, later)
    told = [one for one in post if one["To"] == theirs]
    assert told
    assert [
        one["Subject"] for one in told if WALLED in f"{one['Subject']} {one.get_body().get_content()}"
    ] == []
    with sessions.reading() as session:
        held = session.get_one(Letter, asked.id)
        assert held.delivery is Delivery.FAILED
        assert "declared a conflict of interest" in held.last_error
        several = session.scalars(
            select(Letter).where(Letter.case_id.is_(None), Letter.body.contains(WALLED))
        ).one()
        assert several.recipient == contact
    refused = client.get(link)
    assert (refused.status_code, "You declared a conflict of interest" in refused.text) == (403, True)
    sign_in(client, partnership.officer)
    assert client.get(f"/letters/{several.id}").status_code == 404
    assert client.post(f"/letters/{several.id}/again", data={"recipient": "a@b.example"}).status_code == 404
    sign_in(client, partnership.manager)
    assert client.get(f"/letters/{several.id}").status_code == 200

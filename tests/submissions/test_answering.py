"""The group's own forms on a page: filled with what is known, checked, and taken in like those by e-mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.actions.model import Action
from jcr.actions.model import State as ActionState
from jcr.db import Sessions
from jcr.submissions.model import State, Submission

DONE = {
    "action_number": "A1",
    "agency_name": "West Mercia Police",
    "author_name": "Siân Łukaszewska",
    "author_email": "s.lukaszewska@westmercia.example",
    "author_role": "Superintendent",
    "action_state": "done",
    "date_done": ["2", "11", "2026"],
    "made_a_difference": "not_known",
    "safeguarding_lead_name": "Bethan Ruddock",
    "date_completed": ["3", "11", "2026"],
    "what_was_done": "All call takers were trained.",
    "evidence": "Attendance lists",
}


@pytest.fixture
def action(session: Session, police_action: Action) -> str:
    label = police_action.label
    session.commit()
    session.close()
    return label


def test_an_update_is_filled_in_sent_checked_and_acted_on(
    client: FlaskClient, sign_in: Callable[..., None], partnership: Any, action: str, sessions: Sessions
) -> None:
    sign_in(client, partnership.officer)
    page = client.get(f"/forms/action_update?action={action}")
    assert "Train the call takers" in page.text
    sent = client.post(f"/forms/action_update?action={action}", data=DONE | {"action_number": action})
    assert sent.status_code == 302, sent.text
    assert client.get(sent.location).status_code == 200
    assert (
        client.post(sent.location, data=DONE | {"action_number": action, "confirm": "yes"}).status_code == 302
    )
    with sessions.reading() as session:
        found = session.scalars(select(Submission)).one()
        assert (found.state, found.sender) == (State.ACCEPTED, partnership.officer.email)
        assert found.reading["fields"]["what_was_done"] == "All call takers were trained."
        assert (
            session.scalars(select(Action).where(Action.id == found.action_id)).one().state
            is ActionState.DONE
        )


def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: FlaskClient,
    sign_in: Callable[..., None],
    partnership: Any,
    action: str,
    words: Callable[[str], str],
) -> None:
    sign_in(client, partnership.member)
    typed = {**DONE, "action_number": action, "author_email": "nobody"}
    again = client.post(f"/forms/action_update?action={action}", data=typed)
    assert again.status_code == 422
    assert "There is a problem" in words(again.text)
    assert "All call takers were trained." in again.text
    unknown = client.post(
        "/forms/action_update", data={**DONE, "action_number": "A999", "task": "Train them"}
    )
    assert "The update names no action that there is." in words(unknown.text)


def test_answers_to_questions_that_are_not_asked_are_neither_wanted_nor_kept(
    client: FlaskClient, sign_in: Callable[..., None], partnership: Any, action: str, sessions: Sessions
) -> None:
    """Without scripts every question is on the page: somebody writes under "late", then says "done"."""
    sign_in(client, partnership.officer)
    late = {**DONE, "action_number": action, "action_state": "late", "reasons_for_delay": "Nobody was free."}
    assert client.post(f"/forms/action_update?action={action}", data=late).status_code == 422
    done = {**late, "action_state": "done", "new_date": ["31", "2", "2026"]}
    assert client.post(f"/forms/action_update?action={action}", data=done).status_code == 302
    with sessions.reading() as session:
        kept = session.scalars(select(Submission)).one().reading["fields"]
    assert kept["action_state"] == "done"
    assert not {"reasons_for_delay", "new_date"} & set(kept)


@pytest.mark.parametrize("kind", ["paper", "rapid_review", "action_update"])
def test_every_form_of_the_group_is_a_page(
    client: FlaskClient, sign_in: Callable[..., None], partnership: Any, action: str, kind: str
) -> None:
    sign_in(client, partnership.member)
    assert client.get(f"/forms/{kind}").status_code == 200
    assert client.post(f"/forms/{kind}", data={}).status_code == 422


def test_a_form_with_its_own_way_in_is_not_one_of_these(
    client: FlaskClient, sign_in: Callable[..., None], partnership: Any
) -> None:
    sign_in(client, partnership.officer)
    assert client.get("/forms/referral").status_code == 404

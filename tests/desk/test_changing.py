"""What is held about a person is changed, and what hung on their address or role goes along or stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.actions.model import Action
from jcr.db import Sessions
from jcr.desk import changing
from jcr.history.model import Entry
from jcr.people.model import Agency, Person
from tests.shown import seen_at


def _facts(session: Session, person: Person) -> dict[str, str]:
    return changing.facts_of(session.get_one(Person, person.id))


def test_a_changed_person_keeps_what_was_theirs_and_signs_in_with_the_new_address(
    sessions: Sessions, app: Flask, client: FlaskClient, partnership: Any, sign_in: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        member = session.get_one(Person, partnership.member.id)
        session.get_one(Agency, partnership.police.id).contact_email = member.email
        session.add(Action(number=1, task="Audit visits", owner=member.name, owner_email=member.email.title(),
                           due_on=NOW.date(), agreed_at=NOW))  # fmt: skip
        session.add(
            Action(number=2, task="Ask the ward", owner=member.name.upper(), due_on=NOW.date(), agreed_at=NOW)
        )
        session.add(Action(number=3, task="Ask again", owner=member.name, owner_email="namesake@council.example",
                           due_on=NOW.date(), agreed_at=NOW))  # fmt: skip
        said = changing.facts_of(member)
    theirs, path = app.test_client(), f"/people/{member.id}/change"
    sign_in(theirs, partnership.member)
    sign_in(client, partnership.administrator)
    said |= {"name": "Nasreen Holloway-Price", "email": " N.Price@Council.Example "}
    assert client.post(path, data=said | seen_at(client, path)).location == f"/people/{member.id}"
    with sessions.reading() as session:
        assert _facts(session, member)["email"] == "n.price@council.example"
        assert session.get_one(Agency, partnership.police.id).contact_email == "n.price@council.example"
        owners = session.execute(select(Action.owner, Action.owner_email).order_by(Action.number)).all()
        assert owners == [
            ("Nasreen Holloway-Price", "n.price@council.example"),
            ("Nasreen Holloway-Price", ""),
            ("Nasreen Holloway", "namesake@council.example"),
        ]
    assert theirs.get("/cases").status_code == 200  # the same role: still signed in
    moved = said | {"role": "auditor", "agency": "none"}
    assert client.post(path, data=moved | seen_at(client, path)).status_code == 302
    assert theirs.get("/cases").status_code == 302
    with sessions.reading() as session:
        assert _facts(session, member) | {"role": "auditor", "agency": ""} == _facts(session, member)
        acts = session.scalars(select(Entry.act).order_by(Entry.id)).all()
    assert "changed the name and email of Nasreen Holloway" in acts
    assert "changed the role and agency of Nasreen Holloway-Price" in acts


@pytest.mark.parametrize(
    ("who", "changed", "said"),
    [
        ("member", {"email": "officer@partnership.example"}, "has this e-mail address"),
        ("member", {"name": " "}, "Enter the name"),
        ("member", {"role": "chair"}, "Select the role"),
        ("chair", {"role": "member"}, "are appointed on the page Chair and vice chair"),
        ("hsab_chair", {"role": "member"}, "Have its next holder recorded first"),
        ("administrator", {"role": "officer"}, "This is the only administrator"),
    ],
)
def test_what_cannot_be_changed_is_told_and_what_was_typed_stays(
    sessions: Sessions, client: FlaskClient, partnership: Any, sign_in: Any, words: Callable[[str], str],
    who: str, changed: dict[str, str], said: str,
) -> None:  # fmt: skip
    sign_in(client, partnership.administrator)
    person = getattr(partnership, who)
    with sessions.reading() as session:
        facts = _facts(session, person)
    facts["agency"] = facts["agency"] or "none"
    path = f"/people/{person.id}/change"
    answer = client.post(path, data=facts | {"post": "Locum"} | changed | seen_at(client, path))
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert "Locum" in answer.text
    with sessions.reading() as session:
        assert _facts(session, person)["post"] != "Locum"


def test_two_administrators_see_each_others_change(
    sessions: Sessions, client: FlaskClient, partnership: Any, sign_in: Any, words: Callable[[str], str]
) -> None:
    sign_in(client, partnership.administrator)
    person = partnership.member
    with sessions.reading() as session:
        facts = _facts(session, person) | {"post": "Typed a while ago", "seen": "then"}
    answer = client.post(f"/people/{person.id}/change", data=facts)
    assert answer.status_code == 409
    assert "Head of Service, Children" in words(answer.text)
    assert "Typed a while ago" in answer.text

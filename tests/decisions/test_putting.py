"""A recommendation put to a delegate where the holder of the office stood back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.model import Kind, Letter
from jcr.decisions.service import declare_conflict
from jcr.history.service import of_case
from jcr.people.model import Office, Person
from jcr.people.service import holders


@pytest.mark.tor("1.6", "5.3")
def test_a_recommendation_nobody_is_free_to_answer_is_put_to_a_delegate(
    session: Session,
    app: Flask,
    client: FlaskClient,
    recommended: Any,
    partnership: Any,
    sign_in: Any,
    words: Any,
) -> None:
    found = recommended()
    at, case_id = found.made_at + timedelta(days=1), found.case_id
    holder = session.get_one(Person, partnership.hsab_chair.id)
    declare_conflict(session, found.case, "My cousin.", holder, holder.as_actor(), at)
    ratify = f"/cases/{found.case.reference}/ratify"
    put, delegate = f"{ratify}/hsab_chair/another", partnership.csp_chair
    session.commit()
    app.config["CLOCK"] = lambda: at
    sign_in(client, partnership.officer)
    assert "nobody is free to answer. Put it to somebody else" in words(client.get(ratify).text)
    page = client.get(put).text
    assert delegate.name in page
    assert holder.name not in page.partition("<main")[2]
    until = at.date() + timedelta(days=14)
    last = [str(until.day), str(until.month), str(until.year)]
    said = {"person": str(delegate.id), "until": last, "why": "She stood back."}
    unsaid = client.post(put, data=said | {"why": ""})
    assert (unsaid.status_code, "Say why" in unsaid.text) == (422, True)
    past = client.post(put, data=said | {"until": ["1", "1", "2020"]})
    assert (past.status_code, "She stood back." in past.text) == (422, True)
    assert client.post(put, data=said | {"person": str(holder.id)}).status_code == 422
    assert client.post(put, data=said).location == ratify
    assert f"Waiting for {delegate.name}" in words(client.get(ratify).text)
    client.post("/sign-out")
    sign_in(client, delegate)
    accepted = client.post(f"{ratify}/hsab_chair", data={"outcome": "accept", "reason": "Sound."})
    assert accepted.status_code == 302
    session.expire_all()
    entry = next(one for one in of_case(session, case_id) if one.act.startswith("put the recommendation to"))
    assert (delegate.name in entry.act, entry.why) == (True, "She stood back.")
    assert found.case.status == "ratified"
    asked = session.scalars(select(Letter.recipient).where(Letter.kind == Kind.RATIFICATION_REQUEST))
    assert list(asked) == [holder.email, delegate.email]
    assert delegate.id not in {
        one.id for one in holders(session, Office.HSAB_CHAIR, until + timedelta(days=1))
    }

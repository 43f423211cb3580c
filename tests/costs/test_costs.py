"""Costs of a case: the manager first, then the money; the shortfall to the penny."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.costs.rules import pence, shares
from jcr.db import Sessions
from tests.cases.made import referred

COSTS = "/cases/JCR-2026-0001/costs"


@pytest.mark.tor("1.9")
@pytest.mark.parametrize("shortfall", [0, 1, 2, 100, 99_999, 123_457])
def test_the_shares_make_the_shortfall_to_the_penny(shortfall: int) -> None:
    thirds = {"a": Decimal("33.4"), "b": Decimal("33.3"), "c": Decimal("33.3")}
    found = shares(shortfall, thirds)
    assert sum(found.values()) == shortfall
    assert all(abs(part - shortfall * thirds[who] / 100) < 1 for who, part in found.items())


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("£1,250.50", 125050),
        ("12", 1200),
        ("0.5", 50),
        ("-3", None),
        ("1.234", None),
        ("many", None),
        ("", None),
    ],
)
def test_amounts_are_read_as_people_write_them(written: str, amount: int | None) -> None:
    assert pence(written) == amount


@pytest.mark.tor("1.9")
def test_no_money_is_committed_before_the_manager_has_agreed(
    client: FlaskClient,
    sign_in: Any,
    sessions: Sessions,
    head: Letterhead,
    partnership: Any,
    NOW: datetime,
    words: Callable[[str], str],
) -> None:
    with sessions.transaction() as session:
        referred(session, head, NOW)
    sign_in(client, partnership.officer)
    wrong = client.post(COSTS, data={"what": "A reviewer", "amount": "lots", "from_budget": "10"})
    assert (wrong.status_code, "such as 1250 or 1250.50" in wrong.text, "lots" in wrong.text) == (
        422,
        True,
        True,
    )
    over = client.post(COSTS, data={"what": "A reviewer", "amount": "10", "from_budget": "20"})
    assert (over.status_code, "The budget can cover no more than the cost" in over.text) == (422, True)
    assert (
        client.post(COSTS, data={"what": "A reviewer", "amount": "9000", "from_budget": "5000"}).status_code
        == 302
    )
    early = client.post(f"{COSTS}/1/commit")
    assert (early.status_code, "The manager is consulted first" in early.text) == (409, True)
    assert client.post(f"{COSTS}/1/answer", data={"agreed": "yes"}).status_code == 403
    client.post("/sign-out")
    with sessions.reading() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == Kind.COST_ESTIMATED)).one()
    assert letter.recipient == partnership.manager.email
    assert "£9,000.00" in letter.body
    assert "A reviewer" not in letter.body
    sign_in(client, partnership.manager)
    assert "Answer for a cost of £9,000.00" in words(client.get("/").text)
    assert (
        client.post(f"{COSTS}/1/answer", data={"agreed": "yes", "said": "Within the plan."}).status_code
        == 302
    )
    assert client.post(f"{COSTS}/1/commit").status_code == 302
    page = words(client.get(COSTS).text)
    assert "Shared £4,000.00 Herefordshire Council: £1,360.00" in page
    assert "Agreed, Tobias Garland" in page
    assert "Answer for a cost" not in client.get("/").text
    assert client.post(f"{COSTS}/1/answer", data={"agreed": "no", "said": "No"}).status_code == 409

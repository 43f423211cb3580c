"""A look at a mailbox in which nothing new waits costs the same, however much was ever taken in."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from forms.reading import Reading
from jcr.db import Sessions

FEW, MANY = 10, 300  # messages


def no_form(name: str, content: bytes) -> Reading:
    return Reading(kind="other")


def asked_by_a_look(mailroom: Any, sessions: Sessions) -> list[tuple[str, int]]:
    """Each statement, and how many rows it gave where the database says so: PostgreSQL does."""
    asked: list[tuple[str, int]] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked.append((statement, cursor.rowcount))

    event.listen(sessions.engine, "after_cursor_execute", note)
    try:
        tally = mailroom.empty(no_form)
    finally:
        event.remove(sessions.engine, "after_cursor_execute", note)
    assert tally.met == 0
    return asked


@pytest.mark.tor("B.3")
def test_a_look_that_finds_nothing_asks_as_little_after_many_messages_as_after_few(
    mailroom: Any, sessions: Sessions, write: Any
) -> None:
    costs = []
    for messages in (FEW, MANY):
        while mailroom.dropped < messages:
            mailroom.drop(write(f"When does the group meet? ({mailroom.dropped})"))
        mailroom.empty(no_form)
        costs.append(asked_by_a_look(mailroom, sessions))
    assert len(mailroom.rows()) == MANY
    assert costs[0] == costs[1]
    assert any("messages" in statement for statement, _ in costs[0])
    assert all(rows <= 0 for _, rows in costs[0])

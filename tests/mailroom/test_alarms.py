"""The heartbeats of the mail: who is told when a mailbox falls silent, how often, and what the world can see."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.correspondence.model import Kind, Letter
from jcr.db import Sessions
from jcr.history.proof import verify
from jcr.history.sealing import places_in
from jcr.mailroom.rules import POST
from jcr.mailroom.service import beat, raise_alarms
from jcr.settings import Settings
from jcr.worker import seal_now, watch_over
from tests.conftest import Partnership

MAILBOX = "imap://office@mail.example:993/INBOX"
QUARTER, MINUTE = timedelta(minutes=15), timedelta(minutes=1)


def alarms(sessions: Sessions, head: Any, now: datetime) -> Sequence[Letter]:
    """Looks whether an alarm is due, and returns all the letters so far."""
    with sessions.transaction() as session:
        raise_alarms(session, head, [MAILBOX], QUARTER, now)
        letters = select(Letter).where(Letter.kind == Kind.MAILBOX_ALARM).order_by(Letter.id)
        return session.scalars(letters).all()


def note(sessions: Sessions, part: str, now: datetime, trouble: str = "") -> None:
    with sessions.transaction() as session:
        beat(session, part, now, trouble)


@pytest.mark.tor("B.3")
def test_a_silent_mailbox_is_told_of_once_and_its_recovery_once(
    sessions: Sessions, head: Any, partnership: Any, NOW: datetime
) -> None:
    note(sessions, MAILBOX, NOW)
    assert alarms(sessions, head, NOW + QUARTER) == []
    note(sessions, MAILBOX, NOW + QUARTER, "mail.example does not answer.")
    for later in (1, 2, 90):
        [silent] = alarms(sessions, head, NOW + QUARTER + later * MINUTE)
    assert silent.subject == "The mailbox is not being read"
    assert "mail.example does not answer." in silent.body
    assert "since Monday 23 November 2026 at 09:30" in silent.body
    note(sessions, MAILBOX, NOW + 100 * MINUTE)
    for later in (100, 101, 110):
        [_, back] = alarms(sessions, head, NOW + later * MINUTE)
    assert back.subject == "The mailbox is read again"
    assert back.recipient == silent.recipient == partnership.administrator.email


def test_a_mailbox_never_read_is_told_of_too(
    sessions: Sessions, head: Any, partnership: Any, NOW: datetime
) -> None:
    assert alarms(sessions, head, NOW) == []
    [silent] = alarms(sessions, head, NOW + 16 * MINUTE)
    assert "Check that it runs" in silent.body


def test_over_a_dead_worker_another_program_watches_and_posts_the_alarm_itself(
    sessions: Sessions, settings: Settings, partnership: Any, NOW: datetime, tmp_path: Path
) -> None:
    mailbox = settings.mailbox_names[0]
    note(sessions, mailbox, NOW)
    tokens = {"smtp_url": "smtp+microsoft://office@mail.example", "oauth_secret_expires": NOW.date()}
    ends_soon = settings.model_copy(update=tokens)
    assert watch_over(ends_soon, sessions, NOW + MINUTE) == []  # a secret about to end is no silence
    assert watch_over(settings, sessions, NOW + MINUTE) == []
    for later in (16, 21):
        [silent] = watch_over(settings, sessions, NOW + later * MINUTE)
        assert "has not been read since" in silent
    [letter] = (tmp_path / "out" / "new").iterdir()
    assert b"Subject: The mailbox is not being read" in letter.read_bytes()
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        away = settings.model_copy(update={"smtp_url": f"smtp://127.0.0.1:{nobody.getsockname()[1]}"})
    note(sessions, mailbox, NOW + 30 * MINUTE)
    watch_over(settings, sessions, NOW + 30 * MINUTE)
    assert "Nothing listens" in watch_over(away, sessions, NOW + 60 * MINUTE)[1]
    watch_over(settings, sessions, NOW + 61 * MINUTE)
    assert len(list((tmp_path / "out" / "new").iterdir())) == 3  # two alarms, and the recovery between


def test_a_second_silence_is_told_of_again(
    sessions: Sessions, head: Any, partnership: Any, NOW: datetime
) -> None:
    for hours in (0, 1):
        note(sessions, MAILBOX, NOW + timedelta(hours=hours))
        alarms(sessions, head, NOW + timedelta(hours=hours, minutes=1))
        letters = alarms(sessions, head, NOW + timedelta(hours=hours, minutes=30))
    assert [letter.subject for letter in letters] == [
        "The mailbox is not being read", "The mailbox is read again", "The mailbox is not being read",
    ]  # fmt: skip


def test_the_world_sees_whether_mail_is_read_and_no_name(
    client: FlaskClient, sessions: Sessions, settings: Settings, NOW: datetime
) -> None:
    fresh = client.get("/healthz")
    assert (fresh.status_code, fresh.json["well"]) == (200, True)
    for part in (*settings.mailbox_names, POST):
        note(sessions, part, NOW - 10 * MINUTE)
    well = client.get("/healthz")
    assert well.json == {
        "well": True,
        "mailboxes": [{"well": True, "seconds_since_it_went_well": 600}],
        "post": {"well": True, "seconds_since_it_went_well": 600},
    }


def test_the_world_sees_that_a_mailbox_is_silent_while_pages_still_answer(
    client: FlaskClient, sessions: Sessions, settings: Settings, NOW: datetime
) -> None:
    note(sessions, settings.mailbox_names[0], NOW - 20 * MINUTE)
    silent = client.get("/healthz")
    assert silent.status_code == 503
    assert silent.json["mailboxes"][0]["well"] is False
    assert client.get("/healthz/pages").status_code == 200


def test_each_day_the_history_is_sealed_in_a_file_and_told_to_the_administrators(
    sessions: Sessions, partnership: Partnership, settings: Settings, tmp_path: Path, NOW: datetime
) -> None:
    file = tmp_path / "elsewhere" / "seals.txt"
    chosen = settings.model_copy(update={"seals_file": file})
    for hours in (0, 1, 24):
        seal_now(chosen, sessions, NOW + timedelta(hours=hours))
    lines = file.read_text().splitlines()
    with sessions.reading() as session:
        letters = session.scalars(
            select(Letter).where(Letter.kind == Kind.HISTORY_SEAL).order_by(Letter.id)
        ).all()
        assert len(lines) == len(letters) == 2
        assert all(line in letter.body for line, letter in zip(lines, letters, strict=True))
        verify(session, places_in(lines))


@pytest.mark.usefixtures("partnership")
def test_a_day_whose_seal_cannot_be_written_down_is_tried_again(
    sessions: Sessions, settings: Settings, tmp_path: Path, NOW: datetime
) -> None:
    in_the_way = tmp_path / "seals.txt"
    in_the_way.mkdir()
    chosen = settings.model_copy(update={"seals_file": in_the_way})
    with pytest.raises(OSError, match="directory"):
        seal_now(chosen, sessions, NOW)
    in_the_way.rmdir()
    seal_now(chosen, sessions, NOW)
    assert len(in_the_way.read_text().splitlines()) == 1

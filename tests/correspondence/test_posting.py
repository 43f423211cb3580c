"""Letters are written with their act, posted after it, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from jcr.cases.model import Case, Source, Status
from jcr.cases.service import open_case
from jcr.correspondence.delivery import send_again
from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.correspondence.posting import MAX_ATTEMPTS, PostAway, as_message, post_ready
from jcr.correspondence.service import Enclosed, acknowledged_lately, came_back, write
from jcr.db import Sessions
from jcr.errors import Incomplete, NotNow
from jcr.history.model import Entry
from jcr.post import FolderPost, open_post
from jcr.roles import WORKER, outsider
from tests.services.smtp import Received

FACTS = {"link": "http://127.0.0.1:8000/referral/a-token"}
TO = "referrer@police.example"
Write = Callable[..., int]


@pytest.fixture
def case_id(sessions: Sessions, partnership: Any, NOW: Any) -> int:
    with sessions.transaction() as session:
        return open_case(session, Source.WEB, {}, outsider("A referrer"), NOW, date(2026, 11, 23)).id


@pytest.fixture
def written(sessions: Sessions, head: Any, case_id: int, NOW: Any) -> Write:
    """Writes a letter in a transaction of its own and returns its number."""

    def write_one(occasion: str = "one", **more: Any) -> int:
        with sessions.transaction() as session:
            case = session.get_one(Case, case_id)
            letter = write(
                session,
                head,
                Kind.DRAFT_LINK,
                occasion,
                TO,
                FACTS,
                outsider("A referrer"),
                NOW,
                case=case,
                **more,
            )
            return letter.id

    return write_one


def letter(sessions: Sessions, id: int) -> Letter:
    with sessions.reading() as session:
        return session.get_one(Letter, id)


class Deaf:
    """A post that never answers the door."""

    def deliver(self, message: EmailMessage) -> None:
        raise ConnectionRefusedError("connection refused")


def test_a_letter_goes_over_smtp_once_to_one_recipient(
    sessions: Sessions,
    written: Write,
    smtp: Received,
    head: Any,
    NOW: Any,
) -> None:
    id = written(enclosed=[Enclosed("JCR-2026-0001-form.pdf", b"%PDF-1.7 a form")])
    post = open_post(smtp.url)
    assert post_ready(sessions, post, head, NOW) == 1
    assert post_ready(sessions, post, head, NOW) == 0
    gone = letter(sessions, id)
    assert (gone.delivery, gone.sent_at, gone.attempts) == (Delivery.SENT, NOW, 1)
    [message] = smtp.messages
    assert smtp.recipients == [[TO]]
    assert message["Message-ID"] == gone.message_id
    assert [part.get_filename() for part in message.iter_attachments()] == ["JCR-2026-0001-form.pdf"]
    assert FACTS["link"] in message.get_body().get_content()  # type: ignore[union-attr]


def test_the_posting_and_its_message_id_are_in_the_history(
    sessions: Sessions, written: Write, head: Any, tmp_path: Path, NOW: Any
) -> None:
    id = written()
    post_ready(sessions, FolderPost(tmp_path / "out"), head, NOW)
    with sessions.reading() as session:
        entry = session.scalars(select(Entry).where(Entry.act.startswith("posted"))).one()
    assert entry.details["message_id"] == letter(sessions, id).message_id
    assert len(list((tmp_path / "out/new").iterdir())) == 1


def test_a_letter_that_will_not_go_is_tried_again_later_and_then_given_up(
    sessions: Sessions, written: Write, head: Any, NOW: Any
) -> None:
    id, moment, waits = written(), NOW, []
    for _ in range(MAX_ATTEMPTS):
        assert post_ready(sessions, Deaf(), head, moment) == 0
        tried = letter(sessions, id)
        waits.append((tried.not_before or moment) - moment)
        assert post_ready(sessions, Deaf(), head, moment) == 0, "not again before its time"
        moment = (tried.not_before or moment) + timedelta(seconds=1)
    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert (tried.delivery, tried.attempts, tried.last_error) == (Delivery.FAILED, 5, "connection refused")


def test_while_the_server_is_away_one_letter_a_look_finds_out_and_none_is_left_unsure(
    sessions: Sessions, written: Write, head: Any, tmp_path: Path, NOW: Any
) -> None:
    class Away:
        knocked = 0

        def deliver(self, message: EmailMessage) -> None:
            self.knocked += 1
            raise PostAway("The program's secret has expired.")

    ids, away = [written("one"), written("two")], Away()
    assert post_ready(sessions, away, head, NOW) == 0
    assert away.knocked == 1
    first, second = (letter(sessions, id) for id in ids)
    assert (first.delivery, first.attempts, second.delivery, second.attempts) == (
        Delivery.READY,
        1,
        Delivery.READY,
        0,
    )
    assert first.last_error == "The program's secret has expired."
    assert post_ready(sessions, FolderPost(tmp_path / "out"), head, NOW + timedelta(hours=1)) == 2


def test_a_server_that_refuses_for_now_is_asked_again(
    sessions: Sessions,
    written: Write,
    smtp: Received,
    head: Any,
    NOW: Any,
) -> None:
    id, post, smtp.refuses = written(), open_post(smtp.url), True
    assert post_ready(sessions, post, head, NOW) == 0
    smtp.refuses = False
    assert post_ready(sessions, post, head, NOW + timedelta(minutes=2)) == 1
    assert letter(sessions, id).delivery is Delivery.SENT


def test_a_letter_found_half_way_after_a_crash_goes_to_a_person_and_not_out_again(
    sessions: Sessions, written: Write, head: Any, tmp_path: Path, NOW: Any
) -> None:
    class PowerCut(BaseException):
        pass

    class Interrupted(FolderPost):
        def deliver(self, message: EmailMessage) -> None:
            super().deliver(message)
            raise PowerCut

    id = written()
    with pytest.raises(PowerCut):
        post_ready(sessions, Interrupted(tmp_path / "out"), head, NOW)
    for wait in (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)):
        post_ready(sessions, FolderPost(tmp_path / "out"), head, NOW + wait)
    assert letter(sessions, id).delivery is Delivery.UNSURE
    assert len(list((tmp_path / "out/new").iterdir())) == 1


def test_one_occasion_writes_one_letter(written: Write) -> None:
    written("sign-off of the referral")
    with pytest.raises(NotNow, match="written already"):
        written("sign-off of the referral")


def test_a_letter_with_a_missing_fact_or_no_address_is_refused(
    sessions: Sessions, head: Any, case_id: int, NOW: Any
) -> None:
    who = outsider("A referrer")
    with sessions.transaction() as session:
        with pytest.raises(Incomplete, match="cannot be written yet"):
            write(session, head, Kind.DRAFT_LINK, "one", TO, {}, who, NOW)
        with pytest.raises(Incomplete, match="no e-mail address"):
            write(session, head, Kind.DRAFT_LINK, "one", "", FACTS, who, NOW)
        assert session.scalars(select(Letter)).all() == []


@pytest.mark.tor("7.8")
def test_a_case_is_decided_when_its_decision_letter_went_and_not_before(
    sessions: Sessions, written: Write, head: Any, case_id: int, tmp_path: Path, NOW: Any
) -> None:
    id = written()
    with sessions.transaction() as session:
        case = session.get_one(Case, case_id)
        case.received_on, case.status = date(2026, 11, 23), Status.RATIFIED
        session.get_one(Letter, id).kind = Kind.DECISION
    post_ready(sessions, Deaf(), head, NOW)
    with sessions.reading() as session:
        assert session.get_one(Case, case_id).status is Status.RATIFIED
    post_ready(sessions, FolderPost(tmp_path / "out"), head, NOW + timedelta(minutes=2))
    with sessions.reading() as session:
        assert session.get_one(Case, case_id).status is Status.DECIDED


@pytest.mark.parametrize(
    "address",
    ["a@b.example\r\nBcc: everybody@b.example", "=?utf-8?q?a=40else.example=3E=00?=x@b.example"],
)
def test_a_letter_that_cannot_be_written_as_an_e_mail_holds_up_no_other(
    sessions: Sessions, written: Write, head: Any, NOW: Any, tmp_path: Path, address: str
) -> None:
    poisoned, good = written("first"), written("second")
    with sessions.transaction() as session:
        session.get_one(Letter, poisoned).recipient = address
    assert post_ready(sessions, FolderPost(tmp_path / "out"), head, NOW) == 1
    assert letter(sessions, poisoned).delivery is Delivery.FAILED
    assert "cannot be written as an e-mail" in letter(sessions, poisoned).last_error
    assert letter(sessions, good).delivery is Delivery.SENT


def test_a_line_that_breaks_after_the_letter_goes_to_a_person_and_not_out_again(
    sessions: Sessions, written: Write, smtp: Received, head: Any, NOW: Any
) -> None:
    id, smtp.breaks_off = written(), True
    post_ready(sessions, open_post(smtp.url), head, NOW)
    smtp.breaks_off = False
    for hours in (1, 2, 30):
        post_ready(sessions, open_post(smtp.url), head, NOW + timedelta(hours=hours))
    assert letter(sessions, id).delivery is Delivery.UNSURE
    assert len(smtp.messages) == 1


def test_an_address_that_nobody_has_is_not_tried_again(
    sessions: Sessions, written: Write, smtp: Received, head: Any, NOW: Any
) -> None:
    id, smtp.answers = written(), {TO: "550 5.1.1 no such user"}
    post_ready(sessions, open_post(smtp.url), head, NOW)
    back = letter(sessions, id)
    assert (back.delivery, back.attempts) == (Delivery.BOUNCED, 1)
    assert "no such user" in back.last_error


@pytest.mark.tor("7.8")
def test_a_decided_case_is_ratified_again_when_its_decision_letter_comes_back(
    sessions: Sessions, written: Write, head: Any, case_id: int, tmp_path: Path, NOW: Any
) -> None:
    id = written()
    with sessions.transaction() as session:
        case, decision = session.get_one(Case, case_id), session.get_one(Letter, id)
        case.received_on, case.status, decision.kind = date(2026, 11, 23), Status.RATIFIED, Kind.DECISION
    post_ready(sessions, FolderPost(tmp_path / "out"), head, NOW)
    with sessions.transaction() as session:
        came_back(session, session.get_one(Letter, id), "It came back.", WORKER, NOW)
        assert session.get_one(Case, case_id).status is Status.RATIFIED
    with sessions.transaction() as session:
        send_again(session, session.get_one(Letter, id), "desk@police.example", outsider("A"), NOW)
    post_ready(sessions, FolderPost(tmp_path / "out"), head, NOW)
    with sessions.reading() as session:
        assert session.get_one(Case, case_id).status is Status.DECIDED


@pytest.mark.parametrize(
    "kind, declared, suppressed",
    [
        (Kind.ACKNOWLEDGEMENT, "auto-replied", "All"),
        (Kind.SCOPING_REMINDER, "auto-generated", None),
        (Kind.DECISION, None, None),
    ],
)
def test_mail_that_no_person_wrote_says_so(
    sessions: Sessions, written: Write, head: Any, kind: Kind, declared: str | None, suppressed: str | None
) -> None:
    one = letter(sessions, written())
    one.kind = kind
    message = as_message(one, head)
    assert (message["Auto-Submitted"], message["X-Auto-Response-Suppress"]) == (declared, suppressed)


@pytest.mark.tor("B.3")
def test_of_two_workers_who_would_acknowledge_one_sender_the_second_sees_what_the_first_wrote(
    sessions: Sessions, head: Any, case_id: int, NOW: Any
) -> None:
    found: list[bool] = []

    def ask() -> None:
        with sessions.transaction() as session:
            found.append(acknowledged_lately(session, TO.upper(), NOW))

    second = Thread(target=ask)
    with sessions.transaction() as session:
        assert not acknowledged_lately(session, TO, NOW)
        second.start()
        second.join(0.3)
        case, facts = session.get_one(Case, case_id), {"arrived": "by e-mail", "next_steps": "We read it."}
        write(session, head, Kind.ACKNOWLEDGEMENT, "one", TO, facts, WORKER, NOW, case=case)
    second.join()
    assert found == [True]

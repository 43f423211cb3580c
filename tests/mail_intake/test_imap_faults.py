"""Servers that hang, lie, refuse or hang up: told in words, every message in the ledger, and the poller goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mail_intake import imap, imap_fetch, imap_line
from mail_intake.imap import Imap
from mail_intake.imap_line import Account
from mail_intake.poller import poll
from mail_intake.source import MailboxAway
from tests.services.scripted_imap import ScriptedImap

LETTER = b"From: records@probation.example\r\nSubject: x\r\n\r\nREFERRAL %d\r\n"
FIRST, SECOND = LETTER % 1, LETTER % 2
Opened = Callable[..., tuple[ScriptedImap, Imap]]


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """A server with two letters and a fault, and the mailbox behind it."""
    for name, seconds in (("CONNECT_SECONDS", 0.5), ("READ_SECONDS", 0.5), ("FIRST_PAUSE", 0.01),
                          ("DEADLINE_SECONDS", 1.0)):  # fmt: skip
        monkeypatch.setattr(imap_line, name, seconds)
    made: list[ScriptedImap] = []

    def make(*faults: str, once: str = "", **more: Any) -> tuple[ScriptedImap, Imap]:
        server = ScriptedImap({4: FIRST, 5: SECOND}, set(faults), {once} - {""}, **more)
        made.append(server)
        return server, Imap(Account("127.0.0.1", server.port, "office", "x", encrypted=False))

    yield make
    for server in made:
        server.close()


def looks(inbox: Imap, ledger: Any, read_all: Any, number: int = 4) -> list[str]:
    """Polls a few times, pausing as the mailbox wants, and returns what was said of trouble."""
    said = []
    for _ in range(number):
        try:
            poll(inbox, ledger, read_all)
        except MailboxAway as away:
            said.append(str(away))
        time.sleep(0.15)
    return said


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("silent from the start", "does not answer"),
        ("full", "throttled"),
        ("throttled at the door", "throttled"),
        ("throttled", "throttled"),
        ("hangs up in its answer to the password", "something unexpected"),
        ("a length too long", "does not answer"),
        ("no such folder", "no such folder in this mailbox"),
    ],
)
def test_trouble_that_passes_is_told_in_words_and_the_next_look_takes_everything_in(
    scripted: Opened, ledger: Any, read_all: Any, fault: str, words: str
) -> None:
    server, inbox = scripted(once=fault)
    said = looks(inbox, ledger, read_all)
    assert sorted(ledger.contents) == [FIRST, SECOND]
    assert not server.once
    assert all(words in one for one in said)


@pytest.mark.parametrize(
    "fault", ["hangs in the middle", "hangs up in the middle", "a length too short", "drips"]
)
def test_a_batch_that_fails_is_asked_for_one_by_one_in_the_same_look(
    scripted: Opened, ledger: Any, read_all: Any, fault: str
) -> None:
    server, inbox = scripted(once=fault)
    assert looks(inbox, ledger, read_all, 1) == []
    assert not server.once
    assert sorted(ledger.contents) == [FIRST, SECOND]
    assert ledger.reasons == {}


@pytest.mark.parametrize("fault", ["hangs in the middle", "hangs up in the middle", "drips"])
def test_a_server_that_never_gives_a_body_leaves_a_reason_in_the_ledger(
    scripted: Opened, ledger: Any, read_all: Any, fault: str
) -> None:
    _, inbox = scripted(fault)
    looks(inbox, ledger, read_all, 10)
    assert len(ledger.contents) == 2
    assert set(ledger.reasons.values()) == {
        "the mail server could not send its content; open the message in the mailbox itself"
    }


@pytest.mark.parametrize(
    "faults",
    [
        ["a size of nothing"],
        ["a size too small"],
        ["a size too large"],
        ["a size too large", "knows no slices"],
    ],
)
def test_a_size_is_only_a_hint(scripted: Opened, ledger: Any, read_all: Any, faults: list[str]) -> None:
    _, inbox = scripted(*faults)
    assert looks(inbox, ledger, read_all, 1) == []
    assert ledger.contents == [FIRST, SECOND]


def test_an_answer_of_nonsense_about_one_message_keeps_nobody_out(
    scripted: Opened, ledger: Any, read_all: Any
) -> None:
    _, inbox = scripted("brackets for 5")
    looks(inbox, ledger, read_all, 5)
    assert FIRST in ledger.contents
    assert list(ledger.reasons.values()) == [
        "the mail server could not send its content; open the message in the mailbox itself"
    ]


def test_a_body_of_nothing_is_told_and_the_others_are_read(
    scripted: Opened, ledger: Any, read_all: Any
) -> None:
    _, inbox = scripted("no content for 4")
    assert looks(inbox, ledger, read_all, 1) == []
    assert len(ledger.contents) == 2
    assert ledger.reasons == {
        0: "the mail server gives no content for it; open the message in the mailbox itself"
    }


def test_a_message_left_out_of_every_answer_is_told(scripted: Opened, ledger: Any, read_all: Any) -> None:
    _, inbox = scripted("leaves out 5")
    looks(inbox, ledger, read_all, 1)
    assert FIRST in ledger.contents
    assert "gives no content" in ledger.reasons[1]


def test_a_server_that_sends_without_end_is_stopped(
    scripted: Opened, ledger: Any, read_all: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "MOST_SLICES", 3)
    monkeypatch.setattr(imap_fetch, "SLICE_BYTES", 50)
    server, inbox = scripted("a size too large")
    server.messages[6] = FIRST + b"x" * 1000
    looks(inbox, ledger, read_all, 1)
    assert ledger.contents[:2] == [FIRST, SECOND]
    assert "sends more than 150 MB" in ledger.reasons[2]


def test_the_folders_of_rest_are_made_and_made_again(scripted: Opened, ledger: Any, read_all: Any) -> None:
    server, inbox = scripted()
    looks(inbox, ledger, read_all, 1)
    assert server.moved == {4: "Filed", 5: "Filed"}
    server.folders = {"INBOX", "Filed 2025"}  # somebody renamed it
    server.messages[6] = LETTER % 3
    looks(inbox, ledger, read_all, 1)
    assert server.moved[6] == "Filed"


def test_where_moving_is_refused_mail_is_copied_and_only_its_own_copies_expunged(
    scripted: Opened, ledger: Any, read_all: Any
) -> None:
    server, inbox = scripted("refuses to move")
    looks(inbox, ledger, read_all, 1)
    assert server.moved == {4: "Filed", 5: "Filed"}
    assert any(command.endswith(b"UID EXPUNGE 4,5") for command in server.heard)
    assert not any(command.endswith(b" EXPUNGE") for command in server.heard)


def test_where_nothing_may_be_moved_every_message_is_taken_in_once_and_nobody_is_asked_for_ever(
    scripted: Opened, ledger: Any, read_all: Any
) -> None:
    server, inbox = scripted("refuses to move", "refuses to copy")
    assert looks(inbox, ledger, read_all, 3) == []
    assert len(ledger.intakes) == 2
    assert sum(b"UID COPY" in command for command in server.heard) == 1


def test_where_idle_is_refused_the_mailbox_is_polled(scripted: Opened) -> None:
    server, inbox = scripted("refuses IDLE")
    assert [inbox.wait(0.01, lambda: True) for _ in range(3)] == [False, False, False]
    assert sum(command.endswith(b" IDLE") for command in server.heard) == 1


def test_where_idle_is_missing_the_mailbox_is_polled(scripted: Opened) -> None:
    server, inbox = scripted(capabilities=b"IMAP4rev1")
    assert inbox.wait(0.01, lambda: True) is False
    assert not any(b"IDLE" in command for command in server.heard)


@pytest.mark.parametrize(
    ("fault", "words"), [("drops IDLE", "broke off"), ("deaf while idle", "does not answer")]
)
def test_a_line_that_dies_while_listening_is_noticed(
    scripted: Opened, ledger: Any, read_all: Any, fault: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "IDLE_SECONDS", 0.1)
    _, inbox = scripted(once=fault)
    with pytest.raises(MailboxAway, match=words):
        inbox.wait(60, lambda: True)
    assert looks(inbox, ledger, read_all)[1:] == []
    assert len(ledger.intakes) == 2


def test_listening_lasts_longer_each_time_nothing_comes(
    scripted: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = iter([False] * 11 + [True, False])
    lasted: list[float] = []
    monkeypatch.setattr(imap, "listen", lambda _, seconds, go_on: lasted.append(seconds) or next(told))
    _, inbox = scripted()
    heard = [inbox.wait(60, lambda: True) for _ in range(13)]
    assert lasted == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 1]
    assert heard == [False] * 11 + [True, False]


def test_a_wrong_password_is_not_tried_again_at_once(scripted: Opened, ledger: Any, read_all: Any) -> None:
    server, inbox = scripted(once="wrong password")
    said = looks(inbox, ledger, read_all)
    assert len(said) == 4
    assert all("check user name and password" in one for one in said)
    assert sum(b"LOGIN" in command for command in server.heard) == 1


def test_no_password_is_sent_in_the_clear_to_another_machine(scripted: Opened) -> None:
    server, _ = scripted(address="127.0.0.2")  # this machine, by an address it does not know itself by
    with pytest.raises(MailboxAway, match="never sent in the clear"):
        list(Imap(Account("127.0.0.2", server.port, "office", "x", encrypted=False)).waiting())
    assert not any(b"LOGIN" in command for command in server.heard)

"""A real Dovecot as the mailbox, and servers that misbehave."""

from __future__ import annotations

import contextlib
import itertools
import random
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from mail_intake import imap
from mail_intake.imap import Imap
from mail_intake.imap_line import Account
from mail_intake.mailbox import MailboxAway, open_mailbox
from mail_intake.poller import poll
from mail_intake.registry import Arrived
from tests.services.dovecot import PASSWORD, Dovecot

Mail = Callable[..., EmailMessage]
NUMBERS = itertools.count()


def always() -> bool:
    return True


@pytest.fixture
def account() -> str:
    """An empty mailbox of its own for each test."""
    return f"office{next(NUMBERS)}"


@pytest.fixture
def inbox(dovecot: Dovecot, account: str) -> Any:
    opened = open_mailbox(dovecot.url(account), PASSWORD)
    yield opened
    opened.close()


def looked_at(dovecot: Dovecot, account: str, folder: str = "INBOX") -> IMAPClient:
    client = IMAPClient("127.0.0.1", dovecot.port, ssl=False)
    client.login(account, PASSWORD)
    client.select_folder(folder)
    return client


def count(dovecot: Dovecot, account: str, folder: str) -> int:
    with looked_at(dovecot, account, folder) as client:
        return len(client.search("ALL"))


@pytest.mark.tor("B.3")
def test_mail_is_taken_in_and_moved_to_its_folder(
    dovecot: Dovecot, account: str, inbox: Imap, ledger: Any, read_all: Any, mail: Mail
) -> None:
    dovecot.deliver(account, mail("", ("referral.txt", b"REFERRAL")).as_bytes())
    dovecot.deliver(account, mail("Please ring.").as_bytes())
    tally = poll(inbox, ledger, read_all)
    assert (tally.met, tally.filed, tally.to_sort) == (2, 1, 1)
    assert [count(dovecot, account, folder) for folder in ("INBOX", "Filed", "To sort")] == [0, 1, 1]
    assert poll(inbox, ledger, read_all).met == 0


@pytest.mark.tor("B.3")
def test_mail_somebody_has_read_already_is_taken_in_all_the_same(
    dovecot: Dovecot, account: str, inbox: Imap, ledger: Any, read_all: Any, mail: Mail
) -> None:
    dovecot.deliver(account, mail("REFERRAL").as_bytes())
    with looked_at(dovecot, account) as client:
        client.add_flags(client.search("ALL"), [b"\\Seen"])
    assert poll(inbox, ledger, read_all).filed == 1


def test_taking_in_does_not_mark_as_read(dovecot: Dovecot, account: str, inbox: Imap, mail: Mail) -> None:
    dovecot.deliver(account, mail("REFERRAL").as_bytes())
    (waiting,) = inbox.waiting()
    assert waiting.read().endswith(b"REFERRAL\r\n")
    assert waiting.arrived_at is not None
    assert waiting.arrived_at.tzinfo is not None
    with looked_at(dovecot, account) as client:
        assert client.search("SEEN") == []


@pytest.mark.tor("B.3")
def test_a_rebuilt_mailbox_makes_no_second_case(
    dovecot: Dovecot, account: str, inbox: Imap, ledger: Any, read_all: Any, mail: Mail
) -> None:
    dovecot.deliver(account, mail("REFERRAL").as_bytes())
    (waiting,) = inbox.waiting()
    ledger.keep([Arrived(waiting, waiting.read())])
    poll(DeafTo(inbox), ledger, read_all)
    dovecot.renumber(account)
    inbox.close()
    tally = poll(inbox, ledger, read_all)
    assert (tally.met, tally.repeated, tally.filed) == (1, 1, 0)
    assert len(ledger.intakes) == 1


def test_mail_that_comes_on_an_open_line_is_seen_at_the_very_next_look(
    dovecot: Dovecot, account: str, inbox: Imap, ledger: Any, read_all: Any, mail: Mail
) -> None:
    for number in range(3):
        dovecot.deliver(account, mail(f"REFERRAL {number}").as_bytes())
        assert poll(inbox, ledger, read_all).filed == 1


def test_many_messages_come_in_batches_and_each_once(
    dovecot: Dovecot, account: str, inbox: Imap, ledger: Any, read_all: Any, mail: Mail
) -> None:
    for number in range(120):
        dovecot.deliver(account, mail(f"REFERRAL {number}").as_bytes())
    assert poll(inbox, ledger, read_all).filed == 120
    assert count(dovecot, account, "Filed") == 120


def test_a_server_that_restarts_is_found_again(
    dovecot: Dovecot, account: str, inbox: Imap, ledger: Any, read_all: Any, mail: Mail
) -> None:
    assert poll(inbox, ledger, read_all).met == 0
    dovecot.crash()
    with pytest.raises(MailboxAway, match=r"tried again by itself|Nothing listens"):
        poll(inbox, ledger, read_all)
    dovecot.start()
    dovecot.deliver(account, mail("REFERRAL").as_bytes())
    time.sleep(1.1)  # the first pause is at most a second
    assert poll(inbox, ledger, read_all).filed == 1


def test_idle_tells_of_new_mail(dovecot: Dovecot, account: str, inbox: Imap, mail: Mail) -> None:
    assert list(inbox.waiting()) == []
    dovecot.deliver(account, mail("REFERRAL").as_bytes())
    assert inbox.wait(60, go_on=always) is True
    assert len(list(inbox.waiting())) == 1
    later = threading.Timer(0.3, dovecot.deliver, (account, mail("REFERRAL again").as_bytes()))
    later.start()
    assert inbox.wait(60, go_on=always) is True
    assert len(list(inbox.waiting())) == 2


def test_idle_is_issued_anew_after_a_while(
    dovecot: Dovecot, account: str, inbox: Imap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "IDLE_SECONDS", 0.2)
    assert [inbox.wait(60, go_on=always) for _ in range(3)] == [False, False, False]


def test_listening_ends_when_the_worker_is_told_to_stop(dovecot: Dovecot, account: str, inbox: Imap) -> None:
    answers = iter([True, False])
    assert inbox.wait(60, go_on=lambda: next(answers)) is False


def test_a_line_that_drops_while_listening_is_noticed(dovecot: Dovecot, account: str, inbox: Imap) -> None:
    assert list(inbox.waiting()) == []
    later = threading.Timer(0.3, dovecot.crash)
    later.start()
    with pytest.raises(MailboxAway, match="broke off"):
        inbox.wait(60, go_on=always)
    dovecot.start()


def test_a_large_message_comes_slice_by_slice_and_whole(
    dovecot: Dovecot, account: str, inbox: Imap, ledger: Any, read_all: Any, mail: Mail
) -> None:
    large = mail("REFERRAL", ("scan.pdf", random.Random(1).randbytes(9_000_000))).as_bytes(policy=SMTP)
    dovecot.deliver(account, large)
    assert poll(inbox, ledger, read_all).filed == 1
    assert ledger.contents == [large]


def test_a_wrong_password_is_told_in_words_and_not_hammered(dovecot: Dovecot, account: str) -> None:
    inbox = open_mailbox(dovecot.url(account), "not the password")
    with pytest.raises(MailboxAway, match="check user name and password"):
        list(inbox.waiting())
    with pytest.raises(MailboxAway, match="tried again in a while"):
        list(inbox.waiting())


def test_nobody_there_is_told_in_words() -> None:
    with pytest.raises(MailboxAway, match="Nothing listens at that address"):
        list(open_mailbox("imap://user@127.0.0.1:9/INBOX", "x").waiting())


class DeafTo:
    """The mailbox without its wishes to settle."""

    def __init__(self, inbox: Imap) -> None:
        self.inbox, self.name = inbox, inbox.name
        self.waiting, self.lay_to_rest, self.close = inbox.waiting, inbox.lay_to_rest, inbox.close

    def settle(self, handle: str, folder: str) -> None:
        pass


class Server:
    """A server that answers as told: messages by UID, and what goes wrong with them."""

    def __init__(self, messages: dict[int, bytes | None], **wrong: Any) -> None:
        self.messages = messages
        self.poison = wrong.get("poison", frozenset())
        self.omits = wrong.get("omits", frozenset())
        self.can = wrong.get("can", frozenset({"MOVE"}))
        self.arrived, self.uidvalidity = MONDAY, 7
        self.done: list[tuple[str, list[int]]] = []
        self.fetched: list[list[int]] = []

    def __call__(self, account: Account) -> Any:
        return self

    def noop(self) -> tuple[bytes, list[Any]]:
        return b"OK", []

    def select_folder(self, folder: str) -> dict[bytes, int]:
        return {b"UIDVALIDITY": self.uidvalidity}

    def search(self, criteria: str) -> list[int]:
        return list(self.messages)

    def has_capability(self, name: str) -> bool:
        return name in self.can

    def folder_exists(self, name: str) -> bool:
        return True

    def socket(self) -> Any:
        return None

    def fetch(self, uids: list[int], what: list[str]) -> dict[int, dict[bytes, Any]]:
        if len(",".join(map(str, uids))) > 8000:  # as Dovecot does, from 64 kB on
            raise IMAPClientError("FETCH command error: BAD [b'Too long argument']")
        if what == ["BODY.PEEK[]"]:
            self.fetched.append(list(uids))
            if self.poison & set(uids):
                raise IMAPClientError("the line dropped in the middle of a message")
            return {u: {b"BODY[]": self.messages[u]} for u in uids if len(uids) == 1 or u not in self.omits}
        return {
            uid: {b"RFC822.SIZE": len(self.messages[uid] or b""), b"INTERNALDATE": self.arrived}
            for uid in uids
        }

    def move(self, uids: list[int], folder: str) -> None:
        self.done.append((f"move {folder}", uids))

    def copy(self, uids: list[int], folder: str) -> None:
        self.done.append((f"copy {folder}", uids))

    def delete_messages(self, uids: list[int], silent: bool) -> None:
        self.done.append(("delete", uids))

    def uid_expunge(self, uids: list[int]) -> None:
        self.done.append(("uid expunge", uids))

    def shutdown(self) -> None:
        pass


MONDAY = datetime(2026, 11, 23, 9, 30)
LETTER = b"Subject: x\r\n\r\nREFERRAL %d\r\n"


def made(server: Server) -> Imap:
    seconds = itertools.count(step=1000)
    return Imap(Account("mail.example", 993, "office", "x"), server, lambda: float(next(seconds)))


def test_one_message_the_server_chokes_on_keeps_nobody_out(ledger: Any, read_all: Any) -> None:
    server = Server({uid: LETTER % uid for uid in (1, 2, 3)}, poison={2})
    inbox = made(server)
    for _ in range(3):
        with contextlib.suppress(MailboxAway):
            poll(inbox, ledger, read_all)
    assert len(ledger.contents) == 3
    assert list(ledger.reasons.values()) == [
        "the mail server could not send its content; open the message in the mailbox itself"
    ]


def test_a_number_given_out_again_by_a_server_put_back_from_a_backup_is_another_message(
    ledger: Any, read_all: Any
) -> None:
    server = Server({4: LETTER % 4})
    poll(made(server), ledger, read_all)
    server.messages, server.arrived = {4: LETTER % 5}, MONDAY + timedelta(seconds=1)
    assert [poll(made(server), ledger, read_all).met for _ in range(2)] == [1, 0]
    assert ledger.contents == [LETTER % 4, LETTER % 5]


def test_what_was_settled_before_the_mailbox_was_numbered_anew_moves_no_other_message() -> None:
    server = Server({1: LETTER % 1})
    inbox = made(server)
    for one in inbox.waiting():
        inbox.settle(one.handle, "Filed")
    server.uidvalidity = 8
    list(inbox.waiting())
    inbox.lay_to_rest()
    assert server.done == []


def test_a_mailbox_of_thousands_is_listed_in_commands_that_a_server_takes() -> None:
    """A server may number messages up to 4,294,967,295 and need take no longer command than 8,192 bytes."""
    numbers = range(4_000_000_000, 4_000_001_200)
    server = Server({uid: LETTER % uid for uid in numbers})
    assert [one.uid for one in made(server).waiting()] == list(numbers)
    assert sorted(uid for some in server.fetched for uid in some) == list(numbers)


def test_a_message_left_out_of_an_answer_is_asked_for_again(ledger: Any, read_all: Any) -> None:
    server = Server({1: LETTER % 1, 2: LETTER % 2}, omits={2})
    assert poll(made(server), ledger, read_all).met == 2
    assert server.fetched == [[1, 2], [2]]


def test_a_message_without_content_is_shown_to_a_person(ledger: Any, read_all: Any) -> None:
    server = Server({1: None})
    assert poll(made(server), ledger, read_all).failed == 1
    assert "gives no content" in ledger.reasons[0]
    assert server.done == [("move Failed", [1])]


@pytest.mark.parametrize(
    ("can", "done"),
    [
        ({"MOVE"}, ["move To sort"]),
        ({"UIDPLUS"}, ["copy To sort", "delete", "uid expunge"]),
        (set(), []),
    ],
)
def test_mail_is_moved_as_far_as_the_server_can_without_harm(
    can: set[str], done: list[str], ledger: Any, read_all: Any
) -> None:
    server = Server({1: b"Subject: x\r\n\r\nhello"}, can=can)
    poll(made(server), ledger, read_all)
    assert [what for what, _ in server.done] == done

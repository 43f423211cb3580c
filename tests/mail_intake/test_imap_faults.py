"""Servers that hang, lie or hang up: the poller says so in words, and goes on at the next look."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mail_intake import imap_line
from mail_intake.imap import Imap
from mail_intake.imap_line import Account
from mail_intake.poller import poll
from mail_intake.source import MailboxAway

LETTER = b"From: records@probation.example\r\nSubject: x\r\n\r\nREFERRAL\r\n"


class Scripted:
    """An IMAP server of one thread that knows enough to be read from, and misbehaves once as told."""

    def __init__(self, fault: str) -> None:
        self.fault: str = fault
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as heard:
            if self._strikes("silent from the start"):
                time.sleep(2)
                return
            line.sendall(b"* OK [CAPABILITY IMAP4rev1 MOVE] ready\r\n")
            for command in heard:
                tag, verb = command.split()[0], b" ".join(command.split()[1:])
                answer = self._answer(tag, verb.upper())
                if answer is None:
                    return
                line.sendall(answer)

    def _strikes(self, fault: str) -> bool:
        """Whether the fault is this one; each strikes once, then the server behaves."""
        if self.fault == fault:
            self.fault = ""
            return True
        return False

    def _answer(self, tag: bytes, verb: bytes) -> bytes | None:
        ok = tag + b" OK done\r\n"
        if verb.startswith(b"CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1 MOVE\r\n" + ok
        if verb.startswith(b"SELECT"):
            return b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n" + ok
        if verb.startswith(b"UID SEARCH"):
            if self._strikes("throttled"):
                return (
                    tag
                    + b" NO [UNAVAILABLE] Request is throttled. Suggested Backoff Time: 100 milliseconds\r\n"
                )
            return b"* SEARCH 4\r\n" + ok
        if b"RFC822.SIZE" in verb:
            size = 5 if self._strikes("a wrong size") else len(LETTER)
            return (
                b'* 1 FETCH (UID 4 RFC822.SIZE %d INTERNALDATE "23-Nov-2026 09:30:00 +0000")\r\n' % size + ok
            )
        if b"BODY.PEEK" in verb:
            return self._body(ok)
        if verb.startswith(b"UID MOVE") and self._strikes("no moving"):
            return tag + b" NO not today\r\n"
        return ok

    def _body(self, ok: bytes) -> bytes | None:
        if self._strikes("hangs in the middle"):
            time.sleep(2)
            return None
        if self._strikes("hangs up in the middle"):
            return None
        length = len(LETTER) + 10 * self._strikes("a length that is too long")
        return b"* 1 FETCH (UID 4 BODY[] {%d}\r\n%s)\r\n" % (length, LETTER) + ok


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], tuple[Scripted, Imap]]]:
    monkeypatch.setattr(imap_line, "CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(imap_line, "READ_SECONDS", 0.5)
    monkeypatch.setattr(imap_line, "FIRST_PAUSE", 0.01)
    made: list[Scripted] = []

    def make(fault: str) -> tuple[Scripted, Imap]:
        made.append(Scripted(fault))
        account = Account("127.0.0.1", made[-1].port, "office", "x", encrypted=False)
        return made[-1], Imap(account)

    yield make
    for server in made:
        server.listener.close()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("silent from the start", "does not answer"),
        ("throttled", "throttled"),
        ("hangs in the middle", "does not answer"),
        ("hangs up in the middle", "cannot be read just now"),
        ("a length that is too long", "cannot be read just now"),
    ],
)
def test_a_server_in_trouble_is_told_in_words_and_read_at_the_next_look(
    scripted: Any, ledger: Any, read: Any, fault: str, words: str
) -> None:
    _, inbox = scripted(fault)
    with pytest.raises(MailboxAway, match=words):
        poll(inbox, ledger, read)
    assert ledger.contents == []
    time.sleep(0.15)
    assert poll(inbox, ledger, read).filed == 1
    assert ledger.contents == [LETTER]


def test_a_wrong_size_is_only_a_hint(scripted: Any, ledger: Any, read: Any) -> None:
    _, inbox = scripted("a wrong size")
    assert poll(inbox, ledger, read).filed == 1
    assert ledger.contents == [LETTER]


def test_a_refused_move_loses_nothing_and_files_nothing_twice(scripted: Any, ledger: Any, read: Any) -> None:
    _, inbox = scripted("no moving")
    with pytest.raises(MailboxAway, match="not today"):
        poll(inbox, ledger, read)
    time.sleep(0.05)
    assert poll(inbox, ledger, read).met == 0
    assert len(ledger.intakes) == 1

"""From the mailbox to the ledger: everything kept, filed once, and laid to rest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from mail_intake.maildir import Maildir
from mail_intake.matching import Intake
from mail_intake.poller import poll
from mail_intake.registry import Arrived, Kept
from mail_intake.source import Folder, MailboxAway, Met, Waiting, nothing_met

Mail = Callable[..., EmailMessage]


@pytest.fixture
def inbox(tmp_path: Path) -> Maildir:
    return Maildir(tmp_path / "in", pause=lambda seconds: None)


def deliver(inbox: Maildir, name: str, letter: EmailMessage | bytes) -> None:
    raw = letter if isinstance(letter, bytes) else letter.as_bytes()
    (inbox.path / "new" / name).write_bytes(raw)


def resting(inbox: Maildir, folder: str) -> int:
    return len(list((inbox.path / f".{folder}" / "cur").iterdir()))


@pytest.mark.tor("B.3")
def test_each_message_is_kept_filed_and_laid_to_rest(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail
) -> None:
    deliver(inbox, "1", mail("", ("referral.txt", b"REFERRAL")))
    deliver(inbox, "2", mail("Could somebody ring me?"))
    deliver(inbox, "3", mail("Away.", Auto_Submitted="auto-replied"))
    tally = poll(inbox, ledger, read_all)
    assert (tally.met, tally.filed, tally.to_sort, tally.repeated, tally.failed) == (3, 2, 1, 0, 0)
    assert sorted(intake.outcome for intake in ledger.intakes.values()) == [
        "auto_reply",
        "referral",
        "to_sort",
    ]
    assert (resting(inbox, "Filed"), resting(inbox, "To sort")) == (2, 1)
    assert poll(inbox, ledger, read_all).met == 0


@pytest.mark.tor("B.3")
def test_the_same_message_twice_makes_one_case(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail
) -> None:
    letter = mail("", ("referral.txt", b"REFERRAL"), Message_ID="<one@agency.example>").as_bytes()
    deliver(inbox, "1", letter)
    deliver(inbox, "2", letter)
    tally = poll(inbox, ledger, read_all)
    assert (tally.met, tally.filed, tally.repeated) == (2, 1, 1)
    assert len(ledger.rows) == 2
    assert len(ledger.intakes) == 1


def test_the_same_message_id_with_other_words_is_a_second_message(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail
) -> None:
    deliver(inbox, "1", mail("REFERRAL one", Message_ID="<same@scanner.example>"))
    deliver(inbox, "2", mail("REFERRAL two", Message_ID="<same@scanner.example>"))
    assert poll(inbox, ledger, read_all).filed == 2


def test_one_bad_message_stops_nothing(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail, caplog: pytest.LogCaptureFixture
) -> None:
    deliver(inbox, "1", mail("", ("form.txt", b"BURST")))
    deliver(inbox, "2", mail("REFERRAL"))
    deliver(inbox, "3", b"\xff\x00 no message at all")
    with caplog.at_level(logging.CRITICAL):
        tally = poll(inbox, ledger, read_all)
    assert (tally.met, tally.filed, tally.to_sort, tally.failed) == (3, 1, 1, 1)
    assert resting(inbox, "Failed") == 1
    assert list(ledger.reasons.values()) == [
        "the message could not be filed (RuntimeError); the original is kept"
    ]


@pytest.mark.tor("B.3")
def test_a_crash_between_keeping_and_filing_is_made_good(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail
) -> None:
    deliver(inbox, "1", mail("", ("referral.txt", b"REFERRAL")))
    (waiting,) = inbox.waiting()
    ledger.keep([Arrived(waiting, waiting.read())])
    tally = poll(inbox, ledger, read_all)
    assert (tally.met, tally.filed) == (0, 1)
    assert resting(inbox, "Filed") == 1


def test_who_is_told_to_stop_finishes_what_is_under_way_and_leaves_the_rest_for_the_next_look(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mail_intake.arriving.BATCH_MESSAGES", 1)
    for number in range(5):
        deliver(inbox, str(number), mail(f"REFERRAL {number}"))
    answers = iter([True, True])
    assert poll(inbox, ledger, read_all, go_on=lambda: next(answers, False)).filed == 2
    assert (len(ledger.contents), resting(inbox, "Filed")) == (2, 2)
    assert poll(inbox, ledger, read_all).filed == 3


def test_the_next_message_is_fetched_and_kept_while_the_last_is_filed(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mail_intake.arriving.BATCH_MESSAGES", 1)
    for number in range(3):
        deliver(inbox, str(number), mail(f"REFERRAL {number}"))
    begun_before: list[bool] = []
    keep, known, file_begun = ledger.keep, ledger.known, Event()

    def keeping(arrived: Sequence[Arrived]) -> dict[str, Kept]:
        if len(ledger.contents) == 2:
            begun_before.append(file_begun.wait(10))
        return keep(arrived)  # type: ignore[no-any-return]

    def filing(clues: Any) -> Any:
        file_begun.set()
        return known(clues)

    monkeypatch.setattr(ledger, "keep", keeping)
    monkeypatch.setattr(ledger, "known", filing)
    assert poll(inbox, ledger, read_all).filed == 3
    assert begun_before == [True]


def test_a_crash_between_filing_and_settling_is_made_good(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail
) -> None:
    deliver(inbox, "1", mail("REFERRAL"))
    poll(StuckMailbox(inbox), ledger, read_all)
    assert resting(inbox, "Filed") == 0
    tally = poll(inbox, ledger, read_all)
    assert (tally.met, tally.filed, resting(inbox, "Filed")) == (0, 0, 1)


def test_a_message_the_registry_cannot_keep_stays_in_the_mailbox(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(arrived: Sequence[Arrived]) -> dict[str, Kept]:
        raise OSError("disk full")

    deliver(inbox, "1", mail("REFERRAL"))
    with monkeypatch.context() as broken:
        broken.setattr(ledger, "keep", full)
        assert poll(inbox, ledger, read_all).failed == 1
    assert poll(inbox, ledger, read_all).filed == 1


def test_a_mailbox_that_goes_away_keeps_what_was_taken_in(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail
) -> None:
    deliver(inbox, "1", mail("REFERRAL"))
    with pytest.raises(MailboxAway):
        poll(FallingMailbox(inbox), ledger, read_all)
    assert [intake.outcome for intake in ledger.intakes.values()] == ["referral"]


def test_the_log_names_no_subject_and_no_sender(
    inbox: Maildir, ledger: Any, read_all: Any, mail: Mail, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(understood: Sequence[tuple[Kept, Intake]]) -> None:
        raise ValueError("it cannot be filed")

    ledger.file = refuse
    deliver(
        inbox,
        "1",
        mail("REFERRAL of Zebedee Canary", subject="Zebedee Canary", sender="zebedee@canary.example"),
    )
    with caplog.at_level(logging.DEBUG):
        poll(inbox, ledger, read_all)
    assert "anary" not in caplog.text.replace("test_poller", "")


class StuckMailbox:
    """A mailbox that forgets every wish to settle, as a killed worker does."""

    def __init__(self, inbox: Maildir) -> None:
        self.inbox, self.name = inbox, inbox.name

    def waiting(self, met: Met = nothing_met) -> Iterator[Waiting]:
        return self.inbox.waiting(met)

    def settle(self, handle: str, folder: Folder) -> None:
        pass

    def lay_to_rest(self) -> None:
        pass

    def close(self) -> None:
        pass


class FallingMailbox(StuckMailbox):
    """A mailbox whose line drops after the first message."""

    def waiting(self, met: Met = nothing_met) -> Iterator[Waiting]:
        yield from self.inbox.waiting(met)
        raise MailboxAway("the line dropped")

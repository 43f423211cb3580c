"""A folder as a mailbox: delivered by a program, or dropped in by hand."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from mail_intake.mailbox import MailboxAway, MessageGone, open_mailbox
from mail_intake.maildir import Maildir

LETTER = b"Subject: a letter\r\n\r\nGood morning.\r\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Maildir:
    return Maildir(tmp_path / "in")


def test_the_folder_is_made_with_its_resting_places(tmp_path: Path) -> None:
    inbox = open_mailbox(f"maildir:{tmp_path}/deep/in")
    assert inbox.name == f"maildir:{tmp_path}/deep/in"
    made = {path.name for path in (tmp_path / "deep" / "in").iterdir()}
    assert made == {"new", "cur", "tmp", ".Filed", ".To sort", ".Failed"}


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("a file stands in the way")
    with pytest.raises(MailboxAway, match="cannot be made"):
        open_mailbox(f"maildir:{tmp_path}/in")


@pytest.mark.parametrize("place", ["new/1.host", "cur/1.host:2,S", "letter.eml"])
def test_mail_is_met_wherever_it_lies_and_settled_once(inbox: Maildir, place: str) -> None:
    (inbox.path / place).write_bytes(LETTER)
    (waiting,) = inbox.waiting()
    assert waiting.read() == LETTER
    assert waiting.arrived_at is not None
    inbox.settle(waiting.handle, "Filed")
    assert list(inbox.waiting()) == []
    (filed,) = (inbox.path / ".Filed" / "cur").iterdir()
    assert filed.read_bytes() == LETTER


def test_a_message_somebody_has_read_meanwhile_is_still_the_same(inbox: Maildir) -> None:
    (inbox.path / "new" / "1.host").write_bytes(LETTER)
    (waiting,) = inbox.waiting()
    (inbox.path / "new" / "1.host").rename(inbox.path / "cur" / "1.host:2,RS")
    inbox.settle(waiting.handle, "To sort")
    assert list(inbox.waiting()) == []
    assert len(list((inbox.path / ".To sort" / "cur").iterdir())) == 1


def test_settling_never_overwrites_a_message_of_the_same_name(inbox: Maildir) -> None:
    for content in (b"first", b"second", b"third"):
        (inbox.path / "letter [1].eml").write_bytes(content)
        (waiting,) = inbox.waiting()
        inbox.settle(waiting.handle, "Filed")
    kept = {path.read_bytes() for path in (inbox.path / ".Filed" / "cur").iterdir()}
    assert kept == {b"first", b"second", b"third"}


def test_settling_what_is_gone_is_no_trouble(inbox: Maildir) -> None:
    inbox.settle("no-such-message", "Filed")
    (inbox.path / "new" / "1.host").write_bytes(LETTER)
    (waiting,) = inbox.waiting()
    (inbox.path / "new" / "1.host").unlink()
    with pytest.raises(MessageGone):
        waiting.read()


def test_a_file_still_being_copied_in_waits_until_it_is_whole(tmp_path: Path) -> None:
    letter = tmp_path / "in" / "letter.eml"

    def copying_goes_on(seconds: float) -> None:
        with letter.open("ab") as file:
            file.write(b"more")

    inbox = Maildir(tmp_path / "in", pause=copying_goes_on)
    letter.write_bytes(LETTER)
    assert list(inbox.waiting()) == []
    inbox.pause = lambda seconds: None
    (waiting,) = inbox.waiting()
    assert waiting.read() == LETTER + b"more"


def test_messages_are_met_in_the_order_they_came(inbox: Maildir) -> None:
    for number in (3, 1, 2):
        path = inbox.path / "new" / f"{number}.host"
        path.write_bytes(LETTER)

        os.utime(path, (number, number))
    assert [waiting.handle.partition("@")[0] for waiting in inbox.waiting()] == ["1.host", "2.host", "3.host"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "maildir:",
        "pop3://a@b.example",
        "imaps://mail.example",
        "imaps://user@:993",
        "imap://u@h:99999/INBOX",
    ],
)
def test_an_address_that_is_none_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ValueError, match=r"write for example|not a number"):
        open_mailbox(url)


def test_another_message_dropped_under_a_name_used_before_is_a_message_of_its_own(tmp_path: Path) -> None:
    box = Maildir(tmp_path / "in", pause=lambda _: None)
    handles = []
    for content in (b"Subject: one\r\n\r\n1", b"Subject: two\r\n\r\n2"):
        (tmp_path / "in/referral.eml").write_bytes(content)
        [waiting] = box.waiting()
        handles.append(waiting.handle)
        assert waiting.read() == content
        box.settle(waiting.handle, "Filed")
    assert len(set(handles)) == 2
    assert len(list((tmp_path / "in/.Filed/cur").iterdir())) == 2


def test_a_folder_taken_away_while_running_is_made_again(inbox: Maildir) -> None:
    shutil.rmtree(inbox.path)
    assert list(inbox.waiting()) == []
    (inbox.path / "letter.eml").write_bytes(LETTER)
    (waiting,) = inbox.waiting()
    inbox.settle(waiting.handle, "Filed")
    assert len(list((inbox.path / ".Filed" / "cur").iterdir())) == 1

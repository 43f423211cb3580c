"""The virus scanner: what arrives is held until it was asked, and what it found something in is never opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from jcr.db import Sessions
from jcr.files import service as files
from jcr.files.model import File
from jcr.files.patience import NO_END, REST, TRIES, Patient
from jcr.files.scanning import scan, scan_waiting, scan_with
from jcr.intake.model import Outcome
from jcr.intake.taken_apart import mail_of
from jcr.intake.watching import Heart
from jcr.mailroom.rules import SCANNER
from jcr.mailroom.service import warnings
from jcr.settings import Settings
from jcr.worker import scan_now
from mail_intake.scanning import BARRED, Barred, ScannerAway, ScannerSilent
from tests.conftest import on_one_database
from tests.services.clamd import EICAR, LARGEST, clamd

Write = Callable[..., EmailMessage]


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[str]:
    with clamd(tmp_path) as address:
        yield address


def test_the_scanner_is_asked_over_its_own_protocol(scanner: str, tmp_path: Path) -> None:
    scan(scanner, b"A form.")
    scan(scanner, b"")
    with pytest.raises(Barred, match="found Eicar-Signature in it"):
        scan(scanner, b"x" * 70_000 + EICAR)
    with pytest.raises(Barred, match=r"does not take it .*size limit exceeded"):
        scan(scanner, b"x" * (LARGEST + 1))
    for nobody in (f"unix:{tmp_path}/other", "127.0.0.1:1"):
        with pytest.raises(ScannerAway, match="cannot be reached"):
            scan(nobody, b"A form.")
    scan_with("")(EICAR)


@on_one_database
def test_a_message_with_a_virus_is_kept_on_the_pile_and_never_opened(
    mailroom: Any, write: Write, form: bytes, scanner: str
) -> None:
    opened: list[str] = []
    mailroom.drop(write("See attached.", ("referral.docx", form), ("run.exe", EICAR)))

    def read(name: str, content: bytes) -> Any:
        opened.append(name)

    mailroom.empty(read, scan_with(scanner))
    (row,) = mailroom.rows()
    assert opened == []
    assert (row.outcome, row.waiting, row.sender) == (Outcome.FAILED, True, "")
    assert row.because[0] == f"{BARRED}the virus scanner found Eicar-Signature in it; the original is kept"
    assert mailroom.resting_in("Failed") == 1
    with mailroom.sessions.reading() as session:
        row = session.merge(row)
        assert EICAR[:20] not in mail_of(row).text.encode()
        assert mail_of(row).attachments == ()
        assert row.file.content.count(b"run.exe")
        assert "Eicar" in row.file.infected


@on_one_database
def test_while_the_scanner_is_away_mail_is_kept_and_waits_however_often_the_worker_starts(
    mailroom: Any, write: Write, form: bytes, scanner: str, tmp_path: Path
) -> None:
    mailroom.drop(write("See attached.", ("referral.docx", form)))
    for _ in range(12):
        mailroom.sessions.worker += "x"  # another worker each time: no death is counted
        assert mailroom.empty(scan=scan_with(f"unix:{tmp_path}/nobody")).failed == 1
    (row,) = mailroom.rows()
    assert (row.outcome, row.deaths) == (None, 0)
    mailroom.empty(scan=scan_with(scanner))
    (row,) = mailroom.rows()
    assert row.outcome is not None
    assert row.sender == "rowan.ashdown@health.example"


@on_one_database
def test_one_that_goes_away_in_the_middle_loses_nothing(mailroom: Any, write: Write, scanner: str) -> None:
    def once(content: bytes) -> None:
        if content:
            raise ScannerAway("The virus scanner cannot be reached.")

    mailroom.drop(write("Hello."))
    mailroom.empty(scan=once)
    assert [row.outcome for row in mailroom.rows()] == [None]
    mailroom.empty(scan=scan_with(scanner))
    assert [row.outcome for row in mailroom.rows()] != [None]


def test_files_wait_for_the_scanner_and_the_desk_says_when_it_is_silent(
    sessions: Sessions, settings: Settings, scanner: str, tmp_path: Path, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        files.keep(session, b"A form.", NOW)
        files.keep(session, EICAR, NOW)
    there = settings.model_copy(update={"clamd": scanner})
    away = settings.model_copy(update={"clamd": f"unix:{tmp_path}/nobody"})
    heart = Heart(sessions, SCANNER, lambda: NOW)
    scan_now(away, sessions, heart, NOW)
    with sessions.reading() as session:
        assert [file.scanned_at for file in session.scalars(select(File))] == [None, None]
        later = warnings(session, away, NOW + timedelta(hours=1))
    assert any("The virus scanner has not answered" in one and "held unopened" in one for one in later)
    scan_now(there, sessions, heart, NOW)
    with sessions.reading() as session:
        found = session.scalars(select(File).order_by(File.id)).all()
        assert [(file.scanned_at, bool(file.infected)) for file in found] == [(NOW, False), (NOW, True)]
        assert not any("scanner" in one for one in warnings(session, there, NOW))
    assert scan_waiting(sessions, scan_with(scanner), NOW) == 0


def test_the_office_goes_on_while_the_scanner_takes_its_time(
    sessions: Sessions, tmp_path: Path, NOW: datetime
) -> None:
    written: list[int] = []

    def write() -> None:
        with sessions.transaction() as session:
            written.append(files.keep(session, f"Typed meanwhile {len(written)}".encode(), NOW).id)

    write()
    with clamd(tmp_path, write) as scanner:
        assert scan_waiting(sessions, scan_with(scanner), NOW) == 1
    assert len(written) == 2


def test_a_file_that_goes_while_others_are_looked_at_stops_nothing(
    sessions: Sessions, tmp_path: Path, NOW: datetime
) -> None:
    def destroy_all() -> None:
        with sessions.transaction() as session:
            session.execute(delete(File))

    with sessions.transaction() as session:
        for number in range(2):
            files.keep(session, f"File {number}".encode(), NOW)
    with clamd(tmp_path, destroy_all) as scanner:
        assert scan_waiting(sessions, scan_with(scanner), NOW) == 2


class Asked:
    """A scanner that comes to no end with one file, or with `all`; it remembers what it was asked, and for how long."""

    def __init__(self, all: bool = False) -> None:
        self.all, self.about = all, list[tuple[bytes, float]]()

    def __call__(self, content: bytes, seconds: float) -> None:
        self.about.append((content, seconds))
        if self.all or content == b"endless":
            raise ScannerAway("The virus scanner cannot be reached.") from TimeoutError()


def test_of_a_file_that_silences_the_scanner_it_is_asked_again_later_and_at_last_no_more() -> None:
    now, asked = [0.0], Asked()
    patient = Patient(asked, lambda: now[0])
    for number in range(TRIES - 1):
        for _ in range(2):
            with pytest.raises(ScannerSilent):
                patient(b"endless")
        patient(b"Another form.")
        now[0] += REST * 2**number
    with pytest.raises(Barred, match=NO_END):
        patient(b"endless")
    assert [seconds for content, seconds in asked.about if content == b"endless"] == [20, 150, 150, 150, 150]
    assert asked.about.count((b"Another form.", 20)) == TRIES - 1


def test_a_scanner_that_says_nothing_at_all_is_away_and_no_file_is_to_blame(tmp_path: Path) -> None:
    patient = Patient(Asked(all=True))
    for content in (b"A form.", b""):
        with pytest.raises(ScannerAway, match="cannot be reached") as found:
            patient(content)
        assert not isinstance(found.value, ScannerSilent)
    with clamd(tmp_path, lambda: sleep(0.1)) as slow, pytest.raises(ScannerAway) as found:
        scan(slow, b"A form.", 0.05)
    assert isinstance(found.value.__cause__, TimeoutError)


@on_one_database
def test_a_message_that_silences_the_scanner_holds_up_no_other(
    mailroom: Any, sessions: Sessions, write: Write, NOW: datetime
) -> None:
    def ask(content: bytes) -> None:
        if b"for ever" in content:
            raise ScannerSilent("The virus scanner did not answer about it in time.")

    mailroom.drop(write("It goes on for ever."))
    mailroom.drop(write("Hello.", Subject="Another"))
    mailroom.empty(scan=ask)
    assert sorted(row.outcome is None for row in mailroom.rows()) == [False, True]
    scan_waiting(sessions, ask, NOW)
    with sessions.reading() as session:
        assert [file.scanned_at for file in session.scalars(select(File))].count(None) == 1


@on_one_database
def test_a_file_is_given_out_only_when_the_scanner_found_nothing(
    app: Flask, client: FlaskClient, sign_in: Callable[..., None], partnership: Any, mailroom: Any, write: Write,
    form: bytes, scanner: str, settings: Settings, sessions: Sessions, NOW: datetime,
) -> None:  # fmt: skip
    app.extensions["settings"] = settings.model_copy(update={"clamd": scanner})
    row = mailroom.take_in(write("See attached.", ("referral.docx", form), From="somebody@shelter.example"))
    sign_in(client, partnership.officer)
    original = f"/pile/{row.id}/message.eml"
    answer = client.get(original)
    assert (answer.status_code, "waits for the virus scanner" in answer.text) == (409, True)
    scan_waiting(sessions, scan_with(scanner), NOW)
    assert client.get(original).status_code == 200
    with sessions.transaction() as session:
        session.get_one(File, row.file_id).infected = "the virus scanner found Eicar in it"
    answer = client.get(original)
    assert (answer.status_code, "is kept, and not given out" in answer.text) == (403, True)

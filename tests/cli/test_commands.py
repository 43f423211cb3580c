"""The `jcr` command: what it prints, how it exits, and that no traceback reaches a person."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from jcr import demonstration, migrating
from jcr.cli import main
from jcr.cli.promises import DOCUMENT, register
from jcr.db import Sessions, make_engine
from jcr.meetings.calling import call_business_meeting
from jcr.people.model import Person

COMMANDS = (
    "init", "demo", "run", "serve", "worker", "poll", "read", "explain", "ledger", "blank", "clock", "register",
    "routes", "migrations", "audit", "archive", "check-archive", "destroy", "administrator", "pack", "watch",
)  # fmt: skip
Said = tuple[int, str, str]
Jcr = Callable[..., Said]


@pytest.fixture
def jcr(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Jcr:
    """Runs a command in an empty folder; returns its exit code and what it said on both streams."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Said:
        monkeypatch.setattr("sys.argv", ["jcr", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err

    return run


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that `jcr init` and `jcr demo` make, made once."""
    path = tmp_path_factory.mktemp("demonstrated") / "jcr.db"
    engine = make_engine(f"sqlite:///{path}")
    migrating.upgrade(engine)
    with Sessions(engine).transaction() as session:
        demonstration.fill(session, datetime(2026, 11, 23, 9, tzinfo=UTC))
    engine.dispose()
    return path


@pytest.fixture
def filled(tmp_path: Path, demonstrated: Path) -> None:
    (tmp_path / "var").mkdir()
    shutil.copy(demonstrated, tmp_path / "var")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(jcr: Jcr, command: str) -> None:
    code, said, _ = jcr(command, "--help")
    assert code == 0
    assert said.startswith(f"Usage: jcr {command}")


@pytest.mark.parametrize(
    "words", [("nonsense",), ("blank", "letter"), ("clock", "--on", "tomorrow"), ("read",)]
)
def test_wrong_use_exits_with_two(jcr: Jcr, words: tuple[str, ...]) -> None:
    assert jcr(*words)[0] == 2


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("ledger",), "Run `jcr init` first"),
        (("read", "missing.docx"), "missing.docx: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(jcr: Jcr, words: tuple[str, ...], line: str) -> None:
    code, _, said = jcr(*words)
    assert code == 1
    assert line in said
    assert len(said.strip().splitlines()) == 1


def test_a_port_in_use_is_said_in_one_line(jcr: Jcr, filled: None) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        for command in ("run", "serve"):
            code, _, said = jcr(command, "--port", str(other.getsockname()[1]))
            assert (code, len(said.strip().splitlines())) == (1, 1)
            assert "cannot be used" in said


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("JCR_MAILBOX_URL", "imap://jcr@127.0.0.1:1/INBOX"),
        ("JCR_MAILBOX_URL", "maildir:a-file"),
        ("JCR_DATABASE_URL", "sqlite:///a-file"),
    ],
)
def test_what_cannot_be_reached_is_said_in_one_line(
    jcr: Jcr, filled: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    (tmp_path / "a-file").write_text("in the way")
    monkeypatch.setenv(setting, value)
    code, _, said = jcr("poll", "--once")
    assert (code, len(said.strip().splitlines())) == (1, 1)


def test_letters_are_not_put_into_a_file(
    jcr: Jcr, filled: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").write_text("in the way")
    monkeypatch.setenv("JCR_SMTP_URL", "maildir:a-file")
    code, _, said = jcr("worker")
    assert (code, "it is a file, not a folder" in said) == (1, True)


def test_a_wrong_setting_stops_every_command_with_a_line(jcr: Jcr, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCR_DATABASE_URL", "mysql://somewhere")
    code, _, said = jcr("init")
    assert (code, said.strip()) == (
        1,
        "JCR_DATABASE_URL: write sqlite:///PATH or postgresql://USER@HOST/NAME",
    )


def test_the_database_is_made_once_and_never_changed_again(jcr: Jcr) -> None:
    assert jcr("init")[0] == jcr("demo")[0] == 0
    code, said, _ = jcr("demo")
    assert (code, said.strip()) == (0, "There are people in the database already; nothing was changed.")


def test_a_made_up_referral_goes_from_the_mailbox_to_the_ledger_and_the_clock(jcr: Jcr, filled: None) -> None:
    assert jcr("demo", "send", "referral-text")[0] == 0
    assert "1 met, 1 filed" in jcr("poll", "--once")[1]
    [row] = [json.loads(line) for line in jcr("ledger", "--json")[1].splitlines()]
    assert (row["outcome"], row["because"] != []) == ("referral", True)
    assert row["case"] in jcr("clock")[1]
    form = ("--format", "txt", "-o", "known.txt")
    assert jcr("blank", "referral", "--case", row["case"], *form)[0] == 0
    assert "Morwenna Hartigan" in Path("known.txt").read_text()


def test_the_clock_knows_the_bank_holidays_the_operator_set(
    jcr: Jcr, filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    jcr("demo", "send", "referral-text")
    jcr("poll", "--once")
    before = jcr("clock")[1].splitlines()[0].split()[0]
    monkeypatch.setenv("JCR_ONE_OFF_BANK_HOLIDAYS", before)
    assert jcr("clock")[1].splitlines()[0].split()[0] > before


def test_a_scoping_return_needs_a_request_to_answer(jcr: Jcr, filled: None) -> None:
    code, _, said = jcr("demo", "send", "scoping-return")
    assert (code, "Open scoping on a case first" in said) == (1, True)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--case", "JCR-1999-0001"), "There is no case 'JCR-1999-0001'."),
        (("--case", ""), "There is no case ''. Give a reference such as JCR-2026-0001."),
        (("--agency", ""), "No agency has the code ''."),
        (("-o", "no/such/folder.docx"), "no/such/folder.docx cannot be written: No such file or directory."),
        (("--agency", "nobody"), "No agency has the code 'nobody'. The codes are: "),
        (("--action", "A9"), "There is no action 'A9'."),
    ],
)
def test_a_form_about_nothing_that_is_known_is_refused_in_a_line(
    jcr: Jcr, filled: None, words: tuple[str, str], line: str
) -> None:
    code, _, said = jcr("blank", "action_update", *words)
    assert (code, line in said) == (1, True)


def test_the_ending_of_the_file_says_the_medium_where_nothing_else_does(jcr: Jcr) -> None:
    assert jcr("blank", "paper", "-o", "form.PDF")[0] == 0
    assert Path("form.PDF").read_bytes().startswith(b"%PDF")
    assert jcr("blank", "paper", "-o", "form.txt", "--format", "docx")[0] == 0
    assert Path("form.txt").read_bytes().startswith(b"PK")


def test_a_form_says_which_partnership_sends_it(jcr: Jcr, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCR_PARTNERSHIP", "Fellshire Safeguarding Partnerships")
    assert jcr("blank", "paper", "-o", "form.txt")[0] == 0
    assert "Issued by Fellshire Safeguarding Partnerships\n" in Path("form.txt").read_text("utf-8")
    assert json.loads(jcr("read", "form.txt")[1])["unplaced"] == []


def test_a_form_without_a_file_to_write_is_named_after_what_it_is_about(jcr: Jcr, filled: None) -> None:
    assert jcr("blank", "paper", "--agency", "police", "--format", "pdf")[1] == "Wrote paper-police.pdf\n"
    assert Path("paper-police.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("medium", ["docx", "pdf", "txt"])
def test_a_blank_form_is_written_and_read_back_as_ours(jcr: Jcr, medium: str) -> None:
    name = f"form.{medium}"
    assert jcr("blank", "referral", "--format", medium, "-o", name)[0] == 0
    read = json.loads(jcr("read", name)[1])
    assert (read["file"], read["kind"], read["edition"]) == (name, "referral", 1)
    assert not any(read["fields"].values())


READ = {"file", "kind", "form", "edition", "fields", "rows", "found", "unplaced", "problems", "notes"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Ask the sender to send it again."),
        (bytes(60 << 20), "larger than 25 MB"),
        (bytes(range(256)) * 9, "Ask the sender for a Word (.docx) or PDF version."),
        (b"%PDF-1.7 and no more", "Ask the sender for a Word (.docx) or PDF version."),
        (b"PK\x03\x04 and no more", "Ask the sender for a Word (.docx) or PDF version."),
        (b"Good morning", "does not ask what a referral"),
    ],
)
def test_what_is_no_form_is_told_with_what_to_do(jcr: Jcr, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "odd").write_bytes(content)
    code, out, _ = jcr("read", "odd")
    told = json.loads(out)
    assert (code, told["file"], told["kind"], told["fields"]) == (0, "odd", "other", {})
    assert set(told) >= READ
    assert said in " ".join(told["problems"])


def test_a_file_that_cannot_be_opened_is_told_too_and_the_next_is_read(jcr: Jcr, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    odd = tmp_path / os.fsdecode(b"caf\xe9.txt")
    odd.write_text("Good morning")
    code, out, said = jcr("read", "missing.docx", "folder", "pipe", odd.name)
    told = [json.loads(line) for line in out.splitlines()]
    assert (code, len(said.strip().splitlines())) == (1, 1)
    assert [one["file"] for one in told] == ["missing.docx", "folder", "pipe", "caf?.txt"]
    assert all(set(one) >= READ and one["kind"] == "other" for one in told)
    assert [one["problems"][0].partition(":")[0] for one in told[:3]] == ["The file could not be opened"] * 3
    assert told[3]["unplaced"] == ["Good morning"]


def test_the_register_shows_what_is_kept_and_what_is_open() -> None:
    promises = {promise.id: promise for promise in register()}
    assert {"B.1", "0.4", "7.4", "P.16", "9.7"} <= promises.keys()
    assert promises["7.4"].tests
    rows = [
        line
        for line in DOCUMENT.read_text("utf-8").splitlines()
        if line[2:3] in "0123456789BP" and "." in line[:6]
    ]
    assert len(promises) == len(rows) > 80


def test_every_page_is_listed_with_who_may_open_it(jcr: Jcr) -> None:
    said = jcr("routes")[1]
    assert "NOBODY" not in said
    assert any(line.split()[:3] == ["GET", "/cases/<reference>", "see_cases:"] for line in said.splitlines())


@pytest.mark.parametrize("seals", [[], ["--seals", "seal.txt"]])
def test_the_history_is_verified_and_a_quiet_change_named(jcr: Jcr, filled: None, seals: list[str]) -> None:
    code, sealed, _ = jcr("audit", "seal")
    assert code == 0
    Path("seal.txt").write_text(f"Dear administrator,\n\n{sealed}\n", encoding="utf-8")
    code, said, _ = jcr("audit", "verify", *seals)
    assert code == 0
    assert said.startswith("The history is as it was written: ")
    with sqlite3.connect("var/jcr.db") as database:
        database.execute("DROP TRIGGER entries_no_update")
        database.execute("UPDATE entries SET act = 'did something else' WHERE id = 1")
    code, _, error = jcr("audit", "verify", *seals)
    assert code == 1
    assert error.startswith("Entry 1 of ")


def test_a_guard_taken_off_is_noticed_and_put_on_again(jcr: Jcr, filled: None) -> None:
    with sqlite3.connect("var/jcr.db") as database:
        database.execute("DROP TRIGGER history_links_no_delete")
    code, _, error = jcr("audit", "verify")
    assert code == 1
    assert "The guard was taken off history_links" in error
    assert jcr("init")[0] == 0
    assert jcr("audit", "verify")[0] == 0


def test_the_first_administrator_is_let_in_by_a_link_and_nobody_else_becomes_one(jcr: Jcr) -> None:
    jcr("demo")
    for _ in range(2):  # the second time as somebody who lost password and app
        code, said, _ = jcr("administrator", "it@council.example", "--name", "Ines Calder")
        assert code == 0
        assert re.search(r"^http://127\.0\.0\.1:8000/invitation/\w{48}$", said, re.MULTILINE)
    code, _, said = jcr("administrator", "officer@partnership.example")
    assert code == 1
    assert "somebody else's" in said
    assert jcr("administrator", "nobody")[0] == 1


@pytest.mark.tor("9.1")
@pytest.mark.usefixtures("filled")
def test_a_pack_is_written_for_one_reader_once(jcr: Jcr) -> None:
    assert "sees no meeting 7" in jcr("pack", "7", "--reader", "officer@partnership.example")[2]
    assert "Nobody has the address" in jcr("pack", "1", "--reader", "nobody@partnership.example")[2]
    with Sessions(make_engine("sqlite:///var/jcr.db")).transaction() as session:
        officer = session.scalars(select(Person).where(Person.email.startswith("officer@"))).one()
        at = datetime(2027, 1, 14, 10, tzinfo=UTC)
        made = call_business_meeting(session, at, "Plough Lane", officer.as_actor(), at - timedelta(days=50))
        number = str(made.id)
    written = jcr("pack", number, "--reader", "Officer@partnership.example", "--out", "pack.pdf")
    assert written[:2] == (0, "Wrote pack.pdf\n"), written
    assert Path("pack.pdf").read_bytes().startswith(b"%PDF-")
    assert (
        "pack.pdf" in jcr("pack", number, "--reader", "officer@partnership.example", "--out", "pack.pdf")[2]
    )


def test_the_worker_holds_nothing_in_memory_that_only_pages_or_some_mailboxes_need() -> None:
    told = "import sys, jcr.cli.working; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert not {"flask", "docx", "msal", "google.auth", "requests", "gunicorn"} & set(said.stdout.split())

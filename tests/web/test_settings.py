"""Settings are checked once, at the start, with a line for each mistake."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jcr.settings import SettingsWrong, load

SECRET = "a secret for the tests that is long enough"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JCR_SECRET_KEY", "JCR_ENVIRONMENT", "JCR_DATABASE_URL", "JCR_MAILBOX_URL", "JCR_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)


def test_each_mistake_gets_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCR_MAILBOX_URL", "pop3://mail.example")
    monkeypatch.setenv("JCR_DATABASE_URL", "mysql://db")
    monkeypatch.setenv("JCR_BASE_URL", "intranet")
    with pytest.raises(SettingsWrong) as wrong:
        load()
    assert [line.split(":")[0] for line in wrong.value.lines] == [
        "JCR_DATABASE_URL",
        "JCR_BASE_URL",
        "JCR_MAILBOX_URL",
    ]


def test_a_password_in_an_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCR_SMTP_URL", "smtp://jcr:secret@mail.example:587")
    with pytest.raises(SettingsWrong, match="a setting of its own"):
        load()


def test_production_does_not_start_without_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="JCR_SECRET_KEY"):
        load(tmp_path / "secret", environment="production", base_url="https://jcr.example")


def test_production_is_reached_over_https() -> None:
    with pytest.raises(SettingsWrong, match="https"):
        load(environment="production", secret_key=SECRET, base_url="http://jcr.example")


def test_the_demonstration_makes_its_own_secret_and_keeps_it(tmp_path: Path) -> None:
    first = load(tmp_path / "secret").secret_key
    assert load(tmp_path / "secret").secret_key == first
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JCR_DATABASE_URL", "postgresql://jcr@db:port/jcr"),
        ("JCR_DATABASE_URL", "postgresql://[jcr"),
        ("JCR_DATABASE_URL", ""),
        ("JCR_SMTP_URL", "smtp://jcr@mail.example:99999"),
        ("JCR_SMTP_URL", "smtp://jcr@mail.example:post"),
        ("JCR_MAILBOX_URL", "imaps://mail.example/INBOX"),
        ("JCR_MAILBOX_URL", "imaps://jcr@mail.example:post/INBOX"),
        ("JCR_ONE_OFF_BANK_HOLIDAYS", "Christmas"),
        ("JCR_ONE_OFF_BANK_HOLIDAYS", "2026-13-01"),
        ("JCR_RECEIVING_SERVERS", "mx.example gov.uk"),
        ("JCR_PARTNERSHIP", "Two\nlines"),
        ("JCR_POLL_SECONDS", "often"),
        ("JCR_COUNCIL_DIRECTORATES_APART", "maybe"),
        ("JCR_FIGURES", '{"tea_breaks": 2}'),
        ("JCR_FIGURES", '{"triage": -1}'),
        ("JCR_FIGURES", '{"rapid_review_clock": "whenever"}'),
        ("JCR_FIGURES", '{"child_meeting": 16}'),
        ("JCR_FIGURES", "[]"),
        ("JCR_RULE_SETS", '{"child-2018": {"note": ""}}'),
        ("JCR_RULE_SETS", '{"child-2026": {"effective": "soon"}}'),
        ("JCR_RULE_SETS", '{"child-2026": {"route": "adult"}}'),
        ("JCR_ENVIRONMENT", "test"),
    ],
)
def test_a_line_names_the_setting_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsWrong) as wrong:
        load(secret_key=SECRET)
    [line] = wrong.value.lines
    assert line.startswith(f"{name}: ")


def test_receiving_servers_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCR_RECEIVING_SERVERS", "MX.example.gov.uk, .outlook.com,")
    assert load(secret_key=SECRET).receiving_servers == ("mx.example.gov.uk", ".outlook.com")


@pytest.mark.parametrize("days", ["2026-12-24,2026-12-31", '["2026-12-24", "2026-12-31"]'])
def test_one_off_bank_holidays_are_written_with_commas(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    monkeypatch.setenv("JCR_ONE_OFF_BANK_HOLIDAYS", days)
    assert load(secret_key=SECRET).one_off_bank_holidays == (date(2026, 12, 24), date(2026, 12, 31))

"""Every PDF of a meeting and a decision has a page that says the same: each part of one is looked for on the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.actions.service import Agreed
from jcr.cases.rules import england
from jcr.correspondence.model import Letter
from jcr.correspondence.service import Letterhead
from jcr.decisions.model import Outcome, Recommendation
from jcr.meetings import agreeing, arranging, attendance_letters, holding, publishing, service, substituting
from jcr.meetings.model import Meeting, Presence
from jcr.scoping.model import Request
from jcr.scoping.service import take_return_from_document
from tests.cases import made
from tests.conftest import on_one_database
from tests.decisions.conftest import answer, calendar, hold, recommended, referrer_told, said  # noqa: F401  # fixtures
from tests.documents.samples import meetings
from tests.documents.struct import parts
from tests.services.verapdf import verapdf

Check = Callable[[str, bytes, str], None]
NAMED = {
    "chair": "Angharad Ŵyn-Llŷr",
    "vice_chair": "DI Agnieszka Brzęczyszczykiewicz-Żółć",
    "member": "Ștefănița Țăranu-Ionescu",
    "officer": "Gülşah Yıldırım Iğdır",
    "hsab_chair": "محمد الأحمد",
    "csp_chair": "שרה כהן",
}
WORDS = re.compile(r"[^\W_]+")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")  # drawn in the order of the eye
MONTH = re.compile(r"\b(jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*")
PIECES = re.compile(
    r" (?=(?:Case|Expected|Agreed|Age|Action taken|Update of [^:]*): |The agencies give )|^Same event, "
    r"| (?=(?:Lead safeguarding partner|Chair), )"  # a post, which a page has in a column of its own
)
NUMBERS_OF_ACTIONS = re.compile(r"A\d+(, A\d+)*")  # each stands beside its action as well
# Names of things that a page says in other words, and the day and view a file was taken out on
OTHERWISE = re.compile(
    r"Date|Time|Place|Case|No\.|Due|Owner|Contact|View|Actions( agreed)?|Approval|Approved as a true record:"
    r"|Taken without a note|Agencies (?:that|whose) [^,.]*|Signed and ratified|Decision maker|How to reach us|Events"
    r"|(Business meeting|Rapid review)( \(cancelled\))?: (agenda|supplement \d to the agenda)|.* minutes"
    r"|Outcomes of rapid reviews|As (it|the agencies’ records) stood on .*|All agencies, names|Agency"
    r"|Report to the .*|What its records say"
)


def in_words(text: str) -> str:
    """The words of a text, months shortened, to look for others in."""
    return f" {' '.join(WORDS.findall(MONTH.sub(lambda found: found[1], text.casefold())))} "


def on_page(html: str) -> str:
    """The words of a page, with those at its foot."""
    shown = html.partition("<main")[2]
    return in_words(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:strong|span|a)\b[^>]*>", "", shown))))


def missing(pdf: bytes, html: str) -> Iterator[str]:
    """What the file says and the page does not."""
    told = on_page(html)
    for part in parts(pdf):
        if OTHERWISE.fullmatch(part) or NUMBERS_OF_ACTIONS.fullmatch(part):
            continue
        for piece in PIECES.split(part):
            words = piece.removeprefix("Case: ").removeprefix("Agreed: ")
            if any(WORDS.search(run) and in_words(run) not in told for run in RIGHT_TO_LEFT.split(words)):
                yield part


@pytest.fixture
def check(tmp_path: Path) -> Iterator[Check]:
    """Takes a file and its page; at the end all files keep PDF/UA-1 and every page says what its file does."""
    found: dict[str, list[str]] = {}

    def take(name: str, pdf: bytes, html: str) -> None:
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
        found[name] = list(missing(pdf, html))

    yield take
    assert {name: gone for name, gone in found.items() if gone} == {}
    assert verapdf(sorted(tmp_path.glob("*.pdf"))) == []


@pytest.fixture
def browser(
    session: Session, app: Flask, client: FlaskClient, sign_in: Any, partnership: Any, NOW: datetime
) -> Callable[[], FlaskClient]:
    """The officer's, three days on, once all is written."""
    for key, name in NAMED.items():
        getattr(partnership, key).name = name
        session.merge(getattr(partnership, key))
    session.flush()

    def signed_in() -> FlaskClient:
        session.commit()
        app.config["CLOCK"] = lambda: NOW + timedelta(days=3)
        sign_in(client, partnership.officer)
        return client

    return signed_in


@pytest.fixture
def quarterly(session: Session, partnership: Any, browser: Any, NOW: datetime) -> Callable[..., Meeting]:
    """A business meeting so many days from now."""
    officer = partnership.officer.as_actor()
    return lambda days: service.call_business_meeting(
        session, NOW + timedelta(days=days), "Plough Lane", officer, NOW
    )


def test_a_page_that_leaves_out_a_decision_is_found() -> None:
    page = " ".join(f"<p>{part}</p>" for part in parts(meetings.plain_minutes()))
    assert list(missing(meetings.plain_minutes(), f"<main>{page}")) == []
    without = page.replace("The criteria of section 16C are met.", "")
    assert list(missing(meetings.plain_minutes(), f"<main>{without}")) == [
        "The criteria of section 16C are met."
    ]


@on_one_database
@pytest.mark.tor("B.4", "9.1", "9.3")
def test_agendas_and_supplements(
    session: Session,
    head: Letterhead,
    browser: Any,
    partnership: Any,
    quarterly: Any,
    check: Check,
    NOW: datetime,
) -> None:
    officer, ahead, cancelled = partnership.officer.as_actor(), quarterly(43), quarterly(80)
    new = service.add_item(session, ahead, "Y gwasanaeth newydd ŵ ŷ", "decide", NAMED["member"], 15)
    publishing.publish_agenda(session, head, ahead, england(), officer, NOW)
    service.add_item(session, ahead, "Another provider", "discuss", "Chair", 10)
    arranging.take_off(session, new, officer, NOW)
    supplement = publishing.publish_agenda(session, head, ahead, england(), officer, NOW).file.content
    decided = holding.Decided(session.merge(partnership.chair), "Too few returns have come.")
    holding.cancel(session, head, cancelled, decided, holding.leads(cancelled), officer, NOW)
    pages = {name: f"/meetings/{one.id}" for name, one in {"ahead": ahead, "cancelled": cancelled}.items()}
    letters = _letters(session)
    client = browser()
    for name, path in pages.items():
        check(name, client.get(f"{path}/agenda.pdf").data, client.get(path).text)
        expected = in_words(f"Chair {NAMED['chair']}") in on_page(client.get(path).text)
        assert expected is (name == "ahead")  # nobody is to chair a meeting that is not held
    check("supplement", supplement, client.get(pages["ahead"]).text)
    _check_letters(check, client, letters)


@on_one_database
@pytest.mark.tor("B.5", "9.7")
def test_minutes_and_the_action_log(
    session: Session,
    head: Letterhead,
    browser: Any,
    partnership: Any,
    quarterly: Any,
    check: Check,
    NOW: datetime,
) -> None:
    officer, chair, after = (
        partnership.officer.as_actor(),
        partnership.chair.as_actor(),
        NOW + timedelta(days=3),
    )
    held, later = quarterly(2), quarterly(43)
    states = (Presence.PRESENT, Presence.DEPUTY, Presence.APOLOGIES, Presence.ABSENT)
    for number, place in enumerate(held.attendances):
        state = Presence.PRESENT if place.in_attendance else states[number % 4]
        deputy = "Zdzisława Łącka" if state is Presence.DEPUTY else ""
        service.note_attendance(session, held, place.person, state, deputy)
    who = held.attendances[0].person
    service.declare(session, held, who, True, "Her brother works there", "She left for item 5.", officer, NOW)
    for item in held.items[:6]:
        words = f"Said at {item.title}.\n\nA second paragraph: ğ ı ș ț."
        service.minute(
            session, item, words, "To ask again", "Because of Łódź", "Probation would have waited."
        )
    for day in range(25):
        agreed = Agreed(f"Do thing {day}", "Owner Țăranu", date(2026, 12, 1) + timedelta(days=day), "No gaps")
        service.add_action(session, held.items[4], agreed, officer, NOW)
    path = f"/meetings/{held.id}/minutes"
    client = browser()
    check("draft", client.get(f"{path}.pdf").data, client.get(path).text)
    check("action-log", client.post("/actions", data={"format": "pdf"}).data, client.get("/actions").text)
    service.approve_minutes(session, held, chair, after)
    agreeing.correct(
        session, held.items[2], "summary", "What it says now, Łódź.", "Miscounted", officer, after
    )
    session.commit()
    check("approved", client.get(f"{path}.pdf").data, client.get(path).text)
    agreeing.agree(
        session, head, held, later, service.quorum(held), officer, later.starts_at + timedelta(hours=3)
    )
    session.commit()
    check("agreed", client.get(f"{path}.pdf").data, client.get(path).text)


@on_one_database
@pytest.mark.tor("6.2", "6.3", "5.3")
def test_letters_about_attendance_and_the_chair(
    session: Session,
    head: Letterhead,
    browser: Any,
    partnership: Any,
    quarterly: Any,
    check: Check,
    NOW: datetime,
) -> None:
    officer, chair, missed = partnership.officer, partnership.chair.as_actor(), Presence.APOLOGIES
    made.held(session, officer, partnership.member, NOW, {300: Presence.ABSENT, 200: missed})
    [first] = attendance_letters.owed(session, NOW - timedelta(days=150))
    attendance_letters.send(session, head, first, chair, NOW - timedelta(days=150))
    made.held(session, officer, partnership.member, NOW, {100: Presence.ABSENT})
    [second] = attendance_letters.owed(session, NOW)
    to = attendance_letters.board_chairs(session, NOW)[-1]
    attendance_letters.send(session, head, second, chair, NOW, to)
    alone = quarterly(30)
    for key in ("chair", "vice_chair"):
        service.note_attendance(session, alone, session.merge(getattr(partnership, key)), missed)
    substituting.ask_boards(session, head, alone, officer.as_actor(), NOW)
    letters = _letters(session)
    _check_letters(check, browser(), letters)


@on_one_database
@pytest.mark.tor("B.6", "3.6", "7.9")
def test_reports_decision_letters_and_the_chronology(
    session: Session, browser: Any, check: Check, NOW: datetime,
    hold: Any, recommended: Callable[..., Recommendation], referrer_told: Any,  # noqa: F811
) -> None:  # fmt: skip
    for outcome in Outcome:
        one = referrer_told(outcome, NOW + timedelta(days=21))
    why = "One line.\n\n## Why Łódź\n\n- first Ŷ\n- second\n\nLast."
    waiting = recommended(hold(["adult"]), rationale=why, dissent="Probation: would have waited.")
    _returned(session, waiting, NOW)
    ratified, waits = f"/cases/{one.case.reference}", f"/cases/{waiting.case.reference}"
    letters = _letters(session)
    client = browser()
    for path in (ratified, waits):
        page = f"{path}/recommendation"
        check(f"report{path[-1]}", client.get(f"{page}.pdf").data, client.get(page).text)
    chronology = f"{waits}/chronology"
    check("chronology", client.post(chronology, data={"format": "pdf"}).data, client.get(chronology).text)
    for code in ("hsab", "hscp", "csp"):
        page = f"/boards/{code}/report"
        check(code, client.post(f"{page}.pdf").data, client.get(page).text)
    _check_letters(check, client, letters)


def _returned(session: Session, waiting: Recommendation, now: datetime) -> None:
    asked = session.scalars(
        select(Request).join(Request.round).where(Request.round.has(case_id=waiting.case_id))
    )
    for number, request in enumerate(asked.all()):
        event = {"date": f"{number + 1}/10/2026", "event": "Seen at home, ŵ ğ ț.", "action": "Told the GP."}
        later = {
            "date": "14 Oct 2026",
            "time": f"2{number}:15",
            "event": "A fall on the stairs was reported.",
        }
        answers = {"agency_name": request.agency.name, "agency_involved": "yes", "chronology": [event, later]}
        take_return_from_document(session, request, {}, answers, {}, made.WORKER, now)


def _letters(session: Session) -> list[tuple[int, str, bytes]]:
    """Each letter drawn on paper: its number, its kind, the file."""
    drawn = session.scalars(select(Letter).where(Letter.text != "").order_by(Letter.id)).all()
    return [(one.id, one.kind.value, one.enclosures[0].file.content) for one in drawn]


def _check_letters(check: Check, client: FlaskClient, letters: list[tuple[int, str, bytes]]) -> None:
    assert letters
    for number, kind, content in letters:
        assert "Yours sincerely" in " ".join(parts(content)), kind
        check(f"{kind}-{number}", content, client.get(f"/letters/{number}").text)

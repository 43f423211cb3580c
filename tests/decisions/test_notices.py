"""Who outside is told of a decision: noted when it is ratified, each with a receipt, the Panel with its reply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jcr.cases.model import Status
from jcr.cases.rules import england
from jcr.decisions import notices
from jcr.decisions.model import Body, Outcome, Recommendation, Reply
from jcr.decisions.offices import needed
from jcr.desk.clock import Clock
from jcr.desk.service import clocks_of_case
from jcr.errors import Incomplete, NotNow
from jcr.history.service import of_case
from jcr.people.model import Office
from tests.decisions.test_service import text_of
from tests.shown import seen_at, seen_on

Ratified = Callable[[list[str]], Recommendation]


@pytest.fixture
def ratified(recommended: Any, hold: Any, answer: Any) -> Ratified:
    def made(routes: list[str]) -> Recommendation:
        found = recommended(hold(routes), outcome=Outcome.NO_FURTHER_ACTION, actions=[])
        for office in needed(found.route_names):
            answer(found, office)
        return found

    return made


def owed_on(session: Session, found: Recommendation) -> list[Body]:
    return [one.body for one in notices.of_case(session, found.case)]


@pytest.mark.parametrize(
    ("route", "bodies"),
    [
        ("child", [Body.PANEL, Body.HSCP]),
        ("adult", [Body.HSAB]),
        ("domestic", [Body.HOME_OFFICE, Body.FAMILY, Body.CSP]),
    ],
)
@pytest.mark.tor("7.9")
def test_each_route_has_its_own_bodies_to_tell_once_it_is_ratified(
    session: Session, ratified: Ratified, route: str, bodies: list[Body]
) -> None:
    assert owed_on(session, ratified([route])) == bodies


def test_nobody_is_told_before_the_last_partner_has_signed(
    session: Session, recommended: Any, hold: Any, answer: Any
) -> None:
    found = recommended(hold(["child"]), outcome=Outcome.NO_FURTHER_ACTION, actions=[])
    answer(found, Office.PARTNER_COUNCIL)
    assert owed_on(session, found) == []


def clock(session: Session, found: Recommendation, label: str, today: date) -> Clock:
    every = clocks_of_case(session, found.case, today, england())
    return next(one for one in every if one.label.startswith(label))


@pytest.mark.tor("1.3")
def test_the_panel_has_a_clock_by_law_and_its_reply_one_that_is_only_expected(
    session: Session, ratified: Ratified, partnership: Any
) -> None:
    found = ratified(["child"])
    today = found.made_at.date() + timedelta(days=2)
    due = clock(session, found, "Send the rapid review", today)
    assert (due.on, due.authority, due.done_on) == (date(2026, 12, 14), "statute", None)
    panel = notices.of_case(session, found.case)[0]
    officer, now = partnership.officer.as_actor(), found.made_at + timedelta(days=2)
    before = found.made_at.date() - timedelta(days=1)
    with pytest.raises(Incomplete, match=r"was ratified on .*, after this day"):
        notices.confirm(session, panel, before, "Rhiannon Maddox", "CSPR-77", officer, now)
    notices.confirm(session, panel, today, "Rhiannon Maddox", "CSPR-77", officer, now)
    assert clock(session, found, "Send the rapid review", today).done_on == today
    reply = clock(session, found, "Reply of the Panel", today)
    assert (reply.authority, "15 working days after the rapid review went" in reply.because) == (
        "local",
        True,
    )
    notices.answer(session, panel, Reply.AGREES, today, "", officer, now)
    assert clock(session, found, "Reply of the Panel", today).done_on == today


def test_the_clocks_of_those_to_be_told_run_on_when_the_case_is_closed(
    session: Session, ratified: Ratified
) -> None:
    found = ratified(["adult"])
    found.case.status = Status.CLOSED  # as the worker and the officer leave it
    session.flush()
    due = clock(session, found, "Report the outcome to the adults board", found.made_at.date())
    assert (due.is_open, "20 working days after the recommendation was ratified" in due.because) == (
        True,
        True,
    )


def test_a_reply_that_disagrees_opens_the_rapid_review_again_and_what_was_untold_lapses(
    session: Session, ratified: Ratified, partnership: Any
) -> None:
    found, officer = ratified(["child"]), partnership.officer.as_actor()
    panel, board = notices.of_case(session, found.case)
    on, now = found.made_at.date() + timedelta(days=3), found.made_at + timedelta(days=3)
    with pytest.raises(NotNow, match="Record first that the rapid review was sent"):
        notices.answer(session, panel, Reply.DISAGREES, on, "More lines", officer, now)
    notices.confirm(session, panel, on, "Rhiannon Maddox", "", officer, now)
    with pytest.raises(Incomplete, match="Write what the Panel says"):
        notices.answer(session, panel, Reply.DISAGREES, on, " ", officer, now)
    notices.answer(session, panel, Reply.DISAGREES, on, "A local review is needed.", officer, now)
    found.case.status = Status.DECIDED  # once the referrer's letter has gone
    notices.reopen(session, panel, "The Panel disagrees.", partnership.manager.as_actor(), now)
    assert found.case.status is Status.RAPID_REVIEW
    assert board.lapsed_at is not None
    assert owed_on(session, found) == [Body.PANEL]


@pytest.fixture
def officer(
    client: FlaskClient, app: Flask, sign_in: Any, session: Session, ratified: Ratified, partnership: Any
) -> FlaskClient:
    found = ratified(["child"])
    at = found.made_at + timedelta(days=2)
    session.commit()
    app.config["CLOCK"] = lambda: at
    sign_in(client, partnership.officer)
    return client


def test_the_officer_finds_on_the_desk_whom_to_tell_and_records_the_receipt(
    officer: FlaskClient, words: Callable[[str], str]
) -> None:
    assert "Send the rapid review to the Panel" in words(officer.get("/").text)
    at = "/cases/JCR-2026-0001/notices"
    told = {"told_on": ["9", "12", "2026"], "told_by": "Rhiannon Maddox", "receipt": "CSPR-77"}
    late = officer.post(f"{at}/panel", data=told | {"told_on": ["9", "12", "2027"]})
    assert (late.status_code, "CSPR-77" in late.text) == (422, True)
    assert officer.post(f"{at}/panel", data=told).status_code == 302
    page = words(officer.get(at).text)
    assert "9 Dec 2026, by Rhiannon Maddox Reference CSPR-77" in page
    assert "9 Dec 2026, by Rhiannon Maddox, CSPR-77" in words(officer.get("/cases/JCR-2026-0001").text)
    assert "Send the rapid review to the Panel" not in words(officer.get("/").text.split("Dates", 1)[0])
    reply = {"replied_on": ["8", "12", "2026"], "reply": "agrees", "said": ""}
    before = officer.post(f"{at}/panel/reply", data=reply)
    assert (before.status_code, "The reply came after Wednesday 9 December" in before.text) == (422, True)
    assert (
        officer.post(f"{at}/panel/reply", data=reply | {"replied_on": ["9", "12", "2026"]}).status_code == 302
    )
    assert "It agrees with the decision, 9 Dec 2026" in words(officer.get(at).text)
    assert officer.get(f"{at}/home_office").status_code == 404
    assert officer.get(f"{at}/panel/again").status_code == 403


def test_a_receipt_and_a_reply_that_somebody_recorded_meanwhile_are_seen_before_they_are_replaced(
    officer: FlaskClient,
) -> None:
    at = "/cases/JCR-2026-0001/notices/panel"
    told = {"told_on": ["9", "12", "2026"], "told_by": "Rhiannon Maddox", "receipt": "CSPR-77"}
    reply = {"replied_on": ["9", "12", "2026"], "reply": "agrees", "said": "Thank you."}
    for page, first, name, mine in (
        (at, told, "receipt", "CSPR-78"),
        (f"{at}/reply", reply, "said", "Agreed."),
    ):
        shown = seen_at(officer, page)
        assert officer.post(page, data=first | shown).status_code == 302
        both = officer.post(page, data=first | {name: mine} | shown)
        assert (both.status_code, str(first[name]) in both.text, mine in both.text) == (409, True, True)
        assert officer.post(page, data=first | {name: mine} | seen_on(both.text)).status_code == 302


@pytest.mark.tor("1.1", "7.9")
def test_each_board_has_a_report_of_what_it_was_not_told_and_one_receipt_for_all_of_it(
    session: Session,
    app: Flask,
    client: FlaskClient,
    ratified: Ratified,
    partnership: Any,
    sign_in: Any,
    words: Callable[[str], str],
) -> None:
    first, joint = ratified(["adult"]), ratified(["adult", "domestic"])
    references = [one.case.reference for one in (first, joint)]
    now = first.made_at + timedelta(days=3)
    session.commit()
    app.config["CLOCK"] = lambda: now
    sign_in(client, partnership.officer)
    hsab, csp = (client.get(f"/boards/{code}/report") for code in ("hsab", "csp"))
    assert [one in hsab.text for one in references] == [True, True]
    assert [one in csp.text for one in references] == [False, True]
    assert "Agencies held concerns and did not bring them together." in words(hsab.text)
    assert "Chair, Herefordshire Safeguarding Adults Board" in words(hsab.text)
    assert "There is no outcome" in words(client.get("/boards/hscp/report").text)
    assert client.get("/boards/other/report").status_code == 404
    assert client.get(f"/cases/{references[0]}/notices").text.count("/boards/hsab/report") == 1
    paper = client.post("/boards/hsab/report.pdf")
    told = text_of(paper.data)
    assert [one in told for one in (*references, "Quillfeather")] == [True, True, False]
    entry = next(one for one in of_case(session, first.case_id) if one.act.startswith("took out the report"))
    assert entry.act == "took out the report to the Herefordshire Safeguarding Adults Board"

    seen = seen_on(hsab.text)
    late = ratified(["adult"])  # after the page was shown
    made_on = late.made_at.date()
    session.commit()
    day = {"told_by": "Rhiannon Maddox", "receipt": "Board paper 7"}
    early = client.post("/boards/hsab/report", data=seen | day | {"told_on": _parts(made_on)})
    assert (early.status_code, f"{references[0]}: The recommendation was ratified" in words(early.text)) == (
        422,
        True,
    )
    told_on = {"told_on": _parts(made_on + timedelta(days=3))}
    assert client.post("/boards/hsab/report", data=seen | day | told_on).status_code == 302
    session.expire_all()
    left = notices.standing().where(notices.Notice.body == Body.HSAB, notices.Notice.told_on.is_(None))
    assert [one.case_id for one in session.scalars(left)] == [late.case_id]
    session.commit()
    again = client.post("/boards/hsab/report", data=seen | day | told_on)
    assert "told of all this already" in words(again.text)


def _parts(day: date) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]

"""The pages of decisions as the officer, the chair and those who ratify meet them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Route, Status
from jcr.cases.service import put_up_wall
from jcr.correspondence.model import Kind, Letter
from jcr.criteria import adult
from jcr.criteria import service as criteria
from jcr.decisions.model import Answered, Outcome, Recommendation
from jcr.people.model import Office, OfficeHolder, Person
from jcr.rule_sets import DELIVERED

WORDS = {
    "outcome": "sar_mandatory",
    "facts_summary": "C.Q. died at home.",
    "rationale": "Concerns were not brought together.",
    "equality": "Considered; nothing suggests racism.",
    "actions-0-task": "Review the protocol",
    "actions-0-owner": "Head of Adult Social Care",
    "actions-0-agency": "police",
    "actions-0-due_on": ["1", "2", "2027"],
}

# The paper's own words
FURNITURE = {"Date", "Our", "reference", "How", "to", "reach", "us", "Page", "of", "1", "2", "3", "·", "•"}


@pytest.fixture
def held(session: Session, app: Flask, hold: Any) -> Any:
    """A rapid review under way; the office's clock stands at its end."""
    found = hold()
    session.commit()
    app.config["CLOCK"] = lambda: found.at
    return found


@pytest.fixture
def made(session: Session, app: Flask, recommended: Any) -> Recommendation:
    found: Recommendation = recommended()
    session.commit()
    app.config["CLOCK"] = lambda: found.made_at + timedelta(days=1)
    return found


@pytest.fixture
def ratified(session: Session, made: Recommendation, answer: Any) -> Recommendation:
    answer(made, Office.HSAB_CHAIR)
    session.commit()
    return made


def status(session: Session, found: Any) -> Status:
    """The status now; the session lets go again, for a page that writes next."""
    session.expire_all()
    now = Status(found.case.status)
    session.commit()
    return now


def test_the_officer_records_the_recommendation_and_every_reader_finds_it(
    client: FlaskClient,
    session: Session,
    sign_in: Callable[..., None],
    partnership: Any,
    held: Any,
    words: Any,
) -> None:
    sign_in(client, partnership.officer)
    page = client.get(f"/cases/{held.case.reference}/recommendation")
    assert "Quorate: 3 agencies are present" in words(page.text)
    assert 'value="lcspr"' not in page.text  # the case is on the adult route only
    sent = client.post(f"/cases/{held.case.reference}/recommendation", data=WORDS | {"record": "yes"})
    assert sent.status_code == 302, words(sent.text)
    assert status(session, held) is Status.RECOMMENDED
    shown = words(client.get(f"/cases/{held.case.reference}/recommendation").text)
    assert "0 of 1 decision maker has accepted." in shown
    assert "Waiting for Josephine Lorne" in shown
    assert "Review the protocol" in shown
    pdf = client.get(f"/cases/{held.case.reference}/recommendation.pdf")
    assert pdf.data.startswith(b"%PDF-")
    assert (
        pdf.headers["Content-Disposition"]
        == f"attachment; filename={held.case.reference}-recommendation-1.pdf"
    )
    assert client.get(f"/cases/{held.case.reference}/recommendations/2.pdf").status_code == 404


def test_mistakes_come_back_with_every_word(
    client: FlaskClient, session: Session, sign_in: Any, partnership: Any, held: Any, words: Any
) -> None:
    sign_in(client, partnership.chair)
    wrong = WORDS | {"rationale": "", "actions-0-due_on": ["31", "2", "2027"], "record": "yes"}
    page = client.post(f"/cases/{held.case.reference}/recommendation", data=wrong)
    assert page.status_code == 422
    assert "Give the reasons: they are part of the record" in words(page.text)
    for typed in ("C.Q. died at home.", "Head of Adult Social Care", 'value="31"'):
        assert typed in page.text
    named = client.post(
        f"/cases/{held.case.reference}/recommendation",
        data=WORDS | {"told": "Canary was let down.", "record": "yes"},
    )
    assert named.status_code == 422
    assert "“Canary”" in named.text
    assert status(session, held) is Status.RAPID_REVIEW


def test_a_refusal_of_the_act_keeps_every_word_too(
    client: FlaskClient, session: Session, sign_in: Any, partnership: Any, held: Any, words: Any
) -> None:
    for holder in session.scalars(select(OfficeHolder).where(OfficeHolder.office == Office.HSAB_CHAIR)):
        holder.until = holder.since
    session.commit()
    sign_in(client, partnership.officer)
    page = client.post(f"/cases/{held.case.reference}/recommendation", data=WORDS | {"record": "yes"})
    assert page.status_code == 422
    assert "Nobody is free to ratify as Chair, Herefordshire Safeguarding Adults Board" in words(page.text)
    assert "Concerns were not brought together." in page.text
    assert status(session, held) is Status.RAPID_REVIEW


def test_a_draft_is_saved_as_typed_and_rows_can_be_added(
    client: FlaskClient, session: Session, sign_in: Any, partnership: Any, held: Any
) -> None:
    sign_in(client, partnership.officer)
    address = f"/cases/{held.case.reference}/recommendation"
    more = client.post(address, data=WORDS | {"actions-add": "add"})
    assert "actions-1-task" in more.text
    assert "Concerns were not brought together." in more.text
    assert client.post(address, data={"voice": "She feared the winter."}).status_code == 302
    assert status(session, held) is Status.RAPID_REVIEW
    assert "She feared the winter." in client.get(address).text


def test_of_two_who_write_the_recommendation_the_second_sees_both_versions(
    client: FlaskClient, session: Session, sign_in: Any, partnership: Any, held: Any, words: Any
) -> None:
    address = f"/cases/{held.case.reference}/recommendation"
    sign_in(client, partnership.officer)
    client.post(address, data=WORDS | {"voice": "She feared <the> winter."})
    client.post("/sign-out")
    sign_in(client, partnership.chair)
    mine = {"voice": "She said little.", "rationale": WORDS["rationale"], "actions-0-task": "Ask the GP"}
    late = client.post(address, data=mine | {"record": "yes"})
    assert late.status_code == 409
    assert "She feared &lt;the&gt; winter." in late.text
    assert "She said little." in late.text
    assert "Review the protocol; Head of Adult Social Care; West Mercia Police; 1 February 2027" in words(
        late.text
    )
    assert "Rhiannon Maddox saved a draft while you were writing" in words(late.text)
    seen = re.search(r'name="seen" value="([^"]+)"', late.text)
    assert seen
    assert client.post(address, data=mine | {"seen": seen[1]}).status_code == 302
    assert "She said little." in client.get(address).text
    assert status(session, held) is Status.RAPID_REVIEW


def test_a_refused_act_gives_back_what_was_typed(
    client: FlaskClient, session: Session, sign_in: Any, partnership: Any, ratified: Recommendation
) -> None:
    sign_in(client, partnership.hsab_chair)
    address = f"/cases/{ratified.case.reference}/ratify/hsab_chair"
    typed = {"outcome": "refuse", "reason": "The equality analysis is <thin>.", "csrf_token": "not for show"}
    answer = client.post(address, data=typed)
    assert answer.status_code == 409
    assert "no recommendation waits for an answer" in answer.text
    assert "The equality analysis is &lt;thin&gt;." in answer.text
    assert "not for show" not in answer.text


@pytest.mark.parametrize(
    "who, code", [("csp_chair", 404), ("member", 403), ("officer", 403), ("council_partner", 404)]
)
def test_the_wrong_person_does_not_ratify_by_the_page_either(
    client: FlaskClient,
    session: Session,
    sign_in: Any,
    partnership: Any,
    made: Recommendation,
    who: str,
    code: int,
) -> None:
    sign_in(client, getattr(partnership, who))
    address = f"/cases/{made.case.reference}/ratify/hsab_chair"
    assert client.post(address, data={"outcome": "accept", "reason": "Sound."}).status_code == code
    assert status(session, made) is Status.RECOMMENDED


def test_members_read_and_do_not_write(
    client: FlaskClient, sign_in: Any, partnership: Any, held: Any, words: Any
) -> None:
    sign_in(client, partnership.member)
    page = client.get(f"/cases/{held.case.reference}/recommendation")
    assert "There is none yet." in words(page.text)
    assert client.post(f"/cases/{held.case.reference}/recommendation", data=WORDS).status_code == 403


def test_the_office_holder_reads_the_report_and_answers(
    client: FlaskClient, session: Session, sign_in: Any, partnership: Any, made: Recommendation, words: Any
) -> None:
    sign_in(client, partnership.hsab_chair)
    address = f"/cases/{made.case.reference}/ratify"
    page = words(client.get(address).text)
    assert "You answer as Chair, Herefordshire Safeguarding Adults Board" in page
    assert made.rationale in page
    empty = client.post(f"{address}/hsab_chair", data={"reason": "Thin on equality."})
    assert empty.status_code == 422
    assert "Thin on equality." in empty.text
    given = client.post(f"{address}/hsab_chair", data={"outcome": "accept", "reason": "Sound."})
    assert given.status_code == 302
    assert status(session, made) is Status.RATIFIED
    assert "1 of 1 decision maker has accepted. The decision is as recommended." in words(
        client.get(address).text
    )
    assert (
        client.post(f"{address}/hsab_chair", data={"outcome": "refuse", "reason": "No."}).status_code == 409
    )
    assert "If you are too close to this case" in client.get(address).text
    unsaid = client.post(f"{address}/hsab_chair/take-back", data={"why": ""})
    assert (unsaid.status_code, "Say why you take it back" in unsaid.text) == (422, True)
    assert client.post(f"{address}/hsab_chair/take-back", data={"why": "I misread it."}).status_code == 302
    assert "You answer as Chair, Herefordshire Safeguarding Adults Board" in words(client.get(address).text)


def test_somebody_with_two_offices_answers_for_each(
    client: FlaskClient,
    app: Flask,
    session: Session,
    sign_in: Any,
    partnership: Any,
    hold: Any,
    recommended: Any,
    words: Any,
) -> None:
    held = hold(["adult", "domestic"])
    session.add(
        OfficeHolder(office=Office.CSP_CHAIR, person_id=partnership.hsab_chair.id, since=held.at.date())
    )
    found = recommended(held, outcome=Outcome.JOINT, joined=["sar_mandatory", "dhr"])
    letters = session.scalars(select(Letter).where(Letter.kind == Kind.RATIFICATION_REQUEST)).all()
    assert sum(letter.recipient == partnership.hsab_chair.email for letter in letters) == 1
    session.commit()
    app.config["CLOCK"] = lambda: held.at
    sign_in(client, partnership.hsab_chair)
    address = f"/cases/{found.case.reference}/ratify"
    assert "after that you are asked for your other office" in words(client.get(address).text)
    client.post(f"{address}/hsab_chair", data={"outcome": "accept", "reason": "Sound."})
    assert "You answer as Chair, Community Safety Partnership" in words(client.get(address).text)
    client.post(f"{address}/csp_chair", data={"outcome": "accept", "reason": "Sound."})
    assert status(session, found) is Status.RATIFIED


def test_a_case_is_not_found_for_somebody_who_does_not_decide_on_it(
    client: FlaskClient, sign_in: Any, partnership: Any, made: Recommendation
) -> None:
    sign_in(client, partnership.csp_chair)
    for page in ("ratify", "recommendation", "recommendation.pdf"):
        assert client.get(f"/cases/{made.case.reference}/{page}").status_code == 404
    assert client.get(f"/cases/{made.case.reference}/decision-letter").status_code == 403


def test_an_office_holder_too_close_to_the_case_stands_back(
    client: FlaskClient, sign_in: Any, partnership: Any, made: Recommendation, words: Any
) -> None:
    sign_in(client, partnership.hsab_chair)
    address = f"/cases/{made.case.reference}/ratify"
    assert client.post(f"{address}/conflict", data={"what": ""}).status_code == 422
    assert client.post(f"{address}/conflict", data={"what": "I managed her nurse."}).status_code == 302
    assert client.get(address).status_code == 404
    client.post("/sign-out")
    sign_in(client, partnership.officer)
    assert "nobody is free to answer" in words(client.get(address).text)


def test_what_was_sent_back_is_reopened_with_its_words(
    client: FlaskClient,
    session: Session,
    sign_in: Any,
    partnership: Any,
    made: Recommendation,
    answer: Any,
    words: Any,
) -> None:
    answer(made, Office.HSAB_CHAIR, Answered.SEND_BACK, "Equality is thin.")
    session.commit()
    sign_in(client, partnership.chair)
    reference = made.case.reference
    assert "Equality is thin." in client.get(f"/cases/{reference}/recommendation").text
    assert client.post(f"/cases/{reference}/reconvene", data={"why": ""}).status_code == 422
    assert client.post(f"/cases/{reference}/reconvene", data={"why": "To look again."}).status_code == 302
    form = client.get(f"/cases/{reference}/recommendation").text
    assert "Why recommendation 1 came back" in words(form)
    assert made.rationale in form


def test_the_letter_is_shown_word_for_word_before_it_goes(
    client: FlaskClient,
    session: Session,
    sign_in: Any,
    partnership: Any,
    ratified: Recommendation,
    words: Any,
) -> None:
    sign_in(client, partnership.officer)
    address = f"/cases/{ratified.case.reference}/decision-letter"
    page = client.get(address)
    assert "There will be a Safeguarding Adult Review. It is mandatory" in words(page.text)
    typed = {"recipient": "p.strickland@wyevalley.example", "paragraph": "Thank you for your chronology."}
    changed = client.post(address, data=typed | {"shown": "", "send": "yes"})
    assert changed.status_code == 200
    assert "so the letter was not sent" in words(changed.text)
    seen = client.post(address, data=typed | {"show": "yes"})
    assert "Thank you for your chronology." in seen.text
    named = client.post(address, data=typed | {"paragraph": "Thank you for Canary.", "send": "yes"})
    assert named.status_code == 422
    sent = client.post(address, data=typed | {"shown": typed["paragraph"], "send": "yes"})
    assert sent.status_code == 302
    (letter,) = session.scalars(select(Letter).where(Letter.kind == Kind.DECISION))
    text, id, drawn = letter.text, letter.id, letter.enclosures[0].file.content
    session.commit()
    assert "Thank you for your chronology." in text
    assert client.get(address).headers["Location"] == f"/letters/{id}"
    page = set(unescape(words(client.get(f"/letters/{id}").text)).split())
    printed = {word for one in PdfReader(BytesIO(drawn)).pages for word in one.extract_text().split()}
    assert printed - page <= FURNITURE


@pytest.mark.tor("1.5")
def test_a_case_shows_the_edition_it_was_judged_by_and_that_another_is_in_force(
    client: FlaskClient, ratified: Recommendation, partnership: Any, sign_in: Callable[..., None],
    words: Callable[[str], str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    revised = replace(DELIVERED["adult-2014"], edition="Revised guidance 2027", effective=date(2027, 1, 4))
    sign_in(client, partnership.officer)
    own = "Judged by Care and support statutory guidance, chapter 14, in force from 1 April 2015."
    addresses = (f"/cases/{ratified.case.reference}", f"/cases/{ratified.case.reference}/criteria")
    before = [words(client.get(address).text) for address in addresses]
    monkeypatch.setitem(criteria.TESTS, Route.ADULT, partial(adult, rule_set=revised))
    after = [words(client.get(address).text) for address in addresses]
    assert all(own in page for page in (*before, *after))
    assert not any("Another edition is in force today" in page for page in before)
    newer = "Another edition is in force today: Revised guidance 2027, in force from 4 January 2027."
    assert all(newer in page for page in after)
    assert all("As judged on Tuesday 8 December 2026" in page for page in after)


def test_there_is_no_letter_before_ratification(
    client: FlaskClient, sign_in: Any, partnership: Any, made: Recommendation, words: Any
) -> None:
    sign_in(client, partnership.officer)
    page = client.get(f"/cases/{made.case.reference}/decision-letter")
    assert page.status_code == 409
    assert "It waits for: Chair, Herefordshire Safeguarding Adults Board." in words(page.text)


def test_whoever_has_a_conflict_finds_nothing(
    client: FlaskClient, session: Session, sign_in: Any, partnership: Any, made: Recommendation
) -> None:
    member = session.get(Person, partnership.member.id)
    put_up_wall(session, made.case, member, "Her team.", partnership.officer.as_actor(), made.made_at)
    session.commit()
    sign_in(client, partnership.member)
    assert client.get(f"/cases/{made.case.reference}/recommendation").status_code == 404

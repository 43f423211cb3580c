"""What an agency sees behind its link, and what the office sees of the returns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead, came_back
from jcr.db import Sessions
from jcr.meetings.model import Meeting
from jcr.roles import WORKER
from jcr.scoping import service
from jcr.scoping.model import Request, RequestLetter, SignOff, State
from jcr.wording import local_day
from tests.conftest import on_one_database
from tests.shown import seen_at, seen_on

NIL = {
    "agency_name": "Wye Valley NHS Trust",
    "author_name": "Petra Wilmot",
    "author_role": "Named Nurse",
    "author_email": "p.wilmot@wyevalley.example",
    "records_searched": "Electronic patient record, all years",
}
TOPICS = {
    "agency": {
        "agency_name": "Wye Valley NHS Trust",
        "author_name": "Petra Wilmot",
        "author_role": "Named Nurse",
        "author_email": "p.wilmot@wyevalley.example",
        "author_independent": "yes",
    },
    "involvement": {"agency_involved": "yes", "records_searched": "Patient record"},
    "summary": {
        "involvement_from": ["3", "2", "2025"],
        "involvement_to": ["30", "10", "2026"],
        "involvement_summary": "Eleven contacts.\nThree visits missed.",
    },
    "practice": {"good_practice": "A welfare check.", "areas_for_improvement": "Missed visits."},
    "factors": {"review_factors": "Agencies did not meet."},
    "learning": {"formal_investigation": "no"},
    "opinion": {"opinion_review_type": "statutory_review", "safeguarding_lead_name": "Bethan Ruddock"},
}


@pytest.fixture
def asked(session: Session, called: Meeting, partnership: Any) -> Request:
    found = session.scalars(select(Request).where(Request.agency_id == partnership.wvt.id)).one()
    session.commit()
    session.close()
    return found


@pytest.fixture
def now_stands(sessions: Sessions, asked: Request) -> Callable[[], Request]:
    """The request as the database has it now."""

    def read() -> Request:
        with sessions.reading() as session:
            return session.get_one(Request, asked.id)

    return read


def test_the_link_says_who_it_is_about_and_by_when(
    client: FlaskClient, asked: Request, link: Callable[[Any], str], words: Callable[[str], str]
) -> None:
    page = client.get(f"/scoping/{link(asked)}")
    said = words(page.text)
    assert page.status_code == 200
    assert "Thursday 3 December 2026" in said
    assert "Tuesday 8 December 2026 at 09:30" in said
    assert "Canary Quillfeather" in said
    assert "Canary" not in page.text.partition("</title>")[0]


def test_a_link_that_is_not_known_says_what_to_do(client: FlaskClient, asked: Request) -> None:
    page = client.get("/scoping/no-such-link")
    assert page.status_code == 404
    assert "ask us to send it again" in page.text


@pytest.mark.tor("B.2")
def test_we_hold_nothing_takes_two_clicks(
    client: FlaskClient, asked: Request, link: Callable[[Any], str], now_stands: Callable[[], Request]
) -> None:
    token = link(asked)
    assert f"/scoping/{token}/nothing" in client.get(f"/scoping/{token}").text
    sent = client.post(f"/scoping/{token}/nothing", data=NIL, follow_redirects=True)
    assert "Nil return received" in sent.text
    assert now_stands().state is State.RETURNED
    assert client.get(f"/scoping/{token}").status_code == 302
    copy = client.get(f"/scoping/{token}/copy.pdf")
    assert copy.data.startswith(b"%PDF-")


def test_a_nil_return_with_a_gap_keeps_every_word(
    client: FlaskClient, asked: Request, link: Callable[[Any], str]
) -> None:
    page = client.post(f"/scoping/{link(asked)}/nothing", data={**NIL, "author_email": "not an address"})
    assert page.status_code == 422
    assert "Electronic patient record, all years" in page.text
    assert "not an address" in page.text
    assert "Error:" in page.text.partition("</title>")[0]


@pytest.mark.tor("B.2", "3.3")
def test_topic_by_topic_checked_and_sent(
    client: FlaskClient, asked: Request, link: Callable[[Any], str], now_stands: Callable[[], Request]
) -> None:
    token = link(asked)
    refused = client.post(f"/scoping/{token}/check")
    assert refused.status_code == 422
    assert "Before you can send the return" in refused.text
    for key, answers in TOPICS.items():
        assert client.post(f"/scoping/{token}/{key}", data=answers).status_code == 302
    checked = client.get(f"/scoping/{token}/check").text
    assert "Three visits missed." in checked
    sent = client.post(f"/scoping/{token}/check", follow_redirects=True)
    assert "Return received" in sent.text
    latest = now_stands().latest
    assert latest
    assert latest.answers["involvement_from"] == "2025-02-03"
    assert latest.signed_by == "Bethan Ruddock"


@pytest.mark.tor("7.5")
def test_the_safeguarding_lead_signs_the_return_off_behind_a_link_of_their_own(
    client: FlaskClient, app: Any, asked: Request, link: Callable[[Any], str], sign_in: Callable[..., None],
    now_stands: Callable[[], Request], partnership: Any, sessions: Sessions, words: Callable[[str], str],
) -> None:  # fmt: skip
    token = link(asked)
    for key, answers in TOPICS.items():
        client.post(f"/scoping/{token}/{key}", data=answers)
    assert 'value="safeguarding@wyevalley.example"' in client.get(f"/scoping/{token}/check").text
    refused = client.post(f"/scoping/{token}/check", data={"lead_email": "lead@elsewhere.example"})
    assert refused.status_code == 422
    assert "at your own organisation" in refused.text
    sent = client.post(f"/scoping/{token}/check", data={"lead_email": "b.ruddock@wyevalley.example"})
    assert "Awaiting lead’s sign-off" not in words(client.get(sent.location).text)
    assert now_stands().state is State.RETURNED  # it counts from when it was sent
    sign_in(client, partnership.officer)
    assert "Awaiting lead’s sign-off" in words(client.get("/cases/JCR-2026-0001/returns").text)
    first = _lead_link(sessions)
    lead = app.test_client()
    page = lead.get(first)
    assert "Three visits missed." in page.text
    passed = {"name": "Ada Lovell", "email": "a.lovell@wyevalley.example", "why": "On leave"}
    assert "with your colleague" in lead.post(f"{first}/hand-on", data=passed).text
    assert lead.get(first).status_code == 410
    second = _lead_link(sessions)
    assert second != first
    assert lead.post(second, data={"decision": "refuse", "name": "Ada Lovell"}).status_code == 422
    signed = lead.post(second, data={"decision": "approve", "name": "Ada Lovell"}, follow_redirects=True)
    assert "Ada Lovell approved it on" in words(signed.text)
    assert lead.post(second, data={"decision": "refuse", "name": "X", "why": "No"}).status_code == 200
    latest = now_stands().latest
    assert latest
    assert (latest.sign_off, latest.signed_by) == (SignOff.GIVEN, "Ada Lovell")
    assert "Signed off by Ada Lovell" in words(client.get("/cases/JCR-2026-0001/returns/wvt").text)


def test_a_lead_who_does_not_approve_is_heard_and_the_office_may_ask_another(
    client: FlaskClient, app: Any, asked: Request, link: Callable[[Any], str], sign_in: Callable[..., None],
    partnership: Any, sessions: Sessions, words: Callable[[str], str],
) -> None:  # fmt: skip
    token = link(asked)
    for key, answers in TOPICS.items():
        client.post(f"/scoping/{token}/{key}", data=answers)
    client.post(f"/scoping/{token}/check", data={"lead_email": "b.ruddock@wyevalley.example"})
    sign_in(client, partnership.officer)
    again = "/cases/JCR-2026-0001/returns/wvt/sign-off"
    assert "b.ruddock@wyevalley.example" in client.get(again).text
    assert client.post(again, data={"lead_email": "someone@gmail.com"}).status_code == 422
    assert client.post(again, data={"lead_email": "a.lovell@wyevalley.example"}).status_code == 302
    answer = {"decision": "refuse", "name": "Ada Lovell", "why": "The dates are wrong."}
    app.test_client().post(_lead_link(sessions), data=answer)
    assert "Not approved by Ada Lovell: The dates are wrong." in words(
        client.get("/cases/JCR-2026-0001/returns/wvt").text
    )


def _lead_link(sessions: Sessions) -> str:
    """The link in the last letter to a safeguarding lead about a return."""
    with sessions.reading() as session:
        found = select(Letter.body).where(Letter.kind == Kind.SCOPING_SIGN_OFF).order_by(Letter.id.desc())
        body = session.scalars(found).first() or ""
    return "/return-sign-off/" + body.partition("/return-sign-off/")[2][:48]


@pytest.mark.tor("B.2")
def test_two_who_answer_behind_one_link_see_what_the_other_typed_and_lose_nothing(
    client: FlaskClient, asked: Request, link: Callable[[Any], str], now_stands: Callable[[], Request]
) -> None:
    page = f"/scoping/{link(asked)}/factors"
    first, second = seen_at(client, page), seen_at(client, page)
    typed = {"review_factors": "Nobody wrote it down.", "later": "yes"}
    while_typing = client.post(page, data=typed | first, headers={"Accept": "text/plain"})
    assert while_typing.status_code == 200
    typed["review_factors"] = "Nobody wrote it down in time."
    assert client.post(page, data=typed | {"seen": while_typing.text}).status_code == 302
    mine = {"review_factors": "Nobody rang back."}
    both = client.post(page, data=mine | second)
    assert both.status_code == 409
    assert "Nobody wrote it down in time." in both.text
    assert "Nobody rang back." in both.text
    assert now_stands().draft["review_factors"] == typed["review_factors"]
    assert client.post(page, data=mine | seen_on(both.text)).status_code == 302
    assert now_stands().draft["review_factors"] == mine["review_factors"]


@pytest.mark.tor("B.2")
def test_answers_that_no_longer_count_are_neither_asked_for_nor_sent(
    client: FlaskClient, asked: Request, link: Callable[[Any], str], now_stands: Callable[[], Request]
) -> None:
    """Somebody tells of an involvement, then finds that it was another person's, in a browser without scripts."""
    token = link(asked)
    for key, answers in TOPICS.items():
        client.post(f"/scoping/{token}/{key}", data=answers)
    mistaken = {"agency_involved": "no", "records_searched": "Patient record", "records_secured": "yes"}
    page = f"/scoping/{token}/involvement"
    assert client.post(page, data=mistaken | seen_at(client, page)).status_code == 302
    assert "Three visits missed." not in client.get(f"/scoping/{token}/check").text
    sent = client.post(f"/scoping/{token}/check", follow_redirects=True)
    assert sent.status_code == 200
    latest = now_stands().latest
    assert latest
    assert latest.answers["agency_involved"] == "no"
    assert not {"involvement_summary", "records_secured", "good_practice"} & set(latest.answers)


def test_a_wrong_date_is_kept_as_typed_and_said_to_be_wrong(
    client: FlaskClient, asked: Request, link: Callable[[Any], str]
) -> None:
    answers = {**TOPICS["summary"], "involvement_from": ["31", "2", "2025"]}
    page = client.post(f"/scoping/{link(asked)}/summary", data=answers, follow_redirects=True)
    assert page.status_code == 422
    assert 'value="31"' in page.text
    assert "Eleven contacts." in page.text


def test_an_event_is_added_without_losing_the_others(
    client: FlaskClient, asked: Request, link: Callable[[Any], str], now_stands: Callable[[], Request]
) -> None:
    row = {
        "chronology-0-date": "3 March 2025",
        "chronology-0-event": "A visit was missed",
        "chronology-add": "add",
    }
    page = client.post(f"/scoping/{link(asked)}/chronology", data=row)
    assert page.status_code == 200
    assert "Event 2" in page.text
    assert now_stands().draft["chronology"] == [{"date": "2025-03-03", "event": "A visit was missed"}]


def test_the_form_for_word_is_there_to_download(
    client: FlaskClient, asked: Request, link: Callable[[Any], str]
) -> None:
    form = client.get(f"/scoping/{link(asked)}/form.docx")
    assert form.data.startswith(b"PK")
    assert "JCR-2026-0001-scoping-wvt.docx" in form.headers["Content-Disposition"]


@pytest.mark.tor("9.2")
def test_the_officer_reads_sends_back_and_accepts(
    client: FlaskClient,
    asked: Request,
    NOW: datetime,
    link: Callable[[Any], str],
    partnership: Any,
    sign_in: Callable[..., None],
    words: Callable[[str], str],
) -> None:
    client.post(f"/scoping/{link(asked)}/nothing", data=NIL)
    sign_in(client, partnership.officer)
    grid = words(client.get("/cases/JCR-2026-0001/returns").text)
    assert "1 of 3 agencies have answered" in grid
    address = "/cases/JCR-2026-0001/returns/wvt"
    assert "Electronic patient record" in client.get(address).text
    assert client.post(f"{address}/send-back", data={"missing": " "}).status_code == 422
    assert 'name="asked-1-about"' in client.post(f"{address}/send-back", data={"asked-add": "yes"}).text
    half = {"asked-0-about": "records_searched", "missing": "The other hospital"}
    unsaid = client.post(f"{address}/send-back", data=half)
    assert (unsaid.status_code, "Write what you ask" in unsaid.text, "The other hospital" in unsaid.text) == (
        422, True, True,
    )  # fmt: skip
    asks = half | {"asked-0-words": "Paper\nrecords too?"}
    assert client.post(f"{address}/send-back", data=asks).status_code == 302
    token = link(asked)
    assert "The other hospital" in client.get(f"/scoping/{token}").text
    about = "“Which records were searched, for whom and for which dates?”: Paper records too?"
    assert about in words(client.get(f"/scoping/{token}/involvement").text)
    assert about not in words(client.get(f"/scoping/{token}/practice").text)
    client.post(f"/scoping/{link(asked)}/nothing", data=NIL)
    done = client.post(f"{address}/accept", follow_redirects=True)
    assert "is accepted" in done.text
    assert client.get(f"{address}/copy.pdf").data.startswith(b"%PDF-")
    assert "rapid review meets on" in words(client.get("/cases/JCR-2026-0001/returns").text)
    client.application.config["CLOCK"] = lambda: NOW + timedelta(days=40)
    sign_in(client, partnership.officer)
    assert "rapid review was to meet on" in words(client.get("/cases/JCR-2026-0001/returns").text)


def test_the_link_goes_out_again_to_somebody_else(
    client: FlaskClient,
    asked: Request,
    link: Callable[[Any], str],
    partnership: Any,
    sign_in: Callable[..., None],
) -> None:
    old = link(asked)
    sign_in(client, partnership.officer)
    address = "/cases/JCR-2026-0001/returns/wvt/link"
    assert asked.contact_email in client.get(address).text
    wrong = client.post(address, data={"contact_name": "Bethan", "contact_email": "bethan"})
    assert wrong.status_code == 422
    good = {"contact_name": "Bethan", "contact_email": "bethan@wyevalley.example"}
    assert client.post(address, data=good).status_code == 302
    assert client.get(f"/scoping/{old}").status_code == 410
    assert client.get(f"/scoping/{link(asked)}").status_code == 200


@pytest.mark.tor("9.2")
def test_a_request_that_came_back_is_marked_among_the_returns_until_it_goes_out_again(
    client: FlaskClient,
    asked: Request,
    sessions: Sessions,
    partnership: Any,
    sign_in: Callable[..., None],
    words: Callable[[str], str],
    NOW: Any,
) -> None:
    with sessions.transaction() as session:
        sent = select(Letter).join(RequestLetter, RequestLetter.letter_id == Letter.id)
        (letter,) = session.scalars(sent.where(RequestLetter.request_id == asked.id))
        came_back(session, letter, "There is no such mailbox", WORKER, NOW)
    sign_in(client, partnership.officer)
    address = "/cases/JCR-2026-0001/returns"
    page = client.get(address).text
    assert "Came back There is no such mailbox. Write next to" in words(page)
    assert f'href="/letters/{letter.id}"' in page
    client.post(f"{address}/wvt/link", data={"contact_name": "B", "contact_email": "b@wyevalley.example"})
    assert "Came back" not in words(client.get(address).text)


@pytest.mark.tor("3.2")
def test_an_agency_that_a_return_names_is_asked_later(
    client: FlaskClient,
    asked: Request,
    sessions: Sessions,
    partnership: Any,
    sign_in: Callable[..., None],
    words: Callable[[str], str],
) -> None:
    sign_in(client, partnership.officer)
    address = "/cases/JCR-2026-0001/returns/another"
    assert "Probation Service" in client.get(address).text
    assert client.post(address, data={"agency": str(partnership.probation.id)}).status_code == 422
    good = {"agency": str(partnership.probation.id), "because": "The police return names it"}
    page = client.post(address, data=good, follow_redirects=True)
    assert "0 of 4 agencies have answered" in words(page.text)
    assert "safeguarding@probation.example" in page.text
    with sessions.reading() as session:
        to = select(Letter).where(Letter.recipient == "safeguarding@probation.example")
        letters = {one.kind: one for one in session.scalars(to)}
        assert letters.keys() == {Kind.SCOPING_REQUEST, Kind.MEETING_INVITATION}
        assert [one.name for one in letters[Kind.MEETING_INVITATION].enclosures] == ["meeting.ics"]


@pytest.mark.tor("3.4")
def test_an_agency_asked_when_the_return_date_is_over_gets_a_date_of_its_own(
    client: FlaskClient,
    asked: Request,
    partnership: Any,
    sign_in: Callable[..., None],
    sessions: Sessions,
    app: Any,
) -> None:
    late = asked.return_by + timedelta(days=1)
    app.config["CLOCK"] = lambda: datetime.combine(late, time(10), UTC)
    sign_in(client, partnership.officer)
    good = {"agency": str(partnership.probation.id), "because": "The police return names it"}
    client.post("/cases/JCR-2026-0001/returns/another", data=good)
    with sessions.reading() as session:
        found = session.scalars(select(Request).where(Request.agency_id == partnership.probation.id)).one()
        assert late < found.return_by < local_day(found.round.meeting_at)
        assert found.known["return_deadline"] == found.return_by.isoformat()


def test_members_read_and_do_not_act_and_a_wall_hides_the_returns(
    client: FlaskClient,
    asked: Request,
    sessions: Sessions,
    partnership: Any,
    sign_in: Callable[..., None],
    NOW: Any,
) -> None:
    sign_in(client, partnership.member)
    assert client.get("/cases/JCR-2026-0001/returns").status_code == 200
    assert client.post("/cases/JCR-2026-0001/returns/wvt/accept").status_code == 403
    with sessions.transaction() as session:
        case = session.get_one(Case, asked.case.id)
        put_up_wall(session, case, partnership.member, "Her team", partnership.officer.as_actor(), NOW)
    assert client.get("/cases/JCR-2026-0001/returns").status_code == 404
    assert client.get("/cases/JCR-2026-0001/returns/wvt").status_code == 404


@on_one_database
def test_an_agency_answering_for_another_is_told_what_to_do(
    client: FlaskClient, asked: Request, link: Callable[[Any], str], now_stands: Callable[[], Request]
) -> None:
    token, sentence = (
        link(asked),
        "This link is for Wye Valley NHS Trust, and West Mercia Police answers by a link",
    )
    refused = client.post(f"/scoping/{token}/nothing", data=NIL | {"agency_name": "west mercia police"})
    assert (refused.status_code, sentence in refused.text) == (422, True)
    assert "Electronic patient record, all years" in refused.text
    client.post(f"/scoping/{token}/agency", data=TOPICS["agency"] | {"agency_name": "West Mercia Police"})
    assert sentence in client.get(f"/scoping/{token}/check").text
    assert now_stands().state is State.ASKED


@on_one_database
def test_a_link_used_twice_or_after_it_was_passed_on_says_so(
    client: FlaskClient, asked: Request, link: Callable[[Any], str], now_stands: Callable[[], Request]
) -> None:
    token = link(asked)
    colleague = {"name": "Ian Marsh", "email": "i.marsh@wyevalley.example", "why": "He holds the records."}
    assert client.post(f"/scoping/{token}/hand-on", data=colleague).status_code == 200
    late = client.post(f"/scoping/{token}/nothing", data=NIL)
    assert (late.status_code, "link" in late.text) == (410, True)
    assert now_stands().state is State.ASKED
    theirs = link(asked)
    assert theirs != token
    client.post(f"/scoping/{theirs}/nothing", data=NIL)
    again = client.post(f"/scoping/{theirs}/nothing", data=NIL | {"author_name": "Somebody Else"})
    assert again.location.endswith(f"/scoping/{theirs}/sent")
    assert [one.answers["author_name"] for one in now_stands().returns] == ["Petra Wilmot"]


def test_events_are_pasted_from_a_table_and_files_attached_and_what_cannot_be_taken_is_said(
    client: FlaskClient, asked: Request, link: Callable[[Any], str], partnership: Any, sign_in: Any
) -> None:
    token = link(asked)
    pasted = "Date\tWhat happened\n03/02/2025\tFirst visit\nsummer 2025\tMoved"
    assert client.post(f"/scoping/{token}/paste", data={"pasted": " "}).status_code == 422
    answer = client.post(f"/scoping/{token}/paste", data={"pasted": pasted}, follow_redirects=True)
    assert "2 events added" in answer.text
    assert "First visit" in answer.text
    again = client.post(f"/scoping/{token}/paste", data={"pasted": "3 May 2025\tX\n" * 299})
    assert again.status_code == 422
    assert "There would be 301 events, and a return holds 300" in again.text
    for content, said in ((b"", "The file is empty"), (b"PK\x03\x04 a table", "Attached: table.xlsx.")):
        sent = {"files": (BytesIO(content), "a/table.xlsx")}
        page = client.post(f"/scoping/{token}/files", data=sent, follow_redirects=True)
        assert said in page.text
    sign_in(client, partnership.officer)
    case = client.get("/cases/JCR-2026-0001").text
    assert "table.xlsx" in case
    assert "Attached to the scoping return of Wye Valley NHS Trust" in case
    assert "table.xlsx" in client.get("/cases/JCR-2026-0001/returns/wvt").text


@on_one_database
@pytest.mark.tor("B.2", "B.3")
def test_what_was_typed_on_the_web_is_kept_and_shown_when_a_document_comes_by_e_mail(
    sessions: Sessions,
    client: FlaskClient,
    asked: Request,
    partnership: Any,
    sign_in: Any,
    words: Callable[[str], str],
    head: Letterhead,
    NOW: datetime,
) -> None:
    known = {name: value for topic in TOPICS.values() for name, value in topic.items()}
    typed = {
        "agency_involved": "yes",
        "involvement_summary": "Typed: nine contacts.",
        "voice": "Typed: afraid.",
    }
    with sessions.transaction() as session:
        request = session.get_one(Request, asked.id)
        service.save_draft(session, request, typed | {"author_name": known["author_name"]})
        sent = known | {"involvement_from": "2025-02-03", "involvement_to": "2026-10-30"}
        service.take_return_from_document(session, request, {}, sent, {}, WORKER, NOW)
        reference = request.case.reference
    sign_in(client, partnership.officer)
    path = f"/cases/{reference}/returns/wvt"
    kept = words(client.get(path).text).partition("Typed on the web, and not sent")[2]
    assert "Typed: nine contacts." in kept
    assert "Typed: afraid." in kept
    assert "Petra Wilmot" not in kept  # the document says the same
    with sessions.transaction() as session:
        officer, request = partnership.officer.as_actor(), session.get_one(Request, asked.id)
        service.send_back(session, head, england(), request, "Which is right?", officer, NOW)
        assert request.draft["involvement_summary"] == known["involvement_summary"]
        assert request.draft["voice"] == "Typed: afraid."
        first = request.returns[0].id
        service.take_return_from_document(session, request, {}, request.draft | sent, {}, WORKER, NOW)
    page = client.get(path)
    assert "Typed on the web" not in page.text
    assert f"{path}/earlier/{first}.pdf" in page.text
    assert client.get(f"{path}/earlier/{first}.pdf").data.startswith(b"%PDF-")
    assert client.get(f"/cases/{reference}/returns/police/earlier/{first}.pdf").status_code == 404

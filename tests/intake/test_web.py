"""The pages of intake: the pile, one message, the ledger, and a reading confirmed beside its original."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import docx
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forms import ReferralForm, Stamp, pdf, word
from jcr.cases.model import Case, Status
from jcr.cases.service import put_up_wall
from jcr.db import Sessions
from jcr.history.model import Entry
from jcr.people.model import Person
from jcr.referrals.model import Referral
from tests.conftest import MONDAY

Write = Callable[..., EmailMessage]
SignIn = Callable[[FlaskClient, Person], None]
READING = "/cases/JCR-2026-0001/reading"


@pytest.fixture
def officer(client: FlaskClient, partnership: Any, sign_in: SignIn) -> FlaskClient:
    sign_in(client, partnership.officer)
    return client


@pytest.fixture
def stranger(mailroom: Any, write: Write, form: bytes) -> int:
    """A message of the pile: a form from somebody nobody listed."""
    message = write("Please see attached.", ("referral.docx", form), From="outreach@shelter.example")
    row = mailroom.take_in(message)
    number: int = row.id
    return number


@pytest.fixture
def read_case(mailroom: Any, write: Write, form: bytes) -> Case:
    mailroom.take_in(write("Please see attached.\n\nHe also has a sister in Ross.", ("referral.docx", form)))
    with mailroom.sessions.reading() as session:
        return session.scalars(select(Case)).one()


def referral_now(sessions: Sessions) -> Referral:
    with sessions.reading() as session:
        return session.scalars(select(Referral).options(joinedload(Referral.case))).one()


def test_pile_and_reading_warn_of_somebody_known_from_another_case(
    officer: FlaskClient, mailroom: Any, write: Write, answers: dict[str, Any], stranger: int, words: Any
) -> None:
    answers["subjects"][0]["subject_name"] = "Corin Marlowe"
    again = word.blank(ReferralForm, answers, Stamp("referral", 1))
    mailroom.take_in(write("A referral.", ("referral.docx", again), Message_ID="<second@health.example>"))
    warning = "CM, JCR-2026-0001 : The same date of birth, and a name that reads alike."
    page = words(officer.get(f"/pile/{stranger}").text)
    assert f"May be known already. {warning} You can say who it is once a case is open." in page
    opened = {"act": "referral", "path": "referral.docx", "why": "A known charity."}
    assert officer.post(f"/pile/{stranger}", data=opened).location == "/cases/JCR-2026-0002/reading"
    assert f"May be known already. {warning} Say who it is" in words(
        officer.get("/cases/JCR-2026-0002/reading").text
    )


def typed_in(html: str) -> dict[str, Any]:
    """What a browser would post back from a page: boxes, areas, and the chosen radios and tick boxes."""
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]+)"', tag)
        if not name or (kind and kind[1] in ("radio", "checkbox") and " checked" not in tag):
            continue
        found.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', html):
        found[name] = text.replace("&#10;", "\n")
    return found


def test_the_pile_shows_each_message_with_its_age_and_reason(
    officer: FlaskClient, stranger: int, words: Callable[[str], str]
) -> None:
    page = words(officer.get("/pile").text)
    assert "1 message waits for you" in page
    assert "the sender is not on the list of agency addresses" in page


def test_a_referral_that_is_not_ours_is_sent_elsewhere_from_its_reading(
    officer: FlaskClient, read_case: Case, sessions: Sessions
) -> None:
    elsewhere = "/cases/JCR-2026-0001/redirect"
    assert f'href="{elsewhere}">Not ours: send it elsewhere</a>' in officer.get(READING).text
    said = {
        "destination": "leder",
        "body": "LeDeR, leder@health.example",
        "passed_on": "no",
        "why": "It is a death alone.",
    }
    assert officer.post(elsewhere, data=said).location == "/cases/JCR-2026-0001"
    assert referral_now(sessions).case.status is Status.REDIRECTED


@pytest.mark.parametrize("path", ["/pile", "/ledger", "/pile/1", "/pile/1/message.eml", READING])
def test_only_the_team_opens_the_pages_of_intake(
    client: FlaskClient, stranger: int, partnership: Any, sign_in: SignIn, path: str
) -> None:
    assert client.get(path).status_code == 302
    sign_in(client, partnership.chair)
    assert client.get(path).status_code == 403


def test_a_message_shows_its_words_its_files_what_was_read_and_what_was_not(
    officer: FlaskClient, stranger: int, words: Callable[[str], str]
) -> None:
    page = words(officer.get(f"/pile/{stranger}").text)
    for expected in ("Please see attached.", "referral.docx", "Corwin Marlowe", "Text that found no field"):
        assert expected in page


def test_files_of_a_message_are_saved_and_never_opened(
    officer: FlaskClient, stranger: int, form: bytes
) -> None:
    file = officer.get(f"/pile/{stranger}/attachments/0")
    assert file.data == form
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert officer.get(f"/pile/{stranger}/attachments/9").status_code == 404
    assert (
        officer.get(f"/pile/{stranger}/message.eml").headers["Content-Disposition"].startswith("attachment")
    )


def test_a_hostile_page_in_a_message_is_shown_without_its_tricks(
    officer: FlaskClient, mailroom: Any, write: Write
) -> None:
    message = write("See below.", From="x@elsewhere.example")
    page = '<p onclick="x()">Hello <b>there</b></p><script>alert(1)</script><img src="//evil.example/p.png">'
    message.set_content(page, subtype="html")
    row = mailroom.take_in(message)
    shown = officer.get(f"/pile/{row.id}").text
    assert "Hello <b>there</b>" in shown
    for trick in ("onclick", "alert(1)", "evil.example"):
        assert trick not in shown


def test_the_officer_opens_a_case_from_the_pile_and_goes_on_to_its_reading(
    officer: FlaskClient, stranger: int, sessions: Sessions
) -> None:
    answer = officer.post(f"/pile/{stranger}", data={"act": "referral", "path": "referral.docx"})
    assert answer.status_code == 422
    assert "Say why" in answer.text
    answer = officer.post(
        f"/pile/{stranger}", data={"act": "referral", "path": "referral.docx", "why": "A charity we know."}
    )
    assert answer.location == READING
    assert "A message that was filed" in officer.get(f"/pile/{stranger}").text


def test_a_reference_nobody_gave_is_refused_with_every_word_kept(officer: FlaskClient, stranger: int) -> None:
    typed = {"act": "case", "reference": "JCR-2026-0999", "why": "More about him."}
    answer = officer.post(f"/pile/{stranger}", data=typed)
    assert answer.status_code == 422
    assert "No case has this reference" in answer.text
    assert "More about him." in answer.text
    assert 'value="JCR-2026-0999"' in answer.text


def test_a_message_is_read_again_by_the_safe_reader(officer: FlaskClient, stranger: int) -> None:
    answer = officer.post(f"/pile/{stranger}/again", follow_redirects=True)
    assert "The message was read again: to sort." in answer.text


def test_a_wall_hides_the_mail_of_its_case_filed_or_naming_it(
    officer: FlaskClient, mailroom: Any, write: Write, read_case: Case, partnership: Any, sign_in: SignIn
) -> None:
    about = write(
        "Where are we with it?",
        Subject=f"About {read_case.reference}",
        From="x@shelter.example",
        Message_ID="<2@x>",
    )
    naming = mailroom.take_in(about)
    assert naming.waiting
    pages = [f"/pile/{naming.id}", "/pile/1", "/pile/1/message.eml", "/pile/1/attachments/0"]
    assert [officer.get(page).status_code for page in pages] == [200] * 4
    with mailroom.sessions.transaction() as session:
        case, conflicted = session.merge(read_case), session.merge(partnership.officer)
        put_up_wall(session, case, conflicted, "A neighbour", partnership.manager.as_actor(), MONDAY)
    assert [officer.get(page).status_code for page in pages] == [404] * 4
    assert officer.post("/pile/1/again").status_code == 404
    for page in ("/pile", "/ledger", "/"):
        assert "About" not in officer.get(page).text, page
    sign_in(officer, partnership.support)
    assert "About" in officer.get("/pile").text
    assert officer.get("/pile/1").status_code == 200


def test_the_ledger_lists_every_message_and_filters_by_outcome(
    officer: FlaskClient, stranger: int, read_case: Case, words: Callable[[str], str]
) -> None:
    page = words(officer.get("/ledger").text)
    assert "2 messages in all, each accounted for." in page
    assert "JCR-2026-0001" in page
    filtered = words(officer.get("/ledger?outcome=to_sort").text)
    assert "outreach@shelter.example" in filtered
    assert "rowan.ashdown" not in filtered
    assert officer.get("/ledger?outcome=nonsense&page=-4").status_code == 200


@pytest.mark.tor("B.3")
def test_the_reading_stands_beside_its_original(
    officer: FlaskClient, read_case: Case, words: Callable[[str], str]
) -> None:
    html = officer.get(READING).text
    page = words(html)
    assert 'value="Rowan Ashdown"' in html
    assert "On the form, table" in page
    assert "He also has a sister in Ross." in page
    assert "Text that found no field" in page


@pytest.mark.tor("B.3")
def test_confirming_makes_the_reading_fact_and_sends_the_case_to_triage(
    officer: FlaskClient, read_case: Case, sessions: Sessions
) -> None:
    typed = typed_in(officer.get(READING).text)
    typed |= {"referrer_role": "Consultant nurse", "approval": "on_form", "confirm": "yes"}
    answer = officer.post(READING, data=typed)
    assert answer.location == "/cases/JCR-2026-0001", answer.text
    referral = referral_now(sessions)
    assert referral.case.status is Status.TRIAGE
    assert referral.answers["referrer_role"] == "Consultant nurse"
    assert referral.sent_answers["referrer_role"] == "Named nurse"
    assert referral.answers == referral.sent_answers | {"referrer_role": "Consultant nurse"}
    assert officer.get(READING).status_code == 302


def test_corrections_are_saved_for_later_without_becoming_fact(
    officer: FlaskClient, read_case: Case, sessions: Sessions
) -> None:
    typed = typed_in(officer.get(READING).text) | {"case_summary": "Half a sentence", "save": "yes"}
    assert officer.post(READING, data=typed).location == READING
    assert "Half a sentence" in officer.get(READING).text
    referral = referral_now(sessions)
    assert referral.case.status is Status.REFERRED
    assert referral.answers == {}


def test_a_wrong_answer_comes_back_with_a_sentence_and_every_word(
    officer: FlaskClient, read_case: Case, sessions: Sessions
) -> None:
    typed = typed_in(officer.get(READING).text)
    typed |= {"incident_date": ["31", "2", "2026"], "case_summary": "New words", "approval": "on_form"}
    answer = officer.post(READING, data=typed | {"confirm": "yes"})
    assert answer.status_code == 422
    assert "Date of the incident must be a real date" in answer.text
    assert "New words" in answer.text
    assert referral_now(sessions).case.status is Status.REFERRED


@pytest.mark.tor("7.2")
def test_confirming_asks_about_the_leads_approval(
    officer: FlaskClient, read_case: Case, sessions: Sessions
) -> None:
    typed = typed_in(officer.get(READING).text) | {"confirm": "yes"}
    answer = officer.post(READING, data=typed)
    assert answer.status_code == 422
    assert "Say whether the safeguarding lead has approved the referral" in answer.text
    assert officer.post(READING, data=typed | {"approval": "ask"}).status_code == 302
    assert referral_now(sessions).case.status is Status.AWAITING_SIGN_OFF


def test_another_row_is_added_on_the_reading_without_losing_a_word(
    officer: FlaskClient, read_case: Case
) -> None:
    typed = typed_in(officer.get(READING).text) | {
        "agencies_involved-add": "add",
        "case_summary": "New words",
    }
    page = officer.post(READING, data=typed)
    assert page.status_code == 200
    assert 'name="agencies_involved-1-agency"' in page.text
    assert "New words" in page.text


@pytest.fixture
def loose_case(mailroom: Any, write: Write, form: bytes) -> Case:
    document = docx.Document(BytesIO(form))
    document.add_paragraph("His sister lives in Ross.")
    written = BytesIO()
    document.save(written)
    mailroom.take_in(write("Please see attached.", ("referral.docx", written.getvalue())))
    with mailroom.sessions.reading() as session:
        return session.scalars(select(Case)).one()


@pytest.mark.tor("B.3")
def test_text_that_found_no_field_is_put_into_an_answer_and_taken_out_again(
    officer: FlaskClient, loose_case: Case, sessions: Sessions, answers: dict[str, Any]
) -> None:
    typed = typed_in(officer.get(READING).text) | {"referrer_role": "Consultant nurse"}
    move = {"into-0": "case_summary", "place": "0"}
    page = officer.post(READING, data=typed | move, follow_redirects=True).text
    corrected = referral_now(sessions).corrections
    assert corrected is not None
    assert corrected["case_summary"] == f"{answers['case_summary']}\nHis sister lives in Ross."
    assert corrected["referrer_role"] == "Consultant nurse"
    assert "Placed" in page
    assert f'action="{READING}"' in page  # or what is wrong would be shown at #loose, out of sight
    with sessions.reading() as session:
        acts = session.scalars(select(Entry.act)).all()
    assert "put text that found no field into “Summary of the case”" in acts
    officer.post(READING, data=typed_in(page) | {"undo": "0"})
    corrected = referral_now(sessions).corrections
    assert corrected is not None
    assert corrected["case_summary"] == answers["case_summary"]


def test_a_piece_without_a_place_is_answered_with_a_sentence_and_every_word(
    officer: FlaskClient, loose_case: Case, sessions: Sessions
) -> None:
    typed = typed_in(officer.get(READING).text) | {"case_summary": "New words", "place": "0", "into-0": ""}
    answer = officer.post(READING, data=typed)
    assert answer.status_code == 422
    assert "Choose the answer this text belongs to" in answer.text
    assert "New words" in answer.text
    assert officer.post(READING, data=typed | {"place": "77"}).status_code == 422


@pytest.mark.tor("B.3")
def test_each_answer_leads_to_its_place_in_the_original_and_back(
    officer: FlaskClient, read_case: Case
) -> None:
    page = officer.get(READING).text
    assert 'id="from-referrer_name"' in page
    assert 'href="#from-referrer_name"' in page
    assert 'href="#referrer_name"' in page


def test_a_page_of_a_pdf_is_served_as_a_picture_to_the_team_alone(
    officer: FlaskClient, mailroom: Any, write: Write, answers: dict[str, Any]
) -> None:
    content = pdf.blank(ReferralForm, answers, Stamp("referral", 1))
    row = mailroom.take_in(write("Please see attached.", ("referral.pdf", content)))
    picture = officer.get(f"/pile/{row.id}/documents/0/page-1.png")
    assert (picture.content_type, picture.data[:4]) == ("image/png", b"\x89PNG")
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert f"/pile/{row.id}/documents/0/page-1.png" in officer.get(READING).text
    for nowhere in (f"/pile/{row.id}/documents/0/page-99.png", f"/pile/{row.id}/documents/7/page-1.png"):
        assert officer.get(nowhere).status_code == 404
    officer.post("/sign-out")
    assert officer.get(f"/pile/{row.id}/documents/0/page-1.png").status_code == 302


def test_the_pile_tells_the_first_reasons_and_a_message_all_of_them(
    officer: FlaskClient, mailroom: Any, write: Write, words: Any
) -> None:
    damaged = [(f"scan-{number}.docx", b"PK\3\4 no document") for number in range(9)]
    row = mailroom.take_in(write("Scans.", *damaged, From="outreach@shelter.example"))
    assert len(row.because) == 9
    for path in ("/pile", "/ledger"):
        said = words(officer.get(path).text)
        assert ("scan-2.docx:" in said, "scan-3.docx:" in said, "and 6 more" in said) == (True, False, True)
    said = words(officer.get(f"/pile/{row.id}").text)
    assert "scan-8.docx:" in said
    assert "every piece of text found a field" not in said  # nothing could be read


def test_a_message_with_nothing_in_it_waits_and_says_so(mailroom: Any) -> None:
    row = mailroom.take_in(b"")
    assert (row.waiting, row.because) == (
        True,
        ["there is nothing in it: ask the sender, if it names one, to send it again"],
    )

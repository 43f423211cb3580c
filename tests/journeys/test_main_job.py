"""The main job, end to end, in a browser: from a referral by e-mail or on the web to the decision letter.

Once with JavaScript, axe looking over every page; once without, as a locked-down browser would have it.
"""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import default

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Running, Visitor, wait_until

Visit = Callable[..., Visitor]
PATIENCE = 30  # seconds; how fast it is, `make bench` tells
LEAD = "e.caradoc@police.example"
SUBJECT = "Wilhelmina Ashgrove"


def posted(running: Running, to: str, about: str = "", more_than: int = 0) -> EmailMessage:
    """The newest message in the out folder to this address whose subject has these words; of more than so many."""
    wait_until(lambda: len(_posted(running, to, about)) > more_than, 15, f"a message to {to} about {about!r}")
    return _posted(running, to, about)[0]


def _posted(running: Running, to: str, about: str) -> list[EmailMessage]:
    paths = sorted((running.mail_out / "new").glob("*"), key=lambda path: path.stat().st_mtime, reverse=True)
    messages = [email.message_from_bytes(path.read_bytes(), policy=default) for path in paths]
    return [m for m in messages if to in m["To"] and about in m["Subject"]]  # type: ignore[misc]


def open_link(who: Visitor, running: Running, message: EmailMessage, path: str) -> None:
    """Two clicks: the link in the e-mail, and the button under the code that comes by the next."""
    before = len(_posted(running, message["To"], "Your code"))
    who.go(link_in(message, path))
    code = posted(running, message["To"], "Your code", more_than=before)
    [digits] = re.findall(r"code is (\d{6})\b", code.get_content())
    who.page.get_by_label("Six-digit code").fill(digits)
    who.press("Continue")


def link_in(message: EmailMessage, path: str) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    [link, *_] = re.findall(rf"http\S+{path}\S+", body.get_content())
    return str(link)


def write_date(page: Page, group: str, day: date) -> None:
    boxes = page.get_by_role("group", name=group)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(part).fill(str(value))


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def refer_by_email(visit: Visit, running: Running, javascript: bool) -> str:
    """The message comes to the desk by itself, and the officer confirms what was read from it."""
    officer = visit(javascript)
    officer.sign_in("officer")
    page = officer.page
    running.jcr("demo", "send", "referral-word")
    confirm = page.get_by_role("link", name="Confirm what the referral says")

    def on_the_desk() -> bool:
        page.goto(running.base)
        return confirm.count() > 0

    wait_until(on_the_desk, PATIENCE, "the e-mailed referral on the desk")
    [row, *_] = [line for line in running.jcr("ledger").splitlines() if " referral " in line]
    reference = re.search(r"JCR-\d{4}-\d{4}", row)
    assert reference
    officer.go(f"/cases/{reference[0]}/reading")
    expect(page.get_by_label("Full name").first).to_have_value("Edwin Harcastle-Pryce")
    page.get_by_role("group", name="What came").hover()
    page.mouse.wheel(0, 5000)
    expect(page.get_by_role("heading", name="Text that found no field")).to_be_in_viewport()
    page.get_by_label("Yes, it is recorded on the form").check()
    officer.press("Confirm what the referral says")
    assert reference[0] in posted(running, "m.hartigan@police.example", reference[0])["Subject"]
    return reference[0]


def refer_on_the_web(visit: Visit, running: Running, javascript: bool) -> str:
    """A referrer without an account fills it in topic by topic; their safeguarding lead signs it off by link."""
    referrer = visit(javascript)
    page, today = referrer.page, date.today()
    referrer.go("/referral")
    referrer.press("Start now")
    saved = page.url
    fill_topics(referrer, saved, today)
    page.goto(f"{saved}/check")
    referrer.look_over()
    expect(page.get_by_text(SUBJECT).first).to_be_visible()
    referrer.press("Send the referral")
    reference = re.search(r"JCR-\d{4}-\d{4}", page.inner_text("main"))
    assert reference
    lead = visit(javascript)
    open_link(lead, running, posted(running, LEAD, reference[0]), "/sign-off/")
    sign_off(lead)
    return reference[0]


def fill_topics(referrer: Visitor, saved: str, today: date) -> None:
    page = referrer.page

    def topic(key: str) -> None:
        page.goto(f"{saved}/{key}")
        referrer.look_over()

    def done() -> None:
        referrer.press("Save and continue")

    topic("review")
    page.get_by_label("Safeguarding adult review", exact=False).first.check()
    done()
    topic("referrer")
    for label, text in {
        "Your name": "Owain Tremlett",
        "Your role": "Team Manager",
        "Your agency": "West Mercia Police",
        "E-mail address": "o.tremlett@police.example",
    }.items():
        page.get_by_label(label, exact=False).first.fill(text)
    write_date(page, "Date of referral", today)
    done()
    topic("lead")
    page.get_by_label("Name of your safeguarding lead").fill("Inspector Elin Caradoc")
    page.get_by_label("Their e-mail address").fill(LEAD)
    done()
    topic("subjects")
    page.get_by_label("Full name").fill(SUBJECT)
    write_date(page, "Date of birth", date(1948, 5, 2))
    choose(page, "Gender", "Female")
    page.get_by_label("Ethnicity").fill("White British")
    page.get_by_label("Home address").fill("8 Orchard Row, Hereford, HR99 2ZZ")
    choose(page, "Has the person died?", "Yes")
    write_date(page, "Date of death", today - timedelta(days=9))
    page.get_by_label("Care and support needs").fill("Lived with dementia; carers visited twice a day.")
    done()
    topic("incident")
    write_date(page, "Date of the incident", today - timedelta(days=9))
    write_date(page, "became aware", today - timedelta(days=8))
    page.get_by_label("What happened?").fill("Found outside in the night.\nThe door alarm had been off.")
    page.get_by_label("Summary of the case").fill("Three agencies knew that she walked at night.")
    done()
    topic("criteria")
    page.get_by_label("What is this based on?").fill("Concerns were closed without contact between agencies.")
    page.get_by_label("How did agencies work together?").fill("No agency took the lead.")
    done()
    topic("agencies")
    page.get_by_label("Agency", exact=True).first.fill("Wye Valley NHS Trust")
    done()
    topic("risk")
    choose(page, "Is anyone at risk now?", "No")
    done()


def sign_off(lead: Visitor) -> None:
    lead.page.get_by_label("I approve this referral").check()
    lead.page.get_by_label("Your full name").fill("Elin Caradoc")
    lead.press("Record my decision")


ANSWERS = {
    "Is this a safeguarding concern rather than": "No",
    "Has the agency's safeguarding lead approved": "Yes",
    "Is the form complete enough": "Yes",
    "Is anyone at immediate risk": "No",
    "Does it look like a child case": "No",
    "Is the case clearly outside every route": "No",
}


def triage(officer: Visitor, reference: str) -> None:
    """Every step of the flowchart is answered with its reason; then the limbs of the adult test."""
    page = officer.page
    officer.go(f"/cases/{reference}/triage")
    for question, answer in ANSWERS.items():
        pair = page.get_by_role("group", name=question).first
        pair.get_by_label(answer, exact=True).check()
        pair.get_by_label("Reason").fill("As the referral says.")
    officer.press("Save the answers")
    officer.go(f"/cases/{reference}/criteria")
    officer.follow("Answer the questions of the adult test")
    for pair in page.locator(".app-pair").all():
        pair.get_by_label("Yes", exact=True).check()
        pair.get_by_label("Reason").fill("The referral and its attachments say so.")
    officer.press("Save the answers")
    expect(page.get_by_text("Met", exact=True).first).to_be_visible()


def ask_agencies(officer: Visitor, reference: str) -> None:
    """One act: the return date, the meeting, and a request to each agency (ToR 7.ii)."""
    officer.go(f"/cases/{reference}/triage")
    officer.follow_button("Go on to scoping")
    officer.page.get_by_label("Time").fill("10:00")
    officer.page.get_by_label("Where, or the link to join").fill("Council Offices, Plough Lane, and by video")
    officer.press("Send the requests and call the rapid review")


def answer_by_link(visit: Visit, running: Running, reference: str, javascript: bool) -> None:
    """The integrated care board holds nothing: two clicks."""
    agency = visit(javascript)
    request = posted(running, "safeguarding@icb.example", f"{reference}: scoping request")
    open_link(agency, running, request, "/scoping/")
    agency.follow_button("We hold nothing")
    page = agency.page
    page.get_by_label("Your name").fill("Harriet Osei")
    page.get_by_label("Your role").fill("Named Nurse")
    page.get_by_label("E-mail address").fill("h.osei@icb.example")
    page.get_by_label("Which records were searched").fill("All systems, both names, all dates.")
    agency.press("Send the nil return")
    expect(page.get_by_role("heading", name="Nil return received")).to_be_visible()


def answer_by_email(officer: Visitor, running: Running, reference: str) -> None:
    """An agency returns the Word form; it lands on its own request by the stamp in it."""
    running.jcr("demo", "send", "scoping-return")

    def returned() -> bool:
        officer.page.goto(f"{running.base}/cases/{reference}/returns")
        return "by e-mail" in officer.page.inner_text("main")

    wait_until(returned, PATIENCE, "the e-mailed return on its request")
    officer.look_over()


def meet(officer: Visitor, reference: str) -> None:
    """Attendance with a deputy and apologies, a declared conflict, quorum with its reason, agenda and minutes."""
    page = officer.page
    officer.go("/meetings")
    officer.follow(f"Rapid review of {reference}")
    page.get_by_text("Open it before its day").click()
    page.get_by_label("Why is it opened before its day?").fill(
        "The chair rang everybody: all can come today."
    )
    officer.press("Open the rapid review today")
    for name in ("Bethan Ruddock", "Gareth Inchbold", "Ottoline Farr", "DI Corin Ashdown", "Rhiannon Maddox"):
        page.get_by_label(f"Attendance of {name}").select_option("Present")
    page.get_by_label("Attendance of Callum Weatherby").select_option("Deputy")
    page.get_by_label("Name of the deputy for Callum Weatherby").fill("Joan Ellwood")
    page.get_by_label("Attendance of Nasreen Holloway").select_option("Apologies")
    page.get_by_role("group", name="Who chairs?").get_by_label("Ottoline Farr").check()
    officer.press("Record attendance, declarations and chair")
    expect(page.get_by_role("heading", name="Quorate", exact=True)).to_be_visible()
    for paper in ("Agenda (PDF)", "PDF of the minutes"):
        address = page.get_by_role("link", name=paper).get_attribute("href")
        answer = page.request.get(f"{officer.running.base}{address}")
        assert answer.body().startswith(b"%PDF-"), paper


def recommend(officer: Visitor, reference: str) -> None:
    page = officer.page
    officer.go(f"/cases/{reference}/recommendation")
    page.get_by_label("Safeguarding Adult Review (mandatory)").check()
    for label, text in {
        "What happened": "He was found dead at home; four agencies held concerns and none took the lead.",
        "Why the group recommends this": "The adult had care and support needs; neglect is suspected.",
        "Race, culture and other protected characteristics": "Age and disability shaped how he was heard.",
        "Immediate learning": "A change of provider needs a handover.",
        "What is to be done": "Check every open care package for a missed handover",
        "Who does it": "Adults and Communities",
    }.items():
        page.get_by_label(label, exact=False).first.fill(text)
    write_date(page, "By when", date.today() + timedelta(days=30))
    page.get_by_label("Agency of whoever does it").select_option(
        "Adults and Communities, Herefordshire Council"
    )
    officer.press("Record the recommendation")


def ratify(visit: Visit, running: Running, reference: str, javascript: bool) -> None:
    """The chair of the adults board reads the report and ratifies it with a reason."""
    chair = visit(javascript)
    request = posted(running, "hsab.chair@partnership.example", reference)
    chair.sign_in("hsab.chair")
    chair.go(link_in(request, "/cases/"))
    chair.page.get_by_label("Accept", exact=False).first.check()
    chair.page.get_by_label("Reason", exact=False).first.fill("The criteria are met on the evidence given.")
    chair.press("Record my answer")


def tell_the_referrer(officer: Visitor, running: Running, reference: str, referrer: str) -> None:
    """The letter is read before it goes; the worker posts it, and the case is decided."""
    page = officer.page
    officer.go(f"/cases/{reference}/decision-letter")
    officer.press("Send the decision letter")
    letter = posted(running, referrer, f"{reference}: decision")
    [pdf] = [part for part in letter.iter_attachments() if part.get_content_type() == "application/pdf"]
    assert pdf.get_content().startswith(b"%PDF-")
    assert letter["Message-ID"]

    def decided() -> bool:
        page.goto(f"{running.base}/cases/{reference}")
        return page.locator("h1 .govuk-tag").inner_text() == "Decided"

    wait_until(decided, 10, "the case to be decided")
    officer.look_over()
    expect(page.get_by_text("sent the decision letter to the referrer")).to_be_visible()


@pytest.mark.tor("B.1", "B.3", "B.4", "B.5", "B.6")
@pytest.mark.parametrize(
    ("javascript", "refer", "referrer"),
    [
        (True, refer_by_email, "m.hartigan@police.example"),
        (False, refer_on_the_web, "o.tremlett@police.example"),
    ],
    ids=["by e-mail", "on the web"],
)
def test_from_a_referral_to_the_decision_letter(
    running: Running, visitor: Visit, javascript: bool, refer: Callable[..., str], referrer: str
) -> None:
    reference = refer(visitor, running, javascript)
    officer = visitor(javascript)
    officer.sign_in("officer")
    triage(officer, reference)
    ask_agencies(officer, reference)
    answer_by_link(visitor, running, reference, javascript)
    answer_by_email(officer, running, reference)
    meet(officer, reference)
    recommend(officer, reference)
    ratify(visitor, running, reference, javascript)
    tell_the_referrer(officer, running, reference, referrer)

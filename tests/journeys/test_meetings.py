"""Three business meetings in a browser, from the call of the series to the second letter about missed meetings."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from hashlib import sha256

import pikepdf
import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from jcr.people.model import Person
from tests.cases.made import in_triage
from tests.journeys.conftest import Visitor
from tests.journeys.test_main_job import choose, open_link, posted, write_date
from tests.journeys.through_time import InTime, served

Visit = Callable[..., Visitor]
BEGAN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
# Each second Thursday, by hand: 10 December, 11 March and 10 June (British Summer Time)
FIRST, SECOND, THIRD = (
    datetime(2026, 12, 10, 10, 0, tzinfo=UTC),
    datetime(2027, 3, 11, 10, 0, tzinfo=UTC),
    datetime(2027, 6, 10, 9, 0, tzinfo=UTC),
)
GARETH, SIMONE, CALLUM, LEILA = (
    f"{name}@members.partnership.example" for name in ("inchbold", "tarrant", "weatherby", "brannigan")
)
JOAN = "j.ellwood@fire.example"
INVITED = "Invitation: Joint Case Review business meeting, Thursday 10 December"
TASK = "Ask every provider how it hands over open care packages"


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InTime]:
    with served(tmp_path_factory.mktemp("meetings"), BEGAN) as product:
        yield product


@pytest.fixture
def running(office: InTime) -> InTime:
    return office


@pytest.mark.tor("0.3", "0.4", "6.1", "6.2", "6.3", "9.1", "9.2", "9.5", "9.6", "9.7", "B.4", "B.5")
def test_three_business_meetings_from_the_call_to_the_second_letter(office: InTime, visitor: Visit) -> None:
    with office.sessions.transaction() as session:
        officer = session.query(Person).filter_by(email="officer@partnership.example").one()
        reference = in_triage(session, office.head, officer, BEGAN).reference
    first, second, third = call_a_series(visitor, office)
    answer_by_link(visitor, office, reference)
    check_papers(visitor, office)
    send_the_agenda(visitor, office, first, reference)
    take_a_late_paper(visitor, office, first)
    fetch_the_pack(visitor, office, first)
    meet(visitor, office, first, reference)
    minutes_to_members(visitor, office, first)
    meet_again(visitor, office, first, second)
    first_letter(visitor, office)
    miss_the_third(visitor, office, third)
    second_letter(visitor, office)


def signed_in(visit: Visit, who: str) -> Visitor:
    visitor = visit()
    visitor.sign_in(who)
    return visitor


def call_a_series(visit: Visit, office: InTime) -> list[str]:
    """A quarter without a meeting is said until one is planned; everybody gets an entry that names nobody."""
    officer = signed_in(visit, "officer")
    page = officer.page
    officer.go("/meetings")
    expect(
        page.get_by_text("No business meeting is held or planned from Thursday 1 October 2026")
    ).to_be_visible()
    officer.follow_button("Call a business meeting")
    write_date(page, "Date of the meeting", date(2026, 12, 10))
    page.get_by_label("Where, or the link to join").fill("Plough Lane, room 3")
    page.get_by_label("How many meetings").fill("3")
    officer.press("Call the meeting")
    expect(page.get_by_text("No business meeting is held or planned")).to_have_count(0)
    found = page.get_by_role("link", name=re.compile("^Joint Case Review business meeting"))
    expect(found).to_have_count(3)
    entries = [
        entry_in(posted(office, GARETH, day)) for day in ("10 December 2026", "11 March 2027", "10 June 2027")
    ]
    assert [entry.start for entry in entries] == [FIRST, SECOND, THIRD]
    assert len({entry["uid"] for entry in entries}) == 3
    return [str(found.nth(number).get_attribute("href")) for number in range(3)]


def entry_in(message: EmailMessage):  # type: ignore[no-untyped-def]  # an event of icalendar
    [file] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    content = file.get_payload(decode=True)
    assert b"Ottoline" not in content
    return Calendar.from_ical(content).events[0]


def answer_by_link(visit: Visit, office: InTime, reference: str) -> None:
    """One comes and sends a paper; another names a deputy, who declares an interest in a case by her own link."""
    gareth = visit()
    open_link(gareth, office, posted(office, GARETH, INVITED), "/meeting/")
    page = gareth.page
    choose(page, "Will you come?", "Yes, I come")
    choose(page, "Do you have an interest to declare?", "No")
    gareth.press("Send my answer")
    gareth.follow("Send a paper for this meeting")
    send_paper(gareth, "Handovers of care packages", "No")
    callum = visit()
    open_link(callum, office, posted(office, CALLUM, INVITED), "/meeting/")
    page = callum.page
    choose(page, "Will you come?", "No, a deputy comes for me")
    page.get_by_label("Name of the deputy").fill("Joan Ellwood")
    page.get_by_label("Their e-mail address").fill(JOAN)
    choose(page, "Do you have an interest to declare?", "No")
    callum.press("Send my answer")
    joan = visit()
    open_link(joan, office, posted(office, JOAN, INVITED), "/meeting/")
    page = joan.page
    choose(page, "Do you have an interest to declare?", "Yes")
    page.get_by_role("group", name="What is it in?").get_by_label(reference, exact=False).check()
    page.get_by_label("What is it?").fill("I led the fire safety visit to this home.")
    joan.press("Send what I declare")
    expect(page.get_by_text("The chair has not decided on it yet")).to_be_visible()


def send_paper(member: Visitor, title: str, late: str) -> None:
    page = member.page
    choose(page, "Is this paper later than seven working days", late)
    if late == "Yes":
        page.get_by_label("Why is it late?").fill("The inspection ended on Thursday.")
    page.get_by_label("Title of the paper").fill(title)
    choose(page, "What is the paper for?", "For discussion")
    page.get_by_label("Summary").fill("What providers told us since the summer.")
    page.get_by_label("Documents sent with this sheet").fill("The report")
    choose(page, "Who may see it?", "All members of the group")
    page.get_by_label("Checked in your agency by").fill("Head of Quality")
    page.get_by_label("The paper itself").set_input_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": a_paper(title)}
    )
    member.press("Send")
    expect(page.get_by_role("heading", name="Paper received")).to_be_visible()


def a_paper(words: str) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for number in (1, 2):
        canvas.drawString(72, 700, f"{words}, page {number}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def check_papers(visit: Visit, office: InTime) -> None:
    """The first paper goes back with a reason, the second is accepted; the chair decides on the interest (ToR 9)."""
    officer = signed_in(visit, "officer")
    page = officer.page
    open_submission(officer)
    page.get_by_label("What is to be put right?").fill("Page 2 names a provider. Write “Provider A”.")
    officer.press("Send it back by letter")
    assert "Page 2 names a provider" in text_of(pdf_of(posted(office, GARETH, "Your paper")))
    gareth = visit()
    open_link(gareth, office, posted(office, GARETH, INVITED), "/meeting/")
    gareth.follow("Send a paper for this meeting")
    send_paper(gareth, "Handovers of care packages", "No")
    open_submission(officer)
    officer.press("Accept what it says")
    chair = signed_in(visit, "chair")
    chair.go("/meetings")
    chair.follow("Joint Case Review business meeting, Thursday 10 December 2026")
    page = chair.page
    page.get_by_label("Yes: they take no part in this case").check()
    page.get_by_label("Why, or how it is handled").fill("She withdraws for the item.")
    chair.press("Record the decision")
    expect(page.get_by_text("A conflict, decided by Ottoline Farr")).to_be_visible()


def open_submission(officer: Visitor) -> None:
    officer.go("/")
    officer.page.locator("a[href^='/submissions/']").first.click()
    officer.page.wait_for_load_state()
    officer.look_over()


def send_the_agenda(visit: Visit, office: InTime, meeting: str, reference: str) -> None:
    """One more item, moved up by keyboard alone; then one act sends the agenda, to the deputy as well."""
    office.move_to(datetime(2026, 12, 2, 9, 0, tzinfo=UTC))
    officer = signed_in(visit, "officer")
    page = officer.page
    officer.go(meeting)
    officer.press("Bring the agenda up to date")
    officer.follow("Add an item")
    page.get_by_label("Title").fill(f"More time for {reference}")
    choose(page, "Purpose", "Decide")
    officer.press("Add the item")
    officer.follow("Change the agenda")
    before = position_of(page, f"More time for {reference}")
    page.get_by_role("button", name=re.compile(f"More time for {reference}, up")).focus()
    for _ in range(2):
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert position_of(page, f"More time for {reference}") == before - 2
    assert "up-" in page.evaluate("document.activeElement.id")
    officer.go(meeting)
    officer.press("Send the agenda")
    for address in (GARETH, LEILA, JOAN):
        assert pdf_of(posted(office, address, "genda")).startswith(b"%PDF-")
    words = text_of(pdf_of(posted(office, GARETH, "genda")))
    assert f"More time for {reference}" in words
    assert f"More time for {reference}" not in text_of(pdf_of(posted(office, JOAN, "genda")))


def position_of(page: Page, title: str) -> int:
    titles = page.locator("input[name^='title-']").evaluate_all("boxes => boxes.map(one => one.value)")
    return int(titles.index(title))


def pdf_of(message: EmailMessage) -> bytes:
    [file] = [part for part in message.iter_attachments() if part.get_content_type() == "application/pdf"]
    content: bytes = file.get_content()
    return content


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def take_a_late_paper(visit: Visit, office: InTime, meeting: str) -> None:
    """It waits for the chair's leave, and goes out with a supplement whose pages go on from the agenda's."""
    office.move_to(datetime(2026, 12, 4, 9, 0, tzinfo=UTC))
    simone = visit()
    open_link(simone, office, posted(office, SIMONE, INVITED), "/meeting/")
    page = simone.page
    choose(page, "Will you come?", "No, please take my apologies")
    choose(page, "Do you have an interest to declare?", "No")
    simone.press("Send my answer")
    simone.follow("Send a paper for this meeting")
    send_paper(simone, "What schools saw", "Yes")
    officer = signed_in(visit, "officer")
    open_submission(officer)
    officer.press("Accept what it says")
    chair = signed_in(visit, "chair")
    chair.go(meeting)
    chair.page.get_by_label("Why the late paper may be taken").fill("It bears on the decision.")
    chair.press("Give leave")
    officer.go(meeting)
    officer.press("Send a supplement to the agenda")
    agenda, supplement = (pdf_of(posted(office, GARETH, about)) for about in (": agenda", ": supplement 1"))
    pages = len(PdfReader(io.BytesIO(agenda)).pages)
    assert f"Page {pages + 1}" in text_of(supplement)
    assert "What schools saw" in text_of(supplement)


def fetch_the_pack(visit: Visit, office: InTime, meeting: str) -> None:
    """A member's own copy, with their name on every page, that opens with their password alone."""
    member = signed_in(visit, "member")
    member.go(meeting)
    member.follow("Pack: agenda, minutes and papers")
    member.page.get_by_label("Password for the file").fill("plough lane at ten")
    with member.page.expect_download() as fetched:
        member.page.get_by_role("button", name="Fetch the pack").click()
    content = fetched.value.path().read_bytes()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(content))
    with pikepdf.open(io.BytesIO(content), password="plough lane at ten") as pdf:
        assert pdf.encryption.R == 6  # AES-256
        plain = io.BytesIO()
        pdf.save(plain, encryption=False)
    words = [" ".join(one.extract_text().split()) for one in PdfReader(plain).pages]
    assert all("Nasreen Holloway" in page for page in words)
    assert all(f"Page {number} of {len(words)}" in page for number, page in enumerate(words, 1))
    assert "What schools saw, page 2" in words[-1]


def meet(visit: Visit, office: InTime, meeting: str, reference: str) -> None:
    """Quorum is lost as the deputy leaves, and again as she takes no part; then nothing is decided, only noted."""
    office.move_to(FIRST)
    officer = signed_in(visit, "officer")
    page = officer.page
    officer.go(f"{meeting}/attendance")
    for name in ("Ottoline Farr", "Nasreen Holloway", "Gareth Inchbold", "Rhiannon Maddox"):
        page.get_by_label(f"Attendance of {name}").select_option("Present")
    page.get_by_label("Attendance of Callum Weatherby").select_option("Deputy")
    for name in ("DI Corin Ashdown", "Dr Alasdair Quill", "Bethan Ruddock", "Simone Tarrant"):
        page.get_by_label(f"Attendance of {name}").select_option("Apologies")
    page.get_by_label("Attendance of Leila Brannigan").select_option("Absent")
    page.get_by_role("group", name="Who chairs?").get_by_label("Ottoline Farr").check()
    officer.press("Record attendance, declarations and chair")
    expect(page.get_by_role("heading", name="Quorate", exact=True)).to_be_visible()

    open_item(officer, "Any other business")
    page.get_by_label("What was said").fill("Quorate until here.")
    officer.press("Save and go back to the meeting")
    open_item(officer, "Action log")
    page.get_by_label("Joan Ellwood at this item").select_option("Left before or during this item")
    page.get_by_label("Time, Joan Ellwood").fill("10:20")
    officer.press("Record who moved and who dissents")
    expect(page.get_by_role("status")).to_contain_text("Not quorate: 2 agencies are present")
    page.get_by_label("What was said").fill("The log was read.")
    page.get_by_label("What was decided").fill("Close three actions")
    officer.press("Save and go to the next item")
    expect(page.get_by_text("The meeting may note but cannot recommend").first).to_be_visible()
    expect(page.get_by_label("What was decided")).to_have_value("Close three actions")
    page.get_by_label("What was decided").fill("")
    officer.press("Save and go to the next item")
    page.get_by_label("Joan Ellwood at this item").select_option("Came in before this item")
    page.get_by_label("Time, Joan Ellwood").fill("10:35")
    officer.press("Record who moved and who dissents")
    expect(page.get_by_role("status")).to_contain_text("Quorate: 3 agencies are present")
    page.get_by_label("What was decided").fill("Write to every provider about handovers")
    page.get_by_label("Why").fill("Two reviews found the same gap.")
    page.get_by_label("Dissent of Gareth Inchbold").fill("The council has written already.")
    page.get_by_label("What is to be done").fill(TASK)
    page.get_by_label("Who does it").fill("Gareth Inchbold")
    page.get_by_label("Agency of whoever does it").select_option(
        "Adults and Communities, Herefordshire Council"
    )
    page.get_by_label("Their e-mail address").fill(GARETH)
    write_date(page, "By when", date(2027, 2, 1))
    officer.press("Add the action")
    expect(page.get_by_text("by Monday 1 February 2027")).to_be_visible()
    expect(page.get_by_label("Dissent of Gareth Inchbold")).to_have_value("The council has written already.")

    officer.go(meeting)
    open_item(officer, f"More time for {reference}")
    expect(page.get_by_text("Takes no part: a conflict of interest")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Not quorate: 2 agencies are present")
    page.get_by_label("What was said").fill("The group heard how far it is.")
    officer.press("Save and go back to the meeting")


def open_item(officer: Visitor, title: str) -> None:
    officer.page.get_by_role("link", name=re.compile(f"the minute of item \\d+, {title}$")).click()
    officer.page.wait_for_load_state()
    officer.look_over()


def minutes_to_members(visit: Visit, office: InTime, meeting: str) -> None:
    """A draft goes out in time; the chair approves it; the approved ones go out once more."""
    office.move_to(datetime(2026, 12, 15, 9, 0, tzinfo=UTC))
    officer = signed_in(visit, "officer")
    officer.go(f"{meeting}/minutes")
    officer.press("Send the minutes to everybody invited")
    draft = text_of(pdf_of(posted(office, GARETH, "inutes")))
    for words in (
        "Draft: the chair has not approved these minutes yet.",
        "Leila Brannigan",
        "Joan Ellwood",
        "Callum Weatherby",
        "Joan Ellwood (Hereford & Worcester Fire and Rescue Service) left at 10:20, item",
        "Noted only: nothing was decided.",
        "Write to every provider about handovers",
        "The council has written already.",
        TASK,
        "11 March 2027",
    ):
        assert words in draft, words
    chair = signed_in(visit, "chair")
    chair.go(f"{meeting}/minutes")
    chair.press("Approve the minutes")
    officer.go(f"{meeting}/minutes")
    officer.press("Send the minutes as they are now once more")
    approved = text_of(pdf_of(posted(office, GARETH, "inutes", more_than=1)))
    assert "Draft" not in approved
    assert "Ottoline Farr" in approved


def meet_again(visit: Visit, office: InTime, first: str, second: str) -> None:
    """The action is on the agenda with its age; the minutes are agreed and closed; a member is missing again."""
    office.move_to(SECOND)
    officer = signed_in(visit, "officer")
    page = officer.page
    officer.go(second)
    officer.press("Bring the agenda up to date")
    expect(
        page.get_by_text("due 1 Feb 2027 (late), open for 91 days").first
    ).to_be_visible()  # 10 Dec. to 11 Mar.
    expect(
        page.get_by_text("business meeting, Thursday 10 December 2026 (approved by the chair)")
    ).to_be_visible()
    everybody_but(officer, second, "Leila Brannigan")
    officer.go(f"{first}/minutes")
    page.get_by_role("group", name="At which meeting").get_by_label("11 March 2027", exact=False).check()
    officer.press("Record that they are agreed")
    [digest] = re.findall(r"SHA-256 ([0-9a-f]{64})", page.inner_text("main"))
    agreed = pdf_of(posted(office, GARETH, "inutes", more_than=2))
    feet = [" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(agreed)).pages]
    assert all(digest in foot for foot in feet)
    address = page.get_by_role("link", name="Minutes (PDF)").get_attribute("href")
    fetched = page.request.get(f"{office.base}{address}").body()
    assert sha256(fetched).digest() == sha256(agreed).digest()
    expect(page.get_by_role("link", name=re.compile("^Correct"))).to_have_count(0)


def everybody_but(officer: Visitor, meeting: str, missing: str) -> None:
    """All members are present but one, who is absent; the chair chairs."""
    page = officer.page
    officer.go(f"{meeting}/attendance")
    for box in page.locator("select[name^='state-']").all():
        name = str(box.get_attribute("aria-label")).removeprefix("Attendance of ")
        box.select_option("Absent" if name == missing else "Present")
    page.get_by_role("group", name="Who chairs?").get_by_label("Ottoline Farr").check()
    officer.press("Record attendance, declarations and chair")


def first_letter(visit: Visit, office: InTime) -> None:
    """Two of the last meetings were missed: the letter waits for the chair, who has it sent (ToR 6)."""
    chair = signed_in(visit, "chair")
    page = chair.page
    chair.go("/meetings/attendance")
    expect(page.get_by_text("No letter is owed")).to_have_count(0)
    chair.follow("Read the letter")
    expect(page.get_by_text("Thursday 10 December 2026 and Thursday 11 March 2027").first).to_be_visible()
    chair.press("Send the letter")
    for address in (LEILA, "board@housing.example"):
        assert pdf_of(posted(office, address, "ttendance")).startswith(b"%PDF-")
    chair.go("/meetings/attendance")
    expect(page.get_by_text("No letter is owed")).to_be_visible()


def miss_the_third(visit: Visit, office: InTime, third: str) -> None:
    office.move_to(THIRD)
    officer = signed_in(visit, "officer")
    everybody_but(officer, third, "Leila Brannigan")


def second_letter(visit: Visit, office: InTime) -> None:
    """The matter continues: the chair writes to the chair of a board."""
    chair = signed_in(visit, "chair")
    page = chair.page
    chair.go("/meetings/attendance")
    chair.follow("Read the letter")
    choose(
        page,
        "Which board chair to write to",
        "Chair, Herefordshire Safeguarding Adults Board (Josephine Lorne)",
    )
    chair.press("Send the letter")
    assert posted(office, "hsab.chair@partnership.example", "ttendance")
    assert posted(office, "board@housing.example", "ttendance", more_than=1)

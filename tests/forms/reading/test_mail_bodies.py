"""Mail bodies: quoted mail, signatures and small print are kept and shown but never read as answers."""

from html import escape

import pytest

from forms import FORMS, Stamp, text
from forms.reading import read

OURS = "Name of adult: Ada Moss\nDate of birth: 3 May 1950\n"
THEIRS = "Address: 1 Other Street"
ANSWERS = {"subject_name": "Ada Moss", "subject_dob": "1950-05-03"}
BELOW = {
    "Outlook": "From: The Office\nSent: 6 May 2024 09:00\nTo: Jo Bloggs\nSubject: The form\n\n",
    "Outlook with addresses": "From: Office <office@example.org>\nDate: Monday, 6 May 2024\nTo: Jo\n\n",
    "an old Outlook": "-----Original Message-----\nFrom: Office\n",
    "Gmail": "On Mon, 6 May 2024 at 09:00, Office <office@example.org> wrote:\n> ",
    "Gmail on two lines": "On Mon, 6 May 2024 at 09:00, The Office\n<office@example.org> wrote:\n\n> ",
    "Apple": "> On 6 May 2024, at 09:00, Office <office@example.org> wrote:\n> \n> ",
    "a signature": "-- \nJo Bloggs\n",
    "a farewell": "Kind regards\nJo Bloggs\n",
    "a telephone": "Sent from my iPhone\n",
    "small print": "This e-mail and any files with it are confidential and intended for the person named.\n",
}
PARAGRAPHS = "<p>Name of adult:&nbsp;Ada Moss</p><p>Date of <b>birth</b>: 3&nbsp;May 1950</p>"
HTML_BELOW = {
    "Gmail": f'<div class="gmail_quote"><blockquote class="gmail_quote"><p>{THEIRS}</p></blockquote></div>',
    "Apple": f'<blockquote type="cite"><div>{THEIRS}</div></blockquote>',
    "Outlook": "<div><p><b>From:</b> Office<br><b>Sent:</b> 6 May 2024<br><b>To:</b> Jo</p></div>"
    f"<p>{THEIRS}</p>",
}


@pytest.mark.parametrize("below", BELOW.values(), ids=BELOW)
def test_what_stands_below_an_answer_in_plain_text_is_shown_and_not_read(below):
    reading = read("body.txt", f"{OURS}\n{below}{THEIRS}\n".encode())
    assert reading.fields == ANSWERS
    assert any(THEIRS in words for words in reading.unplaced)


@pytest.mark.parametrize("below", HTML_BELOW.values(), ids=HTML_BELOW)
def test_what_stands_below_an_answer_in_html_is_shown_and_not_read(below):
    reading = read("body.html", f"<html><body>{PARAGRAPHS}{below}</body></html>".encode())
    assert reading.fields == ANSWERS
    assert any(THEIRS in words for words in reading.unplaced)


def test_a_table_within_a_table_for_the_look_is_read_by_its_own_cells():
    cells = (
        "<tr><td>Name of adult</td><td><p>Ada\n Moss</p></td></tr>"
        "<tr><td><p>Date of birth</p></td><td><p>3 May 1950</p></td></tr>"
    )
    page = f"<html><body><table><tr><td><div><table>{cells}</table></div></td></tr></table></body></html>"
    assert read("body.html", page.encode()).fields == ANSWERS


TOLD = {
    "agency_name": "Heddlu Ŵy & Co",
    "agency_involved": "yes",
    "involvement_from": "2024-05-01",
    "involvement_summary": "Two calls.\nNo arrest, as far as we know.",
    "chronology": [{"date": "2026-01-02", "event": "Call"}],
}
STAMP = Stamp("scoping", 1, "JCR-2026-0001", "POL", "k7Qx")


def as_outlook_writes(form):
    """Each line a paragraph of Word's, spaces that do not break, and source lines broken anywhere."""
    lines = (
        escape(line).replace("  ", "&nbsp; ").replace(" ", "\r\n", 1) or "&nbsp;" for line in form.split("\n")
    )
    body = "".join(
        f'<p class=MsoNormal><span style="font-size:11.0pt">{line}<o:p></o:p></span></p>\r\n'
        for line in lines
    )
    head = "<head><style><!-- p.MsoNormal {margin:0cm} --></style></head>"
    return (
        f'<html xmlns:o="urn:schemas-microsoft-com:office:office">{head}<body lang=EN-GB>{body}</body></html>'
    )


def test_our_text_form_pasted_into_outlook_is_read():
    form = text.blank(FORMS["scoping"], TOLD, STAMP)
    reading = read("body.html", as_outlook_writes(form).encode())
    assert reading.stamp == STAMP
    assert reading.answers() == FORMS["scoping"](data=TOLD).typed()
    assert not reading.unplaced


def test_our_text_form_pasted_below_a_greeting_and_a_signature_is_read():
    form = text.blank(FORMS["scoping"], TOLD, STAMP)
    reading = read("body.txt", f"Please see below.\n\nKind regards\nJo Bloggs\n\n{form}".encode())
    assert reading.answers() == FORMS["scoping"](data=TOLD).typed()
    assert any("Jo Bloggs" in words for words in reading.unplaced)


def test_labels_and_answers_with_a_dash_between_are_read():
    body = (
        "Subject: SAR referral\n\nREFERRER\nName - Bryony Salt\nAgency - Aldmere Housing\n"
        "Job title - Tenancy Officer\nTel - 01632 960123\n\nADULT\nName - Colin Frith\nDOB - 4.5.58\n"
        "Date of death - 03.03.24\n\nWHAT HAPPENED\nColin was found dead at home.\n"
    )
    reading = read("mail.txt", body.encode())
    assert reading.kind == "referral"
    asked = ("referrer_name", "referrer_role", "subject_name", "subject_dob")
    assert {name: reading.fields[name] for name in asked} == {
        "referrer_name": "Bryony Salt", "referrer_role": "Tenancy Officer", "subject_name": "Colin Frith",
        "subject_dob": "1958-05-04"}  # fmt: skip


def test_an_answer_set_off_with_a_dash_behind_a_question_is_read_without_it():
    body = (
        "SAR referral\nName of referrer - Jo Fenn\nAdult's name - Iris Moon\n"
        "Has the adult died? - Yes, on 4 Feb 2025\nWhat happened? - Iris was left without care.\n"
    )
    fields = read("mail.txt", body.encode()).fields
    assert (fields["subject_date_of_death"], fields["incident_summary"]) == (
        "2025-02-04", "Iris was left without care.")  # fmt: skip


def test_a_table_after_the_end_of_the_page_is_read_as_well():
    page = (
        b"<html><body><p>Please see below.</p></body></html>"
        b"<table><tr><td>Name of child</td><td>Ann Alder</td></tr></table>"
    )
    assert read("body.html", page).fields == {"subject_name": "Ann Alder"}


def test_a_form_answered_between_its_quoted_questions_is_read_and_what_else_was_quoted_is_not():
    body = (
        "Subject: RE: Rapid Review\n\nOur answers are below.\nOla\n\nOn 3 May 2024 the Office wrote:\n"
        "> Contact email: office@example.org\n>\n> 1. Which agency do you represent?\nNorthmere Housing\n"
        "> 2. Name of person completing\nOla Berg\n> 3. Summary of your involvement\nTwo visits.\n\n"
        "Kind regards\nOla\n> Job title:\n> Tel: 01632 960100\n"
    )
    reading = read("body.txt", body.encode())
    assert (reading.kind, reading.fields) == (
        "scoping",
        {"agency_name": "Northmere Housing", "author_name": "Ola Berg", "involvement_summary": "Two visits."},
    )

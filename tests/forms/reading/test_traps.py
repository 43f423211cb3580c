"""Traps of real forms: what looks like an answer and is none, and whose answer it is."""

import pytest

from forms.reading import read
from forms.reading.dates import Era, find
from forms.reading.options import chosen, yes_no
from forms.reading.placeholders import state_of
from forms.reading.split import author, contacts, nhs_number, particulars

ERA = Era(2026)
REFERRAL = (
    "Notification for a Safeguarding Adults Review\n"
    "Which criteria are met? Circumstances that triggered the referral\n"
)


def in_mail(body: str):
    return read("body.txt", (REFERRAL + body).encode())


@pytest.mark.parametrize(
    "written, state",
    [
        ("", "blank"), ("______", "blank"), ("........", "blank"), (" - ", "blank"), ("☐ ☐", "blank"),
        ("Click or tap here to enter text.", "prompt"), ("Choose an item.", "prompt"), ("YES / NO", "prompt"),
        ("DATE", "prompt"), ("Criteria met / Criteria not met", "blank"), ("n/k", "not known"), ("?", "not known"),
        ("Not known", "not known"), ("N/A", "not applicable"), ("n/a for this service", "not applicable"),
        ("None of us saw her", "answer"), ("No", "answer"), ("Nakita", "answer"), ("12", "answer"),
    ],
)  # fmt: skip
def test_the_kinds_of_nothing_are_told_apart(written, state):
    assert state_of(written) == state


@pytest.mark.parametrize(
    "written, iso, precision",
    [
        ("17.09.2023", "2023-09-17", "day"), ("27.11.38", "1938-11-27", "day"),
        ("4 Dec 23, 10:15", "2023-12-04", "day"),
        ("Nov 2023", "2023-11", "month"), ("2nd of April 2024", "2024-04-02", "day"),
        ("02/01/2024", "2024-01-02", "day"), ("31 December 2024/1 January 2025", "2024-12-31", "day"),
        ("March 3, 2021", "2021-03-03", "day"), ("2026-02-03", "2026-02-03", "day"), ("summer 2019", "2019", "year"),
    ],
)  # fmt: skip
def test_dates_are_read_day_first(written, iso, precision):
    when = find(written, ERA, birth=True)
    assert (when.iso, when.precision) == (iso, precision)


def test_a_pair_of_days_keeps_both_and_the_doubt():
    when = find("28/29 January 2025", ERA)
    assert (when.iso, when.end, when.doubt) == ("2025-01-28", "2025-01-29", "one of two days")


def test_a_date_that_cannot_be_is_not_made_to_fit():
    assert find("31/02/2024", ERA) is None


@pytest.mark.parametrize(
    "written, meant",
    [
        ("Yes – as a child", "yes"), ("N", "no"), ("NO. Finlay – YES", "no"), ("☒ Yes ☐ No", "yes"),
        ("Yes ☐ No ☒", "no"),
        ("☐ Yes ☐ No", ""), ("YES / NO", ""), ("?", "not_known"), ("Nottingham", ""), ("☒", "yes"),
    ],
)  # fmt: skip
def test_yes_and_no_in_every_hand(written, meant):
    assert yes_no(written) == meant


def test_a_box_belongs_to_the_word_before_or_after_it():
    assert chosen("☐ SAR\n☒ Other review") == ["Other review"]
    assert chosen("B&ME ☐ Disabled ☒ LGBT ☐") == ["Disabled"]


def test_compound_answers_are_taken_apart():
    assert particulars("Euan Lee, 12/09/1951, Male", ("name", "dob", "gender"), ERA) == {
        "name": "Euan Lee", "dob": "1951-09-12", "gender": "male"}  # fmt: skip
    assert contacts("Unit 4, Riverside\n01632 960401 jo@example.org") == {
        "email": "jo@example.org", "telephone": "01632 960401", "address": "Unit 4, Riverside"}  # fmt: skip
    assert author("Insp. Carl Wood, Ebb Police") == {"name": "Insp. Carl Wood", "agency": "Ebb Police"}
    assert author("Sgt R Lowe (Fire & Rescue – Prevention)") == {
        "name": "Sgt R Lowe",
        "agency": "Fire & Rescue – Prevention",
    }


def test_an_nhs_number_is_believed_only_when_its_check_digit_fits():
    assert nhs_number("NHS No 999 004 7855") == "9990047855"
    assert nhs_number("999 004 7856") == ""


def test_quoted_mail_and_signatures_are_kept_but_are_not_answers():
    reading = in_mail(
        "Your name: Ada Moss\n\nKind regards\nAda\nTel 0113 496 0700\n\n> Your name:\n> Telephone: 0113 496 0999\n"
    )
    assert reading.fields["referrer_name"] == "Ada Moss"
    assert "referrer_telephone" not in reading.fields
    assert any("0113 496 0999" in words for words in reading.unplaced)
    assert any("0113 496 0700" in words for words in reading.unplaced)


def test_hyphens_that_keep_a_line_together_are_hyphens():
    asked = "Referral for a child safeguarding practice review\nName of child: Ann‑Marie Lyle\n"
    typed = "Date of birth: 12‑03‑2019\nNHS number: 999‑012‑3456\nSummary of the case: She was hurt.\n"
    child = read("form.txt", (asked + typed + "Your name: Ada Moss\n").encode()).answers()["subjects"]
    assert child == [
        {"subject_name": "Ann-Marie Lyle", "subject_dob": "2019-03-12", "subject_nhs_number": "9990123456"}
    ]


def test_the_same_label_belongs_to_different_people_under_different_headings(build):
    form = (
        "1. Referrer\nName | Ada Moss\nAddress | 1 Work Road\n"
        "2. Details of the adult\nName | Bert Lund\nAddress | 2 Home Row\n"
        "3. Details of GP\nName | Dr Croft\n4. Alleged perpetrator\nName | Carl Dove\nAddress | 3 Far Lane\n"
    )
    reading = read("form.docx", build.word_file(build.blocks(REFERRAL + form)))
    assert reading.fields["referrer_name"] == "Ada Moss"
    assert reading.fields["subject_name"] == "Bert Lund"
    assert reading.fields["subject_address"] == "2 Home Row"
    assert reading.fields["subject_gp"] == "Dr Croft"
    assert reading.rows["alleged_perpetrators"] == [{"name": "Carl Dove", "address": "3 Far Lane"}]


def test_the_offices_own_dates_are_not_the_referrers(build):
    form = "Name of adult | Bert Lund\nFOR OFFICE USE ONLY\nDate | 03/04/2025\nDate received | 04/04/2025\n"
    reading = read("form.docx", build.word_file(build.blocks(REFERRAL + form)))
    assert "date_of_referral" not in reading.fields
    assert reading.fields["office_date_received"] == "2025-04-04"


def test_printed_criteria_are_never_evidence(build):
    form = (
        "Circumstances that triggered the referral\n"
        "a) The child has died and abuse or neglect is known or suspected to be a factor in the death | \n"
        "b) Serious and permanent harm through abuse or neglect | Skull fracture in March.\n"
    )
    reading = read("form.docx", build.word_file(build.blocks(REFERRAL + form)))
    assert reading.fields["criteria_grounds"] == ["b"]
    assert reading.fields["criteria_evidence"] == "Skull fracture in March."


def test_an_expected_birth_is_not_a_date_of_birth(build):
    form = "Family composition\nName | Relationship | DOB\nUnborn Lund | Sibling | EDD 14/06/24\n"
    reading = read("form.docx", build.word_file(build.blocks(REFERRAL + form)))
    assert reading.rows["family_members"] == [
        {"name": "Unborn Lund", "relationship": "Sibling", "edd": "2024-06-14"}
    ]


def test_a_number_that_is_not_safe_to_call_is_not_offered(build):
    form = "Name of adult | Bert Lund\nTelephone number of adult | 07700 900777 | Is this number safe to call? | N\n"
    reading = read("form.docx", build.word_file(build.blocks(REFERRAL + form)))
    assert reading.fields["safe_to_call"] == "no"
    assert "subject_telephone" not in reading.fields
    assert any("07700 900777" in words for words in reading.unplaced)


def test_a_crossed_out_alternative_is_no_answer(build):
    answer = build.run("YES", "<w:strike/>") + build.run(" / NO")
    row = f"<w:tr>{build.cell('Are there any immediate concerns?')}<w:tc>{build.paragraph(answer)}</w:tc></w:tr>"
    reading = read("form.docx", build.word_file(build.blocks(REFERRAL) + build.table(row)))
    assert reading.fields["immediate_concerns"] == "no"
    assert "(struck out) YES" in reading.unplaced


def test_a_title_does_not_make_a_referral():
    reading = read(
        "letter.txt", b"Safeguarding Adults Review\n\nDear colleague, please find our newsletter enclosed.\n"
    )
    assert reading.kind == "other"
    assert reading.problems


def test_a_referral_written_into_an_email_is_one_though_no_form_was_used():
    body = (
        "Hello, please find our SAR referral below.\n\nName of referrer: Hollis Quaye\nAgency: Castleby Council\n\n"
        "Details of adult\nName: Miriam Ferreira-Stone\nD.O.B: 12 December 1969\n\n"
        "Brief outline of the case\nShe was discharged without a care plan.\n\nWhich agencies were involved?\n"
        "Castleby Mental Health Trust\n"
    )
    reading = read("mail.txt", body.encode())
    assert reading.kind == "referral"
    assert reading.fields["subject_name"] == "Miriam Ferreira-Stone"
    assert reading.fields["subject_dob"] == "1969-12-12"


def test_asking_how_somebody_is_related_to_the_subject_leaves_the_rest_with_them(build):
    rows = build.row("Name", "Una Whitcombe") + build.row("Relationship to adult", "Sister")
    form = build.blocks(REFERRAL) + build.blocks("Section 3: Next of kin")
    reading = read(
        "form.docx", build.word_file(form + build.table(rows + build.row("Address", "12 Quay Street")))
    )
    assert reading.fields["next_of_kin_relationship"] == "Sister"
    assert reading.fields["next_of_kin_address"] == "12 Quay Street"

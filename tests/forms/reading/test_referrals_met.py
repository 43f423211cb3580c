"""Layouts of referrals as boards' web forms, mails and sub-group forms really send them."""

import io

import pytest
from docx import Document
from reportlab.pdfgen.canvas import Canvas

from forms.reading import read


def asked(label: str) -> str:
    return f'<tr><td colspan="2"><strong>{label}</strong></td></tr>'


def answered(text: str) -> str:
    return f"<tr><td width=20>&nbsp;</td><td>{text}</td></tr>"


WEB_FORM = "".join(
    asked(label) + (answered(answer) if answer else "")
    for label, answer in (
        ("About you", ""), ("Your full name", "Ben Osei"),
        ("Your role and organisation", "Support Manager, Harbour Housing"),
        ("About the adult", ""), ("Full name of the adult", "Colin Reed <s>Read</s>"),
        ("Is the adult alive?", "No"), ("If no, date of death", "2024-11-19"),
        ("Please tell us what happened", "He was found two days later in a car park."),
        ("Family or next of kin", "Daughter: Rhona Reed, 07700 900412"),
    )
)  # fmt: skip


def test_a_web_form_mailed_with_each_answer_set_in_below_its_question_is_read():
    page = f"<html><body><p>New <b>SAR referral</b></p><table>{WEB_FORM}</table></body></html>"
    reading = read("mail.html", page.encode())
    assert reading.kind == "referral"
    assert {name: reading.fields.get(name) for name in (
        "referrer_name", "referrer_role", "referrer_agency", "subject_name", "subject_date_of_death",
        "incident_summary", "next_of_kin_name", "next_of_kin_relationship")} == {
        "referrer_name": "Ben Osei", "referrer_role": "Support Manager", "referrer_agency": "Harbour Housing",
        "subject_name": "Colin Reed", "subject_date_of_death": "2024-11-19",
        "incident_summary": "He was found two days later in a car park.",
        "next_of_kin_name": "Rhona Reed", "next_of_kin_relationship": "Daughter",
    }  # fmt: skip
    assert "(struck out) Read" in reading.unplaced


MAIL = """CHILD PRACTICE REVIEW - REFERRAL
Name of person making referral - Gwen Hooper
Agency - Cwm Health Board
Tel No. 01632 960655
DETAILS OF CHILD
Name - Osian Penhallow
FAMILY
Mother: Cerys Penhallow dob 3/3/2003, address as above
Father: Rhys Bowen
AGENCIES INVOLVED (agency / name / telephone)
Ivy House Nursing Home - Manager Joan Tibbs - 01632 960390
NHS 111
Is there a police investigation? Yes / No
Yes - DS Kerr

Diolch
Gwen
"""


def test_a_referral_typed_into_a_mail_is_read_to_its_farewell():
    reading = read("mail.txt", MAIL.encode())
    fields, rows = reading.fields, reading.rows
    assert (fields["referrer_name"], fields["referrer_telephone"]) == ("Gwen Hooper", "01632 960655")
    assert rows["family_members"] == [
        {"name": "Cerys Penhallow", "dob": "2003-03-03", "address": "as above", "relationship": "Mother"},
        {"name": "Rhys Bowen", "relationship": "Father"},
    ]
    assert rows["agencies_involved"] == [
        {"agency": "Ivy House Nursing Home", "name": "Manager Joan Tibbs", "contact": "01632 960390"},
        {"agency": "NHS 111"},
    ]
    assert fields["parallel_processes"] == "Yes - DS Kerr"


CHILDREN = (
    "<p>Referral for consideration of a rapid review</p><table>"
    "<tr><td>Name of child</td><td>Date of birth</td><td>Home address</td></tr>"
    "<tr><td>Rowan Tate</td><td>04/04/2011</td><td>22 Beech Row</td></tr>"
    "<tr><td>Skye Tate</td><td>19/09/2013</td><td>As above</td></tr></table>"
    "<p>Current carer and address: Joanne Tate, 3 Vetch Way</p>"
    "<p>Senior Investigating Officer: DCI Paul Rush</p><p>Referral made by: Helen Gard</p>"
    "<p>Authorised by: Chief Nurse - Simon Pell</p>"
)


def test_several_children_in_one_table_are_whom_the_form_is_about():
    reading = read("form.html", CHILDREN.encode())
    fields = reading.fields
    assert (fields["subject_name"], fields["subject_dob"]) == ("Rowan Tate", "2011-04-04")
    assert reading.rows["subjects"] == [
        {"subject_name": "Skye Tate", "subject_dob": "2013-09-19", "subject_address": "As above"}
    ]
    assert (fields["parents_carers_names"], fields["parents_carers_address"]) == (
        "Joanne Tate",
        "3 Vetch Way",
    )
    assert fields["referrer_name"] == "Helen Gard"
    assert (fields["safeguarding_lead_name"], fields["safeguarding_lead_role"]) == (
        "Simon Pell",
        "Chief Nurse",
    )


def test_a_label_between_a_heading_and_its_story_takes_nothing_from_the_story():
    story = "She was found by a neighbour after a fire in the front room."
    document = Document()
    document.add_paragraph("Referral for a Safeguarding Adults Review")
    rows = ("Name of adult: Ada Moss", "Outline of the incident", "Date of incident: 30/04/2024", story)
    table = document.add_table(rows=len(rows), cols=1)
    for cell, text in zip(table.columns[0].cells, rows, strict=True):
        cell.text = text
    document.save(written := io.BytesIO())
    fields = read("form.docx", written.getvalue()).fields
    assert (fields["incident_date"], fields["incident_summary"]) == ("2024-04-30", story)


PAGE = (
    "<h2>Serious child safeguarding case: notification</h2>"
    "<table><tr><td>Referrer name</td><td>Referrer designation</td></tr><tr><td>Ines Galt</td><td>Manager</td></tr>"
    "<tr><td>Organisation</td><td>Telephone</td></tr><tr><td>Strath HSCP</td><td>01632 960404</td></tr>"
    "<tr><td>Email</td><td>Date of referral</td></tr><tr><td>i.galt@example.org</td><td>7 June 2024</td></tr></table>"
    "<p>Name of child: Poppy Stur</p>"
    "<table><tr><td>Category of harm</td><td>Tick</td></tr><tr><td>Physical abuse</td><td>✓</td></tr>"
    "<tr><td>Neglect</td><td></td></tr><tr><td>Emotional abuse</td><td>✓</td></tr></table>"
    "<p>Date of incident: 27/09/2024</p><p>Location: Home</p>"
    "<h3>Next of kin details</h3><p>Alan Stobbs (husband), 4 Pit Row</p>"
    "<p><b>What worked well?</b></p><p><b>Agencies involved</b></p>"
    "<ul><li>Health visitor: Jo Rao</li><li>Social worker: Obi Eze</li></ul>"
    "<p><b>Your job title</b></p><p>Principal Social Worker</p>"
)


def test_labels_and_answers_in_turn_ticks_beside_choices_and_relatives_under_a_heading_are_read():
    reading = read("form.html", f"<html><body>{PAGE}</body></html>".encode())
    fields = reading.fields
    assert reading.kind == "referral"
    asked = ("referrer_name", "referrer_agency", "referrer_telephone", "date_of_referral", "harm_types",
             "incident_location", "next_of_kin_name", "next_of_kin_relationship")  # fmt: skip
    assert [fields.get(name) for name in asked] == [
        "Ines Galt", "Strath HSCP", "01632 960404", "2024-06-07", ["Physical abuse", "Emotional abuse"],
        "Home", "Alan Stobbs", "husband",
    ]  # fmt: skip
    assert [row["name"] for row in reading.rows["agencies_involved"]] == ["Jo Rao", "Obi Eze"]


def test_a_box_of_a_strangers_pdf_stands_beside_its_label_and_left_empty_it_is_blank():
    page = Canvas(written := io.BytesIO())
    page.drawString(40, 800, "Safeguarding Adults Review Referral Form")
    boxes = {"Referrer name": "Jo Fenn", "Name of adult": "Beryl Amsel", "Date of death (if applicable)": "",
             "Home address": "12 The Limes\nNorchester", "Ethnicity": ""}  # fmt: skip
    for at, (label, text) in enumerate(boxes.items()):
        page.drawString(40, 760 - 50 * at, label)
        page.acroForm.textfield(name=f"Text{at}", x=230, y=730 - 50 * at, width=300, height=40, value=text, maxlen=None,
                                fieldFlags="multiline")  # fmt: skip
    page.save()
    fields = read("form.pdf", written.getvalue()).fields
    assert (fields["subject_name"], fields["subject_address"]) == ("Beryl Amsel", "12 The Limes\nNorchester")
    assert not {"subject_date_of_death", "subject_ethnicity"} & fields.keys()


SIX_CELLS = (
    "<p>Case referral to the rapid review panel</p><table>"
    "<tr><td>Name</td><td>Luca Font</td><td>DOB</td><td>05/05/2019</td><td>Sex</td><td>M</td></tr>"
    "<tr><td>Father</td><td>Reece Moult</td><td>DOB</td><td>08/08/1993</td><td>PR</td><td>N</td></tr></table>"
    "<table><tr><td>Disability</td><td>☐ Yes ☒ No</td><td>EHCP</td><td>☐ Yes ☒ No</td></tr></table>"
    "<p>Are they alive? Yes</p><p><b>Reason for referral (tick all that apply)</b></p>"
    "<p>☐ Child death ☒ Serious harm ☐ Good practice</p><p><b>Summary (max 500 words)</b></p>"
    "<p>Luca was scalded by a pan at home.</p><p>Referrer: Odette Quist</p>"
)


def test_boxes_in_turn_and_reasons_to_tick_are_told_from_the_story():
    fields = read("form.html", f"<html><body>{SIX_CELLS}</body></html>".encode()).fields
    asked = ("subject_name", "subject_dob", "subject_gender", "subject_disability", "subject_died",
             "parents_carers_names", "incident_summary")  # fmt: skip
    assert [fields.get(name) for name in asked] == [
        "Luca Font", "2019-05-05", "male", "No", "no", "Reece Moult", "Luca was scalded by a pan at home.",
    ]  # fmt: skip


LEFT_BLANK = (
    "<p>Safeguarding Adults Review referral form</p><table><tr><td>Name of referrer</td><td>Jo Fenn</td></tr>"
    "<tr><td>Name of adult</td><td></td></tr></table>"
    "<h3>Next of kin details</h3><p>Please note that families may be contacted by the Board.</p>"
    "<p><b>How did agencies work together?</b></p><p>The Board will use this to decide whether a review is due.</p>"
    "<p><b>Agencies involved</b></p><p>Please return to sab@example.org. Telephone 01632 960000.</p>"
)


def test_what_a_form_left_blank_prints_below_its_prompts_is_no_answer():
    reading = read("form.html", f"<html><body>{LEFT_BLANK}</body></html>".encode())
    assert reading.fields == {"referrer_name": "Jo Fenn", "review_type_requested": ["adult"]}
    assert not reading.rows


TITLE = "Safeguarding Adults Review referral form\n"
WRITER = "Name of referrer | Ada Moss\nAgency | Oak Trust\n"
ADULT = "Name of adult | Colin Reed\nDate of birth | 04/05/1950\n"
DOMESTIC = "Domestic Abuse Related Death Review referral\n" + WRITER


@pytest.mark.parametrize(
    ("text", "fields", "rows"),
    [
        (
            TITLE + WRITER + ADULT + "Family | Mother | Jean Reed\n | Father | \nIncident | Date | 3 May 2025\n"
            " | Time | 18:00\n | Place | The park\n",
            {"incident_date": "2025-05-03", "incident_time": "18:00", "incident_location": "The park"},
            {"family_members": [{"name": "Jean Reed", "relationship": "Mother"}]},
        ),
        (
            TITLE + "From (name): | Ada Moss\nFrom (agency): | Oak Trust\n" + ADULT,
            {"referrer_name": "Ada Moss", "referrer_agency": "Oak Trust", "subject_name": "Colin Reed"},
            {},
        ),
        (
            TITLE + WRITER + "Has it been agreed by your SAB representative? | Yes\nName of representative | Jo Ward\n"
            + ADULT + "Was the adult known to your service? | Yes, since 2019\nLinked cases | None known\n",
            {"safeguarding_lead_name": "Jo Ward", "open_to_social_care": None, "linked_cases": None},
            {},
        ),
        (
            "Serious Case Review – Adults: notification\n" + WRITER
            + "Subject | Joan Tapper\nSubject’s DOB | 3/6/1938\n"
            "Case summary and reason for referral | He was found on the floor.\n"
            "Is the adult subject to any order? | Guardianship\n",
            {"subject_name": "Joan Tapper", "case_summary": "He was found on the floor.",
             "subject_legal_status": "Guardianship", "review_type_requested": ["adult"]},
            {},
        ),
        (
            TITLE + WRITER + ADULT + "Which agencies were involved? | Hill Hospital (Cygnus Care), CQC\n"
            "Grounds for referral\nThree agencies did not share what they knew.\n",
            {"criteria_grounds_text": "Three agencies did not share what they knew.", "criteria_grounds": None},
            {"agencies_involved": [{"agency": "Hill Hospital (Cygnus Care)"}, {"agency": "CQC"}]},
        ),
        (
            TITLE + WRITER + ADULT + "Criteria – An SAB must arrange a review of a case in its area if an adult "
            "has not died but has experienced serious abuse.\nAgencies involved\nOak Surgery\nTel 01632 960455\n",
            {"criteria_grounds": None, "criteria_grounds_text": None},
            {"agencies_involved": [{"agency": "Oak Surgery"}]},
        ),
        (
            DOMESTIC + "The person who has died |\nFull name | Jo Fay\nDate of birth | not known\n"
            "The person believed to have used abuse |\nFull name | Max Bell\nDate of birth | 09/06/1985\n",
            {"subject_name": "Jo Fay", "subject_dob": None},
            {"alleged_perpetrators": [{"name": "Max Bell", "dob": "1985-06-09"}]},
        ),
        (
            DOMESTIC + "Victim |  | Alleged perpetrator | \nName | Jo Fay | Name | Max Bell\n"
            "Occupation | Packer | Relationship to deceased | Husband\n",
            {"subject_name": "Jo Fay"},
            {"alleged_perpetrators": [{"name": "Max Bell", "relationship": "Husband"}]},
        ),
        (
            TITLE + "Section 1: Type of review under consideration (please tick) |\nAdult Practice Review | ☒\n"
            "Child Practice Review | ☐\n" + WRITER + ADULT + "Referrer details\nData Protection\n",
            {"review_type_requested": ["Adult Practice Review"], "referrer_name": "Ada Moss"},
            {},
        ),
        (TITLE + "Referrer details\nHigh Priority\n" + ADULT, {"referrer_name": None}, {}),
        (
            TITLE + WRITER + "Safeguarding Lead approving: | Dr Ann Tree\nWhich process? | ☒ SAR ⏎ ☐ DARDR\n" + ADULT
            + "Alias | None\nOthers involved: HSE; Oak Council\n",
            {"safeguarding_lead_name": "Dr Ann Tree", "review_type_requested": ["SAR"], "subject_other_names": None},
            {"agencies_involved": [{"agency": "HSE"}, {"agency": "Oak Council"}]},
        ),
        (
            TITLE + WRITER + "Safeguarding Lead agreeing this referral: | Dr Ann Tree\n" + ADULT,
            {"safeguarding_lead_name": "Dr Ann Tree"},
            {},
        ),
        (
            TITLE + "Hover over each box for guidance\n" + WRITER + ADULT
            + "Date of death and cause if known | 29.06.25 – sepsis\n"
            "Is the case subject to any other process (e.g. inquest)? | Inquest opened 20 May\n",
            {"subject_date_of_death": "2025-06-29", "cause_of_death": "sepsis",
             "parallel_processes": "Inquest opened 20 May"},
            {},
        ),
        (
            "Domestic Abuse Related Death Review: notification to the CSP\nNotification from | City Police\n"
            "Officer in case | DS Kay Moss\n2. Victim\na) Name: Jo Fay\n3. Person(s) charged or suspected\n"
            "a) Name: Max Bell\nb) Date of birth: 1 May 1972\nAgency involvement\nAgency | Involvement\n"
            "Probation | Community order – Bell\nIDVA service | Closed\n",
            {"referrer_agency": "City Police", "referrer_name": "DS Kay Moss", "subject_name": "Jo Fay",
             "subject_dob": None},
            {"alleged_perpetrators": [{"name": "Max Bell", "dob": "1972-05-01"}],
             "agencies_involved": [{"agency": "Probation", "note": "Community order – Bell"},
                                   {"agency": "IDVA service", "still_involved": "no"}]},
        ),
        (
            TITLE + WRITER + "Name of adult | Female, name not known\nGP | none\nNext of kin contact | 01632 960201\n"
            "SAR criteria | Yes / No | Comments\nAdult with care and support needs | Yes | In a home\n"
            "Concern about how agencies worked together | No | \n",
            {"subject_name": None, "subject_gp": None, "next_of_kin_address": None, "agency_concerns": None,
             "criteria_grounds": ["Adult with care and support needs"]},
            {},
        ),
        (
            TITLE + WRITER + "2 | Adult |\n2.1 | Name | Colin Reed\n2.2 | GP | Dr Nance\n2.3 | Gender | Male\n"
            "2.4 | Lived at | Caravan 12\n3 | Circumstances |\n3.1 | Date and place | 14/11/2025, the park\n"
            "3.2 | Description | He died in a fire.\nWho knew him? | MND nurse Jill Orme; Oak Surgery\n",
            {"subject_gender": "male", "subject_address": "Caravan 12", "incident_date": "2025-11-14",
             "incident_location": "the park", "incident_summary": "He died in a fire."},
            {"agencies_involved": [{"agency": "MND nurse", "name": "Jill Orme"}, {"agency": "Oak Surgery"}]},
        ),
        (
            "Dear Board,\nI am writing to refer a death for a Safeguarding Adults Review.\n" + ADULT
            + "What we know\nHe was found dead after two days.\nYours faithfully\nHannah Osborne\n"
            "Service Manager, Haven Women’s Aid\n3 October 2025\n",
            {"referrer_name": "Hannah Osborne", "referrer_role": "Service Manager",
             "referrer_agency": "Haven Women’s Aid", "date_of_referral": "2025-10-03",
             "incident_summary": "He was found dead after two days."},
            {},
        ),
        (
            DOMESTIC + "Victim | Details\nFull name: | Jo Fay\n"
            "Perpetrator(s) | Details\nFull name: | Max Bell; Lee Bell\n",
            {"subject_name": "Jo Fay"},
            {"alleged_perpetrators": [{"name": "Max Bell"}, {"name": "Lee Bell"}]},
        ),
        (
            TITLE + WRITER + ADULT + "Significant other / NOK | Relationship | Address | Aware?\n"
            "Dee Reed | Wife | 3 Elm Row | Yes\n"
            "Agencies involved\nAgency | Contact name | Agency | Contact name\n"
            "Oak Trust | Pat Rowe | Ambulance | n/k\n",
            {"next_of_kin_name": None, "next_of_kin_address": None},
            {"agencies_involved": [{"agency": "Oak Trust", "name": "Pat Rowe"}, {"agency": "Ambulance"}]},
        ),
        (
            TITLE + "Name, role and agency of the referrer | Ada Moss, Manager, Oak Trust. "
            "020 7946 0611, ada@example.org\n"
            + ADULT + "Is the adult still alive? If not, please give date of death | No. 2 May 2025, City Hospital\n"
            "Details of next of kin and whether they know | Mother, Ivy Reed, 07700 900377. She knows.\n"
            "Which of these apply? | ☒ The adult died and neglect is known or suspected ⏎ ☐ The adult is alive\n"
            "Known or planned parallel processes (e.g. inquest) | None yet known to us\n",
            {"referrer_telephone": "020 7946 0611", "referrer_email": "ada@example.org", "subject_died": "yes",
             "subject_date_of_death": "2025-05-02", "next_of_kin_name": "Ivy Reed",
             "next_of_kin_relationship": "Mother",
             "criteria_grounds": ["The adult died and neglect is known or suspected"]},
            {},
        ),
    ],
)  # fmt: skip
def test_what_a_heading_beside_or_above_means_for_the_labels_under_it(build, text, fields, rows):
    reading = read("form.docx", build.word_file(build.blocks(text)))
    assert reading.kind == "referral"
    assert {name: reading.fields.get(name) for name in fields} == fields
    assert {name: reading.rows.get(name) for name in rows} == rows
    assert "chronology" not in reading.rows


def test_parts_numbered_in_words_previously_and_an_employer_behind_a_job(build):
    text = (
        "Serious incident notification: case review referral\nSection one: referrer\nName | Gwen Parry\n"
        "Designation | Head of Safeguarding, Powlton NHS Trust\nTelephone | 01632 960415\n"
        "Section two: the child\nName | Theo Hart\nDate of birth | 01/10/2020\n"
        "Child subject of a CP plan at time of incident? | No | Previously? | Yes\n"
        "Section three: children\nName | Age | Where living now\nIdil Hart | 9 | With aunt\n"
        "Section four: circumstances\nWhat happened? | He fell.\n"
        "Why may this meet the criteria in Working Together? | Serious harm\nAgency working | Nobody led\n"
    )
    fields = read("form.docx", build.word_file(build.blocks(text))).fields
    assert fields["subject_name"] == "Theo Hart"
    assert (fields["referrer_role"], fields["referrer_agency"]) == (
        "Head of Safeguarding",
        "Powlton NHS Trust",
    )
    assert (fields["cp_plan_current"], fields["cp_plan_previous"]) == ("no", "yes")
    assert (fields["criteria_grounds_text"], fields["agency_concerns"]) == ("Serious harm", "Nobody led")

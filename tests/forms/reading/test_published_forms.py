"""What published forms of boards print and ask: guidance, proceedings, leads behind a yes, two people in a box."""

from forms import FORMS, Stamp, text
from forms.reading import read

REFERRAL = """Request for a Safeguarding Adults Review
Name of referrer: Jo Fenn
Name of adult: Ada Moss
Summary of the case:
Ada was found at home after a fall.
Are there any other processes ongoing e.g. criminal investigation, inquest?:
Coroner: inquest opened 2 July.
Police: no charge.
Has the request been discussed with your safeguarding lead?: Yes – Rosa Lindqvist, Head of Safeguarding
"""
REVIEW = """Individual Management Review
Report of (name of agency) Northbank Trust
On (child's name) Tobias Lyle
Contextual information
In considering this aspect of the case, the report writer needs to decide whether it is relevant.
The type of information that would be useful is as follows:
• Volume of work
• Staff turnover
The ward was a nurse short all winter.
Conclusions and recommendations
Audit the protocol by June.
"""
ONE_BOX = "Name of child: Riley Sharpe\nDate of birth: 19/10/2017\nAgency: Fire Service\nName: Martin Yeo\n"
LISTED = """Name of services/agencies/professionals involved with the child:
Social Work – Eilidh Baird
Links Primary – Mr D Orr (HT)
Any other statutory proceedings underway or completed?
Criminal investigation ongoing
"""


def test_what_somebody_tells_party_by_party_stays_whole():
    fields = read("form.txt", REFERRAL.encode()).fields
    assert fields["parallel_processes"] == "Coroner: inquest opened 2 July.\nPolice: no charge."
    assert (fields["safeguarding_lead_name"], fields["safeguarding_lead_role"]) == (
        "Rosa Lindqvist", "Head of Safeguarding")  # fmt: skip


def test_what_a_review_prints_to_guide_its_author_is_no_answer():
    reading = read("form.txt", REVIEW.encode())
    assert reading.fields == {
        "agency_name": "Northbank Trust", "subject_name": "Tobias Lyle",
        "contextual_information": "The ward was a nurse short all winter.",
        "recommendation": "Audit the protocol by June.",
    }  # fmt: skip


def test_a_name_below_the_agency_is_no_longer_the_childs():
    reading = read("form.txt", f"Rapid review – agency information return\n{ONE_BOX}".encode())
    assert (reading.fields["subject_name"], reading.fields["author_name"]) == ("Riley Sharpe", "Martin Yeo")


def test_workers_behind_a_dash_are_items_of_the_list():
    reading = read("form.txt", f"Initial case review notification\nReferrer: Jo Fenn\n{LISTED}".encode())
    assert [row["name"] for row in reading.rows["agencies_involved"]] == ["Eilidh Baird", "Mr D Orr"]
    assert reading.fields["parallel_processes"] == "Criminal investigation ongoing"


def test_a_lead_named_in_rows_under_a_row_of_its_own_is_not_the_referrer():
    page = (
        "<p>Request for a Safeguarding Adults Review</p><table><tr><td>Details of person making the request</td></tr>"
        "<tr><td>Name</td><td>Amrit Dhal</td></tr><tr><td>Organisation</td><td>Police</td></tr>"
        "<tr><td>Name and contact details of Safeguarding Lead with whom this has been discussed:</td></tr>"
        "<tr><td>Name</td><td>Carole Penny</td></tr><tr><td>Contact details</td><td>01632 960119</td></tr></table>"
    )
    fields = read("form.html", page.encode()).fields
    assert (fields["referrer_name"], fields["safeguarding_lead_name"]) == ("Amrit Dhal", "Carole Penny")
    assert fields["safeguarding_lead_contact"] == "01632 960119"


def test_marks_and_short_days_in_our_own_text_form_are_what_was_typed():
    told = "Two calls.\n== Not a heading of ours ==\n-- Event 7 --\n> quoted from the log\nNo arrest."
    answers = {"agency_name": "Police", "agency_involved": "yes", "involvement_from": "3/5/24",
               "involvement_summary": told}  # fmt: skip
    form = text.blank(FORMS["scoping"], answers, Stamp("scoping", 1, "JCR-2026-0001", "POL", "k7Qx"))
    reading = read("form.txt", form.encode())
    assert reading.fields["involvement_from"] == "2024-05-03"
    assert reading.fields["involvement_summary"] == told


def test_marks_inside_a_sentence_stay_as_they_were_typed():
    told = "The chart used ✓ and ■ to show the doses she was given at night."
    page = f"Referral for a Safeguarding Adults Review\nReferrer: Jo Fenn\nSummary of the case:\n{told}\nNeglect ✓\n"
    assert read("form.txt", page.encode()).found["case_summary"].text == f"{told}\nNeglect ☒"


def test_labels_with_their_answers_in_the_same_cell_are_no_heads_of_a_record():
    page = (
        "<p>Initial Notification Form for Child Death</p><table>"
        "<tr><td>Full name of child<br>Joshua Pine</td><td>DOB<br>01/03/2024</td></tr>"
        "<tr><td>Date of death<br>10/03/2024</td><td>Death certificate issued (Yes or No)<br>Yes</td></tr></table>"
    )
    reading = read("form.html", page.encode())
    assert reading.kind == "other"
    assert reading.fields == {
        "subject_name": "Joshua Pine", "subject_dob": "2024-03-01", "subject_date_of_death": "2024-03-10",
        "death_certificate_issued": "yes",
    }  # fmt: skip


def test_what_is_printed_to_be_deleted_is_no_answer_however_it_is_spelt():
    page = "Case Review Referral\nReferrer: Jo Fenn\nIs the child subject to a child protection plan?: Yes / No\n"
    assert "cp_plan_current" not in read("form.txt", page.encode()).fields


def test_a_yes_and_who_it_is_answers_both_questions():
    page = (
        "Case Review Referral\nReferrer: Jo Fenn\nIs the child open to Children's Social Care (if so, who is the lead"
        " professional)?\nYes. Lead professional: Tim Vale\n"
    )
    fields = read("form.txt", page.encode()).fields
    assert (fields["open_to_social_care"], fields["lead_professional"]) == ("yes", "Tim Vale")


def test_numbered_labels_ask_of_a_victim_and_of_who_is_suspected():
    page = (
        "DHR Referral\nReferrer: Jo Fenn\n4. Victim – full name and any known aliases: Halima Begum (Lima)\n"
        "9. Suspected perpetrator – full name: Shahid Miah\nHave they died? If so, when?: Yes – 3 March 2024\n"
    )
    reading = read("form.txt", page.encode())
    named = [
        reading.fields.get(name) for name in ("subject_name", "subject_other_names", "subject_date_of_death")
    ]
    assert named == ["Halima Begum", "Lima", "2024-03-03"]
    assert [row["name"] for row in reading.rows["alleged_perpetrators"]] == ["Shahid Miah"]


RETURN = """Safeguarding Adults Review – GP report
Date referral received: 04/03/2024
Deadline for agencies to submit information: 29 March 2024
Practice: The Lanes Surgery
GP completing report: Dr Hamza Qureshi
Contact number: 01632 960909
Period for which information is required: 01.05.22 – 03.05.24
Please summarise consultations in the review period: Nine contacts.
How did the practice work with other agencies?: District nurses came monthly.
Has any action already been taken by your agency to address this?: Training booked.
"""


def test_a_practice_tells_its_period_its_deadline_and_what_it_did():
    assert read("form.txt", RETURN.encode()).fields == {
        "return_deadline": "2024-03-29", "agency_name": "The Lanes Surgery", "author_name": "Dr Hamza Qureshi",
        "author_telephone": "01632 960909", "review_period": "01.05.22 – 03.05.24",
        "review_period_from": "2022-05-01", "review_period_to": "2024-05-03",
        "involvement_summary": "Nine contacts.", "key_issue_multi_agency": "District nurses came monthly.",
        "immediate_action_taken": "Training booked.",
    }  # fmt: skip


def test_the_time_of_an_event_in_its_own_column_is_a_time_of_day(build):
    table = "Agency | Fire Service\nDate | Time | Source | Event\n19/02/2024 | 1840 hrs | Log | House fire"
    reading = read("form.docx", build.word_file(build.blocks(f"SAR – agency chronology\n{table}")))
    assert [row["time"] for row in reading.rows["chronology"]] == ["18:40"]


def test_from_and_to_are_the_ends_of_an_agencys_involvement_and_not_when_it_wrote():
    asked = (
        "Was the adult known to your organisation? | Yes\nFrom (date) | 02/02/2021\nTo (date) | 03/03/2024\n"
        "Have any internal reviews been undertaken? | Yes"
    )
    page = "".join(f"<tr><td>{line.replace(' | ', '</td><td>')}</td></tr>" for line in asked.split("\n"))
    reading = read("form.html", f"<p>SAR – agency response</p><table>{page}</table>".encode())
    assert reading.fields == {
        "agency_involved": "yes", "involvement_from": "2021-02-02", "involvement_to": "2024-03-03",
        "formal_investigation": "yes",
    }  # fmt: skip

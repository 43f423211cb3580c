"""Returns of agencies in layouts that were met: headings over their labels, writers who say that they stand apart."""

import pytest

from forms.reading import read
from forms.reading.naming import says_who_writes

RETURN = "SAFEGUARDING ADULTS REVIEW\nSUMMARY OF AGENCY INVOLVEMENT\n"


def test_details_of_the_agency_in_capitals_are_a_heading_and_no_answer(build):
    page = f"{RETURN}AGENCY DETAILS\nName of agency | Oak Trust\nINVOLVEMENT\nNature of involvement | Weekly visits.\n"
    fields = read("form.docx", build.word_file(build.blocks(page))).fields
    assert (fields["agency_name"], fields["involvement_summary"]) == ("Oak Trust", "Weekly visits.")


def test_details_of_the_incident_over_a_table_head_its_bare_labels(build):
    page = (
        "Serious incident notification and rapid review referral\nNotifying organisation: | Ebb Police\n"
        "Date of notification: | 9 June 2025\nChild's details\nName: | Otto Fenn\nDetails of incident\n"
        "Date: | 07/06/2025\nLocation: | The park\nWhat happened? | Otto fell.\n"
    )
    fields = read("form.docx", build.word_file(build.blocks(page))).fields
    assert [fields[f"incident_{part}"] for part in ("date", "location", "summary")] == [
        "2025-06-07", "The park", "Otto fell."]  # fmt: skip


def test_an_author_may_say_in_brackets_that_they_stand_apart():
    page = f"{RETURN}Agency: Oak Trust\nReport author: Jan Tull, Service Manager (no previous involvement)\n"
    fields = read("body.txt", page.encode()).fields
    assert [fields[f"author_{part}"] for part in ("name", "role", "independent")] == [
        "Jan Tull", "Service Manager", "yes"]  # fmt: skip


def test_a_pseudonym_names_nobody():
    page = f'{RETURN}Agency: Oak Trust\nReport author: Jan Tull\nChild: "Child Wren"\nDate of birth: 07/07/2019\n'
    fields = read("body.txt", page.encode()).fields
    assert (fields["subject_identifier"], fields["subject_dob"]) == ("Child Wren", "2019-07-07")


def test_dates_behind_a_yes_are_the_period_where_no_other_question_asks_for_it():
    asked = f"{RETURN}Agency: Oak Trust\nCompleted by: Jan Tull\n"
    known = "Was the adult known to your agency?\nYes, from 3 March 2024 until 1 June 2025\n"
    fields = read("body.txt", f"{asked}{known}".encode()).fields
    assert [fields[name] for name in ("agency_involved", "involvement_from", "involvement_to")] == [
        "yes", "2024-03-03", "2025-06-01"]  # fmt: skip
    fields = read("body.txt", f"{asked}{known}Dates of involvement: 2020 to 2025\n".encode()).fields
    assert fields["involvement_from"] == "2020"


def test_a_leader_of_a_team_is_no_agency():
    page = f"{RETURN}Agency: Barley Trading Standards\nCompleted by: Hugh Pell (Scams Team Leader)\n"
    fields = read("body.txt", page.encode()).fields
    assert (fields["agency_name"], fields["author_role"]) == ("Barley Trading Standards", "Scams Team Leader")


def test_the_pseudonym_in_a_title_stands_for_whoever_the_form_names_nowhere_else():
    page = "Safeguarding Adults Review: Adult Teal\nAgency chronology\nAgency: Oak Trust\nAuthor: Jan Tull\n"
    assert read("body.txt", page.encode()).fields["subject_identifier"] == "Adult Teal"
    assert "subject_identifier" not in read("body.txt", f"{page}Adult's name: Ivy Moss\n".encode()).fields
    page = page.replace("Adult Teal", "Child Practice Review")
    assert "subject_identifier" not in read("body.txt", page.encode()).fields


def test_what_the_writers_own_agency_did_about_an_event_is_the_action(build):
    page = (
        f"{RETURN}Agency: Oak School\nCompleted by: Jan Tull\nDate | Event | Response by school | Reflection\n"
        "14/11/2023 | Excluded | Meeting held | Mother did not attend\n05/06/2024 | Reduced timetable | Reviewed | -\n"
    )
    rows = read("form.docx", build.word_file(build.blocks(page))).rows["chronology"]
    assert [row["action"] for row in rows] == ["Meeting held", "Reviewed"]


def test_entries_with_their_significance_are_a_chronology(build):
    page = (
        "Adult Social Care chronology\nSAR – Mr R\nWorker compiling | E Lister\nDate | Entry | Significance\n"
        "04/04/2023 | Referral from renal unit | Closed without visit\n06/05/2025 | Sister rang | Duty allocated\n"
    )
    reading = read("form.docx", build.word_file(build.blocks(page)))
    assert (reading.kind, reading.fields["author_name"]) == ("scoping", "E Lister")
    assert [(row["event"], row["impact"]) for row in reading.rows["chronology"]] == [
        ("Referral from renal unit", "Closed without visit"), ("Sister rang", "Duty allocated")]  # fmt: skip


def test_a_report_names_its_agency_in_the_title_and_a_heading_names_who_stands_below_it():
    page = (
        "DARDR 2025/02\nIndividual Management Review – Oak Housing Trust\nSubject of the review\n"
        "Ada Foy, born 30 June 1988, died 11 March 2025\nAlleged perpetrator\n\nDean Alan Garside\n\n"
        "Author of this IMR\nJan Tull, Head of Homes\nPlease outline your work with the person\nFour visits.\n"
    )
    reading = read("body.txt", page.encode())
    assert reading.rows["alleged_perpetrators"] == [{"name": "Dean Alan Garside"}]
    asked = ("agency_name", "subject_name", "subject_dob", "subject_date_of_death", "involvement_summary")
    assert [reading.fields.get(name) for name in asked] == [
        "Oak Housing Trust", "Ada Foy", "1988-06-30", "2025-03-11", "Four visits."]  # fmt: skip


def test_from_and_to_below_whether_the_agency_was_involved_are_the_dates_of_that():
    rows = (
        "Agency name | Oak Trust\nCompleted by | Jan Tull\nCase | SAR – Beryl Odom (dob 22/02/1940)\nWas the adult "
        "open to your service? | Yes\nFrom | 01/09/2020\nTo | 12/04/2025\nCP plan: | ☐ Current ☒ Previous ☐ Never\n"
    )
    fields = read("body.txt", f"{RETURN}{rows}".encode()).fields
    asked = ("subject_name", "agency_involved", "involvement_from", "involvement_to", "cp_plan_previous")
    assert [fields.get(name) for name in asked] == [
        "Beryl Odom", "yes", "2020-09-01", "2025-04-12", "yes"]  # fmt: skip


def test_a_letter_that_says_nil_return_says_whom_it_is_about_and_that_there_was_no_involvement():
    page = (
        "Subject: Scoping for Rapid Review - Child Lark - Nil return\n\nDear colleague\n\nLark Hay, DOB 30/01/2023.\n\n"
        "We checked our archives and the family is not known to our service. This is therefore a nil return.\n\n"
        "Kind regards\nHannah Broadley\n"
    )
    fields = read("body.txt", page.encode()).fields
    asked = ("agency_involved", "subject_name", "subject_dob", "author_name")
    assert [fields.get(name) for name in asked] == ["no", "Lark Hay", "2023-01-30", None]


@pytest.mark.parametrize(
    "printed",
    [
        "☐ We have no record of this adult\n",
        "Please return this form also where we have no record of contact.\nThe adult may be not known to us if so.\n",
        "Areas for improvement: We have no record of the letter.\n",
        "Date | Event\n03/04/2023 | Visited at home.\n04/05/2023 | We have no record of contact that month.\n",
        "We have no record of a referral to housing.\n",
    ],
)
def test_no_nil_return_is_made_of_a_box_left_empty_of_guidance_or_of_what_is_told_in_an_answer(
    build, printed
):
    page = f"{RETURN}Agency: Oak Trust\nCompleted by: Jan Tull\nAdult: Ivy Moss\n{printed}"
    assert "agency_involved" not in read("form.docx", build.word_file(build.blocks(page))).fields


def test_an_answer_is_no_answer_to_what_it_cannot_answer(build):
    rows = (
        "Party | Known? (Y/N) | Details\nVictim (Ada Foy, 04/02/1983) | Y | Seen in June.\n"
        "Child: | Kay Foy\nHow can we reach you? | jan.tull@example.org\nEmail | jan.tull@example.or g\n"
    )
    fields = read("form.docx", build.word_file(build.blocks(f"{RETURN}Agency | Oak Trust\n{rows}"))).fields
    assert (fields["subject_name"], fields["author_email"]) == ("Kay Foy", "jan.tull@example.org")
    assert "learning_identified" not in fields


def test_a_cross_by_itself_beside_a_question_says_no_where_others_are_ticked(build):
    rows = (
        "Question | Y/N | Comments\nWas the adult known to your agency? | ✓ | Since 2023\n"
        "Has your agency undertaken an internal review? | ✗ | \n"
    )
    fields = read("form.docx", build.word_file(build.blocks(f"{RETURN}Agency | Oak Trust\n{rows}"))).fields
    assert (fields["agency_involved"], fields["formal_investigation"]) == ("yes", "no")


def test_plain_questions_of_an_enquiry_and_its_reply(build):
    rows = (
        "Organisation contacted | Oak Credit Union\nDate of enquiry | 3 February 2025\nReply by | 17 February 2025\n"
        "Person we are enquiring about | Stan Moss, d.o.b. 8 July 1949\nPeriod | Jan 2023 – Dec 2024\nYOUR REPLY\n"
        "Reply given by | Olive Kerr, Compliance Officer\nDo you hold information about this person? | Yes\n"
        "Please give dates | 2 May 2023 to 5 June 2024\nHave you already changed anything? | We ask twice.\n"
        "Are you aware of anyone else who may hold information? | His church; the Legion\n"
    )
    fields = read("form.docx", build.word_file(build.blocks(f"SAR Panel Enquiry\n{rows}"))).fields
    assert fields == {
        "agency_name": "Oak Credit Union", "request_date": "2025-02-03", "return_deadline": "2025-02-17",
        "subject_name": "Stan Moss", "subject_dob": "1949-07-08", "review_period": "Jan 2023 – Dec 2024",
        "review_period_from": "2023-01", "review_period_to": "2024-12", "author_name": "Olive Kerr",
        "author_role": "Compliance Officer", "agency_involved": "yes",
        "involvement_period": "2 May 2023 to 5 June 2024", "involvement_from": "2023-05-02",
        "involvement_to": "2024-06-05", "immediate_action_taken": "We ask twice.",
        "other_agencies_involved": ["His church", "the Legion"],
    }  # fmt: skip


def test_a_title_of_two_lines_opens_no_part_of_the_form():
    page = (
        "Unified Safeguarding Review (Wales)\n\nAgency Timeline and Analysis\n\nAgency: Oak Trust\n"
        "Prepared by: Jan Tull\nSubject(s): Adult Pren\nCase: Adult Pren\n"
    )
    reading = read("body.txt", page.encode())
    assert (reading.fields.get("agency_name"), reading.fields.get("subject_identifier")) == (
        "Oak Trust", "Adult Pren")  # fmt: skip


def test_headings_of_a_return_are_told_from_what_they_ask(build):
    page = (
        "LSCP Scoping Questionnaire\nAbout you\nProvider | Oak Homes Ltd\nWorker's name | Gwen Tull\n"
        "Child(ren) this relates to | Noor Foy, 06/07/2017\nBrief summary of what your agency knows about the family | "
        "Seven visits.\nAny urgent actions you have taken since the incident | File closed.\n"
        "Communication with other agencies | We told nobody.\nGaps | No joint visit.\n"
        "Do you think this case meets the criteria for a LCSPR? | Unsure\n"
    )
    assert read("form.docx", build.word_file(build.blocks(page))).fields == {
        "agency_name": "Oak Homes Ltd", "author_name": "Gwen Tull", "subject_name": "Noor Foy",
        "subject_dob": "2017-07-06", "involvement_summary": "Seven visits.", "immediate_action_taken": "File closed.",
        "key_issue_information_sharing": "We told nobody.", "areas_for_improvement": "No joint visit.",
        "opinion_review_type": "Unsure",
    }  # fmt: skip


def test_dates_below_a_heading_of_involvement_are_those_of_the_involvement():
    page = (
        "Thanks for the scoping request for Mrs Iris Penn (DOB 04/10/1936).\n\nAgency: Oak Trust\nAuthor: Jan Tull\n\n"
        "INVOLVEMENT\nDates: 19.08.2024 to 10.03.2025\nSummary: Nine visits.\n\nCONTACT WITH THE ADULT\nWeekly.\n\n"
        "RECOMMENDATIONS\nTraining.\n\nSigned: Jan Tull\nDated: 02/05/2025\n"
    )
    fields = read("body.txt", f"{RETURN}{page}".encode()).fields
    asked = ("subject_name", "involvement_from", "involvement_to", "recommendation", "date_completed")
    assert [fields.get(name) for name in asked] == [
        "Mrs Iris Penn", "2024-08-19", "2025-03-10", "Training.", "2025-05-02"]  # fmt: skip
    assert "subject_contact" not in fields


def test_a_letter_with_its_answers_below_their_questions_is_a_return_of_whom_its_title_says():
    page = (
        "Dear Business Manager\n\nSAR Betony – response from Northdale Trading Standards\n\nContact officer\n"
        "Imelda Frost, Principal Officer, i.frost@example.org\n\nWas the adult known to you?\nYes\n\nWhen?\n"
        "June 2023 to January 2025\n\nWhat was good?\nA joint visit.\n\n"
        "Are you aware of any other agencies that should be included?\nMeals service\n\nIs a SAR recommended?\nYes\n"
    )
    reading = read("body.txt", page.encode())
    assert (reading.kind, reading.fields) == ("scoping", {
        "agency_name": "Northdale Trading Standards", "author_name": "Imelda Frost", "author_role": "Principal Officer",
        "author_email": "i.frost@example.org", "agency_involved": "yes",
        "involvement_period": "June 2023 to January 2025", "involvement_from": "2023-06", "involvement_to": "2025-01",
        "good_practice": "A joint visit.", "other_agencies_involved": ["Meals service"], "opinion_review_type": "Yes",
    })  # fmt: skip


def test_a_role_may_stand_in_brackets_behind_another():
    page = (
        "Agency Report\nFor the Local Child Safeguarding Practice Review concerning Child Teasel\nAgency: Oak Trust\n"
        "Completed by: Dr Mina Sood, Consultant (Named Doctor)\n"
        "We have (tick one): ☐ No record of this person ☒ Limited contact ☐ Significant involvement\n"
    )
    fields = read("body.txt", page.encode()).fields
    asked = ("author_name", "author_role", "subject_identifier", "agency_involved")
    assert [fields.get(name) for name in asked] == [
        "Dr Mina Sood", "Consultant (Named Doctor)", "Child Teasel", "yes"]  # fmt: skip


def test_what_a_form_says_in_capitals_under_alleged_perpetrator_is_nobodys_name():
    told = (
        "Please Complete Below",
        "As Above",
        "Police Use Only",
        "Dean Alan Garside",
        "Ann Page, born 1/2/1980",
    )
    assert [text for text in told if says_who_writes(text, "perpetrator")] == list(told[3:])


def test_a_numbered_chronology_and_a_life_told_in_brackets(build):
    text = (
        "SAR: chronology – agency return\nSubject: Leonard Hope (b. 12/12/1938, d. 02/02/2025)\n"
        "Agency: Carrick Council\nAuthor and role: Nina Patel, Principal Social Worker\n"
        "No | Date | Time | Event | Who was involved | Response or outcome | Comment\n"
        "1 | 12/11/2024 | 11:00 | Referral from GP | Duty worker | Waiting list | Long\n"
        "2 | 13/11/2024 | 12:00 | Call from neighbour | Duty worker | Advice | None\n"
    )
    reading = read("form.docx", build.word_file(build.blocks(text)))
    assert [row["date"] for row in reading.rows["chronology"]] == ["2024-11-12", "2024-11-13"]
    lived = ("subject_name", "subject_dob", "subject_date_of_death")
    assert [reading.fields[name] for name in lived] == ["Leonard Hope", "1938-12-12", "2025-02-02"]

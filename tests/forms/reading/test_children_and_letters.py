"""Several people told of under a heading each, letters, and what returns of schools and practices leave unsaid."""

import pytest

from forms.reading import letters, read
from forms.reading.naming import says_who_writes

HEAD = "Rapid Review Referral\nReferring agency | Oak Police\nReferrer | DS Lyn Hart\n"
CHILD = "Name: Ada Poole\nDate of birth: 11/03/2019\nSchool: Beck Primary\n"
RETURN = "Rapid Review – Agency Information Return\nAgency | Oak Trust\nCompleted by | Jan Tull\n"


def reading_of(build, text):
    return read("form.docx", build.word_file(build.blocks(text)))


def test_a_second_child_and_a_sibling_under_headings_are_people_of_their_own(build):
    text = (
        f"{HEAD}CHILD 1\n{CHILD}CHILD 2\nName: Noah Poole\nDate of birth: 02/08/2021\nSchool: Little Owls\n"
        "Sibling 1\nName: Kai Poole\nDate of birth: 09/09/2009\nSibling 2\nName:\nDate of birth:\n"
        "Details of incident\nThe children were found alone.\n"
    )
    reading = reading_of(build, text)
    fields = reading.fields
    assert (fields["subject_name"], fields["subject_dob"], fields["subject_school"]) == (
        "Ada Poole", "2019-03-11", "Beck Primary")  # fmt: skip
    assert reading.rows == {
        "subjects": [
            {"subject_name": "Noah Poole", "subject_dob": "2021-08-02", "subject_school": "Little Owls"}
        ],
        "family_members": [{"name": "Kai Poole", "dob": "2009-09-09", "relationship": "Sibling"}],
    }


def test_the_rows_of_a_table_under_mother_are_hers_and_her_name_is_a_parents(build):
    text = "Name of child | Ada Poole\nDOB | 11/03/2019\nMother | \nName | Jo Poole\nDOB | 01/01/1990\n"
    reading = reading_of(build, f"{HEAD}{text}Father | \nName | Not known\nDOB | \n")
    assert (reading.fields["subject_name"], reading.fields["parents_carers_names"]) == (
        "Ada Poole",
        "Jo Poole",
    )
    assert reading.rows["family_members"] == [
        {"name": "Jo Poole", "dob": "1990-01-01", "relationship": "Mother"}
    ]


REFERS = "I am writing to refer the above child for consideration of a rapid review.\nAbuse is suspected.\n"
ANSWERS = "Thank you for your request for information for the rapid review.\nOur records show five visits.\n"


@pytest.mark.parametrize(
    ("told", "kind", "who", "at", "day"),
    [
        (REFERS, "referral", "referrer", "referrer_agency", "date_of_referral"),
        (ANSWERS, "scoping", "author", "agency_name", "date_completed"),
    ],
)
def test_a_letter_is_of_whoever_signed_it_and_of_the_kind_it_says(build, told, kind, who, at, day):
    reading = reading_of(
        build,
        f"Oak Hospital\n12 May 2025\nDear Ms Orme\nRe: Lottie Marsh, born 4 June 2018\n{told}"
        "Yours sincerely\nHetty Crane\nNamed Nurse\nTel 01632 960444\n",
    )
    assert (reading.kind, reading.fields["subject_name"]) == (kind, "Lottie Marsh")
    asked = (f"{who}_name", f"{who}_role", f"{who}_telephone", at, day)
    assert [reading.fields.get(name) for name in asked] == [
        "Hetty Crane", "Named Nurse", "01632 960444", "Oak Hospital", "2025-05-12"]  # fmt: skip
    assert "subject_telephone" not in reading.fields


@pytest.mark.parametrize(
    "told", ["Thank you for your referral for a review.\n", "Please send our records by Friday.\n"]
)
def test_a_letter_that_neither_refers_nor_answers_is_no_form(build, told):
    assert (
        reading_of(build, f"Dear Ms Orme\nRapid Review: Child T\n{told}Yours sincerely\nHetty Crane\n").kind
        == "other"
    )


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("SAFEGUARDING ADULTS REVIEW – GP PRACTICE INFORMATION FORM", "GP practice"),
        ("RAPID REVIEW: EDUCATION SETTING INFORMATION", "Name of school/setting"),
    ],
)
def test_the_practice_or_school_of_a_return_made_for_it_is_who_answers(build, title, label):
    text = f"{title}\nName: Ada Poole\nDOB: 11/03/2019\n{label}: Oak House\nForm completed by: Jan Tull\n"
    fields = reading_of(
        build, f"{text}What worked well?\nWeekly visits.\nWhat could be better?\nNotes.\n"
    ).fields
    assert (fields["author_name"], fields["agency_name"]) == ("Jan Tull", "Oak House")


def test_a_heading_right_above_rows_ends_the_answer_above_it(build):
    text = (
        "Address of child:\n22 Saddlers Row\nParents and other household members\nName | Relationship | DOB\n"
    )
    reading = reading_of(build, f"{HEAD}Child's name: Ada Poole\n{text}Dawn Poole | Mother | 02/02/1986\n")
    assert reading.fields["subject_address"] == "22 Saddlers Row"
    assert reading.rows["family_members"] == [
        {"name": "Dawn Poole", "relationship": "Mother", "dob": "1986-02-02"}
    ]


def test_where_each_cell_of_the_row_above_had_its_own_label_so_has_one_that_means_nothing_to_us(build):
    rows = "Child's name: Ada Poole | DOB: 11/03/2019\nWard/bed: Ward 3, bed 2 | GP: Oak Surgery\n"
    reading = reading_of(build, f"{HEAD}{rows}Father's name: Not disclosed | Father's DOB:\n")
    assert reading.fields["subject_gp"] == "Oak Surgery"


def test_a_question_with_how_to_answer_it_behind_is_that_question(build):
    told = (
        "What happened? Please provide a factual account only. Include how the harm was caused and by whom."
    )
    fields = reading_of(
        build, f"{HEAD}{CHILD}{told} | She fell.\nWhen did the incident take place? | 27/09/2025\n"
    ).fields
    assert (fields["incident_summary"], fields["incident_date"]) == ("She fell.", "2025-09-27")


def test_a_telephone_number_in_brackets_behind_a_writer_leaves_no_bracket(build):
    text = "Completed by | Moira Lund, Matron (01632 960830)\n"
    fields = reading_of(
        build,
        f"{RETURN.partition('Completed')[0]}{text}Child's name: Ada Poole\nWhat worked well?\nVisits.\n",
    ).fields
    asked = ("author_name", "author_role", "author_telephone")
    assert [fields.get(name) for name in asked] == ["Moira Lund", "Matron", "01632 960830"]


def test_who_writes_may_be_told_in_the_first_sentence_below_author_and_the_period_is_the_reviews(build):
    text = (
        "Individual Management Review\nSubject: Ada Poole\nAgency: Oak Trust\n1.1 Author\n"
        "Nadia Rahman, Principal Social Worker. The author has had no involvement with the case.\n"
        "1.2 Time period\nMarch 2023 to March 2025\n2 GOOD PRACTICE\nVisits.\n"
    )
    fields = reading_of(build, text).fields
    asked = ("author_name", "author_role", "review_period_from")
    assert [fields.get(name) for name in asked] == ["Nadia Rahman", "Principal Social Worker", "2023-03"]


def test_a_plan_is_no_yes_where_another_standing_of_the_child_is_ticked(build):
    boxes = "Is the child currently: | ☐ Subject to CP Plan ⏎ ☒ Child in Need ⏎ ☐ Looked After\n"
    fields = reading_of(build, f"{HEAD}{CHILD}{boxes}").fields
    assert (fields["cp_plan_current"], fields["subject_legal_status"]) == ("no", "Child in Need")


def test_who_brings_a_case_is_who_refers_and_relatives_may_stand_below_family_without_labels(build):
    text = (
        "Case for Consideration for Review\nWho is bringing this case?\nName | Bea Lomas | Agency | Oak Police\n\n"
        "Child's name | Ada Poole | DoB | 13.10.2011\n\nSection 3 – Family\nNadia Poole – mother – DOB 09/07/1981\n"
        "Kai Poole (brother) 30/08/2013\nSection 4 – What happened?\nShe fell.\n"
    )
    reading = reading_of(build, text)
    assert (reading.fields["referrer_name"], reading.fields["subject_name"]) == ("Bea Lomas", "Ada Poole")
    assert reading.rows["family_members"] == [
        {"name": "Nadia Poole", "relationship": "mother", "dob": "1981-07-09"},
        {"name": "Kai Poole", "relationship": "brother", "dob": "2013-08-30"},
    ]


def test_a_first_column_without_a_head_says_what_each_person_is_in_the_case(build):
    text = (
        "SUBJECTS\n | Name | DOB | Known (Y/N)\nVictim | Paula Rook | 15/05/1979 | Y\n"
        "Perpetrator | Gavin Rook | 02/02/1977 | N\nChild | Ellis Rook | 19/09/2014 | Y\n"
    )
    reading = reading_of(build, f"Domestic Homicide Review\n{RETURN}{text}")
    assert reading.fields["subject_name"] == "Paula Rook"
    assert [row["name"] for row in reading.rows["alleged_perpetrators"]] == ["Gavin Rook"]
    assert [row["name"] for row in reading.rows["family_members"]] == ["Ellis Rook"]


def test_a_return_in_sentences_names_its_writer_its_subject_and_when_it_ended(build):
    text = (
        "Agency response to Rapid Review request\nYoung person: Ada Poole (13/10/2011), NHS 999 004 7855\n"
        "Trust: Oak NHS Trust\nResponse prepared by Farida Noor – Named Nurse – f.noor@example.org\n"
        "If yes, when were they first known and are they still open?\nReferred 2 May 2023. Discharged 14 June 2024.\n"
    )
    fields = reading_of(build, text).fields
    asked = (
        "subject_name",
        "subject_nhs_number",
        "author_name",
        "author_role",
        "author_email",
        "involvement_to",
    )
    assert [fields.get(name) for name in asked] == [
        "Ada Poole", "9990047855", "Farida Noor", "Named Nurse", "f.noor@example.org", "2024-06-14"]  # fmt: skip


def test_details_of_the_incident_or_concern_head_a_part_and_a_person_suspected_has_a_name(build):
    text = (
        "5. Details of the incident/concern\nDate: | 07/03/2025\nBrief description: | She was hurt.\n\n"
        "Person suspected\nName: Dennis Poole\nRelationship to child: Uncle\n"
    )
    reading = reading_of(build, f"{HEAD}Child's name: Ada Poole\n{text}")
    assert (reading.fields["incident_date"], reading.fields["subject_name"]) == ("2025-03-07", "Ada Poole")
    assert "date_of_referral" not in reading.fields
    assert reading.rows["alleged_perpetrators"] == [{"name": "Dennis Poole", "relationship": "Uncle"}]


def test_a_reply_from_an_agency_is_that_agencys_and_so_is_one_under_its_letterhead(build):
    text = "Name: Mike Sandi\nJob title: Lead\nChild's name: Ada Poole\nWhat went well?\nVisits.\n"
    head = "Rapid Review – request for information\nReply from: Oak Housing Group\n"
    fields = reading_of(build, f"{head}{text}").fields
    assert (fields["agency_name"], fields["author_name"]) == ("Oak Housing Group", "Mike Sandi")
    head = "Oak NHS Foundation Trust\nAGENCY RESPONSE TO REQUEST FOR INFORMATION – RAPID REVIEW\n"
    fields = reading_of(build, f"{head}Completed by: Moira Lund, Matron\n{text[17:]}").fields
    assert fields["agency_name"] == "Oak NHS Foundation Trust"
    for no_letterhead in ("Name of surgery | ", "Death of Colin Reed at Oak Hospital"):
        text = f"{no_letterhead}\n{head.splitlines()[1]}\nCompleted by: Moira Lund, Matron\n"
        assert "agency_name" not in reading_of(build, text).fields


def test_labels_that_name_a_further_child_or_sibling_ask_of_a_person_of_their_own(build):
    text = (
        "2.1 Child 1 name and date of birth | Amelia Hart, 04/04/2014\n"
        "2.2 Child 2 name and date of birth | Toby Hart, 19/09/2016\nSibling 1 name | Kit Hart\n"
        "Sibling 1 DOB | 02/02/2010\nSibling 2 name | \n"
    )
    reading = reading_of(build, f"{HEAD}{text}")
    assert (reading.fields["subject_name"], reading.fields["subject_dob"]) == ("Amelia Hart", "2014-04-04")
    assert reading.rows == {
        "subjects": [{"subject_name": "Toby Hart", "subject_dob": "2016-09-19"}],
        "family_members": [{"name": "Kit Hart", "dob": "2010-02-02"}],
    }


def test_substance_use_is_no_part_for_the_office(build):
    text = f"{RETURN}Child: Ada Poole\nSubstance use\nDaily cannabis.\nWhat was done well\nVisits.\n"
    fields = reading_of(build, text).fields
    assert (fields["substance_misuse_issues"], fields["good_practice"]) == ("Daily cannabis.", "Visits.")


def test_a_column_of_guidance_between_items_and_responses_is_no_answer(build):
    text = (
        "Local Child Safeguarding Practice Review Referral\nItem | Guidance | Response\n"
        "Referrer name and role | Person completing this form | Dr Amit Verma, Consultant\n"
        "Child's name | Include aliases | Sorrel Whitley\nDate of birth | dd/mm/yyyy | 29/05/2009\n"
        "What happened | Factual summary, max 200 words | She took an overdose.\n"
        "Why a review | Link to criteria | Agencies worked separately.\n"
    )
    reading = reading_of(build, text)
    asked = ("referrer_name", "referrer_role", "subject_name", "subject_dob", "incident_summary")
    assert reading.kind == "referral"
    assert [reading.fields.get(name) for name in asked] == [
        "Dr Amit Verma", "Consultant", "Sorrel Whitley", "2009-05-29", "She took an overdose."]  # fmt: skip
    assert reading.fields["criteria_grounds_text"] == "Agencies worked separately."


def test_who_prepared_a_return_may_say_in_the_same_line_when(build):
    text = "Oak Special School\nInformation for Rapid Review – Alfie Denton (DOB 14.02.13)\n"
    told = (
        "Prepared by Petra Osgood (DSL) on 09/12/2025\nSummary of involvement\nHe attends.\n"
        "What worked well\nBody maps.\nLearning\nChase referrals.\n"
    )
    fields = reading_of(build, f"{text}{told}").fields
    asked = ("agency_name", "author_name", "author_role", "date_completed", "subject_name")
    assert [fields.get(name) for name in asked] == [
        "Oak Special School", "Petra Osgood", "DSL", "2025-12-09", "Alfie Denton"]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "status"), [("     Legal order: Section 31", "Section 31"), ("", "Looked after")]
)
def test_a_child_that_is_looked_after_is_so_under_the_order_that_is_told_as_well(build, more, status):
    text = f"Child's name: Ada Poole\nLooked after: ☒ Yes ☐ No{more}\n"
    assert reading_of(build, f"{HEAD}{text}").fields["subject_legal_status"] == status


def test_a_group_that_reviews_incidents_is_asked_for_a_review_and_a_current_plan_is_one(build):
    text = (
        "Kelmarsh Safeguarding Children Partnership\nReferral for consideration by the Serious Incident Review Group\n"
        "Child's Full Name | Poppy Farrant\nChild protection plan status | Current – neglect, since 09/2024\n"
        "Date & Time of Incident | 21/09/2025 14:30\nReason referral is being made | Neglect known to agencies.\n"
        "Referrer's Name | Mavis Boon\nDate Referral Completed | 23/09/2025\n"
    )
    reading = reading_of(build, text)
    assert reading.kind == "referral"
    asked = ("cp_plan_current", "criteria_grounds_text", "referrer_name")
    assert [reading.fields.get(name) for name in asked] == ["yes", "Neglect known to agencies.", "Mavis Boon"]


def test_questions_numbered_and_shouted_alike_end_the_answer_above_though_we_do_not_know_them(build):
    text = (
        f"{RETURN}Q4 Name of adult\nTerence Bloor\nQ5 Colour of the van\nRed\nQ8 What was done well?\nSame carer.\n"
        "Q9 Any dogs?\nTwo.\nSubject | Zara Iqbal 07/05/2025\n"
    )
    fields = reading_of(build, text).fields
    assert (fields["subject_name"], fields["good_practice"]) == ("Terence Bloor", "Same carer.")
    shouted = (
        "CIRCUMSTANCES OF THE INCIDENT\nShe was left overnight.\nHAS ANYBODY BEEN TOLD OF THIS?\nNobody.\n"
    )
    assert reading_of(build, f"{HEAD}{shouted}").fields["incident_summary"] == "She was left overnight."


def test_a_name_below_a_letter_is_looked_for_once_in_a_line_of_capitals():
    assert not letters._NAME.fullmatch("A" * 300 + "!")
    assert not says_who_writes("A" * 300 + "!", "referrer")
    assert letters._NAME.fullmatch("J.P. Smith")
    assert letters._NAME.fullmatch("Jo McDonald")


def test_another_form_is_called_what_it_is_though_it_has_a_part_for_decisions(build):
    marac = (
        "MARAC referral form\nVictim name | Ann Roe\nDASH risk score | 14\nDecision of the panel | accepted\n"
    )
    assert "MARAC" in reading_of(build, f"{marac}Date of decision | 3/4/2025").problems[0]

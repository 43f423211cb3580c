"""Tables as boards lay them out: ticks under Yes and No, parties among the family, heads in words of their own."""

from forms.reading import read

SAR = "Referral for a SAR\nReferrer | Ann Poole\nName of adult | Jo Hythe\nWhat happened? | She fell.\n"
CHILD = "Referral for a rapid review\nReferrer | Ann Poole\nName of child | Jo Hythe\nDate of incident | 3 May 2025\n"
DEATH = "Domestic homicide review: agency scoping return\nName of agency | Poole Housing\n"


def read_form(build, text):
    return read("form.docx", build.word_file(build.blocks(text)))


def test_labels_below_one_another_make_no_list_of_agencies_where_one_asks_for_role_and_agency(build):
    text = (
        "SAR referral\nRequested by | Isla Kerr\nJob title / agency | Lead Officer, Glenorrin HSCP\n"
        "Telephone | 01632 960515\nEmail | isla.kerr@example.org\nDate of request | 11/02/2025"
    )
    fields = read("f.docx", build.word_file(build.blocks(text))).fields
    assert (fields["referrer_role"], fields["referrer_agency"]) == ("Lead Officer", "Glenorrin HSCP")


def test_the_column_that_is_ticked_is_the_answer(build):
    fields = read_form(
        build,
        f"{CHILD}Question | Yes | No | Not known | Comments\n"
        "Is the child on a child protection plan? | ✓ |  |  | Neglect\n"
        "Has the child been on a child protection plan before? |  |  | X | \n"
        "Is the child open to children's social care? |  | ☒ |  | \n",
    ).fields
    assert (fields["cp_plan_current"], fields["cp_plan_details"]) == ("yes", "Neglect")
    assert fields["cp_plan_previous"] == "not_known"
    assert fields["open_to_social_care"] == "no"


def test_a_grid_without_ticks_answers_nothing(build):
    reading = read_form(
        build, f"{CHILD}Question | Yes | No\nIs the child on a child protection plan? | ☐ | ☐\n"
    )
    assert "cp_plan_current" not in reading.fields


def test_whom_a_table_of_people_calls_victim_is_the_subject(build):
    reading = read_form(
        build,
        f"{DEATH}Name | Date of birth | Address\nVictim: Parveen Shah | 09/12/1986 | 6 Canal Street\n"
        "Perpetrator: Tariq Shah | 14/02/1982 | As above\nWas the victim known to your service? | Yes\n",
    )
    assert (reading.fields["subject_name"], reading.fields["subject_dob"]) == ("Parveen Shah", "1986-12-09")
    assert reading.rows["alleged_perpetrators"] == [
        {"name": "Tariq Shah", "dob": "1982-02-14", "address": "As above"}
    ]
    assert "family_members" not in reading.rows


def test_heads_of_agencies_are_known_by_their_main_words_under_any_heading(build):
    reading = read_form(
        build,
        f"{SAR}What do you hope to achieve by making this referral? | Learning\n"
        "Services involved with child/family | Named worker | Open/closed\nCAMHS | Dr Ito | Open\n",
    )
    assert reading.rows["agencies_involved"] == [
        {"agency": "CAMHS", "name": "Dr Ito", "still_involved": "yes"}
    ]


def test_a_label_in_two_languages_is_understood_by_its_english(build):
    fields = read_form(
        build,
        "Single Unified Safeguarding Review referral\nReferrer's name / Enw'r atgyfeiriwr | Eleri Vaughan\n"
        "Enw / Name of adult | Gethin Morgan\nDyddiad geni / Date of birth | 17/10/1958\nWhat happened? | He fell.\n",
    ).fields
    assert fields["referrer_name"] == "Eleri Vaughan"
    assert (fields["subject_name"], fields["subject_dob"]) == ("Gethin Morgan", "1958-10-17")


def test_of_a_form_that_came_by_mistake_only_whom_it_is_about_and_who_sent_it_is_kept(build):
    reading = read_form(
        build,
        "Safeguarding Adults Concern Form\nName of adult at risk | Vera Compton\nDesired outcomes | To feel safe\n"
        "Name of person raising the concern | Kelly Marsh\nWhat happened? | Bruise on arm.\n",
    )
    assert reading.kind == "other"
    assert dict(reading.fields) == {"subject_name": "Vera Compton", "referrer_name": "Kelly Marsh"}
    assert any("Bruise on arm." in text for text in reading.unplaced)


def test_whoever_an_allegation_is_about_is_not_the_child(build):
    fields = read_form(
        build,
        "Referral to the Local Authority Designated Officer (LADO)\nAllegation against staff\n"
        "Name of the person subject to the allegation | Gary Lunt\nChild's name | Omar Aziz\n",
    ).fields
    assert fields["subject_name"] == "Omar Aziz"


def test_rows_of_labels_and_answers_side_by_side_are_no_table_of_people(build):
    reading = read_form(
        build,
        "DHR referral form\nReferring officer | DI Castle\nVICTIM\n"
        "Surname | Hartnell | Forename(s) | Gillian | DOB | 18/03/1970\n"
        "Gender | F | Ethnicity | White British | Occupation | Carer\nSUSPECT\n"
        "Surname | Hartnell | Forename(s) | Keith | DOB | 07/07/1968\nCHILDREN\n"
        "Name | DOB | Address\nJade Hartnell | 01/12/1999 | Leeds\n",
    )
    assert (reading.fields["subject_surname"], reading.fields["subject_dob"]) == ("Hartnell", "1970-03-18")
    assert reading.rows["alleged_perpetrators"] == [{"name": "Keith Hartnell", "dob": "1968-07-07"}]
    assert [row["name"] for row in reading.rows["family_members"]] == ["Jade Hartnell"]


def test_in_a_column_of_prompts_and_answers_an_unknown_prompt_ends_the_answer_above(build):
    table = build.table(
        *(
            build.row(text)
            for text in (
                "Why do you think the SAR criteria are met?", "Self-neglect was known to four agencies.",
                "Known risks to others", "None known", "Reason for referral", "He died of cold.",
            )
        )
    )  # fmt: skip
    fields = read("form.docx", build.word_file(build.blocks(SAR) + table)).fields
    assert fields["criteria_grounds_text"] == "Self-neglect was known to four agencies."


def test_reasons_asked_for_under_ticked_criteria_are_an_answer_of_their_own(build):
    table = build.table(
        *(
            build.row(text)
            for text in (
                "Which of the criteria are met?", "☒ The adult has died", "☐ Serious harm",
                "Please explain your reasons", "The plan was not followed.",
            )
        )
    )  # fmt: skip
    fields = read("form.docx", build.word_file(build.blocks(SAR) + table)).fields
    assert fields["criteria_grounds"] == ["The adult has died"]
    assert fields["criteria_grounds_text"] == "The plan was not followed."


def test_the_boards_part_of_a_scoping_request_is_filled_in_before_the_agencys(build):
    fields = read_form(
        build,
        "SAR scoping: request for information\nPart A (completed by the Safeguarding Adults Board)\n"
        "Name of adult | Pavel Kowal\nCase no | SAR 7\nPart B (to be completed by your agency)\n"
        "Agency | Fire Service\nCompleted by | Liz Orme\nWas the adult known to your agency? | No\n",
    ).fields
    assert (fields["subject_name"], fields["board_reference"]) == ("Pavel Kowal", "SAR 7")
    assert (fields["agency_name"], fields["author_name"]) == ("Fire Service", "Liz Orme")


def test_labels_and_answers_on_one_line_need_no_colon_when_gaps_stand_between(build):
    fields = read_form(build, f"{SAR}Signed   A Poole             Date   11/09/2025\n").fields
    assert (fields["referrer_signature"], fields["date_of_referral"]) == ("A Poole", "2025-09-11")


def test_a_printed_criterion_with_a_bullet_takes_no_answer(build):
    fields = read_form(
        build,
        "Request for a SAR\n• The case gives rise to concerns about how agencies worked together to protect adults.\n"
        "Before submitting the form, please discuss it with your manager.\nReferrer | Ann Poole\n"
        "Name of adult | Jo Hythe\nWhat happened? | She fell.\n",
    ).fields
    assert "agency_concerns" not in fields


def test_a_table_of_criteria_with_a_column_for_met_gives_those_that_are(build):
    fields = read_form(
        build,
        f"{CHILD}Criteria | Met? Y/N | Evidence\nAbuse or neglect is known or suspected | Y | Bruising\n"
        "The child has died | N | \nThere is concern about how agencies worked together | Y | No strategy meeting\n",
    ).fields
    assert fields["criteria_grounds"] == [
        "Abuse or neglect is known or suspected", "There is concern about how agencies worked together"]  # fmt: skip
    assert (fields["criteria_evidence"], fields["agency_concerns"]) == ("Bruising", "No strategy meeting")


def test_a_prompt_with_an_empty_cell_beside_it_is_answered_by_the_prose_below(build):
    rows = (
        ("What happened?", ""), ("He was found in the park by a walker.", ""), ("Date of death", ""),
        ("Other addresses used", ""),
    )  # fmt: skip
    table = build.table(*(build.row(*row) for row in rows))
    reading = read("form.docx", build.word_file(build.blocks("SAR referral\nReferrer | Ann Poole\n") + table))
    assert reading.fields["incident_summary"] == "He was found in the park by a walker."
    assert "subject_date_of_death" not in reading.fields


def test_a_heading_row_of_numbered_questions_asks_nothing(build):
    reading = read_form(
        build,
        "Rapid review referral\nRef | Information required | Response\n1 | Name of referrer | Ann Poole\n",
    )
    assert "board_reference" not in reading.fields
    assert reading.fields["referrer_name"] == "Ann Poole"


def test_a_hint_in_brackets_behind_a_question_is_no_answer(build):
    fields = read_form(
        build, f"{SAR}Why should this be reviewed? (link to criteria)\nNeglect is suspected.\n"
    ).fields
    assert fields["criteria_grounds_text"] == "Neglect is suspected."


def test_a_column_for_the_victim_and_one_for_the_perpetrator_are_two_people(build):
    reading = read_form(
        build,
        f"{DEATH}Details | Victim | Alleged perpetrator\nName | Parveen Shah | Tariq Shah\n"
        "Date of birth | 09/12/1986 | 14/02/1982\nAddress | 6 Canal Street | HMP Fell\nGender | Female | Male\n",
    )
    fields = reading.fields
    assert (fields["subject_name"], fields["subject_dob"]) == ("Parveen Shah", "1986-12-09")
    assert (fields["subject_address"], fields["subject_gender"]) == ("6 Canal Street", "female")
    assert reading.rows["alleged_perpetrators"] == [
        {"name": "Tariq Shah", "dob": "1982-02-14", "address": "HMP Fell"}
    ]


def test_agencies_with_the_dates_each_person_was_known_keep_the_dates_with_whose_they_are(build):
    reading = read_form(
        build,
        f"{CHILD}Agency | Contact person | Victim – dates known | Perpetrator – dates known\n"
        "Probation | Dan Ferris | No | 2019 – 2021\n",
    )
    (row,) = reading.rows["agencies_involved"]
    assert (row["agency"], row["name"]) == ("Probation", "Dan Ferris")
    assert "Perpetrator – dates known: 2019 – 2021" in row["note"]


def test_a_tick_beside_a_printed_criterion_gives_way_to_what_is_told_in_words(build):
    fields = read_form(
        build,
        f"{SAR}Criteria | Yes | No\nThere is reasonable cause for concern about how the board, its members or "
        "organisations worked together | ☒ | ☐\n\n"
        "Please explain why you think agencies could have worked together more effectively | No meeting was held.\n"
        "Is the adult still alive? | No – died 6 May 2024\n",
    ).fields
    assert fields["agency_concerns"] == "No meeting was held."
    assert fields["subject_date_of_death"] == "2024-05-06"


def test_part_of_a_number_is_no_address(build):
    fields = read_form(
        build, f"{SAR}Name and contact details of next of kin | Sean Hythe (son), 01632\n"
    ).fields
    assert fields["next_of_kin_name"].startswith("Sean Hythe")
    assert "next_of_kin_address" not in fields


def test_persons_believed_to_be_responsible_are_those_alleged(build):
    reading = read_form(
        build,
        "Notification of a domestic abuse related death\nReferrer | Ann Poole\nName of deceased | Jo Hythe\n"
        "Person(s) believed to be responsible | \nFull name | Lee Crossley\nDate of birth | 11/03/1986\n",
    )
    assert reading.rows["alleged_perpetrators"] == [{"name": "Lee Crossley", "dob": "1986-03-11"}]


def test_agencies_ticked_under_each_person_are_no_particulars_of_people(build):
    reading = read_form(
        build,
        f"{DEATH}Agency | Victim | Perpetrator\nPolice | Yes | No\nProbation | No | Yes\nHousing | Yes | Yes\n",
    )
    assert "subject_name" not in reading.fields
    assert "alleged_perpetrators" not in reading.rows


def test_a_telephone_number_under_an_address_is_no_part_of_it(build):
    fields = read_form(
        build, f"{SAR}Next of kin address | 12 High Street, Coalby CB99 2BB ⏎ 01632 960765\n"
    ).fields
    assert fields["next_of_kin_address"] == "12 High Street, Coalby CB99 2BB"


def test_people_end_at_the_next_heading_of_a_sheet_in_capitals(build):
    reading = read_form(
        build,
        f"{CHILD}FAMILY COMPOSITION |  |  | \nName | Relationship | Date of birth | Address\n"
        "Hodan Yusuf | Mother | 15/01/1984 | As above\nCIRCUMSTANCES |  |  | \n"
        "Summary of incident | Amina took an overdose in school. |  | \n",
    )
    assert [row["name"] for row in reading.rows["family_members"]] == ["Hodan Yusuf"]
    assert reading.fields["incident_summary"] == "Amina took an overdose in school."


def test_what_the_needs_were_stands_for_the_yes_that_there_were_some(build):
    asked = (
        "Did the adult have care and support needs? | ☒ Yes ☐ No\n"
        "Please describe care and support needs | Epilepsy\n"
    )
    assert read_form(build, f"{SAR}{asked}").fields["subject_care_support_needs"] == "Epilepsy"

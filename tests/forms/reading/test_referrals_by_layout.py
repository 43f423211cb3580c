"""Layouts of referrals: agencies listed without heads, processes to tick, criteria with boxes, whose a label is."""

import io

import pytest
from docx import Document

from forms.reading import read
from forms.reading.subjects import named_in_title

TITLE = "Safeguarding Adults Review Referral Form\n"
WRITER = "Name of referrer | Ada Moss\nJob title | Manager\nReferring agency | Oak Trust\n"
ADULT = "Name of adult | Colin Reed\nDate of birth | 04/05/1950\n"


def reading_of(build, text):
    return read("form.docx", build.word_file(build.blocks(TITLE + text)))


def test_agencies_are_read_from_a_table_without_a_heading_row(build):
    rows = (
        "Health Visiting | Tess Gorman | 01632 960913\nCity Children's Services | Uma Patel | uma@example.org\n"
        "Police | DC Rob Fenn | 101\n"
    )
    reading = reading_of(build, f"{WRITER}{ADULT}Agencies working with the family\n{rows}")
    assert reading.rows["agencies_involved"] == [
        {"agency": "Health Visiting", "name": "Tess Gorman", "contact": "01632 960913"},
        {"agency": "City Children's Services", "name": "Uma Patel", "contact": "uma@example.org"},
        {"agency": "Police", "name": "DC Rob Fenn", "contact": "101"},
    ]
    assert "lead_professional" not in reading.fields


def test_who_works_there_may_stand_before_the_agency_with_their_number_beside_the_name(build):
    rows = "Tess Gorman 01632 960913 | Health Visiting Service | Y\nRob Fenn 01632 960914 | City Police | N\n"
    reading = reading_of(build, f"{WRITER}{ADULT}Agencies involved\n{rows}")
    assert reading.rows["agencies_involved"] == [
        {"agency": "Health Visiting Service", "name": "Tess Gorman", "contact": "01632 960913",
         "still_involved": "yes"},
        {"agency": "City Police", "name": "Rob Fenn", "contact": "01632 960914", "still_involved": "no"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heads", ["Agency involvement | Yes | Details", "Agency | Tick if involved | Comments"]
)
def test_agencies_ticked_in_a_column_are_involved_and_the_others_are_not(build, heads):
    rows = "Adult Social Care | ☒ | Care twice a day\nPolice | ☐ | \nMental Health Trust | ☐ | \n"
    reading = reading_of(build, f"{WRITER}{ADULT}{heads}\n{rows}")
    assert reading.kind == "referral"
    assert reading.rows["agencies_involved"] == [
        {"agency": "Adult Social Care", "still_involved": "yes", "note": "Care twice a day"}
    ]


def test_an_agency_ticked_under_no_is_not_involved(build):
    rows = "Agency | Yes | No | Details\nAmbulance | ✓ |  | Four calls\nHousing |  | ✓ | \n"
    reading = reading_of(build, f"{WRITER}{ADULT}{rows}")
    assert [row["agency"] for row in reading.rows["agencies_involved"]] == ["Ambulance"]
    assert "Housing | ☒" in reading.unplaced


GRID = (
    "Process | Yes | No | Details\nCriminal investigation |  | ✓ | \nInquest | ✓ |  | Opened 10/03/2025\n"
    "Complaint | ✓ |  | \n"
)


def test_a_grid_of_processes_tells_which_are_under_way(build):
    reading = reading_of(build, f"{WRITER}{ADULT}Are any of these processes under way?\n{GRID}")
    assert reading.fields["parallel_processes"] == "Inquest: Opened 10/03/2025\nComplaint: Yes"


def test_a_no_to_one_process_gives_way_to_what_is_told_of_another(build):
    reading = reading_of(
        build,
        f"{WRITER}{ADULT}Is there a criminal investigation? | No\nIs there a police investigation? | Yes\n",
    )
    assert reading.fields["parallel_processes"] == "Yes"


@pytest.mark.parametrize(
    "signed", ["Signed Ada Moss Date 30/05/2025", "Signature: Ada Moss Dated 30 May 2025"]
)
def test_a_signature_and_its_date_run_on_in_one_line(build, signed):
    fields = reading_of(build, f"{WRITER}{ADULT}{signed}").fields
    assert (fields["referrer_signature"], fields["date_of_referral"]) == ("Ada Moss", "2025-05-30")


def test_when_the_lead_agreed_is_not_when_the_referral_was_made(build):
    lead = "Agreed by safeguarding lead: Bea Olney   Date: 02/06/2025\n"
    fields = reading_of(build, f"{WRITER}{ADULT}{lead}Signed: Ada Moss   Date: 30/05/2025").fields
    assert fields["date_of_referral"] == "2025-05-30"


def test_a_persons_name_behind_the_writers_is_the_subjects(build):
    fields = reading_of(
        build,
        "Form completed by | Ada Moss\nRole | Manager\nPerson's name | Colin Reed\nDate of death | 1/2/2025",
    ).fields
    assert (fields["referrer_name"], fields["subject_name"]) == ("Ada Moss", "Colin Reed")


def test_a_bare_officer_is_who_writes(build):
    fields = reading_of(build, f"Officer: | DI Kay Lund\nForce | City Police\n{ADULT}").fields
    assert (fields["referrer_name"], fields["subject_name"]) == ("DI Kay Lund", "Colin Reed")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("What is the name of the adult you are referring for a Safeguarding Adults Review?", "subject_name"),
        ("Address of the adult who is being referred", "subject_address"),
        ("Who are you referring?", "subject_name"),
    ],
)
def test_whom_somebody_refers_is_not_who_refers(build, label, name):
    assert (
        reading_of(build, f"{WRITER}{label} | Colin Reed, Fern House\n").fields[name].startswith("Colin Reed")
    )


def test_people_suspected_of_abuse_have_a_part_of_their_own(build):
    text = f"{ADULT}3. The person or persons suspected of abuse\nFull name: Gil Swale\nDate of birth: 09/08/1979\n"
    assert reading_of(build, WRITER + text).rows["alleged_perpetrators"] == [
        {"name": "Gil Swale", "dob": "1979-08-09"}
    ]


CRITERIA = (
    "PART D – CRITERIA\nAbuse or neglect of the adult is known or suspected and the adult has:\n"
    "☒ Died\n☐ Sustained potentially life-threatening injury\n"
)
INCIDENTS = (
    "Incidents that must be notified:\n1. A child has died and abuse or neglect is known or suspected ☐\n"
    "2. A child has been seriously harmed and abuse or neglect is known or suspected ☒\n"
)


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        (CRITERIA, "Died"),
        (INCIDENTS, "2. A child has been seriously harmed and abuse or neglect is known or suspected"),
    ],
)
def test_criteria_with_a_box_each_are_told_from_prompts(build, text, ticked):
    reading = reading_of(build, f"{text}\n{WRITER}{ADULT}")
    assert reading.fields["criteria_grounds"] == [ticked]
    assert "subject_date_of_death" not in reading.fields


@pytest.mark.parametrize(
    ("story", "died"), [("He died at home.", "2025-05-14"), ("He was found at home.", None)]
)
def test_one_date_of_death_or_incident_is_both_where_somebody_died(build, story, died):
    fields = reading_of(
        build, f"{WRITER}{ADULT}Date of death / incident | 14/05/2025\nWhat happened? | {story}\n"
    ).fields
    assert fields["incident_date"] == "2025-05-14"
    assert fields.get("subject_date_of_death") == died


def test_an_address_below_the_parents_is_the_childs_where_no_other_is_asked_for(build):
    text = "Child's name | Ezra Finch\nMother's name | Chloe Finch | DOB | 14/02/2004\nAddress | 4 Market Place\n"
    fields = reading_of(build, WRITER + text).fields
    assert (fields["subject_address"], fields["parents_carers_names"]) == ("4 Market Place", "Chloe Finch")
    assert "subject_dob" not in fields


DHR = "Domestic Homicide Review Referral Form\n" + WRITER
PARTIES = [{"name": "Nigel Eccles", "dob": "1975-02-28"}]


@pytest.mark.parametrize(
    "rows",
    [
        "Names of victim and perpetrator | Meg Eccles (victim) ⏎ Nigel Eccles (perpetrator)\n"
        "Dates of birth | 11/11/1948 ⏎ 28/02/1975\n",
        "Parties | Victim: Meg Eccles, 11/11/1948 ⏎ Perpetrator: Nigel Eccles, 28/02/1975\n",
        "Those involved | Victim: Meg Eccles ⏎ DOB: 11/11/1948 ⏎ Perpetrator: Nigel Eccles ⏎ DOB: 28/02/1975\n",
    ],
)
def test_two_parties_line_by_line_in_one_cell_are_told_apart(build, rows):
    reading = read(
        "form.docx", build.word_file(build.blocks(f"{DHR}{rows}What happened? | She was stabbed.\n"))
    )
    assert (reading.fields["subject_name"], reading.fields["subject_dob"]) == ("Meg Eccles", "1948-11-11")
    assert reading.rows == {"alleged_perpetrators": PARTIES}


def test_two_people_who_write_stand_side_by_side_below_a_list_of_agencies(build):
    text = (
        f"{ADULT}Agencies\nAgency | Worker\nPolice | DC Fenn\n\nReferrer |  | Safeguarding lead | \n"
        "Name | Ada Moss | Name | Bea Olney\nSigned | A Moss | Signed | B Olney\nDate | 8/5/2025 | Date | 9/5/2025\n"
    )
    fields = reading_of(build, text).fields
    assert (fields["referrer_name"], fields["safeguarding_lead_name"]) == ("Ada Moss", "Bea Olney")
    assert (fields["referrer_signature"], fields["date_of_referral"]) == ("A Moss", "2025-05-08")


@pytest.mark.parametrize(
    "row", ["Father's name and DOB | Gil Finch, 03/03/2002", "Father | Gil Finch (DOB 03/03/2002)"]
)
def test_when_parents_were_born_is_no_part_of_their_names(build, row):
    text = f"{WRITER}Child's name | Ezra Finch\nMother's name and DOB | Chloe Finch 14/02/2004\n{row}\n"
    assert reading_of(build, text).fields["parents_carers_names"] == "Chloe Finch; Gil Finch"


def test_mother_and_father_are_labels_in_a_row_of_four(build):
    text = f"{WRITER}Child's name | Ezra Finch | DOB | 1/2/2023\nmother | Chloe Finch | father | Not known\n"
    assert reading_of(build, text).fields["parents_carers_names"] == "Chloe Finch"


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("Yes ✗ No ☐", "yes"),
        ("Yes ☐ No ✗", "no"),
        ("Yes ☒ No ✗", "yes"),
        ("Yes No ☒", "no"),
        ("Yes ✗ | No ☐", "yes"),
    ],
)
def test_a_cross_means_what_the_boxes_beside_it_leave(build, row, answer):
    text = f"{WRITER}Child's name | Ezra Finch\nSex | Male ☐ Female ☒\nIs the child on a CP plan? | {row}\n"
    assert reading_of(build, text).fields["cp_plan_current"] == answer


PROCESSES = (
    "Criminal investigation | Yes | Charged 1/2/25\nInquest | No | \nCare proceedings | Yes | ICO made\n"
)


@pytest.mark.parametrize("heads", ["", "Process | In progress? | Details\n"])
def test_processes_with_a_yes_or_no_each_are_one_account(build, heads):
    told = reading_of(build, f"{WRITER}{ADULT}Other processes\n{heads}{PROCESSES}").fields[
        "parallel_processes"
    ]
    assert told == "Criminal investigation: Charged 1/2/25\nCare proceedings: ICO made"


def test_the_involvement_of_one_agency_after_another_makes_rows(build):
    rows = (
        "Police involvement | Yes | DC Fenn\nHealth involvement | No | \nSchool involvement | Yes | Mr Day\n"
    )
    assert reading_of(build, WRITER + ADULT + rows).rows["agencies_involved"] == [
        {"agency": "Police", "still_involved": "yes", "note": "DC Fenn"},
        {"agency": "School", "still_involved": "yes", "note": "Mr Day"},
    ]


def test_agencies_told_behind_a_yes_are_an_answer_and_no_heading_row(build):
    rows = "Agency involvement | Yes | Social Care: Jo Bell; School: Mr Day\n"
    assert [row["name"] for row in reading_of(build, WRITER + ADULT + rows).rows["agencies_involved"]] == [
        "Jo Bell", "Mr Day",
    ]  # fmt: skip


def test_three_choices_left_printed_are_no_decision(build):
    rows = "FOR BOARD USE\nDate received | \nDecision | SAR / no SAR / other learning\n"
    assert "decision_recommendation" not in reading_of(build, WRITER + ADULT + rows).fields


def test_a_stroke_in_a_rank_parts_no_name(build):
    row = (
        "Officer (name, rank and contact details) | T/DCI Sunita Rawal, Investigating Officer, 01632 960999\n"
    )
    fields = reading_of(
        build, f"Notifying {row.lower().split(' | ')[0]} | {row.split(' | ')[1]}{ADULT}"
    ).fields
    assert fields["referrer_name"] == "T/DCI Sunita Rawal"


def test_date_time_and_place_in_one_row_are_the_incidents(build):
    text = f"{WRITER}{ADULT}INCIDENT\nDate | Time | Location\n12/07/2025 | 18:30 | Fern Park\n"
    reading = reading_of(build, text)
    asked = ("incident_date", "incident_time", "incident_location")
    assert [reading.fields[name] for name in asked] == ["2025-07-12", "18:30", "Fern Park"]
    assert "chronology" not in reading.rows


def test_the_next_of_kin_in_a_table_of_their_own_are_no_family(build):
    text = f"{WRITER}{ADULT}Section D – Next of kin\nName | Relationship | Contact\nKay Biggs | Daughter | via FLO\n"
    reading = reading_of(build, text)
    assert (reading.fields["next_of_kin_name"], reading.fields["next_of_kin_relationship"]) == (
        "Kay Biggs",
        "Daughter",
    )
    assert "family_members" not in reading.rows


def test_agencies_with_a_tick_under_each_party_are_rows(build):
    text = f"{DHR}Agencies involved with either party\nAgency | Deceased | Suspect\nOak Surgery | ✓ | ✓\nASC | ✓ | \n"
    reading = read("form.docx", build.word_file(build.blocks(text)))
    assert [row["agency"] for row in reading.rows["agencies_involved"]] == ["Oak Surgery", "ASC"]


@pytest.mark.parametrize("prompt", ["2. The adult has (tick one):", "Please tick one of these statements"])
@pytest.mark.parametrize("between", [" | ", " "], ids=["table", "lines"])
def test_boxes_before_the_words_of_a_statute_are_criteria(build, prompt, between):
    ticks = (
        f"☒{between}Died as a result of abuse or neglect, known or suspected\n"
        f"☐{between}Not died but experienced serious abuse or neglect\n"
    )
    reading = reading_of(build, f"{WRITER}{ADULT}{prompt}\n{ticks}")
    assert reading.fields["criteria_grounds"] == ["Died as a result of abuse or neglect, known or suspected"]


def test_a_form_may_say_in_a_sentence_who_completed_it(build):
    assert reading_of(build, f"This form is completed by Ada Moss\nRole: Manager\n{ADULT}").fields[
        "referrer_name"
    ] == ("Ada Moss")


def test_the_boards_own_box_stands_before_the_title(build):
    text = f"SAB USE ONLY\nRef | SAR 2025/07 | Received | 01/08/2025\n{TITLE}{WRITER}{ADULT}"
    fields = read("form.docx", build.word_file(build.blocks(text))).fields
    assert (fields["board_reference"], fields["office_date_received"]) == ("SAR 2025/07", "2025-08-01")


def test_the_date_of_an_incident_or_of_what_came_to_light_is_the_incidents(build):
    text = f"{WRITER}{ADULT}Date of incident or date that harm came to light: 22/04/2025\n"
    assert reading_of(build, text).fields["incident_date"] == "2025-04-22"


@pytest.mark.parametrize(("answer", "meant"), [("Ydy / Yes", "yes"), ("Nac ydy / No", "no")])
def test_a_welsh_question_may_be_answered_in_both_languages(build, answer, meant):
    text = f"Child's name | Cadi Rees\nAr y gofrestr amddiffyn plant? / On the Child Protection Register? | {answer}\n"
    assert reading_of(build, WRITER + text).fields["cp_plan_current"] == meant


def test_a_title_with_a_dash_is_no_answer(build):
    text = (
        f"Serious incident – request for consideration of a Rapid Review\n{WRITER}{ADULT}What: | She fell.\n"
    )
    reading = read("form.docx", build.word_file(build.blocks(text)))
    assert "request" not in str(reading.fields.get("incident_summary"))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Criteria for rapid review (explain)", "criteria_grounds_text"),
        ("Action to safeguard", "immediate_action_taken"),
        ("Give a brief account of the harm and how it came about", "incident_summary"),
        ("Nature of injury and circumstances", "incident_summary"),
        ("Please give a short account of what happened. Include what harm came to them and who did it, if anyone.",
         "incident_summary"),
    ],
)  # fmt: skip
def test_more_prompts_are_understood(build, label, name):
    answer = "She lost five stone in four months and nobody asked why."
    assert reading_of(build, f"{WRITER}{ADULT}{label} | {answer}\n").fields[name] == answer


def test_choices_ticked_two_to_a_row_are_read_where_the_others_are_empty(build):
    ticks = "Physical |  | Sexual | \nNeglect | ✓ | Financial | \nOrganisational | ✓ | Domestic | \n"
    fields = reading_of(build, f"{WRITER}{ADULT}Abuse type: please tick\n\n{ticks}").fields
    assert fields["harm_types"] == ["Neglect", "Organisational"]
    assert fields["referrer_agency"] == "Oak Trust"


def test_labels_below_one_another_are_answered_line_by_line_in_the_next_cell(build):
    row = "Name: ⏎ Job title: ⏎ Organisation: | Ada Moss ⏎ Manager ⏎ Oak Trust\n"
    fields = reading_of(build, f"Who is making this referral?\n{row}{ADULT}").fields
    assert [fields[f"referrer_{name}"] for name in ("name", "role", "agency")] == [
        "Ada Moss",
        "Manager",
        "Oak Trust",
    ]


def test_a_case_closed_has_no_lead_professional(build):
    rows = "Status | Yes / No | Details\nOpen to children's social care | No | Closed May 2025\n"
    fields = reading_of(build, f"{WRITER}Child's name | Ezra Finch\n{rows}").fields
    assert fields["open_to_social_care"] == "no"
    assert "lead_professional" not in fields


def test_two_adults_with_a_column_each_are_whom_the_form_is_about(build):
    rows = " | Adult 1 | Adult 2\nName | Elsie Rudd | Albert Rudd\nDOB | 12/12/1938 | 03/03/1942\n"
    reading = reading_of(build, WRITER + rows)
    assert reading.fields["subject_name"] == "Elsie Rudd"
    assert reading.rows["subjects"] == [{"subject_name": "Albert Rudd", "subject_dob": "1942-03-03"}]


def test_a_heading_ends_a_list_and_leaves_whoever_was_spoken_of():
    document = Document()
    for line in f"{TITLE}{WRITER}{ADULT}".replace(" | ", ": ").splitlines():
        document.add_paragraph(line)
    document.add_paragraph("Next of kin: ")
    for title, text in (
        ("Agencies known to be involved", "IDVA service, City Housing, Probation"),
        ("Criminal and coronial proceedings", "Inquest opened"),
        ("Confirmation", "Name: Ruth Calder"),
    ):
        document.add_heading(title, 2)
        document.add_paragraph(text)
    document.save(written := io.BytesIO())
    reading = read("form.docx", written.getvalue())
    assert [row["agency"] for row in reading.rows["agencies_involved"]] == [
        "IDVA service", "City Housing", "Probation",
    ]  # fmt: skip
    assert reading.fields["parallel_processes"] == "Inquest opened"
    assert "next_of_kin_name" not in reading.fields


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Describe the abuse: Hit or slapped or not fed", "incident_summary", "Hit or slapped or not fed"),
        ("Has the adult died: ☒ Yes ☐ No", "subject_died", "yes"),
        ("Has the adult died: ☒ Yes ☐ No", "criteria_grounds", None),
    ],
)
def test_an_answer_with_alternatives_is_no_printed_choice_and_a_question_no_criterion(
    build, line, name, value
):
    assert reading_of(build, f"{WRITER}{ADULT}{line}\n").fields.get(name) == value


def test_the_second_line_of_an_address_is_not_the_other_party_s(build):
    rows = "Name | Victim: Jo Fay ⏎ Perpetrator: Al Orr\nGP | Dr Lund ⏎ Glade Surgery\n"
    reading = reading_of(build, f"{WRITER}{rows}")
    assert reading.fields["subject_gp"] == "Dr Lund\nGlade Surgery"
    assert reading.rows["alleged_perpetrators"] == [{"name": "Al Orr"}]


def test_one_date_of_death_or_incident_is_no_death_of_somebody_who_lives(build):
    told = "Date of death / incident: 4 April 2025\nHas the adult died? No\nSummary: Her mother died, and she drank.\n"
    fields = reading_of(build, f"{WRITER}{ADULT}{told}").fields
    assert (fields["incident_date"], fields.get("subject_date_of_death")) == ("2025-04-04", None)


def test_a_story_that_tells_of_a_signed_statement_is_not_cut(build):
    told = "Signed statement from the mother dated 3 May 2024 was received."
    fields = reading_of(build, f"{WRITER}{ADULT}Summary of incident\nShe fell ill.\n{told}\n").fields
    assert "referrer_signature" not in fields
    assert told in fields["incident_summary"]


@pytest.mark.parametrize(
    "first", ["Channel View Partnership", "Referral to prevent further harm", "Complaints and Reviews Team"]
)
def test_a_word_in_an_address_makes_no_other_form(build, first):
    assert reading_of(build, f"{first}\nOldport\nOP1 2AB\n{WRITER}{ADULT}").kind == "referral"


def test_a_day_in_the_parents_story_stays(build):
    told = "Names of parents | Ann Lee (DOB 01/02/1980), Bo Lee, moved out 03/04/2020\n"
    fields = reading_of(build, f"{WRITER}Child's name | Ezra Lee\n{told}").fields
    assert fields["parents_carers_names"] == "Ann Lee, Bo Lee, moved out 03/04/2020"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("SAR: Adult Neglect", ""),
        ("Review of Family Court", ""),
        ("Safeguarding Adults Review: Adult Teal", "Adult Teal"),
    ],
)
def test_a_topic_in_a_title_is_nobody(title, name):
    assert named_in_title(title) == name

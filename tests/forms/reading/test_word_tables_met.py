"""Tables of strangers' Word forms: labels in turn, records row under row, a yes in its own column, who is named."""

import pytest

from forms.reading import read

REFERRAL = "Safeguarding Adults Review referral form"
RETURN = "Rapid Review – agency return"


def fields(build, title, table):
    return read("form.docx", build.word_file(build.blocks(f"{title}\n{table}"))).fields


def test_labels_with_their_answers_in_turn_head_no_column(build):
    table = (
        "Date: | 04/12/2024 | Completed by: | Rupert Hythe\nAgency: | Brackmoor Ambulance Service | Position: | Named"
        " Professional\nTel No: | 01632 960884 | Email: | rupert@example.org"
    )
    read_so = fields(build, "Referral to the Case Review Group", table)
    assert (read_so["referrer_agency"], read_so["referrer_role"], read_so["referrer_telephone"]) == (
        "Brackmoor Ambulance Service", "Named Professional", "01632 960884")  # fmt: skip


def test_a_record_goes_on_row_under_row_though_few_of_its_heads_are_asked_of_us(build):
    table = (
        "Full name | Date of birth | Date of death\nArthur Slade | 10/10/1940 | \nAddress | Living arrangements"
        " | Placing authority\nElm Lodge, Dorkley | Nursing home | Surrey"
    )
    read_so = fields(build, f"{REFERRAL}\nAbout the person", table)
    assert (read_so["subject_address"], read_so["subject_dob"]) == ("Elm Lodge, Dorkley", "1940-10-10")
    assert "subject_date_of_death" not in read_so


def test_a_yes_in_a_column_of_its_own_is_no_part_of_what_is_told_beside_it(build):
    table = (
        " | Question | Y/N | Details\n1 | Is the family known to your service? | Y | Booked at 11 weeks\n2 | Have you"
        " identified any good practice? | Y | One midwife throughout\n3 | Are there other agencies that should be"
        " contacted? | Y | Perinatal team"
    )
    read_so = fields(build, RETURN, table)
    assert (read_so["agency_involved"], read_so["good_practice"], read_so["other_agencies_involved"]) == (
        "yes", "One midwife throughout", ["Perinatal team"])  # fmt: skip


def test_a_part_numbered_in_words_ends_the_lead_and_begins_the_agencies(build):
    form = build.word_file(build.blocks(
        f"{REFERRAL}\nSAB member consulted (name and date): | Rosalind Achebe, 14 March 2025\n\nSECTION FOUR: AGENCIES"
        " INVOLVED\nOrganisation | Contact name | Telephone\nFire and Rescue | Tunde Pell | 01632 960416"
    ))  # fmt: skip
    reading = read("form.docx", form)
    assert reading.fields["safeguarding_lead_name"] == "Rosalind Achebe"
    assert reading.rows["agencies_involved"] == [
        {"agency": "Fire and Rescue", "name": "Tunde Pell", "contact": "01632 960416"}
    ]


@pytest.mark.parametrize(
    ("title", "label", "answer", "told"),
    [
        (REFERRAL, "Next of kin (name, relationship and contact details)", "Zofia Nowicka, sister, 07700 900333",
         {"next_of_kin_name": "Zofia Nowicka", "next_of_kin_relationship": "sister"}),
        (REFERRAL, "Name and address of parents/carers", "Lowri Huws, 9 Stryd Fawr",
         {"parents_carers_names": "Lowri Huws", "parents_carers_address": "9 Stryd Fawr"}),
        (REFERRAL, "Name of referring agency / officer", "Gwynfa Council – Eleri Trevenna, Principal Officer",
         {"referrer_agency": "Gwynfa Council", "referrer_name": "Eleri Trevenna"}),
        (REFERRAL, "Who in your organisation has approved this referral?", "Lorraine Petty, Assistant Director",
         {"safeguarding_lead_name": "Lorraine Petty", "safeguarding_lead_role": "Assistant Director"}),
        (RETURN, "Name and role", "Ffion Garrard, Housing Lead",
         {"author_name": "Ffion Garrard", "author_role": "Housing Lead"}),
        (RETURN, "Author's position within the agency", "Quality Officer", {"author_role": "Quality Officer"}),
        (RETURN, "When did your agency first and last have contact?", "11/09/2023 and 19/12/2024",
         {"involvement_from": "2023-09-11", "involvement_to": "2024-12-19"}),
        (RETURN, "Information required by", "24 February 2025", {"return_deadline": "2025-02-24"}),
    ],
)  # fmt: skip
def test_prompts_for_two_facts_are_taken_apart_beside_and_behind_their_label(
    build, title, label, answer, told
):
    for form in (f"{label} | {answer}", f"{label}: {answer}"):
        read_so = fields(build, title, form)
        assert {name: read_so.get(name) for name in told} == told


def test_what_happened_is_told_by_the_account_and_not_by_the_sort_of_incident(build):
    table = (
        "Nature of incident (delete as appropriate) | Potentially life threatening injury\nCircumstances of the"
        " incident | Macsen nearly drowned in a slurry pit while unsupervised."
    )
    told = fields(build, "Child Practice Review – referral form", table)["incident_summary"]
    assert told == "Macsen nearly drowned in a slurry pit while unsupervised."


def test_what_is_ticked_of_printed_reasons_are_the_grounds(build):
    page = (
        "Reason for referral – please tick the relevant box:\n☒ A child has died and abuse or neglect is suspected\n"
        "☐ A child has been seriously harmed\n☐ Other"
    )
    read_so = fields(build, "Referral form for consideration by the Case Review Sub-Committee", page)
    assert read_so["criteria_grounds"] == ["A child has died and abuse or neglect is suspected"]


def test_people_with_a_column_each_are_told_apart(build):
    reading = read("form.docx", build.word_file(build.blocks(
        "Serious incident referral – Safeguarding Children Partnership\nSection A – Children\n"
        " | Child 1 | Child 2\nName | Oscar Dale | Poppy Dale\nDate of birth | 02/02/2018 | 14/10/2020\n"
        "Home address | 4 Hangar Lane | As child 1\n\nSection B – Adults in the household\n | Adult 1 | Adult 2\n"
        "Name | Chantelle Dale | Rory Voss\nRelationship to child(ren) | Mother | Mother's partner"
    )))  # fmt: skip
    assert (reading.fields["subject_name"], reading.fields["subject_address"]) == (
        "Oscar Dale",
        "4 Hangar Lane",
    )
    assert [row["subject_name"] for row in reading.rows["subjects"]] == ["Poppy Dale"]
    assert reading.rows["family_members"] == [
        {"name": "Chantelle Dale", "relationship": "Mother"},
        {"name": "Rory Voss", "relationship": "Mother's partner"},
    ]


def test_of_two_parties_in_rows_the_husband_who_is_accused_is_no_relative(build):
    reading = read("form.docx", build.word_file(build.blocks(
        "Individual Management Review\nAgency | Larkmoor Trust\nDetails of the parties\nName | DOB | Relationship\n"
        "Ruth Adling | 11.11.1960 | Victim\nStephen Adling | 05.01.1958 | Perpetrator (husband)"
    )))  # fmt: skip
    assert reading.fields["subject_name"] == "Ruth Adling"
    assert reading.rows == {
        "alleged_perpetrators": [{"name": "Stephen Adling", "dob": "1958-01-05", "relationship": "husband"}]
    }


def test_the_first_of_several_choices_is_no_label_of_those_below_it(build):
    ticks = "☐ Child has died ⏎ ☒ Child has been seriously harmed ⏎ ☒ Neglect is suspected"
    table = f"Which of the following apply? | {ticks}"
    read_so = fields(build, "Request for consideration of a rapid review\nReferrer: Jo Fenn", table)
    assert "subject_died" not in read_so
    assert read_so["criteria_grounds"] == ["Child has been seriously harmed", "Neglect is suspected"]


@pytest.mark.parametrize("answer", ["No", "Yes", "Not yet"])
def test_no_lead_is_named_by_a_yes_or_a_no(build, answer):
    read_so = fields(build, REFERRAL, f"Has this been agreed by your SAB representative? | {answer}")
    assert "safeguarding_lead_name" not in read_so


def test_rows_numbered_by_letter_and_digit_are_labels_with_their_answers(build):
    table = (
        "A | PERSON MAKING THE REFERRAL | \nA1 | Name | Sebastian Oye\nA2 | Job title / role | Practice Manager\n"
        "B | THE ADULT | \nB1 | Full name and any other names known by | Gladys Thirkett (known as Ivy)\n"
        "B2 | Date of birth / age | 14.08.1932 (92)"
    )
    read_so = fields(build, REFERRAL, table)
    asked = ("referrer_name", "referrer_role", "subject_name", "subject_other_names", "subject_dob")
    assert [read_so.get(name) for name in asked] == [
        "Sebastian Oye", "Practice Manager", "Gladys Thirkett", "Ivy", "1932-08-14"]  # fmt: skip


def test_a_box_behind_each_printed_criterion_says_which_are_met(build):
    table = (
        "Criteria (please tick)\nThe adult has died | ☐\nThe adult has a life threatening injury | ☒\n"
        "Subject of adult protection plan in the preceding 6 months | ☒"
    )
    read_so = fields(build, f"Adult Practice Review – referral form\nName of adult: Ada Moss\n{table}", "")
    assert read_so["criteria_grounds"] == [
        "The adult has a life threatening injury", "Subject of adult protection plan in the preceding 6 months"
    ]  # fmt: skip
    assert "cp_plan_current" not in read_so


def test_children_beside_the_two_parties_are_the_family(build):
    reading = read("form.docx", build.word_file(build.blocks(
        "DHR initial scoping – summary of agency contact\nAgency: | Riverside Council\n\nDetails of those subject to"
        " the review:\nDeceased | Alleged perpetrator | Children\nName: Kirsty Fen ⏎ DOB: 04/04/1992 | Name: Jordan Ash"
        " ⏎ DOB: 16/02/1989 | Name: Tia Ash ⏎ DOB: 21/06/2017"
    )))  # fmt: skip
    assert (reading.fields["subject_name"], reading.fields["subject_dob"]) == ("Kirsty Fen", "1992-04-04")
    assert reading.rows == {
        "alleged_perpetrators": [{"name": "Jordan Ash", "dob": "1989-02-16"}],
        "family_members": [{"name": "Tia Ash", "dob": "2017-06-21"}],
    }


def test_what_a_form_bids_under_its_heading_is_no_answer_to_it(build):
    page = (
        "Section 4. Circumstances\nGive details of the incident or concern, with dates, and the child's situation\n"
        "Ffion died after a night on a sofa. Both adults had been drinking."
    )
    told = fields(build, "Child safeguarding practice review – referral form\nReferrer: Jo Fenn", page)
    assert told["incident_summary"] == "Ffion died after a night on a sofa. Both adults had been drinking."


def test_a_question_under_a_heading_keeps_its_answer_to_itself(build):
    cells = (
        "Setting details\nName of school / setting | Hollins Park\nPupil details\nName | Maisie Rown\nInvolvement\n"
        "When did the pupil join and leave your setting? ⏎ Joined 5 September 2022 | \n"
        "Summary of your involvement, including any concerns: ⏎ A referral was made and closed. | "
    )
    read_so = fields(build, "Rapid review: education information return", cells)
    assert read_so["involvement_summary"] == "A referral was made and closed."
    assert (read_so["agency_name"], read_so["subject_name"]) == ("Hollins Park", "Maisie Rown")


def test_questions_numbered_by_letter_and_digit_end_the_answer_above_them(build):
    page = (
        "A1. Describe your agency's role and function\nWe provide sheltered housing.\n"
        "A2. What methodology was used to complete this report?\nCase notes read; four staff interviewed.\n"
        "B1. Give a summary of your agency's involvement with Len\nLen was our tenant from 2011.\n"
        "B2. Were there any indications of neglect and how were they responded to?\nYes, by a contractor.\n"
        "C1. How well was risk assessed and managed?\nNo assessment after 2019."
    )
    read_so = fields(
        build, "Safeguarding Adults Review – Agency Report (IMR)\nAgency: Coastmere Housing", page
    )
    asked = ("methodology", "involvement_summary", "key_issue_risk_recognition")
    assert [read_so.get(name) for name in asked] == [
        "Case notes read; four staff interviewed.", "Len was our tenant from 2011.", "No assessment after 2019."
    ]  # fmt: skip


def test_the_next_numbered_part_is_no_relative_of_a_list_left_with_none(build):
    reading = read("form.docx", build.word_file(build.blocks(
        "Notification of potential Domestic Homicide Review\nFrom: Hugo March, Wessmoor Police\n4. Details of any"
        " children\nNone\n5. Agencies known to be involved with the family\nWessmoor Carers Centre (Josie Tan)"
    )))  # fmt: skip
    assert reading.rows == {"agencies_involved": [{"agency": "Wessmoor Carers Centre", "name": "Josie Tan"}]}


@pytest.mark.parametrize(
    ("title", "label", "answer", "told"),
    [
        (REFERRAL, "Any known next of kin or other representative?", "Joan Cripps, wife – 01632 960152",
         {"next_of_kin_name": "Joan Cripps", "next_of_kin_relationship": "wife"}),
        (REFERRAL, "What, in your view, did not work well between agencies?", "Nobody visited.",
         {"agency_concerns": "Nobody visited."}),
        ("Child practice review – single agency timeline", "Agency / Asiantaeth", "Gogledd Health Board – Paediatrics",
         {"agency_name": "Gogledd Health Board – Paediatrics"}),
        (RETURN, "Dates known", "From: 14 Nov 2024 To: 5 June 2025",
         {"involvement_from": "2024-11-14", "involvement_to": "2025-06-05"}),
        (RETURN, "Any immediate safeguarding actions required / taken", "Brother referred to Early Help",
         {"immediate_action_taken": "Brother referred to Early Help"}),
    ],
)  # fmt: skip
def test_wordings_of_referrals_and_returns_are_understood_beside_their_answers(
    build, title, label, answer, told
):
    read_so = fields(build, title, f"{label} | {answer}")
    assert {name: read_so.get(name) for name in told} == told


def test_two_people_accused_have_a_row_each_beside_the_deceased(build):
    reading = read("form.docx", build.word_file(build.blocks(
        "DHR referral form\nName of referrer | Imani Dacosta\n\n | Deceased | Alleged perpetrator (1) | Alleged"
        " perpetrator (2)\nFull name | Hamid Yousef | Parisa Yousef | Omid Yousef\nDOB | 20.05.1950 | 03.03.1975"
        " | 09.09.1999\nRelationship to deceased | N/A | Daughter | Grandson"
    )))  # fmt: skip
    assert (reading.fields["subject_name"], reading.fields["subject_dob"]) == ("Hamid Yousef", "1950-05-20")
    assert reading.rows["alleged_perpetrators"] == [
        {"name": "Parisa Yousef", "dob": "1975-03-03", "relationship": "Daughter"},
        {"name": "Omid Yousef", "dob": "1999-09-09", "relationship": "Grandson"},
    ]


def test_a_label_with_dots_behind_a_tab_begins_anew_and_a_job_is_no_part_of_a_name(build):
    page = (
        "Name of mother: Kerensa Tresco\t\tD.O.B: 19/02/1988\n"
        "Name and contact details of referrer: Digory Hale, Principal, 01632 960321"
    )
    read_so = fields(
        build, "Referral for consideration of a case by the CSPR group\nName of child: Lowen Tresco", page
    )
    assert (read_so["parents_carers_names"], read_so["referrer_name"]) == ("Kerensa Tresco", "Digory Hale")

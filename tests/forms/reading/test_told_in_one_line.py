"""People, agencies and parts of a form told in one line or one cell, as they come back on referrals in Word."""

import pytest

from forms.reading import read
from forms.reading.cutting import valued

ADULT = (
    "Safeguarding Adults Review – Referral Form\nName of referrer | Ada Moss\nName of adult | Colin Reed\n"
)
DEATH = "Domestic Abuse Related Death Review – referral\nName of referrer | Ada Moss\n\n"
CHILD = "Child Safeguarding Practice Review referral\nName of referrer | Ada Moss\n\n"


def reading_of(build, text):
    return read("form.docx", build.word_file(build.blocks(text)))


@pytest.mark.parametrize(
    ("answer", "agencies"),
    [
        ("GP – Dr Samir Lal, Brook Health Centre ⏎ Social worker – Jane Pike, Fen Council",
         [{"agency": "Brook Health Centre", "name": "Dr Samir Lal", "role": "GP"},
          {"agency": "Fen Council", "name": "Jane Pike", "role": "Social worker"}]),
        ("GP: Dr Lal, Glade Surgery ⏎ Fire service – home safety visit Jan 2025",
         [{"agency": "Glade Surgery", "name": "Dr Lal", "role": "GP"},
          {"agency": "Fire service", "note": "home safety visit Jan 2025"}]),
        ("Leaving Care Team – PA, Shona Dale ⏎ GP practice (The Mill)",
         [{"agency": "Leaving Care Team", "name": "Shona Dale"}, {"agency": "GP practice (The Mill)"}]),
        ("City Police – investigating the fall ⏎ Adult Social Care – allocated worker Jane Pike",
         [{"agency": "City Police", "note": "investigating the fall"},
          {"agency": "Adult Social Care", "name": "Jane Pike"}]),
        ("Police, Oak Housing and the GP", [{"agency": "Police"}, {"agency": "Oak Housing"}, {"agency": "GP"}]),
    ],
)  # fmt: skip
def test_agencies_are_told_with_who_works_there_and_what_they_do(build, answer, agencies):
    assert reading_of(build, f"{ADULT}Agencies involved | {answer}").rows["agencies_involved"] == agencies


@pytest.mark.parametrize(
    ("told", "family"),
    [
        ("Family: Wife, Mrs Jean Reed, 3 Elm Row",
         [{"name": "Mrs Jean Reed", "address": "3 Elm Row", "relationship": "Wife"}]),
        ("Family members | Two adult children, no concerns known", None),
        ("Family members | Yes, two – live with their father", None),
        ("Who are the children and where are they living? | Layla Osman (8) and Adam Osman (5)",
         [{"name": "Layla Osman", "age": "8"}, {"name": "Adam Osman", "age": "5"}]),
        ("Family members | Name ⏎ Relationship ⏎ Address", None),
    ],
)  # fmt: skip
def test_nobody_is_named_where_a_family_is_only_counted_or_left_blank(build, told, family):
    assert reading_of(build, f"{ADULT}\n{told}").rows.get("family_members") == family


@pytest.mark.parametrize(
    "answer",
    ["Jane Winter, sister, 07700 900111", "Jane Winter ⏎ sister ⏎ 07700 900111",
     "Jane Winter - sister - 07700 900111", "Jane Winter (sister)"],
)  # fmt: skip
def test_next_of_kin_are_told_with_relation_and_number_in_one_cell(build, answer):
    fields = reading_of(build, f"{ADULT}Next of kin | {answer}").fields
    assert (fields["next_of_kin_name"], fields["next_of_kin_relationship"]) == ("Jane Winter", "sister")


def test_two_parties_are_told_in_one_line_and_what_follows_tells_of_the_first(build):
    reading = reading_of(build, f"{DEATH}Victim: Jo Fay, Perpetrator: Max Bell\nDate of death: 3 March 2025")
    assert (reading.fields["subject_name"], reading.fields["subject_date_of_death"]) == (
        "Jo Fay", "2025-03-03")  # fmt: skip
    assert reading.rows["alleged_perpetrators"] == [{"name": "Max Bell"}]


def test_several_alleged_perpetrators_stand_in_one_cell(build):
    text = f"{DEATH}Victim | Jo Fay\nAlleged perpetrators | Gary Winter (husband) and Lee Winter (brother)"
    assert reading_of(build, text).rows["alleged_perpetrators"] == [
        {"name": "Gary Winter", "relationship": "husband"}, {"name": "Lee Winter", "relationship": "brother"}
    ]  # fmt: skip


def test_particulars_stand_in_turn_beside_whose_they_are(build):
    fields = reading_of(build, f"{DEATH}Victim | Name: Jo Fay, DOB: 1/2/1980, Address: 3 Elm Row").fields
    assert (fields["subject_name"], fields["subject_dob"], fields["subject_address"]) == (
        "Jo Fay", "1980-02-01", "3 Elm Row")  # fmt: skip


def test_a_second_child_is_told_line_by_line_under_a_heading(build):
    text = "CHILD 1\nName: Tom Hay\nDOB: 1/2/2015\nCHILD 2\nName: Ann Hay\nDOB: 5/6/2017\nAddress: as above"
    reading = reading_of(build, CHILD + text)
    assert (reading.fields["subject_name"], reading.fields["subject_dob"]) == ("Tom Hay", "2015-02-01")
    assert reading.rows["subjects"] == [
        {"subject_name": "Ann Hay", "subject_dob": "2017-06-05", "subject_address": "as above"}
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Name | Poppy Beddoe\nRelationship | Daughter\nName | Lorraine Beddoe\nRelationship | Mother",
         [{"name": "Poppy Beddoe", "relationship": "Daughter"}, {"name": "Lorraine Beddoe", "relationship": "Mother"}]),
        ("Name | Poppy Beddoe | DOB | 12/12/2021\nName | Fionn Beddoe | DOB | 22/11/2018",
         [{"name": "Poppy Beddoe", "dob": "2021-12-12"}, {"name": "Fionn Beddoe", "dob": "2018-11-22"}]),
    ],
)  # fmt: skip
def test_relatives_are_told_one_by_one_under_labels_that_come_again(build, rows, told):
    assert reading_of(build, f"{ADULT}\nFamily and children\n{rows}").rows["family_members"] == told


def test_agencies_with_a_yes_and_what_is_told_behind_it_were_involved(build):
    rows = "Police | Yes – four calls\nHealth visiting | Yes – Mair Owen\nProbation | No"
    assert reading_of(build, f"{ADULT}\nServices involved\n{rows}").rows["agencies_involved"] == [
        {"agency": "Police", "still_involved": "yes", "note": "four calls"},
        {"agency": "Health visiting", "still_involved": "yes", "name": "Mair Owen"},
    ]


def test_agencies_beside_their_sort_are_named_by_their_own_name(build):
    rows = "Provider | Beech Lodge Ltd\nHealth | Marsh NHS Trust; Marshby General\nGP | Dr Lal"
    assert reading_of(build, f"{ADULT}\nAgencies involved\n{rows}").rows["agencies_involved"] == [
        {"agency": "Beech Lodge Ltd"}, {"agency": "Marsh NHS Trust"}, {"agency": "Marshby General"},
        {"agency": "GP", "name": "Dr Lal"},
    ]  # fmt: skip


REFERRER_ALONE = (
    "SAR referral\nREFERRER\nMoses Adeyemi\nSpecialist Nurse, Tyneway NHS Trust\nmoses@tyneway.example\n"
)


def test_who_writes_is_told_without_labels_line_by_line(build):
    family = "FAMILY\nMother, Jean Barker\nSister, Karen Lowe"
    reading = reading_of(build, f"{REFERRER_ALONE}ADULT\nName: Al Barker\n{family}")
    writer = ("referrer_name", "referrer_role", "referrer_agency", "referrer_email")
    assert [reading.fields[name] for name in writer] == [
        "Moses Adeyemi", "Specialist Nurse", "Tyneway NHS Trust", "moses@tyneway.example"]  # fmt: skip
    assert reading.rows["family_members"] == [
        {"name": "Jean Barker", "relationship": "Mother"}, {"name": "Karen Lowe", "relationship": "Sister"}
    ]  # fmt: skip


def test_the_title_police_to_csp_is_no_reference(build):
    assert "board_reference" not in reading_of(build, "DHR Referral – Police to CSP\nVictim | Jo Fay").fields


def test_a_second_perpetrator_and_a_child_are_told_line_by_line_in_their_parts(build):
    text = (
        "3. Information about the alleged perpetrator(s)\nName: Lee Barton\nDate of birth: 12.12.1982\nName: Dean Orr\n"
        "Date of birth: 03.05.1985\n4. Information about children and dependants\nName: Chelsea Topping\n"
        "Date of birth: 14.02.2010\nRelationship to deceased: Daughter\n"
    )
    reading = reading_of(build, f"{DEATH}Victim | Jo Fay\n\n{text}")
    assert reading.rows == {
        "alleged_perpetrators": [
            {"name": "Lee Barton", "dob": "1982-12-12"}, {"name": "Dean Orr", "dob": "1985-05-03"}],
        "family_members": [
            {"name": "Chelsea Topping", "dob": "2010-02-14", "relationship": "Daughter"}],
    }  # fmt: skip


def test_what_a_relative_is_to_the_perpetrator_is_not_what_they_are_to_the_victim(build):
    heads = "Name | Relationship to victim | Relationship to perpetrator"
    row = reading_of(build, f"{DEATH}Family members\n{heads}\nFatima Bibi | Mother-in-law | Mother").rows
    assert row["family_members"][0]["relationship"] == "Mother-in-law"


def test_a_request_runs_its_labels_on_and_tells_who_in_a_line(build):
    fields = reading_of(
        build,
        "Request for a Safeguarding Adults Review\nRequesting agency: Holme Homecare Ltd  Date: 08.04.25\n"
        "Contact: Shaun Peel, Registered Manager, 01484 960010\n"
        "Adult: Elsie Tranter (DOB 06.06.1934), of 2 Mill Fold, Holme HD99 7TT. Died 30.03.25.",
    ).fields
    assert {name: fields.get(name) for name in (
        "referrer_agency", "date_of_referral", "referrer_name", "referrer_role", "referrer_telephone", "subject_name",
        "subject_dob", "subject_address", "subject_date_of_death")} == {
        "referrer_agency": "Holme Homecare Ltd", "date_of_referral": "2025-04-08", "referrer_name": "Shaun Peel",
        "referrer_role": "Registered Manager", "referrer_telephone": "01484 960010", "subject_name": "Elsie Tranter",
        "subject_dob": "1934-06-06", "subject_address": "2 Mill Fold, Holme HD99 7TT",
        "subject_date_of_death": "2025-03-30",
    }  # fmt: skip


def test_two_adults_told_under_a_heading_each_are_both_whom_the_form_is_about(build):
    rows = "Adult 1\nName | Edna Pym | DOB | 01/01/1933\n\nAdult 2\nName | Victor Lodge | DOB | 19/12/1940"
    reading = reading_of(build, f"SAR referral\nName of referrer | Ada Moss\n\n{rows}")
    assert (reading.fields["subject_name"], reading.rows["subjects"]) == (
        "Edna Pym", [{"subject_name": "Victor Lodge", "subject_dob": "1940-12-19"}])  # fmt: skip


def test_whom_a_request_is_about_stands_in_a_row_under_that_question(build):
    rows = (
        "3. Whom is it about?\nName | Date of birth | Address\nOwen Prosser | 07/07/1962 | Ty Mawr, Kingsland"
    )
    fields = reading_of(build, f"SAR request\nName of referrer | Ada Moss\n\n{rows}").fields
    assert (fields["subject_name"], fields["subject_address"]) == ("Owen Prosser", "Ty Mawr, Kingsland")


def test_not_applicable_beside_a_date_of_death_heads_no_column(build):
    rows = "Permanent address | Marsh View | Date of death | N/A – alive\nFunding | Self-funder | GP | Dr Odusanya"
    fields = reading_of(build, f"{ADULT}\n{rows}").fields
    assert (fields["subject_address"], fields["subject_gp"]) == ("Marsh View", "Dr Odusanya")


def test_who_stands_under_contact_is_told_with_job_and_number(build):
    rows = "Agency | Contact\nFen Council | Jo Tranter, social worker, 01743 960405\nPolice | PC 2209 Holt"
    assert reading_of(build, f"{ADULT}\nAgencies involved\n{rows}").rows["agencies_involved"] == [
        {"agency": "Fen Council", "name": "Jo Tranter", "contact": "01743 960405", "role": "social worker"},
        {"agency": "Police", "name": "PC 2209 Holt"},
    ]


def test_columns_say_in_brackets_whose_they_are(build):
    table = " | Person 1 (victim) | Person 2 (alleged perpetrator)\nFull name | Jo Fay | Max Bell"
    reading = reading_of(build, f"{DEATH}{table}\nDOB | 13/09/1980 | 05/01/1977")
    assert (reading.fields["subject_name"], reading.fields["subject_dob"]) == ("Jo Fay", "1980-09-13")
    assert reading.rows["alleged_perpetrators"] == [{"name": "Max Bell", "dob": "1977-01-05"}]


@pytest.mark.parametrize(
    ("label", "printed"),
    [("Gender", "Male / Female / Other"), ("Next of kin", "None – no known family"), ("Sex", "M/F")],
)
def test_choices_left_as_printed_and_nobody_known_fill_nothing(build, label, printed):
    fields = reading_of(build, f"{ADULT}{label} | {printed}").fields
    assert not {"subject_gender", "next_of_kin_name"} & fields.keys()


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        (f"{ADULT}Incident: | He was found by a carer who had no key.", "incident_summary",
         "He was found by a carer who had no key."),
        ("Safeguarding Adults Review referral\nPractitioner: | Ada Moss\nAgency: | Oak Trust\nName of adult | Jo Fay",
         "referrer_name", "Ada Moss"),
        (f"{ADULT}Known family/next of kin | Brother, Keith Lomas, 07700 900787", "next_of_kin_name", "Keith Lomas"),
        (f"{ADULT}Last permanent address | 3 Canal Row", "subject_address", "3 Canal Row"),
        ("SAR referral form\nName of referrer and agency | Jo Orr, Advocate, VoiceWest\nName of adult | Al Fay",
         "referrer_role", "Advocate"),
        ("SAR request\nReferrer | Ada Moss\nWho is the adult? | Al Fay\nWhere do/did they live? | 2 Tor View",
         "subject_address", "2 Tor View"),
        (f"{ADULT}Power of Attorney / Next of kin | Son, Clive Kemp, 07700 900566", "next_of_kin_name", "Clive Kemp"),
        (f"{ADULT}Alive? | No – died 20/06/2025", "subject_date_of_death", "2025-06-20"),
        (f"{ADULT}Died / seriously harmed (date): | Died 13/08/2025", "subject_date_of_death", "2025-08-13"),
        (f"{ADULT}Has your SAB representative been consulted? Please give their name | Yes. Trevor Nott",
         "safeguarding_lead_name", "Trevor Nott"),
        ("DHR referral\nReferrer | Ada Moss\nInjured party / deceased | Jo Fay", "subject_name", "Jo Fay"),
        (f"{ADULT}Supported by (senior manager): | Desmond Lyle, Service Director", "safeguarding_lead_name",
         "Desmond Lyle"),
        (f"{ADULT}Next of kin (name, address, relationship) | Ro Fay, 3 Hill St, Oldport – mother",
         "next_of_kin_address", "3 Hill St, Oldport"),
        (f"{ADULT}How did the victim die (if known)? | Overdose", "cause_of_death", "Overdose"),
        (f"{ADULT}If alive, where are they living now? | Oak Hospital", "subject_current_location", "Oak Hospital"),
        (f"{ADULT}Which of the SAR criteria are met and why? | Neglect by omission is suspected.",
         "criteria_grounds_text", "Neglect by omission is suspected."),
        (f"{ADULT}Why do you believe there are lessons to be learned? | Risk was graded differently.",
         "criteria_grounds_text", "Risk was graded differently."),
        (f"{ADULT}Is there an investigation or inquest? | Yes, both", "parallel_processes", "Yes, both"),
        (f"{CHILD}Child's name | Tom Hay\nLooked after? | Yes – s.20", "subject_legal_status", "Yes – s.20"),
        (f"{ADULT}Has the adult died? If so, give the date | Yes – 30 August 2024", "subject_date_of_death",
         "2024-08-30"),
        ("SAR referral\nReferrer name | Ada Moss | Line manager name | Bea Olney\nTelephone | 01632 960111 | Telephone"
         " | 01632 960222\n\nName of adult: Colin Reed", "safeguarding_lead_contact", "01632 960222"),
    ],
)  # fmt: skip
def test_bare_labels_ask_what_their_place_says(build, text, name, value):
    assert reading_of(build, text).fields.get(name) == value


def test_a_criterion_ticked_under_no_prompt_stands_above_a_question_without_a_fault(build):
    text = "SAR Referral\n☐ Adult is alive and has experienced serious abuse or neglect\nName of referrer | Ada Moss"
    reading = reading_of(build, text.replace("\nName", "\nSAR Referral Form (v4)\nName"))
    assert (reading.problems, reading.fields.get("referrer_name")) == ([], "Ada Moss")


@pytest.mark.parametrize(
    "line",
    [
        "This form is completed by Jo Fenn (jo.fenn@safeguarding.oak-trust.nhs.uk, a.b.c.d@e.f.g.h.example.org)?",
        "Completed by Jo Fenn (" + "a@a." * 100 + "!",
        "Completed by " + "A" * 300 + "!",
    ],
)
def test_who_wrote_a_form_is_looked_for_once_whatever_stands_behind(line):
    assert valued(line, lambda label: None) is None  # it did not end


@pytest.mark.parametrize(
    ("label", "told", "name", "value"),
    [
        ("Gender", "Male, non-binary", "subject_gender", "male"),
        ("Gender", "Female / male / other", "subject_gender", None),
        ("Referrer telephone", "(020 7946) 0123", "referrer_telephone", "(020 7946) 0123"),
    ],
)
def test_an_answer_that_looks_like_printed_choices_or_ends_a_bracket_is_kept_whole(
    build, label, told, name, value
):
    assert reading_of(build, f"{CHILD}Name of child | Tia Bell\n{label} | {told}").fields.get(name) == value

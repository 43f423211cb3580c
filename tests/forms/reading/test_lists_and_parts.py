"""Lists of agencies as people type them, and where a part of a form ends and the next begins."""

from forms.reading import read

REFERRAL = "Safeguarding Adults Review referral\nReferrer: Jo Fenn\nName of adult: Ada Moss\n"


def agencies(listed: str) -> list[dict[str, str]]:
    return read("form.txt", f"{REFERRAL}Other agencies involved\n{listed}\n".encode()).rows[
        "agencies_involved"
    ]


def test_a_list_that_counts_its_agencies_is_one_list():
    assert agencies(
        "1. Heath Home Care – Tina Bloor, 01632 960812\n2. District Nursing\n3. Weir Surgery – Dr P Amin"
    ) == [
        {"agency": "Heath Home Care", "name": "Tina Bloor", "contact": "01632 960812"},
        {"agency": "District Nursing"},
        {"agency": "Weir Surgery", "name": "Dr P Amin"},
    ]


def test_a_question_below_a_list_of_agencies_ends_it():
    told = agencies(
        "Education Service\nFire Service\nWhat is the learning you think the case will bring?\nHandover."
    )
    assert [row["agency"] for row in told] == ["Education Service", "Fire Service"]


def test_how_a_case_stands_is_no_part_of_the_agencys_name():
    assert agencies("Children's Social Care – closed Jan 24\nHousing (open since May)") == [
        {"agency": "Children's Social Care", "still_involved": "no", "note": "closed Jan 24"},
        {"agency": "Housing", "still_involved": "yes", "note": "open since May"},
    ]


def test_who_works_where_is_told_from_what_a_place_is_called():
    assert agencies(
        "GP, Dr Lal at Glade Surgery\nNursery – Little Oaks\nSchool – Mrs Una Petrie\n"
        "Lantern House (Amy Sato 01632 960644)"
    ) == [
        {"agency": "Glade Surgery", "name": "Dr Lal"},
        {"agency": "Nursery – Little Oaks"},
        {"agency": "School", "name": "Mrs Una Petrie"},
        {"agency": "Lantern House", "name": "Amy Sato", "contact": "01632 960644"},
    ]


def test_the_offices_part_ends_where_the_next_part_begins():
    page = (
        "Serious Case Review Referral Form\nFor completion by Business Unit:\nDate referral received: 02/12/2023\n"
        "SECTION 1: REFERRAL\nName of referrer: Abi Moe\nName of child: Leila Bo\n"
    )
    fields = read("form.txt", page.encode()).fields
    assert (fields["office_date_received"], fields["referrer_name"]) == ("2023-12-02", "Abi Moe")
    assert fields["subject_name"] == "Leila Bo"


def test_a_request_for_consideration_of_a_review_is_a_referral(build):
    rows = "Name of Child: | Poppy Oak\nPerson notifying: | Nat Greaves\nNature of incident: | Scalds to both feet."
    page = f"NOTIFICATION REQUEST FOR CONSIDERATION OF A REVIEW\n{rows}"
    assert read("form.docx", build.word_file(build.blocks(page))).kind == "referral"


def test_children_named_with_their_births_under_a_heading_are_the_family(build):
    page = "DHR referral\nReferrer | Jo Fenn\nName of deceased | Ada Moss\nDEPENDENTS OF THE DECEASED\n"
    page += "Name(s) and DOB | Tia Moss, 30/05/2018"
    rows = read("form.docx", build.word_file(build.blocks(page))).rows
    assert rows["family_members"] == [{"name": "Tia Moss", "dob": "2018-05-30"}]


def test_a_practice_tells_who_it_is_and_when_a_patient_was_registered():
    page = (
        "Safeguarding Adults Review – Scoping Template (GP)\nRequest sent: 10/03/2025\nSurgery name: Glade Surgery\n"
        "Is/was the patient registered with you?  Yes ✓  No\nDates registered: From 01/09/1998 To 01/03/2025\n"
    )
    fields = read("form.txt", page.encode()).fields
    assert (fields["request_date"], fields["agency_name"], fields["agency_involved"]) == (
        "2025-03-10", "Glade Surgery", "yes")  # fmt: skip
    assert (fields["involvement_from"], fields["involvement_to"]) == ("1998-09-01", "2025-03-01")


def test_a_subject_with_a_birth_and_a_file_that_was_secured_are_read_in_full():
    page = (
        "INDIVIDUAL MANAGEMENT REVIEW\nAgency: Northgate Trust\nSubject: Lorna Whitcombe, born 17/10/1958\n"
        "Perpetrator: Declan Toft\nHas the file been secured?: Yes, 24/07/2025\n"
    )
    reading = read("form.txt", page.encode())
    assert (reading.fields["subject_name"], reading.fields["subject_dob"]) == (
        "Lorna Whitcombe",
        "1958-10-17",
    )
    assert (reading.fields["records_secured"], reading.fields["records_secured_date"]) == (
        "yes",
        "2025-07-24",
    )
    assert reading.rows["alleged_perpetrators"] == [{"name": "Declan Toft"}]


def test_a_text_box_for_the_office_is_a_part_of_its_own(build):
    box = "".join(
        build.paragraph(build.run(text)) for text in ("Office use only", "Date received: 02/05/2025")
    )
    shape = f"<w:r><w:pict><wps:txbx><w:txbxContent>{box}</w:txbxContent></wps:txbx></w:pict></w:r>"
    page = "Name of adult: | Dilys Frobisher\nName of requester: | Tamsin Igwe"
    title = build.paragraph(build.run("SAFEGUARDING ADULTS REVIEW (SAR) REQUEST"))
    fields = read("form.docx", build.word_file(title + build.paragraph(shape) + build.blocks(page))).fields
    assert (fields["office_date_received"], fields["subject_name"]) == ("2025-05-02", "Dilys Frobisher")
    assert fields["referrer_name"] == "Tamsin Igwe"


def test_particulars_line_by_line_beside_a_word_that_says_whose(build):
    page = (
        "Joint Review Referral\nWhich pathway? | SAR ✓ | CSPR ✗\n"
        "Referrer | Name: Lys Coombe ⏎ Job: Inspector ⏎ Org: Harrow Police\n"
        "Adult / child | Name: Nerys Whit ⏎ DOB: 02/02/1990\n"
        "Significant others | Name: Geth Whit ⏎ Relationship: Brother ⏎ DOB: 11/11/1987\n"
        "Incident | Date: 09/09/2024 ⏎ Where: Home ⏎ What: She took an overdose."
    )
    reading = read("form.docx", build.word_file(build.blocks(page)))
    told = {name: reading.fields.get(name) for name in ("referrer_name", "referrer_role", "referrer_agency",
            "subject_name", "subject_dob", "incident_date", "incident_location", "incident_summary")}  # fmt: skip
    assert told == {
        "referrer_name": "Lys Coombe", "referrer_role": "Inspector", "referrer_agency": "Harrow Police",
        "subject_name": "Nerys Whit", "subject_dob": "1990-02-02", "incident_date": "2024-09-09",
        "incident_location": "Home", "incident_summary": "She took an overdose.",
    }  # fmt: skip
    assert reading.rows["family_members"] == [
        {"name": "Geth Whit", "relationship": "Brother", "dob": "1987-11-11"}
    ]


def test_prompts_below_rows_of_people_or_events_are_no_further_rows(build):
    page = (
        "Child case review referral\nFamily\nName | Relationship | DOB | Address\n"
        "Ngozi Okpara | Mother | 14/07/1988 | 2 Elm Rise\nEthnicity | Black British | School | Wharf Primary\n"
        "Chronology\nDate | Detail\n03/05/2023 | Helpline call\nDate of incident | 28 May 2025"
    )
    reading = read("form.docx", build.word_file(build.blocks(page)))
    assert [row["name"] for row in reading.rows["family_members"]] == ["Ngozi Okpara"]
    assert [row["event"] for row in reading.rows["chronology"]] == ["Helpline call"]
    assert (reading.fields["subject_school"], reading.fields["incident_date"]) == (
        "Wharf Primary",
        "2025-05-28",
    )


def test_a_referrer_asked_for_first_and_last_name_has_one_name(build):
    page = "SAR referral\nYOUR DETAILS\nFirst name | Thad | Last name | Mukherjee\n"
    page += "School | Fernhill Academy | Phone | 01632 960901"
    fields = read("form.docx", build.word_file(build.blocks(page))).fields
    assert (fields["referrer_name"], fields["referrer_agency"]) == ("Thad Mukherjee", "Fernhill Academy")


def test_a_cross_says_no_where_others_are_ticked_and_yes_where_none_is():
    page = "Rapid review – agency return\nAgency: Police\nWas the child known to your agency?: {}\n{}"
    assert read("form.txt", page.format("Yes ✗", "").encode()).fields["agency_involved"] == "yes"
    told = page.format("Yes ✗ No ✓", "")
    assert read("form.txt", told.encode()).fields["agency_involved"] == "no"


SLIP = """Annex 7 – Reply slip
Re: Rapid review – Leo Birch DOB 02/03/2016
From: Probation Service
Role: SPO
We have checked our records and:
☒ we have NOT been involved with this child or family
☐ we have been involved (please complete the attached summary)
"""


def test_a_ticked_sentence_that_denies_says_no():
    reading = read("form.txt", SLIP.encode())
    assert (reading.kind, reading.fields["agency_involved"]) == ("scoping", "no")
    assert (reading.fields["subject_name"], reading.fields["subject_dob"]) == ("Leo Birch", "2016-03-02")


def test_an_agency_that_knew_neither_of_two_people_is_not_involved(build):
    page = (
        "DHR notification\nSection E: Agencies\n"
        "Agency | Known to have contact with victim (Y/N) | Known to have contact with perpetrator (Y/N)\n"
        "Saltmere Police | Y | Y\nEarly Intervention Team | N | Y\nProbation | N | N"
    )
    told = read("form.docx", build.word_file(build.blocks(page))).rows["agencies_involved"]
    assert [row["agency"] for row in told] == ["Saltmere Police", "Early Intervention Team"]


def test_an_agency_no_longer_involved_was_involved(build):
    page = (
        "Child case review referral\nReferrer | Jo Fenn\nOther agencies\nAgency | Name | Are they still involved?\n"
        "Probation | Jo Low | No\nHousing |  | No"
    )
    told = read("form.docx", build.word_file(build.blocks(page))).rows["agencies_involved"]
    assert [row["still_involved"] for row in told] == ["no", "no"]


def test_an_nhs_number_told_with_another_systems_number_is_read():
    page = "SAR referral\nReferrer: Jo Fenn\nSwift No: 443322 / NHS Number: 999 000 0042\nName of adult: Ada Moss\n"
    assert read("form.txt", page.encode()).fields["subject_nhs_number"] == "9990000042"


def test_the_last_answer_of_a_full_line_runs_over_its_end():
    line = (
        "Name: Laurel Okafor      Position: Safeguarding Lead      Organisation:\nMarchfield Fire & Rescue\n"
    )
    page = f"Safeguarding Adults Review referral\n1. Referrer\n{line}Tel: 01632 960523\n"
    fields = read("form.txt", page.encode()).fields
    assert (fields["referrer_agency"], fields["referrer_telephone"]) == (
        "Marchfield Fire & Rescue",
        "01632 960523",
    )


def test_whom_it_is_about_is_told_with_both_dates():
    page = "SAR scoping – initial response\nRe: Vernon Abbs, DOB 27/09/1939, DOD 18/04/2025\nAgency: Police\n"
    page += "We have: (tick) ☐ No record of this person ☒ Had contact with this person\n"
    fields = read("form.txt", page.encode()).fields
    assert [fields[name] for name in ("subject_name", "subject_dob", "subject_date_of_death", "agency_involved")] == [
        "Vernon Abbs", "1939-09-27", "2025-04-18", "yes"]  # fmt: skip


def test_days_with_spaces_and_an_address_cut_by_its_cell_are_read(build):
    page = "SAR referral\nName of referrer | Gwil Hart\nEmail | g.hart@example.or ⏎ g\nDate of referral | 05 08 2025"
    fields = read("form.docx", build.word_file(build.blocks(page))).fields
    assert (fields["referrer_email"], fields["date_of_referral"]) == ("g.hart@example.org", "2025-08-05")


def test_a_part_named_once_beside_its_rows_heads_them_all(build):
    page = (
        "Rapid Review referral\nReferrer | Name | Kwab Frost\n | Role | DSL\nIncident | Date | 11/02/2025\n"
        " | Location | School\n | Summary | She disclosed abuse."
    )
    fields = read("form.docx", build.word_file(build.blocks(page))).fields
    assert (fields["referrer_name"], fields["referrer_role"]) == ("Kwab Frost", "DSL")
    assert (fields["incident_date"], fields["incident_location"]) == ("2025-02-11", "School")


def test_a_record_asks_for_the_person_of_the_agency_and_for_time_and_place_of_the_incident(build):
    page = (
        "Notification of a case for Rapid Review consideration\nName of child | DOB\nIbrahim Sesay | 25/06/2022\n"
        "Agency making notification | Name of person | Role\nHolme Trust | Dr Elspeth Rowan | Named Doctor\n"
        "Date of notification | Date of incident | Time | Place\n10/10/2024 | 08/10/2024 | 0915 | Home"
    )
    fields = read("form.docx", build.word_file(build.blocks(page))).fields
    assert [fields.get(name) for name in ("subject_name", "referrer_agency", "referrer_name", "referrer_role")] == [
        "Ibrahim Sesay", "Holme Trust", "Dr Elspeth Rowan", "Named Doctor"]  # fmt: skip
    told = ("date_of_referral", "incident_date", "incident_time", "incident_location")
    assert [fields.get(name) for name in told] == ["2024-10-10", "2024-10-08", "09:15", "Home"]


def test_an_officers_particulars_are_the_referrers_and_the_accuseds_not_the_victims(build):
    page = (
        "Domestic Homicide Review – Police Notification\nOFFICER DETAILS\nRank and name: T/DCI Maud Ellery\n"
        "Unit: Major Crime Team\nDECEASED\nName: Roland Peake\nC. Person(s) alleged to be responsible\n"
        "Name: Adrian Peake\nRelationship: Son\n"
    )
    reading = read("form.txt", page.encode())
    assert (reading.fields["referrer_name"], reading.fields["referrer_agency"]) == (
        "T/DCI Maud Ellery",
        "Major Crime Team",
    )
    assert reading.fields["subject_name"] == "Roland Peake"
    assert reading.rows["alleged_perpetrators"] == [{"name": "Adrian Peake", "relationship": "Son"}]


def test_whether_somebody_is_alive_or_deceased_is_told_with_the_day(build):
    page = "Learning review referral\nReferrer | Jo Fenn\nAdult | Ian Low\n"
    page += "Alive or deceased? | Deceased 14 January 2024"
    fields = read("form.docx", build.word_file(build.blocks(page))).fields
    assert (fields["subject_died"], fields["subject_date_of_death"]) == ("yes", "2024-01-14")


def test_a_prompt_that_names_a_person_and_what_is_asked_of_them_is_answered_below():
    page = (
        "Adult Protection – case referral for Learning Review\n1. Adult: name, date of birth and gender\n"
        "Muriel Cattermole, 02/02/1940, female\n2. Person making the referral: name, designation, agency\n"
        "Piers Langham, Ward Manager, Orwell Community Hospital\n3. Next of kin and relationship\nRose Hunt (niece)\n"
    )
    fields = read("form.txt", page.encode()).fields
    told = ("subject_name", "subject_dob", "subject_gender", "referrer_name", "referrer_role", "referrer_agency",
            "next_of_kin_name", "next_of_kin_relationship")  # fmt: skip
    assert [fields.get(name) for name in told] == [
        "Muriel Cattermole", "1940-02-02", "female", "Piers Langham", "Ward Manager", "Orwell Community Hospital",
        "Rose Hunt", "niece"]  # fmt: skip


def test_a_letters_signature_gives_no_telephone_of_the_adult():
    page = (
        "Please accept this SAR referral.\nReferrer: Una Bright, Nurse, Stoke Trust\nContact: una@example.org\n"
        "Adult: Clifford Nash\nCircumstances: Found dead in a barn.\n\nUna Bright\nNurse\nTel 01632 960600\n"
    )
    assert "subject_telephone" not in read("form.txt", page.encode()).fields


def test_the_person_you_are_referring_is_not_the_referrer(build):
    page = (
        "SAR referral\nAbout the person you are referring\nName | Mal Priddy\nAbout you\nName | Saff Oduya\n"
        "Agencies involved\nAgency | Name and role of contact | Open/closed\nDay Service | Mo Rahim | Closed 06/2024"
    )
    reading = read("form.docx", build.word_file(build.blocks(page)))
    assert (reading.fields["subject_name"], reading.fields["referrer_name"]) == ("Mal Priddy", "Saff Oduya")
    assert reading.rows["agencies_involved"] == [
        {"agency": "Day Service", "name": "Mo Rahim", "still_involved": "no"}]  # fmt: skip


def test_a_label_with_its_answer_is_no_heading_row_of_agencies(build):
    page = "DHR IMR\nName of organisation | Welfare Association\nName of IMR author | Beata Nowak\nRole | Trustee\n"
    page += "Position | Service Lead\nContact | beata@example.org\nVictim | Marta Kowal"
    reading = read("form.docx", build.word_file(build.blocks(page)))
    assert (reading.fields["author_role"], reading.fields["author_email"]) == ("Trustee", "beata@example.org")
    assert reading.fields["subject_name"] == "Marta Kowal"
    assert "agencies_involved" not in reading.rows


def test_a_yes_with_its_learning_behind_is_one_answer(build):
    page = "SAR scoping\nAgency | Kindly Care\nHas your agency undertaken any formal investigation? | "
    page += "Yes. Finished 20/02. Learning: no-reply calls must be escalated"
    fields = read("form.docx", build.word_file(build.blocks(page))).fields
    assert (fields["formal_investigation"], fields["learning_identified"]) == (
        "yes", "no-reply calls must be escalated")  # fmt: skip


def test_a_referrer_with_role_and_agency_in_brackets_and_agencies_under_labels():
    page = (
        "REFERRAL TO SAFEGUARDING ADULTS REVIEW SUBGROUP\nFrom: Toby Marsh (Operations Manager, Larkrise Hostels)\n"
        "Adult's name: Kevin Doyle\nAgencies involved:\n"
        "Agency: Kindly Care Ltd. Contact: Moira Pugh. Tel: 01632 960151\n"
    )
    reading = read("form.txt", page.encode())
    assert (reading.fields["referrer_role"], reading.fields["referrer_agency"]) == (
        "Operations Manager", "Larkrise Hostels")  # fmt: skip

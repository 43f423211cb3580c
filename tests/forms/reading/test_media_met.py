"""Forms of strangers in mail, sheets and print: boxes that were typed, tables pasted, writers without a label."""

from forms.reading import read

SAR = "Referral for a Safeguarding Adults Review\n"
RETURN = (
    "Rapid Review: Child Juno – Agency Scoping Form\nAgency name: Oak School\n"
    "Name of person completing: Helen Marsh\n"
)


def read_text(text):
    return read("body.txt", text.encode())


def test_boxes_that_were_typed_are_boxes():
    page = (
        f"{RETURN}Please tick one:\n[x] We have had involvement with this child\n"
        "[ ] We have had no involvement with this child\n"
        "Has your agency undertaken any formal investigation?  ( ) Yes  (x) No\n"
    )
    fields = read_text(page).fields
    assert (fields["agency_involved"], fields["formal_investigation"]) == ("yes", "no")


def test_a_table_pasted_with_tabs_is_a_table():
    page = (
        "Agency chronology – Safeguarding Adults Review\nAgency:\tNorthbeck Police\nAuthor:\tGill Hale\n\n"
        "Date\tEvent\tAction\tComment\n12/01/2025\tWelfare check asked for\tNo reply\tNot re-visited\n"
        "20/03/2025\tFound deceased\tCoroner informed\t\n"
    )
    reading = read_text(page)
    assert reading.fields["agency_name"] == "Northbeck Police"
    assert [(row["date"], row["action"]) for row in reading.rows["chronology"]] == [
        ("2025-01-12", "No reply"), ("2025-03-20", "Coroner informed")]  # fmt: skip


def test_who_writes_needs_no_label_under_their_own_heading():
    page = (
        f"{SAR}MY DETAILS\nObi Nwosu, Advocacy Manager, VoiceAbility North\nobi.nwosu@example.org / 01632 960484\n\n"
        "THE ADULT\nName - Keith Lomax\nCare and support needs - epilepsy\n\nWHAT HAPPENED\nKeith froze to death.\n"
    )
    fields = read_text(page).fields
    assert [fields[f"referrer_{part}"] for part in ("name", "role", "agency", "email", "telephone")] == [
        "Obi Nwosu", "Advocacy Manager", "VoiceAbility North", "obi.nwosu@example.org", "01632 960484"]  # fmt: skip
    assert fields["subject_care_support_needs"] == "epilepsy"
    assert fields["incident_summary"] == "Keith froze to death."


def test_a_numbered_line_in_capitals_is_the_next_heading_though_it_says_nothing_to_us():
    page = (
        f"{SAR}1. REFERRER\nName: Jo Fenn\n2. CIRCUMSTANCES\nClaire took her own life.\n"
        "3. WATER METER\nReading: 12\n"
    )
    assert read_text(page).fields["incident_summary"] == "Claire took her own life."


def test_parts_named_in_a_cell_beside_their_heading_are_headings(build):
    rows = (
        "PART A | REFERRER\nYour organisation | Greenacre Housing\nYour contact details | 01632 960371\n"
        "PART B | ADULT\nName, date of birth and gender | Malcolm Voss, 17/07/1970, male\n"
    )
    fields = read("form.docx", build.word_file(build.blocks(f"{SAR}{rows}"))).fields
    assert (fields["referrer_agency"], fields["subject_name"]) == ("Greenacre Housing", "Malcolm Voss")


def test_labels_with_their_answers_in_turn_are_no_heads_of_what_stands_below(build):
    rows = (
        "Address | 2 Quarry Cottages | Legal status | Child in Need\n"
        "Mother | Jade Noble | Father | Not known\n"
    )
    page = f"Referral for a rapid review\nReferrer | Ann Poole\nName of child | Jo Hythe\n{rows}"
    fields = read("form.docx", build.word_file(build.blocks(page))).fields
    assert (fields["subject_address"], fields["subject_legal_status"]) == (
        "2 Quarry Cottages",
        "Child in Need",
    )


def test_a_person_where_only_a_contact_is_asked_for_is_the_worker(build):
    rows = "Agencies involved\nAgency | Contact\nMemory Service | Sr Jane Bell\nHousing | 01632 960100\n"
    reading = read("form.docx", build.word_file(build.blocks(f"{SAR}Referrer | Ann Poole\n{rows}")))
    assert [(row.get("name"), row.get("contact")) for row in reading.rows["agencies_involved"]] == [
        ("Sr Jane Bell", None), (None, "01632 960100")]  # fmt: skip


def test_what_stands_below_the_alleged_perpetrator_is_theirs():
    page = (
        "Domestic Homicide Review – agency response\nAgency: Lakeside Probation\nVictim: Yvonne Strand\n"
        "Alleged perpetrator: Neil Strand, DOB 1/12/90\nRelationship: Husband\n"
    )
    reading = read_text(page)
    assert reading.rows["alleged_perpetrators"] == [
        {"name": "Neil Strand", "dob": "1990-12-01", "relationship": "Husband"}
    ]


def test_nobody_known_is_nobodys_name_and_a_no_with_more_is_kept_whole():
    page = f"{SAR}Referrer: Jo Fenn\nName of adult: Tom Wilk\nNext of kin: No family known\nHave you told the family?: "
    reading = read_text(f"{page}No contact details\n")
    assert "next_of_kin_name" not in reading.fields
    assert "family_aware_details" not in reading.fields


def test_what_an_answer_should_include_does_not_turn_the_question():
    page = (
        f"{RETURN}Please give a brief summary of your agency's involvement, including the last contact:\n"
        "Juno was on roll from Reception.\nBetween what dates was your agency involved?\nMay 2020 – June 2024\n"
    )
    fields = read_text(page).fields
    assert fields["involvement_summary"] == "Juno was on roll from Reception."
    assert (fields["involvement_from"], fields["involvement_to"]) == ("2020-05", "2024-06")


def test_an_agency_and_then_a_name_are_whoever_returns_the_form():
    page = (
        "Scoping return – LCSPR Child Kestrel\n\nAgency - Greenhill Nursery\nName - Patsy Coyle\nPosition - Manager\n"
        "Child: Kestrel Dowd, DOB 9/9/2021\nSummary: Kestrel attended 15 hours a week.\n"
        "Gaps or missed opportunities:\nWe did not chase the outcome.\nOther information: None\n"
    )
    assert read_text(page).fields == {
        "agency_name": "Greenhill Nursery", "author_name": "Patsy Coyle", "author_role": "Manager",
        "subject_name": "Kestrel Dowd", "subject_dob": "2021-09-09",
        "involvement_summary": "Kestrel attended 15 hours a week.",
        "areas_for_improvement": "We did not chase the outcome.",
    }  # fmt: skip


def test_the_subject_of_a_message_says_what_was_typed_into_it():
    page = (
        "Subject: RE: SAR – request for information – Dot Hill\n\nHi, we have no record of any contact with Dot Hill."
        " Nil return from us.\nOrganisation: Fellshire Fire and Rescue\nCompleted by: Wim Tate\n"
    )
    assert read_text(page).kind == "scoping"


def test_short_names_in_a_list_of_agencies_are_items_of_it(build):
    rows = "Which agencies were working with the family? | Nursery ⏎ Social Care ⏎ GP\n"
    reading = read("form.docx", build.word_file(build.blocks(f"{SAR}Referrer | Ann Poole\n{rows}")))
    assert [row["agency"] for row in reading.rows["agencies_involved"]] == ["Nursery", "Social Care", "GP"]
    assert "subject_school" not in reading.fields


def test_a_label_below_a_label_left_blank_is_not_its_answer():
    page = f"{RETURN}\nRole\n\nTel No\n\nEmail\ned.shaw@example.org\n\nGood practice identified\nSame-day visit.\n"
    fields = read_text(page).fields
    assert "author_role" not in fields
    assert "author_telephone" not in fields
    assert fields["author_email"] == "ed.shaw@example.org"


def test_what_somebody_is_to_the_deceased_may_be_ticked(build):
    rows = "Suspect\nName | Terence Royle\nRelationship to deceased | ☐ Partner ☒ Son ☐ Other\n"
    page = f"DHR Referral\nReferrer | Ann Poole\nDeceased\nName | Mavis Royle\n{rows}"
    reading = read("form.docx", build.word_file(build.blocks(page)))
    assert [row["relationship"] for row in reading.rows["alleged_perpetrators"]] == ["Son"]


def test_details_of_the_incident_over_labels_with_answers_is_a_heading(build):
    rows = (
        "Details of the adult | \nName: | Ernest Pole\nDetails of the incident | \nDate and time: | 25/06/2025 06:15\n"
        "Location: | Birch House\nWhat happened: | Mr Pole was found in bed rails.\nAgencies notified: | CQC; Police\n"
    )
    reading = read("form.docx", build.word_file(build.blocks(f"{SAR}Referrer | Ann Poole\n{rows}")))
    asked = ("referrer_name", "incident_date", "incident_time", "incident_location", "incident_summary")
    assert [reading.fields[name] for name in asked] == [
        "Ann Poole", "2025-06-25", "06:15", "Birch House", "Mr Pole was found in bed rails."]  # fmt: skip


def test_a_bare_yes_to_involvement_says_that_there_was_some():
    page = (
        f"{RETURN}Involvement: Yes\nSummary: Placed in April 2021.\nWhat worked: One officer.\nLessons: Ask earlier.\n"
        "Has any single agency review taken place?\nNo\n"
    )
    fields = read_text(page).fields
    assert (fields["agency_involved"], fields["involvement_summary"]) == ("yes", "Placed in April 2021.")
    assert (fields["good_practice"], fields["learning_identified"]) == ("One officer.", "Ask earlier.")
    assert fields["formal_investigation"] == "no"

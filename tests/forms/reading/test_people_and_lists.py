"""People and agencies as they are listed in answers, and where a list of them ends."""

from forms.reading import read

SAR = "Referral for a SAR\nReferrer | Ann Poole\nName of adult | Jo Hythe\nWhat happened? | She fell.\n"
CHILD = "LCSPR referral form\nReferrer | Ann Poole\nName of child | Jo Hythe\nWhat happened? | She fell.\n"


def read_form(build, text):
    return read("form.docx", build.word_file(build.blocks(text)))


def test_a_worker_an_agency_and_a_number_on_one_line_are_told_apart(build):
    rows = read_form(
        build,
        f"{SAR}Which agencies were involved? (name, agency, contact) | Sunil Rao, Oldport Council, 01632 960315"
        " ⏎ Crisis Team, Jane Pell, 01632 960316 ⏎ District Nursing, NHS Oldport\n",
    ).rows["agencies_involved"]
    assert rows == [
        {"agency": "Oldport Council", "name": "Sunil Rao", "contact": "01632 960315"},
        {"agency": "Crisis Team", "name": "Jane Pell", "contact": "01632 960316"},
        {"agency": "District Nursing, NHS Oldport"},
    ]


def test_a_list_ends_at_the_next_prompt_and_at_the_offices_part():
    text = (
        "Notification of a domestic homicide\nFrom: Det Supt Moxon, Ravenhill Police\nVictim\nName: Bethan Orrell\n"
        "Circumstances\nShe was assaulted at work by her former partner.\nChildren\nNone\nCriminal proceedings\n"
        "He was charged on 14 May 2025.\nAgencies believed to be involved\nProbation\nGP\n"
        "For use by the CSP: Date considered\n"
    )
    reading = read("form.txt", text.encode())
    assert reading.fields["parallel_processes"] == "He was charged on 14 May 2025."
    assert reading.rows["agencies_involved"] == [{"agency": "Probation"}, {"agency": "GP"}]
    assert "family_members" not in reading.rows


def test_mother_and_father_asked_for_apart_are_both_parents(build):
    reading = read_form(
        build,
        f"{CHILD}Name of mother | Kerra Lusk\nName of father | Denzil Hocking\n"
        "Other significant adults | Maternal grandmother Jenna Lusk\nSiblings | Tamsyn Lusk 04/04/2019\n",
    )
    assert reading.fields["parents_carers_names"] == "Kerra Lusk; Denzil Hocking"
    assert reading.rows["family_members"] == [
        {"name": "Jenna Lusk", "relationship": "Maternal grandmother"},
        {"name": "Tamsyn Lusk", "dob": "2019-04-04"},
    ]


def test_particulars_named_in_brackets_or_parted_by_strokes_are_each_taken(build):
    fields = read_form(
        build,
        "LCSPR referral form\nName of child | Jo Hythe\n"
        "Referred by (name / agency / tel) | Demelza Roe / Tremellin Ambulance Service / 01632 960777\n"
        "Religion / ethnicity / first language | None / White Cornish / English\nLegal status of child | None\n"
        "Time of incident (if known) | Approx 1930\nDecision to refer authorised by | Gareth Lyle, Chief Nurse\n"
        "Reasons for referral - please refer to the criteria | Serious harm is suspected.\nOutcome | Serious harm\n",
    ).fields
    assert (fields["referrer_name"], fields["referrer_agency"]) == (
        "Demelza Roe",
        "Tremellin Ambulance Service",
    )
    assert fields["referrer_telephone"] == "01632 960777"
    assert (fields["subject_ethnicity"], fields["subject_first_language"]) == ("White Cornish", "English")
    assert (fields["incident_time"], fields["safeguarding_lead_name"]) == ("19:30", "Gareth Lyle")
    assert fields["criteria_grounds_text"] == "Serious harm is suspected."
    assert not {"subject_legal_status", "decision_recommendation"} & set(fields)


def test_a_ticked_line_that_nothing_is_known_is_a_nil_return(build):
    text = (
        "Rapid review: nil return / information form\nChild: Harvey Lusk\nAgency: Probation\n"
        "Completed by: Mo Trask, Senior Probation Officer\nOur agency:\n{}\n{}\nInvolvement summary:\n"
    )
    told = text.format("☒ has had no involvement with this child", "☐ has been involved")
    assert read_form(build, told).fields["agency_involved"] == "no"
    untold = text.format("☐ has had no involvement with this child", "☐ has been involved")
    assert "agency_involved" not in read_form(build, untold).fields


def test_a_title_that_names_what_it_asks_for_is_no_question(build):
    fields = read_form(
        build,
        "Request for information: Safeguarding Adults Review\nName of adult | Jo Hythe\nAgency | Fire Service\n"
        "Name of author | Liz Orme\nNature and dates of involvement | Seen twice in May 2025.\n",
    ).fields
    assert "requested_by" not in fields
    assert fields["involvement_summary"] == "Seen twice in May 2025."


def test_a_heading_that_asks_is_answered_by_what_stands_under_it(build):
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    body = (
        build.blocks("DHR referral\nReferrer | Ann Poole\nName of victim | Jo Hythe\n")
        + heading.format("Summary of the circumstances")
        + build.blocks("She took a fatal overdose.\n")
        + heading.format("Agencies known to be involved")
        + build.blocks("• Stourgate Trust\n• Carers Centre\n")
    )
    reading = read("form.docx", build.word_file(body))
    assert reading.fields["incident_summary"] == "She took a fatal overdose."
    assert reading.rows["agencies_involved"] == [{"agency": "Stourgate Trust"}, {"agency": "Carers Centre"}]


def test_a_role_in_brackets_behind_the_name_is_the_role(build):
    fields = read_form(
        build,
        "Rapid review: agency scoping form\nAgency | Penmoor Academy\nName & role of author | Claire Duffy (DSL)\n"
        "Child's status (CPR/LAC/None) | LAC\nDisability | COPD; brain injury\nName of child | Jo Hythe\n"
        "Areas of concern / for development | No call home.\nDoes your agency recommend a LCSPR? | Yes\n",
    ).fields
    assert (fields["author_name"], fields["author_role"]) == ("Claire Duffy", "DSL")
    assert (fields["subject_legal_status"], fields["subject_disability"]) == ("LAC", "COPD; brain injury")
    assert (fields["areas_for_improvement"], fields["opinion_review_type"]) == ("No call home.", "Yes")


def test_the_local_authority_of_the_subject_is_not_the_referrers_agency(build):
    fields = read_form(
        build,
        "SAR referral form\nPart 1 - About the adult\nName | Olive Tranter | Local authority | Corton\n"
        "Part 2 - About you\nYour name | Jared Noakes | Your organisation | Corton Commissioning\n",
    ).fields
    assert fields["referrer_agency"] == "Corton Commissioning"


def test_a_form_that_referrer_and_agency_filled_in_is_the_agencys_return_and_says_so(build):
    text = (
        "SAR Referral and Agency Summary\nSection 1: Referral (to be completed by the referring officer)\n"
        "Date of notification: | 12/03/2025\nName of referrer: | Orla Penhallow\nAgency: | Teesmere Council\n"
        "Name of adult: | Celia Marsh\nSummary of incident: | She was found on the floor.\n"
        "Section 2: Individual Agency Summary (to be completed by agencies other than the referring agency)\n"
        "Agency: | Teesmere NHS Trust\nReport completed by: | Marcus Tarn\nDate of report: | 20/03/2025\n"
        "Summary of involvement: | District nurses visited weekly.\n"
        "What went well? | ✓ The nurse rang every day. ⏎ ✓ The plan was shared with the ward and with the family.\n"
    )
    reading = read("form.docx", build.word_file(build.blocks(text)))
    assert reading.kind == "scoping"
    assert reading.fields["author_name"] == "Marcus Tarn"
    assert reading.fields["agency_name"] == "Teesmere NHS Trust"
    assert reading.fields["prefilled_referrer"] == "Orla Penhallow"
    assert any("Both the referrer's part and an agency's part" in note for note in reading.notes)
    assert "Agency: Teesmere Council" in reading.unplaced
    told = reading.fields["good_practice"]
    assert told == "The nurse rang every day.\nThe plan was shared with the ward and with the family."

"""What referrals of different partnerships ask and how their people answer: names, jobs, dates, two people at once."""

import pytest

from forms.reading import read
from forms.reading.surnames import in_order

TITLE = "Safeguarding Adults Review Referral Form\n"
WRITER = "Name of referrer | Ada Moss\nJob title | Manager\nReferring agency | Oak Trust\n"
ADULT = "Name of adult | Colin Reed\nDate of birth | 04/05/1950\n"
HOMICIDE = "Notification of a Domestic Homicide\nRank and name of officer | DI Kay Lund\n"


def reading_of(build, text):
    return read("form.docx", build.word_file(build.blocks(text)))


@pytest.mark.parametrize(
    ("name", "label", "told"),
    [
        ("O'NEILL, Siân", "", "Siân O'NEILL"),
        ("McALLISTER, Euan James", "", "Euan James McALLISTER"),
        ("Reed, Colin", "Name of adult (Surname, Forename)", "Colin Reed"),
        ("Tom, Amy", "Names", "Tom, Amy"),
        ("REED, Colin, DI", "", "REED, Colin, DI"),
    ],
)
def test_a_surname_in_front_is_put_behind(name, label, told):
    assert in_order(name, label) == told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TITLE + WRITER + "Name of adult | REED, Colin\nDate of birth | 4/5/1950\n", {"subject_name": "Colin REED"}),
        (
            TITLE + ADULT + "Name and role | Ward 7 manager, Paul Stone\nReferring agency | Oak Trust\n",
            {"referrer_name": "Paul Stone", "referrer_role": "Ward 7 manager"},
        ),
        (
            HOMICIDE + "Rank and department | DI, Major Crime Unit\nForce | City Police\nVictim's name | Jo Fay\n"
            "Date of homicide | 04/05/2025\n",
            {"referrer_role": "DI, Major Crime Unit", "referrer_agency": "City Police",
             "incident_date": "2025-05-04", "subject_date_of_death": "2025-05-04"},
        ),
        (
            HOMICIDE + "Parties | Victim: Jo Fay ⏎ Perpetrator: Gil Swale\nAddress | 3 Low Row, QQ99 1AB\n",
            {"subject_address": "3 Low Row, QQ99 1AB", "referrer_address": None},
        ),
    ],
)  # fmt: skip
def test_answers_are_read_as_their_writers_meant_them(build, text, expected):
    reading = reading_of(build, text)
    assert reading.kind == "referral"
    assert {name: reading.fields.get(name) for name in expected} == expected


PEOPLE = (
    "Victim |  | Alleged perpetrator | \nName | Jo Fay | Name | Gil Swale\nGender | Female | Gender | Male\n"
    "Relationship to perpetrator | Wife | Relationship to victim | Husband\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Complete the form below and send to:\nSecure email: sar@example.org\n" + WRITER + ADULT,
            {"referrer_email": None},
        ),
        (
            ADULT + "Name, designation and contact details of referrer:\nAda Moss, Lead Officer, Oak Trust, "
            "01632 960610\n",
            {"referrer_role": "Lead Officer", "referrer_agency": "Oak Trust"},
        ),
        (
            WRITER + ADULT + "Agreed by Designated Safeguarding Lead: Cora Vass\n",
            {"safeguarding_lead_name": "Cora Vass"},
        ),
        (
            WRITER + ADULT + "If deceased, date and cause of death | 3 April 2025, hypothermia\n",
            {"subject_date_of_death": "2025-04-03", "cause_of_death": "hypothermia"},
        ),
        (
            WRITER + ADULT + "Date of incident | 31 January/1 February 2025\n",
            {"incident_date": "2025-01-31"},
        ),
        (
            WRITER + ADULT + "Part B: Abuse and neglect (tick all that apply)\n☐ Physical | ☒ Self-neglect\n",
            {"harm_types": ["Self-neglect"]},
        ),
        (
            WRITER + ADULT + "Other processes\ns.42 enquiry | ☒ Yes ☐ No\nPolice investigation | ☐ Yes ☒ No\n",
            {"parallel_processes": "s.42 enquiry: Yes"},
        ),
        (
            WRITER + ADULT + "Is the adult alive or deceased? | ☐ Alive ☒ Deceased\n",
            {"subject_died": "yes"},
        ),
        (
            WRITER + ADULT + "Is the adult alive or deceased? | ☐ Alive ☐ Deceased\n",
            {"subject_died": None},
        ),
        (
            WRITER + ADULT + "Alive or deceased? | Alive / Deceased\n"
            "Child protection plan (current / previous) | Current / previous\n",
            {"subject_died": None, "cp_plan_current_or_previous": None, "cp_plan_details": None},
        ),
        (
            WRITER + ADULT + "Has the adult died or been seriously harmed? | Yes – died 6 May 2024\n",
            {"subject_died": "yes", "subject_date_of_death": "2024-05-06"},
        ),
        (
            WRITER + ADULT + "Has the adult died or been seriously harmed? | Died / Seriously harmed\n",
            {"subject_died": None},
        ),
        (
            WRITER + ADULT + "Has the adult died or been seriously harmed? Please give details\n"
            "Seriously harmed. He was found on the floor after two days.\n",
            {"incident_summary": "Seriously harmed. He was found on the floor after two days.", "subject_died": None},
        ),
        (
            WRITER + ADULT + "2. Case outline\nPlease include\n• status of the adult, i.e. subject to an adult at risk "
            "procedure, subject to deprivation of liberty safeguards, detained under the Mental Health Act or none of "
            "these\n• any other relevant factors\nHe was found on the floor.\n",
            {"case_summary": "He was found on the floor.", "other_information": None},
        ),
        (
            WRITER + ADULT + "What happened?\nGive a short account in date order.\nHe was found on the floor.\n",
            {"incident_summary": "He was found on the floor."},
        ),
        (
            WRITER + "Name of child: Jo Fay\nIs the child's name on the child protection register? YES/NO\n"
            "YES. Sam – NO\n",
            {"cp_plan_current": "yes", "cp_plan_details": "Sam – NO"},
        ),
        (
            WRITER + "Name of child: Jo Fay\nIs the child subject to a child protection plan or has been previously? | "
            "Previously – 2016, neglect\n",
            {"cp_plan_current_or_previous": "yes", "cp_plan_details": "Previously – 2016, neglect"},
        ),
        (
            WRITER + ADULT + "If the adult has died: date | 12/02/2025 | Place | Home | Cause (if known) | Sepsis\n",
            {"subject_date_of_death": "2025-02-12", "subject_place_of_death": "Home", "cause_of_death": "Sepsis",
             "date_of_referral": None},
        ),
        (
            WRITER + ADULT + "Outcome for the adult | ☒ Died ☐ Seriously harmed\n",
            {"decision_recommendation": None},
        ),
        (
            "Notifying officer (rank, name, collar no.): DCI Abi Stroud 4417\n" + ADULT,
            {"referrer_name": "DCI Abi Stroud"},
        ),
        (
            WRITER + ADULT + "Home address\n2 Low Row\nCurrent whereabouts, if not at home\nDate of death\n1/2/2025\n",
            {"subject_address": "2 Low Row", "subject_current_location": None, "subject_date_of_death": "2025-02-01"},
        ),
        (
            WRITER + "Child's name | Jo Fay\nLAC? | No | CP Plan (current/past) | No\n",
            {"cp_plan_current_or_previous": "no"},
        ),
        (
            WRITER + "5. Name of child: Jo Fay\n6. Date of Birth: 15.05.2019     7. Gender: Female     "
            "8. H&C Number: 9990047855\n",
            {"subject_dob": "2019-05-15", "subject_gender": "female", "subject_nhs_number": "9990047855"},
        ),
        (
            WRITER + ADULT + "16. Date and nature of incident\nOn 30.01.2025 he was scalded in his bath.\n",
            {"incident_date": "2025-01-30", "incident_summary": "On 30.01.2025 he was scalded in his bath."},
        ),
        (
            WRITER + ADULT + "Which of the following criteria are met?\n(a) The adult has died ☐\n"
            "(b) Concerns about effectiveness of agencies ☒\n",
            {"criteria_grounds": ["b"]},
        ),
        (
            "From: Ada Moss, Registered Manager, Oak Home\nTelephone 01632 960677 / Email ada@example.org\n"
            "Re: Colin Reed – d.o.b. 4 May 1950\nAddress: 2 Low Row\n",
            {"referrer_telephone": "01632 960677", "referrer_email": "ada@example.org", "subject_address": "2 Low Row"},
        ),
        (
            WRITER + ADULT + "Has your SAB representative agreed to this referral? If so please give their name | "
            "Yes – Sally Dunn\n",
            {"safeguarding_lead_name": "Sally Dunn"},
        ),
        (
            WRITER + "B1 Name of adult | Colin Reed\nB6 Ethnicity | White British\nB10 GP practice | Oak Surgery\n",
            {"subject_name": "Colin Reed", "subject_ethnicity": "White British", "subject_gp": "Oak Surgery"},
        ),
        (
            WRITER + ADULT + "Line manager's name and confirmation they agree with the nomination | "
            "Owen Strick – agreed 01/09/2025\n",
            {"safeguarding_lead_name": "Owen Strick"},
        ),
        (
            WRITER + ADULT + "5. Other reviews or investigations\nPPO investigation | Yes\n"
            "Inquest | Yes – opened 26/08/2025\nCriminal | No\n",
            {"parallel_processes": "PPO investigation: Yes\nInquest: opened 26/08/2025"},
        ),
        (
            WRITER + ADULT + "Has the coroner been informed? | Yes\nAre any other reviews being considered? | "
            "PSII by the trust\n",
            {"parallel_processes": "PSII by the trust"},
        ),
        (
            WRITER + ADULT + "Background – tell us about the adult and their needs\nHe lived alone by the river.\n",
            {"case_summary": "He lived alone by the river."},
        ),
        (
            ADULT + "1.5 Family\nName | Relationship\nDon Reed | Son\n\n1.6 Requested by\n"
            "Name | Designation | Agency\nCat Vass | Head Teacher | Oak School\n",
            {"referrer_name": "Cat Vass", "referrer_role": "Head Teacher", "referrer_agency": "Oak School"},
        ),
        (
            WRITER + ADULT + "1.8 Criteria (tick those that apply)\n☒ The adult has died\n"
            "1.9 Briefly describe the event which led to this request, with dates\nHe fell on 2 May 2025.\n",
            {"criteria_grounds": ["The adult has died"], "incident_summary": "He fell on 2 May 2025."},
        ),
        (
            WRITER + ADULT + "Date(s) of incident or period of concern | March – July 2025\n",
            {"incident_date": "2025-03"},
        ),
        (
            WRITER + ADULT + "Has a senior manager signed this off? Name and date | "
            "Yes – Director of Nursing, Paul Ives, 02/10/2025\n",
            {"safeguarding_lead_name": "Paul Ives", "safeguarding_lead_role": "Director of Nursing"},
        ),
        (WRITER + ADULT + "Gender identity | Trans male\n", {"subject_gender": "Trans male"}),
        (
            WRITER + ADULT + "3. SUMMARY OF CASE\nPlease give a pen picture of the adult and the "
            "circumstances leading to the referral."
            "\nHe lived alone.\n7. INVESTIGATIONS (police, coroner, other)\nInquest opened.\n",
            {"case_summary": "He lived alone.", "incident_summary": None, "parallel_processes": "Inquest opened."},
        ),
    ],
)  # fmt: skip
def test_what_partnerships_print_round_their_questions_is_told_from_answers(build, text, expected):
    reading = reading_of(build, TITLE + text)
    assert {name: reading.fields.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "group", "rows"),
    [
        (PEOPLE, "alleged_perpetrators", [{"name": "Gil Swale", "relationship": "Husband"}]),
        ("Perpetrator / partner | McKAY, Ian\n", "alleged_perpetrators", [{"name": "Ian McKAY"}]),
        (
            "Children in the household (name, DOB, current whereabouts):\nZofia Fay, 02/03/2012, with aunt\n",
            "family_members",
            [{"name": "Zofia Fay", "dob": "2012-03-02", "address": "with aunt"}],
        ),
        (
            "Agency | Key contact and telephone number\nDistrict Nursing | Rhoda Finch 01632 960441\n",
            "agencies_involved",
            [{"agency": "District Nursing", "name": "Rhoda Finch", "contact": "01632 960441"}],
        ),
        (
            "Details | Victim | Suspect 1 | Suspect 2\nFull name | Jo Fay | Gil Swale | Kyle Marsh\n"
            "Date of birth | 1.2.1990 | 14.06.1986 | 1.1.1995\n",
            "alleged_perpetrators",
            [{"name": "Gil Swale", "dob": "1986-06-14"}, {"name": "Kyle Marsh", "dob": "1995-01-01"}],
        ),
        (
            " | Mother | Father | Other carer\nName | Ann Frost | Sam Oduya | N/A\nDOB | 11.01.88 | N/K | \n",
            "family_members",
            [
                {"name": "Ann Frost", "dob": "1988-01-11", "relationship": "Mother"},
                {"name": "Sam Oduya", "relationship": "Father"},
            ],
        ),
        (
            "Asiantaethau / Agencies involved | \nAsiantaeth / Agency | Enw cyswllt / Contact name\n"
            "Police | Huw Parry\n"
            "\nI'w gwblhau gan y Bwrdd / To be completed by the Board\n",
            "agencies_involved",
            [{"agency": "Police", "name": "Huw Parry"}],
        ),
        (
            "Agency | Contact | Email / phone\nPrison healthcare | Dr Rajan | 01632 960712\n",
            "agencies_involved",
            [{"agency": "Prison healthcare", "name": "Dr Rajan", "contact": "01632 960712"}],
        ),
        (
            "1.11 Agencies involved (name of lead contact where known)\nSocial Work: Ewan Baird\nPolice Scotland\n"
            "1.12 Other processes: none\n",
            "agencies_involved",
            [{"agency": "Social Work", "name": "Ewan Baird"}, {"agency": "Police Scotland"}],
        ),
        (
            "Dependants: One child, Finn Reed (dob 09/09/2020)\n",
            "family_members",
            [{"name": "Finn Reed", "dob": "2020-09-09"}],
        ),
        (
            "Perpetrator(s) name / DOB / address | Gil Swale / 01/06/1975 / same\n",
            "alleged_perpetrators",
            [{"name": "Gil Swale", "dob": "1975-06-01", "address": "same"}],
        ),
        (
            "Name and DOB of siblings | Skye Reed 01/02/2014\n",
            "family_members",
            [{"name": "Skye Reed", "dob": "2014-02-01"}],
        ),
        (
            "Agencies involved\nAgency        Name        Contact\nCity Police\n",
            "agencies_involved",
            [{"agency": "City Police"}],
        ),
        (
            "Agencies involved\nPark View Nursing Home (Tina Moss, manager)\nOther: Flying Start\n",
            "agencies_involved",
            [
                {"agency": "Park View Nursing Home", "name": "Tina Moss", "role": "manager"},
                {"agency": "Flying Start"},
            ],
        ),
        ("Agencies involved:\nCity Police\nFor SAB use\n", "agencies_involved", [{"agency": "City Police"}]),
    ],
)
def test_people_and_agencies_are_read_as_rows(build, text, group, rows):
    assert reading_of(build, TITLE + WRITER + ADULT + text).rows[group] == rows


def test_of_two_adults_with_a_column_each_the_dates_of_death_are_kept_as_such(build):
    rows = "Details | Adult 1 | Adult 2\nName | Colin Reed | Mary Reed\nDate of death | 01/02/2025 | 3 Feb 2025\n"
    reading = reading_of(build, TITLE + WRITER + rows)
    assert reading.fields["subject_date_of_death"] == "2025-02-01"
    assert reading.rows["subjects"] == [{"subject_name": "Mary Reed", "subject_date_of_death": "2025-02-03"}]


def test_labels_below_one_another_that_were_all_left_blank_name_nobody(build):
    rows = "Children | \nGP | \nParents | \nGP | \nSchool | \n"
    reading = reading_of(build, TITLE + WRITER + ADULT + rows)
    assert reading.rows == {}
    assert "parents_carers_names" not in reading.fields

"""Children, their families and their agencies in the layouts of notifications and returns: a table, text by text."""

import time

import pytest

from forms.reading import read

HEAD = "Rapid Review Referral\nReferring agency: Oak Police\nReferrer: DS Lyn Hart\n"
TWO = {"subject_name": "Amelia Stone", "subject_dob": "2014-04-04", "subjects": [
    {"subject_name": "Toby Stone", "subject_dob": "2016-05-05"}]}  # fmt: skip
NAMED = {"subject_name": "Amelia Stone"}
RETURN = "Rapid Review: agency return\nChild: Amelia Stone\n"
REFERRED = {
    # several children in one answer
    "Names of children:\nAmelia Stone\nToby Stone\nDates of birth:\n04/04/2014\n05/05/2016": TWO,
    "Name(s) and dates of birth of child(ren)\nAmelia Stone (04/04/2014) and Toby Stone (05/05/2016)": TWO,
    "Child: Amelia Stone, dob 04/04/2014; Toby Stone, dob 05/05/2016": TWO,
    "Name of child: 1. Amelia Stone": {**NAMED, "subjects": None},
    "Child's name: Amelia Stone\nAlso known as: Amy Brown": {**NAMED, "subjects": None},
    # below "Child" without a label
    "Child\nAmelia Stone, 04/04/2014\nDate of incident\n1 May 2025": {**NAMED, "subject_dob": "2014-04-04"},
    # relatives
    "Name of child: Amelia Stone\nFamily members\nAdult child: Peter Stone, DOB 04/05/1995": {
        "subject_dob": None,
        "family_members": [{"name": "Peter Stone", "dob": "1995-05-04", "relationship": "Adult child"}],
    },
    "Name of child: Amelia Stone\nOther family members? ☐ Yes ☒ No": {"family_members": None},
    "Name of child: Amelia Stone\nFamily members:\n☐ None known\nAnn Lee (mother)\nCarl Fay (uncle)": {
        "family_members": [
            {"name": "Ann Lee", "relationship": "mother"},
            {"name": "Carl Fay", "relationship": "uncle"},
        ]
    },
    "Name of child: Amelia Stone\nNames of parents: Ann Lee, living in Hove and Bob Ray": {
        "parents_carers_names": "Ann Lee and Bob Ray"
    },
    "Name of child: Amelia Stone\nMother: Kelly Stone\nAddress: 4 Dock Road\nFather: Ian Stone\nAddress: HMP Oak": {
        **NAMED,
        "subject_address": None,
    },
    # nobody involved is no agency
    "Name of child: Amelia Stone\nOther agencies involved: None known": {"agencies_involved": None},
    "Name of child: Amelia Stone\nAgencies involved: School: Oak Primary; Police": {
        "agencies_involved": [{"agency": "Oak Primary"}, {"agency": "Police"}]
    },
    "Name of child: Amelia Stone\nAddress: 1 Pike Rise\nDetails of person completing the notification\n"
    "Name: Ade Ogun\nPhone: 01632 960271\nDetails of incident\nDescription: He fell.": {
        "subject_address": "1 Pike Rise",
        "subject_telephone": None,
        "incident_summary": "He fell.",
    },
    "Young person: Amelia Stone\nWhen: 20/09/2025\nWhere: Car park\nAgencies involved: YJS, Police\nRisks: Gangs": {
        "incident_date": "2025-09-20",
        "incident_location": "Car park",
        "agencies_involved": [{"agency": "YJS"}, {"agency": "Police"}],
    },
    "1. Please provide details of the person making this request (name, job title, agency, email)\n"
    "Insp Jo Malik, Public Protection, Oak Police, jo@example.org\n"
    "2. Please provide the child's full name, date of birth and address\nPoppy Lane, 03/03/2013, 7 Hill Road\n"
    "3. What was the incident and when did it happen?\nOn 2 September 2025 she took tablets.": {
        "subject_name": "Poppy Lane",
        "subject_dob": "2013-03-03",
        "subject_address": "7 Hill Road",
        "incident_summary": "On 2 September 2025 she took tablets.",
        "incident_date": "2025-09-02",
    },
    "Name of child: Amelia Stone\nAgencies involved:\nOak Council – Hana Wood, social worker": {
        "agencies_involved": [{"agency": "Oak Council", "name": "Hana Wood", "role": "social worker"}]
    },
    "Name of child: Amelia Stone\nWhat happened?\nHe fell.\nWhy are you making this referral?\nNothing was done.": {
        "criteria_grounds_text": "Nothing was done."
    },
    "Name of child: Amelia Stone\nFamily: mother Jill Stone; brother Kane Stone (12) lives with mother": {
        "family_members": [
            {"name": "Jill Stone", "relationship": "mother"},
            {"name": "Kane Stone", "relationship": "brother", "age": "12", "address": "lives with mother"},
        ]
    },
}
RETURNED = {
    "GP information\nPractice: Cliff Surgery\nAgency details\nAgency: Oak Police\nCompleted by: DS Jo Fenn": {
        "agency_name": "Oak Police",
        "subject_gp": "Cliff Surgery",
    },
    "Agency: Oak Police\nHas there been any internal investigation? Yes – an audit": {
        "formal_investigation": "yes",
        "learning_identified": None,
    },
    "Agency: Oak Police\nOther agencies known to be involved: No others that we are aware of": {
        "other_agencies_involved": None
    },
    "Agency: Oak Police\nFamily\nChild: Toby Stone, DOB 13/12/2023\nMother: Shona Stone": {
        "family_members": [{"name": "Shona Stone", "relationship": "Mother"}]
    },
    "Agency: Oak Police\nWhat could be improved?\nNone.\nDid you consider the child? Please explain\nHe was listed.": {
        "areas_for_improvement": "None."
    },
    "Agency: Oak School\nPractice which could be shared: Weekly calls": {
        "good_practice": "Weekly calls",
        "areas_for_improvement": None,
    },
    "Agency: Oak School\nWhat did not work so well and why?\nA letter was late.": {
        "areas_for_improvement": "A letter was late."
    },
    "Agency: Oak Police\nAny matters to bring to the attention of the rapid review meeting? Press": {
        "opinion_review_type": None
    },
    "Agency: Oak Police\nThis agency has had no involvement with the child.": {"agency_involved": "no"},
}
IN_TABLES = {
    "Agency | Oak Police\nQuestion | Guidance | Response\nWhat worked well? | Think of systems | One visit.\n"
    "Questions for other agencies? | Name them | GP: were letters received?": {
        "good_practice": "One visit.",
        "further_investigation_issues": "GP: were letters received?",
        "subject_gp": None,
    },
    "Agency | Oak Police\nDate or period of event | Significant event | Source | Impact (good or bad) | Outcome\n"
    "14/08/2023 | Arrested | PNC | Afraid | Charged": {
        "chronology": [
            {
                "date": "2023-08-14",
                "event": "Arrested",
                "source": "PNC",
                "impact": "Afraid",
                "outcome": "Charged",
            }
        ]
    },
}


def read_text(text):
    reading = read("form.txt", text.encode())
    return {**reading.fields, **reading.rows}


@pytest.mark.parametrize("text", REFERRED)
def test_children_and_their_families_are_read(text):
    told = read_text(HEAD + text)
    assert {name: told.get(name) for name in REFERRED[text]} == REFERRED[text]


@pytest.mark.parametrize("text", RETURNED)
def test_returns_about_children_are_read(text):
    told = read_text(RETURN + text)
    assert {name: told.get(name) for name in RETURNED[text]} == RETURNED[text]


@pytest.mark.parametrize("text", IN_TABLES)
def test_tables_of_returns_are_read(text, build):
    reading = read("form.docx", build.word_file(build.blocks(RETURN + text)))
    told = {**reading.fields, **reading.rows}
    assert {name: told.get(name) for name in IN_TABLES[text]} == IN_TABLES[text]


def test_a_chronology_of_significant_events_is_a_return():
    text = "Chronology of significant events\nName of child: Amelia Stone\nAgency: Oak YJS\nCompiled by: Ross Teale\n"
    assert read("form.txt", text.encode()).kind == "scoping"


def test_a_notification_of_a_serious_incident_is_a_referral():
    text = (
        "Notification of a serious incident\nName of child: Amelia Stone\nDOB: 1/1/2020\nNotifier: Jo Fenn\n"
    )
    assert read("form.txt", text.encode()).kind == "referral"


def test_as_many_siblings_as_there_may_be_are_read_in_time_that_grows_with_them():
    def taken(how_many):
        people = "".join(f"Child {at % 90 + 2}\nName: Kit Stone\nDOB: 02/02/2010\n" for at in range(how_many))
        begun = time.process_time()
        read("form.txt", f"{HEAD}Name of child: Amelia Stone\n{people}".encode())
        return time.process_time() - begun

    taken(20)
    assert taken(400) < 8 * taken(100)

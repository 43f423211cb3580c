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


def test_of_two_adults_with_a_column_each_the_dates_of_death_are_kept_as_such(build):
    rows = "Details | Adult 1 | Adult 2\nName | Colin Reed | Mary Reed\nDate of death | 01/02/2025 | 3 Feb 2025\n"
    reading = reading_of(build, TITLE + WRITER + rows)
    assert reading.fields["subject_date_of_death"] == "2025-02-01"
    assert reading.rows["subjects"] == [{"subject_name": "Mary Reed", "subject_date_of_death": "2025-02-03"}]

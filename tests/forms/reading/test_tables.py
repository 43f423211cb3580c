"""Tables as boards lay them out: ticks under Yes and No, parties among the family, heads in words of their own."""

from forms.reading import read

SAR = "Referral for a SAR\nReferrer | Ann Poole\nName of adult | Jo Hythe\nWhat happened? | She fell.\n"
CHILD = "Referral for a rapid review\nReferrer | Ann Poole\nName of child | Jo Hythe\nDate of incident | 3 May 2025\n"
DEATH = "Domestic homicide review: agency scoping return\nName of agency | Poole Housing\n"


def read_form(build, text):
    return read("form.docx", build.word_file(build.blocks(text)))


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

"""The people and agencies of a referral: one small form for each row of its repeating groups."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.dates import day_or_none
from forms.fields import Choice, Date, LongText, NhsNumber, Row, Text, YesNo
from forms.options import CARE_STATUSES, ETHNICITIES, GENDERS, RELATIONSHIPS

FOR_CHILD = ("review_type_requested", ("child",))
FOR_ADULT = ("review_type_requested", ("adult",))
IF_DIED = ("subject_died", ("yes",))
IF_ALIVE = ("subject_died", ("no", "not_known"))

NOT_TO_BE_DISCLOSED = "If an address must not be disclosed, say so here instead of giving it"


class Subject(Row):
    """A person the referral is about: a child, or an adult with care and support needs, or a victim."""

    subject_name = Text("Full name", required=True, ask="Enter the full name of the person", what="Full name")
    subject_other_names = Text("Other names", hint="Also known as, earlier names, initials used in papers")
    subject_dob = Date(
        "Date of birth", not_future=True, wanted=True, hint="If you do not know it, give the age below"
    )
    subject_age = Text(
        "Age, if the date of birth is not known", hint="For example 14 years, or unborn", limit=50
    )
    subject_gender = Choice("Gender", GENDERS, required=True, ask="Select the gender")
    subject_ethnicity = Text(
        "Ethnicity", required=True, suggestions=ETHNICITIES, hint="Enter “Not known” if so"
    )
    subject_first_language = Text("First language, and whether an interpreter is needed")
    subject_disability = Text("Disability or long-term condition")
    subject_other_characteristics = Text("Other protected characteristics that matter in this case")
    subject_nhs_number = NhsNumber("NHS number", hint="10 digits, if you know it")
    subject_other_ids = Text("Other identifying numbers", hint="For example the social care record number")
    subject_address = LongText(
        "Home address",
        required=True,
        ask="Enter the home address",
        lines=3,
        limit=2000,
        hint=NOT_TO_BE_DISCLOSED,
    )
    subject_local_authority = Text("Council area where the person normally lives or lived")
    subject_died = YesNo("Has the person died?", required=True, ask="Select whether the person has died")
    subject_date_of_death = Date("Date of death", required=True, not_future=True, when=IF_DIED)
    subject_place_of_death = Text("Place of death", when=IF_DIED)
    cause_of_death = Text("Cause of death, known or suspected", when=IF_DIED, limit=2000)
    subject_current_location = Text("Where the person is now", when=IF_ALIVE, hint=NOT_TO_BE_DISCLOSED)
    subject_gp = Text("GP practice")
    subject_care_status = Choice("Care status", CARE_STATUSES, when=FOR_CHILD)
    cp_plan_current = YesNo("Is or was there a child protection plan at the time?", when=FOR_CHILD)
    cp_plan_previous = YesNo("Has there been a child protection plan before?", when=FOR_CHILD)
    cp_plan_details = Text("Details of the plans", when=FOR_CHILD, limit=2000)
    subject_school = Text("School, college or nursery", when=FOR_CHILD)
    subject_care_support_needs = LongText(
        "Care and support needs", when=FOR_ADULT, lines=4, hint="Met or not met, and by whom", required=True
    )
    open_to_social_care = YesNo("Is or was the person open to social care?")
    subject_legal_status = Text(
        "Legal status", hint="For example section 20, section 31, DoLS, Mental Health Act"
    )

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """An age where there is no date of birth; death not before birth."""
        born, died = (day_or_none(answers.get(name)) for name in ("subject_dob", "subject_date_of_death"))
        if "subject_dob" not in answers and "subject_age" not in answers:
            yield "subject_dob", "Enter the date of birth or, if it is not known, the age"
        if born and died and died < born:
            yield "subject_date_of_death", "Date of death must be on or after the date of birth"


class FamilyMember(Row):
    """A member of the family or household, or another person who matters to the subject."""

    name = Text("Name", required=True, ask="Enter the name, or “not known”")
    relationship = Text("Relationship to the person", suggestions=RELATIONSHIPS)
    dob = Date("Date of birth", not_future=True)
    edd = Date("Date the birth is expected, if unborn")
    gender = Choice("Gender", GENDERS)
    ethnicity = Text("Ethnicity", suggestions=ETHNICITIES)
    address = Text("Address", hint="“As above” will do")
    legal_status = Text("Parental responsibility or legal status")
    cp_plan = YesNo("Child protection plan?", when=FOR_CHILD)


class AllegedPerpetrator(Row):
    """A person alleged, suspected or found to have caused the harm."""

    name = Text("Name", required=True, ask="Enter the name, or “not known”")
    dob = Date("Date of birth", not_future=True)
    relationship = Text("Relationship to the person", suggestions=RELATIONSHIPS)
    address = Text("Address")


class AgencyInvolved(Row):
    """An agency or professional known, or believed, to have been involved."""

    agency = Text("Agency", required=True, ask="Enter the agency")
    name = Text("Name of the worker")
    contact = Text("Telephone or e-mail", limit=300)
    still_involved = YesNo("Still involved?")

"""The rows of a rapid review report: who took part, who was asked, the tests, the actions, the decisions."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.dates import day_or_none
from forms.fields import Choice, Date, LongText, RoughDate, Row, Text, Time, YesNo
from forms.options import CARE_STATUSES, ETHNICITIES, GENDERS
from forms.outcomes import DECISIONS, PRESENCE, RETURNS

FOR_CHILD = ("review_type_requested", ("child",))
FOR_ADULT = ("review_type_requested", ("adult",))
FOR_DOMESTIC = ("review_type_requested", ("domestic",))


class Attendee(Row):
    """A member of the group, or someone who came for this case."""

    agency = Text("Agency", required=True, ask="Enter the agency")
    name = Text("Name", required=True, ask="Enter the name")
    role = Text("Role")
    presence = Choice("Present?", PRESENCE, required=True, ask="Select whether they were present")


class AgencyScoped(Row):
    """An agency that was asked for scoping, and what came of it."""

    agency = Text("Agency", required=True, ask="Enter the agency")
    returned = Choice("Scoping return", RETURNS, required=True, ask="Select whether it was returned")
    returned_on = Date("Date of the return", not_future=True)
    role_in_case = Text("Its part in the case", limit=2000)


class CoreData(Row):
    """What is known of a person the review is about; initials, never the name."""

    subject_initials = Text("Initials", required=True, limit=20, ask="Enter the initials of the person")
    subject_age = Text("Age", required=True, limit=50, hint="At the time of the incident")
    subject_gender = Choice("Gender", GENDERS, required=True, ask="Select the gender")
    subject_ethnicity = Text(
        "Ethnicity", required=True, suggestions=ETHNICITIES, hint="Enter “Not known” if so"
    )
    subject_disability = Text("Disability or long-term condition")
    subject_religion = Text("Religion or belief")
    subject_sexual_orientation = Text("Sexual orientation")
    subject_health_needs = LongText("Health needs", lines=3)
    subject_care_support_needs = LongText("Care and support needs", when=FOR_ADULT, required=True, lines=3)
    subject_care_status = Choice("Care status", CARE_STATUSES, when=FOR_CHILD)
    subject_living_circumstances = LongText("Living circumstances", lines=3)
    subject_legal_status = Text(
        "Legal status", hint="For example section 20, section 31, DoLS, Mental Health Act"
    )


class Event(Row):
    """One event of the agencies’ chronologies put together."""

    date = RoughDate(
        "Date", required=True, ask="Enter the date", hint="Or a period, like November 2023", limit=60
    )
    time = Time("Time")
    agency = Text("Agency")
    event = Text("What happened", required=True, ask="Say what happened", limit=10_000)


class CriteriaTest(Row):
    """One limb of a test in law, as the group answered it."""

    test = Text("Test", required=True, hint="With its section", ask="Enter the test", limit=2000)
    met = YesNo("Is it met?", required=True, ask="Select whether the test is met")
    evidence = Text("What this rests on", required=True, ask="Say what this rests on", limit=10_000)


class AgreedAction(Row):
    """An action agreed with the recommendation."""

    task = Text("What is to be done", required=True, ask="Say what is to be done", limit=10_000)
    owner = Text("Who does it", required=True, hint="Name or post, and agency", ask="Enter who does it")
    due_on = Date("By when", required=True, what="The day it is due", ask="Enter the day it is due")
    expected = Text("What should be different then", limit=10_000)


class Decision(Row):
    """The answer of one of those who ratify; a child case has three (ToR 1)."""

    board = Text("Board or partner", required=True, ask="Enter the board or partner")
    decided_by = Text("Name and post", required=True, ask="Enter who decided")
    decision = Choice("Decision", DECISIONS, required=True, ask="Select the decision")
    decision_reasons = Text(
        "Reason", required=True, limit=10_000, ask="Give the reason: it is part of the record"
    )
    date_of_decision = Date(
        "Date of the decision", required=True, not_future=True, ask="Enter the date of the decision"
    )

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Nothing is ratified before the group has met."""
        decided, met = (day_or_none(answers.get(name)) for name in ("date_of_decision", "meeting_date"))
        if decided and met and decided < met:
            yield "date_of_decision", "Date of the decision must be on or after the date of the meeting"

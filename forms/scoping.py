"""The scoping return: what one agency's records show about a case, or that it had no involvement."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.dates import day_or_none
from forms.fields import Choice, Date, Email, LongText, RoughDate, Row, Rows, Telephone, Text, Time, YesNo
from forms.form import Form, Topic
from forms.options import OPINIONS

IF_INVOLVED = ("agency_involved", ("yes",))


class ChronologyLine(Row):
    """One event in the agency's records."""

    date = RoughDate(
        "Date", required=True, ask="Enter the date", hint="Or a period, like November 2023", limit=60
    )
    time = Time("Time")
    source = Text("Source of the record")
    event = Text("What happened", required=True, ask="Say what happened", limit=10_000)
    action = Text("Action taken", limit=10_000)
    impact = Text("Effect, or your comment", limit=10_000)


GIVEN = Topic(
    "request",
    "About this request",
    (
        "board_reference",
        "request_date",
        "return_deadline",
        "requested_by",
        "subject_name",
        "subject_dob",
        "subject_date_of_death",
        "subject_address",
        "incident_date",
        "incident_outline",
        "review_period_from",
        "review_period_to",
        "agencies_known",
        "other_information",
    ),
    "The partnership team has filled in this part.",
)

TOPICS = (
    Topic(
        "agency",
        "Your agency and you",
        (
            "agency_name",
            "author_name",
            "author_role",
            "author_email",
            "author_telephone",
            "author_independent",
            "author_independent_details",
        ),
        "Whoever completes this form should not have been directly involved in the case.",
    ),
    Topic(
        "involvement",
        "Was your agency involved?",
        ("agency_involved", "records_searched", "records_secured"),
        "If your agency had no contact with the person or the family, answer No, say what was searched, and "
        "you have finished: that is a nil return.",
    ),
    Topic(
        "summary",
        "Summary of involvement",
        (
            "involvement_from",
            "involvement_to",
            "family_known",
            "involvement_summary",
            "background_history",
            "events_outside_period",
        ),
    ),
    Topic("chronology", "Key events", ("chronology",), "Only the events that matter, oldest first."),
    Topic(
        "practice",
        "Analysis of practice",
        (
            "key_issue_risk_recognition",
            "key_issue_timely_action",
            "key_issue_information_sharing",
            "key_issue_multi_agency",
            "key_issue_planning_review",
            "key_issue_minimise_harm",
            "key_issue_legal_measures",
            "key_issue_record_keeping",
            "good_practice",
            "areas_for_improvement",
        ),
    ),
    Topic("voice", "Voice and equality", ("voice", "equality")),
    Topic(
        "factors",
        "Factors that may call for a review",
        ("review_factors", "agency_concerns", "systemic_barriers", "further_investigation_issues"),
    ),
    Topic(
        "learning",
        "Action and learning so far",
        ("immediate_action_taken", "formal_investigation", "learning_identified"),
    ),
    Topic(
        "others",
        "Others involved",
        (
            "other_agencies_involved",
            "parallel_reviews",
            "parallel_reviews_details",
            "criminal_proceedings",
            "criminal_proceedings_details",
            "sensitivities",
        ),
    ),
    Topic(
        "opinion",
        "Your view, and approval",
        ("opinion_review_type", "opinion_reasons", "safeguarding_lead_name", "date_completed"),
    ),
)


def issue(label: str, hint: str = "") -> LongText:
    """One heading of the analysis of practice: asked of an agency that was involved, never insisted on."""
    return LongText(label, hint=hint, when=IF_INVOLVED, lines=4)


class ScopingForm(Form):
    """Scoping return, edition 1."""

    kind = "scoping"
    edition = 1
    title = "Scoping return"
    purpose = (
        "Search your agency’s records for the period under review and give a brief analysis of practice, "
        "with any significant events outside the period. Return the form by the date below, also if your "
        "agency was not involved."
    )
    topics = TOPICS
    given = GIVEN

    board_reference = Text("Our reference")
    request_date = Date("Date of this request")
    return_deadline = Date("Return by")
    requested_by = Text("Requested by")
    subject_name = Text("Name of the person")
    subject_dob = Date("Date of birth")
    subject_date_of_death = Date("Date of death")
    subject_address = LongText("Address", lines=3)
    incident_date = Date("Date of the incident")
    incident_outline = LongText("Outline of the incident")
    review_period_from = Date("Period under review: from")
    review_period_to = Date("Period under review: to")
    agencies_known = LongText("Agencies known to be involved", lines=4)
    other_information = LongText("Other information")

    agency_name = Text("Name of your agency", required=True, autocomplete="organization")
    author_name = Text("Your name", required=True, autocomplete="name")
    author_role = Text("Your role", required=True, autocomplete="organization-title")
    author_email = Email("E-mail address", required=True, autocomplete="email")
    author_telephone = Telephone("Telephone number", autocomplete="tel")
    author_independent = YesNo(
        "Were you free of any direct involvement in the case?",
        not_known=False,
        when=IF_INVOLVED,
        required=True,
        ask="Select whether you were free of any direct involvement",
    )
    author_independent_details = Text(
        "What was your involvement?", when=("author_independent", ("no",)), required=True, limit=2000
    )

    agency_involved = YesNo(
        "Did your agency have any involvement with the person or the family?",
        not_known=False,
        required=True,
        ask="Select whether your agency had any involvement",
    )
    records_searched = LongText(
        "Which records were searched, for whom and for which dates?",
        required=True,
        lines=4,
        ask="Say which records were searched",
        what="Records searched",
    )
    records_secured = YesNo("Have the records been secured?", when=IF_INVOLVED)

    involvement_from = Date("Involvement from", required=True, not_future=True, when=IF_INVOLVED)
    involvement_to = Date(
        "Involvement to", required=True, when=IF_INVOLVED, hint="Today’s date if you still are"
    )
    family_known = LongText(
        "Which members of the family were known to your agency?", when=IF_INVOLVED, lines=3
    )
    involvement_summary = LongText("Summary of involvement", required=True, when=IF_INVOLVED, lines=10)
    background_history = LongText("Background", when=IF_INVOLVED, lines=5)
    events_outside_period = LongText(
        "Significant events outside the period under review", when=IF_INVOLVED, lines=4
    )

    chronology = Rows(ChronologyLine, "Key events", one="event", most=300, blanks=8, when=IF_INVOLVED)

    key_issue_risk_recognition = issue("Recognition and assessment of risk and need")
    key_issue_timely_action = issue("Timely and effective action")
    key_issue_information_sharing = issue("Information sharing")
    key_issue_multi_agency = issue("Working with other agencies")
    key_issue_planning_review = issue("Planning and reviewing")
    key_issue_minimise_harm = issue("Action to reduce harm")
    key_issue_legal_measures = issue("Use of legal measures")
    key_issue_record_keeping = issue("Quality of records")
    good_practice = LongText("Good practice", required=True, when=IF_INVOLVED, lines=5)
    areas_for_improvement = LongText(
        "Practice that could be better", required=True, when=IF_INVOLVED, lines=5
    )

    voice = issue("The person’s voice", "What they said of their life, or what it was like for them")
    equality = issue(
        "Equality",
        "How race, culture, disability and other characteristics, and racism or other inequality, affected "
        "the person’s experience and the work of agencies",
    )

    review_factors = LongText(
        "Factors that may call for a review",
        required=True,
        when=IF_INVOLVED,
        lines=6,
        hint="From your own involvement, or from concerns about how agencies worked together",
    )
    agency_concerns = issue("Concerns about how agencies worked together")
    systemic_barriers = issue("What in the system made good practice harder?")
    further_investigation_issues = issue("What should be looked at further?")

    immediate_action_taken = issue("Action taken already")
    formal_investigation = YesNo(
        "Has your agency held a formal investigation, or found learning?",
        required=True,
        when=IF_INVOLVED,
        ask="Select whether your agency has held a formal investigation or found learning",
    )
    learning_identified = LongText("What was learnt?", when=("formal_investigation", ("yes",)), required=True)

    other_agencies_involved = LongText(
        "Other agencies you know were involved", when=IF_INVOLVED, lines=4, hint="One on each line"
    )
    parallel_reviews = YesNo("Do you know of other reviews, under way or planned?", when=IF_INVOLVED)
    parallel_reviews_details = LongText("Which reviews?", when=("parallel_reviews", ("yes",)), lines=3)
    criminal_proceedings = YesNo("Do you know of criminal proceedings?", when=IF_INVOLVED)
    criminal_proceedings_details = LongText(
        "Which proceedings?", when=("criminal_proceedings", ("yes",)), lines=3
    )
    sensitivities = issue("Anything that must be treated with particular care")

    opinion_review_type = Choice(
        "On what you know now, what would be right?",
        OPINIONS,
        required=True,
        when=IF_INVOLVED,
        ask="Select what you think would be right",
    )
    opinion_reasons = LongText("Why?", when=IF_INVOLVED, lines=4)
    safeguarding_lead_name = Text("Approved by (safeguarding lead)", required=True, when=IF_INVOLVED)
    date_completed = Date("Date completed", not_future=True, when=IF_INVOLVED)

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Involvement ends on or after the day it began."""
        began, ended = (day_or_none(answers.get(name)) for name in ("involvement_from", "involvement_to"))
        if began and ended and ended < began:
            yield "involvement_to", "Involvement to must be on or after the date in “Involvement from”"

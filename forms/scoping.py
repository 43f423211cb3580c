"""The scoping return: what one agency's records show about a case, or that it had no involvement."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.dates import day_or_none
from forms.fields import Choice, Date, Email, LongText, Rows, Telephone, Text, YesNo
from forms.form import Form
from forms.options import OPINIONS
from forms.scoping_rows import ChronologyLine, OwnRecommendation
from forms.scoping_topics import GIVEN, TOPICS

IF_INVOLVED = ("agency_involved", ("yes",))
IF_MANAGEMENT_REVIEW = ("request_kind", ("imr",))

REQUESTS = {"scoping": "Scoping", "imr": "Individual management review"}


def issue(label: str, hint: str = "") -> LongText:
    """One heading of the analysis of practice: asked of an agency that was involved, never insisted on."""
    return LongText(label, hint=hint, when=IF_INVOLVED, lines=4)


def prompt(label: str, hint: str = "", **kwargs: Any) -> LongText:
    """One prompt of an individual management review, asked only where the request is for one (ToR 8)."""
    return LongText(label, hint=hint, when=IF_MANAGEMENT_REVIEW, lines=4, **kwargs)


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
    fullest = {"request_kind": "imr"}

    request_kind = Choice("What we ask of you", REQUESTS, assumed="scoping")
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
        "What was your involvement?",
        when=("author_independent", ("no",)),
        required=True,
        limit=2000,
        ask="Say what your involvement was",
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

    involvement_from = Date(
        "Involvement from",
        required=True,
        not_future=True,
        when=IF_INVOLVED,
        ask="Enter the day from which your agency was involved",
    )
    involvement_to = Date(
        "Involvement to",
        required=True,
        when=IF_INVOLVED,
        hint="Today’s date if you still are",
        ask="Enter the day until which your agency was involved",
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
    good_practice = LongText(
        "Good practice",
        required=True,
        when=IF_INVOLVED,
        lines=5,
        ask="Say what was good practice, or that there was none",
    )
    areas_for_improvement = LongText(
        "Practice that could be better",
        required=True,
        when=IF_INVOLVED,
        lines=5,
        ask="Say what practice could be better, or that there is none",
    )

    documents_seen = prompt("Records and documents seen", "Say also which could not be found", wanted=True)
    people_spoken_to = prompt("People spoken to", "Posts, not names; say who could not be spoken to, and why")
    methodology = prompt(
        "How the review was done", "By whom, and how they were kept free of the case", wanted=True
    )
    records_secured_date = Date("Date the records were secured", not_future=True, when=IF_MANAGEMENT_REVIEW)
    contextual_information = prompt(
        "Your agency at the time", "For example workload, staffing, changes in the organisation"
    )
    decision_points = prompt(
        "Points at which decisions were made",
        "For each: what was known, what was done, whether it met the standards of the time and, if not, why",
        wanted=True,
    )
    policies_followed = prompt("Policies and procedures", "Which applied, and whether they were followed")
    supervision = prompt("Supervision and management oversight")
    family_contribution = prompt("What the person or the family said of your agency’s work")
    own_recommendations = Rows(
        OwnRecommendation,
        "Recommendations for your own agency",
        one="recommendation",
        most=40,
        blanks=4,
        when=IF_MANAGEMENT_REVIEW,
    )
    senior_manager = Text(
        "Senior manager who has read and accepts this review",
        when=IF_MANAGEMENT_REVIEW,
        hint="Name and post",
        wanted=True,
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
        ask="Say what may call for a review, or that nothing does",
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
    learning_identified = LongText(
        "What was learnt?", when=("formal_investigation", ("yes",)), required=True, ask="Say what was learnt"
    )

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
    safeguarding_lead_name = Text(
        "Approved by (safeguarding lead)",
        required=True,
        when=IF_INVOLVED,
        ask="Enter the name of the safeguarding lead who approved it",
    )
    date_completed = Date("Date completed", not_future=True, when=IF_INVOLVED)

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Involvement ends on or after the day it began; a management review says how it was done."""
        began, ended = (day_or_none(answers.get(name)) for name in ("involvement_from", "involvement_to"))
        if began and ended and ended < began:
            yield "involvement_to", "Involvement to must be on or after the date in “Involvement from”"
        if answers.get("agency_involved") == "yes" and answers.get("request_kind") == "imr":
            for name, sentence in NEEDED_OF_A_MANAGEMENT_REVIEW.items():
                if not answers.get(name):
                    yield name, sentence


NEEDED_OF_A_MANAGEMENT_REVIEW = {
    "documents_seen": "Say which records and documents were seen",
    "methodology": "Say how the review was done",
    "decision_points": "Say at which points decisions were made, and what you make of them",
    "senior_manager": "Enter the senior manager who has read and accepts this review",
}

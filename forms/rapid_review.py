"""The rapid review report and decision record: what the group found, recommends, and what was decided."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.dates import day_or_none
from forms.fields import Choice, Choices, Date, LongText, Rows, Text, YesNo
from forms.form import Form, Topic
from forms.options import HARM_TYPES, ROUTES
from forms.outcomes import ACTIVITIES, RECOMMENDATIONS, REVIEWS
from forms.rapid_review_rows import (
    FOR_ADULT,
    FOR_CHILD,
    FOR_DOMESTIC,
    AgencyScoped,
    AgreedAction,
    Attendee,
    CoreData,
    CriteriaTest,
    Decision,
    Event,
)

TOPICS = (
    Topic(
        "case",
        "The case and the meeting",
        (
            "case_reference",
            "review_type_requested",
            "date_notified",
            "rapid_review_due",
            "meeting_date",
            "reasons_for_delay",
            "attendees",
            "quorate",
            "conflicts_of_interest",
        ),
        "Write initials instead of names throughout, except for those who attended.",
    ),
    Topic("scoping", "Agencies asked for scoping", ("agencies_scoped",)),
    Topic(
        "person",
        "The person or people concerned",
        ("subject_core_data", "family_carer_factors", "environmental_factors"),
    ),
    Topic(
        "facts",
        "The facts",
        ("facts_summary", "chronology_combined", "abuse_types_considered", "parallel_processes"),
        "The facts as far as they can be readily established.",
    ),
    Topic(
        "safety",
        "Safety now",
        ("immediate_safeguarding_action", "immediate_safeguarding_details"),
    ),
    Topic(
        "criteria",
        "The criteria",
        (
            "criteria_tests",
            "working_together_concern",
            "working_together_details",
            "protected_characteristics_considered",
            "voice",
        ),
        "Meeting the criteria is not the same as deciding on a review: the two are recorded apart.",
    ),
    Topic("learning", "Learning and actions", ("good_practice", "learning_points", "actions")),
    Topic(
        "recommendation",
        "The recommendation",
        (
            "recommendation",
            "joined_reviews",
            "activities",
            "other_activity",
            "recommendation_reasons",
            "reasons_for_referrer",
            "methodology_proposed",
            "dissent",
            "legal_advice",
            "legal_advice_details",
            "national_review",
            "family_involvement",
            "publication",
            "date_recommendation_sent",
        ),
    ),
    Topic(
        "decision",
        "The decision",
        ("decisions", "national_panel_sent", "home_office_notified", "referrer_notified"),
        "Completed by those who ratify the recommendation, who are not those who made it. The referrer is "
        "told after the decision and not before.",
    ),
)


class RapidReviewForm(Form):
    """Rapid review report and decision record, edition 1."""

    kind = "rapid_review"
    edition = 1
    title = "Rapid review report and decision record"
    purpose = (
        "The group’s report of one rapid review: whether the criteria are met, what it recommends and why, "
        "what was learnt at once, and the decision of those who ratify the recommendation."
    )
    topics = TOPICS

    case_reference = Text("Our reference", required=True, ask="Enter our reference")
    review_type_requested = Choices(
        "Which reviews were considered?",
        ROUTES,
        required=True,
        hint="Choose all that apply",
        ask="Select at least one kind of review",
        what="Kind of review",
    )
    date_notified = Date("Date the referral was received", required=True, not_future=True)
    rapid_review_due = Date(
        "Rapid review due by",
        required=True,
        hint="15 working days after the referral was received",
        ask="Enter the day by which the rapid review is due",
    )
    meeting_date = Date("Date of the meeting", required=True, not_future=True)
    reasons_for_delay = LongText(
        "Why the meeting was later than it was due", lines=3, wanted=True, hint="If it was"
    )
    attendees = Rows(
        Attendee,
        "Who took part",
        one="member",
        blanks=8,
        required=True,
        ask="Enter who took part",
    )
    quorate = YesNo(
        "Was the meeting quorate?",
        not_known=False,
        required=True,
        hint="Three agencies; deputies count; health counts once",
        ask="Select whether the meeting was quorate",
    )
    conflicts_of_interest = LongText(
        "Conflicts of interest, and how they were managed",
        required=True,
        lines=3,
        ask="Say which conflicts of interest were declared, or that there were none",
        what="Conflicts of interest",
    )

    agencies_scoped = Rows(
        AgencyScoped, "Agencies asked for scoping", one="agency", blanks=8, required=True,
        ask="Enter at least one agency that was asked",
    )  # fmt: skip

    subject_core_data = Rows(
        CoreData,
        "Core data",
        one="person",
        most=12,
        blanks=1,
        layout="block",
        required=True,
        ask="Enter the initials of the person",
    )
    family_carer_factors = LongText("Factors of family and carers", lines=4)
    environmental_factors = LongText(
        "Factors of the surroundings", lines=4, hint="For example money, housing, support"
    )

    facts_summary = LongText("What happened", required=True, lines=8, ask="Summarise what happened")
    chronology_combined = Rows(Event, "Chronology of all agencies", one="event", most=300, blanks=8)
    abuse_types_considered = Choices(
        "Kinds of abuse or neglect considered",
        HARM_TYPES,
        when=FOR_ADULT,
        required=True,
        ask="Select the kinds of abuse or neglect considered",
    )
    parallel_processes = LongText(
        "Other proceedings and reviews",
        required=True,
        lines=4,
        hint="For example criminal, coroner, patient safety, child death review, conduct; or none",
        ask="Say which other proceedings and reviews there are, or that there are none",
    )

    immediate_safeguarding_action = YesNo(
        "Is action needed now to keep anyone safe?",
        required=True,
        hint="This person, other children or other adults",
        ask="Select whether action is needed now",
    )
    immediate_safeguarding_details = LongText(
        "Who is at risk, what is to be done and by whom",
        when=("immediate_safeguarding_action", ("yes",)),
        required=True,
        lines=4,
        ask="Say who is at risk, what is to be done and by whom",
    )

    criteria_tests = Rows(
        CriteriaTest,
        "The tests in law",
        one="test",
        blanks=6,
        required=True,
        ask="Enter at least one test and whether it is met",
    )
    working_together_concern = YesNo(
        "Is there concern about how agencies worked together?",
        required=True,
        ask="Select whether there is concern about how agencies worked together",
    )
    working_together_details = LongText(
        "What is the concern?",
        when=("working_together_concern", ("yes",)),
        required=True,
        lines=4,
        ask="Say what the concern is",
    )
    protected_characteristics_considered = LongText(
        "Race, culture and other protected characteristics",
        required=True,
        lines=5,
        hint="How racism and other inequalities may have affected what happened and how agencies worked",
        ask="Say how race, culture and other protected characteristics were considered",
    )
    voice = LongText("The voice of the child or adult, and their daily life", lines=4)

    good_practice = LongText(
        "Good practice", required=True, lines=4, ask="Say what was good practice, or that there was none"
    )
    learning_points = LongText("Immediate learning", required=True, lines=4)
    actions = Rows(AgreedAction, "Actions agreed", one="action", most=40)

    recommendation = Choice(
        "What does the group recommend?",
        RECOMMENDATIONS,
        required=True,
        ask="Select what the group recommends",
        hint="For a child case, an audit or roundtable on criteria that are met is a review (ToR 3)",
    )
    joined_reviews = Choices(
        "Which reviews are joined?",
        REVIEWS,
        required=True,
        when=("recommendation", ("joint",)),
        ask="Select the reviews",
    )
    activities = Choices("Other activity to follow", ACTIVITIES)
    other_activity = LongText("What that activity is, and who leads it", lines=3)
    recommendation_reasons = LongText(
        "Why the group recommends this",
        required=True,
        lines=8,
        hint="For those who ratify: which criteria are met or not, and why this is proportionate",
        ask="Give the reasons: they are part of the record and cannot be left out",
    )
    reasons_for_referrer = LongText(
        "The reasons in words for the referrer",
        lines=5,
        hint="Goes into the decision letter once ratified. Initials only, and nothing that another agency "
        "returned. Left empty, the letter gives the reasons above.",
    )
    methodology_proposed = LongText("Method proposed for the review", lines=3)
    dissent = LongText("Dissent, with the agency", lines=3)
    legal_advice = YesNo("Was legal advice sought?", not_known=False)
    legal_advice_details = LongText("What was advised, and by whom", when=("legal_advice", ("yes",)), lines=3)
    national_review = LongText("Whether a national review may be appropriate", lines=3, when=FOR_CHILD)
    family_involvement = LongText("How the family is involved, and who keeps in touch", lines=3)
    publication = LongText("View on publication", lines=3)
    date_recommendation_sent = Date("Date the recommendation was sent to be ratified", not_future=True)

    decisions = Rows(Decision, "Decisions of those who ratify", one="decision", most=12, blanks=3)
    national_panel_sent = Date("Date sent to the national Panel", not_future=True, when=FOR_CHILD)
    home_office_notified = Date("Date the Home Office was notified", not_future=True, when=FOR_DOMESTIC)
    referrer_notified = Date("Date the referrer was told", not_future=True)

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """A late meeting is explained (ToR 1, 15 working days); nobody is told before it is decided."""
        due, met = (day_or_none(answers.get(name)) for name in ("rapid_review_due", "meeting_date"))
        if due and met and met > due and not answers.get("reasons_for_delay"):
            yield "reasons_for_delay", "Say why the meeting was later than it was due"
        told = day_or_none(answers.get("referrer_notified"))
        decided = [day_or_none(row.get("date_of_decision")) for row in answers.get("decisions", ())]
        if told and not any(decided):
            yield "referrer_notified", "Enter the decision first: the referrer is told after it"
        elif told and told < max(filter(None, decided)):
            yield "referrer_notified", "Date the referrer was told must be on or after the decision"

"""The referral form: a case put to the group for a child, adult or domestic review, or for learning."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.dates import day_or_none
from forms.fields import Choices, Date, Email, LongText, Rows, Telephone, Text, Time, YesNo
from forms.form import Form, Topic
from forms.options import (
    ADULT_GROUNDS,
    CHILD_GROUNDS,
    DOMESTIC_GROUNDS,
    HARM_TYPES,
    PERSONALLY_CONNECTED,
    ROUTES,
)
from forms.referral_rows import (
    FOR_ADULT,
    FOR_CHILD,
    AgencyInvolved,
    AllegedPerpetrator,
    FamilyMember,
    Subject,
)

FOR_DOMESTIC = ("review_type_requested", ("domestic",))

TOPICS = (
    Topic(
        "review",
        "What this referral is about",
        ("review_type_requested", "linked_cases"),
        "Use this form when a case may meet the criteria for a review. If a child or an adult is at risk "
        "now, report that to children’s or adults’ social care or to the police first: nobody watches this "
        "form around the clock.",
    ),
    Topic(
        "referrer",
        "About you",
        (
            "referrer_name",
            "referrer_role",
            "referrer_agency",
            "referrer_email",
            "referrer_telephone",
            "referrer_address",
            "date_of_referral",
        ),
    ),
    Topic(
        "lead",
        "Your safeguarding lead",
        (
            "safeguarding_lead_name",
            "safeguarding_lead_role",
            "safeguarding_lead_email",
            "safeguarding_lead_telephone",
        ),
        "Your organisation’s safeguarding lead must approve the referral before the group considers it.",
    ),
    Topic("subjects", "The person or people concerned", ("subjects",)),
    Topic(
        "family",
        "Family and other important people",
        ("family_members", "family_note", "next_of_kin_name", "family_aware", "family_aware_details"),
    ),
    Topic(
        "responsible",
        "People alleged to be responsible",
        ("alleged_perpetrators", "personally_connected", "personally_connected_evidence"),
    ),
    Topic(
        "incident",
        "What happened",
        (
            "incident_date",
            "incident_time",
            "incident_location",
            "incident_local_authority",
            "carer_at_incident",
            "date_aware",
            "harm_types",
            "incident_summary",
            "case_summary",
        ),
    ),
    Topic(
        "criteria",
        "Why you think the criteria are met",
        (
            "criteria_grounds_child",
            "criteria_grounds_adult",
            "criteria_grounds_domestic",
            "criteria_grounds_text",
            "criteria_evidence",
            "agency_concerns",
        ),
        "Tick what you think applies. The group decides whether the criteria are met.",
    ),
    Topic(
        "agencies",
        "Agencies involved",
        ("agencies_involved", "other_authority_involved", "other_authority_details"),
        "Each agency you name may be asked to search its records.",
    ),
    Topic(
        "risk",
        "Risk now",
        (
            "immediate_concerns",
            "immediate_concerns_details",
            "immediate_action_taken",
            "general_concerns",
            "general_concerns_details",
        ),
    ),
    Topic(
        "processes",
        "Other processes",
        ("parallel_processes", "sin_sent", "sin_date", "sin_reference"),
    ),
)


class ReferralForm(Form):
    """Referral, edition 1."""

    kind = "referral"
    edition = 1
    title = "Referral for a case review"
    purpose = (
        "Any agency that becomes aware of a case that may meet the criteria for a review refers it without "
        "delay. Answer what you can; say “not known” where you cannot find out quickly."
    )
    topics = TOPICS

    review_type_requested = Choices(
        "Which reviews may this case call for?",
        ROUTES,
        required=True,
        hint="Choose all that may apply",
        ask="Select at least one kind of review",
        what="Kind of review",
    )
    linked_cases = LongText("Earlier reviews, or cases linked with this one", lines=3)

    referrer_name = Text("Your name", required=True, autocomplete="name")
    referrer_role = Text("Your role", required=True, autocomplete="organization-title")
    referrer_agency = Text("Your agency", required=True, autocomplete="organization")
    referrer_email = Email(
        "E-mail address", autocomplete="email", wanted=True, hint="We send the decision here"
    )
    referrer_telephone = Telephone("Telephone number", autocomplete="tel")
    referrer_address = LongText("Work address", lines=3, limit=2000)
    date_of_referral = Date("Date of referral", not_future=True, hint="The day you send this form")

    safeguarding_lead_name = Text("Name of your safeguarding lead", required=True)
    safeguarding_lead_role = Text("Their role")
    safeguarding_lead_email = Email(
        "Their e-mail address", required=True, what="Safeguarding lead’s e-mail address"
    )
    safeguarding_lead_telephone = Telephone(
        "Their telephone number", what="Safeguarding lead’s telephone number"
    )

    subjects = Rows(
        Subject,
        "The person or people concerned",
        one="person",
        most=12,
        blanks=2,
        layout="block",
        required=True,
        ask="Enter the person the referral is about",
        hint="The child, or the adult with care and support needs, or the person who died",
    )

    family_members = Rows(FamilyMember, "Family and other important people", one="person", most=40, blanks=5)
    family_note = LongText("Anything else about the family or household", lines=3)
    next_of_kin_name = Text("Next of kin, and how to reach them", limit=2000)
    family_aware = YesNo("Does the person or the family know of this referral?")
    family_aware_details = LongText(
        "Who was told, and what they said", when=("family_aware", ("yes",)), lines=3
    )

    alleged_perpetrators = Rows(
        AllegedPerpetrator, "People alleged to be responsible", one="person", most=20, blanks=3
    )
    personally_connected = Choices(
        "How were they personally connected?",
        PERSONALLY_CONNECTED,
        when=FOR_DOMESTIC,
        hint="Choose all that apply between the person who died and the person alleged to be responsible",
    )
    personally_connected_evidence = LongText("How this is known", when=FOR_DOMESTIC, lines=3)

    incident_date = Date(
        "Date of the incident",
        required=True,
        not_future=True,
        hint="For harm over time, the date of the event that led to this referral",
    )
    incident_time = Time("Time of the incident", hint="For example 14:30, if it is known")
    incident_location = Text("Where it happened", limit=2000)
    incident_local_authority = Text("Council area where it happened")
    carer_at_incident = Text("Who was caring for the child at the time", when=FOR_CHILD)
    date_aware = Date("Date your agency became aware", required=True, not_future=True)
    harm_types = Choices(
        "Kinds of abuse or neglect", HARM_TYPES, when=FOR_ADULT, hint="Choose all that apply"
    )
    incident_summary = LongText(
        "What happened?", required=True, lines=10, ask="Describe what happened", what="What happened"
    )
    case_summary = LongText(
        "Summary of the case",
        required=True,
        lines=10,
        hint="The person’s circumstances, and the work of agencies with them before the incident",
    )

    criteria_grounds_child = Choices(
        "Grounds for a child safeguarding practice review", CHILD_GROUNDS, when=FOR_CHILD
    )
    criteria_grounds_adult = Choices("Grounds for a safeguarding adult review", ADULT_GROUNDS, when=FOR_ADULT)
    criteria_grounds_domestic = Choices(
        "Grounds for a domestic homicide review", DOMESTIC_GROUNDS, when=FOR_DOMESTIC
    )
    criteria_grounds_text = LongText("Other grounds, in your own words", lines=3)
    criteria_evidence = LongText(
        "What is this based on?",
        required=True,
        lines=8,
        ask="Say what the grounds are based on",
        what="What this is based on",
    )
    agency_concerns = LongText(
        "How did agencies work together?",
        required=True,
        lines=8,
        ask="Say what concerns there are about how agencies worked together, or that there are none",
        what="How agencies worked together",
    )

    agencies_involved = Rows(
        AgencyInvolved,
        "Agencies involved",
        one="agency",
        blanks=6,
        required=True,
        ask="Name at least one agency involved",
    )
    other_authority_involved = YesNo("Is another council area involved?")
    other_authority_details = Text(
        "Which one, and how?",
        when=("other_authority_involved", ("yes",)),
        required=True,
        limit=2000,
        ask="Say which other council area is involved, and how",
    )

    immediate_concerns = YesNo(
        "Is anyone at risk now?",
        required=True,
        hint="This person, other children or other adults",
        ask="Select whether anyone is at risk now",
    )
    immediate_concerns_details = LongText(
        "Who is at risk, and who has been told?",
        when=("immediate_concerns", ("yes",)),
        required=True,
        lines=4,
        ask="Say who is at risk and who has been told",
    )
    immediate_action_taken = LongText("What has been done already to keep people safe?", lines=4)
    general_concerns = YesNo("Are there other concerns?", hint="For example about a service or a place")
    general_concerns_details = LongText(
        "What are they, and who has been told?", when=("general_concerns", ("yes",)), lines=4
    )

    parallel_processes = LongText(
        "Other proceedings and reviews",
        lines=5,
        hint="For example a police investigation, inquest, section 42 or 47 enquiry, patient safety "
        "investigation, child death review, complaint. Give names of contacts.",
    )
    sin_sent = YesNo("Has a serious incident notification been sent?", when=FOR_CHILD)
    sin_date = Date(
        "Date it was sent", not_future=True, when=("sin_sent", ("yes",)), what="Date of the notification"
    )
    sin_reference = Text("Its reference", when=("sin_sent", ("yes",)))

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """A way to reach the referrer, and dates in the order in which things can happen."""
        if not answers.get("referrer_email") and not answers.get("referrer_telephone"):
            yield "referrer_email", "Enter an e-mail address or a telephone number"
        incident = day_or_none(answers.get("incident_date"))
        for name, sentence in AFTER_INCIDENT.items():
            day = day_or_none(answers.get(name))
            if incident and day and day < incident:
                yield name, sentence


AFTER_INCIDENT = {
    "date_aware": "Date your agency became aware must be on or after the date of the incident",
    "date_of_referral": "Date of referral must be on or after the date of the incident",
    "sin_date": "Date of the notification must be on or after the date of the incident",
}

"""The topics of the scoping return, each a page on the web: which questions stand where, with what guidance."""

from forms.form import Topic

GIVEN = Topic(
    "request",
    "About this request",
    (
        "request_kind",
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
    Topic(
        "imr",
        "Individual management review",
        (
            "documents_seen",
            "people_spoken_to",
            "methodology",
            "records_secured_date",
            "contextual_information",
            "decision_points",
            "policies_followed",
            "supervision",
            "family_contribution",
            "own_recommendations",
            "senior_manager",
        ),
        "This request is for an individual management review: look at your agency’s own work openly and "
        "critically, and say why things were done or not done. It is not an inquiry into who is to blame.",
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

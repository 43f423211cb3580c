"""The standing agendas: what each kind of meeting always deals with, in order."""

from __future__ import annotations

from dataclasses import dataclass

from jcr.meetings.model import Kind, Purpose

RECOMMENDATION = "recommendation"
DECLARATIONS = "declarations"
RETURNS = "returns"
CRITERIA = "criteria"
NEW_REFERRALS = "new_referrals"
OUTCOMES = "outcomes"
ACTION_LOG = "actions"
OPEN_CASES = "open_cases"
PERFORMANCE = "performance"
MINUTES = "minutes"

CHAIR, TEAM, ALL = "Chair", "Partnership Officer", "All"
NO_BLAME = (
    "To establish what can be learned and how practice should improve. Reviews do not hold people or "
    "agencies to account; other processes do that."
)
CONFIDENTIAL = (
    "What is said and shared is confidential to this meeting and to the purpose of the review. Papers are "
    "not passed on without the consent of the agency that supplied them."
)


@dataclass(frozen=True)
class Standing:
    """One standing item; `minutes` is the time planned for it."""

    key: str
    title: str
    purpose: Purpose
    lead: str
    minutes: int
    before: str = ""


D, S, N = Purpose.DECIDE, Purpose.DISCUSS, Purpose.NOTE

# ToR 2 and 3; Panel guidance on the purposes of a rapid review.
RAPID_REVIEW = (
    Standing("welcome", "Welcome, apologies and quorum", N, CHAIR, 5),
    Standing("purpose", "Purpose of the review", N, CHAIR, 2, NO_BLAME),
    Standing("confidentiality", "Confidentiality", N, CHAIR, 2, CONFIDENTIAL),
    Standing(DECLARATIONS, "Declarations of interest in this case", N, CHAIR, 3),
    Standing("summary", "Summary of the person, the family and the incident", S, TEAM, 10),
    Standing(RETURNS, "Returns of the agencies", S, ALL, 25),
    Standing("timeline", "Timeline and key episodes", S, ALL, 15),
    Standing("voice", "Lived experience, equality and racism", S, ALL, 10),
    Standing("good_practice", "Good practice", S, ALL, 5),
    Standing(CRITERIA, "Whether the criteria are met, for each kind of review", D, CHAIR, 15),
    Standing("joint", "Whether one joint review would do", D, CHAIR, 5),
    Standing("parallel", "Other processes under way", N, ALL, 5),
    Standing("immediate", "Immediate action and learning", D, ALL, 10),
    Standing(RECOMMENDATION, "Recommendation", D, CHAIR, 10),
    Standing("dissent", "Dissent, if any", N, ALL, 3),
    Standing("family", "Who keeps in touch with the family", D, CHAIR, 3),
    Standing("media", "Media", S, TEAM, 2),
    Standing("next", "Next steps and dates", N, TEAM, 5),
)

# Composed from ToR 2 to 9 and usual practice.
BUSINESS = (
    Standing("welcome", "Welcome, introductions, apologies and quorum", N, CHAIR, 5),
    Standing("confidentiality", "Confidentiality", N, CHAIR, 2, CONFIDENTIAL),
    Standing(DECLARATIONS, "Declarations of interest", N, CHAIR, 3),
    Standing(MINUTES, "Minutes of the last meeting and matters arising", D, CHAIR, 10),
    Standing(ACTION_LOG, "Action log", S, TEAM, 15),
    Standing(NEW_REFERRALS, "New referrals", N, TEAM, 10),
    Standing(OUTCOMES, "Rapid review outcomes and ratified decisions since the last meeting", N, TEAM, 10),
    Standing(OPEN_CASES, "Progress of open cases and reviews", S, TEAM, 15),
    Standing("reports", "Review reports for ratification", D, CHAIR, 15),
    Standing("impact", "Action plans, evidence of impact and assurance", S, ALL, 10),
    Standing("publication", "Publication and media", S, TEAM, 5),
    Standing("learning", "National learning and learning from other areas", S, ALL, 10),
    Standing(PERFORMANCE, "Attendance and scoping returns", N, TEAM, 5),
    Standing("risks", "Risks and escalations", S, ALL, 5),
    Standing("other", "Any other business", S, ALL, 5),
    Standing("next", "Dates of the next meetings", N, TEAM, 2),
)
# ToR 8, panel responsibilities.
PANEL = (
    Standing("welcome", "Welcome, apologies and quorum", N, CHAIR, 5),
    Standing("purpose", "Purpose of the review", N, CHAIR, 2, NO_BLAME),
    Standing("confidentiality", "Confidentiality", N, CHAIR, 2, CONFIDENTIAL),
    Standing(DECLARATIONS, "Declarations of interest in this case", N, CHAIR, 3),
    Standing(MINUTES, "Minutes of the last meeting and matters arising", D, CHAIR, 5),
    Standing(ACTION_LOG, "Action log", S, TEAM, 5),
    Standing("terms", "Terms of reference, scope and dates of the review", D, CHAIR, 15),
    Standing("parallel", "Parallel proceedings, disclosure and other areas", S, ALL, 10),
    Standing("data", "Information from the agencies, and what is missing", S, ALL, 20),
    Standing("family", "Family and others who contribute, and who keeps in touch", D, CHAIR, 10),
    Standing("progress", "Progress against the plan", S, TEAM, 10),
    Standing("findings", "Findings", S, ALL, 20),
    Standing("recommendations", "Recommendations and actions", D, CHAIR, 15),
    Standing("next", "Next steps and dates", N, TEAM, 5),
)
AGENDAS = {Kind.RAPID_REVIEW: RAPID_REVIEW, Kind.BUSINESS: BUSINESS, Kind.PANEL: PANEL}

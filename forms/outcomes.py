"""What a rapid review may end in: recommendations, other activity, and the answers of those who ratify."""

REVIEWS = {
    "sar_mandatory": "Safeguarding Adult Review (mandatory)",
    "sar_discretionary": "Safeguarding Adult Review (discretionary)",
    "lcspr": "Local Child Safeguarding Practice Review",
    "dhr": "Domestic Homicide Review (also called Domestic Abuse Related Death Review)",
}

# Care Act 2014 s.44(1) to (4); ToR 3.
RECOMMENDATIONS = {
    **REVIEWS,
    "joint": "Joint review",
    "other_learning": "No statutory review; other learning activity",
    "no_further_action": "No statutory review and no further action",
}

ACTIVITIES = {
    "audit": "Multi-agency audit",
    "roundtable": "Roundtable or learning event",
    "single_agency": "Single agency action",
}

DECISIONS = {
    "accept": "Accept: I ratify the recommendation",
    "send_back": "Send back: the group should look at it again",
    "refuse": "Refuse: I do not ratify the recommendation",
}

PRESENCE = {"present": "Present", "deputy": "Deputy present", "apologies": "Apologies", "absent": "Absent"}

RETURNS = {"returned": "Returned", "nil": "Nil return", "late": "Not returned yet"}

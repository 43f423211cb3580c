"""Columns of row tables on real forms: group -> column -> wordings of its head; data, as in forms.particulars."""

import re

from forms.particulars import ATTRIBUTES

COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "family_members": {
        "surname": ("surname", "last name", "family name"),
        "forename": ("forename", "forenames", "first name", "first names", "given name"),
        "name": (
            "name", "names", "full name", "name of family member", "family member", "children",
            "name of sibling", "sibling", "first name and surname", "name and surname", "childs name",
            "name of child", "parent carer", "household member", "child", "name of person", "name of adult",
            "children please add extra rows if necessary", "name of parent carer", "siblings", "subject", "person",
        ),
        "relationship": ATTRIBUTES["relationship"] + ("relationship to child ren", "how related",
        "role in household"),
        "dob": ATTRIBUTES["dob"] + ("date of birth if known", "dob if known", "age dob"),
        "age": ("age",),
        "gender": ("gender", "sex", "m f"),
        "address": ATTRIBUTES["address"] + (
            "address if different", "home address if different", "address if known", "current address",
            "address whereabouts", "whereabouts", "location", "current whereabouts", "living with",
        ),
        "legal_status": (
            "legal status", "legal status pr", "pr", "parental responsibility", "has pr",
            "legal status parental responsibility",
        ),
        "ethnicity": ATTRIBUTES["ethnicity"],
        "cp_plan": (
            "is was subject to cp plan", "cp plan", "subject to cp plan", "child protection plan",
            "cp status", "is was subject to child protection plan", "subject to child protection plan",
            "cpp", "cp plan yes no", "on child protection plan", "cp plan y n",
        ),
        "school": ATTRIBUTES["school"],
        "contact": ATTRIBUTES["contact"] + ATTRIBUTES["telephone"] + ATTRIBUTES["email"],
    },
    "agencies_involved": {
        "agency": ATTRIBUTES["agency"] + (
            "agency involved", "agencies", "agencies involved", "service involved", "agencies services",
            "organisation involved", "professional agency", "agency and team", "agency professional",
            "service provider", "provider", "agency organisation name", "organisations",
        ),
        "name": (
            "who", "who name", "lead name", "name of lead", "lead person", "officer", "name of officer",
            "name", "names", "name of worker", "worker", "worker name", "contact name", "professional",
            "lead worker", "name of professional", "named worker", "key worker", "professionals name",
            "name and role", "person", "name of practitioner", "practitioner", "lead professional",
            "contact person", "named person", "name and designation", "workers name", "name of contact",
            "name designation", "key professional", "key person", "key practitioner",
            "name and job title", "professional name", "named professional",
            "named contact", "lead contact", "main contact", "lead officer",
        ),
        "name_contact": (
            "name of worker and contact details", "name and contact details", "contact name and details",
            "worker and contact details", "name and contact", "contact name and number",
            "name and contact number", "name and telephone number", "name contact details",
            "key contact and telephone number", "lead contact and telephone number", "contact name and telephone",
            "worker and telephone number", "name and contact telephone number", "key worker and contact number",
            "lead person and contact details", "lead person contact details", "key contact", "key contacts",
        ),
        "role": ("role", "job title", "designation", "role in case", "position"),
        "contact": ATTRIBUTES["contact"] + ATTRIBUTES["telephone"] + ATTRIBUTES["email"] + (
            "how to contact them", "how to reach them",
            "telephone email", "contact number email", "tel email", "contact details tel email", "address",
        ),
        "still_involved": (
            "y n nk", "yes no nk", "yes no not known", "involved y n nk",
            "are they still involved", "still involved", "still involved y n", "currently involved",
            "involved y n", "involved", "involved yes no",
            "current involvement", "involved now", "still involved yes no", "current or previous",
            "involved at time of incident", "currently involved y n", "involvement", "yes", "y", "tick",
            "please tick", "tick if involved",
        ),
        "not_involved": ("no", "n", "not involved"),
        "details": (
            "details", "further details", "details of involvement", "nature of involvement", "comments", "notes",
            "reason for involvement", "brief details", "brief details of involvement", "summary of involvement",
        ),
    },
    "alleged_perpetrators": {
        "name": (
            "name", "names", "full name", "perpetrator", "alleged perpetrator", "perpetrators name",
            "suspect",
        ),
        "dob": ATTRIBUTES["dob"],
        "relationship": ATTRIBUTES["relationship"] + ("relationship to adult at risk",),
        "address": ATTRIBUTES["address"],
    },
    "chronology": {
        "date": (
            "date", "dates", "date time where appropriate", "date and time", "date time", "date period",
            "when", "date of event", "date or period", "date of contact", "dates and times", "period",
            "event date", "date and time where appropriate", "date range", "dd mm yyyy",
        ),
        "time": ("time", "time of event", "times"),
        "event": (
            "episode", "key practice episode", "entry", "record", "entry in record",
            "event", "events", "significant event", "key event", "what happened", "event contact", "contact",
            "description of event", "details of event", "incident", "offence", "presentation", "consultation",
            "reason for contact", "event incident", "summary of event",
            "significant events", "key events", "description", "contact event", "event description",
            "event details", "nature of contact", "event contact details", "summary", "incident event",
        ),
        "details": ("details", "detail", "further details", "details of contact", "notes"),
        "source": (
            "source", "source of information", "agency source", "source document", "record source", "agency",
            "information source", "source of evidence", "source agency", "file reference",
        ),
        "action": (
            "action", "action taken", "actions", "response", "response or action", "agency response",
            "actions taken", "what was done", "what did your agency do", "what did you do", "what did we do",
            "action taken by agency", "intervention", "response action", "outcome action", "action outcome",
            "action or outcome", "action and outcome", "outcome or action",
        ),
        "outcome": ("what happened next", "outcome", "outcomes", "result", "outcome decision", "sentence", "disposal"),
        "impact": (
            "impact", "analysis", "comment", "comments", "impact on child", "impact analysis",
            "significance", "impact on adult", "analysis comment", "comment analysis", "impact on the child",
            "commentary", "analysis of practice", "impact on child family", "author comment", "reflection",
            "comments analysis",
        ),
    },
}  # fmt: skip

# Columns that decide which group a table is, besides its section.
TELLING: dict[str, frozenset[str]] = {
    "family_members": frozenset({"relationship", "legal_status", "cp_plan", "dob"}),
    "agencies_involved": frozenset({"agency", "still_involved"}),
    "alleged_perpetrators": frozenset({"relationship"}),
    "chronology": frozenset({"date"}),
}

# A head that is none of these wordings, by the words it begins with or cannot do without; tried in this order.
HEADS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "chronology": (
        ("date", re.compile(r"^dates?\b.*\b(?:period|event|contact|incident|entry|time)s?$")),
        ("event", re.compile(r"^(?:significant|key|relevant) (?:events?|incidents?|contacts?|episodes?)\b")),
        ("source", re.compile(r"^source of\b|^(?:information|record) source\b")),
        ("impact", re.compile(r"^(?:impact|significance|analysis)\b")),
        ("outcome", re.compile(r"^outcomes?\b(?!.*\baction)")),
        (
            "action",
            re.compile(
                r"^(?:\w+ ){1,2}(?:response|actions?)(?: taken)?$"
                r"|^(?:response|action) (?:by|of|from) (?:\w+ )?\w+$"
            ),
        ),
    ),
    "family_members": (
        ("name", re.compile(r"^(?:significant others?|next of kin|nok|relatives?)(?: (?:next of kin|nok|carers?))?$")),
        ("relationship", re.compile(r"^relationship")),
        ("address", re.compile(r"^where\b.*\b(?:live|lives|living|staying)\b|^living where\b")),
    ),
    "alleged_perpetrators": (("relationship", re.compile(r"^relationship")),),
    "agencies_involved": (
        ("still_involved", re.compile(r"^(?:case )?(?:open|closed|current\w*|still|active)\b")),
        ("name_contact", re.compile(r"^(?:\w+ )?(?:contacts?|workers?|professionals?|practitioners?|persons?|officers?"
                                    r"|leads?|names?) and (?:contact )?(?:tel\w*|phone|mobile|numbers?|details|e ?mail)"
                                    r"\b")),
        ("contact", re.compile(r"^(?:telephone|tel|e ?mail|phone|contact (?:details|number|tel\w*|email))\b")),
        ("name", re.compile(r"^names?\b.*\b(?:contact|worker|professional|practitioner|officer|person)s?$"
                            r"|^(?:names? of |named? |lead |key |allocated )?(?:worker|professional|practitioner"
                            r"|contact person|staff member|officer)s?\b")),
        ("dates", re.compile(r"^(?:(?:the )?(?:alleged )?(?:victim|perpetrator|suspect|subject|deceased|adult"
                             r"|child)s? )?(?:dates? (?:of (?:contact|involvement)|known|involved|from|to)"
                             r"|period of involvement)\b|^(?:from|to|since|until)$")),
        ("known", re.compile(r"^(?:known (?:to|by)|contact with|had contact|in contact|involved with|worked with)\b")),
        ("agency", re.compile(r"^(?:names? of |other |which )?(?:agenc(?:y|ies)|organi[sz]ations?|services?)\b.*"
                              r"\b(?:involve\w*|work\w*|support\w*|known?|family|child|adult)\b")),
    ),
}  # fmt: skip

"""How a printed prompt, the guidance under it and an answer that runs on are told from one another."""

import re

LISTS = frozenset({
    "agencies_involved", "agencies_known", "agencies_to_scope", "other_agencies_involved", "family_members",
})  # fmt: skip
RELATION = (
    r"(?:(?:maternal|paternal|half|step|foster|older|younger)[ -]?)?(?:grand|god)?-?"
    r"(?:mother|father|sister|brother|aunt|uncle|partner|son|daughter|sibling|wife|husband|cousin|nephew|niece)"
)
OPENING = LISTS | {
    "subject_details", "criteria_grounds", "chronology", "alleged_perpetrators", "referrer_agency", "agency_name",
}  # fmt: skip
_HAPPENED = r"(?:incident|event|circumstances|concerns?)"
DETAILS_OF_EVENT = re.compile(
    rf"[\W\d]*(?:details of|about) (?:the )?(?:\w+ )?{_HAPPENED}(?:\s?(?:/|or|and)\s?{_HAPPENED})?\W*"
    r"|[\W\d]*incident details\W*",
    re.I,
)
PARTICULARS = re.compile(  # over the labels that ask after one person
    r"\W*(?:details of|particulars of|about) (?:the )?(?:person|professional|officer|referrer)\b", re.I
)
INLINE = re.compile(
    r"^(?P<label>[^:\n]{2,120}?(?:\?:|[:?])(?:[ \t]*\([^()\n]{3,60}\)[ \t]*(?=\n))?)(?P<answer>[ \t]*\S.*)$",
    re.S,
)
SENT_TO = re.compile(
    r"\W*(?:please |once completed,? )(?:please )?(?:return|send|e-?mail|submit|forward)\b.{0,80}\bto\b.*",
    re.I | re.S,
)  # where the form goes
WHERE_TO = re.compile(
    rf"{SENT_TO.pattern}|.*\b(?:send|return|submit|e-?mail|forward|fax)\b[^.]{{0,90}}\bto:?\s*", re.I | re.S
)
BY_WHAT = re.compile(  # under that: by e-mail, by post ...
    r"\W*(?:or\b|(?:by |or |secure )*(?:e-?mail|tel\w*|phone|fax|post|address)\b[^:]{0,20}:)", re.I
)
SIGN_OFF = re.compile(
    r"\W*(?:(?:kind|best|many|with)\s+)*(?:regards|thanks|thank you|wishes|yours \w+"
    r"|diolch(?: yn fawr)?|cofion(?: \w+)?)\W*",
    re.I,
)
TELLS_MORE = re.compile(  # behind a question, of how to answer it
    r"\W*(?:please|kindly|include|provide|give|describe|outline|state|list|specify|explain|identify"
    r"|consider|you (?:may|should)"
    r"|this (?:may|should|could|can|includes?)|for example|e\.?g|i\.?e|n\.?b|note"
    r"|if (?:not?|deceased|died|dead|so|yes),? (?:date|when|where|why|what|which|who)"
    r"|if (?:yes|so),? (?:please )?(?:give|state|provide|specify|list|explain|add|detail|describe))\b",
    re.I,
)
TELLS_HOW = re.compile(
    r"\s*(?:please (?:state|give|provide|list|describe|include|outline|specify|indicate|explain|enter|set out"
    r"|name|tell us)|(?:give|provide|describe|include|outline|specify|state)"
    r" (?:the|a|an|any|brief|full|details)) .{25,}"
    r"|\s*tell us (?:about|what|who|how|why|when|where)\b.{8,}",
    re.I | re.S,
)  # fmt: skip
# Answers that may run on over the next lines when they begin beside their label.
GOES_ON = LISTS | frozenset({
    "subject_address", "referrer_address", "author_address", "next_of_kin_address", "parents_carers_address",
    "subject_current_location", "incident_summary", "case_summary", "incident_outline", "involvement_summary",
    "background_history", "criteria_grounds_text", "criteria_evidence", "agency_concerns",
    "immediate_action_taken", "parallel_processes", "good_practice", "areas_for_improvement",
    "learning_identified", "key_issues", "other_information", "review_factors", "recommendation",
    "methodology", "immediate_concerns", "general_concerns", "formal_investigation",
    "further_investigation_issues", "subject_care_support_needs", "parallel_reviews", "criminal_proceedings",
    "contextual_information", "documents_seen", "practice_issues", "sensitivities", "voice", "current_orders",
    "family_history", "health_issues", "mental_health_issues", "substance_misuse_issues",
    "education_employment", "assessments", "risk_assessment",
})  # fmt: skip
NAMES_PEOPLE = frozenset({"next_of_kin_name", "next_of_kin_address", "parents_carers_names"})
QUESTION = re.compile(
    r"(?:what|which|who|how|why|when|where|are|is|has|have|do|does|did|was|were|can|please)\b", re.I
)
# What stands in brackets behind a question and is no answer to it: "Why should this be reviewed? (link to criteria)".
BRACKETED = re.compile(r"\s*\((?!yes|no\b|n/?a|not |unknown|none|d\.?o\.?b|\d)[^()]{3,80}\)\s*", re.I)
GUIDANCE = re.compile(
    r"^\s*(to include:?"
    r"|(?:to )?includ(?:e|ing) (?:the|a|an|any|all|details|identification|living|surveillance|information|whether)\b.*"
    r"|.{0,160}\b(?:(?:report )?(?:author|writer)s?|reviewing officer|you) (?:should|needs? to|must)\b.*"
    r"|.{0,160}\bshould be (?:included|provided|described|set out|completed)\b.*|most weight should\b.*"
    r"|(?:and |please )?(?:give|state|with)(?: your| brief| the| full)?"
    r" (?:reasons?|rationale|details|evidence)\b.{0,60}"
    r"|(?:please )?explain (?:why|your|how)\b.{0,80}"
    r"|\((please|if|e\.?g|n\.?b|include|note|to be|where|when|list|add)\b.*\)|n\.?b\.?\b.*|if (yes|no|so)\b.{0,90}"
    r"|please (give|provide|list|describe|include|outline|specify|state|complete|indicate|explain|attach|tick|use|refer"
    r"|ensure|add|continue|consider|note)\b.*"
    r"|the (?:\w+ ){0,2}(?:board|partnership|panel|sub ?group) (?:will|may) (?:use|be|need|consider|contact)\b.*"
    r"|to be completed by\b.*|guidance\b.*"
    r"|i\.e\.? .{0,90}|(?:rationale|reasons?|details|comments?|please specify|why(?: not)?)[:.?]?"
    r"|(?:before|when|prior to) (?:you )?(?:submit|complet|mak|send)\w*\b.*"
    r"|this form (?:should|must|is to)\b.*)\s*$",
    re.I | re.S,
)

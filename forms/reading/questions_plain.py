"""Questions put in everyday words, when nothing surer is known of them; data: name -> pattern.

Each is made of what the words stand for: that somebody asks, the agency that answers, its work, good or poor practice.
"""

from .questions_common import AGENCY, OTHERS

_US = rf"(?:you|we|your \w+|(?:the|our|their) (?:{AGENCY}|practice|provider)|{AGENCY}s?|school|nursery)"
_WORK = r"(?:involve\w*|contacts?|dealings|work\w*|support\w*|help\w*|input|engage\w*|interven\w+|treat\w*|care|cared)"
_KNOWS = (
    r"(?:involved|contact|dealings|worked|working|supported|known?|knew|trace|patient|tenant|client|customer|pupil"
    r"|(?:records?|information) (?:of|on|about|for|relating|held))"
)
_DESCRIBE = (
    r"(?:(?:please|briefly|brief|short|a) )*(?:summar\w+|outline|describe|description|tell us|overview|account"
    r"|narrative|details?|explain|set out|what|how|nature)"
)
_YES_OR_NO = r"(?:has|have|had|is|was|were|are|did|do|does)"
_GOOD = r"(?:good|well|strong|strengths?|positive\w*|effective\w*|best|proud|excellent|commendable)"
_POOR = r"(?:better|improv\w+|differently|short|gaps?|weak\w*|poor\w*|fail\w*|less well|not (?:so |as |go |work )*well)"
_DONE = r"(?:practice|done|do|did|went|go|gone|works?|worked|care|response)"
_REVIEW = r"(?:review|sar|l?cspr|dhr|dardr|susr)"
_SPAN = r"(?:dates|periods?|time ?frame|time ?scale|start and (?:end|finish)\w*|from and to)"

PLAIN_SCOPING: tuple[tuple[str, str], ...] = (
    ("author_name", r"^who (?:wrote|completed|prepared|compiled|filled in|is completing|has completed)\b"),
    ("return_deadline", r"^(?:latest|closing|last|final) (?:date|day) for (?:the )?(?:returns?|repl\w+|responses?)\b"),
    ("involvement_to", rf"^(?:when|date)\b.*\b(?:last|final|latest|most recent)\b.*\b(?:see|saw|seen|{_WORK})"),
    ("involvement_from", r"^(?:on roll|registered|known|involved|open) (?:since|from)\b"),
    ("agency_name", rf"^(?:which|what) {AGENCY}\b.*\b(?:complet\w+|repl\w+|respond\w+|writing|returning)\b"),
    ("immediate_action_taken", r"^(?:any |what |(?:urgent|immediate|safeguarding) )*(?:actions?|steps|measures) "
                               r"(?:(?:that|which|you|we|your \w+|have|has|already|been) )*(?:taken|since)\b"),
    ("immediate_action_taken", rf"^{_YES_OR_NO} (?:you|your \w+)\b.*\b(?:changed|made changes)\b"),
    ("other_agencies_involved", r"\bany(?:one|body) else\b.*\b(?:information|involved|know\w*|support\w*|work\w*)\b"),
    ("involvement_summary", rf"^{_DESCRIBE}\b.*\bwhat (?:you|your \w+) knows?\b"
                            r"|^summary of (?:the )?(?:supervision|treatment|placement|tenancy|work)$"),
    ("involvement_summary", rf"^{_DESCRIBE}\b.*\btime (?:in|with|at) (?:the |your |our )?"
                            rf"(?:{AGENCY}|school|nursery|college|home|placement)\b"),
    ("involvement_from", rf"^(?:when|date)\b.*\b(?:first|start|began)\b.*\b(?:see|saw|seen|know|{_WORK})"),
    ("review_period", rf"\b{_SPAN}\b.*\b(?:interested in|look(?:ing)? at|cover\w*|focus\w*|enquiry|search\w*)\b"
                      r"|^scope of (?:the )?(?:enquiry|inquiry|search|request)\b"),
    ("involvement_period", rf"\b{_SPAN}\b.*\b(?:open|known|{_WORK})\b"),
    ("involvement_summary", r"^contacts? with (?:\w+ ){1,4}(?:in|during|over) (?:the|this|that) (?:period|time)\b"),
    ("learning_identified", rf"^what\b.*\b{_US}\b.*\blearn(?:t|ed|ing)?\b"),
    ("documents_seen", r"^(?:records|documents|systems|sources) (?:of information )?(?:used|relied|consulted|drawn)\b"),
    ("good_practice", r"^what helped\b"),
    ("areas_for_improvement", r"^what (?:hindered|got in the way|made it (?:hard|difficult))\b"),
    ("key_issue_multi_agency", rf"^how (?:did|well did) (?:the )?(?:other|partner) {OTHERS} respond\b"),
    ("opinion_review_type", rf"^(?:do|does|should)\b.*\b{_REVIEW}\b"
                            rf"|\brecommend\w*\b.*\bneed for (?:a |an )?{_REVIEW}\b"),
    ("formal_investigation", rf"^{_YES_OR_NO}\b.*\b(?:reviewed|investigated|examined)\b.*\b{AGENCY}\b"),
    ("criminal_proceedings", rf"^{_YES_OR_NO}\b.*\b(?:police|court|prosecut\w+|charged|arrested|convicted)\b"),
    ("key_issue_planning_review", r"\bassessments? (?:and|or) (?:\w+ )?plan(?:s|ning)?\b"),
    ("contextual_information", r"\bcontext\b.*\b(?:staff\w*|workload|resources|pressures?|demand)\b"),
    ("practice_issues", rf"\b{_GOOD}\b.*\b(?:and|or)\b.*\b{_POOR}\b"),
    ("areas_for_improvement", rf"\b{_POOR}\b.*\b{_DONE}\b|\b{_DONE}\b.*\b{_POOR}\b"),
    ("good_practice", rf"\b{_GOOD}\b.*\b{_DONE}\b|\b{_DONE}\b.*\b{_GOOD}\b"),
    ("agency_involved", rf"^{_YES_OR_NO}\b.*\b{_US}\b.*\b{_KNOWS}\b|^{_YES_OR_NO}\b.*\b{_KNOWS}\b.*\b{_US}\b"),
    ("agency_involved", rf"^{_YES_OR_NO}\b.*\bopen to (?:you|your \w+|the {AGENCY})\b"),
    ("involvement_summary", rf"^{_DESCRIBE}\b.*\b(?:{_US}\b.*\b(?:{_WORK}|gave|did|offered|provided)|your {_WORK})\b"),
    ("incident_outline", r"^(?:(?:brief|key|the|known) )*facts (?:of|about) (?:the )?(?:case|incident|death)\b"),
)  # fmt: skip
PLAIN_REFERRAL: tuple[tuple[str, str], ...] = (
    ("subject_name", r"^who (?:are|is|do) (?:you|we|being) (?:wish to |want to )?(?:refer\w*|notify\w*)\b"),
    ("incident_summary", r"\bfacts (?:of|about|as|that)\b|\bfacts$"),
    ("criteria_grounds_text", r"\b(?:statutory|legal) (?:test|threshold|duty)\b|\bthreshold\b.*\b(?:met|satisf\w+)\b"),
    ("agencies_involved", rf"^{OTHERS} (?:that|who|which) (?:\w+ )?(?:support|work|help|know|knew|involve|care|saw)"),
    ("subject_care_support_needs", r"^what (?:\w+ )?(?:care|support|help)\b.*\b(?:need\w*|receiv\w+|have|had)$"),
    ("subject_age", r"^how old\b"),
    ("subject_ethnicity", r"^(?:what|how)\b.*\bethnic"),
)  # fmt: skip

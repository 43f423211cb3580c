"""Questions that returns of agencies ask, in the words they cannot do without; data: name -> pattern."""

from .questions_common import AGENCY, OTHERS

_ISSUES = (  # of practice, put as a question
    ("record_keeping", r"\brecord(?:s|ed|ing)?(?: keeping)?\b.*\b(?:good|quality|accura|complet|adequa|standard|clear)"
                       r"|\b(?:good|quality|accura\w+|adequa\w+|standard)\b.*\brecord(?:s|ing| keeping)\b"),
    ("information_sharing", r"\binformation\b.*\bshared?\b|\bshar(?:ed?|ing)\b.*\binformation\b"
                            r"|\bcommunicat\w+\b|\bshare\w* (?:this|these|it|your concerns?|any concerns?)\b"),
    ("legal_measures", r"\bmental capacity act\b|\bmca\b|\bcapacity assess\w+|\bbest interests?\b"
                       r"|\blegal (?:powers|measures|options|framework)"
                       r"|\b(?:mental )?capacity\b.*\b(?:consider|assess|address)"),
    ("planning_review", r"\bplans?\b.*\b(?:review|updat|in place|monitor)|\bplanning\b.*\breview"),
    ("risk_recognition", r"\brisks?\b.*\b(?:assess|recogni|identif|manag)"),
    ("timely_action", r"\btimely\b"),
)  # fmt: skip
SCOPING: tuple[tuple[str, str], ...] = (
    ("other_information", r"\b(?:matters?|points?|issues?|information)\b.*\bto the attention of\b"),
    ("good_practice", r"\bpractice\b.*\b(?:be|worth) (?:shared|sharing|celebrat\w*|commend\w*|recogni\w*)"),
    ("areas_for_improvement", r"^what (?:did|has|have|do|does) ?(?:not|n t) (?:\w+ )?(?:work|go)\w*\b"),
    ("further_investigation_issues", rf"^(?:are there )?(?:any )?questions (?:for|to) (?:any )?other {OTHERS}$"),
    ("methodology", r"\bmethodology\b|^how (?:the |this )?(?:review|report|imr) (?:was|has been) \w+"),
    ("key_issue_multi_agency", rf"^working with (?:other|partner) {OTHERS}$"),
    ("agency_involved", r"^(?:are|is) there any (?:records?|trace|information)\b.*\b(?:held|known)\b"),
    ("involvement_summary", r"^(?:your |agencys? )?involvement with (?:the )?"
                            r"(?:victim|deceased|subject|adult|child|family)$"),
    ("agency_involved", r"^(?:were|was|are|is) (?:you|your \w+)\b.*\b(?:providing|offering|delivering|supporting)\b"),
    ("involvement_summary", r"^(?:tell us |describe )?what (?:you|we|did you|did your \w+) (?:did|do)$"),
    ("other_agencies_involved", rf"^(?:any )?other {OTHERS} (?:that |who )?(?:you|we) (?:know|are aware)\b"),
    ("agency_involved", r"^(?:have|had|did|has|were) (?:you|your \w+)\b.*\bdealings\b"),
    ("involvement_summary", r"^(?:details|nature|summary|outline) of (?:any |your |the )*dealings\b"),
    ("immediate_action_taken", r"^what (?:has|have) (?:\w+ )?changed\b|^(?:are|were) there (?:any )?immediate changes"),
    ("key_issue_risk_recognition", r"^what (?:was known|(?:did|do) (?:we|you|your \w+) know) (?:of"
                                   r"|about) (?:the |any )?risks?\b"),
    ("opinion_review_type", r"^(?:is|are) (?:a|any|the|an)\b.*\b(?:review|sar|l?cspr|dhr|dardr)\b.*"
                            r"\b(?:needed|required|necessary|warranted|recommended)\b"),
    ("good_practice", r"^what\b.*\bproud\b|^what\b.*\bgood\b.*\bpractice\b"),
    ("involvement_summary", r"^what (?:do|does|did) (?:your|our|the) (?:\w+ )?(?:records?|files?|notes)\b.*"
                            r"\b(?:tell|show|say|hold|record)"),
    ("involvement_period", r"^(?:time|period|dates?|how long) (?:that |when )?(?:have )?(?:we|you|your \w+)"
                           r" (?:have )?(?:knew|known|worked|were|been)\b"),
    ("incident_outline", r"^what (?:the|this) (?:referral|referrer|request|notification) (?:says|said|tells)\b"
                         r"|^(?:information|details|summary) (?:given )?(?:in|from) the referral$"),
    ("areas_for_improvement", r"^what (?:would|could|should) (?:you|we|your \w+) (?:change|improve)\b"),
    ("author_name", r"^(?:oic|officer in (?:the )?case)(?: name)?$"),
    ("agency_name", rf"^(?:name of )?{AGENCY} (?:making|submitting|giving|sending|providing) (?:the |this )?"
                    r"(?:return|response|information|report|reply)$"),
    ("agency_name", r"^(?:which|what) (?:agency|organi[sz]ation|service) (?:are|do) you\b"),
    ("agency_involved", rf"\b(?:confirm|state|say) (?:whether|if) your {AGENCY} (?:has|have|had|was|were|is)\b.*"
                        r"\b(?:involve\w*|contact|known?|knew)\b"),
    ("agency_involved", r"^(?:(?:are|were|is|was|have|had|did) ?)+you (?:(?:been|currently|ever|previously|still) )*"
                        r"(?:work\w*|involved|in contact|support\w*)\b"),
    ("immediate_action_taken", r"\bchanges? (?:(?:already|have|has|been|you|your|agency) )*(?:made|implemented)\b"),
    ("immediate_action_taken", r"\btaken any (?:\w+ )?(?:actions?|steps|measures)\b"),
    ("background_history", r"^(?:relevant |significant |brief |any |previous |known )*(?:history|background)\b.*"
                           r"\b(?:known|held)\b"),
    ("agency_involved", r"^(?:we|i) have (?:checked|searched) (?:our|the|all) (?:\w+ )?(?:records?|systems?|files?)\b"),
    ("agency_involved", r"^(?:is|was|are|were|has|have)\b.*\b(?:registered|enrolled) (?:with|at|on)\b.*\byour?\b"),
    ("involvement_period", r"^(?:dates?|period) (?:of )?(?:registered|registration|enrolled|on roll)\b"
                           r"|^registered (?:with you )?(?:from|between)\b"),
    ("involvement_period", r"\binvolve\w*\b.*\b(?:start\w*|beg[iau]n|commence\w*)\b.*\b(?:end\w*|finish\w*|cease\w*)"
                           r"|\b(?:start\w*|beg[iau]n|commence\w*)\b.*\b(?:end\w*|finish\w*|cease\w*)\b.*\binvolve"),
    ("involvement_period", r"^when\b.*\b(?:join|register|enrol|start)\w*\b.*\b(?:leave|left|end|deregister)\b"),
    ("involvement_from", r"^when\b.*\b(?:first|start\w*|beg[iau]n|become|became)\b.*\b(?:involve\w*|contact|know\w*)"
                         r"|^when\b.*\binvolve\w*\b.*\b(?:start|begin|began|commence)"),
    ("involvement_to", r"^when\b.*\b(?:involve\w*|contact)\b.*\b(?:end|cease|stop|finish|close)"),
    ("author_independent", r"^have you\b.*\b(?:direct|prior|previous)\b.*\binvolvement"
                           r"|^(?:did|have) you\b.*\bline manage"),
    ("documents_seen", r"^(?:which|what)\b.*\b(?:records?|documents?|files?|notes)\b.*"
                       r"\b(?:look\w*|read|see|seen|review\w*|access\w*|search\w*|consult\w*|examin\w*|check\w*)\b"),
    ("agency_involved", rf"^(?!when|what|how|which|who|between|from|during|over|in which)"
                        rf".*\b(?:did|has|have|had|was|were|is)\b.*\byour {AGENCY}\b.*\b(?:involve\w*|contact|know\w*)"
                        rf"|^(?!.*\b(?:address|name|number|date|background|history|summary|members|siblings))"
                        rf".*known to your {AGENCY}"),
    ("areas_for_improvement", r"\bworried about\b|\bfell (?:below|short)\b|\b(?:might|may) have been done\b"
                              r"|^(?:areas of )?practice (?:that|which) (?:could|should|needs?|fell|did not)"),
    ("areas_for_improvement", r"^areas? (?:of|for)\b.*\b(?:concern|improve\w*|development|weakness)"),
    ("background_history", r"^(?:relevant |significant |brief |any |known )*(?:history|background|information)\b.*"
                           r"\b(?:before|prior to|outside)\b.*\b(?:period|scope|time ?frame)"),
    ("key_issue_risk_recognition", r"^(?:any |known )*(?:concerns? (?:or|and) )?risks?\b.*"
                                   r"\b(?:known|identified|respond\w*|managed)\b"),
    ("return_deadline", r"^deadline for\b|^return (?:to|this|completed|the)\b.*\bby$"),
    ("incident_outline", r"^(?:brief )?reason for (?:the |this )?(?:record )?checks?$"),
    ("key_issue_risk_recognition", r"^(?:how|was|were)\b.*\b(?:assess\w*|identif\w*|recogni\w*"
                                   r"|manag\w*)\b.*\brisks?\b"),
    ("areas_for_improvement", r"^(?:have|has|did|are|were|is)\b.*\bpractice (?:concerns?|issues?|problems?)$"),
    ("opinion_review_type", r"\b(?:most )?appropriate\b.*\b(?:type|form|kind) of review\b"),
    ("involvement_period", r"^(?:dates?|period) (?:that |the )?(?:services?|care|support"
                           r"|package) (?:was|were|is|has been)"
                           r" (?:provided|in place|delivered)$"),
    ("key_issues", r"\bkey practice (?:issues|themes|findings)\b"),
    ("immediate_action_taken", r"^(?:has |have )?(?:any |what )?(?:actions?|steps|measures)\b.*\balready\b.*\btaken\b"
                               r"|^(?:actions?|steps|measures) (?:(?:the|your|our) \w+ )?(?:has |have )?"
                               r"(?:already )?taken\b"),
    ("learning_identified", r"\bpotential for\b.*\blearning\b"),
    ("involvement_summary", r"\bsummar\w+ (?:of )?(?:\w+ )?(?:consultations|attendances|appointments|visits)\b"),
    ("health_issues", r"\bmedical history\b|^(?:(?:current|prescribed|known|details of"
                      r"|any) )*(?:medications?|diagnos[ei]s)\b"),
    ("formal_investigation", r"\bsignificant event (?:analysis|audit)\b"),
    ("formal_investigation", r"^(?:have|has|did|was|were|is)\b.*"
                             r"\b(?:single agency|internal) (?:review|investigation)s?\b"),
    ("formal_investigation", r"^(?:have|has|did|was|were)\b.*\b(?:review\w*|investigat\w*)\b.*\binternally\b"),
    ("involvement_period", r"^when\b.*\b(?:start|begin|beg[au]n)\w*\b.*\b(?:finish|end|stop|cease)\w*\b"),
    ("involvement_from", r"^(?:date|when)\b.*\b(?:registered|enrolled|joined)\b"),
    ("formal_investigation", r"\b(?:its|your) own (?:review|investigation)s?\b"),
    ("formal_investigation", r"\binternal (?:review|investigation)s?\b.*\b(?:undertaken|carried out|conducted|held)\b"),
    ("key_issue_multi_agency", r"^how (?:well |effectively )?did\b.*\bwork "
                               r"(?:with|in partnership with|alongside) (?:others?|partners?)\b"),
    ("key_issue_multi_agency", r"\b(?:joint|joined up|partnership|collaborative) working\b"),
    ("formal_investigation", r"\b(?:incident|case|death)\b.*"
                             r"\b(?:investigated|reviewed|logged|declared)\b.*\bby your\b"),
    ("criminal_proceedings", r"^(?:police|coron\w+|court)\b.*\bproceedings\b"),
    ("opinion_review_type", r"\byour (?:view|opinion)\b.*\b(?:review|sar|l?cspr|dhr|dardr|criteri\w+)\b"),
    ("further_investigation_issues", rf"^is there anything\b.*\b(?:other {OTHERS}|partners|the review|the panel)\b.*"
                                     r"\b(?:consider|look|explore|explain|answer)"),
    ("further_investigation_issues", r"^questions\b.*\breview\b"),
    ("review_period", r"\brequested for (?:the )?period\b"),
    ("date_completed", r"^date of (?:final |this |the )*(?:report|imr|return)$"),
    ("learning_identified", r"^(?:lessons|learning)\b.*\b(?:acted|actioned|addressed|embedded)\b"),
    ("voice", r"\b(?:lived experience|day to day (?:life|lived)|daily (?:life|lived))\b"),
    ("records_secured_date", r"\b(?:records?|files?)\b.*\bsecured\b|\bsecured (?:its|your|the"
                             r"|all) (?:\w+ )?(?:records?|files?)\b"),
    ("practice_issues", r"\b(?:good|effective|best) practice\b.*\b(?:improve\w*|development|lessons?|learning)\b"
                        r"|\bstrengths\b.*\b(?:weakness\w*|development|improve\w*|challenges)\b"
                        r"|\bwell\b.*\b(?:less well|not (?:\w+ )?well|improved?|better|differently)\b"),
    ("good_practice", r"good practice|(?:went|worked|do|did|done)(?: \w+)? well"),
    ("areas_for_improvement", r"\b(?:could|should) have (?:been|gone|done|worked)\b|improvements?\b|missed opportunit"
                              r"|\bcould be (?:improved|better|strengthened)"),
    ("involvement_summary", r"^(?:nature|summary|outline|details|description|reasons?|purpose)\b.*\binvolvement\b"
                            r"|^(?:services?|support|care|treatment|interventions?)(?: \w+)? "
                            r"(?:provided|offered|delivered)\b"),
    ("contextual_information", r"^pressures? (?:on|within|facing)\b"
                               r"|^(?:staffing|resources?|workload)\b.*\bat the time\b"
                               r"|^(?:organi[sz]ational |local )?context (?:in|within) which\b"),
    ("further_investigation_issues", r"\b(?:review|panel|sar|l?cspr|dhr|dardr)\b.*"
                                     r"\b(?:explore|look at|focus on|consider)$"),
    ("family_history", r"\b(?:known?|information) about the family\b|\bfamily (?:history|background)\b"),
    ("involvement_period", r"\bfirst and (?:last|most recent)\b|\bbetween (?:which|what) dates\b"),
    ("opinion_review_type", r"^(?:should|do(?:es)?)\b.*\b(?:review|sar|l?cspr|dhr|dardr)\b.*"
                            r"\b(?:undertaken|held|commissioned|carried out|conducted|take place)\b"),
    ("opinion_review_type", r"^(?:do(?:es)?|would)\b.*\b(?:recommend|support)\b.*\b(?:review|sar|l?cspr|dhr|dardr)\b"),
    ("opinion_review_type", r"\bin your (?:\w+ )?(?:opinion|view|judgement)\b.*\b(?:criteria|review|option|threshold)"
                            r"|\byou (?:consider|believe|think|feel)\b.*\bcriteria\b.*\bmet"
                            r"|\byou (?:consider|believe|think|feel)\b.*\bmeets? (?:the )?\w* ?criteria"),
    ("date_returned", r"^date returned\b"),
    ("involvement_from", r"\bfirst\b(?:\W+\w+){0,2} (?:involve\w*|contact\w*|know\w*|seen)"),
    ("involvement_to", r"\b(?:last|final|most recent|latest)\b(?:\W+\w+){0,2} (?:involve\w*|contact\w*|seen|saw)"),
    ("review_period", r"\b(?:period|time ?(?:frame|period|scale)|dates?)\b.*"
                      r"\b(?:covered|scoped|under (?:review|consideration)|considered)"),
    ("involvement_period", r"\b(?:dates?|period|time ?frame|length)\b.*\b(?:involve\w*|contact)"),
    ("other_agencies_involved", rf"\b(?:other|aware of)\b.*\b{OTHERS}\b"
                                rf".*\b(?:involved|identified|known|aware|asked|contacted|scoped|information|work\w*|support\w*|includ\w*)"),
    ("incident_outline", r"^(?:incident|events?|circumstances)\b.*\b(?:prompt\w*|led|leading|trigger\w*)\b"),
    ("incident_outline", r"^(?:trigger|reasons?) for (?:\w+ ){0,2}(?:review|request)$"
                         r"|^why (?:are )?we (?:are )?asking"),
    ("review_period", r"^time ?(?:scale|frame|period)s? for\b"),
    ("return_deadline", r"^(?:information|response|reply|return|form|report|summary|chronology)s? (?:is )?"
                        r"(?:required|needed|wanted|requested|expected)(?: back)? by$"),
    ("return_deadline", r"\b(?:report|return|response|form|information|chronology|template|summary) (?:is )?due"
                        r"(?: by| back| date| in)?$"),
    ("review_period", r"^(?:scope|timescale|time ?frame) of (?:the )?(?:information|review|scoping)"),
    ("learning_identified", r"\bagency\b.*\blearn(?:ed|t)\b"),
    ("learning_identified", r"\b(?:learning|lessons)\b.*\b(?:identified|learn\w*|agency|organisation|emerg\w*"
                            r"|taken|implement\w*)"
                            r"|\bany learning\b"),
    ("formal_investigation", r"\b(?:carried out|undertaken|completed|conducted|held|done) (?:any|an|a|your own|its own)"
                             r"(?: \w+){0,2} (?:review|investigation|enquiry|inquiry)\b"),
    ("formal_investigation", r"\b(?:internal|formal|own)\b(?: \w+){0,3} (?:review|investigation|inquiry)\b"),
    ("date_completed", r"^date (?:this |the )?(?:imr|report|form|return|chronology|summary) (?:was )?"
                       r"(?:completed|submitted|written|prepared|finali[sz]ed|signed)"),
    ("criminal_proceedings", r"\bcriminal\b"),
    ("key_issue_multi_agency", r"\bmulti agency (?:concerns?|issues?|working|practice)|\bagencies work\w*"),
    *(
        (f"key_issue_{issue}", rf"^(?:how|was|were|is|are|did|do|does|has|have|to what extent"
         rf"|(?:use|application|evidence) of)\b.*(?:{words})")
        for issue, words in _ISSUES
    ),
    ("key_issue_timely_action", r"\btimel(?:y|iness)\b"),
    ("key_issue_multi_agency", r"^(?:inter|multi) agency (?:working|communication|practice|liaison)\b"),
    ("contextual_information", r"\b(?:systemic|organi[sz]ational|contextual)\b.{0,30}\b(?:factors|issues|pressures)\b"),
    ("parallel_reviews", r"\bother (?:reviews?|investigations?)|parallel"),
    ("involvement_summary", r"\byour (?:\w+ )?knowledge of\b"
                            r"|\bwhat (?:does|did|do) (?:you|your \w+) know (?:about|of)\b"),
    ("opinion_review_type", r"\b(?:should|does|do|is|are|would)\b.*\b(?:review|sar|l?cspr|dhr|dardr|criteria)\b.*"
                            r"\b(?:opinion|view|judgement)\b"),
    ("other_agencies_involved", r"^who else\b.*\b(?:involved|working|supporting|contact)"),
    ("involvement_summary", r"(?:summar\w+|outline|describe|details?|nature|narrative)\b.*\b(?:involvement|contact)\b"
                            r"|what (?:was|is|has been) your .*involvement"),
    ("opinion_review_type", r"^(?:do|does|should)\b.*\b(?:progress|proceed)\w*\b.*\b(?:review|sar|l?cspr|dhr|dardr)\b"),
    ("further_investigation_issues", r"^(?:any )?(?:questions|issues|queries) for (?:other|the other|partner) agenc"),
    ("areas_for_improvement", r"\bneeds? to (?:change|improve|be different)\b"),
    ("opinion_review_type", r"^(?:\w+ )?recommendations?\b.*\b(?:type of|which) review"),
    ("recommendation", r"^(?:\w+ (?:and )?)?recommendations?\b"),
    ("incident_outline", r"(?:summary|outline|details|description) of (?:the )?(?:concerns?|incident|case"
                         r"|circumstances)"),
)  # fmt: skip

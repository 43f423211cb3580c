"""Whole questions asked in many wordings, known by the few words they cannot do without; data: name -> pattern.

Tried on plainly spelt labels, in this order, when no wording we know is near enough.
"""

import re

from .labels import ends_as_label, plain
from .patterns import Patterns

_AGENCY = r"(?:agency|organi[sz]ation|service|team|trust)"
_OTHERS = r"(?:agenc\w+|organi[sz]ations?|services?|professionals?)"

_BOTH: tuple[tuple[str, str], ...] = (
    ("subject_care_support_needs", r"^(?!.*\b(?:must|criteria|in its area)\b).*"
                                   r"(?:\bneeds for care (?:and|or) support|care (?:and|or) support needs)"),
    ("open_to_social_care", r"\b(?:known|open|allocated) to (?:adult|childrens?) social (?:care|services|work)"),
    ("cp_plan_current", r"^(?:is|was)\b(?!.*\b(?:siblings?|previously|ever|past)\b).*\b(?:subject|on)\b.*"
                        r"\b(?:protection|cp) (?:plan|register)\b"),
    ("subject_legal_status", r"^(?:is|was|were)\b.*\b(?:subject to|under|any)\b.*\b(?:statutory orders?|legal orders?"
                             r"|court orders?|mental health act|guardianship|legal framework)"),
    ("cp_plan_current", r"\bon (?:the )?cpr\b"),
    ("subject_care_support_needs", r"\bhealth and (?:social )?care needs$"),
    ("family_members", r"^(?:siblings|other children)\b(?!.*\b(?:plan|register|risk|safeguard\w*|protect\w*|safe)\b)"
                       r".*\b(?:home|household|family)$"),
    ("subject_gender", r"\bwhat gender\b|\bgender\b.*\bidentif"),
    ("family_aware", r"^(?:has|have|is|are) (?:the )?(?:family|next of kin|parents|relatives)\b.*"
                     r"\b(?:told|informed|aware|contacted)$"),
    ("family_aware", r"^(?:does|do|did)\b.*\bknow\b.*\b(?:referral|notification|request|review)"),
    ("family_aware", r"(?:family|adult|child|parents?|person|representative)\b.*\b(?:aware|informed|told|consulted)\b.*"
                     r"\b(?:referral|notification|request|review)"),
)  # fmt: skip
# Asked of forms of either kind before any likeness to known labels, which these words would mislead.
_SURELY: tuple[tuple[str, str], ...] = (
    ("board_reference", r"^(?:your |our )?(?:ls?c[bp]|s[ac]b|scp|csp|board|partnership|sar|dh?ard?r|dhr|l?cspr|review)"
                        r" (?:case |file |name )?(?:ref\w*|no|number|id)(?: no| number)?$"
                        r"|^(?:request|referral|notification|nomination) (?:ref\w*|no|number|id)$"),
    ("sensitivities", r"\bsensitiv\w+\b.*\bshar|\bconcerns?\b.*\bshar(?:ing|ed)\b.*\b(?:this|the|your) information"
                      r"|\binformation\b.*\b(?:(?:should|must|can) ?not|not to) be (?:shared|disclosed)"),
    ("lead_professional", r"^(?:name of )?(?:the )?(?:(?:childs|adults|current|allocated|named|familys) )*"
                          r"(?:social worker|lead professional|key worker|care co ?ordinator)"
                          r"(?: (?:and|or|name|details|team|manager|contact|telephone|number|email|key worker))*$"),
    ("author_independent", r"^(?:relationship of (?:the )?author|authors? relationship) to\b.*\bcase\b"
                           r"|\bauthors?\b.*\bindependen(?:t|ce)\b"),
    ("cause_of_death", r"^(?!is|was|has|did|do|does|are|were)(?:\w+ ){0,4}cause of death"
                       r"(?: (?:given|recorded|certified|stated|confirmed|as|nature)\b.*)?$"),
    ("review_period", r"^(?:time ?(?:frame|scale|period)|period) (?:for|of) (?:the |your )?"
                      r"(?:summary|chronology|report)\b"
                      r"|\bperiod\b.*\binformation (?:is )?(?:required|requested|needed|sought)\b"),
    ("involvement_period", r"\b(?:period|dates?)\b.*\bcovered\b.*\b(?:your|agency|our) (?:\w+ )?(?:records?|files?)\b"),
    ("family_members", r"^names?\b.*\brelationships?\b.*\b(?:siblings?|family|parents?|household|others)"),
    ("agency_involved", rf"^(?:is|was|were|are)\b.*\bknown to (?:your|the|our) {_AGENCY}$"),
    ("siblings_cp_plan_ever", r"^(?:has|have|had)\b.*\bsiblings?\b.*\bbeen\b.*\bprotection (?:register|plan)"),
    ("cp_plan_previous", r"^(?:has|have|had|was|were)\b(?!.*\b(?:siblings?|currently|now)\b).*"
                         r"\bprotection (?:plan|register) (?:before|previously|in the past)$"),
    ("cp_plan_previous", r"^(?:has|have|had|was|were)\b(?!.*\bsiblings?\b).*\bprotection (?:plan|register)\b.*"
                         r"\b(?:months?|years?) (?:preced\w+|prior|before|previous)"),
    ("cp_plan_current_or_previous", r"^(?:is|was|has)\b(?!.*\bsiblings?\b).*\bprotection (?:plan|register)\b.*"
                                    r"\b(?:or|and)\b.*\b(?:previously|in the past|ever)\b"
                                    r"|^(?:is|was) (?:is|was)\b(?!.*\bsiblings?\b).*\b(?:protection|cp)"
                                    r" (?:plan|register)\b"
                                    r"|^(?:is|was|has)\b.*\b(?:or|and)\b.*\b(?:previously|in the past|ever)\b"
                                    r".*\bprotection (?:plan|register)"),
    ("incident_summary", r"^(?:please )?(?:describe|tell us|explain|outline)\b.*"
                         r"\bwhat (?:has )?happened\b"
                         r"|^(?:please )?(?:describe|outline) (?:the )?(?:abuse|neglect|harm|circumstances)\b"),
    ("family_members", r"^(?:details of )?(?:other |any )?(?:children|siblings|dependants) of (?:the )?"
                       r"(?:victim|deceased|adult|subject|person|parties|couple|child)\b"),
    ("safeguarding_lead_name", r"^who\b.*\bdiscussed\b.*\bwith\b.*\b(?:your|the) (?:organi[sz]ation|agency|service)"),
    ("subject_care_support_needs", r"^(?!.*\b(?:criteria|why|how|adults? with)\b).{0,40}"
                                   r"\bcare (?:and|or) support needs\b.{0,40}$"),
    ("subject_died", r"^(?:is|are) (?:the )?(?:\w+ )?(?:adult|child|person|subject|individual|victim|he|she|they)\b"
                     r".{0,9}\balive"
                     r"(?: if (?:not|no)\b.*)?$"),
    ("office_date_sent_to_chair", r"^date (?:of )?(?:referral|notification|form|request)\b.*"
                                  r"\b(?:sent|passed|forwarded) to\b.*\bchair"),
    ("office_date_info_requested", r"^date of call for information"
                                   r"|^date information (?:was )?(?:called for|requested)"),
    ("office_info_deadline", r"^(?:deadline|date)\b.*\b(?:agenc\w+|return)\b.*\b(?:submit|return|respond)\w*\b"
                             r".*\b(?:information|summar\w+|scoping)|^deadline for (?:agency|agencies)\b"),
)  # fmt: skip
_REFERRAL: tuple[tuple[str, str], ...] = (
    ("referrer_name", r"^(?:name of )?(?:the )?(?:sio|senior investigating officer)(?: name)?$"),  # if nobody else
    ("office_date_recommendation_sent", r"^date\b.*\brecommendations? sent"),
    ("office_date_sent_to_chair", r"^date\b.*\bsent to (?:\w+ ){0,3}chair"),
    ("office_date_info_requested", r"^date\b.*\b(?:summar\w+|information|scoping|reports?) requested"),
    ("office_date_received", r"^date (?:of )?(?:referral|notification|form|request)? ?(?:was )?received"),
    ("office_date_received", r"^(?:referral|notification|request|form) received(?: on| date)?$"),
    ("office_date_considered", r"^date (?:referral |case )?(?:was )?considered"
                               r"|^date (?:\w+ ){0,3}(?:discussed|considered|heard|reviewed|presented) (?:at|by|to)\b"
                               r".*\b(?:group|panel|meeting|committee|board)\b"),
    ("office_date_considered", r"^(?:date )?(?:presented|taken|discussed|considered) (?:to|at|by) (?:\w+ ){0,4}"
                               r"(?:group|panel|meeting|committee)(?: on| date)?$"),
    ("office_date_decision", r"^date of (?:\w+ ){0,2}decision"),
    ("date_of_referral", r"^date (?:this |the )?(?:referral|notification|request|form) (?:was )?"
                         r"(?:submitted|made|sent|completed)"),
    ("date_of_referral", r"^date (?:notified|referred|sent) to\b"),
    ("date_of_referral", r"^date of (?:referral|notification|request) to\b"),
    ("date_of_referral", r"^date (?:you |form |this form )?(?:completed|submitted|filled in)"),
    ("safeguarding_lead_name", r"\bwho\b.*\bauthori[sz]ed|^authori[sz]ed by"),
    ("incident_summary", r"(?:summary|outline|description) of (?:the )?incident (?:or )?case\b"),
    ("case_summary", r"^(?:please )?(?:provide |give )?(?:a )?(?:brief |short )?summary of the case\b"
                     r"|^what\b.*\bknown\b.*\b(?:family|familys|history|background)\b"),
    ("review_type_requested", r"^(?:which |what )?(?:type|kind)s? of review\b.*"
                              r"\b(?:recommend|request|propos|sought|suggest|appl)\w*"),
    ("criteria_grounds", r"^which\b.*\b(?:part|limb|section|subsection|paragraph)s?\b.*\bappl"),
    ("criteria_grounds_text", r"^(?:justification|rationale|grounds|case|reasons?) for (?:a |an |the )?(?:\w+ ){0,2}"
                              r"(?:review|sar|l?cspr|dhr|dardr|susr)$"),
    ("criteria_grounds_text", r"^(?:factors|reasons|indicators) (?:that |which )?(?:suggest|indicat)\w*\b.*"
                              r"\b(?:required|needed|necessary|review|met)\b"
                              r"|^reasons? why\b.*\blearning\b"),
    ("criteria_grounds", r"^criteri(?:a|on) (?:\w+ )?met\b"
                         r"|^criteri\w+\b.*\b(?:believed|considered|thought|felt|deemed)\b.*\bmet$"),
    ("criteria_grounds", r"^(?:which|what|please tick|tick)\b.*\bcriteri\w+\b.*"
                         r"\b(?:met|apply|considered?|relevant|grounds)"
                         r"|^criteria (?:under|on) which"),
    ("criteria_evidence", r"^evidence (?:that|of|for)\b.*\b(?:abuse|neglect|criteri\w+)"),
    ("agency_concerns", r"\b(?:issues|concerns?|problems|difficulties)\b.*"
                        r"\b(?:between|across|among(?:st)?) (?:\w+ ){0,2}"
                        r"(?:agencies|services|partners|professionals|organi[sz]ations)\b"),
    ("agency_concerns", r"^(?:any |describe |your )?concerns? (?:about|regarding|re|with|around|as to)\b"
                        r"(?=.*\b(?:effective\w*|respon\w+|practice|actions?|involvement|performance)\b).*"
                        r"\b(?:agenc\w+|bodies|partners?|services?|professionals?|organi[sz]ations)\b"
                        rf"|^what\b.*\b{_OTHERS}\b.*\b(?:did not|didn t|fail\w*|should have|could have)\b"),
    ("agency_concerns", r"work\w* (?:\w+ )?together|work\w* more effectively|partnership working"
                        r"|multi agency (?:work|concern|practice)|inter ?agency"),
    ("for_learning", r"\bcase\b.*\b(?:brought|referred|put forward)\b.*\bfor (?:the )?(?:purposes? of )?learning"),
    ("for_statutory_review", r"\bcase\b.*\b(?:brought|referred|put forward)\b.*\bconsider\w*"),
    ("carer_at_incident", r"^who (?:had|was)\b.*\b(?:care of|caring for|looking after|supervising|responsible for)\b.*"
                          r"\b(?:time|when)\b"),
    ("incident_location", r"^where (?:did|was|were)\b.*\b(?:incident|harm|abuse|event|it)\b.*"
                          r"\b(?:occur|happen|take place|located)"),
    ("criteria_grounds_text", r"\bwhy\b.*\b(?:consider|believe|think|feel)\b.*"
                              r"\b(?:serious|notifiable|review(?:ed)?|criteria|sar|dhr|dardr|l?cspr)\b"),
    ("criteria_grounds_text", r"(?:why|how|explain|rationale|reasons?|state|grounds)\b.*"
                              r"\b(?:criteri(?:a|on)|threshold|definition)"
                              r"|^(?:does|do|how|why|explain)\b.*\bmeets?\b.*\b(?:section|criteri(?:a|on)|definition|act)\b"
                              r"|rationale for (?:the |this )?(?:referral|request|notification)"
                              r"|^why (?:is|are|was|has)\b.*\b(?:being )?referred$"
                              r"|(?:why|reasons?|grounds|rationale)\b.*\breview\b.*\b(?:needed|required|necessary|consider|request)"),
    ("parallel_processes", r"^(?:have|has|are|were) (?:any )?(?:proceedings|investigations?)\b"),
    ("parallel_processes", r"\b(?:ongoing|current|planned|outstanding)\b.*"
                           r"\b(?:investigations?|inquests?|inquiries|proceedings|complaints?|reviews?)\b"),
    ("parallel_processes", r"^(?:\w+ ){0,3}(?:proceedings|investigations?|inquests?|processes|reviews?"
                           r"|responses?|enquir\w+)\b.*"
                           r"\b(?:underway|under way|pending|completed|ongoing|in progress)\b"
                           r"|\b(?:police|safeguarding|complaints?|disciplinary)\b.*\b(?:processes|proceedings)$"
                           r"|\b(?:reported|referred|notified) to (?:the )?(?:coroner|procurator)\b"
                           r"|\b(?:anyone|any ?body|who) else\b.*\b(?:look\w* into|investigat\w+|review\w+)\b"
                           r"|^(?:police|psni|criminal|coroner\w*|internal|hse|cqc) (?:investigations?|proceedings)$"),
    ("parallel_processes", r"\bother\b.*\b(?:proceedings|investigations?|processes|enquiries|reviews?)"
                           r"|criminal (?:investigation|proceedings|justice)|charging decision|parallel"
                           r"|\b(?:police|coron\w+|inquest|court)\b.*\b(?:proceedings|investigat\w+|inquir\w+|enquir\w+)"
                           r"|investigat\w+ by (?:the )?(?:police|coroner)"),
    ("agencies_involved", rf"(?:which|what|list|names?)\b.*\b{_OTHERS}\b.*\b(?:involved|work\w*|know\w*|support\w*)"
                          rf"|^(?:other )?{_OTHERS} (?:\w+ )*(?:involved|known?|working|supporting)\b(?!.*\bconcern)"),
    ("agencies_involved", r"^(?:relevant|key|partner|local|other) (?:agencies|services|professionals|organi[sz]ations)"
                          r" (?:\w+ )?(?:and|with) (?:\w+ )?(?:contacts?|workers?|roles?|details)"),
    ("agencies_involved", r"^who (?:else )?(?:is|was|are|were|has been) (?:\w+ )?(?:involved|working|supporting)\b"
                          rf"|^(?:which|what) {_OTHERS}\b.*\bcontact\b"
                          rf"|^{_OTHERS} with (?:\w+ )?(?:involvement|contact)\b"
                          rf"|^{_OTHERS} (?:\w+ )?involved and\b"
                          rf"|^{_OTHERS} (?:believed|thought|understood|known) to\b"),
    ("agencies_involved", r"^(?:other )?(?:agenc\w+|services|organi[sz]ations) (?:\w+ )+involvement$"),
    ("immediate_action_taken", r"^(?:immediate )?(?:actions?|steps|measures) (?:already )?taken\b"
                               r"|(?:what|any|immediate|describe)\b.*\b(?:actions?|steps|measures)\b.*"
                               r"\b(?:taken|safeguard|protect)"),
    ("immediate_action_taken", r"^what has been done\b|\bdone to (?:keep|make|safeguard|protect)\b"),
    ("harm_types", r"\bwhat (?:(?:type|kind|sort|form)s? of )?(?:abuse|neglect|harm)\b.*"
                   r"\b(?:suspect|believ|alleg|occur|know)"),
    ("immediate_concerns", r"\b(?:anyone|others|children|other (?:people|adults?|persons?|residents|patients))\b.*"
                           r"\b(?:at risk|in danger)|immediate (?:risk|danger|(?:\w+ )?concerns)"),
    ("case_summary", r"(?:summar\w+|outline|background|overview|history|details|description)"
                     r" (?:of|to) (?:the |this )?case\b"),
    ("case_summary", r"^(?:brief |relevant |known |short |significant )*"
                     r"(?:family|social|relationship) (?:history|background)\b"
                     r"|^(?:brief |known |previous |any )*history between\b"
                     r"|^(?:brief |known |previous |any )*history of (?:\w+ ){0,2}"
                     r"(?:abuse|violence|family|relationship|involvement|contact)\b"),
    ("case_summary", r"^(?:relevant |brief )*background (?:information|history|details|and|to)\b"),
    ("incident_summary", r"^what (?:is the harm|harm|(?:were|are) the circumstances)\b"),
    ("incident_summary", r"\baccount of (?:the )?(?:\w+ )?(?:circumstances|incident|events?|what happened)"),
    ("incident_summary", r"(?:describe|description|outline|summar\w+|details?|explain|tell us|set out)\b.*"
                         r"\b(?:incident|circumstances|what happened|events?|death|concerns?|abuse|neglect|harm)\b"
                         r"|(?:circumstances|events?)\b.*\b(?:led|leading|prompt\w*|trigger\w*)"
                         r"|(?:circumstances|events?)\b.*\b(?:result\w*|giv\w+ rise|preced\w+)"
                         r"|^circumstances of (?:the )?(?:incident|death|case)"),
)  # fmt: skip
_ISSUES = (  # of practice, put as a question
    ("record_keeping", r"\brecord(?:s|ed|ing)?(?: keeping)?\b.*\b(?:good|quality|accura|complet|adequa|standard|clear)"
                       r"|\b(?:good|quality|accura\w+|adequa\w+|standard)\b.*\brecord(?:s|ing| keeping)\b"),
    ("information_sharing", r"\binformation\b.*\bshared?\b|\bshar(?:ed?|ing)\b.*\binformation\b"
                            r"|\bcommunicat\w+\b"),
    ("legal_measures", r"\bmental capacity act\b|\bmca\b|\bcapacity assess\w+|\bbest interests?\b"
                       r"|\blegal (?:powers|measures|options|framework)"
                       r"|\b(?:mental )?capacity\b.*\b(?:consider|assess|address)"),
    ("planning_review", r"\bplans?\b.*\b(?:review|updat|in place|monitor)|\bplanning\b.*\breview"),
    ("risk_recognition", r"\brisks?\b.*\b(?:assess|recogni|identif|manag)"),
    ("timely_action", r"\btimely\b"),
)  # fmt: skip
_SCOPING: tuple[tuple[str, str], ...] = (
    ("involvement_period", r"\binvolve\w*\b.*\b(?:start\w*|beg[iau]n|commence\w*)\b.*\b(?:end\w*|finish\w*|cease\w*)"
                           r"|\b(?:start\w*|beg[iau]n|commence\w*)\b.*\b(?:end\w*|finish\w*|cease\w*)\b.*\binvolve"),
    ("involvement_from", r"^when\b.*\b(?:first|start\w*|beg[iau]n|become|became)\b.*\b(?:involve\w*|contact|know\w*)"
                         r"|^when\b.*\binvolve\w*\b.*\b(?:start|begin|began|commence)"),
    ("involvement_to", r"^when\b.*\b(?:involve\w*|contact)\b.*\b(?:end|cease|stop|finish|close)"),
    ("author_independent", r"^have you\b.*\b(?:direct|prior|previous)\b.*\binvolvement"
                           r"|^(?:did|have) you\b.*\bline manage"),
    ("documents_seen", r"^(?:which|what)\b.*\b(?:records?|documents?|files?|notes)\b.*"
                       r"\b(?:look\w*|read|see|seen|review\w*|access\w*|search\w*|consult\w*|examin\w*|check\w*)\b"),
    ("agency_involved", rf"^(?!when|what|how|which|who).*\b(?:did|has|have|had|was|were|is)\b"
                        rf".*\byour {_AGENCY}\b.*\b(?:involve\w*|contact|know\w*)"
                        rf"|^(?!.*\b(?:address|name|number|date|background|history|summary|members|siblings))"
                        rf".*known to your {_AGENCY}"),
    ("areas_for_improvement", r"\bworried about\b|\bfell (?:below|short)\b|\b(?:might|may) have been done\b"
                              r"|^(?:areas of )?practice (?:that|which) (?:could|should|needs?|fell|did not)"),
    ("areas_for_improvement", r"^areas? (?:of|for)\b.*\b(?:concern|improve\w*|development|weakness)"),
    ("background_history", r"^(?:relevant |significant |brief |any |known )*(?:history|background|information)\b.*"
                           r"\b(?:before|prior to|outside)\b.*\b(?:period|scope|time ?frame)"),
    ("key_issue_risk_recognition", r"^(?:any |known )*(?:concerns? (?:or|and) )?risks?\b.*"
                                   r"\b(?:known|identified|respond\w*|managed)\b"),
    ("return_deadline", r"^deadline for\b|^return (?:to|this|completed|the)\b.*\bby$"),
    ("incident_outline", r"^(?:brief )?reason for (?:the |this )?(?:record )?checks?$"),
    ("key_issues", r"\bkey practice (?:issues|themes|findings)\b"),
    ("immediate_action_taken", r"^(?:has |have )?(?:any |what )?(?:actions?|steps|measures)\b.*\balready\b.*\btaken\b"
                               r"|^(?:actions?|steps|measures) (?:already )?taken\b"),
    ("learning_identified", r"\bpotential for\b.*\blearning\b"),
    ("involvement_summary", r"\bsummar\w+ (?:of )?(?:\w+ )?(?:consultations|attendances|appointments|visits)\b"),
    ("health_issues", r"\bmedical history\b"),
    ("formal_investigation", r"\bsignificant event (?:analysis|audit)\b"),
    ("formal_investigation", r"\b(?:its|your) own (?:review|investigation)s?\b"),
    ("formal_investigation", r"\binternal (?:review|investigation)s?\b.*\b(?:undertaken|carried out|conducted|held)\b"),
    ("key_issue_multi_agency", r"^how (?:well |effectively )?did\b.*\bwork with (?:other|partner)\b"),
    ("key_issue_multi_agency", r"\b(?:joint|joined up|partnership|collaborative) working\b"),
    ("formal_investigation", r"\b(?:incident|case|death)\b.*"
                             r"\b(?:investigated|reviewed|logged|declared)\b.*\bby your\b"),
    ("criminal_proceedings", r"^(?:police|coron\w+|court)\b.*\bproceedings\b"),
    ("opinion_review_type", r"\byour (?:view|opinion)\b.*\b(?:review|sar|l?cspr|dhr|dardr|criteri\w+)\b"),
    ("further_investigation_issues", r"^questions\b.*\breview\b"),
    ("review_period", r"\brequested for (?:the )?period\b"),
    ("date_completed", r"^date of (?:final |this |the )*(?:report|imr|return)$"),
    ("learning_identified", r"^(?:lessons|learning)\b.*\b(?:acted|actioned|addressed|embedded)\b"),
    ("voice", r"\b(?:lived experience|day to day (?:life|lived)|daily (?:life|lived))\b"),
    ("records_secured_date", r"\b(?:records?|files?)\b.*\bsecured\b"),
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
    ("opinion_review_type", r"^should\b.*\b(?:review|sar|l?cspr|dhr|dardr)\b.*"
                            r"\b(?:undertaken|held|commissioned|carried out|conducted|take place)\b"),
    ("opinion_review_type", r"^do(?:es)?\b.*\b(?:recommend|support)\b.*\b(?:review|sar|l?cspr|dhr|dardr)\b"),
    ("opinion_review_type", r"\bin your (?:opinion|view|judgement)\b.*\b(?:criteria|review|option)"
                            r"|\byou (?:consider|believe|think|feel)\b.*\bcriteria\b.*\bmet"
                            r"|\byou (?:consider|believe|think|feel)\b.*\bmeets? (?:the )?\w* ?criteria"),
    ("date_returned", r"^date returned\b"),
    ("involvement_from", r"\bfirst\b(?:\W+\w+){0,2} (?:involve\w*|contact\w*|know\w*|seen)"),
    ("involvement_to", r"\b(?:last|most recent|latest)\b(?:\W+\w+){0,2} (?:involve\w*|contact\w*|seen|saw)"),
    ("review_period", r"\b(?:period|time ?(?:frame|period|scale)|dates?)\b.*"
                      r"\b(?:covered|scoped|under (?:review|consideration)|considered)"),
    ("involvement_period", r"\b(?:dates?|period|time ?frame|length)\b.*\b(?:involve\w*|contact)"),
    ("other_agencies_involved", rf"\b(?:other|aware of)\b.*\b{_OTHERS}\b"
                                rf".*\b(?:involved|known|aware|asked|contacted|scoped|information)"),
    ("incident_outline", r"^(?:incident|events?|circumstances)\b.*\b(?:prompt\w*|led|leading|trigger\w*)\b"),
    ("incident_outline", r"^(?:trigger|reasons?) for (?:\w+ ){0,2}(?:review|request)$"
                         r"|^why (?:are )?we (?:are )?asking"),
    ("review_period", r"^time ?(?:scale|frame|period)s? for\b"),
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
    ("key_issue_multi_agency", r"\bmulti agency (?:concerns?|issues?|working|practice)"
                               r"|\bagencies (?:work\w*|communicat\w*)"),
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
_CERTAIN = Patterns(_SURELY)
_QUESTIONS = {"referral": Patterns(_REFERRAL + _BOTH), "scoping": Patterns(_SCOPING + _BOTH)}
_OPENS = re.compile(
    r"(?:in (?:your|the)|nature|other|tell us|presented|taken to|why|recommendations?"
    r"|what|which|who|how|why|when|where|are|is|has|have|do|does|did|was|were"
    r"|please|can|criminal|immediate|initial|early|single|describe|explain|outline"
    r"|give|provide|state|list|actions?|time ?frames?|brief|summary|details|circumstances|rationale|reasons?|any"
    r"|description|nature|overview|account|narrative|key|factors|issues|family|household|history"
    r"|use of|application of|risks?|joint|steps|measures|statutory|context"
    r"|police|to what extent|relationship|synopsis|type"
    r"|evidence|criteria|grounds|questions|queries|effective|further|additional"
    r"|set out|say|record|comment on|background|practice|should|would|organi[sz]ations?|services"
    r"|areas|concerns|dates?|period|agenc\w+|examples|evidence of|learning|lessons)\b"
)
_FEWEST, _MOST = 3, 32  # words
_ASKING = re.compile(
    r"^(?:if (?:the )?(?:adult|child|person|they|he or she) (?:has |have |is |are )?(?:died|deceased|dead)"
    r"|if (?:yes|so|no|known|applicable|not)"
    r"|please|can you|kindly|briefly"
    r"|(?:provide|give|state|describe|outline|enter|insert|list|indicate|specify|identify|confirm|detail)(?: us)?"
    r"|what (?:is|are|was|were)|who (?:is|was)|the|an?|brief(?:ly)?|short)\s+"
)


def question(kind: str, label: str) -> str:
    """Return the name of the question a plainly spelt label asks, or nothing."""
    asked = _QUESTIONS.get(kind)
    return asked.first(label) if asked and _FEWEST <= len(label.split()) <= _MOST else ""


def certain(label: str) -> str:
    """Return the name a plainly spelt label surely asks for, whatever known label it resembles, or nothing."""
    return _CERTAIN.first(label)


def asks(label: str) -> bool:
    """Say whether a label is put as a question or a heading of an answer, not as somebody's words."""
    return ends_as_label(label) or bool(_OPENS.match(plain(label)))


def without_asking(label: str) -> str:
    """Return a plainly spelt label without the "please give a brief" or "what is the" it may open with."""
    before = ""
    while before != label:
        before, label = label, _ASKING.sub("", label, count=1)
    return label

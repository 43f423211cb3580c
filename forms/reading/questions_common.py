"""Questions that forms of either kind ask, in the words they cannot do without; data: name -> pattern."""

AGENCY = r"(?:agency|organi[sz]ation|service|team|trust)"
OTHERS = r"(?:agenc\w+|organi[sz]ations?|services?|professionals?)"

BOTH: tuple[tuple[str, str], ...] = (
    ("subject_care_support_needs", r"^(?!.*\b(?:must|criteria|in its area)\b).*"
                                   r"(?:\bneeds for care (?:and|or) support|care (?:and|or) support needs)"),
    ("open_to_social_care", r"\b(?:known|open|allocated) to (?:adult|childrens?) social (?:care|services|work)"),
    ("cp_plan_current", r"^(?:is|was)\b(?!.*\b(?:siblings?|previously|ever|past)\b).*\b(?:subject|on)\b.*"
                        r"\b(?:protection|cp) (?:plan|register|registration)\b"),
    ("subject_legal_status", r"^(?:is|was|were)\b.*\b(?:subject to|under|any)\b.*\b(?:(?:statutory |legal )?orders?"
                             r"|court orders?|mental health act|guardianship|legal framework)"),
    ("cp_plan_current", r"\bon (?:the )?cpr\b"),
    ("subject_care_support_needs", r"\bhealth and (?:social )?care needs$"),
    ("incident_date", r"^dates? (?:of |when |that |on which )?(?:the )?(?:\w+ ){0,2}(?:incident|event|harm|injury)\b.*"
                      r"\b(?:identified|occurred|happened|discovered|reported|concern\w*|abuse|neglect)\b"),
    ("family_members", r"^(?:siblings|other children)\b(?!.*\b(?:plan|register|risk|safeguard\w*|protect\w*|safe)\b)"
                       r".*\b(?:home|household|family)$"),
    ("subject_gender", r"\bwhat gender\b|\bgender\b.*\bidentif"),
    ("immediate_action_taken", r"^(?:any )?immediate (?:safeguarding |protective )?actions?\b"),
    ("family_aware", r"^(?:has|have|is|are) (?:the )?(?:family|next of kin|parents|relatives)\b.*"
                     r"\b(?:told|informed|aware|contacted)$"),
    ("family_aware", r"^(?:does|do|did)\b.*\bknow\b.*\b(?:referral|notification|request|review)"),
    ("family_aware", r"(?:family|adult|child|parents?|person|representative)\b.*\b(?:aware|informed|told|consulted)\b.*"
                     r"\b(?:referral|notification|request|review)"),
)  # fmt: skip
# Asked of forms of either kind before any likeness to known labels, which these words would mislead.
SURELY: tuple[tuple[str, str], ...] = (
    ("incident_summary", r"^what (?:was|is) the (?:\w+ )?(?:incident|event)\b"),
    ("incident_summary", r"^(?:brief )?(?:summary|outline|description) of (?:the )?(?:incident|event|death) and"
                         r" (?:agency|agencies|services?)\b"),
    ("incident_date", r"^(?:when|on what (?:date|day)) (?:did|was|were|has|had) (?:the |this )?"
                      r"(?:\w+ )?(?:incident|event|injury|harm|abuse|it|this) (?:happen|occur"
                      r"|take place|taken place|occurred)$"),
    ("good_practice", r"^(?:(?:any|please|give|provide|list|describe|are there) )*examples? of (?:\w+ )?"
                      r"(?:good|best|effective|positive)\b"),
    ("agency_involved", r"^(?:is|was|are|were) (?:the |this )?(?:adult|child|person|family|victim|subject|individual)"
                        r"(?: (?:or )?(?:their )?family)? known$"),
    ("areas_for_improvement", r"^(?:areas of )?practice (?:that|which) (?:was|were) (?:less|not) (?:so "
                              r"|as )?(?:effective|good|strong)$"),
    ("learning_identified", r"^(?:learning|lessons) and recommendations\b"),
    ("immediate_action_taken", r"^(?:(?:if (?:so|yes)|what) )*(?:agency )?actions? (?:(?:was|were"
                               r"|has been|have been) )?taken$"),
    ("subject_disability", r"^(?:does|did|has|had|is|was) (?:the |this )?(?:child|adult|person"
                           r"|young person|subject)\b.*"
                           r"\b(?:disabilit(?:y|ies)|disabled|additional needs?|special (?:educational )?needs)\b"),
    ("learning_identified", r"^(?:key |any |further |immediate )?(?:learning|lessons) (?:for|from|by"
                            r"|within) (?:the |your |our |my )?"
                            r"(?:school|agency|service|practice|trust|organisation|setting|team|surgery"
                            r"|force|primary care)$"),
    ("subject_details", r"^who (?:has )?died$|^who (?:was|has been) (?:harmed|hurt|killed)$"),
    ("alleged_perpetrators.name", r"^who (?:is|was|are|were) (?:thought|believed|suspected"
                                  r"|alleged)\b.*\bresponsible\b"),
    ("family_members", r"^who (?:else )?(?:is|was|are|were|lives?|lived) (?:living )?(?:in|within"
                       r"|at) (?:the |this |their )?"
                       r"(?:family|household|home|same (?:address|house(?:hold)?))\b"),
    ("family_members", r"^(?:are|were) there (?:any )?(?:other )?(?:children|siblings)"
                       r"(?: (?:in|of) the (?:household|home|family|relationship))?$"),
    ("subject_details", r"^(?:child(?:s|ren)?|adults?|persons?|people|famil(?:y|ies)) (?:that |whom |who )?"
                        r"(?:this|the) (?:\w+ )?(?:relates? to|is about|concerns)$"),
    ("involvement_summary", r"^(?:your |agencys? |our )?contacts? with (?:the )?"
                            r"(?:adult|child|family|subject|deceased|victim|person)$"),
    ("subject_name", r"^whom? (?:is )?(?:it|this|the (?:referral|request|concern))(?: s| is)? about$"),
    ("subject_name", r"^(?:name of )?(?:the )?(?:person|child|adult|individual) (?:that |whom |who )?(?:we"
                     r"|you) (?:are |re )?"
                     r"(?:enquir\w+|inquir\w+|asking|writing|concerned) about$"),
    ("date_completed", r"^date of (?:this|the) (?:return|report|response|reply|summary|chronology|form)$"),
    ("agencies_involved", rf"^(?:other )?{OTHERS} known to (?:the )?(?:child|adult|family|person|victim|deceased)\b"),
    ("author_name", r"^(?:this|the) (?:return|form|report|response|summary|chronology) (?:was|is|has been) "
                    r"(?:completed|written|prepared|compiled|submitted) by$"),
    ("cp_plan_current", r"^(?:is there|does (?:the |this )?child (?:currently )?have) (?:a |currently a |any )?"
                        r"(?:current )?(?:cp|child protection) plan(?: in place)?$"),
    ("subject_other_ids", r"^(?:(?:swift|mosaic|liquid ?logic|care ?first|lcs|las|eclipse|paris|rio|emis|swis)\b ?"
                          r"|or |and )+(?:nhs )?(?:no|number|id|ref\w*)$"),
    ("involvement_summary", r"^(?:(?:please|give|provide|us|with|set out|a|an|the|brief|short) )*"
                            r"(?:summary|outline|details|account|description) of (?:\w+ ){0,3}"
                            r"(?:(?:involvement|contacts?)\b(?! (?:details|number|email|telephone))"
                            r"|(?:services?|support|care|work|treatment) (?:\w+ )?"
                            r"(?:provided|gave|offered|delivered)\b)"),
    ("alleged_perpetrators.relationship", r"^(?:nature of )?(?:the )?relationship between (?:the |both |these )*"
                                          r"(?:parties|two|couple|victim|deceased|people)\b"),
    ("incident_date", r"^dates? of (?:the )?(?:\w+ )?(?:incident|event|harm|injury) or\b(?!.*\b(?:you|your|agency)\b)"),
    ("subject_name", r"^who (?:is|was) (?:the )?(?:adult|child|young person|person|victim|deceased|subject)$"),
    ("subject_name", r"^who (?:are you referring|is being referred)$"),
    ("subject_name", r"^(?:name of )?(?:the )?subject of (?:the |this )?"
                     r"(?:referral|review|request|notification|report)$"),
    ("subject_address", r"^(?:home |usual |their )?address at (?:the )?time of (?:the )?"
                        r"(?:harm|abuse|incident|death|event|concern)"),
    ("board_reference", r"^(?:your |our |community safety |safeguarding (?:adults?"
                        r"|childrens?) )?(?:ls?c[bp]|s[ac]b|scp|csp|board|partnership|sar|dh?ard?r|dhr|l?cspr|review)"
                        r" (?:case |file |name )?(?:ref(?:erence|s)?|no|number|id)(?: no| number)?$"
                        r"|^(?:request|referral|notification|nomination) (?:ref(?:erence|s)?|no|number|id)$"),
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
    ("involvement_period", r"\bfirst and (?:last|most recent|final)\b.*\b(?:contact|involve\w*|seen|saw|knew)\b"),
    ("involvement_period", r"\b(?:period|dates?)\b.*\bcovered\b.*\b(?:your|agency|our) (?:\w+ )?(?:records?|files?)\b"),
    ("family_members", r"^names?\b.*\brelationships?\b.*\b(?:siblings?|family|parents?|household|others)"),
    ("agency_involved", rf"^(?:is|was|were|are)\b(?!.*\b(?:perpetrator|suspect)).*"
                        rf"\bknown to (?:you|us|(?:your|the|our) {AGENCY})$"),
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
    ("next_of_kin_name", r"^(?:(?:any|details|name|of|known) )*(?:next of kin|nearest relative) or (?:other )?"
                         r"(?:representative|carer|advocate|significant other)s?$"),
    ("incident_summary", r"^(?:in your own words )?(?:please )?(?:describe|tell us|explain|outline|set out)\b.*"
                         r"\bwhat (?:has )?happened\b"
                         r"|^(?:(?:brief|short|full|the|a) )*(?:summary|account|outline|description|details) of"
                         r" what (?:has )?happened\b"
                         r"|^what (?:has )?happened (?:and|where|when|in|briefly)\b"
                         r"|^what\b.{0,40}\b(?:alleged|believed|thought|reported|said) to have happened\b"
                         r"|^(?:please )?(?:describe|outline) (?:the )?(?:abuse|neglect|harm|circumstances)\b"
                         r"|^(?:(?:brief|the) )*(?:circumstances|facts|details|summary|outline|description|account) of"
                         r" (?:the )?(?:\w+ )?(?:homicide|murder|killing|suicide)$"),
    ("family_members", r"^(?:details of )?(?:other |any )?(?:children|siblings|dependants) of (?:the )?"
                       r"(?:victim|deceased|adult|subject|person|parties|couple|child)\b"),
    ("agencies_involved", r"^(?:other )?agencies (?:already |also )?(?:notified|informed)$"),
    ("safeguarding_lead_name", r"^(?:has|have|did|does|is|was)\b.*\b(?:manager|safeguarding lead|head of service)\b.*"
                               r"\b(?:agree\w*|approv\w*|authori[sz]\w*|support\w*|endors\w*|signed)\b"),
    ("safeguarding_lead_name", r"^(?:has|have|did|does|is|was)\b.*\b(?:(?:sab|l?scp|board|partnership) "
                               r"(?:representative|member)|(?:representative|member) (?:on|of) the (?:\w+ ){0,3}"
                               r"(?:board|partnership|sab|l?scp))\b.*\b(?:agree\w*|approv\w*|authori[sz]\w*|support\w*)\b"),
    ("safeguarding_lead_name", r"^(?:line |senior )?managers? name\b.*\b(?:agree\w*|confirm\w*|approv\w*|support\w*)\b"
                               r"|^(?:which|what) (?:\w+ )*(?:manager|lead)\b.*"
                               r"\b(?:approved|agreed|endorsed|authori[sz]ed|discussed)\b"),
    ("safeguarding_lead_name", r"^(?:has|have)\b.{0,40}\b(?:representative|member|lead|manager) been "
                               r"(?:consulted|informed|notified|spoken to|made aware)\b"),
    ("safeguarding_lead_name", r"^who\b.*\bdiscussed\b.*\bwith\b.*\b(?:your|the) (?:organi[sz]ation|agency|service)"
                               r"|^who\b.*\b(?:approved|agreed|endorsed|authori[sz]ed|signed off|supports?) "
                               r"(?:the |this )(?:referral|request|notification)"),
    ("safeguarding_lead_name", r"^(?:has|have)\b.*\b(?:agreed|discussed|approved|authori[sz]ed|endorsed|supported)\b.*"
                               r"\b(?:by|with) (?:\w+ ){0,4}(?:representative|member|lead)$"),
    ("safeguarding_lead_name", r"^(?:name of )?(?:line |senior )?managers? .*\bsupports?\b.*"
                               r"\b(?:referral|request|notification)$"),
    ("subject_school", r"^(?:name of )?(?:(?:current|last|the|childs) )*(?:school|nursery|college)\b"
                       r"(?: (?:or|and|school|nursery|college|early years|setting|provider))* (?:last )?attended$"),
    ("criteria_evidence", r"^(?:why|how)\b.*\b(?:abuse|neglect)\b.*\b(?:known|suspected|factor|contribut\w+)\b"),
    ("subject_care_support_needs", r"^(?!.*\b(?:criteria|why|how|adults? with)\b).{0,40}"
                                   r"\bcare (?:and|or) support needs?\b.{0,40}$"),
    ("incident_summary", r"\b(?:summary|outline|description|account) of (?:the )?(?:\w+ and )?circumstances\b"),
    ("family_members", r"^names?\b.*\b(?:siblings|dependants|other children|(?:family|household) members)\b"
                       r"|^children (?:name |names )?(?:and )?(?:dobs?|dates? of birth)\b"),
    ("parallel_processes", r"^(?:other |any )*investigations$"),
    ("harm_types", r"^(?:please )?tick (?:the |all )?(?:types?|categor\w+|forms?) of (?:abuse|harm|neglect)"),
    ("harm_types", r"^abuse (?:and |or )?neglect$"),
    ("cp_plan_current_or_previous", r"^(?:\w+ ){0,3}(?:cp|child protection|cpp)(?: plans?| register)?"
                                    r" (?:current|currently|now|present) (?:or )?(?:past|previous(?:ly)?|historic)$"),
    ("incident_summary", r"^(?:the )?date (?:and |of )(?:nature|details|description|circumstances|summary) of (?:the )?"
                         r"(?:\w+ )?(?:incident|event|injury|harm)$"),
    ("subject_died", r"^(?:has|have|did|is)\b.{0,40}\b(?:died?|deceased|dead|passed away) if (?:so|yes|applicable)\b"
                     r".{0,30}\b(?:date|when)\b"),
    ("family_members", r"^who are (?:the|their|any) (?:children|family|relatives|siblings)\b"),
    ("cause_of_death", r"^how did (?:the )?(?:\w+ )?(?:die|pass away)\b"),
    ("subject_current_location", r"^(?:if (?:still )?alive )?where (?:are|is) (?:they|he|she|the \w+)\b"
                                 r".*\b(?:living|staying|residing|now|currently)\b"),
    ("subject_died", r"^(?:date )?died (?:or )?(?:seriously )?(?:harmed|injured)(?: date)?$"),
    ("subject_disability", r"^(?:any |known )*(?:communication needs? |impairments? )?(?:and |or )?disabilit(?:y|ies)"
                           r"(?: and| or)* (?:other )?(?:health|medical) (?:conditions?|needs|issues)$"),
    ("subject_died", r"^(?:has|have|did|was|were)\b.{0,40}\bdied or (?:\w+ ){0,2}(?:seriously )?(?:harmed|injured)\b"),
    ("subject_died", r"^(?:is|has|have|did|was)\b.{0,30}\b(?:died|deceased|dead|passed away) if (?:so|yes|applicable)\b"
                     r".{0,40}\b(?:date|when)\b"),
    ("subject_died", r"^(?:is|are) (?:the )?(?:\w+ )?(?:adult|child|person|subject|individual|victim|he|she|they)\b"
                     r".{0,9}\b(?:alive|living)(?: or (?:dead|deceased))?"
                     r"(?: if (?:not|no)\b.*)?$|^alive or (?:dead|deceased)$|^(?:dead|deceased) or alive$"),
    ("contextual_information", r"^(?:(?:please|briefly|describe|outline|explain|set out) )*(?:your|the) "
                               rf"{AGENCY}s? (?:role|function|remit|purpose)\b"),
    ("date_completed", r"^date (?:\w+ ){0,2}(?:summary|report|return|form|chronology|imr|response|template) (?:was )?"
                       r"completed$"),
    ("office_date_sent_to_chair", r"^date (?:of )?(?:referral|notification|form|request)\b.*"
                                  r"\b(?:sent|passed|forwarded) to\b.*\bchair"),
    ("office_date_info_requested", r"^date of call for information"
                                   r"|^date information (?:was )?(?:called for|requested)"),
    ("office_info_deadline", r"^(?:deadline|date)\b.*\b(?:agenc\w+|return)\b.*\b(?:submit|return|respond)\w*\b"
                             r".*\b(?:information|summar\w+|scoping)|^deadline for (?:agency|agencies)\b"),
)  # fmt: skip

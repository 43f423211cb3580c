"""Questions that referrals ask, in the words they cannot do without; data: name -> pattern."""

from .questions_common import OTHERS

REFERRAL: tuple[tuple[str, str], ...] = (
    ("referrer_name", r"^(?:name of )?(?:the )?(?:sio|oic|officer in (?:the )?(?:case|charge)"
                      r"|(?:senior )?investigating officer)(?: name)?$"),  # if nobody else
    ("agencies_involved", rf"^{OTHERS} (?:providing|giving|offering|delivering)\b"),
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
    ("date_of_referral", r"^date (?:on which )?(?:you are |you re |of )?(?:sending|submitting|making|sent|submitted)\b"
                         r"(?: (?:the |this )?(?:form|referral|request|notification|proposal))?$"),
    ("date_of_referral", r"^date (?:notified|referred|sent) to\b"),
    ("date_of_referral", r"^date of (?:referral|notification|request) to\b"),
    ("date_of_referral", r"^date (?:you |form |this form )?(?:completed|submitted|filled in)"),
    ("safeguarding_lead_name", r"\bwho\b.*\bauthori[sz]ed|^authori[sz]ed by"),
    ("incident_summary", r"(?:summary|outline|description) of (?:the )?incident (?:or )?case\b"),
    ("case_summary", r"^(?:please )?(?:provide |give )?(?:a )?(?:brief |short )?summary of the case\b"
                     r"|^what\b.*\bknown\b.*\b(?:family|familys|history|background)\b"),
    ("review_type_requested", r"^(?:which |what )?(?:type|kind)s? of review\b.*"
                              r"\b(?:recommend|request|propos|consider|sought|suggest|appl|need|requir|think)\w*"),
    ("criteria_grounds", r"^which\b.*\b(?:part|limb|section|subsection|paragraph)s?\b.*\b(?:appl\w+|is met|are met)"),
    ("criteria_grounds_text", r"^why (?:i|we) (?:(?:am|are|have|want to|wish to) )?(?:re|a |this )?"
                              r"(?:refer|bring|notif|rais|suggest|propos|ask)\w*"),
    ("criteria_grounds_text", r"^why\b.*\b(?:lessons|learning|learned|learnt)\b"),
    ("criteria_grounds_text", r"^(?:justification|rationale|grounds|case|reasons?) for (?:a |an |the )?(?:\w+ ){0,2}"
                              r"(?:review|sar|l?cspr|dhr|dardr|susr)$"),
    ("criteria_grounds_text", r"^do(?:es)? (?:you|your \w+) (?:recommend|consider|think|believe)\b.*\breview\b"),
    ("criteria_grounds_text", r"^why (?:is|are) (?:the|this|these) cases? (?:being )?(?:presented|brought|raised)\b"),
    ("criteria_grounds_text", r"^reasons? (?:why |that )?(?:the |this )?(?:referral|notification) (?:is"
                              r"|was) (?:being )?made$"),
    ("criteria_grounds_text", r"\babuse (?:or|and) neglect\b.*\b(?:explain|give details|how|why)\b"),
    ("criteria_grounds_text", r"^why (?:is|was) (?:the|this)\b.*\b(?:serious|notifiable|significant|learning)\b"),
    ("agency_concerns", rf"^(?:have|has|had|did|do|were|was|are|is)\b.*\b{OTHERS}\b.*\bcause for concern\b"
                        rf"|^(?:is|was) there\b.*\bcause for concern\b.*\b{OTHERS}\b"),
    ("criteria_grounds_text", r"^why (?:it|this|the case) is of (?:interest|concern)\b"),
    ("agency_concerns", r"^how (?:did )?(?:the )?(?:agencies|partners|services) respond"),
    ("criteria_grounds_text", r"^why (?:should|does|do|would|might|may|could|is|are|a|this)\b.*"
                              r"\b(?:criteri\w+|review(?:ed)?|sar|l?cspr|dhr|dardr)\b"),
    ("incident_summary", r"^what do you know (?:about|of)\b.*\b(?:circumstances|death|incident|event|happened)"),
    ("agencies_involved", r"^who else (?:may|might|could|would|will)\b.*\b(?:information|know\w*|involved)\b"),
    ("agencies_involved", rf"^(?:other )?{OTHERS} (?:that|who|which) (?:may|might|could) (?:hold|have)\b"),
    ("criteria_evidence", r"^why\b.*\b(?:abuse|neglect)\b.*\b(?:part|role|involved|factor)$"),
    ("referrer_agency", r"^(?:which|what) (?:agency|organi[sz]ation|service) (?:are|do) you\b"),
    ("criteria_grounds_text", r"^(?:factors|reasons|indicators) (?:that |which )?(?:suggest|indicat)\w*\b.*"
                              r"\b(?:required|needed|necessary|review|met)\b"
                              r"|^reasons? why\b.*\blearning\b"),
    ("criteria_grounds", r"^criteri(?:a|on) (?:\w+ )?met\b"
                         r"|^criteri\w+\b.*\b(?:believed|considered|thought|felt|deemed)\b.*\bmet$"),
    ("criteria_grounds", r"^(?:which|what|please tick|tick)\b.*\bcriteri\w+\b.*"
                         r"\b(?:met|meets?|apply|considered?|relevant|grounds)"
                         r"|^criteria (?:under|on) which"),
    ("criteria_evidence", r"^evidence (?:that|of|for)\b.*\b(?:abuse|neglect|criteri\w+)"),
    ("agency_concerns", r"\b(?:issues|concerns?|problems|difficulties)\b.*"
                        r"\b(?:between|across|among(?:st)?) (?:\w+ ){0,2}"
                        r"(?:agencies|services|partners|professionals|organi[sz]ations)\b"),
    ("agency_concerns", r"^(?:any |describe |your )?concerns? (?:about|regarding|re|with|around|as to)\b"
                        r"(?=.*\b(?:effective\w*|respon\w+|practice|actions?|involvement|performance)\b).*"
                        r"\b(?:agenc\w+|bodies|partners?|services?|professionals?|organi[sz]ations)\b"
                        rf"|^what\b.*\b{OTHERS}\b.*\b(?:did not|didn t|not do|fail\w*|should have|could have)\b"),
    ("agency_concerns", r"(?<!\bin )(?<!\bunder )work\w* (?:\w+ )?together(?! 20\d\d)"
                        r"|work\w* more effectively|partnership working"
                        r"|multi agency (?:work|concern|practice)|inter ?agency"),
    ("agency_concerns", rf"^(?:what|how|where|in what ways?)\b.*\bnot work\w*\b.*\b{OTHERS}\b"
                        rf"|^which\b.*\b{OTHERS}\b.*\bconcern"),
    ("carer_at_incident", r"^(?:persons?|people|adults?|carers?)\b.*\b(?:present|carers?)\b.*\bat (?:the )?time\b"),
    ("date_aware", r"^(?:date|when)\b.*\b(?:became|made|were|was) (?:first )?aware\b"),
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
                              r"|^(?:does|do|how|why|explain)\b.*\bmeets?\b.*"
                              r"\b(?:section|s ?44|criteri(?:a|on)|definition|act)\b"
                              r"|rationale for (?:the |this )?(?:referral|request|notification)"
                              r"|^why (?:(?:are|have|do) )?(?:you|we) (?:are )?(?:referr|request|notif|mak|submit"
                              r"|ask)\w*"
                              r"|^why (?:is|are|was|has)\b.*\b(?:being )?referred$"
                              r"|(?:why|reasons?|grounds|rationale)\b.*\breview\b.*\b(?:needed|required|necessary|consider|request)"
                              r"|^(?:why|reasons?)\b.*\b(?:needs?|requires?|warrants?|merits?|justif\w+)\b.*\breview"),
    ("parallel_processes", r"^(?:is|was|will) there (?:be )?(?:also )?an? (?:\w+ )?(?:investigation|inquest)\b"),
    ("parallel_processes", r"^(?:is|was|will|has) there (?:be |been )?an? (?:\w+ ){1,3}enquiry\b"),
    ("parallel_processes", r"^(?:have|has|are|were) (?:any )?(?:proceedings|investigations?)\b"),
    ("parallel_processes", r"\b(?:ongoing|current|planned|outstanding)\b.*"
                           r"\b(?:processes|investigations?|inquests?|inquiries|proceedings|complaints?|reviews?)\b"),
    ("parallel_processes", r"^(?:\w+ ){0,3}(?:proceedings|investigations?|inquests?|processes|reviews?"
                           r"|responses?|enquir\w+)\b.*"
                           r"\b(?:underway|under way|pending|completed|ongoing|in progress)\b"
                           r"|\b(?:police|safeguarding|complaints?|disciplinary)\b.*\b(?:processes|proceedings)$"
                           r"|\b(?:reported|referred|notified) to (?:the )?(?:coroner|procurator)\b"
                           r"|\b(?:anyone|any ?body|who) else\b.*\b(?:look\w* into|investigat\w+|review\w+)\b"
                           r"|^(?:police|psni|criminal|coroner\w*|internal|hse|cqc) (?:investigations?|proceedings)$"),
    ("parallel_processes", r"\bany of (?:these|the following) (?:processes|proceedings|investigations?|reviews?)\b"),
    ("parallel_processes", r"\bother\b.*\b(?:proceedings|investigations?|process(?:es)?|enquiries|reviews?)"
                           r"|criminal (?:investigation|proceedings|justice)|charging decision|parallel"
                           r"|\b(?:police|coron\w+|inquest|court)\b.*\b(?:proceedings|investigat\w+|inquir\w+|enquir\w+)"
                           r"|investigat\w+ by (?:the )?(?:police|coroner)|^any\b.*\bcoron\w+\b.*\baction\b"),
    ("agencies_involved", rf"^{OTHERS} (?:to be|who should be|that should be) contacted\b"),
    ("agencies_involved", rf"(?:which|what|list|names?)\b.*\b{OTHERS}\b.*\b(?:involved|work\w*|know\w*|knew|support\w*"
                          r"|contact with)"
                          rf"|^(?:other )?{OTHERS} (?:\w+ )*"
                          r"(?:involved|known?|working|supporting|aware)\b(?!.*\bconcern)"),
    ("agencies_involved", r"^(?:relevant|key|partner|local|other) (?:agencies|services|professionals|organi[sz]ations)"
                          r" (?:\w+ )?(?:and|with) (?:\w+ )?(?:contacts?|workers?|roles?|details)"),
    ("agencies_involved", r"^who (?:else )?(?:knew|supported|worked with|had contact with) (?:him|her|them|the \w+)$"),
    ("incident_summary", r"^what (?:we|i) (?:know|have been told|understand)(?: so far| happened)?$"),
    ("agencies_involved", r"^who (?:else )?(?:is|was|are|were|has been) (?:\w+ )?(?:involved|working|supporting)\b"
                          rf"|^(?:which|what) {OTHERS}\b.*\bcontact\b"
                          rf"|^{OTHERS} with (?:\w+ )?(?:involvement|contact)\b"
                          rf"|^{OTHERS} (?:\w+ )?involved and\b"
                          rf"|^{OTHERS} (?:believed|thought|understood|known) to\b"),
    ("agencies_involved", r"^(?:other )?(?:agenc\w+|services|organi[sz]ations) (?:\w+ )+involvement$"),
    ("immediate_action_taken", r"^(?:immediate )?(?:actions?|steps|measures) (?:already )?taken\b"
                               r"|(?:what|any|immediate|describe)\b.*\b(?:actions?|steps|measures)\b.*"
                               r"\b(?:taken|safeguard|protect)"),
    ("immediate_action_taken", r"^(?:immediate )?(?:actions?|steps|measures) to (?:safeguard|protect|keep)\b"),
    ("immediate_action_taken", r"^what has (?:already )?been done\b|\bdone to (?:keep|make|safeguard|protect)\b"),
    ("harm_types", r"\bwhat (?:(?:type|kind|sort|form)s? of )?(?:abuse|neglect|harm)\b.*"
                   r"\b(?:suspect|believ|alleg|occur|know|think|took place|happened)"),
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
    ("incident_summary", r"^what is (?:currently |already )?known (?:so far|at (?:this|the) (?:stage|point|time)"
                         r"|about the (?:incident|circumstances|harm|death))$"),
    ("incident_summary", r"^what (?:is the harm|harm|(?:were|are) the circumstances)\b"),
    ("incident_summary", r"\baccount of (?:the )?(?:\w+ )?"
                         r"(?:circumstances|incident|events?|what happened|harm|abuse|neglect|death)"
                         r"|^nature of (?:\w+ ){0,3}(?:injur\w+|harm|incident|abuse) and (?:the )?circumstances"),
    ("incident_summary", r"(?:describe|description|outline|summar\w+|details?|explain|tell us|set out)\b.*"
                         r"\b(?:incidents?|circumstances|what happened|events?|death|concerns?|abuse|neglect|harm)\b"
                         r"|(?:circumstances|events?)\b.*\b(?:led|leading|prompt\w*|trigger\w*)"
                         r"|(?:circumstances|events?)\b.*\b(?:result\w*|giv\w+ rise|preced\w+)"
                         r"|^circumstances of (?:the )?(?:incident|death|case)"),
)  # fmt: skip

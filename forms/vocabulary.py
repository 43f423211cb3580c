"""The words real forms use for the people of a form, for our options and for our routes; data, for strangers' labels.

`PEOPLE` and the wordings of `forms.particulars` are the two halves of labels such as "Adult's date of birth" or
"Referrer - telephone", which are put together under the section they stand in. Wordings are written in small
letters without punctuation, as `forms.reading.labels.plain` leaves them.
"""

# The word before the attribute in our canonical names -> how a label or a heading names that person.
PEOPLE: dict[str, str] = {
    "lead": r"(?:(?:agreed|discussed|supported|approved|authori[sz]ed|endorsed|signed off) (?:by|with)"
    r" (?:the |your |my )?)?"
    r"(?:senior |agency |designated |named )?safeguarding (?:adults? |children )?(?:lead|manager)"
    r"(?: (?:who )?(?:has )?(?:agree|authori[sz]|approv|endors)\w*"
    r"(?: (?:the |this )?(?:referral|request|notification))?)?"
    r"|(?:named|designated) (?:safeguarding )?"
    r"(?:lead|professional|nurse|doctor|person|officer)(?! (?:submitt|mak|complet|notify|referr)ing\b)"
    r"|authorising (?:manager|officer)|authorised by"
    r"|endorsed by"
    r"|(?:senior |line )?manager(?: who)?(?: has| have)? (?:agree|authori[sz]|approv|endors|consult|inform|support)\w*"
    r"(?: (?:about )?(?:the |this )?(?:referral|request|notification|proposal|form))?"
    r"|(?:agencys? )?(?:board|partnership|executive) (?:representative|member)"
    r"(?: (?:who )?(?:has )?(?:agree|authori[sz]|approv|endors)\w* (?:the |this )?(?:referral|request|notification)?)?"
    r"|(?:has |who has )?authori[sz]ed|(?:agency )?s?(?:ab|cp|cb|scp) (?:representative|member)"
    r"|safeguarding partner rep(?:resentative)?|approved by"
    r"|agreed (?:by|with) (?:the |your |my )?(?:\w+ )?manager"
    r"|line manager|senior manager|head of service|countersign\w*|signed off by|agency lead",
    "perpetrator": r"(?:known (?:or|and) )?(?:alleged|suspected) perpetrators?(?: s)?|perpetrators?(?: s)?"
    r"|alleged abusers?|suspects?"
    r"|persons? (?:s )?alleged(?: to (?:be|have been) responsible)?"
    r"|alleged offenders?|person causing harm|source of (?:harm|risk)"
    r"|person thought to be the cause of (?:harm|risk)"
    r"|(?:subject|accused) (?:to|of|by) (?:the |this |an )?allegations?|accused"
    r"|allegation is (?:about|against)"
    r"|defendant|offender|person s? ?alleged responsible|alleged responsible|persons? responsible"
    r"|persons? s? ?(?:believed|thought|suspected|considered) to (?:be|have been) responsible"
    r"|(?:persons?|people|individuals?|partner)(?: who)?(?: (?:is|are|was|were|may|has|have|believed|thought|suspected"
    r"|alleged|said|to|be)){0,4} (?:us(?:ed?|ing)|caus(?:ed?|ing)|inflict\w+|carr\w+ out|pos(?:ed?|ing))"
    r" (?:\w+ ){0,2}(?:abuse|abusive behaviour|harm|violence|risk)"
    r"|(?:person|individual) of concern|(?:persons?|people)(?: s)? (?:charged|arrested|suspected)"
    r"(?: (?:or|and) (?:charged|arrested|suspected))?"
    r"|(?:persons? or )?(?:persons?|people) (?:who (?:is|are|was|were) )?(?:suspected|accused) of(?: \w+){1,3}",
    "next_of_kin": r"next of kin|nok|(?:nearest|closest) relative"
    r"|relatives?(?= (?:name|address|contact|telephone))|significant other"
    r"|family (?:carers? )?(?:contact|representative)"
    r"|(?:relevant )?persons? representatives?",
    "parents": r"parents? ?(?:or )?s? ?(?:and )?carers?|parents?(?: s)?|mother|father|carers?(?: s)?"
    r"|guardians?",
    "gp": r"gp(?! completing)|general practitioner|doctor(?! completing)",
    "author": r"contributors?(?: s)?"
    r"|person filling (?:it |this )?(?:in|out)(?: (?:the |this )?(?:form|report|return|template))?"
    r"|(?:gp|doctor|nurse|midwife|(?:health )?visitor|teacher|clinician|practitioner|professional|officer"
    r"|manager|worker)"
    r" completing"
    r"(?: (?:the |this )?(?:form|report|return|summary|template|chronology))?(?!\w)"
    r"|responders?(?: s)?|(?:imr|chronology) writer(?: s)?|person completing"
    r"(?: (?:the |this )?(?:form|report|return|notification|referral|request|summary|template|document))?"
    r"|(?:chronology |summary |template |return )?completed by"
    r"|(?:report|submission|return|summary) author|author(?: s)?"
    r"|(?:officer|person|manager|practitioner) (?:replying|responding)|replying (?:officer|person)"
    r"|responding|respondent|report writer"
    r"|(?:worker|officer|person) compiling|person undertaking|prepared by|form completed by"
    r"|completing"
    r"|(?:lead|agency) contact|report (?:completed )?by|(?:reply|response|return) (?:given|made|sent|written) by"
    r"|(?:(?:reviewing|contributing) (?:officer|practitioner|professional|clinician|manager)|lead officer)"
    r"(?: (?:for|from|in) (?:the |your )?(?:agency|organisation|service))?"
    r"|imr author|information provided by|compiled by",
    "requester": r"person initiating the request|initiating the request|requester|requested by"
    r"|requesting|request made by",
    "referrer": r"referrers?(?: s)?|applicants?(?: s)?"
    r"|(?:referring|notifying|reporting) (?:officer|professional|person|worker|practitioner)s?"
    r"|referring|your|person making (?:the |this |a )?(?:referral|notification|request)"
    r"|(?:designated )?(?:person|officer|professional|practitioner)"
    r" (?:submitting|making|sending) (?:the |this |a )?(?:referral|notification|request|form)"
    r"|making (?:the |this |a )?(?:referral|notification|request)"
    r"|(?:notifying|informing) the (?:partnership|board|csp|sab|l?scp)"
    r"|referred by|presented by|nominated by|nominated (?:agency )?representative"
    r"|alerting person|person alerting|alerter|presenter|person referring|officer in (?:the |this )?case"
    r"|notifiers?|notifying|submitting"
    r"|submitted by|person referring|person notifying"
    r"|(?:person )?raising|raised by"
    r"|(?:proposed|suggested) by|notification made by"
    r"|person submitting|referral made by|reporting|nominating|nominator|proposer"
    r"|(?:person |professional |officer |agency )?(?:bringing|presenting) (?:the |this |a )?case(?: forward)?"
    r"|(?:put|brought) forward by|reported by|request from|referral from|notification from",
    "subject": r"child(?:ren)? ?(?:s|ies)?(?: or)?(?: young persons?| adults?)?"
    r"|adults?(?: s)?(?: at risk)?(?: at the centre of (?:the |this )?review)?"
    r"|young persons?(?: s)?|victims?(?: s)?|subjects?(?: (?:s|1))?|deceased(?: s)?(?: person)?|service users?"
    r"|patients?|pupils?|persons? on probation|employees?"
    r"|clients?|vulnerable adult|individuals?|baby|infant|bab(?:y|ies)"
    r"|(?:person|people) (?:concerned"
    r"|at the centre of (?:the |this )?review|who (?:has )?(?:died|been harmed)|who was harmed)"
    r"|person s?|person|persons",
}

# Which canonical name a person's attribute has, where it is not simply person_attribute.
SPECIAL: dict[tuple[str, str], str] = {
    ("lead", "name"): "safeguarding_lead_name",
    ("lead", "agency"): "safeguarding_lead_agency",
    ("lead", "role"): "safeguarding_lead_role",
    ("lead", "telephone"): "safeguarding_lead_telephone",
    ("lead", "email"): "safeguarding_lead_email",
    ("lead", "contact"): "safeguarding_lead_contact",
    ("lead", "address"): "safeguarding_lead_contact",
    ("parents", "name"): "parents_carers_names",
    ("parents", "address"): "parents_carers_address",
    ("next_of_kin", "name"): "next_of_kin_name",
    ("next_of_kin", "contact"): "next_of_kin_address",
    ("gp", "name"): "subject_gp",
    ("gp", "agency"): "subject_gp",
    ("gp", "address"): "subject_gp",
    ("gp", "contact"): "subject_gp",
    ("author", "agency"): "agency_name",
    ("author", "date"): "date_completed",
    ("requester", "name"): "requested_by",
    ("requester", "date"): "request_date",
    ("requester", "agency"): "requested_by",
    ("requester", "address"): "requested_by",
    ("referrer", "date"): "date_of_referral",
    ("referrer", "signature"): "referrer_signature",
}

# Attributes that are asked of the subject alone, whoever's section they stand in.
SUBJECT_ONLY = frozenset({
    "initials", "ethnicity", "disability", "religion", "first_language", "nhs_number", "other_ids", "current_location",
    "date_of_death", "time_of_death", "place_of_death", "legal_status", "gp", "school", "care_support_needs",
})  # fmt: skip

# Attributes our forms have for each of the others.
ASKED_OF: dict[str, frozenset[str]] = {
    "referrer": frozenset(
        {"name", "role", "agency", "address", "telephone", "email", "contact", "date", "signature"}
    ),
    "author": frozenset({"name", "role", "agency", "address", "telephone", "email", "contact", "date"}),
    "lead": frozenset({"name", "role", "agency", "telephone", "email", "contact", "address"}),
    "perpetrator": frozenset({"name", "dob", "address", "relationship"}),
    "next_of_kin": frozenset({"name", "dob", "address", "relationship", "contact"}),
    "parents": frozenset({"name", "address"}),
    "gp": frozenset({"name", "agency", "address", "contact"}),
    "requester": frozenset({"name", "date", "agency", "address"}),
}

# Words of real forms that mean one of our options: name of the question -> code -> pattern, in small letters.
OPTION_WORDS: dict[str, dict[str, str]] = {
    "opinion_review_type": {
        "statutory_review": r"^(?!.*\b(?:not|other|non)\b).*(?:safeguarding adults? review|practice review"
        r"|homicide review|serious case review|significant case review|death review|statutory"
        r"|\bl?cspr\b|\bdh?ard?r\b|\bdhr\b)",
        "no_further_action": r"no further action|\bnfa\b|no review|criteria not met",
    },
    "harm_types": {
        "psychological": r"emotional|psychological",
        "financial": r"financial|material",
        "self_neglect": r"self neglect|hoarding",
        "organisational": r"organi[sz]ational|institutional",
        "modern_slavery": r"slavery|trafficking",
        "exploitation": r"exploitation",
    },
    "review_type_requested": {
        "child": r"serious case|child|cspr|young person",
        "adult": r"safeguarding adults?|adult|\bsar\b",
        "domestic": r"homicide|domestic|dhr|dardr",
        "learning": r"^(?!.*(?:child|adult|homicide)).*(?:learning|near miss|good practice|other)",
    },
}

# What a referral form prints when it is for one of our routes, and how much that says; matched per printed line.
ROUTE_WORDS: dict[str, tuple[tuple[int, str], ...]] = {
    "child": (
        (3, r"(?<!adult )(?<!adults )serious case review(?!s? adults?\b)"
            r"|child safeguarding practice|child practice review|\bl?cspr\b|serious child"),
        (2, r"safeguarding children|\blscp\b|\blscb\b|working together 20|child death"),
        (1, r"name of child|childs? (?:details|name)|child protection plan|about the child|parental responsib"),
    ),
    "adult": (
        (3, r"safeguarding adults? review|\badults? serious case review|serious case reviews? adults?\b"
            r"|adult (?:practice|protection|support and protection)|\bicr notif"),
        (2, r"care act|section 44|care and support needs|safeguarding adults board|\bsarsg\b|adults? at risk"),
        (1, r"adults? (?:name|details|home|date)|name of adult|about the adult|mental capacity|self neglect"),
    ),
    "domestic": (
        (4, r"domestic homicide review|domestic abuse related death|\bdhr\b|\bdardr\b"),
        (2, r"community safety partnership|intimate partner|domestic homicide"),
        (1, r"victim (?:name|details|dob)|perpetrators? (?:name|details|dob)|relationship to victim"),
    ),
}  # fmt: skip

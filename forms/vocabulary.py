"""The words real forms use for our fields: canonical name -> wordings met, for strangers' labels.

Three tables. `PHRASES` are whole labels. `ATTRIBUTES` and `PEOPLE` are the two halves of labels such as "Adult's
date of birth" or "Referrer - telephone", which are put together under the section they stand in. Wordings are
written in small letters without punctuation, as `forms.reading.labels.plain` leaves them.
"""

# What is asked about a person -> wordings. Put together with PEOPLE and the section by `named`.
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "names", "full name", "contact name", "contact names", "first name and surname",
        "identifier", "name identifier", "first name and last name", "forename and surname", "print name",
        "who", "title and name", "contact person", "name in full", "named person",
    ),
    "surname": ("surname", "family name", "last name", "surnames", "family names"),
    "forename": (
        "forename", "forenames", "first name", "first names", "given name", "given names", "christian name",
        "christian names",
    ),
    "other_names": (
        "other names", "alias", "aliases", "aka", "also known as", "known as", "previous names",
        "maiden name", "any other names", "other names used", "alias es", "previous surname",
    ),
    "initials": ("initials", "initials only"),
    "dob": (
        "date of birth", "dob", "d o b", "birth date", "date of birth dob", "born", "dob edd", "dob or edd",
        "date of birth edd", "dob age", "date of birth age", "date of birth or age", "birthdate",
    ),
    "age": ("age", "age at death", "age at time of incident", "age years", "age at time of death"),
    "gender": ("gender", "sex", "gender identity", "sex gender", "gender sex", "m f", "gender m f"),
    "ethnicity": (
        "ethnicity", "ethnic origin", "ethnic group", "ethnic background", "race", "race ethnicity",
        "ethnicity race", "ethnicity code", "nationality ethnicity", "ethnicity nationality",
        "nationality and ethnicity", "ethnic category", "ethnicity if known",
    ),
    "disability": (
        "disability", "disabilities", "any disability", "disabled", "disability details",
        "does the child have a disability", "disability or health condition",
    ),
    "first_language": (
        "first language", "language", "preferred language", "main language", "language spoken",
        "first language spoken", "interpreter required", "language preference",
        "preferred language of communication",
    ),
    "nhs_number": ("nhs number", "nhs no", "nhs", "nhs num", "chi number", "chi"),
    "other_ids": (
        "other ids", "unique identifier", "client id", "case id", "mosaic id", "mosaic number",
        "liquidlogic id", "swift number", "paris number", "framework i number", "hospital number",
        "social care id", "social services id", "social services number", "id number", "other identifiers",
        "upn", "unique pupil number", "pnc id",
        "system id", "case number", "crime number", "social care number", "local authority id",
        "customer number", "client reference", "carefirst number",
    ),
    "address": (
        "address", "addresses", "home address", "usual address", "permanent address", "postal address",
        "work address", "business address", "contact address", "full address", "address including postcode",
        "address and postcode", "address inc postcode", "address with postcode", "last known address",
        "return address", "address at time of incident", "address at time of death", "normal address",
        "usual place of residence", "residence", "main address", "address postcode",
        "where do they live", "where did they live", "where do did they live",
        "where does the person live", "where did the person live",
        "home address and postcode", "correspondence address", "registered address",
    ),
    "postcode": ("postcode", "post code"),
    "current_location": (
        "current residence", "current location", "current whereabouts", "present whereabouts",
        "current placement", "current address", "present address", "present location",
        "current address if different", "current place of residence", "placement address",
        "where is the adult now", "where are they now", "address if different", "temporary address",
        "where is the child now", "location", "current whereabouts of child", "last known location",
        "last known whereabouts", "whereabouts now",
    ),
    "telephone": (
        "telephone", "telephone number", "tel", "tel no", "tel number", "telephone no", "phone",
        "phone number", "contact number", "contact numbers", "contact telephone", "contact telephone number",
        "contact phone", "contact phone number", "mobile", "mobile number", "mobile no", "landline",
        "work telephone", "telephone numbers", "contact tel", "contact tel no", "contact no", "work phone",
        "direct line", "direct dial", "direct dial number", "office number", "phone no", "daytime telephone",
        "work number",
        "work telephone number", "contact tel number",
    ),
    "email": (
        "email", "e mail", "email address", "e mail address", "contact email", "secure email",
        "email contact", "secure email address", "work email", "work email address", "contact email address",
        "gcsx email",
        "nhs net email", "e mail contact",
    ),
    "contact": (
        "contact details", "contact", "contact information", "contacts", "contact detail", "how to contact",
        "full contact details", "details", "contact details including email", "work contact details",
    ),
    "role": (
        "role", "job title", "designation", "position", "post", "rank", "grade", "job role",
        "position held", "role job title", "job title role", "title", "post held", "professional role",
        "post title", "position in organisation", "role in organisation", "job", "capacity", "rank grade",
        "profession",
    ),
    "agency": (
        "agency", "organisation", "organization", "employer", "service", "agency organisation", "team",
        "organisation agency", "agency name", "organisation name", "name of agency", "name of organisation",
        "agency service", "service agency", "department", "company", "trust", "directorate",
        "agency department", "agency represented", "employing agency", "employing organisation",
        "organisation team", "agency team", "service team", "organisation service", "team service",
        "place of work", "base", "organisation you work for", "who do you work for", "agency you work for",
        "office", "dept", "local authority", "practice", "practice name", "surgery",
        "force", "force agency", "agency force", "yot", "youth offending team", "youth offending service",
        "youth justice service",
    ),
    "relationship": (
        "relationship", "relationship to child", "relationship to adult", "relationship to subject",
        "relationship to victim", "relationship to deceased", "relation", "relationship to the adult",
        "relationship to the child", "relationship with adult", "relationship to person",
        "relationship with victim", "relationship to subject child", "relationship to the victim",
        "relationship with child", "relationship to child young person", "relationship to the subject",
    ),
    "date_of_death": (
        "date of death", "dod", "date died", "date of death if applicable", "if deceased date of death",
        "date of death if deceased", "date and time of death", "died on", "date of death where applicable",
        "death date", "date of death dod",
    ),
    "time_of_death": ("time of death",),
    "place_of_death": (
        "place of death", "location of death", "where died", "place where death occurred",
        "location at time of death", "where death occurred", "place of death if known",
    ),
    "date": (
        "date", "dated", "date completed", "date of completion", "date form completed", "date signed",
        "completed on", "date submitted", "date of report", "date of submission", "date report completed",
        "date of form",
    ),
    "signature": (
        "signature", "signed", "sign", "signature of referrer", "e signature", "electronic signature",
    ),
    "legal_status": (
        "legal status", "legal order", "legal orders", "current legal status", "statutory orders",
        "legal status of child", "legal status at time of incident", "any legal orders", "care order",
        "legal framework", "court orders",
        "current legal order", "legal status eg care order", "legal status if known",
    ),
    "gp": (
        "gp", "gp name", "gp details", "gp surgery", "gp practice", "general practitioner",
        "gp name and address", "name of gp", "registered gp", "name and address of gp", "gp name surgery",
        "gp address", "gps name", "details of gp", "gp and surgery", "gp name and surgery",
        "gp contact details",
    ),
    "school": (
        "school", "school nursery", "school attended", "nursery", "school college", "education setting",
        "school or nursery", "educational establishment", "school nursery college", "name of school",
        "education provision", "school education provision", "college", "school education placement",
        "nursery school", "school name", "current school", "education establishment", "school if known",
    ),
    "care_support_needs": (
        "care and support needs", "needs", "care needs", "support needs", "primary support reason",
        "nature of care and support needs", "care and support needs significant medical information",
        "primary support need", "health and social care needs", "primary client group", "client group",
        "details of care and support needs", "health conditions",
        "does the adult have care and support needs", "medical conditions", "service user group",
        "description of care and support needs", "what are the adults care and support needs",
    ),
}  # fmt: skip

# The word before the attribute in our canonical names -> how a label or a heading names that person.
PEOPLE: dict[str, str] = {
    "lead": r"safeguarding (?:adults? |children )?(?:lead|manager)|(?:named|designated) (?:safeguarding )?"
    r"(?:lead|professional|nurse|doctor|person|officer)|authorising (?:manager|officer)|authorised by"
    r"|endorsed by"
    r"|(?:has |who has )?authori[sz]ed|(?:agency )?s?(?:ab|cp|cb|scp) (?:representative|member)|approved by"
    r"|line manager|senior manager|head of service|countersign\w*|signed off by|agency lead",
    "perpetrator": r"alleged perpetrators?(?: s)?|perpetrators?(?: s)?|alleged abusers?|suspects?|persons? alleged"
    r"|alleged offenders?|person causing harm|source of (?:harm|risk)"
    r"|person thought to be the cause of (?:harm|risk)"
    r"|defendant|offender|person s? ?alleged responsible|alleged responsible|persons? responsible",
    "next_of_kin": r"next of kin|nok|nearest relative|significant other|family (?:contact|representative)"
    r"|(?:relevant )?persons? representatives?",
    "parents": r"parents? ?(?:or )?s? ?(?:and )?carers?|parents?(?: s)?|mother|father|carers?(?: s)?"
    r"|guardians?",
    "gp": r"gp|general practitioner|doctor",
    "author": r"person completing"
    r"(?: (?:the |this )?(?:form|report|return|notification|referral|request|summary|template|document))?"
    r"|(?:chronology |summary |template |return )?completed by|report author|author(?: s)?"
    r"|responding|respondent|person responding|report writer|person undertaking|prepared by|form completed by"
    r"|completing"
    r"|report (?:completed )?by|reviewing officer|imr author|information provided by|compiled by",
    "requester": r"person initiating the request|initiating the request|requester|requested by"
    r"|requesting|request made by",
    "referrer": r"referrers?(?: s)?|applicants?(?: s)?"
    r"|(?:referring|notifying|reporting) (?:officer|professional|person|worker|practitioner)s?"
    r"|referring|your|person making (?:the |this |a )?(?:referral|notification|request)"
    r"|making (?:the |this |a )?(?:referral|notification|request)"
    r"|referred by|nominated by|person referring|officer in (?:the |this )?case|notifiers?|notifying|submitting"
    r"|submitted by|person referring|person notifying"
    r"|person raising"
    r"|notification made by|person submitting|referral made by|reporting|nominating|nominator|proposer"
    r"|reported by|request from|referral from|notification from",
    "subject": r"child(?:ren)? ?(?:s|ies)?(?: or)?(?: young persons?| adults?)?|adults?(?: s)?(?: at risk)?"
    r"|young persons?(?: s)?|victims?(?: s)?|subjects?(?: s)?|deceased(?: s)?(?: person)?|service users?"
    r"|patients?"
    r"|clients?|vulnerable adult|individuals?|baby|infant|bab(?:y|ies)|person s?|person(?: concerned"
    r"| who died)?|persons",
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
    "initials", "ethnicity", "disability", "first_language", "nhs_number", "other_ids", "current_location",
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
        (3, r"serious case review|child safeguarding practice|child practice review|\bl?cspr\b|serious child"),
        (2, r"safeguarding children|\blscp\b|\blscb\b|working together 20|child death"),
        (1, r"name of child|childs? (?:details|name)|child protection plan|about the child|parental responsib"),
    ),
    "adult": (
        (3, r"safeguarding adults? review|adult (?:practice|protection|support and protection)|\bicr notif"),
        (2, r"care act|section 44|care and support needs|safeguarding adults board|\bsarsg\b|adults? at risk"),
        (1, r"adults? (?:name|details|home|date)|name of adult|about the adult|mental capacity|self neglect"),
    ),
    "domestic": (
        (4, r"domestic homicide review|domestic abuse related death|\bdhr\b|\bdardr\b"),
        (2, r"community safety partnership|intimate partner|domestic homicide"),
        (1, r"victim (?:name|details|dob)|perpetrators? (?:name|details|dob)|relationship to victim"),
    ),
}  # fmt: skip

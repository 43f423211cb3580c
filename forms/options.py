"""The lists people choose from: code and wording, with the law or practice each list rests on."""

ROUTES = {
    "child": "Child safeguarding practice review (a child under 18 has died or been seriously harmed)",
    "adult": "Safeguarding adult review (an adult with care and support needs)",
    "domestic": "Domestic homicide review, also called domestic abuse related death review",
    "learning": "Other learning: good practice, a near miss, or a case that may not meet the criteria",
}

GENDERS = {"female": "Female", "male": "Male", "other": "Other", "not_known": "Not known"}

# Census 2021 of England and Wales, high-level groups in the census's own order; free text is taken too.
ETHNICITIES = (
    "Asian – Indian",
    "Asian – Pakistani",
    "Asian – Bangladeshi",
    "Asian – Chinese",
    "Any other Asian background",
    "Black – Caribbean",
    "Black – African",
    "Any other Black background",
    "Mixed – White and Black Caribbean",
    "Mixed – White and Black African",
    "Mixed – White and Asian",
    "Any other mixed background",
    "White British",
    "White Irish",
    "White – Gypsy or Irish Traveller",
    "White – Roma",
    "Any other White background",
    "Arab",
    "Any other ethnic group",
    "Not known",
)

# Working Together, chapter 5: deaths of looked-after children and of care leavers up to 24 are notified.
CARE_STATUSES = {
    "looked_after": "Looked after by a local authority",
    "care_leaver": "Care leaver, aged up to 24",
    "neither": "Neither",
    "not_known": "Not known",
}

# Children Act 2004 s.16C; SI 2018/789 reg. 11.
CHILD_GROUNDS = {
    "child_died": "The child has died",
    "child_seriously_harmed": "The child has been seriously harmed",
    "child_abuse_or_neglect": "Abuse or neglect is known or suspected",
    "child_working_together": "There is concern about how agencies worked together",
    "child_improvement": "The case may show improvements needed, even if they were found before",
    "child_recurrent_themes": "The case may show themes that come back",
}

# Care Act 2014 s.44(1) to (4).
ADULT_GROUNDS = {
    "adult_died": "The adult has died, and abuse or neglect is known or suspected to be a cause",
    "adult_alive": "The adult is alive; serious abuse or neglect is known or suspected",
    "adult_working_together": "There is reasonable cause for concern about how agencies worked together",
    "adult_discretionary": "None of these, but there is learning to be had (section 44(4))",
}

# Domestic Violence, Crime and Victims Act 2004 s.9; Victims and Prisoners Act 2024 s.19.
DOMESTIC_GROUNDS = {
    "domestic_violence": "The death of a person aged 16 or over results, or appears to result, from "
    "violence, abuse or neglect",
    "domestic_related": "by a relative, or a person they had been in an intimate relationship with",
    "domestic_household": "by a member of the same household",
    "domestic_suicide": "The person took their own life, and domestic abuse is known or suspected",
}

# Domestic Abuse Act 2021 s.2(1)(a) to (g).
PERSONALLY_CONNECTED = {
    "married": "They are, or have been, married to each other",
    "civil_partners": "They are, or have been, civil partners of each other",
    "agreed_to_marry": "They agreed to marry one another, whether or not the agreement was ended",
    "civil_partnership_agreement": "They agreed to be civil partners, whether or not the agreement was ended",
    "intimate_relationship": "They are, or have been, in an intimate personal relationship",
    "parents_of_same_child": "They each have, or have had, a parental relationship to the same child",
    "relatives": "They are relatives",
}

# Care and support statutory guidance 14.17, and exploitation.
HARM_TYPES = {
    "physical": "Physical",
    "domestic": "Domestic",
    "sexual": "Sexual",
    "psychological": "Psychological or emotional",
    "financial": "Financial or material",
    "modern_slavery": "Modern slavery",
    "discriminatory": "Discriminatory",
    "organisational": "Organisational",
    "neglect": "Neglect or acts of omission",
    "self_neglect": "Self-neglect",
    "exploitation": "Criminal or sexual exploitation",
}

OPINIONS = {
    "statutory_review": "A statutory review",
    "other_multi_agency_review": "Other multi-agency learning review",
    "single_agency_review": "A single-agency review",
    "no_further_action": "No further action",
}

RELATIONSHIPS = (
    "Mother",
    "Father",
    "Stepmother",
    "Stepfather",
    "Brother",
    "Sister",
    "Son",
    "Daughter",
    "Partner",
    "Former partner",
    "Grandparent",
    "Foster carer",
    "Carer",
    "Neighbour or friend",
)

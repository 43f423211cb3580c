"""The facts the criteria turn on: each one's name, its question, and how to say it in a reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """A yes, no or not-known fact: the question put to people, and clauses for a reason.

    `yes` and `no` are clauses that can stand in the middle of a sentence; `aliases` are other names the
    fact goes by in older records and in the text of the law.
    """

    key: str
    question: str
    yes: str
    no: str
    aliases: tuple[str, ...] = ()

    @property
    def not_known(self) -> str:
        """The clause for a fact nobody has settled yet."""
        return f"it is not yet known whether {self.yes}"


@dataclass(frozen=True)
class Detail:
    """A number or a date the criteria use: ages in years, dates as ISO text or dates."""

    key: str
    question: str
    aliases: tuple[str, ...] = ()


DETAILS = (
    Detail(
        "subject_age",
        "How old was the subject when they died or were harmed?",
        ("age", "childs_age", "adult_age"),
    ),
    Detail("victim_age", "How old was the person who died?", ("age_of_victim", "deceased_age")),
    Detail(
        "perpetrator_age",
        "How old was the person alleged to be responsible?",
        ("age_of_perpetrator", "alleged_perpetrator_age"),
    ),
    Detail("date_of_birth", "What is the subject's date of birth?", ("dob", "subject_date_of_birth")),
    Detail("date_of_death", "On what date did the subject die?", ("subject_date_of_death",)),
    Detail("incident_date", "On what date did the incident happen?", ("date_of_incident",)),
)

SHARED = (
    Fact(
        "died",
        "Has the person died?",
        "the person has died",
        "the person is alive",
        ("death", "has_died", "dead"),
    ),
    Fact("adult", "Is the person 18 or over?", "the person is an adult", "the person is not an adult"),
)

CHILD = (
    Fact(
        "abuse_or_neglect_known_or_suspected",
        "Is abuse or neglect of the child known or suspected?",
        "abuse or neglect of the child is known or suspected",
        "abuse or neglect of the child is neither known nor suspected",
        ("abuse_or_neglect", "abuse_or_neglect_suspected", "abuse_known_or_suspected"),
    ),
    Fact(
        "seriously_harmed",
        "Has the child been seriously harmed? Count serious or long-term impairment of physical or mental "
        "health, or of intellectual, emotional, social or behavioural development, even if a child recovers.",
        "the child has been seriously harmed",
        "the child has not been seriously harmed",
        ("serious_harm", "child_seriously_harmed"),
    ),
    Fact(
        "unborn",
        "Was the child unborn at the time?",
        "the child was unborn at the time",
        "the child had been born",
        ("unborn_child",),
    ),
    Fact(
        "harm_occurred_in_la_area",
        "Did the death or harm happen in our local authority's area?",
        "the death or harm happened in the local authority's area",
        "the death or harm happened outside the local authority's area",
        ("harm_in_la_area", "harm_occurred_in_area"),
    ),
    Fact(
        "normally_resident_in_la",
        "Does the child normally live in our local authority's area?",
        "the child normally lives in the local authority's area",
        "the child does not normally live in the local authority's area",
        ("normally_resident", "normally_resident_in_la_area"),
    ),
    Fact(
        "harm_outside_england",
        "Did the death or harm happen outside England?",
        "the death or harm happened outside England",
        "the death or harm happened in England",
        ("harm_occurred_outside_england",),
    ),
    Fact(
        "looked_after",
        "Was the child looked after by a local authority?",
        "the child was looked after by a local authority",
        "the child was not looked after by a local authority",
        ("looked_after_child", "lac"),
    ),
    Fact(
        "care_leaver",
        "Was the person a care leaver?",
        "the person was a care leaver",
        "the person was not a care leaver",
    ),
)

CHILD_CONSIDERATIONS = (
    Fact(
        "improvements_needed",
        "Does the case show that practice needs to improve, even if that was already known?",
        "the case shows improvements needed in practice",
        "the case shows no improvements needed in practice",
    ),
    Fact(
        "recurrent_themes",
        "Does the case show themes that keep coming back?",
        "the case shows recurrent themes",
        "the case shows no recurrent themes",
    ),
    Fact(
        "agencies_working_together_concern",
        "Is there concern about how two or more agencies worked together?",
        "there is concern about how two or more agencies worked together",
        "there is no concern about how agencies worked together",
    ),
    Fact(
        "panel_concluded_local_review",
        "Has the Panel concluded that a local review may be more appropriate?",
        "the Panel has concluded that a local review may be more appropriate",
        "the Panel has not concluded that a local review may be more appropriate",
    ),
)

CHILD_REGARDS = (
    Fact(
        "single_agency_concern",
        "Is there concern about what one agency did or left undone?",
        "there is concern about what one agency did or left undone",
        "there is no concern about any one agency",
    ),
    Fact(
        "no_agency_involved",
        "Was no agency involved, and is that itself a concern?",
        "no agency was involved, and that is a concern",
        "that no agency was involved is no concern here",
    ),
    Fact(
        "several_areas",
        "Does it concern more than one local authority, police area or integrated care board, or a family that moved?",
        "more than one area is concerned, or the family moved",
        "only one area is concerned",
    ),
    Fact(
        "institutional_setting",
        "Did it happen in an institution, such as a school, a children’s home, a hospital or a secure setting?",
        "it happened in an institution",
        "it did not happen in an institution",
    ),
)

ADULT = (
    Fact(
        "in_sab_area",
        "Is the adult in our Safeguarding Adults Board's area?",
        "the adult is in the Safeguarding Adults Board's area",
        "the adult is not in the Safeguarding Adults Board's area",
        ("in_sab", "adult_in_area"),
    ),
    Fact(
        "has_care_and_support_needs",
        "Does or did the adult have needs for care and support, whether or not anyone was meeting them?",
        "the adult has needs for care and support, whether met or not",
        "the adult has no needs for care and support",
        ("care_and_support_needs",),
    ),
    Fact(
        "reasonable_cause_for_concern",
        "Is there reasonable cause for concern about how agencies worked together to safeguard the adult?",
        "there is reasonable cause for concern about how agencies worked together",
        "there is no reasonable cause for concern about how agencies worked together",
        (
            "reasonable_cause_for_concern_how_agencies_worked_together",
            "reasonable_cause_for_concern_about_how_agencies_worked_together",
        ),
    ),
    Fact(
        "death_from_abuse_or_neglect",
        "Is it known or suspected that the death resulted from abuse or neglect, including self-neglect?",
        "the death is known or suspected to have resulted from abuse or neglect",
        "the death is neither known nor suspected to have resulted from abuse or neglect",
        ("death_known_or_suspected_from_abuse_or_neglect", "death_resulted_from_abuse_or_neglect"),
    ),
    Fact(
        "serious_abuse_or_neglect",
        "Is it known or suspected that the adult experienced serious abuse or neglect?",
        "the adult is known or suspected to have experienced serious abuse or neglect",
        "serious abuse or neglect of the adult is neither known nor suspected",
        ("known_or_suspected_serious_abuse_or_neglect", "serious_abuse_or_neglect_known_or_suspected"),
    ),
)

DOMESTIC = (
    Fact(
        "violence_abuse_or_neglect",
        "Did the death result, or appear to result, from violence, abuse or neglect?",
        "the death resulted or appears to have resulted from violence, abuse or neglect",
        "the death does not appear to have resulted from violence, abuse or neglect",
        (
            "resulted_or_appears_from_violence_abuse_or_neglect",
            "resulted_from_violence_abuse_or_neglect",
            "death_from_violence_abuse_or_neglect",
            "resulted_or_appears_from",
        ),
    ),
    Fact(
        "suicide_with_concern",
        "Did the person take their own life in circumstances that give rise to concern, such as coercive "
        "control?",
        "the person took their own life in circumstances that give rise to concern",
        "there was no suicide in circumstances that give rise to concern",
    ),
    Fact(
        "related",
        "Were the two people relatives?",
        "the two people were relatives",
        "the two people were not relatives",
        ("relatives", "related_person", "relative"),
    ),
    Fact(
        "intimate_personal_relationship",
        "Were the two people ever in an intimate personal relationship?",
        "the two people are or were in an intimate personal relationship",
        "the two people were never in an intimate personal relationship",
        ("intimate_relationship", "ex_intimate_personal_relationship"),
    ),
    Fact(
        "same_household",
        "Were the two people members of the same household?",
        "the two people were members of the same household",
        "the two people were not members of the same household",
        ("same_household_member", "member_of_same_household"),
    ),
    Fact(
        "married",
        "Were the two people ever married?",
        "the two people are or were married",
        "the two people were never married",
    ),
    Fact(
        "civil_partners",
        "Were the two people ever civil partners?",
        "the two people are or were civil partners",
        "the two people were never civil partners",
    ),
    Fact(
        "agreed_to_marry",
        "Did the two people ever agree to marry, even if that was called off?",
        "the two people had agreed to marry",
        "the two people never agreed to marry",
    ),
    Fact(
        "civil_partnership_agreement",
        "Did the two people ever agree to a civil partnership, even if that was called off?",
        "the two people had agreed to a civil partnership",
        "the two people never agreed to a civil partnership",
        ("entered_civil_partnership_agreement",),
    ),
    Fact(
        "parental_relationship",
        "Did each of them ever have a parental relationship to the same child?",
        "each had a parental relationship to the same child",
        "they never had a parental relationship to the same child",
        ("parental_relationship_to_same_child",),
    ),
    Fact(
        "personally_connected",
        "Were the two people personally connected: relatives, partners or former partners, or parents of the "
        "same child?",
        "the two people were personally connected",
        "the two people were not personally connected",
    ),
    Fact(
        "domestic_abuse",
        "Did the death result, or appear to result, from abusive behaviour: physical, sexual, threatening, "
        "controlling, coercive, economic, psychological or emotional?",
        "the death resulted or appears to have resulted from abusive behaviour",
        "the death does not appear to have resulted from abusive behaviour",
        ("abusive_behaviour", "death_from_domestic_abuse", "resulted_from_domestic_abuse"),
    ),
)

# Domestic Abuse Act 2021 s.2(1)(a) to (g): any one of them is enough.
CONNECTIONS = (
    "married",
    "civil_partners",
    "agreed_to_marry",
    "civil_partnership_agreement",
    "intimate_personal_relationship",
    "parental_relationship",
    "related",
)

CATALOGUE: dict[str, Fact] = {
    fact.key: fact for fact in (*SHARED, *CHILD, *CHILD_CONSIDERATIONS, *CHILD_REGARDS, *ADULT, *DOMESTIC)
}
LISTED: tuple[Fact | Detail, ...] = (*DETAILS, *CATALOGUE.values())
ALIASES: dict[str, str] = {alias: listed.key for listed in LISTED for alias in listed.aliases}
FACTS: dict[str, str] = {listed.key: listed.question for listed in LISTED}
"""Every fact the criteria know: name -> the question to put. The first six take a number or a date."""

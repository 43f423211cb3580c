"""What follows from answers already found: a postcode in an address, a deadline inside a sentence."""

import re
from dataclasses import replace
from itertools import islice

from . import dates, options
from .gathered import Answers
from .glyphs import EMPTY, TICKED
from .layout import Layout
from .letters import take_head
from .result import Found
from .routes import suggest_route
from .split import AGENCY, POSTCODE, looks_like_role
from .subjects import named_in_title, named_subject

_RETURN = re.compile(
    r"\b(?:return(?:ed)?|respond|complete|submit|reply)\b(?:[^.]|\.(?=\S)){0,160}?\b(?:by|before"
    r"|no later than)\b\s*(?P<rest>.{0,60})",
    re.I | re.S,
)
_NOTHING_KNOWN = re.compile(
    r"\bno (?:involvement|contact|records?|trace|knowledge)\b|\bnil return\b|\bnot known to\b", re.I
)
_SAYS_NIL = re.compile(
    r"\bthis is (?:therefore |accordingly |thus )?a nil return\b|\bnil return from (?:us|\w+)\b"
    r"|\b(?:this|our|the) (?:agency|service|organisation|trust|team|practice|school) has (?:had |held )?"
    r"no (?:prior |previous )?(?:record|trace|involvement|contact|knowledge)\b"
    r"|\bnot known to (?:us|our (?:service|agency|organisation|team|trust))\b"
    r"|\b(?:we|i) (?:have|hold|could find|can find|found) no (?:record|trace|involvement|contact|knowledge)"
    r"(?!s? (?:of an?|that)\b)",
    re.I,
)
_TELLS_HOW = re.compile(r"\b(?:if|where|when|whether|unless|please|tick|should)\b", re.I)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s")
_INVOLVED = ("involvement_", "chronology")
_LONGEST_SENTENCE = 600
_NAMED = frozenset(
    {"subject_name", "subject_identifier", "subject_initials", "subject_surname", "subject_forename"}
)
_FIRST_LINES = 8
_LETTER_HEAD = 30
_WITH_BIRTH = re.compile(
    r"(?:(?:subject|re)\W+)?(?:.{0,60}\b(?:(?:sar|dhr|dardr|l?cspr|review|scoping)\b\s*[:–—-]|for|about|regarding)\s+)?"
    r"(?P<name>(?-i:[A-Z])[\w'’.-]*(?: (?-i:[A-Z])[\w'’.-]*){1,4})[\s,(–—-]+(?:dob|d\.o\.b\.?|born|date of birth)"
    r"[\s:]*(?P<born>[\w ./-]{6,20}?)[).\s]*",
    re.I,
)
_LONGEST_TITLE = 140
_ALSO_ADDRESSES = (
    ("subject_current_location", re.compile(r"\b(?:current|present) (?:home )?address", re.I).search),
    (
        "parents_carers_address",
        re.compile(
            r"\W*(?:home |family )?address\W*(?:and|&|including)?\W*(?:post ?code)?\W*", re.I
        ).fullmatch,
    ),
)
_BY_AGENCY = re.compile(
    r".{0,60}\b(?i:imr|management review|(?:agency|initial|summary) (?:report|chronology|summary|return|response)"
    r"|chronology|(?:scoping|nil) return)(?: \(\w+\))?\s*[–—:-]\s+(?P<agency>[A-Z][^–—:]{3,60})"
    r"|.{0,60}\b(?i:response|return|reply|report) from (?:the )?(?P<sender>[A-Z][^–—:]{3,60}?)"
    r"(?: (?:for|regarding|about|concerning|in respect of) (?:the |your )?(?:above|rapid|request|review)\b.*)?"
)
_RETURNED = (
    r"(?: (?:practice|surgery|setting))?(?:['’]?s)? (?:\w+ ){0,2}"
    r"(?:information|return|response|report|summary|chronology|imr|form|questionnaire|template|contribution)\b"
)
_ANSWERED_BY = {  # who a return is from that is made for them, as its title says: the child's own practice or school
    "subject_gp": re.compile(
        rf"^(?!\W*gp information\W*$).*\b(?:gp|primary care|general practice){_RETURNED}", re.I
    ),
    "subject_school": re.compile(
        rf"^(?!\W*school information\W*$).*\b(?:school|education|nursery|college){_RETURNED}", re.I
    ),
}
_EMPLOYER = re.compile(
    r"\b(?:trust|council|police|nhs|hospital|school|college|academy|constabulary|surgery|ltd|limited|housing"
    r"|association|foundation|icb|university|ambulance)\b",
    re.I,
)
_LETTERHEAD = re.compile(  # over the title of what an agency sends; a council may be the board's own
    r"(?!.*\b(?:board|partnership|council|panel|review|form|report|return|scoping|sar|dhr|dardr|l?cspr"
    r"|name|address|telephone|death)\b)"
    r".*\b(?:nhs|police|constabulary|ambulance|fire|probation|hospitals?|surgery|school|academy|college|homes|housing)\b"
    r"[^.:?]*",
    re.I,
)
_LONGEST_LETTERHEAD = 8  # words
_OF_A_BOARD = re.compile(
    r"\b(?:review|panel|board|partnership|sub ?group|template|form|sar|dhr|dardr|l?cspr)\b", re.I
)
_OF_KILLING = re.compile(r"\b(?:homicide|murder|killing)\b", re.I)
_OF_DEATH = re.compile(rf"\bdeath\b|{_OF_KILLING.pattern}", re.I)
_DIED = re.compile(
    r"\b(?:died|dead|deceased|killed|murdered|drowned|fatal\w*|(?:his|her|their) death"
    r"|took (?:his|her|their) own life)\b",
    re.I,
)
_LEAD_REACHED = ("safeguarding_lead_telephone", "safeguarding_lead_email")
_STORIES = ("incident_summary", "case_summary", "criteria_grounds_text", "cause_of_death")


def derive(answers: Answers, layout: Layout, kind: str) -> None:
    """Add what other answers imply, each marked as inferred."""
    _only_address(answers)
    _postcode(answers)
    _died_then(answers)
    _unsafe_number(answers)
    _lead_reached(answers)
    _named_in_a_line(answers, layout)
    _pseudonym(answers, layout)
    if kind in ("referral", "scoping"):
        take_head(answers, layout, kind)
    if kind == "referral":
        _agency_behind_role(answers, "referrer_role", "referrer_agency")
        suggest_route(answers, layout)
    if kind == "scoping":
        _agency_behind_role(answers, "author_role", "agency_name")
        _agency_in_title(answers, layout)
        _nil_return(answers, layout)
        _deadline(answers, layout)


def _agency_behind_role(answers: Answers, role: str, agency: str) -> None:
    """Take the agency told behind a job where the form asks for none: "Head of Safeguarding, Powlton NHS Trust"."""
    job, comma, tail = str(answers.fields.get(role) or "").partition(", ")
    if not comma or agency in answers.asked or agency in answers.found or not looks_like_role(job):
        return
    if _EMPLOYER.search(tail) and not looks_like_role(tail):
        answers.put(agency, tail.strip(), replace(answers.found[role], how="behind the role"))
        answers.fields[role] = job.strip()


def _only_address(answers: Answers) -> None:
    """Take the "current address" of a form that asks for no other as the person's, or "Address" under the parents."""
    for name, label in _ALSO_ADDRESSES:
        found = answers.found.get(name)
        if sum(map(bool, map(label, answers.labels))) > 1:
            continue  # the mother's and the father's
        if found and name in answers.fields and "subject_address" not in answers.found and label(found.label):
            answers.put("subject_address", answers.fields.pop(name), found)
            del answers.found[name]


def _postcode(answers: Answers) -> None:
    address = answers.fields.get("subject_address")
    match = POSTCODE.search(address) if isinstance(address, str) else None
    if match and "subject_postcode" not in answers.fields:
        source = answers.found["subject_address"]
        answers.put("subject_postcode", match[0], replace(source, how="inside the address"))


def _died_then(answers: Answers) -> None:
    """Take the date of "Date of death / incident" for the day of death as well, where the form says that they died."""
    found = answers.found.get("incident_date")
    if not found or "subject_date_of_death" in answers.found or not _OF_DEATH.search(found.label):
        return
    killed = _OF_KILLING.search(found.label)
    told = (
        "yes"
        if killed or any(_DIED.search(str(answers.fields.get(name, ""))) for name in _STORIES)
        else "not_known"
    )
    if "incident_date" in answers.fields and answers.fields.get("subject_died", told) == "yes":
        answers.put(
            "subject_date_of_death", answers.fields["incident_date"], replace(found, how="one date for both")
        )


def _lead_reached(answers: Answers) -> None:
    """Take the safeguarding lead's telephone number or e-mail address for how to reach them, where no more is asked."""
    reached = [name for name in _LEAD_REACHED if isinstance(answers.fields.get(name), str)]
    if reached and "safeguarding_lead_contact" not in answers.found:
        told = " / ".join(str(answers.fields[name]) for name in reached)
        source = answers.found[reached[0]]
        answers.put("safeguarding_lead_contact", told, replace(source, how="from telephone and e-mail"))


def _unsafe_number(answers: Answers) -> None:
    """Take a number that is not safe to call out of the answers; it stays in sight, and the officer is told."""
    if answers.fields.get("safe_to_call") == "no" and "subject_telephone" in answers.fields:
        del answers.fields["subject_telephone"]
        answers.leave(0, answers.found.pop("subject_telephone").text)
        answers.notes.append("The form says that it is not safe to call the person's telephone number.")


def _named_in_a_line(answers: Answers, layout: Layout) -> None:
    """Take "Ronald Tate, born 17/5/1944", where it stands in a letter that asks for nobody's name."""
    if _NAMED.intersection(answers.found):
        return
    for line in islice(layout.lines(), _LETTER_HEAD):
        named = _WITH_BIRTH.fullmatch(line.text.strip()) if len(line.text) < _LONGEST_TITLE else None
        when = dates.find(named["born"], answers.era, birth=True) if named else None
        if named and when and when.precision == "day":
            found = Found(line.text.strip(), line.where, "inside a sentence", 0.8)
            for name, value in {
                "subject_dob": when.iso,
                **named_subject(named["name"], answers.era).values,
            }.items():
                answers.put(name, value, found)
            return


def _pseudonym(answers: Answers, layout: Layout) -> None:
    """Take the pseudonym that the title gives the person whom the form names nowhere else."""
    if _NAMED.intersection(answers.found):
        return
    for line in islice(layout.lines(), _FIRST_LINES):
        name = named_in_title(line.text) if len(line.text) < _LONGEST_TITLE else ""
        if name:
            answers.put(
                "subject_identifier", name, Found(line.text.strip(), line.where, "inside a title", 0.8)
            )
            return


def _agency_in_title(answers: Answers, layout: Layout) -> None:
    """Take the agency that the title says wrote this, where the form asks for none: "IMR – Oak Housing Trust"."""
    if "agency_name" in answers.asked or "agency_name" in answers.found:
        return
    first = next((line for line in islice(layout.lines(), _FIRST_LINES) if line.text.strip()), None)
    for line in islice(layout.lines(), _FIRST_LINES):
        named = _BY_AGENCY.fullmatch(line.text.strip())
        agency = named["agency"] or named["sender"] if named else ""
        if AGENCY.search(agency) and not _OF_A_BOARD.search(agency):
            answers.put("agency_name", agency, Found(line.text.strip(), line.where, "inside a title", 0.8))
            return
        for name, from_one in _ANSWERED_BY.items():
            if name in answers.fields and from_one.search(line.text):
                answers.put(
                    "agency_name", answers.fields[name], replace(answers.found[name], how="who answers")
                )
                return
    if first and len(first.text.split()) <= _LONGEST_LETTERHEAD and _LETTERHEAD.fullmatch(first.text.strip()):
        answers.put(
            "agency_name", first.text.strip(), Found(first.text.strip(), first.where, "inside a title", 0.8)
        )


def _nil_return(answers: Answers, layout: Layout) -> None:
    """Take a ticked "has had no involvement", or a letter that says so, for the answer that there was none.

    A letter says so in its own words: not beside a box nor in an answer, and of nothing that it tells of after all.
    """
    if "agency_involved" in answers.fields:
        return
    letter = not any(name.startswith(_INVOLVED) for name in (*answers.found, *answers.rows))
    for line in layout.lines():
        boxes = TICKED in line.text or EMPTY in line.text
        if boxes and any(map(_NOTHING_KNOWN.search, options.chosen(line.text) or ())):
            how = "ticked"
        elif letter and not (boxes or line.aside or line.number in answers.claimed) and _says_nil(line.text):
            how = "inside a sentence"
        else:
            continue
        answers.put("agency_involved", "no", Found(line.text.strip(), line.where, how, 0.8))
        return


def _says_nil(text: str) -> bool:
    """Say whether a sentence says that nothing is held, and not what to do if nothing is."""
    return any(
        _SAYS_NIL.search(one) and not _TELLS_HOW.search(one) and not one.endswith("?")
        for one in _SENTENCE_END.split(text)
    )


def _deadline(answers: Answers, layout: Layout) -> None:
    """Take the return date out of a printed sentence such as "return securely by 17th May 2024"."""
    if "return_deadline" in answers.fields:
        return
    for line in layout.lines():
        match = _RETURN.search(line.text) if len(line.text) < _LONGEST_SENTENCE and not line.aside else None
        when = dates.find(match["rest"], answers.era) if match else None
        answered = any(line.text.strip() in found.text for found in answers.found.values())
        if when and when.precision == "day" and not answered:
            answers.put(
                "return_deadline", when.iso, Found(line.text.strip(), line.where, "inside a sentence", 0.8)
            )
            return

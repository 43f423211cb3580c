"""Prompts for facts of what happened: several at once ("When and where?"), or one after another ("Where?")."""

import re

from .glyphs import EMPTY, TICKED
from .labels import plain

_ASKED = (
    r"(?:please|state|give|the|and|or|exact|approximate|if known|date s?|dates|day|when|time s?|times|where|place"
    r"|location|venue|cause)\b ?"
)
_TAIL = r"took|take|occur\w*|happen\w*|place|if|known|applicable|adult|child|has|died|the|of|s"
_PROMPT = re.compile(
    rf"(?:if (?:the \w+ )?(?:has )?(?:died|deceased|dead) )?(?P<asked>(?:{_ASKED})+)"
    r"(?:of |did |was |the |this |a |s |any )*"
    r"(?P<event>(?:critical |serious |significant )?(?:incidents?|events?)|harm|homicide|murder|death"
    r"|(?:(?:it|this|that) )?(?:happen|occur|take place|took place))"
    rf"(?: (?:{_TAIL})\b)*"
)
_IF_DIED = re.compile(
    r"if (?:the )?(?:\w+ )?(?:(?:has|have|is|are|was) )?(?:died|deceased|dead) (?:the )?(?:of )?"
    r"(?P<fact>date|when|time|where|place|location|cause)(?: if known)?"
)
_AND_CAUSE = re.compile(
    r"^date s? ?of death and (?:the )?(?P<fact>cause|time|place|location)(?: of death)?\b"
)
_FACTS = (
    ("date", r"date|day|when"),
    ("time", r"time"),
    ("place", r"where|place|location|venue"),
    ("cause", r"cause"),
)
_INCIDENT = {"date": "incident_date", "place": "incident_location"}
_DEATH = {
    "date": "subject_date_of_death", "time": "subject_time_of_death", "place": "subject_place_of_death",
    "cause": "cause_of_death",
}  # fmt: skip

_BOX = re.compile(f"[{TICKED}{EMPTY}]")
_MOST_BOXES = 9
_HELD = r"(?:record|contact|involvement|trace|information)"
_WE_HAVE = r"(?:(?:we|(?:our|this|the|my) \w+) )?(?:(?:have|has|had|held|holds?) )"
_NONE_HELD = re.compile(rf"{_WE_HAVE}{{0,2}}no (?:\w+ )?{_HELD}")
_SOME_HELD = re.compile(
    rf"{_WE_HAVE}{{1,2}}(?!no\b)(?:\w+ )?{_HELD}|(?:limited|some|significant|brief) {_HELD}"
)
_THE_DEAD = frozenset({"deceased", "the deceased", "deceased person"})
_NAME = re.compile(r"(?!yes\b|no\b|not\b|n/)[^\W\d_][\w'’-]+ [^\W\d_][\w'’-]+", re.I)
_IF_SO = re.compile(r"if (?:so|yes)(?: please)?(?: (?:state|give|provide))?(?: the)? (?:when|date)\b")
_PLACES = dict.fromkeys(("where", "location", "place", "venue"), "incident_location")
# A bare question -> what it asks after the question before it.
_AFTER = {
    "incident_date": {**_PLACES, "time": "incident_time", "what time": "incident_time"},
    "incident_time": _PLACES,
    "subject_date_of_death": {
        **dict.fromkeys(_PLACES, "subject_place_of_death"), "time": "subject_time_of_death", "cause": "cause_of_death",
    },
    "subject_time_of_death": {
        **dict.fromkeys(_PLACES, "subject_place_of_death"), "cause": "cause_of_death",
    },
    "subject_place_of_death": {"cause": "cause_of_death", "time": "subject_time_of_death"},
    **dict.fromkeys(
        ("criteria_grounds", "criteria_grounds_text"),
        dict.fromkeys(
            ("reasons for your answer", "reason for your answer", "rationale", "rationale for your answer", "reasons",
             "please explain your answer", "explain your answer", "please explain", "please explain why", "why"),
            "criteria_grounds_text",
        ),
    ),
    **dict.fromkeys(
        ("cp_plan_current", "cp_plan_details"),
        dict.fromkeys(("previously", "in the past", "ever before", "or previously"), "cp_plan_previous"),
    ),
    "referrer_name": {"on": "date_of_referral", "dated": "date_of_referral"},
    "safeguarding_lead_name": dict.fromkeys(
        ("name of representative", "name of member", "representative", "representatives name", "their name"),
        "safeguarding_lead_name",
    ),
}  # fmt: skip


def asked_after(before: str, label: str) -> str:
    """Return what a label that means nothing by itself asks after the question `before`, or nothing."""
    short = plain(label)
    if before == "subject_died" and _IF_SO.match(short):
        return "subject_date_of_death"
    return _AFTER.get(before, {}).get(short, "")


def asked_by_boxes(answer: str) -> str:
    """Return what the boxes printed beside an unknown label ask for: "Male ☐ Female ☐"; nothing of others."""
    if not _BOX.search(answer):
        return ""
    words = [word.strip(" /,\n").casefold() for word in _BOX.split(answer)]
    known = any(map(_NONE_HELD.match, words)) and any(map(_SOME_HELD.match, words))
    if known and len(words) < _MOST_BOXES:
        return "agency_involved"
    return "subject_gender" if {"male", "female"} <= set(words) and len(words) < _MOST_BOXES else ""


def fact_of_death(label: str) -> str:
    """Return what "If the adult has died: date" asks, or nothing; a plainly spelt label."""
    asked = _IF_DIED.fullmatch(label)
    return _DEATH[next(fact for fact, words in _FACTS if re.match(words, asked["fact"]))] if asked else ""


def names_the_dead(name: str, label: str, answer: str) -> bool:
    """Say whether "Deceased: Nia Beynon" gives a name, where a form asks whether somebody died."""
    told = any(plain(side) in _THE_DEAD for side in label.split("/"))  # "Injured party / deceased"
    return name == "subject_died" and told and bool(_NAME.match(answer.strip()))


def facts_of_event(label: str) -> tuple[str, ...]:
    """Return the canonical names a plainly spelt label asks for when it asks several of one event, else nothing."""
    prompt = _PROMPT.fullmatch(_AND_CAUSE.sub(r"date and \g<fact> of death", label))
    if not prompt:
        return ()
    names = _DEATH if prompt["event"] == "death" else _INCIDENT
    asked = tuple(
        names[fact] for fact, words in _FACTS if fact in names and re.search(words, prompt["asked"])
    )
    return asked if len(asked) > 1 else ()

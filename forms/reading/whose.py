"""Whose particulars a label asks for, by its own words or by where it stands, and our name for them."""

from collections.abc import Sequence
from functools import lru_cache

from forms.vocabulary import ASKED_OF, PEOPLE, SPECIAL, SUBJECT_ONLY

from .labels import LONGEST_LABEL, plain
from .meaning import Place
from .patterns import Patterns

FILLER = frozenset({
    "the", "a", "an", "of", "s", "their", "his", "her", "its", "please", "enter", "insert", "provide", "state", "give",
    "full", "if", "different", "for", "any", "known", "applicable", "where", "is", "was", "which", "to", "be", "on",
    "only", "all", "current", "e", "g", "eg", "i", "no", "in", "at", "by", "who", "what", "this", "person", "persons",
    "details", "decision", "refer", "referral", "officers",
    "how", "would", "they", "describe", "above", "appropriate", "relevant", "template", "following",
})  # fmt: skip
_OF_THEIR_AGENCY = (
    r"\b(?:(?:in|within|for|from|of) )?(?:the |your |their )?(?:agency|organi[sz]ation|service|trust)['’]?s?['’]?\b"
    r"(?= (?:\w+ )?(?:safeguarding|lead|manager|author|represent|member))"
    r"|\b(?:in|within) (?:(?:your|their|the) )?"
    r"(?:agency|organi[sz]ation|service|trust|force|company|practice|surgery|school)\b"
)
_AGENCY = Patterns([("agency", _OF_THEIR_AGENCY)])
_PEOPLE = Patterns((person, rf"\b(?:{pattern})s?\b") for person, pattern in PEOPLE.items())
_OF_THE_WRITER = frozenset(
    {"role", "agency", "email", "signature", "contact", "date"}
)  # never asked of the subject
_OF_ANYONE = frozenset({
    "dob", "age", "gender", "name", "address", "surname", "forename", "other_names", "postcode",
})  # fmt: skip
_OF_NO_WRITER = ("dob", "age", "gender")
_WRITING = ("referrer", "author", "lead", "requester")
_IN_ROWS = ("family", "agencies", "chronology")


@lru_cache(maxsize=1024)
def without_people(text: str) -> str:
    """Return a label without the words that say whose particulars it asks for."""
    return _PEOPLE.without(_AGENCY.without(text.casefold()))


@lru_cache(maxsize=1024)
def person_in(text: str) -> str:
    """Return the person a plainly spelt label names, or nothing."""
    return _PEOPLE.first(text)


@lru_cache(maxsize=1024)
def only_says_whose(text: str) -> bool:
    """Say whether a line names a person of the form and nothing asked of them: "Referrer", "Details of the adult"."""
    whole = plain(text)
    if len(whole) > LONGEST_LABEL:
        return False
    return bool(person_in(whole)) and set(plain(without_people(whole)).split()) <= FILLER


def writer(kind: str) -> str:
    """Return who fills in this kind of form."""
    return "author" if kind == "scoping" else "referrer"


def whose(kind: str, explicit: str, attribute: str, place: Place) -> str:
    """Return the person an attribute is asked of: the one the label names, else the one its place speaks of."""
    if attribute == "current_location" and place.section == "incident" and explicit != "subject":
        return "incident"
    if attribute in SUBJECT_ONLY and explicit != "gp":
        theirs = not explicit and "perpetrator" in place
        return "perpetrator" if theirs else "subject"
    if attribute == "relationship" and explicit in ("", "subject"):
        explicit = place.person or place.section  # "relationship to the adult": whose is it?
    return _translated(kind, explicit) if explicit else _by_place(kind, attribute, place)


def _by_place(kind: str, attribute: str, place: Place) -> str:
    nearest = _translated(kind, place.person or place.section)
    if nearest == "subject":
        return writer(kind) if attribute in _OF_THE_WRITER else "subject"
    if attribute == "signature" and nearest == "lead":
        return nearest
    if nearest in _IN_ROWS:
        return writer(kind) if attribute in ("date", "signature") else nearest
    if nearest == "office" or attribute in ASKED_OF.get(nearest, ()):
        return nearest
    if nearest == "incident" and attribute == "date":
        return "incident"
    if attribute in _OF_NO_WRITER and nearest in (*_WRITING, "gp"):
        return "subject"
    if attribute in _OF_ANYONE:
        return "subject" if nearest in ("", "prefilled", "other", "incident", "criteria") else nearest
    return writer(kind)


def _translated(kind: str, person: str) -> str:
    """Return the person as this kind of form knows them: "your" is the author's in a scoping return."""
    if kind == "scoping" and person == "referrer":
        return "author"
    return "referrer" if kind != "scoping" and person in ("author", "requester") else person


def canonical(person: str, attribute: str) -> str:
    """Return our name for a person's attribute, or nothing when our forms do not ask it of them."""
    if (person, attribute) in SPECIAL:
        return SPECIAL[person, attribute]
    if attribute in ("gp", "school", "legal_status"):
        return f"subject_{attribute}"
    if person == "subject":
        return "" if attribute in _OF_THE_WRITER - {"contact"} else f"subject_{attribute}"
    if attribute in ("surname", "forename") and person in ("referrer", "author"):
        return f"{person}_{attribute}"  # put together in `joined`
    if person == "incident":
        return {"date": "incident_date", "current_location": "incident_location"}.get(attribute, "")
    if person == "perpetrator":
        asked = attribute in ASKED_OF["perpetrator"] or attribute in ("surname", "forename")
        return f"alleged_perpetrators.{attribute}" if asked else ""
    return f"{person}_{attribute}" if attribute in ASKED_OF.get(person, ()) else ""


def as_worked(attributes: Sequence[str], explicit: str, place: Place) -> Sequence[str]:
    """Return the attributes with the school among a writer's particulars as the agency it is there."""
    writers = ("referrer", "author")
    works = not explicit and place.section in writers and place.person in ("", *writers)
    return ["agency"] if works and list(attributes) == ["school"] else attributes

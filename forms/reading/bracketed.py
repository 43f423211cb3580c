"""Labels that say in brackets what they ask: "Next of kin (name, relationship, address)", "Completed by (role)"."""

import re

from .attributes import ATTRIBUTE_OF, attribute, listed_in_brackets
from .labels import plain
from .meaning import GOOD, SURE, Match, Place
from .whose import canonical, person_in, whose, writer

_ONE_BRACKET = re.compile(r"(?P<before>[^()]{2,40})\((?P<asked>[^()]{3,40})\)\W*")
_OPENS_SENTENCE = frozenset(
    {"i", "am", "a", "an", "the", "from", "this", "is", "my", "we", "are", "of", "and", "name"}
)
_REASONS = frozenset(
    {"reason for referral", "reasons for referral", "reasons for the referral", "reason for request"}
)
_EXPLAINED = re.compile(r"\([^()]*\b(?:explain|reasons?|why|state|describe)\b", re.I)
_SPAN = {
    "from": "involvement_from",
    "to": "involvement_to",
}  # "From (date)", "To (date)" of an agency's return
_SPAN_ASKED = re.compile(
    r"\b(?:involvement|contact)\b[^()]*\((?:dates? )?(?:start|from|first)\b[^()]*\b(?:end|to|last)\b[^()]*\)",
    re.I,
)
_BRACKETED = ("referrer", "author", "lead", "next_of_kin")  # "Next of kin (name, relationship, address)"
_RELATIVES = re.compile(
    r"\bsiblings\b|\bdepend[ae]nts?\b|\b(?:family|household) members\b|^children\b.*\bhousehold\b"
)


def in_brackets(kind: str, label: str, short: str) -> Match | None:
    """Return the match of a person with particulars in brackets, or of reasons to be given by the criteria."""
    if (short in _REASONS and "criteria" in label.casefold()) or (
        short.startswith("criteria") and _EXPLAINED.search(label)
    ):
        return Match(("criteria_grounds_text",), GOOD)
    if kind == "scoping" and _SPAN_ASKED.search(label):
        return Match(("involvement_period",), GOOD)  # "Involvement with the family (start and end dates)"
    person = person_in(short) if "(" in label else ""
    listed = listed_in_brackets(label) if "(" in label else []
    if "name" in listed and _RELATIVES.search(short):
        return Match(("family_members",), GOOD)  # "Children in the household (name, DOB, whereabouts)"
    listed = listed if person in _BRACKETED else []
    names = [name for one in listed if (name := canonical(whose(kind, person, one, Place()), one))]
    return Match(tuple(names), SURE, person, True) if len(names) > 1 and "name" in listed else None


def said_in_brackets(kind: str, label: str, place: Place, known: Match | None) -> Match | None:
    """Return the match of a label that its bracket makes plain: "I am a (job title)", "Completed by (role)"."""
    inner = _ONE_BRACKET.fullmatch(label.strip())
    asked = ATTRIBUTE_OF.get(plain(inner["asked"]).removeprefix("your ")) if inner else None
    if inner is None or asked is None or attribute(before := plain(inner["before"])):
        return None
    if asked == "date" and before in _SPAN:
        return Match((_SPAN[before],), GOOD) if kind == "scoping" else None
    person = writer(kind) if before == "from" else person_in(before)
    if known and (asked == "name" or not known.name.endswith("_name")):
        return None
    if not person and not set(before.split()) <= _OPENS_SENTENCE:
        return None
    name = canonical(whose(kind, person, asked, place), asked)
    return Match((name,), GOOD, person, bool(person)) if name else None

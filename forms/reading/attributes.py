"""Which of a person's particulars a label asks for: name, date of birth, job title, telephone ..."""

import re
from functools import lru_cache

from forms.particulars import ATTRIBUTES

from .labels import plain
from .nearest import Nearest
from .whose import FILLER, person_in, without_people

_SPLIT = re.compile(r"[/,;&|+]|:\s|\s[-–—]\s|\band\b|\bor\b|\bincluding\b|\bwith\b|\balso\b", re.I)
_YES_OR_NO = re.compile(r"(?:is|are|was|were|has|have|had|do|does|did|can|could|should|will|would)\b")
_OF_SOMEBODY = re.compile(
    r"(?P<head>[\w ]{3,40}?) (?:of|for) (?:the |a |an |your )?(?P<whose>(?:\w+ ){0,3}\w+)"
)
_NAMED_BY_ROLE = frozenset({"subject", "referrer", "author", "requester", "next_of_kin", "lead"})
_LONGEST_COMPOUND = 18  # words
_NEVER_GUESSED = frozenset({"gp", "school", "care_support_needs", "current_location", "other_ids"})
_NAME_OF = re.compile(r"names? (?:and address )?of (?:the |your )?(?P<what>.+)")
_NAMED = ("agency", "gp", "school")  # whose name is all that is asked of them
_PERSON_AND = re.compile(r"\W*(?P<who>[^\W\d][\w ]*?)\s*(?:\band\b|[&/,])", re.I)
_OWNED = re.compile(r"^(?:the )?(?:adult|child|victim|person|deceased|subject|patient|young person)s? ")
_BESIDE_A_NAME = ("role", "contact", "agency", "relationship")
_WRITE = ("referrer", "author", "lead", "next_of_kin")
_NO_LABELS = frozenset(
    {"details", "officer details", "details of officer", "officers details"}
)  # but headings
_TO_SOMEBODY = re.compile(r"(?: (?:of|for|the|a|an|your|their))+$")  # "date of birth of the"
_UNLESS = re.compile(r"if (?:not|different|other than)\b")  # "Current whereabouts, if not at home"
_LIKE = 88
_TWO = 2  # parts, which may be two words for one thing
ATTRIBUTE_OF = {wording: attribute for attribute, wordings in ATTRIBUTES.items() for wording in wordings}


def _bared() -> dict[str, str]:
    """Return the attributes' wordings without the small words, as they are left once people are taken out."""
    bare = {
        wording: attribute for wording, attribute in ATTRIBUTE_OF.items() if not FILLER & set(wording.split())
    }
    for wording, attribute in ATTRIBUTE_OF.items():
        bare.setdefault(" ".join(word for word in wording.split() if word not in FILLER), attribute)
    for wording, attribute in ATTRIBUTE_OF.items():
        nobody = " ".join(word for word in without_people(wording).split() if word not in FILLER)
        if " " in nobody and not all(word in ATTRIBUTE_OF for word in nobody.split(" and ")):
            bare.setdefault(nobody, attribute)  # but "name address" may be anybody's
    bare.pop("", None)
    return bare


_BARE = _bared()
_BARE_WORDINGS = list(_BARE)
_NEAREST = Nearest(_BARE_WORDINGS, _LIKE)


def attributes_asked(label: str, bare: str, whole: str, explicit: str) -> list[str]:
    """Return the attributes a label asks for, in its order; none when part of it is something else.

    `bare` is the label without brackets and guidance, `whole` the same plainly spelt, `explicit` the person it names.
    """
    if whole in _NO_LABELS or (_YES_OR_NO.match(whole) and whole not in ATTRIBUTE_OF):
        return []  # details of what, only the label before tells
    asked = attribute(whole)
    if asked and (_named_exactly(whole) or not (several := _listed(bare))):
        joined = asked in _BESIDE_A_NAME and explicit in _WRITE  # "Author / role"
        return _with_name(bare, explicit, [asked]) if joined else [asked]
    if asked:
        return several
    if explicit and (listed := listed_in_brackets(label)):
        return listed
    colon = bare.rstrip().endswith(":") or explicit in ("referrer", "author", "requester")
    if explicit == "lead" and whole.endswith(" by") and set(plain(without_people(whole)).split()) <= FILLER:
        return ["name"]
    named = explicit in _NAMED_BY_ROLE and colon and whole not in ("subject", "your")
    if named and not set(plain(without_people(whole)).split()) - {"the", "of"}:
        return ["name"]
    if len(whole.split()) > _LONGEST_COMPOUND:
        return []
    unnumbered = bare.lstrip("0123456789.) ")
    chunks = [words for chunk in _SPLIT.split(without_people(unnumbered)) if (words := plain(chunk))]
    asked_for = [
        attribute(chunk) for chunk in chunks if not (set(chunk.split()) <= FILLER or _UNLESS.match(chunk))
    ]
    if all(asked_for):
        return _with_name(bare, explicit, [one for one in asked_for if one])
    clause = _OF_SOMEBODY.match(whole)
    head = attribute(clause["head"]) if clause and person_in(clause["whose"]) else None
    return [head] if head else []


def _named_exactly(whole: str) -> bool:
    return whole in ATTRIBUTE_OF or without_people(whole).removeprefix("s ").strip() in ATTRIBUTE_OF


def _listed(bare: str) -> list[str]:
    """Return the different attributes a label lists, though as a whole it is much like the name of one of them."""
    chunks = [words for chunk in _SPLIT.split(without_people(bare)) if (words := plain(chunk))]
    listed = [ATTRIBUTE_OF.get(_TO_SOMEBODY.sub("", chunk.removeprefix("s ")), "") for chunk in chunks]
    if len(chunks) > _TWO and not all(listed):
        listed = [attribute(chunk) or "" for chunk in chunks]
    return listed if len(set(listed)) > 1 and all(listed) else []


def _with_name(bare: str, explicit: str, asked_for: list[str]) -> list[str]:
    """Return the attributes with the name first where a label puts the person beside them: "Author and role"."""
    bare = bare.lstrip("0123456789.) ")
    first = _PERSON_AND.match(bare)
    alone = first and not set(plain(without_people(first["who"])).split()) - FILLER
    carer = (
        first and explicit == "parents" and not person_in(plain(bare[first.end() :]))
    )  # "Carer and address"
    named = (explicit in _NAMED_BY_ROLE or carer) and alone and "name" not in asked_for
    return ["name", *asked_for] if named else asked_for


def listed_in_brackets(label: str) -> list[str]:
    """Return the attributes of "Report author (name, role, contact details)"."""
    for inner in re.findall(r"\(([^()]*)\)", label):
        listed = [attribute(plain(chunk)) for chunk in _SPLIT.split(inner) if plain(chunk)]
        if len(listed) > 1 and all(listed):
            return [one for one in listed if one]
    return []


@lru_cache(maxsize=4096)
def attribute(chunk: str) -> str | None:
    """Return the attribute a piece of a label asks for, once the person's words are taken out."""
    if chunk in ATTRIBUTE_OF:
        return ATTRIBUTE_OF[chunk]
    if (owned := _OWNED.sub("", chunk)) in ATTRIBUTE_OF:
        return ATTRIBUTE_OF[owned]
    unnamed = " ".join(without_people(chunk).removeprefix("s ").split())
    if unnamed in ATTRIBUTE_OF:
        return ATTRIBUTE_OF[unnamed]
    if (named := _NAME_OF.fullmatch(unnamed)) and ATTRIBUTE_OF.get(named["what"]) in _NAMED:
        return ATTRIBUTE_OF[named["what"]]
    left = " ".join(word for word in unnamed.split() if word not in FILLER)
    if left in _BARE or len(left) <= 4:
        return _BARE.get(left)
    close = _NEAREST.to(left)
    found = _BARE[_BARE_WORDINGS[close.at]] if close else None
    return None if found in _NEVER_GUESSED else found

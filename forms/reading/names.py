"""Which of our canonical names a stranger's label means, given the section it stands in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from forms.vocabulary import ASKED_OF, ATTRIBUTES, PEOPLE, SPECIAL, SUBJECT_ONLY

from .happening import facts_of_event
from .labels import LONGEST_LABEL, plain, without_brackets, without_guidance
from .likeness import Phrases
from .phrases import PHRASES, REFERRAL_ONLY, SCOPING_ONLY
from .questions import asks, question, without_asking

SURE, GOOD = 1.0, 0.9
_BY_QUESTION = 0.86
_SPLIT = re.compile(r"[/,;&|+]|\s[-–—]\s|\band\b|\bor\b|\bincluding\b|\bwith\b|\balso\b", re.I)
_FILLER = frozenset({
    "the", "a", "an", "of", "s", "their", "his", "her", "its", "please", "enter", "insert", "provide", "state", "give",
    "full", "if", "different", "for", "any", "known", "applicable", "where", "is", "was", "which", "to", "be", "on",
    "only", "all", "current", "e", "g", "eg", "i", "no", "in", "at", "by", "who", "what", "this", "person", "persons",
    "details", "how", "would", "they", "describe", "above", "appropriate", "relevant", "template", "following",
})  # fmt: skip
_YES_OR_NO = re.compile(r"(?:is|are|was|were|has|have|had|do|does|did|can|could|should|will|would)\b")
_OF_SOMEBODY = re.compile(
    r"(?P<head>[\w ]{3,40}?) (?:of|for) (?:the |a |an |your )?(?P<whose>(?:\w+ ){0,3}\w+)"
)
_OF_A_HOME = re.compile(r"\b(?:home|usual|permanent|current) (?:address|residence)")
_CONTACT = re.compile(r"contact (?:person|name|officer|tel\w*|email|phone|number)\b")
_OPEN_SECTIONS = ("", "referrer", "author", "incident")  # where a contact can only be the writer's
_NAMED_BY_ROLE = frozenset({"subject", "referrer", "author", "next_of_kin", "lead"})
_OF_THEIR_AGENCY = re.compile(
    r"\b(?:(?:in|within|for|from|of) )?(?:the |your |their )?(?:agency|organi[sz]ation|service|trust)['’]?s?['’]?\b"
    r"(?= (?:\w+ )?(?:safeguarding|lead|manager|author|represent))"
    r"|\b(?:in|within) (?:your|their) (?:agency|organi[sz]ation|service)"
)
_LONGEST_COMPOUND = 14  # words
_NEVER_GUESSED = frozenset({"gp", "school", "care_support_needs", "current_location", "other_ids"})
_OFFICE = re.compile(r"office_|decision_")


@dataclass(frozen=True)
class Match:
    """A label understood: the canonical names it asks for, whose they are, and how sure we are (0 to 1)."""

    names: tuple[str, ...]
    score: float
    person: str = ""
    explicit: bool = False  # the label itself says whose it is

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True)
class Place:
    """Where a label stands: the section's word, and the person last spoken of."""

    section: str = ""
    person: str = ""


@lru_cache(maxsize=4)
def _phrases(kind: str) -> Phrases:
    shut = {"referral": SCOPING_ONLY, "scoping": REFERRAL_ONLY}.get(kind, frozenset())
    return Phrases.of(PHRASES, shut)


@lru_cache(maxsize=1)
def _attributes() -> dict[str, str]:
    return {wording: attribute for attribute, wordings in ATTRIBUTES.items() for wording in wordings}


@lru_cache(maxsize=1)
def _bare_attributes() -> dict[str, str]:
    """Return the attributes' wordings without the small words, as they are left once people are taken out."""
    bare = {
        wording: attribute
        for wording, attribute in _attributes().items()
        if not _FILLER & set(wording.split())
    }
    for wording, attribute in _attributes().items():
        bare.setdefault(" ".join(word for word in wording.split() if word not in _FILLER), attribute)
    bare.pop("", None)
    return bare


_PEOPLE = tuple((person, re.compile(rf"\b(?:{pattern})\b")) for person, pattern in PEOPLE.items())


class Names:
    """The vocabulary of one kind of form ("referral", "scoping" or "other")."""

    def __init__(self, kind: str, own: Mapping[str, str] | None = None) -> None:
        self.kind = kind
        self.own = own or {}
        self._known: dict[tuple[str, Place], Match | None] = {}

    def match(self, label: str, place: Place) -> Match | None:
        """Return what `label` asks for at this place, or None when it means nothing to us."""
        key = (label, place)
        if key not in self._known:
            self._known[key] = self._match(label, place)
        return self._known[key]

    def _match(self, label: str, place: Place) -> Match | None:
        short = plain(without_guidance(label))
        if not short or len(short) > LONGEST_LABEL * 2:
            return None
        found = (
            self._ours(short)
            or self._phrase(short, place)
            or self._either(label, place)
            or self._event(short)
            or self._nearly(short)
        )
        found = (
            found or self._particulars(label, place) or self._alike(short) or self._asked(label, short, place)
        )
        if found is None and plain(label) != short:
            found = self._alike(plain(label))
        if found and place.section == "office" and not any(_OFFICE.match(name) for name in found.names):
            return None
        return found

    def _ours(self, short: str) -> Match | None:
        """Return the match of a label our own form prints."""
        return Match((self.own[short],), SURE) if short in self.own else None

    def _phrase(self, short: str, place: Place) -> Match | None:
        name = _phrases(self.kind).exact.get(short)
        if name is None or (
            short in _attributes() and (place.section or place.person) not in ("", "other", "family")
        ):
            return None
        return Match((name,), SURE, *self._person_of(name))

    def _either(self, label: str, place: Place) -> Match | None:
        """Return the match of a label that says one thing in two ways: "Effective practice / good practice"."""
        ways = [plain(way) for way in label.split("/")] if "/" in label else []
        found = [self._phrase(way, place) for way in ways if way]
        same = {match.name for match in found if match}
        return found[0] if len(found) > 1 and all(found) and len(same) == 1 else None

    def _person_of(self, name: str) -> tuple[str, bool]:
        if name == "author_name":
            return "author", True
        if name in ("next_of_kin_name", "referrer_name"):
            return name.removesuffix("_name"), True
        return ("requester", True) if name == "requested_by" else ("", False)

    def _particulars(self, label: str, place: Place) -> Match | None:
        """Return the match of a label made of a person's particulars: "Adult's name, date of birth and gender"."""
        bare = without_brackets(without_guidance(label))
        whole = plain(bare)
        if place.person == "gp" and _OF_A_HOME.search(whole):
            place = replace(place, person="")
        explicit = _person_in(whole) or self._signatory(whole, place)
        contact = whole == "contact person" or (not explicit and _CONTACT.match(whole))
        if contact and place.section in _OPEN_SECTIONS:
            explicit = self._writer()
        attributes = self._attributes_asked(label, bare, whole, explicit)
        if not attributes:
            return None
        names: list[str] = []
        for attribute in attributes:
            person = self._whose(explicit, attribute or "", place)
            name = self._canonical(person, attribute or "", place)
            if name and name not in names:
                names.append(name)
        if not names:
            return None
        sure = SURE if explicit or place.section or place.person else GOOD
        if attributes == ["relationship"] and explicit == "subject":
            explicit = ""  # "relationship to the adult" is still asked of whoever stands here
        return Match(tuple(names), sure, explicit, bool(explicit))

    def _attributes_asked(self, label: str, bare: str, whole: str, explicit: str) -> list[str]:
        """Return the attributes a label asks for, in its order; none when part of it is something else."""
        if _YES_OR_NO.match(whole) and whole not in _attributes():
            return []
        if asked := self._attribute(whole):
            return [asked]
        if explicit and (listed := self._listed_in_brackets(label)):
            return listed
        colon = bare.rstrip().endswith(":") or explicit in ("referrer", "author")
        named = explicit in _NAMED_BY_ROLE and colon and whole not in ("subject", "your")
        if named and not set(plain(_without_people(whole)).split()) - {"the", "of"}:
            return ["name"]
        if len(whole.split()) > _LONGEST_COMPOUND:
            return []
        chunks = [words for chunk in _SPLIT.split(_without_people(bare)) if (words := plain(chunk))]
        asked_for = [self._attribute(chunk) for chunk in chunks if not set(chunk.split()) <= _FILLER]
        if all(asked_for):
            return [attribute for attribute in asked_for if attribute]
        clause = _OF_SOMEBODY.match(whole)
        head = self._attribute(clause["head"]) if clause and _person_in(clause["whose"]) else None
        return [head] if head else []

    def _listed_in_brackets(self, label: str) -> list[str]:
        """Return the attributes of "Report author (name, role, contact details)"."""
        for inner in re.findall(r"\(([^()]*)\)", label):
            listed = [self._attribute(plain(chunk)) for chunk in _SPLIT.split(inner) if plain(chunk)]
            if len(listed) > 1 and all(listed):
                return [attribute for attribute in listed if attribute]
        return []

    @staticmethod
    def _attribute(chunk: str) -> str | None:
        """Return the attribute a piece of a label asks for, once the person's words are taken out."""
        if chunk in _attributes():
            return _attributes()[chunk]
        chunk = _without_people(chunk)
        words = [word for word in chunk.split() if word not in _FILLER]
        left = " ".join(words)
        if left in _bare_attributes() or len(left) <= 4:
            return _bare_attributes().get(left)
        close = process.extractOne(left, list(_bare_attributes()), scorer=fuzz.ratio, score_cutoff=88)
        attribute = _bare_attributes()[close[0]] if close else None
        return None if attribute in _NEVER_GUESSED else attribute

    def _whose(self, explicit: str, attribute: str, place: Place) -> str:
        if attribute == "current_location" and place.section == "incident" and explicit != "subject":
            return "incident"
        if attribute in SUBJECT_ONLY and explicit != "gp":
            return "subject"
        if attribute == "relationship" and explicit in ("", "subject"):
            explicit = place.person or place.section  # "relationship to the adult": whose is it?
        if explicit:
            return self._translated(explicit)
        nearest = place.person or place.section
        nearest = self._translated(nearest)
        asked = ASKED_OF.get(nearest)
        if nearest == "subject" and attribute in ("role", "agency", "email", "signature", "contact", "date"):
            return self._writer()
        if nearest in ("family", "agencies", "chronology") and attribute in ("date", "signature"):
            return self._writer()
        if (
            nearest == "subject"
            or (asked and attribute in asked)
            or nearest in ("family", "agencies", "chronology", "office")
        ):
            return nearest
        if nearest == "incident" and attribute == "date":
            return "incident"
        if attribute in (
            "dob",
            "age",
            "gender",
            "name",
            "address",
            "surname",
            "forename",
            "other_names",
            "postcode",
        ):
            return "subject" if nearest in ("", "prefilled", "other", "incident", "criteria") else nearest
        return self._writer()

    def _signatory(self, whole: str, place: Place) -> str:
        """Return whose an unnamed signature is: the writer's, outside the parts that others sign."""
        signs = self._attribute(whole) == "signature" and place.section not in ("office", "lead", "prefilled")
        return self._writer() if signs else ""

    def _writer(self) -> str:
        return "author" if self.kind == "scoping" else "referrer"

    def _translated(self, person: str) -> str:
        """Return the person as this kind of form knows them: "your" is the author's in a scoping return."""
        if self.kind == "scoping" and person == "referrer":
            return "author"
        return "referrer" if self.kind != "scoping" and person == "author" else person

    def _canonical(self, person: str, attribute: str, place: Place) -> str:
        if (person, attribute) in SPECIAL:
            return SPECIAL[person, attribute]
        if attribute in ("gp", "school", "legal_status") or person == "subject":
            return (
                f"subject_{attribute}"
                if attribute not in ("role", "agency", "email", "signature", "date")
                else ""
            )
        if person == "incident":
            return {"date": "incident_date", "current_location": "incident_location"}.get(attribute, "")
        if person == "perpetrator":
            return f"alleged_perpetrators.{attribute}" if attribute in ASKED_OF["perpetrator"] else ""
        return f"{person}_{attribute}" if attribute in ASKED_OF.get(person, ()) else ""

    def _event(self, short: str) -> Match | None:
        """Return the match of one prompt for several facts of what happened."""
        facts = facts_of_event(short)
        return Match(facts, GOOD) if facts else None

    def _nearly(self, short: str) -> Match | None:
        """Return the match of a long label that differs from one we know by hardly more than a slip."""
        known = _phrases(self.kind).nearly(short)
        return self._whole(known, GOOD) if known else None

    def _alike(self, short: str) -> Match | None:
        """Return the nearest whole label we know, by letters and by the words that tell labels apart."""
        known, score = _phrases(self.kind).alike(short)
        return self._whole(known, round(min(score, GOOD), 2)) if known else None

    def _asked(self, label: str, short: str, place: Place) -> Match | None:
        """Return the match of a label once its "please give" is off, or of a question known by its main words."""
        bare = without_asking(short)
        if bare != short and bare and (found := self._phrase(bare, place) or self._particulars(bare, place)):
            return replace(found, score=min(found.score, GOOD))
        if bare != short and (found := self._alike(bare)):
            return found
        name = question(self.kind, short) if asks(label) else ""
        return Match((name,), _BY_QUESTION) if name else None

    def _whole(self, known: str, score: float) -> Match:
        name = _phrases(self.kind).exact[known]
        return Match((name,), score, *self._person_of(name))


def _without_people(text: str) -> str:
    """Return a label without the words that say whose particulars it asks for."""
    text = _OF_THEIR_AGENCY.sub(" ", text.casefold())
    for _, pattern in _PEOPLE:
        text = pattern.sub(" ", text)
    return text


def only_says_whose(text: str) -> bool:
    """Say whether a line names a person of the form and nothing asked of them: "Referrer", "Details of the adult"."""
    whole = plain(text)
    return bool(_person_in(whole)) and set(plain(_without_people(whole)).split()) <= _FILLER


def _person_in(text: str) -> str:
    for person, pattern in _PEOPLE:
        if pattern.search(text):
            return person
    return ""

"""Which of our canonical names a stranger's label means, given the section it stands in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from .attributes import ATTRIBUTE_OF, attribute, attributes_asked
from .bare_words import WRITE, by_heading, part_told
from .bilingual import in_english
from .bracketed import in_brackets, said_in_brackets
from .follow_ups import asks_details
from .happening import fact_of_death, facts_of_event
from .labels import LONGEST_GUIDED, LONGEST_LABEL, plain, without_brackets, without_clause, without_guidance
from .likeness import Phrases
from .meaning import GOOD, SURE, Match, Place
from .phrases import PHRASES, REFERRAL_ONLY, SCOPING_ONLY
from .prompts import GOES_ON, LISTS, TELLS_MORE
from .questions import asks, certain, question, without_asking
from .whose import as_worked, canonical, only_says_whose, person_in, whose, writer

_UNSURE = 0.8
_TWO_SIDES = 2
_REMEMBERED = 2048  # labels; agencies send the same form again and again
_BY_QUESTION = 0.86
_WHO_ANSWERS = re.compile(r"(?:name of )?(?:the |your )?(?:agency|organi[sz]ation)\b")
_OF_A_HOME = re.compile(r"\b(?:home|usual|permanent|current) (?:address|residence)")
_CONTACT = re.compile(r"contact (?:person|name|officer|tel\w*|email|phone|number)\b")
_OPEN_SECTIONS = ("", "referrer", "author", "incident")  # where a contact can only be the writer's
_OFFICE = re.compile(r"office_|board_reference|decision_|subject_initials")

_PARTICULAR = re.compile(
    r"(?!safeguarding_lead|agency_involved).*_(?:name|agency|role|dob|date|email|telephone)$|date_"
)
_SYSTEMS_ID = re.compile(
    r"(?!.*\b(?:tele\w*|phone|mobile|contact|fax|house|flat|collar|staff|ward|room|crime|incident|of|how|case)\b)"
    r"(?:\w+ ){1,2}(?:number|no|id|urn|identifier)"
)  # "SWIS number": of a system of records nobody here has heard of
_JOINED = re.compile(r"\b(inter|multi)agency\b")
_MAY_BE_BARER = re.compile(r"time of| n$| no$")
_BARER = re.compile(r"\b(date) (?:and )?time(?= of\b)|(?<=\w) (?:y n|yes no)$")
_HAVE_ADDRESSES = frozenset({"parents", "next_of_kin", "perpetrator"})
_YES_OR_NO = re.compile(r"(?:is|are|was|were|has|have|had|do|does|did)\b(?! (?:the name|there))")
_FACTS = frozenset(
    {
        "carer_at_incident",
        "involvement_from",
        "involvement_to",
        "prefilled_referrer",
        "incident_location",
        "lead_professional",
        "cause_of_death",
        "subject_school",
        "harm_types",
    }
)
_DECIDES = re.compile(r"\b(?:decision|decided|recommend\w*|outcome|rationale|reasons?)\b")
_SAYS_WHEN = re.compile(r"\b(?:by|before|dates?|deadline|due|when|than)\b")
_OF_CONTACT = re.compile(
    r"\b(?:know\w*|knew|involve\w*|contact\w*|records?|work\w*|support\w*|seen|saw|dealings|engage\w*|trace"
    r"|register\w*|enrol\w*|patient|tenant|customer|held|holds?|information|open)\b"
)
_DESCRIBES = re.compile(r"(?:please )?(?:briefly )?(?:outline|describe|summari[sz]e|explain|detail)\b")
_WHERE_TO = re.compile(
    r"(?:please )?(?:send|return|e ?mail|submit|forward|post|fax)\b.*\bto(?: the)?(?: address)?$"
)
_MAY_BE_KNOWN = re.compile(r"(?:known|held|recorded) (?:to|by|on) ", re.I)
_AS_KNOWN = re.compile(
    r"\s*\b(?:as )?(?:known to|held by|recorded by|held on) (?:your|the|our)"
    r" (?:agency|organi[sz]ation|service|team|records?)\b",
    re.I,
)  # "Address(es) known to your agency"
_LEFT_OPEN = re.compile(r" (?:including|to include|such as|for example|ie|eg|to date)$")
_INCLUDING = re.compile(r"(?<=\w),? including (?=\w).*", re.S | re.I)  # what an answer should hold
_OF_THE_SUBJECT = frozenset(
    {"local authority", "council", "borough", "title"}
)  # among the subject's particulars
_NOT_KEPT = frozenset(
    {
        "terms of reference",
        "coroners officer",
        "about you",
        "outcome for the child",
        "outcome for child",
        "outcome for the adult",
    }
)  # much like what we ask, but another thing
_BARE_DECISIONS = frozenset({"outcome", "rationale"})  # of what, only the office's part of a form tells
_THEIRS = ("their ", "his ", "her ", "his her ")
ANYBODY = frozenset({"name of person", "persons name", "name of individual"})
_NAMED_BY = {
    "requested_by": ("requester", True),
    "parents_carers_names": ("parents", True),
    "safeguarding_lead_name": ("lead", True),
}
_THEY = re.compile(
    r"^where (?:(?:do|did|does|has|have) )+(?:they|he|she)\b|^(?:lived|lives|living|resided) (?:at|in)\b"
)
_AT_WORK = re.compile(
    r"\b(?:role|job|position|post|title|designation|agency|organi[sz]ation|e ?mail|employer)\b"
)
_AS_WRITER = frozenset({"role", "agency"})  # of the subject neither is asked


def _phrases(kind: str) -> Phrases:
    return _phrases_but({"referral": SCOPING_ONLY, "scoping": REFERRAL_ONLY}.get(kind, frozenset()))


@lru_cache(maxsize=4)
def _phrases_but(shut: frozenset[str]) -> Phrases:
    return Phrases.of(PHRASES, shut)


@lru_cache(maxsize=4)
def names_of(kind: str) -> "Names":
    """Return the vocabulary of a kind of form, which remembers the labels it met in earlier documents."""
    return Names(kind)


@lru_cache(maxsize=8)
def _known_names(kind: str) -> frozenset[str]:
    return frozenset(_phrases(kind).exact.values())


class Names:
    """The vocabulary of one kind of form ("referral", "scoping" or "other")."""

    def __init__(self, kind: str, own: Mapping[str, str] | None = None) -> None:
        self.kind = kind
        self.own = own or {}
        self._known = lru_cache(_REMEMBERED)(self._surest)

    @cached_property
    def phrases(self) -> Phrases:
        """The labels we know, without those only the other kind of form asks."""
        return _phrases(self.kind)

    def match(self, label: str, place: Place) -> Match | None:
        """Return what `label` asks for at this place, or None when it means nothing to us."""
        return self._known(label, place)

    def _surest(self, label: str, place: Place) -> Match | None:
        """Return the match of a prompt, or of what stands before "including ..." where that is as sure."""
        whole = self._match(label, place)
        bare = self._match(shorter, place) if (shorter := _INCLUDING.sub("", label)) != label else None
        return bare if bare and (whole is None or bare.score >= whole.score) else whole

    def _match(self, label: str, place: Place) -> Match | None:
        label = in_english(label)
        if (
            _MAY_BE_KNOWN.search(label)
            and (bare := _AS_KNOWN.sub("", label)) != label
            and (attribute(plain(bare)) or self.phrases.exact.get(plain(bare)) in LISTS)
        ):
            label = bare
        label = without_clause(label)
        short = _JOINED.sub(r"\1 agency", _LEFT_OPEN.sub("", plain(without_guidance(label))))
        if not short or _WHERE_TO.match(short):
            return None
        if len(short) > LONGEST_LABEL * 2:
            return self._first_of_two(label, place) if len(short) < LONGEST_GUIDED else None
        if short in _NOT_KEPT or (short in _OF_THE_SUBJECT and "subject" in (place.section, place.person)):
            return None
        if short in _BARE_DECISIONS and place.section not in ("office", "other"):
            reasons = short == "rationale" and place.section == "criteria" and self.kind == "referral"
            return Match(("criteria_grounds_text",), GOOD) if reasons else None
        found = (
            self._ours(short)
            or part_told(self.kind, short, label)
            or in_brackets(self.kind, label, short)
            or said_in_brackets(self.kind, label, place, self._phrase(short, place))
            or by_heading(self.kind, short, place)
            or self._phrase(short, place)
            or self._either(label, place)
            or self._event(short, place)
            or self._certain(short)
            or self._nearly(short)
        )
        if found is None and asks_details(label):
            return None
        found = found or self._particulars(label, place) or self._told(label, short, place)
        found = (
            found
            or self._one_way(label, place)
            or self._both_told(short, place)
            or self._first_of_two(label, place)
            or self._of_a_system(short, place)
        )
        if found is None and _MAY_BE_BARER.search(short) and (barer := _BARER.sub(r"\1", short)) != short:
            found = self._match(barer, place)  # "Date and time of notification", "Disability Y/N"
        if found is None and plain(label) != short:
            found = self._alike(plain(label))
        if found and place.section == "office" and not any(_OFFICE.match(name) for name in found.names):
            return None
        return found

    def _ours(self, short: str) -> Match | None:
        """Return the match of a label our own form prints."""
        return Match((self.own[short],), SURE) if short in self.own else None

    def _first_of_two(self, label: str, place: Place) -> Match | None:
        """Return what the first of two questions in one prompt asks: "First language? Is an interpreter needed?".

        So it is with a question and how to answer it: "What happened? Please give facts alone."
        """
        first, mark, rest = label.partition("?")
        if not mark or not first.strip() or not (rest.rstrip().endswith("?") or TELLS_MORE.match(rest)):
            return None
        found = self._match(f"{first}?", place)
        return found if found and found.score >= _BY_QUESTION else None

    def _of_a_system(self, short: str, place: Place) -> Match | None:
        """Return the match of a number that some system of records gave the subject: "SWIS number"."""
        about = place.section == "subject" and place.person in ("", "subject")
        return Match(("subject_other_ids",), GOOD) if about and _SYSTEMS_ID.fullmatch(short) else None

    def _phrase(self, short: str, place: Place) -> Match | None:
        name = self.phrases.exact.get(short)
        if name is None or (
            short in ATTRIBUTE_OF and (place.section or place.person) not in ("", "other", "family")
        ):
            return None
        return Match((name,), SURE, *self._person_of(name))

    def _either(self, label: str, place: Place) -> Match | None:
        """Return the match of a label that says one thing in two ways: "Effective practice / good practice"."""
        ways = [plain(way) for way in label.split("/")] if "/" in label else []
        found = [self._phrase(way, place) or by_heading(self.kind, way, place) for way in ways if way]
        same = {match.name for match in found if match}
        return found[0] if len(found) > 1 and all(found) and len(same) == 1 else None

    def _one_way(self, label: str, place: Place) -> Match | None:
        """Return the match of the one side of a stroke that we know: "Power of Attorney / Next of kin"."""
        sides = [side for side in label.split("/") if len(plain(side)) > 1]  # "N/A - alive" has one
        known = [match for side in sides if len(sides) == _TWO_SIDES and (match := self._match(side, place))]
        one = len(sides) == _TWO_SIDES == len(known) + 1 == label.count("/") + 1 and known[0].score >= SURE
        return replace(known[0], score=GOOD) if one else None

    def _both_told(self, short: str, place: Place) -> Match | None:
        """Return the match of the first of two accounts asked for at once: "Case summary and reason for referral"."""
        told = [self._phrase(half, place) for half in short.split(" and ")]
        both = len(told) == _TWO_SIDES and all(match and match.name in GOES_ON - LISTS for match in told)
        return replace(told[0], score=GOOD) if both and told[0] else None

    def _person_of(self, name: str) -> tuple[str, bool]:
        if name == "author_name":
            return "author", True
        if name in ("next_of_kin_name", "referrer_name", "subject_name"):
            return name.removesuffix("_name"), True
        return _NAMED_BY.get(name, ("", False))

    def _particulars(self, label: str, place: Place) -> Match | None:
        """Return the match of a label made of a person's particulars: "Adult's name, date of birth and gender"."""
        bare = without_brackets(without_guidance(label))
        whole = plain(bare)
        if place.person == "gp" and _OF_A_HOME.search(whole):
            place = place._replace(person="")
        if "gp" in place and _WHO_ANSWERS.match(whole):
            place = Place()  # "Agency" below the GP's part is no practice
        explicit = "" if _of_the_writer(whole, place) else person_in(whole)
        explicit = explicit or self._signatory(whole, place) or _spoken_of(whole, place)
        contact = whole == "contact person" or (not explicit and _CONTACT.match(whole))
        if contact and place.section in _OPEN_SECTIONS:
            explicit = writer(self.kind)
        attributes = attributes_asked(label, bare, whole, explicit)
        if not attributes:
            return None
        if place.section == "family" and not explicit and len(attributes) > 1 and "name" in attributes:
            return Match(("family_members",), GOOD)  # "Name(s) and DOB" under "Children"
        names = self._canonical(as_worked(attributes, explicit, place), explicit, place)
        if not names:
            return None
        sure = SURE if explicit or place.section or place.person else GOOD
        if attributes == ["date"] and not explicit and "lead" in place:
            sure = _UNSURE  # when the lead agreed: the writer's own date, where there is one, comes first
        if attributes == ["relationship"] and explicit == "subject":
            explicit = ""  # "relationship to the adult" is still asked of whoever stands here
        return Match(tuple(names), sure, explicit, bool(explicit))

    def _canonical(self, attributes: Sequence[str], explicit: str, place: Place) -> list[str]:
        """Return our names for the attributes a label asks for, each once."""
        names: list[str] = []
        theirs = not explicit and place.person in ("", "subject") and _AS_WRITER.intersection(attributes)
        explicit = writer(self.kind) if theirs and len(attributes) > 1 else explicit  # "Name and role"
        for one in attributes:
            if one == "current_location" and explicit in _HAVE_ADDRESSES:
                one = "address"  # "Parents' current address"
            name = canonical(whose(self.kind, explicit, one, place), one)
            if name and name not in names:
                names.append(name)
        return names

    def _signatory(self, whole: str, place: Place) -> str:
        """Return whose an unnamed signature is: the writer's, outside the parts that others sign."""
        signs = attribute(whole) == "signature" and place.section not in ("office", "lead", "prefilled")
        return writer(self.kind) if signs else ""

    def _certain(self, short: str) -> Match | None:
        """Return the match of a question whose words leave no doubt."""
        name = certain(short)
        known = name in _known_names(self.kind) or name.startswith(
            ("subject_", "alleged_perpetrators.", "immediate_action_")
        )
        return Match((name,), GOOD, *self._person_of(name)) if known else None

    def _event(self, short: str, place: Place) -> Match | None:
        """Return the match of one prompt for several facts of what happened, or for one if somebody died.

        Of what, the part it stands in may say: "Date, time and place".
        """
        one = fact_of_death(short)
        facts = (one,) if one else facts_of_event(short)
        if not facts and place == Place("incident"):
            facts = facts_of_event(f"{short} of incident")
        return Match(facts, GOOD) if facts else None

    def _nearly(self, short: str) -> Match | None:
        """Return the match of a long label that differs from one we know by hardly more than a slip."""
        known = self.phrases.nearly(short)
        return self._whole(known, GOOD) if known else None

    def _alike(self, short: str, asking: str = "") -> Match | None:
        """Return the nearest whole label we know, by letters and by the words that tell labels apart.

        `asking` is the label with its "please describe", where `short` has lost it.
        """
        if only_says_whose(short) or _phrases("other").exact.get(short, "").startswith("office_"):
            return None  # a board's own date is never taken for one much like it that an agency gives
        known, score = self.phrases.alike(short)
        if not known:
            return None
        name = self.phrases.exact[known]
        if name == "return_deadline" and not _SAYS_WHEN.search(short):
            return None
        if name == "agency_involved" and (_DESCRIBES.match(asking or short) or not _OF_CONTACT.search(short)):
            return None
        if name.startswith("cp_plan") and re.search(r"\badults?\b", short):
            return None
        if name == "open_to_social_care" and " your " in short:
            return None
        if name == "for_learning":  # "Potential for learning" does not ask what a case is brought for
            return None
        if name.startswith("decision_") and not _DECIDES.search(short):
            return None
        if (name in _FACTS or _PARTICULAR.match(name)) and _YES_OR_NO.match(short):
            return None
        return self._whole(known, round(min(score, GOOD), 2))

    def _asked(self, label: str, short: str, place: Place) -> Match | None:
        """Return the match of a label once its "please give" is off, or of a question known by its main words."""
        bare = without_asking(short)
        as_put = without_asking(label.casefold().lstrip("0123456789.) "))  # with what parts its words
        if bare != short and (found := self._particulars(as_put, place)):
            return replace(found, score=min(found.score, GOOD))
        if bare != short and bare and (found := self._phrase(bare, place) or self._particulars(bare, place)):
            return replace(found, score=min(found.score, GOOD))
        alike = self._alike(bare, short) if bare != short else None
        if alike and alike.score >= _BY_QUESTION:
            return alike
        name = question(self.kind, short) if asks(label) else ""
        return Match((name,), _BY_QUESTION) if name else alike

    def _told(self, label: str, short: str, place: Place) -> Match | None:
        """Return the match by likeness, unless the question's main words are surer of what it asks."""
        alike = self._alike(short)
        if alike and alike.score >= _BY_QUESTION:
            return alike
        return self._asked(label, short, place) or alike

    def _whole(self, known: str, score: float) -> Match:
        name = self.phrases.exact[known]
        return Match((name,), score, *self._person_of(name))


def _of_the_writer(whole: str, place: Place) -> bool:
    """Say whether "Name of person" stands among a writer's particulars, whose name it asks for then."""
    return whole in ANYBODY and (place.person or place.section) in WRITE


def _spoken_of(whole: str, place: Place) -> str:
    """Return the subject where "their date of birth" is asked among what the writer says of himself."""
    theirs = (
        (whole.startswith(_THEIRS) or _THEY.search(whole))
        and (place.person or place.section) in WRITE
        and not _AT_WORK.search(whole)
    )
    return "subject" if theirs else ""

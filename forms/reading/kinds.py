"""What kind of form a document is, told by what it asks and never by its title alone."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from .kind_marks import OTHERS, REFERRAL, SCOPING
from .labels import plain_line
from .layout import Layout, Line
from .manner import Manner
from .pairs import Pairs
from .papers import is_paper
from .patterns import Patterns
from .phrases import REFERRAL_ONLY, SCOPING_ONLY
from .review_words import A_REVIEW, OF_REVIEWS

_OF_OURS = Patterns((pattern, pattern) for _, pattern in (*REFERRAL, *SCOPING))
_OF_OTHERS = Patterns((what, pattern) for what, pattern, _ in OTHERS)
_TITLES = Patterns((what, names) for what, _, names in OTHERS)
_REMEMBERED = 1024  # printed lines; agencies send the same form again and again
NEEDED = 6
SURE_WITHOUT_REVIEW = 9  # a referral form that nowhere speaks of a review must ask all the more
_CLOSE = 4  # so near one another, the printed words do not part a referral from a return
_A_MARK = 3  # how often one sort of mark may count
_LONGEST_PRINTED = 260
_HEAD = 3  # lines that hold its title
_TITLE = 2  # of these, those that can be nothing else
_SENTENCE = 8  # words and a full stop
_LONGEST_TITLE = 20  # words
_FIRST_LINES = 12  # where a form says what it is
_OF_THE_CASE = (
    "subject_",
    "parents_",
    "alleged_perpetrators",
    "family_",
    "agencies_",
    "key_issue_",
    "cause_of_death",
)
_WRITERS = ("referrer_", "author_", "agency_name")
_TOLD = frozenset({
    "incident_summary", "case_summary", "incident_outline", "criteria_grounds_text", "agency_concerns",
    "involvement_summary", "chronology", "good_practice", "areas_for_improvement", "incident_date",
    "agency_involved", "learning_identified", "other_agencies_involved", "criteria_grounds",
})  # fmt: skip
_LEARNT = frozenset({"good_practice", "areas_for_improvement", "learning_identified"})  # as audits ask too
_OF_A_CASE = (_TOLD - _LEARNT) | {"documents_seen", "records_secured_date", "key_issues"}
_OF_A_PAPER = 3  # signs of a paper, of which a form has one or two by chance
_FEWEST_ASKED = 2
_FEWEST_FILLED = 4  # prompts, whatever they mean
_ANOTHER = re.compile(
    r"(?P<of>.*)\b(?:referral|request|application|assessment|booking)\b"
)  # as titles have it
_ANY_FORM = re.compile(
    r"\b(?:referral|form|request|information|case|partner|agency|adults?|child(?:ren)?s?|new|blank|confidential|official"
    r"|sensitive|board|partnership|safeguarding|the|an?|for|of|and|to|your|our|initial|professional|appendix|section|part|\w)\b"
)
_FEWEST_IN_ALL = 3  # of who writes, about whom, and what happened
_OURS = REFERRAL_ONLY | SCOPING_ONLY
Meanings = Mapping[str, set[str]]  # of labels


@dataclass(frozen=True)
class Kind:
    """The kind of a form, with the reason for saying so and the weight of what speaks for either of ours."""

    kind: str
    because: str
    manner: Manner
    referral: int = 0
    scoping: int = 0
    undecided: bool = False  # its printed words do not say what it is, but it speaks of reviews
    known: bool = False  # its words say which other form it is
    titled: bool = False  # it speaks of reviews where a form says what it is
    directed: bool = False  # its title says as well which of ours it is
    named: bool = False  # its title speaks of reviews

    @property
    def of_a_case(self) -> bool:
        """Whether it speaks of a review at its head, and nowhere of how one is run."""
        told = self.manner
        return self.named and not (self.known or told.business or told.paper >= _OF_A_PAPER)

    @property
    def surely_another(self) -> bool:
        """Whether it is none of ours, whatever it asks."""
        return self.kind == "other" and not self.undecided

    @property
    def close(self) -> bool:
        """Whether the printed words hardly part a referral from a return."""
        return abs(self.referral - self.scoping) <= _CLOSE


def kind_of(layout: Layout, without: Collection[int] = ()) -> Kind:
    """Return the kind of the form in `layout`, from what it prints and asks; the lines `without` do not count."""
    lines = [line for line in printed(layout) if line.number not in without]
    texts = [plain_line(line) for line in lines]
    head = [text for line, text in zip(lines[:_HEAD], texts, strict=False) if not _is_sentence(line.text)]
    manner = Manner(layout, lines[:_HEAD], texts, _of_reviews)
    if is_paper(head):
        because = "This is a paper about reviews and no form. A person must look at it."
        return Kind("other", because, manner, known=True)
    spoken = [_of_reviews(text) for text in texts]
    title = list(filter(_of_reviews, head))  # which counts twice
    borne = Counter(mark for text in (*title, *texts) for mark in _marks_of_ours(text))
    referral, scoping = _weigh(REFERRAL, borne), _weigh(SCOPING, borne)
    wrong, marks = _wrong_form(texts)
    headed = _headed_wrongly(head)
    speaking = spoken.count(A_REVIEW)
    titled = any(spoken[: _HEAD if _of_another_service(head) else _FIRST_LINES])
    directed = any(map(_marks_of_ours, title))
    because = f"This looks like {headed or wrong}. A person must look at it."
    known = Kind("other", because, manner, referral, scoping, known=True, named=any(spoken[:_HEAD]))
    if headed or (wrong and marks > (2 + speaking if speaking else 1)):
        return known
    everywhere = set() if speaking else {_of_reviews(plain_line(line)) for line in layout.lines()}
    speaks = speaking > 0 or A_REVIEW in everywhere
    named = speaks or any(everywhere)
    unlikely = referral > scoping and (not named or (not speaks and referral < SURE_WITHOUT_REVIEW))
    asked = max(referral, scoping) + 2 * min(speaking, _A_MARK)
    if asked < NEEDED or max(referral, scoping) < _A_MARK or unlikely:
        undecided = named and marks <= 1 + speaking
        because = (
            known.because if wrong and marks else "This does not ask what a referral or a scoping form asks."
        )
        return replace(
            known, because=because, undecided=undecided, titled=titled, known=because == known.because
        )
    kind = likelier(known)
    because = f"It asks what a {kind} form asks."
    return replace(known, kind=kind, because=because, known=False, titled=titled, directed=directed)


def _is_sentence(text: str) -> bool:
    """Say whether a line tells something, as the first of a letter does, instead of naming what follows."""
    words = len(text.split())
    return words > _LONGEST_TITLE or (words >= _SENTENCE and text.rstrip().endswith("."))


@lru_cache(maxsize=_REMEMBERED)
def _of_reviews(text: str) -> str:
    """Return how a line speaks of our reviews; that other forms are named after a review of theirs says nothing."""
    return OF_REVIEWS.first(_OF_OTHERS.without(text))


def _headed_wrongly(head: list[str]) -> str:
    """Return which other form one calls itself at its very head, if it does not speak of reviews there."""
    if any(map(_of_reviews, head)):
        return ""
    return _wrong_form(head)[0] or next(filter(None, map(_TITLES.first, head[:_TITLE])), "")


def _of_another_service(head: list[str]) -> bool:
    """Say whether the title asks for something, and not for a review: "Advocacy referral"."""
    asked = next(filter(None, map(_ANOTHER.search, head[:_TITLE])), None)
    return (
        asked is not None and bool(_ANY_FORM.sub("", asked["of"]).strip()) and not any(map(_of_reviews, head))
    )


def settled(kind: Kind, pairs: Pairs) -> Kind:
    """Return the kind of an undecided form once the canonical names it asks for, label by label, are known.

    It is one of ours when it asks who writes, whom it is about, and what happened. One that says at its head
    that it is about a review need ask less: a chronology has hardly more than a writer and its events. What is
    filled in under such a title is one of ours in whatever words it asks, unless a review is run by it.
    """
    asked = pairs.asked
    writer = sum(map(_is_of_writer, asked))
    subject = sum(name.startswith("subject_") for name in asked)
    if kind.titled:
        told = kind.manner.narrates + sum(name in _OURS and not _is_of_writer(name) for name in asked)
        weight = max(kind.referral, kind.scoping) // 2
        # A notice of a meeting as well says when and where, and whom to ask
        about = subject + kind.manner.narrates or (told if likelier(kind) == "scoping" else 0)
        enough = about > 0 and writer + subject + told + weight >= _FEWEST_IN_ALL
        ours = (writer > 0 or kind.referral >= NEEDED) and (enough or "chronology" in asked)
        ours |= kind.manner.nil or (
            kind.of_a_case and pairs.filled >= _FEWEST_FILLED and (writer + subject + told > 0)
        )
    else:
        ours = min(writer, subject) >= _FEWEST_ASKED and bool(_TOLD & set(asked))
    if not ours:
        return kind
    because = "It asks who writes, about whom, and what happened."
    return replace(kind, kind=likelier(kind), because=because, undecided=False, known=False)


def confirmed(kind: Kind, pairs: Pairs) -> Kind:
    """Return the kind, or "other" where a paper only speaks of reviews: the names it asks for make no case.

    One of ours asks who writes, whom it is about, or what happened to them, two of these or one in several ways;
    a letter, an invitation or an absence note asks hardly anything, an audit only what was learnt. One whose
    title says what it is need only be filled in as a form is.
    """
    if kind.kind == "other":
        return kind
    asked = pairs.asked
    writer = sum(map(_is_of_writer, asked))
    of_case = {name for name in asked if name.startswith(_OF_THE_CASE) or name in _OF_A_CASE}
    if (
        of_case == {"subject_name"} and "name" in pairs.meanings()
    ):  # whoever signs a letter has a name as well
        of_case = set()
    case = kind.manner.about + kind.manner.narrates + len(of_case)
    if not writer and any(map(_is_of_office, asked)):
        return replace(kind, kind="other", because="It records what was decided, and nobody asks for it.")
    if kind.manner.paper >= _OF_A_PAPER and 2 * kind.manner.paper > writer + case:
        return replace(kind, kind="other", because="It tells about reviews, and asks nothing about a case.")
    if kind.manner.nil or (case and writer + case >= _FEWEST_ASKED):
        return kind
    if kind.manner.inquires and pairs.filled >= _FEWEST_ASKED:
        return kind
    if pairs.filled >= _FEWEST_FILLED and (kind.of_a_case or (kind.directed and writer + case)):
        return kind
    if writer >= _FEWEST_ASKED and not _LEARNT & set(asked):
        return kind
    return replace(kind, kind="other", because="It speaks of reviews but asks nothing about a case.")


def _is_of_office(name: str) -> bool:
    """Say whether only whoever decides on a case is asked for it."""
    return name.startswith(("decision_", "office_date_"))


def _is_of_writer(name: str) -> bool:
    """Say whether a form asks its writer for it; anything may be signed, which a signature says nothing about."""
    return name.startswith(_WRITERS) and not name.endswith("_signature")


def weighed_again(kind: Kind, as_referral: Meanings, as_scoping: Meanings) -> Kind:
    """Return the kind with what only one of our forms asks added to its weights, from the labels read as either.

    A label that both ask, each for a name of its own, such as who writes, speaks for neither.
    """
    referring = _asked_alone(as_referral, REFERRAL_ONLY, as_scoping, SCOPING_ONLY)
    returning = _asked_alone(as_scoping, SCOPING_ONLY, as_referral, REFERRAL_ONLY)
    chronicles = not referring and any("chronology" in names for names in as_scoping.values())
    return replace(
        kind,
        referral=kind.referral + 2 * len(referring),
        scoping=kind.scoping + 2 * len(returning) + chronicles,  # a chronology asks for little else
    )


def _asked_alone(asked: Meanings, ours: Set[str], otherwise: Meanings, theirs: Set[str]) -> set[str]:
    """Return the names among `ours` asked by labels that read the other way ask for none of `theirs`."""
    alone = [names & ours for label, names in asked.items() if not otherwise.get(label, set()) & theirs]
    return set().union(*alone)


def likelier(kind: Kind) -> str:
    """Return which of ours a form is more like."""
    returned = kind.scoping > kind.referral or (not kind.referral and kind.manner.nil)
    return "scoping" if returned else "referral"


def printed(layout: Layout) -> Iterable[Line]:
    """Yield lines likely printed by the form: short ones, labels and headings, not long narrative.

    The subject of a message is the title of what was typed into it.
    """
    for line in layout.lines():
        text = line.text.strip()
        titled = line.aside == "message heading" and text.startswith("Subject:")
        if text and (titled or line.aside in ("", "header", "footer")) and len(text) < _LONGEST_PRINTED:
            yield line


def _weigh(marks: Iterable[tuple[int, str]], borne: Mapping[str, int]) -> int:
    return sum(weight * min(borne[pattern], _A_MARK) for weight, pattern in marks)


@lru_cache(maxsize=_REMEMBERED)
def _marks_of_ours(text: str) -> tuple[str, ...]:
    """Return the marks of our two kinds that a printed line bears."""
    return tuple(_OF_OURS.matching(text))


def _wrong_form(printed: list[str]) -> tuple[str, int]:
    """Return which other form the marks speak for most, and how many different marks there were."""
    borne: dict[str, set[str]] = defaultdict(set)
    for text in printed:
        for what, mark in _marks_of_others(text):
            borne[what].add(mark)
    if not borne:
        return "", 0
    most = max((what for what, *_ in OTHERS), key=lambda what: len(borne[what]))
    return most, len(borne[most])


@lru_cache(maxsize=_REMEMBERED)
def _marks_of_others(text: str) -> tuple[tuple[str, str], ...]:
    """Return the marks in a printed line, each with the other form it speaks for."""
    return tuple(
        (what, match[0]) for what, pattern in _OF_OTHERS.in_question(text) for match in pattern.finditer(text)
    )

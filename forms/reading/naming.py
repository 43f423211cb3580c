"""A person's name beside words that only say whose it is: "Subject: Lorna Whitcombe, born 17/10/1958"."""

import re
from collections.abc import Callable, Collection

from .labels import plain
from .layout import Line
from .meaning import Match
from .prompts import RELATION
from .split import EMAIL, TELEPHONE, looks_like_work
from .subjects import is_pseudonym
from .whose import only_says_whose, person_in

_NAME = re.compile(r"(?:[^\W\d_][\w'’.-]*+,? ?){1,6}(?:\([^\W\d_][\w' -]{2,24}\))?")
_AFTER_NAME = re.compile(
    r"\s*[(,]\s*(?=d\.?o\.?b|born|b\.? ?\d|\d|aged?\b)|\s+(?=d\.?o\.?b\b"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$)",
    re.I,
)
_OF_A_FORM = re.compile(  # with capitals, too, where a form says what to do or what comes next
    r"\b(?:please|if|see|as|not|none|unknown|to|be|completed?|confirmed|known|applicable|details|information|names?"
    r"|date|of|address|relationship|number|victim|section|form|only|add|more|restricted|sensitive|incident|attached|priority|referral|protection|review|request"
    r"|safeguarding|scoping|return|meeting|report|notification|homicide|domestic|death|concern|board|panel|confidential"
    r"|official|urgent|response|abuse|neglect|adults?|child|learning|practice|privacy|notice|use)\b",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[a-z]{2})\.\s+(?=(?:The|This|I|She|He|They)\b)")
_RELATIVE = re.compile(  # "Mother, Nadia Shah", "Nadia Shah – mother", below "Family"
    rf"{RELATION}(?:\s*[:,–—-]\s*|\s+)(?=(?-i:[A-Z]))|[^()\n]+\((?:his |her )?{RELATION}\b"
    rf"|\W*(?:(?-i:[A-Z])[\w'’-]+ ){{1,4}}?(?:\s?[–—,-]\s?|\s?\()(?:birth |step-?|half-?)?{RELATION}\b",
    re.I,
)
_LONGEST_NAME = 4  # words
_LONGEST_TOLD = 16  # words
_LONGEST_SIGNATURE = 6  # lines
PLAINLY = 0.85  # so sure of a label that it begins a row of its own


def somebody_named(label: str, answer: str, kind: str, known: Callable[[str], Match | None]) -> Match | None:
    """Return the match of words that only say whose, beside what can be nothing but a name; None of others."""
    label = label.partition("/")[0]  # "Perpetrator / partner"
    if not only_says_whose(label) or only_says_whose(answer):
        return None
    named = _AFTER_NAME.split(answer.strip())[0].strip()
    if not _NAME.fullmatch(named):
        return None
    person = person_in(plain(label))
    if person == "parents":
        return Match(("parents_carers_names",), PLAINLY, person, True)
    if person == "perpetrator" and (kind == "scoping" or known(f"{label}:") is None):
        return Match(("alleged_perpetrators.name",), PLAINLY, person, True)
    told = named != answer.strip() or is_pseudonym(named) or _is_full_name(named)
    if plain(label) in ("subject", "subject s") and told:
        return Match(("subject_name",), PLAINLY, "subject", True)
    return known(f"{label}:")


def says_who_writes(text: str, section: str) -> str:
    """Return what a line without a label says under a heading: "Jo Fenn, Manager, Oak Trust", or a number.

    Under "Alleged perpetrator" a name by itself says who that is.
    """
    if section == "perpetrator":
        named = _AFTER_NAME.split(text.strip())[0]
        return "alleged_perpetrators.name" if _is_full_name(named, short=False) else ""
    if section == "subject":
        named = _AFTER_NAME.split(text.strip())[0].strip()
        told = "subject_details" if named != text.strip() else "subject_name"
        return told if _is_full_name(named) else ""
    if section == "family" and _RELATIVE.match(text.strip()):
        return "family_members"
    if section not in ("referrer", "author"):
        return ""
    if EMAIL.fullmatch(text.strip()) or TELEPHONE.fullmatch(text.strip()):
        return f"{section}_email" if "@" in text else f"{section}_telephone"
    if TELEPHONE.search(text) or EMAIL.search(text):
        return f"{section}_contact"
    if _is_full_name(text):
        return f"{section}_name"
    text = _SENTENCE.split(text.strip())[0]
    first, *rest = re.split(r",\s|\s[–—-]\s", text.strip())
    named = _NAME.fullmatch(first) and " " in first and rest and len(text.split()) <= _LONGEST_TOLD
    return f"{section}_name" if named and any(map(looks_like_work, rest)) else ""


def _is_full_name(text: str, short: bool = True) -> bool:
    """Say whether a text is nothing but somebody's first and last names; a `short` one speaks of no work either."""
    named = text.split()
    full = (
        len(named) > 1
        and all(word[0].isupper() for word in named)
        and not _OF_A_FORM.search(" ".join(named))
        and bool(_NAME.fullmatch(" ".join(named)))
    )
    return full and not (short and (len(named) > _LONGEST_NAME or looks_like_work(text) or text.isupper()))


def signs_again(text: str, written_by: Collection[str]) -> bool:
    """Say whether a line is the writer's name once more, as it stands under a letter."""
    return " " in text.strip() and text.strip() in written_by


def says_how_to_reach(line: Line, signed: int | None) -> bool:
    """Say whether a line close below a signature gives the telephone or e-mail of whoever signed."""
    below = signed is not None and signed < line.number <= signed + _LONGEST_SIGNATURE
    return below and bool(TELEPHONE.search(line.text) or EMAIL.search(line.text))

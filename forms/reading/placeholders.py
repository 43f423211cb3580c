"""Telling a blank from a prompt left standing, a "not known", a "not applicable" and a real answer."""

import re
from functools import lru_cache

from .glyphs import EMPTY, TICKED

_PROMPT_SHAPES = (
    r"(?:click|tap) (?:or tap )?(?:here )?(?:to |and )?(?:enter|add|choose|type|insert|select)\b.{0,40}",
    r"(?:click|tap)(?: or tap)? here\b.{0,40}",
    r"choose(?: an?)?(?: (?:item|one|date|option|building block)\b.{0,20})?",
    r"(?:please )?select(?: an? (?:item|option)| one| from(?: the)? list)?",
    r"pick (?:an? )?(?:item|date|one)",
    r"(?:please )?(?:enter|insert|type)(?: your| the| a)?(?: text| name| date| details| answer| number)?(?: here)?",
    r"date|name|text|dd ?[/.-] ?mm ?[/.-] ?y+|d{1,2}m{1,2}y{2,4}|x{2,}|tbc",
    r"(?:delete|tick) (?:as|if|where) (?:appropriate|applicable|necessary)|please tick(?: (?:one|as appropriate))?",
    r"(?:yes|y) ?[/|] ?(?:no|n)(?: ?[/|] ?(?:n/?a|not known|unknown|don['’]?t know|n/?k))?",
    r"to be (?:completed|filled in|inserted) by\b[\s\S]{0,80}",
    r"m ?/ ?f|f ?/ ?m|male ?/ ?female|female ?/ ?male",
)
_PROMPTS = re.compile(rf"(?:{'|'.join(_PROMPT_SHAPES)})[.:]?", re.I)
OPTION_WORDS = 6  # beside an empty box, so many words are a printed option rather than an answer
_TWO = 2
_FEW = 4  # words of one choice
_LONGEST_CHOICE = 80  # characters
_LEADERS = re.compile(r"[_.…·]{3,}|_{2,}|…{2,}")
_OF_LEADERS = ("_", "..", "…", "·")  # one of them stands in all leaders
_NOT_KNOWN = re.compile(
    r"\W*(not (yet )?known|unknown|n/?\.?k\.?|not sure|unsure|don['’]?t know|do not know|uncertain|\?+"
    r"|(?:not|none) (?:recorded|stated|available|identified|provided|given|disclosed)"
    r"|to be confirmed|tbc|anonymous)\W*",
    re.I,
)
_NOT_APPLICABLE = re.compile(r"\W*(n/?\.?a\.?|not applicable)\b(?!\s*\w{3,}.*\.\s).{0,60}", re.I)
_NEGATING = frozenset({"not", "no", "do", "does", "i", "we"})
_DASHES = re.compile(r"[\s\-–—_./\\|:;,…·]*")


def without_leaders(text: str) -> str:
    """Return `text` without the underscores and dots a form prints to write on."""
    bare = _LEADERS.sub(" ", text) if any(sign in text for sign in _OF_LEADERS) else text
    if "  " in bare or "\t" in bare:
        bare = re.sub(r"[ \t]+", " ", bare)
    bare = bare.strip().strip("_").strip()
    return bare.strip("… ") if bare.startswith("…") else bare  # a sentence may end so, none begins so


def is_prompt(text: str) -> bool:
    """Say whether `text` is only what the form printed to be replaced: "Click here", "DATE", "YES / NO"."""
    text = text.strip().strip("[]<>").strip()
    return bool(_PROMPTS.fullmatch(text)) and not (
        text.istitle() and "/" not in text and text.casefold() not in ("date", "name")
    )


def is_printed_choice(text: str) -> bool:
    """Say whether both alternatives a form prints are still standing: "Criteria met / Criteria not met"."""
    if len(text) > _LONGEST_CHOICE or not ("/" in text or "or" in text or "[" in text):
        return False
    sides = [_plain_words(side) for side in re.split(r"/|\]\s*\[|\bor\b", text)]
    if len(sides) > _TWO:  # "SAR / no SAR / other learning"
        several = [_plain_words(side) for side in text.split("/")]
        return any(side[:1] in (["no"], ["not"]) and side[1:] in several for side in several)
    if len(sides) != _TWO:
        return False
    without = [{word for word in side if word not in _NEGATING} for side in sides]
    one_negates = ("not" in sides[0]) != ("not" in sides[1]) or ("no" in sides[0]) != ("no" in sides[1])
    return one_negates and all(without) and (without[0] <= without[1] or without[1] <= without[0])


def _plain_words(text: str) -> list[str]:
    return re.sub(r"[^\w ]", "", text).casefold().split()


@lru_cache(maxsize=1024)  # a document's own answers are asked about again and again
def is_blank(text: str) -> bool:
    """Say whether nothing was answered: nothing, dashes, leaders, empty boxes, or a prompt left standing."""
    if TICKED in text:
        return False
    if EMPTY in text and all(len(words.split()) <= OPTION_WORDS for words in text.split(EMPTY)):
        return True
    bare = without_leaders(text)
    return bool(_DASHES.fullmatch(bare)) or is_prompt(bare) or is_printed_choice(bare)


def is_not_known(text: str) -> bool:
    """Say whether the answer is that it is not known: "n/k", "?", "Not known"."""
    return bool(_NOT_KNOWN.fullmatch(text.strip()))


def is_not_applicable(text: str) -> bool:
    """Say whether the answer is that the question does not apply: "n/a", "N/A for this service"."""
    return bool(_NOT_APPLICABLE.fullmatch(text.strip()))


def says_nothing(text: str) -> bool:
    """Say whether an answer holds no fact: blank, not applicable or not known."""
    return is_blank(text) or is_not_applicable(text) or is_not_known(text)


def state_of(text: str) -> str:
    """Return "blank", "prompt", "not known", "not applicable" or "answer", to be told apart on the page."""
    if is_blank(text):
        return "prompt" if is_prompt(without_leaders(text)) else "blank"
    if is_not_known(text):
        return "not known"
    return "not applicable" if is_not_applicable(text) else "answer"

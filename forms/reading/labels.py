"""Labels as people print them, brought to the plain words that are compared."""

import re
from functools import lru_cache

from .glyphs import EMPTY, TICKED
from .layout import Line

_NUMBER = re.compile(r"^\W{0,20}(?!section (?:\d+ (?:enquir|investigat|audit|concern|of\b)|4[245]\b))"  # of an Act
        r"(?:(?:section|part|question|q|key line(?: of enquiry)?|kloe)?\s*\d{1,2}(?:[.)]\d*)*[a-z]?[.):]?"
        r"|[a-z]\d{0,2}[.)]|(?-i:[A-Z])\d{1,2}"
        r"|(?:section|part) (?:one|two|three|four|five|six|seven|eight|nine|ten)\s*[.):–—-]"
        r"|\(?[ivx]{1,4}[.)]|(?:section|part|appendix|annex) [a-z]\s*[.):–—-])\s+",
                     re.I)  # fmt: skip
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_BRACKETS = str.maketrans("()[]", "    ")
_SAYS_SOMETHING = re.compile(r"\b(?!(?:on|of|re|for|the|by|to)\b)\w{2}", re.I)
_TURNS = re.compile(r"\b(?:previous|previously|past|ever)\b", re.I)
_GUIDANCE = re.compile(
    r"\bn\.?b\.?\b.*|(?<=\s)please (note|see|refer|include|list|tick|add|use|continue|give)\b.*"
    r"|(?<=[.?])\s+include\b.*",
    re.I | re.S,
)
_GUIDING = ("please", "nb", "n.b", "include")  # one of them stands in all guidance
_POSSESSIVE = re.compile(r"['’`]s\b")
_PLURAL = re.compile(r"\((?:s|es|ren)\)")
_RUNS_ON = re.compile(r"(?<=[a-z])\n(?=[a-z]{2})")  # in a narrow cell
_LABEL_END = re.compile(r"[:?;]\W*$")
_LOOSE_S = re.compile(r"(?<=\w) s\b")
_NO_WORDS = re.compile(r"[\W_]+")
_APART = {sign: " " for sign in range(128) if not chr(sign).isalnum()}
_TWO_LETTERS = re.compile(r"[a-z]{2}")
_WHOM_YOU_REFER = re.compile(
    r"(?P<who>\b(?:adult|child|children|young person|person|individual|subject|victim|case)\b)"
    r"(?: or young person)?,?(?: (?:that|whom|who))?"
    r"(?: you(?: are|['’]re| wish to| want to| would like to)? (?:refer|nominat|notify)\w*"
    r"|(?: (?:is|was|are))? being (?:referred|nominated))\b"
    r"(?: us of| about)?"
    r"(?: (?:for|to) (?:a |an |the )?(?:\w+ ){0,6}(?:review|sar|dhr|dardr|l?cspr|board|partnership)\b)?",
    re.I,
)  # "the adult you are referring for a Safeguarding Adults Review": the adult
_REFERRING = ("refer", "nominat", "notify")  # one of them stands in such a clause
LONGEST_LABEL = 220
LONGEST_GUIDED = 1500  # with how to answer it behind the question


@lru_cache(maxsize=1024)
def plain(label: str) -> str:
    """Return a label in small letters, without its number, brackets and punctuation."""
    text = _PLURAL.sub("s", label.replace(TICKED, " ").replace(EMPTY, " "))
    text = _NUMBER.sub("", text.strip(), count=1)
    if "(" in text or "[" in text:
        bare = _BRACKETS.sub(_kept, text)
        text = bare if _SAYS_SOMETHING.search(bare) else text
    text = _POSSESSIVE.sub("s", text.casefold()).replace("s' ", "s ").replace("e-mail", "email")
    text = " ".join(text.translate(_APART).split()) if text.isascii() else _NO_WORDS.sub(" ", text).strip()
    return _LOOSE_S.sub("s", text.replace("ss s", "sses")) if " s" in text else text


def plain_line(line: Line) -> str:
    """Return a line as plain words, those in brackets too."""
    return _unbracketed(line.text)


@lru_cache(maxsize=1024)  # each line is looked at for several things
def _unbracketed(text: str) -> str:
    return plain(text.translate(_NO_BRACKETS))


def without_brackets(text: str) -> str:
    """Return `text` without what stands in brackets, unless hardly anything else says what is asked."""
    bare = re.sub(r"\([^()]*\)", " ", text)
    return bare if _SAYS_SOMETHING.search(bare) else text


def without_clause(label: str) -> str:
    """Return a label without the clause that says whom somebody refers: "the adult you are referring for a SAR"."""
    return _WHOM_YOU_REFER.sub(r"\g<who>", label) if any(word in label for word in _REFERRING) else label


def _kept(bracket: re.Match[str]) -> str:
    """Return a bracket that turns the question round ("within the previous six months"), else nothing."""
    return bracket[0] if _TURNS.search(bracket[0]) else " "


@lru_cache(maxsize=1024)
def without_guidance(label: str) -> str:
    """Return a label without the "n.b. ..." or "please list ..." that follows the question itself."""
    first = _RUNS_ON.sub(" ", label.strip()).split("\n")[0]
    words = first.casefold()
    if not any(word in words for word in _GUIDING):
        return first.strip()
    shorter = _GUIDANCE.sub("", first).strip()
    return shorter if _TWO_LETTERS.search(plain(shorter)) else first


def has_number(text: str) -> bool:
    """Say whether a line opens with a question number such as "3." or "b)"."""
    return bool(_NUMBER.match(text))


def ends_as_label(text: str) -> bool:
    """Say whether a line ends as prompts do: with a colon, a question mark or a semicolon."""
    return len(text) <= LONGEST_LABEL and bool(_LABEL_END.search(text))

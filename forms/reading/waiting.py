"""A prompt that waits for its answer, and whether the next line is that answer or a part of the form."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .bare_words import TELLS
from .follow_ups import asks_details
from .glyphs import EMPTY, TICKED
from .labels import LONGEST_LABEL, ends_as_label, has_number, plain
from .layout import Line
from .meaning import Match
from .pairs import Pair
from .placeholders import is_prompt
from .prompts import GOES_ON, INLINE, LISTS, NAMES_PEOPLE, QUESTION, RELATION, SENT_TO, TELLS_MORE
from .sections import LONGEST_HEADING, section_of
from .split import ROLE

BULLET = re.compile(r"^\s*[•·▪◦‣*\-–]\s+")
_YES_NO = re.compile(r"\s*(?:yes|no|y|n|not known|n/?k|n/?a)\s*[.]?\s*", re.I)
_SAYS_YES_OR_NO = re.compile(r"\s*(?:yes|no)\b", re.I)
_TOLD = re.compile(r"\b(he|she|was|were|had|they|i|we)\b", re.I)
_LIKE_ITEMS = frozenset({
    "subject_gp", "subject_school", "lead_professional", "referrer_agency", "agency_name", "parents_carers_names",
    "consultant", "next_of_kin_name", "referrer_name", "author_name", "family_members", "open_to_social_care",
    "safeguarding_lead_name", "agencies_involved", "other_agencies_involved", "subject_name",
})  # fmt: skip
_ALSO_ITEMS = ("subject_gp", "subject_school")
_YES_AND = re.compile(r"\s*(?:yes|no)\s*[.,;–—-]\s*\w", re.I)
_TOLD_BY_PARTY = frozenset({
    "parallel_processes", "parallel_reviews", "criminal_proceedings", "incident_summary", "incident_outline",
    "case_summary", "involvement_summary", "background_history", "immediate_action_taken",
})  # fmt: skip
_WORKERS = ("lead_professional", "consultant", "open_to_social_care", *_ALSO_ITEMS)
_QUESTION_NUMBER = re.compile(r"\W*q(?:uestion)?\.? ?\d{1,2}\b", re.I)
_ITEM = re.compile(r"\s*(\d{1,2})[.)]\s+\S")
_SUB_NUMBER = re.compile(r"\s*[A-Z]?\d{1,2}\.\d{1,2}\.?\s+[A-Z]")  # "1.9 Describe": no answer is numbered so
_LETTERED = re.compile(r"\s*\(?[a-h]\)\s*\S")
_LONGEST_BULLET = 220
_LEADS_IN = re.compile(
    r"(?:to|this (?:should|may|could|might|can)|please|it would be helpful to) include:?"
    r"|.{0,90}\b(?:as follows|such as|includ(?:e|ing)|for example|you may wish to consider|be useful):",
    re.I,
)
_BIDS = re.compile(
    r"\s*(?:in your own words,? )?please "
    r"(?:explain|describe|set out|outline|provide|state|give|tell|list|summari[sz]e|detail|indicate|say"
    r"|comment|record|identify|confirm)\b"
    r"|\s*(?:give|provide|describe|explain|state|set out|summari[sz]e)"
    r" (?:(?:(?:a |an )?(?:brief|full|short|clear|concise) )?(?:details|the|any|how|why|what|your|below)\b"
    r"|an? (?:brief |full |short |clear |concise )?(?:account|summary|outline|description|overview)\b)",
    re.I,
)
_WHY = re.compile(
    r"\W*(?:please )?(?:explain|give|state|provide|set out)\b.{0,40}"
    r"\b(?:reasons?|rationale|why|how|evidence|details)\b",
    re.I,
)
_STATUTORY = re.compile(
    r"\b(?:abuse|neglect)\b.*\b(?:known|suspected)\b|\bserious(?:ly)? (?:and permanent )?(?:harm|abuse|injur|impair)"
    r"|\b(?:child|adult|person)\b.{0,40}\b(?:died|death)\b|\blife[ -]threatening injur",
    re.I,
)
_OF_YES_OR_NO = re.compile(r"\?|\b(?:yes\W+no|no\W+yes)\b", re.I)
_TICK_BOX = re.compile(f"[{TICKED}{EMPTY}]")
_RELATION = re.compile(
    rf"\W*(?:{RELATION}|adult child)(?: of (?:the )?(?:victim|deceased|child|adult|subject))?(?:\s*\d)?\W*",
    re.I,
)
_RELATIVES = frozenset({"next_of_kin_name", "parents_carers_names"})
_NEVER_SAID = ("_telephone", "_email", "_dob", "_nhs_number", "_postcode")  # but printed
_SIGNS = frozenset({"signed", "signature", "dated", "print name"})
_SHORT = 3  # words
_LONGEST_SAID = 6
BY_WORDS = 0.9  # no surer than this is a question told by its main words alone
_LONGEST_PROMPT = 14
_LONGEST_QUESTION = 24
_LONGEST_PRINTED = 8


def says_what_to_tell(line: Line) -> bool:
    """Say whether a line is a bullet or a lettered item of the sort a form prints under a prompt."""
    text = line.text.strip()
    bullet = line.bullet or BULLET.match(text) or _LETTERED.match(text)
    return bool(bullet) and not text.endswith(".") and len(text) <= _LONGEST_BULLET


def is_prose(line: Line, known: Callable[[str], Match | None]) -> bool:
    """Say whether a line is somebody's words and no part of the form."""
    text = line.text.strip()
    return not (
        line.aside
        or line.bold
        or line.heading
        or ends_as_label(text)
        or says_what_to_tell(line)
        or INLINE.match(text)
        or known(text)
        or (section_of(text) and not text.endswith(".") and len(text) <= LONGEST_HEADING)
    )


def asks_something(line: Line) -> bool:
    """Say whether a bullet is put as a question."""
    return line.text.strip().endswith("?")


def breaks_off(text: str) -> bool:
    """Say whether a line stops in the middle of a sentence."""
    return text.rstrip()[-1:].isalpha() and len(text.split()) > _LONGEST_PRINTED


def leads_in(text: str) -> bool:
    """Say whether a line announces what an answer should hold: "The type of information that would be useful:"."""
    return bool(_LEADS_IN.fullmatch(text.strip()))


def bids(text: str) -> bool:
    """Say whether a line bids the reader tell something, as forms do and answers do not: "Please explain how ..."."""
    return bool(_BIDS.match(text))


@dataclass
class Open:
    """A prompt still waiting for its answer."""

    label: list[Line]
    match: Match | None
    answer: list[Line] = field(default_factory=list)
    bold: bool = False
    in_table: bool = False
    head: tuple[str, str] | None = None  # label and answer on one line
    last: int = 0  # the line after which an answer begun beside its label may go on
    gap: bool = False  # a blank line stands below what was answered
    cut: bool = False  # in the middle of a sentence, by the end of a page and of its table

    @property
    def first(self) -> str:
        """The first line of the prompt; nothing of criteria ticked under no prompt."""
        return self.label[0].text if self.label else ""

    @property
    def lists(self) -> bool:
        """Whether it asks for a list, whose items may look like prompts themselves."""
        return self.match is not None and self.match.name in LISTS

    def parted(self) -> tuple[str, str, str]:
        """Return label, answer and how they stood; "Yes / No" printed over or before an answer is part of the label."""
        label = [line.text for line in self.label]
        answer = [line.text for line in self.answer]
        if self.head:
            label, answer = [self.head[0]], [self.head[1], *answer]
        if len(answer) > 1 and is_prompt(answer[0]):
            label.append(answer.pop(0))
        return "\n".join(label), "\n".join(answer), "line" if self.head else "below"


def is_no_answer(waiting: Open | None, text: str) -> bool:
    """Say whether a line says where the form goes, or is a sentence printed under a heading that awaits people."""
    if SENT_TO.match(text):
        return True
    if waiting is None or waiting.match is None or not waiting.bold or waiting.answer or waiting.head:
        return False
    sentence = text.rstrip().endswith(".") and len(text.split()) > _LONGEST_SAID
    return sentence and waiting.match.name in NAMES_PEOPLE


def asks_more(text: str, known: Match | None, whole: Match | None) -> bool:
    """Say whether a line, which means `whole`, is one question to its end rather than a question and an answer."""
    if whole is None or (known and text.rstrip().endswith(".") and whole.names != known.names):
        return False  # an answer that is a sentence
    if known is None or whole.score > known.score:
        return True
    return whole.score == known.score and (ends_as_label(text) or whole.score > BY_WORDS)


def left_blank(waiting: Open | None, pairs: Sequence[Pair]) -> bool:
    """Say whether the open prompt was left blank, as it is where the prompts above had answers beside them."""
    beside = bool(pairs) and pairs[-1].how == "line"
    return beside and waiting is not None and not waiting.answer and ends_as_label(waiting.first)


def announces(waiting: Open | None, line: Line, known: Callable[[str], Match | None]) -> bool:
    """Say whether a line announces what the answer to the open prompt should hold."""
    text = line.text
    if waiting is None or waiting.match is None or waiting.head or waiting.answer:
        return False
    if bids(text) and waiting.match.name in GOES_ON and _set_unlike(waiting, text, line.bold):
        asked = known(text)  # "3. Summary of case", and under it "Please give a pen picture of the adult"
        return asked is None or asked.score < BY_WORDS
    criteria = (
        waiting.match.name == "criteria_grounds" and ends_as_label(text) and bool(_STATUTORY.search(text))
    )
    return leads_in(text) or criteria


def asks_why(waiting: Open | None, text: str) -> bool:
    """Say whether a line asks for the reasons of the criteria that were ticked above it."""
    if waiting is None or waiting.match is None or waiting.match.name != "criteria_grounds":
        return False
    ticked = any(_TICK_BOX.search(line.text) for line in waiting.answer)
    return ticked and bool(_WHY.match(text)) and len(text) <= LONGEST_HEADING


def ticks_criterion(waiting: Open | None, text: str, section: str) -> bool:
    """Say whether a line is a box beside a criterion: by a statute's words, or in the part about criteria."""
    if not _TICK_BOX.search(text) or _OF_YES_OR_NO.search(text):
        return False
    statutory = bool(_STATUTORY.search(text))
    if waiting is None or waiting.match is None:
        return statutory or section == "criteria"
    of_subject = waiting.match.name.startswith("subject_") and not (waiting.answer or waiting.head)
    return waiting.match.name == "criteria_grounds" or (statutory and of_subject)  # "The adult has (tick):"


def takes_as_item(waiting: Open | None, label: str, known: Match | None, bold: bool = False) -> bool:
    """Say whether "GP: Dr Lund" is an item of the list being given rather than a prompt of the form."""
    if waiting is None or not waiting.lists:
        return False
    begun = has_number(waiting.first) or (waiting.answer and not waiting.gap)
    if begun and _set_unlike(waiting, label, bold) and known is not None and known.name in _WORKERS:
        return True
    if plain(label) in _SIGNS or (known is not None and known.name.endswith("_signature")):
        return False
    if (label.endswith("?") and len(label.split()) >= _SHORT) or section_of(label) == "office":
        return False
    if waiting.gap and known is not None and known.score == 1 and ends_as_label(label):
        return known.name in _ALSO_ITEMS
    if known is not None and not ends_as_label(label) and known.name in _WORKERS:
        return True  # "Social Work – Eilidh Baird"
    if (
        known is not None
        and known.name in _WORKERS
        and waiting.answer
        and INLINE.match(waiting.answer[-1].text)
    ):
        return True  # "Health visitor: Jo Rao", and under it "Social worker: Tim Vale"
    few = len(plain(label).split()) < 2
    if waiting.head and known is not None:  # a list begun beside its label goes on with short items only
        return few and known.name in _ALSO_ITEMS
    if waiting.head:  # but "Police, GP" is all there is of one
        return len(plain(label).split()) <= _SHORT and not re.search(r"[,;]", waiting.head[1])
    return known is None or few or known.name == "subject_gp"


def _set_unlike(waiting: Open, text: str, bold: bool) -> bool:
    """Say whether a line below a prompt is not numbered, or not bold, as that prompt is."""
    if waiting.head:
        return False
    numbered = has_number(waiting.first)
    return not has_number(text) if numbered else waiting.bold and not bold


def numbers_on(waiting: Open | None, text: str, known: Callable[[str], Match | None]) -> bool:
    """Say whether a line is the next item of a numbered list begun under a prompt that asks for one."""
    item = _ITEM.match(text)
    if waiting is None or not waiting.lists or waiting.head or item is None or ends_as_label(text):
        return False
    counted = all(_ITEM.match(line.text) for line in waiting.answer)
    if not counted or int(item[1]) != len(waiting.answer) + 1:
        return False
    inline = INLINE.match(text)
    asked = known(inline["label"] if inline else text)
    return asked is None or asked.name in _LIKE_ITEMS


def tells_of_party(waiting: Open | None, label: str, known: Match | None) -> bool:
    """Say whether "Coroner: inquest opened" is part of the account being given under a prompt that asks just that."""
    if waiting is None or waiting.match is None or known is None or waiting.head:
        return False
    same = waiting.match.names == known.names and known.name in _TOLD_BY_PARTY and plain(label) not in TELLS
    return same and not label.endswith("?") and len(plain(label).split()) <= _SHORT


def names_relative(waiting: Open | None, label: str) -> bool:
    """Say whether "Daughter: Linda Payne" tells who the next of kin is, or a parent, whom the open prompt asks for."""
    asked = waiting is not None and waiting.match is not None and not waiting.head
    return asked and waiting.match.name in _RELATIVES and says_relation(label)  # type: ignore[union-attr]


def says_relation(label: str) -> bool:
    """Say whether a label is no more than what somebody is to the subject: "Mother:"."""
    return bool(_RELATION.fullmatch(label))


def says_yes_first(waiting: Open | None, label: str) -> bool:
    """Say whether "Yes. Lead professional: Tim Vale" answers the question above, which asks for both."""
    asked = waiting is not None and not waiting.answer and not waiting.head and waiting.match is not None
    return asked and bool(_YES_AND.match(label))


def looks_printed(waiting: Open | None, label: str, answer: str = "") -> bool:
    """Say whether an unknown "Label:" looks like part of the form rather than of somebody's answer."""
    if (label.endswith("?") and _YES_NO.fullmatch(answer)) or section_of(label) == "office":
        return True
    if asks_details(label) or plain(label) in _SIGNS:
        return True
    question = label.endswith("?") and (QUESTION.match(label) or len(label.split()) >= _SHORT)
    if question and _SAYS_YES_OR_NO.match(answer):
        return True
    asked = label.endswith("?") and QUESTION.match(label) and len(label.split()) > _SHORT
    if waiting is not None and waiting.head and asked:
        return True
    if waiting is not None and not waiting.head:
        people = waiting.match is not None and waiting.match.name in NAMES_PEOPLE and bool(waiting.answer)
        return people and bool(ROLE.search(label))  # "Family Liaison Officer: ..." is no relative
    return len(plain(label).split()) <= _LONGEST_PRINTED and not _TOLD.search(label)


def takes_as_answer(waiting: Open | None, line: Line, known: Match) -> bool:
    """Say whether a short line that could be a label is more likely the answer awaited ("Social worker")."""
    if waiting is None or waiting.head:
        return False
    if waiting.bold and (line.heading or (line.bold and known.score == 1)):
        return False
    if waiting.bold and line.bold and waiting.answer and not any(one.bold for one in waiting.answer):
        return False  # printed like the prompt, and unlike what is answered
    text = line.text.strip()
    if bids(text) or (has_number(text) and has_number(waiting.first)):
        return False
    asked = waiting.match.name if waiting.match and not waiting.answer else ""
    if asked == "further_investigation_issues":
        return not has_number(text)  # questions are what it asks for
    if ends_as_label(text):
        return False
    if asked.endswith("_role") and known.name in _WORKERS:
        return True  # "Principal Social Worker"
    same = waiting.match is not None and waiting.match.names == known.names
    if same and known.score < 1 and not waiting.answer and "?" not in text and not QUESTION.match(text):
        return not has_number(text)  # "Any proceedings?", and under it "Criminal investigation ongoing"
    if known.name.endswith(_NEVER_SAID) and known.score > BY_WORDS - 0.05 and not waiting.lists:
        return False  # "Tel No" under a "Role" left blank
    short = len(plain(text).split()) <= 2 and not has_number(text)
    bare = short and not waiting.answer
    return _is_item(waiting, text, known, short) if waiting.lists else bare


def _is_item(waiting: Open, text: str, known: Match, short: bool) -> bool:
    """Say whether a line that could be a label is more likely an item of the list being given."""
    shouted = _in_capitals(text) or (text.isupper() and len(text) > _SHORT and waiting.first.isupper())
    if shouted and not any(line.text.isupper() for line in waiting.answer):
        return False
    if short and not waiting.answer:
        return True
    return known.score < 1 or (short and known.name in _LIKE_ITEMS)


def _asked_alike(before: str, text: str) -> bool:
    """Say whether a line is put as the prompt before it: "Q5 Dates" after "Q4 Name", a question shouted as it was."""
    if _QUESTION_NUMBER.match(before) and _QUESTION_NUMBER.match(text):
        return True
    return "?" in text and text.isupper() and before.isupper() and len(text.split()) > _SHORT


def prompts_unknown(waiting: Open | None, line: Line) -> bool:
    """Say whether a line that means nothing to us is still a prompt of the form."""
    text = line.text.strip()
    if waiting is not None and _asked_alike(waiting.first, text):
        return True
    if waiting is not None and waiting.lists and not line.heading:
        return _ends_list(waiting, line)
    if line.bold or line.heading:
        awaited = waiting is not None and waiting.match is not None and not (waiting.answer or waiting.head)
        told = text.endswith(".") and len(text.split()) > _LONGEST_PRINTED  # an answer may be typed in bold
        return len(text) <= LONGEST_LABEL and not (awaited and told)
    if text.endswith(":") and len(plain(text).split()) <= _LONGEST_PROMPT:
        return True
    if bids(text) and waiting is not None and (waiting.answer or waiting.head):
        return len(text) <= LONGEST_LABEL
    if _SUB_NUMBER.match(text) and waiting and _SUB_NUMBER.match(waiting.first):
        return True
    asks = bool(QUESTION.match(text)) and len(text.split()) <= _LONGEST_QUESTION
    headed = waiting is not None and waiting.bold and not ends_as_label(waiting.label[-1].text)
    answered = waiting is None or bool(waiting.answer) or bool(waiting.head) or headed
    more = TELLS_MORE.match(text.partition("?")[2]) if "?" in text else None  # "Was it so? Please explain"
    return (text.endswith("?") or bool(more)) and (has_number(text) or waiting is None or (asks and answered))


def _ends_list(waiting: Open, line: Line) -> bool:
    """Say whether a line under a list that is being given is no item of it."""
    text = line.text.strip()
    ends = text.endswith(":") and bool(waiting.answer) and not BULLET.match(text)
    asks = (
        bool(waiting.answer)
        and text.endswith("?")
        and bool(QUESTION.match(text))
        and len(text.split()) > _SHORT
    )
    return (
        asks
        or (line.bold and not (waiting.bold and all(item.bold for item in waiting.answer)))
        or (has_number(text) and has_number(waiting.first))
        or _in_capitals(text)
        or (ends and len(plain(text).split()) > 1)
    )


def _in_capitals(text: str) -> bool:
    """Say whether a line of several words is in capitals, as headings are and items such as "CQC" are not."""
    return text.isupper() and len(re.findall(r"[^\W\d_]{2,}", text)) > 1

"""Pairs become canonical answers; whatever becomes none is listed, so that no text is lost."""

import re
from collections.abc import Sequence
from dataclasses import replace

from . import dates, options
from .children_told import born_each, children_told
from .dates import Era
from .follow_ups import is_bare
from .gathered import Answers, found_of, words_of
from .grounds import REASON, STORY
from .joined import names_joined
from .labels import plain
from .layout import Layout, Line
from .meaning import Match
from .pairs import Pair, Pairs
from .placeholders import state_of
from .result import Value
from .row_answers import take_criteria, take_free_rows, take_table
from .told import values_told
from .values import Taken

_PAGE_NUMBER = re.compile(r"page \d+(?: ?(?:of|/) ?\d+)?", re.I)
_SPAN_OF = {
    "involvement": ("agency_involved", "involvement_period", "involvement_summary"),
    "review_period": ("review_period",),
}
_ANY_DAY = re.compile(r"\d")
_DATES_OF_IT = re.compile(r"(?:(?:if (?:yes|so)|please|give|provide|state|the) )*dates|period|when")
_BY_CONTEXT = 0.8
_PLANS = ("cp_plan_current_or_previous", "cp_plan_current", "cp_plan_previous")
_TOLD = frozenset({"agency_concerns", "parallel_processes"})
_STORIES = _TOLD | {"incident_summary", "case_summary", "criteria_grounds_text"}
_FEW = 6  # words that tell no story, "Potentially life threatening injury", unless they are a sentence
_TO_PERPETRATOR = re.compile(
    r"relationship (?:to|with) (?:the )?(?:alleged |suspected )?(?:perpetrator|suspect|offender|accused)",
    re.I,
)
_WHOSE_FORM = re.compile(
    r"subject_(?!care|legal|died)|referrer_(?!signature|role)|date_of_referral|safe_to_call"
    r"|death_|post_mortem|consultant|mode_of_death|resuscitation|confirmed_by|follow_up|events|cause_of_death"
)
_A_PRACTICE = re.compile(r"\b(?:practice|surgery|school|setting)\b", re.I)
_PARENTS = "parents_carers_names"
_A_DAY = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
_LIVING = re.compile(  # up to whoever is named next
    r",\s*(?:currently|lives?|living|resid\w+|same address|placed)\b[^;\n]*?"
    r"(?=\s+and\s+(?-i:[A-Z])[\w'’-]+\s+(?-i:[A-Z])|[;\n]|$)",
    re.I,
)
_BIRTH = re.compile(  # marked as one, in brackets, or right behind a name
    rf"[\s,;–—-]{{0,4}}\(?\b(?i:d\.?o\.?b\.?|born|date of birth)[\s:.–—-]{{0,4}}{_A_DAY}\)?"
    rf"|[\s,;–—-]{{0,4}}\({_A_DAY}\)|(?P<name>\b[A-Z][\w'’-]+)[\s,;–—-]{{1,4}}{_A_DAY}",
)


def era_of(layout: Layout, this_year: int) -> Era:
    """Return what the document's own dates say about years that are left out."""
    era = Era(this_year)
    full = [when.iso for line in layout.lines() for when in dates.every(line.text, era)
            if when.precision == "day" and not when.doubt and len(when.text) >= 8]  # fmt: skip
    recent = [iso for iso in full if int(iso[:4]) <= this_year + 1]
    return Era(this_year, dates.date.fromisoformat(max(recent))) if recent else era


def gather(layout: Layout, pairs: Pairs, era: Era, whose_only: bool = False) -> Answers:
    """Return the answers in a stranger's form, with every line of it accounted for.

    Of a form that came by mistake only whom it is about and who sent it is wanted (`whose_only`): so much a
    person needs to send it on.
    """
    answers = Answers(era, asked=pairs.answered)
    for pair in sorted(_reasons_apart(_spans(_now_and_before(names_joined(pairs.pairs)))), key=_turn):
        _take_pair(answers, pair)
    take_criteria(answers, pairs.criteria)
    for table in pairs.tables:
        take_table(answers, table)
    for line in pairs.headings:
        answers.labels.append(line.text)
        answers.claim(line.number)
    if whose_only:
        answers.keep(_WHOSE_FORM)
    account(answers, layout)
    return answers


def _now_and_before(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Tell two questions about a protection plan apart: "was the child on one?", then "has the child ever been?"."""
    plans = [pair for pair in pairs if pair.match and pair.match.name in _PLANS]
    either = [pair for pair in plans if pair.match and pair.match.name == _PLANS[0]]
    if not either or len(plans) != 2 or either[-1] is not plans[-1]:
        return pairs
    told = {id(plans[-1]): _PLANS[2]} | ({id(plans[0]): _PLANS[1]} if len(either) == 2 else {})
    return [
        replace(pair, match=replace(pair.match, names=(told[id(pair)],)))
        if pair.match and id(pair) in told
        else pair
        for pair in pairs
    ]


def _spans(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Take a bare "From" and "To", or "Please give dates", below whether or when the agency was involved for that."""
    told, stem = list(pairs), ""
    answered_by_agency = any(pair.match and pair.match.name == "agency_name" for pair in pairs)
    for at, pair in enumerate(told):
        asked = plain(pair.label)
        end = asked if pair.match is None and asked in ("from", "to") else ""
        if stem == "involvement" and _DATES_OF_IT.fullmatch(asked) and _ANY_DAY.search(pair.answer):
            end = "period"
        if not stem and end == "from" and _is_span(pairs[at : at + 2]) and answered_by_agency:
            stem = "involvement"
        if stem and end:
            told[at] = replace(pair, match=Match((f"{stem}_{end}",), _BY_CONTEXT))
        elif pair.match:
            stem = next((of for of, asks in _SPAN_OF.items() if pair.match.name.startswith(asks)), "")
    return told


def _is_span(pairs: Sequence[Pair]) -> bool:
    """Say whether a bare "From" stands before a bare "To", a day against each."""
    both = [plain(pair.label) for pair in pairs] == ["from", "to"]
    return both and all(_ANY_DAY.search(pair.answer) for pair in pairs)


def _reasons_apart(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Tell the reason for a referral from the story, where a form asks for what happened by itself as well."""
    answered = [(pair.match.name, pair) for pair in pairs if pair.match and pair.answer.strip()]
    asked = {name for name, _ in answered}
    stories = {name for name, pair in answered if name in STORY and not REASON.match(plain(pair.label))}
    apart = {name: STORY[name] for name in stories if STORY[name] not in asked}
    return [
        replace(pair, match=replace(pair.match, names=(apart[pair.match.name],)))
        if pair.match and pair.match.name in apart and REASON.match(plain(pair.label))
        else pair
        for pair in pairs
    ]


def _turn(pair: Pair) -> tuple[int, float]:
    """Return when a pair's turn comes: the surest first, a word or two on what is also told in sentences last.

    What the victim is to the perpetrator comes after what the perpetrator is to the victim.

    After those comes a "no", where a form asks of one process after another whether there is such a one.
    """
    if pair.match is None:
        return 0, 0.0
    if pair.match.name == "alleged_perpetrators.relationship" and _TO_PERPETRATOR.search(pair.label):
        return 2, 0.0
    sentence = pair.answer.rstrip().endswith(".")
    told = len(pair.answer.split()) > _FEW - 3 * sentence and options.chosen(pair.answer) is None
    if pair.match.name.endswith("_needs") and options.yes_no(pair.answer, pair.marked):
        return 1, -pair.match.score  # "Did she have needs?" before "What were they?"
    if pair.match.name == "agency_name" and _A_PRACTICE.search(pair.label):
        return 1, -pair.match.score  # which may be the child's, where "Agency" is asked for as well
    if pair.match.name == "subject_legal_status" and is_bare(pair):
        return 1, -pair.match.score  # "Looked after? Yes" after the order they are under
    meant = options.yes_no(pair.answer, pair.marked) if pair.match.name in _TOLD else ""
    bare = meant == "yes" and len(pair.answer.split()) == 1
    denied = 2 if meant == "no" else int(bare)
    return (1 + denied if pair.match.name in _STORIES and not told else 0), -pair.match.score


def account(answers: Answers, layout: Layout) -> None:
    """List every visible line nobody claimed, with prompts as labels and struck-out words as such.

    A line that was claimed although one of its words is kept nowhere is listed too: the law of the reader
    does not rest on every stage being right.
    """
    said, kept, running = answers.texts(), set[str](), set[str]()
    whole = {"", *(line for text in said for line in text.split("\n"))}
    for line in layout.lines():
        answers.labels += line.prompts
        for words in line.struck:
            answers.leave(line.number, f"(struck out) {words}")
        if line.number in answers.claimed:
            if line.text in whole:
                continue
            kept = kept or words_of(" ".join(said))
            if words_of(line.text) <= kept or any(line.text in one for one in said):
                continue
        if _is_furniture(line, running):
            answers.labels.append(line.text)
        else:
            answers.leave(line.number, _with_reason(line))


def _is_furniture(line: Line, running: set[str]) -> bool:
    """Say whether a line only numbers a page or repeats a running title, which `running` remembers."""
    if line.aside not in ("header", "footer") or not line.text.strip():
        return False
    text = line.text.strip()
    if _PAGE_NUMBER.fullmatch(text) or text in running:
        return True
    running.add(text)
    return False


def _with_reason(line: Line) -> str:
    return f"({line.aside}) {line.text.strip()}" if line.aside and line.text.strip() else line.text


def _take_pair(answers: Answers, pair: Pair) -> None:
    answers.claim(*pair.lines)
    at = pair.lines[0] if pair.lines else 0
    if pair.match is None:
        answers.leave(at, f"{pair.label.strip()} {pair.answer.strip()}")
        return
    answers.labels.append(pair.label)
    if not pair.answer.strip() and not pair.marked:
        return
    if _take_children(answers, pair):
        return
    taken = values_told(answers, pair)
    _take_parents(answers, pair, taken)
    known = answers.fields.keys() | (answers.asked - set(pair.match.names))
    fresh = {name: value for name, value in taken.values.items() if name not in known}
    rows_taken = take_free_rows(answers, pair)
    for name, value in fresh.items():
        answers.put(name, value, found_of(pair, taken.doubt if name == pair.match.name else ""))
    if fresh or rows_taken or taken.joined:
        return
    name = pair.match.name
    if taken.values or name in answers.found:
        answers.leave(at, f"{pair.label.strip()} {pair.answer.strip()}")
    else:
        answers.note(name, found_of(pair, taken.doubt or state_of(pair.answer)))


def _take_children(answers: Answers, pair: Pair) -> bool:
    """Take several children told in one answer: the first under the subject's names, the others in rows of their own.

    When they were born may be told in the answer after that, for one after the other.
    """
    assert pair.match is not None
    others = answers.rows.get("subjects", [])
    if pair.match.name == "subject_dob" and others and "subject_dob" not in answers.fields:
        born = born_each(pair.answer, 1 + len(others), answers.era)
        for row, day in zip(others, born[1:], strict=False):
            row.setdefault("subject_dob", day)
        told: dict[str, Value] = {"subject_dob": born[0]} if born else {}
    else:
        free = not others and "subject_name" not in answers.fields
        children = children_told(pair.label, pair.match.names, pair.answer, answers.era) if free else []
        told = {**children[0]} if children else {}
        if children:
            answers.rows["subjects"] = children[1:]
            answers.note("subjects", found_of(pair))
    for name, value in told.items():
        answers.put(name, value, found_of(pair))
    return bool(told)


def _take_parents(answers: Answers, pair: Pair, taken: Taken) -> None:
    """Take the parents' names without when they were born; the father's joins the mother's where each is asked for."""
    if _PARENTS not in taken.values:
        return
    named = _LIVING.sub("", _BIRTH.sub(r"\g<name>", str(taken.values[_PARENTS])))
    added = taken.values[_PARENTS] = named.strip()
    before, found = answers.fields.get(_PARENTS), answers.found.get(_PARENTS)
    if before and found and found.label != pair.label.strip():
        joined = replace(found, text=f"{found.text}\n{pair.answer.strip()}")
        answers.put(_PARENTS, f"{before}; {added}", joined)
        taken.values.pop(_PARENTS)
        taken.joined = True

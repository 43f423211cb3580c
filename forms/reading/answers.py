"""Pairs become canonical answers; whatever becomes none is listed, so that no text is lost."""

import re
from collections.abc import Sequence
from dataclasses import replace

from . import dates, families, options, split
from .dates import Era
from .gathered import Answers, found_of, words_of
from .glyphs import EMPTY
from .joined import names_joined
from .labels import plain
from .layout import Layout, Line
from .pairs import Pair, Pairs
from .placeholders import OPTION_WORDS, is_blank, state_of, without_leaders
from .result import Value
from .row_answers import FROM_TEXT, take_criteria, take_free_rows, take_table
from .subjects import named_subject
from .values import Taken, value_of

_PAGE_NUMBER = re.compile(r"page \d+(?: ?(?:of|/) ?\d+)?", re.I)
_WHOSE = ("subject", "referrer", "author", "safeguarding_lead", "next_of_kin")
_ATTRIBUTES = {
    "date_of_referral": "date", "date_completed": "date", "incident_date": "date",
    "incident_time": "time", "parents_carers_names": "name", "parents_carers_address": "address",
    "incident_location": "place", "subject_place_of_death": "place",
}  # fmt: skip
_ALIVE = re.compile(r"\balive\b|\bliving\b", re.I)
_DIED = re.compile(r"\b(?:died|passed away|deceased|death)\b", re.I)
_PHONE_BELOW = re.compile(
    r"(?<=[^\s])\s*\n\W*(?:(?:tel|telephone|phone|mobile|mob)\b\W*)?\+?\d[\d ()]{8,}\s*$", re.I
)
_LETTER = re.compile(r"[^\W\d_]")
_ASKS_ALIASES = re.compile(r"\b(?:other names|known (?:by|as)|alias\w*|aka)\b", re.I)
_BRACKETED_END = re.compile(r"([^()]+?)\s*\((?!a\.?k\.?a|also)([^()\d]+)\)", re.I)
_KNOWN_AS = re.compile(r"^(?:known|prefers to be called|called) (?:as )?", re.I)
_ABOUT = re.compile(r"\W*(?:re|regarding)\W*$", re.I)
_OF_A_REVIEW = re.compile(  # "Re: Rapid review – Leo Birch, born 2/3/2016"
    r"\W*(?:\w+ ){0,4}(?:review|sar|dhr|dardr|l?cspr|scoping)\b[^–—:\n]{0,20}(?:\s[–—-]\s|:\s)", re.I
)
_WHEN_ASKED = re.compile(
    r"(?:,|\s[–—-])?\s*(?:supported|agreed|approved|discussed|consulted)?\s*(?:on )?\(?"
    r"\d{1,2}(?:[./-]\d{1,2}[./-]\d{2,4}|(?:st|nd|rd|th)? [A-Z][a-z]{2,8} \d{4})\)?\W*$"
)  # "Yes, Gus Marlow, 2/4/25"
_DIED_ON = re.compile(
    r"[,;]?\s*\(?\b(?:d\.?o\.?d\.?|date of death|died|deceased)\b\s*(?:on)?[:\s]*(?P<when>\d[\w ./-]{5,18}\d{2})\)?",
    re.I,
)
_SAID_WHICH = re.compile(r"\W*(?:(?P<alive>alive|living)|deceased|dead|died)\b", re.I)  # "Alive or deceased?"
_PLANS = ("cp_plan_current_or_previous", "cp_plan_current", "cp_plan_previous")
_TOLD = frozenset({"agency_concerns", "parallel_processes"})
_STORIES = _TOLD | {"incident_summary", "case_summary", "criteria_grounds_text"}
_FEW = 6  # words that tell no story, "Potentially life threatening injury", unless they are a sentence
_STORY = {"incident_summary": "criteria_grounds_text", "incident_outline": "review_factors"}
_REASON = re.compile(r"(?:main |brief )?reasons? for\b")
_OTHERWISE = {"yes": "no", "no": "yes"}
_YES_NAMELY = re.compile(
    r"(?:yes|y)\b[\s,:;.–—-]*(?:(?:discussed|spoken|agreed|approved|consulted)(?: (?:with|to|by))?[\s:]+)?",
    re.I,
)
_UNNAMED = ("no", "not_known")  # "Has this been agreed by your safeguarding lead?"
_NAMED = re.compile(r"(?:[A-Z][\w'’.-]*|(?:d[aeiu]|de[nr]?|van|von|le|la|al|el|bin)\b)(?: (?:[A-Z][\w'’.-]*|d[aeiu]"
                    r"|de[nr]?|van|von|le|la|al|el|bin)){0,4}(?=\s*(?:$|[,;(\n]|[–—-]\s))")  # fmt: skip
_WHOSE_FORM = re.compile(
    r"subject_(?!care|legal|died)|referrer_(?!signature|role)|date_of_referral|safe_to_call"
    r"|death_|post_mortem|consultant|mode_of_death|resuscitation|confirmed_by|follow_up|events|cause_of_death"
)
_PARENTS = "parents_carers_names"
_A_DAY = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
_BIRTH = re.compile(  # marked as one, in brackets, or right behind a name
    rf"[\s,;–—-]{{0,4}}\(?\b(?i:d\.?o\.?b\.?|born|date of birth)[\s:.–—-]{{0,4}}{_A_DAY}\)?"
    rf"|[\s,;–—-]{{0,4}}\({_A_DAY}\)|(?P<name>\b[A-Z][\w'’-]+)[\s,;–—-]{{1,4}}{_A_DAY}",
)
_AS_ROWS = frozenset({*FROM_TEXT, "alleged_perpetrators"})
_APART = re.compile(  # from the case, as the author of a management review has to be
    r"(?:(?<=\. )|(?P<bracket>\())[^.()]*(?:\bno (?:direct |prior |previous )?(?:involvement|contact|knowledge)\b"
    r"|\bnot (?:been )?(?:directly )?(?:involved|concerned)\b|\bindependent of\b)(?(bracket)[^()]*(?:\)|$)|.*)",
    re.I | re.S,
)
_KNOWN_FROM = re.compile(  # "Yes, from 3 March 2024 until 1 June 2025"
    r"\W*yes\b\W*(?:(?:known|involved)\W+)?(?:(?:from|between|since)\b\s*|(?=\d))(?P<when>[^\n]*\d{4}[^\n]{0,14})\s*$",
    re.I,
)
_DATED = {"involvement_period", "involvement_from", "involvement_to"}
_NOBODY = re.compile(r"\W*(?:no|none|nil)\b(?: (?:known )?(?:family|relatives?|next of kin|nok|contact|details|one))?"
                     r"(?: (?:known|identified|recorded|traced|on record|available))?\W*$", re.I)  # fmt: skip
_KIN = ("next_of_kin_name", "next_of_kin_address")
_WRITERS = ("author_name", "referrer_name", "safeguarding_lead_name")
_REASONS = frozenset({"incident_summary", "case_summary", "criteria_grounds_text"})
_SHORT_REVIEWS = frozenset({"sar", "dhr", "cspr", "lcspr", "scr", "dardr"})


def era_of(layout: Layout, this_year: int) -> Era:
    """Return what the document's own dates say about years that are left out."""
    era = Era(this_year)
    full = [when.iso for line in layout.lines() for when in dates.every(line.text, era)
            if when.precision == "day" and not when.doubt and len(when.text) >= 8]  # fmt: skip
    recent = [iso for iso in full if int(iso[:4]) <= this_year + 1]
    return Era(this_year, dates.date.fromisoformat(max(recent))) if recent else era


def gather(layout: Layout, pairs: Pairs, era: Era, kind: str, whose_only: bool = False) -> Answers:
    """Return the answers in a stranger's form, with every line of it accounted for.

    Of a form that came by mistake only whom it is about and who sent it is wanted (`whose_only`): so much a
    person needs to send it on.
    """
    answers = Answers(era, asked=pairs.answered)
    for pair in sorted(_reasons_apart(_now_and_before(names_joined(pairs.pairs))), key=_turn):
        _take_pair(answers, pair, kind)
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


def _reasons_apart(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Tell the reason for a referral from the story, where a form asks for what happened by itself as well."""
    answered = [(pair.match.name, pair) for pair in pairs if pair.match and pair.answer.strip()]
    asked = {name for name, _ in answered}
    stories = {name for name, pair in answered if name in _STORY and not _REASON.match(plain(pair.label))}
    apart = {name: _STORY[name] for name in stories if _STORY[name] not in asked}
    return [
        replace(pair, match=replace(pair.match, names=(apart[pair.match.name],)))
        if pair.match and pair.match.name in apart and _REASON.match(plain(pair.label))
        else pair
        for pair in pairs
    ]


def _turn(pair: Pair) -> tuple[int, float]:
    """Return when a pair's turn comes: the surest first, a word or two on what is also told in sentences last.

    After those comes a "no", where a form asks of one process after another whether there is such a one.
    """
    if pair.match is None:
        return 0, 0.0
    sentence = pair.answer.rstrip().endswith(".")
    told = len(pair.answer.split()) > _FEW - 3 * sentence and options.chosen(pair.answer) is None
    if pair.match.name.endswith("_needs") and options.yes_no(pair.answer, pair.marked):
        return 1, -pair.match.score  # "Did she have needs?" before "What were they?"
    denied = pair.match.name in _TOLD and options.yes_no(pair.answer, pair.marked) == "no"
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


def _take_pair(answers: Answers, pair: Pair, kind: str) -> None:
    answers.claim(*pair.lines)
    at = pair.lines[0] if pair.lines else 0
    if pair.match is None:
        answers.leave(at, f"{pair.label.strip()} {pair.answer.strip()}")
        return
    answers.labels.append(pair.label)
    if not pair.answer.strip() and not pair.marked:
        return
    taken = _taken(answers, pair, kind)
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


def _take_parents(answers: Answers, pair: Pair, taken: Taken) -> None:
    """Take the parents' names without when they were born; the father's joins the mother's where each is asked for."""
    if _PARENTS not in taken.values:
        return
    added = taken.values[_PARENTS] = _BIRTH.sub(r"\g<name>", str(taken.values[_PARENTS])).strip()
    before, found = answers.fields.get(_PARENTS), answers.found.get(_PARENTS)
    if before and found and found.label != pair.label.strip():
        joined = replace(found, text=f"{found.text}\n{pair.answer.strip()}")
        answers.put(_PARENTS, f"{before}; {added}", joined)
        taken.values.pop(_PARENTS)
        taken.joined = True


def _taken(answers: Answers, pair: Pair, kind: str) -> Taken:
    """Return the values of a pair's answer under the one name or the several its label asks for."""
    assert pair.match is not None
    names = [name for name in pair.match.names if name not in _AS_ROWS and "." not in name]
    if not names:
        return Taken()
    if names == ["subject_details"] and _ABOUT.match(pair.label) and not dates.find(pair.answer, answers.era):
        return Taken({}, "it may be what this is about")  # "Re: SAR referral"
    if names == ["subject_details"] or (len(names) > 1 and state_of(pair.answer) == "answer"):
        told = _OF_A_REVIEW.sub("", pair.answer) if names == ["subject_details"] else pair.answer
        return _compound(told, names, answers.era)
    if said := _ticked_as_reason(answers, pair, names[0]) or _known_from(answers, pair):
        return said
    answer = _PHONE_BELOW.sub("", pair.answer) if names[0].endswith("_address") else pair.answer
    taken = value_of(names[0], answer, answers.era, pair.marked)
    if names[0] == "subject_died":
        return _died(taken, pair, answers.era)
    if names[0] in _WRITERS and names[0] in taken.values:
        return _writer_said(names[0], str(taken.values[names[0]]), pair)
    if names == ["criteria_grounds"] and pair.how == "below" and options.chosen(pair.answer) is None:
        return Taken({}, "printed criteria, with nothing ticked")
    if names[0] in _KIN and names[0] in taken.values:
        return _kin(names[0], str(taken.values[names[0]]), pair.label)
    if names[0] == "subject_name" and "subject_name" in taken.values:
        return _named(str(taken.values["subject_name"]), _ASKS_ALIASES.search(pair.label), answers.era)
    return taken


def _known_from(answers: Answers, pair: Pair) -> Taken | None:
    """Take "Yes, from 3 March 2024 until 1 June 2025", where the form does not ask for the dates by themselves."""
    known = _KNOWN_FROM.match(pair.answer) if pair.match and pair.match.name == "agency_involved" else None
    if known is None or _DATED & answers.asked:
        return None
    return Taken(
        {"agency_involved": "yes", **value_of("involvement_period", known["when"], answers.era).values}
    )


def _kin(name: str, text: str, label: str) -> Taken:
    """Take the next of kin; "Details of next of kin" is answered by a name as well as by how to reach them."""
    if _NOBODY.match(text):
        return Taken({}, "none")
    if name == "next_of_kin_name":
        return Taken(families.relative_named(text) or {name: text})
    named = "address" not in label.casefold() and _NAMED.fullmatch(text)
    return Taken({"next_of_kin_name" if named else name: text})


def _named(text: str, also_asked: object, era: Era) -> Taken:
    """Return the subject's name; one in brackets behind it is another, where other names are asked for too."""
    also = _BRACKETED_END.fullmatch(text.strip()) if also_asked else None
    return named_subject(f"{also[1]} aka {_KNOWN_AS.sub('', also[2])}" if also else text, era)


def _died(taken: Taken, pair: Pair, era: Era) -> Taken:
    """Return whether the subject died, and when if that is said with it: "Is she alive?" - "No, died 6 May 2024"."""
    if told := _SAID_WHICH.match(pair.answer):
        taken = Taken({"subject_died": "no" if told["alive"] else "yes"})
        pair = replace(pair, label="")
    turned = _OTHERWISE if _ALIVE.search(pair.label) else {}
    values = {name: turned.get(str(value), value) for name, value in taken.values.items()}
    told = _DIED.search(pair.answer) or re.search(r"\b(?:when|date)\b", pair.label, re.I)
    when = dates.find(_DIED.split(pair.answer, 1)[-1], era) if told else None
    if values.get("subject_died") == "yes" and when and when.precision == "day":
        values["subject_date_of_death"] = when.iso
    return Taken(values)


def _reviews_ticked(text: str) -> list[str]:
    """Return the reviews ticked under "reason for referral", when every tick there names a review."""
    ticks = options.chosen(text) or []
    words = [" ".join(words_of(tick)) for tick in ticks]
    return ticks if ticks and all("review" in word or word in _SHORT_REVIEWS for word in words) else []


def _ticked_as_reason(answers: Answers, pair: Pair, name: str) -> Taken | None:
    """Return the reviews, or the grounds, that are ticked under "reason for referral"; None of other answers."""
    if name in _REASONS and (kinds := _reviews_ticked(pair.answer)):
        return Taken({"review_type_requested": kinds}, "ticked under another question")
    ticks = options.chosen(pair.answer)
    reasons = name == "criteria_grounds_text" or (name in _STORY and _REASON.match(plain(pair.label)))
    if reasons and _are_printed(ticks, pair.answer):
        return value_of("criteria_grounds", pair.answer, answers.era, pair.marked)
    return None


def _are_printed(ticks: Sequence[str] | None, text: str) -> bool:
    """Say whether what is ticked are printed reasons: others stand beside it unticked, or each is a few words."""
    return bool(ticks) and (EMPTY in text or all(len(tick.split()) <= OPTION_WORDS for tick in ticks or ()))


def _compound(text: str, names: Sequence[str], era: Era) -> Taken:
    """Take one answer to several questions apart and give each part its canonical name."""
    if options.chosen(text) == []:
        return Taken({}, "blank")
    died = _DIED_ON.search(text) if list(names) == ["subject_details"] else None
    if died and (when := dates.find(died["when"], era)):
        taken = _compound(text.replace(died[0], ""), names, era)
        return replace(taken, values={**taken.values, "subject_date_of_death": when.iso})
    if list(names) == ["subject_details"]:
        names = ["subject_name", "subject_address", "subject_nhs_number", "subject_dob", "subject_gender"]
        if is_blank(text):
            return Taken()
    if "incident_date" in names:
        names = [*names, "incident_time"]
    for stem in [name.removesuffix("contact") for name in names if name.endswith("_contact")]:
        names = [*names, f"{stem}telephone", f"{stem}email"]
    wanted = {name: _attribute(name) for name in names}
    parts = split.particulars(without_leaders(text) if "\n" not in text else text, list(wanted.values()), era)
    values: dict[str, Value] = {}
    for name, attribute in wanted.items():
        part = parts.get(attribute)
        if part and (attribute != "address" or _LETTER.search(part)):
            values |= (
                _named(part, "subject_other_names" in names, era).values
                if name == "subject_name"
                else {name: part}
            )
    if not values or "safeguarding_lead_contact" in names:
        values[names[0]] = text.strip()
    return Taken(values, "one answer to several questions")


def _attribute(name: str) -> str:
    if name == "agency_name":
        return "agency"
    if name in _ATTRIBUTES:
        return _ATTRIBUTES[name]
    for whose in _WHOSE:
        if name.startswith(whose + "_"):
            return name.removeprefix(whose + "_")
    return name


def _writer_said(name: str, text: str, pair: Pair) -> Taken:
    """Take who writes, or the lead who was asked: "Yes – Ida Moss, Named Nurse" names her behind the yes."""
    said = _YES_NAMELY.match(text) if name == "safeguarding_lead_name" else None
    asked = name == "safeguarding_lead_name" and "?" in pair.label
    if (said and said.end() == len(text)) or (asked and options.yes_no(text) in _UNNAMED):
        return Taken()
    if said and _NAMED.match(text[said.end() :]):
        text = text[said.end() :]
    if name == "safeguarding_lead_name":
        text = _WHEN_ASKED.sub("", text)
    return _writer(name, text, "name" in pair.label.casefold())


def _writer(name: str, text: str, name_alone: bool) -> Taken:
    """Take apart a writer given in one line: name, role, agency, and how to be reached."""
    stem = name.removesuffix("_name")
    reached = split.contacts(text)
    apart = _APART.search(text) if stem == "author" else None
    told = f"{text[: apart.start()].rstrip(' .')}{text[apart.end() :]}" if apart else text
    parts = split.author(split.without_contacts(told))
    if (stem == "safeguarding_lead" or (stem == "referrer" and name_alone)) and not any(
        split.looks_like_work(part) for part in list(parts.values())[1:]
    ):
        parts = {"name": text}
        reached = {}
    parts |= {part: reached[part] for part in ("telephone", "email") if part in reached}
    if apart:
        parts |= {"independent": "yes", "independent_details": apart[0].strip(" ()")}
    return Taken({"agency_name" if f"{stem}_{part}" == "author_agency" else f"{stem}_{part}": value
                  for part, value in parts.items()})  # fmt: skip

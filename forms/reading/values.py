"""One answer's text as the canonical value of its name: dates ISO, yes or no, numbers, lists."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from . import dates, options, split
from .dates import Era
from .glyphs import CROSSED
from .placeholders import OPTION_WORDS, state_of, without_leaders
from .result import Value

DATES = frozenset({
    "date_of_referral", "subject_dob", "subject_date_of_death", "incident_date", "next_of_kin_dob",
    "return_deadline", "request_date", "date_returned", "date_completed", "records_secured_date", "date_aware",
    "involvement_from", "involvement_to", "review_period_from", "review_period_to", "office_date_received",
    "office_date_sent_to_chair", "office_date_info_requested", "office_info_deadline",
    "office_date_considered", "office_date_recommendation_sent", "office_date_decision",
})  # fmt: skip
YES_NO = {
    "cp_plan_current_or_previous": "cp_plan_details",
    "cp_plan_current": "cp_plan_details",
    "cp_plan_previous": "cp_plan_details",
    "siblings_cp_plan_ever": "",
    "siblings_cp_plan_current": "",
    "siblings_cp_plan_previous": "",
    "subject_died": "",
    "open_to_social_care": "lead_professional",
    "immediate_concerns": "immediate_concerns_details",
    "general_concerns": "general_concerns_details",
    "other_authority_involved": "other_authority_details",
    "agency_involved": "",
    "formal_investigation": "learning_identified",
    "parallel_reviews": "parallel_reviews_details",
    "criminal_proceedings": "criminal_proceedings_details",
    "author_independent": "author_independent_details",
    "family_aware": "family_aware_details",
    "safe_to_call": "",
    "consent_given": "",
    "death_certificate_issued": "",
    "post_mortem_required": "",
    "for_statutory_review": "",
    "for_learning": "",
    "confirmed_by_designated_doctor": "",
}
_ELSEWHERE = re.compile(
    r"(?:please )?see (?:the )?(?:table|below|attached|over\w*|appendix)\b.{0,30}|as below", re.I
)
_BROKEN = re.compile(r"(?<=[@.])\s+(?=\w)|\s+(?=[@.]\w)")  # an address that ran on over the edge of its cell
_UNSURE = re.compile(r"\W*(?:not sure|unsure|undecided)\b", re.I)
_REST = re.compile(r"\s+[a-z.]{1,6}\s*")
_LAST = re.compile(r"\.(?:uk|org|com|net|gov|nhs|info|eu|scot|wales|cymru|police|london)$", re.I)
_FOUR_DIGITS = re.compile(r"(?<![\d/.:])([01]\d|2[0-3])([0-5]\d)(?![\d/.:])")
_TIMED = {"incident_date": "incident_time", "subject_date_of_death": "subject_time_of_death"}
_WHICH = r"(?:current|previous|past|never|neither|none|no)(?:ly)?"
_ALL_PRINTED = re.compile(rf"\W*{_WHICH}(?:\s*/\s*{_WHICH})+\W*", re.I)  # "Current / previous", left standing
_STANDING = re.compile(r"\bchild in need\b|\bcin\b|\blooked after\b|\bc?lac?\b|\bcare leaver\b", re.I)
_PLANNED = re.compile(r"\bplan\b|\bcpp?\b|\bprotection\b|\bregister\b", re.I)
_PLANS_ASKED = ("cp_plan_current", "cp_plan_current_or_previous")
PERIODS = {"involvement_period": "involvement", "review_period": "review_period"}
LISTS = frozenset({"agencies_known", "agencies_to_scope", "other_agencies_involved"})
CHOICES = frozenset({"opinion_review_type", "decision_recommendation", "death_expected", "mode_of_death",
                     "resuscitation_attempted"})  # fmt: skip
SEVERAL = frozenset({"harm_types", "review_type_requested", "criteria_grounds"})
_LONGEST_REFERENCE = 5  # words
_OF_WHOM = re.compile(
    r"(?:the |my )?(?:lead (?:professional|worker)|(?:allocated )?social worker|name)\s*(?:is\b|[:–—-])\s*",
    re.I,
)
_NOTHING_TO_DO = re.compile(r"\W*no (?:\w+ )?(?:line )?(?:manage\w*|involvement|contact|connection)\b", re.I)
_OR_NONE = (
    "subject_legal_status",
    "other_information",
    "linked_cases",
    "subject_other_names",
    "subject_gp",
    "subject_school",
)
_NONE = re.compile(
    r"\W*(?:none|nil|no)(?: (?:(?:at )?present|known|identified|recorded|to date|known of"
    r"|that (?:we|i) (?:know|are aware|am aware)(?: of)?))*\W*",
    re.I,
)
_LEARNING = ("learning:", "learning identified:", "lessons:", "learning –", "learning -")


@dataclass
class Taken:
    """The values one answer gives, by canonical name, and any doubt about them."""

    values: dict[str, Value] = field(default_factory=dict)
    doubt: str = ""
    joined: bool = False  # to an answer that was there


def value_of(name: str, text: str, era: Era, marked: tuple[str, ...] = ()) -> Taken:
    """Return what an answer to `name` gives: often one value, sometimes companions (details, time, postcode)."""
    text = options.picked(text, marked) or options.without_stroke(text)
    state = state_of(text)
    if name in YES_NO:
        return _yes_no(name, text, marked)
    if name == "subject_initials" and state == "answer" and not re.search(r"[^\W\d_]{2}", text):
        return Taken({name: re.sub(r"[\s.]", "", text)})
    if name == "involvement_summary" and len(text.split()) == 1 and (meant := options.yes_no(text)):
        return Taken({"agency_involved": meant})  # "Involvement: Yes"
    if text.strip() == CROSSED:
        return Taken({}, "a cross, which says no")
    if state != "answer" and not (name == "opinion_review_type" and _UNSURE.match(text)):
        kept = "not_known" if state == "not known" and name == "subject_gender" else ""
        return Taken({name: kept} if kept else {}, state)
    text = without_leaders(text) if "\n" not in text else text.strip()
    if name in _OR_NONE and _NONE.fullmatch(text):
        return Taken({}, "none")
    if name == "chronology" and _ELSEWHERE.fullmatch(text.strip()):
        return Taken({}, "given elsewhere")
    if text.casefold().strip(" .") in ("as above", "see above", "as below", "ditto"):
        return Taken({}, "as above")
    return _reader(name)(name, text, era)


def _reader(name: str) -> Callable[[str, str, Era], Taken]:
    if name in DATES:
        return _date
    if name in PERIODS:
        return _period
    return _BY_NAME.get(name) or (_list if name in LISTS else _choice if name in CHOICES | SEVERAL else _text)


def _text(name: str, text: str, era: Era) -> Taken:
    ticks = options.chosen(text)
    if ticks is not None:
        told = any(len(tick.split()) > OPTION_WORDS for tick in ticks)  # somebody's sentences, not options
        return Taken({name: ("\n" if told else ", ").join(ticks)} if ticks else {}, "" if ticks else "blank")
    return Taken({name: text})


def _date(name: str, text: str, era: Era) -> Taken:
    birth = name in ("subject_dob", "next_of_kin_dob")
    when = dates.find(text, era, birth)
    if name == "records_secured_date" and (meant := options.yes_no(text)):
        secured: dict[str, Value] = {"records_secured": meant}
        return Taken({**secured, name: when.iso} if when and meant == "yes" else secured)
    if birth and (text.casefold().startswith("edd") or "expected" in text.casefold()):
        return Taken({}, "an expected date of birth, not a date of birth")
    if when is None or (when.precision == "year" and birth and len(text) > 12):
        age = _age(text) if name == "subject_dob" else ""
        return Taken(
            {"subject_age": age} if age else {}, "an age" if age else "no date could be read from this"
        )
    taken = Taken(
        {name: when.iso}, when.doubt or ("the words say it is uncertain" if dates.is_doubtful(text) else "")
    )
    if timed := _TIMED.get(name):
        if time := when.time or dates.time_in(text.replace(when.text, " ")):
            taken.values[timed] = time
        if "approx" in text.casefold() and taken.doubt.startswith("the words"):
            taken.doubt = "approximate"
    return taken


def _age(text: str) -> str:
    return split.particulars(text, ("age",), Era(0)).get("age", "")


def _period(name: str, text: str, era: Era) -> Taken:
    stem = PERIODS[name]
    found = list(dates.every(text, era))
    values: dict[str, Value] = {name: text}
    if found:
        values[f"{stem}_from"] = found[0].iso
    if len(found) > 1:
        values[f"{stem}_to"] = found[1].iso
    elif found and found[0].end:
        values[f"{stem}_to"] = found[0].end
    return Taken(values, "" if len(found) > 1 else "check the period")


def _yes_no(name: str, text: str, marked: tuple[str, ...]) -> Taken:
    state = state_of(text)
    if (
        state in ("blank", "prompt") or (name in _PLANS_ASKED and _ALL_PRINTED.fullmatch(text))
    ) and not marked:
        return Taken({}, state)
    if state == "not applicable":
        return Taken({}, state)
    if name in _PLANS_ASKED and (plans := _plans(text) or _statuses(name, text)):
        return Taken(plans)
    meant = options.yes_no(text, marked) or _yes_by_time(name, text)
    if name == "author_independent" and _NOTHING_TO_DO.match(text):
        return Taken({name: "yes", YES_NO[name]: text.strip()})
    values: dict[str, Value] = {name: meant} if meant else {}
    rest = options.details(text) if meant else text.strip()
    companion = YES_NO[name]
    when = meant == "yes" and _yes_by_time(name, text)  # which the details say
    if companion == "lead_professional":
        rest = "" if meant == "no" else _OF_WHOM.sub("", rest, count=1)
    if name == "formal_investigation":
        rest = _after_learning(rest)
    told = rest and (when or (rest != text.strip() and options.chosen(text) is None))
    if (companion and told) or (not meant and companion):
        values[companion] = rest
    return Taken(values, "" if meant else "neither yes nor no")


def _yes_by_time(name: str, text: str) -> str:
    """Return yes where the answer to "now or before?" says which: "Previously – 2015, neglect"."""
    if name == "cp_plan_current" and re.match(r"\W*current(?:ly)?\b", text, re.I):
        return "yes"
    both = name == "cp_plan_current_or_previous"
    return "yes" if both and re.match(r"\W*(?:current|previous|past|was|both)", text, re.I) else ""


def _plans(text: str) -> dict[str, Value]:
    """Return what "Previous" or "Never", ticked or written where a plan is asked for, says of now and of before."""
    words = " ".join(options.chosen(text) or [text]).strip()
    if re.fullmatch(r"never|none|neither", words, re.I):
        return {"cp_plan_current": "no", "cp_plan_previous": "no"}
    if re.fullmatch(r"previous(?:ly)?|past|historic(?:al)?", words, re.I):
        return {"cp_plan_current": "no", "cp_plan_previous": "yes"}
    return {}


def _statuses(name: str, text: str) -> dict[str, Value]:
    """Return what one of several standings says that are printed to be ticked: a plan, in need, looked after."""
    ticks = options.chosen(text) if _STANDING.search(text) else None
    if not ticks:
        return {}
    others = [words for words in ticks if _STANDING.search(words)]
    return {
        name: "yes" if any(map(_PLANNED.search, ticks)) else "no",
        **({"subject_legal_status": "; ".join(others)} if others else {}),
    }


def _after_learning(text: str) -> str:
    """Return what follows "Learning:" when an answer says so, else all of it."""
    lower = text.casefold()
    at = max((lower.find(mark) + len(mark) for mark in _LEARNING if mark in lower), default=0)
    return text[at:].strip()


def _list(name: str, text: str, era: Era) -> Taken:
    items = options.several(text)
    return Taken({name: items} if items else {}, "" if items else "blank")


def _reference(name: str, text: str, era: Era) -> Taken:
    few = len(text.split()) <= _LONGEST_REFERENCE
    return Taken({name: text} if few else {}, "" if few else "this is no reference")


def _choice(name: str, text: str, era: Era) -> Taken:
    ticks = options.chosen(text)
    if ticks == []:
        return Taken({}, "blank")
    if (
        name == "criteria_grounds"
        and ticks is None
        and (len(text.split()) > _LONGEST_REFERENCE or ";" in text)
    ):
        return Taken({"criteria_grounds_text": text})  # grounds told in words
    if name in SEVERAL:
        picked = [words for words in ticks or options.several(text) if not options.yes_no(words)]
        if not picked:
            return Taken({}, "a yes or no, and of which it does not say")
        codes = [_lettered(words) for words in picked]
        return Taken({name: codes})
    words = "; ".join(ticks) if ticks else text
    return Taken({name: words})


def _lettered(words: str) -> str:
    """Return the letter of a lettered criterion, or its printed words."""
    head, dot, _ = words.partition(")")
    head = head.strip(" (").casefold()
    return head if dot and 0 < len(head) <= 2 else words


def _nhs(name: str, text: str, era: Era) -> Taken:
    number = split.nhs_number(text)
    ten = re.sub(r"\D", "", found[1]) if (found := split.NHS.fullmatch(text.strip())) else ""
    return Taken({name: number or ten or text}, "" if number else "this is not a valid NHS number")


def _other_ids(name: str, text: str, era: Era) -> Taken:
    """Take a number of some other system; an NHS number told with it, or in its place, is that."""
    told = split.NHS.search(text)
    number = split.nhs_number(text) if told else ""
    rest = (text[: told.start()] + text[told.end() :]).strip(" \n,;/:–—-") if told and number else text
    values: dict[str, Value] = {name: rest} if rest else {}
    return Taken({**values, "subject_nhs_number": number} if number else values)


_LONGEST_CHOICES = 120  # characters
_GENDERS_PRINTED = re.compile(  # both of them: "Female, trans" is an answer
    r"(?=.*\b(?:female|f)\b)(?=.*\b(?:male|m)\b)(?:female|male|f|m)(?:\s*(?:/|,|\||\bor\b|\s)\s*(?:female|male|f|m|other|trans\w*|non-?binary|unknown"
    r"|not known|n/?k|prefer not to say)(?:\s*\([^()]*\))?)+",
    re.I,
)


def _gender(name: str, text: str, era: Era) -> Taken:
    ticks = options.chosen(text)
    if ticks == []:
        return Taken({}, "blank")
    if not ticks and len(text) < _LONGEST_CHOICES and _GENDERS_PRINTED.fullmatch(text.strip()):
        return Taken({}, "the printed choices were left as they were")
    return Taken({name: split.gender(ticks[0] if ticks else text)})


_WHO_WORKS = re.compile(r"(?:[^\W\d_a-z][\w'’.-]* ){1,4}[^\W\d_a-z][\w'’.-]*\s*(?:,|[–—-])\s*\D+$")


def _contact(name: str, text: str, era: Era) -> Taken:
    stem = name.removesuffix("_contact")
    found = split.contacts(text)
    who = found.get("address", "").split("\n")[0]
    if stem in ("referrer", "author") and _WHO_WORKS.match(who) and "role" in (told := split.author(who)):
        del found["address"]  # "Contact: Jo Fenn, Manager, 01632 960315"
        found |= told
        if stem == "author" and "agency" in found:
            found["agency_name"] = found.pop("agency")
    values: dict[str, Value] = {
        part if part == "agency_name" else f"{stem}_{part}": value for part, value in found.items()
    }
    if not found or stem == "safeguarding_lead":
        values[name] = text  # of a lead the forms ask no more than how to reach them
    return Taken(values)


def _email(name: str, text: str, era: Era) -> Taken:
    whole = "".join(text.split("\n"))
    if _cut_short(text):
        whole = "".join(text.split())
    if whole != text and split.EMAIL.fullmatch(whole):
        text = whole  # its cell was too narrow for it
    text = text if split.EMAIL.search(text) else _BROKEN.sub("", text)
    found = split.EMAIL.search(text)
    rest = split.contacts(text)
    values: dict[str, Value] = {name: found[0].rstrip(".") if found else text}
    if found and "telephone" in rest:
        values[name.replace("_email", "_telephone")] = rest["telephone"]
    return Taken(values, "" if found else "this is not an e-mail address")


def _cut_short(text: str) -> bool:
    """Say whether an address of e-mail ends in the middle of its last word, the rest of which stands behind it."""
    found = split.EMAIL.search(text)
    return found is not None and bool(_REST.fullmatch(text, found.end())) and not _LAST.search(found[0])


def _telephone(name: str, text: str, era: Era) -> Taken:
    found = split.contacts(text)
    values: dict[str, Value] = {name: found.get("telephone", text)}
    if "email" in found and name != "subject_telephone":
        values[name.replace("_telephone", "_email")] = found["email"]
    return Taken(values)


def _time(name: str, text: str, era: Era) -> Taken:
    written = _FOUR_DIGITS.sub(r"\1:\2", text, count=1)
    return Taken({name: dates.time_in(written) or text})


_BY_NAME: dict[str, Callable[[str, str, Era], Taken]] = {
    "board_reference": _reference,
    "incident_time": _time,
    "subject_time_of_death": _time,
    "subject_nhs_number": _nhs,
    "subject_other_ids": _other_ids,
    "subject_gender": _gender,
    "referrer_contact": _contact,
    "safeguarding_lead_contact": _contact,
    "author_contact": _contact,
    "referrer_email": _email,
    "author_email": _email,
    "safeguarding_lead_email": _email,
    "referrer_telephone": _telephone,
    "author_telephone": _telephone,
    "safeguarding_lead_telephone": _telephone,
}

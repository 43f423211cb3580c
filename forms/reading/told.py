"""What the answer to one label tells: its values under the one name, or the several, that the label asks for."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from . import dates, families, options, split
from .attributes import ATTRIBUTE_OF
from .dates import Era
from .follow_ups import is_bare, without_learning
from .gathered import Answers
from .grounds import GROUNDS, grounds_told, ticked_as_reason
from .labels import plain
from .pairs import Pair
from .placeholders import OPTION_WORDS, is_blank, state_of, without_leaders
from .result import Value
from .row_answers import FROM_TEXT
from .subjects import is_pseudonym, named_subject
from .surnames import in_order
from .values import Taken, value_of

_WHOSE = ("subject", "referrer", "author", "safeguarding_lead", "next_of_kin")
_ATTRIBUTES = {
    "date_of_referral": "date", "date_completed": "date", "incident_date": "date",
    "incident_time": "time", "parents_carers_names": "name", "parents_carers_address": "address",
    "incident_location": "place", "subject_place_of_death": "place",
}  # fmt: skip
_YES_ON = re.compile(r"\W*(?:yes|y)\b\W*(?:on |in )?(?:the )?\d", re.I)
_ALIVE = re.compile(r"\balive\b|\bliving\b", re.I)
_DIED = re.compile(r"\b(?:died|passed away|deceased|death)\b", re.I)
_PHONE_BELOW = re.compile(
    r"(?<=[^\s])\s*\n\W*(?:(?:tel|telephone|phone|mobile|mob)\b\W*)?\+?\d[\d ()]{8,}\s*$", re.I
)
_LETTER = re.compile(r"[^\W\d_]")
_ASKS_ALIASES = re.compile(r"\b(?:other names|known (?:by|as)|alias\w*|aka)\b", re.I)
_BRACKETED_END = re.compile(r"([^()]+?)\s*\((?!a\.?k\.?a|also)([^()\d]+)\)", re.I)
_KNOWN_AS = re.compile(r"^(?:known|prefers to be called|called) (?:as )?", re.I)
_ABOUT = re.compile(r"\W*(?:re|regarding|case)\W*$", re.I)
_OF_A_REVIEW = re.compile(  # "Re: Rapid review – Leo Birch, born 2/3/2016"
    r"\A\W*(?:\w+ ){0,4}(?:review|sar|dhr|dardr|l?cspr|scoping)\b[^–—:\n]{0,20}(?:\s[–—-]\s|:\s)", re.I
)
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Master|Mx)\.?(?: [A-Z][\w'’-]+){1,4}")
_AND_MORE = re.compile(
    r"\s[–—-]\s(?=\w+(?: [a-z'’]+){3}).*", re.S
)  # "Re: Tom Hay (dob 1/2/40) - please find our ..."
_WHEN_ASKED = re.compile(
    r"(?:,|\s[–—-])?\s*(?:supported|agreed|approved|discussed|consulted)?\s*(?:on )?\(?"
    r"\d{1,2}(?:[./-]\d{1,2}[./-]\d{2,4}|(?:st|nd|rd|th)? [A-Z][a-z]{2,8} \d{4})\)?\W*$"
)  # "Yes, Gus Marlow, 2/4/25"
_DIED_ON = re.compile(
    r"[,;]?\s*\(?\b(?:d\.?o\.?d\.?|date of death|died|deceased)\b\s*(?:on)?[:\s]*(?P<when>\d[\w ./-]{5,18}\d{2})\)?",
    re.I,
)
_SAID_WHICH = re.compile(  # "Alive or deceased?", answered, and not with both still standing
    r"\W*(?:(?P<alive>alive|living)|deceased|dead|died)\b(?!\W*(?:or\W+)?(?:alive|living|deceased|dead)\W*$)",
    re.I,
)
_SAID_DIED = re.compile(
    r"\W*(?:yes\W+)?(?:(?:he|she|they) )?(?:has )?died\b(?!.*\b(?:harm|injur))", re.I | re.S
)
_BEFORE_PLACE = re.compile(r"^(?:of|at|in) (?=[A-Z\d])")
_PLACES = ("address", "place")
_OTHERWISE = {"yes": "no", "no": "yes"}
_YES_NAMELY = re.compile(
    r"(?:yes|y)\b[\s,:;.–—-]*(?:(?:discussed|spoken|agreed|approved|consulted)(?: (?:with|to|by))?[\s:]+)?",
    re.I,
)
_ALSO_YES = re.compile(
    r"[\s,;–—-]+(?:yes|agree[sd]?|supports? (?:it|this)|supportive|(?:they|he|she) do(?:es)?)\W*$", re.I
)
_ENDED = re.compile(r"\b(?:discharged?|closed?|ended|ceased|last(?: seen| contact)?|until|left|to)\b", re.I)
_SENDER = re.compile(r"\b(?:from|behalf of)\W*$", re.I)
_ON_A_DAY = re.compile(r"\s+on (?P<day>\d{1,2}(?:st|nd|rd|th)?[./ -]\w+[./ -]\d{4})\W*$")
_DATED_AS = {"author_name": "date_completed", "referrer_name": "date_of_referral"}
_UNNAMED = ("no", "not_known")  # "Has this been agreed by your safeguarding lead?"
_NAMED = re.compile(r"(?:[A-Z][\w'’.-]*|(?:d[aeiu]|de[nr]?|van|von|le|la|al|el|bin)\b)(?: (?:[A-Z][\w'’.-]*|d[aeiu]"
                    r"|de[nr]?|van|von|le|la|al|el|bin)){0,4}(?=\s*(?:$|[,;(\n]|[–—-]\s))")  # fmt: skip
_WITH_DATE = re.compile(r"\A[\W\d]*date\b|\band when\b", re.I)  # "Date and nature of incident"
_COLLAR_NUMBER = re.compile(r"(?<=[a-z]),? (?:[A-Z]{1,2})?\d{3,6}$")  # "DCI Abigail Stroud 4417"
_OR_HARMED = re.compile(r"\b(?:harmed|injured)\b", re.I)  # "Has the child died or been seriously harmed?"
_UNASKED = "agency told with the job"
_ROLE_UNASKED = "job told with the agency"
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
_NOBODY = re.compile(  # "None – no known family"
    r"\W*(?:(?:no|none|nil)\b(?: (?:known )?(?:family|relatives?|next of kin|nok|contact|details|one))?"
    r"(?: (?:known|identified|recorded|traced|on record|available))?\W*)+$",
    re.I,
)
_YES_FIRST = re.compile(r"(?:yes|no|y|n)\s*\n", re.I)
_REACHED = ("_email", "_contact", "_telephone", "_address", "_name", "_agency", "_gp")
_AGENCY_OF = {"author_name": "agency_name", "referrer_name": "referrer_agency"}
_NAMES = ("_name", "_gp", "_agency", "_school")
_KIN = ("next_of_kin_name", "next_of_kin_address")
_WRITERS = ("author_name", "referrer_name", "safeguarding_lead_name")


def values_told(answers: Answers, pair: Pair) -> Taken:
    """Return the values of a pair's answer under the one name or the several its label asks for."""
    assert pair.match is not None
    names = [name for name in pair.match.names if name not in _AS_ROWS and "." not in name]
    if not names:
        return Taken()
    if names == ["subject_details"]:
        about = _OF_A_REVIEW.sub("", pair.answer)
        if not _ABOUT.match(pair.label):
            return _compound(about, names, answers.era)
        if not dates.find(pair.answer, answers.era):
            told = is_pseudonym(about) or _TITLED.fullmatch(about.strip())  # "Re: SAR referral" names nobody
            return named_subject(about, answers.era) if told else Taken({}, "it may be what this is about")
        return _compound(_AND_MORE.sub("", about), names, answers.era)
    names = _of_one_answer(names, answers.asked)
    if len(names) > 1 and names[0] in _KIN and (kin := families.relative_named(pair.answer)):
        return Taken(kin, "one answer to several questions")
    if len(names) > 1 and state_of(pair.answer) == "answer":
        return _with_agency(_compound(pair.answer, names, answers.era), answers.asked)
    return (
        ticked_as_reason(answers, pair, names[0])
        or _known_from(answers, pair)
        or _looked_after(names[0], pair)
        or _of_one_name(names[0], pair, answers.era)
    )


def _looked_after(name: str, pair: Pair) -> Taken | None:
    """Return what a bare yes to "Looked after?" says of the legal status; None of other answers."""
    if name != "subject_legal_status" or not is_bare(pair):
        return None
    so = "looked" in plain(pair.label) and options.yes_no(pair.answer, pair.marked) == "yes"
    return Taken({name: "Looked after"} if so else {}, "a yes or no")


def _until(text: str, era: Era) -> str:
    """Return the second day of "First referred 2 May 2023. Discharged 4 June 2024", or nothing."""
    found = list(dates.every(text, era))
    ended = len(found) == 2 and _ENDED.search(text[text.find(found[0].text) : text.rfind(found[1].text)])
    return found[1].iso if ended else ""


def _of_one_name(name: str, pair: Pair, era: Era) -> Taken:
    answer = _PHONE_BELOW.sub("", pair.answer) if name.endswith("_address") else pair.answer
    if not _fits(name, answer.strip()):
        return Taken({}, "it does not look like an answer to that")
    taken = without_learning(value_of(name, answer, era, pair.marked), pair)
    if name == "involvement_from" and (both := _until(answer, era)):
        taken.values["involvement_to"] = both
    if name == "subject_died":
        return _died(taken, pair, era)
    if name in GROUNDS and (grounds := grounds_told(name, pair)):
        return grounds
    if name not in taken.values:
        return taken
    if name in _WRITERS:
        return _writer_said(name, str(taken.values[name]), pair)
    if name in _KIN:
        return _kin(name, str(taken.values[name]), pair.label)
    if name == "incident_summary" and _WITH_DATE.search(pair.label) and (when := dates.find(answer, era)):
        return Taken({**taken.values, "incident_date": when.iso}, taken.doubt)
    if name == "subject_name":
        told = in_order(str(taken.values[name]), pair.label)
        return _named(told, _ASKS_ALIASES.search(pair.label), era)
    return taken


def _fits(name: str, answer: str) -> bool:
    """Say whether an answer may be one to that question: no name begins with a yes, no story is an e-mail address."""
    if name.endswith("_name") and plain(answer) in ATTRIBUTE_OF:
        return False  # another label, "Relationship", and nobody
    if name == "subject_name":
        return not _YES_FIRST.match(answer)
    if name.endswith(_NAMES) and answer.endswith("?") and len(answer.split()) > 2:
        return False  # "GP: were letters received?"
    if name.endswith("_address") and not _LETTER.search(answer):
        return False
    return name.endswith(_REACHED) or not split.EMAIL.fullmatch(answer)


def _of_one_answer(names: list[str], asked: Collection[str]) -> list[str]:
    """Return what "Rank and department" asks: only the role, department and all, where the agency is asked for too."""
    job = len(names) == 2 and names[0].endswith("_role") and names[1].endswith(("_agency", "agency_name"))
    return names[:1] if job and names[1] in asked else names


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
    told = {} if "address" in label.casefold() else families.relative_named(text)
    if told or name == "next_of_kin_name":
        return Taken(told or {name: text})
    named = "address" not in label.casefold() and _NAMED.fullmatch(text)
    return Taken({"next_of_kin_name" if named else name: text})


def _named(text: str, also_asked: object, era: Era) -> Taken:
    """Return the subject's name; one in brackets behind it is another, where other names are asked for too."""
    died = _DIED_ON.search(text)
    if died and (when := dates.find(died["when"], era)):
        taken = _named(text.replace(died[0], ""), also_asked, era)
        return replace(taken, values={**taken.values, "subject_date_of_death": when.iso})
    also = _BRACKETED_END.fullmatch(text.strip()) if also_asked else None
    return named_subject(f"{also[1]} aka {_KNOWN_AS.sub('', also[2])}" if also else text, era)


def _died(taken: Taken, pair: Pair, era: Era) -> Taken:
    """Return whether the subject died, and when if that is said with it: "Is she alive?" - "No, died 6 May 2024"."""
    ticks = options.chosen(pair.answer)
    said = pair.answer if ticks is None else "".join(ticks)
    if _SAID_DIED.match(said) and _OR_HARMED.search(pair.label):
        taken = Taken({"subject_died": "yes"})
    elif _OR_HARMED.search(pair.label):
        prose = ticks is None and len(pair.answer.split()) > OPTION_WORDS
        return Taken({"incident_summary": pair.answer.strip()} if prose else {}, "of which it does not say")
    if told := _SAID_WHICH.match(said):
        taken = Taken({"subject_died": "no" if told["alive"] else "yes"})
        pair = replace(pair, label="")
    turned = _OTHERWISE if _ALIVE.search(pair.label) else {}
    values = {name: turned.get(str(value), value) for name, value in taken.values.items()}
    asked = re.search(r"\b(?:when|date)\b", pair.label, re.I)
    told = _DIED.search(pair.answer) or asked or _YES_ON.match(pair.answer)
    when = dates.find(_DIED.split(pair.answer, 1)[-1], era) if told else None
    if asked and when and when.text.strip() == pair.answer.strip():
        values["subject_died"] = "yes"
    if values.get("subject_died") == "yes" and when and when.precision == "day":
        values["subject_date_of_death"] = when.iso
    return Taken(values)


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
    wanted = _wanted(names)
    parts = split.particulars(without_leaders(text) if "\n" not in text else text, list(wanted.values()), era)
    values: dict[str, Value] = {}
    for name, attribute in wanted.items():
        part = parts.get(attribute)
        if name == "subject_name" and part:
            values |= _named(part, "subject_other_names" in names, era).values
        elif part and (attribute != "address" or _LETTER.search(part)):
            values[name] = _BEFORE_PLACE.sub("", part) if attribute in _PLACES else part
    if not values or "safeguarding_lead_contact" in names:
        values[names[0]] = text.strip()
    return Taken(values, "one answer to several questions")


def _wanted(names: Sequence[str]) -> dict[str, str]:
    """Return which attribute answers each name, with what may be told beside: the time, the agency behind the job."""
    more = ["incident_time"] if "incident_date" in names else []
    stems = [name.removesuffix("contact") for name in names if name.endswith("_contact")]
    stems += [name.removesuffix("name") for name in names[:1] if name in _WRITERS[:2]]
    for stem in stems:
        more += [f"{stem}telephone", f"{stem}email"]
    wanted = {name: _attribute(name) for name in (*names, *more)}
    if "agency" in wanted.values():
        return wanted if "role" in wanted.values() else {**wanted, _ROLE_UNASKED: "role told"}
    return {**wanted, _UNASKED: "agency told"}


def _with_agency(taken: Taken, asked: Collection[str]) -> Taken:
    """Return a writer's particulars with the agency told behind the job as theirs, unless a label asks for it."""
    told = taken.values.pop(_ROLE_UNASKED, None)
    named = next((name for name in taken.values if name.endswith("_name")), "")
    if told and named and f"{named.removesuffix('_name')}_role" not in asked:
        taken.values[f"{named.removesuffix('_name')}_role"] = told
    agency = taken.values.pop(_UNASKED, None)
    role = next((name for name in taken.values if name.endswith("_role")), "")
    stem = role.removesuffix("_role")
    name = "agency_name" if stem == "author" else f"{stem}_agency"
    if agency and name in asked:
        taken.values[role] = f"{taken.values[role]}, {agency}"
    elif agency and role:
        taken.values[name] = agency
    return taken


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
    rest = text[said.end() :] if said else ""
    if _NAMED.match(rest) or split.looks_like_role(rest.split(",")[0]):
        text = rest
    if name == "safeguarding_lead_name":
        text = _ALSO_YES.sub("", _WHEN_ASKED.sub("", text))
    if _ON_A_DAY.search(text) and (told := _told_on(name, text, pair)):
        return told
    if name in _AGENCY_OF and _SENDER.search(pair.label) and _is_agency_alone(text):
        return Taken({_AGENCY_OF[name]: text.strip()})
    text = _COLLAR_NUMBER.sub("", in_order(text, pair.label))
    return _writer(name, text, "name" in pair.label.casefold())


def _told_on(name: str, text: str, pair: Pair) -> Taken | None:
    """Take "Petra Osgood (DSL) on 09/12/2025" for who wrote and when; None of another writer's words."""
    dated = _DATED_AS.get(name)
    on = _ON_A_DAY.search(text)
    if dated is None or on is None:
        return None
    taken = _writer(name, text[: on.start()], "name" in pair.label.casefold())
    when = dates.find(on["day"], Era(0))
    if when and when.precision == "day":
        taken.values[dated] = when.iso
    return taken


def _is_agency_alone(text: str) -> bool:
    """Say whether a text is the name of an agency, and of nobody in it."""
    return (
        bool(split.AGENCY.search(text))
        and not split.ROLE.search(text)
        and not re.search(r"[,;()\n–—]", text.strip())
    )


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

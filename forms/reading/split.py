"""One answer that holds several facts, taken apart: name, date of birth and gender; address, telephone and e-mail."""

import re
from collections.abc import Sequence

from . import dates
from .dates import Era
from .parting import parted

_AT_A_HOST = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
EMAIL = re.compile(rf"(?<![\w.+'-]){_AT_A_HOST}")
TELEPHONE = re.compile(
    r"(?<![\w/.-])(?:\+44\s?\(?0?\)?|\(0(?=[\d ]{1,7}\))|0)\d[\d\s()-]{7,12}\d(?:\s?(?:ext\.?"
    r"|x)\s?\d+)?(?!\d)|\b101 ext\.? \d+",
    re.I,
)
_EMAIL_TOLD = re.compile(rf"\be-?mail(?: address)?\s*[:–—-]\s*{_AT_A_HOST}|{EMAIL.pattern}", re.I)
_TELEPHONE_TOLD = re.compile(
    rf"(?:\b(?:tel(?:ephone)?|phone|mob(?:ile)?)\b\.?(?: (?:no|number)\b\.?)?\s*[:–—-]?\s*)?(?:{TELEPHONE.pattern})",
    re.I,
)
_EMPTIED = re.compile(r"\([\s,;:/–—-]*\)")  # a bracket that held nothing else
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b")
NHS = re.compile(
    r"(?:\b(?:nhs|chi)(?:\s*(?:no|number|num))?\.?\s*[:#]?\s*)?(?<!\d)(\d{3}[ -]?\d{3}[ -]?\d{4})(?!\d)", re.I
)
GENDER = re.compile(r"\b(female|male|woman|man|girl|boy|f|m|non-binary|trans\w*)\b", re.I)
_GENDERS = {"female": "female", "f": "female", "woman": "female", "girl": "female", "male": "male", "m": "male",
            "man": "male", "boy": "male"}  # fmt: skip
ROLE = re.compile(
    r"\b(nurse|manager|officer|worker|lead|doctor|consultant|head|director|inspector|sergeant|constable"
    r"|social work|"
    r"practitioner|headteacher|principal"
    r"|designated|named|coordinator|advisor|adviser|commissioner|midwife|health visitor|teacher"
    r"|advocate|"
    r"safeguarding lead|superintendent|team leader|supervisor|senior|deputy|chief|partner|matron|therapist"
    r"|paramedic|gp|"
    r"nominated individual|proprietor|registered provider|owner|"
    r"professional|specialist|assistant|administrator|solicitor|chair|reviewer|author|detective|psychiatrist"
    r"|chaplain|pharmacist|dentist|counsell?or|psychologist|dsl|senco|iro|pcso|amhp|idva)\b",
    re.I,
)
AGENCY = re.compile(
    r"\b(nhs|trust|council|police|hospital|service|services|homes?|icb|ccg|ft|foundation|probation|fire|rescue"
    r"|surgery|"
    r"practice|medical centre|health|care ltd|ltd|charity|school|college|academy|housing|association|project"
    r"|society|"
    r"trading standards|constabulary|ambulance|county|borough|city|agency|team|department|office|hospice|centre|board"
    r"|partnership|csc|women['’]s aid|refuge|"
    r"children'?s|education|welfare|adult social care|social care|university|group|limited|plc|cic|hscp|community)\b",
    re.I,
)
_JOB = re.compile(r"(?:\w+ )?(?:leader|manager|lead|officer|worker|nurse)$", re.I)  # "Scams Team Leader"
_LABELLED = re.compile(
    r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|e-?mail|address|d\.?o\.?b\.?|nhs(?: no| number)?|home"
    r"|born)\.?\s*[:\-]\s*",
    re.I,
)
_CURRENTLY = re.compile(
    r"\b(?:currently|current|now(?: at)?|presently|present|temporary)\b\s*(?:residence|residing at|at"
    r"|living at|in)?\s*[:\-]?\s*",
    re.I,
)
_DANGLING = re.compile(
    r"(?:^|(?<=\s))(?:tel(?:ephone)?|phone|mob(?:ile)?|e-?mail|and|or|on|no)[\s.:]*$|^(?:tel|email|and|or)[\s.:]+",
    re.I,
)
_TWO = 2  # attributes, the other of which stands in brackets behind the name
_AS_WRITTEN = ("disability", "ethnicity", "religion", "first_language")
_NAME_AND = re.compile(r"\s*(?P<name>[^()\n,;]+?)\s*\((?P<other>[^()]+)\)\s*")
_PARTING = re.compile(r",\s|;\s|\n|\s[–—-]\s")
_ASIDE = re.compile(
    r"(?<=[a-z]{3})(?<!\bInsp)(?<!\bSupt)(?<!\bProf)(?<!\bCllr)\.\s+(?=[A-Z]).*", re.S
)  # a sentence behind who somebody is
_EDGE = " \t\n,;:/|–—-"


def contacts(text: str) -> dict[str, str]:
    """Return the e-mail address, telephone number and what is left (an address) of one answer."""
    parts: dict[str, str] = {}
    if mail := EMAIL.search(text):
        parts["email"] = mail[0].rstrip(".")
    rest = EMAIL.sub(" ", text)
    numbers = [number[0].strip() for number in TELEPHONE.finditer(rest)]
    if numbers:
        parts["telephone"] = " / ".join(numbers)
    left = _LABELLED.sub(" ", TELEPHONE.sub(" ", rest))
    left = re.sub(r"\s*\n\s*", "\n", re.sub(r"[ \t]+", " ", left)).strip(_EDGE + ".")
    left = _DANGLING.sub("", left).strip(_EDGE + ".")
    if re.search(r"\w{2}", left):
        parts["address"] = left
    return parts


def without_contacts(text: str) -> str:
    """Return `text` without telephone numbers and e-mail addresses, and without the commas they leave at its end."""
    return _EMPTIED.sub(" ", _TELEPHONE_TOLD.sub(" ", _EMAIL_TOLD.sub(" ", text))).strip(_EDGE + " ")


def nhs_number(text: str) -> str:
    """Return the ten digits of the first number in `text` that passes the NHS check, or nothing."""
    for match in NHS.finditer(text):
        digits = re.sub(r"\D", "", match[1])
        if _passes(digits):
            return digits
    return ""


def _passes(digits: str) -> bool:
    total = sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def gender(text: str) -> str:
    """Return the gender word in a short answer as its code, or the answer as it is when there is none."""
    match = GENDER.search(text)
    return (
        _GENDERS.get(match[1].casefold(), text.strip()) if match else text.strip()
    )  # "Trans male" as written


_BETWEEN = re.compile(r"(?P<anyway>\s[–—-]\s)|[,;\n|]|(?<!\b[TA])/")  # "T/A" and "A/N" are no two things


def particulars(text: str, wanted: Sequence[str], era: Era) -> dict[str, str]:
    """Take a person's particulars apart; `wanted` are attributes such as name, dob, gender, address, in order."""
    parts: dict[str, str] = {}
    left = text
    left = _take_nhs(left, parts, wanted)
    left = _take_dates(left, parts, wanted, era)
    left = _take_time(left, parts, wanted)
    left = _take_contacts(left, parts, wanted)
    pieces = [piece.strip(_EDGE) for piece in parted(_BETWEEN, left) if piece.strip(_EDGE + ".")]
    if "gender" in wanted:
        pieces = _take_gender(pieces, parts)
    if "age" in wanted:
        pieces = _take_age(pieces, parts)
    _take_words(pieces, left, parts, wanted)
    return parts


def _take_nhs(text: str, parts: dict[str, str], wanted: Sequence[str]) -> str:
    number = nhs_number(text) if "nhs_number" in wanted else ""
    if not number:
        return text
    parts["nhs_number"] = number
    return NHS.sub(" ", text, count=1)


def _take_dates(text: str, parts: dict[str, str], wanted: Sequence[str], era: Era) -> str:
    for attribute in ("dob", "date_of_death", "date"):
        when = dates.find(text, era, birth=attribute == "dob") if attribute in wanted else None
        if when and when.precision == "day":
            parts[attribute] = when.iso
            text = re.sub(
                r"(?:\b(?:d\.?o\.?[bd]\.?|born|date of birth|died)\s*[:\-]?\s*)?" + re.escape(when.text),
                ", ",
                text,
                count=1,
                flags=re.I,
            )
    return text


def _take_time(text: str, parts: dict[str, str], wanted: Sequence[str]) -> str:
    """Take the time of day of an event out of what is left of an answer, once its date is out."""
    asked = next((name for name in wanted if name in ("time", "time_of_death")), "")
    if not asked:
        return text
    if time := dates.time_in(text):
        parts[asked] = time
    return dates.without_time(text)


def _take_contacts(text: str, parts: dict[str, str], wanted: Sequence[str]) -> str:
    found = contacts(text)
    for attribute in ("email", "telephone"):
        if attribute in wanted and attribute in found:
            parts[attribute] = found[attribute]
    if "email" in wanted:
        text = _EMAIL_TOLD.sub(" ", text)
    return _TELEPHONE_TOLD.sub(" ", text) if "telephone" in wanted else text


def _take_gender(pieces: list[str], parts: dict[str, str]) -> list[str]:
    for at, piece in enumerate(pieces):
        if GENDER.fullmatch(piece.strip("() .")):
            parts["gender"] = gender(piece)
            return pieces[:at] + pieces[at + 1 :]
    return pieces


def _take_age(pieces: list[str], parts: dict[str, str]) -> list[str]:
    for at, piece in enumerate(pieces):
        if re.fullmatch(r"\(?(aged? )?\d{1,3}( ?(years?|yrs?|months?|weeks?|days?)( old)?)?\)?", piece, re.I):
            parts["age"] = re.sub(r"[()]|aged? ", "", piece)
            return pieces[:at] + pieces[at + 1 :]
    return pieces


def _take_words(pieces: list[str], left: str, parts: dict[str, str], wanted: Sequence[str]) -> None:
    words = [
        name
        for name in wanted
        if name
        in (
            "name",
            "role",
            "agency",
            "address",
            "current_location",
            "relationship",
            "ethnicity",
            "religion",
            "first_language",
            "disability",
            "place",
            "cause_of_death",
            "initials",
        )
    ]
    if set(words) == {"address", "current_location"}:
        parts |= two_places(left)
    elif words == ["name"] and len(pieces) > 1 and all(map(looks_like_role, pieces[1:])):
        parts["name"] = pieces[0]  # "Digory Hale, Principal"
    elif len(words) == 1:
        parts[words[0]] = (
            _LABELLED.sub(" ", " ".join(left.split())).strip(_EDGE + ".")
            if words[0] == "address" or (words[0] in _AS_WRITTEN and not parts)
            else ", ".join(pieces)
        )
    elif set(words) == {"role", "agency"} and (shared := _role_and_agency(left)):
        parts |= shared
    elif words and pieces:
        _share(pieces, words, parts)
    if "address" in parts:
        parts["address"] = parts["address"].rstrip(" .")
    for name in list(parts):
        if not parts[name]:
            del parts[name]


def _role_and_agency(text: str) -> dict[str, str]:
    """Return role and agency of an answer that parts them with a dash, stroke or line: there a comma parts nothing."""
    sides = [side.strip(_EDGE) for side in re.split(r"\n|;|\s[–—-]\s|\s/\s", text) if side.strip(_EDGE)]
    roles = [side for side in sides if looks_like_role(side)]
    if len(sides) != 2 or len(roles) != 1:
        return {}
    return {"role": roles[0], "agency": next(side for side in sides if side is not roles[0])}


def two_places(text: str) -> dict[str, str]:
    """Return home address and current whereabouts of an answer that gives both; only the address if it gives one."""
    cut = _CURRENTLY.search(text)
    home = text[: cut.start()] if cut else text
    home = re.sub(r"^\s*(?:home(?: address)?|permanent|usual)\s*[:\-]\s*", "", home, flags=re.I)
    parts = {"address": home.strip(_EDGE + ".")}
    if cut:
        parts["current_location"] = text[cut.end() :].strip(_EDGE + ".")
    return parts


def _share(pieces: list[str], words: Sequence[str], parts: dict[str, str]) -> None:
    """Share pieces of text out among the attributes: by what they look like, else in the order asked."""
    both = (
        _NAME_AND.fullmatch(pieces[0])
        if len(pieces) == 1 and len(words) == _TWO and words[0] == "name"
        else None
    )
    if both:
        parts |= {"name": both["name"], words[1]: both["other"].strip()}
        return
    if "name" in words and pieces:
        parts["name"] = pieces.pop(_whose_name(pieces, words))
        words = [word for word in words if word != "name"]
    if set(words) == {"role", "agency"}:
        roles = [piece for piece in pieces if looks_like_role(piece)]
        if 0 < len(roles) < len(pieces):
            parts["role"] = ", ".join(roles)
            parts["agency"] = ", ".join(piece for piece in pieces if piece not in roles)
            return
    if (
        words == ["role"]
        and len(pieces) > 1
        and AGENCY.search(pieces[-1])
        and not looks_like_role(pieces[-1])
    ):
        parts["agency told"] = pieces.pop()  # though nobody asked for it
    if words == ["agency"]:
        roles = [piece for piece in pieces if looks_like_role(piece)]
        if roles and len(roles) < len(pieces):
            parts["role told"] = ", ".join(roles)  # though nobody asked for it
        pieces = [piece for piece in pieces if not looks_like_role(piece)] or pieces
    for at, word in enumerate(words):
        last = at == len(words) - 1
        parts[word] = ", ".join(pieces[at:]) if last else (pieces[at] if at < len(pieces) else "")


def _whose_name(pieces: Sequence[str], words: Sequence[str]) -> int:
    """Return which piece is the name: not the first where that is the agency or the job asked for as well."""
    persons = [at for at, piece in enumerate(pieces) if not looks_like_work(piece)]
    works = ("agency" in words and AGENCY.search(pieces[0])) or ("role" in words and _ends_as_job(pieces[0]))
    return persons[0] if works and persons else 0


def _ends_as_job(text: str) -> bool:
    """Say whether a few words end with a job, as "Ward 7 manager" does and "Chief Inspector Kay Lund" does not."""
    return any(found.end() == len(text) for found in ROLE.finditer(text))


def looks_like_role(text: str) -> bool:
    """Say whether a few words read as somebody's job rather than an organisation."""
    roles, agencies = len(ROLE.findall(text)), len(AGENCY.findall(text))
    return roles > 0 and roles >= agencies


def looks_like_work(text: str) -> bool:
    """Say whether a few words speak of a job or an organisation."""
    return bool(ROLE.search(text) or AGENCY.search(text))


def author(text: str) -> dict[str, str]:
    """Return name, role and agency of "Jo Fenn, Lead Nurse, Northbank NHS FT" or "Sgt R Lowe (Fire and Rescue)"."""
    bracket = re.fullmatch(r"([^()]+)\(([^()]+)\)\.?", text.strip())
    if bracket:
        inner = bracket[2].strip()
        if (
            ", " in bracket[1]
            and looks_like_role(inner)
            and "role" in (parts := author(bracket[1].strip(_EDGE)))
        ):
            return {
                **parts,
                "role": f"{parts['role']} ({inner})",
            }  # "Dr Mina Sood, Consultant (Named Doctor)"
        if ", " in bracket[1] and "role" in (parts := author(bracket[1].strip(_EDGE))):
            at = f"{parts['agency']} ({inner})" if "agency" in parts else inner
            return {**parts, "agency": at}  # "Bryony Keel, Manager, Oak Lodge (Prime Care Ltd)"
        if "," in inner and looks_like_role(inner.split(",")[0]):
            return author(f"{bracket[1].strip(_EDGE)}, {inner}")  # "Toby Marsh (Manager, Larkrise Hostels)"
        return {
            "name": bracket[1].strip(_EDGE),
            "role" if looks_like_role(inner) and not AGENCY.search(_JOB.sub("", inner)) else "agency": inner,
        }
    pieces = [piece.strip() for piece in _PARTING.split(_ASIDE.sub("", text)) if piece.strip()]
    if len(pieces) == _TWO and looks_like_role(pieces[0]) and not looks_like_work(pieces[1]):
        pieces.reverse()  # "Chief Nurse - Simon Peverell"
    parts = {"name": pieces[0]} if pieces else {}
    for piece in pieces[1:]:
        kind = "role" if looks_like_role(piece) and "role" not in parts else "agency"
        parts[kind] = f"{parts[kind]}, {piece}" if kind in parts else piece
    return parts

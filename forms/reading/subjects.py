"""How the person a form is about may be named: in full, by initials only, as "Child A", or with aliases."""

import re

from . import split
from .children_told import NUMBERED
from .dates import Era, find
from .values import Taken

_INITIALS = re.compile(r"(?:[A-Z]\.?\s?){2,4}")
_IDENTIFIER = re.compile(
    r"(?:(?:the )?(?:child|adult|baby|mr|mrs|ms|miss|person|family|subject|case)\s+[A-Z]{1,3}\d{0,3}|[A-Z]\d{0,3})",
    re.I,
)
_PSEUDONYM = re.compile(r"(?:Child|Adult|Young Person|Family) [A-Z][a-z]+")
_IN_TITLE = re.compile(  # "LCSPR Child T", "Safeguarding Adults Review: Adult Teal"
    r"\b(?i:review|sar|scr|dhr|dardr|l?cspr|lscpr|scoping)\b(?:.*[\s\"“(](?P<letter>(?:Child|Adult|Baby"
    r"|Young Person|Family)"
    r" [A-Z]{1,2}\d?|M(?:r|rs|s|iss) [A-Z])|\s*(?:[:–—-]|concerning|regarding|about"
    r"|into)\s*[\"“]?(?P<word>(?:Child|Adult|Baby) "
    r"(?!(?:Abuse|Care|Death|Exploitation|Neglect|Practice|Protection|Referral|Report|Review|Safeguarding|Services?"
    r"|Sexual|Social|Support)\b)[A-Z][a-z]+))[\"”)]*\s*(?:$|[–—-]\s)"
)
_NHS = re.compile(r"\bnhs\b", re.I)
_UNNAMED = re.compile(
    r"\b(?:name|identity)(?: is)? (?:not (?:yet )?known|unknown|withheld)\b|\b(?:unidentified|unnamed)\b",
    re.I,
)
_SEVERAL = "one answer to several questions"
_LONGEST = 1000  # characters of a name, with the facts that may be told with it
_LIVES = re.compile(
    r",\s*(?:of\s+)?\d+\w?\s+[A-Z]|[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b"
)  # "..., of 2 Mill Fold"
_LIVED = re.compile(  # "(b. 12/12/1938, d. 02/02/2025)"
    r"[(\[]?(?<![^\W\d_])(?:born|b)\b\.?\s*(?P<born>\d[^()\[\],;–—]{3,24})[\s,;–—-]{1,4}(?:and )?"
    r"(?:died|d)\b\.?\s*(?:on )?(?P<died>\d[^()\[\],;–—]{3,24})[)\]]?",
    re.I,
)
_EMPTIED = re.compile(r"\(\W*(?:dob|d\.o\.b\.?|born)?\W*\)|[(\[]\W*$")  # a bracket whose facts were taken out
_ALIAS = re.compile(
    r"^(?P<name>.+?)\s*[,(]?\s*\b(?:a\.?k\.?a\.?|also known as|known as|n[ée]e"
    r"|formerly)\b[:\s]*(?P<other>[^()]+?)\)?\s*$",
    re.I,
)


def named_in_title(text: str) -> str:
    """Return the pseudonym that a title ends with, or that stands before its last dash, or nothing."""
    found = _IN_TITLE.search(text)
    return found["letter"] or found["word"] if found else ""


def is_pseudonym(text: str) -> bool:
    """Say whether a text is a name that a review gives somebody: "Child T", "Adult Teal"."""
    text = text.strip(" .\"“”'")
    return " " in text and bool(_IDENTIFIER.fullmatch(text) or _PSEUDONYM.fullmatch(text))


def named_subject(text: str, era: Era) -> Taken:
    """Return the subject's name under the name it deserves: name, initials, identifier; aliases apart."""
    if len(text) > _LONGEST:
        return Taken({"subject_name": text}, "this is long for a name")
    if lived := _LIVED.search(text):
        born, died = find(lived["born"], era, birth=True), find(lived["died"], era)
        if born and died and not text[lived.end() :].strip(" ,.;"):
            named = named_subject(text[: lived.start()], era).values
            return Taken({**named, "subject_dob": born.iso, "subject_date_of_death": died.iso}, _SEVERAL)
    if _UNNAMED.search(text):
        return Taken({}, "not known")
    text = _EMPTIED.sub("", NUMBERED.sub("", text)).strip(" ,;:–—-\"“”‘’'")
    if _IDENTIFIER.fullmatch(text) or _PSEUDONYM.fullmatch(text):
        return Taken({"subject_identifier": text})
    if (
        _INITIALS.fullmatch(text)
        and len(text.replace(" ", "").replace(".", "")) <= 4
        and text.isupper()
        and len(text) <= 8
    ):
        return Taken({"subject_initials": re.sub(r"[\s.]", "", text)})
    alias = _ALIAS.match(text)
    if alias:
        return Taken(
            {
                "subject_name": alias["name"].strip(" ,"),
                "subject_other_names": alias["other"].strip(" ‘’“”'\""),
            }
        )
    when = find(text, era, birth=True)
    if when and when.precision == "day":
        lives = ["address"] if _LIVES.search(text.replace(when.text, "")) else []
        asked = ("name", "dob", "gender", *(["nhs_number"] if _NHS.search(text) else []), *lives)
        parts = split.particulars(text, asked, era)
        if lives and "address" in parts:
            parts["address"] = parts["address"].removeprefix("of ")
        named = named_subject(parts.pop("name", ""), era).values if "name" in parts else {}
        rest = {f"subject_{part}": value for part, value in parts.items()}
        return Taken({**named, **rest}, _SEVERAL)
    return Taken({"subject_name": text})

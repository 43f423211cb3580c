"""Bare words that ask something only where they stand or how they are put: "Time" under the incident, "Incident:"."""

from .labels import ends_as_label
from .meaning import GOOD, Match, Place
from .whose import writer

WRITE = ("referrer", "author", "lead", "requester")
_OFFICER = frozenset({
    "officer", "officer name", "officers name", "name of officer", "contact officer", "officer in case",
    "officer in the case", "practitioner",
    "practitioner name", "practitioners name", "name of practitioner",
})  # fmt: skip
ABOUT_INCIDENT = {
    "time": "incident_time", "time if known": "incident_time", "location": "incident_location",
    "place": "incident_location", "venue": "incident_location", "where": "incident_location",
    "when": "incident_date", "date and time": "incident_date", "date time": "incident_date",
}  # fmt: skip
_BACKGROUND = frozenset(
    {
        "background",
        "summary",
        "brief background",
        "case background",
        "background summary",
        "background information",
        "incident",
    }
)
_RECEIVED = frozenset({"received", "received on", "date in"})
_NUMBERS = frozenset(
    {"case no", "case number", "case id", "number", "no", "sar no", "sar number", "file no", "id"}
)
TELLS = frozenset({
    "description", "details", "summary", "outline", "brief description", "brief details", "brief summary",
    "brief outline", "what happened", "what", "nature", "circumstances", "narrative", "account",
})  # fmt: skip
PARTS_TOLD = {"incident": "incident_summary", "the incident": "incident_summary", "family": "family_members"}
_PUT_AS_PROMPT = {**PARTS_TOLD, "alive": "subject_died", "still alive": "subject_died"}


def by_heading(kind: str, short: str, place: Place) -> Match | None:
    """Return the match of a bare word that asks something only where it stands: "Time" under the incident."""
    if short in _OFFICER and (place.section or place.person) in ("", *WRITE):
        return Match((f"{writer(kind)}_name",), GOOD, writer(kind), True)
    if short == "from" and place == Place() and kind == "referral":
        return Match(("referrer_name",), GOOD, "referrer", True)  # a letter's head: To, From, Date
    if place.section == "office" and short in _RECEIVED:
        return Match(("office_date_received",), GOOD)
    if place.section in ("office", "prefilled") and short in _NUMBERS:
        return Match(("board_reference",), GOOD)
    if place.section == "prefilled" and short == "by":
        return Match(("return_deadline",), GOOD)  # "Return to | ... | By | 16 June"
    if place.section == "prefilled" and short in _BACKGROUND:
        return Match(("incident_outline",), GOOD)
    if place.section != "incident" or place.person:
        return None
    told = "incident_outline" if kind == "scoping" else "incident_summary"
    name = told if short in TELLS else ABOUT_INCIDENT.get(short)
    return Match((name,), GOOD) if name else None


def part_told(kind: str, short: str, label: str) -> Match | None:
    """Return the match of a part's bare name that is put as a prompt: "Incident:", and what happened behind it."""
    name = _PUT_AS_PROMPT.get(short, "") if ends_as_label(label) else ""
    if kind == "referral" and short in ("when", "where") and ends_as_label(label):
        name = ABOUT_INCIDENT[short]
    name = "incident_outline" if name == "incident_summary" and kind == "scoping" else name
    return Match((name,), GOOD) if name else None

"""A seat at a meeting, and which sector and which agency it stands for when quorum is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

HEALTH = "health"
LOCAL_AUTHORITY = "local_authority"
POLICE = "police"

SECTORS = {
    "nhs": HEALTH,
    "icb": HEALTH,
    "council": LOCAL_AUTHORITY,
    "la": LOCAL_AUTHORITY,
    "local authority": LOCAL_AUTHORITY,
    "public health": LOCAL_AUTHORITY,  # ToR 5 lists Public Health under the local authority
}

# What a sheet from elsewhere may call a seat's columns; an unread conflict would count somebody who must not be.
COLUMNS = {
    "organisation": "agency",
    "group": "quorum_group",
    "attended": "present",
    "officer": "in_attendance",
    "conflict": "conflicted",
    "chair": "is_chair",
}

# Read only where no sector was recorded. Public Health comes first: it is the council's (ToR 5).
SECTOR_IN_NAME = (
    (
        LOCAL_AUTHORITY,
        re.compile(
            r"\b(public health|council|local authority|children and families|adults? and communities)\b", re.I
        ),
    ),
    (POLICE, re.compile(r"\b(police|constabulary)\b", re.I)),
    (HEALTH, re.compile(r"\b(nhs|icb|integrated care board|health|hospital|ambulance|gp|surgery)\b", re.I)),
)
ICB_IN_NAME = re.compile(r"\b(icb|integrated care board)\b", re.I)
TRUE_WORDS = frozenset({"yes", "y", "true", "1", "present", "attended", "deputy"})


@dataclass(frozen=True)
class Seat:
    """One person's place at a meeting.

    `present` says the person named here is in the room; `deputy`, that they sit for the member.
    `quorum_group` is the body they count for; left empty it follows from the sector and the agency.
    `in_attendance` is an officer of the team, who never counts, and neither does anyone `conflicted`.
    """

    agency: str
    quorum_group: str = ""
    present: bool = False
    deputy: bool = False
    in_attendance: bool = False
    conflicted: bool = False
    is_chair: bool = False
    sector: str = ""
    directorate: str = ""

    @property
    def counts(self) -> bool:
        """Whether this person is one of those quorum is made of."""
        return self.present and not self.in_attendance and not self.conflicted


def seats_from(seats: Iterable[Seat | Mapping[str, object]]) -> tuple[Seat, ...]:
    """Seats as they are, or read from mappings with the same names; missing names take their defaults."""
    return tuple(seat if isinstance(seat, Seat) else _from_mapping(seat) for seat in seats)


def sector_of(seat: Seat) -> str:
    """The sector recorded, in its usual spelling; else the one the group or the agency's name tells."""
    recorded = _plain(seat.sector)
    if recorded:
        return SECTORS.get(recorded, recorded.replace(" ", "_"))
    group = _plain(seat.quorum_group)
    if SECTORS.get(group, group) in (HEALTH, POLICE, LOCAL_AUTHORITY):
        return SECTORS.get(group, group)
    return next((sector for sector, named in SECTOR_IN_NAME if named.search(seat.agency)), "")


def body_of(seat: Seat, council_directorates_apart: bool = False) -> str:
    """The body a seat counts for: all health one, a council one unless its directorates count apart.

    Empty when the seat names neither an agency nor a group, so that it cannot be counted.
    """
    sector = sector_of(seat)
    if sector == HEALTH:
        return HEALTH
    if sector == LOCAL_AUTHORITY and council_directorates_apart:
        return _plain(seat.directorate) or _plain(f"{seat.agency} {seat.quorum_group}")
    group = _plain(seat.quorum_group)
    if group:
        return SECTORS.get(group, group)
    return sector if sector == LOCAL_AUTHORITY else _plain(seat.agency) or sector


def is_icb(seat: Seat) -> bool:
    """Whether a seat is the integrated care board's: the health partner for children, not just any trust."""
    return _plain(seat.sector) == "icb" or bool(ICB_IN_NAME.search(f"{seat.agency} {seat.quorum_group}"))


def _plain(text: str | None) -> str:
    return " ".join((text or "").replace("_", " ").split()).casefold()


def _from_mapping(given: Mapping[str, object]) -> Seat:
    texts = {"agency", "quorum_group", "sector", "directorate"}
    known = {COLUMNS[name]: value for name, value in given.items() if name in COLUMNS} | dict(given)
    values: dict[str, Any] = {"agency": ""}
    for name in (one.name for one in fields(Seat)):
        if name in known:
            values[name] = str(known[name] or "") if name in texts else _is_true(known[name])
    return Seat(**values)


def _is_true(value: object) -> bool:
    return str(value).strip().casefold() in TRUE_WORDS

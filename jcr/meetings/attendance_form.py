"""The attendance sheet as the officer fills it in: one line a person, kept as typed until it is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jcr.meetings.model import Attendance, Meeting, Presence
from jcr.meetings.room import declaration_of
from jcr.meetings.sight import Sight


@dataclass(frozen=True)
class Declared:
    """A declaration on the sheet, of the member or of the deputy; left out where it names a case that the reader may
    not see, and then as it is recorded."""

    of_deputy: bool
    conflicted: bool
    what: str
    handled: str
    changed: bool = False
    left_out: bool = False


@dataclass(frozen=True)
class Marked:
    """One person's line. `key` goes into the names of its boxes."""

    place: Attendance
    state: Presence
    deputy_name: str
    chairing: bool
    declared: tuple[Declared, ...]
    deputy_why: str = ""

    @property
    def key(self) -> int:
        return self.place.person_id

    @property
    def own(self) -> Declared:
        return self.declared[0]

    @property
    def deputy(self) -> Declared:
        return self.declared[1]

    def faults(self) -> Iterator[dict[str, str]]:
        """What is missing on the line, for the error summary."""
        name = self.place.person.name
        if self.state is Presence.DEPUTY and not self.deputy_name:
            yield {"text": f"Enter the name of the deputy who came for {name}", "href": f"#deputy-{self.key}"}
        if self.state is Presence.DEPUTY and self.place.needs_reason_for_deputy and not self.deputy_why:
            text = f"Say in which exceptional circumstances a deputy came for {name}"
            yield {"text": text, "href": f"#deputy_why-{self.key}"}
        if self.own.conflicted and not self.own.what:
            yield {"text": f"Say what the conflict of {name} is", "href": f"#what-{self.key}"}
        if self.deputy.conflicted and not self.deputy.what:
            yield {
                "text": f"Say what the conflict of the deputy for {name} is",
                "href": f"#deputy_what-{self.key}",
            }


def as_recorded(meeting: Meeting, sight: Sight) -> list[Marked]:
    """The sheet as it stands in the record, for a reader of this sight."""
    return [
        Marked(
            place,
            place.state,
            place.deputy_name,
            place.chairing,
            (_recorded(meeting, place, False, sight), _recorded(meeting, place, True, sight)),
            place.deputy_why,
        )
        for place in meeting.attendances
    ]


def _recorded(meeting: Meeting, place: Attendance, of_deputy: bool, sight: Sight) -> Declared:
    found = declaration_of(meeting, place.person, of_deputy)
    if found is None:
        return Declared(of_deputy, False, "", "")
    left_out = sight.hides([found.what, found.handled])
    return Declared(of_deputy, found.conflicted, found.what, found.handled, left_out=left_out)


def as_typed(meeting: Meeting, posted: Mapping[str, str], sight: Sight) -> list[Marked]:
    """The sheet as it was sent."""
    chair = posted.get("chairing", "")
    return [_typed(line, posted, chair == str(line.key)) for line in as_recorded(meeting, sight)]


def _typed(line: Marked, posted: Mapping[str, str], chairing: bool) -> Marked:
    said = posted.get(f"state-{line.key}", "")
    state = Presence(said) if said in set(Presence) else line.state
    deputy_name = posted.get(f"deputy-{line.key}", "").strip()
    declared = (
        _declared(line.own, posted, "", line.key),
        _declared(line.deputy, posted, "deputy_", line.key),
    )
    deputy_why = posted.get(f"deputy_why-{line.key}", line.deputy_why).strip()
    return Marked(line.place, state, deputy_name, chairing, declared, deputy_why)


def _declared(before: Declared, posted: Mapping[str, str], prefix: str, key: int) -> Declared:
    if before.left_out:
        return before
    conflicted = f"{prefix}conflict-{key}" in posted
    what = posted.get(f"{prefix}what-{key}", "").strip()
    handled = posted.get(f"{prefix}handled-{key}", "").strip()
    same = (before.conflicted, before.what, before.handled) == (conflicted, what, handled)
    return Declared(before.of_deputy, conflicted, what, handled, changed=not same)

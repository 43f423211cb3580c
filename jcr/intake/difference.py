"""What a message read again gives that it did not give before, answer by answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from forms import FORMS
from forms.shown import sections


def differences(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[dict[str, str]]:
    """Each answer that changed, with `where` (the document), `what`, `was` and `now`; empty texts for none."""
    old, new = _answers(before), _answers(after)
    return [
        {"where": where, "what": what, "was": old.get((where, what), ""), "now": new.get((where, what), "")}
        for where, what in dict.fromkeys([*old, *new])
        if old.get((where, what), "") != new.get((where, what), "")
    ]


def _answers(readings: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    return {(one["path"], what): text for one in readings for what, text in _told(one)}


def _told(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    reading = one["reading"]
    yield "What it is", str(reading.get("form") or reading.get("kind") or "")
    form = FORMS.get(str(reading.get("kind")))
    for section in sections(form, one["answers"]) if form and one["answers"] else ():
        for line in section.lines:
            yield line.label, line.text if line.answered else ""
        for _, heading, lines in section.blocks:
            yield from ((f"{heading}: {line.label}", line.text) for line in lines if line.answered)
        for table in section.tables:
            yield table.label, "\n".join("; ".join(filter(None, map(str, row))) for row in table.rows)
    yield "Text that found no field", "\n".join(reading.get("unplaced") or [])

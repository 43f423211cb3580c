"""What the reader hands over: the answers, where each came from, and everything that found no field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from forms.form import Stamp
from forms.reading.formats import ASK
from forms.reading.shapes import as_form_answers

Value = str | list[str]
RowValues = dict[str, str]


class Document(NamedTuple):
    """What is to be read. Of a `letter`, words that somebody wrote, nothing is wanted but a form of ours."""

    name: str
    content: bytes
    letter: bool = False


@dataclass(frozen=True)
class Found:
    """Where an answer came from: its text as it stood, the place, the way it was found, and how sure (0 to 1)."""

    text: str
    where: str
    how: str
    score: float
    doubt: str = ""
    label: str = ""


@dataclass(frozen=True)
class Reading:
    """A document read: canonical answers, and every piece of text that is not one.

    `kind` is "referral", "scoping" or "other". `labels` are the printed words the reader recognised; together
    with the texts in `found`, and `unplaced`, they hold all the visible text of the document.
    """

    kind: str
    form: str | None = None
    edition: int | None = None
    stamp: Stamp | None = None
    fields: Mapping[str, Value] = field(default_factory=dict)
    rows: Mapping[str, list[RowValues]] = field(default_factory=dict)
    found: Mapping[str, Found] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the reading as plain values, in the shape `jcr read` prints."""
        found = {
            name: {"text": one.text, "where": one.where, "how": one.how, "score": one.score, "doubt": one.doubt,
                   "label": one.label}
            for name, one in self.found.items()
        }  # fmt: skip
        return {
            "kind": self.kind,
            "form": self.form,
            "edition": self.edition,
            "stamp": vars(self.stamp) if self.stamp else None,
            "fields": dict(self.fields),
            "rows": {name: [dict(row) for row in rows] for name, rows in self.rows.items()},
            "found": found,
            "unplaced": list(self.unplaced),
            "problems": list(self.problems),
            "notes": list(self.notes),
            "labels": list(self.labels),
        }

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> "Reading":
        """Return the reading that `as_json` was made of."""
        stamp = Stamp(**read["stamp"]) if read.get("stamp") else None
        found = {name: Found(**one) for name, one in read["found"].items()}
        return cls(**{**read, "stamp": stamp, "found": found})

    def answers(self) -> dict[str, Any]:
        """Return one mapping in the shape the web form keeps: rows merged in, one subject put in a row."""
        return as_form_answers(self)


def could_not_be_read(why: str) -> Reading:
    """Return the reading of a document that was refused, with the reason for the officer."""
    return Reading(kind="other", problems=[f"could not be read safely: {why}", ASK])

"""A reading beside its original: what the page of a referral and the page of a scoping return have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms import Form
from forms.conditions import Standing
from jcr.errors import Incomplete
from jcr.intake import placing, shown
from jcr.intake.lit import Lighting
from jcr.intake.model import Message
from jcr.intake.originals import BODY, Original, original
from jcr.referrals.shown import LABELS
from mail_intake.message import Message as Mail

PLACE, UNDO = "place", "undo"  # the buttons beside a piece of text, each with the piece's number


@dataclass
class Beside:
    """A document's reading, `before` the officer touched it and `now`, in the form that takes its answers."""

    form: type[Form]
    reading: Mapping[str, Any]
    before: Mapping[str, Any]
    now: Mapping[str, Any]
    offer: placing.Offer = field(init=False)

    def __post_init__(self) -> None:
        self.offer = placing.offered(self.form, self.now, LABELS)

    @property
    def unplaced(self) -> list[str]:
        return list(self.reading.get("unplaced") or [])

    @property
    def pieces(self) -> list[placing.Piece]:
        return placing.pieces(self.offer, self.unplaced, self.before, self.now)

    @property
    def notes(self) -> list[str]:
        return [*(self.reading.get("problems") or []), *(self.reading.get("notes") or [])]

    def moved(self, pressed: Mapping[str, str]) -> tuple[dict[str, Any], str]:
        """The answers after a piece was put in or taken out, and the act in words for the history."""
        undo = UNDO in pressed
        piece = self._piece(pressed[UNDO] if undo else pressed[PLACE])
        path = (piece.into.path if piece.into else "") if undo else pressed.get(f"into-{piece.number}", "")
        move = placing.take_out if undo else placing.put
        answers = move(self.offer, self.now, path, piece.text)
        label = next(place.label for _, places in self.offer for place in places if place.path == path)
        done = f"took text out of “{label}” again" if undo else f"put text that found no field into “{label}”"
        return answers, done

    def _piece(self, number: str) -> placing.Piece:
        found = next((piece for piece in self.pieces if str(piece.number) == number), None)
        if found is None:
            raise Incomplete("That piece of text is no longer there. Look at the page again.")
        return found


def all_typed(form: Form, before: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, with what was read for questions the page did not show."""
    stored = type(form)(data=before)
    unseen = {
        name: value
        for name, value in before.items()
        if name in stored and stored.standing(name) is Standing.HIDDEN
    }
    return {**unseen, **form.merged()}


def originals(message: Message, mail: Mail, lighting: Lighting, first: str) -> list[Original]:
    """The documents of a message as shown, the one that was read first; only that one is lit."""
    numbered = sorted(enumerate(message.readings), key=lambda one: one[1]["path"] != first)
    dark = Lighting()
    return [
        original(mail, one["path"], number, lighting if one["path"] == first else dark)
        for number, one in numbered
    ]


def read_from(message: Message, reading: Mapping[str, Any]) -> str:
    """The path of the document a reading was made from."""
    same = (one["path"] for one in message.readings if one["reading"] == reading)
    kind = (one["path"] for one in message.readings if one["reading"].get("kind") == reading.get("kind"))
    return next(same, next(kind, BODY))


def lit_by(form: Form, found: Sequence[shown.Source], unplaced: Sequence[str]) -> Lighting:
    """The light that a reading throws on its document."""
    return Lighting(shown.lamps(form, list(found)), unplaced)

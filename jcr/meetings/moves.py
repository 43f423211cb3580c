"""Who was in the room for which item, from arrivals, departures and withdrawals noted against items (ToR, header)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    CAME = "came"
    LEFT = "left"
    WITHDREW = "withdrew"

    @property
    def shown(self) -> str:
        return {
            "came": "Came in before this item",
            "left": "Left before or during this item",
            "withdrew": "Withdrew for this item",
        }[self]


@dataclass(frozen=True)
class Move:
    """Somebody's step, noted at the item with this position on the agenda."""

    item: int
    who: Hashable
    step: Step


def out_of_the_room(moves: Iterable[Move], item: int) -> set[Hashable]:
    """Who was not there for the item: left before and not back, or yet to come.

    Whoever comes in at some item without having left was not there from the beginning.
    """
    out: set[Hashable] = set()
    known: set[Hashable] = set()
    for move in sorted(moves, key=lambda one: one.item):
        if move.step is Step.WITHDREW:
            continue
        if move.item <= item:
            (out.discard if move.step is Step.CAME else out.add)(move.who)
        elif move.who not in known and move.step is Step.CAME:
            out.add(move.who)
        known.add(move.who)
    return out


def withdrawn(moves: Iterable[Move], item: int) -> set[Hashable]:
    """Who withdrew for this one item."""
    return {move.who for move in moves if move.item == item and move.step is Step.WITHDREW}

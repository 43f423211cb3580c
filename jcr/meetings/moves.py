"""Who was in the room for which item, from arrivals, departures and withdrawals noted against items (ToR, header)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    CAME = "came"
    LEFT = "left"
    WITHDREW = "withdrew"
    CHAIRED = "chaired"

    @property
    def shown(self) -> str:
        return {
            "came": "Came in before this item",
            "left": "Left before or during this item",
            "withdrew": "Withdrew for this item",
            "chaired": "Took the chair from this item on",
        }[self]


@dataclass(frozen=True)
class Move:
    """Somebody's step, noted at the item with this position on the agenda."""

    item: int
    who: Hashable
    step: Step


def out_of_the_room(moves: Iterable[Move], item: int) -> set[Hashable]:
    """Who was not there for the item: left before and not back, or yet to come.

    Whoever comes in at some item without having left was not there from the beginning. To take the chair or to
    withdraw for an item says neither that somebody came nor that they left.
    """
    out: set[Hashable] = set()
    known: set[Hashable] = set()
    for move in sorted(moves, key=lambda one: one.item):
        if move.step not in (Step.CAME, Step.LEFT):
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


def took_the_chair(moves: Iterable[Move], item: int) -> list[Hashable]:
    """Who took the chair at the item or before it, the last first."""
    chaired = [move for move in moves if move.step is Step.CHAIRED and move.item <= item]
    return [move.who for move in sorted(chaired, key=lambda one: one.item, reverse=True)]

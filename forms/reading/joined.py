"""A writer's first and last name, asked for by themselves, as the one name our forms ask for."""

from collections.abc import Sequence
from dataclasses import replace

from .pairs import Pair

_WRITERS = ("referrer", "author")


def names_joined(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs with "First name | Jo" and "Last name | Fenn" of a writer as one pair: "Jo Fenn"."""
    joined = list(pairs)
    for writer in _WRITERS:
        parts = [_asking(joined, f"{writer}_{part}") for part in ("forename", "surname")]
        told = [pair for pair in parts if pair]
        if not told or told[0].match is None:
            continue
        whole = replace(
            told[0],
            label="\n".join(pair.label for pair in told),
            answer=" ".join(pair.answer.strip() for pair in told if pair.answer.strip()),
            lines=tuple(number for pair in told for number in pair.lines),
            match=replace(told[0].match, names=(f"{writer}_name",)),
        )
        joined = [whole if pair is told[0] else pair for pair in joined if pair not in told[1:]]
    return joined


def _asking(pairs: Sequence[Pair], name: str) -> Pair | None:
    return next((pair for pair in pairs if pair.match and pair.match.names == (name,)), None)

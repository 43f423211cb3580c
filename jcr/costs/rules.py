"""Who pays what of a cost that the unit's budget does not cover (ToR 1), to the penny."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal


def shares(shortfall: int, percentages: Mapping[str, Decimal]) -> dict[str, int]:
    """The shortfall in pence split by percentages that make 100; pence left over go to the largest remainders."""
    exact = {who: shortfall * percent / 100 for who, percent in percentages.items()}
    found = {who: int(part.to_integral_value(ROUND_FLOOR)) for who, part in exact.items()}
    left = shortfall - sum(found.values())
    for who in sorted(exact, key=lambda one: found[one] - exact[one])[:left]:
        found[who] += 1
    return found


def pence(written: str) -> int | None:
    """`1,250.50` or `£1250.5` as pence; None for what is no amount of money above nothing, or not to the penny."""
    text = written.strip().removeprefix("£").replace(",", "").strip()
    whole, _, parts = text.partition(".")
    if not whole.isdecimal() or not whole.isascii() or len(whole) > 8 or len(parts) > 2:
        return None
    if parts and not (parts.isdecimal() and parts.isascii()):
        return None
    return int(whole) * 100 + int(parts.ljust(2, "0"))

"""Merges what agencies recorded: same events paired, disagreements side by side, gaps in contact found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rapidfuzz import fuzz

from jcr.cases.rules import age_on
from jcr.chronology.dating import When

ALIKE = 62  # of 100: two accounts of one day are of one event when their words are this alike
ALIKE_A_DAY_APART = 82  # more is asked where the days differ: one of them is mistaken
GAP_DAYS = 90  # a quarter without contact is shown; nobody prescribes a figure


@dataclass(frozen=True)
class Account:
    """What one agency recorded of one event. `texts` are the parts of its row in words, the event first."""

    agency: str
    when: When
    event: str
    action: str = ""
    impact: str = ""
    source: str = ""


@dataclass(frozen=True)
class Occasion:
    """One event, as one or several agencies recorded it, the most exact account first."""

    accounts: tuple[Account, ...]

    @property
    def when(self) -> When:
        return self.accounts[0].when

    @property
    def agencies(self) -> list[str]:
        return [account.agency for account in self.accounts]

    @property
    def disagreements(self) -> list[str]:
        """Sentences for what the accounts do not agree on."""
        return [
            f"The agencies give different {what}: {'; '.join(said)}."
            for what, said in (("dates", _dates_said(self)), ("times", _times_said(self)))
            if said
        ]


@dataclass(frozen=True)
class Gap:
    """A stretch of days without any recorded contact between two dated events."""

    after: date
    before: date

    @property
    def days(self) -> int:
        return (self.before - self.after).days


def merge(accounts: Iterable[Account]) -> list[Occasion]:
    """Every account once, in the order of time; accounts of one event by different agencies stand together."""
    found: list[list[Account]] = []
    for account in sorted(accounts, key=lambda one: one.when.order):
        same = next((group for group in reversed(found) if _is_of(account, group)), None)
        if same is None:
            found.append([account])
        else:
            same.append(account)
    occasions = [Occasion(tuple(sorted(group, key=_least_exact_last))) for group in found]
    return sorted(occasions, key=lambda one: one.when.order)


def gaps(occasions: Sequence[Occasion], at_least: int = GAP_DAYS) -> list[Gap]:
    """The stretches of at least so many days in which nothing is recorded, the earliest first."""
    stretches = sorted(
        (one.when.first, one.when.last) for one in occasions if one.when.first and one.when.last
    )
    found, reached = [], date.min
    for (_, last), (following, _) in pairwise(stretches):
        reached = max(reached, last)
        if (following - reached).days >= at_least:
            found.append(Gap(reached, following))
    return found


def age_at(born: date | None, happened: When) -> str:
    """The age on the day in words: "4", or "4 or 5" where the day is not exact; empty when it cannot be known."""
    if born is None or happened.first is None or happened.last is None:
        return ""
    if happened.last < born:
        return "before birth"
    youngest, oldest = age_on(born, max(happened.first, born)), age_on(born, happened.last)
    if youngest == oldest == 0:
        return "under 1"
    return str(youngest) if youngest == oldest else f"{youngest} or {oldest}"


def _is_of(account: Account, group: Sequence[Account]) -> bool:
    """An agency tells of an event once: two rows of one agency are two events."""
    if account.agency in (other.agency for other in group):
        return False
    return any(_same(account, other) for other in group)


def _same(one: Account, other: Account) -> bool:
    apart = one.when.days_from(other.when)
    if apart is None or apart > 1 or not (one.when.is_exact or other.when.is_exact):
        return False
    alike = fuzz.token_set_ratio(one.event, other.event, processor=str.casefold)
    return alike >= (ALIKE if apart == 0 else ALIKE_A_DAY_APART)


def _least_exact_last(account: Account) -> tuple[bool, bool, bool]:
    return not account.when.is_exact, account.when.doubtful, not account.when.time


def _dates_said(occasion: Occasion) -> list[str]:
    exact = {account.when.first for account in occasion.accounts if account.when.is_exact}
    return [f"{one.agency} {one.when.day}" for one in occasion.accounts] if len(exact) > 1 else []


def _times_said(occasion: Occasion) -> list[str]:
    timed = [account for account in occasion.accounts if account.when.time]
    if len({account.when.time for account in timed}) < 2:
        return []
    return [f"{one.agency} {one.when.time}" for one in timed]

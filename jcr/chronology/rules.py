"""Merges what agencies recorded: same events paired, disagreements side by side, gaps in contact found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from unicodedata import normalize

from rapidfuzz import fuzz

from jcr.cases.rules import age_on
from jcr.cases.words import plain_letters
from jcr.chronology.dating import When

ALIKE = 0.6  # of the telling words of the shorter account: so many stand in the other, or they are two events
ALIKE_A_DAY_APART = 0.8  # more is asked where the days differ: one of them is mistaken
SAME_WORD = 80  # of 100: officer and officers
FEW_WORDS = 4  # one telling word alone pairs with an account of no more than these
HOURS_APART = 3  # accounts of one event may give other times, but not of another part of the day
# Words that stand in accounts of any event: two visits or two calls on one day are not one because of them
ANY_EVENT = frozenset((
    "the", "and", "was", "were", "with", "for", "from", "that", "this", "has", "had", "have", "not", "did",
    "who", "her", "his", "him", "she", "they", "them", "their", "its", "but", "about", "after", "before",
    "into", "there", "then", "home", "house", "visit", "visited", "visits", "visiting", "call", "called",
    "calls", "telephone", "telephoned", "phone", "phoned", "rang", "contact", "contacted", "appointment",
    "attended", "attend", "attends", "seen", "saw", "met", "meeting", "letter", "sent", "received", "reported",
    "report", "told", "said", "asked", "spoke", "made", "held", "mother", "father", "child", "family", "adult",
    "patient", "client", "person", "reviewed", "review", "planned", "routine", "carried", "out", "noted",
    "recorded", "mum", "dad", "parents", "email", "emailed", "social", "worker", "health", "visitor", "midwife",
    "nurse", "doctor", "police", "officer", "officers", "school", "hospital", "surgery", "staff", "team"
))  # fmt: skip
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


def merge(accounts: Iterable[Account], names: Collection[str] = ()) -> list[Occasion]:
    """Every account once, in the order of time; accounts of one event by different agencies stand together.

    `names` are those of the people of the case: that two accounts name the same person tells of no one event.
    """
    people = frozenset(word for name in names for word in _words(name))
    found: list[list[Account]] = []
    for account in sorted(accounts, key=lambda one: one.when.order):
        same = next((group for group in reversed(found) if _is_of(account, group, people)), None)
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


def age_at(born: date | None, happened: When, died: date | None = None) -> str:
    """The age on the day in words: "4", or "4 or 5" where the day is not exact; empty when it cannot be known."""
    if born is None or happened.first is None or happened.last is None:
        return ""
    if happened.last < born:
        return "before birth"
    if died and happened.first > died:
        return "after death"
    last = min(happened.last, died) if died else happened.last
    youngest, oldest = age_on(born, max(happened.first, born)), age_on(born, last)
    if youngest == oldest == 0:
        return "under 1"
    return {0: str(youngest), 1: f"{youngest} or {oldest}"}.get(oldest - youngest, f"{youngest} to {oldest}")


def _is_of(account: Account, group: Sequence[Account], people: frozenset[str]) -> bool:
    """An agency tells of an event once: two rows of one agency are two events."""
    if account.agency in (other.agency for other in group):
        return False
    return any(_same(account, other, people) for other in group)


def _same(one: Account, other: Account, people: frozenset[str]) -> bool:
    apart = one.when.days_from(other.when)
    if apart is None or apart > 1 or not (one.when.is_exact or other.when.is_exact):
        return False
    if apart == 0 and _hours_apart(one.when.time, other.when.time) > HOURS_APART:
        return False
    fewer, more = sorted((_telling(one, people), _telling(other, people)), key=len)
    shared = sum(any(fuzz.ratio(word, like) >= SAME_WORD for like in more) for word in fewer)
    if len(fewer) == 1:
        return shared == 1 and len(more) <= FEW_WORDS and apart == 0
    return shared >= max(2, (ALIKE if apart == 0 else ALIKE_A_DAY_APART) * len(fewer))


def _telling(account: Account, people: frozenset[str]) -> list[str]:
    """The words of an event that tell it from others, each once."""
    words = dict.fromkeys(_words(account.event))
    return [word for word in words if len(word) > 2 and word not in ANY_EVENT and word not in people]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", plain_letters(normalize("NFC", text)).casefold())


def _hours_apart(one: str, other: str) -> float:
    """Nought where either does not say, or not by the clock."""
    clocks = [re.match(r"(\d{1,2}):(\d\d)", time) for time in (one, other)]
    first, second = (int(clock[1]) + int(clock[2]) / 60 if clock else None for clock in clocks)
    return 0 if first is None or second is None else abs(first - second)


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

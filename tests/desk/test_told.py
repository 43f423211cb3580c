"""The history of a case as a reader meets it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from jcr.desk.told import by_day, newest
from jcr.history.model import Entry

MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def entry(act: str, at: datetime = MORNING, why: str = "", who: str = "Rhiannon Maddox") -> Entry:
    return Entry(actor_name=who, act=act, why=why, at=at)


def test_each_day_stands_under_its_own_heading_and_local_time_decides_which() -> None:
    late_in_summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight in the office
    days = [day.isoformat() for day, _ in by_day([entry("signed in"), entry("signed in", late_in_summer)])]
    assert days == ["2026-11-23", "2026-07-02"]


def test_five_requests_posted_at_once_are_one_line() -> None:
    [(_, lines)] = by_day([entry("posted the scoping request")] * 5)
    assert [(line.act, line.often) for line in lines] == [("posted the scoping request", "(5 times)")]


def test_acts_that_differ_in_reason_person_or_minute_stay_apart() -> None:
    later = MORNING + timedelta(minutes=1)
    said = [
        entry("asked"),
        entry("asked", why="named"),
        entry("asked", who="The system"),
        entry("asked", later),
    ]
    [(_, lines)] = by_day(said)
    assert [line.often for line in lines] == [""] * 4


def test_the_newest_lines_stand_first_and_none_is_lost() -> None:
    before = MORNING - timedelta(days=1)
    days = by_day([*(entry(f"act {n}") for n in range(4)), *(entry(f"act {n}", before) for n in range(4, 9))])
    recent, earlier = newest(days, 6)
    assert [(len(lines), day.day) for day, lines in recent] == [(4, 23), (2, 22)]
    assert [(len(lines), day.day) for day, lines in earlier] == [(3, 22)]
    assert newest(days, 20) == (days, [])

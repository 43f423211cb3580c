"""How templates write dates and text."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask
from markupsafe import Markup, escape

from jcr.wording import (
    LONDON,
    clock_time,
    count,
    listed,
    local_day,
    long_date,
    long_moment,
    plain_date,
    short_date,
)


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        long_date=_long,
        short_date=_short,
        plain_date=plain_date,
        clock_time=clock_time,
        counted=count,
        listed=listed,
        moment=_moment,
        clock=_clock,
        lines=lines,
        address=address,
        after_verdict=after_verdict,
        iso_date=_iso,
        local_day=local_day,
    )


def lines(text: str | None) -> Markup:
    """Text with its line breaks, escaped."""
    return Markup("<br>").join(escape(line) for line in (text or "").split("\n"))


def address(text: str) -> Markup:
    """An address of mail, escaped, that breaks behind its @ where the line is too short for it."""
    return Markup("@<wbr>").join(escape(part) for part in text.split("@"))


def after_verdict(because: str) -> str:
    """What is said of quorum without the word that a heading says already."""
    verdict, _, told = because.partition(": ")
    if verdict not in ("Quorate", "Not quorate"):
        return because
    return told[:1].upper() + told[1:]


def _long(day: date | None) -> str:
    return long_date(day) if day else "not known"


def _short(day: date | None) -> str:
    return short_date(day) if day else "not known"


def _moment(moment: datetime | None) -> str:
    return long_moment(moment) if moment else "not yet"


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M}"


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%dT%H:%M}"

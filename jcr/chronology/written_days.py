"""The ways people write a day: in figures, in words, with the month in English, Welsh or Roman figures."""

from __future__ import annotations

import re
from datetime import date

ONES = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
TENS = {20: "twentieth", 30: "thirtieth"}
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
# As they begin by themselves, and after "o"
WELSH = (
    "ionawr", "chwefror", "[mf]awrth", "ebrill", "[mf]ai", "[mf]ehefin", "g?orffennaf", "awst", "[mf]edi", "hydref",
    "[td]achwedd", "rh?agfyr",
)  # fmt: skip
BEHIND = "st|nd|rd|th|af|il|ydd|f?ed|eg|ain"  # the number of a day, in English and Welsh
DASH = "‐‑‒–—−-"  # the plain one last, as a set of signs wants it
GAP = rf"(?:\s+(?:day\s+)?of\s+(?:the\s+)?|\s+o\s+|[\s./,:_'’{DASH}]*)"


def written(day: date) -> re.Pattern[str]:
    """The whole day, in whatever order; two figures for the year are enough."""
    days, months, number = _days(day), _months(day), f"0?{day.month}"
    roman, years = ROMAN[day.month - 1], rf"(?:{day.year}|{day.year % 100:02})"
    orders = (
        rf"{days}{GAP}(?:{number}|{months}){GAP}{years}",
        rf"{days}[\s./{DASH}]+{roman}[\s./{DASH}]+{years}",
        rf"(?:{number}|{months}){GAP}(?:the\s+)?{days}{GAP}{years}",
        rf"{day.year}{GAP}(?:0?{day.month}|{months}){GAP}0?{day.day}",
    )
    return re.compile(rf"(?<!\d)(?:{'|'.join(orders)})(?!\d)", re.IGNORECASE)


def without_year(day: date) -> re.Pattern[str]:
    """The day and its month alone, the month in a word or behind a stroke."""
    days, months = _days(day), _months(day)
    orders = rf"{days}{GAP}{months}|{months}{GAP}(?:the\s+)?{days}|0?{day.day}/0?{day.month}(?!/)"
    return re.compile(rf"(?<![\w/])(?:{orders})(?![^\W_])", re.IGNORECASE)


def _days(day: date) -> str:
    return rf"(?:0?{day.day}(?:\s?(?:{BEHIND}))?|{_ordinal(day.day)})"


def _ordinal(number: int) -> str:
    """The number of a day in a word: twenty-first."""
    if number < 20:
        return ONES[number - 1]
    tens = number - number % 10
    return (
        TENS[tens]
        if number == tens
        else rf"{'twenty' if tens == 20 else 'thirty'}[\s-]?{ONES[number % 10 - 1]}"
    )


def _months(day: date) -> str:
    month = f"{day:%B}".lower()
    short = "sept?" if month == "september" else month[:3]
    return rf"(?:{month}|{short}\.?|{WELSH[day.month - 1]})"

"""Fills the words of a letter: {{ placeholders }} in, values out, and lines about nothing left out. No database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from jcr.wording import long_date, long_moment

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_ ]*?)\s*\}\}")
STRAY = re.compile(r"\{\{|\}\}|\{%|%\}")


def named_in(words: str) -> list[str]:
    """The placeholders that the words use, each once, in their order."""
    return list(dict.fromkeys(PLACEHOLDER.findall(words)))


def is_torn(words: str) -> bool:
    """Whether brackets are left that begin or end no placeholder."""
    return bool(STRAY.search(PLACEHOLDER.sub("", words)))


def in_words(value: Any) -> str | None:
    """A value as a letter writes it; None stays None: there is nothing to say."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return long_moment(value)
    return long_date(value) if isinstance(value, date) else str(value)


def filled(words: str, values: Mapping[str, str | None]) -> str:
    """The words with their values. A line with a placeholder that has nothing to say is left out, and so is a
    heading with nothing under it."""
    lines = [line for line in words.split("\n") if not _is_about_nothing(line, values)]
    text = "\n".join(PLACEHOLDER.sub(lambda found: values[found[1]] or "", line) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_without_bare_headings(text.split("\n")))).strip()


def _is_about_nothing(line: str, values: Mapping[str, str | None]) -> bool:
    return any(values[name] is None for name in named_in(line))


def _without_bare_headings(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        following = next((after for after in lines[number + 1 :] if after.strip()), "## ")
        if not (line.startswith("## ") and following.startswith("## ")):
            yield line

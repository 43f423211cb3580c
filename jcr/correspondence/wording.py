"""Turns a letter's template and its facts into words; a missing fact is refused, never left blank."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, UndefinedError

from jcr.correspondence.model import Kind
from jcr.errors import Incomplete
from jcr.places import TEMPLATES
from jcr.wording import long_date, long_moment


@lru_cache
def letters(folder: Path = TEMPLATES) -> Environment:
    words = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,  # plain text: escaped where it is shown or drawn
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    words.filters["on"] = _on
    return words


def _on(day: date | datetime) -> str:
    return long_moment(day) if isinstance(day, datetime) else long_date(day)


def mail(kind: Kind, facts: Mapping[str, Any]) -> tuple[str, str]:
    """The e-mail's subject (the template's first line) and its body. Raises Incomplete when a fact is missing."""
    first, _, rest = _words(f"mail/{kind.value}.txt", facts).partition("\n")
    return first.strip(), rest.strip() + "\n"


def formal(kind: Kind, facts: Mapping[str, Any]) -> tuple[str, str]:
    """The formal letter's heading and text, or two empty strings where the kind has none."""
    try:
        heading, _, text = _words(f"letters/{kind.value}.txt", facts).partition("\n")
    except TemplateNotFound:
        return "", ""
    return heading.strip(), text.strip() + "\n"


def _words(name: str, facts: Mapping[str, Any]) -> str:
    try:
        return letters().get_template(name).render(facts).strip()
    except UndefinedError as missing:
        raise Incomplete(f"The letter cannot be written yet: {missing.message}.") from None

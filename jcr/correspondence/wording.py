"""Turns a letter's words and its facts into the letter; a missing fact is refused, never left blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, UndefinedError
from sqlalchemy.orm import Session

from jcr.correspondence import wordings
from jcr.correspondence.filling import filled, in_words
from jcr.correspondence.model import Kind
from jcr.correspondence.placeholders import TEMPLATES as EDITABLE
from jcr.correspondence.placeholders import placeholders_of
from jcr.errors import Incomplete
from jcr.places import TEMPLATES
from jcr.wording import long_date, long_moment


@dataclass(frozen=True)
class Written:
    """A letter in words: the e-mail, the formal letter if there is one, and what both were made from."""

    subject: str
    body: str
    heading: str = ""
    text: str = ""
    version: int = wordings.DELIVERED
    values: Mapping[str, str | None] = field(default_factory=dict)


def written(session: Session, kind: Kind, known: Mapping[str, Any]) -> Written:
    """The letter of this kind with these facts. Raises Incomplete when a fact is missing."""
    if kind.value not in EDITABLE:
        return Written(*_mail(kind, known), *_formal(kind, known))
    words, values = wordings.current(session, kind.value), values_of(kind.value, known)
    parts = {part: filled(text, values) for part, text in words.parts.items()}
    for long in ("body", "text"):
        if long in parts:
            parts[long] += "\n"
    return Written(**parts, version=words.number, values=values)


def part_of_letter(session: Session, key: str, known: Mapping[str, Any]) -> dict[str, str]:
    """The words of a part of a letter, such as those of one kind of decision, filled with these facts."""
    values = values_of(key, known)
    return {part: filled(text, values) for part, text in wordings.current(session, key).parts.items()}


def values_of(key: str, known: Mapping[str, Any]) -> dict[str, str | None]:
    """Each placeholder of a letter with its value in words. Raises Incomplete when one that is needed is missing."""
    found: dict[str, str | None] = {}
    for name, one in placeholders_of(key).items():
        value = in_words(known.get(name))
        found[name] = value if value is not None and (value.strip() or name.startswith("only_")) else None
        if found[name] is None and not one.optional:
            raise Incomplete(
                f"The letter cannot be written yet: “{one.means}” is missing ({{{{ {name} }}}})."
            )
    return found


def block(name: str, **facts: Any) -> str:
    """A passage that is too various for plain words, such as the tests in law; it fills one placeholder."""
    return _words(f"letters/blocks/{name}.txt", facts)


def points(lines: list[str]) -> str | None:
    """The lines as a list of a letter; None where there are none."""
    return "\n".join(f"- {line}" for line in lines) or None


def only(it_is_so: bool) -> str | None:
    """The value of a placeholder that keeps its line, or lets it go."""
    return "" if it_is_so else None


@lru_cache
def letters(folder: Path = TEMPLATES) -> Environment:
    words = Environment(  # plain text: escaped where it is shown or drawn # nosec B701
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    words.filters["on"] = _on
    return words


def _on(day: date | datetime) -> str:
    return long_moment(day) if isinstance(day, datetime) else long_date(day)


def _mail(kind: Kind, facts: Mapping[str, Any]) -> tuple[str, str]:
    """The e-mail's subject, which is the template's first line, and its body."""
    first, _, rest = _words(f"mail/{kind.value}.txt", facts).partition("\n")
    return first.strip(), rest.strip() + "\n"


def _formal(kind: Kind, facts: Mapping[str, Any]) -> tuple[str, str]:
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

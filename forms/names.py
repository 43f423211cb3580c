"""How answers are named in documents: paths, bookmarks, PDF fields, prompts and the stamp's one line.

A path is the canonical name; inside a repeating group `group.0.name`, for a tick box of several
`name.code`. Bookmarks and PDF fields may hold no dots: there the parts of a path are joined by `__`.
"""

import re

from forms.form import Stamp

BOOKMARK = "f_"
BOOKMARK_ROOM = 40  # characters: Word and LibreOffice cut the name of a bookmark off there
STAMP_FIELD = "form_stamp"
ISSUED_BY = "Issued by "  # before the partnership's name

PROMPT_TEXT = "Click to enter text"
PROMPT_DATE = "Click to choose a date"
PROMPT_CHOICE = "Choose one"
PROMPT_CELL = "\u2002" * 5
PROMPTS = frozenset({PROMPT_TEXT, PROMPT_DATE, PROMPT_CHOICE, PROMPT_CELL})
"""What our documents show in an empty box: never an answer."""

STAMPED = re.compile(
    r"form:(?P<kind>[a-z_]+):(?P<edition>\d+)"
    r"(?:[ \t]+(?P<reference>[^\s/]*)/(?P<agency>[^\s/]*)/(?P<token>[^\s/]*))?"
)


def path(*parts: str | int) -> str:
    """The path of an answer: ('subjects', 0, 'subject_name') gives subjects.0.subject_name."""
    return ".".join(str(part) for part in parts)


def flat(path: str) -> str:
    """A path where dots are not allowed: subjects__0__subject_name."""
    return path.replace(".", "__")


def bookmark(path: str) -> str:
    """The name of the bookmark round an answer: f_subjects__0__subject_name, as much as a bookmark holds."""
    return f"{BOOKMARK}{flat(path)}"[:BOOKMARK_ROOM]


def unflat(name: str) -> str:
    """The path again, from a bookmark without its f_ or from the name of a PDF field."""
    return name.replace("__", ".")


def stamped(stamp: Stamp) -> str:
    """The stamp in one line, as it is printed: form:scoping:1 JCR-2026-0001/POL/token."""
    return f"{stamp.subject} {stamp.identifier}".strip()


def code_line(stamp: Stamp) -> str:
    """The stamp as every document prints it."""
    return f"Form code: {stamped(stamp)}"


def stamp_in(text: str) -> Stamp | None:
    """The first stamp in a text, or None."""
    found = STAMPED.search(text) if "form:" in text else None
    if found is None:
        return None
    given = {name: found[name] or "" for name in ("reference", "agency", "token")}
    return Stamp(found["kind"], int(found["edition"]), **given)

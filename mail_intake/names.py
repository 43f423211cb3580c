"""File names of attachments made safe: a base name without folders, control characters or tricks."""

import re
import unicodedata

LONGEST = 120
FORBIDDEN = re.compile(r'[<>:"|?*/\\]')
EXTENSIONS = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "message/rfc822": ".eml",
    "application/vnd.ms-outlook": ".msg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
    "application/ms-tnef": ".dat",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
}


def safe_name(given: str, kind: str = "", number: int = 1) -> str:
    """A base name fit to store and show. A file without one is called after its place: `attachment-2.pdf`."""
    name = re.split(r"[/\\]", given.strip())[-1]
    # Cc, Cf and the like hold control characters and right-to-left overrides that disguise `exe.pdf`
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = FORBIDDEN.sub("_", unicodedata.normalize("NFC", " ".join(name.split()))).strip(". ")
    if not name:
        return f"attachment-{number}{EXTENSIONS.get(kind, '')}"
    return _shortened(name)


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:LONGEST]
    return stem[: LONGEST - len(extension) - 1] + "." + extension


def told_apart(path: str, taken: dict[str, int]) -> str:
    """The path itself, or with a number before its extension when another attachment has it already.

    `taken` holds every path given out, and how often it was asked for.
    """
    candidate = path
    stem, dot, extension = path.rpartition(".")
    while candidate in taken:
        taken[path] += 1
        number = taken[path]
        candidate = f"{stem} ({number}).{extension}" if dot and "/" not in extension else f"{path} ({number})"
    taken[candidate] = 1
    return candidate

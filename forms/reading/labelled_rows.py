"""A relative or an agency told in one line under labels: "Name: Judith Grayling, Relationship: mother, DOB: 3/3/84"."""

import re
from functools import cache

from .columns import COLUMNS
from .labels import plain

_LABEL = re.compile(r"(?:^|[,;|]\s*|\.\s+|\s[–—-]\s+|\s{2,})(?P<label>[A-Za-z][\w /()'’]{1,28}?)\s*:\s*")
_REACHED = re.compile(r"[\d@]")
_FEWEST = 2


def labelled(item: str, group: str) -> dict[str, str]:
    """Return column -> text of a line in which two labels or more name columns of the group; {} of other writing."""
    found = [match for match in _LABEL.finditer(item) if plain(match["label"]) in _columns(group)]
    if len(found) < _FEWEST or found[0].start() > 0:
        return {}
    ends = [*(match.start() for match in found[1:]), len(item)]
    texts: dict[str, str] = {}
    for match, end in zip(found, ends, strict=True):
        column, text = _columns(group)[plain(match["label"])], item[match.end() : end].strip(" ,;|.")
        named = column == "contact" and "name" not in texts and not _REACHED.search(text)
        texts["name" if named else column] = text  # "Contact: Moira Pugh. Tel: 01632 960151"
    return texts


def labelled_lines(text: str, group: str) -> list[dict[str, str]]:
    """Return the people told under labels line by line, a new one where a label comes again; [] of other writing."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    found = [
        match for line in lines if (match := _LABEL.match(line)) and plain(match["label"]) in _columns(group)
    ]
    people: list[dict[str, str]] = []
    if len(found) < max(_FEWEST, len(lines)):
        return []
    for match in found:
        column = _columns(group)[plain(match["label"])]
        if not people or column in people[-1]:
            people.append({})
        people[-1][column] = match.string[match.end() :].strip(" ,;|")
    return people


def is_head(text: str, group: str) -> bool:
    """Say whether a text is a label of the group and nothing more."""
    return plain(text) in _columns(group)


@cache
def _columns(group: str) -> dict[str, str]:
    return {wording: column for column, wordings in COLUMNS[group].items() for wording in wordings}

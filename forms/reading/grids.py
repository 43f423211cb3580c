"""Questions down the side and answers across the top: the column that is ticked is the answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import options
from .glyphs import EMPTY, TICKED
from .labels import plain
from .layout import Cell, Line, Row

_ANSWERS = re.compile(r"yes|no|y|n|(?:not|un) ?known|n ?k|not sure|unsure|don ?t know|n ?a|not applicable")
_REMARKS = re.compile(
    r"(?:if yes )?(?:please )?(?:give |provide |add )?(?:further |brief )?"
    r"(?:comments?|details?|evidence|reasons?|notes)(?: if yes| if known| and dates)?"
)
_CRITERIA = re.compile(r"(?:\w+ ){0,3}criteri(?:on|a)\b|conditions?\b")
_MET = re.compile(r"\bmet\b|\byes no\b|\by n\b|\btick\b|\bapplies\b")
_SAYS_SO = re.compile(r"\W*\w*\s*(?:$|[.,;–—(-])")  # a word, alone or before what is told of it
_FEWEST_HEADS = 2
_TICKS = frozenset({TICKED, "x", "y", "yes", "√"})


@dataclass(frozen=True)
class Asked:
    """One question of a grid with the words of its answer, and the lines both stand on."""

    label: Cell
    answer: str
    lines: tuple[Line, ...]


def columns_of_answers(row: Row) -> list[str]:
    """Return what each column after the first means, when a heading row offers at least yes and no; else nothing."""
    heads = [plain(cell.text) for cell in row]
    offered = [head if _ANSWERS.fullmatch(head) else "" for head in heads[1:]]
    others = [head for head, answer in zip(heads[1:], offered, strict=True) if head and not answer]
    if not {"yes", "y"} & set(offered) or not {"no", "n"} & set(offered):
        return []
    if len(others) > 1 or not all(map(_REMARKS.fullmatch, others)):
        return []
    return [cell.text.strip() if answer else "" for cell, answer in zip(row[1:], offered, strict=True)]


def column_of_criteria_met(row: Row) -> int:
    """Return which column of a table says whether each criterion is met, when its heading row shows it is one; or 0."""
    heads = [plain(cell.text) for cell in row]
    if len(heads) < _FEWEST_HEADS or not _CRITERIA.match(heads[0]):
        return 0
    return next((at for at, head in enumerate(heads) if at and _MET.search(head)), 0)


def criteria(rows: Sequence[Row], met: int, width: int) -> Iterator[Asked]:
    """Yield the criteria of the rows under a heading row with whether each is met and why."""
    for row in rows:
        if len(row) != width or not row[0].text.strip():
            return
        rest = [cell.text.strip() for at, cell in enumerate(row) if at not in (0, met)]
        said = "Yes" if _mark(row[met]) in _TICKS else row[met].text.strip()
        answer = "\n".join(words for words in (said, *rest) if words)
        yield Asked(row[0], answer if said else "", tuple(line for cell in row for line in cell.lines))


def asked(rows: Sequence[Row], heads: Sequence[str]) -> Iterator[Asked]:
    """Yield the questions of the rows under a heading row; the first row of another shape ends them."""
    for row in rows:
        if len(row) != len(heads) + 1 or not row[0].text.strip() or not _is_ticked(row[1:], heads):
            return
        under = list(zip(row[1:], heads, strict=True))
        chosen = [head for cell, head in under if head and _mark(cell) in _TICKS]
        said = [cell.text.strip() for cell, head in under if not head]
        answer = "\n".join(words for words in [" / ".join(chosen), *said] if words)
        yield Asked(row[0], answer, tuple(line for cell in row for line in cell.lines))


def said(rows: Sequence[Row]) -> Iterator[Asked]:
    """Yield rows of one shape with a yes or no beside each label, and what is told of it where there is room."""
    width = len(rows[0]) if rows else 0
    for row in rows:
        if len(row) != width or width < _FEWEST_HEADS or not row[0].text.strip():
            return
        ticked = options.chosen(row[1].text)
        bare = width > _FEWEST_HEADS or bool(_SAYS_SO.match(row[1].text.strip())) or ticked is not None
        meant = options.yes_no(row[1].text) if bare else ""
        if row[1].text.strip(EMPTY + " ") and ticked != [] and not meant:
            return
        said = row[1].text.strip() if ticked is None else meant.capitalize()
        answer = "\n".join(words for words in (said, *(cell.text.strip() for cell in row[2:])) if words)
        yield Asked(row[0], answer, tuple(line for cell in row for line in cell.lines))


def account(rows: Sequence[Asked]) -> tuple[str, str, tuple[Line, ...]]:
    """Return a grid as one label and one answer: what was said yes to, with what is told of each; "No" of nothing."""
    said = [
        (one.label.text.strip(" ?:\n"), one.answer)
        for one in rows
        if options.yes_no(one.answer) != "no" and one.answer
    ]
    told = [f"{label}: {options.details(answer) or 'Yes'}" for label, answer in said]
    label = "\n".join(one.label.text for one in rows)
    denied = any(one.answer for one in rows)
    return (
        label,
        "\n".join(told) or ("No" if denied else ""),
        tuple(line for one in rows for line in one.lines),
    )


def _is_ticked(cells: Sequence[Cell], heads: Sequence[str]) -> bool:
    """Say whether the cells under the answers hold ticks, empty boxes or nothing."""
    marks = (_mark(cell) for cell, head in zip(cells, heads, strict=True) if head)
    return all(mark in _TICKS or mark in ("", EMPTY) for mark in marks)


def _mark(cell: Cell) -> str:
    return cell.text.strip(" .").casefold()

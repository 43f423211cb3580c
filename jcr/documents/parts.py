"""Parts that the documents have in common: facts, actions, contacts, notices, room for a signature."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, Spacer

from forms.paper import style
from forms.paper.columns import beside
from forms.paper.tables import table
from forms.paper.text import Text, heading, lines, plain, prose, strong

ROOM_TO_SIGN = 34
ROOM_FOR_LABEL = style.LABEL.leading + 2 * style.TEXT.leading


@dataclass(frozen=True)
class Action:
    """Something agreed: who owes it and by when; dates are in words. `state` may say how far it is."""

    id: str
    action: str
    owner: str
    due: str
    state: str = ""


def facts(named: Mapping[str, str], summary: str) -> list[Flowable]:
    """A small table of what a document is about; facts that are empty are left out."""
    rows = [[name, fact] for name, fact in named.items() if fact.strip()]
    return [table((), rows, (1, 3.2), summary, head_columns=1)] if rows else []


def section(title: str, text: str, otherwise: str = "", level: int = 2) -> list[Flowable]:
    """A heading with stored text below it; without text the sentence given, or nothing at all."""
    if not (text.strip() or otherwise):
        return []
    return [*heading(level, title), *prose(text.strip() or otherwise, level=level + 1)]


def labelled(label: str, text: str) -> list[Flowable]:
    """A word in bold, then stored text; nothing when there is no text."""
    if not text.strip():
        return []
    return [CondPageBreak(ROOM_FOR_LABEL), Text(plain(label), style.LABEL), *prose(text, level=4)]


def actions(agreed: Sequence[Action], summary: str) -> list[Flowable]:
    """A table of actions; the state has a column when any action has one."""
    if not agreed:
        return prose("No actions were agreed.")
    with_state = any(one.state for one in agreed)
    heads = ["No.", "Action", "Owner", "Due", *(["State"] if with_state else [])]
    rows = [[a.id, a.action, a.owner, a.due, *([a.state] if with_state else [])] for a in agreed]
    return [table(heads, rows, (0.8, 3.6, 1.9, 1.9, 1.1)[: len(heads)], summary, head_columns=1)]


def notice(text: str) -> list[Flowable]:
    """A sentence nobody should miss, such as that a paper is a draft."""
    return [Text(plain(text), style.NOTICE)]


def signing(left: str = "Chair", right: str = "Date") -> list[Flowable]:
    """Two rules to write on, with what belongs on each."""
    names = ([_rule(), Text(plain(label), style.SMALL)] for label in (left, right))
    return [Spacer(0, ROOM_TO_SIGN), *beside(*names)]


def contact(told: Sequence[str]) -> list[Flowable]:
    """How to reach the office, at the end of a document."""
    if not any(told):
        return []
    title = Text(strong("How to reach us"), style.SMALL)
    return [_rule(before=18, after=8), title, lines(told, style.SMALL)]


def _rule(before: float = 0, after: float = 3) -> HRFlowable:
    return HRFlowable(width="100%", thickness=0.6, color=style.RULE, spaceBefore=before, spaceAfter=after)

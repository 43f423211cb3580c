"""Action logs, chronologies and publication copies: ordinary, awkward, and with nothing in them."""

from collections.abc import Sequence

from jcr.documents import action_log, board_report, chronology, publication
from jcr.documents.parts import Action
from tests.documents.samples.words import AWKWARD, BODY, HOSTILE, LONG, MARKING, NAMES, REFERENCE, UNBROKEN

DATE = "Thursday 3 December 2026"


def plain_log() -> bytes:
    late = action_log.Line(
        "A7", REFERENCE, "See the siblings", "They are safe", "Update of Monday 30 November 2026: Two are seen.",
        "Ian Marsh, West Mercia Police", "Item 4, Rapid review meeting", "2 Dec 2026", True, "15 days",
    )  # fmt: skip
    other = action_log.Line(
        "A9", "", "Renew the terms of reference", "", "", "Chair", "", "11 Jan 2027", False, "1 day"
    )
    return _log([late, other])


def awkward_log() -> bytes:
    line = action_log.Line(
        "A10", REFERENCE, HOSTILE, NAMES, UNBROKEN, NAMES, HOSTILE, "2 Dec 2026", True, "1 day"
    )
    high = action_log.Line("A11", "", AWKWARD, LONG, "", NAMES, "", "", False, "")
    return _log([line] * 60 + [high])


def bare_log() -> bytes:
    return _log([])


def _log(lines: Sequence[action_log.Line]) -> bytes:
    return action_log.render(action_log.ActionLog(BODY, MARKING, DATE, lines))


def awkward_chronology() -> bytes:
    line = chronology.Line("1 May 2026", "A.B. 2", NAMES, HOSTILE, NAMES, UNBROKEN, HOSTILE, "soon", NAMES)
    high = chronology.Line("2 May 2026", event=AWKWARD)
    gap = chronology.Line("2 to 30 May 2026", event="No contact is recorded.", is_gap=True)
    told = chronology.Chronology(
        BODY, MARKING, REFERENCE, DATE, "All agencies, pseudonyms", [line, high, gap] * 20
    )
    return chronology.render(told)


def awkward_publication() -> bytes:
    return publication.render(publication.Publication(BODY, f"Child Ŷ: {HOSTILE}", AWKWARD))


def awkward_board_report() -> bytes:
    action = Action("A3", HOSTILE, NAMES, "1 Feb 2027")
    one = board_report.Outcome(
        REFERENCE, "C.Q.", DATE, DATE, LONG, [NAMES, HOSTILE], AWKWARD, UNBROKEN, [action]
    )
    bare = board_report.Outcome(REFERENCE, "", "", "", "", [], "", "", [])
    return board_report.render(board_report.BoardReport(BODY, MARKING, BODY, DATE, [one, bare], [NAMES]))


def bare_board_report() -> bytes:
    return board_report.render(board_report.BoardReport(BODY, MARKING, BODY, DATE, []))

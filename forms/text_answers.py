"""Our plain-text form read back: the answers under their labels, and every line that is no answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from forms import guidance, text
from forms.fields import Choice, Choices, Rows
from forms.form import Form
from forms.names import STAMPED
from forms.question import Question

QUOTED = re.compile(r"^(?:> ?)+")
STAMP_LINE = re.compile(rf"Form code: {STAMPED.pattern}")
TOPIC = re.compile(r"== (?P<title>.+) ==")
ROW = re.compile(r"-- (?P<called>.+) (?P<number>\d{1,3}) --")
TICK = re.compile(r"\[\s*(?P<mark>[^\]\s]?)\s*\]")


@dataclass
class Answered:
    """What was found: answers as they are stored, and the lines that belong to none, in order."""

    answers: dict[str, Any] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def answered(form: type[Form], written: str) -> Answered:
    """The answers in a text that holds our form, filled in; lines quoted with > are read too.

    Nothing is guessed: a line counts as an answer only after a label of its topic, and a line of ours that
    came back unchanged is neither an answer nor left over.
    """
    reading = _Reading(form)
    for line in written.replace("\r\n", "\n").split("\n"):
        reading.take(QUOTED.sub("", line).rstrip())
    return reading.done()


class _Reading:
    """Goes through the lines, knowing which topic, row and question it is in."""

    def __init__(self, form: type[Form]) -> None:
        self.blank = form()
        self.topics = {topic.title: topic for topic in (form.given, *form.topics) if topic}
        self.printed = {line.strip() for line in text.blank(form).split("\n")} - {""}
        self.printed |= {f"({topic.guidance})" for topic in self.topics.values() if topic.guidance}
        self.asked: list[Question] = []
        self.groups: dict[str, Rows] = {}
        self.place: tuple[str, int] | None = None
        self.question: Question | None = None
        self.lines: list[str] = []
        self.found = Answered()

    def take(self, line: str) -> None:
        """One line: a heading, a row, a label, a line of ours, or the answer going on."""
        if line == "--":  # the customary mark before a signature
            self._close()
            self.asked, self.place = [], None
        elif self._heading(line.strip()) or self._label(line):
            return
        if self._printed(line):
            return
        if self.question is not None:
            self.lines.append(line)
        elif line.strip():
            self.found.left.append(line)

    def done(self) -> Answered:
        """Close the last answer, and give what was found."""
        self._close()
        for name, rows in self.found.answers.items():
            if isinstance(rows, dict):
                self.found.answers[name] = [rows[number] for number in sorted(rows)]
        return self.found

    def _printed(self, line: str) -> bool:
        """Whether the line came with the form; options are answers' business."""
        line = line.strip()
        return (line in self.printed and not TICK.match(line)) or STAMP_LINE.fullmatch(line) is not None

    def _heading(self, line: str) -> bool:
        topic = TOPIC.fullmatch(line)
        if topic and topic["title"] in self.topics:
            self._close()
            questions = [self.blank[name] for name in self.topics[topic["title"]].names]
            self.asked = [question for question in questions if not isinstance(question, Rows)]
            self.groups = {question.one: question for question in questions if isinstance(question, Rows)}
            self.place = None
            return True
        row = ROW.fullmatch(line)
        if row and row["called"].lower() in self.groups:
            self._close()
            group = self.groups[row["called"].lower()]
            self.place = (group.short_name, int(row["number"]) - 1)
            self.row_questions = group.entries[0].questions
            return True
        return False

    def _candidates(self) -> Iterator[tuple[Question, bool]]:
        """The questions whose label may come next, and whether they belong to the row."""
        if self.place:
            yield from ((question, True) for question in self.row_questions)
        yield from ((question, False) for question in self.asked)

    def _label(self, line: str) -> bool:
        for question, in_row in self._candidates():
            found = re.match(
                rf"\s*{re.escape(question.label.text)}(?:{re.escape(guidance.REQUIRED)})?(?: \([a-z/:]+\))?:",
                line,
            )
            if found:
                self._close()
                self.place = self.place if in_row else None
                self.question, self.lines = question, [line[found.end() :]]
                return True
        return False

    def _close(self) -> None:
        """Put down the answer that was being read."""
        if self.question is None:
            return
        answer = _value(self.question, "\n".join(self.lines))
        self.lines = []
        if answer:
            self._sheet()[self.question.short_name] = answer
        self.question = None

    def _sheet(self) -> dict[str, Any]:
        if self.place is None:
            return self.found.answers
        name, number = self.place
        sheet: dict[str, Any] = self.found.answers.setdefault(name, {}).setdefault(number, {})
        return sheet


def _value(question: Question, written: str) -> Any:
    """The canonical value of what stands after a label; the boxes printed with the form are looked at."""
    if isinstance(question, Choice) and TICK.search(written):
        ticked = list(_ticked(written))
        return question.canonical(ticked if isinstance(question, Choices) else "\n".join(ticked))
    return question.canonical(written)


def _ticked(written: str) -> Iterator[str]:
    """The wordings after the boxes that have a mark in them."""
    pieces = TICK.split(written)
    for mark, wording in zip(pieces[1::2], pieces[2::2], strict=True):
        if mark and mark not in "_-":
            yield " ".join(wording.split())

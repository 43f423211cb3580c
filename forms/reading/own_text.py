"""Our own plain-text form coming back in an e-mail: the labels we printed tell where each answer begins."""

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import lru_cache

from forms import Form, Topic, guidance
from forms.fields import Choice, Rows
from forms.form import definition
from forms.names import path, stamp_in
from forms.question import Question

from .glyphs import EMPTY, TICKED
from .labels import plain
from .layout import Layout, Line, Tagged

_TOPIC = re.compile(r"^[\s>]*==\s*(?P<title>.+?)\s*==\s*$")
_ROW = re.compile(r"^[\s>]*--\s*(?P<called>\D+?)\s*(?P<number>\d+)\s*--\s*$")
_BOX = re.compile(r"\[\s*(?P<mark>[xX✓*]?)\s*\]\s*(?P<words>[^\[\]\n]+)")
_HINT = re.compile(r"\((?:day/month/year|hours:minutes)\)", re.I)
_NOT_BARE = re.compile(r"[\s\d]+")
_QUOTE = re.compile(r"^\s*(?:>\s?)+")


@dataclass
class _Answer:
    """The answer being gathered: its path, its question, and the lines it stands on."""

    path: str
    question: Question
    label: str
    lines: list[Line] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def tagged(self) -> Iterator[Tagged]:
        """Yield the answer as the other media name it; a choice by the words of its ticked box."""
        text, printed = "\n".join(self.texts).strip(), self.label
        if isinstance(self.question, Choice) and (boxes := list(_BOX.finditer(text))):
            printed = f"{printed} {text}"
            text = "\n".join(box["words"].strip() for box in boxes if box["mark"])
        numbers = tuple(line.number for line in self.lines)
        yield Tagged(self.path, text, self.lines[0].where, "label", numbers, printed)


@dataclass
class _Reader:
    """Goes down a returned text form, knowing the topic, the group and the row it is in."""

    form: type[Form]
    printed: Set[str]
    done: list[_Answer] = field(default_factory=list)
    current: _Answer | None = None
    topic: Topic | None = None
    group: Rows | None = None
    row: int = 0
    rows: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.sheet = definition(self.form)
        self.labels = _labels(self.sheet.questions)

    def take(self, line: Line) -> None:
        """Take the next line: a heading, a label with its answer, or more of the answer before."""
        text = _QUOTE.sub("", line.text)
        if topic := _TOPIC.match(text):
            self._close()
            self.topic = next(
                (one for one in self._topics() if plain(one.title) == plain(topic["title"])), None
            )
        elif row := _ROW.match(text):
            self._close()
            self._begin_row(row["called"])
        elif found := self._begins(text):
            self._close()
            self.current = _Answer(
                self._path(found[0]), found[0], text.removesuffix(found[1]), [line], [found[1]]
            )
        elif self.current and (not text.strip() or _BOX.search(text) or bare(text) not in self.printed):
            self.current.lines.append(line)
            self.current.texts.append(text)

    def finish(self) -> list[_Answer]:
        """Return all answers found."""
        self._close()
        return self.done

    def _close(self) -> None:
        if self.current:
            self.done.append(self.current)
        self.current = None

    def _topics(self) -> Iterator[Topic]:
        yield from self.form.topics
        if self.form.given:
            yield self.form.given

    def _begin_row(self, called: str) -> None:
        """Begin a row of the topic's group; a block that was copied is a further row, whatever its number."""
        groups = [self.sheet[name] for name in self.topic.names] if self.topic else self.sheet.questions
        for group in groups:
            if isinstance(group, Rows) and plain(group.one) == plain(called):
                self.group = group
                self.row = self.rows[group.short_name]
                self.rows[group.short_name] += 1

    def _begins(self, text: str) -> tuple[Question, str] | None:
        """Return the question a line begins and what stands behind its colon, or None."""
        inner = _labels(self.group.entries[0].questions) if self.group else {}
        for match in re.finditer(":", text):
            label = plain(_HINT.sub("", text[: match.start()]))
            if label in inner:
                return inner[label], text[match.end() :].strip()
            if label in self.labels:
                self.group = None
                return self.labels[label], text[match.end() :].strip()
        return None

    def _path(self, question: Question) -> str:
        return (
            path(self.group.short_name, self.row, question.short_name) if self.group else question.short_name
        )


def tagged(layout: Layout, form: type[Form], printed: Set[str]) -> tuple[Tagged, ...]:
    """Return the answers in a returned text form, under the paths of its questions.

    `printed` are the lines the form prints itself, as `bare` leaves them: they are never an answer.
    """
    reader = _Reader(form, printed)
    for line in _form_lines(layout):
        reader.take(line)
    return tuple(one for answer in reader.finish() for one in answer.tagged())


@lru_cache(maxsize=8192)
def bare(line: str) -> str:
    """Return a line without numbers, boxes and white space, as printed lines are compared; a mere number as it is."""
    line = line.replace(TICKED, "").replace(EMPTY, "")
    return _NOT_BARE.sub("", line) or line.strip()


def _form_lines(layout: Layout) -> Iterator[Line]:
    """Yield the lines of the form: all that are not set aside; those too when the form itself stands among them."""
    lines = list(layout.lines())
    stamped = next((line for line in lines if stamp_in(line.text)), None)
    for line in lines:
        if line.aside in ("", stamped.aside if stamped else ""):
            yield line


def _labels(questions: list[Question]) -> dict[str, Question]:
    return {plain(guidance.label(one)): one for one in questions if not isinstance(one, Rows)}

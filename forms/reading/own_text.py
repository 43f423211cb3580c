"""Our own plain-text form coming back in an e-mail: the labels we printed tell where each answer begins."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache

from forms import Form, Topic, guidance
from forms.fields import Choice, Rows
from forms.form import definition
from forms.names import path, stamp_in
from forms.question import Question
from forms.text import END

from .glyphs import EMPTY, TICKED
from .labels import plain
from .layout import Layout, Line, Table, Tagged

_TOPIC = re.compile(r"^[\s>]*==\s*(?P<title>.+?)\s*==\s*$")
_ROW = re.compile(r"^[\s>]*--\s*(?P<called>\D+?)\s*(?P<number>\d+)\s*--\s*$")
_BOX = re.compile(r"\[\s*(?P<mark>[xX✓*]?)\s*\]\s*(?P<words>[^\[\]]+)")
_HINT = re.compile(r"\((?:day/month/year|hours:minutes)\)", re.I)
_NOT_BARE = re.compile(r"\s+|(?<!\d)\d{1,4}(?!\d)")  # a longer number is nobody's but the person's
_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_LABELLED = re.compile(r"\D:")  # a time of day is no label
_MOST_BROKEN = 12  # lines that one of ours may have become


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
            options = set(self.question.options.values())
            text = "\n".join(_option(box["words"], options) for box in boxes if box["mark"])
        numbers = tuple(line.number for line in self.lines)
        yield Tagged(self.path, text, self.lines[0].where, "label", numbers, printed)


def _option(words: str, options: Set[str]) -> str:
    """Return the option that stands behind a box, also where a mail program broke it; else the rest of the line."""
    whole = " ".join(words.split())
    return whole if whole in options else words.split("\n", 1)[0].strip()


@dataclass
class _Reader:
    """Goes down a returned text form, knowing the topic, the group and the row it is in."""

    form: type[Form]
    printed: Set[str]
    quoted: bool = False  # the whole form, by the mail it came back in
    done: list[_Answer] = field(default_factory=list)
    current: _Answer | None = None
    topic: Topic | None = None
    group: Rows | None = None
    row: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    begun: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sheet = definition(self.form)
        self.labels = _labels(self.sheet.questions)

    def take(self, line: Line) -> None:
        """Take the next line: a heading, a label with its answer, or more of the answer before."""
        text = unquoted(line.text) if self.quoted else line.text
        if text.strip() == END:
            self._close()
            return
        if topic := self._heads(text):
            self._close()
            self.group = None
            self.topic = topic
        elif group := self._begins_row(text):
            self._close()
            self.group = group
            self.row = self.rows[group.short_name]
            self.rows[group.short_name] += 1
        elif found := self._begins(text):
            self._close()
            place = self._path(found[0])
            self.begun.add(place)
            self.current = _Answer(place, found[0], text.removesuffix(found[1]), [line], [found[1]])
        elif self.current and (not text.strip() or _BOX.search(text) or self._is_said(text)):
            self.current.lines.append(line)
            self.current.texts.append(text)

    def _is_said(self, text: str) -> bool:
        """Say whether a line is somebody's words; so is a heading that stands where the form has none of the sort."""
        return bare(text) not in self.printed or bool(_ROW.match(text))

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

    def _heads(self, text: str) -> Topic | None:
        """Return the topic that a line heads; a heading of no topic of ours is somebody's words."""
        head = _TOPIC.match(text)
        return head and next(
            (one for one in self._topics() if plain(one.title) == plain(head["title"])), None
        )

    def _begins_row(self, text: str) -> Rows | None:
        """Return the topic's group a row of which begins; a copied block is a further row, whatever its number."""
        row = _ROW.match(text)
        groups = [self.sheet[name] for name in self.topic.names] if self.topic else self.sheet.questions
        return row and next(
            (one for one in groups if isinstance(one, Rows) and plain(one.one) == plain(row["called"])), None
        )

    def _begins(self, text: str) -> tuple[Question, str] | None:
        """Return the question a line begins and what stands behind its colon, or None.

        A label of another topic, or one that was met before, is somebody's words: "Your name: Ada" in a story.
        """
        inner = _labels(self.group.entries[0].questions) if self.group else {}
        for match in re.finditer(":", text):
            label, said = plain(_HINT.sub("", text[: match.start()])), text[match.end() :].strip()
            if label in inner and self._path(inner[label]) not in self.begun:
                return inner[label], said
            outer = self.labels.get(label)
            if outer and outer.short_name not in self.begun and self._asks(outer):
                self.group = None
                return outer, said
        return None

    def _asks(self, question: Question) -> bool:
        return self.topic is None or question.short_name in self.topic.names

    def _path(self, question: Question) -> str:
        return (
            path(self.group.short_name, self.row, question.short_name) if self.group else question.short_name
        )


def tagged(layout: Layout, form: type[Form], printed: Set[str]) -> tuple[Tagged, ...]:
    """Return the answers in a returned text form, under the paths of its questions.

    `printed` are the lines the form prints itself, as `bare` leaves them: they are never an answer.
    """
    quoted = any(stamp_in(line.text) and _QUOTE.match(line.text) for line in layout.lines())
    reader = _Reader(form, printed, quoted)
    for line in _form_lines(layout):
        reader.take(line)
    return tuple(one for answer in reader.finish() for one in answer.tagged())


def unbroken(layout: Layout, printed: Set[str]) -> Layout:
    """Return the layout with what the form prints in one line in one line again, where a mail program broke it."""
    order, blocks = sorted(printed), list[Line | Table]()
    at = 0
    while at < len(layout.blocks):
        block = layout.blocks[at]
        if isinstance(block, Table):
            blocks += _in_lines(block)
            at += 1
            continue
        run = _run(layout.blocks[at : at + _MOST_BROKEN], printed, order)
        words = " ".join(unquoted(line.text) if number else line.text for number, line in enumerate(run))
        blocks.append(run[0]._replace(text=words) if run else block)
        at += max(len(run), 1)
    return replace(layout, blocks=tuple(blocks))


def _in_lines(table: Table) -> Iterator[Line]:
    """Yield a table as it was typed into an answer, for our form has none; labels and answers cell by cell."""
    for row in table.rows:
        if any(_LABELLED.search(cell.text) for cell in row):
            yield from (line for cell in row for line in cell.lines)
        else:
            words = table.parted_by.join(cell.text.replace("\n", " ") for cell in row)
            yield row[0].lines[0]._replace(text=words)


def _run(blocks: Sequence[Line | Table], printed: Set[str], order: Sequence[str]) -> Sequence[Line]:
    """Return the lines, as many as can be, that together are one the form prints or begin with a label of it."""
    words, lines, most = "", list[Line](), 0
    for block in blocks:
        if isinstance(block, Table) or not block.text.strip():
            break
        before, words = words, words + bare(unquoted(block.text))
        lines.append(block)
        if words in printed or (before and _begins_with_label(words, _longer(before, order))):
            most = len(lines)
        if not any(_longer(words, order)):
            break
    return lines[:most]


def _longer(words: str, order: Sequence[str]) -> Iterator[str]:
    """Yield the printed lines that begin with these words and go on."""
    for place in range(bisect_right(order, words), len(order)):
        if not order[place].startswith(words):
            return
        yield order[place]


def _begins_with_label(words: str, lines: Iterator[str]) -> bool:
    labels = (f"{line.split(':[')[0].removesuffix(':')}:" for line in lines if ":" in line)
    return any(words.startswith(label) for label in labels)


def unquoted(line: str) -> str:
    """Return a line without the marks by which a mail program shows that it is the mail that was answered."""
    return _QUOTE.sub("", line)


@lru_cache(maxsize=8192)
def bare(line: str) -> str:
    """Return a line as printed lines are compared: without short numbers, boxes and white space; a number as it is."""
    line = line.replace(TICKED, "").replace(EMPTY, "")
    return _NOT_BARE.sub("", line) or line.strip()


def _form_lines(layout: Layout) -> Iterator[Line]:
    """Yield the lines of the form: all that are not set aside; those too when the form itself stands among them.

    A farewell or the heading of a mail between the form's code and its end was pasted into an answer.
    """
    lines = list(layout.lines())
    stamped = next((at for at, line in enumerate(lines) if stamp_in(line.text)), len(lines))
    ended = next((at for at in range(stamped, len(lines)) if _is_end(lines[at])), stamped)
    aside = lines[stamped].aside if stamped < len(lines) else ""
    for at, line in enumerate(lines):
        pasted = stamped < at < ended and (not aside or not _QUOTE.match(line.text))
        if line.aside in ("", aside) or pasted:
            yield line


def _is_end(line: Line) -> bool:
    return unquoted(line.text).strip() == END


def _labels(questions: list[Question]) -> dict[str, Question]:
    return {plain(guidance.label(one)): one for one in questions if not isinstance(one, Rows)}

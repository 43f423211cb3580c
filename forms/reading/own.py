"""Our own forms coming back: the stamp tells kind and edition, and every answer carries its canonical path."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any

from forms import FORMS, Form, Stamp, text, under_current_names
from forms.editions import EDITIONS, edition_of, newest
from forms.fields import Choices, Rows
from forms.form import definition, once_for_each
from forms.guidance import MARKING
from forms.names import ISSUED_BY, PROMPTS, STAMP_FIELD, code_line, stamp_in, unflat
from forms.question import Question
from forms.word_pages import foot_of, pages
from forms.word_xml import document

from . import docx, own_tables, own_text, own_word
from .answers import account, era_of, gather
from .bookmarks import whole
from .dates import Era
from .gathered import Answers
from .glyphs import EMPTY, TICKED
from .labels import LONGEST_LABEL, plain
from .layout import CHECK_COPY, PRINTED_COPY, Layout, Line, Table, Tagged
from .names import Names
from .own_dates import with_short_days
from .own_text import bare
from .result import Found, Reading, Value
from .tables import pair
from .text import layout_of

_PATH_DEPTH = 3
_FROM_PAPER = 0.8  # how sure an answer in a printed copy is at most
_PART_OF_PRINT = 20  # letters: a shorter piece of what we print may be somebody's answer
DOUBT = "Cut out of a printed copy: letters may be missing, and line breaks may be the printer's."
NEVER_SENT = (
    "We sent out no edition {} of this form. It was read as edition {}: check it against the original."
)


def own_stamp(layout: Layout) -> Stamp | None:
    """Return the stamp of a form we sent (from its properties, its stamp field or its text), or None."""
    field = next((one.text for one in layout.tagged if one.name == STAMP_FIELD), "")
    stamp = stamp_in(f"{layout.subject} {layout.identifier}") or stamp_in(field)
    if stamp is None or not stamp.identifier:  # a PDF made of a Word form keeps only its subject
        stamp = next(
            (one for one in _stamps_shown(layout) if stamp is None or one.subject == stamp.subject), stamp
        )
    return stamp if stamp and stamp.kind in FORMS else None


def _stamps_shown(layout: Layout) -> Iterator[Stamp]:
    """Yield each stamp in print; a mail program may have broken its line."""
    for line, following in pairwise([*(line.text for line in layout.lines()), ""]):
        found = stamp_in(line)
        if found and not found.identifier:
            found = stamp_in(f"{line} {following.lstrip(' >')}") or found
        if found:
            yield found


def read_own(
    layout: Layout, stamp: Stamp, this_year: int, editions: Sequence[type[Form]] = EDITIONS
) -> Reading:
    """Return the reading of one of our own forms: by control, then bookmark, then label.

    It is read by the edition it was sent out in, and its answers come out under the names of today.
    """
    sent = edition_of(stamp.kind, stamp.edition, editions)
    form = sent or newest(stamp.kind, editions)
    lost = _lost(layout, form)
    era = era_of(layout, this_year) if lost else Era(this_year)
    answers = Answers(era)
    if layout.medium == "text":
        printed = printed_by(form, "text")
        layout = own_text.unbroken(layout, printed | {bare(code_line(stamp))})
        layout = replace(layout, tagged=own_text.tagged(layout, form, printed))
    on_paper = own_tables.taken_out(layout, form) if _is_print_alone(layout) else None
    if layout.medium == "docx" and not on_paper:
        layout = own_word.as_meant(layout, form)
    tree = _tagged(answers, on_paper.tagged if on_paper else layout.tagged, form)
    if sent is None:
        answers.notes.append(NEVER_SENT.format(stamp.edition, form.edition))
    if not layout.tagged:
        answers.notes.append(CHECK_COPY)
    sheet = definition(form)
    tree = with_short_days(tree, {one.short_name: one for one in sheet.questions}, era)
    _take_values(answers, sheet.understood(tree))
    ours = _printed_lines(layout, form, stamp)
    if lost and layout.medium != "text":
        rest, met = (on_paper.layout, on_paper.met) if on_paper else (layout, set())
        also = set() if met or layout.tagged else _asked(form) | {"subjects"}
        _take_by_label(answers, rest, form, lost - met, era, ours, also)
    if on_paper:
        _take_print(answers, on_paper.printed)
    _account(answers, layout, ours)
    return Reading(
        kind=stamp.kind,
        form=form.title,
        edition=stamp.edition,
        stamp=stamp,
        fields=under_current_names(form, answers.fields, editions),
        rows=under_current_names(form, answers.rows, editions),
        found=under_current_names(form, answers.found, editions),
        unplaced=[words for _, words in sorted(answers.unplaced)],
        notes=[*layout.notes, *answers.notes],
        labels=answers.labels,
    )


def _tagged(answers: Answers, named: Sequence[Tagged], form: type[Form]) -> dict[str, Any]:
    """Return the named answers of a document as a tree in the shape of the form's data."""
    tree: dict[str, Any] = {}
    questions = {question.short_name: question for question in definition(form).questions}
    done: dict[str, str] = {}
    for one in named:
        answers.labels += [one.label] if one.label else []
        path = unflat(one.name)
        if one.how == "bookmark":
            path = whole(path, questions)
        if path == STAMP_FIELD or (path in done and one.how == "bookmark"):
            answers.claim(*one.lines)
            continue
        value = "" if one.text.strip() in PROMPTS or not one.text.strip() else one.text
        told = done.get(path) or value
        if value not in ("", told):  # the form, or its box, stands there twice: the second is listed
            continue
        done[path] = told
        if not _plant(tree, path.split("."), value, questions):
            answers.leave(one.lines[0] if one.lines else 0, value)
        elif value not in ("", EMPTY):
            answers.claim(*one.lines)
            said = path.split(".")[-1] if value == TICKED else value
            _remember(answers, path.split(".")[0], one, said)
    return tree


def _plant(tree: dict[str, Any], parts: list[str], value: str, questions: Mapping[str, Question]) -> bool:
    """Put one named answer in its place in the tree; False when the form has no such place."""
    question = questions.get(parts[0])
    if question is None or len(parts) > _PATH_DEPTH:
        return False
    if len(parts) == 1 and isinstance(question, Choices) and value:
        tree[parts[0]] = value.split("\n")
        return True
    if len(parts) == 1:
        if value:
            tree[parts[0]] = value
        return not isinstance(question, Rows)
    if len(parts) == 2 and isinstance(question, Choices):
        if value == TICKED:
            tree.setdefault(parts[0], []).append(parts[1])
        return True
    if len(parts) == _PATH_DEPTH and isinstance(question, Rows) and parts[1].isdigit():
        rows: list[dict[str, str]] = tree.setdefault(parts[0], [])
        if value and int(parts[1]) < question.most * 2:
            rows.extend({} for _ in range(int(parts[1]) + 1 - len(rows)))
            rows[int(parts[1])][parts[2]] = value
        return parts[2] in question.entries[0]
    return False


def _remember(answers: Answers, name: str, one: Tagged, value: str) -> None:
    """Note where an answer came from; the texts of all rows of a group stand together."""
    before = answers.found.get(name)
    text_found = f"{before.text}\n{value}" if before else value
    doubt = (one.doubt or DOUBT) if one.how == PRINTED_COPY else ""
    answers.found[name] = Found(text_found, one.where, one.how, _FROM_PAPER if doubt else 1.0, doubt)


def _take_values(answers: Answers, typed: Mapping[str, Any]) -> None:
    for name, value in typed.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            answers.rows[name] = [dict(row) for row in value if row]
        elif name in answers.found:
            answers.fields[name] = value


def _take_print(answers: Answers, printed: Sequence[Line]) -> None:
    """Account for the heads of row tables in a printed copy, and for prompts left standing in them."""
    answers.labels += [line.text for line in printed]
    answers.claim(*(line.number for line in printed))


def _take_by_label(
    answers: Answers,
    layout: Layout,
    form: type[Form],
    lost: Set[str],
    era: Era,
    ours: Set[int],
    also: Set[str],
) -> None:
    """Add answers to questions whose control and bookmark were both lost, found by the label beside them.

    `also` are questions taken as a stranger's form would answer them.
    """
    names = _names_beside_ours(form)
    answered = _without_print(layout, printed_by(form, layout.medium), labels_of(form))
    second = gather(layout, pair(answered, names), era)
    strings = {name: value for name, value in second.fields.items() if name in lost}
    strings.update(_ticked(second, form))
    kept: dict[str, Value] = definition(form).understood(strings)
    rows = {name: value for name, value in second.rows.items() if name in lost | also}
    answers.fields |= {name: value for name, value in kept.items() if name in lost}
    answers.fields |= {
        name: value for name, value in second.fields.items() if name in also and name not in answers.fields
    }
    answers.rows |= {name: value for name, value in rows.items() if name not in answers.rows}
    taken = {
        name: found
        for name, found in second.found.items()
        if name in lost and (name in answers.fields or name in rows)
    }
    answers.found |= taken
    if layout.tagged:
        answers.claim(*_lines_read(layout, taken))
    else:
        answers.labels += second.labels
        again = {name: found for name, found in second.found.items() if name in answers.found.keys() - taken}
        unread = {number for number, _ in second.unplaced} & ours | {*_lines_read(layout, again)}
        answers.claimed |= second.claimed - unread
        answers.unplaced += [one for one in second.unplaced if one[0] not in ours]
        answers.found |= {
            name: replace(found, score=min(found.score, _FROM_PAPER), doubt=found.doubt or DOUBT)
            for name, found in second.found.items()
            if name not in again
        }


def _lines_read(layout: Layout, taken: Mapping[str, Found]) -> Iterator[int]:
    """Yield the numbers of the lines that these answers were read from, each where it stands."""
    told = {found.where: found.text for found in taken.values()}
    for line in layout.lines():
        if line.text.strip() and line.text.strip() in told.get(line.where, ""):
            yield line.number


@once_for_each
def _asked(form: type[Form]) -> frozenset[str]:
    """Return the names of all questions of a form, also of those asked of one person after another."""
    whole = definition(form).questions
    inner = (one.entries[0].questions for one in whole if isinstance(one, Rows) and one.layout == "block")
    return frozenset(one.short_name for some in (whole, *inner) for one in some)


def _ticked(answers: Answers, form: type[Form]) -> dict[str, list[str]]:
    """Return the ticked options of each question that offers some, one a line, as they are printed."""
    offering = {one.short_name for one in definition(form).questions if isinstance(one, Choices)}
    return {
        name: [line.replace(TICKED, "").strip() for line in found.text.splitlines() if TICKED in line]
        for name, found in answers.found.items()
        if name in offering and TICKED in found.text
    }


def _lost(layout: Layout, form: type[Form]) -> set[str]:
    """Return the questions the document asks but no longer names: their labels stand there, their controls not."""
    named = {unflat(one.name).split(".")[0] for one in layout.tagged}
    topics = (*form.topics, form.given) if form.given else form.topics
    lost = {name for topic in topics for name in topic.names} - named
    if not lost or not layout.tagged:
        return lost
    shown = {plain(line.text) for line in layout.lines() if len(line.text) <= LONGEST_LABEL}
    return {name for label, name in _labels(form) if name in lost and label in shown}


def _without_print(layout: Layout, printed: Set[str], labels: Mapping[str, str]) -> Layout:
    """Return the layout with the hints and conditions we print taken out, so that none is taken for an answer.

    An option that is ticked is one.
    """

    def cleaned(line: Line) -> Line:
        ours = bare(line.text) in printed and plain(line.text) not in labels and TICKED not in line.text
        return line._replace(text="") if ours else line

    def block(one: Line | Table) -> Line | Table:
        if isinstance(one, Line):
            return cleaned(one)
        rows = (
            tuple(replace(cell, lines=tuple(map(cleaned, cell.lines))) for cell in row) for row in one.rows
        )
        return replace(one, rows=tuple(rows))

    return replace(layout, blocks=tuple(map(block, layout.blocks)))


@once_for_each
def _labels(form: type[Form]) -> tuple[tuple[str, str], ...]:
    return tuple((plain(question.label.text), question.short_name) for question in definition(form).questions)


def labels_of(form: type[Form]) -> dict[str, str]:
    """Return our own labels, plainly spelt -> canonical name."""
    return dict(_labels(form))


def _account(answers: Answers, layout: Layout, ours: Set[int]) -> None:
    """Claim what the form itself prints; everything else nobody claimed is listed."""
    for line in layout.lines():
        if line.number in ours and line.number not in answers.claimed:
            answers.claim(line.number)
            answers.labels.append(line.text)
    account(answers, layout)


def _is_print_alone(layout: Layout) -> bool:
    """Say whether nothing but words is left of a form: neither boxes nor controls."""
    return layout.medium in ("pdf", "docx") and not layout.tagged


def _printed_lines(layout: Layout, form: type[Form], stamp: Stamp) -> set[int]:
    """Return the numbers of the lines that the form prints by itself."""
    reference = bare(f"Our reference: {stamp.reference}") if stamp.reference else None
    printed = printed_by(form, layout.medium)
    issued = (line.number for line in layout.lines() if own_text.unquoted(line.text).startswith(ISSUED_BY))
    return {*islice(issued, 1)} | {
        line.number
        for line in layout.lines()
        if _is_print(line, form, printed, layout.medium)
        or bare(line.text) == reference
        or line.text.strip() in PROMPTS
        or stamp_in(line.text) == stamp
    }


def _is_print(line: Line, form: type[Form], printed: Set[str], medium: str) -> bool:
    """Say whether a line is of those a form prints; a PDF breaks what it prints anew."""
    words = bare(own_text.unquoted(line.text) if medium == "text" else line.text)
    if medium == "pdf" and TICKED in line.text:
        return False
    if words in printed or _is_running_title(line, form):
        return True
    return medium == "pdf" and len(words) >= _PART_OF_PRINT and any(words in one for one in printed)


def _is_running_title(line: Line, form: type[Form]) -> bool:
    return line.aside in ("header", "footer") and line.text.strip().startswith((form.title, MARKING))


def printed_by(form: type[Form], medium: str) -> frozenset[str]:
    """Return the lines a form prints by itself, so that they are told from what a person added."""
    return _printed_as_text(form) if medium == "text" else _printed_as_document(form)


@once_for_each
def _names_beside_ours(form: type[Form]) -> Names:
    """Return the vocabulary of a form's kind with the labels it prints, which remembers those it met."""
    return Names(form.kind, labels_of(form))


@once_for_each
def _printed_as_text(form: type[Form]) -> frozenset[str]:
    return _lines_of(form, [layout_of(text.blank(form, given)) for given in _sent(form)])


@once_for_each
def _printed_as_document(form: type[Form]) -> frozenset[str]:
    """Return what Word form and PDF print; both print the same words."""
    stamp = Stamp(form.kind, form.edition)
    bodies = [docx.read(_bare_file(pages(form, given, stamp))) for given in _sent(form)]
    margins = MARKING, f"{foot_of(form.title, stamp)} Page 1 of 1"
    return _lines_of(form, bodies) | set(map(bare, margins))


def _bare_file(body: str) -> bytes:
    """Return pages of ours as just enough of a Word file to be read: a whole one takes python-docx, and 10 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", document(body))
    return file.getvalue()


def _sent(form: type[Form]) -> list[Mapping[str, Any] | None]:
    """Return with which answers a form is sent out: without any, and with all the office may fill in."""
    return [None, form.fullest] if form.fullest else [None]


def _lines_of(form: type[Form], blanks: Sequence[Layout]) -> frozenset[str]:
    lines = (line.text for blank in blanks for line in blank.lines())
    return frozenset(map(bare, (*lines, *_of_the_office(form))))


def _of_the_office(form: type[Form]) -> Iterator[str]:
    """Yield what is printed with the questions of the office, which a blank form leaves out."""
    if form.given:
        topic = form.given
        yield from (topic.title, text.heading(topic), topic.guidance, text.beside(topic.guidance))
        yield from (definition(form)[name].label.text for name in topic.names)

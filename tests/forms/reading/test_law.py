"""The law of the reader: every word a document shows is in an answer's text, a recognised label, or listed."""

import re
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms import FORMS, Stamp, text, word
from forms.reading import read
from forms.reading.columns import COLUMNS
from forms.reading.phrases import PHRASES

TRIED = {"documents": 0}
LABELS = sorted({wording for wordings in PHRASES.values() for wording in wordings})[::7]
PERSONAL = [
    "Name",
    "Address:",
    "Date of Birth",
    "Tel No",
    "Adult's name, date of birth and gender;",
    "GP",
    "Signed:",
]
HEADINGS = [
    "1. Referrer",
    "Section 2: Details of the child",
    "FOR OFFICE USE ONLY",
    "Agencies involved",
    "PART 2",
]
BLANKS = ["", "YES / NO", "____", "n/a", "-", "Click here to enter text.", "☐ Yes ☐ No", "not known"]
COMMON = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))

words = st.text(alphabet=string.ascii_lowercase + "ŵłéß", min_size=3, max_size=9)
free = st.lists(words, min_size=1, max_size=8).map(" ".join)
answers = st.one_of(
    free,
    st.sampled_from(BLANKS),
    st.builds("{} {}/{}/20{:02}".format, words, st.integers(1, 28), st.integers(1, 12), st.integers(0, 30)),
    st.builds("{}@example.org, 01632 960{:03}".format, words, st.integers(0, 999)),
    st.builds("☒ {} ☐ {}".format, words, words),
    st.lists(free, min_size=2, max_size=3).map(" ⏎ ".join),
)
labels = st.one_of(st.sampled_from(LABELS), st.sampled_from(PERSONAL), free.map(lambda label: f"{label}:"))
heads = st.sampled_from([list(columns) for columns in COLUMNS.values()]).flatmap(
    lambda columns: st.permutations(columns).map(lambda mixed: mixed[:4])
)


def row_table(head: list[str]) -> st.SearchStrategy[list[str]]:
    row = st.lists(answers.map(lambda answer: answer.split(" ⏎ ")[0]), min_size=len(head), max_size=len(head))
    return st.lists(row, max_size=4).map(lambda rows: [" | ".join(cells) for cells in [head, *rows]])


blocks = st.one_of(
    st.sampled_from(HEADINGS).map(lambda heading: [heading]),
    st.builds(lambda label, answer: [f"{label} | {answer}"], labels, answers),
    st.builds(lambda a, b, c, d: [f"{a} | {b} | {c} | {d}"], labels, answers, labels, answers),
    st.builds(lambda label, answer: [f"{label.rstrip(':')}: {answer}"], labels, free),
    st.builds(lambda label, answer: [label, *answer.split(" ⏎ ")], labels, answers),
    st.builds(lambda one, two: [f"{one} | {two} | "], labels, answers),
    free.map(lambda line: [f"• {line} – {line}"]),
    heads.flatmap(row_table),
    st.just([""]),
)
forms = st.lists(blocks, min_size=1, max_size=14).map(
    lambda made: "\n".join(line for block in made for line in block)
)


def seen(shown: str) -> set[str]:
    return set(re.findall(r"[\w@]+", shown.casefold()))


def lost(written: str, reading) -> set[str]:
    """Return the words that were written into the document and that the reading mentions nowhere."""
    shown = seen(written)
    kept = " ".join([*(found.text for found in reading.found.values()), *reading.labels, *reading.unplaced])
    return {word for word in shown - seen(kept) if word.strip("_")}


@COMMON
@given(form=forms)
def test_no_word_of_a_word_document_is_lost(build, form):
    TRIED["documents"] += 1
    content = build.word_file(build.blocks(form))
    reading = read("form.docx", content)
    assert not any(problem.startswith("could not be read") for problem in reading.problems), reading.problems
    assert not lost(form, reading)


@COMMON
@given(form=forms)
def test_no_word_of_a_mail_body_is_lost(form):
    TRIED["documents"] += 1
    content = form.encode()
    if content.strip():
        assert not lost(form, read("body.txt", content))


@COMMON
@given(labels_only=st.lists(st.sampled_from(LABELS), min_size=1, max_size=20, unique=True), data=st.data())
def test_no_blank_is_filled(build, labels_only, data):
    """A form on which nothing was answered gives no answer, whatever blank looks like on it."""
    TRIED["documents"] += 1
    blank = st.sampled_from(BLANKS[:3] + BLANKS[4:7])
    form = "\n".join(f"{label} | {data.draw(blank)}" for label in labels_only)
    reading = read("form.docx", build.word_file(build.blocks(form)))
    assert not reading.fields
    assert not reading.rows


@pytest.fixture(scope="module")
def sent():
    """A filled form of ours, as Word and as text."""
    stamp = Stamp("scoping", 1, "JCR-2026-0001", "POL", "k7Qx")
    answered = {
        "agency_name": "Police",
        "involvement_summary": "Two calls.",
        "chronology": [{"date": "2026-01-02", "event": "Call"}],
    }
    form = FORMS["scoping"]
    return word.blank(form, answered, stamp), text.blank(form, answered, stamp)


@settings(COMMON, max_examples=60)
@given(place=st.integers(0, 400), added=free)
def test_what_somebody_adds_to_our_form_is_never_lost(sent, place, added):
    """A sentence typed anywhere in our text form is read as an answer or listed."""
    TRIED["documents"] += 1
    lines = sent[1].split("\n")
    lines.insert(place % len(lines), added)
    changed = "\n".join(lines)
    assert not lost(changed, read("body.txt", changed.encode()))


@settings(COMMON, max_examples=80)
@given(
    cuts=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=12), whole=st.booleans()
)
def test_a_damaged_document_is_refused_or_read_but_never_fails(sent, cuts, whole):
    TRIED["documents"] += 1
    content = bytearray(sent[0])
    for place, value in cuts:
        content[place % len(content)] = value
    reading = read("form.docx", bytes(content if whole else content[: len(content) // 2]))
    assert reading.kind in ("referral", "scoping", "other")


def test_how_many_documents_were_tried(capsys):
    with capsys.disabled():
        print(f"\n  the law of the reader was tried on {TRIED['documents']} documents")

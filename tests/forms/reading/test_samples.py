"""Filled forms of many boards come in; the office finds their answers in the right fields."""

import re

import pytest

from forms.reading import read
from forms.reading.sandbox import Reader

ENOUGH = 0.95


def same(expected, got) -> bool:
    """Compare as people do: case and white space aside; of long text the opening words will do."""
    if not expected or not got:
        return not expected and not got
    if isinstance(expected, list):
        return [spelt(item) for item in expected] == [spelt(item) for item in got]
    return spelt(expected) == spelt(got) or (len(expected) > 25 and spelt(got).startswith(spelt(expected)))


def spelt(text: str) -> str:
    return re.sub(r"\s+", " ", str(text)).replace("’", "'").strip().casefold()


def misread(filled, reading) -> list[str]:
    """List the expected values that were not read as they should be."""
    wrong = [
        f"{name}: {value!r} but {reading.fields.get(name)!r}"
        for name, value in filled.expected["fields"].items()
        if not same(value, reading.fields.get(name))
    ]
    for group, rows in filled.expected["rows"].items():
        got = list(reading.rows.get(group, []))
        wrong += [f"{group}: {len(got)} rows"] if len(got) != len(rows) else []
        for row, found in zip(rows, got, strict=False):
            wrong += [
                f"{group} {name}: {value!r} but {found.get(name)!r}"
                for name, value in row.items()
                if not same(value, found.get(name))
            ]
    return wrong


@pytest.mark.parametrize("medium", ["docx", "text"])
def test_the_kind_and_the_answers_of_a_strangers_form_are_read(filled, medium):
    content = filled.docx if medium == "docx" else filled.text.encode()
    reading = read(f"form.{medium}", content)
    assert reading.kind == filled.expected["kind"], reading.problems
    asked = len(filled.expected["fields"]) + sum(
        len(row) for rows in filled.expected["rows"].values() for row in rows
    )
    wrong = misread(filled, reading)
    assert len(wrong) <= asked * (1 - ENOUGH), "\n".join(wrong)


def test_nothing_is_put_where_the_form_was_left_blank(filled):
    reading = read("form.docx", filled.docx)
    blanks = [name for name, value in filled.expected["fields"].items() if value is None]
    assert not [name for name in blanks if reading.fields.get(name)]


@pytest.fixture(scope="module")
def reader():
    with Reader() as made:
        yield made


def test_the_child_process_reads_just_the_same(filled, reader):
    assert reader.read("form.docx", filled.docx) == read("form.docx", filled.docx)

"""Our Word form as people fill it in: rows copied or added by Tab, words and ticks typed beside a box."""

import copy
import io
import zipfile

import pytest
from lxml import etree

from forms import FORMS, Stamp, word
from forms.reading import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHOWS_PROMPT, TAG = f"{W}sdtPr/{W}showingPlcHdr", f"{W}sdtPr/{W}tag"
CHILD = "review_type_requested.child"


class Page:
    """A Word form open before somebody."""

    def __init__(self, kind):
        self.archive = zipfile.ZipFile(io.BytesIO(word.blank(FORMS[kind], {}, Stamp(kind, 1))))
        self.root = etree.fromstring(self.archive.read("word/document.xml"))

    def box(self, name):
        return next(one for one in self.root.iter(f"{W}sdt") if one.find(TAG).get(f"{W}val") == name)

    def type(self, name, text):
        box = self.box(name)
        for prompt in box.findall(SHOWS_PROMPT):
            prompt.getparent().remove(prompt)
        box.find(f"{W}sdtContent")[:] = [run(text)]

    def row_of(self, name):
        return next(self.box(name).iterancestors(f"{W}tr"))

    def read(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as saved:
            for name in self.archive.namelist():
                part = self.archive.read(name)
                saved.writestr(name, etree.tostring(self.root) if name == "word/document.xml" else part)
        return read("form.docx", file.getvalue())


def run(text):
    made = etree.Element(f"{W}r")
    etree.SubElement(made, f"{W}t").text = text
    return made


def paragraph(text):
    made = etree.Element(f"{W}p")
    made.append(run(text))
    return made


def test_a_copied_row_is_a_further_row():
    page = Page("scoping")
    page.type("chronology.0.event", "First")
    page.type("chronology.1.event", "Last")
    row = page.row_of("chronology.0.event")
    second = copy.deepcopy(row)
    next(one for one in second.iter(f"{W}t") if one.text == "First").text = "Second"
    row.addnext(second)
    reading = page.read()
    assert [row["event"] for row in reading.rows["chronology"]] == ["First", "Second", "Last"]
    assert not reading.unplaced


def test_rows_added_without_boxes_are_further_rows():
    page = Page("scoping")
    page.type("chronology.7.event", "Last of those offered")
    row = page.row_of("chronology.7.event")
    for event in ("Later", "Earlier"):
        added = copy.deepcopy(row)
        for cell, text in zip(added.iter(f"{W}tc"), ("4/3/2025", "", "", event, "", ""), strict=True):
            cell[-1:] = [paragraph(text)]
        row.addnext(added)
    reading = page.read()
    assert reading.rows["chronology"] == [
        {"event": "Last of those offered"},
        {"date": "2025-03-04", "event": "Earlier"},
        {"date": "2025-03-04", "event": "Later"},
    ]
    assert not reading.unplaced


def test_a_person_copied_as_a_block_is_a_further_person():
    page = Page("referral")
    page.type("subjects.0.subject_name", "Ada")
    page.type("subjects.1.subject_name", "Bert")
    table = next(page.box("subjects.1.subject_name").iterancestors(f"{W}tbl"))
    third = copy.deepcopy(table)
    next(one for one in third.iter(f"{W}t") if one.text == "Bert").text = "Cyd"
    table.addnext(third)
    reading = page.read()
    assert [row["subject_name"] for row in reading.rows["subjects"]] == ["Ada", "Bert", "Cyd"]


def test_words_beside_a_box_belong_to_its_answer():
    page = Page("scoping")
    page.box("author_name").addnext(run("Ada Moss"))
    page.type("involvement_summary", "First.")
    page.box("involvement_summary").getparent().addnext(paragraph("Second."))
    reading = page.read()
    assert reading.fields == {"author_name": "Ada Moss", "involvement_summary": "First.\nSecond."}
    assert not reading.unplaced


def test_an_answer_that_stands_there_twice_is_kept_once_and_the_other_listed():
    """Somebody pasted the form, or a part of it, once more below."""
    page = Page("scoping")
    page.type("author_name", "Ada")
    table = next(page.box("author_name").iterancestors(f"{W}tbl"))
    again = copy.deepcopy(table)
    next(one for one in again.iter(f"{W}t") if one.text == "Ada").text = "Bert"
    table.addnext(again)
    reading = page.read()
    assert (reading.fields, reading.unplaced) == ({"author_name": "Ada"}, ["Bert"])


def inside(sign):
    def put(box):
        next(box.iter(f"{W}t")).text = sign

    return put


def behind(box):
    box.addnext(run("x"))


def instead(box):
    box.getparent().replace(box, run("X"))


@pytest.mark.parametrize("tick", [inside("☒"), inside("✓"), inside("x"), behind, instead])
def test_a_sign_typed_to_an_option_ticks_it(tick):
    page = Page("referral")
    tick(page.box(CHILD))
    reading = page.read()
    assert reading.fields == {"review_type_requested": ["child"]}
    assert not reading.unplaced

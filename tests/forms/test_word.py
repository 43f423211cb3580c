"""Word forms as they are sent: a control, a bookmark and a label for every answer, and the stamp."""

import io
import zipfile

import pytest
from docx import Document
from lxml import etree

from forms import FORMS, ReferralForm, ScopingForm, Stamp, word
from forms.fields import Choices, Rows
from forms.names import PROMPTS, bookmark, path, stamp_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STAMP = Stamp("scoping", 1, "JCR-2026-0001", "POL", "k7Qx")
SUBJECT = {"subject_name": "Siân Ŵyn-Łukaszewska & Σοφία", "subject_died": "yes", "subject_dob": "2019-02-03"}
KNOWN = {
    "review_type_requested": ["child", "learning"],
    "incident_date": "2026-02-03",
    "incident_summary": "Line one.\nLine two & more <tags>\tend",
    "immediate_concerns": "not_known",
    "subjects": [SUBJECT],
    "family_members": [{"name": "Kezia", "dob": "2003-06-02", "cp_plan": "yes"}] * 7,
}


def body(content):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))


def controls(content):
    """Tag -> what its control shows."""
    return {
        control.find(f"{W}sdtPr/{W}tag").get(W + "val"): shown(control.find(W + "sdtContent"))
        for control in body(content).iter(W + "sdt")
    }


def shown(element):
    marks = {W + "br": "\n", W + "tab": "\t"}
    return "".join(marks.get(part.tag, part.text or "") for part in element.iter(W + "t", *marks))


def all_text(content):
    return " ".join(shown(paragraph) for paragraph in body(content).iter(W + "p"))


def paths(form):
    """The path of every answer a form has room for in its first rows."""
    for question in form().questions:
        if isinstance(question, Rows):
            for inner in question.entries[0].questions:
                yield path(question.short_name, 0, inner.short_name)
        elif isinstance(question, Choices):
            yield from (path(question.short_name, code) for code in question.options)
        else:
            yield question.short_name


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_answer_has_a_control_a_bookmark_and_a_label(form):
    content = word.blank(form, form.fullest)
    given = set(form.given.names) if form.given else set()
    tags, text = controls(content), all_text(content)
    bookmarks = {mark.get(W + "name") for mark in body(content).iter(W + "bookmarkStart")}
    for name in set(paths(form)) - given:
        assert name in tags
        assert bookmark(name) in bookmarks
    for question in form().questions:
        assert question.short_name in given or question.label.text in text


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_control_numbers_and_bookmarks_are_each_used_once_even_when_cut_to_forty_characters(form):
    document = body(word.blank(form, form.fullest))
    numbers = [mark.get(W + "val") for mark in document.iter(W + "id")]
    bookmarks = [mark.get(W + "name")[:40].lower() for mark in document.iter(W + "bookmarkStart")]
    tags = [tag.get(W + "val") for tag in document.iter(W + "tag")]
    for names in (numbers, bookmarks, tags):
        assert len(names) == len(set(names))
    assert all(len(tag) <= 64 for tag in tags)


def test_an_empty_form_shows_only_prompts():
    for tag, text in controls(word.blank(ReferralForm)).items():
        assert text in PROMPTS | {"☐"}, tag


def test_what_is_known_is_filled_in_word_for_word():
    filled = controls(word.blank(ReferralForm, KNOWN))
    assert filled["subjects.0.subject_name"] == "Siân Ŵyn-Łukaszewska & Σοφία"
    assert filled["incident_summary"] == "Line one.\nLine two & more <tags>\tend"
    assert filled["incident_date"] == "03/02/2026"
    assert filled["immediate_concerns"] == "Not known"
    assert (filled["review_type_requested.child"], filled["review_type_requested.adult"]) == ("☒", "☐")
    assert filled["family_members.6.name"] == "Kezia"
    assert filled["family_members.7.name"].strip() == ""


def test_the_stamp_travels_in_the_properties_and_in_print():
    content = word.blank(ScopingForm, {}, STAMP)
    properties = Document(io.BytesIO(content)).core_properties
    assert properties.subject == "form:scoping:1"
    assert properties.identifier == "JCR-2026-0001/POL/k7Qx"
    assert properties.title == "Scoping return"
    assert stamp_in(all_text(content)) == STAMP


def test_a_form_sent_to_nobody_says_which_form_it_is():
    assert stamp_in(all_text(word.blank(ReferralForm))) == Stamp("referral", 1)


def test_what_the_office_filled_in_cannot_be_changed_by_accident():
    document = body(word.blank(ScopingForm, {"return_deadline": "2026-12-04"}, STAMP))
    lock = document.xpath("//w:tag[@w:val='return_deadline']/../w:lock/@w:val", namespaces={"w": W[1:-1]})
    assert lock == ["sdtContentLocked"]


def test_tables_repeat_their_heading_row_and_pages_carry_marking_and_number():
    content = word.blank(ReferralForm)
    assert len(list(body(content).iter(W + "tblHeader"))) == 3
    parts = zipfile.ZipFile(io.BytesIO(content))
    furniture = b"".join(
        parts.read(name) for name in parts.namelist() if "header" in name or "footer" in name
    )
    assert b"OFFICIAL-SENSITIVE" in furniture
    assert b"NUMPAGES" in furniture


def test_pages_on_their_side_have_a_footer_as_wide_as_they_are():
    document = Document(io.BytesIO(word.blank(ScopingForm)))
    sides = {
        (section.page_width > section.page_height, section.footer.paragraphs[0].style.name)
        for section in document.sections
    }
    assert sides == {(False, "Footer"), (True, "Wide Footer")}
    for section in document.sections:
        assert "OFFICIAL-SENSITIVE" in section.header.paragraphs[0].text
        assert section.footer.paragraphs[0].text.startswith("Scoping return · edition 1\tPage ")


def test_a_label_is_never_parted_from_its_answer_by_the_end_of_a_page():
    for row in body(word.blank(ReferralForm)).iter(W + "tr"):
        cells = row.findall(W + "tc")
        if len(cells) == 2 or shown(cells[0]).startswith("What happened?\u00a0*"):
            assert row.find(f"{W}trPr/{W}cantSplit") is not None


def test_text_is_asked_for_in_controls_whose_line_breaks_libreoffice_keeps():
    """LibreOffice writes the lines of plain text controls as one."""
    assert not list(body(word.blank(ReferralForm)).iterfind(f".//{W}sdtPr/{W}text"))


def test_no_name_stands_in_the_properties_of_a_filled_form():
    parts = zipfile.ZipFile(io.BytesIO(word.blank(ReferralForm, KNOWN)))
    assert "Łukaszewska" not in parts.read("docProps/core.xml").decode()


def test_a_condition_is_said_in_words():
    text = all_text(word.blank(ReferralForm))
    assert "If you answered “Yes” to “Has the person died?”" in text
    assert "If you chose “Safeguarding adult review”" in text


def test_python_docx_opens_it():
    assert len(Document(io.BytesIO(word.blank(ReferralForm, KNOWN))).tables) > 10

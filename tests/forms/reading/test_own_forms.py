"""Our own forms come back in every medium with every answer, the stamp, and nothing added."""

import io
import itertools
import re
import zipfile
from zlib import crc32

import pytest

from forms import FORMS, Stamp, pdf, text, word
from forms.fields import Choices, Rows
from forms.names import BOOKMARK, bookmark, path, unflat
from forms.reading import docx, read
from forms.reading.bookmarks import whole
from forms.reading.own import printed_by
from forms.reading.own_text import bare
from tests.forms.filled import filled

ISSUER = "Fellshire Safeguarding Partnerships"
STAMP = Stamp("referral", 1, "JCR-2026-0001", "POL", "k7Qx")
REFERRAL = {
    "review_type_requested": ["child", "learning"],
    "referrer_name": "Siân Ŵyn-Łukaszewska",
    "referrer_agency": "Fellshire Police",
    "incident_date": "2026-02-03",
    "incident_summary": "Line one.\nLine two & more <tags> – “quoted”",
    "immediate_concerns": "not_known",
    "subjects": [
        {
            "subject_name": "Σοφία Okafor",
            "subject_died": "yes",
            "subject_dob": "2019-02-03",
            "subject_gender": "female",
        },
        {"subject_name": "Rafi Okafor", "subject_died": "no"},
    ],
    "family_members": [{"name": "Kezia", "dob": "2003-06-02", "cp_plan": "yes"}] * 7,
    "agencies_involved": [{"agency": "Police"}, {"agency": "Health visiting", "name": "Fern Cole"}],
}
SCOPING = {
    "agency_name": "Police",
    "agency_involved": "yes",
    "involvement_from": "2024-05-01",
    "involvement_summary": "Two calls.\n\nNo arrest.",
    "chronology": [{"date": "2026-01-02", "event": "Call"}, {"date": "November 2023", "event": "Visit"}],
    "opinion_review_type": "single_agency_review",
}
ANSWERS = {"referral": REFERRAL, "scoping": SCOPING}
MEDIA = {"docx": word.blank, "pdf": pdf.blank, "txt": lambda *given: text.blank(*given).encode()}


def returned(kind: str, medium: str, answers):
    stamp = Stamp(kind, 1, "JCR-2026-0001", "POL", "k7Qx")
    return read(f"form.{medium}", MEDIA[medium](FORMS[kind], answers, stamp, ISSUER)), stamp


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_comes_back(kind, medium):
    reading, stamp = returned(kind, medium, ANSWERS[kind])
    assert (reading.kind, reading.edition, reading.stamp) == (kind, 1, stamp)
    assert reading.answers() == FORMS[kind](data=ANSWERS[kind]).typed()
    assert not reading.unplaced


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("kind", FORMS)
def test_every_question_of_every_form_comes_back(kind, medium):
    told = filled(FORMS[kind])
    reading, stamp = returned(kind, medium, told)
    assert reading.stamp == stamp
    assert reading.answers() == FORMS[kind](data=told).typed()
    assert not reading.unplaced


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("kind", FORMS)
def test_a_blank_form_has_no_answers(kind, medium):
    reading, _ = returned(kind, medium, None)
    assert reading.answers() == {}
    assert not reading.unplaced


def without(content: bytes, pattern: str, instead: str = "") -> bytes:
    """Take something out of the text of a Word file, or put something else there, as programs do that save it."""
    old, file = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = re.sub(pattern, instead, part.decode()).encode()
            archive.writestr(name, part)
    return file.getvalue()


def test_bookmarks_help_when_another_program_dropped_the_tags():
    content = without(
        word.blank(FORMS["scoping"], SCOPING, Stamp("scoping", 1)), r"<w:tag [^>]*/>|<w:showingPlcHdr/>"
    )
    reading = read("form.docx", content)
    assert reading.fields["involvement_summary"].startswith("Two calls.")
    assert "good_practice" not in reading.fields
    assert reading.found["agency_name"].how == "bookmark"


def test_what_is_typed_in_libreoffice_is_an_answer_though_it_still_counts_as_the_prompt():
    """It puts the bookmark into the control, drops the tag, and leaves the prompt's style on what was typed."""
    told = {
        "involvement_summary": "Two calls.\n\nNo arrest.",
        "agency_name": "date",
        "agency_involved": "yes",
    }
    content = without(
        word.blank(FORMS["scoping"], told, Stamp("scoping", 1)),
        r"(<w:bookmarkStart [^>]*>)<w:sdt>.*?<w:sdtContent><w:r>(?:<w:rPr>.*?</w:rPr>)?",
        r"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>\1"
        r'<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>',
    )
    reading = read("form.docx", content)
    assert reading.answers() == told
    assert not reading.unplaced


def test_a_bookmark_whose_end_libreoffice_lost_reaches_no_further_than_its_cell():
    told = {"involvement_summary": "Two calls.\n\nNo arrest.", "author_name": "Ada Moss"}
    content = word.blank(FORMS["scoping"], told, Stamp("scoping", 1))
    end = rf'<w:bookmarkEnd w:id="{crc32(b"involvement_summary") >> 1}"/>'
    reading = read("form.docx", without(content, rf"<w:tag [^>]*/>|{end}"))
    assert reading.fields == told
    assert not reading.unplaced


def test_columns_typed_with_tabs_come_back_by_their_bookmark():
    told = {"involvement_summary": "Date\tCall\n\tNone"}
    content = without(word.blank(FORMS["scoping"], told, Stamp("scoping", 1)), r"<w:tag [^>]*/>")
    reading = read("form.docx", content)
    assert reading.fields == told
    assert not reading.unplaced


def paths(form):
    """Yield the path of every answer a form can hold; of a group those of its first and its sixtieth row."""
    for question in form().questions:
        name = question.short_name
        if isinstance(question, Rows):
            for number, one in itertools.product((0, 59), question.entries[0].questions):
                yield path(name, number, one.short_name)
        elif isinstance(question, Choices):
            yield from (path(name, code) for code in question.options)
        else:
            yield name


@pytest.mark.parametrize("kind", FORMS)
def test_a_bookmark_cut_off_at_forty_characters_still_says_whose_answer_it_holds(kind):
    questions = {question.short_name: question for question in FORMS[kind]().questions}
    for answered in paths(FORMS[kind]):
        assert len(bookmark(answered)) <= 40
        assert whole(unflat(bookmark(answered).removeprefix(BOOKMARK)), questions) == answered


@pytest.mark.parametrize("kind", FORMS)
def test_every_question_comes_back_by_its_label_when_nothing_else_is_left(kind):
    """So other office programs save a Word form: neither controls nor bookmarks, only the tables."""
    told = filled(FORMS[kind], 2)
    nothing_left = r"<w:bookmark(?:Start|End) [^>]*/>|<w:sdt>.*?<w:sdtContent>|</w:sdtContent></w:sdt>"
    reading = read("form.docx", without(word.blank(FORMS[kind], told, Stamp(kind, 1)), nothing_left))
    assert reading.answers() == FORMS[kind](data=told).typed()
    assert not reading.unplaced


def test_labels_help_when_bookmarks_are_gone_too():
    content = without(
        word.blank(FORMS["scoping"], SCOPING, Stamp("scoping", 1)),
        r"<w:tag [^>]*/>|<w:bookmark(Start|End) [^>]*/>",
    )
    reading = read("form.docx", content)
    assert reading.kind == "scoping"
    assert reading.fields["involvement_summary"].startswith("Two calls.")
    assert reading.fields["involvement_from"] == "2024-05-01"
    assert not [words for words in reading.unplaced if "Two calls." in words]


def test_the_text_form_is_read_out_of_a_quoted_mail():
    form = text.blank(FORMS["scoping"], SCOPING, Stamp("scoping", 1, "JCR-2026-0001", "POL", "k7Qx"))
    body = "Please see my answers below.\n\nOn Mon, 6 May 2024 at 09:00, Office wrote:\n" + "\n".join(
        f"> {line}" for line in form.split("\n")
    )
    reading = read("body.txt", body.encode())
    assert reading.stamp.token == "k7Qx"
    assert reading.fields["agency_name"] == "Police"
    assert any("see my answers" in words for words in reading.unplaced)


def test_a_copied_block_is_a_further_row():
    form = text.blank(FORMS["scoping"], None, Stamp("scoping", 1))
    block = "-- Event 3 --\nDate * (day/month/year): 3/4/2025\nWhat happened *: Visit\n\n"
    reading = read("body.txt", form.replace("-- Event 3 --", block + "-- Event 3 --").encode())
    assert reading.rows["chronology"] == [{"date": "2025-04-03", "event": "Visit"}]


def test_a_number_on_a_line_of_its_own_is_told_from_what_we_print():
    form = text.blank(
        FORMS["scoping"], {"agency_name": "Police", "involvement_summary": "Call me:\n01632 960001"}
    )
    reading = read("body.txt", form.encode())
    assert reading.fields["involvement_summary"] == "Call me:\n01632 960001"
    assert "01632 960 002" in read("body.txt", f"01632 960 002\n{form}".encode()).unplaced


def test_words_typed_beside_a_control_are_listed():
    content = word.blank(FORMS["scoping"], SCOPING, STAMP)
    added = without(content, "(?!)")
    archive = zipfile.ZipFile(io.BytesIO(added))
    body = (
        archive.read("word/document.xml")
        .decode()
        .replace("Approved by", "Telephone me first. Approved by", 1)
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in archive.namelist():
            new.writestr(name, body if name == "word/document.xml" else archive.read(name))
    assert any("Telephone me first" in words for words in read("form.docx", file.getvalue()).unplaced)


PASTED = "From: Ada\nSent: Monday\nTo: Bert\n\n-- \nYour name: Ada\nNHS number: 9990123456\nKind regards\n____\nAda"


def test_a_mail_pasted_into_an_answer_ends_neither_the_answer_nor_the_form():
    told = {"agency_name": "Police", "involvement_summary": PASTED, "good_practice": "Quick."}
    form = text.blank(FORMS["scoping"], told, Stamp("scoping", 1, "JCR-2026-0001", "POL", "k7Qx"))
    reading = read("body.txt", f"{form}\nKind regards\nCyd Lund\n".encode())
    assert {name: reading.fields[name] for name in told} == told
    assert [line for line in reading.unplaced if "Cyd Lund" in line]
    assert "author_name" not in reading.fields


@pytest.mark.parametrize("kind", FORMS)
def test_every_line_of_a_blank_word_form_is_known_as_printed(kind):
    form = FORMS[kind]
    lines = {bare(line.text) for line in docx.read(word.blank(form, form.fullest)).lines()}
    assert lines <= printed_by(form, "docx")

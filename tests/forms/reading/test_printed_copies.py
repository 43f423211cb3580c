"""Copies of our PDF that were printed or flattened have no boxes left: answers are cut out where the boxes stood."""

import io
import subprocess

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader

from forms import FORMS, Stamp, pdf, word
from forms.reading import read
from forms.reading.sandbox import Reader
from tests.forms.filled import Words, filled
from tests.forms.test_pdf_fillers import with_the_viewer_of_chrome

IN_PRINT = Words(
    "Siân Ŵyn-Łuk",
    "One – “quoted” & <more>, and then a good deal more so that the line is broken by the box and not by hand."
    "\nZweite Zeile: Ştefan, ŷ.\n\nLast line.",
)
ISSUER = "Fellshire Safeguarding Partnerships"
PLAIN = Words("Ada Moss", "She called twice.\nNobody came.")


def stamp_of(form):
    return Stamp(form.kind, form.edition, "JCR-2026-0001", "POL", "k7Qx")


def flattened_by_qpdf(content, folder):
    with pikepdf.open(io.BytesIO(content)) as document:
        document.flatten_annotations("print")
        file = io.BytesIO()
        document.save(file)
    return file.getvalue()


def flattened_by_pdftk(content, folder):
    return made_by(["pdftk", "sent.pdf", "output", "copy.pdf", "flatten"], content, folder)


def printed_to_a_file(content, folder):
    return made_by(["pdftocairo", "-pdf", "sent.pdf", "copy.pdf"], content, folder)


def printed_by_ghostscript(content, folder):
    return made_by(["gs", "-q", "-o", "copy.pdf", "-sDEVICE=pdfwrite", "sent.pdf"], content, folder)


def printed_smaller(content, folder):
    """Fitted to the printer's margins, as viewers do unless they are told otherwise."""
    size = ["-paperw", "540", "-paperh", "764", "-expand"]
    return made_by(["pdftocairo", "-pdf", *size, "sent.pdf", "copy.pdf"], content, folder)


def printed_from_chrome(content, folder):
    """Chrome makes its boxes part of the page, each a picture within the page's own."""
    document, file = pypdfium2.PdfDocument(content), io.BytesIO()
    document.init_forms()
    for number in range(len(document)):
        assert pdfium.FPDFPage_Flatten(document[number], pdfium.FLAT_PRINT) == pdfium.FLATTEN_SUCCESS
    document.save(file)
    return file.getvalue()


def made_by(command, content, folder):
    (folder / "sent.pdf").write_bytes(content)
    subprocess.run(command, cwd=folder, check=True, timeout=60)
    return (folder / "copy.pdf").read_bytes()


WAYS = (
    flattened_by_qpdf,
    flattened_by_pdftk,
    printed_to_a_file,
    printed_by_ghostscript,
    printed_smaller,
    printed_from_chrome,
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_answer_is_read_where_its_box_stood(form, way, tmp_path):
    told = filled(form, 1, IN_PRINT)
    copy = way(pdf.blank(form, told, stamp_of(form), ISSUER), tmp_path)
    assert not PdfReader(io.BytesIO(copy)).get_fields()
    reading = read("copy.pdf", copy)
    assert reading.stamp == stamp_of(form)
    assert reading.answers() == form(data=told).typed()
    assert not reading.unplaced


@pytest.mark.parametrize("way", WAYS)
def test_names_written_from_the_right_and_curly_quotation_marks_are_read_as_written(way, tmp_path):
    form = FORMS["paper"]
    told = {
        "author_name": "محمد الأحمد",
        "presented_by": "שלום עולם",
        "paper_title": "D’Arcy – “née” Ó Sé, €5 …",
        "checked_by": "Nguyễn Thị Hồng Phượng",
    }
    reading = read("copy.pdf", way(pdf.blank(form, told, stamp_of(form)), tmp_path))
    assert reading.fields == told
    assert not reading.unplaced


@pytest.mark.parametrize("way", WAYS)
def test_names_of_two_directions_loose_marks_and_words_longer_than_a_line_are_read_as_written(way, tmp_path):
    form = FORMS["paper"]
    told = {
        "author_name": "שרה בת־אל Cohen",
        "presented_by": "Cohen محمد الأحمد 12 Smith",
        "checked_by": "Nan\u0308",
        "equality": "في 12 مايو 2024، قالت الأم: لا أعرف (ربما غدا).\nרק כך. The mother, سارة الأحمد, said no.",
        "paper_summary": f"See https://example.org/{'a-long-way/' * 12}?page=1 first.\nThen {'Z' * 130} and on.",
    }
    sent = pdf.blank(form, told | {"checked_by": "N\u200ban\u00ad\u0308"}, stamp_of(form))
    reading = read("copy.pdf", way(sent, tmp_path))
    assert reading.fields == told
    assert not reading.unplaced


@pytest.mark.parametrize(
    "story",
    ["اتصلت مرتين ولم يأت أحد ثم حضرت الشرطة إلى البيت", "She rang twice and nobody came to the door"],
)
def test_a_line_that_was_ended_by_hand_is_told_from_one_the_box_broke(story, tmp_path):
    """However the next word would have fitted: the box keeps the space at which it breaks a line."""
    told = {"equality": f"{story} {story}\n{story.split()[0]}\n\nThen no more.", "author_name": "Ada"}
    copy = printed_from_chrome(pdf.blank(FORMS["paper"], told, stamp_of(FORMS["paper"])), tmp_path)
    assert read("copy.pdf", copy).fields == told


def test_what_does_not_fit_its_box_is_read_in_no_other_box_or_said_to_be_missing(tmp_path):
    """Chrome lets one type more than a box shows; its print keeps the rest, hidden, where the next box stands."""
    told = {"late_reasons": "One.\nTwo.\nThree.\nFour.\nFive.\nSix.", "equality": "None."}
    sent = pdf.blank(FORMS["paper"], None, stamp_of(FORMS["paper"]))
    typed = with_the_viewer_of_chrome(sent, told, tmp_path)
    assert read("copy.pdf", printed_from_chrome(typed, tmp_path)).fields == told
    cut = read("copy.pdf", printed_to_a_file(typed, tmp_path))
    assert cut.fields["late_reasons"] == "One.\nTwo.\nThree."
    assert "Ask for the form itself" in cut.found["late_reasons"].doubt
    assert "Ask for the form itself" not in cut.found["equality"].doubt


def test_the_answers_about_one_person_are_not_read_as_those_of_another_that_the_copy_has_not(tmp_path):
    form, person = FORMS["rapid_review"], "subject_core_data__0__"
    told = {
        "subject_initials": "AB",
        "subject_living_circumstances": "At home.",
        "subject_legal_status": "None",
    }
    sent = pdf.blank(form, None, stamp_of(form))
    typed = with_the_viewer_of_chrome(sent, {person + name: text for name, text in told.items()}, tmp_path)
    assert read("copy.pdf", printed_from_chrome(typed, tmp_path)).rows == {"subject_core_data": [told]}


def test_the_answers_about_several_people_are_read_each_as_their_own(tmp_path):
    form = FORMS["referral"]
    told = {"subjects": filled(form, 3, IN_PRINT)["subjects"]}
    story = {"case_summary": "One said:\nPerson 1\nwas hit by\nPerson 4\nand ran."}  # no headings of rows
    sent = pdf.blank(form, {**told, **story}, stamp_of(form))
    reading = read("copy.pdf", printed_from_chrome(sent, tmp_path))
    assert (reading.rows, reading.fields) == (told, story)
    assert not reading.unplaced


def test_the_labels_of_many_rows_are_not_taken_for_what_every_page_repeats(tmp_path):
    form, told = FORMS["scoping"], {"chronology": [{"event": f"Seen {day}."} for day in range(40)]}
    reading = read("copy.pdf", printed_from_chrome(pdf.blank(form, told, stamp_of(form)), tmp_path))
    assert reading.rows == told
    assert not reading.unplaced


def test_signs_that_the_print_only_names_are_said_to_be_named(tmp_path):
    told = {"author_name": "王小明", "checked_by": "Ada"}
    copy = printed_to_a_file(pdf.blank(FORMS["paper"], told, stamp_of(FORMS["paper"])), tmp_path)
    reading = read("copy.pdf", copy)
    assert reading.fields["author_name"] == "[in Chinese or Japanese script]"
    assert "names signs in square brackets" in reading.found["author_name"].doubt
    assert "square brackets" not in reading.found["checked_by"].doubt


def test_it_is_marked_as_read_from_a_printed_copy_and_every_answer_as_doubtful(tmp_path):
    form = FORMS["paper"]
    copy = printed_to_a_file(pdf.blank(form, filled(form, 1, PLAIN), stamp_of(form)), tmp_path)
    with Reader() as reader:
        reading = reader.read("copy.pdf", copy)
    assert any("printed or flattened copy of our form" in note for note in reading.notes)
    assert {found.how for found in reading.found.values()} == {"from a printed copy"}
    assert all(found.doubt and found.score < 1 for found in reading.found.values())


def test_a_printed_copy_of_a_blank_form_has_no_answers(tmp_path):
    for kind, form in FORMS.items():
        reading = read("copy.pdf", printed_to_a_file(pdf.blank(form, None, stamp_of(form)), tmp_path))
        assert reading.kind == kind
        assert reading.answers() == {}
        assert not reading.unplaced


ROWS = {
    "referral": {
        "family_members": [
            {"name": "Kezia Ash", "relationship": "Mother", "dob": "2003-06-02", "address": "1 Lock Lane"},
            {"name": "Denzel Lyle", "relationship": "Father"},
        ],
        "agencies_involved": [
            {
                "agency": "Health Visiting",
                "name": "Fern Cole",
                "contact": "01632 960171",
                "still_involved": "yes",
            },
            {"agency": "West Elm Police"},
        ],
    },
    "scoping": {
        "chronology": [
            {"date": "2023-09-17", "source": "Notes", "event": "New birth visit"},
            {"date": "2023-10-03", "event": "No access"},
        ],
    },
}


OF_MANY_SCRIPTS = {
    "author_name": "Nguyễn Thị Hồng Phượng",
    "presented_by": "محمد الأحمد",
    "checked_by": "Ada 😀 Moss",
    "paper_title": "রহিমা খাতুন",
    "equality": "One.\n\nThree.\n\n\nSix.",
    "paper_summary": "He said that it was so, and went on. " * 200 + "\n\nEnd.",
}


@pytest.fixture(scope="module")
def word_forms_as_pdf(tmp_path_factory):
    """Kind -> our Word form, filled in, as LibreOffice makes a PDF of it."""
    folder = tmp_path_factory.mktemp("word")
    for kind, form in FORMS.items():
        (folder / f"{kind}.docx").write_bytes(
            word.blank(form, filled(form, 1, IN_PRINT), stamp_of(form), ISSUER)
        )
    for kind, rows in ROWS.items():
        (folder / f"rows-{kind}.docx").write_bytes(
            word.blank(FORMS[kind], rows, stamp_of(FORMS[kind]), ISSUER)
        )
    paper = FORMS["paper"]
    (folder / "scripts.docx").write_bytes(word.blank(paper, OF_MANY_SCRIPTS, stamp_of(paper), ISSUER))
    command = [
        "soffice",
        f"-env:UserInstallation={folder.as_uri()}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, *folder.glob("*.docx")], cwd=folder, check=True, timeout=240, capture_output=True
    )
    return {made.stem: made.read_bytes() for made in folder.glob("*.pdf")}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_word_form_made_into_a_pdf_is_read_by_its_labels(form, word_forms_as_pdf):
    """It has neither boxes nor controls; a row of many columns may be cut by the end of a page."""
    reading = read("copy.pdf", word_forms_as_pdf[form.kind])
    told = form(data=filled(form, 1, IN_PRINT)).typed()
    in_columns = {one.short_name for one in form().questions if one.repeats and one.layout == "table"}
    assert reading.stamp == stamp_of(form)
    assert all_but(in_columns, reading.answers()) == all_but(in_columns, told)
    assert reading.answers().keys() == told.keys()
    assert not reading.unplaced
    assert all(one.doubt for one in reading.found.values())
    assert not reading.problems
    assert any("printed or flattened copy" in note for note in reading.notes)
    assert not any("script" in note for note in reading.notes)


@pytest.mark.parametrize("kind", ["referral", "scoping"])
def test_the_rows_of_a_word_form_made_into_a_pdf_are_read_as_rows(kind, word_forms_as_pdf):
    reading = read("copy.pdf", word_forms_as_pdf[f"rows-{kind}"])
    assert reading.rows == ROWS[kind]
    assert all(reading.found[group].doubt for group in ROWS[kind])
    assert not [words for words in reading.unplaced if " · edition 1 · " not in words]


def test_letters_of_every_script_and_blank_lines_are_read_where_the_page_of_a_word_form_shows_them(
    word_forms_as_pdf,
):
    """Programs draw what their typeface lacks last; an answer may run over pages, in a box by itself on each."""
    reading = read("copy.pdf", word_forms_as_pdf["scripts"])
    long = "paper_summary"
    assert all_but({long}, reading.fields) == all_but({long}, OF_MANY_SCRIPTS)
    assert reading.fields["equality"] == OF_MANY_SCRIPTS["equality"]
    assert folded(reading.fields[long]) == folded(OF_MANY_SCRIPTS[long])
    assert not reading.unplaced


def all_but(left_out, answers):
    return {name: folded(value) for name, value in answers.items() if name not in left_out}


def folded(value):
    """A value in one line: where a printed line ends, nobody knows whether a person broke it."""
    return " ".join(str(value).replace("\\r", " ").replace("\\n", " ").split())


def test_what_is_written_between_the_boxes_is_listed(tmp_path):
    form = FORMS["paper"]
    with pikepdf.open(io.BytesIO(pdf.blank(form, filled(form, 1, PLAIN), stamp_of(form)))) as document:
        page = document.pages[0]
        page.contents_add(b"q BT /F1 9 Tf 70 20 Td (Ring me before you print this) Tj ET Q")
        page.Resources.Font.F1 = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        file = io.BytesIO()
        document.save(file)
    assert (
        "Ring me before you print this"
        in read("c.pdf", flattened_by_qpdf(file.getvalue(), tmp_path)).unplaced
    )


def test_a_picture_of_a_page_is_said_to_be_a_scan(tmp_path):
    form = FORMS["paper"]
    (tmp_path / "sent.pdf").write_bytes(pdf.blank(form, filled(form, 1, PLAIN), stamp_of(form)))
    subprocess.run(["pdftoppm", "-png", "-r", "50", "sent.pdf", "page"], cwd=tmp_path, check=True, timeout=60)
    pages = [Image.open(page).convert("RGB") for page in sorted(tmp_path.glob("page*.png"))]
    pages[0].save(tmp_path / "scan.pdf", save_all=True, append_images=pages[1:])
    reading = read("scan.pdf", (tmp_path / "scan.pdf").read_bytes())
    assert reading.kind == "other"
    assert "it is a picture of a page (a scan), without text" in reading.problems[0]

"""Agencies fill our PDF in with whatever they have: what the usual programs write comes back word for word."""

import ctypes
import io

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf.form import Form
from pypdf import PdfReader, PdfWriter

from forms import ScopingForm, Stamp, pdf
from forms.names import flat
from forms.reading import read

STAMP = Stamp("scoping", 1, "JCR-2026-0001", "POL", "k7Qx")
NAME = "Siân Ŵyn-Łukaszewska, Ştefan, محمد"
LONG = "One – “quoted”.\n\n" + "Two & more. " * 60
TYPED = {"author_name": NAME, "involvement_summary": LONG, "involvement_from": "1 May 2024"}
CHOSEN = {"agency_involved": "Yes"}
YES = 1  # its place in the list, after the empty one
IN_A_ROW = {"chronology.0.event": "Call", "chronology.0.date": "November 2023"}
EXPECTED = {
    "author_name": NAME,
    "involvement_summary": LONG.strip(),
    "involvement_from": "2024-05-01",
    "agency_involved": "yes",
    "chronology": [{"date": "November 2023", "event": "Call"}],
}


@pytest.fixture(scope="module")
def sent():
    return pdf.blank(ScopingForm, {"return_deadline": "2026-12-04"}, STAMP)


def all_typed():
    return {flat(name): value for name, value in {**TYPED, **CHOSEN, **IN_A_ROW}.items()}


def assert_all_came_back(content):
    reading = read("return.pdf", content)
    assert reading.stamp == STAMP
    answers = reading.answers()
    assert {name: answers.get(name) for name in EXPECTED} == EXPECTED
    assert set(answers) == {*EXPECTED, "return_deadline"}


def test_filled_in_with_pypdf(sent):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sent)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, all_typed(), auto_regenerate=False)
    file = io.BytesIO()
    writer.write(file)
    assert_all_came_back(file.getvalue())


def test_filled_in_with_pikepdf(sent):
    with pikepdf.open(io.BytesIO(sent)) as document:
        form = Form(document)
        for name, value in all_typed().items():
            form[name].value = value
        file = io.BytesIO()
        document.save(file)
    assert_all_came_back(file.getvalue())


def test_filled_in_by_typing_in_the_viewer_of_chrome(sent):
    document = pypdfium2.PdfDocument(sent)
    document.init_forms()
    places = places_of(sent)
    for name, value in all_typed().items():
        type_into(document, *places[name], value)
    file = io.BytesIO()
    document.save(file)
    document.close()
    assert_all_came_back(file.getvalue())


def places_of(content):
    """Box name -> number of its page, and its middle in points."""
    found = {}
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        for box in (annotation.get_object() for annotation in page.get("/Annots", ())):
            if "/T" in box:
                left, bottom, right, top = map(float, box["/Rect"])
                found[box["/T"]] = (number, (left + right) / 2, (bottom + top) / 2)
    return found


def type_into(document, number, across, up, value):
    """Click into a box and type, or click on an option of a list."""
    page = document[number]
    form = document.formenv
    pdfium.FORM_OnAfterLoadPage(page, form)
    pdfium.FORM_OnLButtonDown(form, page, 0, across, up)
    pdfium.FORM_OnLButtonUp(form, page, 0, across, up)
    if value in CHOSEN.values():
        pdfium.FORM_SetIndexSelected(form, page, YES, True)
    else:
        words = (value + "\0").encode("utf-16-le")
        buffer = ctypes.create_string_buffer(words)
        pdfium.FORM_ReplaceSelection(form, page, ctypes.cast(buffer, pdfium.FPDF_WIDESTRING))
    pdfium.FORM_ForceToKillFocus(form)
    pdfium.FORM_OnBeforeClosePage(page, form)


def test_letters_outside_latin_are_drawn_in_the_viewer_of_chrome():
    """The words of a box that is filled in before it is sent are seen, not only stored."""
    empty, romanian, arabic = (lightness(name) for name in ("", "Ştefan", "محمد"))
    assert romanian < empty
    assert arabic < empty


def lightness(name):
    """How light the page is on which the author's name is asked for."""
    content = pdf.blank(ScopingForm, {"author_name": name}, STAMP)
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    page = document[places_of(content)["author_name"][0]]
    return sum(bytes(page.render(scale=1, grayscale=True).buffer))

"""Agencies fill our PDFs in with whatever they have: what the usual programs write comes back word for word."""

import ctypes
import io
import subprocess
from functools import cache

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf.form import Form as Boxes
from pypdf import PdfReader, PdfWriter

from forms import FORMS, ScopingForm, Stamp, pdf
from forms.reading import read
from tests.forms.filled import filled

TICKED = "/Yes"


def stamp_of(form):
    return Stamp(form.kind, form.edition, "JCR-2026-0001", "POL", "k7Qx")


def told(form):
    """An answer to every question; groups have one row, because a PDF offers no more of some."""
    return filled(form, rows=1)


@cache
def sent(form):
    """The form as it goes out: only what the office knows is filled in."""
    given = form.given.names if form.given else ()
    return pdf.blank(form, {name: told(form)[name] for name in given}, stamp_of(form))


@cache
def to_type(form):
    """Box name -> what to type, choose or tick: everything that the office left to be answered."""
    empty, full = (PdfReader(io.BytesIO(made)).get_fields() for made in (sent(form), answered(form)))
    return {
        name: full[name].value for name, box in empty.items() if full[name].value not in (box.value, "/Off")
    }


def answered(form):
    return pdf.blank(form, told(form), stamp_of(form))


def with_pypdf(content, values, folder):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def with_pikepdf(content, values, folder):
    with pikepdf.open(io.BytesIO(content)) as document:
        form = Boxes(document)
        for name, value in values.items():
            if value == TICKED:
                form[name].checked = True
            else:
                form[name].value = value
        file = io.BytesIO()
        document.save(file)
    return file.getvalue()


def with_pdftk(content, values, folder):
    """pdftk takes the values from a file in the forms data format."""
    entries = (
        f"<< /T <{coded(name)}> /V {TICKED if value == TICKED else f'<{coded(value)}>'} >>"
        for name, value in values.items()
    )
    fields = f"1 0 obj << /FDF << /Fields [{' '.join(entries)}] >> >> endobj"
    typed = f"%FDF-1.2\n{fields}\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    (folder / "sent.pdf").write_bytes(content)
    (folder / "typed.fdf").write_text(typed, encoding="ascii")
    command = ["pdftk", "sent.pdf", "fill_form", "typed.fdf", "output", "returned.pdf", "need_appearances"]
    subprocess.run(command, cwd=folder, check=True, timeout=60)
    return (folder / "returned.pdf").read_bytes()


def coded(text):
    return "feff" + text.encode("utf-16-be").hex()


def with_the_viewer_of_chrome(content, values, folder):
    """Each box is clicked into and typed in, as a person does."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        boxes = [annotation.get_object() for annotation in page.get("/Annots", ())]
        if wanted := [box for box in boxes if box.get("/T") in values]:
            type_on_page(document, number, [(box, values[box["/T"]]) for box in wanted])
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


def type_on_page(document, number, wanted):
    page, form = document[number], document.formenv
    pdfium.FORM_OnAfterLoadPage(page, form)
    for box, value in wanted:
        left, bottom, right, top = map(float, box["/Rect"])
        middle = (left + right) / 2, (bottom + top) / 2
        pdfium.FORM_OnLButtonDown(form, page, 0, *middle)
        pdfium.FORM_OnLButtonUp(form, page, 0, *middle)
        if box["/FT"] == "/Ch":
            pdfium.FORM_SetIndexSelected(form, page, box["/Opt"].index(value), True)
        elif box["/FT"] == "/Tx":
            typed = ctypes.create_string_buffer((value + "\0").encode("utf-16-le"))
            pdfium.FORM_ReplaceSelection(form, page, ctypes.cast(typed, pdfium.FPDF_WIDESTRING))
        pdfium.FORM_ForceToKillFocus(form)
    pdfium.FORM_OnBeforeClosePage(page, form)


PROGRAMS = (with_pypdf, with_pikepdf, with_pdftk, with_the_viewer_of_chrome)


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_question_of_every_form_comes_back_from(program, form, tmp_path):
    assert_all_came_back(program(sent(form), to_type(form), tmp_path), form)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_question_of_every_form_comes_back_from_the_viewer_of_firefox(form, fill_in_firefox):
    values = {name: value == TICKED or value for name, value in to_type(form).items()}
    assert_all_came_back(fill_in_firefox(sent(form), values), form)


def assert_all_came_back(content, form):
    reading = read("return.pdf", content)
    assert reading.stamp == stamp_of(form)
    assert reading.answers() == form(data=told(form)).typed()
    assert not reading.unplaced


def test_letters_outside_latin_are_drawn_in_the_viewer_of_chrome():
    """The words of a box that is filled in before it is sent are seen, not only stored."""
    empty, romanian, arabic = (lightness(name) for name in ("", "Ştefan", "محمد"))
    assert romanian < empty
    assert arabic < empty


def lightness(name):
    """How light the page is on which the author's name is asked for."""
    content = pdf.blank(ScopingForm, {"author_name": name}, stamp_of(ScopingForm))
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    page = document[page_of(content, "author_name")]
    return sum(bytes(page.render(scale=1, grayscale=True).buffer))


def page_of(content, name):
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        if any(box.get_object().get("/T") == name for box in page.get("/Annots", ())):
            return number
    raise LookupError(name)

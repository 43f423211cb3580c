"""Fillable PDF forms: accessible, every box named, no limit that cuts a sentence off, the stamp on board."""

import io

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter

from forms import FORMS, RapidReviewForm, ReferralForm, ScopingForm, Stamp, pdf
from forms.fields import Choices, Rows
from forms.names import STAMP_FIELD, flat, path, stamp_in, unflat
from tests.services.verapdf import verapdf

STAMP = Stamp("scoping", 1, "JCR-2026-0001", "POL", "k7Qx")
NAME = "Siân Ŵyn-Łukaszewska, Σοφία, محمد"
KNOWN = {
    "review_type_requested": ["child"],
    "incident_date": "2026-02-03",
    "incident_summary": "Line one, “quoted”.\nLine two & more <tags> (and brackets) \\ " + "word " * 300,
    "immediate_concerns": "not_known",
    "subjects": [{"subject_name": NAME, "subject_died": "yes"}],
    "family_members": [{"name": "Kezia", "cp_plan": "yes"}] * 7,
}


@pytest.fixture(scope="module")
def filled():
    return pdf.blank(ReferralForm, KNOWN)


@pytest.fixture(scope="module")
def boxes(filled):
    return PdfReader(io.BytesIO(filled)).get_fields()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_form_code_stands_on_no_page_by_itself(form):
    last = PdfReader(io.BytesIO(pdf.blank(form, form.fullest, STAMP))).pages[-1]
    assert len(last["/Annots"]) > 1


def test_every_medium_of_every_form_keeps_the_standard_for_accessible_pdf(tmp_path, filled):
    made = {
        "referral-filled": filled,
        **{kind: pdf.blank(form, form.fullest) for kind, form in FORMS.items()},
        "referral-blank": pdf.blank(ReferralForm),
        "scoping-sent": pdf.blank(ScopingForm, {"subject_name": NAME, "agency_name": "Police"}, STAMP),
    }
    for name, content in made.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    assert verapdf(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_answer_has_a_box_with_a_spoken_name_and_no_limit(form):
    with pikepdf.open(io.BytesIO(pdf.blank(form, form.fullest))) as document:
        found = {str(box.T): box for box in document.Root.AcroForm.Fields}
    given = set(form.given.names) if form.given else set()
    assert set(map(flat, _paths(form, given))) <= set(found)
    for name, box in found.items():
        assert "." not in name
        assert str(box.TU).strip()
        assert "/MaxLen" not in box


def _paths(form, given):
    for question in form().questions:
        if question.short_name in given:
            continue
        if isinstance(question, Rows):
            for inner in question.entries[0].questions:
                yield path(question.short_name, 0, inner.short_name)
        elif isinstance(question, Choices):
            yield from (path(question.short_name, code) for code in question.options)
        else:
            yield question.short_name


def test_box_names_lead_back_to_the_answers_they_hold():
    assert unflat(flat("subjects.0.subject_name")) == "subjects.0.subject_name"


def test_what_is_known_is_filled_in_word_for_word(boxes):
    assert boxes["subjects__0__subject_name"].value == NAME
    assert boxes["incident_summary"].value == KNOWN["incident_summary"].strip()
    assert boxes["incident_date"].value == "3 February 2026"
    assert boxes["immediate_concerns"].value == "Not known"
    assert boxes["review_type_requested__child"].value == "/Yes"
    assert boxes["review_type_requested__adult"].value == "/Off"
    assert boxes["family_members__6__name"].value == "Kezia"


def test_a_list_to_choose_from_begins_with_nothing():
    with pikepdf.open(io.BytesIO(pdf.blank(ReferralForm))) as document:
        box = next(box for box in document.Root.AcroForm.Fields if str(box.T) == "immediate_concerns")
        assert [str(option) for option in box.Opt] == [" ", "Yes", "No", "Not known"]
        assert str(box.V).strip() == ""


def test_letters_outside_latin_can_be_seen_and_copied(filled):
    with pikepdf.open(io.BytesIO(filled)) as document:
        box = next(box for box in document.Root.AcroForm.Fields if str(box.T) == "subjects__0__subject_name")
        font = box.AP.N.Resources.Font.F
        assert font.Subtype == "/Type0"
        assert b"<0141>" in font.ToUnicode.read_bytes()  # Ł


def test_the_stamp_is_in_a_shut_box_in_print_and_in_the_properties():
    content = pdf.blank(ScopingForm, {}, STAMP)
    reader = PdfReader(io.BytesIO(content))
    box = reader.get_fields()[STAMP_FIELD]
    assert stamp_in(box.value) == STAMP
    assert box.get("/Ff") & 1
    assert stamp_in(reader.pages[-1].extract_text()) == STAMP
    assert (reader.metadata.subject, reader.metadata["/Keywords"]) == ("form:scoping:1", STAMP.identifier)
    assert reader.metadata.title == "Scoping return"


def test_what_the_office_filled_in_is_shut():
    boxes = PdfReader(io.BytesIO(pdf.blank(ScopingForm, {"return_deadline": "2026-12-04"}))).get_fields()
    assert boxes["return_deadline"]["/Ff"] & 1
    assert not boxes["agency_name"].get("/Ff", 0) & 1


def test_a_box_for_one_line_grows_with_what_is_filled_in_before_it_is_sent():
    short, long = ({"subject_name": ", ".join([NAME] * times)} for times in (1, 4))
    low, high = (_box(pdf.blank(ScopingForm, known, STAMP), "subject_name") for known in (short, long))
    assert high.value == long["subject_name"]
    assert high["/Ff"] & 1 << 12
    assert not low["/Ff"] & 1 << 12


def _box(content, name):
    return PdfReader(io.BytesIO(content)).get_fields()[name]


def test_the_mark_of_a_question_that_must_be_answered_stays_with_its_last_word():
    pages = PdfReader(io.BytesIO(pdf.blank(RapidReviewForm))).pages
    lines = [line.strip() for page in pages for line in page.extract_text().splitlines()]
    assert sum(line.endswith("*") for line in lines) > 20
    assert "*" not in lines


def test_the_boxes_of_a_row_share_its_lines_evenly():
    with pikepdf.open(io.BytesIO(pdf.blank(RapidReviewForm))) as document:
        boxes = {str(box.T): box.Rect for box in document.Root.AcroForm.Fields}
    row = [boxes[f"attendees__0__{name}"] for name in ("agency", "name", "role", "presence")]
    widths = {round(float(right) - float(left)) for left, _, right, _ in row}
    tops = [round(float(top)) for _, _, _, top in row]
    assert len(widths) == 1
    assert tops[0] == tops[1] > tops[2] == tops[3]


def test_what_an_agency_types_with_another_program_comes_back(tmp_path):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf.blank(ScopingForm, {}, STAMP))))
    writer.update_page_form_field_values(None, {"author_name": NAME, "good_practice": "One\nTwo " * 500})
    file = io.BytesIO()
    writer.write(file)
    boxes = PdfReader(file).get_fields()
    assert boxes["author_name"].value == NAME
    assert boxes["good_practice"].value == "One\nTwo " * 500


def test_no_name_stands_in_the_properties_of_a_filled_form(filled):
    assert not any("Siân" in str(value) for value in PdfReader(io.BytesIO(filled)).metadata.values())

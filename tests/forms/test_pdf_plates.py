"""A PDF form set from a plate is the one that would have been drawn for its stamp and answers."""

import io

import pikepdf
import pytest

from forms import FORMS, Stamp, pdf, pdf_plates
from tests.forms.filled import filled

SHORT, LONG = "k7Qx", "b5e0c4b2a7d94f51"
STAMPS = [
    Stamp("scoping", 1, "JCR-2026-0001", "POL", SHORT),
    Stamp("scoping", 1, "JCR-2026-0417", "NHS-ICB", LONG),
    Stamp("scoping", 1, "", "POL", SHORT),
    Stamp("scoping", 1, "JCR-2026-0002", "POL (west)", SHORT),
    Stamp("scoping", 1, "JCR-2026-0002", "POL", "x" * 80),
]
ANSWERS = [
    {},
    {"agency_name": "Police", "subject_name": "Siân Ŵyn", "return_deadline": "2026-12-04"},
    filled(FORMS["scoping"]),
]


def shown(content: bytes) -> tuple[list[bytes], list[tuple[str, ...]]]:
    """Return what is printed on each page, and of each box its place, name, state and value."""
    with pikepdf.open(io.BytesIO(content)) as document:
        pages = [page.Contents.read_bytes() for page in document.pages]
        boxes = [
            tuple(str(box.get(key, "")) for key in ("/T", "/TU", "/Rect", "/V", "/AS", "/Ff", "/I"))
            for box in document.Root.AcroForm.Fields
        ]
    return pages, boxes


@pytest.mark.parametrize("answers", ANSWERS, ids=["blank", "known", "full"])
def test_a_form_from_a_plate_shows_what_a_drawn_one_shows(answers, monkeypatch):
    for stamp in STAMPS:
        set_anew = pdf.blank(FORMS["scoping"], answers, stamp)
        with monkeypatch.context() as patch:
            patch.setattr(pdf, "stand_in", lambda stamp: None)
            assert shown(pdf.blank(FORMS["scoping"], answers, stamp)) == shown(set_anew)


def test_forms_that_differ_in_stamp_and_short_answers_are_drawn_once(monkeypatch):
    monkeypatch.setattr(pdf_plates, "_PLATES", {})
    for number, name in enumerate(("Ada", "Bert Lund", "Siân Ŵyn-Łukaszewska")):
        stamp = Stamp("action_update", 1, f"JCR-2026-{number:04}", "POL", SHORT)
        pdf.blank(FORMS["action_update"], {"author_name": name, "progress": "So far so good."}, stamp)
    assert len(pdf_plates._PLATES) == 1


def test_a_longer_answer_has_a_longer_box_of_its_own(monkeypatch):
    monkeypatch.setattr(pdf_plates, "_PLATES", {})
    form = FORMS["action_update"]
    name = next(one.short_name for one in form().questions if getattr(one, "lines", 1) > 3)
    for text in ("Done.", "\n".join(["Line"] * 20)):
        pdf.blank(form, {name: text})
    assert len(pdf_plates._PLATES) == 2

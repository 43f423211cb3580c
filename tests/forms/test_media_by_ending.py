"""A form is asked for by kind and ending, with or without a case and an agency."""

import pytest

from forms import FORMS, ScopingForm, Stamp
from forms.media import MEDIA, file_name, written
from forms.reading import read

STAMP = Stamp("scoping", 1, "JCR-2026-0001", "POL", "k7Qx")
BEGINS = {"docx": b"PK", "pdf": b"%PDF-1.7", "txt": b"SCOPING RETURN"}


@pytest.mark.tor("7.1")
@pytest.mark.parametrize("ending", MEDIA)
@pytest.mark.parametrize("kind", FORMS)
def test_every_form_comes_in_every_medium_and_is_known_again_when_it_comes_back_empty(kind, ending):
    content = written(FORMS[kind], ending)
    reading = read(f"form.{ending}", content)
    assert (reading.kind, reading.edition, reading.answers()) == (kind, 1, {})


@pytest.mark.parametrize("ending", MEDIA)
def test_a_form_for_a_case_and_an_agency_carries_both_and_what_is_known(ending):
    content = written(ScopingForm, ending, {"agency_name": "Heddlu Gŵent"}, STAMP)
    assert content.startswith(BEGINS[ending])
    reading = read(f"form.{ending}", content)
    assert reading.stamp == STAMP
    assert reading.answers() == {"agency_name": "Heddlu Gŵent"}


def test_the_name_of_a_file_holds_reference_and_agency_and_nobodys_name():
    assert file_name(STAMP, "docx") == "JCR-2026-0001-scoping-POL.docx"
    assert file_name(Stamp("rapid_review", 1), "pdf") == "rapid-review.pdf"


def test_another_ending_is_refused():
    with pytest.raises(KeyError):
        written(ScopingForm, "odt")

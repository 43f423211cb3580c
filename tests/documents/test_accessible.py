"""Every document keeps PDF/UA-1, and the checker that says so can tell when one does not."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf

from forms.paper import fonts
from tests.documents.samples import letters, meetings
from tests.services.verapdf import verapdf

Spoil = Callable[[Pdf], None]


def test_every_document_keeps_pdf_ua(folder: Path) -> None:
    assert verapdf(sorted(folder.glob("*.pdf"))) == []


def without_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def without_structure(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def without_title(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def without_scope(pdf: Pdf) -> None:
    for element in _elements(pdf, "/TH"):
        del element.A


def with_a_heading_skipped(pdf: Pdf) -> None:
    for element in _elements(pdf, "/H2"):
        element.S = Name.H4


def with_an_untied_link(pdf: Pdf) -> None:
    for element in _elements(pdf, "/Link"):
        element.S = Name.Span


def with_untagged_words(pdf: Pdf) -> None:
    words = b"BT 1 0 0 1 60 60 Tm (Added later) Tj ET"
    pdf.pages[0].contents_add(pdf.make_stream(words))


def _elements(pdf: Pdf, tag: str) -> list[Dictionary]:
    every = (thing for thing in pdf.objects if isinstance(thing, Dictionary))
    elements = (thing for thing in every if thing.get("/Type") == Name.StructElem)
    return [element for element in elements if str(element.S) == tag]


SPOILT: dict[str, tuple[Spoil, str]] = {
    "no language": (without_language, "7.2"),
    "no structure": (without_structure, "7.1"),
    "no title": (without_title, "7.1"),
    "headings without scope": (without_scope, "7.5"),
    "a heading level skipped": (with_a_heading_skipped, "7.4.2"),
    "a link that is not tagged as one": (with_an_untied_link, "7.18.5"),
    "words outside the structure": (with_untagged_words, "7.1"),
}


@pytest.fixture(scope="module")
def found(documents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """For each spoilt copy of an agenda, the clauses of the standard that veraPDF finds broken."""
    folder = tmp_path_factory.mktemp("spoilt")
    for what, (spoil, _) in SPOILT.items():
        with pikepdf.open(io.BytesIO(documents["plain_agenda"])) as pdf:
            spoil(pdf)
            pdf.save(folder / f"{what}.pdf")
    failures = verapdf(sorted(folder.glob("*.pdf")))
    return {what: {f.rule for f in failures if Path(f.path).stem == what} for what in SPOILT}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_copy_fails_for_its_own_fault(found: dict[str, set[str]], what: str) -> None:
    clause = SPOILT[what][1]
    assert any(rule.startswith(clause) for rule in found[what]), found[what]


def test_a_file_that_is_no_pdf_is_reported_and_not_passed(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"Dear Sir")
    assert [failure.rule for failure in verapdf([tmp_path / "letter.pdf"])] == ["unreadable"]


def test_all_fonts_are_embedded(documents: dict[str, bytes]) -> None:
    for name, content in documents.items():
        with pikepdf.open(io.BytesIO(content)) as pdf:
            loose = [
                str(thing.BaseFont)
                for thing in pdf.objects
                if isinstance(thing, Dictionary)
                and thing.get("/Type") == Name.Font
                and "/FontFile2" not in thing.get("/FontDescriptor", {})
            ]
        assert not loose, f"{name}: {loose}"


def test_what_a_file_says_of_itself_names_nobody(documents: dict[str, bytes]) -> None:
    for name, content in documents.items():
        with pikepdf.open(io.BytesIO(content)) as pdf:
            said = f"{dict(pdf.docinfo)} {pdf.Root.Metadata.read_bytes().decode()}"
        for person in ("Siân", "Price", "Pugh", "Marsh", "Maddox", "A.B."):
            assert person not in said, f"{name} names {person}"


def test_the_same_record_gives_the_same_bytes(documents: dict[str, bytes]) -> None:
    assert meetings.plain_agenda() == documents["plain_agenda"]
    assert letters.awkward() == documents["awkward_letter"]


def test_no_letter_is_ever_an_empty_box() -> None:
    awkward = "বাংলা 王小明 ☒ 😀 ŵ Ł ș ğ ẹ́ محمد ⁠\u0007 \U0001f9ff \ue000"
    shown = fonts.printable(awkward)
    assert {char for char in shown if ord(char) not in fonts.coverage()} == set()
    assert shown.startswith("[in Bengali script] [in Chinese or Japanese script] [x] [grinning face] ŵ Ł ș ğ")

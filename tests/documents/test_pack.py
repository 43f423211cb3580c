"""A pack joins papers, ours and those of members, keeps PDF/UA-1 where they do, and says where they do not."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from forms.paper import fonts
from forms.paper.handed_over import Pack, Part, as_bytes, from_bytes
from forms.paper.pack import made
from forms.reading.sandbox import PAPERS, Reader
from tests.documents.samples import letters, meetings, odd
from tests.documents.samples.words import HOSTILE, NAMES
from tests.services.verapdf import verapdf

READER = "Siân Łukaszewska"


def scan(pages: int, turned: int = 0) -> bytes:
    """Pages without structure, with a field filled in, a script and a link that acts: as members send them."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(842, 595))
    for number in range(pages):
        canvas.setPageRotation(turned)
        canvas.drawString(72, 500, f"Supplied page {number + 1}")
        canvas.linkURL("javascript:alert(1)", (72, 480, 200, 495))
        canvas.acroForm.textfield(name=f"f{number}", value="Filled in", x=72, y=300, maxlen=None)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(file.getvalue())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def linked() -> bytes:
    """A paper without structure, with a link to the web and one to its second page, as Word prints them."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for link in ("https://www.example.org/report", "javascript:alert(1)"):
        canvas.setFont(fonts.BODY, 12)
        canvas.bookmarkPage(link)
        canvas.drawString(72, 700, "The report")
        canvas.linkURL(link, (72, 690, 200, 715))
        canvas.linkAbsolute("The second page", "javascript:alert(1)", (72, 600, 200, 615))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def as_libreoffice_tags(content: bytes) -> bytes:
    """The same with names for its tags, some of which stand for themselves."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        roles = {"/H1": Name.H1, "/Standard": Name.P, "/Heading": Name("/Body"), "/Body": Name.Heading}
        pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(roles)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@cache
def accessible() -> Pack:
    """Papers with structure; made when they are needed, as they take seconds."""
    return Pack(
        "Business meeting, 3 December 2026",
        "Thursday 3 December 2026, 10:00, Plough Lane",
        "Herefordshire Safeguarding Partnerships",
        "OFFICIAL-SENSITIVE",
        "Contact: office@example.org",
        (
            Part("Agenda", meetings.plain_agenda(numbered=False), ours=True),
            Part(
                f"Paper 1: {HOSTILE}", meetings.awkward_minutes(), note="Late, with the leave of the chair."
            ),
            Part(f"Paper 2: {NAMES}", as_libreoffice_tags(letters.awkward())),
        ),
        READER,
    )


@cache
def of_all_sorts() -> Pack:
    return replace(
        accessible(),
        parts=(
            *accessible().parts,
            Part("Paper 3: A scan", scan(2, 90)),
            Part("Paper 4: Broken", b"%PDF-1.7 and nothing else"),
            *(Part(f"Paper {number}: {NAMES}", letters.bare()) for number in range(5, 35)),
        ),
    )


@pytest.fixture(scope="module")
def clean() -> bytes:
    return made(replace(accessible(), parts=(*accessible().parts, Part("Paper 3: Links", linked()))))


@pytest.fixture(scope="module")
def mixed() -> bytes:
    with Reader(work=PAPERS) as reader:
        return reader.packed(of_all_sorts())


@pytest.mark.tor("9.1")
def test_a_pack_of_accessible_papers_keeps_pdf_ua_and_a_spoilt_copy_does_not(
    clean: bytes, tmp_path: Path
) -> None:
    whole, spoilt = tmp_path / "whole.pdf", tmp_path / "spoilt.pdf"
    whole.write_bytes(clean)
    with pikepdf.open(whole) as pdf:
        del pdf.Root.StructTreeRoot.K.K[2]  # the structure of one paper is lost, as in a plain merge
        pdf.pages[1].contents_add(pdf.make_stream(b"BT 1 0 0 1 60 60 Tm (Added) Tj ET"))
        pdf.save(spoilt)
    found = verapdf([whole, spoilt])
    assert {Path(one.path).stem for one in found} == {"spoilt"}
    assert any(one.rule.startswith("7.1") for one in found)


def test_contents_and_bookmarks_lead_to_each_paper_in_one_run_of_page_numbers(mixed: bytes) -> None:
    read = PdfReader(io.BytesIO(mixed))
    total = len(read.pages)
    numbered = [
        f"Page {number} of {total}" in page.extract_text() for number, page in enumerate(read.pages, 1)
    ]
    assert all(numbered)
    with pikepdf.open(io.BytesIO(mixed)) as pdf:
        places = {page.objgen: number for number, page in enumerate(pdf.pages)}
        links = [link for page in pdf.pages for link in page.get("/Annots", []) if "/Dest" in link]
        led = list(dict.fromkeys(places[link.Dest[0].objgen] for link in links))
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[-30:] == [part.title for part in of_all_sorts().parts[-30:]]
    assert len(led) == len(of_all_sorts().parts) - 1  # all but the broken one
    assert led == sorted(led)
    assert "Rapid review: agenda" in read.pages[led[0]].extract_text()
    assert "Supplied page 1" in read.pages[led[3]].extract_text()


def test_what_is_not_accessible_or_cannot_be_opened_is_said_in_the_contents(mixed: bytes) -> None:
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(mixed)).pages[:3]).split())
    assert said.count("It is not accessible to a screen reader") == 1
    assert "It could not be opened safely, so it is not in this pack." in said
    assert "Late, with the leave of the chair." in said


def test_a_paper_with_something_wrong_in_it_keeps_none_of_the_others_out() -> None:
    wrong = {
        "no structure": odd.with_a_broken_structure(),
        "no corners": odd.without_corners(),
        "corners turned round": odd.with_corners_turned_round(),
        "thin": odd.thin(),
        "rubbish for notes": odd.with_rubbish_for_notes(),
        "hidden layer": odd.with_a_hidden_layer(),
        "locked": odd.locked(),
    }
    parts = tuple(Part(name, content) for name, content in wrong.items())
    content = made(replace(accessible(), parts=(*parts, accessible().parts[0])))
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
    assert pages[0].count("It is not accessible to a screen reader") == len(wrong) - 1
    assert pages[0].count("It could not be opened safely") == 1
    assert sum("As it was printed" in page for page in pages) == len(wrong) - 2
    assert "Rapid review: agenda" in pages[-1]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert [str(layer.Name) for layer in pdf.Root.OCProperties.D.OFF] == ["Notes to self"]


def test_scripts_fields_and_acting_links_of_a_paper_do_not_travel_but_what_was_filled_in_does(
    mixed: bytes,
) -> None:
    with pikepdf.open(io.BytesIO(mixed)) as pdf:
        assert b"javascript" not in b"".join(
            bytes(thing.unparse()).lower() for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)
        )
        assert "/OpenAction" not in pdf.Root
        alts = [
            str(thing.Alt)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == Name.Figure
        ]
    assert alts == [
        f"Paper 3: A scan: page {number} of 2, supplied without text that a screen reader can follow"
        for number in (1, 2)
    ]
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(mixed)).pages)
    assert "Filled in" in text
    assert f"Copy for {READER}" in text


def test_links_of_a_paper_without_structure_travel_and_lead_to_the_copies_of_its_pages(clean: bytes) -> None:
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        first, second = list(pdf.pages)[-2:]
        web, inner = first.Annots
        assert str(web.A.URI) == "https://www.example.org/report"
        assert inner.Dest[0].objgen == second.obj.objgen
        [left] = second.Annots  # the script is gone
        assert left.Dest[0].objgen == second.obj.objgen
        assert [_element_of(pdf, link).S for link in (web, inner, left)] == [Name.Link] * 3


def _element_of(pdf: pikepdf.Pdf, link: pikepdf.Object) -> pikepdf.Object:
    """The element of the structure that a link belongs to."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))[int(link.StructParent)]


def test_a_password_locks_the_pack_with_aes_256() -> None:
    locked = made(replace(accessible(), password="four words of mine"))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pikepdf.open(io.BytesIO(locked), password="four words of mine") as pdf:
        assert pdf.encryption.stream_method == pikepdf.models.encryption.EncryptionMethod.aesv3
        assert pdf.encryption.bits == 256


def test_a_pack_is_handed_to_the_child_whole_and_one_beyond_its_limits_comes_back_empty() -> None:
    assert from_bytes(as_bytes(accessible())) == accessible()
    with Reader(seconds=0) as reader:
        assert reader.packed(of_all_sorts()) == b""

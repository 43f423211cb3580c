"""The paper that forms and documents share: marks in text, links, tables over pages, form fields."""

import io
from itertools import product
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from pypdf import PdfReader
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.platypus import Flowable, Paragraph, Spacer

from forms.paper import fonts, style
from forms.paper.document import Furniture, render, shortened
from forms.paper.tables import Figure, table
from forms.paper.text import Text, heading, linked, listing, plain, prose, verbatim
from tests.documents.samples.words import AWKWARD, NAMES
from tests.pages import pages_of
from tests.services.verapdf import verapdf

BODY = Furniture("Herefordshire Safeguarding Boards", reference="JCR-2026-0001")


def tags(story: list[Flowable]) -> list[str]:
    """The structure tags of a document in reading order."""
    with pikepdf.open(io.BytesIO(render(story, "Test", BODY))) as pdf:
        return _below(pdf.Root.StructTreeRoot.K)


def _below(element: Dictionary) -> list[str]:
    kids = element.get("/K", [])
    elements = [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]
    return [str(element.S)[1:], *(tag for kid in elements for tag in _below(kid))]


def test_light_marks_become_headings_and_bullets() -> None:
    story = prose("First.\n\n## The decision\nIt stands.\n- one\n- two\n\nLast.")
    listed = ["L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody"]
    assert tags(heading(1, "Letter") + story) == ["Document", "H1", "P", "H2", "P", *listed, "P"]


def test_text_as_typed_knows_no_marks() -> None:
    assert tags(heading(1, "Copy") + verbatim("## one\n- two\n\nthree")) == ["Document", "H1", "P", "P"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Write to jcr@example.org.", "mailto:jcr@example.org"),
        ("See https://example.org/x?a=1&b=2.", "https://example.org/x?a=1&amp;b=2"),
    ],
)
def test_an_address_is_linked_without_the_full_stop_after_it(text: str, target: str) -> None:
    assert f'href="{target}"' in linked(text)
    assert linked(text).endswith(".")


@pytest.mark.parametrize("text", ["javascript:alert(1)", "file:///etc/passwd", "a@b", "<a href='x'>x</a>"])
def test_nothing_else_is_linked(text: str) -> None:
    assert "href=" not in linked(text).replace("href='x'", "")


def test_a_link_over_several_lines_is_one_link_with_an_annotation_for_each() -> None:
    story = [
        *heading(1, "Links"),
        Text(linked("Go to https://example.org/" + "x" * 200), heading(2, "")[1].style),
    ]
    with pikepdf.open(io.BytesIO(render(story, "Test", BODY))) as pdf:
        links = [t for t in pdf.objects if isinstance(t, Dictionary) and t.get("/S") == Name.Link]
        annotations = [t for t in pdf.objects if isinstance(t, Dictionary) and t.get("/Subtype") == Name.Link]
        owners = [kid for kid in links[0].K if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR]
    assert len(links) == 1
    assert len(owners) == len(annotations) > 2


def test_cells_know_their_row_and_column_headings() -> None:
    rows = [["1", "Welcome"], ["2", "Minutes"]]
    story = [*heading(1, "Agenda"), table(("No.", "Item"), rows, (1, 4), "Items", head_columns=1)]
    row = ["TR", "TH", "P", "TD", "P"]
    assert tags(story) == ["Document", "H1", "Table", "TR", "TH", "P", "TH", "P", *row, *row]


def test_a_row_higher_than_a_page_goes_on_over_the_next(tmp_path: Path) -> None:
    long = "The health visitor called and nobody answered the door. " * 300
    rows = [["Who", "She"], ["Why", long], ["When", "Now"]]
    story = [*heading(1, "Copy"), table(("Question", "Answer"), rows, (1, 2), "Answers", head_columns=1)]
    (tmp_path / "copy.pdf").write_bytes(content := render(story, "Copy", BODY))
    assert verapdf([tmp_path / "copy.pdf"]) == []
    pages = pages_of(content)
    assert [page.count("Question") for page in pages] == [1] * len(pages)
    assert all(word in pages[0] for word in ("She", "Why", "nobody answered"))
    assert [page.count("Why") for page in pages] == [1] * len(pages), (
        "the head of the row stands on each page"
    )
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert _below(pdf.Root.StructTreeRoot.K).count("TR") == 4, "which is one row still to who listens"


def test_a_heading_never_stands_at_the_foot_of_a_page_without_the_first_row_of_its_table() -> None:
    rows = [["A1", "See the siblings. " * 12, "West Mercia Police"], ["A2", "Nothing", "Chair"]]
    for points in range(440, 640, 6):
        made = table(("No.", "Action", "Owner"), rows, (1, 4, 2), "Actions", head_columns=1)
        story = [
            *heading(1, "Minutes"),
            Spacer(1, points),
            *heading(2, "Agreed"),
            *heading(3, "Actions"),
            made,
        ]
        pages = pages_of(render(story, "Minutes", BODY))
        assert [page for page in pages if "Agreed" in page and "A1" in page], points


def test_a_double_name_wider_than_its_column_breaks_at_its_hyphen_and_an_address_does_not() -> None:
    name, address = "Brzęczyszczykiewicz-Żółkiewska", "https://example.org/" + "a-long-path-" * 12
    rows = [[name, linked(address)], ["Siân Ŵyn-Jones", ""]]
    content = render([*heading(1, "Copy"), table((), rows, (1, 3), "Names")], "Copy", BODY)
    words = PdfReader(io.BytesIO(content)).pages[0].extract_text().split()
    assert "Brzęczyszczykiewicz-" in words
    assert "Ŵyn-Jones" in words
    assert address in "".join(words)


def test_lines_end_where_reportlab_would_end_them() -> None:
    texts = ("", "  ", AWKWARD, NAMES, "one  two\u00a0three\nfour", "soft\u00adly broken " * 9, "short")
    for text, room in product(texts, (40, 103, 459.2)):
        made = Text(linked(text), style.CELL)
        ours, theirs = made.breakLines(room), Paragraph.breakLines(made, room)
        if not theirs.kind:
            assert list(ours.lines) == list(theirs.lines), (text[:40], room)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("by יוסף בן-שמעון, who", ["יוסף בן-שמעון"]),
        ("ג'ורג' הלוי", ["ג'ורג' הלוי"]),
        ("في مايو 2026، ثم اتصلت (الأم), 3 May", ["في مايو 2026، ثم اتصلت (الأم)"]),
        ("محمد الأحمد and יוסף", ["محمد الأحمد", "יוסף"]),
    ],
)
def test_words_from_right_to_left_are_one_run_with_what_stands_between_them(
    text: str, runs: list[str]
) -> None:
    assert fonts.RIGHT_TO_LEFT.split(text)[1::2] == runs


def test_headings_make_bookmarks() -> None:
    story = [*heading(1, "Minutes"), *heading(2, "Items"), *heading(3, "1. Welcome"), *heading(2, "Actions")]
    with pikepdf.open(io.BytesIO(render(story, "Minutes", BODY))) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Minutes"]
        assert [entry.title for entry in outline.root[0].children] == ["Items", "Actions"]


def test_a_drawing_is_a_figure_with_its_description_or_decoration() -> None:
    drawing = Drawing(100, 20)
    drawing.add(Rect(0, 0, 50, 10))
    described, decoration = Figure(drawing, "Three of six returns are in"), Figure(drawing, None)
    assert tags([*heading(1, "Desk"), described, decoration]) == ["Document", "H1", "Figure"]


class Box(Flowable):
    """A text field, as the fillable form has them."""

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        return availWidth, 24

    def draw(self) -> None:
        self.canv.acroForm.textfield(name="your_name", tooltip="Your name", relative=True, maxlen=None)


def test_a_form_field_is_tied_to_the_structure_and_printed() -> None:
    content = render(
        [*heading(1, "Referral"), Text(plain("Your name"), heading(2, "")[1].style), Box()], "Form", BODY
    )
    with pikepdf.open(io.BytesIO(content)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        form = next(t for t in pdf.objects if isinstance(t, Dictionary) and t.get("/S") == Name.Form)
        assert form.K[0].Obj.objgen == field.objgen
        assert "/StructParent" in field
        assert field.F == 4


def test_lists_may_be_numbered() -> None:
    with pikepdf.open(
        io.BytesIO(render([*heading(1, "Next"), *listing(["one"], numbered=True)], "T", BODY))
    ) as pdf:
        listed = next(t for t in pdf.objects if isinstance(t, Dictionary) and t.get("/S") == Name.L)
        assert listed.A.ListNumbering == Name.Decimal


def test_a_name_too_long_for_the_head_of_the_page_is_cut_and_shows_it() -> None:
    assert shortened("Herefordshire " * 20, 200).endswith("Herefo…")
    assert shortened("Short", 200) == "Short"


def test_an_empty_story_is_still_a_document() -> None:
    assert render([Spacer(0, 1)], "Empty", BODY).startswith(b"%PDF-1.7")
    assert render([], "Empty", BODY).startswith(b"%PDF-1.7")


def test_a_heading_never_ends_a_page_whose_table_begins_the_next() -> None:
    for height in range(520, 690, 3):
        due = table(("Action", "Due"), [("Write the report", "Monday 11 January 2027")], (7, 1), "Actions")
        story = [Spacer(1, height), *heading(2, "Actions agreed"), due]
        page = pages_of(render(story, "Kept", Furniture("Partnership")))[0]
        assert ("Actions agreed" in page) == ("Write the report" in page), height

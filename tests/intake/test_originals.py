"""The original as it is shown: laid out in the child process, each answer lit where it was read."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from forms import ReferralForm, Stamp, pdf, text, word
from forms.reading.sandbox import Reader
from jcr.intake.lit import Block, Lamp, Lighting, blocks_of, pictures_of


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as warm:
        yield warm


def lines(blocks: list[Block]) -> list[Any]:
    alone = [block.line for block in blocks if block.line]
    return alone + [line for block in blocks for row in block.rows for cell in row for line in cell.lines]


@pytest.mark.parametrize("write", [word.blank, lambda *form: text.blank(*form).encode()])
def test_an_answer_is_lit_where_it_was_read_and_nowhere_else(
    reader: Reader, answers: Any, write: Any
) -> None:
    form = write(ReferralForm, answers, Stamp("referral", 1))
    found = reader.read("form", form).found["referrer_name"]
    lighting = Lighting([Lamp("referrer_name", "Your name", found.text, found.where)])
    lit = [line for line in lines(blocks_of(reader.layout(form)["blocks"], lighting)) if line.lamp]
    assert [line.anchor for line in lit] == ["from-referrer_name"]
    assert "Rowan Ashdown" in lit[0].text


def test_each_cell_of_rows_that_were_read_is_lit(reader: Reader) -> None:
    where = "table 1, row {}, column {}"
    rows = [["Name", "Gender"], ["Kezia Ash", "F"], ["Jared Finch", "M"]]
    cells = [
        [{"lines": [{"text": text, "where": where.format(r, c)}]} for c, text in enumerate(row, 1)]
        for r, row in enumerate(rows, 1)
    ]
    elsewhere = {"text": "M", "where": "table 2, row 1, column 1"}
    lamp = Lamp("family_members", "Family", "Kezia Ash | F\nJared Finch | M", "table 1")
    shown = lines(blocks_of([{"rows": cells}, elsewhere], Lighting([lamp])))
    assert [line.text for line in shown if line.lamp] == ["Kezia Ash", "F", "Jared Finch", "M"]
    assert [line.text for line in shown if line.anchor] == ["Kezia Ash"]


def test_every_loose_line_is_marked(reader: Reader) -> None:
    blocks = reader.layout(b"A loose line\n\nAnother line")["blocks"]
    shown = lines(blocks_of(blocks, Lighting([], ["A loose  LINE"])))
    marked = {line.text: line.unplaced for line in shown if line.text}
    assert marked == {"A loose line": True, "Another line": False}


def test_a_box_of_a_fillable_form_is_lit_on_the_picture_of_its_page(reader: Reader, answers: Any) -> None:
    form = pdf.blank(ReferralForm, answers, Stamp("referral", 1))
    lighting = Lighting([Lamp("incident_date", "Date", "12 November 2026", "box incident_date")])
    spots = [
        (page, spot) for page in pictures_of(reader.layout(form)["pages"], lighting) for spot in page.spots
    ]
    ((page, spot),) = spots
    assert 0 < spot.left < spot.left + spot.width < page.width
    assert 0 < spot.top < spot.top + spot.height < page.height


def test_a_page_is_drawn_as_a_picture_of_bounded_size(reader: Reader) -> None:
    drawn = Image.open(BytesIO(reader.page(pdf.blank(ReferralForm, None, None), 1)))
    assert drawn.format == "PNG"
    assert drawn.width <= 1101
    assert len(set(drawn.convert("L").tobytes())) > 2


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"PK\x03\x04 not a zip", b"\x00\x01\x02"])
def test_what_cannot_be_shown_is_answered_with_nothing(reader: Reader, content: bytes) -> None:
    assert not reader.layout(content)
    assert reader.page(content, 1) == b""


@pytest.mark.parametrize("number", [-1, 0, 99])
def test_a_page_that_is_not_there_is_answered_with_nothing(reader: Reader, number: int) -> None:
    assert reader.page(pdf.blank(ReferralForm, None, None), number) == b""

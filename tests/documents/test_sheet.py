"""Tables taken out for a spreadsheet: everything is text, whatever somebody wrote."""

import io

import pytest
from openpyxl import load_workbook

from jcr.documents.sheet import Sheet, as_csv, as_xlsx

HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+44 1632",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\uff1d1+1",
    "Siân 王\nsecond line",
    "",
]


@pytest.fixture
def sheet() -> Sheet:
    return Sheet("Cases", [("Said", 20)], [[text] for text in HOSTILE], "OFFICIAL-SENSITIVE", "JCR-2026-0001")


def test_a_workbook_holds_every_word_as_text(sheet: Sheet) -> None:
    made = load_workbook(io.BytesIO(as_xlsx(sheet))).active
    cells = [row[0] for row in made.iter_rows()]
    assert [cell.value or "" for cell in cells] == ["Said", *HOSTILE]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert made.freeze_panes == "A2"


def test_a_csv_starts_no_formula(sheet: Sheet) -> None:
    text = as_csv(sheet).decode("utf-8-sig")
    assert as_csv(sheet).startswith(b"\xef\xbb\xbf")
    assert text.splitlines()[1:7] == [
        '"\'=HYPERLINK(""http://x"",""y"")"',
        "'+44 1632",
        "'-1",
        "'@SUM(A1)",
        "'\tx",
        "'\uff1d1+1",
    ]
    assert '"Siân 王\nsecond line"' in text

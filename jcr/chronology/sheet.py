"""The merged chronology as a spreadsheet; every cell is text, so that nothing an agency wrote is a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from jcr.documents.chronology import Line

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    ("When", 18), ("Date as recorded", 18), ("Age", 16), ("Agency", 24), ("What happened", 60),
    ("Action taken", 40), ("Effect or comment", 40), ("Source", 24), ("Where the accounts differ", 40),
)  # fmt: skip


def workbook(lines: Sequence[Line], marking: str, reference: str) -> bytes:
    """An .xlsx file with a row a line under a heading row that stays in sight and filters."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"Merged chronology {reference}", "comments": marking})
        sheet = book.add_worksheet("Chronology")
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        bold = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bottom": 1})
        for column, (head, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        for number, line in enumerate(lines, start=1):
            for column, text in enumerate(_cells(line)):
                sheet.write_string(number, column, text, wrapped)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(lines), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f"&C{marking}&R{reference}")
        sheet.set_footer("&CPage &P of &N")
    return file.getvalue()


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.when, line.as_written, line.ages, line.agency, line.event, line.action, line.impact, line.source,
        line.note,
    )  # fmt: skip

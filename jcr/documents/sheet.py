"""A table as a file for a spreadsheet: every cell is text, so that nothing somebody wrote becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
STARTS_A_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # the last are fullwidth
Rows = Iterable[Sequence[str]]


@dataclass(frozen=True)
class Sheet:
    """What is taken out. `columns` are (heading, width in letters); `title` and `reference` hold no names."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Rows
    marking: str
    reference: str = ""


def as_xlsx(made: Sheet) -> bytes:
    """An .xlsx file with a row a line under a heading row that stays in sight and filters."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"{made.title} {made.reference}".strip(), "comments": made.marking})
        sheet = book.add_worksheet(made.title[:31])
        words = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        heads = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bottom": 1})
        for column, (head, width) in enumerate(made.columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, heads)
        last = 0
        for last, row in enumerate(made.rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(last, column, text, words)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(made.columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f"&C{made.marking}&R{made.reference}")
        sheet.set_footer("&CPage &P of &N")
    return file.getvalue()


def as_csv(made: Sheet) -> bytes:
    """The same as .csv in UTF-8 with the mark Excel looks for; what would start a formula is quoted."""
    file = io.StringIO(newline="")
    out = csv.writer(file)
    out.writerow([head for head, _ in made.columns])
    out.writerows([_inert(text) for text in row] for row in made.rows)
    return file.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text

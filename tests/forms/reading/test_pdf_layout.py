"""PDFs without boxes are read by where their words stand on the page."""

import io

from reportlab.pdfgen.canvas import Canvas

from forms.reading import pdf, read
from forms.reading.layout import Table


def printed(*pages: list[tuple[float, float, str]]) -> bytes:
    """Return a PDF with these words at these places, in points from the lower left."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for words in pages:
        canvas.setFont("Helvetica", 10)
        for x, y, text in words:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_words_under_the_same_column_go_on_with_its_cell():
    page = [(50, 700, "What happened?"), (250, 700, "She fell and was"), (250, 688, "taken to hospital."),
            (50, 660, "Date of incident"), (250, 660, "3 May 2025")]  # fmt: skip
    (table,) = [block for block in pdf.read(printed(page)).blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["What happened?", "She fell and was taken to hospital."], ["Date of incident", "3 May 2025"]]  # fmt: skip


def test_running_titles_are_kept_aside():
    pages = [
        [(50, 800, f"Confidential - page {number}"), (50, 700, words)]
        for number, words in enumerate(("One", "Two", "Three"), start=1)
    ]
    asides = {line.text: line.aside for line in pdf.read(printed(*pages)).lines()}
    assert asides["Confidential - page 2"] == "header"
    assert asides["Two"] == ""


def test_a_page_without_words_is_said_to_be_a_picture():
    assert "it is a picture of a page (a scan)" in read("scan.pdf", printed([])).problems[0]

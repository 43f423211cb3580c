"""PDFs without boxes are read by where their words stand on the page."""

import io
import re

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as PrintedTable

from forms.paper import fonts
from forms.reading import pdf, read
from forms.reading.layout import Table

RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]


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


def test_boxes_that_one_step_sets_far_apart_stand_before_their_own_words():
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0)
    fonts.register()
    canvas.setFont(fonts.BODY, 10)
    canvas.drawString(100, 720, "Ever on a plan? Current, previous or never: o or x")
    typeface = re.search(r"/F\S+ 10 Tf", canvas._code[-1])[0]
    canvas._code += [
        f"BT {typeface} 211 700 Td [(Current)-1100(Previous)-1100(Never)] TJ",
        f"1 0 0 1 203 700 Tm {typeface} [(o)-4350(x)-4750(o)] TJ 0 -14 Td (on) Tj ET",
    ]
    canvas.save()
    text = " ".join(line.text for line in pdf.read(file.getvalue()).lines())
    assert text.split()[-7:] == ["o", "Current", "x", "Previous", "o", "Never", "on"]


def test_running_titles_are_kept_aside():
    pages = [
        [(50, 800, f"Confidential - page {number}"), (50, 700, words)]
        for number, words in enumerate(("One", "Two", "Three"), start=1)
    ]
    asides = {line.text: line.aside for line in pdf.read(printed(*pages)).lines()}
    assert asides["Confidential - page 2"] == "header"
    assert asides["Two"] == ""


def test_titles_and_numbers_of_many_pages_are_accounted_for_but_listed_once():
    pages = [
        [(50, 800, "Fellshire Safeguarding Board"), (50, 700, f"Remark {'abcdefghijk'[number]}"),
         (50, 30, f"Page {number + 1} of 11")]
        for number in range(11)
    ]  # fmt: skip
    content = printed(*pages)
    asides = {line.text: line.aside for line in pdf.read(content).lines()}
    assert asides["Page 9 of 11"] == asides["Page 10 of 11"] == "header"
    reading = read("form.pdf", content)
    assert {f"Page {number} of 11" for number in range(1, 12)} <= set(reading.labels)
    assert not any("Page" in text for text in reading.unplaced)
    assert sum("Fellshire Safeguarding Board" in text for text in reading.unplaced) == 1
    assert reading.labels.count("Fellshire Safeguarding Board") == 10
    assert all(any(f"Remark {letter}" in text for text in reading.unplaced) for letter in "abcdefghijk")


def test_a_page_without_words_is_said_to_be_a_picture():
    why, what_to_do = read("scan.pdf", printed([])).problems
    assert why == "could not be read safely: it is a picture of a page (a scan), without text"
    assert what_to_do.startswith("Ask the sender for")


def ruled(rows: list[list[str]], columns: list[float], top: float = 700) -> bytes:
    """Return a PDF with a table drawn by lines, its text broken in narrow cells as a printer breaks it."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFont("Helvetica", 10)
    y = top
    for row in rows:
        height = 13 * max(cell.count("\n") + 1 for cell in row)
        for left, right, cell in zip(columns, columns[1:], row, strict=False):
            canvas.rect(left, y - height, right - left, height)
            for at, line in enumerate(cell.split("\n")):
                canvas.drawString(left + 5, y - 10 - 12 * at, line)
        y -= height
    canvas.save()
    return file.getvalue()


def test_a_ruled_table_is_read_by_its_lines_however_close_its_rows_stand():
    rows = [["Name", "Relationship", "Date of birth"], ["Ada \nLund", "Mother", "1/2/1990"], ["", "", ""],
            ["Bo Lund", "", "3/4/2019"]]  # fmt: skip
    (table,) = [b for b in pdf.read(ruled(rows, [50, 120, 250, 400])).blocks if isinstance(b, Table)]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Name", "Relationship", "Date of birth"], ["Ada Lund", "Mother", "1/2/1990"], ["", "", ""],
        ["Bo Lund", "", "3/4/2019"]]  # fmt: skip


def test_a_paragraph_the_page_broke_is_one_and_two_paragraphs_stay_two():
    page = [(50, 700, "The district nurse who visited on three days did not share what she saw with the"),
            (50, 688, "home care provider, which stopped calling."), (50, 676, "Second paragraph."),
            (50, 664, "Third.")]  # fmt: skip
    assert [line.text for line in pdf.read(printed(page)).lines()] == [
        "The district nurse who visited on three days did not share what she saw with the "
        "home care provider, which stopped calling.",
        "Second paragraph.",
        "Third.",
    ]


def test_a_tick_box_that_is_drawn_is_a_box_and_no_table():
    file = io.BytesIO()
    canvas = Canvas(file)
    for y, words in ((700, "Child"), (680, "Adult")):
        canvas.rect(50, y, 11, 11)
        canvas.drawString(66, y + 1, words)
    canvas.line(50, 680, 61, 691)
    canvas.line(61, 680, 50, 691)
    canvas.save()
    assert [line.text for line in pdf.read(file.getvalue()).lines()] == ["☐ Child", "☒ Adult"]


def test_an_answer_pushed_over_to_the_next_page_is_answered_there():
    file = io.BytesIO()
    canvas = Canvas(file)
    for rows in (
        ["Date of incident:", "3 May", "Reason for referral", ""],
        ["She fell.", "Known risks?", "None"],
    ):
        for at, words in enumerate(rows):
            canvas.rect(50, 700 - 20 * at, 400, 20)
            canvas.drawString(55, 705 - 20 * at, words)
        canvas.showPage()
    canvas.save()
    (table,) = [block for block in pdf.read(file.getvalue()).blocks if isinstance(block, Table)]
    assert [row[0].text for row in table.rows] == [
        "Date of incident:", "3 May", "Reason for referral", "She fell.", "Known risks?", "None"]  # fmt: skip


def test_a_short_line_alone_in_the_lower_margin_is_a_footer():
    page = [(50, 700, "Lessons learned"), (50, 680, "None."), (50, 30, "IMR - Restricted")]
    asides = {line.text: line.aside for line in pdf.read(printed(page)).lines()}
    assert asides["IMR - Restricted"] == "footer"
    assert asides["None."] == ""


def test_words_set_in_bold_are_known_to_be_and_are_not_run_on_with_others():
    file = io.BytesIO()
    canvas = Canvas(file)
    for y, font, words in (
        (700, "Helvetica-Bold", "Criminal proceedings"),
        (688, "Helvetica", "he was charged"),
    ):
        canvas.setFont(font, 10)
        canvas.drawString(50, y, words)
    canvas.save()
    assert [(line.text, line.bold) for line in pdf.read(file.getvalue()).lines()] == [
        ("Criminal proceedings", True), ("he was charged", False)]  # fmt: skip


def test_words_broken_in_the_middle_are_whole_where_the_font_tells_how_wide_they_are():
    fonts.register()
    file = io.BytesIO()
    canvas = Canvas(file)
    for size, y in ((8, 700), (11, 680)):
        canvas.setFont(fonts.BODY, size)
        x = 72.0
        for part in ("l", "ill", "iput of Wi", "m", "mera", " ", "WWW", "M", "iii. ", "Then"):
            canvas.drawString(x, y, part)
            x += canvas.stringWidth(part, fonts.BODY, size)
    canvas.save()
    assert [line.text for line in pdf.read(file.getvalue()).lines()] == [
        "lilliput of Wimmera WWWMiii. Then"
    ] * 2


def test_bullets_drawn_before_an_indent_are_no_column_of_a_table():
    page = [(50, 700, "Agencies involved:"), (68, 686, "•"), (86, 686, "Oak Police"), (68, 674, "•"),
            (86, 674, "Children's Social Care"), (50, 640, "Name of referrer: Jo Fenn")]  # fmt: skip
    assert [line.text for line in pdf.read(printed(page)).lines()] == [
        "Agencies involved:", "• Oak Police", "• Children's Social Care", "Name of referrer: Jo Fenn"]  # fmt: skip


def test_rows_go_on_over_the_page_though_another_table_stood_close_above_them():
    events = [
        [f"{day:02}/03/2024", f"1{day % 10}:15", f"Visit {day}", "Notes", "None"] for day in range(1, 29)
    ]
    tables = [
        PrintedTable([["Agency", "Oak Support"], ["Author", "Gina Pratt"]], colWidths=[170, 280], style=RULED),
        PrintedTable([["Date", "Time", "Event", "Source", "Analysis"], *events], colWidths=[80, 60, 130, 90, 90],
              rowHeights=40, style=RULED),
    ]  # fmt: skip
    file = io.BytesIO()
    SimpleDocTemplate(file).build(
        [Paragraph("Agency chronology – SAR Frank", ParagraphStyle("plain")), *tables]
    )
    reading = read("form.pdf", file.getvalue())
    assert reading.fields["agency_name"] == "Oak Support"
    assert [row["event"] for row in reading.rows["chronology"]] == [f"Visit {day}" for day in range(1, 29)]


def test_rows_without_rules_at_the_step_of_a_line_are_rows_and_a_heading_between_them_is_none():
    words = ["Name|Wanda Pike", "Agency|Hollin Advocacy", "About the adult", "Name of the|Cyril", "adult|Dent",
             "Address|Flat 2,", "|Hollin"]  # fmt: skip
    page = [
        (50 + 110 * at, 700 - 12 * step, word)
        for step, line in enumerate(words)
        for at, word in enumerate(line.split("|"))
        if word
    ]
    blocks = pdf.read(printed(page)).blocks
    rows = [[cell.text for cell in row] for block in blocks if isinstance(block, Table) for row in block.rows]
    assert rows == [["Name", "Wanda Pike"], ["Agency", "Hollin Advocacy"], ["Name of the adult", "Cyril Dent"],
                    ["Address", "Flat 2, Hollin"]]  # fmt: skip


def test_a_full_line_ends_with_its_sentence_or_leader_where_a_label_stands_below():
    lines = ["Summary: Zac attended each day. Staff were told.", "Good practice", "Notes were kept.",
             "Outline: ____Zac fell from a window in May._______", "To be considered for: Rapid Review",
             "Case: Safeguarding Adults Review of Olive Tran now", "Agency: Moorend Probation"]  # fmt: skip
    page = [(50, 700 - 12 * step, line) for step, line in enumerate(lines)]
    assert [line.text for line in pdf.read(printed(page)).lines()] == lines

"""Layouts that boards print: headings down the side, two people side by side, choices picked out, parts for others."""

import io

from reportlab.pdfgen.canvas import Canvas

from forms.reading import read
from forms.reading.pdf_pieces import Piece
from forms.reading.pdf_strips import strips

TITLE = "Safeguarding Adults Review (SAR) – Referral Form"
MERGED, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
HEADING_STYLE = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:styleId="Head">'
    '<w:name w:val="heading 2"/><w:pPr><w:numPr/></w:pPr></w:style></w:styles>'
)
IN_PARTS = """Safeguarding Adult Review: Referral, Agency Summary and Decision Record
Section 1: Referral
Name of referrer | Ignatius Pell | Agency | Cressing Ambulance Service
Name of adult | Ludmila Havránková | Date of birth | 19.06.1940
Summary of the case
Ludmila choked on food that was not of the texture prescribed.
Section 2: Agency summary (to be completed by agencies other than the referrer)
Agency | {agency} | Author | {author}
Summary of involvement | {told} | Good practice |
Has your agency had any involvement? | {told} | Areas for improvement |
Section 3: Decision of the sub-group
Date considered |  | Reasons |
"""


def beside(build, merge: str, head: str, *cells: str) -> str:
    first = f"<w:tc><w:tcPr>{merge}</w:tcPr>{build.paragraph(build.run(head))}</w:tc>"
    return f"<w:tr>{first}{''.join(map(build.cell, cells))}</w:tr>"


def test_labels_belong_to_the_heading_that_stands_upright_beside_them(build):
    rows = [
        beside(build, MERGED, "Referrer", "Name", "Kerensa Pascoe"),
        beside(build, GOES_ON, "", "Organisation", "Community Health Trust"),
        beside(build, GOES_ON, "", "Date of referral", "14/03/2024"),
        beside(build, MERGED, "Adult", "Name", "Leopold Vane"),
        beside(build, GOES_ON, "", "Date of birth", "02/11/1946"),
    ]
    reading = read("f.docx", build.word_file(build.blocks(TITLE) + build.table(*rows)))
    assert reading.fields.items() >= {
        "referrer_name": "Kerensa Pascoe", "referrer_agency": "Community Health Trust",
        "date_of_referral": "2024-03-14", "subject_name": "Leopold Vane", "subject_dob": "1946-11-02",
    }.items()  # fmt: skip


def test_two_people_side_by_side_keep_the_labels_of_their_own_cells_apart(build):
    form = (
        "DHR referral form\nReferrer: DI Harcastle\nVictim | Alleged perpetrator\n"
        "Name: Ottoline Ferreby ⏎ Date of birth: 14/07/1988 ⏎ Address: 6 Wharf Row |"
        " Name: Marlon Ferreby ⏎ Date of birth: 30/09/1985 ⏎ Relationship to victim: Husband\n"
    )
    reading = read("f.docx", build.word_file(build.blocks(form)))
    assert (reading.fields["subject_name"], reading.fields["subject_dob"]) == (
        "Ottoline Ferreby", "1988-07-14")  # fmt: skip
    assert reading.rows["alleged_perpetrators"] == [
        {"name": "Marlon Ferreby", "dob": "1985-09-30", "relationship": "Husband"}
    ]


def test_the_choice_that_is_ringed_set_apart_or_left_when_another_is_struck_is_the_answer(build):
    def asked(question: str, *runs: str) -> str:
        return build.paragraph(build.run(f"{question} ") + "".join(runs))

    form = build.blocks(f"{TITLE}\nName of referrer: Jo Fenn") + "".join([
        asked("Are there immediate concerns?", build.run("Yes / "), build.run("No", '<w:bdr w:val="single"/>')),
        asked("Is another local authority involved?", build.run("Yes", "<w:b/>"), build.run(" / No")),
        asked("Was the death expected?", build.run("Expected", "<w:strike/>"), build.run(" / Unexpected")),
        asked("Gender:", build.run("Male / "), build.run("Female", '<w:u w:val="single"/>')),
    ])  # fmt: skip
    reading = read("f.docx", build.word_file(form))
    assert reading.fields.items() >= {
        "immediate_concerns": "no", "other_authority_involved": "yes", "death_expected": "Unexpected",
        "subject_gender": "female",
    }.items()  # fmt: skip
    assert "other_authority_details" not in reading.fields
    assert "(struck out) Expected" in reading.unplaced


def test_parts_that_others_have_still_to_fill_in_do_not_make_the_kind(build):
    blank = IN_PARTS.format(agency="", author="", told="")
    assert read("f.docx", build.word_file(build.blocks(blank))).kind == "referral"
    filled = IN_PARTS.format(agency="Police", author="Sgt Orr", told="Yes, since May 2023.")
    returned = filled.replace("Ignatius Pell", "").replace("Cressing Ambulance Service", "")
    assert read("f.docx", build.word_file(build.blocks(returned))).kind == "scoping"


def test_a_numbered_heading_is_no_item_of_a_list(build):
    look = '<w:pPr><w:pStyle w:val="Head"/></w:pPr>'
    body = (
        build.blocks("Individual Management Review\nReport author: Rowena Stavely")
        + build.paragraph(look + build.run("1 Subject of the review"))
        + build.blocks("Name: Corinne Applegarth")
    )
    file = build.word_file(body, styles=HEADING_STYLE)
    assert read("f.docx", file).fields["subject_name"] == "Corinne Applegarth"


IN_MAIL = """Referral for a Local Child Safeguarding Practice Review
Your details
Name - Fintan Arkwright
The child
Name - Mina Grayling
Address - 21 Beacon Close
School - Hawthorn Academy
Family members
Name: Judith Grayling, Relationship: mother, DOB: 03/03/1984
"""
SIDE_BY_SIDE = """Safeguarding Adults Review Referral
Adult |  |  | Referrer |
Name | Clement Stott |  | Name | Yasmin Belgrave
Address | Room 9, The Lodge |  | Agency | Harrowgate Housing
Date of incident | 2 February 2025
Are there any immediate safeguarding concerns? | ☒ Yes ☐ No
If yes, please give details: | Two other tenants.
Are other reviews or investigations under way? | Yes
Details | Police investigation.
Child protection plan? | ☐ Current ☒ Previous ☐ Never
"""
RELATIVES = """Rapid Review Request
Name of referrer: Jo Fenn
 | Mother | Father
Name | Effie Vance | Chidi Okoro
Date of birth | 01/02/1990 | 15/09/1986
Address |  | HMP Rushmoor
Agencies working with the family
Police | ☒ | Worker: PC Dot Amery
Health visiting | ☐ | Worker:
CAMHS | ☒ |
"""
HEADS_IN_ROWS = """<p>Request for a Safeguarding Adults Review</p><table>
<tr><td rowspan=2>Referrer</td><td>Name</td><td>Silas Moss</td></tr><tr><td>Agency</td><td>Police</td></tr>
<tr><td rowspan=2>Adult</td><td>Name</td><td>Tariq Vane</td></tr><tr><td>Address</td><td>6 Ferry Row</td></tr>
</table>"""


def test_labels_and_relatives_typed_into_a_mail_with_dashes_and_commas_are_read():
    reading = read("f.txt", IN_MAIL.encode())
    assert (reading.fields["subject_address"], reading.fields["subject_school"]) == (
        "21 Beacon Close", "Hawthorn Academy")  # fmt: skip
    assert reading.rows["family_members"] == [
        {"name": "Judith Grayling", "relationship": "mother", "dob": "1984-03-03"}
    ]


def test_blocks_side_by_side_are_of_whom_their_heads_say_and_details_are_of_the_question_above(build):
    fields = read("f.docx", build.word_file(build.blocks(SIDE_BY_SIDE))).fields
    assert fields.items() >= {
        "subject_name": "Clement Stott", "subject_address": "Room 9, The Lodge", "referrer_name": "Yasmin Belgrave",
        "referrer_agency": "Harrowgate Housing", "immediate_concerns": "yes",
        "immediate_concerns_details": "Two other tenants.", "parallel_processes": "Yes\nPolice investigation.",
        "cp_plan_current": "no", "cp_plan_previous": "yes",
    }.items()  # fmt: skip


def test_relatives_with_a_column_each_and_agencies_that_are_ticked_are_rows(build):
    reading = read("f.docx", build.word_file(build.blocks(RELATIVES)))
    assert reading.rows["family_members"] == [
        {"name": "Effie Vance", "dob": "1990-02-01", "relationship": "Mother"},
        {"name": "Chidi Okoro", "dob": "1986-09-15", "address": "HMP Rushmoor", "relationship": "Father"},
    ]
    assert reading.rows["agencies_involved"] == [
        {"agency": "Police", "name": "PC Dot Amery"},
        {"agency": "CAMHS"},
    ]
    assert "Health visiting" in reading.unplaced


def test_a_heading_before_the_labels_of_its_rows_in_a_mail_says_whose_they_are():
    fields = read("f.html", HEADS_IN_ROWS.encode()).fields
    assert [fields[name] for name in ("referrer_name", "referrer_agency", "subject_name", "subject_address")] == [
        "Silas Moss", "Police", "Tariq Vane", "6 Ferry Row"]  # fmt: skip


def test_a_page_in_two_columns_is_read_down_the_left_and_then_down_the_right():
    file = io.BytesIO()
    page = Canvas(file)
    page.setFont("Helvetica-Bold", 14)
    page.drawString(40, 790, "Notification of a Serious Incident – Request for a Rapid Review")
    left = [("Name of child", "Jed Oyelaran"), ("Date of birth", "21/12/2023"), ("Gender", "Male"),
            ("Home address", "Temporary accommodation, 9 Quay Road")]  # fmt: skip
    right = [("Referrer name", "Beatrix Holloway"), ("Agency", "Children’s Services"), ("Gender of nobody", "None"),
             ("Are there concerns about how agencies worked", "Housing told nobody.")]  # fmt: skip
    for x, column in ((40, left), (310, right)):
        for at, (label, answer) in enumerate(column):
            page.setFont("Helvetica-Bold", 9)
            page.drawString(x, 740 - 40 * at, label)
            if label.endswith("worked"):
                page.drawString(x, 728 - 40 * at, "together?")
            page.setFont("Helvetica", 9)
            page.drawString(x, 716 - 40 * at, answer)
    page.save()
    fields = read("f.pdf", file.getvalue()).fields
    assert fields.items() >= {
        "subject_name": "Jed Oyelaran", "subject_address": "Temporary accommodation, 9 Quay Road",
        "referrer_name": "Beatrix Holloway", "referrer_agency": "Children’s Services",
        "agency_concerns": "Housing told nobody.",
    }.items()  # fmt: skip


def pdf_page(*words: tuple[float, float, str, str]) -> bytes:
    """Return a PDF with words at places (x, y, font, text)."""
    file = io.BytesIO()
    page = Canvas(file)
    for x, y, font, text in words:
        page.setFont(font, 11)
        page.drawString(x, y, text)
    page.save()
    return file.getvalue()


def test_a_label_that_reaches_its_column_and_leaders_without_colons_are_parted_from_their_answers():
    page = pdf_page(
        (90, 760, "Helvetica", "Referral for a Safeguarding Adults Review"),
        (90, 730, "Helvetica", "Referred by"), (240, 730, "Helvetica", "Sunita Halloran"),
        (90, 700, "Helvetica", "Name of adult"), (240, 700, "Helvetica", "Mildred Moss"),
        (90, 670, "Helvetica", "Is the adult still alive? If it"), (240, 670, "Helvetica", "No, died 17 May 2025"),
        (90, 640, "Helvetica", "School ........ Claybrook High ........ DOB ........ 03/03/2012 ........"),
    )  # fmt: skip
    fields = read("f.pdf", page).fields
    assert fields["subject_name"] == "Mildred Moss"
    assert (fields["subject_school"], fields["subject_dob"]) == ("Claybrook High", "2012-03-03")


def test_an_answer_goes_on_under_the_same_prompt_continued(build):
    form = (
        f"{TITLE}\nName of referrer | Jo Fenn\nDescription of incident | Ezra was found in bed. (see page 2)\n"
        "Date of referral | 18/07/2025\n"
    )
    more = build.paragraph(build.run("Description of incident (continued)", "<w:b/>")) + build.blocks(
        "No meeting."
    )
    fields = read("f.docx", build.word_file(build.blocks(form) + more)).fields
    assert fields["incident_summary"] == "Ezra was found in bed. (see page 2)\nNo meeting."


def test_boxes_drawn_together_stand_again_before_the_words_they_tick():
    pieces = [Piece(90, 541, 11, "Has the adult died?   Yes  No"), Piece(259, 541, 11, "☒ ☐", stop=305)]
    assert [strip.text for strip in strips(pieces)] == ["Has the adult died? ☒ Yes ☐ No"]


def test_agencies_told_by_whom_they_knew_and_rows_under_the_heading_beside_the_first(build):
    form = (
        "Domestic Homicide Review – Referral\nReferrer | Name | Imelda Rusk\n | Agency | Victim Support\n"
        "Agencies involved\nAgency | Victim | Perpetrator | Contact name\nPolice | X | X | DI Lorne\n"
    )
    reading = read("f.docx", build.word_file(build.blocks(form)))
    assert (reading.fields["referrer_name"], reading.fields["referrer_agency"]) == (
        "Imelda Rusk",
        "Victim Support",
    )
    [row] = reading.rows["agencies_involved"]
    assert (row["agency"], row["name"]) == ("Police", "DI Lorne")

"""Everything Word can hide an answer in: controls, legacy fields, text boxes, tracked changes, odd tables."""

from forms.reading import docx, read


def texts(layout):
    return [line.text for line in layout.lines() if line.text.strip()]


def test_inserted_words_are_kept_and_deleted_or_hidden_ones_dropped(build):
    inner = (
        build.run("kept ") + f'<w:ins w:id="1">{build.run("inserted")}</w:ins>'
        '<w:del w:id="2"><w:r><w:delText>deleted</w:delText></w:r></w:del>' + build.run("hidden", "<w:vanish/>")
    )  # fmt: skip
    assert texts(docx.read(build.word_file(build.paragraph(inner)))) == ["kept inserted"]


def test_boxes_of_every_kind_are_boxes(build):
    legacy = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
        '</w:ffData></w:fldChar></w:r>'
    )  # fmt: skip
    wingdings = "".join(
        f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>' for code in ("F0FE", "F0A8")
    )
    typed = build.run("o", '<w:rFonts w:ascii="Wingdings"/>')
    layout = docx.read(build.word_file(build.paragraph(legacy + wingdings + typed + build.run("☑"))))
    assert texts(layout) == ["☒☒☐☐☒"]


def test_a_legacy_list_shows_its_chosen_entry(build):
    chosen = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Council"/>'
        '<w:listEntry w:val="Police"/></w:ddList></w:ffData></w:fldChar></w:r>'
    )  # fmt: skip
    assert texts(docx.read(build.word_file(build.paragraph(chosen)))) == ["Police"]


def test_a_text_box_is_met_once(build):
    box = f"<w:txbxContent>{build.paragraph(build.run('in the box'))}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(docx.read(build.word_file(build.paragraph(both)))) == ["in the box"]


def test_rows_and_cells_inside_controls_and_tables_inside_cells_are_found(build):
    wrapped = f"<w:sdt><w:sdtPr/><w:sdtContent>{build.row('Name', 'Ada')}</w:sdtContent></w:sdt>"
    nested = f"<w:tr><w:tc>{build.table(build.row('Inner', 'answer'))}<w:p/></w:tc></w:tr>"
    layout = docx.read(build.word_file(build.table(wrapped, nested)))
    assert texts(layout) == ["Name", "Ada", "Inner", "answer"]


def test_headers_and_footers_are_kept_aside(build):
    content = build.word_file(
        build.paragraph(build.run("Body")), header1=build.paragraph(build.run("Ref 12"))
    )
    assert [(line.text, line.aside) for line in docx.read(content).lines()] == [
        ("Body", ""),
        ("Ref 12", "header"),
    ]
    assert any("Ref 12" in words for words in read("form.docx", content).unplaced)


def test_a_prompt_in_a_control_is_no_answer_and_not_lost(build):
    prompt = build.run("Enter the name", '<w:rStyle w:val="PlaceholderText"/>')
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{prompt}</w:sdtContent></w:sdt>"
    row = f"<w:tr>{build.cell('Name of adult')}<w:tc>{build.paragraph(control)}</w:tc></w:tr>"
    reading = read("form.docx", build.word_file(build.table(row)))
    assert "subject_name" not in reading.fields
    assert "Enter the name" in reading.labels


def test_a_second_row_beside_a_tall_label_goes_on_with_its_answer(build):
    tall = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>What happened?</w:t></w:r></w:p></w:tc>'
    lower = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    table = build.table(
        f"<w:tr>{tall}{build.cell('She fell.')}</w:tr>", f"<w:tr>{lower}{build.cell('She died.')}</w:tr>"
    )
    reading = read("form.docx", build.word_file(table))
    assert reading.found["incident_summary"].text == "She fell.\nShe died."

"""Old Word, OpenDocument and rich text files go through LibreOffice where it is installed; sheets are read directly."""

import io
import shutil
import subprocess
import zipfile

import pytest
from lxml import etree

from forms import FORMS, Stamp, word
from forms.reading import conversion, read
from forms.reading.limits import Refused
from forms.reading.sandbox import Reader
from tests.forms.filled import filled

RTF = (
    rb"{\rtf1\ansi Referral for a Safeguarding Adults Review\par Which criteria are met?\par "
    rb"Circumstances that triggered the referral\par Your name: Ada Moss\par}"
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


@pytest.fixture
def no_office(monkeypatch):
    """A machine without LibreOffice."""
    monkeypatch.setattr(conversion, "_office", lambda: None)


def test_without_libreoffice_the_officer_is_told_what_to_ask_for(no_office):
    reading = read("form.rtf", RTF)
    assert reading.kind == "other"
    assert reading.problems == [
        "This is a rich text file (.rtf). Ask the sender for a Word (.docx) or PDF version."
    ]


def test_the_reader_tells_it_just_the_same(no_office):
    with Reader() as reader:
        assert "Ask the sender" in reader.read("form.rtf", RTF).problems[0]


def test_rich_text_is_read_where_libreoffice_is_installed_and_asked_for_where_not():
    reading = read("form.rtf", RTF)
    if conversion.is_possible():
        assert (reading.kind, reading.fields["referrer_name"]) == ("referral", "Ada Moss")
        assert "Converted from .rtf by LibreOffice before it was read." in reading.notes
    else:
        assert "Ask the sender" in reading.problems[0]


SAVED_AS = {"docx": "docx:MS Word 2007 XML", "odt": "odt", "doc": "doc", "rtf": "rtf"}


def saved_by_libreoffice(tmp_path, ending):
    """Our five forms, every question answered, opened by LibreOffice and saved again: kind and content.

    Each as we fill it in, and as Word keeps answers of several paragraphs.
    """
    for kind, form in FORMS.items():
        stamp = Stamp(kind, form.edition, "JCR-2026-0001", "POL", "k7Qx")
        content = word.blank(form, filled(form), stamp)
        (tmp_path / f"{kind}.docx").write_bytes(content)
        (tmp_path / f"{kind}-typed.docx").write_bytes(in_paragraphs(content))
    names = [f"{kind}{typed}" for kind in FORMS for typed in ("", "-typed")]
    saved = by_libreoffice(
        [tmp_path / f"{name}.docx" for name in names], SAVED_AS[ending], tmp_path / "saved"
    )
    return list(zip((name.removesuffix("-typed") for name in names), saved, strict=True))


def by_libreoffice(files, to, folder):
    """What LibreOffice, started once for all of them, makes of the files."""
    subprocess.run(
        [shutil.which("soffice"), f"-env:UserInstallation={folder.with_name('profile').as_uri()}", "--headless",
         "--convert-to", to, "--outdir", folder, *files],
        check=True, capture_output=True, timeout=200,
    )  # fmt: skip
    return [(folder / file.name).with_suffix(f".{to.partition(':')[0]}").read_bytes() for file in files]


@pytest.fixture
def at_once(tmp_path, monkeypatch):
    """Has all files of a sort made into Word files with one start of LibreOffice, which takes longer than they do."""

    def make_ready(contents, sort):
        files = [tmp_path / f"{number}.{sort}" for number in range(len(contents))]
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(conversion._without_links(content) if sort == "odt" else content)
        ready = dict(zip(contents, by_libreoffice(files, SAVED_AS["docx"], tmp_path / "ready"), strict=True))
        monkeypatch.setattr(conversion, "to_docx", lambda content, _: ready[content])

    return make_ready


def in_paragraphs(content):
    """A Word form in which Enter was pressed for each line break: Word puts the control round the paragraphs."""
    old, file = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    body = etree.fromstring(old.read("word/document.xml"))
    for control in list(body.iter(f"{W}sdt")):
        paragraph, inside = control.getparent(), control.find(f"{W}sdtContent")
        if next(inside.iter(f"{W}br"), None) is None:
            continue
        for run in list(inside):
            pieces = etree.tostring(run, encoding="unicode").split("<w:br/>")
            head, tail = pieces[0].partition("<w:t")[0], "</w:r>"
            whole = [pieces[0] + tail, *(head + piece + tail for piece in pieces[1:-1]), head + pieces[-1]]
            inside[:] = [etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{one}</w:p>') for one in whole]
        start, end = paragraph.find(f"{W}bookmarkStart"), paragraph.find(f"{W}bookmarkEnd")
        inside[0].insert(0, start)
        inside[-1].append(end)
        paragraph.getparent().replace(paragraph, control)
    with zipfile.ZipFile(file, "w") as archive:
        for name in old.namelist():
            archive.writestr(name, etree.tostring(body) if name == "word/document.xml" else old.read(name))
    return file.getvalue()


@pytest.mark.parametrize("ending", SAVED_AS)
def test_every_question_of_every_form_comes_back_from_libreoffice(tmp_path, ending, at_once):
    if not conversion.is_possible():
        assert "Ask the sender" in read("form.rtf", RTF).problems[0]
        return
    saved = saved_by_libreoffice(tmp_path, ending)
    alone = read(f"form.{ending}", saved[0][1])
    if ending != "docx":
        at_once([content for _, content in saved], ending)
    assert read(f"form.{ending}", saved[0][1]) == alone
    for kind, content in saved:
        reading, form = read(f"form.{ending}", content), FORMS[kind]
        assert reading.stamp == Stamp(kind, form.edition, "JCR-2026-0001", "POL", "k7Qx")
        assert reading.answers() == form(data=filled(form)).typed()
        assert not reading.unplaced


def test_rich_text_nested_beyond_all_measure_never_reaches_libreoffice(monkeypatch):
    monkeypatch.setattr(conversion, "_run", lambda *_: None)
    with pytest.raises(Refused, match="nested more deeply"):
        conversion.to_docx(rb"{\rtf1" + b"{" * 100_000, "rtf")
    with pytest.raises(Refused, match="could not convert"):  # what is side by side, or escaped, is not nested
        conversion.to_docx(rb"{\rtf1" + rb"{a}\{\\" * 100_000, "rtf")


def test_links_to_the_outside_are_taken_out_of_an_opendocument_file():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "content.xml", '<a xlink:href="http://127.0.0.1/spy.png"/><b xlink:href="Pictures/1.png"/>'
        )
    kept = (
        zipfile.ZipFile(io.BytesIO(conversion._without_links(file.getvalue()))).read("content.xml").decode()
    )
    assert "127.0.0.1" not in kept
    assert "Pictures/1.png" in kept


RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKED = {
    "plain": f'Type="{RELATIONSHIPS}/image" Target="http://127.0.0.1/spy.png" TargetMode="External"',
    "in single quotes": f"Type='{RELATIONSHIPS}/image' Target='http://127.0.0.1/spy.png' TargetMode='External'",
    "named like another": f'Type="{RELATIONSHIPS}/image" Target="http://127.0.0.1/hyperlink" TargetMode="External"',
    "template": f'TargetMode="external" Type="{RELATIONSHIPS}/attachedTemplate" Target="http://127.0.0.1/spy.dotm"',
}


@pytest.mark.parametrize("link", LINKED.values(), ids=LINKED)
def test_links_that_are_fetched_are_taken_out_of_a_word_file_however_they_are_written(link):
    clicked = f'Id="b" Type="{RELATIONSHIPS}/hyperlink" Target="https://a.example" TargetMode="External"'
    rels = (
        f"<Relationships><Relationship Id='a' {link}></Relationship><Relationship {clicked}/></Relationships>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/_rels/document.xml.rels", rels)
        archive.writestr("word/document.xml", "<document/>")
    with zipfile.ZipFile(io.BytesIO(conversion._as_accepted(file.getvalue()))) as accepted:
        kept = accepted.read("word/_rels/document.xml.rels").decode()
    assert "127.0.0.1" not in kept
    assert "https://a.example" in kept


def sheet(rows: list[list[str]]) -> bytes:
    """Return a spreadsheet with these rows; "#45000" is a cell in a date format holding that day."""

    def cell(text: str, at: str) -> str:
        if text.startswith("#"):
            return f'<c r="{at}" s="1"><v>{text[1:]}</v></c>'
        return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>' if text else ""

    body = "".join(
        f'<row r="{r}">' + "".join(cell(text, f"{'ABCDEF'[c]}{r}") for c, text in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, start=1)
        if row
    )
    parts = {
        "xl/workbook.xml": f'<workbook {S} {R}><sheets><sheet name="Form" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet {S}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {S}><sheetData>{body}</sheetData></worksheet>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_a_form_in_a_spreadsheet_is_read_by_its_cells():
    reading = read("form.xlsx", sheet([
        ["Referral for consideration of a Safeguarding Adults Review"],
        ["Circumstances that triggered the referral"],
        [],
        ["1. Referrer"],
        ["", "Name", "Ada Moss"],
        ["", "Date of referral", "#45000"],
        [],
        ["Agencies involved"],
        ["Agency", "Name of worker", "Still involved?"],
        ["Police", "PC Lund", "Yes"],
        ["Housing", "", "No"],
    ]))  # fmt: skip
    assert reading.kind == "referral"
    assert reading.fields["referrer_name"] == "Ada Moss"
    assert reading.fields["date_of_referral"] == "2023-03-15"
    assert reading.rows["agencies_involved"] == [
        {"agency": "Police", "name": "PC Lund", "still_involved": "yes"},
        {"agency": "Housing", "still_involved": "no"},
    ]

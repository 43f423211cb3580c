"""A Word form reads the same whether its rows were met before or not, whatever was done to it in between."""

import io
import random
import re
import zipfile

import pytest

from forms import FORMS, Stamp, word
from forms.reading import docx
from forms.reading.docx_rows import Memory, Rows
from tests.forms.filled import filled

DOCUMENT = "word/document.xml"
ANSWERED = {"agency_name": "Police", "involvement_summary": "Two calls.\n\nNo arrest."}
ADDED = ["Telephone me first.", "☒", "n/k", "ŵyn", "3/4/2025"]
ROW, CELL, RUN, CONTROL = (rf"<w:{tag}\b[ >].*?</w:{tag}>" for tag in ("tr", "tc", "r", "sdt"))
WRAPPED = r"<w:sdt><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent>\g<0></w:sdtContent></w:sdt>"


def written(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read(DOCUMENT)


def rewritten(content: bytes, xml: str) -> bytes:
    old, file = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, xml.encode() if name == DOCUMENT else old.read(name))
    return file.getvalue()


def alike(content: bytes, monkeypatch) -> bool:
    """Say whether a document reads as it would in a reader that remembers nothing."""
    read = [docx.read(content) for _ in range(3)]
    with monkeypatch.context() as patch:
        patch.setattr(docx, "memory_of", lambda styles: None)
        fresh = docx.read(content)
    return all(layout == fresh for layout in read)


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("answers", [None, "all"])
def test_our_forms_read_the_same(kind, answers, monkeypatch):
    told = filled(FORMS[kind]) if answers else None
    assert alike(word.blank(FORMS[kind], told, Stamp(kind, 1, "JCR-2026-0001", "POL", "k7Qx")), monkeypatch)


def test_rows_that_come_again_are_left_out_and_those_with_new_answers_are_not():
    memory, form = Memory(), FORMS["scoping"]
    for number in range(3):
        content = written(word.blank(form, {**ANSWERED, "agency_name": f"Police {number}"}))
        rows, styles = Rows(content, memory), docx.Styles()
        docx._Walk(styles, False, rows).blocks(rows.document)
    assert len(rows.signs) - rows.left_out == 1
    assert b"Police 2" in content
    assert "Police 2" in "".join(rows.document.itertext())


def changed(xml: str, chance: random.Random) -> str:
    """Change one thing, as people and programs do."""
    one = chance.choice(list(re.finditer(chance.choice([ROW, CELL, RUN, CONTROL]), xml, re.S)))
    before, inside, after = xml[: one.start()], one[0], xml[one.end() :]
    tag = inside[3:6].strip("> ")
    return chance.choice([
        lambda: before + after if tag == "tr" else xml,
        lambda: before + inside + inside + after,
        lambda: before + re.sub(r"<w:t( [^>]*)?>[^<]*", f"<w:t>{chance.choice(ADDED)}", inside) + after,
        lambda: before + re.sub(r"<w:(?:tag|showingPlcHdr|rStyle)\b[^>]*/>", "", inside, count=1) + after,
        lambda: before + re.sub(r"<w:bookmark(?:Start|End)\b[^>]*/>", "", inside, count=1) + after,
        lambda: f"{before}<w:ins>{inside}</w:ins>{after}",
        lambda: f"{before}<w:del>{inside}</w:del>{after}",
    ])()  # fmt: skip


def test_changed_forms_read_the_same(monkeypatch):
    chance, content = random.Random(7), word.blank(FORMS["scoping"], ANSWERED)
    for _ in range(12):
        xml = written(content).decode()
        for _ in range(chance.randint(1, 3)):
            xml = changed(xml, chance)
        assert alike(rewritten(content, xml), monkeypatch), xml


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (r"<w:tbl>.*?</w:tbl>", WRAPPED),
        (r"<w:tbl>.*?</w:tbl>", r"<w:del>\g<0></w:del>"),
        (r"<w:tbl>.*?</w:tbl>", r"<!-- \g<0> -->"),
        (r"<w:tbl>", r'<w:tbl xmlns:w14="urn:other">'),
        (r"<w:tr>.*?</w:tr>", r'<w:tr/>\g<0><w:tr w:x="1"/>'),
        (r"<w:tr>.*?</w:tr>", r'<w:tr jcr.row="3"/>\g<0>'),
        (r"<w:tr>.*?</w:tr>", r"<w:tr><w:tc><w:tbl>\g<0></w:tbl></w:tc></w:tr>"),
        (r"<w:tr>.*?</w:tr>", r"<w:tr><w:tc><w:p><w:r><w:t><![CDATA[\g<0>]]></w:t></w:r></w:p></w:tc></w:tr>"),
        (r"<w:tbl>", r'<w:bookmarkStart w:id="9" w:name="f_sensitivities2"/>\g<0>'),
        (r"<w:tag [^>]*/>", ""),
    ],
)  # fmt: skip
def test_what_only_looks_like_rows_met_before_is_read_as_it_stands(pattern, instead, monkeypatch):
    content = word.blank(FORMS["scoping"], ANSWERED)
    for _ in range(3):
        docx.read(content)
    xml = re.sub(pattern, instead, written(content).decode(), count=2, flags=re.S)
    assert alike(rewritten(content, xml), monkeypatch)

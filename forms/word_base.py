"""The empty document our Word forms start from: styles, page layout, marking above and page numbers below."""

import io
import re
from functools import cache
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from lxml import etree

from forms.form import Stamp
from forms.guidance import MARKING
from forms.word_pages import foot_of
from forms.word_xml import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, SPACES, Furniture, layout, run

ACCENT = "14405A"
MUTED = "4B565F"
TABLE_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A96A0"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
TABLE_ROOM = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 60), ("left", 100), ("bottom", 60), ("right", 100))
)
TABLE_LOOK = f"<w:tblBorders>{TABLE_LINES}</w:tblBorders><w:tblCellMar>{TABLE_ROOM}</w:tblCellMar>"
LOOK_OF = {"paragraph": "rPr", "character": "rPr", "table": "tblPr"}

# Name, kind, what it is based on, paragraph properties, properties of its runs or of the table.
STYLES = (
    ("FormTable", "table", "TableNormal", "", TABLE_LOOK),
    ("PlaceholderText", "character", "", "", f'<w:color w:val="{MUTED}"/>'),
    ("Label", "character", "", "", "<w:b/>"),
    ("Hint", "character", "", "", f'<w:color w:val="{MUTED}"/><w:sz w:val="18"/>'),
    (
        "Cell",
        "paragraph",
        "Normal",
        '<w:spacing w:before="0" w:after="20" w:line="252" w:lineRule="auto"/>',
        "",
    ),
    ("CellLabel", "paragraph", "Cell", "", "<w:b/>"),
    ("CellHint", "paragraph", "Cell", "", f'<w:color w:val="{MUTED}"/><w:sz w:val="18"/>'),
    (
        "WideFooter",
        "paragraph",
        "Footer",
        f'<w:tabs><w:tab w:val="clear" w:pos="{PORTRAIT_WIDTH}"/>'
        f'<w:tab w:val="right" w:pos="{LANDSCAPE_WIDTH}"/></w:tabs>',
        "",
    ),
    ("Tick", "paragraph", "Cell", '<w:ind w:left="275" w:hanging="275"/>', ""),
    (
        "Gap",
        "paragraph",
        "Normal",
        '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>',
        "",
    ),
)
HEADINGS = {"Title": (40, 0, 160), "Heading1": (28, 320, 100), "Heading2": (23, 200, 80)}
TEMPLATE_STYLES = {"DefaultParagraphFont", "TableNormal", "NoList", "Header", "Footer"}
TEMPLATE_STYLES |= {"Normal", *HEADINGS}
UNUSED_PARTS = {"stylesWithEffects", "thumbnail", "customXml", "numbering", "webSettings"}
NORMAL = (
    '<w:pPr><w:spacing w:before="0" w:after="120" w:line="264" w:lineRule="auto"/></w:pPr>'
    '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>'
    '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-GB"/></w:rPr>'
)


def base_document(title: str, stamp: Stamp) -> tuple[Any, Furniture]:
    """A document without content, in the house style, whose footers name form, edition and reference."""
    document = Document(io.BytesIO(_prepared()))
    upright, on_its_side = document.sections
    upright.header.paragraphs[0]._p.append(_xml(run(MARKING, "Label")))
    foot = foot_of(title, stamp)
    for section in (upright, on_its_side):
        for piece in (run(f"{foot}\t"), run("Page "), _field("PAGE"), run(" of "), _field("NUMPAGES")):
            section.footer.paragraphs[0]._p.append(_xml(piece))
    furniture = Furniture(
        _references(upright, "header") + _references(upright, "footer"),
        _references(upright, "header") + _references(on_its_side, "footer"),
    )
    body = document.element.body
    body.remove(body.find(_W + "p"))  # it carried the first section; pages bring their own
    body.replace(body.sectPr, _xml(layout(furniture)))
    return document, furniture


def _references(section: Any, part: str) -> str:
    found = section._sectPr.findall(f"{_W}{part}Reference")
    return "".join(etree.tostring(element, encoding="unicode") for element in found)


@cache
def _prepared() -> bytes:
    """The bytes of the document with its styles, header and footer, made once in a process."""
    document = Document()
    _lighten(document)
    _set_styles(document)
    _set_page(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _lighten(document: Any) -> None:
    """Leave out what the template brings and no form uses: nine tenths of the file."""
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in UNUSED_PARTS:
                del relations[key]
    styles = document.styles.element
    for style in list(styles.iter(_W + "style")):
        if style.get(_W + "styleId") not in TEMPLATE_STYLES:
            styles.remove(style)
    for link in list(styles.iter(_W + "link")):
        link.getparent().remove(link)
    for setting in document.settings.element.iter(_W + "compatSetting"):
        if setting.get(_W + "name") == "compatibilityMode":
            setting.set(_W + "val", "15")  # or Word calls the form old and offers to convert it


def _set_page(document: Any) -> None:
    document.add_section()
    upright, on_its_side = document.sections
    parts = ((upright.header, "Header"), (upright.footer, "Footer"), (on_its_side.footer, "Wide Footer"))
    for part, style in parts:
        part.is_linked_to_previous = False
        part.paragraphs[0].style = document.styles[style]
    upright.header.paragraphs[0].alignment = 2


def _set_styles(document: Any) -> None:
    root = document.styles.element
    by_id = {style.get(_W + "styleId"): style for style in root.iter(_W + "style")}
    _replace_look(by_id["Normal"], NORMAL)
    for name, (size, before, after) in HEADINGS.items():
        _replace_look(by_id[name], _heading_look(size, before, after))
    tabs = f'<w:pPr><w:tabs><w:tab w:val="right" w:pos="{PORTRAIT_WIDTH}"/></w:tabs></w:pPr>'
    for name in ("Header", "Footer"):
        _replace_look(by_id[name], f'{tabs}<w:rPr><w:color w:val="{MUTED}"/><w:sz w:val="17"/></w:rPr>')
    for name, kind, based, paragraphs, inner in STYLES:
        if name not in by_id:
            root.append(_new_style(name, kind, based, paragraphs, inner))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _heading_look(size: int, before: int, after: int) -> str:
    return (
        f'<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}"/></w:pPr>'
        '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:b/>'
        f'<w:color w:val="{ACCENT}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def _replace_look(style: Any, look: str) -> None:
    """Give a style of the template other paragraph and run properties, keeping its outline level."""
    outline = style.find(f"{_W}pPr/{_W}outlineLvl")
    for name in ("pPr", "rPr"):
        for old in style.findall(_W + name):
            style.remove(old)
    for new in list(parse_xml(f"<w:style {SPACES}>{look}</w:style>")):
        style.append(new)
    if outline is not None:
        style.find(_W + "pPr").append(outline)


def _new_style(name: str, kind: str, based: str, paragraphs: str, inner: str) -> Any:
    shown = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    look = f"<w:pPr>{paragraphs}</w:pPr>" if paragraphs else ""
    look += f"<w:{LOOK_OF[kind]}>{inner}</w:{LOOK_OF[kind]}>" if inner else ""
    return parse_xml(
        f'<w:style {SPACES} w:type="{kind}" w:customStyle="1" w:styleId="{name}">'
        f'<w:name w:val="{shown}"/>{parent}{look}</w:style>'
    )


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _xml(piece: str) -> Any:
    """One element from its XML."""
    end = min(place for place in (piece.find(">"), piece.find(" "), piece.find("/>")) if place > 0)
    return parse_xml(f"{piece[:end]} {SPACES}{piece[end:]}")

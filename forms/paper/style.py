"""The look of the office's paper: sizes, colours, spacing; lengths in points unless they say otherwise."""

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from forms.paper.fonts import BODY, BOLD

PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE_MARGIN = 24 * mm
TOP_MARGIN = 27 * mm
FOOT_MARGIN = 24 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE_MARGIN
TEXT_HEIGHT = PAGE_HEIGHT - TOP_MARGIN - FOOT_MARGIN

INK = HexColor("#1c2329")
ACCENT = HexColor("#14405a")
MUTED = HexColor("#4b565f")  # 7.5:1 on white
RULE = HexColor("#b9c2ca")
SHADE = HexColor("#eef2f5")
WARNING = HexColor("#8a1c1c")


def style(
    name: str,
    tag: str = "P",
    *,
    size: float = 10.5,
    leading: float = 15.5,
    font: str = BODY,
    colour: Color = INK,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
    right: bool = False,
    outline: int | None = None,
) -> ParagraphStyle:
    """A paragraph style with the structure tag its text bears; `outline` is the level of its bookmark."""
    return ParagraphStyle(
        name,
        fontName=font,
        bulletFontName=BODY,
        fontSize=size,
        bulletFontSize=size,
        leading=leading,
        textColor=colour,
        spaceBefore=before,
        spaceAfter=after,
        leftIndent=indent,
        bulletIndent=max(indent - 13, 0),
        alignment=TA_RIGHT if right else 0,
        tag=tag,
        outline=outline,
    )


TEXT = style("text", after=8)
LEAD = style("lead", size=11.5, leading=17, colour=MUTED, after=10)
BULLET = style("bullet", after=4, indent=15)
SMALL = style("small", size=9, leading=13, colour=MUTED, after=2)
LABEL = style("label", size=9, leading=13, colour=MUTED, font=BOLD)
SIGNATURE = style("signature", after=1)
NOTICE = style("notice", size=10.5, leading=15, font=BOLD, colour=WARNING, after=10)
LETTERHEAD = style("letterhead", size=16, leading=21, font=BOLD, colour=ACCENT, after=20)
ADDRESS = style("address", leading=15)
FACT = style("fact", size=9.5, leading=13.5, after=5)
CELL = style("cell", size=9.5, leading=13.5, after=3)
CELL_MUTED = style("cell-muted", size=9.5, leading=13.5, colour=MUTED)
CELL_SMALL = style("cell-small", size=8.5, leading=12, colour=MUTED, before=2)
CELL_HEAD = style("cell-head", size=9, leading=13, font=BOLD, colour=ACCENT)
CELL_LABEL = style("cell-label", size=9.5, leading=13.5, font=BOLD)
CELL_BULLET = style("cell-bullet", size=9.5, leading=13.5, after=2, indent=12)
HEADINGS = {
    1: style("title", "H1", size=19, leading=25, font=BOLD, colour=ACCENT, after=10, outline=0),
    2: style("heading", "H2", size=13.5, leading=19, font=BOLD, colour=ACCENT, before=12, after=5, outline=1),
    3: style("subheading", "H3", size=11, leading=16, font=BOLD, before=8, after=3, outline=2),
    4: style("minor", "H4", size=10.5, leading=15.5, font=BOLD, before=6, after=2),
}
LETTER_HEADINGS = {
    1: style("letter-title", "H1", size=14, leading=19, font=BOLD, colour=ACCENT, before=16, after=8),
    2: style("letter-heading", "H2", size=11, leading=16, font=BOLD, colour=ACCENT, before=6, after=2),
}

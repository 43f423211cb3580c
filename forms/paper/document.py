"""From a story of flowables to the bytes of a tagged PDF, with the furniture of the page round it."""

import io
from dataclasses import dataclass
from functools import partial
from typing import Any

from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate

from forms.paper import fonts, style
from forms.paper.canvas import TaggedCanvas
from forms.paper.tables import RuledTable, WithLastRow
from forms.paper.text import A_FEW, ROOM_AFTER_HEADING, stays_with

HEAD_LINE = style.PAGE_HEIGHT - 19 * style.mm
FOOT_LINE = 17 * style.mm
LEFT, RIGHT = style.SIDE_MARGIN, style.PAGE_WIDTH - style.SIDE_MARGIN
SMALL_PRINT = 8.5


@dataclass(frozen=True)
class Furniture:
    """What stands at the head and foot of each page: never a person's name."""

    organisation: str
    marking: str = "OFFICIAL-SENSITIVE"
    reference: str = ""
    note: str = ""  # such as "Draft" or the date
    letterhead: bool = False  # the first page bears the organisation's name in its text
    first_page: int = 1  # of a supplement, which goes on where the pages before it ended
    numbered: bool = True  # a part of a pack is not: the pack numbers its pages


def render(story: list[Flowable], title: str, furniture: Furniture) -> bytes:
    """The story as a PDF/UA-1 file; the title, which a reader's window shows, holds no names."""
    fonts.register()
    file = io.BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT),
        title=fonts.printable(title),
        author=fonts.printable(furniture.organisation),
        pageCompression=1,
    )
    document.addPageTemplates(PageTemplate("page", [_frame()], onPage=_draws(furniture)))
    _keep_together(story)
    _give_room(story)
    document.build(story, canvasmaker=TaggedCanvas)
    return file.getvalue()


class _Company(CondPageBreak):
    """Goes to the next page where what stands below it and stays together does not fit any more."""


def _keep_together(story: list[Flowable]) -> None:
    """No page ends after the first words of a list, or begins with its last."""
    room = 0.0
    for at in reversed(range(len(story))):
        if at and stays_with(story[at - 1], story[at]):
            room = (room or min(story[at].room(), A_FEW * style.TEXT.leading)) + story[at - 1].room()
        elif room:
            story.insert(at, _Company(room))
            room = 0.0


def _give_room(story: list[Flowable]) -> None:
    """A heading straight above another, or a table, goes to the next page with it: it waits for the room of both."""
    for at in reversed(range(len(story) - 2)):
        above, below = story[at], story[at + 2]
        if isinstance(above, CondPageBreak) and isinstance(below, _Company):
            around = style.TEXT.spaceAfter + story[at + 1].getSpaceAfter()
            above.height += max(0, around + below.height - ROOM_AFTER_HEADING)
        elif isinstance(above, CondPageBreak) and isinstance(below, CondPageBreak):
            above.height += below.height
        elif isinstance(above, CondPageBreak) and isinstance(below, RuledTable | WithLastRow):
            between = max(story[at + 1].getSpaceAfter(), below.getSpaceBefore())
            above.height += max(0, between + below.room_to_begin() - ROOM_AFTER_HEADING)


def _frame() -> Frame:
    return Frame(LEFT, style.FOOT_MARGIN, style.TEXT_WIDTH, style.TEXT_HEIGHT, 0, 0, 0, 0)


def _draws(furniture: Furniture) -> Any:
    def draw(canvas: TaggedCanvas, _: BaseDocTemplate) -> None:
        if furniture.numbered and canvas.getPageNumber() == 1:
            canvas.before_saving.append(partial(_number_pages, before=furniture.first_page - 1))
        with canvas.block(None):
            _draw(canvas, furniture)

    return draw


def _draw(canvas: TaggedCanvas, furniture: Furniture) -> None:
    canvas.saveState()
    canvas.setFillColor(style.MUTED)
    canvas.setStrokeColor(style.RULE)
    canvas.setLineWidth(0.6)
    canvas.line(LEFT, HEAD_LINE, RIGHT, HEAD_LINE)
    canvas.line(LEFT, FOOT_LINE, RIGHT, FOOT_LINE)
    canvas.setFont(fonts.BODY, SMALL_PRINT)
    if not (furniture.letterhead and canvas.getPageNumber() == 1):
        canvas.drawString(LEFT, HEAD_LINE + 6, shortened(furniture.organisation, style.TEXT_WIDTH * 0.7))
    foot = " \u00b7 ".join(part for part in (furniture.reference, furniture.note) if part)
    canvas.drawString(LEFT, FOOT_LINE - 14, shortened(foot, style.TEXT_WIDTH * 0.8))
    if furniture.numbered:
        canvas.doForm(_number_form(canvas.getPageNumber()))
    canvas.setFillColor(style.ACCENT)
    canvas.setFont(fonts.BOLD, SMALL_PRINT)
    canvas.drawRightString(RIGHT, HEAD_LINE + 6, fonts.printable(furniture.marking))
    canvas.restoreState()


def shortened(text: str, width: float, size: float = SMALL_PRINT) -> str:
    """One line of the text that fits the width, cut with an ellipsis if it must be."""
    line = fonts.printable(" ".join(text.split()))
    while line and fonts.width(line, size) > width:
        kept = line.rstrip("\u2026")[:-1].rstrip()
        line = f"{kept}\u2026" if kept else ""
    return line


def _number_form(page: int) -> str:
    return f"page-number-{page}"


def _number_pages(canvas: TaggedCanvas, before: int) -> None:
    """Write "Page 2 of 5" on each page, now that the last is known; so many pages went `before` the first."""
    total = canvas.getPageNumber() - 1
    for page in range(1, total + 1):
        with canvas.form(_number_form(page)):
            canvas.setFont(fonts.BODY, SMALL_PRINT)
            canvas.setFillColor(style.MUTED)
            canvas.drawRightString(RIGHT, FOOT_LINE - 14, f"Page {before + page} of {before + total}")

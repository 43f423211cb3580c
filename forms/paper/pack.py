"""A pack: the papers of a meeting as one PDF/UA-1 file, with contents, bookmarks and one run of page numbers."""

import io
import secrets
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.platypus import Flowable

from forms.paper import style
from forms.paper.document import Furniture, render
from forms.paper.handed_over import Pack, Part
from forms.paper.joining import Joined, is_accessible, is_tagged, opened
from forms.paper.stamping import Stamp, stamp
from forms.paper.tables import Cell, table
from forms.paper.text import Text, heading, lines, plain, prose

LINK = "part:"
# Points, to foresee how many pages the contents take: a wrong guess has them made once more
PAGE_ROOM, HEAD_ROOM, ROW, LINE_OF_TITLE, ABOVE_NOTES, LINE_OF_NOTE = 625, 113, 9, 14, 4, 12
LETTERS_OF_TITLE, LETTERS_OF_NOTE = 82, 105
LONGEST_TITLE = 240  # letters, in the contents
NOT_ACCESSIBLE = (
    "As its author supplied it. It is not accessible to a screen reader; the contact above can help."
)
NOT_CHECKED = "It can be read aloud, but nobody has checked that all of it is accessible."
NOT_OPENED = "It could not be opened safely, so it is not in this pack. Ask the contact above for it."


@dataclass(frozen=True)
class _Seen:
    """What the contents tell of a part: its pages, none where it cannot be opened, and what is to be said."""

    part: Part
    pages: int
    tagged: bool
    warning: str

    @property
    def notes(self) -> list[str]:
        return [note for note in (self.part.note, self.warning) if note]

    def with_less(self) -> "_Seen":
        """What becomes of it when it could not be joined: it goes without its structure, or else not at all."""
        if self.tagged:
            return replace(self, tagged=False, warning=NOT_ACCESSIBLE)
        return replace(self, pages=0, warning=NOT_OPENED)


class _Unfit(Exception):
    """A part could not be joined; says which."""

    def __init__(self, number: int) -> None:
        self.number = number


def made(pack: Pack) -> bytes:
    """The pack as a file; with a password it opens only to that."""
    parts = [_seen(part) for part in pack.parts]
    while True:
        try:
            return _saved(_joined(pack, parts), pack.password)
        except _Unfit as one:  # the others go out all the same
            parts[one.number] = parts[one.number].with_less()


def _seen(part: Part) -> _Seen:
    try:
        with opened(part.content) as pdf:
            tagged = is_tagged(pdf)
            warning = "" if is_accessible(pdf) else NOT_CHECKED if tagged else NOT_ACCESSIBLE
            pages = len(pdf.pages)
    except Exception:  # a paper from outside may be broken in any way
        pages, tagged = 0, False
    return _Seen(part, pages, tagged, warning if pages else NOT_OPENED)


def _joined(pack: Pack, parts: Sequence[_Seen]) -> Pdf:
    """Contents and parts as one. Raises _Unfit for a part with which that cannot be done."""
    contents = _contents(pack, parts)
    first = len(contents.pages)
    joined, ours, starts = Joined(contents), [True] * first, []
    for number, one in enumerate(parts):
        starts.append(len(ours))
        if one.pages:
            try:
                with opened(one.part.content) as pdf:  # one at a time: many at once would take much memory
                    joined.add(pdf, one.part.title, one.tagged)
            except Exception as why:
                raise _Unfit(number) from why
            ours += [one.part.ours] * one.pages
    _lead(contents, first, starts)
    stamp(contents, ours, Stamp(pack.marking, pack.reader))
    return joined.finish()


def _contents(pack: Pack, parts: Sequence[_Seen]) -> Pdf:
    """The contents, made once more where they take other pages than the room that was left for them."""
    room = 1 + int((HEAD_ROOM + sum(map(_height, parts))) // PAGE_ROOM)
    pdf = _contents_in(pack, parts, room)
    return pdf if len(pdf.pages) == room else _contents_in(pack, parts, len(pdf.pages))


def _height(one: _Seen) -> int:
    """About how high its row is in the contents."""
    titles = 1 + min(len(one.part.title), LONGEST_TITLE) // LETTERS_OF_TITLE
    notes = sum(1 + len(note) // LETTERS_OF_NOTE for note in one.notes)
    told = ABOVE_NOTES + notes * LINE_OF_NOTE if notes else 0
    return ROW + titles * LINE_OF_TITLE + told


def _contents_in(pack: Pack, parts: Sequence[_Seen], room: int) -> Pdf:
    content = render(_story(pack, parts, room), f"Pack: {pack.title}", _furniture(pack))
    return pikepdf.open(io.BytesIO(content))


def _furniture(pack: Pack) -> Furniture:
    return Furniture(pack.organisation, pack.marking, note=pack.note, numbered=False)


def _story(pack: Pack, parts: Sequence[_Seen], room: int) -> list[Flowable]:
    rows: list[list[Cell]] = []
    at = room + 1
    for number, one in enumerate(parts):
        rows.append([_named(number, one), str(at) if one.pages else "\u2013"])
        at += one.pages
    return [
        *heading(1, pack.title),
        Text(plain(pack.about), style.LEAD),
        *prose(pack.contact),
        *heading(2, "Contents"),
        table(("Paper", "Page"), rows, (6, 0.7), "The papers of this pack and the page each begins on"),
    ]


def _named(number: int, one: _Seen) -> list[Flowable]:
    title = plain(textwrap.shorten(one.part.title, LONGEST_TITLE, placeholder=" \u2026"))
    linked = f'<a href="{LINK}{number}" color="#14405a"><u>{title}</u></a>' if one.pages else title
    told: list[Flowable] = [Text(linked, style.CELL)]
    return [*told, lines(one.notes, style.CELL_SMALL)] if one.notes else told


def _lead(pdf: Pdf, contents: int, starts: Sequence[int]) -> None:
    """Turn the links of the contents, which were made before there was anything to lead to, to their pages."""
    for page in pdf.pages[:contents]:
        for link in page.get("/Annots", []):
            address = str(link.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(LINK):
                start = starts[int(address.removeprefix(LINK))]
                del link["/A"]
                link.Dest = Array([pdf.pages[start].obj, Name.Fit])
                link.Contents = pikepdf.String(f"Go to page {start + 1}")


def _saved(pdf: Pdf, password: str) -> bytes:
    file = io.BytesIO()
    lock = pikepdf.Encryption(owner=secrets.token_urlsafe(24), user=password, R=6) if password else False
    pdf.save(file, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()

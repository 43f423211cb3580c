"""The runs of one Word paragraph as lines of text, with what is struck out, highlighted or only a prompt."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from forms.names import BOOKMARK, PROMPTS

from . import glyphs
from .docx_names import (
    CONTROL,
    CONTROL_CONTENT,
    GONE,
    MATH_TEXT,
    OF_CONTROL,
    OF_PARAGRAPH,
    OF_RUN,
    RUN,
    TEXT,
    VAL,
    W14,
    W,
    children,
    first,
    is_on,
    value,
)
from .docx_styles import ORDINARY, PLAIN, Face, Look, Styles
from .placeholders import is_prompt

_SIGNS = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
_EMPTY = GONE | {W + name for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart")}
_TAG, _SHOWS_PROMPT, _TICK_BOX = W + "tag", W + "showingPlcHdr", W14 + "checkbox"
_BOOKMARK = W + "bookmarkStart"


class Run(NamedTuple):
    """A stretch of text set in one way."""

    text: str
    face: Face = PLAIN

    @property
    def counts(self) -> bool:
        """Whether it may be an answer: neither struck out nor the prompt of an empty control."""
        return self.face is PLAIN or not (self.face.struck or self.face.prompt)


class Named(NamedTuple):
    """A content control within a paragraph: the name it bears and the answer in it."""

    name: str
    text: str
    paragraph: etree._Element


class Runs:
    """Reads the runs of paragraphs; `named` remembers each content control met on the way."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.named: dict[etree._Element, Named] = {}
        self.paragraph: etree._Element | None = None
        self.is_broken = False

    def lines(self, paragraph: etree._Element) -> tuple[Look, list[list[Run]]]:
        """Return how a paragraph is set and the runs of each of its lines; a line ends at a line break."""
        runs: list[Run] = []
        self.paragraph, self.is_broken = paragraph, False
        look = self._gather(paragraph, runs)
        if look.hidden:
            return look, [[]]
        return look, list(_broken(runs)) if self.is_broken else [runs]

    def _gather(self, parent: etree._Element, runs: list[Run]) -> Look:
        """Add all that is shown in `parent`; return its look, when it is a paragraph."""
        look = ORDINARY
        for child in children(parent):
            tag = child.tag
            if tag == RUN:
                self._take(child, runs)
            elif tag == CONTROL:
                self._control(child, runs)
            elif tag == OF_PARAGRAPH:
                look = self.styles.look(child)
            elif tag == MATH_TEXT:
                runs.append(Run((child.text or "").replace("\n", " ")))
            elif tag not in _EMPTY and isinstance(tag, str):
                self._gather(child, runs)
        return look

    def _take(self, run: etree._Element, runs: list[Run]) -> None:
        """Add what a run shows, unless it is hidden."""
        face, text = PLAIN, ""
        for child in children(run):
            tag = child.tag
            if tag == TEXT:
                text += child.text or ""
            elif tag == OF_RUN:
                face = self.styles.face(child)
            else:
                text += _sign(child)
        if face.hidden:
            return
        if not text.isascii():
            text = "\n".join(glyphs.broken(glyphs.plain(text)))
        if "\n" in text:
            self.is_broken = True
        runs.append(Run(glyphs.wingdings(text) if face.wingdings else text, face))

    def _control(self, control: etree._Element, runs: list[Run]) -> None:
        """Add what a content control shows; its prompt is marked as one."""
        before, says = len(runs), Properties()
        for child in children(control):
            tag = child.tag
            if tag == OF_CONTROL:
                says = properties(child)
            elif tag == CONTROL_CONTENT:
                self._gather(child, runs)
        inside = runs[before:]
        if says.shows_prompt and is_only_prompt(control, inside):
            inside = runs[before:] = [Run(run.text, run.face._replace(prompt=True)) for run in inside]
        if says.name and self.paragraph is not None:
            text = says.ticked or "".join([run.text for run in inside if run.counts]).strip()
            self.named[control] = Named(says.name, text, self.paragraph)


def _broken(runs: list[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        first_piece, *pieces = run.text.split("\n")
        line.append(Run(first_piece, run.face))
        for piece in pieces:
            yield line
            line = [Run(piece, run.face)]
    yield line


class Properties(NamedTuple):
    """What a content control says of itself; `ticked` is ☒ or ☐ where it is a tick box."""

    name: str = ""
    shows_prompt: bool = False
    ticked: str = ""


def properties(element: etree._Element | None) -> Properties:
    """Return what the properties of a content control say."""
    name, shows_prompt, ticked = "", False, ""
    for one in children(element) if element is not None else ():
        tag = one.tag
        if tag == _TAG:
            name = one.get(VAL, "")
        elif tag == _SHOWS_PROMPT:
            shows_prompt = True
        elif tag == _TICK_BOX:
            checked = first(one, W14 + "checked")
            on = checked is not None and checked.get(W14 + "val") in ("1", "true")
            ticked = glyphs.TICKED if on else glyphs.EMPTY
    return Properties(name, shows_prompt, ticked)


def is_only_prompt(control: etree._Element, runs: Sequence[Run]) -> bool:
    """Say whether a control that claims to show its prompt does: programs forget to take the mark off.

    LibreOffice leaves what is typed in the prompt's style as well; what we print into our own controls we know.
    """
    text = "".join([run.text for run in runs]).strip()
    if _is_ours(control):
        return text in PROMPTS or not text
    return all(run.face.placeholder for run in runs) or is_prompt(text)


def _is_ours(control: etree._Element) -> bool:
    """Say whether one of our bookmarks begins before a control, or within it, where LibreOffice moves it."""
    before = control.getprevious()
    marks = [before] if before is not None and before.tag == _BOOKMARK else control.iter(_BOOKMARK)
    return any((mark.get(W + "name") or "").startswith(BOOKMARK) for mark in marks)


def _sign(child: etree._Element) -> str:
    """Return what anything but plain text in a run shows: a break, a tab, a symbol, a legacy field."""
    tag = str(child.tag)
    if tag == W + "sym":
        return glyphs.symbol(child.get(W + "char") or "")
    return _legacy(first(child, W + "ffData")) if tag == W + "fldChar" else _SIGNS.get(tag, "")


def _legacy(field: etree._Element | None) -> str:
    """Return what a legacy form field shows that is not ordinary text: its tick box or its chosen entry."""
    box = first(field, W + "checkBox")
    if box is not None:
        set_by_hand = first(box, W + "checked") is not None
        return glyphs.TICKED if is_on(box, W + ("checked" if set_by_hand else "default")) else glyphs.EMPTY
    entries = list(_entries(first(field, W + "ddList")))
    chosen = value(field, W + "ddList", W + "result", missing="0")
    return entries[int(chosen)] if chosen.isdigit() and int(chosen) < len(entries) else ""


def _entries(choice: etree._Element | None) -> Iterator[str]:
    for entry in choice.iterchildren(W + "listEntry") if choice is not None else ():
        yield entry.get(VAL, "")

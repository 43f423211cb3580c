"""The runs of one Word paragraph as lines of text, with what is struck out, highlighted or only a prompt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from . import glyphs
from .docx_names import GONE, NS, W14, M, W, at, is_on, value
from .placeholders import is_prompt

_BREAKS = {W + "br", W + "cr"}
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-", W + "softHyphen": ""}


class Run(NamedTuple):
    """A stretch of text set in one way."""

    text: str
    bold: bool = False
    struck: bool = False
    marked: bool = False
    prompt: bool = False


@dataclass
class Styles:
    """What the document's styles say: which are headings, lists, bold or hidden."""

    hidden: set[str] = field(default_factory=set)
    bold: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    bullets: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: etree._Element | None) -> "Styles":
        """Return the styles of a document's style part; none when it has no such part."""
        styles = cls()
        for style in root.iter(W + "style") if root is not None else ():
            key = style.get(W + "styleId", "")
            name = value(style, "w:name").casefold()
            if is_on(style, "w:rPr/w:vanish"):
                styles.hidden.add(key)
            if is_on(style, "w:rPr/w:b"):
                styles.bold.add(key)
            if name.startswith(("heading", "title", "subtitle")):
                styles.headings.add(key)
            if name.startswith("list") or style.find("w:pPr/w:numPr", NS) is not None:
                styles.bullets.add(key)
        return styles


class Look(NamedTuple):
    """How a whole paragraph is set."""

    hidden: bool = False
    bold: bool = False
    heading: bool = False
    bullet: bool = False

    @classmethod
    def of(cls, paragraph: etree._Element, styles: Styles) -> "Look":
        """Return the look that the paragraph's properties and its style give it."""
        look = at(paragraph, "w:pPr")
        if look is None:
            return cls()
        style = value(look, "w:pStyle")
        bullet = style in styles.bullets or at(look, "w:numPr") is not None
        return cls(style in styles.hidden, style in styles.bold, style in styles.headings, bullet)


def lines(paragraph: etree._Element, styles: Styles, hidden: bool) -> Iterator[tuple[Run, ...]]:
    """Yield the runs of each line of a paragraph; a line ends at a line break."""
    line: list[Run] = []
    for run in _runs(paragraph, styles, False, hidden):
        if "\n" not in run.text:
            line.append(run)
            continue
        first, *more = run.text.split("\n")
        line.append(run._replace(text=first))
        for text in more:
            yield tuple(line)
            line = [run._replace(text=text)]
    yield tuple(line)


def _runs(parent: etree._Element, styles: Styles, prompt: bool, hidden: bool) -> Iterator[Run]:
    for child in parent:
        if child.tag == W + "r":
            yield from _run(child, styles, prompt, hidden)
        elif child.tag == W + "sdt":
            yield from _control(child, styles, hidden)
        elif child.tag == M + "t":
            yield Run(child.text or "")
        elif isinstance(child.tag, str) and child.tag not in GONE:
            yield from _runs(child, styles, prompt, hidden)


def _control(control: etree._Element, styles: Styles, hidden: bool) -> Iterator[Run]:
    content = control.find(W + "sdtContent")
    if content is not None:
        yield from _runs(content, styles, shows_prompt(control), hidden)


def shows_prompt(control: etree._Element) -> bool:
    """Say whether a content control still shows its prompt, also when a program forgot to clear the mark."""
    if at(control, "w:sdtPr/w:showingPlcHdr") is None:
        return False
    styles = {value(run, "w:rPr/w:rStyle") for run in control.iter(W + "r")}
    text = "".join(piece.text or "" for piece in control.iter(W + "t"))
    return styles == {"PlaceholderText"} or is_prompt(text)


def _run(run: etree._Element, styles: Styles, prompt: bool, hidden: bool) -> Iterator[Run]:
    look = at(run, "w:rPr")
    set_as = {one.tag: one for one in look} if look is not None else {}
    if hidden or (set_as and _is_hidden(set_as, styles)):
        return
    text = "".join(_text(run))
    if not set_as:
        yield Run("\n".join(glyphs.broken(glyphs.plain(text))), prompt=prompt)
        return
    fonts = set_as.get(W + "rFonts")
    if fonts is not None and "wingdings" in (fonts.get(W + "ascii") or "").casefold():
        text = glyphs.wingdings(text)
    yield Run(
        "\n".join(glyphs.broken(glyphs.plain(text))),
        bold=_on(set_as, "b") or _value(set_as, "rStyle") in styles.bold,
        struck=_on(set_as, "strike") or _on(set_as, "dstrike"),
        marked=_value(set_as, "highlight", "none") != "none",
        prompt=prompt,
    )


def _is_hidden(set_as: Mapping[Any, etree._Element], styles: Styles) -> bool:
    return _on(set_as, "vanish") or _value(set_as, "rStyle") in styles.hidden


def _on(set_as: Mapping[Any, etree._Element], name: str) -> bool:
    return _value(set_as, name, "off", bare="on") not in ("0", "false", "off")


def _value(set_as: Mapping[Any, etree._Element], name: str, missing: str = "", bare: str = "") -> str:
    """Return the value of a property, `missing` when it is not there, `bare` when it has no value."""
    found = set_as.get(W + name)
    return missing if found is None else found.get(W + "val", bare)


def _text(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == W + "sym":
            yield glyphs.symbol(child.get(W + "char") or "")
        elif child.tag == W + "fldChar":
            yield _legacy(child.find(W + "ffData"))


def _legacy(field_data: etree._Element | None) -> str:
    """Return what a legacy form field shows that is not ordinary text: its tick box or its chosen entry."""
    if field_data is None:
        return ""
    box = field_data.find(W + "checkBox")
    if box is not None:
        ticked = is_on(box, "w:checked") if box.find(W + "checked") is not None else is_on(box, "w:default")
        return glyphs.TICKED if ticked else glyphs.EMPTY
    entries = [entry.get(W + "val", "") for entry in field_data.iterfind("w:ddList/w:listEntry", NS)]
    chosen = value(field_data, "w:ddList/w:result", "0")
    return entries[int(chosen)] if chosen.isdigit() and int(chosen) < len(entries) else ""


def control_text(control: etree._Element, styles: Styles) -> str:
    """Return the answer in a content control: its text, or ☒ / ☐ for a tick box; empty while it shows a prompt."""
    box = at(control, "w:sdtPr/w14:checkbox")
    if box is not None:
        checked = box.find(W14 + "checked")
        on = checked is not None and checked.get(W14 + "val") in ("1", "true")
        return glyphs.TICKED if on else glyphs.EMPTY
    if shows_prompt(control):
        return ""
    content = control.find(W + "sdtContent")
    paragraphs = list(content.iter(W + "p")) if content is not None else []
    if not paragraphs and content is not None:
        paragraphs = [content]
    return "\n".join(_paragraph_text(paragraph, styles) for paragraph in paragraphs).strip()


def _paragraph_text(paragraph: etree._Element, styles: Styles) -> str:
    return "".join(
        run.text for run in _runs(paragraph, styles, False, False) if not run.struck and not run.prompt
    )

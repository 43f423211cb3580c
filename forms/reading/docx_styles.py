"""How the paragraphs and runs of a Word document are set: by themselves, and by the styles they bear."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from .docx_names import OF_PARAGRAPH, OF_RUN, W, children, first, is_on, value
from .limits import parse_xml

Said = tuple[tuple[Any, ...], ...]


class Face(NamedTuple):
    """How a run is set; `placeholder` by its style, `prompt` because an empty control shows it."""

    hidden: bool = False
    bold: bool = False
    struck: bool = False
    marked: bool = False
    wingdings: bool = False
    placeholder: bool = False
    prompt: bool = False
    underlined: bool = False


class Look(NamedTuple):
    """How a whole paragraph is set."""

    hidden: bool = False
    bold: bool = False
    heading: bool = False
    bullet: bool = False


PLAIN, ORDINARY = Face(), Look()
PLACEHOLDER = "PlaceholderText"  # the style Word gives the prompt of an empty control


@dataclass
class Styles:
    """What the document's styles say: which are headings, lists, bold or hidden.

    A document sets its words in few ways, so each way is worked out once and remembered.
    """

    hidden: set[str] = field(default_factory=set)
    bold: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    bullets: set[str] = field(default_factory=set)
    _faces: dict[Said, Face] = field(default_factory=dict)
    _looks: dict[Said, Look] = field(default_factory=dict)

    @classmethod
    @lru_cache(maxsize=8)  # agencies fill in the same form again and again
    def of(cls, content: bytes | None) -> "Styles":
        """Return the styles of a document's style part; none when it has no such part. Raises Refused."""
        styles = cls()
        for style in parse_xml(content).iter(W + "style") if content is not None else ():
            key = style.get(W + "styleId", "")
            name = value(style, W + "name").casefold()
            if is_on(style, OF_RUN, W + "vanish"):
                styles.hidden.add(key)
            if is_on(style, OF_RUN, W + "b"):
                styles.bold.add(key)
            if name.startswith(("heading", "title", "subtitle")):
                styles.headings.add(key)
            if name.startswith("list") or first(style, OF_PARAGRAPH, W + "numPr") is not None:
                styles.bullets.add(key)
        return styles

    def look(self, properties: etree._Element) -> Look:
        """Return the look that a paragraph's properties and its style give it."""
        said = _said(properties)
        look = self._looks.get(said)
        if look is None:
            look = self._looks[said] = self._worked_out_look(properties)
        return look

    def _worked_out_look(self, properties: etree._Element) -> Look:
        style = value(properties, W + "pStyle")
        heading = style in self.headings  # which LibreOffice numbers, but which is no item of a list
        bullet = not heading and (style in self.bullets or first(properties, W + "numPr") is not None)
        return Look(style in self.hidden, style in self.bold, heading, bullet)

    def face(self, properties: etree._Element) -> Face:
        """Return the face that a run's properties and its style give it."""
        said = _said(properties)
        face = self._faces.get(said)
        if face is None:
            face = self._faces[said] = self._worked_out_face(properties)
        return face

    def _worked_out_face(self, properties: etree._Element) -> Face:
        style, fonts = value(properties, W + "rStyle"), first(properties, W + "rFonts")
        face = Face(
            hidden=is_on(properties, W + "vanish") or style in self.hidden,
            bold=is_on(properties, W + "b") or style in self.bold,
            struck=is_on(properties, W + "strike") or is_on(properties, W + "dstrike"),
            marked=_is_ringed(properties),
            wingdings=fonts is not None and "wingdings" in " ".join(fonts.values()).casefold(),
            placeholder=style == PLACEHOLDER,
            underlined=value(properties, W + "u", missing="none") != "none",
        )
        return PLAIN if face == PLAIN else face


def _is_ringed(properties: etree._Element) -> bool:
    """Say whether a run is highlighted or has a border drawn round it."""
    looks = (value(properties, W + "highlight", missing="none"), value(properties, W + "bdr", missing="none"))
    return any(look not in ("none", "nil") for look in looks)


def _said(properties: etree._Element) -> Said:
    """Return all that is said of a paragraph or run; what says the same is set the same."""
    return tuple([(one.tag, *one.values()) for one in children(properties)])

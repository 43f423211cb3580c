"""Text objects of the tagged canvas: spaces at line ends, links, right-to-left words and their reading."""

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from typing import Any

from reportlab.pdfgen.textobject import PDFTextObject

from forms.paper.fonts import RIGHT_TO_LEFT, visual
from forms.paper.structure import Element

Link = tuple[int, str]  # which link of the paragraph, and where it goes


class TaggedText(PDFTextObject):
    """A text object that remembers which of its operators are links, and which words read the other way."""

    _code: list[str]

    def __init__(self, *args: Any, **options: Any) -> None:
        self._links: dict[int, Link] = {}
        self._readings: dict[int, str] = {}
        self._began: dict[Link, int] = {}
        self._lines_of: Counter[Link] = Counter()
        self._last_words = 0
        super().__init__(*args, **options)

    def _formatText(self, text: str) -> str:
        if not text.isascii():
            text = RIGHT_TO_LEFT.sub(lambda run: visual(run[0]), text)
        return str(super()._formatText(text))

    def _textOut(self, text: str, TStar: int = 0) -> None:
        # Without a space at each line end, the words on either side run together when the text is copied.
        if TStar and not text.endswith((" ", "-")):
            text += " "
        self._last_words = len(self._code)
        *runs, last = [text] if text.isascii() else RIGHT_TO_LEFT.split(text)
        for i, run in enumerate(runs):
            if i % 2:
                self._readings[len(self._code)] = run
            if run:
                super()._textOut(run)
        if last or TStar:
            super()._textOut(last, TStar)

    def _linkRecord(self, link: Link, what: str) -> None:
        """The hook that ReportLab's Paragraph calls just after a link's first words and after its last."""
        if what == "start":
            self._began[link] = self._last_words
        else:
            covered = range(self._began.pop(link), len(self._code))
            self._links.update(dict.fromkeys(covered, link))
            self._lines_of[link] += 1

    @property
    def has_links(self) -> bool:
        """Whether some of the words are links."""
        return bool(self._links)

    @property
    def of_one_piece(self) -> bool:
        """Whether all the words belong to the same element."""
        return not self._links and not self._readings

    def mark_pieces(
        self,
        owner: Element,
        begin_mark: Callable[[Element], str],
        link_element: Callable[[Element, str, int], Element],
    ) -> None:
        """Cut the operators into marked content.

        Links go to Link elements, right-to-left words to Spans with their logical order as ActualText, and
        the rest to the owner.
        """
        code, self._code = self._code, []
        links: dict[Link, Element] = {}  # a link over two lines is still one
        for (link, reading), indexes in groupby(range(len(code)), self._piece):
            if link and link not in links:
                links[link] = link_element(owner, link[1], self._lines_of[link])
            element = links[link] if link else owner
            if reading:
                element = Element("Span", parent=element, properties={"ActualText": reading})
            self._mark([code[i] for i in indexes], element, begin_mark)

    def _piece(self, index: int) -> tuple[Link | None, str | None]:
        return self._links.get(index), self._readings.get(index)

    def _mark(self, operators: list[str], owner: Element, begin_mark: Callable[[Element], str]) -> None:
        if not any(" Tj" in operator for operator in operators):
            self._code += operators
            return
        opening = int(operators[0] == "BT")  # a mark opens inside the text object, and closes there
        self._code += [*operators[:opening], begin_mark(owner), *operators[opening:], "EMC"]

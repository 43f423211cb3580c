"""A ReportLab canvas on which all that is drawn is in the structure tree or an artifact (PDF/UA-1).

It leans on private names of ReportLab (`_code`, `_formatText`, `_linkRecord`, `_setAnnotations`), paragraphs on
`_setup`, which is why the version is pinned and every kind of document is put before veraPDF in the tests.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFPage, PDFString
from reportlab.pdfgen.canvas import Canvas

from forms.paper import fonts, metadata
from forms.paper.structure import Attached, Element, Mark, StructureTree
from forms.paper.written import TaggedText

LANGUAGE = "en-GB"
PRINTED = 4  # annotation flag: shown on paper too
SHAPES = ["line", "lines", "bezier", "arc", "rect", "ellipse", "wedge", "circle", "roundRect", "drawPath"]
SHAPES += ["drawImage", "drawInlineImage", "doForm", "shade", "grid", "linearGradient", "radialGradient"]


class TaggedCanvas(Canvas):
    """Text goes to the current element, shapes are decoration, links and form fields tie themselves in."""

    def __init__(self, filename: Any, **options: Any) -> None:
        fonts.register()
        options |= {"initialFontName": fonts.BODY, "lang": LANGUAGE, "pdfVersion": (1, 7), "invariant": 1}
        self.structure = StructureTree()
        self.before_saving: list[Callable[[TaggedCanvas], None]] = []
        self._within = [self.structure.root]
        self._owner: Element | None = None
        self._label: Element | None = None
        self._sealed = 0
        self._page_marks: list[Element] = []
        self._untied: list[tuple[str, Attached, int]] = []
        self._target = ""
        self._outline_level, self._bookmarks = -1, 0
        super().__init__(filename, **options)
        self._doc.info = metadata.UndatedInfo()
        self._doc.info.invariant = 1

    # Where what is drawn belongs

    def place(self, element: Element) -> Element:
        """Give the element its place under the element being drawn within; inside decoration it gets none."""
        if self._sealed:
            return element
        return self.structure.place(element, under=self._within[-1])

    @contextmanager
    def within(self, element: Element) -> Iterator[Element]:
        """New elements placed meanwhile become children of this one."""
        self._within.append(self.place(element))
        try:
            yield element
        finally:
            self._within.pop()

    @contextmanager
    def content(self, element: Element, label: Element | None = None) -> Iterator[Element]:
        """Text drawn meanwhile belongs to the element; the first piece to the label, when there is one."""
        before = self._owner
        self._label = self.place(label) if label else None
        self._owner = self.place(element)
        try:
            yield element
        finally:
            self._owner, self._label = before, None

    @contextmanager
    def block(self, element: Element | None) -> Iterator[None]:
        """Everything drawn meanwhile is one piece: a figure, or decoration when there is no element."""
        if self._sealed:
            yield
            return
        self._code.append(self.begin_mark(self.place(element) if element else None))
        self._sealed += 1
        try:
            yield
        finally:
            self._sealed -= 1
            self._code.append("EMC")

    @contextmanager
    def form(self, name: str) -> Iterator[None]:
        """A reusable drawing, shown by doForm as decoration; it may be shown before it is defined."""
        self.beginForm(name)
        self._sealed += 1
        try:
            yield
        finally:
            self._sealed -= 1
            self.endForm()

    def begin_mark(self, owner: Element | None) -> str:
        """The operator that opens marked content for the owner, or for an artifact."""
        if owner is None:
            return "/Artifact BMC"
        number = len(self._page_marks)
        self._page_marks.append(owner)
        owner.kids.append(Mark(self._pageNumber, number))
        return f"/{owner.tag} <</MCID {number}>> BDC"

    # Drawing

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> TaggedText:
        """A text object that keeps its links and its right-to-left words readable by machines."""
        return TaggedText(self, x, y, direction=direction)

    def drawText(self, aTextObject: TaggedText) -> None:
        """Draw the text as content of the current label, link or element."""
        owner = self._owner
        if self._label is not None:
            owner, self._label = self._label, None
        if self._sealed or owner is None:
            self._decorate(super().drawText, aTextObject)
            return
        if self._untied and not aTextObject.has_links:  # the whole paragraph is one link
            owner = self._link(owner, self._untied[0][0])
        if aTextObject.of_one_piece:
            self._code.append(self.begin_mark(owner))
            super().drawText(aTextObject)
            self._code.append("EMC")
        else:
            aTextObject.mark_pieces(owner, self._begin_placed, self._link)
            super().drawText(aTextObject)

    def _begin_placed(self, element: Element) -> str:
        return self.begin_mark(self.structure.place(element, under=self.structure.root))

    def _decorate(self, draw: Callable[..., Any], *args: Any, **options: Any) -> Any:
        with self.block(None):
            return draw(*args, **options)

    def outline(self, title: str, level: int, height: float) -> None:
        """A bookmark to the current place; level 0 is the outermost."""
        self._bookmarks += 1
        self._outline_level = min(level, self._outline_level + 1)  # a viewer cannot skip a level
        key = f"heading-{self._bookmarks}"
        self.bookmarkHorizontal(key, 0, height)
        self.addOutlineEntry(title, key, self._outline_level)

    # Links and form fields

    def linkURL(self, url: str, rect: Any, *args: Any, **options: Any) -> None:
        """A link to a web page or an e-mail address."""
        self._target = url
        super().linkURL(url, rect, *args, Contents=PDFString(url.removeprefix("mailto:")), **options)

    def linkRect(self, contents: str, destinationname: str, *args: Any, **options: Any) -> Any:
        """A link to a bookmark of this document."""
        self._target = f"#{destinationname}"
        contents = contents or "Go to this part of the document"
        return super().linkRect(contents, destinationname, *args, **options)

    def _addAnnotation(self, annotation: Any, name: str | None = None, addtopage: int = 1) -> None:
        name = name or f"annotation-{self._annotationCount + 1}"
        super()._addAnnotation(annotation, name, addtopage)
        attached = Attached(self._pageNumber, self._doc.refAnnotation(name))
        key = self.structure.new_key()
        _entries(annotation).update(StructParent=key, F=PRINTED)
        if isinstance(annotation, PDFDictionary) and "Widget" in str(annotation.dict.get("Subtype")):
            self._tie(attached, key, self.place(Element("Form")))
        elif self._owner is None:
            self._tie(attached, key, self.place(Element("Link")))
        else:  # a paragraph makes its annotations before its words are drawn
            self._untied.append((self._target, attached, key))

    def _tie(self, attached: Attached, key: int, element: Element) -> None:
        element.kids.append(attached)
        self.structure.tie(key, element)

    def _link(self, owner: Element, target: str, lines: int | None = None) -> Element:
        """The element of a link whose words come next, tied to the annotations of its lines."""
        link = self.structure.place(Element("Link"), under=owner)
        waiting = [untied for untied in self._untied if untied[0] == target][:lines]
        for untied in waiting:
            self._untied.remove(untied)
            self._tie(untied[1], untied[2], link)
        return link

    # Pages and saving

    def _setAnnotations(self, page: Any) -> None:
        super()._setAnnotations(page)
        if isinstance(page, PDFPage):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.Tabs = PDFName("S")
            page.StructParents = self.structure.new_key()
            self.structure.tie(page.StructParents, self._page_marks)
            self._page_marks = []

    def save(self) -> None:
        """Write the file."""
        self._finish()
        super().save()

    def getpdfdata(self) -> bytes:
        """The file as bytes."""
        self._finish()
        return bytes(super().getpdfdata())

    def _finish(self) -> None:
        if self._code or not self._pageNumber > 1:
            self.showPage()
        for act in self.before_saving:
            act(self)
        self.structure.write(self._doc)
        self.setViewerPreference("DisplayDocTitle", "true")
        self._doc.Catalog.Metadata = metadata.packet(self._doc, LANGUAGE)


def _entries(annotation: Any) -> dict[str, Any]:
    """The entries of an annotation, whichever of ReportLab's two ways made it."""
    if isinstance(annotation, PDFDictionary):
        entries: dict[str, Any] = annotation.dict
        return entries
    annotation.permitted = (*annotation.permitted, "StructParent")
    other: dict[str, Any] = annotation.otherkw
    return other


def _as_decoration(name: str) -> Callable[..., Any]:
    draw = getattr(Canvas, name)

    def decorate(self: TaggedCanvas, *args: Any, **options: Any) -> Any:
        return self._decorate(draw, self, *args, **options)

    decorate.__name__ = name
    return decorate


for _name in SHAPES:
    setattr(TaggedCanvas, _name, _as_decoration(_name))

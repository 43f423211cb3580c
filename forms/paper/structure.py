"""The structure tree of a tagged PDF: what each piece of a page is, in reading order (ISO 32000-1, 14.7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFObject, PDFObjectReference, PDFString

_TOP = "StructTreeRoot"


@dataclass(frozen=True)
class Mark:
    """A stretch of a page's content stream that belongs to an element."""

    page: int
    number: int


@dataclass(frozen=True)
class Attached:
    """An annotation (a link or a form field) that belongs to an element."""

    page: int
    reference: Any


@dataclass(eq=False)
class Element:
    """One element of the tree; it takes its place under a parent when it is first drawn."""

    tag: str
    parent: "Element | None" = None
    properties: dict[str, Any] = field(default_factory=dict)
    kids: "list[Element | Mark | Attached]" = field(default_factory=list)
    placed: bool = False
    times_drawn: int = 0

    def descendants(self) -> "Iterator[Element]":
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.descendants()


def attributes(owner: str, **values: Any) -> dict[str, Any]:
    """The attribute object of an element: attributes("Table", Scope="Row")."""
    entries = {name: PDFName(v) if isinstance(v, str) else v for name, v in values.items()}
    return {"A": PDFDictionary({"O": PDFName(owner), **entries})}


class StructureTree:
    """Collects the elements of one document and writes them into its catalogue."""

    def __init__(self) -> None:
        self.root = Element("Document", placed=True)
        self._parents: dict[int, Element | list[Element]] = {}
        self._next_key = 0

    def place(self, element: Element, under: Element) -> Element:
        """Give the element its place, after what is already there; a second time changes nothing."""
        if not element.placed:
            element.placed = True
            element.parent = element.parent or under
            self.place(element.parent, self.root)
            element.parent.kids.append(element)
        return element

    def new_key(self) -> int:
        """A key of the parent tree, to be tied to its element or elements before the tree is written."""
        self._next_key += 1
        return self._next_key - 1

    def tie(self, key: int, parent: Element | list[Element]) -> None:
        """Say what a key stands for: an annotation's element, or the elements of a page's marks in order."""
        self._parents[key] = parent

    def write(self, document: Any) -> None:
        """Add the tree to a ReportLab document, as the catalogue's StructTreeRoot."""
        names = {element: f"Element{number}" for number, element in enumerate(self.root.descendants())}
        for element, name in names.items():
            document.Reference(_Written(element, names), name)
        tree = {
            "Type": PDFName("StructTreeRoot"),
            "K": PDFObjectReference(names[self.root]),
            "ParentTree": document.Reference(_Parents(self._parents, names)),
            "ParentTreeNextKey": self._next_key,
        }
        document.Catalog.StructTreeRoot = document.Reference(PDFDictionary(tree), _TOP)
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


class _Written(PDFObject):  # type: ignore[misc]  # ReportLab is not typed
    """An element in PDF's own words: a form has a thousand, and ReportLab's dictionaries take their time."""

    def __init__(self, element: Element, names: Mapping[Element, str]) -> None:
        self.element, self.names = element, names

    def format(self, document: Any) -> bytes:
        """The element as it stands in the file."""
        element = self.element
        home = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
        parent = self.names[element.parent] if element.parent else _TOP
        entries = [f"/Type /StructElem /S {PDFName(element.tag)} /P {_at(document, parent)}"]
        if home is not None:
            entries.append(f"/Pg {_page(document, home)}")
        if element.kids:
            entries.append(f"/K [{' '.join(self._kid(document, kid, home) for kid in element.kids)}]")
        for name, value in element.properties.items():
            said = PDFString(value) if isinstance(value, str) else value
            entries.append(f"{PDFName(name)} {said.format(document).decode('latin-1')}")
        return f"<< {' '.join(entries)} >>".encode("latin-1")

    def _kid(self, document: Any, kid: Element | Mark | Attached, home: int | None) -> str:
        match kid:
            case Element():
                return _at(document, self.names[kid])
            case Mark(page, number) if page == home:
                return str(number)
            case Mark(page, number):
                return f"<< /Type /MCR /Pg {_page(document, page)} /MCID {number} >>"
            case Attached(page, reference):
                return f"<< /Type /OBJR /Obj {_at(document, reference.name)} /Pg {_page(document, page)} >>"


class _Parents(PDFObject):  # type: ignore[misc]
    """The tree that leads from pages and annotations back to their elements."""

    def __init__(self, parents: Mapping[int, Element | list[Element]], names: Mapping[Element, str]) -> None:
        self.parents, self.names = parents, names

    def format(self, document: Any) -> bytes:
        """The number tree as it stands in the file."""
        numbers = " ".join(f"{key} {self._of(document, self.parents[key])}" for key in sorted(self.parents))
        return f"<< /Nums [{numbers}] >>".encode("ascii")

    def _of(self, document: Any, parent: Element | list[Element]) -> str:
        if isinstance(parent, Element):
            return _at(document, self.names[parent])
        return f"[{' '.join(_at(document, self.names[element]) for element in parent)}]"


def _at(document: Any, name: str) -> str:
    """The object of this name, as others refer to it."""
    number, version = document.idToObjectNumberAndVersion[name]
    return f"{number} {version} R"


def _page(document: Any, number: int) -> str:
    return _at(document, f"Page{number}")

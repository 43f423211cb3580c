"""The structure tree of a tagged PDF: what each piece of a page is, in reading order (ISO 32000-1, 14.7)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString


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
        references = {e: PDFObjectReference(f"Element{i}") for i, e in enumerate(self.root.descendants())}
        top = PDFObjectReference("StructTreeRoot")
        for element, reference in references.items():
            document.Reference(_dictionary(element, references, top), reference.name)
        numbers: list[Any] = []
        for key, parent in sorted(self._parents.items()):
            if isinstance(parent, Element):
                numbers += [key, references[parent]]
            else:
                numbers += [key, PDFArray([references[e] for e in parent])]
        tree = {
            "Type": PDFName("StructTreeRoot"),
            "K": references[self.root],
            "ParentTree": document.Reference(PDFDictionary({"Nums": PDFArray(numbers)})),
            "ParentTreeNextKey": self._next_key,
        }
        document.Reference(PDFDictionary(tree), top.name)
        document.Catalog.StructTreeRoot = top
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


def _dictionary(element: Element, references: dict[Element, Any], top: Any) -> PDFDictionary:
    home = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
    entries: dict[str, Any] = {
        "Type": PDFName("StructElem"),
        "S": PDFName(element.tag),
        "P": references[element.parent] if element.parent else top,
    }
    if home is not None:
        entries["Pg"] = _page(home)
    if element.kids:
        entries["K"] = PDFArray([_kid(kid, home, references) for kid in element.kids])
    for name, value in element.properties.items():
        entries[name] = PDFString(value) if isinstance(value, str) else value
    return PDFDictionary(entries)


def _kid(kid: Element | Mark | Attached, home: int | None, references: dict[Element, Any]) -> Any:
    match kid:
        case Element():
            return references[kid]
        case Mark(page, number) if page == home:
            return number
        case Mark(page, number):
            return PDFDictionary({"Type": PDFName("MCR"), "Pg": _page(page), "MCID": number})
        case Attached(page, reference):
            return PDFDictionary({"Type": PDFName("OBJR"), "Obj": reference, "Pg": _page(page)})


def _page(number: int) -> PDFObjectReference:
    return PDFObjectReference(f"Page{number}")

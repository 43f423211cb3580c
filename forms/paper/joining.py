"""Joins PDFs into one and carries their structure trees across, which a plain merge drops (ISO 32000-1, 14.7).

An untagged page becomes a figure whose description says that it came without text a screen reader can follow.
"""

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

import pikepdf
from pikepdf import AccessMode, Array, Dictionary, Name, OutlineItem, Pdf, Stream, String

from forms.paper.metadata import CLAIM
from forms.paper.sizes import give_size

SAFE_TARGETS = ("http://", "https://", "mailto:")
MOST_NESTED = 50  # levels of a number tree; a file with more was made to do harm


def opened(content: bytes | memoryview) -> Pdf:
    """A PDF with its filled fields and notes drawn into the page, so that nothing in it can act any more."""
    pdf = pikepdf.open(_mapped(content), access_mode=AccessMode.mmap, inherit_page_attributes=False)
    with_notes = [page for page in pdf.pages if "/Annots" in page]
    for page in with_notes:
        page.Annots = Array([one for one in _as_list(page.Annots) if isinstance(one, Dictionary)])
    if "/AcroForm" in pdf.Root or with_notes:
        pdf.flatten_annotations("print")
    return pdf


def _mapped(content: bytes | memoryview) -> BinaryIO:
    """The bytes as a file of the memory, where there is such a thing: qpdf reads that without asking Python for each
    object, in half the time. Nothing comes to stand on a disk."""
    if sys.platform != "linux":
        return io.BytesIO(content)
    file = os.fdopen(os.memfd_create("paper"), "w+b")
    file.write(content)
    file.seek(0)
    return file


def is_tagged(pdf: Pdf) -> bool:
    """Whether it has a structure that says of itself that it is complete."""
    return "/StructTreeRoot" in pdf.Root and bool(
        pdf.Root.get("/MarkInfo", Dictionary()).get("/Marked", False)
    )


def is_accessible(pdf: Pdf) -> bool:
    """Whether it is tagged and claims to keep PDF/UA."""
    return is_tagged(pdf) and "/Metadata" in pdf.Root and CLAIM in bytes(pdf.Root.Metadata.read_bytes())


class Joined:
    """A tagged PDF of ours that others are added to, each as a section of its structure."""

    def __init__(self, first: Pdf) -> None:
        self.pdf = first
        self.root = first.Root.StructTreeRoot
        self.numbers = dict(_numbers(self.root.ParentTree))
        self.next = int(self.root.ParentTreeNextKey)
        self.roles: dict[str, Any] = {}
        self.bookmarks: list[OutlineItem] = []

    def add(self, part: Pdf, title: str, tagged: bool) -> None:
        """The pages of another PDF, after those there are; with its structure if it has one."""
        before, within = len(self.pdf.pages), _links_within(part)
        self.pdf.pages.extend(part.pages)
        pages = [self.pdf.pages[number] for number in range(before, len(self.pdf.pages))]
        section = self._element("Sect", self.root.K, T=String(title))
        for page, leading in zip(pages, within, strict=True):
            give_size(page)
            _lead(page, leading, pages)
            _disarm(page, tagged)
        _call_by_name(pages)
        if tagged:
            self._carry(part, pages, section)
        else:
            self._describe(pages, section, title)
            self._tag_links(pages, section)
        self._keep_hidden(part)
        self.bookmarks.append(OutlineItem(title, before))

    def finish(self) -> Pdf:
        """Write the tree of all parts and the bookmarks."""
        flat = [thing for key in sorted(self.numbers) for thing in (key, self.numbers[key])]
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(flat)))
        self.root.ParentTreeNextKey = self.next
        roles = {name: role for name, role in self.roles.items() if not self._circles(name)}
        if roles:
            self.root.RoleMap = Dictionary(roles)
        with self.pdf.open_outline() as outline:
            outline.root.extend(self.bookmarks)
        return self.pdf

    def _circles(self, name: str) -> bool:
        """Whether a role leads back to its own name, such as a heading called a heading: LibreOffice writes that, and
        PDF/UA forbids it."""
        at, met = str(self.roles[name]), {""}
        while at in self.roles and at not in met:
            met.add(at)
            at = str(self.roles[at])
        return at == name

    def _keep_hidden(self, part: Pdf) -> None:
        """Layers that its author hid stay hidden (ISO 32000-1, 8.11.4)."""
        if "/OCProperties" not in part.Root:
            return
        layers = self.pdf.copy_foreign(part.make_indirect(part.Root.OCProperties))
        hidden = list(layers.D.get("/OFF", []))
        if layers.D.get("/BaseState") == Name.OFF:
            shown = {one.objgen for one in layers.D.get("/ON", [])}
            hidden = [one for one in layers.OCGs if one.objgen not in shown]
        if "/OCProperties" not in self.pdf.Root:
            told = Dictionary(Name=String("Layers"), OFF=Array())
            self.pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=told)
        ours = self.pdf.Root.OCProperties
        ours.OCGs.extend(layers.OCGs)
        ours.D.OFF.extend(hidden)

    def _element(self, tag: str, under: Any, **entries: Any) -> Any:
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{tag}"), P=under, K=Array(), **entries)
        )
        _kids(under).append(made)
        return made

    def _carry(self, part: Pdf, pages: Iterable[Any], section: Any) -> None:
        tree = self.pdf.copy_foreign(part.Root.StructTreeRoot)
        if "/Lang" in part.Root:
            section.Lang = String(str(part.Root.Lang))
        base = self.next
        for key, parents in _numbers(tree.get("/ParentTree", Dictionary())):
            self.numbers[base + key] = parents
            self.next = max(self.next, base + key + 1)
        for page in pages:
            for thing, entry in [
                (page.obj, "/StructParents"),
                *((a, "/StructParent") for a in page.get("/Annots", [])),
            ]:
                if entry in thing:
                    thing[entry] = base + int(thing[entry])
        for kid in _as_list(tree.get("/K", Array())):
            if kid.get("/S") == Name.Document:
                kid.S = Name.Part
            kid.P = section
            section.K.append(kid)
        for name, role in tree.get("/RoleMap", Dictionary()).items():
            self.roles.setdefault(name, role)

    def _describe(self, pages: list[Any], section: Any, title: str) -> None:
        for number, page in enumerate(pages, 1):
            told = f"{title}: page {number} of {len(pages)}, supplied without text that a screen reader can follow"
            shape = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(list(page.mediabox)))
            figure = self._element("Figure", section, Pg=page.obj, Alt=String(told), A=shape)
            figure.K = 0
            page.contents_add(b"/Figure <</MCID 0>> BDC q\n", prepend=True)
            page.contents_add(b"\nQ EMC\n")
            page.obj.StructParents, page.obj.Tabs = self.next, Name.S
            self.numbers[self.next] = Array([figure])
            self.next += 1

    def _tag_links(self, pages: Iterable[Any], section: Any) -> None:
        """The links of pages without structure, each as an element of its own after the figures."""
        for page in pages:
            for link in page.get("/Annots", []):
                words = link.get("/Contents") or String(_purpose(link))
                element = self._element("Link", section, Pg=page.obj, Alt=words)
                element.K = Dictionary(Type=Name.OBJR, Obj=link, Pg=page.obj)
                link.Contents, link.StructParent = words, self.next
                self.numbers[self.next] = element
                self.next += 1


def _purpose(link: Any) -> str:
    """What a screen reader says of a link that its author gave no words."""
    address = link.get("/A", Dictionary()).get("/URI")
    return f"Link to {address}" if address is not None else "Link to another page of this paper"


def _links_within(part: Pdf) -> list[dict[int, int]]:
    """For each page the links that lead to a page of the same file: their place among its notes, and the page's."""
    places = {page.obj.objgen: number for number, page in enumerate(part.pages)}
    return [
        {
            at: places[target]
            for at, one in enumerate(page.get("/Annots", []))
            if (target := _target(one)) in places
        }
        for page in part.pages
    ]


def _target(annotation: Any) -> tuple[int, int] | None:
    """The page that a link leads to, where it names one directly; None for all else."""
    action = annotation.get("/A", Dictionary())
    found = annotation.get("/Dest", action.get("/D") if action.get("/S") == Name.GoTo else None)
    if isinstance(found, Array) and len(found) and isinstance(found[0], Dictionary):
        return found[0].objgen
    return None


def _lead(page: Any, leading: dict[int, int], pages: Sequence[Any]) -> None:
    """A copied page's links within its file lead to the copies of the pages they led to."""
    for at, number in leading.items():
        link = page.Annots[at]
        if "/A" in link:
            del link["/A"]
        link.Dest = Array([pages[number].obj, Name.Fit])


def _disarm(page: Any, tagged: bool) -> None:
    """Take away whatever acts by itself; links to the web and within the file stay."""
    for entry in ("/AA", "/Metadata", "/PieceInfo", "/B"):
        if entry in page:
            del page[entry]
    kept = [one for one in page.get("/Annots", []) if _is_harmless(one, tagged)]
    if kept:
        page.Annots = Array(kept)
    elif "/Annots" in page:
        del page["/Annots"]


def _call_by_name(pages: Iterable[Any]) -> None:
    """Filters of a single kind by its name, not in a list of one: qpdf would pack such fonts and pages once more."""
    done = set()
    for page in pages:
        for stream in _streams(page):
            kinds = stream.get("/Filter")
            if stream.objgen not in done and isinstance(kinds, Array) and len(kinds) == 1:
                stream.Filter = kinds[0]
            done.add(stream.objgen)


def _streams(page: Any) -> Iterator[Any]:
    """The largest streams of a page: what is drawn on it, and the files of its fonts."""
    for thing in _as_list(page.obj.get("/Contents", Array())):
        if isinstance(thing, Stream):
            yield thing
    for font in page.resources.get("/Font", Dictionary()).values():
        below = font.get("/DescendantFonts", Array([font]))[0]
        described = below.get("/FontDescriptor", Dictionary())
        for kind in ("/FontFile", "/FontFile2", "/FontFile3"):
            if isinstance(described.get(kind), Stream):
                yield described[kind]


def _is_harmless(annotation: Any, tagged: bool) -> bool:
    if annotation.get("/Subtype") != Name.Link or "/AA" in annotation:
        return False
    if tagged and "/StructParent" not in annotation:
        return False
    action = annotation.get("/A")
    if action is None:
        return isinstance(annotation.get("/Dest"), Array)
    web = action.get("/S") == Name.URI and str(action.get("/URI", "")).lower().startswith(SAFE_TARGETS)
    return web and "/Next" not in action


def _kids(element: Any) -> Any:
    if not isinstance(element.get("/K"), Array):
        element.K = Array(_as_list(element.get("/K", Array())))
    return element.K


def _as_list(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, Array) else [kids]


def _numbers(tree: Any, level: int = 0) -> Iterator[tuple[int, Any]]:
    """The entries of a number tree."""
    if level > MOST_NESTED:
        raise ValueError("the tree of its structure is too deep")
    pairs = list(tree.get("/Nums", []))
    yield from ((int(key), value) for key, value in zip(pairs[::2], pairs[1::2], strict=False))
    for kid in tree.get("/Kids", []):
        yield from _numbers(kid, level + 1)

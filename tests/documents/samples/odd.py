"""Papers as they come from elsewhere with something wrong in them, or with something in them that acts."""

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String
from reportlab.pdfgen.canvas import Canvas

from tests.documents.samples import letters


def printed(size: tuple[float, float] = (595, 842)) -> bytes:
    """A page without structure."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    canvas.drawString(72, 700, "As it was printed")
    canvas.save()
    return file.getvalue()


def with_(content: bytes, act: Callable[[Pdf], object], lock: Encryption | None = None) -> bytes:
    """The paper after something was done to it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        act(pdf)
        out = io.BytesIO()
        pdf.save(out, encryption=lock or False)
    return out.getvalue()


def locked() -> bytes:
    return with_(printed(), lambda pdf: None, Encryption(owner="a", user="b"))


def with_a_broken_structure() -> bytes:
    return with_(letters.plain(), lambda pdf: setattr(pdf.Root.StructTreeRoot, "K", Array([1, String("x")])))


def without_corners() -> bytes:
    return with_(printed(), lambda pdf: setattr(pdf.pages[0].obj, "MediaBox", Array([0, 0, 0, 0])))


def with_corners_turned_round() -> bytes:
    return with_(printed(), lambda pdf: setattr(pdf.pages[0].obj, "MediaBox", Array([595, 842, 0, 0])))


def thin() -> bytes:
    return printed((4, 842))


def with_rubbish_for_notes() -> bytes:
    return with_(printed(), lambda pdf: setattr(pdf.pages[0].obj, "Annots", Array([String("x"), 1])))


def with_a_hidden_layer() -> bytes:
    def hide(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes to self")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))

    return with_(printed(), hide)


def with_a_script_among_its_names() -> bytes:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    return with_(printed(), lambda pdf: setattr(pdf.Root, "Names", names))


def with_a_file_pinned_to_it() -> bytes:
    def pin(pdf: Pdf) -> None:
        file = Dictionary(Type=Name.Filespec, EF=Dictionary(F=pdf.make_stream(b"MZ")))
        note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=file)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return with_(printed(), pin)


def form_of_adobe() -> bytes:
    return with_(printed(), lambda pdf: setattr(pdf.Root, "AcroForm", Dictionary(XFA=String("<xdp/>"))))

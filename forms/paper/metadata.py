"""What a PDF says about itself: title, body, language, the claim to be PDF/UA-1; never a name or a date."""

from html import escape
from typing import Any

from reportlab.pdfbase.pdfdoc import XMP, PDFDictionary, PDFInfo, PDFString

PRODUCER = "Joint Case Review"
CLAIM = b"http://www.aiim.org/pdfua/ns/id/"

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


class UndatedInfo(PDFInfo):
    """The document information without a clock, so that the same record always gives the same bytes."""

    def format(self, document: Any) -> Any:
        """The information dictionary as ReportLab writes it."""
        entries = {"Title": self.title, "Author": self.author, "Producer": PRODUCER}
        return PDFDictionary({key: PDFString(text) for key, text in entries.items()}).format(document)


def packet(document: Any, language: str) -> XMP:
    """The XMP metadata stream of a document whose information is already set."""

    def write(_: Any) -> bytes:
        title, author = (escape(text, quote=False) for text in (document.info.title, document.info.author))
        return PACKET.format(title=title, author=author, language=language, producer=PRODUCER).encode()

    return XMP(creator=write)

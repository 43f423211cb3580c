"""Whether a file that somebody attaches on a page is taken."""

from __future__ import annotations

from functools import cache

from forms.reading.sandbox import PAPERS, Reader
from jcr.errors import Incomplete
from jcr.files import service as files
from mail_intake.uploads import fault


def must_be_takable(name: str, content: bytes) -> None:
    """Raises Incomplete, in words that say what to do, for what is empty, too large, a program, acts or pretends."""
    if not content:
        raise Incomplete("The file is empty. Choose another one.")
    if len(content) > files.MAX_UPLOAD_BYTES:
        raise Incomplete("The file is larger than 25 MB. Split it, or ask us for another way to send it.")
    if wrong := fault(name, content, reading_child().acting):
        raise Incomplete(wrong)


@cache
def reading_child() -> Reader:
    """The one of this process for papers, packs and what is attached; its child starts when it is first asked."""
    return Reader(work=PAPERS)

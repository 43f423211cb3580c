"""Every kind of document as bytes and as files, and what a reader finds in a PDF."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents.samples import letters, lists, meetings, reports
from tests.pages import pages_of

KINDS: dict[str, Callable[[], bytes]] = {
    "plain_letter": letters.plain,
    "awkward_letter": letters.awkward,
    "bare_letter": letters.bare,
    **{f"{size}_agenda": getattr(meetings, f"{size}_agenda") for size in ("plain", "awkward", "bare")},
    **{f"{size}_minutes": getattr(meetings, f"{size}_minutes") for size in ("plain", "awkward", "bare")},
    **{f"{size}_referral": getattr(reports, f"{size}_referral") for size in ("plain", "awkward", "bare")},
    **{f"{size}_action_log": getattr(lists, f"{size}_log") for size in ("plain", "awkward", "bare")},
    "awkward_chronology": lists.awkward_chronology,
    "awkward_board_report": lists.awkward_board_report,
    "bare_board_report": lists.bare_board_report,
    "awkward_publication": lists.awkward_publication,
    **{f"{size}_report": getattr(reports, f"{size}_report") for size in ("plain", "awkward", "bare")},
}


@pytest.fixture(scope="session")
def documents() -> dict[str, bytes]:
    """Every kind of document: plain, awkward, and bare of all that can be left out."""
    return {name: made() for name, made in KINDS.items()}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, documents: dict[str, bytes]) -> Path:
    """The same documents as files."""
    folder = tmp_path_factory.mktemp("documents")
    for name, content in documents.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return folder


@pytest.fixture
def words() -> Callable[[bytes], str]:
    """The text of all pages as it is copied or read aloud, each run of spaces as one."""

    def read(content: bytes) -> str:
        return " ".join(" ".join(pages_of(content)).split())

    return read

"""A Maildir folder as a mailbox; files dropped into the folder by hand are taken in as well."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from mail_intake.source import FOLDERS, Folder, MailboxAway, MessageGone, Met, Waiting, nothing_met, rest

STANDARD = ("cur", "new", "tmp")
COMPLETE_AFTER = 0.5  # seconds without growing: a file copied in by hand is not there all at once


class Maildir:
    """New mail in `new`, `cur` and the folder itself; settled mail in subfolders such as `.Filed`."""

    def __init__(self, path: Path, pause: Callable[[float], None] = time.sleep) -> None:
        self.path = path
        self.pause = pause
        self._make()

    def _make(self) -> None:
        """The folders, also those that somebody took away since the last look."""
        try:
            for folder in (self.path, *(self.path / f".{name}" for name in FOLDERS)):
                for part in STANDARD:
                    (folder / part).mkdir(parents=True, exist_ok=True)
        except OSError as why:
            raise MailboxAway(f"The mailbox folder {self.path} cannot be made: {why.strerror}.") from why

    @property
    def name(self) -> str:
        return f"maildir:{self.path}"

    def waiting(self, met: Met = nothing_met) -> Iterator[Waiting]:
        """Each message in the order of arrival. A file still being written waits for the next look."""
        self._make()
        try:
            found = sorted(self._files(), key=lambda path: (path.stat().st_mtime, path.name))
        except FileNotFoundError:
            found = sorted(self._files())
        except OSError as why:
            raise MailboxAway(f"The mailbox folder {self.path} cannot be read: {why.strerror}.") from why
        for path in found:
            yield Waiting(self.name, _handle(path), _reader(path), arrived_at=_moment(path))

    def settle(self, handle: str, folder: Folder) -> None:
        """Move the message to the subfolder; one of that name there already is never overwritten."""
        name = _name(handle)
        for source in self._places(handle):
            target = self.path / f".{folder}" / "cur" / f"{name}:2,S"
            number = 2
            while not _moved(source, target):
                target = target.with_name(f"{name}-{number}:2,S")
                number += 1

    def lay_to_rest(self) -> None:
        """Nothing is left to do: settling moves at once."""

    def wait(self, pause: float, go_on: Callable[[], bool]) -> bool:
        """A folder tells of nothing: it is looked at again after the pause."""
        rest(pause, go_on)
        return False

    def close(self) -> None:
        """Nothing is held open."""

    def _files(self) -> list[Path]:
        delivered = [path for part in ("new", "cur") for path in _messages(self.path / part)]
        return delivered + self._complete(_messages(self.path))

    def _complete(self, dropped: list[Path]) -> list[Path]:
        """Of the files dropped in by hand, those that have stopped growing."""
        before = {path: _size(path) for path in dropped}
        fresh = any(time.time() - _changed(path) < COMPLETE_AFTER for path in dropped)
        if fresh:
            self.pause(COMPLETE_AFTER)
        return [path for path in dropped if _size(path) == before[path] != -1]

    def _places(self, handle: str) -> list[Path]:
        name = _name(handle)
        found = [path for part in ("new", "cur") for path in (self.path / part).glob(_literal(name) + "*")]
        return [path for path in (*found, self.path / name) if path.is_file() and _handle(path) == handle]


def _messages(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]


def _literal(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _handle(path: Path) -> str:
    """The name without its flags, which other mail programs change when somebody reads the message, and the
    moment of writing: by hand, another message may be dropped in under a name that was used before."""
    try:
        return f"{path.name.partition(':2,')[0]}@{path.stat().st_mtime_ns}"
    except FileNotFoundError:
        return path.name


def _name(handle: str) -> str:
    return handle.rpartition("@")[0] or handle


def _reader(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return path.read_bytes()
        except FileNotFoundError as why:
            raise MessageGone(path.name) from why

    return read


def _moved(source: Path, target: Path) -> bool:
    """Move by link and unlink, because a rename would silently replace a message of that name."""
    try:
        os.link(source, target)
    except FileExistsError:
        if target.samefile(source):
            source.unlink(missing_ok=True)
            return True
        return False
    except FileNotFoundError:
        return True
    source.unlink(missing_ok=True)
    return True


def _moment(path: Path) -> datetime | None:
    changed = _changed(path)
    return datetime.fromtimestamp(changed, UTC) if changed else None


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1

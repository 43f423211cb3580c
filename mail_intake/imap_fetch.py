"""Message bodies from an IMAP server: in batches, alone, or in slices when large; and what stands in for none."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from mail_intake.batches import BATCH_BYTES, BATCH_MESSAGES
from mail_intake.source import Unreadable

SLICE_BYTES = 1 << 20
MOST_SLICES = 150  # no mail server lets more through; one that sends without end is stopped here


def batches(sizes: Mapping[int, int], alone: Collection[int]) -> Iterator[list[int]]:
    """Runs of messages that together stay within the memory allowed; sizes are hints from the server."""
    batch: list[int] = []
    filled = 0
    for uid, size in sizes.items():
        if batch and (len(batch) >= BATCH_MESSAGES or filled + size > BATCH_BYTES or uid in alone):
            yield batch
            batch, filled = [], 0
        batch.append(uid)
        filled += size
    if batch:
        yield batch


def bodies(client: Any, uids: Sequence[int]) -> dict[int, bytes]:
    """The content of each message that the server gives one for; asking does not mark it as read."""
    answer = client.fetch(uids, ["BODY.PEEK[]"])
    return {uid: parts[b"BODY[]"] for uid, parts in answer.items() if parts.get(b"BODY[]") is not None}


def slice_of(client: Any, uid: int, start: int) -> bytes | None:
    """So much of a large message from `start` on, empty behind its end; None when there is no such content."""
    parts = client.fetch([uid], [f"BODY.PEEK[]<{start}.{SLICE_BYTES}>"]).get(uid)
    if parts is None:
        return None
    if whole := parts.get(b"BODY[]"):  # from a server that knows no slices
        return bytes(whole[start:])
    piece = next((part for name, part in parts.items() if name.startswith(b"BODY[]")), None)
    return b"" if piece is None and start else piece


def no_content(mailbox: str, handle: str, why: str) -> Unreadable:
    """The message could not be had: what a person is told, and what is kept in its place."""
    text = (
        f"Subject: A message could not be fetched\r\n\r\nThe mail server holds message {handle} of {mailbox} "
        f"but {why}. It is in the folder Failed of the mailbox: open it there.\r\n"
    )
    return Unreadable(f"the mail server {why}; open the message in the mailbox itself", text.encode())

"""One message explained without any registry: what intake would make of it, as plain JSON values."""

from typing import Any

from mail_intake.documents import Read, ReadForm
from mail_intake.known import Known
from mail_intake.matching import LISTED, NO_REQUEST, Intake
from mail_intake.message import Message, parse
from mail_intake.protection import dangers
from mail_intake.understanding import understand

ASSUMED = {  # reasons that only a registry could give, said as they stand without one
    LISTED: "the sender was not looked up, and is taken to be listed",
    NO_REQUEST: "which request it answers was not looked up",
}


def explain(
    path_name: str,
    raw: bytes,
    read: Read,
    sender_listed: bool = True,
    servers: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """The verdict on a message from a file (.eml or .msg). Nothing is looked up or kept.

    Without a registry no letter of ours is known, so every sender counts as listed unless told otherwise,
    and a scoping return is judged by its form alone. `servers` are the receiving servers that vouch for senders.
    """
    message = parse(raw)
    judged = _verdict(message, read, Known(sender_listed=sender_listed, receiving_servers=servers))
    return {
        "file": path_name,
        "outcome": judged["outcome"],
        "because": judged["because"],
        "from": message.sender,
        "authentic": judged["authentic"],
        "attachments": [
            {"name": a.name, "type": a.type, "size": a.size, "path": a.path} for a in message.attachments
        ],
        "forms": judged["forms"],
        "text_chars": len(message.text),
        "notes": [*message.notes, *dangers(message.attachments)],
    }


def _verdict(message: Message, read: Read, known: Known) -> dict[str, Any]:
    try:
        intake = understand(message, lambda *_: known, read)
    except Exception as why:
        # One message must never stop the ones after it
        reason = f"it could not be judged ({type(why).__name__})"
        return {"outcome": "failed", "because": [reason], "authentic": "unknown", "forms": []}
    return {
        "outcome": _outcome(intake),
        "because": [ASSUMED.get(reason, reason) for reason in intake.because],
        "authentic": intake.authentic,
        "forms": [_form(form) for form in intake.forms if form.ours or form.anothers],
    }


def _outcome(intake: Intake) -> str:
    """Without a registry a scoping return cannot find its request; it is one all the same."""
    ours = [form for form in intake.forms if form.ours]
    alone = intake.outcome == "to_sort" and len(ours) == 1 and intake.screening.sort in ("ordinary", "list")
    return "scoping_return" if alone and ours[0].reading.kind == "scoping" else intake.outcome


def _form(form: ReadForm) -> dict[str, Any]:
    reading = form.reading
    return {
        "path": form.path,
        "kind": reading.kind,
        "form": reading.form,
        "edition": reading.edition,
        "fields": len(reading.fields),
        "problems": list(reading.problems),
    }

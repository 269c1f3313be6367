"""What parent and child say to each other: one line of JSON, then the bytes that it announces; nothing is unpickled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from hyte_graph import errors
from hyte_graph.errors import FilingError, HyteError
from hyte_graph.languages import Text


@dataclass(frozen=True, slots=True)
class Message:
    """A head of JSON values, and bytes."""

    head: Mapping[str, Any] = field(default_factory=dict)
    body: bytes = b""


def send(pipe: IO[bytes], message: Message) -> None:
    """Write a message whole."""
    pipe.write(json.dumps({"head": message.head, "bytes": len(message.body)}).encode() + b"\n" + message.body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Message:
    """Return the next message.

    Raises:
        EOFError: the other side has gone.
    """
    line = pipe.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    told = json.loads(line)
    body = pipe.read(told["bytes"])
    if len(body) < told["bytes"]:
        raise EOFError
    return Message(told["head"], body)


def packed(head: Mapping[str, Any], messages: Iterable[Message]) -> Message:
    """Return several messages as one, with a head of its own."""
    found = list(messages)
    parts = [{"head": message.head, "bytes": len(message.body)} for message in found]
    return Message({**head, "parts": parts}, b"".join(message.body for message in found))


def unpacked(message: Message) -> list[Message]:
    """Return the messages that were packed into one, in their order."""
    found, start = [], 0
    for part in message.head["parts"]:
        found.append(Message(part["head"], message.body[start : start + part["bytes"]]))
        start += part["bytes"]
    return found


def of_error(error: HyteError) -> Message:
    """Return the message that carries an error to the parent."""
    told = error.messages if isinstance(error, FilingError) else (error.message,)
    known = next(kind.__name__ for kind in type(error).__mro__ if hasattr(errors, kind.__name__))
    return Message({"error": known, "told": [text.as_dict() | {"code": text.code} for text in told]})


def error_of(message: Message) -> HyteError | None:
    """Return the error that a message carries, if it does."""
    if "error" not in message.head:
        return None
    kind = getattr(errors, message.head["error"], HyteError)
    told: HyteError = kind(*(Text.of(text, text["code"]) for text in message.head["told"]))
    return told

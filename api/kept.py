"""Answers that are kept as long as nothing is loaded, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from starlette.types import Message

PART = 32
"""An answer larger than this part of the whole is not kept: it would drive out the others."""


class KeptAnswers:
    """Answers by validator; those not asked for longest go first.

    Args:
        most: Bytes of all of them together; 0 keeps none.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self.answers: OrderedDict[str, tuple[Message, ...]] = OrderedDict()

    def get(self, tag: str) -> tuple[Message, ...]:
        """The answer with that validator, as it was sent; nothing where it is not kept."""
        if tag not in self.answers:
            return ()
        self.answers.move_to_end(tag)
        return self.answers[tag]

    def is_small(self, size: int) -> bool:
        """Whether an answer of so many bytes is kept."""
        return size < self.most // PART

    def keep(self, tag: str, answer: Sequence[Message]) -> None:
        """Keep an answer that is small."""
        self.size += _bytes(answer) - _bytes(self.answers.pop(tag, ()))
        self.answers[tag] = tuple(answer)
        while self.size > self.most:
            _, oldest = self.answers.popitem(last=False)
            self.size -= _bytes(oldest)


def _bytes(answer: Sequence[Message]) -> int:
    return sum(
        len(message.get("body", b"")) + sum(len(n) + len(v) for n, v in message.get("headers", ()))
        for message in answer
    )

"""Plain text: decoded, nothing else."""

from __future__ import annotations

from loaders.readers.base import Reading
from loaders.readers.decoding import decode

NAME = "txt"
SUFFIXES = (".txt", ".text")


def sniff(data: bytes) -> bool:
    """Plain text has no mark of its own; its ending decides."""
    return False


def read(data: bytes, path: str) -> Reading:
    """Decode the file.

    Raises:
        ReadError: Not text, or in an unknown encoding.
    """
    return decode(data, path)

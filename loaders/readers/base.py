"""What a reader is, what it may spend, and how the right one is chosen.

A reader is a module of this package with ``NAME``, ``SUFFIXES``, ``sniff`` and
``read``; a new format is one new file. The content decides which reader takes a
file, its ending only where the content says nothing (plain text, Markdown).
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol, cast

from graph.errors import ReadError

MAX_FILE_BYTES = 50_000_000
"""Bytes of a file, packed or unpacked, that are still read."""
MAX_CHARACTERS = 20_000_000
"""Characters of text that still make a document."""


class Reading(NamedTuple):
    """What a reader found.

    Args:
        text: The text, one line a paragraph where the format knows paragraphs.
        warnings: What had to be replaced or left out, a sentence each.
    """

    text: str
    warnings: tuple[str, ...] = ()


class Reader(Protocol):
    """One format."""

    NAME: str
    SUFFIXES: tuple[str, ...]

    @staticmethod
    def sniff(data: bytes) -> bool:
        """Whether the content, whatever the name, is of this format."""

    @staticmethod
    def read(data: bytes, path: str) -> Reading:
        """Read the content.

        Raises:
            ReadError: It cannot become text; ``path`` is only for the message.
        """


_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or WPS file; save it as .docx and load that"),
    (b"{\\rtf", "an RTF file; save it as .docx and load that"),
    (b"\x89PNG", "a PNG picture; run text recognition first and load the text"),
    (b"\xff\xd8\xff", "a JPEG picture; run text recognition first and load the text"),
    (b"GIF8", "a GIF picture; it holds no text"),
    (b"II*\x00", "a TIFF picture; run text recognition first and load the text"),
    (b"MM\x00*", "a TIFF picture; run text recognition first and load the text"),
    (b"Rar!", "a RAR archive; unpack it and load the folder"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it and load the folder"),
    (b"\x1f\x8b", "a gzip file; unpack it and load what is inside"),
    (b"SQLite format 3", "a database, not a report"),
    (b"\x7fELF", "a program, not a report"),
    (b"MZ", "a program, not a report"),
    (b"MIME-Version:", "a web archive; save the page as .html or .docx and load that"),
    (b"PK\x03\x04", "a zip file of another kind (spreadsheet, slides, OFD, archive);"
                    " save it as .docx or PDF, or unpack it"),
)  # fmt: skip


@cache
def all_readers() -> tuple[Reader, ...]:
    """The readers of this package, by name."""
    package = import_module("loaders.readers")
    modules = (
        import_module(f"loaders.readers.{m.name}") for m in pkgutil.iter_modules(package.__path__)
    )
    found = [cast(Reader, module) for module in modules if hasattr(module, "SUFFIXES")]
    return tuple(sorted(found, key=lambda reader: reader.NAME))


def choose_reader(data: bytes, file_name: str, path: str) -> tuple[Reader, tuple[str, ...]]:
    """Choose by content first, by ending second.

    Args:
        data: The whole file.
        file_name: Its name, for the ending.
        path: The file as the user named it, for messages.
    Returns:
        The reader, and a warning where the ending says something else.
    Raises:
        ReadError: No reader takes the content.
    """
    suffix = PurePosixPath(file_name).suffix.lower()
    named = next((r for r in all_readers() if suffix in r.SUFFIXES), None)
    for reader in all_readers():
        if reader.sniff(data):
            if reader is named:
                return reader, ()
            return reader, (
                f"named {suffix or 'without ending'} but holds {reader.NAME}; read as that",
            )
    for magic, what in _REFUSED:
        if data.startswith(magic) and not (magic == b"MZ" and b"\x00" not in data[:512]):
            raise ReadError(f"is {what}", path=path)
    if named is None:
        endings = " ".join(s for reader in all_readers() for s in reader.SUFFIXES)
        raise ReadError(f"is of no known type; readable endings are {endings} .zip", path=path)
    if named.NAME in ("docx", "pdf"):
        raise ReadError(f"is not a {named.NAME} file inside, or a damaged one", path=path)
    return named, ()

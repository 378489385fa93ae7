"""Which files there are to read, in the same order on every machine."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from graph.errors import ReadError
from loaders.document import Document, make_document
from loaders.readers.archive import is_archive, iter_members, read_member
from loaders.readers.base import MAX_CHARACTERS, MAX_FILE_BYTES, choose_reader

_HIDDEN = re.compile(r"(?:^|/)(?:\.(?!\.?/)|~\$|__MACOSX(?:/|$)|Thumbs\.db$|desktop\.ini$)")
_IRRELEVANT = frozenset((
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".svg", ".ico", ".webp", ".xls",
    ".xlsx", ".csv", ".tsv", ".ppt", ".pptx", ".mp3", ".mp4", ".avi", ".mov", ".wav", ".css",
    ".js", ".json", ".xml", ".yaml", ".yml", ".log", ".db", ".kgl", ".py", ".exe", ".ttf",
    ".woff",
))  # fmt: skip
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a member of a zip archive, that may become a document.

    Args:
        path: The file or the archive.
        member: Name inside the archive; none for a file.
        problem: Why it cannot be read, where that is known without opening it.
        skipped: Whether it is of a kind that holds no report (a picture beside a
            page, a spreadsheet); reading it raises, but nothing is wrong with it.
    """

    path: Path
    member: str | None = None
    problem: str = ""
    skipped: bool = False

    @property
    def label(self) -> str:
        """The source as shown to people: ``folder/a.zip!/b.docx``."""
        label = str(self.path) if self.member is None else f"{self.path}!/{self.member}"
        return _UNPRINTABLE.sub("\ufffd", label)

    @property
    def name(self) -> str:
        """Name of the file without its ending."""
        file_name = self.path.name if self.member is None else PurePosixPath(self.member).name
        return _UNPRINTABLE.sub("\ufffd", PurePosixPath(file_name).stem)


def iter_sources(paths: Sequence[Path]) -> Iterator[Source]:
    """List what there is to read.

    Args:
        paths: Files, folders (with all below them) and zip archives.
    Returns:
        Each file once: paths in their order, folders and archives sorted by name.
        Hidden files are left out; all others appear, those that cannot be read
        with the reason in ``problem``.
    Raises:
        ReadError: A path does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise ReadError("does not exist", path=str(path))
    return _once(source for path in paths for source in _sources(Path(path)))


def read_source(source: Source) -> Document:
    """Read one source.

    Returns:
        The cleaned document, its ``source`` the label.
    Raises:
        ReadError: What is wrong and what to do.
    """
    label = source.label
    if source.problem:
        raise ReadError(source.problem, path=label)
    data = (
        _file_bytes(source.path, label)
        if source.member is None
        else read_member(source.path, source.member, label)
    )
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReadError("is empty", path=label)
    reader, warnings = choose_reader(data, source.member or source.path.name, label)
    reading = reader.read(data, label)
    if len(reading.text) > MAX_CHARACTERS:
        raise ReadError(
            f"holds more than {MAX_CHARACTERS:,} characters, the limit; split it", path=label
        )
    doc = make_document(
        source.name, label, reader.NAME, reading.text, (*warnings, *reading.warnings)
    )
    if not re.search(r"\w", doc.text):
        raise ReadError("holds no text", path=label)
    return doc


def _once(sources: Iterator[Source]) -> Iterator[Source]:
    seen: set[tuple[str, str | None]] = set()
    for source in sources:
        key = (str(source.path.absolute()), source.member)
        if key not in seen:
            seen.add(key)
            yield source


def _sources(path: Path) -> Iterator[Source]:
    if path.is_dir():
        yield from _folder(path)
    else:
        yield from _file(path, Source(path, problem=_kind_problem(path)))


def _folder(root: Path) -> Iterator[Source]:
    """Files below a folder; links are not followed, so that loops and exits cannot be."""
    problems: list[Source] = []

    def unreadable(error: OSError) -> None:
        folder = Path(error.filename or root)
        problems.append(Source(folder, problem=f"cannot be opened ({error.strerror})"))

    for folder, folders, files in os.walk(root, onerror=unreadable):
        folders.sort()
        links = [name for name in folders if Path(folder, name).is_symlink()]
        folders[:] = [name for name in folders if name not in links and not _HIDDEN.search(name)]
        for name in sorted([*files, *links]):
            path = Path(folder, name)
            if _HIDDEN.search(name):
                continue
            if path.is_symlink():
                yield Source(path, problem="is a link, not a file; load what it points to itself")
            elif path.suffix.lower() in _IRRELEVANT:
                yield Source(path, problem="is of a kind that holds no report", skipped=True)
            else:
                yield from _file(path, Source(path, problem=_kind_problem(path)))
    yield from problems


def _file(path: Path, source: Source) -> Iterator[Source]:
    if source.problem or not is_archive(path):
        yield source
        return
    try:
        for name, problem in iter_members(path):
            if _HIDDEN.search(name):
                continue
            skipped = not problem and PurePosixPath(name).suffix.lower() in _IRRELEVANT
            yield Source(
                path, name, "is of a kind that holds no report" if skipped else problem, skipped
            )
    except ReadError as exc:
        yield Source(path, problem=exc.reason)
    except (OSError, zipfile.BadZipFile):
        yield Source(path, problem="is a damaged archive; get it again")


def _kind_problem(path: Path) -> str:
    try:
        mode = path.stat().st_mode
    except OSError as exc:
        return f"cannot be opened ({exc.strerror})"
    return "" if stat.S_ISREG(mode) else "is a device or a pipe, not a file"


def _file_bytes(path: Path, label: str) -> bytes:
    """The whole file, up to the limit; never waits on a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as stream:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise ReadError("is a device or a pipe, not a file", path=label)
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as exc:
        raise ReadError(f"cannot be opened ({exc.strerror})", path=label) from exc
    if len(data) > MAX_FILE_BYTES:
        raise ReadError(f"is larger than {MAX_FILE_BYTES:,} bytes, the limit; split it", path=label)
    return data

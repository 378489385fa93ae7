"""Word documents to text: paragraphs with their numbers, table rows, dated footers.

The package is checked before anything is unpacked (parts, sizes, ratio, names,
document type definitions), then read into memory in bounded steps, without
pictures; nothing is written to disk and no link is followed.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.errors import ReadError
from loaders.readers.base import MAX_CHARACTERS, Reading
from loaders.readers.numbering import Numbering, W

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

NAME = "docx"
SUFFIXES = (".docx", ".docm", ".dotx")

MAX_PARTS = 5_000
"""Files inside the package."""
MAX_UNPACKED = 200_000_000
"""Bytes of all parts together."""
MAX_RATIO = 100
"""Unpacked to packed size of a part over ``RATIO_FROM`` bytes."""
RATIO_FROM = 1_000_000

_ODD_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
_KEPT = re.compile(r"(?:\.xml|\.rels)$", re.IGNORECASE)
_DATED = re.compile(r"(?:19|20)\d\d\s*年|(?:19|20)\d\d-\d")
_SKIPPED = frozenset(
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "txbxContent", "pPr", "rPr")
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def sniff(data: bytes) -> bool:
    """Whether the content is a zip package with a Word document in it."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return any(name.startswith("word/") for name in package.NameToInfo)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return b"word/document.xml" in data


def read(data: bytes, path: str) -> Reading:
    """Read the body in document order.

    Raises:
        ReadError: Damaged, protected, or beyond a limit, which the message names.
    """
    import docx  # slow to load, and only Word files need it

    package = _checked_package(data, path)
    try:
        word = docx.Document(package)
        numbering = Numbering(word)
        lines: list[str] = []
        length = 0
        for line in _body_lines(
            word.element.body, numbering, _contents_styles(word.styles.element)
        ):
            length += len(line)
            if length > MAX_CHARACTERS:
                raise ReadError(
                    f"holds more than {MAX_CHARACTERS:,} characters, the limit", path=path
                )
            lines.append(line)
        lines += _dated_footers(word)
    except ReadError:
        raise
    except Exception as exc:  # python-docx raises what it meets: KeyError, XML errors, ValueError
        raise ReadError(
            f"is a damaged Word file ({type(exc).__name__}); open it in Word and save it again",
            path=path,
        ) from exc
    return Reading("\n".join(lines))


def _checked_package(data: bytes, path: str) -> io.BytesIO:
    """A copy of the package that holds only its XML, after every check."""
    copy = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _check_parts(parts, path)
            left = MAX_UNPACKED
            with zipfile.ZipFile(copy, "w") as target:
                for part in parts:
                    content = (
                        _read_part(package, part, left, path)
                        if _KEPT.search(part.filename)
                        else b""
                    )
                    left -= len(content)
                    target.writestr(part.filename, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as exc:
        raise ReadError(
            "is a damaged Word file; open it in Word and save it again", path=path
        ) from exc
    except (RuntimeError, NotImplementedError) as exc:
        raise ReadError(
            "is protected by a password; remove it and load the file again", path=path
        ) from exc
    copy.seek(0)
    return copy


def _check_parts(parts: list[zipfile.ZipInfo], path: str) -> None:
    if len(parts) > MAX_PARTS:
        raise ReadError(f"holds {len(parts):,} parts, the limit is {MAX_PARTS:,}", path=path)
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise ReadError(f"would unpack to more than {MAX_UNPACKED:,} bytes, the limit", path=path)
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise ReadError(f"is packed more than {MAX_RATIO}:1, the limit", path=path)
        if _ODD_NAME.search(part.filename) or stat.S_ISLNK(part.external_attr >> 16):
            raise ReadError(
                "holds a part whose name leads out of the package; not opened", path=path
            )


def _read_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, path: str) -> bytes:
    """Unpack one part in steps, since its declared size may lie."""
    content = bytearray()
    with package.open(part) as stream:
        while chunk := stream.read(1 << 16):
            content += chunk
            if len(content) > left:
                raise ReadError(
                    f"unpacks to more than {MAX_UNPACKED:,} bytes, the limit", path=path
                )
    head = bytes(content[:4096]).replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in bytes(content).replace(b"\x00", b""):
        raise ReadError(
            "holds a document type definition, which no Word file has; refused", path=path
        )
    return bytes(content)


def _body_lines(parent: Element, numbering: Numbering, contents: frozenset[str]) -> Iterator[str]:
    """Lines of paragraphs, indented since their ends are certain, and of table rows."""
    for child in parent:
        if child.tag == f"{W}p":
            number = numbering.prefix(child)
            text = _text(child)
            if text.strip() and _style(child) not in contents:
                yield "　　" + number + text
        elif child.tag == f"{W}tbl":
            for row in child.iter(f"{W}tr"):
                cells = (
                    " ".join(_text(p).strip() for p in cell.iter(f"{W}p"))
                    for cell in row.iterchildren(f"{W}tc")
                )
                yield "\t".join(" ".join(cell.split()) for cell in cells)
        elif child.tag in (
            f"{W}sdt",
            f"{W}sdtContent",
            f"{W}ins",
            f"{W}customXml",
            f"{W}smartTag",
        ):
            yield from _body_lines(child, numbering, contents)


def _text(paragraph: Element) -> str:
    """Text as a reader sees it: insertions kept, deletions and field codes dropped."""
    pieces: list[str] = []
    stack: list[Element] = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in _SKIPPED or tag == _FALLBACK:
            continue
        if tag == f"{W}t":
            pieces.append(element.text or "")
        elif tag == f"{W}tab":
            pieces.append(" ")
        elif tag in (f"{W}br", f"{W}cr"):
            pieces.append("\n")
        elif tag == f"{W}noBreakHyphen":
            pieces.append("-")
        else:
            stack.extend(reversed(element))
    return "".join(pieces)


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _contents_styles(styles: Element) -> frozenset[str]:
    """Ids of the styles of a table of contents, whose lines repeat the headings."""
    found = set()
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None and re.match(r"toc \d|目录", name.get(f"{W}val", ""), re.IGNORECASE):
            found.add(style.get(f"{W}styleId", ""))
    return frozenset(found)


def _dated_footers(word: WordDocument) -> list[str]:
    """Footer lines that carry a date, each once: printing date and issuing office."""
    lines: dict[str, None] = {}
    for section in word.sections:
        for paragraph in section.footer._element.iter(f"{W}p"):
            text = _text(paragraph).strip()
            if _DATED.search(text):
                lines.setdefault(text)
    return list(lines)

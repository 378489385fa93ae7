"""PDF to text: the text layer, page by page, without running heads and page numbers.

Lines come as printed; :mod:`loaders.paragraphs` joins them. A scan without text
is refused, not read as an empty report. Limits hold on pages, time, characters
and, by pypdf, on what streams may unpack to.
"""

from __future__ import annotations

import io
import logging
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.errors import ReadError
from loaders.readers.base import MAX_CHARACTERS, Reading

if TYPE_CHECKING:
    from pypdf import PdfReader

NAME = "pdf"
SUFFIXES = (".pdf",)

MAX_PAGES = 2_000
MAX_SECONDS = 120.0
"""Seconds for one file, looked at after each page."""

# Compiled where a PDF file is read: ranges of thousands of characters take a millisecond each.
_HANZI_GAP = (
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) (?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)
_UNREADABLE = r"[\ufffd\ue000-\uf8ff\x00-\x08]"
_NUMBER = re.compile(
    r"[-—－–─·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-—－–─·\s]*"
)
# Fonts often map 一 人 工 to the radicals of that shape: the same character to a reader.
_RADICALS = {
    code: folded
    for code in (*range(0x2E80, 0x2F00), *range(0x2F00, 0x2FD6))
    if (folded := unicodedata.normalize("NFKC", chr(code))) != chr(code)
}


def sniff(data: bytes) -> bool:
    """Whether the content opens like a PDF."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, path: str) -> Reading:
    """Read the text layer.

    Raises:
        ReadError: Encrypted, damaged, without text, or beyond a limit.
    """
    import pypdf  # slow to load, and only PDF files need it
    from pypdf.errors import LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters is raised below
    try:
        pages = _pages(pypdf.PdfReader(io.BytesIO(data)), path)
    except ReadError:
        raise
    except LimitReachedError as exc:
        raise ReadError(f"asks for more than a PDF may ({exc})", path=path) from exc
    except (Exception, RecursionError) as exc:  # pypdf raises what a broken file makes it meet
        raise ReadError(
            f"is a damaged PDF ({type(exc).__name__}); print it to a new PDF and load that",
            path=path,
        ) from exc
    text = "\n".join("\n".join(page) for page in _without_running_lines(pages))
    letters = len(re.findall(r"\w", text))
    if letters < 10:
        raise ReadError("holds no text, most likely a scan; run text recognition first", path=path)
    if len(re.findall(_UNREADABLE, text)) > 0.2 * letters:
        raise ReadError("has fonts without characters; run text recognition first", path=path)
    return Reading(text)


def _pages(reader: PdfReader, path: str) -> list[list[str]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError("is encrypted; remove the password and load it again", path=path)
    if len(reader.pages) > MAX_PAGES:
        raise ReadError(f"has {len(reader.pages):,} pages, the limit is {MAX_PAGES:,}", path=path)
    deadline = time.monotonic() + MAX_SECONDS
    pages = []
    length = 0
    for page in reader.pages:
        text = re.sub(_HANZI_GAP, "", page.extract_text().translate(_RADICALS))
        length += len(text)
        if length > MAX_CHARACTERS:
            raise ReadError(f"holds more than {MAX_CHARACTERS:,} characters, the limit", path=path)
        if time.monotonic() > deadline:
            raise ReadError(f"takes longer than {MAX_SECONDS:.0f} s to read; split it", path=path)
        pages.append([line for line in text.split("\n") if line.strip()])
    return pages


def _without_running_lines(pages: Sequence[list[str]]) -> list[list[str]]:
    """Drop page numbers, and what stands at the edge of at least half of three or more pages."""
    seen = Counter(key for page in pages for key in {_key(line) for line in page[:2] + page[-2:]})
    repeated = {key for key, count in seen.items() if count >= max(3, len(pages) / 2)}
    kept = []
    for page in pages:
        first, last = 0, len(page)
        while first < min(last, 2) and (
            _NUMBER.fullmatch(page[first]) or _key(page[first]) in repeated
        ):
            first += 1
        while last > max(first, len(page) - 2) and (
            _NUMBER.fullmatch(page[last - 1]) or _key(page[last - 1]) in repeated
        ):
            last -= 1
        kept.append(page[first:last])
    return kept


def _key(line: str) -> str:
    """A line without its digits and spaces, so that heads with page numbers are alike."""
    return re.sub(r"[\d\s]+", "#", line.strip())

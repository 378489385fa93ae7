"""A report's text, cut into sections and sentences, with offsets that hold.

Comes in: text as a reader found it. Goes out: a :class:`Document` whose ``text``
is what the store keeps and the page shows; every offset in govmech counts
Unicode code points of it, spans half-open ``[start, end)``.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

Part = Literal["preamble", "achievements", "shortcomings", "leadership", "plans"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of any level.

    Args:
        start: Offset of the heading, or of the text for the preamble.
        end: Offset where the next section starts.
        heading: The heading as printed; empty for the preamble.
        level: 0 for the preamble, 1 for 一、, 2 for （一）, 3 for 1. and 一是 …
        part: What the section reports on, inherited from its level-1 heading.
    """

    start: int
    end: int
    heading: str
    level: int
    part: Part


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a heading.

    Args:
        start: Offset of the first character that is not white space.
        end: Offset after the last, closing punctuation included.
        section: Index into ``Document.sections``.
        paragraph: Number of the paragraph it stands in, from 0; a subject
            carries over within a paragraph only.
        is_heading: Whether it is a heading.
    """

    start: int
    end: int
    section: int
    paragraph: int
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A report as text.

    Args:
        name: Name of the file without its ending; ANNOTATION's ``report``.
        source: Path of the file as the user named it, ``archive.zip!/name`` inside one.
        format: ``txt``, ``md``, ``html``, ``docx`` or ``pdf``.
        text: Cleaned text: NFC, no control characters, line breaks between paragraphs only.
        sections: In text order; they cover the text.
        passages: In text order, not overlapping.
        warnings: What the reader had to replace or leave out.
    """

    name: str
    source: str
    format: str
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the text without white space: the same report under any name."""
        return hashlib.sha256(re.sub(r"\s+", "", self.text).encode()).hexdigest()

    def passage_at(self, offset: int) -> Passage:
        """The passage that holds the offset, or the last that starts before it.

        Raises:
            ValueError: The document has no passages before the offset.
        """
        index = bisect_right(self.passages, offset, key=lambda p: p.start) - 1
        if index < 0:
            raise ValueError(f"no passage at offset {offset}")
        return self.passages[index]

    def part_at(self, offset: int) -> Part:
        """What the section at the offset reports on."""
        return self.sections[self.passage_at(offset).section].part


_HEADING = re.compile(
    r"(?:(?P<one>[一二三四五六七八九十]+、)|(?P<two>[（(][一二三四五六七八九十]+[)）]))"
)
_PARTS: tuple[tuple[re.Pattern[str], Part], ...] = (
    (re.compile(r"不足|问题|短板|困难"), "shortcomings"),
    (re.compile(r"第一责任人"), "leadership"),
    (re.compile(r"下一步|打算|计划|主要安排|工作安排|展望|(?:来|明)年"), "plans"),
)
_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)]*|\n|$)")


def make_document(
    name: str, source: str, format_: str, text: str, warnings: tuple[str, ...] = ()
) -> Document:
    """Cut a report's text into sections and sentences.

    Args:
        name: Name of the file without its ending.
        source: Path as the user named it.
        format_: ``txt``, ``md``, ``html``, ``docx`` or ``pdf``.
        text: Text as the reader found it.
        warnings: What the reader had to replace or leave out.
    """
    sections: list[Section] = []
    passages: list[Passage] = []
    part: Part = "preamble"
    start, heading, level = 0, "", 0
    offset = 0
    for paragraph, line in enumerate(text.split("\n")):
        stripped = line.strip()
        begin = offset + (len(line) - len(line.lstrip()))
        match = _HEADING.match(stripped)
        is_heading = bool(match) and len(stripped) < 60 and not re.search(r"[。；;]", stripped)
        if is_heading and match:
            sections.append(Section(start, begin, heading, level, part))
            start, heading, level = begin, stripped, 1 if match["one"] else 2
            if level == 1:
                part = next((p for rx, p in _PARTS if rx.search(stripped)), "achievements")
        if stripped and is_heading:
            passages.append(
                Passage(begin, begin + len(stripped), len(sections), paragraph, is_heading=True)
            )
        elif stripped:
            passages.extend(
                Passage(begin + m.start(), begin + m.end(), len(sections), paragraph)
                for m in _SENTENCE.finditer(stripped)
                if m.group().strip()
            )
        offset += len(line) + 1
    sections.append(Section(start, len(text), heading, level, part))
    return Document(name, source, format_, text, tuple(sections), tuple(passages), warnings)

"""A report's text, cut into sections and sentences, with offsets that hold.

Comes in: text as a reader found it. Goes out: a :class:`Document` whose ``text``
is what the store keeps and the page shows; every offset in govmech counts
Unicode code points of it, spans half-open ``[start, end)``.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.cleaning import clean_text
from loaders.outline import (
    Mark,
    Part,
    find_marks,
    is_body,
    is_title,
    part_of_sentence,
    parts_of_heading,
    report_year,
)
from loaders.widths import even_width

__all__ = ["Document", "Part", "Passage", "Section", "make_document"]


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


# A short bracketed or quoted stretch is taken whole, so that its 。 or ； cuts nothing.
_SENTENCE = re.compile(
    r"(?:[^。！？!?；;…《“（(「]++"
    r"|《[^《》]{0,80}》|“[^“”]{0,60}”|（[^（）]{0,60}）|\([^()]{0,60}\)|「[^「」]{0,60}」"
    r"|[《“（(「])*+"
    r"(?:[。！？!?；;…]++[”’」』）)》】]*+)?"
)


def make_document(
    name: str, source: str, format_: str, text: str, warnings: tuple[str, ...] = ()
) -> Document:
    """Clean a report's text and cut it into sections and sentences.

    Args:
        name: Name of the file without its ending.
        source: Path as the user named it.
        format_: ``txt``, ``md``, ``html``, ``docx`` or ``pdf``.
        text: Text as the reader found it.
        warnings: What the reader had to replace or leave out.
    Returns:
        A document whose passages cover all that is not white space and whose
        sections cover the text; linear time for any text.
    """
    text = clean_text(text).text
    lines = even_width(text).split("\n") if text else []
    marks = find_marks(lines)
    first = next((i for i, line in enumerate(lines) if is_body(line)), len(lines))
    top = lines[: min(first, marks[0].line) if marks else first]
    cutter = _Cutter(text, report_year(top, marks), len(top), any(m.level < 3 for m in marks))
    opening = {mark.line: mark for mark in marks}
    offset = 0
    for number, line in enumerate(lines):
        cutter.add_line(number, line, offset, opening.get(number))
        offset += len(line) + 1
    return Document(
        name, source, format_, text, cutter.finish(), tuple(cutter.passages), tuple(warnings)
    )


class _Cutter:
    """Walks the lines once and keeps which section and part it is in."""

    def __init__(self, text: str, year: int | None, top: int, has_headings: bool) -> None:
        self.text = text
        self.year = year
        self.top = top
        self.has_headings = has_headings
        self.passages: list[Passage] = []
        self._sections: list[Section] = []
        self._start, self._heading, self._level = 0, "", 0
        self._part: Part = "preamble"
        self._parts: dict[int, Part] = {}
        self._mixed = False

    def add_line(self, number: int, line: str, offset: int, mark: Mark | None) -> None:
        """Cut one paragraph, which a mark may open a section with."""
        if mark:
            printed = self.text[offset : offset + len(mark.heading)]
            self._open(offset, printed, mark.level, self._part_of(mark))
        elif number == self.top and not self.has_headings:
            self._open(offset, "", 0, "achievements")
        if number < self.top:
            for start, end in _sentences(line, 0):
                self._add(number, offset + start, offset + end, is_title(line))
            return
        done = 0
        if mark and mark.stands:
            done = len(mark.heading)
            self._add(number, offset, offset + done, True)
        for start, end in _sentences(line, done):
            self._turn(offset + start, offset + end)
            self._add(number, offset + start, offset + end, False)

    def finish(self) -> tuple[Section, ...]:
        """Close the last section."""
        self._close(len(self.text))
        return tuple(self._sections) or (Section(0, 0, "", 0, "preamble"),)

    def _add(self, number: int, start: int, end: int, is_heading: bool) -> None:
        self.passages.append(Passage(start, end, len(self._sections), number, is_heading))

    def _open(self, start: int, heading: str, level: int, part: Part) -> None:
        self._close(start)
        self._start, self._heading, self._level, self._part = start, heading, level, part

    def _close(self, end: int) -> None:
        if end > self._start:
            section = Section(self._start, end, self._heading, self._level, self._part)
            self._sections.append(section)

    def _part_of(self, mark: Mark) -> Part:
        """The part that a heading opens: its own words, else the heading above it."""
        parts = parts_of_heading(mark.heading, self.year)
        outer = [self._parts[level] for level in sorted(self._parts) if level < mark.level]
        above: Part = outer[-1] if outer else "achievements"
        if mark.level == 1:
            self._mixed = len(parts) > 1
            # What follows the plans and says nothing else belongs to them.
            above = "plans" if self._parts.get(1) == "plans" else "achievements"
        part = parts[0] if parts else above
        if mark.level > 1 and part == "achievements":
            part = above
        self._parts = {level: p for level, p in self._parts.items() if level < mark.level}
        self._parts[mark.level] = part
        return part

    def _turn(self, start: int, end: int) -> None:
        """Open a section without a heading where a sentence turns to another part."""
        if self._part not in ("achievements", "shortcomings"):
            return
        part = part_of_sentence(self.text, start, end, self.year)
        if part is None or part == self._part:
            return
        self._open(start, "", self._level, part)
        if self._mixed:
            self._parts = dict.fromkeys(self._parts, part)


def _sentences(line: str, position: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a line from a position on, without white space around."""
    for match in _SENTENCE.finditer(line, position):
        start, end = match.span()
        while start < end and line[start].isspace():
            start += 1
        while end > start and line[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end

"""Text cleaned once, at the door, with a way back to the text as it was read.

Comes in: text as a reader decoded it. Goes out: :class:`Cleaned`, NFC text whose
only line breaks stand between paragraphs, without control, zero-width and
bidirectional characters, and without what Word and web pages leave behind.
Nothing is refused: what cannot be kept is dropped and can be found by offset.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.paragraphs import iter_line_edits

Edit = tuple[int, int, str]
"""Replace ``text[start:end]`` by a string; edits come in text order, not overlapping."""

# Characters that no text keeps.
_NOISE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad"  # control characters, soft hyphen
    r"\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width, bidi, BOM
    r"\ufe00-\ufe0f\U000e0000-\U000e0fff"  # variation selectors, tags
    r"\uf000-\uf0ff"  # bullets of symbol fonts
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # interlinear marks, non-characters, surrogates
)
_BREAK = r"\x0b\x0c\x85\u2028\u2029"
_SPACE = r"\xa0\u2000-\u200a\u202f\u205f"
# One look at each character; what begins like dirt is then looked at closely.
_SUSPECT = re.compile(rf"[\r\[&错{_BREAK}{_SPACE}{_NOISE}]")
_DIRT = re.compile(
    rf"(?P<newline>\r\n?|[{_BREAK}])"
    rf"|(?P<space>[{_SPACE}])"
    # Bookmarks and dead references that Word writes into plain text.
    r"|(?P<word>\[bookmark:[^\]\n]{0,80}\]|错误[!！]未(?:定义书签|找到引用源)。?)"
    r"|(?P<entity>&(?:nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|mdash|ndash|middot|hellip);)"
    rf"|(?P<drop>[{_NOISE}]+)"
)
# A character outside this set may compose with the one before it.
_MAY_COMPOSE = re.compile(r"[^\n]?[^ -~\n\u3000-\u3029\u3030-\u3098\u4e00-\u9fff\uff00-\uffef]+")


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each run of a text stood in the text that it was made from.

    Args:
        starts: Offsets in the new text at which a run begins; the last is its length.
        origins: Offset in the old text for each; the last is its length.
    """

    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """The old offset of a new one; the end leads to the end."""
        run = bisect_right(self.starts, offset) - 1
        if run + 1 == len(self.starts):
            return self.origins[-1]
        first = self.origins[run]
        return min(first + offset - self.starts[run], max(first, self.origins[run + 1] - 1))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text and the way back.

    Args:
        text: NFC, no control characters, one line a paragraph.
        maps: One for each pass, the last pass first.
    """

    text: str
    maps: tuple[OffsetMap, ...]

    def original_offset(self, offset: int) -> int:
        """Offset in the text as read for an offset in the cleaned text.

        Args:
            offset: 0 to ``len(text)``, in code points; the length leads to the old length.
        Raises:
            ValueError: The offset is outside the text.
        """
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside a text of {len(self.text)} characters")
        for step in self.maps:
            offset = step.origin(offset)
        return offset


def clean_text(text: str) -> Cleaned:
    """Clean a text as read: characters first, then lines.

    Args:
        text: Decoded text, line breaks of any kind.
    Returns:
        The cleaned text; cleaning it again changes nothing but, rarely, a join.
    """
    text, characters = _apply(text, _character_edits(text))
    text, composed = _apply(text, _nfc_edits(text))
    text, lines = _apply(text, iter_line_edits(text))
    return Cleaned(text, (lines, composed, characters))


def _character_edits(text: str) -> Iterator[Edit]:
    done = 0
    for suspect in _SUSPECT.finditer(text):
        if suspect.start() < done:
            continue
        match = _DIRT.match(text, suspect.start())
        if match is None:
            continue
        done = match.end()
        kind = match.lastgroup
        if kind == "newline":
            yield match.start(), match.end(), "\n"
        elif kind == "space":
            yield match.start(), match.end(), " "
        elif kind == "entity":
            yield match.start(), match.end(), html.unescape(match.group()).replace("\xa0", " ")
        else:
            yield match.start(), match.end(), ""


def _nfc_edits(text: str) -> Iterator[Edit]:
    if unicodedata.is_normalized("NFC", text):
        return
    for match in _MAY_COMPOSE.finditer(text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            yield match.start(), match.end(), composed


def _apply(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    old = new = 0
    for start, end, replacement in edits:
        if start > old:
            pieces.append(text[old:start])
            starts.append(new)
            origins.append(old)
            new += start - old
        if replacement:
            pieces.append(replacement)
            starts.append(new)
            origins.append(start)
            new += len(replacement)
        old = end
    if old < len(text):
        pieces.append(text[old:])
        starts.append(new)
        origins.append(old)
        new += len(text) - old
    starts.append(new)
    origins.append(len(text))
    return "".join(pieces), OffsetMap(tuple(starts), tuple(origins))

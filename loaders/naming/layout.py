"""Where the clauses and the quotes of a text lie.

Comes in: text. Goes out: positions that no name crosses, and quoted spans, which
a name holds whole or not at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

QUOTE_LIMIT = 40
"""Characters between quotation marks, at most: names are short, quoted speech is long."""

_CLOSING = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}
_MARKS = re.compile(
    r"（(?P<or>街道|社区|市、区|市区|[市区街居镇乡旗])）"
    r"|[“”「」『』‘’\"。；;！？!?，,：:\n\t 　《》〈〉（）()【】\[\]|…—]"
)
"""Brackets that only say of what else, 乡镇（街道）, are no mark."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Clauses and quotes of a text.

    Args:
        breaks: Offsets of punctuation outside quotes that ends a clause, sorted.
        opens: Offsets of opening quotation marks, sorted.
        closes: Offsets of their closing marks, in the same order.
    """

    breaks: list[int]
    opens: list[int]
    closes: list[int]

    def clause_start(self, offset: int) -> int:
        """First offset of the clause that holds the offset."""
        i = bisect_left(self.breaks, offset)
        return self.breaks[i - 1] + 1 if i else 0

    def quote_around(self, offset: int) -> tuple[int, int] | None:
        """Marks ``(open, close)`` of the quote that holds the offset, marks included."""
        i = bisect_right(self.opens, offset) - 1
        if i >= 0 and offset <= self.closes[i]:
            return self.opens[i], self.closes[i]
        return None

    def opening(self, closed: int) -> int | None:
        """Offset of the mark that opens the quote closed at an offset; None where none is."""
        i = bisect_left(self.closes, closed)
        return self.opens[i] if i < len(self.closes) and self.closes[i] == closed else None

    def quotes_between(self, start: int, end: int) -> list[tuple[int, int]]:
        """Quotes that lie whole in ``[start, end)``, in text order."""
        i = bisect_left(self.opens, start)
        found = []
        while i < len(self.opens) and self.closes[i] < end:
            found.append((self.opens[i], self.closes[i]))
            i += 1
        return found


@lru_cache(maxsize=1)  # mechanisms and initiatives ask one after the other
def find_layout(text: str) -> Layout:
    """Find clauses and quotes in one pass; an unclosed quotation mark is ignored."""
    breaks: list[int] = []
    opens: list[int] = []
    closes: list[int] = []
    opened: tuple[int, str] | None = None
    held: list[int] = []
    for match in _MARKS.finditer(text):
        if match["or"]:
            continue
        mark, at = match.group(), match.start()
        if opened and (at - opened[0] > QUOTE_LIMIT or mark == "\n"):
            breaks.extend(held)
            opened = None
        if opened and mark == opened[1]:
            if at - opened[0] > 1:
                opens.append(opened[0])
                closes.append(at)
            opened = None
        elif mark in _CLOSING and (not opened or mark == "“"):
            if opened:
                breaks.extend(held)
            opened, held = (at, _CLOSING[mark]), []
        elif opened and mark not in "”」』’":
            held.append(at)
        elif mark not in "‘’":
            breaks.append(at)
    if opened:
        breaks.extend(held)
    return Layout(breaks, opens, closes)

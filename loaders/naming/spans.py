"""Spans of a text: those that may be names, and those that earlier steps took."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.entities import Mention

_OF_TITLE = re.compile(
    r"(?:(?:修订)?(?:颁布|公布|实施|施行)?[一二两三四五六七八九十\d]*周年)?(?:集中|主题|系列|专题)?(?:宣传|学习|普法)?[月周日季]?(?:主题|系列)?(?:宣传)?"
)
"""Between a title and the head of the campaign that is named after it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a name.

    Args:
        start: First offset.
        end: Offset after the last.
        rule: Rule that found it: catalogue, head, practised, quote.
        parts: Where it joins several names with one head, the span of each.
    """

    start: int
    end: int
    rule: str
    parts: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """Taken spans: hard ones that no name enters, soft ones that a name may hold whole."""

    starts: list[int]
    ends: list[int]
    soft: list[tuple[int, int]]

    def floor(self, offset: int) -> int:
        """End of the last hard span that starts before the offset, or 0."""
        i = bisect_left(self.starts, offset)
        return self.ends[i - 1] if i else 0

    def body_before(self, offset: int) -> int | None:
        """Start of the hard span that ends at the offset."""
        i = bisect_left(self.starts, offset)
        return self.starts[i - 1] if i and self.ends[i - 1] == offset else None

    def title_before(self, text: str, offset: int) -> int | None:
        """Start of the title that a campaign is named after: 《…》集中宣传月."""
        floor = self.floor(offset)
        if floor and text[floor - 1] == "》" and _OF_TITLE.fullmatch(text, floor, offset):
            return self.body_before(floor)
        return None

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a hard span overlaps, or a soft one holds it or cuts it."""
        if self.floor(end) > start:
            return True
        i = bisect_right(self.soft, (start, 1 << 60))
        if i < len(self.soft) and self.soft[i][0] < end < self.soft[i][1]:
            return True
        return (
            i > 0
            and self.soft[i - 1][1] > start
            and (
                self.soft[i - 1][1] > end
                or self.soft[i - 1] == (start, end)
                or self.soft[i - 1][0] < start
            )
        )


def taken_spans(mentions: Sequence[Mention]) -> Taken:
    """Spans of mentions: soft are names of documents without title marks."""
    hard = sorted(
        {(m.start, m.end) for m in mentions if m.kind != "regulation" or m.surface[:1] in "《〈"}
    )
    soft = sorted(
        {
            (m.start, m.end)
            for m in mentions
            if m.kind == "regulation" and m.surface[:1] not in "《〈"
        }
    )
    return Taken([s for s, _ in hard], [e for _, e in hard], soft)

"""Titles that everybody knows without 《》: 宪法, 民法典, 信访条例.

Only titles of the catalogue, and only as words of their own: 宪法 in 宪法宣传周,
信访条例 in 某省信访条例 and 教育法 in 教育法治 name something else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from loaders.entities import Mention
from loaders.longest import iter_longest
from loaders.titles.catalogue import catalogue
from loaders.titles.marks import YEARS_BEHIND, plain_title

_IN_A_NAME = re.compile(
    r"(?:普法|学习|主题|集中|系列)*(?:宣传|教育|学习|法治|主题|普法|实施)*(?:月|周|日|年)(?!报)"
    r"|(?:主题|法治|文化)*(?:公园|广场|长廊|展馆|文化墙|文化园|大讲堂|宣讲团|讲师团)"
    r"|宣誓|党规|学[会院]|知识竞赛|进[机校企农社乡村家军单网宗]"
    r"|精神学习教育|和法律委"
)
_LAW_GOES_ON = tuple("治律规制定院庭官学理人令则度盲条典师务警医网力")
_DERIVED = re.compile(r"实施(?:条例|细则|办法)|修正案(?:[（(][一二三四五六七八九十]{1,3}[）)])?")
_LOCAL_HEAD = re.compile(r"(?:条例|办法|规定|细则|规则)$")
_QUOTED = re.compile(r"“[^“”\n]{1,30}”")


def find_unmarked(
    text: str, year: int | None, marked: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """Titles of the catalogue that stand without marks, in text order.

    Args:
        text: The report's text.
        year: Year that it covers: tells editions of a plan apart.
        marked: Spans of titles in marks; what stands inside is not looked at.
    """
    quotes = [m.span() for m in _QUOTED.finditer(text)]
    known = catalogue()
    for start, end in iter_longest(text, "titles"):
        name = known.unmarked[text[start:end]]
        if _inside(start, marked) or not _stands_alone(text, start, end, name, quotes):
            continue
        if derived := _DERIVED.match(text, end):
            end = derived.end()
        years = YEARS_BEHIND.match(text, end)
        entry = (years and known.lookup(text[start:end] + years["years"])) or known.lookup(
            text[start:end], year
        )
        surface = text[start:end]
        title = entry.title if entry else plain_title(surface)
        yield Mention(start, end, surface, "regulation", title, "unmarked")


def _inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]


def _stands_alone(
    text: str, start: int, end: int, name: str, quotes: Sequence[tuple[int, int]]
) -> bool:
    if name.endswith("法") and text.startswith(_LAW_GOES_ON, end):
        return False
    if _IN_A_NAME.match(text, end):
        return False
    if text.endswith("国家", 0, start) and text.startswith("日", end):
        return False
    if _LOCAL_HEAD.search(name) and text.endswith(tuple("省市区县州旗"), 0, start):
        return False
    at = bisect_right(quotes, start, key=lambda span: span[0]) - 1
    if at >= 0 and start < quotes[at][1]:
        return quotes[at] == (start - 1, end + 1)
    return True

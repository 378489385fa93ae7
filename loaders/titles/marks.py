"""Titles between 《 and 》: where they stand, and how their spellings fold.

Title marks after GB/T 15834-2011, 4.15: a title inside a title takes 〈〉, which
printed reports often write 《》 as well.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import cycle

MAX_TITLE = 200
"""Code points between an opening mark and its closing one; a longer run is unclosed."""

_MARK = re.compile(r"[《〈》〉。\n]")
_DASH = "-‐‑‒–—―−－~～至到"
_RANGE = re.compile(rf"(?<!\d)(\d{{4}})年?\s*[{_DASH}一]{{1,3}}\s*(\d{{4}})年?(?!\d)")
_VERSION = re.compile(r"\((?:试行|暂行|(?:\d{4}年?|新)?(?:修订|修正|修订版|修订稿))\)$")
_CARRIER = re.compile(
    r"^.{0,40}?(?:关于(?:印发|转发|下发|颁发|发布)(?P<inner>.{4,})|印发(?P<marked>〈.{4,}〉))的(?:通知|公告)$"
)
_SPACE = re.compile(r"\s+(?=\W|[^\x00-\xff])|(?<=[^\x00-\xff])\s+")
_FOLD = {
    0xFF01 + i: chr(0x21 + i) for i in range(94) if chr(0x21 + i) not in ",:;?!<>"
} | str.maketrans("〔【[《》」「﹝﹞〕】]<>＜＞", "(((〈〉”“())))〈〉〈〉")
_COUNTRY = "中华人民共和国"
_CENTRE = re.compile(r"^(?:中共中央|国务院|中央|办公厅|、)+(?=关于)")
YEARS_BEHIND = re.compile(r"\s?(?P<years>[（(]\d{4}年?[-‐–—―－~～至]{1,2}\d{4}年?[）)])")
"""Years behind the closing mark: 《…实施纲要》（2021-2025年）."""


def iter_titles(text: str) -> Iterator[tuple[int, int]]:
    """Spans of outermost titles, marks included, in text order.

    A mark that finds no partner within :data:`MAX_TITLE`, before the end of the
    sentence or past a third line break opens nothing; titles inside it stand on
    their own. Linear in the text, whatever is opened and never closed.
    """
    opened: deque[int] = deque()
    inner: deque[tuple[int, int]] = deque()
    breaks = 0
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        while opened and at - opened[0] > MAX_TITLE:
            yield from _give_up(text, opened, inner)
        if mark == "\n":
            breaks += 1
        if mark == "。" or (mark == "\n" and breaks > 2):
            while opened:
                yield from _give_up(text, opened, inner)
        elif mark in "《〈":
            if not opened:
                breaks = 0
            opened.append(at)
        elif mark in "》〉" and opened:
            start = opened.pop()
            if opened:
                inner.append((start, at + 1))
            else:
                inner.clear()
                yield start, at + 1
    while opened:
        yield from _give_up(text, opened, inner)


def _give_up(
    text: str, opened: deque[int], inner: deque[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Drop the outermost open mark and release the titles that stood inside it."""
    outer = opened.popleft()
    while inner and (not opened or inner[0][0] < opened[0]):
        start, end = inner.popleft()
        if text[outer:start].endswith(("关于印发", "关于转发", "关于下发")):
            start = outer  # 《关于印发《甲》的通知: one closing mark is missing
        yield start, end


def fold_title(title: str) -> str:
    """One spelling for the typographic variants of a title, for people to read.

    Half-width digits, letters and brackets, ``2015-2020年`` for any range of years,
    〈〉 for titles inside, “” for quotation marks, no white space between characters.
    """
    folded = _SPACE.sub("", title.strip()).translate(_FOLD)
    folded = _RANGE.sub(r"\1-\2年", folded)
    marks = cycle("“”")
    return re.sub('"', lambda _: next(marks), folded)


@lru_cache(maxsize=10_000)
def plain_title(title: str) -> str:
    """The name that a title gives: folded, without country, version or carrier.

    《关于印发〈甲办法〉的通知》 carries 甲办法; 《乙条例（试行）》 is 乙条例.
    """
    plain = fold_title(title)
    while carrier := _CARRIER.match(plain):
        carried = carrier["inner"] or carrier["marked"]
        if not _is_one_title(carried):
            break
        plain = carried.strip("〈〉")
    plain = _CENTRE.sub("", _VERSION.sub("", plain))
    return plain.removeprefix(_COUNTRY) if len(plain) > len(_COUNTRY) + 1 else plain


def _is_one_title(inner: str) -> bool:
    marks = inner.count("〈")
    return marks == 0 or (marks == 1 and inner.startswith("〈") and inner.endswith("〉"))


@lru_cache(maxsize=10_000)
def title_key(title: str) -> str:
    """What two spellings of one title share: letters, digits and Chinese characters."""
    return re.sub(r"[\W_]+", "", _RANGE.sub(r"\1\2", plain_title(title)))

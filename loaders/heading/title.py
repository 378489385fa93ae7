"""The title, over one to three lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.heading.cues import alternatives
from loaders.heading.dates import DATE, YEAR
from loaders.heading.lines import NAVIGATION
from loaders.heading.wording import read_unit
from loaders.organs import catalogue
from loaders.places import read_place

_TITLE_LENGTH = 90


_META_TITLE = re.compile(r"^(?:名\s*称|标\s*题|文件名称|信息名称|内容概[览述])\s*[:：]?\s*(?=\S)")


_KIND = re.compile(alternatives("title"))


_HAN = re.compile(r"[一-鿿]")


_CONTENTS = re.compile(rf"^(?:{alternatives('contents')})")


_SECTION = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三]")


# What stands in front of the place in the name of a committee.
_OPENS = re.compile(
    r"^(?:(?:中共|政协|共青团|中国人民政治协商会议|中国共产主义青年团)(?:第[一二三四五六七八九十]+届)?)?"
)


_END = re.compile(
    rf"(?:{alternatives('title_end')})(?:[（(【][^）)】]*[）)】])?(?:[（(].*)?(?:\.[a-z]{{3,4}})?$"
)


def find_title(head: Sequence[str]) -> str | None:
    """The best run of one to three lines that reads as a title."""
    best: tuple[int, int, int] | None = None
    found: str | None = None
    for i, line in enumerate(head):
        if meta := _META_TITLE.match(line):
            joined = line[meta.end() :]
            score = _title_score(joined) - 1
            if score > 0 and (best is None or (-score, i, 1) < best):
                best, found = (-score, i, 1), joined
            continue
        for n in (1, 2, 3):
            part = head[i : i + n]
            if len(part) < n or any(NAVIGATION.match(p) for p in part):
                break
            if n > 1 and _SECTION.match(part[-1]):
                break
            if any(re.search(r"[。；;，,！]|[:：]$", p) or not _HAN.search(p) for p in part):
                break
            if n > 1 and (DATE.search(part[-1]) or _CONTENTS.match(part[-1])):
                break
            joined = "".join(part)
            if len(joined) > _TITLE_LENGTH:
                break
            score = _title_score(joined)
            if n > 1 and score and _title_score(part[-1]) >= score:
                continue
            if score > 0 and (best is None or (-score, i, n) < best):
                best, found = (-score, i, n), joined
        if re.match(r"一、|（一）|\(一\)", line):
            break
    return found


def _title_score(text: str) -> int:
    """How much a line reads as a report's title; 0 when it does not."""
    if not _KIND.search(text) or len(text) < 4 or _SECTION.match(text) or _CONTENTS.match(text):
        return 0
    score = 1
    if _END.search(text):
        score += 3
    if YEAR.search(text):
        score += 2
    if unit := read_unit(text):
        # 人民检察院 alone is the second line of a title whose first names the place, and
        # so is any other unit without one.
        placed = unit in catalogue().central or read_place(_OPENS.sub("", unit), unlisted=True)
        score += 2 if placed and unit not in catalogue().organs else 1
    return score if score > 3 else 0

"""The title, over one to three lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.heading.cues import alternatives
from loaders.heading.dates import YEAR
from loaders.heading.lines import NAVIGATION
from loaders.heading.wording import read_unit

_TITLE_LENGTH = 90


_META_TITLE = re.compile(r"^(?:名\s*称|标\s*题|文件名称|信息名称)\s*[:：]\s*")


_KIND = re.compile(alternatives("title"))


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
            if any(re.search(r"[。；;，,！]|[:：]$", p) for p in part):
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
    if (
        not _KIND.search(text)
        or len(text) < 4
        or re.match(r"[一二三四五六七八九十]+、|[（(][一二三]", text)
    ):
        return 0
    score = 1
    if re.search(
        r"(?:报告|总结|情况|汇报|年报|述职述法|综述|要点)(?:[（(【][^）)】]*[）)】])?(?:[（(].*)?$",
        text,
    ):
        score += 3
    if YEAR.search(text):
        score += 2
    if read_unit(text):
        score += 2
    return score if score > 3 else 0

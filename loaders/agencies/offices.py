"""Offices that no catalogue lists, by the short form of 办公室: 市轨道办, 区拆违办, 省治欠办."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from loaders.agencies.bounds import body_start, is_boundary
from loaders.agencies.cues import cues
from loaders.agencies.scan import Scan
from loaders.entities import Mention
from loaders.places import ancestor_of, nearest_division


@cache
def _office() -> re.Pattern[str]:
    """A relative word, what the office is for, and 办, where a name may end."""
    acts = "|".join(cues().acts)
    return re.compile(
        rf"(?P<level>街道|[省市区县镇乡])(?P<stem>[一-鿿]{{2,4}}?)办(?=[，。；、：）\n]|[和与及]|{acts})"
    )


def iter_offices(scan: Scan, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Offices of the report's own division, where nothing else was found.

    Args:
        scan: The report.
        mentions: What was found before.
    """
    home = scan.place
    if home is None:
        return
    found = sorted((m.start, m.end) for m in mentions)
    for match in _office().finditer(scan.text):
        start, end, level = match.start(), match.end(), match["level"]
        if not scan.is_free(start, end, found):
            continue
        if not is_boundary(scan.text, start) or scan.is_class(start):
            continue
        if match["stem"].endswith(cues().no_offices) or match["stem"].startswith(level):
            continue
        if body_start(scan.text, end - 1, match.start("stem")) != match.start("stem"):
            continue
        if level in ("街道", "镇", "乡"):
            own = ancestor_of(home, "乡镇街道")
            place = own if own and own.name.endswith(level) else None
        else:
            place = nearest_division(home, level)
        if place:
            yield scan.mention(start, end, scan.name_of(place, match["stem"] + "办"), "body")

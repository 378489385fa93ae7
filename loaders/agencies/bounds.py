"""Where the name of a body begins that no list has.

It is read by what it ends in (the head) and by the words that cannot belong to a
name (boundaries).
"""

from __future__ import annotations

import re
from functools import cache

from loaders.agencies.cues import cues

# A body's name in front of its head is at most so long, in characters.
_REACH = 24
_INSIDE = re.compile(r"[一-鿿A-Za-z0-9“”+]+\Z")


@cache
def _shields() -> re.Pattern[str]:
    """Words whose characters are no boundaries: 经 in 外经贸."""
    return re.compile("|".join(sorted(cues().shields, key=lambda w: (-len(w), w))))


_WITHIN = frozenset("中上下内外前后")
"""Words that follow another one: where a clause begins they are the beginning of a name."""
# 市物业管理协调领导小组: behind a division's last character a name may go on
# over words that are boundaries elsewhere.
_RELATIVE = re.compile(
    r"(?:[省市区县州旗镇局]|[省市区县镇]级|街道)(?=[^域级属直委区内外政场办工和、]|政务|政数|政法)"
)


def is_boundary(text: str, at: int, *, alone: bool = True) -> bool:
    """Whether a name may begin at an offset: punctuation or a boundary word stands before.

    Args:
        text: Any text.
        at: The offset.
        alone: Whether a word of one character is enough (not so in 广内|街道).
    """
    if at <= 0 or not "一" <= text[at - 1] <= "鿿":
        return True
    boundaries = cues().boundaries
    lengths = (1, 2, 3, 4) if alone else (2, 3, 4)
    return any(text[at - n : at] in boundaries for n in lengths if at >= n)


def body_start(text: str, head: int, floor: int, *, owned: bool = False) -> int | None:
    """Offset where the name of a body begins whose head begins at ``head``.

    Args:
        text: Any text.
        head: Offset of the head (领导小组).
        floor: Offset that the name may not reach over, such as the end of the
            agency before it.
        owned: Whether the floor is the end of an agency, which then may own the
            body: what an opener allows inside the name is allowed after it too.
    Returns:
        The offset, equal to ``head`` where nothing stands before the head; None
        where the name is cut off by the reach and so cannot be told.
    """
    low = max(floor, head - _REACH)
    run = _INSIDE.search(text, low, head)
    if not run:
        return head
    start = run.start()
    quote = text.rfind("“", start, head)
    if quote >= 0 and text.find("”", quote, head) < 0:
        return quote + 1
    known = cues()
    opened = -1
    shielded = {
        i for m in _shields().finditer(text, start, head) for i in range(m.start(), m.end())
    }
    allowed = owned and start == floor and text[start] not in "和与及"
    for opener in known.openers:
        found = text.rfind(opener, start, head)
        if found >= 0:
            opened = max(opened, found + len(opener))
    for match in _RELATIVE.finditer(text, start, head):
        if is_boundary(text, match.start(), alone=match.group() != "街道"):
            opened = max(opened, match.start())
    at = head
    while at > start:
        for n in (4, 3, 2, 1):
            word = text[at - n : at]
            if at - n < start or word not in known.boundaries:
                continue
            if shielded.issuperset(range(at - n, at)):
                continue
            if at - 1 == run.start() and word in _WITHIN:
                continue  # ，中原路派出所
            if word in known.inner and ((allowed and word != "联合") or -1 < opened < at):
                continue
            return at
        at -= 1
    if start == low and low > floor and start == head - _REACH:
        return None
    return start

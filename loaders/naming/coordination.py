"""Lists and conjuncts: whether things joined by 、 or 和 share the head noun behind them."""

from __future__ import annotations

import re

from loaders.naming.scan import Scan
from loaders.naming.vocabulary import Head

AFTER_MORE = ("", "工作", "各项", "项", "配套", "相关", "协作", "长效", "运行")
"""Between 等 and the head that a list shares: 案件移送、会商研判等工作机制."""
AND_MORE = tuple(f"等{word}" for word in AFTER_MORE)
_ITEMS = re.compile(r"([两二三四五六七八])[项个](?:工作)?\Z")
_NUMBERS = {n: i for i, n in enumerate("二三四五六七八", 2)} | {"两": 2}
_JOINS = re.compile("[、和与及]")
LINKED = re.compile(r"联动|衔接|协作|结合|对接|互动|融合|联合|三位一体|一体化")
"""What conjuncts do together: they are one name (甲与乙的联动机制)."""
_PARALLEL_TAIL = re.compile(
    r"(?:的|[两三四五六七八九十\d]+(?:大|项|类|个|种|级|位一体))?(?:工作|管理|长效|联动|推进|办案|办理|处置|运行)?$"
)
LISTS = frozenset(("机制", "制度", "体系", "程序", "模式"))
"""Heads that a list of things may share."""
_CAMPAIGNS = frozenset(
    (
        *("专项整治", "集中整治", "综合整治", "整治", "专项行动", "行动", "专项治理"),
        *("专项检查", "改革", "制度改革"),
    )
)
"""Heads that several things may share."""
_SHORTEST_LEFT = 4
"""Characters in front of 和, at least, where two things share such a head."""


def parallel_start(scan: Scan, start: int, at: int) -> int | None:
    """Where three or more items of one length begin: 日检查、周通报、月排名工作 + 制度."""
    if scan.text.endswith(AND_MORE, start, at):
        return None
    tail = _PARALLEL_TAIL.search(scan.text, start, at)
    for end in dict.fromkeys((at, tail.start() if tail else at)):
        comma = scan.text.rfind("、", start, end)
        size = end - comma - 1
        if comma < 0 or not 2 <= size <= 6 or scan.text.endswith(scan.all_heads, comma + 1, end):
            continue
        items = 1
        first = comma + 1
        while first - 1 - size >= start and scan.text[first - 1] == "、":
            first -= 1 + size
            items += 1
        if items > 2 and "、" not in scan.text[max(start, first - size) : first + size]:
            return first  # 甲委统一领导、人大监督、…: an item before it is of another length
    return None


def is_counted(text: str, start: int, at: int) -> bool:
    """Whether a list says how many things it names: 甲、乙和丙三项 + 制度."""
    items = _ITEMS.search(text, max(start, at - 4), at)
    if items is None:
        return False
    return len(_JOINS.findall(text, start, items.start())) == _NUMBERS[items[1]] - 1


def shares(head: Head, join: str, left: int) -> bool:
    """Whether what a verb sets up shares its head with ``left`` characters before a join."""
    if head.head in LISTS:
        return True
    if head.head in _CAMPAIGNS:
        return join == "、" or left >= _SHORTEST_LEFT
    return head.head == "平台" and join != "、" and left >= _SHORTEST_LEFT


def coordinated(scan: Scan, start: int, first: int, end: int, at: int) -> bool:
    """Whether the conjuncts around ``text[first:end]`` share the head noun at ``at``."""
    text = scan.text
    left = _JOINS.split(text[start:first])[-1]
    if left.endswith((*scan.all_heads, *scan.heads.qualified, "制", "日", "周", "月", "节")):
        return False
    if LINKED.search(text, end, at):
        return True
    right = _JOINS.split(text[end:at], maxsplit=1)[0].removesuffix("工作")
    acts = scan.words.nominal
    return (
        abs(len(left) - len(right)) <= 1
        or left[-2:] == right[-2:]
        or (left[-2:] in acts and right in acts)  # 权力制约和监督
    )

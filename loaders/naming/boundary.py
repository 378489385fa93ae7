"""Where a name begins: the shortest span before a head that still says which one.

Comes in: a clause and the head noun inside it. Goes out: the first offset of the
name, or None when what stands before the head names nothing (各项制度, 工作机制).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.naming.layout import Layout
from loaders.naming.vocabulary import Boundaries, Head, Heads

WINDOW = 40
"""Characters before a head that a name may reach back."""
_LONGEST_WORD = 4
_BEFORE_QUOTE = 14  # characters before a quote in which its topic is looked for
_LONGEST_TOPIC = 8
_ADJACENT = 5  # quotes without anything between them that one name may hold
_SECOND = 4  # characters behind a verb that follows another one and governs too
_DRIVEN = 5  # characters behind a verb such as 推进 that make it govern
LONGEST = 26
"""Characters of a name without quotes: longer ones are sentences."""
LONGEST_LIST = 40
"""Characters of a name that lists several things with one head."""
_LONGEST_STEP = 8
_AIMS = frozenset(("打击", "整治", "治理", "防范", "清理", "查处", "化解", "遏制"))
"""Verbs that a campaign is named after: 打击“…”专项行动."""
_ITEMS = re.compile(r"([两二三四五六七八])[项个](?:工作)?\Z")
_NUMBERS = {n: i for i, n in enumerate("二三四五六七八", 2)} | {"两": 2}
_JOINS = re.compile("[、和与及]")
_STEPS = re.compile(
    r"(?:[、和与及][\u4e00-\u9fff]{2,8}?(?<![单台案度制系台])){2,}(?:的|等)?(?:工作)?\Z"
)
"""Two or more short things behind a first one, up to the head: they are its steps."""
NO_HEAD = Head("")
"""For questions about modifiers alone."""
_WHICHEVER = frozenset(("各项", "各类", "各种", "相关", "有关", "一系列"))
_AND_MORE = ("等", "等工作", "等各项", "等项")
LINKED = re.compile(r"联动|衔接|协作|结合|对接|互动|融合|联合|三位一体|一体化")
"""What conjuncts do together: they are one name (甲与乙的联动机制)."""
_COUNTED = re.compile(
    r"(?:第?\d+|[一二两三四五六七八九十]+|\d+余|多|数)(?:个|项|条|类|批|家|处|套|份|种|支|张|次|名|大)(?!一)"
    r"|[省市区县街乡镇村居社组、]+[两三四五]级|\d+[.．]"
)
_INSIDE = re.compile(r"化(?![解妆肥学工债险])|型|式(?!样)|些")
"""What goes on with a word: no name begins with it (规范 + 化, 创新 + 型)."""
_PARALLEL_TAIL = re.compile(
    r"(?:的|[两三四五六七八九十\d]+(?:大|项|类|个|种|级|位一体))?(?:工作|管理|长效|联动|推进)?$"
)
_LISTS = frozenset(("机制", "制度", "体系", "程序", "模式"))
"""Heads that a list of things may share."""
_CAMPAIGNS = frozenset(("专项整治", "专项行动", "专项治理", "改革", "制度改革", "行动"))
"""Heads that two things joined by 和 may share."""
_OTHER_HEADS = (
    "方案",
    "意见",
    "规约",
    "规定",
    "细则",
    "计划",
    "办法",
    "工作",
    "制",
    "日",
    "周",
    "月",
    "节",
)
"""What ends a conjunct that has a head of its own."""
_OPENING = '“「『‘"'
_CLOSING = '”」』’"'


@dataclass(frozen=True, slots=True)
class Scan:
    """What the rules know when they look for the beginning of names in a text.

    Args:
        text: The document's text.
        layout: Its clauses and quotes.
        words: Boundary words.
        heads: Heads of the kind that is looked for.
        all_heads: Nouns that end a name of any kind.
        prefixes: Names of the reporting unit, longest first, then scopes (全市, 各级).
        seen: Window and head noun → length of the modifier, so that a phrase
            repeated without end is looked at once.
    """

    text: str
    layout: Layout
    words: Boundaries
    heads: Heads
    all_heads: tuple[str, ...]
    prefixes: tuple[str, ...]
    seen: dict[tuple[str, str], int] = field(default_factory=dict)


def find_start(scan: Scan, clause: int, at: int, head: Head) -> int | None:
    """First offset of the name whose head noun starts at ``at``.

    Args:
        scan: Text and vocabulary.
        clause: First offset that the name may have.
        at: Offset of the head noun.
        head: The head noun.
    """
    text = scan.text
    quotes = scan.layout.quotes_between(max(clause, at - WINDOW - 40), at)
    start = max(clause, at - WINDOW)
    if quotes:
        opened, closed = quotes[-1]
        if start <= closed:
            found = _from_quote(scan, opened, closed, at, head)
            return before_quote(scan, clause, opened) if found == opened else found
    window = text[start:at]
    length = scan.seen.get((window, head.head), -1)
    if length < 0:
        length = scan.seen[window, head.head] = _modifier_length(scan, start, at, head)
    return at - length if length else None


def _modifier_length(scan: Scan, start: int, at: int, head: Head) -> int:
    """Characters before the head noun that say which one; 0 when it names nothing."""
    listed = _parallel_start(scan, start, at) if head.head in (*_LISTS, "平台", "渠道") else None
    if listed is not None:
        return at - listed
    start = _strip(scan, _cut(scan, start, at, head), at, head)
    modifier = scan.text[start:at]
    longest = LONGEST_LIST if modifier.count("、") else LONGEST
    if len(modifier) < head.shortest or len(modifier) + len(head.head) > longest:
        return 0
    if (head.quoted_only or head.modifiers) and not _ends_with(modifier, head.modifiers):
        return 0
    if modifier in scan.words.second:  # 调整充实联席会议
        return 0
    adjective = modifier.endswith("新") and not modifier.endswith(("更新", "创新"))
    if is_bare(scan.words, modifier, head) or modifier[0] in "、的和与及等" or adjective:
        return 0
    return len(modifier)


def before_quote(scan: Scan, clause: int, opened: int) -> int:
    """Where a name begins whose quote opens at ``opened``: before a noun that says of what.

    消费维权“五线合一”, but 街道推行“五线合一”: no verb and no list is part of it.
    """
    whole = opened
    for _ in range(_ADJACENT):  # 打击“…”“…”“…”专项行动
        before = scan.layout.opening(opened - 1) if opened > clause else None
        if before is None:
            break
        opened = before
    found = _topic_start(scan, clause, opened)
    return whole if found == opened else found


def _topic_start(scan: Scan, clause: int, opened: int) -> int:
    text = scan.text
    start = max(clause, opened - _BEFORE_QUOTE)
    cut = _cut(scan, start, opened, NO_HEAD)
    if cut == start > clause or text[cut - 1 : cut] in ("、", "和", "与", "及"):
        return opened
    cut = _strip(scan, cut, opened, NO_HEAD)
    modifier = text[cut:opened]
    if (
        not 2 <= len(modifier) <= _LONGEST_TOPIC
        or modifier in scan.prefixes
        or (modifier in scan.words.nominal and modifier not in _AIMS)
        or not modifier.isalpha()
        or modifier[-1] in "的了着等有以为"
        or modifier.endswith(scan.words.takers)
        or modifier.startswith(scan.words.takers)
        or is_bare(scan.words, modifier, NO_HEAD)
    ):
        return opened
    return cut


def _from_quote(scan: Scan, opened: int, closed: int, at: int, head: Head) -> int | None:
    """A name that begins with a quote, or behind it when a boundary word follows it."""
    text = scan.text
    between = text[closed + 1 : at]
    if between in ("", "的", *_AND_MORE):
        return opened
    item = between.rfind("、")
    if item > 0 and between[:item].endswith(scan.all_heads):  # “…”行动、…整治 are two
        length = _modifier_length(scan, closed + 2 + item, at, head)
        return at - length if length else None
    strict = head.quoted_only and not _ends_with(between, head.modifiers)
    farthest = 4 if strict and between[0] != "的" else 12
    if between[0] in "、和与及" and LINKED.search(between):  # “…”与信用监管联动机制
        return opened
    if len(between) > farthest or head.head in between:
        opened = closed + 1
    cut = _cut(scan, closed + 1, at, head, quoted=opened <= closed)
    if cut > closed + 1 or opened > closed:
        if head.quoted_only or head.modifiers:
            return None
        cut = _strip(scan, cut, at, head)
        return None if is_bare(scan.words, text[cut:at], head) or at - cut < 2 else cut
    return opened


def _parallel_start(scan: Scan, start: int, at: int) -> int | None:
    """Where three or more items of one length begin: 日检查、周通报、月排名工作 + 制度."""
    if scan.text.endswith(_AND_MORE, start, at):
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


def _ends_with(modifier: str, endings: tuple[str, ...]) -> bool:
    return bool(endings) and modifier.endswith(endings)


def _cut(scan: Scan, start: int, at: int, head: Head, *, quoted: bool = False) -> int:
    """Move the start behind the last boundary word that leaves a name."""
    text, words = scan.text, scan.words
    bare = _bare_offsets(text, start, at, words.bare, head.bare)
    thin: set[int] | None = None
    governed = quoted  # by a verb that sets up: verbs behind it belong to the name
    verb_end = subject = item = -1
    listed = text.endswith(_AND_MORE, start, at) or _is_counted(text, start, at)
    steps = head.head in _LISTS and _STEPS.search(text, start, at) is not None
    for last, (category, length) in words.automaton.iter_long(text, start, at):
        end = last + 1
        first = end - length
        match category:
            case "whole":
                continue
            case "subject":
                if first == start and verb_end < 0:
                    subject = end
                continue
            case "verb" | "weak":
                setter = text[first:end] in words.setters
                # 优化教育督导责任区制度: behind a verb, a noun more often than a verb.
                leads = first in (start, subject) and not governed
                if first == verb_end:
                    leads = leads and text[first:end] in words.second
                    leads = leads and (head is NO_HEAD or at - end >= _SECOND)
                drives = text[first:end] in words.drivers and at - end >= _DRIVEN
                strong = category == "verb" and (setter or not governed)
                strong = strong or (drives and not governed and end not in bare)
                cuts = end < at and (leads or strong)
                cuts = cuts or (strong and not governed)  # 三个旗县开展试点 names nothing
                governed = governed or (cuts and setter)
                verb_end = end if cuts else verb_end
            case "join":
                # 健全矛盾排查、流转、化解机制: what is set up shares its head.
                shared = (
                    listed
                    or (steps and first - max(start, item) <= _LONGEST_STEP)
                    or (governed and _shares(head, text[first:end], first - start))
                )
                cuts = (
                    first <= start
                    or end in bare
                    or not (quoted or shared or _coordinated(scan, start, first, end, at))
                    or (shared and text.endswith((*scan.all_heads, *_OTHER_HEADS), start, first))
                )
                item = end
            case "more":  # 首问负责、限时办结等制度 is one name
                cuts = "、" not in text[start:first]
                cuts = cuts or (end < at and not _COUNTED.match(text, end, at))
            case "of":
                if first > 0 and text[first - 1] in _CLOSING:
                    continue
                if thin is None:
                    thin = _bare_offsets(text, start, at, words.thin, NO_HEAD.bare)
                cuts = end not in thin or is_bare(words, text[end:at], NO_HEAD)
                verb_end = end if cuts else verb_end  # 牵头的打击骗保联席会议
            case _:
                cuts = end == at or end not in bare or text[first:end] in _WHICHEVER
        if cuts and not _INSIDE.match(text, end, at):
            start = end
    return start


def _is_counted(text: str, start: int, at: int) -> bool:
    """Whether a list says how many things it names: 甲、乙和丙三项 + 制度."""
    items = _ITEMS.search(text, max(start, at - 4), at)
    if items is None:
        return False
    return len(_JOINS.findall(text, start, items.start())) == _NUMBERS[items[1]] - 1


def _bare_offsets(
    text: str, start: int, at: int, words: frozenset[str], more: frozenset[str]
) -> set[int]:
    """Offsets from which only words of the two vocabularies lead up to ``at``."""
    found = {at}
    offset = at - 1
    nearest = at
    while offset >= start and nearest - offset <= _LONGEST_WORD:
        for length in range(1, min(_LONGEST_WORD, at - offset) + 1):
            if offset + length in found:
                word = text[offset : offset + length]
                if word in words or word in more:
                    found.add(offset)
                    nearest = offset
                    break
        offset -= 1
    return found


def _shares(head: Head, join: str, left: int) -> bool:
    """Whether what a verb sets up shares its head with ``left`` characters before a join."""
    if head.head in _LISTS:
        return True
    return head.head in (*_CAMPAIGNS, "平台") and join != "、" and left >= _LONGEST_WORD


def _coordinated(scan: Scan, start: int, first: int, end: int, at: int) -> bool:
    """Whether the conjuncts around ``text[first:end]`` share the head noun at ``at``."""
    text = scan.text
    left = re.split("[、和与及]", text[start:first])[-1]
    if left.endswith((*scan.all_heads, "制", "日", "周", "月", "节")):
        return False
    if LINKED.search(text, end, at):
        return True
    right = re.split("[、和与及]", text[end:at], maxsplit=1)[0].removesuffix("工作")
    acts = scan.words.nominal
    return (
        abs(len(left) - len(right)) <= 1
        or left[-2:] == right[-2:]
        or (left[-2:] in acts and right in acts)  # 权力制约和监督
    )


def _strip(scan: Scan, start: int, at: int, head: Head) -> int:
    """Leave out scope, counts and the unit's own name in front, where a name remains."""
    text = scan.text
    while True:
        length = 0
        if text.startswith(scan.prefixes, start):
            length = len(next(p for p in scan.prefixes if text.startswith(p, start)))
        counted = _COUNTED.match(text, start, at)
        if counted:
            length = max(length, len(counted.group()))
        if length and text[start + length : start + length + 1] in ("的", "、"):
            length += 1
        if not length or is_bare(scan.words, text[start + length : at], head):
            return start
        start += length


def is_bare(words: Boundaries, modifier: str, head: Head, *, thin: bool = False) -> bool:
    """Whether a modifier says nothing of which one, greedily word by word."""
    if modifier in head.bare:
        return True
    bare = words.thin if thin else words.bare
    counted = _COUNTED.match(modifier)
    i = counted.end() if counted else 0
    while i < len(modifier):
        for length in (4, 3, 2, 1):
            word = modifier[i : i + length]
            if len(word) == length and (word in bare or word in head.bare):
                i += length
                break
            if word in words.whole:
                return False
        else:
            return False
    return True

"""Where a name begins: the shortest span before a head that still says which one.

Comes in: a clause and the head noun inside it. Goes out: the first offset of the
name, or None when what stands before the head names nothing (各项制度, 工作机制).
"""

from __future__ import annotations

import re

from loaders.naming.bare import COUNTED, NO_HEAD, bare_offsets, is_bare
from loaders.naming.coordination import (
    AFTER_MORE,
    AND_MORE,
    LINKED,
    LISTS,
    coordinated,
    is_counted,
    parallel_start,
    shares,
)
from loaders.naming.scan import Scan
from loaders.naming.vocabulary import Head
from loaders.places import read_place

WINDOW = 40
"""Characters before a head that a name may reach back."""
_FOUNDED_WITHIN = 16
"""Characters before a name in which the verb that sets it up is looked for."""
_BEFORE_TOPIC = 6  # characters before the longest topic of a quote that are looked at
_LONGEST_TOPIC = 8
_LONGEST_NUMBERED = 16
NEEDS_TOPIC = re.compile(
    r"(?:[一二两三四五六七八九十百\d]+[年月日天大]?(?:专项)?(?:行动|攻坚|会战|整治)|回头看)”"
)
"""A quote that says nothing without its topic: 危险化学品运输整治“三年行动”, 整治“回头看”."""
_NUMBERED = re.compile(r"\d{1,2}[.．、](?!\d)")
"""In front of the heading of a section: 2.落实学法制度."""
_DATED = re.compile(
    r"(?:(?:19|20)\d\d年度?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?)(?![份版期内以前后底初起])"
)
"""In front of what a year or day brought: 2021年受理…, 9月启动…."""
_SINCE = re.compile(r"[^，。；]{0,8}以来")
"""Behind a name that 自 stands before: 自|…制度|实施以来."""
_MANY = re.compile(r"\d+余?[条个项件家处类]\Z")
"""A modifier that ends so counts: 整合38条热线."""
_NUMBER = re.compile(r"\d+余?[个家名]")
"""Behind 和: how many of something else: 经办机构和12个盟市人才服务窗口."""
_OF_PLACE = ("镇", "乡", "街道", "县", "社区", "领导", "干部")
"""In front of a quote: where it is run, or by whom, not of what it is."""
_CAMPAIGNS = ("活动", "行动", "工程")
_HELD_TIMES = re.compile(r"\d+余?[讲期场次堂节]")
"""Behind a quote: how often it was held, so that it opens no name: “…大讲堂”12讲和…活动."""
_ADJACENT = 5  # quotes without anything between them that one name may hold
_SECOND = 4  # characters behind a verb that follows another one and governs too
_SHORTEST_MORE = 2  # characters behind the name of a quote that are no part of it
_DRIVEN = 5  # characters behind a verb such as 推进 that make it govern
LONGEST = 26
"""Characters of a name without quotes: longer ones are sentences."""
LONGEST_LIST = 40
"""Characters of a name that lists several things with one head."""
_LONGEST_STEP = 8
_AIMS = frozenset(("打击", "严打", "整治", "治理", "防范", "清理", "查处", "化解", "遏制"))
"""Verbs that a campaign is named after: 打击“…”专项行动."""
_STEPS = re.compile(
    r"(?:[、和与及][\u4e00-\u9fff]{2,8}?(?<![单台案度制系台])){2,}(?:的|等)?(?:工作)?\Z"
)
"""Two or more short things behind a first one, up to the head: they are its steps."""
_WHAT = 3  # characters that say so
_WHICHEVER = frozenset(("各项", "各类", "各种", "相关", "有关", "一系列"))
_INSIDE = re.compile(r"化(?![解妆肥学工债险])|型|式(?!样)|些")
"""What goes on with a word: no name begins with it (规范 + 化, 创新 + 型)."""
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
"""Further nouns that end one."""
_SERIES = "系列"
"""Behind a quote: what it names is several things, whatever verb follows."""
_OPENING = '“「『‘"'
_CLOSING = '”」』’"'


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
    listed = parallel_start(scan, start, at) if head.head in (*LISTS, "平台", "渠道") else None
    if listed is not None:
        return at - listed
    start = _strip(scan, _cut(scan, start, at, head), at, head)
    modifier = scan.text[start:at]
    longest = LONGEST_LIST if modifier.count("、") else LONGEST
    if len(modifier) < head.shortest or len(modifier) + len(head.head) > longest:
        return 0
    if (head.quoted_only or head.modifiers or head.founded) and not (
        _ends_with(modifier, head.modifiers) or (head.founded and _is_founded(scan, start))
    ):
        return 0
    if _MANY.search(modifier):
        return 0
    if modifier in scan.words.second:  # 调整充实联席会议
        return 0
    adjective = modifier.endswith("新") and not modifier.endswith(("更新", "创新"))
    if is_bare(scan.words, modifier, head) or modifier[0] in "、的和与及等" or adjective:
        return 0
    return len(modifier)


def _is_founded(scan: Scan, start: int) -> bool:
    """Whether a verb that sets up governs what begins here: 设立|巡回法庭和|纠纷调解室."""
    text, founding = scan.text, scan.heads.founding
    if founding.search(text, max(0, start - _FOUNDED_WITHIN), start):
        return True
    if text[start - 1 : start] not in ("、", "和", "与", "及"):
        return False
    floor = max(0, start - _FOUNDED_WITHIN)
    if not text.endswith(scan.heads.qualified, floor, start - 1):
        return False
    return any(founding.search(text, floor, at) for at in range(start - 2, floor, -1))


def before_quote(scan: Scan, clause: int, opened: int) -> int:
    """Where a name begins whose quote opens at ``opened``: before a noun that says of what.

    消费维权“五线合一”, but 街道推行“五线合一”: no verb and no list is part of it.
    """
    whole = opened
    for _ in range(_ADJACENT):  # 打击“…”“…”“…”专项行动
        before = scan.layout.opening(opened - 1) if opened > clause else None
        if before is None or scan.text.endswith(scan.heads.nouns, before, opened - 1):
            break  # “春风行动”“夏秋攻势” are two
        opened = before
    found = _topic_start(scan, clause, opened)
    return whole if found == opened else found


def _topic_start(scan: Scan, clause: int, opened: int) -> int:
    text = scan.text
    needed = NEEDS_TOPIC.match(text, opened + 1) is not None
    longest = _LONGEST_NUMBERED if needed else _LONGEST_TOPIC
    start = max(clause, opened - longest - _BEFORE_TOPIC)
    cut = _cut(scan, start, opened, NO_HEAD)
    listed = text[cut - 1 : cut] in ("、", "和", "与", "及")
    if cut == start > clause or (listed and not needed):
        return opened
    cut = _strip(scan, cut, opened, NO_HEAD)
    modifier = text[cut:opened]
    if (
        not 2 <= len(modifier) <= longest
        or modifier in scan.prefixes
        or (modifier in scan.words.nominal and modifier not in _AIMS)
        or not modifier.isalpha()
        or modifier[-1] in "的了着等有以为"
        or modifier.endswith(_OF_PLACE)
        or modifier.endswith(scan.words.takers)
        or modifier.startswith(scan.words.takers)
        or is_bare(scan.words, modifier, NO_HEAD)
        or _is_place(modifier)
    ):
        return opened
    return cut


def _is_place(modifier: str) -> bool:
    """Whether a modifier only says where: 崇州“农业共营制”."""
    span = read_place(modifier)
    return span is not None and span.end == len(modifier)


def _from_quote(scan: Scan, opened: int, closed: int, at: int, head: Head) -> int | None:
    """A name that begins with a quote, or behind it when a boundary word follows it."""
    text = scan.text
    between = text[closed + 1 : at]
    if between in ("", "的", *AND_MORE) or between.startswith(_SERIES):
        return opened
    # 以“…”为主题举办宪法宣传周, “…”入选…清单, “…”12讲和…比武
    if between.startswith(scan.words.becoming) or _HELD_TIMES.match(between):
        opened = closed + 1
    item = max(map(between.rfind, "、和与及"))
    first = between[: max(item, 0)]
    if first.endswith(scan.all_heads) or scan.heads.automaton.exists(first):
        # “…”行动、…整治 are two
        length = _modifier_length(scan, closed + 2 + item, at, head)
        return at - length if length else None
    if head.quoted_only and between.endswith(_CAMPAIGNS):  # “…”实践活动|办理实事
        return None
    strict = head.quoted_only and not _ends_with(between, head.modifiers)
    farthest = 4 if strict and between[0] != "的" else 12
    if head.head.endswith(("中心", "计划", "演练")):
        farthest = 10  # “一站式”矛盾纠纷多元化解中心
    if between[0] in "、和与及" and LINKED.search(between):  # “…”与信用监管联动机制
        return opened
    words = scan.words
    if between.endswith(words.carriers) and head.head in words.handled:
        return None  # “…”平台|受理
    if between.startswith(words.carriers) and not between.endswith(words.carried_on):
        carrier = next(word for word in words.carriers if between.startswith(word))
        if len(between) - len(carrier) >= _SHORTEST_MORE:  # “…”平台|归集检查计划: two names
            length = _modifier_length(scan, closed + 1 + len(carrier), at, head)
            return at - length if length else None
    if len(between) > farthest or head.head in between:
        opened = closed + 1
    cut = _cut(scan, closed + 1, at, head, quoted=opened <= closed)
    if cut > closed + 1 or opened > closed:
        listed = text[cut - 1] in "、和与及" and _ends_with(text[cut:at], head.modifiers)
        if (head.quoted_only or head.modifiers) and not listed:
            return None
        cut = _strip(scan, cut, at, head)
        return None if is_bare(scan.words, text[cut:at], head) or at - cut < 2 else cut
    return opened


def _ends_with(modifier: str, endings: tuple[str, ...]) -> bool:
    return bool(endings) and modifier.endswith(endings)


def _cut(scan: Scan, start: int, at: int, head: Head, *, quoted: bool = False) -> int:
    """Move the start behind the last boundary word that leaves a name."""
    text, words = scan.text, scan.words
    numbered = _NUMBERED.match(text, start, at)
    start = numbered.end() if numbered else start
    if text.startswith("自", start) and _SINCE.match(text, at + len(head.head)):
        start += 1
    for dated in _DATED.finditer(text, start, at):
        start = dated.end()
    window = start
    bare = bare_offsets(text, start, at, words.bare, head.bare)
    # Told where a word asks for it, which few words do.
    thin: set[int] | None = None
    listed: bool | None = None
    steps = False
    governed = quoted  # by a verb that sets up: verbs behind it belong to the name
    verb_end = subject = item = -1
    for last, (category, length) in words.automaton.iter_long(text, start, at):
        if category == "whole":
            continue
        end = last + 1
        first = end - length
        match category:
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
                # The topic of a quote is a noun, whatever stands before it.
                strong = category == "verb" and (setter or not governed or head is NO_HEAD)
                if text[first:end] in words.done:
                    whose = first > start and text[max(0, start - 1) : start] in ("对", "由")
                    strong = strong or whose or text.endswith(words.doers, start, first)
                strong = strong or (drives and not governed and end not in bare)
                cuts = end < at and (leads or strong)
                # 三个旗县开展试点 names nothing.
                cuts = cuts or (strong and (head is NO_HEAD or not governed))
                governed = governed or (cuts and setter)
                verb_end = end if cuts else verb_end
            case "join":
                if listed is None:
                    listed = text.endswith(AND_MORE, window, at) or is_counted(text, window, at)
                    steps = head.head in LISTS and _STEPS.search(text, window, at) is not None
                # 健全矛盾排查、流转、化解机制: what is set up shares its head.
                shared = (
                    listed
                    or (steps and first - max(start, item) <= _LONGEST_STEP)
                    or (governed and shares(head, text[first:end], first - start))
                )
                cuts = (
                    first <= start
                    or end in bare
                    or _NUMBER.match(text, end, at) is not None
                    or not (quoted or shared or coordinated(scan, start, first, end, at))
                    or (shared and text.endswith(_own_heads(scan), start, first))
                )
                item = end
            case "more":  # 首问负责、限时办结等制度 is one name
                cuts = "、" not in text[start:first]
                rest = text[end:at]
                cuts = cuts or (rest not in AFTER_MORE and not COUNTED.match(text, end, at))
            case "of":
                if first > 0 and text[first - 1] in _CLOSING:
                    continue
                if thin is None:
                    thin = bare_offsets(text, start, at, words.thin, NO_HEAD.bare)
                cuts = end not in thin or is_bare(words, text[end:at], NO_HEAD)
                verb_end = end if cuts else verb_end  # 牵头的打击骗保联席会议
            case _:
                if head.national and text[first:end] == "全国":
                    continue
                if governed and text[first:end] in scan.words.manners and first - start >= _WHAT:
                    continue  # 建立不良事件主动上报制度
                cuts = end == at or end not in bare or text[first:end] in _WHICHEVER
        if cuts and not _INSIDE.match(text, end, at):
            start = end
    return start


def _own_heads(scan: Scan) -> tuple[str, ...]:
    """What ends a conjunct that has a head of its own."""
    return (*scan.all_heads, *scan.heads.qualified, *_OTHER_HEADS)


def _strip(scan: Scan, start: int, at: int, head: Head) -> int:
    """Leave out scope, counts and the unit's own name in front, where a name remains."""
    text = scan.text
    while True:
        length = 0
        if head.national and text.startswith("全国", start):
            return start
        if text.startswith(scan.prefixes, start):
            length = len(next(p for p in scan.prefixes if text.startswith(p, start)))
        counted = COUNTED.match(text, start, at)
        if counted:
            length = max(length, len(counted.group()))
        if length and text[start + length : start + length + 1] in ("的", "、"):
            length += 1
        of_leaders = text.startswith("领导", start + length) and text[start + length - 1] == "级"
        if not length or of_leaders or is_bare(scan.words, text[start + length : at], head):
            return start
        start += length

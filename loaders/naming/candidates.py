"""Spans that may be names: known wordings, nouns with a head, quoted practices.

Comes in: a text, the spans that are taken, who reports. Goes out: candidates that
do not overlap, longest first where they would.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from loaders.entities import Mention
from loaders.heading import Heading
from loaders.longest import iter_longest
from loaders.naming.bare import NO_HEAD, is_bare
from loaders.naming.boundary import NEEDS_TOPIC, before_quote, find_start
from loaders.naming.campaigns import find_campaigns
from loaders.naming.concepts import Catalogue, ConceptKind, catalogue
from loaders.naming.conjuncts import join
from loaders.naming.coordination import LINKED
from loaders.naming.layout import Layout, find_layout
from loaders.naming.practised import find_practised
from loaders.naming.quoted import QUOTED_NAME, find_quoted_practices
from loaders.naming.scan import Scan
from loaders.naming.spans import Candidate, Taken, taken_spans
from loaders.naming.vocabulary import Boundaries, boundaries, heads
from loaders.naming.wording import is_award, is_goal, is_name, is_occasion, is_past
from loaders.organs import place_forms

_TAIL = re.compile(r"(?:工作)?(?:机制|制度|模式)(?!改革|化|创新|体系|建设)")
_OTHER_THING = re.compile(
    r"(?:服务)?中心(?!组|化|机制|制度)|市场(?!化|准入)|人员|(?:告知|告诫|建议|决定|申请|通知)书|建议(?=\d)|终端"
    r"|(?<!应诉)率|报告(?!制度|机制)|点(?=[，。；、覆位])|[\u4e00-\u9fff]{0,2}(?:工作|服务)站|室|服务区|企业|工作队|[小联]队|队(?!伍)|广场|公园|化(?!解)|栏"
)
"""Behind a known wording: a body, a market, people, a letter, a rate, a place (诉前调解 + 中心)."""
_ACT_COUNTED = re.compile(r"(?<=办)[事理件案]|\d+余?(?:批次|批|人次|场次|场|家次|家)(?![制机])")
"""Behind a known wording: it is an act, not the practice (领导接访 + 12批次); not so in quotes."""
_APPLIED_FOR = re.compile(
    r"(?:[、和与][^，。；、“”]{2,14}){0,3}等\d*余?[项个类]?(?:政务服务|审批|高频|便民)?(?:事项|业务)"
)
"""Behind a known wording: it is what people apply for (生育登记等事项); not so in quotes."""
_TOPIC = re.compile(
    r"(?:[、和与及][^，。；、“”《》]{2,14}){0,4}(?:等[^，。；、]{0,8}(?:问题|纠纷|诉求)|类(?=占|\d)"
    r"|(?:引发|引起|导致|产生|遗留)的)"
)
"""Behind a known campaign: it is what is complained about (棚户区改造、预付费消费等疑难问题)."""
_QUOTE_AND_MORE = re.compile(r"([“「『][^”」』]{2,20}[”」』])等(?:一系列|系列|工作)?$")
_NUMBERED = re.compile(r"[一二两三四五六七八九十百\d]")
_LISTED = re.compile(
    r"(?:等|[两三四五六七八\d]项)(?:工作|配套|相关|协作|长效)?(?:制度|机制|措施|做法)$"
)
_WAYS = re.compile(r"等[^、，]{0,4}(?:渠道|平台|方式|途径|程序)$")
"""Behind things that are each by itself: 热线、留言板等渠道."""
_SERIES = "系列"
"""Between what several campaigns share and their head: 治安整治 + 系列 + 专项行动."""
_TRIALS = ("试点", "试点工作")
_GOES_ON_FOR = 12  # characters behind a name in which the head of a longer one is looked for


def find_candidates(
    text: str, kind: ConceptKind, heading: Heading, taken: Sequence[Mention]
) -> list[Candidate]:
    """Find the names of a kind, in text order, not overlapping.

    Args:
        text: The document's text.
        kind: ``mechanisms`` or ``initiatives``.
        heading: Who reports; the unit's own name is left out in front of names.
        taken: Mentions of earlier steps, whose spans are left alone.
    """
    layout = find_layout(text)
    blocked = taken_spans(taken)
    nouns = (*heads("mechanisms").nouns, *heads("initiatives").nouns)
    own = {*heading.surfaces}
    if heading.place:
        own.update(place_forms(heading.place))
    ordered = tuple(sorted(own, key=lambda name: (-len(name), name)))
    words = boundaries()
    scan = Scan(text, layout, words, heads(kind), nouns, (*ordered, *words.scopes))
    known = _known(text, kind)
    found = [c for k in known if (c := _left_of(text, k, blocked, catalogue(kind)))]
    headed = _split_at_known(scan, _headed(scan, blocked), known, catalogue(kind))
    if kind == "mechanisms":
        found += headed + find_quoted_practices(scan, blocked, known)
        found += find_practised(scan, blocked, (*found, *known))
        found = [c for c in found if not (is_goal(text, c.start) or _is_mere_quote(text, c))]
        found += _again(scan, found, blocked)
        return join(text, _longest(len(text), found), known, catalogue(kind))
    found = [k for k in found if not _TOPIC.match(text, k.end)]
    headed += find_campaigns(scan, blocked)
    found += _outside(_behind_known(text, headed, known), _known(text, "mechanisms"))
    mechanisms = replace(scan, heads=heads("mechanisms"), seen={})
    return [c for c in _longest(len(text), found) if not _goes_on(mechanisms, c)]


def _is_mere_quote(text: str, candidate: Candidate) -> bool:
    """Whether a quote is one of several events, or what something turns away from."""
    start, end = candidate.start, candidate.end
    return candidate.rule == "quote" and (is_occasion(text, end) or is_past(text, start, end))


def _again(scan: Scan, found: list[Candidate], blocked: Taken) -> list[Candidate]:
    """What is quoted once as a practice, wherever the same is quoted: 以“龙游通”为载体."""
    text, layout = scan.text, scan.layout
    quoted = {text[c.start : c.end] for c in found if c.rule == "quote"}
    same = (
        (opened, closed + 1)
        for opened, closed in zip(layout.opens, layout.closes, strict=True)
        if text[opened : closed + 1] in quoted
    )
    return [
        Candidate(start, end, "quote")
        for start, end in same
        if not blocked.overlaps(start, end)
        and not is_award(text, start, end)
        and not is_occasion(text, end)
        and not is_past(text, start, end)
    ]


def _left_of(text: str, known: Candidate, blocked: Taken, names: Catalogue) -> Candidate | None:
    """A known name, or the known one it ends in behind a body: 区政府|常务会议会前学法."""
    if not blocked.overlaps(known.start, known.end):
        return known
    start = blocked.floor(known.end)
    inside = known.start < start < known.end and names.resolve(text[start : known.end])
    return Candidate(start, known.end, known.rule) if inside else None


def _goes_on(scan: Scan, candidate: Candidate) -> bool:
    """Whether a longer name of a mechanism holds the candidate: “双减”工作协调机制."""
    reach = min(candidate.end + _GOES_ON_FOR, len(scan.text))
    for last, head in scan.heads.automaton.iter(scan.text, candidate.end, reach):
        at = last + 1 - len(head.head)
        clause = scan.layout.clause_start(at)
        if at < candidate.end or clause > candidate.start:
            continue
        start = find_start(scan, clause, at, head)
        longer = start is not None and start <= candidate.start
        if longer and is_name(scan.heads, scan.text, start or 0, last + 1):
            return True
    return False


def _behind_known(text: str, headed: list[Candidate], known: list[Candidate]) -> list[Candidate]:
    """Let names begin behind a known one that ends where their quote opens."""
    ends = {k.end: k.start for k in known}
    found = []
    for c in headed:
        quote = text.find("“", c.start + 1, c.end)
        split = quote > 0 and ends.get(quote, -1) >= c.start
        split = split and not NEEDS_TOPIC.match(text, quote + 1)
        found.append(Candidate(quote, c.end, c.rule) if split else c)
    return found


@lru_cache(maxsize=2)  # the mechanisms of a text are asked for with its initiatives too
def _known(text: str, kind: ConceptKind) -> list[Candidate]:
    """Wordings of the catalogue, with quotes around them; mechanisms with 机制 or 制度 too."""
    layout = find_layout(text)
    found = []
    for start, end in iter_longest(text, kind):
        around = layout.quote_around(start)
        if around and around == (start - 1, end):
            start, end = start - 1, end + 1
        elif around and end <= around[1] and around[1] - around[0] <= QUOTED_NAME:
            continue  # a piece of another quoted name
        if _OTHER_THING.match(text, end):
            continue
        if text[start] != "“" and (_ACT_COUNTED.match(text, end) or _APPLIED_FOR.match(text, end)):
            continue
        tail = _TAIL.match(text, end) if kind == "mechanisms" else None
        found.append(Candidate(start, tail.end() if tail else end, "catalogue"))
    return found


def _headed(scan: Scan, blocked: Taken) -> list[Candidate]:
    """Noun phrases that end in a head noun."""
    text, found = scan.text, []
    for last, head in scan.heads.automaton.iter(text):
        end = last + 1
        at = end - len(head.head)
        follows = end + 1 if text.startswith("\n", end) else end  # titles are broken anywhere
        if text.startswith(head.not_before, follows) or text.endswith(head.not_after, 0, at):
            continue
        if text.endswith(_SERIES, 0, at):
            at -= len(_SERIES)
        around = scan.layout.quote_around(at)
        if around:
            if around[1] == end and not is_award(text, around[0], end + 1):
                floor = max(scan.layout.clause_start(around[0]), blocked.floor(around[0]))
                topic = before_quote(scan, floor, around[0])
                content = text[around[0] + 1 : end]
                if topic < around[0] or not (
                    content in scan.heads.refused or _is_plain(scan.words, content[: at - end])
                ):
                    found.append(Candidate(topic, end + 1, "quote"))
            continue
        if head.after_title:
            titled = blocked.title_before(text, at)
            # 活动 alone is no name: 学习《…》活动.
            if titled is not None and not (head.quoted_only and text[at - 1] == "》"):
                found.append(Candidate(titled, end, "head"))
                continue
        clause = max(scan.layout.clause_start(at), blocked.floor(at))
        if clause > at:  # inside a taken span
            continue
        start = (
            clause if head.shortest == 0 and clause == at else find_start(scan, clause, at, head)
        )
        if start is None:
            start = blocked.body_before(at) if head.after_agency else None
            if start is not None:
                found.append(Candidate(start, end, "head"))
            continue
        opened = scan.layout.quote_around(start)
        if opened and opened[1] < at:
            start = opened[0]  # “甲，乙”模范机关创建: a quote is whole
        if quoted := _QUOTE_AND_MORE.match(text, start, at):
            end = quoted.end(1)  # “吹哨报到”“双派遣”等机制: each is one
        if head.head in _TRIALS and text[start - 1 : start] in ("在", "于"):
            continue  # 在两个街道试点…: where something is tried out
        if scan.heads is heads("mechanisms") and is_award(text, start, end):
            continue  # 被评为红旗窗口
        for first, after in ((start, end), *_items_before(scan.layout, text, start)):
            if is_name(scan.heads, text, first, after) and not blocked.overlaps(first, after):
                found.append(Candidate(first, after, "head"))
    return found


def _is_plain(words: Boundaries, modifier: str) -> bool:
    """Whether a quoted modifier says nothing; a number does (“六大机制”, “百日行动”)."""
    return not _NUMBERED.match(modifier) and is_bare(words, modifier, NO_HEAD)


def _items_before(layout: Layout, text: str, start: int) -> list[tuple[int, int]]:
    """Quotes listed before a name that starts with one: “A”、“B”服务."""
    found: list[tuple[int, int]] = []
    if layout.quote_around(start) is None:
        return found
    i = bisect_left(layout.opens, start) - 1
    while i >= 0 and start - layout.closes[i] in (1, 2):
        gap = text[layout.closes[i] + 1 : start]
        if gap not in ("", "、", "，", ",", "和", "与", "及"):
            break
        start = layout.opens[i]
        found.append((start, layout.closes[i] + 1))
        i -= 1
    return found


def _split_at_known(
    scan: Scan, headed: list[Candidate], known: list[Candidate], names: Catalogue
) -> list[Candidate]:
    """Take apart two known names: 依申请公开和信访代理制度, but not the steps of one."""
    text = scan.text
    starts = [k.start for k in known]
    found = []
    for candidate in headed:
        first, keep = candidate.start, True
        i = bisect_left(starts, candidate.start)
        if i and first < known[i - 1].end < candidate.end:
            first = known[i - 1].start  # 重点营运车辆联网联控|平台
        while i < len(known) and known[i].start < candidate.end:
            inner = known[i]
            if (
                LINKED.search(text, inner.end, candidate.end)
                or _LISTED.search(text, inner.end, candidate.end)
                or _is_linked_to(scan, first, inner)
            ):
                pass
            elif text.startswith(("、", "等"), inner.end) and _WAYS.search(
                text, candidate.start, candidate.end
            ):
                keep = False
            elif inner.end < candidate.end and text[inner.end] in "、和与及":
                listed = any(c in "、和与及" for c in text[first : inner.start])
                if not listed and names.resolve(text[inner.end + 1 : candidate.end]):
                    first = inner.end + 1
            elif (
                first < inner.start
                and text[inner.start - 1] in "、和与及"
                and "、" not in text[first : inner.start - 1]
            ):
                keep = inner.end < candidate.end and keep
                first = inner.start
            i += 1
        if keep and candidate.end - first >= 4:
            found.append(Candidate(first, candidate.end, candidate.rule))
    return found


def _is_linked_to(scan: Scan, first: int, known: Candidate) -> bool:
    """Whether a known name says what two things do together: 水行政执法与|检察公益诉讼协作机制."""
    before = known.start - 1
    return (
        first < before
        and scan.text[before] == "与"
        and not scan.text.endswith(scan.all_heads, first, before)
        and LINKED.search(scan.text, known.start, known.end) is not None
    )


def _outside(headed: list[Candidate], known: list[Candidate]) -> list[Candidate]:
    """Candidates that are no part of a known name of the other kind."""
    starts = [k.start for k in known]
    found = []
    for candidate in headed:
        i = bisect_right(starts, candidate.start) - 1
        if i < 0 or known[i].end < candidate.end:
            found.append(candidate)
    return found


def _longest(size: int, candidates: list[Candidate]) -> list[Candidate]:
    """Candidates that do not overlap: longer ones first, then known ones, then earlier ones."""
    used = bytearray(size)
    kept = []
    for c in sorted(candidates, key=lambda c: (c.start - c.end, c.rule, c.start)):
        if not any(used[c.start : c.end]):
            used[c.start : c.end] = b"\1" * (c.end - c.start)
            kept.append(c)
    return sorted(kept, key=lambda c: c.start)

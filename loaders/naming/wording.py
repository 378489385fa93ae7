"""Whether a span reads like a name at all: its characters, doctrine, titles of honour."""

from __future__ import annotations

import re

from loaders.naming.vocabulary import Heads

_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9+＋\-—、，,·“”\"「」『』‘’.×()（）% ]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MARKS = re.compile(r"[“”「」『』‘’\"]")
_QUOTED = re.compile(r"[“「『‘\"]([^”」』’\"]+)")
_AWARDED = re.compile(
    r"(?:称为|称作|誉为|称之为|获评|荣获|评为|授予|获得|获|入选|命名为|评选|创成)(?:全[国省市区县])?$"
)
_AWARD = re.compile(r"[\u4e00-\u9fff]{0,4}(?:称号|荣誉|奖)")
_STRIVES = re.compile(r"争创(?:全国|国家级|[省市区县旗]级|全[省市区县旗])?$")
_GOAL_WITHIN = 6
_TURNS = re.compile(r"(?:走)?向“|(?:转|变|转变)?(?:为|成|到)“")
_OCCASION = re.compile(
    r"(?:[、和与及][^，。；、“”]{2,12}|[、和与及]?“[^”]{2,20}”){0,6}等(?:系列|主题|专题|宣传|各类)*活动"
    r"|等(?:\d+|[一二三四五六七八九十]+)[条件篇个项](?!机制|制度|模式|举措|措施|做法)"
)
"""Behind a quote: it is one of several events or papers (“…”、座谈会等活动, “…”等5条建议)."""


def is_name(nouns: Heads, text: str, start: int, end: int) -> bool:
    """Whether a span looks like a name and is none of the refused ones."""
    surface = text[start:end]
    bare = surface
    if not surface.isalnum():
        bare = _MARKS.sub("", surface)
        quote = _QUOTED.search(surface)
        if quote and _is_doctrine(nouns, quote[1], surface):
            return False
    if bare in nouns.refused:
        return False
    return bool(_NAME.fullmatch(surface)) and _CHINESE.search(surface) is not None


def _is_doctrine(nouns: Heads, content: str, surface: str) -> bool:
    return content in nouns.refused_formulas and not surface.endswith(("普法", "改革"))


def is_award(text: str, opened: int, end: int) -> bool:
    """Whether a quote is a title of honour or praise: 获评“红旗窗口”, 被称为“田间法庭”."""
    return bool(_AWARDED.search(text, max(0, opened - 6), opened) or _AWARD.match(text, end))


def is_goal(text: str, start: int) -> bool:
    """Whether what begins here is to be earned, not run: 争创|“枫桥式”司法所."""
    return _STRIVES.search(text, max(0, start - _GOAL_WITHIN), start) is not None


def is_past(text: str, start: int, end: int) -> bool:
    """Whether a quote is what something turns away from, or only a motto.

    由“被动处置”向“主动治理”转变, 变“多头接访”为“一站式”接待, 以“消除隐患”为主题.
    """
    if text.endswith("以", 0, start) and text.startswith(("为主题", "为主线"), end):
        return True
    return text.endswith(("由", "从", "变"), 0, start) and _TURNS.match(text, end) is not None


def is_occasion(text: str, end: int) -> bool:
    """Whether a quote that ends at ``end`` is one of several events or papers."""
    return _OCCASION.match(text, end) is not None

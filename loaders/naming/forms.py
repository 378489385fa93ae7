"""Which forms are one name: keys, written variants, the printed name.

Every function is one of the wording alone, so that two reports, or two runs,
never name one thing differently.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans("「」『』", "“”“”")
_PUNCTUATION = re.compile(r"[“”‘’「」『』\"'、，,·\-—（）()\s]")
_STRAIGHT = re.compile(r"\"([^\"]*)\"")
_MEETING = re.compile(r"联席会(?!议)")
_WORK_INSIDE = re.compile(r"(?<=.)工作(?=.)")
_SAME = re.compile(r"(?:的)?(?:工作)?(?:机制|制度|模式|办法|原则|程序|做法)$|(?:工作|活动|项目)$")
_SAME_LAST = tuple("制度式法则序作动目")
"""Last characters of what :data:`_SAME` leaves out."""
_HOTLINE = re.compile(r"(1[0-9]{4}|96[0-9]{3,4})[^0-9]{0,14}热线(?:电话|平台)?")
"""A number says which hotline it is, whatever stands between: 12345市民服务热线."""
_QUOTED_HEAD = re.compile(r"([^“”]*“[^”]{4,}”)(?:的)?(?:工作)?(?:机制|制度|模式|做法)")
_HEADED = re.compile(r"(.{2,}?)(?:工作)?(?:机制|制度)")
_INSTITUTIONS = (
    *(
        "公示",
        "报告",
        "登记",
        "保险",
        "补贴",
        "救助",
        "会议",
        "例会",
        "许可",
        "听证",
        "备案",
        "公开",
    ),
    *(
        "述职",
        "值班",
        "回避",
        "代表",
        "责任",
        "产权",
        "档案",
        "资格管理",
        "预算",
        "审计",
        "统计",
        "税收",
    ),
)
"""What is called 制度 by custom; of other things 机制 is the commoner word."""
_QUOTE_FIRST = re.compile(r"(“[^”]{2,}”)(?:的)?(.{1,10})")
_TOPIC_FIRST = re.compile(r"[^“”、]{2,8}(“[^”]{3,}”.*)")
_TWO_WITH_HEAD = re.compile(
    r"([^、和与及“”]+)[、和与及]([^、和与及“”]+?)(机制|制度|体系|渠道|平台)"
)
_CAMPAIGN_TAIL = re.compile(r"(?<=[月周日年节季])活动$|(?<=试点)工作$")


@lru_cache(maxsize=20_000)
def printed(surface: str) -> str:
    """A surface form as a name: corner and straight quotation marks become “ ”."""
    text = surface
    if not text.isalnum():
        text = _STRAIGHT.sub(r"“\1”", "".join(text.split()).translate(_QUOTES))
    return _MEETING.sub("联席会议", text) if "联席会" in text else text


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """What two wordings of one thing share: no quotes, no 工作, no 制度 or 机制 at the end."""
    text = unicodedata.normalize("NFKC", name)
    if not text.isalnum():
        text = _PUNCTUATION.sub("", text)
    if "联席会" in text:
        text = _MEETING.sub("联席会议", text)
    if text.startswith(("1", "9")) and (hotline := _HOTLINE.fullmatch(text)):
        return f"{hotline[1]}热线"
    if text.endswith(_SAME_LAST):
        short = _SAME.sub("", text)
        text = short if len(short) >= 3 else text
    return _WORK_INSIDE.sub("", text) if "工作" in text else text


def common_name(name: str) -> str:
    """The name that reports share which word the same thing with another head.

    诉求分办工作机制 and 诉求分办制度 are 诉求分办机制, “双楼长”制度 and “双楼长”模式 are
    “双楼长”, 质量月活动 is 质量月; 体系, 平台, 程序 tell things apart and stay. A function
    of the wording alone: no report decides what another one's mechanism is called.
    """
    quoted = _QUOTED_HEAD.fullmatch(name)
    if quoted:
        return quoted[1]
    headed = _HEADED.fullmatch(name)
    if headed and not headed[1].endswith(("的", "等")):
        return headed[1] + ("制度" if headed[1].endswith(_INSTITUTIONS) else "机制")
    return _CAMPAIGN_TAIL.sub("", name)


def variants(name: str) -> tuple[str, ...]:
    """Other right forms of a name, sorted: without quotes' head, with and without 工作."""
    found: set[str] = set()
    if "”" in name:
        if quoted := _QUOTE_FIRST.fullmatch(name):
            found.add(quoted[1])
            if "”的" in name:
                found.add(name.replace("”的", "”", 1))
        if topic := _TOPIC_FIRST.fullmatch(name):
            found.add(topic[1])
    short = _SAME.sub("", name)
    if len(short) >= 4 and short != name and not short.endswith("的"):
        found.add(short)
        if name.endswith("工作"):
            pass
        elif "工作" in name[len(short) :]:
            found.add(short + name[len(short) :].replace("工作", "", 1))
    parts = _TWO_WITH_HEAD.fullmatch(name)
    if parts and abs(len(parts[1]) - len(parts[2])) <= 1:
        found.update((parts[1] + parts[3], parts[2] + parts[3]))
    found.discard(name)
    return tuple(sorted(found))

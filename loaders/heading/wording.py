"""Where the wording of a unit ends in a title: 东城区教委|2021年…报告."""

from __future__ import annotations

import re

from loaders.heading.cues import alternatives, words
from loaders.heading.dates import YEAR
from loaders.organs import (
    catalogue,
)
from loaders.places import (
    read_place,
)

# What follows the unit in a title.
_AFTER_UNIT = re.compile(alternatives("after_unit"))


_ENFORCEMENT = re.compile(r"行政执法(?=总队|支队|大队|队|局)")


_KIND = re.compile(
    r"(?:(?:部门|单位|本级|[（(](?:单位|部门|本级|机关)[）)])+|(?<=海关)关区|(?<=[局厅委办院署会])机关)$"
)


# Last characters of the names of units.
_HEADS = words("heads")


_LEADS = re.compile(
    r"^(?:[^，。]{0,24}第[一二三四五六七八九十\d]{1,4}届[^，。]{0,24}第[一二三四五六七八九十\d]{1,4}次(?:全体)?会议"
    r"|[一-鿿]{2,4}同志在|中国共产党|中共|关于|印发|报送|呈报|上报|【[^】]*】|《|\d{4}年?度?(?!\d)|\d{5,}|[\s·•●★]+)+"
)


# Wordings that say "we": 我局, 本机关, 全市.
# Companies before their announcements: 某某股份：2021年度社会责任报告.
_LISTED = re.compile(r"(?P<unit>[一-鿿A-Za-z]{2,8})[：:](?=(?:关于)?(?:19|20)\d\d年)")


_GENERAL = re.compile(
    r"^(?:我|本|全|各|该)?(?:省|市|区|县|旗|州|盟|镇|乡|村|街道|苏木|师|团|局|委|办|厅|部|院|所|队|处|会|社|校|站"
    r"|单位|部门|机关|高校|地区|学院|学校|公司|医院|中心|[总分支大中]队|分局|办公室|园区|新区|社区|管委会|集团|系统|(?:人民)?政府"
    r"|乡镇|镇街|街镇|(?:基层)?工会|(?:公共|学校)?图书馆|[村居]委会|[村居]民委员会)?$"
)


def read_unit(title: str) -> str | None:
    """The unit that a title begins with or holds, as printed; None without one."""
    text = re.sub(r"\s+", "", title)
    if (listed := _LISTED.match(text)) and not re.search(alternatives("report"), listed["unit"]):
        return listed["unit"]
    for _ in range(3):
        lead = _LEADS.match(text)
        party = bool(lead and re.search(r"中共|中国共产党", lead.group()))
        if lead:
            text = text[lead.end() :]
        cut = _AFTER_UNIT.search(text)
        while cut and _ENFORCEMENT.match(text, cut.start()):
            cut = _AFTER_UNIT.search(text, cut.start() + 4)
        unit = (text[: cut.start()] if cut else text).rstrip("的对在就、")
        unit = without_kind(unit)
        if is_unit(unit):
            return ("中共" if party else "") + unit
        if not cut or unit:
            return None
        year = YEAR.match(text)
        text = text[year.end() if year else cut.end() :].lstrip("度")
    return None


def without_kind(text: str) -> str:
    """A unit's name without what accounts call every unit: 某局|部门（单位）, 某海关|关区.

    What a line of work is called is its bureau: 某市气象|部门 → 某市气象局.
    """
    name = _KIND.sub("", text)
    if is_unit(name):
        return name
    span = read_place(name) if name != text else None
    return name + "局" if span and name[span.end :] + "局" in catalogue().organs else text


def is_unit(text: str) -> bool:
    """Whether a wording can be that of a unit."""
    if not 2 <= len(text) <= 45 or _GENERAL.match(text) or re.search(r"[。，；！？“”]", text):
        return False
    if text in catalogue().central:
        return True
    if re.search(
        r"^(?:各|全|有关|相关|基于|基层|我们|一年|今年|去年)|(?<!^[^省市县区州旗全我本])各[省市县区州旗镇乡]",
        text,
    ):
        return False
    if text.endswith(_HEADS):
        return True
    span = read_place(text)
    return span is not None and text[span.end :] in catalogue().organs

"""Where the wording of a unit ends in a title: 东城区教委|2021年…报告."""

from __future__ import annotations

import re

from loaders.heading.dates import YEAR
from loaders.organs import (
    catalogue,
)
from loaders.places import (
    read_place,
)

# What follows the unit in a title.
_AFTER_UNIT = re.compile(
    r"关于|(?:19|20)\d\d|[〇○零一二三四五六七八九]{4}年|年度|法治(?:政府|建设|工作|宣传|[一-鿿]{2}建设|报告)|推进|落实|贯彻|履行|开展|依法行政|依法治理"
    r"|政府信息公开|信息公开|政务公开|信访(?:工作|事项|总结|情况)(?!联席|领导小组|委员会|办公室|中心|局)|工作(?:总结|报告|情况|汇报|要点|计划)|普法(?!办)|“[一-鿿]五”|上半年|下半年|全年|第[一二三四]季度"
    r"|述职|述法|年报|行政执法(?:工作|情况|年度|统计|三项|监督|总队|支队|大队|队|局)|政府工作|自查|深入|全面(?!依法治)|加强|近年|本年|年终|半年|[（(]|[:：]|——"
)


_ENFORCEMENT = re.compile(r"行政执法(?=总队|支队|大队|队|局)")


# Last characters of the names of units.
_HEADS = (
    "省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道", "苏木", "村", "社区", "师",
    "团", "局", "委", "办", "厅", "部", "院", "所", "队", "处", "室", "组", "会", "中心", "站",
    "馆", "校", "园", "学", "社", "台", "署", "府", "司", "厂", "库", "段", "港", "海关", "集团",
    "基地", "银行",
)  # fmt: skip


_LEADS = re.compile(
    r"^(?:中国共产党|中共|关于|印发|报送|呈报|上报|【[^】]*】|《|\d{4}年?度?|[\s·•●★]+)+"
)


_GENERAL = re.compile(r"^(?:区|市|县|省|州|我|本|全|各|本单位|单位|部门)$")


def read_unit(title: str) -> str | None:
    """The unit that a title begins with or holds, as printed; None without one."""
    text = re.sub(r"\s+", "", title)
    for _ in range(3):
        lead = _LEADS.match(text)
        party = bool(lead and re.search(r"中共|中国共产党", lead.group()))
        if lead:
            text = text[lead.end() :]
        cut = _AFTER_UNIT.search(text)
        while cut and _ENFORCEMENT.match(text, cut.start()):
            cut = _AFTER_UNIT.search(text, cut.start() + 4)
        unit = (text[: cut.start()] if cut else text).rstrip("的对在就、")
        if is_unit(unit):
            return ("中共" if party else "") + unit
        if not cut or unit:
            return None
        year = YEAR.match(text)
        text = text[year.end() if year else cut.end() :].lstrip("度")
    return None


def is_unit(text: str) -> bool:
    """Whether a wording can be that of a unit."""
    if not 2 <= len(text) <= 45 or _GENERAL.match(text) or re.search(r"[。，；！？“”]", text):
        return False
    if text in catalogue().central:
        return True
    if re.search(r"^(?:各|全|有关|相关|我们|一年|今年|去年)", text):
        return False
    if text.endswith(_HEADS):
        return True
    span = read_place(text)
    return span is not None and text[span.end :] in catalogue().organs

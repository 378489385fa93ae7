"""What the first paragraphs say of the report itself.

Most reports of public bodies say in their opening whose they are, by one of a few
formulas: 现公布某局2021年…年度报告, 本报告由某局编制, 如有疑问请与某局办公室联系.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.heading.cues import alternatives
from loaders.heading.wording import is_unit, read_unit, without_kind
from loaders.organs import catalogue

# So many of the first paragraphs are the opening; a paragraph is longer than a title.
_PARAGRAPHS = 6


_PARAGRAPH_LENGTH = 25


_ANNOUNCED = re.compile(
    rf"(?:{alternatives('announces')})了?(?:《(?P<quoted>[^《》]{{6,70}})》"
    rf"|(?P<plain>[^，,。；：:《》“”<>〈〉]{{6,70}}?(?:{alternatives('announced')})))"
)


# The order to report, which names other units: 《教育部关于做好…年度报告的通知》.
_ORDER = re.compile(r"《[^《》]{0,80}(?:通知|函|条例|办法|意见|格式|要求)》")


_REPORT = re.compile(alternatives("report"))


_EDITOR = re.compile(
    r"由(?P<unit>[^，,。；：、《》由“”]{3,40}?)(?:[（(][^（）()]*[)）])?"
    r"(?:(?:根据|结合|按照|依据|依照)[^，,。]{0,24})?(?:[，,]?(?:综合|汇总)[^，,。]{0,40}|负责|组织)?"
    rf"(?:{alternatives('edits')})"
)


_ACTOR = re.compile(
    r"(?:^|[，,。；：])(?P<unit>[^由，,。；：《》\s]{3,30}?)"
    rf"(?:(?:根据|结合|按照|依据)[^。]{{0,40}}?(?:{alternatives('edits')})|(?:编制|撰写|形成)了)"
)


# A sentence's subject: 2021年，东城区教委|认真贯彻… · 石桥镇|党委、政府|坚持…
_SUBJECT = re.compile(
    r"(?:^|[，,。；])(?:20\d\d年[^，,。]{0,6}[，,])?(?P<unit>[^，,。；\s（(]{2,30}?)(?:[（(][^（）()]*[)）])?"
    r"(?:党委[、和]?(?:镇|乡)?(?:人民)?政府|党工委[、和]?(?:街道)?(?:办事处|管委会)"
    r"|(?<=[省市县区州旗])委[、和][省市县区州旗](?:人民)?政府)?"
    rf"(?:{alternatives('after_subject')})"
)


# Titles of other documents and asides, over which a sentence is read.
_ASIDE = re.compile(r"《[^《》]*》|[（(][^（）()]*[）)]")


# The office that writes for a town, a zone or a university: 某高新区|党政办公室.
_OFFICE = re.compile(
    r"(?<=[区镇乡])(?:党政综合|党政|综合)办(?:公室)?$"
    r"|(?<=大学|学院)(?:学校|校长|院长|党政|党委|校)?办公室$"
)


_CONTACT = re.compile(
    r"(?:请与|请联系|请向|可与|可联系|直接与)[:：]?(?P<unit>[^，。；：:、（(“”\s]{3,40}?)"
    r"(?=联系|咨询|反映|[，,（(。；:：]|$)"
)


# What stands for the unit in a contact address: 某局|办公室, 某局|政务公开科.
_DESK = re.compile(
    r"(?P<unit>.*(?:[局委厅院部会署队处站心]|府(?!信息公开)|[市县区旗州盟](?=政府信息公开)))(?:局|委)?(?:办公室|办公厅)?(?:政府信息公开|政务公开|信息公开|综合|党政|行政)?"
    r"[一-鿿]{0,6}?(?:办公室|办公厅|办|科|股|室|机构|小组|(?<=公开)中心)"
)


_TOWN_DESK = re.compile(
    r"(?P<unit>.*(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处)?)"
    r"(?:党政综合|党政|综合|政府信息公开[一-鿿]{0,6})?(?:办公室|办)"
)


# A section of an office: 某领导小组办公室|综合科.
_SECTION = re.compile(r"(?P<unit>.*(?:办公室|指挥部|中心))[一-鿿]{2,6}(?:科|股|处)")


_DESKS = (_TOWN_DESK, _DESK, _SECTION)


_SITE = re.compile(
    r"(?:在|从|通过|登录|登陆)(?P<unit>[^，。；：:（(《》“”\s]{4,30}?)(?:官方|门户|政务|公众)?(?:网站|官网)"
)


# 第一部分 某局概况: how the contents of budgets and final accounts begin.
_CHAPTER = re.compile(
    r"^(?:第[一二]部分|一、)[:：、\s]*(?P<unit>[^，。；：:\s]{4,40}?)(?:概[况括]|基本情况)"
)


_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])")


def _paragraphs(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if len(line) > _PARAGRAPH_LENGTH][:_PARAGRAPHS]


def _announced(head: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What the opening announces, with the unit that it begins with."""
    for line in _paragraphs(head):
        for match in _ANNOUNCED.finditer(_ORDER.sub("", line)):
            said: str = match["quoted"] or match["plain"]
            if match["quoted"] and not _REPORT.search(said):
                continue
            if unit := read_unit(said):
                yield said, unit


def find_announced(head: Sequence[str]) -> str | None:
    """Title of the report as its opening announces it: 现公布|某局2021年…年度报告."""
    return next((said for said, _ in _announced(head) if _REPORT.search(said[-4:])), None)


def opening_wordings(head: Sequence[str]) -> Iterator[str]:
    """Wordings of the opening that may name the unit, the most trusted first."""
    opening = _paragraphs(head)
    for _, unit in _announced(head):
        yield unit
    for pattern in (_EDITOR, _ACTOR, _SUBJECT):
        for line in opening if pattern is not _SUBJECT else head:
            for match in pattern.finditer(_ASIDE.sub("", line) if pattern is _EDITOR else line):
                text = re.sub(r"^(?:我|本|全)", "", match["unit"])
                text = re.sub(r"(?<=[局委厅办院部])党[组委]$", "", read_unit(text) or text)
                text = _OFFICE.sub("", text)
                text = text[1:] if text[:1] == "原" and text[1:] in catalogue().central else text
                if text.endswith(("中央", "国务院")) or "、" in text:
                    continue
                if len(text) > 2 and is_unit(text):
                    yield text
    for line in head:
        if chapter := _CHAPTER.match(line):
            yield without_kind(chapter["unit"])
    for line in head:
        numbered = _NUMBERED.match(line)
        if numbered and _REPORT.search(line[-8:]):
            yield from filter(None, [read_unit(line[numbered.end() :])])


def address_wordings(head: Sequence[str]) -> Iterator[str]:
    """Wordings of addresses and web sites in the opening, which may be a superior's."""
    for line in _paragraphs(head):
        for match in _CONTACT.finditer(line):
            desk = next(filter(None, (rx.fullmatch(match["unit"]) for rx in _DESKS)), None)
            text = desk["unit"] if desk else match["unit"]
            if is_unit(text):
                yield text
    for line in _paragraphs(head):
        for match in _SITE.finditer(line):
            if is_unit(match["unit"]) and not match["unit"].endswith(("政府", "市", "县", "区")):
                yield match["unit"]

"""Campaigns that are worded as what is done, and have no head noun.

Something carried to places (民法典进校园、进社区), several drives (大起底、大排查), what is
certified in the end (创建省级示范县), and what the calendar knows: festivals, quoted weeks
and days.
"""

from __future__ import annotations

import re

from loaders.naming.bare import NO_HEAD
from loaders.naming.boundary import find_start
from loaders.naming.scan import Scan
from loaders.naming.spans import Candidate, Taken

_VISITS = re.compile(
    r"(?<![推引促改跟增先走迈挺融演送])进(?P<first>校园|社区|企业|机关|农村|乡村|村居|家庭|军营|工地"
    r"|网络|景区|市场|楼宇|医院|单位|商圈|园区|学校|基层|宗教场所|公共场所)"
    r"(?:[、，]?进[\u4e00-\u9fff]{2,4}?(?=[、，。；等系主宣普活\d]|进))*(?:等?(?:系列|主题|宣传|普法)*活动)?"
)
_DRIVE = re.compile(r"(?<!重)大[\u4e00-\u9fff]{2}(?:、大[\u4e00-\u9fff]{2})+(?:专项)?(?:活动|行动)")
"""Campaigns of several drives: 矛盾纠纷大起底、大排查、大化解专项行动."""
_EVENT = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9·]{2,12}(?<![每今当隔双单生假节作整数年上下])(?<!工作)[周月日季]"
    r"(?<!接待日)(?<!接访日)(?<!约访日)(?<!服务日)(?<!联系日)(?<!恳谈日)(?<!议事日)(?<!说事日)(?<!沟通日)(?<!协商日)(?<!民情日)(?<!\d月)(?<!\d日)"
)
_HELD = re.compile(r"(?:举办|举行|开展|承办|组织)(?:了)?(?:首届|第[一二三四五六七八九十\d]+届)?$")
"""In front of a quoted festival, which is no thing of its own elsewhere."""
_FESTIVAL = re.compile(
    r"(?<=举办|举行|承办|协办)了?(?P<name>(?:首届|第[一二三四五六七八九十百\d]+届)[\u4e00-\u9fff]{2,10}?节)"
)
"""A festival that is held again and again: 承办第八届桃花节."""
_STANDING = ("开设", "设立", "推行", "实行", "建立", "”")
"""In front of a quoted day: one that comes again and again, a way of working."""
_HONOUR = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[是以])|(?<=积极|持续|深入|力争|启动|推进|开展|巩固|成功|全力|扎实))"
    r"(?P<name>(?:创建|争创)(?:"
    r"(?:“[^”]{1,12}(?:县|市|区|乡镇|街道|镇|村|社区|县（市、区）|单位|校园|机关|家庭|企业|窗口|接待室|派出所|司法所|税务所)”)+|"
    r"(?:“[^”]{2,12}”|(?:全国|国家|国家级|[省市区县]级|全[省市]|[省市]|[一-鿿]{2,3}[省市])(?=[^，。；、]{3})(?:“[^”]{2,12}”)?)"
    r"[\u4e00-\u9fff]{0,12}?(?:示范[省市区县镇乡村街点校区]|城市|城区|县城|市|县|乡镇(?:（街道）)?|村|社区|街道|校园|机关|单位|法庭|派出所|司法所|税务所|接待室|窗口)"
    r"))(?=[，。；、\n\d一二三四五六七八九十]|和|为|工作|活动|$)"
)
"""Efforts to become what is certified: 创建省级知识产权强县示范县, 争创“三无”乡镇."""
_CLEANUP = re.compile(
    r"(?P<name>涉及[\u4e00-\u9fff、]{2,24}?的(?:规章|政策|规范性|行政|文件|措施|[、和与及])+专项清理)"
)
"""Reviews of documents by what these are about: 涉及行政处罚内容的规范性文件专项清理."""
_TIMES = re.compile(r"[^，。；、\n]{0,8}?\d+(?:余)?(?:[场批]?次|人次|场)")
"""Behind a visit: it is an act that was counted (律师进社区379次), no campaign."""


def find_campaigns(scan: Scan, blocked: Taken) -> list[Candidate]:
    """Campaigns without a head noun; they may overlap."""
    found = [
        Candidate(*match.span("name"), "head")
        for pattern in (_HONOUR, _FESTIVAL, _CLEANUP)
        for match in pattern.finditer(scan.text)
        if not blocked.overlaps(*match.span("name"))
    ]
    return found + _visits(scan, blocked) + _calendar_events(scan, blocked)


def _calendar_events(scan: Scan, blocked: Taken) -> list[Candidate]:
    """Quoted festivals, weeks and days: “新居民学法周”, but no day on which somebody receives."""
    found = []
    for opened, closed in zip(scan.layout.opens, scan.layout.closes, strict=True):
        content = scan.text[opened + 1 : closed]
        standing = scan.text.endswith(_STANDING, 0, opened)
        festival = content.endswith("节") and _HELD.search(scan.text, max(0, opened - 8), opened)
        held = festival or _EVENT.fullmatch(content) or _DRIVE.fullmatch(f"{content}活动")
        if held and not standing and not blocked.overlaps(opened, closed + 1):
            found.append(Candidate(opened, closed + 1, "quote"))
    return found


def _visits(scan: Scan, blocked: Taken) -> list[Candidate]:
    """Campaigns that carry something to places, or of several drives: 民法典进校园、进社区活动."""
    found = []
    for match in (*_VISITS.finditer(scan.text), *_DRIVE.finditer(scan.text)):
        clause = max(scan.layout.clause_start(match.start()), blocked.floor(match.start()))
        start = find_start(scan, clause, match.start(), NO_HEAD)
        if start is None and match.group().endswith("活动"):
            # 法律 and nothing say which one only together with several places or drives.
            law = scan.text.endswith("法律", clause, match.start())
            start = match.start() - 2 if law else match.start() if match.re is _DRIVE else None
        act = _TIMES.match(scan.text, match.end()) and not match.group().endswith(("活动", "行动"))
        if start is None or act:
            continue
        closed = scan.text[start] == "“" and scan.text.startswith("”", match.end())
        end = match.end() + closed
        if not blocked.overlaps(start, end):
            found.append(Candidate(start, end, "head"))
    return found

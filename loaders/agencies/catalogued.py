"""Organs of the catalogue, with the division in front of them or the one they continue."""

from __future__ import annotations

import re

from loaders.agencies.bounds import body_start, is_boundary
from loaders.agencies.branches import with_office
from loaders.agencies.cues import cues
from loaders.agencies.divisions import continued_division, default_division, division_before
from loaders.agencies.party import read_committee
from loaders.agencies.scan import RELATIVE, Scan
from loaders.agencies.towns import read_town, unlisted_town
from loaders.agencies.unlisted import read_body
from loaders.entities import Mention
from loaders.organs import PARTY_BODIES, catalogue, zone_tails
from loaders.places import (
    Place,
    ancestor_of,
    nearest_division,
    place_before,
    read_place,
    short_name,
)

# What the branches of a body of the centre are, behind the name of their place.
_CENTRAL_BRANCH = re.compile(
    r"(?:中心支行|分行|支行|营业管理部|监管局|监管分局|分局|调查总队|调查队|监管办公室|特派员办事处)"
)
_BUREAU = re.compile(r"[一-鿿]{2,8}?(?P<head>局|司)(?![长级机法直])")
"""A bureau of a ministry, behind the ministry's name: 应急管理部|消防救援局."""
_WITH_BRANCHES = (
    "银行",
    "人行",
    "税务总局",
    "统计局",
    "总局",
    "监会",
    "外汇局",
    "外汇管理局",
    "审计署",
)

_VILLAGE = re.compile(r"(?:村|社区)$")

# Every joint conference has an office; a petition office that names no other means its own.
_SEVERAL = ("队", "中心", "站", "所", "委员会")
_BUILT = ("迁建", "扩建", "改扩建", "新建", "改造")
"""Behind a house that is built: 卫生院|迁建."""
_OF_COUNTY = ("法院", "检察院")
_OF_CONFERENCE = ("联席办", "联席会议办公室")
_OPENING = ("由", "，", "。", "；", "\n")
"""In front of an office that names no conference."""

_IN_EACH = re.compile(
    r"(?:各|全部|所有|\d+个|[一二两三四五六七八九十]+个|等(?=[乡镇街区县地]))"
    r"[^，。；\n]{0,8}?(?:成立|设立|组建|建立|配备)(?:了)?$"
)
"""In front of what several have: 在17个镇街挂牌成立|综合行政执法大队."""

# Forms that may be the end of a longer name: 应急|综合行政执法队.
_LONGER = ("局", "队", "中心", "委员会", "委员会办公室")


def read_central(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """A body of the centre: 国务院, 中办."""
    if form == "中央" and scan.text.startswith(cues().no_central, end):
        return None
    if form == "中央" and "会议" in scan.text[end : end + 12].split("\n")[0]:
        return None
    if form == "国务院" and scan.text.startswith("令", end):
        return None
    span = read_place(scan.text, end) if form.endswith(_WITH_BRANCHES) else None
    if span and form == "国家税务总局" and scan.text.startswith("税务局", span.end):
        return None
    if (
        form == "人行"
        and not (span and _CENTRAL_BRANCH.match(scan.text, span.end))
        and not _relative_place(scan, start)
    ):
        return None
    if scan.is_post(end):
        return None
    if form in ("人民银行", "人行") and (place := _relative_place(scan, start)):
        kind = "支行" if place.level == "县区" else "分行"
        return scan.mention(start - 1, end, f"中国人民银行{place.name}{kind}", "central")
    if form in ("中办", "国办") and not is_boundary(scan.text, start):
        return None
    name = catalogue().central[form].name
    if name.endswith("部") and (bureau := _BUREAU.match(scan.text, end)):
        whole = body_start(scan.text, bureau.start("head"), end) == end
        if whole and not scan.runs_on(bureau.end()):
            return scan.mention(start, bureau.end(), name + bureau.group(), "central")
    if span and (branch := _CENTRAL_BRANCH.match(scan.text, span.end)):
        printed = scan.text[end : branch.end()]
        return scan.mention(start, branch.end(), name + printed, "central")
    return scan.mention(start, end, name, "central")


def _relative_place(scan: Scan, start: int) -> Place | None:
    """The report's own county, city or province in front of a body of the centre: 县|人民银行."""
    relative = scan.text[start - 1 : start]
    if relative not in tuple("省市县区") or not is_boundary(scan.text, start - 1):
        return None
    return nearest_division(scan.place, relative) if scan.place else None


def read_self(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """The unit as it calls itself: 我局."""
    unit = scan.heading.unit
    if not unit or (form[-1] in "会校馆所处心" and form[-1] != unit[-1]):
        return None
    if start and scan.text[start - 1] in "自":
        return None
    return scan.mention(start, end, unit, "self")


def read_party(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """区委, 市委组织部: the division's last character belongs to the form."""
    if scan.is_post(end):
        return None
    return _at_division(scan, start + 1, end, form[1:])


def read_organ(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """An organ that every division may have: 教委."""
    if scan.is_post(end):
        return None
    if form in ("人大", "政协") and scan.text.startswith(("代表", "委员", "提案", "建议"), end):
        return None
    if form in ("工委", "党委", "纪委") and scan.text.startswith("会", end):
        return None
    if form.endswith(_SEVERAL) and scan.is_counted(end):
        return None
    if scan.text.startswith(_BUILT, end):
        return None
    if form == "街道办" and (town := read_town(scan, start, end, "街道办事处")):
        return town
    if form in _OF_CONFERENCE and not (
        _on_petitions(scan)
        and (
            division_before(scan, start)
            or (form == "联席办" and is_boundary(scan.text, start))
            or scan.text.endswith(_OPENING, 0, start)
        )
    ):
        named = read_body(scan, start, end, form)
        return named if named and len(named.surface) > len(form) + 1 else None
    if form == "税务局" and scan.text[start - 1 : start] == "地":
        return None
    found = _at_division(scan, start, end, form)
    if found and found.name.endswith("委员会") and scan.text.startswith("办公室", end):
        office = found.name + "办公室"
        return scan.mention(found.start, end + len("办公室"), office, "organ")
    return with_office(scan, found) if found else None


def both_levels(scan: Scan, lower: Mention) -> tuple[Mention, ...]:
    """Two bodies of one kind that share its name: 省、市|信访局; empty where there is one."""
    start = lower.start - 2
    above, form = scan.text[max(0, start) : lower.start], lower.surface[1:]
    if len(above) < 2 or above[1] != "、" or above[0] not in RELATIVE or not scan.place:
        return ()
    if lower.surface[0] not in RELATIVE or form not in catalogue().organs:
        return ()
    place = nearest_division(scan.place, above[0])
    if place is None or not is_boundary(scan.text, start) or scan.is_taken(start, lower.end):
        return ()
    names = (scan.name_of(place, form), lower.name)
    return tuple(scan.mention(start, lower.end, name, "offices") for name in names)


def _on_petitions(scan: Scan) -> bool:
    return "信访" in (scan.heading.unit or "")


def _at_division(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """An organ, with the division in front of it or the one it continues."""
    if start == scan.last_end and scan.last_place and scan.last_rule == "organ":
        readers = (_office_of_government, _office_of_committee, _of_bureau)
        if office := next(filter(None, (read(scan, end, form) for read in readers)), None):
            return office
    if start == scan.last_end and (office := _of_zone(scan, end, form)):
        return office
    if form in PARTY_BODIES and (committee := read_committee(scan, start, end, form)):
        return committee
    home = scan.place
    if home and home.level == "村社区" and (village := _VILLAGE.search(scan.text, 0, start)):
        name = PARTY_BODIES[form].format(home.full_name) if form in PARTY_BODIES else ""
        return scan.mention(village.start(), end, name or scan.name_of(home, form), "organ")
    found = division_before(scan, start)
    if found:
        place, begin = found
        if place is None:
            return None
        if scan.text[max(0, begin - 4) : begin].endswith(("中国共产党", "国共产党")):
            begin -= 5
        elif form == "税务局" and scan.text.endswith("国家税务总局", 0, begin):
            begin -= 6
        elif scan.text[max(0, begin - 2) : begin] in ("中共", "政协", "共青"):
            begin -= 2
        return _named(scan, begin, end, place, form)
    if form in _OF_COUNTY and (short := _short_county(scan, start)):
        return _named(scan, short[1], end, short[0], form)
    if form == "地区办事处" and not place_before(scan.text, start + 2, scan.last_end):
        return unlisted_town(scan, start, end, "地区")
    if form in ("党委", "纪委") and start and scan.text[start - 1] in RELATIVE:
        return None
    # A city has no working committee; the zone or subdistrict that reports has one.
    place = continued_division(scan, start) if form != "党工委" else None
    if place is None:
        joined = start and scan.text[start - 1] in "和与及"
        if form.endswith(_LONGER) and (joined or not is_boundary(scan.text, start)):
            team = form.endswith("队") and scan.is_general_unit() and not joined
            longer = read_body(scan, start, end, form, owned=not team)
            if longer or not joined:
                return longer
        if scan.place is None or not is_boundary(scan.text, start) or scan.is_class(start):
            return None
        if scan.text.startswith(("制度", "机制", "建设", "改革", "体系"), end):
            return None
        if scan.text.startswith(cues().class_after, end):
            return None
        if _IN_EACH.search(scan.text, max(0, start - 20), start):
            return None
        place = default_division(scan, form)
    return _named(scan, start, end, place, form) if place else None


def _short_county(scan: Scan, end: int) -> tuple[Place, int] | None:
    """The report's own county in short before its court, and where it begins: 杨浦|法院."""
    county = ancestor_of(scan.place, "县区") if scan.place else None
    short = short_name(county.name) if county else ""
    if county is None or not scan.text.endswith(short, scan.last_end, end):
        return None
    begin = end - len(short)
    return (county, begin) if is_boundary(scan.text, begin) else None


def _office_of_government(scan: Scan, end: int, form: str) -> Mention | None:
    """An office named behind its government: 区政府督查室."""
    place = scan.last_place
    organ = catalogue().organs.get(form)
    if place is None or organ is None or scan.last_name != scan.name_of(place, "政府"):
        return None
    if organ.kind.startswith("党委"):
        name = f"{scan.last_name}{organ.name}"
    else:
        name = scan.name_of(place, form)
    return scan.mention(scan.last_start, end, name, "organ")


def _office_of_committee(scan: Scan, end: int, form: str) -> Mention | None:
    """An office named behind its Party committee: 自治区党委|政法委."""
    place, body, organs = scan.last_place, f"委{form}", catalogue().organs
    if place is None or scan.last_name != scan.name_of(place, "党委"):
        return None
    if body in organs:
        return scan.mention(scan.last_start, end, scan.name_of(place, body), "organ")
    if form in organs and organs[form].name.endswith("会议办公室"):
        name = scan.last_name.removesuffix("员会") + organs[form].name
        return scan.mention(scan.last_start, end, name, "organ")
    return None


def _of_bureau(scan: Scan, end: int, form: str) -> Mention | None:
    """A brigade or centre named behind its bureau: 市公安局|交警大队."""
    organ = catalogue().organs.get(form)
    if organ is None or not scan.last_name.endswith(("局", "厅", "委员会")):
        return None
    if organ.kind != "部门" or not organ.name.endswith(("队", "中心", "站", "所", "院")):
        return None
    return scan.mention(scan.last_start, end, scan.last_name + organ.name, "organ")


def _of_zone(scan: Scan, end: int, form: str) -> Mention | None:
    """An office named behind the committee of its zone: 党工委|政法委, 管委会|司法局."""
    place, organ = scan.place, catalogue().organs.get(form)
    if place is None or organ is None or not zone_tails(place):
        return None
    party = organ.kind == "党委机构"
    if scan.last_name == scan.name_of(place, "党工委") and party:
        name = scan.name_of(place, f"党工委{organ.name}")
    elif scan.last_name == scan.name_of(place, "") and not party:
        name = scan.name_of(place, form)
    else:
        return None
    return scan.mention(scan.last_start, end, name, "organ")


def _named(scan: Scan, start: int, end: int, place: Place, form: str) -> Mention:
    scan.last_place = place
    if place == scan.place and scan.text[start:end] in scan.heading.surfaces:
        return scan.mention(start, end, scan.heading.unit or "", "organ")
    return scan.mention(start, end, scan.name_of(place, form), "organ")

"""Party bodies of a unit and of a division that their name alone does not place.

Leading Party groups, Party committees, stationed discipline inspection groups, the
Youth League, and 两办.
"""

from __future__ import annotations

import re

from loaders.agencies.bounds import is_boundary
from loaders.agencies.divisions import default_division, division_before
from loaders.agencies.scan import Scan
from loaders.agencies.unlisted import read_body
from loaders.entities import Mention
from loaders.organs import PARTY_BODIES, catalogue
from loaders.places import (
    ancestor_of,
    nearest_division,
)

# Who sends a discipline inspection group, and to whom: 市纪委监委|驻|局.
_STATIONED = re.compile(
    r"(?:(?P<relative>[省市区县州旗盟])(?:纪委监委|纪委|监委))?派?驻(?P<host>[一-鿿]{0,14})$"
)
_LED_FROM_WITHIN = re.compile(r"中共(.+)(?:党组|(?<=.[局厅学院委办队心室会])委员会)")
"""A unit that is the Party body of an office."""
_UNIT_ITSELF = re.compile(r"(?:在|[我本])?[局厅委办院部]?")


def _office(unit: str | None) -> str | None:
    """The unit, or the office that it leads from within."""
    led = _LED_FROM_WITHIN.fullmatch(unit or "")
    return led[1] if led else unit


def read_leadership(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """The leading Party group of the unit or of the agency named before it."""
    unit = _office(scan.heading.unit)
    if scan.text.startswith(("书记", "成员", "织"), end):
        return None
    if scan.text.endswith(("党委（", "党委("), 0, start):
        return None  # 各级党委（党组）: a class
    begin = start
    owner = unit
    if unit and unit.endswith("常务委员会") and scan.text.endswith("常委会", 0, start):
        begin = start - (6 if scan.text.endswith(("人大常委会",), 0, start) else 3)
        if scan.text[begin - 1 : begin] in tuple("省市县区州旗"):
            begin -= 1
        return scan.mention(begin, end, PARTY_BODIES["党组"].format(unit), "leadership")
    if scan.last_end == start and scan.last_name and scan.last_rule != "leadership":
        owner = scan.last_name
    elif start and scan.text[start - 1] in "局办委厅院部":
        begin = start - 1
        if not is_boundary(scan.text, begin) and scan.text[begin - 1] not in "我本":
            return None
    elif not is_boundary(scan.text, start) or scan.is_class(start):
        return None
    if not owner or re.search(r"(?:街道办事处|镇人民政府|乡人民政府)$", owner):
        return None
    return scan.mention(begin, end, PARTY_BODIES["党组"].format(owner), "leadership")


def read_committee(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """The Party committee of the unit or of the bureau named before it: 局党委, 学校党委.

    So with its commission for discipline inspection: 院纪委.
    """
    unit, body = _office(scan.heading.unit), PARTY_BODIES[form]
    if form in ("工会", "团委") and scan.text[start - 1 : start] not in ("校", "院"):
        return None
    if start and scan.last_end == start and scan.last_rule in ("self", "branch", "organ"):
        if scan.last_name.endswith(("局", "厅", "大队", "支队", "学", "院", "委员会")):
            owner = scan.last_name
            return scan.mention(scan.last_start, end, body.format(owner), "leadership")
        return None
    begin = start - (2 if scan.text[start - 2 : start] == "学校" else 1)
    if not unit or start < 2 or scan.text[start - 1] not in "局校院厅委":
        return None
    if not is_boundary(scan.text, begin) and scan.text[begin - 1] not in "我本":
        return None
    return scan.mention(begin, end, body.format(unit), "leadership")


def read_youth(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """The Youth League committee of a division: 团区委."""
    place = nearest_division(scan.place, form[1]) if scan.place else None
    if place is None or scan.is_post(end):
        return None
    return scan.mention(start, end, scan.name_of(place, "团委"), "organ")


def read_prefecture(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """Committee and administration of a prefecture (地区), or of a league: 地委, 行署."""
    place = ancestor_of(scan.place, "市") if scan.place else None
    if place is None or not place.name.endswith(("地区", "盟")) or scan.is_post(end):
        return None
    if form == "地委":
        return scan.mention(start, end, f"中共{place.official_name}委员会", "organ")
    begin = start - 1 if scan.text[start - 1 : start] in ("盟", "我") and form == "行署" else start
    return scan.mention(begin, end, f"{place.official_name}行政公署", "organ")


def read_both_offices(scan: Scan, start: int, end: int) -> tuple[Mention, ...]:
    """The offices of committee and government that one word names: 市“两办”, 区两办.

    Returns:
        Two mentions of one span; none where the report has no place.
    """
    text = scan.text
    quoted = text[start - 1 : start] == "“" and text[end : end + 1] == "”"
    begin, after = (start - 1, end + 1) if quoted else (start, end)
    found = division_before(scan, begin)
    if not found and not is_boundary(text, begin):
        return ()
    place, begin = found or (default_division(scan, "党委"), begin)
    if place is None:
        return ()
    hall = "厅" if place.level == "省" else "室"
    names = (scan.name_of(place, f"{kind}办公{hall}") for kind in ("委", "人民政府"))
    return tuple(scan.mention(begin, after, name, "offices") for name in names)


def read_discipline(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """A discipline inspection group that is stationed at a body: 市纪委监委驻局纪检监察组."""
    unit, text = scan.heading.unit, scan.text
    line = text.rfind("\n", 0, start) + 1
    match = _STATIONED.search(text, max(line, start - 24), start)
    if unit is None or scan.is_post(end):
        return None
    if start == scan.last_end and scan.last_rule in ("bureau", "self") and form == "纪检组":
        name = f"中共{scan.last_name}纪律检查组"
        return scan.mention(scan.last_start, end, name, "body")
    if text[start - 1 : start] in ("局", "厅", "委") and is_boundary(text, start - 1):
        return scan.mention(start - 1, end, f"{unit}{form}", "body")
    if match is None:
        bare = scan.line and is_boundary(text, start) and not scan.is_class(start)
        if not bare or scan.place is None:
            return read_body(scan, start, end, form)
        return scan.mention(start, end, f"{scan.name_of(scan.place, '纪委')}驻{unit}{form}", "body")
    if scan.is_class(match.start()):
        return None
    host = match["host"]
    if _UNIT_ITSELF.fullmatch(host):
        host = unit
    elif host[0] in "省市区县州旗盟" and host[1:] in catalogue().organs:
        at = nearest_division(scan.place, host[0]) if scan.place else None
        host = scan.name_of(at, host[1:]) if at else host
    elif not re.fullmatch(r"第[一二三四五六七八九十]{1,3}", host):
        return read_body(scan, start, end, form)
    place = scan.place
    if place and match["relative"]:
        place = nearest_division(place, match["relative"]) or place
    if place is None or place.level == "乡镇街道":
        return read_body(scan, start, end, form)
    owner = scan.name_of(place, "纪委")
    return scan.mention(match.start(), end, f"{owner}驻{host}{form}", "body")

"""Bodies that no catalogue lists, read by their heads: 领导小组, 工作专班, 服务中心."""

from __future__ import annotations

import re

from loaders.agencies.bounds import body_start
from loaders.agencies.cues import cues
from loaders.agencies.own import read_own
from loaders.agencies.scan import Scan
from loaders.agencies.towns import read_town
from loaders.entities import Mention
from loaders.organs import POLICE, catalogue
from loaders.places import (
    Place,
    nearest_division,
    read_place,
    select_place,
)

_NO_NAME = re.compile(r"[两三四五六七八九十]大|[两三]级")
_MADE = re.compile(r"(?:建设|打造)(?:街道|全?[省市区县镇乡]|[一二三四两]级)")
"""What is to be made, for a division: 建设街道智慧治理指挥中心."""
_PRAISED = re.compile("模范|先进|优秀")
_SETS = re.compile(r"(?:街道|[省市区县镇乡])设")
"""街道设服务中心: a verb, and no name."""
_NO_OWN_WORD = re.compile(r"\d年|年度|[两三四五六七八九十\d]家(?:单位|部门|机关)")

# Bodies of the centre, whoever names them.
_CENTRAL = ("国家", "国务院", "中央", "全国")
_NUMBERED = re.compile(
    rf"(?:{'|'.join(_CENTRAL)})[一-鿿]{{0,6}}第[一二三四五六七八九十\d]{{1,3}}[一-鿿]*组"
)
"""One of several groups of the centre: 中央第四生态环境保护督察组."""

_BRIGADE = re.compile(r"(.+(?:局|厅|委员会))[^局厅会]{2,8}队")
_OFFICE = "办公室"
_SECRETARIAT = "秘书处"
_OFFICE_OF = ("领导小组办公室", "联席会议办公室", "专班办公室", "指挥部办公室", "委员会办公室")
"""Offices that need no name behind the body whose they are."""
_COUNSEL = ("法律顾问团", "法律顾问室")
"""What a unit has one of: 聘请5名律师组成|法律顾问团."""
_SHORTEST_GROUP = 5  # characters: 专项工作组 says nothing

_FOREIGN = frozenset("各级类个等两多全")


def read_body(
    scan: Scan, start: int, end: int, form: str, *, owned: bool = False
) -> Mention | None:
    """A body that no catalogue lists, read by its head.

    With ``owned`` only one that begins with its owner counts: 市林业和园林局.
    """
    if not scan.may_name_body(end):
        return None
    if form in cues().own_heads and (own := read_own(scan, start, end, form)):
        return own
    if form.endswith("领导小组") and scan.text.startswith(_SECRETARIAT, end):
        end += len(_SECRETARIAT)
    if form in ("街道", "街道办事处"):
        return read_town(scan, start, end, form)
    if form.endswith("委员会") and scan.text.startswith(("制度", "机制"), end):
        return None
    if scan.text.startswith(
        ("式", "建设", "规范化建设", "标准化建设", "机制", "模式", "制度", "体系", "会议"), end
    ) and form.endswith(("中心", "办公室")):
        return None
    begin = name_start(scan, start, end, form)
    if begin is None:
        return None
    printed = scan.text[begin:end]
    if printed == form and form in _OFFICE_OF and scan.last_name.endswith(form[: -len(_OFFICE)]):
        return scan.mention(begin, end, scan.last_name + _OFFICE, "body")
    if (
        begin == scan.last_end
        and scan.last_name
        and (printed != form or form in cues().whole_heads)
    ):
        return _of_agency(scan, end, printed)
    if form.endswith("队") and begin == scan.last_end + 1 and (owner := _last_bureau(scan)):
        return scan.mention(begin, end, owner + printed, "body")
    if printed.startswith("武警") and len(printed) > len(form) + 2:
        return scan.mention(begin, end, printed, "body")
    place, body = _owner(scan, printed)
    inside = body.strip("“”") if body.count("“") != body.count("”") else body
    known = inside in catalogue().organs
    weak = form in cues().weak_heads and not (
        _NUMBERED.fullmatch(printed) or _is_founded(scan, begin, inside)
    )
    if owned and printed == body:
        return None
    if inside.startswith(("各", "有关", "相关", "其他")) or (weak and printed == body):
        return None
    owned = place is not None or printed != body
    called = form in _COUNSEL and scan.text.endswith(("组成", "组建", "成立"), 0, begin)
    whole = (owned or called) and form in cues().whole_heads
    if len(inside) - len(form) < (0 if whole else 1 if owned else 2) and not known:
        return None
    if place is None:
        if len(form) == 1 or form == "中心":
            return None
        return _of_unit(scan, begin, end, inside)
    return scan.mention(begin, end, scan.name_of(place, inside), "body")


def _last_bureau(scan: Scan) -> str:
    """The bureau whose brigade was named last, before a further one: 公安局刑侦大队、|经侦大队."""
    if scan.text[scan.last_end] not in "、和与及" or not scan.last_name.endswith("队"):
        return ""
    match = _BRIGADE.fullmatch(scan.last_name)
    if match is None and scan.line == POLICE:
        return scan.heading.unit or ""
    return match[1] if match else ""


def name_start(scan: Scan, start: int, end: int, form: str) -> int | None:
    """Where the name of a body begins that ends in a head; None where it names none.

    Args:
        scan: The report.
        start: Offset of the head.
        end: Offset after it.
        form: The head.
    """
    begin = body_start(scan.text, start, scan.last_end, owned=scan.last_end > 0)
    if begin is None or (begin and scan.text[begin - 1] in _FOREIGN):
        return None
    return None if _is_no_body(scan, scan.text[begin:end], end, form) else begin


def _is_no_body(scan: Scan, printed: str, end: int, form: str) -> bool:
    """Whether a name only ends like a body: 格局, 建设…中心, 理论中心|组."""
    if printed.strip("“”").endswith(cues().no_body) or _NO_OWN_WORD.search(printed):
        return True
    if scan.is_counted(end) or _PRAISED.search(printed):
        return True
    if _MADE.match(printed) or _SETS.match(printed):
        return True
    if (form.endswith("中心") or form == "局") and _NO_NAME.search(printed):
        return True
    return form in ("中心", "局") and bool(
        scan.text.startswith(tuple("组工任城镇区小"), end)
        or any(word in printed for word in cues().no_name)
    )


def _is_founded(scan: Scan, begin: int, body: str) -> bool:
    """Whether a committee stands alone as a subject, or a group is what the unit founds."""
    before = scan.text[max(0, begin - 3) : begin]
    if body.endswith(("工作组", "小组", "服务团", "办公室")):
        return len(body) > _SHORTEST_GROUP and before.endswith(cues().openers)
    if not body.endswith("委员会") or len(body) < 7:
        return False
    return before.endswith(cues().openers) or not "一" <= before[-1:] <= "鿿"


def _of_agency(scan: Scan, end: int, body: str) -> Mention | None:
    """A body whose owner is the agency named right before it: 区教委行政复议领导小组."""
    printed = scan.text[scan.last_start : end]
    if _NUMBERED.fullmatch(printed):
        return scan.mention(scan.last_start, end, printed, "body")
    owner = scan.last_name
    place = scan.last_place or scan.place
    central = scan.last_rule == "central"
    if body.startswith(("部门", "各", "有关", "直属")):
        return None
    if scan.last_rule == "body" or (central and body.endswith(("中心", "局"))):
        return None
    if owner == scan.heading.unit:
        return _of_unit(scan, scan.last_end, end, body)
    if place and owner == scan.name_of(place, ""):
        known = body in catalogue().organs
        name = scan.name_of(place, body) if known else owner + body
        return scan.mention(scan.last_start, end, name, "body")
    stem = re.sub(r"^(中共.+委)员会$", r"\1", owner)
    return scan.mention(scan.last_start, end, stem + body, "body")


def _of_unit(scan: Scan, begin: int, end: int, body: str) -> Mention | None:
    unit = scan.heading.unit
    if unit is None:
        return None
    if scan.place and scan.place.level == "村社区":
        name = scan.name_of(scan.place, re.sub("^(?:村|社区)(?!务|区)", "", body))
        return scan.mention(begin, end, name, "body")
    if body.startswith(_CENTRAL):
        return scan.mention(begin, end, body, "body")
    if scan.place is None:
        owns = not unit.startswith(("国务院", "中共中央"))
        return scan.mention(begin, end, unit + body, "body") if owns else None
    owned = scan.text[begin : begin + 1] in "局办委院厅" and not body.startswith(scan.text[begin])
    if scan.is_general_unit() or (body in catalogue().organs and not owned):
        name = scan.name_of(scan.place, body)
    else:
        name = unit + body
    return scan.mention(begin, end, name, "body")


def _owner(scan: Scan, printed: str) -> tuple[Place | None, str]:
    """Whose body it is, and its name without the owner; None for the unit's own."""
    for surface in scan.heading.surfaces:
        if printed.startswith(surface) and len(surface) < len(printed):
            if surface in scan.towns or scan.is_general_unit():
                return scan.place, printed[len(surface) :]
            return None, printed[len(surface) :]
    if scan.place and scan.place.level == "乡镇街道":
        stem = re.sub(r"(?:街道|镇|乡)$", "", scan.place.name)
        if printed.startswith(stem) and printed[len(stem) :] in cues().whole_heads:
            return scan.place, printed[len(stem) :]
    span = read_place(printed)
    if span and span.end < len(printed) and scan.is_known(span.end, span.candidates):
        place = select_place(span.candidates, scan.place, scan.heading.year)
        return place, printed[span.end :]
    match = re.match(
        r"[我本全]?(街道|自治[区州县旗]|[省市区县州旗盟镇乡局办委院厅])"
        r"(?:(?<=[省市区县镇])级)?(?=[^域级属直委])(?!(?<=市)民(?![政宗族间兵热]))",
        printed,
    )
    if not match or scan.place is None:
        return None, printed
    rest = printed[match.end() :]
    if match[1] in "局办委院厅":
        return None, rest
    if match[1] in ("街道", "镇", "乡"):
        same = scan.place.level == "乡镇街道" and scan.place.name.endswith(match[1])
        return (scan.place, rest) if same else (None, printed)
    level = "省" if match[1] == "自治区" else match[1][-1]
    place = nearest_division(scan.place, level)
    return (place, rest) if place else (None, printed)

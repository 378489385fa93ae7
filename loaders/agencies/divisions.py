"""The division in front of an organ, named or relative to the report: 东城区|教委, 区|教委."""

from __future__ import annotations

import re

from loaders.agencies.bounds import is_boundary
from loaders.agencies.cues import cues
from loaders.agencies.scan import RELATIVE, Scan
from loaders.organs import (
    RURAL_BODIES,
    TOWN_BODIES,
    is_subdistrict,
    zone_tails,
)
from loaders.places import (
    ZONE,
    Place,
    PlaceSpan,
    ancestor_of,
    nearest_division,
    place_before,
    place_of,
    read_place,
    select_place,
)

_LAST_OF_PLACE = frozenset("省市区县州旗盟镇乡道团师")

_CITY_DISTRICTS = ("广西壮族自治区",)
"""Where 城区 is what a district calls itself."""
_ZONE_TAIL = re.compile(rf"{ZONE}$")
_LONGEST_ZONE = 14  # characters
_NAMED_WITHIN = 120  # characters in front of a relative word; a line may have no end
_HAN = re.compile(r"[一-鿿]+")
_NO_ZONE_NAME = ("全", "各", "国家级", "省级", "市级", "有关", "相关", "其他", "该")

# 社区, 城市 and the like end in the same characters and stand for no division.
_NO_RELATIVE = frozenset("社地辖园片校景库山小城都超股集闹灾疫学厂矿牧林开新保街各全")


def division_before(scan: Scan, end: int) -> tuple[Place | None, int] | None:
    """The division that a text writes before an offset, and where it begins.

    Returns:
        None where no division is written; a None place where the words are a
        class (各区) or stand for no division of this report.
    """
    text = scan.text
    if end == 0:
        return None
    floor = scan.last_end
    if end == floor and scan.last_rule == "town":
        return scan.last_place, scan.last_start
    if end == floor and scan.last_rule == "self":
        return scan.place, scan.last_start
    for town in scan.towns:
        if text.endswith(town, floor, end):
            return scan.place, end - len(town)
    last = text[end - 1]
    if text.endswith("兵团", floor, end):
        span = (
            read_place(text, end - 2) if not text.endswith("新疆生产建设兵团", floor, end) else None
        )
        begin = end - 2 if span else end - 8
        return Place("新疆生产建设兵团", (), "省"), begin
    if last not in _LAST_OF_PLACE:
        return None
    span = place_before(text, end, floor, scan.place)
    if span and _is_verb(scan, span):
        span = None
    if span and scan.is_known(span.end - span.start, span.candidates):
        return select_place(span.candidates, scan.place, scan.heading.year), span.start
    if last not in RELATIVE and not text.endswith("街道", floor, end):
        return None
    begin = end - (2 if text.endswith("街道", floor, end) else 1)
    relative = text[begin:end]
    if text.endswith("城区", floor, end) and scan.place and scan.place.names[0] in _CITY_DISTRICTS:
        return nearest_division(scan.place, "区"), end - 2
    if text.endswith(("自治区", "自治州", "自治县", "自治旗"), floor, end):
        begin = end - 3
        relative = "省" if relative == "区" else relative
    if begin > floor and text[begin - 1] in _NO_RELATIVE and not _ends_verb(text, begin):
        return (None, begin) if text[begin - 1] in "各全" else _zone_before(scan, end)
    if (
        scan.last_place
        and scan.last_place.name.endswith(relative)
        and (begin == floor or (begin - 1 == floor and text[floor] in "、和与及"))
    ):
        return scan.last_place, begin
    if scan.is_class(begin) or (begin and text[begin - 1] in RELATIVE and begin > floor):
        return None, begin
    if scan.place is None:
        return None, begin
    if relative in ("街道", "镇", "乡"):
        own = ancestor_of(scan.place, "乡镇街道")
        same = own is not None and own.name.endswith(relative)
        return (own if same and scan.opens(begin) else None), begin
    return nearest_division(scan.place, relative) or _named_before(scan, begin), begin


def _named_before(scan: Scan, begin: int) -> Place | None:
    """The one division inside the report's own that its sentence named: 翁牛特旗由|旗|委政法委."""
    text, home = scan.text, scan.place
    if home is None:
        return None
    floor = max(0, begin - _NAMED_WITHIN)
    floor = max(floor, *(text.rfind(mark, floor, begin) + 1 for mark in "。；\n"))
    named: dict[tuple[str, ...], Place] = {}
    for at in range(floor, begin):
        if text[at] == text[begin] and (span := place_before(text, at + 1, floor, home)):
            within = [p for p in span.candidates if p.is_within(home) and p.names != home.names]
            named |= {p.names: p for p in within}
    return next(iter(named.values())) if len(named) == 1 else None


def _ends_verb(text: str, end: int) -> bool:
    """Whether a verb ends there, no word for a zone: 召开|市委, not 经开|区."""
    return any(text[max(0, end - n) : end] in cues().boundaries for n in (2, 3, 4))


def _is_verb(scan: Scan, span: PlaceSpan) -> bool:
    """Whether a division's name is a verb and a relative word: 会同|县公安局, outside 会同县."""
    word, home = re.sub("(?:街道|.)$", "", scan.text[span.start : span.end]), scan.place
    if home is None or not (word in cues().boundaries or word in cues().no_name):
        return False
    if span.start and span.start == scan.last_end:  # 县司法局|会同|县教育局, beside 会同县 too
        return True
    near = home.names[:2]
    return all(p.names[: len(near)] != near for p in span.candidates)


def _zone_before(scan: Scan, end: int) -> tuple[Place | None, int] | None:
    """The unit's own zone (开发区管委会), or none of this report."""
    place = scan.place
    if place is None or place.code or place.level != "县区":
        return _other_zone(scan, end)
    for tail in zone_tails(place):
        if scan.text.endswith(tail, 0, end):
            return place, end - len(tail)
    for n in (8, 7, 6, 5, 4, 3, 2):
        if end >= n and place.name.endswith(scan.text[end - n : end]):
            return place, end - n
    return None, end


def _other_zone(scan: Scan, end: int) -> tuple[Place | None, int]:
    """A zone of the report's city by its own name: 仲恺高新区|管委会."""
    tail = _ZONE_TAIL.search(scan.text, max(scan.last_end, end - _LONGEST_ZONE), end)
    home = ancestor_of(scan.place, "市") if scan.place else None
    for begin in range(tail.start() - 2, tail.start() - 6, -1) if tail and home else ():
        name = scan.text[begin:end]
        if begin >= scan.last_end and is_boundary(scan.text, begin) and _HAN.fullmatch(name):
            if name.startswith(_NO_ZONE_NAME):
                break
            span = read_place(name)
            if span and span.end == len(name) and span.candidates[0].path:
                return select_place(span.candidates, scan.place, scan.heading.year), begin
            assert home is not None
            return Place(name, home.names, "县区"), begin
    return None, end


def default_division(scan: Scan, form: str) -> Place | None:
    """The division that an organ without one belongs to."""
    place = scan.place
    if place is None:
        return None
    if zone_tails(place) and form in ("党工委", "管委会", "管理委员会"):
        return place
    if place.level == "乡镇街道":
        bodies = TOWN_BODIES if is_subdistrict(place) else RURAL_BODIES
        if form in bodies and form not in ("政府", "人民政府", "人大", "委员会", "街道办"):
            return place
        if (
            re.search(r"(?:队|中心|调解委员会|调委会|小组|武装部)$", form)
            or form in cues().town_offices
        ):
            return place
    if form in cues().no_bare:
        return None
    return place_of(place.path) if place.level == "乡镇街道" else place


def continued_division(scan: Scan, start: int) -> Place | None:
    """The division of the agency that a coordinated name continues: 区教委、国资委."""
    if scan.last_place is None or start - scan.last_end != 1:
        return None
    return scan.last_place if scan.text[start - 1] in "、和与及" else None

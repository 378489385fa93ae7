"""Branches of a city's bureau, and police stations: 区公安分局, 市生态环境局会宁分局."""

from __future__ import annotations

import re
from functools import cache

from loaders.agencies.bounds import is_boundary
from loaders.agencies.cues import cues
from loaders.agencies.divisions import continued_division, division_before
from loaders.agencies.own import read_own
from loaders.agencies.scan import Scan
from loaders.entities import Mention
from loaders.organs import (
    Organ,
    branch_organs,
    catalogue,
    name_branch,
)
from loaders.places import (
    Place,
    ancestor_of,
    place_of,
    read_place,
    select_place,
    short_name,
)

_ZONE = re.compile(r"(?:高新|经开|开发|新)区$")
_VERTICAL = re.compile(r"(?:银保监|银监|金融监管)$")
_PLACE = re.compile(r"[一-鿿]+")
_LONGEST_PLACE = 6  # characters between a bureau and 分局


@cache
def _bureau() -> re.Pattern[str]:
    """A bureau in front of the county of its branch: 公安丰台|分局, 规划资源北辰|分局."""
    stems = sorted((form.removesuffix("分局") for form in branch_organs()), key=len, reverse=True)
    return re.compile(rf"(?P<stem>{'|'.join(stems)})(?:(?<=公安)局)?(?=[^公局]{{2,6}}$)")


@cache
def _office() -> re.Pattern[str]:
    """The office of a bureau in a town, behind the bureau's name: 市场监管局|小河所."""
    organs = catalogue().organs
    lines = {full.removesuffix("所") for full in cues().offices.values()}
    for bureau in cues().offices:
        forms = organs[bureau].forms if bureau in organs else (bureau,)
        lines.update(form.removesuffix("局") for form in forms if form.endswith("局"))
    line = "|".join(sorted(lines, key=lambda name: (-len(name), name)))
    return re.compile(
        rf"(?P<town>[一-鿿]{{2,4}}?)(?:{line})?所"
        r"(?=[、，。；\s）)和与及等在到对]|开展|会同|联合|负责|牵头|推行|创新|探索|被|获|荣获)"
    )


def read_branch(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """A branch of a city's bureau, by the words that end it: 公安分局, 分局."""
    text = scan.text
    if organ := branch_organs().get(form):
        found = division_before(scan, start)
        if found and found[0] and found[0].level == "乡镇街道":
            return scan.mention(found[1], end, scan.name_of(found[0], form), "branch")
        if found and found[0]:
            return _branch(scan, found[1], end, found[0], organ)
        if zone := _of_zone(scan, start, end, organ):
            return zone
        for n in (4, 3, 2):
            span = read_place(text, start - n, short=True) if start >= n else None
            if span and span.end == start:
                place = select_place(span.candidates, scan.place, scan.heading.year)
                if place and place.level == "县区":
                    return _branch(scan, start - n, end, place, organ)
        if start == scan.last_end + 1 and (place := continued_division(scan, start)):
            return _branch(scan, start, end, place, organ)
        if (
            form == "公安分局"
            and scan.place
            and scan.place.level == "县区"
            and is_boundary(text, start)
            and not scan.is_class(start)
        ):
            return _branch(scan, start, end, scan.place, organ)
        return None
    bureau = _bureau().search(text, max(0, start - 12), start)
    span = read_place(text, bureau.end(), short=True) if bureau else None
    if bureau is None or span is None or span.end != start:
        if start == 0 or is_boundary(text, start):
            return read_own(scan, start, end, form)
        readers = (_vertical, _own_branch, _branch_of)
        return next(filter(None, (read(scan, start, end) for read in readers)), None)
    place = select_place(span.candidates, scan.place, scan.heading.year)
    found = division_before(scan, bureau.start())
    begin = found[1] if found else bureau.start()
    if bureau.end() == scan.last_end:
        begin = scan.last_start
    organ = branch_organs()[f"{bureau['stem']}分局"]
    return _branch(scan, begin, end, place, organ) if place else None


def _vertical(scan: Scan, start: int, end: int) -> Mention | None:
    """A branch of an authority of the centre, with the city's short name: 沧州银保监分局."""
    kind = _VERTICAL.search(scan.text, max(scan.last_end, start - 4), start)
    if kind is None:
        return None
    for n in (4, 3, 2):
        begin = kind.start() - n
        span = read_place(scan.text, begin, short=True) if begin >= scan.last_end else None
        if span and span.end == kind.start() and is_boundary(scan.text, begin):
            return scan.mention(begin, end, scan.text[begin:end], "branch")
    city = ancestor_of(scan.place, "市") if scan.place else None
    if city is None or not scan.text.endswith("市", 0, kind.start()):
        return None
    name = f"{short_name(city.name)}{kind.group()}分局"
    return scan.mention(kind.start() - 1, end, name, "branch")


def _of_zone(scan: Scan, start: int, end: int, bureau: Organ) -> Mention | None:
    """A branch in a zone of the city that says no more than what it is: 高新区|公安分局."""
    zone = _ZONE.search(scan.text, max(scan.last_end, start - 3), start)
    city = ancestor_of(scan.place, "市") if scan.place else None
    if zone is None or city is None or not is_boundary(scan.text, zone.start()):
        return None
    name = f"{scan.name_of(city, bureau.name)}{zone.group()}分局"
    return scan.mention(zone.start(), end, name, "branch")


def with_office(scan: Scan, bureau: Mention) -> Mention:
    """The office of a bureau in a town, where its name goes on so: 市场监管局|小河所."""
    if not bureau.name.endswith(tuple(cues().offices)):
        return bureau
    match = _office().match(scan.text, bureau.end)
    if match is None or match["town"].startswith(("各", "下", "所", "基层", "辖区", "有关")):
        return bureau
    full = next(full for end, full in cues().offices.items() if bureau.name.endswith(end))
    return scan.mention(bureau.start, match.end(), bureau.name + match["town"] + full, "branch")


def _own_branch(scan: Scan, start: int, end: int) -> Mention | None:
    """A branch of the bureau that reports, by its county: 南海分局."""
    unit, place = scan.heading.unit, scan.place
    if unit is None or place is None or not unit.endswith("局"):
        return None
    if scan.text[start:end] != "分局":
        return None
    for n in (4, 3, 2):
        begin = start - n
        span = read_place(scan.text, begin, short=True) if begin >= scan.last_end else None
        if span and span.end == start and is_boundary(scan.text, begin):
            county = select_place(span.candidates, place, scan.heading.year)
            if county and county.names[: len(place.names)] == place.names != county.names:
                return scan.mention(begin, end, unit + scan.text[begin:end], "branch")
    return None


def _branch_of(scan: Scan, start: int, end: int) -> Mention | None:
    """A branch of the bureau named right before it: 市生态环境局|会宁分局, …执法局|濮院中队."""
    if scan.last_rule != "organ" or not scan.last_name.endswith(("局", "委员会")):
        return None
    where = scan.text[scan.last_end : start]
    if not 2 <= len(where) <= _LONGEST_PLACE or not _PLACE.fullmatch(where):
        return None
    return scan.behind_last(end, "branch")


def _branch(scan: Scan, start: int, end: int, place: Place, bureau: Organ) -> Mention | None:
    city = place_of(place.path)
    if city is None or place.level != "县区":
        return None
    return scan.mention(start, end, name_branch(city, place, bureau).name, "branch")

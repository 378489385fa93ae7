"""Administrative divisions by year: names, codes, what lies in what.

Comes in: text in which a division is named, and what is known of the report's
own place. Goes out: :class:`Place`. Layers of the code table that no name shows
(市辖区, 省直辖县) are left out of paths: 北京市东城区, 湖北省仙桃市.

Source:
    reference/divisions.tsv (provinces, prefectures and counties, 1980-2024) and
    reference/divisions_towns.tsv (towns and subdistricts); NOTICE names both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Level = Literal["国家", "省", "市", "县区", "乡镇街道", "村社区"]
LEVELS: tuple[Level, ...] = ("国家", "省", "市", "县区", "乡镇街道", "村社区")

_REFERENCE = Path(__file__).parent / "reference"
# 双江拉祜族佤族布朗族傣族自治县 is the longest name of a division.
_LONGEST = 15
# Names that several cities give to a part of themselves say nothing alone.
_GENERIC = frozenset({"郊区", "城区", "矿区", "新区", "市区", "城关区", "东区", "西区"})
_LAST_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division.

    Args:
        name: Its own name: 东城区.
        path: Names of the larger divisions, largest first: (北京市,).
        level: 省 for provinces and municipalities, 市, 县区, 乡镇街道.
        code: Six-digit division code (GB/T 2260); None below the county.
    """

    name: str
    path: tuple[str, ...]
    level: Level
    code: str | None = None

    @property
    def full_name(self) -> str:
        """Names from the largest division down: 北京市东城区."""
        return "".join((*self.path, self.name))

    @property
    def names(self) -> tuple[str, ...]:
        """Names from the largest division down, its own last."""
        return (*self.path, self.name)

    def is_within(self, other: Place) -> bool:
        """Whether the place is the other one or lies in it."""
        return self.names[: len(other.names)] == other.names


@dataclass(frozen=True, slots=True)
class _Divisions:
    """The gazetteer, by every key that a lookup needs."""

    by_name: Mapping[str, tuple[Place, ...]]
    by_short: Mapping[str, tuple[Place, ...]]
    by_names: Mapping[tuple[str, ...], Place]
    by_code: Mapping[str, Place]
    years: Mapping[Place, tuple[int, int]]


def _rows(file: str) -> Iterable[list[str]]:
    for line in (_REFERENCE / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _divisions() -> _Divisions:
    spans: dict[tuple[str, ...], tuple[str, str, int, int]] = {}
    for code, province, city, county, short, first, last in _rows("divisions.tsv"):
        names = tuple(n for n in (province, city, county) if n)
        old = spans.get(names)
        start, end = int(first), int(last)
        if old:
            code = code if end >= old[3] else old[0]
            start, end = min(start, old[2]), max(end, old[3])
        spans[names] = (code, short, start, end)
    by_name: dict[str, list[Place]] = {}
    by_short: dict[str, list[Place]] = {}
    by_names: dict[tuple[str, ...], Place] = {}
    by_code: dict[str, Place] = {}
    years: dict[Place, tuple[int, int]] = {}
    for names, (code, short, start, end) in spans.items():
        level: Level = "省" if code.endswith("0000") else "市" if code.endswith("00") else "县区"
        place = Place(names[-1], names[:-1], level, code)
        by_names[names] = place
        years[place] = (start, end)
        if end == _LAST_YEAR:
            by_code[code] = place
        by_name.setdefault(place.name, []).append(place)
        if "自治" in place.name and level != "省":
            by_name.setdefault(short + place.name[-1], []).append(place)
        if len(short) > 1 and short != place.name:
            by_short.setdefault(short, []).append(place)
    return _Divisions(
        {n: tuple(p) for n, p in by_name.items()},
        {n: tuple(p) for n, p in by_short.items()},
        by_names,
        by_code,
        years,
    )


@cache
def _towns() -> Mapping[str, tuple[str, ...]]:
    """Codes of the counties that have a town of that name."""
    codes: dict[str, list[str]] = {}
    for code, names in _rows("divisions_towns.tsv"):
        for name in names.split(" "):
            codes.setdefault(name, []).append(code)
    return {name: tuple(found) for name, found in codes.items()}


def towns_named(name: str) -> tuple[Place, ...]:
    """Towns and subdistricts of that full name: 景山街道."""
    by_code = _divisions().by_code
    counties = [by_code[code] for code in _towns().get(name, ()) if code in by_code]
    return tuple(Place(name, county.names, "乡镇街道") for county in counties)


def places_named(name: str, *, short: bool = False) -> tuple[Place, ...]:
    """Provinces, prefectures and counties of any year with that name.

    Args:
        name: Full name (东城区), or one of an autonomous area without its
            peoples (湘西州).
        short: Whether names without their last character count too (武汉, 东城).
    """
    divisions = _divisions()
    found = divisions.by_name.get(name, ())
    return found or (divisions.by_short.get(name, ()) if short else ())


def place_of(names: Sequence[str]) -> Place | None:
    """The province, prefecture or county with these names, largest first."""
    return _divisions().by_names.get(tuple(names))


def parent_of(place: Place) -> Place | None:
    """The next larger division; None for a province."""
    if not place.path:
        return None
    return place_of(place.path) or Place(
        place.path[-1], place.path[:-1], LEVELS[max(LEVELS.index(place.level) - 1, 1)]
    )


def ancestor_of(place: Place, level: Level) -> Place | None:
    """The place itself or the larger one of that level; None where there is none."""
    found: Place | None = place
    while found and found.level != level:
        found = parent_of(found)
    return found


def existed(place: Place, year: int | None) -> bool:
    """Whether a division had that name in that year; below the county, its county."""
    years = _divisions().years
    span = years.get(place)
    if span is None and place.path and (parent := place_of(place.path)):
        span = years.get(parent)
    year = min(year or _LAST_YEAR, _LAST_YEAR)
    return span is None or span[0] <= year <= span[1]


def select_place(
    candidates: Sequence[Place],
    near: Place | None = None,
    year: int | None = None,
    counts: Mapping[str, int] | None = None,
) -> Place | None:
    """Choose among places of one name.

    Args:
        candidates: Places that the name fits.
        near: Place of the reporting unit: what lies in it or beside it goes first.
        year: Year of the report: places of that year go first.
        counts: How often the text writes a name; a missing name raises no error there.
    Returns:
        The best one, by the order of codes where nothing tells; None for none.
    """

    def rank(place: Place) -> tuple[bool, int, int, str]:
        shared = 0
        if near:
            for mine, theirs in zip(place.names, near.names, strict=False):
                if mine != theirs:
                    break
                shared += 1
        votes = 0
        for depth, name in enumerate(place.path, start=1):
            if counts is not None:
                votes += depth * (counts[name] + counts[short_name(name)])
        return (not existed(place, year), -shared, -votes, place.code or place.full_name)

    return min(candidates, key=rank, default=None)


@cache
def short_name(name: str) -> str:
    """A division's name without what it is: 武汉市 → 武汉, 广西壮族自治区 → 广西."""
    for short, places in _shorts().items():
        if name in places:
            return short
    return re.sub(r"(?<=..)(?:街道|地区|省|市|区|县|旗|盟|州|镇|乡)$", "", name)


@cache
def _shorts() -> Mapping[str, frozenset[str]]:
    return {
        short: frozenset(p.name for p in places if "自治" in p.name or "行政区" in p.name)
        for short, places in _divisions().by_short.items()
        if any("自治" in p.name or "行政区" in p.name for p in places)
    }


# 人民政府 may stand between a county and its subdistrict.
_BETWEEN = re.compile(r"(?:人民政府|人民代表大会常务委员会|纪律检查委员会|纪委|委员会|委)")
_TOWN = re.compile(
    r"[一-鿿]{1,8}?(?:街道|地区(?=办事处)|镇|乡|苏木)"
    r"(?=$|办事处|办|人民政府|政府|党工委|工委|党委|纪工委|纪委|人大|综合|社区|[一-鿿]{1,8}(?:社区|村))"
)
_VILLAGE = re.compile(
    r"[一-鿿]{1,10}?(?:社区|村)(?=居民委员会|居委会|村民委员会|村委会|党|[两支]委|$)"
)
ZONE = (
    r"(?:国家级)?(?:经济技术开发区|经济技术产业开发区|高新技术产业开发区|高新技术开发区|高新技术产业园区"
    r"|经济开发区|高新开发区|旅游度假区|旅游开发区|综合保税区|保税区|工业园区|工业园|产业园区|产业园"
    r"|科技城|副中心|实验区|示范区|试验区|合作区|管理区|风景名胜区|风景区|自由贸易试验区|自贸试验区|自贸区|自贸港"
    r"|高新区|经开区|开发区|新区|新城|新片区|先行区|度假区)"
)
_ZONE = re.compile(rf"[一-鿿（）()]{{0,10}}?{ZONE}")
_NO_ZONE = re.compile(r"政府|委员会|办公室|局|^[的和与]|[一-鿿](?:省|市|州|县)[一-鿿]")
_CORPS = re.compile(
    r"(?P<corps>新疆生产建设兵团|(?:新疆)?兵团)?(?P<division>第[一二三四五六七八九十]+师|[一二三四五六七八九十]+师)?"
    r"(?P<city>[一-鿿]{2,5}市)?(?P<regiment>[一二三四五六七八九〇\d]+团)?"
)


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A chain of names that lead to a place.

    Args:
        start: First offset of the chain.
        end: Offset after it.
        candidates: Every place that the chain fits; never empty.
    """

    start: int
    end: int
    candidates: tuple[Place, ...]


def _under(found: Iterable[Place], above: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(p for p in found if any(p.names != a.names and p.is_within(a) for a in above))


def read_place(text: str, start: int = 0, *, short: bool = False) -> PlaceSpan | None:
    """Read the chain of divisions that begins at an offset: 湖北武汉市江岸区.

    Args:
        text: Any text without white space inside names.
        start: Offset of the chain.
        short: Whether a county may be named without its last character
            (海淀公安分局); prefectures and provinces always may.
    Returns:
        The longest chain; zones (开发区), corps divisions (第八师) and towns that
        the gazetteer lacks count below a known place. None where no place begins.
    """
    corps = _read_corps(text, start)
    if corps:
        return corps
    above: tuple[Place, ...] = ()
    end = start
    while True:
        between = _BETWEEN.match(text, end) if above else None
        if between:
            step = _step(text, between.end(), above, False, towns_only=True)
        else:
            step = _step(text, end, above, short)
        if not step:
            break
        above, end = step
    zone = _read_zone(text, start, end, above)
    if zone:
        return zone
    return PlaceSpan(start, end, above) if above else None


def _step(
    text: str, at: int, above: tuple[Place, ...], short: bool, *, towns_only: bool = False
) -> tuple[tuple[Place, ...], int] | None:
    divisions = _divisions()
    for length in range(min(_LONGEST, len(text) - at), 1, -1):
        piece = text[at : at + length]
        found: tuple[Place, ...] = ()
        if not towns_only and (above or piece not in _GENERIC):
            found = divisions.by_name.get(piece, ())
            if not found:
                found = divisions.by_short.get(piece, ())
                if not short and not above:
                    found = tuple(p for p in found if p.level != "县区")
                elif not short:
                    found = tuple(p for p in found if p.level == "市")
        if above:
            found = _under(found, above)
        if not found and piece in _towns():
            found = _under(towns_named(piece), above) if above else towns_named(piece)
        if found:
            return found, at + length
    if above and all(p.level != "乡镇街道" for p in above):
        town = _TOWN.match(text, at)
        if town:
            return tuple(Place(town.group(), p.names, "乡镇街道") for p in above), town.end()
    if above and all(p.level == "乡镇街道" for p in above):
        village = _VILLAGE.match(text, at)
        if village:
            return tuple(Place(village.group(), p.names, "村社区") for p in above), village.end()
    return None


@cache
def _zones() -> Mapping[str, Place]:
    """Zones that are known by name alone: 雄安新区."""
    return {
        name: Place(name, tuple(n for n in (province, city) if n), "县区")
        for name, province, city in _rows("divisions_zones.tsv")
    }


def _read_zone(text: str, start: int, end: int, above: tuple[Place, ...]) -> PlaceSpan | None:
    """A development zone below the places read so far, or at the start."""
    if above and above[0].level in ("乡镇街道", "村社区"):
        return None
    for known, place in _zones().items():
        if text.startswith(known, end) and (not above or _under((place,), above)):
            return PlaceSpan(start, end + len(known), (place,))
    zone = _ZONE.match(text, end)
    if not zone or (not above and len(zone.group()) < 4) or _NO_ZONE.search(zone.group()):
        return None
    # 苏州工业园区: the short name of the city belongs to the zone's own.
    short = bool(above) and not text[start:end].endswith(above[0].name)
    name = text[start:end] + zone.group() if short else zone.group()
    roots = above or (None,)
    places = tuple(Place(name, p.names if p else (), "县区") for p in roots)
    return PlaceSpan(start, zone.end(), places)


def _read_corps(text: str, start: int) -> PlaceSpan | None:
    """The Xinjiang Production and Construction Corps and what lies in it."""
    match = _CORPS.match(text, start)
    if not match or not (match["corps"] or match["division"] or match["regiment"]):
        return None
    if not match["corps"] and not match["division"]:
        return None
    root = "新疆生产建设兵团"
    if not match["division"]:
        return PlaceSpan(start, match.end("corps"), (Place(root, (), "省"),))
    division = match["division"] if match["division"].startswith("第") else "第" + match["division"]
    place = Place(division, (root,), "市")
    end = match.end("division")
    if match["city"]:
        end = match.end("city")
        place = Place(division + match["city"], (root,), "市")
    if match["regiment"]:
        end = match.end("regiment")
        place = Place(match["regiment"], place.names, "县区")
    return PlaceSpan(start, end, (place,))


def place_before(text: str, end: int, floor: int = 0) -> PlaceSpan | None:
    """Read the chain of divisions that ends at an offset: 北京市东城区|教委.

    Args:
        text: Any text.
        end: Offset after the chain.
        floor: Offset before which nothing is read.
    Returns:
        The longest chain of full names (the first may be the short name of a
        province or prefecture), or None.
    """
    divisions, towns = _divisions(), _towns()
    below: tuple[Place, ...] = ()
    at = end
    while True:
        for length in range(min(_LONGEST, at - floor), 1, -1):
            piece = text[at - length : at]
            if piece in divisions.by_name:
                found = divisions.by_name[piece]
            elif piece in towns:
                found = towns_named(piece)
            elif piece in divisions.by_short:
                found = tuple(p for p in divisions.by_short[piece] if p.level != "县区")
            else:
                continue
            if piece in _GENERIC and not below:
                found = ()
            if below:
                kept = tuple(
                    b for b in below if any(b.names != f.names and b.is_within(f) for f in found)
                )
                if kept:
                    below, at = kept, at - length
                    break
            elif found:
                below, at = found, at - length
                break
        else:
            break
    return PlaceSpan(at, end, below) if below else None

"""The tables of divisions, and look-ups in them by name, code and year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from loaders.places.model import LEVELS, Level, Place
from loaders.references import REFERENCE

_LAST_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The gazetteer, by every key that a lookup needs."""

    by_name: Mapping[str, tuple[Place, ...]]
    by_short: Mapping[str, tuple[Place, ...]]
    by_names: Mapping[tuple[str, ...], Place]
    by_code: Mapping[str, Place]
    years: Mapping[Place, tuple[int, int]]


def reference_rows(file: str) -> Iterable[list[str]]:
    """Rows of a table of the reference folder, comments left out."""
    for line in (REFERENCE / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once."""
    spans: dict[tuple[str, ...], tuple[str, str, int, int]] = {}
    for code, province, city, county, short, first, last in reference_rows("divisions.tsv"):
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
    return Gazetteer(
        {n: tuple(p) for n, p in by_name.items()},
        {n: tuple(p) for n, p in by_short.items()},
        by_names,
        by_code,
        years,
    )


@cache
def town_codes() -> Mapping[str, str]:
    """Codes of the counties that have a town of that name, six digits each."""
    codes: dict[str, str] = {}
    for code, names in reference_rows("divisions_towns.tsv"):
        for name in names.split(" "):
            codes[name] = codes.get(name, "") + code
    return codes


def towns_named(name: str) -> tuple[Place, ...]:
    """Towns and subdistricts of that full name: 景山街道."""
    by_code = gazetteer().by_code
    codes = town_codes().get(name, "")
    found = (codes[at : at + 6] for at in range(0, len(codes), 6))
    counties = [by_code[code] for code in found if code in by_code]
    return tuple(Place(name, county.names, "乡镇街道") for county in counties)


def places_named(name: str, *, short: bool = False) -> tuple[Place, ...]:
    """Provinces, prefectures and counties of any year with that name.

    Args:
        name: Full name (东城区), or one of an autonomous area without its
            peoples (湘西州).
        short: Whether names without their last character count too (武汉, 东城).
    """
    divisions = gazetteer()
    found = divisions.by_name.get(name, ())
    return found or (divisions.by_short.get(name, ()) if short else ())


def place_of(names: Sequence[str]) -> Place | None:
    """The province, prefecture or county with these names, largest first."""
    return gazetteer().by_names.get(tuple(names))


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
    years = gazetteer().years
    span = years.get(place)
    if span is None and place.path and (parent := place_of(place.path)):
        span = years.get(parent)
    year = min(year or _LAST_YEAR, _LAST_YEAR)
    return span is None or span[0] <= year <= span[1]


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
        for short, places in gazetteer().by_short.items()
        if any("自治" in p.name or "行政区" in p.name for p in places)
    }

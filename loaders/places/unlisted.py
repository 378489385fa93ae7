"""Divisions that the tables lack, read as they are printed.

Counties become cities and districts are merged or renamed every year, and a report
may be of a place that no table of any year has. Its name contradicts a homonym: a
云溪区 written behind an unknown 江州市 is not the one of 岳阳市.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from loaders.places.gazetteer import ancestor_of, gazetteer, place_of
from loaders.places.model import Level, Place, PlaceSpan
from loaders.places.zones import ZONE
from loaders.references import REFERENCE, read_yaml

_ENDINGS = r"(?:自治区|自治州|自治县|自治旗|省|市|盟|县|区|旗)"
_IS_ZONE = re.compile(rf"{ZONE}$")
_IS_DIVISION = re.compile(rf"{_ENDINGS}$")


_LONGEST = 7
_OPENERS = "和与及由经在对向至到赴为是、"
_LARGER: Mapping[Level, re.Pattern[str]] = {
    "乡镇街道": re.compile(r"[市县区旗]$"),
    "县区": re.compile(r"(?:[省市盟]|自治州)$"),
    "市": re.compile(r"省$"),
}


@cache
def _cues() -> dict[str, str]:
    data: dict[str, str] = read_yaml(REFERENCE / "division_cues.yaml")
    return {key: "".join(value.split()) for key, value in data.items()}


@cache
def _name() -> re.Pattern[str]:
    cues = _cues()
    return re.compile(
        rf"(?P<stem>(?:(?![{cues['not_within']}])[一-鿿]){{2,4}}?)"
        rf"(?<![{cues['not_before']}]){_ENDINGS}"
        rf"(?![{cues['not_after']}]|政(?!府|协|务|法|数)|(?<=县)城)"
    )


def read_unlisted(
    text: str, start: int, above: Sequence[Place]
) -> tuple[tuple[Place, ...], int] | None:
    """A province, prefecture or county that the tables lack, where a name must stand.

    Args:
        text: The name of a body or place, or one that begins at ``start``.
        start: Offset of the division.
        above: Places that it lies in, one for each reading; none for the first name.
    Returns:
        The place as printed below each of those places, without a code, and the offset
        after it; None where no such name begins.
    """
    if above and above[0].level not in ("省", "市"):
        return None
    match = _name().match(text, start)
    if not match or _IS_ZONE.search(match.group()):
        return None
    name = match.group()
    places = tuple(
        Place(name, p.names if p else (), level)
        for p in (above or (None,))
        if (level := _level(name, p))
    )
    return (places, match.end()) if places else None


def printed_before(text: str, end: int, floor: int, below: Sequence[Place]) -> PlaceSpan | None:
    """A known name read again below an unknown one written right in front of it.

    Args:
        text: Any text.
        end: Offset where the known name begins.
        floor: Offset before which nothing is read.
        below: The places that the known name fits, none in a division written before it.
    Returns:
        The place as printed, its span ending at ``end``; None where no larger division
        stands there. Where nothing bounds the unknown name, it has two characters
        before its last, as most have.
    """
    larger = _LARGER.get(below[0].level)
    ending = larger.search(text, max(floor, end - _LONGEST), end) if larger else None
    if ending is None:
        return None
    for length in (4, 3, 2):
        start = ending.start() - length
        bounded = (
            start <= floor or not "一" <= text[start - 1] <= "鿿" or text[start - 1] in _OPENERS
        )
        if start < floor or not (bounded or length == 2):
            continue
        match = _name().match(text[start:end])
        if match and match.end() == end - start and match.group() not in gazetteer().by_name:
            above = Place(match.group(), (), _level(match.group(), None) or "市")
            return PlaceSpan(start, end, (Place(below[0].name, above.names, below[0].level),))
    return None


@lru_cache(maxsize=64)  # asked once for every division of a report
def own_names(home: Place | None) -> Mapping[str, Place]:
    """Names that in a report of an unlisted place stand for it and for no homonym."""
    if home is None or not is_unlisted(home):
        return {}
    own: dict[str, Place] = {}
    for depth, name in enumerate(home.names, start=1):
        if depth == len(home.names):
            own[name] = home
        elif place_of(home.names[:depth]) is None and (place := division_of(home.names[:depth])):
            own[name] = place
    return own


def _level(name: str, above: Place | None) -> Level | None:
    """Level that a name's ending tells below a place; None where it cannot lie there."""
    if name.endswith(("省", "自治区")):
        return None if above else "省"
    if name.endswith(("盟", "自治州")):
        return None if above and above.level != "省" else "市"
    if name.endswith("市"):
        return "县区" if above and above.level == "市" else "市"
    return "县区"


def is_division(name: str) -> bool:
    """Whether a name is that of a province, prefecture or county, and of no zone."""
    if name in gazetteer().by_name:
        return True
    return bool(_IS_DIVISION.search(name)) and not _IS_ZONE.search(name)


def division_of(names: Sequence[str]) -> Place | None:
    """The division with these names, largest first; as printed where the tables lack it."""
    above: Place | None = None
    for depth, name in enumerate(names, start=1):
        level = _level(name, above)
        known = place_of(names[:depth])
        if known is None and (level is None or not _IS_DIVISION.search(name)):
            return None
        above = known or Place(name, tuple(names[: depth - 1]), level or "县区")
    return above


def is_unlisted(place: Place) -> bool:
    """Whether the tables lack a province, prefecture or county of the place, zones left out.

    Divisions of the Corps (第八师石河子市) stand in no table and are read by rule.
    """
    names = place.path if place.level == "村社区" else place.names
    if names[:1] == ("新疆生产建设兵团",):
        return False
    return any(
        place_of(names[:depth]) is None and is_division(name)
        for depth, name in enumerate(names, start=1)
    )


def nearest_division(place: Place, level: str) -> Place | None:
    """The division that 市, 区, 县 … stands for in a report of that place."""
    levels: dict[str, Level] = {
        "省": "省",
        "州": "市",
        "盟": "市",
        "县": "县区",
        "区": "县区",
        "旗": "县区",
        "镇": "乡镇街道",
        "乡": "乡镇街道",
    }
    if level == "市":
        for names in (place.names[: i + 1] for i in reversed(range(len(place.names)))):
            if names[-1].endswith("市"):
                return division_of(names)
        return None
    return ancestor_of(place, levels[level])

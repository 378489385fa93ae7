"""Development zones and new areas, which a management committee runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from loaders.places.gazetteer import reference_rows
from loaders.places.model import Place, PlaceSpan, within_any

ZONE = (
    r"(?:国家级)?(?:经济技术开发区|经济技术产业开发区|高新技术产业开发区|高新技术开发区|高新技术产业园区"
    r"|经济开发区|高新开发区|旅游度假区|旅游开发区|综合保税区|保税区|工业园区|工业园|产业园区|产业园"
    r"|科技城|副中心|实验区|示范区|试验区|合作区|管理区|风景名胜区|风景区|自由贸易试验区|自贸试验区|自贸区|自贸港"
    r"|高新区|经开区|开发区|新区|新城|新片区|先行区|度假区|商务区)"
)


# 经济开发区 alone says what a zone is, not which.
_KIND = re.compile(rf"{ZONE}|.{{1,3}}")


_ZONE = re.compile(rf"[一-鿿（）()]{{0,10}}?{ZONE}")


_NO_ZONE = re.compile(r"政府|委员会|办公室|局|^[的和与]|[一-鿿](?:省|市|州|县)[一-鿿]")


@cache
def _zones() -> Mapping[str, Place]:
    """Zones that are known by name alone: 雄安新区."""
    return {
        name: Place(name, tuple(n for n in (province, city) if n), "县区")
        for name, province, city in reference_rows("divisions_zones.tsv")
    }


def read_zone(
    text: str, start: int, end: int, above: tuple[Place, ...], last: int
) -> PlaceSpan | None:
    """A development zone below the places read so far, or at the start.

    Args:
        text: Any text.
        start: Offset of the chain.
        end: Offset after the divisions read so far.
        above: Those divisions, the smallest of each reading.
        last: Offset of the smallest one's name.
    """
    if above and above[0].level in ("乡镇街道", "村社区"):
        return None
    for known, place in _zones().items():
        if text.startswith(known, end) and (not above or within_any((place,), above)):
            return PlaceSpan(start, end + len(known), (place,))
    zone = _ZONE.match(text, end)
    if not zone or (not above and _KIND.fullmatch(zone.group())) or _NO_ZONE.search(zone.group()):
        return None
    # 苏州工业园区: the short name of the city belongs to the zone's own.
    short = bool(above) and not text[start:end].endswith(above[0].name)
    name = text[last:end] + zone.group() if short else zone.group()
    roots = above or (None,)
    places = tuple(Place(name, p.names if p else (), "县区") for p in roots)
    return PlaceSpan(start, zone.end(), places)

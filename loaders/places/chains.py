"""Chains of divisions in a text, read forward or backward: 湖北武汉市江岸区."""

from __future__ import annotations

import re

from loaders.places.corps import read_corps
from loaders.places.gazetteer import gazetteer, town_codes, towns_named
from loaders.places.model import Place, PlaceSpan, within_any
from loaders.places.unlisted import own_names, printed_before, read_unlisted
from loaders.places.zones import read_zone

# 双江拉祜族佤族布朗族傣族自治县 is the longest name of a division.
_LONGEST = 15


_KINDS = frozenset("省市县")

# Names that several cities give to a part of themselves say nothing alone.
_GENERIC = frozenset({"郊区", "城区", "矿区", "新区", "市区", "城关区", "东区", "西区"})


# 人民政府 may stand between a county and its subdistrict.
_BETWEEN = re.compile(r"(?:人民政府|人民代表大会常务委员会|纪律检查委员会|纪委|委员会|委)")


_TOWN = re.compile(
    r"[一-鿿]{1,8}?(?:街道|地区(?=办事处)|镇|乡|苏木)"
    r"(?=$|办事处|办|人民政府|政府|党工委|工委|党委|纪工委|纪委|人大|综合|社区|委员会|工作委员会|纪律检查|便民服务|人民武装部|司法所|卫生院"
    r"|水利|水管|农业|农技|农经|林业|畜牧|安监|安全生产|应急管理|平安|社会|公共|财政|经济发展|经管|规划|村镇建设|城市管理|城管"
    r"|退役军人|党政|党群|党建|纪检监察|妇联|团委|总工会|武装部|派出所|行政执法|人民调解|调委会|法治|法律|依法|信访|市场监|自然资源"
    r"|国土|文化|新时代|统计|扶贫|乡村振兴|民政|民生|劳动|社保|社会保障|计划生育|残联|关工委|政务服务|税务所|网格|环境保护|矛盾"
    r"|[一-鿿]{1,8}(?:社区|村))"
)


_VILLAGE = re.compile(
    r"[一-鿿]{1,10}?(?:社区|村)(?=居民委员会|居委会|村民委员会|村委会|党|[两支]委|$)"
)


def read_place(
    text: str, start: int = 0, *, short: bool = False, unlisted: bool = False
) -> PlaceSpan | None:
    """Read the chain of divisions that begins at an offset: 湖北武汉市江岸区.

    Args:
        text: Any text without white space inside names.
        start: Offset of the chain.
        short: Whether a county may be named without its last character
            (海淀公安分局); prefectures and provinces always may.
        unlisted: Whether a body's name begins at the offset, so that a division
            which the tables lack counts as printed (江州市云溪区信访局).
    Returns:
        The longest chain; zones (开发区), corps divisions (第八师) and towns that
        the gazetteer lacks count below a known place. None where no place begins.
    """
    corps = read_corps(text, start)
    if corps:
        return corps
    above: tuple[Place, ...] = ()
    last = end = start
    while True:
        between = _BETWEEN.match(text, end) if above else None
        if between:
            step = _listed_town(text, end, above)  # 委只洛乡 begins like what stands between
            step = step or _step(text, between.end(), above, False, towns_only=True)
        else:
            step = _step(text, end, above, short)
            # 海西 is short for a prefecture; 海西省 and 海西市 are other places.
            longer = (
                step
                and not above
                and text[step[1] : step[1] + 1] in _KINDS
                and text[start : step[1]] in gazetteer().by_short
            )
            if unlisted and (not step or longer):
                step = read_unlisted(text, end, above) or step
        if not step:
            break
        last = end
        above, end = step
    zone = read_zone(text, start, end, above, last)
    if zone:
        return zone
    return PlaceSpan(start, end, above) if above else None


def _listed_town(
    text: str, at: int, above: tuple[Place, ...]
) -> tuple[tuple[Place, ...], int] | None:
    for length in range(min(_LONGEST, len(text) - at), 1, -1):
        found = within_any(towns_named(text[at : at + length]), above)
        if found:
            return found, at + length
    return None


def _step(
    text: str, at: int, above: tuple[Place, ...], short: bool, *, towns_only: bool = False
) -> tuple[tuple[Place, ...], int] | None:
    divisions = gazetteer()
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
            found = within_any(found, above)
        if not found and piece in town_codes():
            found = within_any(towns_named(piece), above) if above else towns_named(piece)
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


def place_before(
    text: str, end: int, floor: int = 0, home: Place | None = None
) -> PlaceSpan | None:
    """Read the chain of divisions that ends at an offset: 北京市东城区|教委.

    Args:
        text: Any text.
        end: Offset after the chain.
        floor: Offset before which nothing is read.
        home: The report's own place; where the tables lack it, its names stand for it.
    Returns:
        The longest chain of full names (the first may be the short name of a
        province or prefecture), or None.
    """
    divisions, towns, own = gazetteer(), town_codes(), own_names(home)
    below: tuple[Place, ...] = ()
    at = end
    while True:
        for length in range(min(_LONGEST, at - floor), 1, -1):
            piece = text[at - length : at]
            found: tuple[Place, ...]
            if piece in own:
                found = (own[piece],)
            elif piece in divisions.by_name:
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
    if not below:
        return None
    printed = None
    if own.get(below[0].name) != below[0]:
        printed = printed_before(text, at, floor, below)
    if printed:
        return PlaceSpan(printed.start, end, printed.candidates)
    return PlaceSpan(at, end, below)

"""The name of an organ at a place: 东城区 + 教委 → 北京市东城区教育委员会."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from loaders.organs.catalogue import Name, Organ, catalogue
from loaders.places import Place, is_division, place_of, read_place, short_name

# How everybody shortens what a zone is.
_ZONE_SHORTS = (
    ("高新技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
)


def place_forms(place: Place) -> tuple[str, ...]:
    """Official name of a place, then all its divisions, then without the larger ones.

    岳阳市云溪区, 湖南省岳阳市云溪区, 云溪区. A zone that carries its city's name needs no
    more: 苏州工业园区.
    """
    names = place.names
    forms = ["".join(names[i:]) for i in range(len(names))]
    forms.insert(0, place.official_name)
    if is_zone(place) and (not place.path or place.name.startswith(short_name(place.path[-1]))):
        forms.insert(0, place.name)
    if is_zone(place):
        forms += [
            form.replace(*short) for form in forms for short in _ZONE_SHORTS if short[0] in form
        ]
    if len(names) == 3 and names[1].startswith(short_name(names[0])):
        forms.append(names[0] + names[2])
    return tuple(dict.fromkeys(forms))


def is_zone(place: Place) -> bool:
    """Whether a place is a development zone or new area, which a committee manages."""
    return (
        place.level == "县区"
        and not place.code
        and not place.name.endswith("团")
        and not is_division(place.name)
    )


def _distinct(names: list[str]) -> Name:
    first, *rest = dict.fromkeys(names)
    return Name(first, tuple(rest))


def name_organ(place: Place, organ: Organ) -> Name:
    """Name of an organ of the catalogue at a place: 北京市东城区 + 教委."""
    forms = place_forms(place)
    names = [p.format(place=forms[0], name=organ.name) for p in organ.patterns]
    if is_zone(place) and organ.kind == "部门":
        committees = [form + "管理委员会" for form in forms] + [form + "管委会" for form in forms]
        forms = (*forms, *committees)
    for form in forms:
        for pattern in organ.patterns:
            names += [
                pattern.format(place=form, name=n) for n in organ.forms if "{name}" in pattern
            ]
            if "{name}" not in pattern:
                names.append(pattern.format(place=form))
    return _distinct(names)


def name_body(place: Place, body: str) -> Name:
    """Name of a body that the catalogue lacks, its own name kept: 东城区 + 消费者中心."""
    return _distinct([form + body for form in place_forms(place)])


def zone_tails(place: Place) -> tuple[str, ...]:
    """What a zone is called in its own reports: 高新区, 高新技术产业开发区."""
    if not is_zone(place):
        return ()
    for pair in _ZONE_SHORTS:
        if place.name.endswith(pair):
            return tuple(reversed(pair))
    return ()


POLICE = "公安局"


@cache
def branch_organs() -> Mapping[str, Organ]:
    """Bureaus by what a branch of theirs in a district is called: 公安分局, 工商分局."""
    organs = catalogue().organs
    return {
        f"{form.removesuffix('局')}分局": organ
        for form, organ in organs.items()
        if organ.kind == "部门" and form.endswith("局") and len(form) > 2
    }


def name_branch(city: Place, district: Place, bureau: Organ) -> Name:
    """Name of the branch of a city's bureau in one of its districts."""
    short, name = short_name(district.name), district.name
    forms = [f"{form}{bureau.name}{short}分局" for form in place_forms(city)]
    forms += [f"{form}{b}{name}分局" for form in place_forms(city) for b in bureau.forms]
    for form in bureau.forms:
        stem = form.removesuffix("局")
        forms += [f"{at}{stem}分局" for at in (*place_forms(district), short)]
        forms += [f"{at}{form}" for at in place_forms(district)]
        forms += [f"{form}{short}分局", f"{form}{name}分局"]
    return _distinct(forms)


def name_police_branch(city: Place, district: Place) -> Name:
    """Name of the branch of a city's public security bureau in one of its districts."""
    return name_branch(city, district, catalogue().organs[POLICE])


def is_subdistrict(place: Place) -> bool:
    """Whether a division is a subdistrict (街道, 地区), which has an office and no government."""
    return place.level == "乡镇街道" and place.name.endswith(("街道", "地区"))


PARTY_BODIES = {
    "党组": "中共{}党组",
    "党委": "中共{}委员会",
    "党委常委会": "中共{}委员会常务委员会",
    "纪委": "中共{}纪律检查委员会",
    "党总支": "中共{}总支部委员会",
    "工会": "{}工会",
    "团委": "共青团{}委员会",
}
"""Bodies that a unit has of its own beside its offices, and how they are named in full."""
TOWN_BODIES = catalogue().town_forms["街道"]


RURAL_BODIES = catalogue().town_forms["镇"]


def name_town_body(place: Place, body: str, short: str | None = None) -> Name | None:
    """Name of a body of a town or subdistrict: 街道工委, 镇政府.

    Args:
        place: The town or subdistrict.
        body: How the text names its body, without the place; empty for the office.
        short: How the report shortens the town's name (广内街道).
    Returns:
        None for a body that only other levels have.
    """
    kind, bodies = ("街道", TOWN_BODIES) if is_subdistrict(place) else ("镇", RURAL_BODIES)
    if body not in bodies:
        return None
    patterns = catalogue().town[kind][bodies[body]]
    county = (
        place_of(place.path) or Place(place.path[-1], place.path[:-1], "县区")
        if place.path
        else None
    )
    if county is None:  # a town of which nothing tells where it lies
        patterns = tuple(p for p in patterns if "{county}" not in p) or patterns
    names: list[str] = []
    for form in place_forms(county) if county else ("",):
        names += [p.format(place=form + place.name, county=form, town=place.name) for p in patterns]
    if short:
        names += [
            p.format(place=short, county="", town=short) for p in patterns if "{county}" not in p
        ]
    return _distinct([n for n in names if n])


# 区人民政府信访办, 区委区人民政府信访办: the same office as 区信访办.
_JOINT = re.compile(r"^(?:委[^委]{0,12}?)?(?:人民)?政府(?=..)")


# Offices of the Party's working committee of a zone: 党工委|政法委.
_ZONE_OFFICE = re.compile(r"(?:党工委|工委|工作委员会)([一-鿿]{2,14})")


def _zone_office(zone: Place, body: str) -> Name:
    committee = name_organ(zone, catalogue().organs["功能区工作委员会"])
    organ = catalogue().organs.get(body)
    bodies = (organ.name, *organ.forms) if organ else (body,)
    return _distinct([c + b for c in (committee.name, *committee.also) for b in bodies])


def name_agency(place: Place, body: str, short: str | None = None) -> Name:
    """Name of any body at a place, by the catalogue where it is known.

    Args:
        place: The division that the body belongs to.
        body: How the text names it, without the place: 教委, 委, 办事处; empty for
            the division's own government.
        short: How the report shortens the name of a town.
    """
    if place.level == "乡镇街道" and (town := name_town_body(place, body, short)):
        return town
    if place.level == "村社区":
        return name_body(
            place, body or ("居民委员会" if place.name.endswith("社区") else "村民委员会")
        )
    if branch := re.fullmatch(r"公安局(.+)分局", body):
        below = read_place(place.full_name + branch[1], short=True)
        if below and len(below.candidates) == 1 and below.candidates[0].path == place.names:
            return name_police_branch(place, below.candidates[0])
    city = place_of(place.path) if place.level == "县区" and not is_zone(place) else None
    if city and body in branch_organs():  # 淮上区生态环境分局 is the city's
        return name_branch(city, place, branch_organs()[body])
    if is_zone(place) and body in ("党工委", "工委", "工作委员会"):
        return name_organ(place, catalogue().organs["功能区工作委员会"])
    if is_zone(place) and (office := _ZONE_OFFICE.fullmatch(body)):
        return _zone_office(place, office[1])
    if not body:
        body = "管理委员会" if is_zone(place) else "人民政府"
    if place.name.endswith("特别行政区") and body in ("政府", "人民政府"):
        return name_body(place, "政府")
    if body in ("法院", "人民法院") and place.level in ("省", "市"):
        body = "高院" if place.level == "省" else "中院"
    organ = catalogue().organs.get(body)
    if organ is None and (inner := catalogue().organs.get(_JOINT.sub("", body))):
        organ = inner
    if body == "委":
        organ = catalogue().organs["党委"]
    if organ and place.level != "国家":
        return name_organ(place, organ)
    return name_body(place, body)


@cache
def canonical_organs() -> Mapping[str, Organ]:
    """Organs by their canonical pattern with the place left open."""
    return {
        organ.patterns[0].format(place="*", name=organ.name): organ
        for organ in reversed(tuple(catalogue().organs.values()))
    }


def organ_at(name: str, place: Place) -> str:
    """Name of an organ without its place, by the catalogue where it is known: 环境保护局."""
    full = place_forms(place)[0]
    organ = canonical_organs().get(name.replace(full, "*", 1))
    return organ.name if organ else name.removeprefix(full)

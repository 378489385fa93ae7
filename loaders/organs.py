"""Party and state organs: how they are named at a place, and what a name tells.

Comes in: a division and an organ as a text names it (东城区 + 教委). Goes out:
the canonical name, other full names that are just as right, and the properties
of an agency, which follow from its canonical name alone.

Source:
    reference/organs.yaml; ANNOTATION.md, Agencies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from graph.model import Value
from loaders.places import LEVELS, Level, Place, place_of, read_place, select_place, short_name

_REFERENCE = Path(__file__).parent / "reference" / "organs.yaml"


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ that every division of some level may have.

    Args:
        name: Full name without a place: 教育委员会.
        forms: Every way to write it, the full name first: 教委.
        kind: Group of the catalogue: 党委, 政府, 部门, 街道.
        patterns: How it joins a place, the canonical way first.
    """

    name: str
    forms: tuple[str, ...]
    kind: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A canonical name and other full names of the same body."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The organs of reference/organs.yaml.

    Args:
        central: Bodies of the centre by every form of their names.
        organs: Local organs by every form.
        town: Patterns by 街道 or 镇, then by body.
        lines: Words that tell a line of work, in order.
    """

    central: Mapping[str, Name]
    organs: Mapping[str, Organ]
    town: Mapping[str, Mapping[str, tuple[str, ...]]]
    lines: Mapping[str, tuple[str, ...]]


@cache
def catalogue() -> Catalogue:
    """The catalogue, read once."""
    data = yaml.safe_load(_REFERENCE.read_text(encoding="utf-8"))
    central: dict[str, Name] = {}
    for entry in data["central"].split():
        forms = entry.split("=")
        name = Name(forms[0], tuple(f for f in forms[1:] if len(f) > 1))
        central.update(dict.fromkeys(forms, name))
    organs: dict[str, Organ] = {}
    for kind, group in data["kinds"].items():
        for entry in group["organs"].split():
            forms = tuple(entry.split("="))
            organ = Organ(forms[0], forms, kind, tuple(group["patterns"]))
            for form in forms:
                organs.setdefault(form, organ)
                if kind == "党委机构":
                    organs.setdefault("委" + form, organ)
    town = {
        kind: {body: tuple(patterns) for body, patterns in bodies.items()}
        for kind, bodies in data["town"].items()
    }
    return Catalogue(central, organs, town, {k: tuple(v) for k, v in data["lines"].items()})


def place_forms(place: Place) -> tuple[str, ...]:
    """Full name of a place, then without its larger divisions, one by one.

    北京市东城区, 东城区. A zone that carries its city's name needs no more: 苏州工业园区.
    """
    names = place.names
    forms = ["".join(names[i:]) for i in range(len(names))]
    if is_zone(place) and (not place.path or place.name.startswith(short_name(place.path[-1]))):
        forms = [place.name, *forms[:-1]]
    if len(names) == 3 and names[1].startswith(short_name(names[0])):
        forms.append(names[0] + names[2])
    return tuple(dict.fromkeys(forms))


def is_zone(place: Place) -> bool:
    """Whether a place is a development zone or new area, which a committee manages."""
    return place.level == "县区" and not place.code and not place.name.endswith("团")


def _distinct(names: list[str]) -> Name:
    first, *rest = dict.fromkeys(names)
    return Name(first, tuple(rest))


def name_organ(place: Place, organ: Organ) -> Name:
    """Name of an organ of the catalogue at a place: 北京市东城区 + 教委."""
    forms = place_forms(place)
    names = [p.format(place=forms[0], name=organ.name) for p in organ.patterns]
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


def is_subdistrict(place: Place) -> bool:
    """Whether a division is a subdistrict (街道, 地区), which has an office and no government."""
    return place.level == "乡镇街道" and place.name.endswith(("街道", "地区"))


TOWN_BODIES = {
    "街道办事处": "办事处",
    "街道办": "办事处",
    "地区办事处": "办事处",
    "办事处": "办事处",
    "": "办事处",
    "党工委": "工委",
    "工委": "工委",
    "工作委员会": "工委",
    "纪工委": "纪工委",
    "纪检监察工委": "纪工委",
    "纪律检查工作委员会": "纪工委",
    "人大工委": "人大工委",
}
RURAL_BODIES = {
    "": "政府",
    "政府": "政府",
    "人民政府": "政府",
    "党委": "党委",
    "委员会": "党委",
    "纪委": "纪委",
    "纪律检查委员会": "纪委",
    "人大": "人大",
    "人民代表大会": "人大",
}


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
def _canonical_organs() -> Mapping[str, Organ]:
    """Organs by their canonical pattern with the place left open."""
    return {
        organ.patterns[0].format(place="*", name=organ.name): organ
        for organ in reversed(tuple(catalogue().organs.values()))
    }


def _without_government(place: Place, body: str) -> tuple[str, ...]:
    """区人民政府法律顾问团 is the district's panel too."""
    inner = body.removeprefix("人民政府")
    return tuple(form + inner for form in place_forms(place)) if inner not in ("", body) else ()


def aliases_of(name: str) -> tuple[str, ...]:
    """Other full names of the agency with that canonical name, a function of it alone."""
    if name in _central_names():
        return catalogue().central[name].also
    if name.startswith("中共") and name.endswith("党组"):
        owner = name[2:-2]
        owners = (owner, *aliases_of(owner)[:12])
        forms = [f"{lead}{o}党组" for o in owners for lead in ("中共", "", "中国共产党")]
        return tuple(dict.fromkeys(f for f in forms if f != name))
    place = place_in(name)
    if place is None:
        return ()
    if place.level == "乡镇街道":
        kind = TOWN_BODIES if is_subdistrict(place) else RURAL_BODIES
        for body in dict.fromkeys(kind.values()):
            named = name_town_body(place, next(k for k, v in kind.items() if v == body))
            if named and named.name == name:
                return named.also
    organ = _canonical_organs().get(name.replace(place_forms(place)[0], "*", 1))
    if organ:
        return name_organ(place, organ).also
    if branch := re.fullmatch(r"(.+)公安局(.+)分局", name):
        district = branch[1] + place.name
        forms = [
            district + "公安分局",
            place.name + "公安分局",
            f"{branch[2]}公安分局",
            district + "公安局",
        ]
        return (*forms, f"公安局{branch[2]}分局")
    if name.startswith(place.full_name):
        body = name.removeprefix(place.full_name)
        return (*name_body(place, body).also, *_without_government(place, body))
    return ()


_PARTY = re.compile(
    r"^(?:国家税务总局(?=.)|中共|中国共产党|中国人民政治协商会议|中国共产主义青年团|共青团|政协)"
)
_BRANCH = re.compile(r"公安局|市场监督管理局|生态环境局|税务局|自然资源局|规划和自然资源局")


def place_in(name: str, year: int | None = None) -> Place | None:
    """The division that a canonical name begins with; None for central bodies.

    A branch office named for its district lies there: 北京市公安局东城分局.
    """
    start = match.end() if (match := _PARTY.match(name)) else 0
    span = read_place(name, start)
    if not span:
        return None
    place = select_place(span.candidates, year=year)
    if place and (branch := _BRANCH.match(name, span.end)):
        below = read_place(name, branch.end(), short=True)
        inside = [p for p in below.candidates if p.is_within(place)] if below else []
        return select_place(inside, year=year) or place
    return place


def line_of(name: str) -> str | None:
    """Line of work that a canonical name tells: 信访, 司法, 综合; None where it tells none."""
    place = place_in(name)
    body = name.replace(place.full_name, "", 1) if place else name
    for line, words in catalogue().lines.items():
        if any(word in body for word in words):
            return line
    return None


@cache
def _central_names() -> frozenset[str]:
    return frozenset(name.name for name in catalogue().central.values())


def level_of(name: str, place: Place | None) -> Level | None:
    """Level of a body: that of its place, 国家 for bodies of the centre."""
    if place:
        return place.level
    if name in _central_names() or re.match(r"中央|国家|国务院|全国|最高人民|中国|中华", name):
        return LEVELS[0]
    return None


def agency_properties(name: str, also: tuple[str, ...] = ()) -> dict[str, Value]:
    """Node properties of an agency, a function of its canonical name."""
    place = place_in(name)
    found: dict[str, Value | None] = {
        "level": level_of(name, place),
        "line": line_of(name),
        "place": place.full_name if place else None,
    }
    if also:
        found["aliases"] = also
    return {key: value for key, value in found.items() if value is not None}

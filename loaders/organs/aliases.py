"""Other full names of an agency, from its canonical name alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.organs.catalogue import Name, catalogue, central_names
from loaders.organs.naming import (
    RURAL_BODIES,
    TOWN_BODIES,
    branch_organs,
    canonical_organs,
    is_subdistrict,
    name_body,
    name_branch,
    name_organ,
    name_town_body,
    place_forms,
)
from loaders.organs.properties import place_in
from loaders.places import Place, place_of, short_name


def _without_government(place: Place, body: str) -> tuple[str, ...]:
    """区人民政府法律顾问团 is the district's panel too."""
    inner = body.removeprefix("人民政府")
    return tuple(form + inner for form in place_forms(place)) if inner not in ("", body) else ()


def _by_short_organ(place: Place, body: str) -> Iterator[str]:
    """A bureau's brigade by its short name: 公安局|交警大队."""
    for organ in canonical_organs().values():
        if len(organ.forms) > 1 and body.endswith(organ.name):
            bureau = body.removesuffix(organ.name)
            if bureau.endswith(("局", "厅", "委员会")):
                for at in place_forms(place):
                    yield from (at + bureau + form for form in organ.forms[1:])


def _stationed(party: str, host: str, group: str) -> Iterator[str]:
    """Other names of a discipline inspection group that is stationed at a body."""
    place = party.removeprefix("中共")
    for host_form in (host, host.removeprefix(place), place[-1] + host.removeprefix(place)):
        for sender in (
            f"{place}纪委监委",
            f"{place}纪委",
            f"{party}纪律检查委员会",
            f"{party}纪委",
        ):
            yield from (f"{sender}{verb}{host_form}{group}" for verb in ("驻", "派驻"))
        yield from (f"{verb}{host_form}{group}" for verb in ("驻", "派驻"))
    yield f"{host}{group}"


def _branch_of(name: str, place: Place) -> Name | None:
    """A branch of a bureau in a district: 北京市公安局东城分局."""
    city = place_of(place.path) if name.endswith("分局") and place.path else None
    if city is None or not name.startswith(city.official_name):
        return None
    body = name.removeprefix(city.official_name)
    for bureau in dict.fromkeys(branch_organs().values()):
        if body == f"{bureau.name}{short_name(place.name)}分局":
            return name_branch(city, place, bureau)
    return None


def aliases_of(name: str) -> tuple[str, ...]:
    """Other full names of the agency with that canonical name, a function of it alone."""
    if name in central_names():
        return catalogue().central[name].also
    if name.startswith("中共") and name.endswith("党组"):
        owner = name[2:-2]
        owners = (owner, *aliases_of(owner)[:12])
        forms = [f"{lead}{o}党组" for o in owners for lead in ("中共", "", "中国共产党")]
        return tuple(dict.fromkeys(f for f in forms if f != name))
    if unit := re.fullmatch(r"中共(.+(?:局|厅|队|院|学|医院|集团|中心|委员会))委员会", name):
        owners = (unit[1], *aliases_of(unit[1])[:12])
        forms = [f"{o}党委" for o in owners] + [f"中共{o}党委" for o in owners]
        return (*forms, *(f"中共{o}委员会" for o in owners[1:]))
    if group := re.fullmatch(r"(中共.+)纪律检查委员会驻(.+)(纪检监察组|纪检组)", name):
        return tuple(_stationed(*group.groups()))
    place = place_in(name)
    if place is None:
        return ()
    if place.level == "乡镇街道":
        kind = TOWN_BODIES if is_subdistrict(place) else RURAL_BODIES
        for body in dict.fromkeys(kind.values()):
            named = name_town_body(place, next(k for k, v in kind.items() if v == body))
            if named and named.name == name:
                return named.also
    organ = canonical_organs().get(name.replace(place_forms(place)[0], "*", 1))
    if organ:
        return name_organ(place, organ).also
    if branch := _branch_of(name, place):
        return tuple(form for form in (branch.name, *branch.also) if form != name)
    if name.startswith(place.official_name):
        body = name.removeprefix(place.official_name)
        return (
            *name_body(place, body).also,
            *_without_government(place, body),
            *_by_short_organ(place, body),
        )
    return ()

"""Which of the wordings is the reporting unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.heading.lines import NAVIGATION
from loaders.heading.sources import FOOT_UNIT, META_UNIT, unit_wordings
from loaders.heading.unit import PlaceCounts, Unit, resolve_unit
from loaders.heading.wording import read_unit
from loaders.organs import (
    catalogue,
    name_agency,
)
from loaders.places import (
    Place,
    existed,
    read_place,
    select_place,
)


def find_unit(
    title: str | None,
    lines: Sequence[str],
    head: Sequence[str],
    foot: Sequence[str],
    counts: PlaceCounts,
    year: int | None,
) -> Unit | None:
    """The reporting unit, from the most trusted part that names it with a place."""
    near = _near(head, foot, counts, year)
    partial: Unit | None = None
    named = read_unit(title) if title else None
    for printed in unit_wordings(title, lines, head, foot):
        unit = resolve_unit(printed, counts, year)
        if unit is None or unit.place is None:
            other = resolve_unit(printed, counts, year, near) if near else None
            unit = other or unit
        if unit is None:
            continue
        if unit.place or unit.name.name in {n.name for n in catalogue().central.values()}:
            return _checked(unit, near, counts, year)
        if printed == named or unit.body in catalogue().organs:
            partial = partial or unit
    if (
        partial
        and near
        and not re.search(r"大学|学院|集团|公司|海关|^国家|^中国|部$|总局$", partial.printed)
    ):
        return Unit(name_agency(near, partial.body), near, partial.printed, partial.body, True)
    return partial


def _checked(unit: Unit, near: Place | None, counts: PlaceCounts, year: int | None) -> Unit:
    """An ambiguous unit read again in the light of the footer's and signature's place."""
    if unit.ambiguous and near:
        again = resolve_unit(unit.printed, counts, year, near)
        if again and again.place:
            sure = (
                near.is_within(again.place)
                or again.place.is_within(near)
                or (again.place.path[:1] == near.path[:1] and bool(near.path))
            )
            return Unit(again.name, again.place, again.printed, again.body, not sure)
    return unit


def _near(
    head: Sequence[str], foot: Sequence[str], counts: PlaceCounts, year: int | None
) -> Place | None:
    """A place that footer, signature or page data name without doubt."""
    for line in (*foot, *head):
        texts = [m["unit"] for rx in (META_UNIT, FOOT_UNIT) for m in rx.finditer(line)]
        if len(line) < 40 and not NAVIGATION.match(line) and not re.search(r"[。；，,]", line):
            texts.append(line)
        for text in texts:
            span = read_place(re.sub(r"^(?:中共|中国共产党)", "", text))
            if span and len({p.full_name for p in span.candidates if existed(p, year)}) == 1:
                return select_place(span.candidates, None, year, counts)
    return None

"""Which of the wordings is the reporting unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.heading.evidence import Evidence
from loaders.heading.lines import NAVIGATION
from loaders.heading.open_place import anchored_unit, undecided_unit
from loaders.heading.own_name import own_name
from loaders.heading.sources import FOOT_UNIT, page_unit, sitting_place, unit_wordings
from loaders.heading.unit import Unit, resolve_unit
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

# Bodies that no division owns.
_PLACELESS = re.compile(r"大学|学院|集团|公司|海关|^国家|^中国|部$|总局$")


_COUNTIES = ("县", "区", "市", "旗")


_OF_NO_PLACE = re.compile(r"(?<!本)(?:大学|学院)$|海关$")


def find_unit(
    title: str | None,
    lines: Sequence[str],
    head: Sequence[str],
    foot: Sequence[str],
    evidence: Evidence,
    year: int | None,
) -> Unit | None:
    """The reporting unit, from the most trusted part that names it with a place."""
    near = _near(head, foot, evidence, year)
    partial: Unit | None = None
    named = read_unit(title) if title else None
    for printed in unit_wordings(title, lines, head, foot):
        unit = resolve_unit(printed, evidence, year)
        if unit is None or unit.place is None:
            other = resolve_unit(printed, evidence, year, near) if near else None
            if other is None or other.place is None:
                other = anchored_unit(printed, evidence, year)
            unit = other or unit
        if unit is None:
            continue
        if unit.place or unit.name.name in {n.name for n in catalogue().central.values()}:
            return _checked(unit, near, evidence, year)
        if printed == named or unit.body in catalogue().organs or _OF_NO_PLACE.search(printed):
            partial = partial or unit
    if partial is None and (own := own_name(evidence)):
        unit = resolve_unit(own, evidence, year, near)
        if unit is None or unit.place is None:
            unit = anchored_unit(own, evidence, year)
        return _checked(unit, near, evidence, year) if unit else None
    if partial and near and not _PLACELESS.search(partial.printed):
        return Unit(name_agency(near, partial.body), near, partial.printed, partial.body)
    return partial


def _checked(unit: Unit, near: Place | None, evidence: Evidence, year: int | None) -> Unit:
    """An ambiguous unit read again in the light of the footer's and signature's place.

    Where that does not decide either, its place stays open: a missing province is
    better than a wrong one.
    """
    if unit.place and unit.place.level == "乡镇街道" and not unit.place.path and not unit.rivals:
        near = near or evidence.spelled_out("人民政府", _COUNTIES, year)  # its web site
    if unit.ambiguous and near:
        again = resolve_unit(unit.printed, evidence, year, near)
        if again and again.place:
            sure = (
                near.is_within(again.place)
                or again.place.is_within(near)
                or (again.place.path[:1] == near.path[:1] and bool(near.path))
            )
            if sure:
                return Unit(again.name, again.place, again.printed, again.body)
    return undecided_unit(unit) if unit.ambiguous else unit


def _near(
    head: Sequence[str], foot: Sequence[str], evidence: Evidence, year: int | None
) -> Place | None:
    """A place that sitting, footer, signature or page data name without doubt."""
    for line in (sitting_place(head) or "", *foot, *head):
        texts = [m["unit"] for m in FOOT_UNIT.finditer(line)]
        texts += filter(None, [page_unit(line)])
        if len(line) < 40 and not NAVIGATION.match(line) and not re.search(r"[。；，,]", line):
            texts.append(line)
        for text in texts:
            span = read_place(re.sub(r"^(?:中共|中国共产党)", "", text))
            if span and len({p.full_name for p in span.candidates if existed(p, year)}) == 1:
                return select_place(span.candidates, None, year, evidence)
    return None

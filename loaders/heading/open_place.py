"""Units whose wording leaves the place open: told by the rest of the text, or left open.

A missing province is better than a wrong one.
"""

from __future__ import annotations

from dataclasses import replace

from loaders.heading.evidence import Evidence
from loaders.heading.unit import RELATIVE, Unit
from loaders.organs import catalogue, name_agency
from loaders.places import shared_place


def undecided_unit(unit: Unit) -> Unit:
    """A unit whose place stays open: named as printed, without larger divisions."""
    if unit.place is None or not unit.rivals:
        return unit
    place = shared_place(unit.rivals)
    printed = tuple(n for n in unit.place.path if n in unit.printed or n in place.path)
    place = replace(place, path=printed)
    return replace(unit, name=name_agency(place, unit.body), place=place)


def anchored_unit(printed: str, evidence: Evidence, year: int | None) -> Unit | None:
    """A unit named by its level or line alone, placed by how the text writes it in full.

    市公安局 is 宜春市公安局 in a report that speaks of 宜春市公安局 elsewhere.
    """
    text = printed.strip("：:、，, ")
    relative = RELATIVE.match(text)
    level, body = (relative["level"], text[relative.end("level") :]) if relative else ("", text)
    if body not in catalogue().organs and body != "人民政府":
        return None
    place = evidence.spelled_out(body, level, year)
    if place is None and relative:
        place = (
            evidence.spelled_out("人民政府", level, year)
            or evidence.by_account(level, year)
            or evidence.by_document(level, year)
            or evidence.by_mention(level, year)
        )
    return Unit(name_agency(place, body), place, printed, body) if place else None

"""Mentions gathered into entities, one for each canonical name."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.organs import Name, agency_properties, aliases_of


def resolve_agencies(mentions: Sequence[Mention], doc: Document, heading: Heading) -> list[Entity]:
    """Gather mentions into entities, by canonical name, in order of first mention.

    Properties follow from the canonical name alone; ``also`` adds the forms that
    this report uses (街道 for its own subdistrict).
    """
    grouped: dict[str, list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(mention.name, []).append(mention)
    entities = []
    for name, group in grouped.items():
        known = aliases_of(name)
        also = dict.fromkeys(known)
        if name == heading.unit:
            also.update(dict.fromkeys(heading.also))
        for mention in group:
            if mention.rule == "body" and heading.unit and heading.place:
                also.update(dict.fromkeys(_body_forms(mention, heading)))
        also.pop(name, None)
        entities.append(
            Entity("agency", name, tuple(group), tuple(also), agency_properties(name, known))
        )
    return entities


def _body_forms(mention: Mention, heading: Heading) -> tuple[str, ...]:
    """Full names of a body of the unit, with the unit's and the place's forms in front."""
    unit, place = heading.unit, heading.place
    bare = mention.surface
    if unit is None or place is None:
        return ()
    for prefix in (unit, place.official_name, place.full_name):
        if mention.name.startswith(prefix):
            bare = mention.name.removeprefix(prefix)
            break
    short = tuple(s for s in heading.surfaces if s.endswith(("街道", "镇", "乡")))
    owners = (unit, *heading.also, place.official_name, place.full_name, place.name, *short)
    return (*Name(bare).also, bare, mention.surface, *(owner + bare for owner in owners))

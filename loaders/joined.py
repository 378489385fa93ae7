"""Coordinations taken apart: what a report joins under one head noun, the graph has one by one.

领导包案和会前学法制度 is one name in the report's words, and one entity of its annotation. Who
asks the graph which units have 会前学法 has to find this report, too: there the two known
mechanisms stand in its place, each with the same evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from graph.model import Evidence, Status
from loaders.entities import Entity, Extraction, Kind, Measure, Mention, Statement
from loaders.mechanisms import resolve_mechanisms

_End = tuple[Kind, str]
_BEST: Mapping[Status, int] = {"reported": 0, "planned": 1, "lacking": 2}


def take_apart(extraction: Extraction) -> Extraction:
    """Put, in the place of each coordination, the mechanisms that it joins.

    Args:
        extraction: What was read out of one report.
    Returns:
        The same where nothing is joined; else entities, statements and measures of the
        parts, merged with what the report says of them elsewhere.
    """
    parts = {
        (m.kind, m.name): tuple((part.kind, part.name) for part in m.parts)
        for m in _mentions(extraction.of_kind("mechanism"))
        if m.parts
    }
    if not parts:
        return extraction
    mentions = sorted(
        single for m in _mentions(extraction.of_kind("mechanism")) for single in (m.parts or (m,))
    )
    mechanisms = resolve_mechanisms(mentions, extraction.document, extraction.heading)
    entities: list[Entity] = []
    for kind in ("agency", "regulation"):
        entities += extraction.of_kind(kind)
    return replace(
        extraction,
        entities=(*entities, *mechanisms, *extraction.of_kind("initiative")),
        statements=tuple(_statements(extraction.statements, parts)),
        measures=tuple(_measure(m, parts) for m in extraction.measures),
    )


def _mentions(entities: Sequence[Entity]) -> Iterator[Mention]:
    for entity in entities:
        yield from entity.mentions


def _statements(
    statements: Sequence[Statement], parts: Mapping[_End, Sequence[_End]]
) -> list[Statement]:
    by_edge: dict[tuple[str, _End, _End], list[Statement]] = {}
    for statement in statements:
        for source in parts.get(statement.source, (statement.source,)):
            for target in parts.get(statement.target, (statement.target,)):
                single = replace(statement, source=source, target=target)
                by_edge.setdefault((single.type, source, target), []).append(single)
    return [_merged(same) for _, same in sorted(by_edge.items())]


def _merged(same: Sequence[Statement]) -> Statement:
    """One statement with the evidence of all; role and act of the clause that states it best."""
    best = min(same, key=lambda statement: min(map(_rank, statement.evidence)))
    evidence = {piece for statement in same for piece in statement.evidence}
    return replace(best, evidence=tuple(sorted(evidence)))


def _rank(evidence: Evidence) -> tuple[int, int]:
    return _BEST[evidence.status], evidence.start


def _measure(measure: Measure, parts: Mapping[_End, Sequence[_End]]) -> Measure:
    """A measure of a coordination is of the part that stands nearest to the number."""
    if measure.about is None or measure.about not in parts:
        return measure
    return replace(measure, about=parts[measure.about][-1])

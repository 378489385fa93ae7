"""Coordinations taken apart: what a report joins under one head noun, the graph has one by one.

领导包案和会前学法制度 is one name in the report's words, and one entity of its annotation. Who
asks the graph which units have 会前学法 has to find this report, too: there the known mechanisms
stand in its place, each with the clauses that name it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.model import STATUSES, Evidence
from loaders.entities import Extraction, Kind, Measure, Mention, Statement
from loaders.mechanisms import resolve_mechanisms

_End = tuple[Kind, str]
_Joined = Mapping[_End, Sequence[Mention]]
"""Mentions with parts, of each coordination."""


def take_apart(extraction: Extraction) -> Extraction:
    """Put, in the place of each coordination, the mechanisms that it joins.

    Args:
        extraction: What was read out of one report.
    Returns:
        The same where nothing is joined; else entities, statements and measures of the
        parts, merged with what the report says of them elsewhere.
    """
    mentions = [m for e in extraction.of_kind("mechanism") for m in e.mentions]
    joined: dict[_End, list[Mention]] = {}
    for mention in mentions:
        if mention.parts:
            joined.setdefault((mention.kind, mention.name), []).append(mention)
    if not joined:
        return extraction
    mechanisms = resolve_mechanisms(
        sorted(single for m in mentions for single in (m.parts or (m,))),
        extraction.document,
        extraction.heading,
    )
    return replace(
        extraction,
        entities=(
            *extraction.of_kind("agency"),
            *extraction.of_kind("regulation"),
            *mechanisms,
            *extraction.of_kind("initiative"),
        ),
        statements=tuple(_statements(extraction.statements, joined)),
        measures=tuple(_measure(m, joined) for m in extraction.measures),
    )


def _statements(statements: Sequence[Statement], joined: _Joined) -> list[Statement]:
    by_edge: dict[tuple[str, _End, _End], list[Statement]] = {}
    for statement in statements:
        for piece in statement.evidence:
            for source in _parts(statement.source, piece, joined):
                for target in _parts(statement.target, piece, joined):
                    single = replace(statement, source=source, target=target, evidence=(piece,))
                    by_edge.setdefault((single.type, source, target), []).append(single)
    return [_merged(same) for _, same in sorted(by_edge.items())]


def _parts(end: _End, piece: Evidence, joined: _Joined) -> Sequence[_End]:
    """What stands for an end of a statement: the parts that its evidence names."""
    if end not in joined:
        return (end,)
    there = [m for m in joined[end] if piece.start <= m.start < piece.end] or joined[end]
    return list(dict.fromkeys((part.kind, part.name) for m in there for part in m.parts))


def _merged(same: Sequence[Statement]) -> Statement:
    """One statement with the evidence of all; role and act of the clause that states it best."""
    best = min(same, key=lambda s: (STATUSES.index(s.evidence[0].status), s.evidence[0].start))
    return replace(best, evidence=tuple(sorted({s.evidence[0] for s in same})))


def _measure(measure: Measure, joined: _Joined) -> Measure:
    """A measure of a coordination is of the last part that its clause names."""
    if measure.about is None or measure.about not in joined:
        return measure
    there = [m for m in joined[measure.about] if measure.start <= m.start < measure.end]
    part = (there or joined[measure.about])[-1].parts[-1]
    return replace(measure, about=(part.kind, part.name))

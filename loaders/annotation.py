"""What a report says, in the shape that gold annotations have.

Comes in: an :class:`~loaders.entities.Extraction`. Goes out: one JSON object a
report, the shape of the gold files and of ``govmech extract --format json``.
Edges that a report only calls lacking are left out: a shortcoming does not state
that the unit applies the thing. The graph keeps them, with that status.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired, TypedDict

from graph.model import Evidence
from loaders.entities import Entity, Extraction, Statement


class EntityAnnotation(TypedDict):
    """An agency, regulation, mechanism or initiative.

    ``name`` is canonical, ``also`` other names just as right, ``mentions`` each
    distinct wording once; ``optional`` stands in gold only.
    """

    name: str
    also: NotRequired[list[str]]
    mentions: list[str]
    optional: NotRequired[bool]


class EdgeAnnotation(TypedDict):
    """A stated edge; its ends are names of entities of the same report.

    ``planned`` stands on IMPLEMENTS only.
    """

    type: str
    source: str
    target: str
    evidence: str
    planned: NotRequired[bool]
    optional: NotRequired[bool]


class Annotation(TypedDict):
    """One report."""

    report: str
    title: str | None
    unit: str | None
    year: int | None
    agencies: list[EntityAnnotation]
    regulations: list[EntityAnnotation]
    mechanisms: list[EntityAnnotation]
    initiatives: list[EntityAnnotation]
    edges: list[EdgeAnnotation]


def to_annotation(extraction: Extraction) -> Annotation:
    """Put an extraction into the annotation shape.

    Args:
        extraction: What was read out of one report.
    Returns:
        A JSON object with the keys in a fixed order. Every mention and every
        evidence is a substring of the text, line breaks dropped.
    """
    heading = extraction.heading
    return {
        "report": extraction.document.name,
        "title": heading.title,
        "unit": heading.unit,
        "year": heading.year,
        "agencies": [_entity(e) for e in extraction.of_kind("agency")],
        "regulations": [_entity(e) for e in extraction.of_kind("regulation")],
        "mechanisms": [_entity(e) for e in extraction.of_kind("mechanism")],
        "initiatives": [_entity(e) for e in extraction.of_kind("initiative")],
        "edges": [_edge(s) for s in extraction.statements if _is_stated(s)],
    }


def _entity(entity: Entity) -> EntityAnnotation:
    mentions = list(dict.fromkeys(_one_line(m.surface) for m in entity.mentions))
    if entity.also:
        return {"name": entity.name, "also": list(entity.also), "mentions": mentions}
    return {"name": entity.name, "mentions": mentions}


def _is_stated(statement: Statement) -> bool:
    return any(e.status != "lacking" for e in statement.evidence)


def _edge(statement: Statement) -> EdgeAnnotation:
    reported = [e for e in statement.evidence if e.status == "reported"]
    planned = [e for e in statement.evidence if e.status == "planned"]
    edge: EdgeAnnotation = {
        "type": statement.type,
        "source": statement.source[1],
        "target": statement.target[1],
        "evidence": _shortest(reported or planned),
    }
    if statement.type == "IMPLEMENTS":
        edge["planned"] = not reported
    return edge


def _shortest(evidence: Iterable[Evidence]) -> str:
    return _one_line(min(evidence, key=lambda e: (e.end - e.start, e.start)).text)


def _one_line(text: str) -> str:
    return text.replace("\n", "")

"""From what was read out of a report to what enters the graph.

Comes in: an :class:`~loaders.entities.Extraction`. Goes out: a
:class:`~graph.model.ReportGraph` with the Report, its Passages and Measures, every
entity, the places these lie in, and every edge; sorted, so that the same extraction
gives the same graph. A property without a value is absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from graph.model import Edge, Evidence, Node, ReportGraph, Value
from graph.schema import id_name, node_id
from loaders.document import Document, Passage
from loaders.entities import Extraction, Kind, Measure, Mention
from loaders.heading import Heading
from loaders.joined import take_apart
from loaders.organs import agency_properties, aliases_of, place_forms
from loaders.places import Place, parent_of, read_place
from loaders.segment import segment
from loaders.version import report_digest, rules_version

LABELS: Mapping[Kind, str] = {
    "agency": "Agency",
    "regulation": "Regulation",
    "mechanism": "Mechanism",
    "initiative": "Initiative",
}
PASSAGE_NAME = 24
"""Characters of a sentence that serve as its name."""
TITLE_IN_ID = 60
"""Characters of a title that an id keeps; an id is indexed and must stay short."""

_YEAR = re.compile(r"[（(]?[0-9０-９〇○零一二三四五六七八九]{4}\s*年度?[)）]?")
_EDGE_OF_GENRE = " \t\n\u3000,，、:：;；。.-—_关于的"


def report_graph(extraction: Extraction) -> ReportGraph:
    """Turn an extraction into nodes and edges.

    Args:
        extraction: What was read out of one report.
    Returns:
        A graph that satisfies the schema; every offset points into the
        ``text`` property of its report.
    """
    extraction = take_apart(extraction)
    doc, heading = extraction.document, extraction.heading
    report, warning = report_id(doc, heading)
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for passage in doc.passages:
        node = _passage_node(doc, report, passage)
        nodes[node.id] = node
        edges.append(Edge("PART_OF", node.id, report))
    for entity in extraction.entities:
        node = _entity_node(entity.kind, entity.name, entity.properties)
        nodes[node.id] = node
        edges.extend(_mention_edges(doc, report, node.id, entity.mentions))
        if entity.kind == "regulation":
            edges.append(_citation(doc, report, node.id, entity.mentions))
    for statement in extraction.statements:
        source, target = (node_id(LABELS[k], n) for k, n in (statement.source, statement.target))
        manner = _present({"role": statement.role, "act": statement.act})
        edges.append(Edge(statement.type, source, target, report, statement.evidence, manner))
    if heading.unit:
        unit = node_id("Agency", heading.unit)
        properties = agency_properties(heading.unit, aliases_of(heading.unit))
        nodes.setdefault(unit, _entity_node("agency", heading.unit, properties))
        year: dict[str, Value] = {"year": heading.year} if heading.year is not None else {}
        edges.append(Edge("PUBLISHED", unit, report, report, properties=year))
    for number, measure in enumerate(extraction.measures):
        node = _measure_node(doc, report, measure, number)
        nodes[node.id] = node
        edges.append(Edge("PART_OF", node.id, report))
        if measure.about:
            kind, name = measure.about
            about = nodes.setdefault(node_id(LABELS[kind], name), _entity_node(kind, name, {}))
            edges.append(Edge("MEASURES", node.id, about.id, report))
    places, place_edges = _places(nodes.values())
    edges += place_edges
    nodes |= places
    return ReportGraph(
        _report_node(doc, heading, report, warning),
        tuple(nodes[i] for i in sorted(nodes)),
        tuple(sorted(edges, key=lambda e: e.identity)),
    )


def report_id(doc: Document, heading: Heading) -> tuple[str, str]:
    """Identity of a report, and what has to be said about it.

    A unit publishes one report of a genre for a year, so that a corrected text
    takes the place of the first. Where unit, year or genre is unknown the
    content itself is the identity.

    Returns:
        The id, and a warning that is empty where all three are known.
    """
    genre = _genre(heading)
    if heading.unit and heading.year is not None and genre:
        return node_id("Report", f"{heading.unit}:{heading.year}:{genre}"), ""
    known = {"unit": heading.unit, "year": heading.year is not None, "title": genre}
    missing = " and ".join(name for name, value in known.items() if not value)
    title = _one_line(heading.title or _first_line(doc) or doc.name)[:TITLE_IN_ID]
    return (
        node_id("Report", f"{title}#{doc.digest[:12]}"),
        f"{missing} unknown: a corrected text of this report will stand beside it, not replace it",
    )


def _genre(heading: Heading) -> str:
    """The title without unit and year: 法治政府建设年度情况报告; empty when unknown."""
    genre = _one_line(heading.title or "")
    place = place_forms(heading.place) if heading.place else ()
    unit = (heading.unit or "", *heading.also, *heading.surfaces, *place)
    for name in sorted(set(unit) - {""}, key=lambda n: (-len(n), n)):
        if name in genre:
            genre = genre.replace(name, "", 1)
            break
    genre = _YEAR.sub("", genre, count=1).strip(_EDGE_OF_GENRE)
    if (heading.unit or "").endswith("人民政府"):
        # 云南省政府工作报告 and 云南省人民政府工作报告 are one.
        genre = genre.removeprefix("人民政府").removeprefix("政府").strip(_EDGE_OF_GENRE)
    return genre[:TITLE_IN_ID]


def _first_line(doc: Document) -> str:
    return doc.text[doc.passages[0].start : doc.passages[0].end] if doc.passages else ""


def _report_node(doc: Document, heading: Heading, report: str, warning: str) -> Node:
    warnings = (*doc.warnings, *heading.warnings, *((warning,) if warning else ()))
    properties: dict[str, Value | None] = {
        "name": _one_line(heading.title or doc.name),
        "unit": heading.unit,
        "year": heading.year,
        "place": heading.place.full_name if heading.place else None,
        "published": heading.published.isoformat() if heading.published else None,
        "source": doc.source,
        "format": doc.format,
        "digest": report_digest(doc),
        "extractor": rules_version(),
        "text": doc.text,
        "warnings": tuple(dict.fromkeys(warnings)),
    }
    return Node("Report", report, _present(properties))


def _passage_node(doc: Document, report: str, passage: Passage) -> Node:
    text = doc.text[passage.start : passage.end]
    section = doc.sections[passage.section]
    properties: dict[str, Value | None] = {
        "name": _one_line(text[:PASSAGE_NAME]),
        "report": report,
        "text": text,
        "start": passage.start,
        "end": passage.end,
        "section": section.heading,
        "part": section.part,
        "search": segment(text),
    }
    return Node("Passage", _passage_id(report, passage), _present(properties))


def _passage_id(report: str, passage: Passage) -> str:
    return node_id("Passage", f"{report.partition(':')[2]}#{passage.start}")


def _measure_node(doc: Document, report: str, measure: Measure, number: int) -> Node:
    properties: dict[str, Value | None] = {
        "name": f"{measure.indicator}{measure.comparison}{measure.wording}",
        "report": report,
        "indicator": measure.indicator,
        "value": measure.value,
        "unit": measure.unit,
        "wording": measure.wording,
        "comparison": measure.comparison,
        "upper": measure.upper,
        "change": measure.change,
        "of": measure.of,
        "year": measure.year,
        "text": doc.text[measure.start : measure.end],
        "start": measure.start,
        "end": measure.end,
    }
    owner = id_name(report)
    return Node("Measure", node_id("Measure", f"{owner}#{number}"), _present(properties))


def _entity_node(kind: Kind, name: str, properties: Mapping[str, Value]) -> Node:
    names = [name, *_strings(properties.get("aliases")), *_strings(properties.get("name_en"))]
    full = {**properties, "name": name, "search": _name_words(" ".join(names))}
    return Node(LABELS[kind], node_id(LABELS[kind], name), _present(full))


@lru_cache(maxsize=16_384)
def _name_words(names: str) -> str:
    """Words of names: those of bodies and practices come again and again, sentences do not."""
    return segment(names)


def _mention_edges(
    doc: Document, report: str, target: str, mentions: Sequence[Mention]
) -> Iterator[Edge]:
    for passage, found in _by_passage(doc, mentions).items():
        properties: dict[str, Value] = {
            "surfaces": tuple(m.surface for m in found),
            "starts": tuple(m.start for m in found),
            "ends": tuple(m.end for m in found),
        }
        source = _passage_id(report, passage)
        yield Edge("MENTIONS", source, target, report, properties=properties)


def _citation(doc: Document, report: str, target: str, mentions: Sequence[Mention]) -> Edge:
    """The report cites whatever regulation it mentions, in each sentence that does."""
    evidence = tuple(
        Evidence(p.start, p.end, doc.text[p.start : p.end], "reported", "mention")
        for p in _by_passage(doc, mentions)
    )
    return Edge("CITES", report, target, report, evidence)


def _by_passage(doc: Document, mentions: Iterable[Mention]) -> dict[Passage, list[Mention]]:
    found: dict[Passage, list[Mention]] = {}
    for mention in sorted(mentions):
        found.setdefault(doc.passage_at(mention.start), []).append(mention)
    return found


def _places(nodes: Iterable[Node]) -> tuple[dict[str, Node], list[Edge]]:
    """Where the agencies lie: each division once, with all that it lies in."""
    places: dict[str, Node] = {}
    edges: list[Edge] = []
    for node in nodes:
        place = _read_full_name(str(node.properties.get("place", "")))
        if place is None:
            continue
        edges.append(Edge("LOCATED_IN", node.id, node_id("Place", place.full_name)))
        while place is not None and node_id("Place", place.full_name) not in places:
            here = _place_node(place)
            places[here.id] = here
            place = parent_of(place)
            if place is not None:
                edges.append(Edge("PART_OF", here.id, node_id("Place", place.full_name)))
    return places, edges


def _read_full_name(full_name: str) -> Place | None:
    """The division of that full name, which is all that its node depends on."""
    span = read_place(full_name) if full_name else None
    found = [p for p in span.candidates if p.full_name == full_name] if span else []
    return min(found, key=lambda p: (p.code or "", p.path), default=None)


def _place_node(place: Place) -> Node:
    known = _read_full_name(place.full_name) or place
    properties: dict[str, Value | None] = {
        "name": known.name,
        "code": known.code,
        "level": known.level,
    }
    return Node("Place", node_id("Place", place.full_name), _present(properties))


def _one_line(text: str) -> str:
    return text.replace("\n", "")


def _strings(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(v) for v in value) if isinstance(value, tuple) else ()


def _present(properties: Mapping[str, Value | None]) -> dict[str, Value]:
    return {k: v for k, v in properties.items() if v is not None and v not in ("", ())}

"""The graph as RDF resources, which the RDF formats write each in its way.

Nodes become instances of the classes that :mod:`graph.schema` names, and of one
class of ours that tells the label. A relationship becomes a plain triple, and a
``rdf:Statement`` that carries report, year and status; each clause behind it is a
Web Annotation whose target is a span of the report's text (quote and position).
What a report only plans or lacks has its statement, but no plain triple: nobody
says that it is so. There are no blank nodes, so two exports can be put together.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.model import Node, Scalar, Value
from graph.schema import EDGE_BY_TYPE, NODE_BY_LABEL, STATED, rdf_term
from graph.view import GraphView, Relationship

BASE = "urn:govmech:"
SCHEME = f"{BASE}scheme:mechanisms"
LOSSES = (
    "RDF lists have no order: several values of one property come back in any order, each once.",
)

_UNSAFE = re.compile("[^A-Za-z0-9_.~:-]+")
"""What RFC 3986 reserves, but for the colon, or does not know: to be percent-encoded."""

_OF_SPANS = {p.name for p in STATED} - {"report", "year", "status"} | {"surfaces", "starts", "ends"}
"""Properties of a relationship that stand on the annotations instead."""


@dataclass(frozen=True, slots=True)
class Iri:
    """A resource: an IRI or, for a term of a vocabulary, a prefixed name."""

    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A value: its lexical form with a language tag or an XSD datatype, or neither."""

    text: str
    lang: str = ""
    datatype: str = ""


Fact = tuple[str, Iri | Literal]
"""Prefixed name of a property, and its value."""
Resource = tuple[str, list[Fact]]
"""IRI, and what is said of it; one IRI may come more than once."""


def node_iri(id_: str) -> str:
    """IRI of a node: its id, percent-encoded, so that any id is a valid IRI."""
    return BASE + _UNSAFE.sub(_percent, id_)


def _percent(unsafe: re.Match[str]) -> str:
    return f"%{unsafe[0].encode().hex('%').upper()}"


def iter_resources(view: GraphView) -> Iterator[Resource]:
    """All that a graph says, nodes first, in the order of the view."""
    names: list[Fact] = [
        ("rdf:type", Iri("skos:ConceptScheme")),
        ("skos:prefLabel", Literal("治理机制", "zh")),
        ("skos:prefLabel", Literal("Governance mechanisms", "en")),
    ]
    yield SCHEME, names
    for node in view.iter_nodes():
        yield from _node(node)
    before = None
    for edge in view.iter_edges():
        plain = _triple(edge)
        if edge.properties.get("status", "reported") == "reported" and plain != before:
            yield plain
            before = plain
        if edge.properties:
            yield from _statement(edge, plain)


def _node(node: Node) -> Iterator[Resource]:
    iri = node_iri(node.id)
    term = NODE_BY_LABEL[node.label].rdf
    facts: list[Fact] = [("rdf:type", Iri(term)), ("rdf:type", Iri(f"gm:{node.label}"))]
    if term == "skos:Concept":
        facts.append(("skos:inScheme", Iri(SCHEME)))
    span = term == "oa:SpecificResource"
    for name, value in node.properties.items():
        if not (span and name in ("text", "start", "end", "report")):
            facts.extend(_facts(name, value))
    if span:
        facts.extend(_span_facts(iri, str(node.properties["report"])))
        yield iri, facts
        yield from _selectors(iri, node.properties)
    else:
        yield iri, facts


def _triple(edge: Relationship) -> Resource:
    term = EDGE_BY_TYPE[edge.type].rdf
    source, target = node_iri(edge.source), node_iri(edge.target)
    if term.startswith("^"):
        source, target = target, source
    return source, [(term.removeprefix("^"), Iri(target))]


def _statement(edge: Relationship, plain: Resource) -> Iterator[Resource]:
    report = str(edge.properties.get("report", ""))
    key = "\x1f".join((edge.type, edge.source, edge.target, report))
    iri = f"{BASE}statement:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    subject, [(term, target)] = plain
    facts: list[Fact] = [
        ("rdf:type", Iri("rdf:Statement")),
        ("rdf:subject", Iri(subject)),
        ("rdf:predicate", Iri(term)),
        ("rdf:object", target),
    ]
    for name, value in edge.properties.items():
        if name not in _OF_SPANS:
            facts.extend(_facts(name, value))
    yield iri, facts
    for number, piece in enumerate(_evidence(edge.properties)):
        yield from _annotation(f"{iri}/{number}", iri, report, piece)


def _evidence(properties: Mapping[str, Value]) -> Iterator[dict[str, Scalar]]:
    """Spans of the report: clauses that state an edge, or wordings of a mention."""
    columns = {
        "text": "evidence_all", "start": "start_all", "end": "end_all",
        "status": "status_all", "rule": "rule_all",
    }  # fmt: skip
    if "surfaces" in properties:
        columns = {"text": "surfaces", "start": "starts", "end": "ends"}
    lists = [properties.get(name, ()) for name in columns.values()]
    rows = zip(*[v if isinstance(v, tuple) else () for v in lists], strict=True)
    for row in rows:
        yield dict(zip(columns, row, strict=True))


def _annotation(
    iri: str, statement: str, report: str, piece: Mapping[str, Scalar]
) -> Iterator[Resource]:
    target = f"{iri}/target"
    facts: list[Fact] = [
        ("rdf:type", Iri("oa:Annotation")),
        ("oa:hasBody", Iri(statement)),
        ("oa:hasTarget", Iri(target)),
    ]
    for name in ("status", "rule"):
        if name in piece:
            facts.extend(_facts(name, piece[name]))
    yield iri, facts
    yield target, [("rdf:type", Iri("oa:SpecificResource")), *_span_facts(target, report)]
    yield from _selectors(target, piece)


def _span_facts(iri: str, report: str) -> list[Fact]:
    return [
        ("oa:hasSource", Iri(node_iri(report))),
        ("oa:hasSelector", Iri(f"{iri}/position")),
        ("oa:hasSelector", Iri(f"{iri}/quote")),
    ]


def _selectors(iri: str, span: Mapping[str, Value]) -> Iterator[Resource]:
    """Position and quote of a span with ``text``, ``start`` and ``end``."""

    def offset(name: str) -> Fact:
        return f"oa:{name}", Literal(str(span[name]), datatype="xsd:integer")

    position: list[Fact] = [("rdf:type", Iri("oa:TextPositionSelector"))]
    yield f"{iri}/position", [*position, *map(offset, ("start", "end"))]
    exact = Literal(str(span["text"]), "zh")
    yield f"{iri}/quote", [("rdf:type", Iri("oa:TextQuoteSelector")), ("oa:exact", exact)]


def _facts(name: str, value: Value) -> Iterator[Fact]:
    term = rdf_term(name)
    for item in value if isinstance(value, tuple) else (value,):
        if term.link:
            yield term.name, Iri(node_iri(str(item)))
        else:
            yield term.name, _literal(item, term.lang)


def _literal(value: Scalar, lang: str = "") -> Literal:
    if isinstance(value, bool):
        return Literal(str(value).lower(), datatype="xsd:boolean")
    if isinstance(value, int):
        return Literal(str(value), datatype="xsd:integer")
    if isinstance(value, float):
        return Literal(repr(value), datatype="xsd:double")
    return Literal(value, lang)

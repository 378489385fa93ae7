"""Small reports for the tests of the graph, in words of our own."""

from __future__ import annotations

import hashlib
from itertools import pairwise

from graph.model import Edge, Evidence, Node, ReportGraph, Status
from graph.schema import label_of

DEFAULT = (
    ("IMPLEMENTS", "agency:东湖市信访局", "mechanism:领导包案", "东湖市信访局落实领导包案。"),
    ("CITES", "mechanism:领导包案", "regulation:信访工作条例", "领导包案依据信访工作条例开展。"),
    (
        "REPORTS_TO",
        "agency:东湖市信访局",
        "agency:东湖市人民政府",
        "东湖市信访局受东湖市人民政府领导。",
    ),
)
PLACES = ("place:东湖市", "place:江南省")
Statement = tuple[str, str, str, str]
_REQUIRED = {
    "Mechanism": {"discovered": False},
    "Initiative": {"discovered": False},
    "Regulation": {"known": True},
}


def node(id_: str, **properties: object) -> Node:
    """A node with the properties that its label requires; the search text is its name."""
    label = label_of(id_)
    name = id_.partition(":")[2]
    values: dict[str, object] = {"name": name, **_REQUIRED.get(label, {})}
    if label != "Place":
        values["search"] = " ".join(name)
    return Node(label, id_, {**values, **properties})  # type: ignore[arg-type]


def make_report(
    name: str,
    statements: tuple[Statement, ...] = DEFAULT,
    *,
    unit: str = "agency:东湖市信访局",
    places: tuple[str, ...] = PLACES,
    year: int = 2023,
    status: Status = "reported",
) -> ReportGraph:
    """A report whose text is the clauses, one passage each.

    Args:
        name: What makes its id: ``report:<name>``.
        statements: Type, source, target and clause of each edge.
        unit: The agency that publishes it; it is located in the first place.
        places: Each in the next: as in a gazetteer, always up to the top.
        year: Year that it covers.
        status: Status of every clause.
    """
    id_ = f"report:{name}"
    text = "".join(clause for *_, clause in statements)
    nodes = {i: node(i) for i in (unit, *places)}
    edges: dict[tuple[str, str, str, str], Edge] = {}
    evidence: dict[tuple[str, str, str], list[Evidence]] = {}
    start = 0
    for number, (type_, source, target, clause) in enumerate(statements):
        end = start + len(clause)
        passage = f"passage:{name}/{number}"
        nodes[passage] = Node(
            "Passage",
            passage,
            {
                "name": f"{name}/{number}", "report": id_, "text": clause, "start": start, "end": end,
                "search": " ".join(clause),
            },
        )  # fmt: skip
        _add(edges, Edge("PART_OF", passage, id_))
        source = source or id_
        for end_id in (source, target):
            if end_id != id_:
                nodes.setdefault(end_id, node(end_id))
                spans = {"surfaces": (clause[:1],), "starts": (start,), "ends": (start + 1,)}
                _add(edges, Edge("MENTIONS", passage, end_id, id_, (), spans))
        evidence.setdefault((type_, source, target), []).append(
            Evidence(start, end, clause, status, "test")
        )
        start = end
    for (type_, source, target), pieces in evidence.items():
        _add(edges, Edge(type_, source, target, id_, tuple(pieces)))
    _add(edges, Edge("PUBLISHED", unit, id_, id_))
    _add(edges, Edge("LOCATED_IN", unit, places[0]))
    for place, above in pairwise(places):
        _add(edges, Edge("PART_OF", place, above))
    report = Node(
        "Report",
        id_,
        {
            "name": name, "unit": unit.partition(":")[2], "year": year, "source": f"{name}.txt",
            "format": "txt", "digest": hashlib.sha256(f"{year}{status}{text}".encode()).hexdigest(),
            "text": text,
        },
    )  # fmt: skip
    return ReportGraph(report, tuple(nodes.values()), tuple(edges.values()))


def _add(edges: dict[tuple[str, str, str, str], Edge], edge: Edge) -> None:
    edges.setdefault(edge.identity, edge)

"""How a report enters and leaves a graph: rows and Cypher, the same for every engine.

Everything here works inside one transaction that the store opened; the store
decides how to open, retry and commit it. Texts are built from schema names only;
what a report says travels as parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Protocol

from graph.checks import SHARED
from graph.ddl import REPORT_EDGES
from graph.model import Edge, Evidence, Node, ReportGraph
from graph.schema import EDGE_BY_TYPE, ID, NAME, NODE_BY_LABEL, OWNED, edge_properties, label_of
from graph.store import Row, Written

ROWS_PER_TRANSACTION = 50_000
"""Nodes and edges that one transaction carries, unless one report alone has more."""

_BEST = {"reported": 0, "planned": 1, "lacking": 2}
_HOLDING = "|".join(REPORT_EDGES)

_DIGESTS = """
UNWIND $ids AS id
MATCH (r:Report {id: id})
RETURN r.id AS id, r.digest AS digest
"""


class Transaction(Protocol):
    """An open transaction of any engine."""

    def __call__(self, cypher: str, params: Mapping[str, object]) -> Iterable[Row]:
        """Send one statement; a server may still be at work on it until its rows are read."""


def iter_batches(reports: Iterable[ReportGraph]) -> Iterator[list[ReportGraph]]:
    """Group reports into transactions of at most :data:`ROWS_PER_TRANSACTION` rows."""
    batch: list[ReportGraph] = []
    rows = 0
    for report in reports:
        size = 1 + len(report.nodes) + len(report.edges)
        if batch and rows + size > ROWS_PER_TRANSACTION:
            yield batch
            batch, rows = [], 0
        batch.append(report)
        rows += size
    if batch:
        yield batch


def find_digests(run: Transaction, ids: Sequence[str]) -> dict[str, str]:
    """Digest of each of these reports that the graph has."""
    return {str(row["id"]): str(row["digest"]) for row in run(_DIGESTS, {"ids": list(ids)})}


def merge_written(parts: Iterable[Written]) -> Written:
    """What several transactions did together."""
    done = list(parts)
    return Written(
        added=tuple(i for part in done for i in part.added),
        replaced=tuple(i for part in done for i in part.replaced),
        unchanged=tuple(i for part in done for i in part.unchanged),
    )


def write_batch(run: Transaction, batch: Sequence[ReportGraph]) -> Written:
    """Write checked reports; take back first what an older text of one had said."""
    known = find_digests(run, [g.report.id for g in batch])
    unchanged: list[ReportGraph] = []
    fresh: list[ReportGraph] = []
    for graph in batch:
        same = known.get(graph.report.id) == graph.report.properties["digest"]
        (unchanged if same else fresh).append(graph)
    for graph in fresh:
        if graph.report.id in known:
            remove_report(run, graph.report.id)
    _write_nodes(run, [node for g in fresh for node in (g.report, *g.nodes)])
    _write_edges(run, fresh)
    ids = [g.report.id for g in fresh]
    return Written(
        added=tuple(i for i in ids if i not in known),
        replaced=tuple(i for i in ids if i in known),
        unchanged=tuple(g.report.id for g in unchanged),
    )


def _write_nodes(run: Transaction, nodes: Iterable[Node]) -> None:
    by_label: dict[str, dict[str, Node]] = {}
    for node in nodes:
        by_label.setdefault(node.label, {})[node.id] = node
    for label, of_label in sorted(by_label.items()):
        # What belongs to one report is new, the report having been taken back before.
        verb = "CREATE" if label in OWNED else "MERGE"
        run(
            f"UNWIND $rows AS row {verb} (n:{label} {{id: row.id}}) SET n = row",
            {"rows": [_plain(node_properties(node)) for node in of_label.values()]},
        )


def _write_edges(run: Transaction, graphs: Iterable[ReportGraph]) -> None:
    by_shape: dict[tuple[str, str, str], dict[tuple[str, str, str, str], list[object]]] = {}
    for graph in graphs:
        for edge in graph.edges:
            shape = (edge.type, label_of(edge.source), label_of(edge.target))
            values = _plain(edge_row(graph.report, edge))
            by_shape.setdefault(shape, {})[edge.identity] = [edge.source, edge.target, values]
    for (type_, source, target), rows in sorted(by_shape.items()):
        # Likewise new; only what follows from shared nodes may stand there already.
        new = type_ in REPORT_EDGES or source in OWNED
        # Properties come as a map: the embedded engine refuses a name that it has not met yet
        # where it stands in the statement.
        run(
            f"UNWIND $rows AS row "
            f"MATCH (a:{source} {{id: row[0]}}) MATCH (b:{target} {{id: row[1]}}) "
            f"{'CREATE' if new else 'MERGE'} (a)-[r:{type_}]->(b) SET r += row[2]",
            {"rows": list(rows.values())},
        )


def _plain(properties: Mapping[str, object]) -> Row:
    """Properties as parameters: lists instead of tuples."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in properties.items()}


@cache
def node_columns(label: str) -> tuple[str, ...]:
    """Names of all properties of a label, ``id`` first."""
    return tuple(p.name for p in (ID, NAME, *NODE_BY_LABEL[label].properties))


@cache
def edge_columns(type_: str) -> tuple[str, ...]:
    """Names of all properties of a relationship type."""
    return tuple(p.name for p in edge_properties(EDGE_BY_TYPE[type_]))


def node_properties(node: Node) -> Row:
    """All properties of a node as they stand in the graph."""
    return {"name": node.id.partition(":")[2], **node.properties, "id": node.id}


def edge_row(report: Node, edge: Edge) -> Row:
    """All properties of an edge as they stand in the graph.

    Args:
        report: The Report node that it belongs to; gives the year.
        edge: A checked edge.
    """
    kind = EDGE_BY_TYPE[edge.type]
    row: Row = dict(edge.properties)
    if edge.report:
        row["report"] = edge.report
    if "year" in report.properties and "year" in edge_columns(edge.type):
        row.setdefault("year", report.properties["year"])
    if kind.stated:
        row.update(_evidence_row(sorted(edge.evidence)))
    return row


def _evidence_row(evidence: Sequence[Evidence]) -> Row:
    first = evidence[0]
    return {
        "status": min((e.status for e in evidence), key=lambda s: _BEST[s]),
        "evidence": first.text,
        "start": first.start,
        "end": first.end,
        "rule": first.rule,
        "evidence_all": tuple(e.text for e in evidence),
        "start_all": tuple(e.start for e in evidence),
        "end_all": tuple(e.end for e in evidence),
        "status_all": tuple(e.status for e in evidence),
        "rule_all": tuple(e.rule for e in evidence),
    }


def remove_report(run: Transaction, report: str) -> bool:
    """Take back a report: its edges, its passages and measures, and the nodes that only it named.

    Returns:
        Whether the graph had it.
    """
    if not find_digests(run, [report]):
        return False
    touched: set[str] = set()
    for type_ in REPORT_EDGES:
        match = f"MATCH (a)-[r:{type_}]->(b) WHERE r.report = $report"
        rows = list(run(f"{match} RETURN DISTINCT a.id AS a, b.id AS b", {"report": report}))
        touched.update(str(end) for row in rows for end in (row["a"], row["b"]))
        if rows:
            run(f"{match} DELETE r", {"report": report})
    for label in OWNED:
        run(f"MATCH (n:{label}) WHERE n.report = $report DETACH DELETE n", {"report": report})
    run("MATCH (r:Report {id: $report}) DETACH DELETE r", {"report": report})
    places: set[str] = set()
    for label in SHARED:
        ids = sorted(i for i in touched if label_of(i) == label)
        places |= _remove_orphans(run, label, ids, f"(n)-[:{_HOLDING}]-()", "LOCATED_IN")
    while places:
        places = _remove_orphans(
            run, "Place", sorted(places), "(n)<-[:LOCATED_IN|PART_OF]-()", "PART_OF"
        )
    return True


def _remove_orphans(
    run: Transaction, label: str, ids: Sequence[str], holding: str, upward: str
) -> set[str]:
    """Remove those of the nodes that nothing holds.

    Args:
        run: The transaction.
        label: Label of the nodes.
        ids: Their ids.
        holding: Pattern of what holds a node ``n``.
        upward: Type of the edge to the place that a node holds in turn.
    Returns:
        Ids of the places that the removed nodes were holding.
    """
    if not ids:
        return set()
    held = (
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE NOT EXISTS {{ {holding} }} "
        f"OPTIONAL MATCH (n)-[:{upward}]->(p:Place) RETURN n.id AS id, p.id AS place"
    )
    rows = list(run(held, {"ids": list(ids)}))
    if rows:
        orphans = sorted({str(row["id"]) for row in rows})
        run(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n",
            {"ids": orphans},
        )
    return {str(row["place"]) for row in rows if row["place"] is not None}

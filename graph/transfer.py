"""Move a whole graph from one store to another, report by report.

Each report is put together again as it was written and goes through the same
checks: what the target then holds was held against the reports' own texts twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from graph.census import find_changes, find_losses, graph_digest
from graph.ddl import REPORT_EDGES
from graph.errors import StoreDamaged, StoreError
from graph.model import Edge, Evidence, Node, ReportGraph, Value
from graph.rows import edge_columns, node_columns
from graph.schema import EDGE_BY_TYPE, OWNED, REPORT, STATED, edge_properties, label_of
from graph.store import Row, Store
from graph.view import GraphView

REPORTS_AT_A_TIME = 50
"""Reports that are read with one round of queries and held in memory."""

_EVIDENCE = ("start_all", "end_all", "evidence_all", "status_all", "rule_all")


def copy_graph(
    source: Store, target: Store, progress: Callable[[int, int], None] | None = None
) -> str:
    """Copy every report; what the target has already of it is left alone.

    Args:
        source: Where the graph is.
        target: An empty store, or one that an earlier copy did not fill to the end.
        progress: Told how many reports are done, and of how many.
    Returns:
        The digest over all nodes, relationships and properties, the same in both.
    Raises:
        StoreDamaged: The source does not hold what was loaded into it.
        StoreError: The target holds other reports, or one engine failed, or the
            two do not hold the same in the end.
    """
    for problem in (*find_losses(source.run), *find_changes(source)):
        raise StoreDamaged(f"{source.url} cannot be copied: {problem}", url=source.url)
    reports = sorted(source.reports())
    strange = sorted(target.reports().keys() - set(reports))
    if strange:
        raise StoreError(
            f"{target.url} holds reports that {source.url} does not: {', '.join(strange[:3])}; "
            "copy into an empty store",
            url=target.url,
        )
    for first in range(0, len(reports), REPORTS_AT_A_TIME):
        ids = reports[first : first + REPORTS_AT_A_TIME]
        target.write(list(read_reports(source, ids)))
        if progress:
            progress(first + len(ids), len(reports))
    digest = graph_digest(GraphView(source))
    if graph_digest(GraphView(target)) != digest:
        raise StoreError(
            f"{target.url} does not hold the same as {source.url} after the copy; "
            "govmech info on either says what is wrong with it",
            url=target.url,
        )
    return digest


def read_reports(store: Store, ids: Sequence[str]) -> Iterator[ReportGraph]:
    """Put reports together again as they were written.

    Args:
        store: Where they are.
        ids: Ids of reports that it holds.
    """
    edges: dict[str, list[Edge]] = {i: [] for i in ids}
    for type_ in REPORT_EDGES:
        for edge in _edges(store, type_, "r.report IN $ids", ids):
            edges[edge.report].append(edge)
    for label in OWNED:
        rows = store.run(
            f"MATCH (n:{label})-[:PART_OF]->(r:Report) WHERE n.report IN $ids "
            "RETURN n.id AS id, r.id AS report",
            {"ids": list(ids)},
        )
        for row in rows:
            report = str(row["report"])
            edges[report].append(Edge("PART_OF", str(row["id"]), report))
    located, above = _places(store, edges)
    touched = {end for of_one in edges.values() for e in of_one for end in (e.source, e.target)}
    nodes = _nodes(store, touched | set(ids) | set(above) | set(above.values()) | _ends(located))
    for report in ids:
        named = {end for edge in edges[report] for end in (edge.source, edge.target)} - {report}
        placed = [edge for agency in sorted(named) for edge in located.get(agency, ())]
        places = sorted({edge.target for edge in placed})
        while places:
            place = places.pop()
            if place in above and Edge("PART_OF", place, above[place]) not in placed:
                placed.append(Edge("PART_OF", place, above[place]))
                places.append(above[place])
        named |= {end for edge in placed for end in (edge.source, edge.target)}
        whole = (*edges[report], *placed)
        yield ReportGraph(nodes[report], tuple(nodes[i] for i in sorted(named)), whole)


def _ends(located: Mapping[str, Sequence[Edge]]) -> set[str]:
    return {edge.target for of_one in located.values() for edge in of_one}


def _edges(store: Store, type_: str, where: str, ids: Sequence[str]) -> Iterator[Edge]:
    columns = ", ".join(f"r.`{c}` AS `{c}`" for c in edge_columns(type_))
    rows = store.run(
        f"MATCH (a)-[r:{type_}]->(b) WHERE {where} "
        f"RETURN a.id AS `a id`, b.id AS `b id`{', ' if columns else ''}{columns}",
        {"ids": list(ids)},
    )
    for row in rows:
        yield _edge(type_, row)


def _edge(type_: str, row: Row) -> Edge:
    kind = EDGE_BY_TYPE[type_]
    values = _values(row)
    source, target = str(values.pop("a id")), str(values.pop("b id"))
    report = str(values.pop("report", ""))
    evidence: tuple[Evidence, ...] = ()
    if kind.stated:
        pieces = [values[name] for name in _EVIDENCE]
        evidence = tuple(Evidence(*piece) for piece in zip(*pieces, strict=True))
    filled = {p.name for p in (STATED if kind.stated else (REPORT,))}
    kept = {p.name for p in edge_properties(kind)} - filled
    properties = {name: value for name, value in values.items() if name in kept}
    return Edge(type_, source, target, report, evidence, properties)


def _places(
    store: Store, edges: Mapping[str, Sequence[Edge]]
) -> tuple[dict[str, list[Edge]], dict[str, str]]:
    """Where the agencies are, by agency, and the next larger place of each place."""
    ends = {end for of_one in edges.values() for e in of_one for end in (e.source, e.target)}
    agencies = sorted(i for i in ends if label_of(i) == "Agency")
    located: dict[str, list[Edge]] = {}
    for edge in _edges(store, "LOCATED_IN", "a.id IN $ids", agencies):
        located.setdefault(edge.source, []).append(edge)
    above: dict[str, str] = {}
    wanted = sorted(_ends(located))
    while wanted:
        found = store.run(
            "UNWIND $ids AS id MATCH (a:Place {id: id})-[:PART_OF]->(b:Place) "
            "RETURN a.id AS a, b.id AS b",
            {"ids": wanted},
        )
        pairs = {str(row["a"]): str(row["b"]) for row in found}
        above |= pairs
        wanted = sorted(set(pairs.values()) - above.keys())
    return located, above


def _nodes(store: Store, ids: set[str]) -> dict[str, Node]:
    by_label: dict[str, list[str]] = {}
    for id_ in sorted(ids):
        by_label.setdefault(label_of(id_), []).append(id_)
    nodes = {}
    for label, of_label in by_label.items():
        columns = ", ".join(f"n.`{c}` AS `{c}`" for c in node_columns(label))
        rows = store.run(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN {columns}", {"ids": of_label}
        )
        for row in rows:
            properties = _values(row)
            id_ = str(properties["id"])
            nodes[id_] = Node(label, id_, properties)
    return nodes


def _values(row: Row) -> dict[str, Value]:
    return {
        name: tuple(value) if isinstance(value, list) else value  # type: ignore[misc]
        for name, value in row.items()
        if value is not None
    }

"""How a report enters a graph: rows and Cypher, the same for every engine.

Everything here works inside one transaction that the store opened; the store
decides how to open, retry and commit it. Texts are built from schema names only;
what a report says travels as parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.ddl import REPORT_EDGES
from graph.inventory import Tally, update_inventory
from graph.model import Node, ReportGraph
from graph.removal import remove_report
from graph.rows import (
    Transaction,
    edge_row,
    edge_rows,
    find_digests,
    node_columns,
    node_properties,
    projection,
)
from graph.schema import OWNED, label_of
from graph.store import Row, Written

ROWS_PER_TRANSACTION = 50_000
"""Nodes and edges that one transaction carries, unless one report alone has more."""


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
    if fresh:
        change = Tally()
        for graph in fresh:
            if graph.report.id in known:
                remove_report(run, graph.report.id, change)
        _write_nodes(run, [node for g in fresh for node in (g.report, *g.nodes)], change)
        _write_edges(run, fresh, change)
        update_inventory(run, change)
    ids = [g.report.id for g in fresh]
    return Written(
        added=tuple(i for i in ids if i not in known),
        replaced=tuple(i for i in ids if i in known),
        unchanged=tuple(g.report.id for g in unchanged),
    )


def take_back(run: Transaction, report: str) -> bool:
    """Remove one report.

    Returns:
        Whether the graph had it.
    """
    change = Tally()
    had = remove_report(run, report, change)
    if had:
        update_inventory(run, change)
    return had


def _write_nodes(run: Transaction, nodes: Iterable[Node], change: Tally) -> None:
    by_label: dict[str, dict[str, Row]] = {}
    for node in nodes:
        by_label.setdefault(node.label, {})[node.id] = _plain(node_properties(node))
    for label, rows in sorted(by_label.items()):
        if label in OWNED or label == "Report":
            # What belongs to one report is new, the report having been taken back before.
            fresh, verb = list(rows.values()), "CREATE"
        else:
            fresh, verb = _unlike(run, label, rows, change), "MERGE"
        for row in fresh:
            change.add_node(label, row)
        if fresh:
            run(
                f"UNWIND $rows AS row {verb} (n:{label} {{id: row.id}}) SET n = row",
                {"rows": fresh},
            )


def _unlike(run: Transaction, label: str, rows: Mapping[str, Row], change: Tally) -> list[Row]:
    """Shared nodes that the graph has not, or has otherwise; these are counted out."""
    columns = projection("n", node_columns(label))
    there = run(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN {columns}", {"ids": [*rows]}
    )
    same = set()
    for row in there:
        known = {name: value for name, value in row.items() if value is not None}
        if known == rows[str(row["id"])]:
            same.add(row["id"])
        else:
            change.drop_node(label, known)
    return [row for id_, row in rows.items() if id_ not in same]


def _write_edges(run: Transaction, graphs: Iterable[ReportGraph], change: Tally) -> None:
    by_shape: dict[tuple[str, str, str], dict[tuple[str, str, str, str], Row]] = {}
    for graph in graphs:
        for edge in graph.edges:
            shape = (edge.type, label_of(edge.source), label_of(edge.target))
            row = _plain(edge_row(graph.report, edge))
            by_shape.setdefault(shape, {})[edge.identity] = row
    for (type_, source, target), of_shape in sorted(by_shape.items()):
        # Likewise new; only what follows from shared nodes may stand there already.
        if type_ not in REPORT_EDGES and source not in OWNED:
            match = f"UNWIND $ids AS id MATCH (a:{source} {{id: id}})-[r:{type_}]->(b:{target})"
            ids = sorted({identity[1] for identity in of_shape})
            for a, b, _ in list(edge_rows(run, match, type_, {"ids": ids})):
                of_shape.pop((type_, a, b, ""), None)
        for (_, a, b, _), row in of_shape.items():
            change.add_edge(type_, a, b, row)
        rows = [[a, b, row] for (_, a, b, _), row in of_shape.items()]
        # Properties come as a map: the embedded engine refuses a name that it has not met yet
        # where it stands in the statement.
        if rows:
            run(
                f"UNWIND $rows AS row "
                f"MATCH (a:{source} {{id: row[0]}}) MATCH (b:{target} {{id: row[1]}}) "
                f"CREATE (a)-[r:{type_}]->(b) SET r += row[2]",
                {"rows": rows},
            )


def _plain(properties: Mapping[str, object]) -> Row:
    """Properties as parameters: lists instead of tuples."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in properties.items()}

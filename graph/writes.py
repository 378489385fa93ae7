"""How a report enters a graph: rows and Cypher, the same for every engine.

Everything here works inside one transaction that the store opened; the store
decides how to open, retry and commit it. Texts are built from schema names only;
what a report says travels as parameters.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from graph.collector import collector_paused
from graph.ddl import REPORT_EDGES
from graph.inventory import Tally, update_inventory
from graph.lines import json_lines
from graph.model import Node, ReportGraph
from graph.removal import remove_report
from graph.rows import (
    Transaction,
    edge_row,
    edge_rows,
    find_digests,
    node_columns,
    node_properties,
)
from graph.schema import OWNED, label_of
from graph.store import Row, Written
from graph.tables import EdgeRow
from graph.view import ROWS_TOGETHER, pages

T = TypeVar("T")

_Shape = tuple[str, str, str]
"""Type of a relationship, labels of its source and target."""
_Identity = tuple[str, str, str, str]
"""Type, source, target and report of a relationship."""

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
        # Beside, in a thread: an engine is waited for, and what comes next is made meanwhile.
        with collector_paused(), ThreadPoolExecutor(1) as beside:
            nodes = {
                label: beside.submit(lambda some: list(map(node_properties, some)), of_label)
                for label, of_label in _nodes(fresh).items()
            }
            edges = beside.submit(_edge_rows, fresh)
            new = beside.submit(_count_new, nodes, edges)
            for label, rows in nodes.items():
                _write_nodes(run, label, rows.result(), change)
            for shape, of_shape in edges.result().items():
                _write_edges(run, shape, of_shape, change)
            change.merge(new.result())
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


def _nodes(graphs: Iterable[ReportGraph]) -> dict[str, Iterable[Node]]:
    """Each node once, by label: first those of which there are most."""
    by_label: dict[str, dict[str, Node]] = {}
    for graph in graphs:
        for node in (graph.report, *graph.nodes):
            by_label.setdefault(node.label, {}).setdefault(node.id, node)
    order = sorted(by_label, key=lambda label: (-len(by_label[label]), label))
    return {label: by_label[label].values() for label in order}


def _edge_rows(graphs: Iterable[ReportGraph]) -> dict[_Shape, list[EdgeRow]]:
    """Each relationship once, by type and labels at its ends; sorted."""
    by_shape: dict[_Shape, dict[_Identity, EdgeRow]] = {}
    for graph in _giving_way(graphs):
        for edge in graph.edges:
            source, target = edge.source, edge.target
            shape = (edge.type, label_of(source), label_of(target))
            row = (source, target, edge_row(graph.report, edge))
            by_shape.setdefault(shape, {})[edge.identity] = row
    return {shape: list(rows.values()) for shape, rows in sorted(by_shape.items())}


def _is_new(kind: str) -> bool:
    """Whether what is of a report only: it is new, the report having been taken back before."""
    return kind in OWNED or kind == "Report" or kind in REPORT_EDGES


def _count_new(
    nodes: Mapping[str, Future[list[Row]]], edges: Future[dict[_Shape, list[EdgeRow]]]
) -> Tally:
    """Count what is of a report only, and so cannot stand there already."""
    tally = Tally()
    for label, rows in nodes.items():
        if _is_new(label):
            for some in _giving_way(pages(rows.result(), ROWS_TOGETHER)):
                tally.add(label, some)
    for (type_, label, _), of_shape in edges.result().items():
        if _is_new(type_) or _is_new(label):
            for part in _giving_way(pages(of_shape, ROWS_TOGETHER)):
                tally.add(type_, part)
    return tally


def _giving_way(items: Iterable[T]) -> Iterator[T]:
    """Items; before each, a thread that waits for the interpreter has it at once."""
    for item in items:
        time.sleep(0)
        yield item


def _write_nodes(run: Transaction, label: str, rows: Sequence[Row], change: Tally) -> None:
    fresh = rows if _is_new(label) else _unlike(run, label, rows, change)
    verb = "CREATE" if _is_new(label) else "MERGE"
    if fresh:
        run(
            f"UNWIND $rows AS row {verb} (n:{label} {{id: row.id}}) SET n = row",
            {"rows": fresh},
        )


def _unlike(run: Transaction, label: str, rows: Sequence[Row], change: Tally) -> Sequence[Row]:
    """Shared nodes that the graph has not, or has otherwise."""
    match = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
    ids = [row["id"] for row in rows]
    columns = node_columns(label)
    # In one row, which takes a server's driver a third of the time.
    values = ", ".join(f"n.`{name}`" for name in columns)
    answer = run(f"{match} RETURN collect([{values}]) AS nodes", {"ids": ids})
    nodes = (node for row in answer for node in row["nodes"])  # type: ignore[attr-defined]
    there = [dict(zip(columns, node, strict=True)) for node in nodes]
    lines = dict(zip(json_lines(label, there), there, strict=True))
    fresh = [
        r
        for r, line in zip(rows, json_lines(label, rows), strict=True)
        if lines.pop(line, None) is None
    ]
    change.drop(label, list(lines.values()))
    change.add(label, fresh)
    return fresh


def _write_edges(run: Transaction, shape: _Shape, rows: Sequence[EdgeRow], change: Tally) -> None:
    type_, source, target = shape
    if not (_is_new(type_) or _is_new(source)):
        match = f"UNWIND $ids AS id MATCH (a:{source} {{id: id}})-[r:{type_}]->(b:{target})"
        ids = sorted({row[0] for row in rows})
        there = {(a, b) for a, b, _ in edge_rows(run, match, type_, {"ids": ids})}
        rows = [row for row in rows if (row[0], row[1]) not in there]
        change.add(type_, rows)
    # Properties come as a map: the embedded engine refuses a name that it has not met yet
    # where it stands in the statement.
    if rows:
        run(
            f"UNWIND $rows AS row "
            f"MATCH (a:{source} {{id: row[0]}}) MATCH (b:{target} {{id: row[1]}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r += row[2]",
            {"rows": rows},
        )

"""How a report leaves a graph: its edges, its own nodes, and what only it had named.

Works inside a transaction that the store opened, as :mod:`graph.writes` does, and
tells what it removed, for the graph's inventory.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.checks import SHARED
from graph.ddl import REPORT_EDGES
from graph.inventory import Tally
from graph.rows import (
    Transaction,
    edge_rows,
    find_digests,
    node_columns,
    projection,
)
from graph.schema import OWNED, label_of
from graph.store import Row

_HOLDING = "|".join(REPORT_EDGES)


def remove_report(run: Transaction, report: str, change: Tally) -> bool:
    """Take back a report: its edges, its passages and measures, and the nodes that only it named.

    Args:
        run: The transaction.
        report: Id of the report.
        change: What is removed is counted out here.
    Returns:
        Whether the graph had it.
    """
    if not find_digests(run, [report]):
        return False
    only = {"report": report}
    touched: set[str] = set()
    for type_ in REPORT_EDGES:
        match = f"MATCH (a)-[r:{type_}]->(b) WHERE r.report = $report"
        edges = list(edge_rows(run, match, type_, only))
        touched.update(end for edge in edges for end in edge[:2])
        change.drop(type_, edges)
        if edges:
            run(f"{match} DELETE r", only)
    for label in OWNED:
        match = f"MATCH (n:{label}) WHERE n.report = $report"
        held = f"MATCH (a:{label})-[r:PART_OF]->(b) WHERE a.report = $report"
        change.drop("PART_OF", list(edge_rows(run, held, "PART_OF", only)))
        nodes = run(f"{match} RETURN {projection('n', node_columns(label))}", only)
        change.drop(label, list(nodes))
        run(f"{match} DETACH DELETE n", only)
    match = "MATCH (n:Report {id: $report})"
    nodes = run(f"{match} RETURN {projection('n', node_columns('Report'))}", only)
    change.drop("Report", list(nodes))
    run(f"{match} DETACH DELETE n", only)
    places: set[str] = set()
    for label in SHARED:
        ids = sorted(i for i in touched if label_of(i) == label)
        places |= _remove_orphans(run, label, ids, f"(n)-[:{_HOLDING}]-()", "LOCATED_IN", change)
    while places:
        held = "(n)<-[:LOCATED_IN|PART_OF]-()"
        places = _remove_orphans(run, "Place", sorted(places), held, "PART_OF", change)
    return True


def _remove_orphans(
    run: Transaction, label: str, ids: Sequence[str], holding: str, upward: str, change: Tally
) -> set[str]:
    """Remove those of the nodes that nothing holds.

    Args:
        run: The transaction.
        label: Label of the nodes.
        ids: Their ids.
        holding: Pattern of what holds a node ``n``.
        upward: Type of the edge to the place that a node holds in turn.
        change: What is removed is counted out here.
    Returns:
        Ids of the places that the removed nodes were holding.
    """
    if not ids:
        return set()
    loose = (
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE NOT EXISTS {{ {holding} }} "
        f"RETURN {projection('n', node_columns(label))}"
    )
    orphans: dict[str, Row] = {str(row["id"]): row for row in run(loose, {"ids": list(ids)})}
    if not orphans:
        return set()
    gone = {"ids": sorted(orphans)}
    match = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
    held = list(run(f"{match} MATCH (n)-[:{upward}]->(p:Place) RETURN id, p.id AS place", gone))
    change.drop(upward, [(row["id"], row["place"], {}) for row in held])
    change.drop(label, list(orphans.values()))
    run(f"{match} DETACH DELETE n", gone)
    return {str(row["place"]) for row in held}

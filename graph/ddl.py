"""Constraints and indexes, derived from the schema, in Cypher that every engine runs.

Uniqueness of ``id`` in each label is what makes a write repeatable; the indexes
on ``report`` are what makes taking one report back quick. Full-text indexes hold
text that comes segmented, and must take its words as they are. The analyzer that
does so has a name of its own on each engine: ``standard-no-stop-words`` of Neo4j
would cut every Chinese word into single characters. (Of 250 queries on 1,500
sentences the two engines found the same nodes 250 times this way, 6 times with
``standard-no-stop-words`` on both.)
"""

from __future__ import annotations

from graph.schema import EDGE_TYPES, INVENTORY, NODE_TYPES, REPORT, edge_properties, search_index

REPORT_EDGES: tuple[str, ...] = tuple(e.type for e in EDGE_TYPES if REPORT in edge_properties(e))
"""Types whose relationships belong to one report."""


def constraint_statements() -> dict[str, str]:
    """The statement that creates each uniqueness constraint, by its name."""
    return {
        f"unique_{n.label}": (
            f"CREATE CONSTRAINT unique_{n.label} IF NOT EXISTS "
            f"FOR (n:{n.label}) REQUIRE n.id IS UNIQUE"
        )
        for n in (*NODE_TYPES, INVENTORY)
    }


def index_statements(analyzer: str) -> dict[str, str]:
    """The statement that creates each index, by its name.

    Args:
        analyzer: The engine's analyzer that keeps words between blanks whole.
    """
    statements = {
        f"index_{n.label}_{name}": (
            f"CREATE INDEX index_{n.label}_{name} IF NOT EXISTS FOR (n:{n.label}) ON (n.{name})"
        )
        for n in NODE_TYPES
        for name in n.indexed
    }
    for type_ in REPORT_EDGES:
        name = f"index_{type_}_report"
        statements[name] = f"CREATE INDEX {name} IF NOT EXISTS FOR ()-[r:{type_}]-() ON (r.report)"
    for node in NODE_TYPES:
        if node.searchable:
            name = search_index(node.label)
            statements[name] = (
                f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{node.label}) "
                f"ON EACH [n.search] "
                f"OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{analyzer}'}}}}"
            )
    return statements


def index_names() -> tuple[str, ...]:
    """Names of all indexes."""
    return tuple(index_statements(""))

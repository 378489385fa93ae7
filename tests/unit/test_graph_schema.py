"""The one table that constraints, checks and exports are derived from."""

from graph.ddl import REPORT_EDGES, constraint_statements, index_names, index_statements
from graph.schema import (
    EDGE_TYPES,
    INVENTORY,
    NODE_BY_LABEL,
    NODE_TYPES,
    edge_properties,
    label_of,
    node_id,
    search_index,
)


def test_schema_property_has_one_type_wherever_it_stands():
    """Exports have one column for it."""
    node_types: dict[str, str] = {}
    for kind in NODE_TYPES:
        for prop in kind.properties:
            assert node_types.setdefault(prop.name, prop.type) == prop.type
    edge_types: dict[str, str] = {}
    for edge in EDGE_TYPES:
        for prop in edge_properties(edge):
            assert edge_types.setdefault(prop.name, prop.type) == prop.type


def test_schema_names_do_not_collide_with_what_engines_and_formats_add():
    """kglite gives nodes a virtual title and type; formats add label, source, target, key."""
    for kind in NODE_TYPES:
        assert not {p.name for p in kind.properties} & {"title", "type", "label", "id", "name"}
    for edge in EDGE_TYPES:
        names = {p.name for p in edge_properties(edge)}
        assert not names & {"type", "source", "target", "key", "id", "label", "interaction"}


def test_schema_edges_join_labels_that_exist():
    for edge in EDGE_TYPES:
        assert set(edge.sources) | set(edge.targets) <= set(NODE_BY_LABEL)


def test_schema_indexed_properties_are_declared():
    for kind in NODE_TYPES:
        assert set(kind.indexed) <= {"name", *(p.name for p in kind.properties)}
        assert kind.searchable == any(p.name == "search" for p in kind.properties)


def test_schema_ids_lead_back_to_their_label():
    for kind in NODE_TYPES:
        assert label_of(node_id(kind.label, "甲:乙")) == kind.label


def test_ddl_covers_every_label_and_every_edge_of_a_report():
    assert set(constraint_statements()) == {f"unique_{n.label}" for n in (*NODE_TYPES, INVENTORY)}
    names = index_names()
    assert {search_index(n.label) for n in NODE_TYPES if n.searchable} <= set(names)
    assert {f"index_{t}_report" for t in REPORT_EDGES} <= set(names)
    assert {"IMPLEMENTS", "REPORTS_TO", "CITES", "ISSUES", "MENTIONS"} <= set(REPORT_EDGES)


def test_ddl_statements_create_what_they_are_named_after():
    for name, statement in {**constraint_statements(), **index_statements("x")}.items():
        assert f" {name} IF NOT EXISTS " in statement

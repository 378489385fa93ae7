"""Queries that no engine may see."""

import pytest

from graph.cypher import with_limit
from graph.errors import QueryFailed
from graph.statement import check_query


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN 1; RETURN 2",
        "RETURN 1;\n// c\nMATCH (n) DETACH DELETE n",
        "RETURN ';' AS x; RETURN 2",
        "LOAD CSV FROM 'x' AS l RETURN l",
        "load /* c */ csv from 'x' AS l RETURN l",
        "LoAd\n\tCsV WITH HEADERS FROM $x AS l RETURN l",
        "LOAD // c\n CSV FROM 'x' AS l RETURN l",
        "RETURN 'it\\'s' AS x; RETURN 2",
        'RETURN "\\\\" AS x; RETURN 2',
        "CALL { LOAD CSV FROM 'x' AS l RETURN l } RETURN l",
    ],
)
def test_statement_that_is_refused(cypher):
    with pytest.raises(QueryFailed):
        check_query(cypher, "store.kgl")


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN 1 AS x",
        "RETURN 1 AS x;",
        "RETURN 1 AS x ; \n",
        "RETURN 'a;b' AS x, \"c;d\" AS `e;f`",
        "RETURN 'LOAD CSV' AS x",
        "// LOAD CSV; \nRETURN 1 AS x",
        "/* a; b */ RETURN 'it\\'s; fine' AS x",
        "MATCH (n) WHERE n.load = 'csv' RETURN n.load AS csv",
        "RETURN 'unclosed ; text",
    ],
)
def test_statement_that_is_let_through(cypher):
    check_query(cypher, "store.kgl")


@pytest.mark.parametrize("piece", ["/*", "'", "`", '"', "\\", "//", "'\\", "LOAD ", ";'"])
def test_L22_statement_check_is_linear(piece):
    """A quadratic pattern would take hours here."""
    text = "RETURN 1 " + piece * 300_000
    try:
        check_query(text, "store.kgl")
    except QueryFailed:
        assert ";" in piece


@pytest.mark.parametrize(
    ("cypher", "limited"),
    [
        ("RETURN 1 AS x", True),
        ("RETURN 1 AS x ; // ;", True),
        ("RETURN 1 AS x // LIMIT 1", True),
        ("MATCH (n) RETURN n.id AS id ORDER BY id", True),
        ("MATCH (n) WITH n LIMIT 3 RETURN n.id AS id", True),
        ("CALL { RETURN 1 AS x LIMIT 1 } RETURN x", True),
        ("RETURN 1 AS x LIMIT 5", False),
        ("RETURN 1 AS x limit $n", False),
        ("RETURN 1 AS x UNION ALL RETURN 2 AS x", False),
        ("CALL db.labels()", False),
        ("", False),
    ],
)
def test_statement_gets_a_limit_where_it_has_none(cypher, limited):
    assert with_limit(cypher, 7).endswith("\nLIMIT 7") is limited
    assert ";" not in with_limit(cypher, 7).partition("//")[0]

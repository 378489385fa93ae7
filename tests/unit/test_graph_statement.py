"""Queries that no engine may see."""

import pytest

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

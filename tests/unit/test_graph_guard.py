"""What free Cypher may say, judged from its text."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.names import lookups
from api.questions import questions
from graph.errors import QueryRefused
from graph.guard import DEEPEST, LONGEST, check_free_query

WRITES = (
    "CREATE (n:Agency {id: 'x'}) RETURN n",
    "MATCH (n) SET n.name = 'x' RETURN n",
    "MATCH (n) SET n:Label",
    "MATCH (n) REMOVE n.name RETURN n",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MERGE (n:Agency {id: 'x'}) ON CREATE SET n.name = 'x'",
    "FOREACH (x IN [1] | CREATE (:Agency))",
    "INSERT (:Agency {id: 'x'})",
    "MATCH (n) NODETACH DELETE n",
    "MATCH (n) WITH n AS end DELETE (n)",
    "WITH AS DELETE (n) RETURN 1",
    "RETURN 1 AS AS DELETE (n)",
    "MATCH (n) WHERE n.year = 1DELETE (n)",
    "MATCH (n) WHERE n.year = .5DELETE (n)",
    "RETURN $0DELETE (n)",
    "MATCH (n) WITH * DELETE n",
    "MATCH (n) CALL { WITH n DELETE n } RETURN 1",
    "MATCH (n) CALL (n) { DELETE n } RETURN 1",
    "CALL { CREATE (:Agency) } RETURN 1",
    "CALL { MATCH (n) RETURN n } IN TRANSACTIONS RETURN 1",
    "RETURN EXISTS { CREATE (:Agency) }",
    "RETURN COLLECT { CREATE (n:Agency) RETURN n }",
    "RETURN 1 AS x; CREATE (:Agency)",
    "RETURN 1 AS x UNION CREATE (n:Agency) RETURN 1 AS x",
)
FILES = (
    "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
    "load csv with headers from $x as l return l",
    "MATCH (n) LOAD CSV FROM 'x' AS l RETURN l",
    "CALL { LOAD CSV FROM 'x' AS l RETURN l } RETURN l",
    "RETURN COLLECT { LOAD CSV FROM 'x' AS l RETURN l }",
    "RETURN 1 AS x UNION LOAD CSV FROM 'x' AS x RETURN x",
    "WITH 1 AS end LOAD CSV FROM 'x' AS l RETURN l",
    "RETURN file()",
    "RETURN linenumber()",
    "CALL apoc.load.json('http://host/x')",
    "CALL apoc . load . csv('x')",
    "CALL `apoc`.`load`.`csv`('x')",
    "CALL `apoc.load.csv`('x')",
    "RETURN apoc.util.md5(['x'])",
    "RETURN apoc.coll.size([1])",
    "RETURN apoc . coll . size([1])",
    "RETURN `apoc`.size([1])",
    "RETURN `file`()",
)
ADMIN = (
    "CREATE INDEX FOR (n:Agency) ON (n.x)",
    "DROP INDEX x",
    "ALTER USER neo4j SET PASSWORD 'x'",
    "SHOW USERS",
    "SHOW INDEXES YIELD name RETURN name",
    "USE system RETURN 1",
    "MATCH (n) USE neo4j RETURN n",
    "CALL { USE system RETURN 1 AS x } RETURN x",
    "PROFILE MATCH (n) RETURN n",
    "EXPLAIN MATCH (n) RETURN n",
    "CYPHER 5 MATCH (n) RETURN n",
    "CALL dbms.listConfig()",
    "CALL db.index.fulltext.createNodeIndex('x', ['A'], ['b'])",
    "CALL table.delete('x')",
    "TERMINATE TRANSACTION 'x'",
    "GRANT READ {*} ON GRAPH * TO x",
    "START DATABASE x",
    "FINISH",
    ":param x => 1",
)


@pytest.mark.parametrize("cypher", WRITES)
def test_A11_guard_refuses_writes(cypher: str) -> None:
    for spelled in (cypher, cypher.lower(), cypher.swapcase(), cypher.replace(" ", "\r\n\t")):
        with pytest.raises(QueryRefused):
            check_free_query(spelled)


@pytest.mark.parametrize("cypher", FILES)
def test_A12_guard_refuses_files_and_the_network(cypher: str) -> None:
    for spelled in (cypher, cypher.lower(), cypher.replace(" ", "/* x */ // y\n")):
        with pytest.raises(QueryRefused):
            check_free_query(spelled)


@pytest.mark.parametrize("cypher", ADMIN)
def test_A13_guard_refuses_administration(cypher: str) -> None:
    with pytest.raises(QueryRefused):
        check_free_query(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        # One engine resolves the escape before it looks for quotes, the other after.
        "RETURN '\\u0027 AS x LOAD CSV FROM \"x\" AS l RETURN l //' AS y",
        "RETURN 'a\\\\u0027 CREATE (:X) //'",
        "RETURN '\\uu0027'",
        "RETURN '\\U00000027'",
        "RETURN '\\u27'",
        "\\u004cOAD CSV FROM 'x' AS l RETURN l",
        "MATCH (n) \\u0044ELETE n",
        # One engine ends a comment at a carriage return, the other does not.
        "RETURN 1 AS x // ' \r LOAD CSV FROM 'x' AS l RETURN l // '",
        "RETURN 1 // \u2028 CREATE (:X)",
        "RETURN 1 /* x /* y */ CREATE (:X) */",
        # Letters that somebody might fold into a keyword.
        "LOAD C\u017fV FROM 'x' AS l RETURN l",
        "ＬＯＡＤ CSV FROM 'x' AS l RETURN l",
        "LOAD\u3000CSV FROM 'x' AS l RETURN l",
        "\ufeffRETURN 1",
        "RETURN 1 \x00",
    ],
)
def test_A12_guard_refuses_what_engines_read_differently(cypher: str) -> None:
    with pytest.raises(QueryRefused):
        check_free_query(cypher)


@pytest.mark.parametrize(
    "cypher", ["RETURN 'x", 'RETURN "x', "RETURN `x", "RETURN 1 /* x", "/* */"]
)
def test_A11_guard_refuses_quotes_and_comments_without_end(cypher: str) -> None:
    with pytest.raises(QueryRefused):
        check_free_query(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN 'LOAD CSV; DELETE \\' CREATE' AS x",
        'RETURN "LOAD CSV FROM x; DETACH DELETE n" AS `CREATE ; SET`',
        "// DELETE ; LOAD CSV\nMATCH (n) RETURN n.id /* CREATE ; */ AS id ;",
        "MATCH (n:Load) RETURN n.delete AS set, {create: 1, merge: n.set} AS m",
        "RETURN '\\u4e2d\\n\\t\\\\' AS x",
        "MATCH (机构:Agency) WHERE 机构.name CONTAINS '信访' RETURN 机构.name AS 名称 ORDER BY 名称 DESC LIMIT 5",
        "MATCH p = (a)-[r:IMPLEMENTS*1..3]->(b) WHERE r[0].year IN [2021, 2022] RETURN length(p) AS n",
        "MATCH (n) WHERE NOT EXISTS { (n)-->() } AND n.name STARTS WITH '北' RETURN count(*) AS n",
        "MATCH (n) RETURN CASE WHEN n.year IS NOT NULL THEN n.year ELSE -1.5e3 END AS year",
        "UNWIND range(1, 3) AS x WITH *, x * 2 AS y RETURN DISTINCT x, y SKIP 1 LIMIT 2",
        "OPTIONAL MATCH (n:Agency {id: $id}) RETURN n {.id, .name, limit: 1} AS n",
        "CALL db.labels() YIELD label RETURN label UNION ALL RETURN 'x' AS label",
        "CALL { MATCH (n) RETURN n LIMIT 1 } RETURN n.id AS id",
        "MATCH (n) CALL (n) { RETURN n.id AS id } RETURN id",
        "RETURN [x IN [1, 2] WHERE x > 1 | x] AS xs, reduce(s = 0, x IN [1] | s + x) AS s",
        "RETURN COUNT { MATCH (n) RETURN n } AS n, date.truncate('year', date('2023-05-01')) AS d",
    ],
)
def test_A14_guard_lets_harmless_words_through(cypher: str) -> None:
    check_free_query(cypher)


@pytest.mark.parametrize("template", [*questions.values(), *lookups.values()], ids=lambda t: t.name)
def test_A14_guard_lets_every_question_of_ours_through(template) -> None:  # type: ignore[no-untyped-def]
    check_free_query(template.cypher)


def test_A15_guard_bounds_length_and_nesting() -> None:
    deep = f"RETURN {'(' * DEEPEST}1{')' * DEEPEST} AS x"
    check_free_query(deep)
    for refused in (
        f"RETURN ({deep[7:-5]}) AS x",
        "CALL {" * 600 + "RETURN 1 AS x" + "}" * 600,
        "RETURN 1" + " " * LONGEST,
        "RETURN (1",
        "RETURN [1)",
        "RETURN 1)",
    ):
        with pytest.raises(QueryRefused):
            check_free_query(refused)


CASED = st.sampled_from((str.upper, str.lower, str.swapcase, str.title))
BLANKS = st.sampled_from(
    (" ", "\n", "\t", "\r\n", "  ", " /**/ ", " // x\n", "/* ' */", '\n// "\n')
)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_A11_guard_no_spelling_of_a_write_passes(data: st.DataObject) -> None:
    """Case of each word, blanks and comments between words, a read put in front."""
    cypher = data.draw(st.sampled_from((*WRITES, *FILES)))
    words = re.findall(r"'[^']*'|\s+|\w+|[^\w\s]", cypher)
    spelled = "".join(
        data.draw(BLANKS) if w.isspace() else w if w.startswith("'") else data.draw(CASED)(w)
        for w in words
    )
    front = data.draw(
        st.sampled_from(("", "RETURN 1 AS a UNION ", "MATCH (a) ", "WITH 1 AS a ", ";"))
    )
    with pytest.raises(QueryRefused):
        check_free_query(front + spelled)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.text(max_size=60),
    st.sampled_from(("RETURN {}", "MATCH (n) {} DELETE n", "{} LOAD CSV FROM 'x' AS l RETURN l")),
)
def test_A11_guard_answers_any_text(text: str, around: str) -> None:
    """It refuses or lets through, and never lets a write through that is code."""
    cypher = around.format(text)
    try:
        check_free_query(cypher)
    except QueryRefused:
        return
    code = re.sub(
        r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|//[^\n]*|/\*.*?\*/",
        " ",
        cypher,
        flags=re.S,
    )
    assert "DELETE" not in code
    assert "LOAD" not in code


@pytest.mark.parametrize(
    "piece", ["/*", "'", "`", "CALL (", "a.", "(", "{", "\\u", "x ", "EXISTS {"]
)
def test_L22_guard_is_linear(piece: str) -> None:
    with contextlib.suppress(QueryRefused):
        check_free_query("RETURN 1 " + piece * (LONGEST // len(piece) - 20))

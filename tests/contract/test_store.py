"""What every store promises, on each engine (RELIABILITY cases by their number)."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from conftest import StorePlace
from graph_dump import dump, expected
from report_builder import PLACES, make_report, node

from graph.census import find_changes, find_losses
from graph.errors import EvidenceMismatch, QueryFailed, StoreError, WriteRefused
from graph.model import Edge, Evidence, Node, ReportGraph
from graph.opening import open_store
from graph.schema import EDGE_TYPES, NODE_TYPES, search_index
from graph.store import Store, Written

pytestmark = pytest.mark.every_neo4j

EMPTY_DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
OTHER = (
    ("IMPLEMENTS", "agency:西山县司法局", "mechanism:府院联动", "西山县司法局推行府院联动。"),
    ("CITES", "", "regulation:信访工作条例", "学习信访工作条例。"),
    ("ISSUES", "agency:西山县司法局", "regulation:调解办法", "西山县司法局印发调解办法。"),
)
HOSTILE = (
    "Robert'}) DETACH DELETE n //",
    'a "double" and a `back`tick',
    "$x ${y} {{7*7}}",
    "back\\slash \\u4e2d",
    "换行\n和\t制表",
    "emoji 👩‍👩‍👧 𠮷",
    "right‮to left",
    "<script>alert(1)</script>",
    "长" * 1300,
)


def other_report(name: str = "b") -> ReportGraph:
    return make_report(name, OTHER, unit="agency:西山县司法局", places=("place:西山县", *PLACES))


def change(graph: ReportGraph, index: int, **properties: object) -> ReportGraph:
    """The report with other properties on one of its nodes."""
    nodes = list(graph.nodes)
    nodes[index] = replace(nodes[index], properties={**nodes[index].properties, **properties})
    return replace(graph, nodes=tuple(nodes))


def with_edge(graph: ReportGraph, type_: str, **changes: object) -> ReportGraph:
    """The report with its first edge of a type changed."""
    edges = list(graph.edges)
    index = next(i for i, e in enumerate(edges) if e.type == type_)
    edges[index] = replace(edges[index], **changes)
    return replace(graph, edges=tuple(edges))


def test_store_is_empty_at_first(store: Store) -> None:
    info = store.info()
    assert info.nodes == {n.label: 0 for n in NODE_TYPES}
    assert info.edges == {e.type: 0 for e in EDGE_TYPES}
    assert info.digest == EMPTY_DIGEST
    assert info.problems == ()
    assert dict(store.reports()) == {}


def test_store_write_keeps_everything_that_the_reports_say(store: Store) -> None:
    graphs = [make_report("a"), other_report()]
    assert store.write(graphs) == Written(added=("report:a", "report:b"))
    assert dump(store) == expected(graphs)


def test_store_counts_by_label_and_type(store: Store) -> None:
    store.write([make_report("a")])
    info = store.info()
    assert info.nodes == {
        "Agency": 2, "Regulation": 1, "Mechanism": 1, "Initiative": 0,
        "Report": 1, "Passage": 3, "Measure": 0, "Place": 2,
    }  # fmt: skip
    assert info.edges == {
        "IMPLEMENTS": 1, "REPORTS_TO": 1, "CITES": 1, "ISSUES": 0,
        "PUBLISHED": 1, "MENTIONS": 6, "PART_OF": 4, "LOCATED_IN": 1, "MEASURES": 0,
    }  # fmt: skip
    assert info.problems == ()


def test_store_digest_is_that_of_the_reports_in_any_order(store: Store) -> None:
    store.write([make_report("a"), other_report()])
    both = store.info().digest
    store.remove("report:a")
    assert store.info().digest != both
    store.write([make_report("a")])
    assert store.info().digest == both
    # The same on every engine, version and machine.
    assert both == "f9d326b19d255c4513f557e3adf5342448d6474f45d77111288354007f740186"


def test_S01_writing_again_changes_nothing(store: Store) -> None:
    graphs = [make_report("a"), other_report()]
    store.write(graphs)
    before, info = dump(store), store.info()
    for _ in range(2):
        assert store.write(graphs) == Written(unchanged=("report:a", "report:b"))
    assert (dump(store), store.info()) == (before, info)


def test_store_write_takes_the_same_report_twice_in_one_call_once(store: Store) -> None:
    assert store.write([make_report("a"), make_report("a")]) == Written(added=("report:a",))


def test_L20_changed_report_replaces_what_it_had_said(store: Store) -> None:
    store.write([make_report("a"), other_report()])
    changed = make_report("a", OTHER)
    assert store.write([changed, other_report()]) == Written(
        replaced=("report:a",), unchanged=("report:b",)
    )
    assert dump(store) == expected([changed, other_report()])


def test_store_remove_leaves_the_graph_as_if_the_report_had_never_come(store: Store) -> None:
    store.write([other_report()])
    before = dump(store)
    store.write([make_report("a")])
    assert store.remove("report:a") is True
    assert dump(store) == before
    assert store.remove("report:b") is True
    assert dump(store) == ({}, {})


def test_store_remove_of_an_unknown_report_says_so(store: Store) -> None:
    store.write([make_report("a")])
    before = dump(store)
    assert store.remove("report:nobody") is False
    assert dump(store) == before


def test_store_remove_keeps_a_place_that_a_smaller_place_needs(store: Store) -> None:
    """东湖市 is a's own place and the place above b's."""
    store.write([make_report("a"), other_report()])
    store.remove("report:a")
    nodes, _ = dump(store)
    assert "place:东湖市" in nodes
    assert "place:江南省" in nodes  # still above 东湖市, which b needs


def test_store_keeps_every_clause_that_states_an_edge(store: Store) -> None:
    first, second = "东湖市信访局将推行领导包案。", "东湖市信访局落实领导包案。"
    graph = make_report(
        "a",
        (
            ("IMPLEMENTS", "agency:东湖市信访局", "mechanism:领导包案", first),
            ("IMPLEMENTS", "agency:东湖市信访局", "mechanism:领导包案", second),
        ),
    )
    edge = next(e for e in graph.edges if e.type == "IMPLEMENTS")
    planned = replace(edge.evidence[0], status="planned")
    store.write([with_edge(graph, "IMPLEMENTS", evidence=(edge.evidence[1], planned))])
    [row] = store.run(
        "MATCH (:Agency)-[r:IMPLEMENTS]->(:Mechanism) RETURN r.year AS year, r.status AS status, "
        "r.evidence AS evidence, r.start AS start, r.`end` AS stop, r.evidence_all AS clauses, "
        "r.status_all AS statuses, r.start_all AS starts, r.end_all AS ends, r.rule_all AS rules"
    )
    assert row == {
        "year": 2023,
        "status": "reported",
        "evidence": second,  # what shows it is done, not what was planned before
        "start": len(first),
        "stop": len(first + second),
        "clauses": [first, second],
        "statuses": ["planned", "reported"],
        "starts": [0, len(first)],
        "ends": [len(first), len(first + second)],
        "rules": ["test", "test"],
    }


@pytest.mark.parametrize("name", HOSTILE, ids=lambda n: ascii(n)[:24])
def test_L21_hostile_names_are_stored_as_text(store: Store, name: str) -> None:
    clause = f"我们说：{name}。"
    graph = make_report(
        name,
        (("IMPLEMENTS", f"agency:{name}", f"mechanism:{name}", clause),),
        unit=f"agency:{name}",
        places=(f"place:{name}", *PLACES),
    )
    store.write([graph, other_report()])
    assert dump(store) == expected([graph, other_report()])
    found = store.run("MATCH (n:Agency {id: $id}) RETURN n.name AS name", {"id": f"agency:{name}"})
    assert found == [{"name": name}]
    assert store.remove(f"report:{name}") is True
    assert dump(store) == expected([other_report()])


def test_store_keeps_long_text_and_empty_lists(store: Store) -> None:
    clause = "长" * 10_000 + "。"
    graph = make_report("a", (("IMPLEMENTS", "agency:甲局", "mechanism:乙制", clause),))
    graph = change(graph, 0, aliases=())
    store.write([graph])
    assert dump(store) == expected([graph])


BASE = make_report("a")
_AGENCY = BASE.nodes[0]
REFUSED = {
    "unknown label": replace(BASE, nodes=(*BASE.nodes, Node("Person", "person:某", {}))),
    "unknown type": replace(BASE, edges=(*BASE.edges, Edge("LIKES", _AGENCY.id, _AGENCY.id))),
    "unknown property": change(BASE, 0, colour="red"),
    "unknown edge property": with_edge(BASE, "IMPLEMENTS", properties={"colour": "red"}),
    "wrong prefix": replace(BASE, nodes=(replace(_AGENCY, id="place:东湖市信访局"), *BASE.nodes[1:])),
    "S04 empty id": replace(BASE, nodes=(*BASE.nodes, Node("Agency", "agency:", {}))),
    "id and property differ": change(BASE, 0, id="agency:another"),
    "two nodes with one id": replace(BASE, nodes=(*BASE.nodes, _AGENCY)),
    "two edges with one identity": replace(BASE, edges=(*BASE.edges, BASE.edges[0])),
    "dangling edge": replace(BASE, edges=(*BASE.edges, Edge("LOCATED_IN", _AGENCY.id, "place:无"))),
    "edge between wrong labels": replace(
        BASE, edges=(*BASE.edges, Edge("LOCATED_IN", "place:东湖市", _AGENCY.id))
    ),
    "edge of another report": with_edge(BASE, "PUBLISHED", report="report:b"),
    "L26 no evidence": with_edge(BASE, "IMPLEMENTS", evidence=()),
    "evidence without rule": with_edge(
        BASE, "IMPLEMENTS", evidence=(Evidence(0, 1, BASE.report.properties["text"][0]),)  # type: ignore[index,arg-type]
    ),
    "evidence on a plain edge": with_edge(BASE, "LOCATED_IN", evidence=(Evidence(0, 1, "东"),)),
    "required property missing": replace(
        BASE, report=replace(BASE.report, properties={"digest": "d", "text": ""})
    ),
    "node that nothing names": replace(BASE, nodes=(*BASE.nodes, node("agency:无人提及局"))),
    "place that nothing is in": replace(BASE, nodes=(*BASE.nodes, node("place:无人之地"))),
    "S09 NUL": change(BASE, 0, line="a\0b"),
    "S09 lone surrogate": change(BASE, 0, line="\ud800"),
    "S09 None": change(BASE, 0, line=None),
    "S09 number for text": change(BASE, 0, line=3),
    "S09 text for list": change(BASE, 0, aliases="甲"),
    "S09 mixed list": change(BASE, 0, aliases=("甲", 3)),
    "S09 mutable list": change(BASE, 0, aliases=["甲"]),
    "S09 boolean for number": replace(
        BASE, report=replace(BASE.report, properties={**BASE.report.properties, "year": True})
    ),
    "S09 float for number": replace(
        BASE, report=replace(BASE.report, properties={**BASE.report.properties, "year": math.nan})
    ),
    "S09 integer beyond 64 bits": replace(
        BASE, report=replace(BASE.report, properties={**BASE.report.properties, "year": 2**63})
    ),
    "S09 text of 10 MB and more": change(BASE, 0, line="长" * 10_000_001),
    "L21 name of 10,000 characters": make_report("a", unit="agency:" + "长" * 10_000),
    "two texts with one id": make_report("b"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_store_refuses_what_the_schema_does_not_have(store: Store, case: str) -> None:
    store.write([make_report("z")])
    before = dump(store)
    with pytest.raises(WriteRefused) as caught:
        store.write([make_report("c"), other_report("b"), REFUSED[case]])
    assert not isinstance(caught.value, EvidenceMismatch)
    assert len(str(caught.value)) < 400
    assert dump(store) == before


@pytest.mark.parametrize(
    ("name", "value", "wording"),
    [
        ("section", "a\0b", "section must be a sane STRING"),
        ("search", "\ud800", "search must be a sane STRING"),
        ("end", 2**63, "end must be a sane INTEGER"),
        ("section", {"a": 1}, "section must be a sane STRING"),
        ("report", "长" * 10_000, "longer than"),
        ("report", "report:b", "belongs to another report"),
        ("colour", "red", "no property 'colour'"),
    ],
)
def test_store_refuses_one_passage_of_many(
    store: Store, name: str, value: object, wording: str
) -> None:
    """Passages are sent while the reports are checked: nothing stays, and the store goes on."""
    clauses = [f"第{number}次会议落实领导包案。" for number in range(60)]
    implements = ("IMPLEMENTS", "agency:东湖市信访局", "mechanism:领导包案")
    graph = make_report("many", tuple((*implements, clause) for clause in clauses))
    store.write([other_report()])
    before = dump(store)
    last = max(i for i, n in enumerate(graph.nodes) if n.label == "Passage")
    with pytest.raises(WriteRefused, match=wording):
        store.write([make_report("c"), change(graph, last, **{name: value})])
    assert dump(store) == before
    store.write([graph])
    assert dump(store) == expected([other_report(), graph])


def test_refusal_names_the_one_of_several_that_is_unfit(store: Store) -> None:
    agencies = [i for i, n in enumerate(BASE.nodes) if n.label == "Agency"]
    with pytest.raises(WriteRefused, match=BASE.nodes[agencies[-1]].id):
        store.write([change(BASE, agencies[-1], line=3)])
    mentions = [e for e in BASE.edges if e.type == "MENTIONS"]
    unfit = replace(mentions[-1], properties={**mentions[-1].properties, "starts": (0, 1)})
    edges = tuple(unfit if e is mentions[-1] else e for e in BASE.edges)
    with pytest.raises(WriteRefused, match=f"{unfit.source} MENTIONS {unfit.target}: .* length"):
        store.write([replace(BASE, edges=edges)])
    assert len(agencies) > 1
    assert len(mentions) > 1


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [(0, 12, "东湖市信访局落实领导办案"), (1, 13, "东湖市信访局落实领导包案"), (-13, 5, ""), (0, 10**6, "东"), (0, 0, "")],
)  # fmt: skip
def test_L26_evidence_must_be_in_the_text(store: Store, start: int, end: int, text: str) -> None:
    graph = with_edge(BASE, "IMPLEMENTS", evidence=(Evidence(start, end, text, rule="test"),))
    with pytest.raises(EvidenceMismatch) as caught:
        store.write([other_report(), graph])
    assert (caught.value.report, caught.value.start) == ("report:a", start)
    assert dump(store) == ({}, {})


def test_L26_mentions_and_passages_must_be_in_the_text(store: Store) -> None:
    spans = {"surfaces": ("别的",), "starts": (0,), "ends": (2,)}
    with pytest.raises(EvidenceMismatch):
        store.write([with_edge(BASE, "MENTIONS", properties=spans)])
    index = next(i for i, n in enumerate(BASE.nodes) if n.label == "Passage")
    with pytest.raises(EvidenceMismatch):
        store.write([change(BASE, index, text="别的")])
    assert dump(store) == ({}, {})


WRITING = (
    "CREATE (:Agency {id: 'agency:x'})",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n:Agency) SET n.name = 'x'",
    "match (n:Agency) remove n.name return n.id as id",
    "MERGE (n:Agency {id: 'agency:x'}) RETURN n.id AS id",
    "CREATE INDEX sneaky FOR (n:Agency) ON (n.line)",
    "RETURN 1 AS x; MATCH (n) DETACH DELETE n",
    "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "load\ncsv FROM '/etc/hostname' AS line RETURN line",
)


@pytest.mark.parametrize("cypher", WRITING)
def test_A11_run_refuses_to_write_and_to_read_files(store: Store, cypher: str) -> None:
    store.write([make_report("a")])
    before = dump(store)
    with pytest.raises(QueryFailed):
        store.run(cypher)
    assert dump(store) == before
    assert store.info().problems == ()


def test_A14_words_inside_strings_and_comments_are_free(store: Store) -> None:
    cypher = "// LOAD CSV; DELETE\nRETURN 'LOAD CSV; DELETE' AS `load csv;`; \n"
    assert store.run(cypher) == [{"load csv;": "LOAD CSV; DELETE"}]


@pytest.mark.parametrize(
    ("cypher", "params"),
    [
        ("MATCH (n RETURN n", {}),
        ("RETURN $missing AS x", {}),
        ("RETURN $x AS x", {"x": 2**63}),
        ("RETURN $x AS x", {"x": "\ud800"}),
        ("RETURN $x AS x", {"x": object()}),
        ("CALL db.index.fulltext.queryNodes('nothing', 'x') YIELD node RETURN node.id AS id", {}),
    ],
)
def test_store_run_names_what_is_wrong_with_a_query(
    store: Store, cypher: str, params: dict[str, object]
) -> None:
    with pytest.raises(QueryFailed) as caught:
        store.run(cypher, params)
    assert "\n" not in str(caught.value)
    assert store.run("RETURN 1 AS one") == [{"one": 1}]


def test_A15_query_is_stopped_at_its_time_and_the_next_one_runs(place: StorePlace) -> None:
    place.open().close()
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a + b AS c RETURN sum(c) AS n"
    with open_store(place.url, read_only=True, password=place.password, query_seconds=1) as store:
        with pytest.raises(QueryFailed):
            store.run(slow)
        assert store.run("RETURN 1 AS one") == [{"one": 1}]


def test_store_run_returns_plain_values(store: Store) -> None:
    params = {"text": "甲", "list": [1, 2], "none": None, "map": {"a": [True]}, "real": 0.5}
    rows = store.run("UNWIND [1, 2] AS n RETURN n, $text AS t, $list AS l, $none AS o, $map AS m, $real AS r", params)  # fmt: skip
    row = {"t": "甲", "l": [1, 2], "o": None, "m": {"a": [True]}, "r": 0.5}
    assert rows == [{"n": 1, **row}, {"n": 2, **row}]


def test_store_search_ranks_segmented_chinese_alike(store: Store) -> None:
    names = {
        "mechanism:领导包案": "领导 包案",
        "mechanism:领导干部接访下访": "领导 干部 接访 下访",
        "mechanism:包案化解": "包案 化解 积案",
        "mechanism:府院联动": "府院 联动",
    }
    statements = tuple(("IMPLEMENTS", "agency:甲局", m, f"甲局推行{m[10:]}。") for m in names)
    graph = make_report("a", statements)
    for index, n in enumerate(graph.nodes):
        if n.id in names:
            graph = change(graph, index, search=names[n.id])
    store.write([graph])
    assert search(store, "Mechanism", "领导 包案") == [
        "mechanism:领导包案",
        "mechanism:包案化解",
        "mechanism:领导干部接访下访",
    ]
    assert search(store, "Mechanism", "府院") == ["mechanism:府院联动"]
    # Words, not characters; no stop words; nothing of it left after removal.
    assert search(store, "Mechanism", "府") == []
    assert search(store, "Agency", "甲") == ["agency:甲局"]
    store.remove("report:a")
    assert search(store, "Mechanism", "领导 包案") == []


def search(store: Store, label: str, query: str) -> list[object]:
    rows = store.run(
        f"CALL db.index.fulltext.queryNodes('{search_index(label)}', $query) "
        "YIELD node, score RETURN node.id AS id, score ORDER BY score DESC, id",
        {"query": query},
    )
    return [row["id"] for row in rows]


def test_store_read_only_sees_the_graph_and_refuses_writes(place: StorePlace) -> None:
    with place.open() as store:
        store.write([make_report("a")])
        digest = store.info().digest
    with place.open(read_only=True) as reader:
        assert reader.info().digest == digest
        assert reader.info().problems == ()
        with pytest.raises(StoreError, match="reading only"):
            reader.write([other_report()])
        with pytest.raises(StoreError, match="reading only"):
            reader.remove("report:a")
        assert dump(reader) == expected([make_report("a")])


def test_N04_reader_follows_what_a_writer_publishes(place: StorePlace) -> None:
    with place.open() as writer:
        writer.write([make_report("a")])
    with place.open(read_only=True) as reader:
        assert list(reader.reports()) == ["report:a"]
        with place.open() as writer:
            writer.write([other_report()])
        assert list(reader.reports()) == ["report:a", "report:b"]


def test_store_keeps_its_content_when_closed(place: StorePlace) -> None:
    with place.open() as store:
        store.write([make_report("a"), other_report()])
        info = store.info()
        store.close()
        store.close()
        with pytest.raises(StoreError, match="closed"):
            store.run("RETURN 1 AS x")
    with place.open() as again:
        assert again.info() == info
        assert dump(again) == expected([make_report("a"), other_report()])


def test_S08_many_reports_in_one_call_are_split(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.writes.ROWS_PER_TRANSACTION", 40)
    graphs = [make_report(f"{i:03}") for i in range(12)]
    assert len(store.write(graphs).added) == 12
    assert dump(store) == expected(graphs)


def test_store_info_names_stray_relationships_and_missing_indexes(place: StorePlace) -> None:
    with place.open() as store:
        store.write([make_report("a")])
    break_store(place, "MATCH (r:Report) DETACH DELETE r", "DROP INDEX index_Agency_name")
    with place.open(read_only=True) as reader:
        problems = " ".join(reader.info().problems)
    assert "index index_Agency_name is missing" in problems
    assert "report:a" in problems
    with place.open() as store:
        assert "missing" not in " ".join(store.info().problems)


ALL_OF_A = (
    "MATCH ()-[r]->() WHERE r.report = 'report:a' DELETE r",
    "MATCH (p:Passage) WHERE p.report = 'report:a' DETACH DELETE p",
    "MATCH (r:Report {id: 'report:a'}) DETACH DELETE r",
    "MATCH (n:Mechanism {id: 'mechanism:领导包案'}) DETACH DELETE n",
    "MATCH (n:Agency {id: 'agency:东湖市信访局'}) DETACH DELETE n",
    "MATCH (n:Agency {id: 'agency:东湖市人民政府'}) DETACH DELETE n",
)
LOSSES = {
    "a report and all that only it had said": (ALL_OF_A, "1 of 2 Report"),
    "the place of an agency": (
        ("MATCH (:Agency {id: 'agency:东湖市信访局'})-[r:LOCATED_IN]->() DELETE r",),
        "1 of 2 LOCATED_IN",
    ),
    "one mention": (
        ("MATCH (:Passage {id: 'passage:a/0'})-[r:MENTIONS]->(:Mechanism) DELETE r",),
        " MENTIONS",
    ),
    "what was loaded": (("MATCH (i:Inventory) DETACH DELETE i",), "nothing says what was loaded"),
}
CHANGES = {
    "evidence": "MATCH ()-[r:IMPLEMENTS]->() SET r.evidence = '别的。'",
    "a name": "MATCH (n:Mechanism {id: 'mechanism:领导包案'}) SET n.name = '别的'",
    "a word of the text": "MATCH (n:Report {id: 'report:a'}) SET n.text = n.text + '。'",
    "an alias": "MATCH (n:Regulation {id: 'regulation:信访工作条例'}) SET n.aliases = ['甲']",
    "a property less": "MATCH (n:Passage {id: 'passage:a/0'}) REMOVE n.search",
    "another place": "MATCH (a:Agency {id: 'agency:西山县司法局'})-[r:LOCATED_IN]->() "
    "MATCH (p:Place {id: 'place:江南省'}) DELETE r CREATE (a)-[:LOCATED_IN]->(p)",
    "the record itself": "MATCH (i:Inventory) SET i.digest = 'unknown'",
}


@pytest.mark.parametrize("loss", LOSSES)
def test_S12_losses_are_named_though_the_rest_hangs_together(place: StorePlace, loss: str) -> None:
    statements, named = LOSSES[loss]
    with place.open() as store:
        store.write([make_report("a"), other_report()])
        assert [*find_losses(store.run), *find_changes(store)] == []
    break_store(place, *statements)
    with place.open(read_only=True) as reader:
        [problem] = find_losses(reader.run)
        assert named in problem
        assert problem in reader.info().problems
    with place.open() as store:
        store.write([make_report("c")])
        assert find_losses(store.run), "writing on does not hide it"
        store.remove("report:c")
        assert find_losses(store.run)


@pytest.mark.parametrize("change", CHANGES)
def test_S12_changes_are_named_though_nothing_is_missing(place: StorePlace, change: str) -> None:
    with place.open() as store:
        store.write([make_report("a"), other_report()])
    break_store(place, CHANGES[change])
    with place.open() as store:
        assert find_losses(store.run) == []
        assert "is not what was loaded" in find_changes(store)[0]
        store.write([make_report("c")])
        store.remove("report:c")
        assert find_changes(store), "writing on does not hide it"


def test_S17_inventory_follows_every_write(store: Store) -> None:
    """Also where shared nodes are known otherwise by a later report."""
    store.write([make_report("a"), other_report()])
    store.write([make_report("a", OTHER), make_report("c")])
    graph = make_report("d")
    store.write([change(graph, 0, aliases=("东湖信访",), line="信访")])
    assert find_changes(store) == []
    for name in "cbad":
        store.remove(f"report:{name}")
        assert [*find_losses(store.run), *find_changes(store)] == []


def break_store(place: StorePlace, *statements: str) -> None:
    """Do to a store, behind its back, what it would never do itself."""
    if place.engine == "embedded":
        import kglite

        with kglite.open(place.url, durable="off") as graph:
            for statement in statements:
                graph.cypher(statement)
        return
    import neo4j

    with neo4j.GraphDatabase.driver(place.url, auth=("neo4j", place.password)) as driver:
        for statement in statements:
            driver.execute_query(statement)

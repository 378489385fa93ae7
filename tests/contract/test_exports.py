"""Every export read back by another program's reader and compared with the store."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from conftest import StorePlace
from graph_dump import Dump, dump
from lxml import etree
from report_builder import make_report, node

from graph.errors import ExportError
from graph.exports import export_graph, find_formats
from graph.model import Node, ReportGraph
from graph.network import read_network
from graph.schema import EDGE_TYPES, NODE_TYPES, edge_properties
from graph.store import Store

HOSTILE = (
    "=1+1 <b>&amp;]]> \"双\" '单' `$x` \\ , ;\t首\n行\r尾 👩‍👩‍👧 𠮷 \u202e翻\u200b \x0b\x1b\ufffe"
)
LISTS = {"LIST<STRING>", "LIST<INTEGER>"}


def rich_reports() -> list[ReportGraph]:
    """Parallel edges, a self loop, hostile text, every type of value."""
    clause = f"{HOSTILE}。"
    hostile = make_report(
        "怪",
        (
            ("IMPLEMENTS", "agency:甲局", f"mechanism:{HOSTILE}", clause),
            ("REPORTS_TO", "agency:甲局", "agency:甲局", "甲局向甲局负责。"),
            ("IMPLEMENTS", "agency:乙局", "initiative:攻坚", "乙局开展攻坚。"),
        ),
        unit="agency:甲局",
    )
    nodes = [
        node("agency:甲局", aliases=("甲", "甲\n局"), level="市", line="")
        if n.id == "agency:甲局"
        else n
        for n in hostile.nodes
    ]
    return [
        make_report("a"),
        make_report("b"),  # the same edges from another report
        ReportGraph(hostile.report, tuple(nodes), hostile.edges),
    ]


@pytest.fixture
def full(embedded_place: StorePlace) -> Iterator[Store]:
    with embedded_place.open() as store:
        store.write(rich_reports())
        yield store


@pytest.fixture
def empty(embedded_place: StorePlace) -> Iterator[Store]:
    with embedded_place.open() as store:
        yield store


# Readers: a file to the same two dictionaries that dump() makes of a store.


def from_network(network: Any, value: Callable[[str, Any], Any] = lambda _, v: v) -> Dump:
    nodes = {}
    for id_, data in network.nodes(data=True):
        extra = {"label"} | ({"value"} if data.get("value") == id_ else set())
        properties = {k: value(k, v) for k, v in data.items() if k not in extra}
        nodes[id_] = {"id": id_, **properties}
    edges = {}
    for source, target, data in network.edges(data=True):
        extra = {"type", "id", "key", "interaction", "kind", "label", "source", "target"}
        properties = {k: value(k, v) for k, v in data.items() if k not in extra}
        edges[(data["type"], source, target, str(properties.get("report", "")))] = properties
    return nodes, edges


def listed(dumped: Dump) -> Dump:
    """Tuples as lists, as JSON has them."""

    def plain(row: dict[str, object]) -> dict[str, object]:
        return {k: list(v) if isinstance(v, tuple) else v for k, v in row.items()}

    return {k: plain(v) for k, v in dumped[0].items()}, {k: plain(v) for k, v in dumped[1].items()}


IS_LIST = {p.name for t in NODE_TYPES for p in t.properties if p.type in LISTS} | {
    p.name for t in EDGE_TYPES for p in edge_properties(t) if p.type in LISTS
}


def parsed(name: str, value: Any) -> Any:
    return json.loads(value) if name in IS_LIST else value


def read_node_link(path: Path) -> Dump:
    return from_network(nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="edges"))


def read_cytoscape(path: Path) -> Dump:
    nodes, edges = from_network(nx.cytoscape_graph(json.loads(path.read_text("utf-8"))))
    for row in nodes.values():
        if "measured" in row:
            row["value"] = row.pop("measured")
    return nodes, edges


def read_graphml(path: Path) -> Dump:
    return from_network(nx.read_graphml(path), parsed)


def read_gexf(path: Path) -> Dump:
    """NetworkX gives the node's name for its attribute ``label``, so this reads itself."""
    space = "{http://gexf.net/1.3}"
    root = etree.parse(path).getroot()
    kinds = {a.get("id"): a.get("type") for a in root.iter(f"{space}attribute")}

    def values(element: Any) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for item in element.iter(f"{space}attvalue"):
            key, text = item.get("for"), item.get("value")
            name = key.partition(".")[2]
            if kinds[key] in ("long", "boolean") or name in IS_LIST:
                row[name] = json.loads(text)
            else:
                row[name] = text
        return row

    nodes = {}
    for element in root.iter(f"{space}node"):
        row = values(element)
        assert row.pop("label") in {t.label for t in NODE_TYPES}
        assert element.get("label") == row["name"]
        nodes[element.get("id")] = row
    edges = {}
    for element in root.iter(f"{space}edge"):
        row = values(element)
        ends = (element.get("source"), element.get("target"))
        edges[(row.pop("type"), *ends, row.get("report", ""))] = row
    return nodes, edges


def read_jsonl(path: Path) -> Dump:
    nodes, edges = {}, {}
    for line in path.read_text("utf-8").split("\n")[:-1]:
        item = json.loads(line)
        row = item["properties"]
        if item["kind"] == "node":
            nodes[row["id"]] = row
        else:
            edges[(item["type"], item["source"], item["target"], row.get("report", ""))] = row
    return nodes, edges


def read_csv(path: Path) -> Dump:
    types = {p.name: p.type for t in NODE_TYPES for p in t.properties}
    types |= {p.name: p.type for t in EDGE_TYPES for p in edge_properties(t)}

    def rows(name: str) -> Iterator[dict[str, Any]]:
        with (path / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield {
                    k: v if types.get(k, "STRING") == "STRING" else json.loads(v)
                    for k, v in row.items()
                    if v
                }

    nodes = {}
    for row in rows("nodes.csv"):
        assert row.pop("label") in {t.label for t in NODE_TYPES}
        nodes[row["id"]] = row
    edges = {}
    for row in rows("edges.csv"):
        ends = (row.pop("type"), row.pop("source"), row.pop("target"))
        edges[(*ends, row.get("report", ""))] = row
    return nodes, edges


READERS: dict[str, Callable[[Path], Dump]] = {
    "csv": read_csv,
    "cytoscape": read_cytoscape,
    "gexf": read_gexf,
    "graphml": read_graphml,
    "jsonl": read_jsonl,
    "node-link": read_node_link,
}


def without_empty_text(dumped: Dump) -> Dump:
    return (
        {k: {n: v for n, v in row.items() if v != ""} for k, row in dumped[0].items()},
        {k: {n: v for n, v in row.items() if v != ""} for k, row in dumped[1].items()},
    )


def xml_text(dumped: Dump) -> Dump:
    """What is left of a graph where U+000B, U+001B and U+FFFE cannot be said."""

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return value.translate({0x0B: 0xFFFD, 0x1B: 0xFFFD, 0xFFFE: 0xFFFD})
        if isinstance(value, list):
            # JSON escapes the two control characters before XML sees them.
            return [v.replace("\ufffe", "\ufffd") if isinstance(v, str) else v for v in value]
        return value

    def row(properties: dict[str, object]) -> dict[str, object]:
        return {k: clean(v) for k, v in properties.items()}

    nodes, edges = dumped
    return (
        {clean(k): row(v) for k, v in nodes.items()},
        {tuple(clean(part) for part in k): row(v) for k, v in edges.items()},  # type: ignore[misc]
    )


@pytest.mark.parametrize("name", READERS)
def test_X06_export_reads_back_equal(full: Store, tmp_path: Path, name: str) -> None:
    losses = export_graph(full, name, tmp_path / "out")
    wanted = listed(dump(full))
    if name in ("graphml", "gexf"):
        wanted = xml_text(wanted)
        [loss] = losses
        assert "U+FFFD" in loss
    elif name == "csv":
        wanted = without_empty_text(wanted)
        [loss] = losses
        assert "empty cell" in loss
    else:
        assert losses == ()
    assert READERS[name](tmp_path / "out") == wanted


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_X03_xml_parses_in_two_parsers(full: Store, tmp_path: Path, name: str) -> None:
    export_graph(full, name, tmp_path / "out")
    first = ElementTree.parse(tmp_path / "out").getroot()
    second = etree.parse(tmp_path / "out").getroot()
    assert sum(1 for _ in first.iter()) == sum(1 for _ in second.iter(etree.Element))


def test_export_gexf_is_what_networkx_reads(full: Store, tmp_path: Path) -> None:
    export_graph(full, "gexf", tmp_path / "out.gexf")
    network = nx.read_gexf(tmp_path / "out.gexf", version="1.3")
    info = full.info()
    assert network.number_of_nodes() == sum(info.nodes.values())
    assert network.number_of_edges() == sum(info.edges.values())


@pytest.mark.parametrize("name", find_formats())
def test_X04_empty_graph_gives_a_valid_file(empty: Store, tmp_path: Path, name: str) -> None:
    export_graph(empty, name, tmp_path / "out")
    assert (tmp_path / "out").exists()
    if name in READERS:
        assert READERS[name](tmp_path / "out") == ({}, {})


@pytest.mark.parametrize("name", READERS)
def test_X08_same_graph_same_bytes(full: Store, tmp_path: Path, name: str) -> None:
    """Whatever the order of loading, the hash seed and the time zone."""
    export_graph(full, name, tmp_path / "one")
    script = """
import sys
from pathlib import Path
from graph.exports import export_graph
from graph.opening import open_store
from test_exports import rich_reports

with open_store(sys.argv[1]) as store:
    for graph in reversed(rich_reports()):
        store.write([graph])
    export_graph(store, sys.argv[2], sys.argv[3])
"""
    root = Path(__file__).parents[2]
    paths = os.pathsep.join(map(str, (root, root / "tests", root / "tests" / "contract")))
    env = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
        "PYTHONPATH": paths,
    }
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "two.kgl"), name, str(tmp_path / "two")],
        check=True, env=env, cwd=root,
    )  # fmt: skip
    assert content(tmp_path / "one") == content(tmp_path / "two")


def content(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {"": path.read_bytes()}
    return {p.name: p.read_bytes() for p in path.iterdir()}


@pytest.mark.neo4j
@pytest.mark.parametrize("name", ["graphml", "node-link", "csv"])
def test_S02_both_engines_export_the_same_bytes(
    full: Store, neo4j_place: StorePlace, tmp_path: Path, name: str
) -> None:
    export_graph(full, name, tmp_path / "one")
    with neo4j_place.open() as store:
        store.write(rich_reports())
        export_graph(store, name, tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_export_order_is_that_of_code_points_on_every_engine(store: Store) -> None:
    names = ["Z", "a", "é", "丁", "\uff21", "\U00020bb7", "👩", "甲", "甲乙"]
    graph = make_report(
        "r", tuple(("ISSUES", f"agency:{n}", "regulation:法", f"{n}发文。") for n in names)
    )
    store.write([graph])
    ids = [n.id for n in _nodes(store, "Agency")]
    assert ids == sorted(ids)
    assert len(ids) == len(names) + 1


def test_export_pages_through_a_large_graph(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    graphs = [make_report(f"{i:02}") for i in range(5)]
    store.write(graphs)
    whole = dump(store)
    for ids, page in ((1, 1), (3, 2), (2, 3)):
        monkeypatch.setattr("graph.view.IDS", ids)
        monkeypatch.setattr("graph.view.PAGE", page)
        read = dump(store)
        assert read == whole
        assert [list(part) for part in read] == [list(part) for part in whole]


def _nodes(store: Store, label: str) -> list[Node]:
    from graph.view import GraphView

    return list(GraphView(store).iter_nodes([label]))


def test_network_has_every_node_and_edge(full: Store) -> None:
    network = read_network(full)
    assert listed(from_network(network)) == listed(dump(full))
    assert network.nodes["agency:甲局"]["label"] == "Agency"
    keys = set(network["agency:东湖市信访局"]["mechanism:领导包案"])
    assert keys == {"IMPLEMENTS report:a", "IMPLEMENTS report:b"}


def test_network_of_a_part_has_only_that_part(full: Store) -> None:
    network = read_network(full, labels=["Agency", "Mechanism"], types=["IMPLEMENTS", "CITES"])
    assert {data["label"] for _, data in network.nodes(data=True)} == {"Agency", "Mechanism"}
    assert {data["type"] for *_, data in network.edges(data=True)} == {"IMPLEMENTS"}


def test_export_formats_say_what_they_are_for() -> None:
    formats = find_formats()
    assert set(READERS) <= set(formats)
    for name, format_ in formats.items():
        assert format_.name == name
        assert 10 < len(format_.about) < 100
        assert "\n" not in format_.about


def test_export_format_is_one_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shouting.py").write_text(
        "NAME = 'shouting'\nABOUT = 'names in capitals'\nFILE_SUFFIX = '.txt'\n"
        "def write(view, out):\n"
        "    out.write_text(' '.join(n.id.upper() for n in view.iter_nodes()))\n"
        "    return ()\n"
    )
    import graph.exports

    monkeypatch.setattr(graph.exports, "__path__", [*graph.exports.__path__, str(tmp_path)])
    assert "shouting" in find_formats()
    monkeypatch.delitem(sys.modules, "graph.exports.shouting")


def test_export_unknown_format_names_the_known(full: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="graphml"):
        export_graph(full, "docx", tmp_path / "out")

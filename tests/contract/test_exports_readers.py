"""Exports as the programs want them that their readers use: schemas, labels, descriptors."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

import frictionless
import networkx as nx
import pytest
from conftest import StorePlace
from lxml import etree
from rocrate.rocrate import ROCrate
from small_graph import AGENT, CITY, EAST, NEW_RULES, TAKING_CHARGE, report_id, small_graph
from test_exports import rich_reports

from graph.exports import export_graph
from graph.part import Part
from graph.schema import EDGE_TYPES, NODE_TYPES
from graph.store import Store

GEXF = Path(__file__).parents[1] / "fixtures" / "gexf-1.3" / "gexf.xsd"
YED = "{http://www.yworks.com/xml/graphml}"


@pytest.fixture
def small(embedded_place: StorePlace) -> Iterator[Store]:
    with embedded_place.open() as store:
        store.write(small_graph())
        yield store


@pytest.fixture
def hostile(embedded_place: StorePlace) -> Iterator[Store]:
    with embedded_place.open() as store:
        store.write(rich_reports())
        yield store


def test_export_gexf_follows_its_schema(hostile: Store, tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(GEXF))
    export_graph(hostile, "gexf", tmp_path / "out.gexf")
    export_graph(hostile, "gexf", tmp_path / "none.gexf", part=Part(years=(1900, 1900)))
    for name in ("out.gexf", "none.gexf"):
        assert schema.validate(etree.parse(tmp_path / name)), schema.error_log


def years_of(path: Path) -> dict[str, set[int]]:
    """Years of each node and, by its number, each edge, as Gephi reads them."""
    [graph] = etree.parse(path).getroot().iter("{*}graph")
    assert (graph.get("mode"), graph.get("timerepresentation")) == ("dynamic", "timestamp")
    found = {}
    for element in graph.iter("{*}node", "{*}edge"):
        assert not {"start", "end"} & set(element.attrib)
        stamps = element.get("timestamps", f"<[{element.get('timestamp', '')}]>")
        inner = stamps.removeprefix("<[").removesuffix("]>")
        found[element.get("id")] = {int(year) for year in inner.split(", ") if year}
    return found


def test_export_gexf_nodes_are_there_in_the_years_that_speak_of_them(
    small: Store, tmp_path: Path
) -> None:
    export_graph(small, "gexf", tmp_path / "out.gexf")
    years = years_of(tmp_path / "out.gexf")
    assert years[TAKING_CHARGE] == {2021, 2022, 2023}
    assert years[AGENT] == {2021, 2022}
    assert years[EAST] == {2021, 2022}
    assert years[report_id(CITY, 2022)] == {2022}
    assert {frozenset(y) for i, y in years.items() if i.startswith("place:")} == {frozenset()}
    owned = [y for i, y in years.items() if i.startswith(("passage:", "measure:"))]
    assert owned
    assert all(len(y) == 1 for y in owned)


def test_export_gexf_edges_are_there_with_both_their_ends(small: Store, tmp_path: Path) -> None:
    export_graph(small, "gexf", tmp_path / "out.gexf")
    years = years_of(tmp_path / "out.gexf")
    edges = list(etree.parse(tmp_path / "out.gexf").getroot().iter("{*}edge"))
    timed = [e for e in edges if years[e.get("id")]]
    assert {e.get("label") for e in edges} - {e.get("label") for e in timed} == {
        "PART_OF", "LOCATED_IN",
    }  # fmt: skip
    for edge in timed:
        assert years[edge.get("id")] <= years[edge.get("source")] & years[edge.get("target")]


def test_export_gexf_of_a_part_has_the_years_of_the_part(small: Store, tmp_path: Path) -> None:
    export_graph(small, "gexf", tmp_path / "out.gexf", part=Part(years=(2022, 2022)))
    years = years_of(tmp_path / "out.gexf")
    assert years[TAKING_CHARGE] == {2022}
    assert years[NEW_RULES] == {2022}
    assert set().union(*years.values()) == {2022}


def test_export_gexf_tells_parallel_edges_apart_by_few_kinds(
    hostile: Store, tmp_path: Path
) -> None:
    """Gephi takes parallel edges of one kind for one, and keeps a table for each kind."""
    export_graph(hostile, "gexf", tmp_path / "out.gexf")
    edges = list(etree.parse(tmp_path / "out.gexf").getroot().iter("{*}edge"))
    ends = [(e.get("source"), e.get("target"), e.get("label")) for e in edges]
    assert len({(*pair[:2], e.get("kind")) for pair, e in zip(ends, edges, strict=True)}) == len(
        edges
    )
    most = max(Counter(ends).values())
    assert most > 1
    assert {e.get("kind") for e in edges} <= {
        f"{type_.type}{number}" for type_ in EDGE_TYPES for number in ("", *(f" {n}" for n in range(2, most + 1)))
    }  # fmt: skip


def test_export_graphml_has_labels_that_yed_draws(hostile: Store, tmp_path: Path) -> None:
    export_graph(hostile, "graphml", tmp_path / "out.graphml")
    root = etree.parse(tmp_path / "out.graphml").getroot()
    keys = {k.get("yfiles.type"): k.get("id") for k in root.iter("{*}key") if k.get("yfiles.type")}
    # The values are the keys that Gephi takes for labels.
    assert keys == {"nodegraphics": "nodelabel", "edgegraphics": "edgelabel"}
    for kind, path in (("node", "ShapeNode/NodeLabel"), ("edge", "PolyLineEdge/EdgeLabel")):
        shape, label = path.split("/")
        for element in root.iter(f"{{*}}{kind}"):
            first, *others = element.iter("{*}data")
            assert first.get("key") == keys[f"{kind}graphics"]
            known = {data.get("key"): data.text or "" for data in others}
            drawn = first.findtext(f"{YED}{shape}/{YED}{label}")
            assert drawn == known["node.name" if kind == "node" else "edge.type"]


def test_export_graphml_tells_networkx_the_label_and_the_name(small: Store, tmp_path: Path) -> None:
    export_graph(small, "graphml", tmp_path / "out.graphml")
    network = nx.read_graphml(tmp_path / "out.graphml")
    assert {data["label"] for _, data in network.nodes(data=True)} <= {n.label for n in NODE_TYPES}
    assert network.nodes[EAST]["name"] == "北京市东城区信访办公室"
    assert {"x", "y", "shape_type"}.isdisjoint(network.nodes[EAST])
    assert {d["type"] for *_, d in network.edges(data=True)} <= {e.type for e in EDGE_TYPES}


def test_export_cytoscape_elements_have_ids_of_their_own(hostile: Store, tmp_path: Path) -> None:
    """Cytoscape and Cytoscape.js take one id space for nodes and edges, all of it text."""
    export_graph(hostile, "cytoscape", tmp_path / "out.cyjs")
    elements = json.loads((tmp_path / "out.cyjs").read_text("utf-8"))["elements"]
    nodes = {element["data"]["id"] for element in elements["nodes"]}
    edges = {element["data"]["id"] for element in elements["edges"]}
    assert len(nodes) == len(elements["nodes"])
    assert len(edges) == len(elements["edges"])
    assert not nodes & edges
    assert all(isinstance(id_, str) and id_ for id_ in nodes | edges)
    assert all(element["data"]["name"] for element in elements["nodes"])
    for element in elements["edges"]:
        assert {element["data"]["source"], element["data"]["target"]} <= nodes
        assert element["data"]["interaction"] == element["data"]["type"]


def test_export_sqlite_is_sound_and_searchable(small: Store, tmp_path: Path) -> None:
    export_graph(small, "sqlite", tmp_path / "out.db")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("out")) == ["out.db"]
    with closing(sqlite3.connect(tmp_path / "out.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        found = db.execute(
            "SELECT text FROM Passage WHERE rowid IN "
            "(SELECT rowid FROM Passage_fts WHERE Passage_fts MATCH '衔接')"
        ).fetchall()
        assert found == [("网上信访衔接不够。",)]
        clause = db.execute(
            "SELECT text FROM evidence WHERE type = 'IMPLEMENTS' AND status = 'lacking'"
        ).fetchall()
        assert clause == [("网上信访衔接不够",)]


def test_export_sqlite_is_as_datasette_expects(small: Store, tmp_path: Path) -> None:
    """It shows names for ids, finds search tables and links rows by their keys."""
    export_graph(small, "sqlite", tmp_path / "out.db")
    with closing(sqlite3.connect(tmp_path / "out.db")) as db:
        for kind in NODE_TYPES:
            columns = {row[1]: row[5] for row in db.execute(f'PRAGMA table_info("{kind.label}")')}
            assert {name for name, key in columns.items() if key} == {"id"}
            assert "name" in columns
            search = db.execute(
                "SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE '%USING fts5%' "
                "AND sql LIKE ?",
                (f'%content="{kind.label}"%',),
            ).fetchall()
            assert bool(search) is kind.searchable
        for edge in EDGE_TYPES:
            keys = {row[3]: row[2] for row in db.execute(f'PRAGMA foreign_key_list("{edge.type}")')}
            assert {"source", "target"} <= set(keys)
            indexed = {
                column[2]
                for index in db.execute(f'PRAGMA index_list("{edge.type}")')
                for column in db.execute(f'PRAGMA index_info("{index[1]}")')
            }
            assert {"source", "target"} <= indexed


def test_export_bundle_checksums_are_those_of_its_files(hostile: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_graph(hostile, "bundle", out)
    if tool := shutil.which("sha256sum"):
        checked = subprocess.run(
            [tool, "--strict", "-c", "CHECKSUMS"], cwd=out, capture_output=True, text=True
        )
        assert checked.returncode == 0, checked.stdout
    sums = dict(reversed(line.split("  ")) for line in (out / "CHECKSUMS").read_text().splitlines())
    assert set(sums) == {p.name for p in out.iterdir()} - {"CHECKSUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest


def test_export_bundle_is_a_data_package(hostile: Store, tmp_path: Path) -> None:
    """Frictionless reads every row: types, primary and foreign keys, sizes and hashes."""
    out = tmp_path / "out"
    export_graph(hostile, "bundle", out)
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])
    assert [task.name for task in report.tasks] == ["nodes", "edges", "reports"]
    edges = report.tasks[1].stats["rows"]
    with (out / "edges.csv").open("r+", encoding="utf-8", newline="") as file:
        whole = file.read()
        file.seek(0)
        file.write(whole.replace("agency:甲局", "agency:無局", 1))
    assert edges == sum(hostile.info().edges.values())
    assert not frictionless.validate(str(out / "datapackage.json")).valid


def test_export_bundle_is_an_ro_crate(hostile: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_graph(hostile, "bundle", out)
    crate = ROCrate(out)
    assert {file.id for file in crate.data_entities} == {
        p.name for p in out.iterdir() if p.name not in ("CHECKSUMS", "ro-crate-metadata.json")
    }
    for file in crate.data_entities:
        assert int(file["contentSize"]) == (out / file.id).stat().st_size
        assert file["sha256"] == hashlib.sha256((out / file.id).read_bytes()).hexdigest()
        assert file["encodingFormat"]
    assert crate.name
    assert crate.description
    assert crate.datePublished.date().isoformat() == "2023-12-31"
    assert crate.license["description"]


def test_export_bundle_says_nothing_that_its_context_does_not_define(
    hostile: Store, tmp_path: Path
) -> None:
    export_graph(hostile, "bundle", tmp_path / "out")
    crate = json.loads((tmp_path / "out" / "ro-crate-metadata.json").read_text("utf-8"))
    [address, own] = crate["@context"]
    assert address == "https://w3id.org/ro/crate/1.1/context"
    shipped = resources.files("rocrate") / "data" / "ro-crate.jsonld"
    # The library has a later context; checksums are what 1.1 had no term for.
    known = set(json.loads(shipped.read_text("utf-8"))["@context"]) - {"sha256"}
    used = {key for entity in crate["@graph"] for key in entity if not key.startswith("@")}
    used |= {t for e in crate["@graph"] for t in [e["@type"]]}
    assert used <= known | set(own)

"""Exports of a part of the graph hold what the part means, and nothing else."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import StorePlace
from graph_dump import Dump, dump
from small_graph import (
    AGENT,
    CITY,
    EAST,
    NEW_RULES,
    ONLINE,
    TAKING_CHARGE,
    WEST,
    report_id,
    small_graph,
)
from test_exports import READERS as PLAIN_READERS
from test_exports import listed, read_csv, read_gexf, read_graphml, read_jsonl
from test_exports_formats import READERS

from graph.exports import export_graph, find_formats
from graph.part import Part
from graph.schema import NODE_BY_LABEL
from graph.store import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture
def filled(store: Store) -> Iterator[Store]:
    store.write(small_graph())
    yield store


def exported(store: Store, path: Path, part: Part) -> Dump:
    export_graph(store, "jsonl", path / "part.jsonl", part=part)
    nodes, edges = read_jsonl(path / "part.jsonl")
    whole_nodes, whole_edges = listed(dump(store))
    assert {k: whole_nodes[k] for k in nodes} == nodes
    assert {k: whole_edges[k] for k in edges} == edges
    for _, source, target, report in edges:
        assert {source, target} <= set(nodes)
        assert not report or report in nodes
    return nodes, edges


def of_label(dumped: Dump, label: str) -> set[str]:
    return {i for i in dumped[0] if i.startswith(f"{label}:")}


def test_export_part_of_a_mechanism(filled: Store, tmp_path: Path) -> None:
    part = exported(filled, tmp_path, Part(node=TAKING_CHARGE))
    assert of_label(part, "mechanism") == {TAKING_CHARGE}
    assert of_label(part, "agency") == {CITY, EAST, WEST}
    assert of_label(part, "regulation") == {NEW_RULES}
    assert of_label(part, "place") == {"place:北京市", "place:北京市东城区", "place:北京市西城区"}
    types = {k[0] for k in part[1]}
    assert {"IMPLEMENTS", "CITES", "MENTIONS", "PUBLISHED", "PART_OF", "LOCATED_IN"} <= types
    assert not {"ISSUES", "REPORTS_TO"} & types


def test_export_part_of_years(filled: Store, tmp_path: Path) -> None:
    part = exported(filled, tmp_path, Part(years=(2022, 2023)))
    assert of_label(part, "report") == {
        report_id(CITY, 2022), report_id(EAST, 2022), report_id(WEST, 2023),
    }  # fmt: skip
    assert {e["year"] for k, e in part[1].items() if k[0] == "IMPLEMENTS"} == {2022, 2023}
    passages = [n for i, n in listed(dump(filled))[0].items() if i.startswith("passage:")]
    wanted = {p["id"] for p in passages if p["report"] in of_label(part, "report")}
    assert of_label(part, "passage") == wanted


def test_export_part_of_a_place_has_what_lies_in_it(filled: Store, tmp_path: Path) -> None:
    whole = exported(filled, tmp_path, Part(place="place:北京市"))
    assert len(of_label(whole, "report")) == 6
    (tmp_path / "part.jsonl").unlink()
    east = exported(filled, tmp_path, Part(place="place:北京市东城区"))
    assert of_label(east, "report") == {report_id(EAST, 2021), report_id(EAST, 2022)}
    assert of_label(east, "mechanism") == {TAKING_CHARGE, ONLINE, AGENT}
    assert "place:北京市" in of_label(east, "place")


def test_export_part_holds_all_that_is_asked_for_at_once(filled: Store, tmp_path: Path) -> None:
    part = exported(
        filled, tmp_path, Part(node=TAKING_CHARGE, place="place:北京市东城区", years=(2022, 2022))
    )
    assert of_label(part, "report") == {report_id(EAST, 2022)}
    assert [k[:3] for k in part[1] if k[0] == "IMPLEMENTS"] == [("IMPLEMENTS", EAST, TAKING_CHARGE)]


def test_export_part_of_an_answer_joins_its_nodes(filled: Store, tmp_path: Path) -> None:
    part = exported(filled, tmp_path, Part(nodes=frozenset({EAST, ONLINE, AGENT})))
    stated = {k for k in part[1] if k[0] in ("IMPLEMENTS", "CITES", "REPORTS_TO")}
    assert stated == {
        ("IMPLEMENTS", EAST, ONLINE, report_id(EAST, 2021)),
        ("IMPLEMENTS", EAST, AGENT, report_id(EAST, 2021)),
    }


def test_export_part_that_nothing_fits_is_a_valid_file(filled: Store, tmp_path: Path) -> None:
    assert exported(filled, tmp_path, Part(years=(1950, 1951))) == ({}, {})


def read_import(path: Path) -> Dump:
    """The files for ``neo4j-admin``, ids only: a real Neo4j reads all of them elsewhere."""
    nodes: dict[str, dict[str, object]] = {}
    edges: dict[tuple[str, str, str, str], dict[str, object]] = {}
    for file in sorted(path.glob("*.csv")):
        label = file.stem.partition("-")[2]
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if file.stem.startswith("nodes-"):
                    if label in NODE_BY_LABEL:
                        nodes[row["id:ID"]] = {}
                else:
                    ends = (row[":START_ID"], row[":END_ID"])
                    edges[(label, *ends, row.get("report:string", ""))] = {}
    return nodes, edges


def read_bundle(path: Path) -> Dump:
    """The lines of a bundle, whose tables and graph files must hold the same."""
    found = read_jsonl(path / "graph.jsonl")
    assert read_csv(path)[1].keys() == found[1].keys()
    for name, read in (("graph.gexf", read_gexf), ("graph.graphml", read_graphml)):
        assert read(path / name)[1].keys() == found[1].keys()
    return found


ALL_READERS = {**PLAIN_READERS, **READERS, "neo4j-import": read_import, "bundle": read_bundle}
PARTS = {
    "mechanism": Part(node=TAKING_CHARGE),
    "place": Part(place="place:北京市东城区"),
    "years": Part(years=(2022, 2022)),
    "question": Part(nodes=frozenset({EAST, ONLINE, AGENT})),
    "all at once": Part(node=TAKING_CHARGE, place="place:北京市", years=(2022, 2023)),
}


@pytest.mark.parametrize("name", find_formats())
def test_export_parts_are_the_same_in_every_format(
    embedded_place: StorePlace, tmp_path: Path, name: str
) -> None:
    with embedded_place.open() as store:
        store.write(small_graph())
        whole = listed(dump(store))
        for number, part in enumerate(PARTS.values()):
            (tmp_path / str(number)).mkdir()
            export_graph(store, "jsonl", tmp_path / str(number) / "wanted", part=part)
            wanted = read_jsonl(tmp_path / str(number) / "wanted")
            assert 0 < len(wanted[1]) < len(whole[1])
            export_graph(store, name, tmp_path / str(number) / "out", part=part)
            found = ALL_READERS[name](tmp_path / str(number) / "out")
            assert found[0].keys() == wanted[0].keys()
            assert found[1].keys() == wanted[1].keys()


@pytest.mark.parametrize("name", find_formats())
def test_X04_one_node_and_isolated_nodes_are_valid_in_every_format(
    embedded_place: StorePlace, tmp_path: Path, name: str
) -> None:
    with embedded_place.open() as store:
        store.write(small_graph())
        for wanted in ({ONLINE}, {ONLINE, AGENT}):
            out = tmp_path / str(len(wanted)) / "out"
            out.parent.mkdir()
            export_graph(store, name, out, part=Part(nodes=frozenset(wanted)))
            nodes, edges = ALL_READERS[name](out)
            assert set(nodes) == wanted
            assert edges == {}


@pytest.fixture
def graph_file(embedded_place: StorePlace) -> str:
    with embedded_place.open() as store:
        store.write(small_graph())
    return embedded_place.url


def govmech(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *args], capture_output=True, text=True, cwd=ROOT
    )


def test_export_command_writes_the_part_of_a_question(graph_file: str, tmp_path: Path) -> None:
    out = tmp_path / "part.json"
    done = govmech(
        "export", "node-link", "-o", str(out), "--store", graph_file,
        "--question", "units_applying_mechanism", "--param", "mechanism=领导包案", "--param", "year=2022",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    links = json.loads(out.read_text("utf-8"))["edges"]
    stated = {(e["source"], e["target"], e["year"]) for e in links if e["type"] == "IMPLEMENTS"}
    assert stated == {(CITY, TAKING_CHARGE, 2022), (EAST, TAKING_CHARGE, 2022)}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--years", "2023-2020"], "ends before"),
        (["--years", "now"], "no year"),
        (["--mechanism", "无此"], "无此"),
        (["--param", "a=b"], "--question"),
        (["--question", "overview"], "selects none"),
    ],
)
def test_export_command_refuses_a_part_it_cannot_read(
    graph_file: str, tmp_path: Path, options: list[str], says: str
) -> None:
    out = tmp_path / "part.json"
    done = govmech("export", "node-link", "-o", str(out), "--store", graph_file, *options)
    assert done.returncode not in (0, 1)
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()

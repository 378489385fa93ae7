"""Exports for tables and for RDF, read back by the libraries of those who use them."""

from __future__ import annotations

import gc
import json
import os
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import kglite
import neo4j
import openpyxl
import pyarrow.parquet
import pyshacl
import pytest
import rdflib
from benchmarks.synthetic import iter_reports
from conftest import WIPE, StorePlace
from graph_dump import Dump, dump
from report_builder import make_report
from small_graph import small_graph
from test_exports import (
    IS_LIST,
    content,
    listed,
    read_csv,
    rich_reports,
    without_empty_text,
)
from test_exports import READERS as PLAIN_READERS

from graph.errors import ExportError
from graph.exports import export_graph, find_formats
from graph.model import Edge, Node, ReportGraph
from graph.opening import open_store
from graph.schema import (
    EDGE_TYPES,
    NODE_TYPES,
    PROPERTY_ZH,
    RDF_PREFIXES,
    edge_properties,
    rdf_term,
)
from graph.shapes import shapes
from graph.store import Store

ESCAPES = "\\u0041 \\\\u0042 \\' \\ ; // `x` $y {z} ;"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "，=1", '"=1', "a,=1")
LONG = "长" * 33_000


def hard_reports() -> list[ReportGraph]:
    """Escapes of query languages, formulas, cells too long, numbers too large."""
    statements = [("IMPLEMENTS", "agency:丙局", f"mechanism:{ESCAPES}", f"{ESCAPES}。")]
    statements += [("IMPLEMENTS", "agency:丙局", f"initiative:{f}", f"{f}。") for f in FORMULAS]
    statements.append(("CITES", "", "regulation:法 <a> “b” 'c' {d}|^", LONG))
    graph = make_report("难 <i>", tuple(statements), unit="agency:丙局", year=2022)
    text = str(graph.report.properties["text"])
    measure = Node(
        "Measure",
        "measure:难",
        {
            "name": "难", "report": graph.report.id, "indicator": "=率", "value": 1e22, "unit": "%",
            "wording": "-", "year": 2**60, "text": text[:2], "start": 0, "end": 2,
        },
    )  # fmt: skip
    about = [
        Edge("PART_OF", measure.id, graph.report.id),
        Edge("MEASURES", measure.id, "agency:丙局", graph.report.id),
    ]
    return [ReportGraph(graph.report, (*graph.nodes, measure), (*graph.edges, *about))]


@pytest.fixture
def full(embedded_place: StorePlace) -> Iterator[Store]:
    with embedded_place.open() as store:
        store.write([*rich_reports(), *hard_reports()])
        yield store


@pytest.fixture
def small(embedded_place: StorePlace) -> Iterator[Store]:
    with embedded_place.open() as store:
        store.write(small_graph())
        yield store


@pytest.fixture
def empty(embedded_place: StorePlace) -> Iterator[Store]:
    with embedded_place.open() as store:
        yield store


# Readers: a file to the same two dictionaries that dump() makes of a store.


def read_sqlite(path: Path) -> Dump:
    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> dict[str, Any]:
        names = (d[0] for d in cursor.description)
        return {n: v for n, v in zip(names, values, strict=True) if v is not None}

    with closing(sqlite3.connect(path)) as db:
        db.row_factory = row
        nodes = {}
        for kind in NODE_TYPES:
            for found in db.execute(f'SELECT * FROM "{kind.label}"'):
                nodes[found["id"]] = _from_sqlite(found, kind.properties)
        edges = {}
        for edge_type in EDGE_TYPES:
            for found in db.execute(f'SELECT * FROM "{edge_type.type}"'):
                number, source, target = (found.pop(n) for n in ("edge", "source", "target"))
                if edge_type.stated:
                    pieces = list(
                        db.execute(
                            f'SELECT * FROM "{edge_type.type}_evidence" WHERE edge = ? '
                            "ORDER BY number",
                            (number,),
                        )
                    )
                    for name in ("start", "end", "status", "rule"):
                        found[f"{name}_all"] = [piece[name] for piece in pieces]
                    found["evidence_all"] = [piece["text"] for piece in pieces]
                key = (edge_type.type, source, target, found.get("report", ""))
                edges[key] = _from_sqlite(found, edge_properties(edge_type))
    return nodes, edges


def _from_sqlite(row: dict[str, Any], properties: Any) -> dict[str, Any]:
    types = {p.name: p.type for p in properties}
    for name, value in row.items():
        if types.get(name) == "BOOLEAN":
            row[name] = bool(value)
        elif types.get(name, "").startswith("LIST") and isinstance(value, str):
            row[name] = json.loads(value)
    return row


def read_parquet(path: Path) -> Dump:
    def rows(name: str) -> Iterator[dict[str, Any]]:
        for row in pyarrow.parquet.read_table(path / f"{name}.parquet").to_pylist():
            yield {k: v for k, v in row.items() if v is not None}

    nodes = {row["id"]: row for kind in NODE_TYPES for row in rows(kind.label)}
    edges = {}
    for edge_type in EDGE_TYPES:
        for row in rows(edge_type.type):
            ends = (row.pop("source"), row.pop("target"))
            edges[(edge_type.type, *ends, row.get("report", ""))] = row
    return nodes, edges


def read_xlsx(path: Path) -> Dump:
    """Cells as a spreadsheet has them, lists still as text."""
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True)
        nodes: dict[str, Any] = {}
        edges: dict[Any, Any] = {}
        for sheet in book:
            head, *body = sheet.iter_rows(values_only=True)
            names = [str(cell).rpartition(" ")[2] for cell in head]
            for cells in body:
                pairs = zip(names, cells, strict=True)
                row: dict[str, Any] = {n: v for n, v in pairs if v is not None}
                if "target" in row:
                    ends = (row.pop("source"), row.pop("target"))
                    type_ = sheet.title.split(" ")[1]
                    edges[(type_, *ends, row.get("report", ""))] = row
                else:
                    nodes[row["id"]] = row
    return nodes, edges


def read_rdf(path: Path, format_: str) -> Dump:
    """Nodes from their classes, relationships from statements and plain triples."""
    found = rdflib.Graph().parse(path, format=format_)
    term = {p: rdflib.Namespace(n) for p, n in RDF_PREFIXES.items()}
    oa, rdf, gm = term["oa"], term["rdf"], term["gm"]

    def resource(name: str) -> rdflib.URIRef:
        prefix, _, local = name.partition(":")
        return term[prefix][local]

    def plain(value: Any) -> Any:
        if isinstance(value, rdflib.URIRef):
            return unquote(str(value).removeprefix("urn:govmech:"))
        return str(value) if value.language or value.datatype is None else value.toPython()

    def one(subject: Any, predicate: Any) -> Any:
        value = found.value(subject, predicate, any=False)
        return None if value is None else plain(value)

    def span(subject: Any) -> dict[str, Any]:
        """Quote and position of a specific resource, and the report it is in."""
        values = {"report": one(subject, oa.hasSource)}
        for selector in found.objects(subject, oa.hasSelector):
            for name, key in (("exact", "text"), ("start", "start"), ("end", "end")):
                value = one(selector, oa[name])
                if value is not None:
                    values[key] = value
        return values

    def values_of(subject: Any, properties: Any) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for prop in properties:
            wanted = rdf_term(prop.name)
            values = [
                plain(v)
                for v in found.objects(subject, resource(wanted.name))
                if wanted.lang == (getattr(v, "language", None) or "")
            ]
            if values:
                row[prop.name] = sorted(values) if prop.type.startswith("LIST") else values[0]
                assert prop.type.startswith("LIST") or len(values) == 1
        return row

    nodes = {}
    for kind in NODE_TYPES:
        for subject in found.subjects(rdf.type, gm[kind.label]):
            assert (subject, rdf.type, resource(kind.rdf)) in found
            id_ = one(subject, term["dcterms"].identifier)
            row = values_of(subject, kind.properties)
            row.update(id=id_, name=str(_zh(found, subject)))
            if kind.label == "Passage":
                row.update(span(subject))
            nodes[id_] = row
    edges = {}
    statements: dict[Any, list[Any]] = {}
    for subject in found.subjects(rdf.type, rdf.Statement):
        key = tuple(found.value(subject, rdf[n]) for n in ("subject", "predicate", "object"))
        statements.setdefault(key, []).append(subject)
    for edge_type in EDGE_TYPES:
        predicate = resource(edge_type.rdf.removeprefix("^"))
        known = {key for key in statements if key[1] == predicate}
        triples = {*known, *found.triples((None, predicate, None))}
        for triple in triples:
            ends = [plain(triple[0]), plain(triple[2])]
            if edge_type.rdf.startswith("^"):
                ends.reverse()
            if triple not in known:
                edges[(edge_type.type, *ends, "")] = {}
            for statement in statements.get(triple, []):
                row = values_of(statement, (p for p in edge_properties(edge_type)))
                annotations = sorted(
                    found.subjects(oa.hasBody, statement),
                    key=lambda a: int(str(a).rpartition("/")[2]),
                )
                pieces = [
                    {**span(found.value(a, oa.hasTarget)), "status": one(a, gm.status), "rule": one(a, gm.rule)}
                    for a in annotations
                ]  # fmt: skip
                for piece in pieces:
                    assert piece["report"] == row["report"]
                if edge_type.stated:
                    row |= {
                        f"{n}_all": [p[n] for p in pieces]
                        for n in ("start", "end", "status", "rule")
                    }
                    row["evidence_all"] = [p["text"] for p in pieces]
                    row |= {n: row[f"{n}_all"][0] for n in ("evidence", "start", "end", "rule")}
                elif edge_type.type == "MENTIONS":
                    for name, key in (("surfaces", "text"), ("starts", "start"), ("ends", "end")):
                        row[name] = [p[key] for p in pieces]
                edges[(edge_type.type, *ends, row["report"])] = row
    return nodes, edges


def _zh(found: rdflib.Graph, subject: Any) -> Any:
    labels = found.objects(subject, rdflib.SKOS.prefLabel)
    return next(label for label in labels if label.language == "zh")


def read_cypher(path: Path) -> Dump:
    """Replay the script in the embedded engine."""
    target = path.with_name("replayed.kgl")
    with kglite.open_session(str(target), durable="normal") as session:
        for statement in statements_of(path):
            session.execute(statement)
    with open_store(str(target)) as store:
        return listed(dump(store))


def statements_of(path: Path) -> list[str]:
    """Split a script the way its first line says."""
    lines = path.read_text("utf-8").split("\n")
    found, statement = [], ""
    for line in lines:
        if line.startswith("//"):
            continue
        statement += f"{line}\n"
        if line.endswith(";"):
            found.append(statement.rstrip(";\n"))
            statement = ""
    assert not statement.strip()
    return found


READERS: dict[str, Callable[[Path], Dump]] = {
    "cypher": read_cypher,
    "json-ld": lambda path: read_rdf(path, "json-ld"),
    "parquet": read_parquet,
    "sqlite": read_sqlite,
    "turtle": lambda path: read_rdf(path, "turtle"),
    "xlsx": read_xlsx,
}


def unordered(dumped: Dump) -> Dump:
    """Lists of nodes sorted, each value once: what RDF keeps of them."""

    def row(properties: dict[str, object]) -> dict[str, object]:
        return {
            k: sorted(set(v)) if isinstance(v, list) else v
            for k, v in properties.items()
            if v != []
        }

    return {k: row(v) for k, v in dumped[0].items()}, dumped[1]


def spreadsheet(dumped: Dump) -> Dump:
    """What is left of a graph in cells, by the rules that the losses tell."""

    def cell(name: str, value: Any) -> Any:
        if name in IS_LIST:
            value = json.dumps(value, ensure_ascii=False)
        if isinstance(value, int) and abs(value) > 2**53:
            return str(value)
        if not isinstance(value, str):
            return value
        quote = "'" if value[:1] in "=+-@\t\r\n" and value else ""
        value = value.translate({0x0B: 0xFFFD, 0x1B: 0xFFFD, 0xFFFE: 0xFFFD})
        value = quote + value.replace("\r\n", "\n").replace("\r", "\n")
        return value.encode("utf-16-le")[: 2 * 32_767].decode("utf-16-le", "ignore")

    def row(properties: dict[str, object]) -> dict[str, object]:
        return {k: cell(k, v) for k, v in properties.items()}

    nodes, edges = dumped
    return (
        {cell("id", k): row(v) for k, v in nodes.items()},
        {tuple(cell("id", part) for part in k): row(v) for k, v in edges.items()},  # type: ignore[misc]
    )


@pytest.mark.parametrize("name", READERS)
def test_X06_export_reads_back_equal_or_tells_the_loss(
    full: Store, tmp_path: Path, name: str
) -> None:
    losses = export_graph(full, name, tmp_path / "out")
    wanted = listed(dump(full))
    if name in ("turtle", "json-ld"):
        wanted = unordered(wanted)
        [loss] = losses
        assert "no order" in loss
    elif name == "xlsx":
        wanted = spreadsheet(wanted)
        told = " ".join(losses)
        for word in ("JSON", "formula", "32767", "2^53", "carriage returns", "U+FFFD"):
            assert word in told
    else:
        assert losses == ()
    assert READERS[name](tmp_path / "out") == wanted


def test_X02_csv_keeps_carriage_returns_and_formulas(full: Store, tmp_path: Path) -> None:
    export_graph(full, "csv", tmp_path / "out")
    assert read_csv(tmp_path / "out") == without_empty_text(listed(dump(full)))


@pytest.mark.parametrize("name", READERS)
def test_X04_empty_graph_reads_back_empty(empty: Store, tmp_path: Path, name: str) -> None:
    export_graph(empty, name, tmp_path / "out")
    assert READERS[name](tmp_path / "out") == ({}, {})


@pytest.mark.parametrize("name", [*READERS, "bundle"])
def test_X08_same_graph_same_bytes(full: Store, tmp_path: Path, name: str) -> None:
    """Whatever the order of loading, the hash seed and the time zone."""
    export_graph(full, name, tmp_path / "one")
    script = """
import sys
from graph.exports import export_graph, find_formats
from graph.opening import open_store
from test_exports_formats import hard_reports, rich_reports

with open_store(sys.argv[1]) as store:
    for graph in reversed([*rich_reports(), *hard_reports()]):
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
    command = [sys.executable, "-c", script, tmp_path / "two.kgl", name, tmp_path / "two"]
    subprocess.run(command, check=True, env=env, cwd=root)
    assert content(tmp_path / "one") == content(tmp_path / "two")


@pytest.mark.neo4j
def test_X06_cypher_script_replays_in_neo4j(
    full: Store,
    neo4j_place: StorePlace,
    neo4j_driver: tuple[StorePlace, neo4j.Driver],
    tmp_path: Path,
) -> None:
    export_graph(full, "cypher", tmp_path / "out")
    for statement in statements_of(tmp_path / "out"):
        neo4j_driver[1].execute_query(statement)
    with neo4j_place.open() as store:
        assert dump(store) == dump(full)
        assert store.info().problems == ()
    neo4j_driver[1].execute_query(WIPE)


def test_X07_turtle_and_json_ld_are_the_same_triples(full: Store, tmp_path: Path) -> None:
    export_graph(full, "turtle", tmp_path / "out.ttl")
    export_graph(full, "json-ld", tmp_path / "out.jsonld")
    turtle = rdflib.Graph().parse(tmp_path / "out.ttl")
    json_ld = rdflib.Graph().parse(tmp_path / "out.jsonld", format="json-ld")
    assert set(turtle) == set(json_ld)
    assert not [s for s in turtle.subjects() if not isinstance(s, rdflib.URIRef)]


def test_X07_rdf_conforms_to_the_shapes(full: Store, tmp_path: Path) -> None:
    export_graph(full, "turtle", tmp_path / "out.ttl")
    conforms, _, report = pyshacl.validate(
        rdflib.Graph().parse(tmp_path / "out.ttl"),
        shacl_graph=rdflib.Graph().parse(data=shapes()),
    )
    assert conforms, report[:2000]


@pytest.mark.parametrize(
    "broken",
    [
        "DELETE { ?a oa:hasBody ?s } WHERE { ?a oa:hasBody ?s }",
        "DELETE { ?s skos:prefLabel ?n } WHERE { ?s a gm:Agency ; skos:prefLabel ?n }",
        "DELETE { ?s oa:start ?n } WHERE { ?s oa:start ?n }",
        "INSERT { ?a gm:implements ?a } WHERE { ?a a gm:Agency }",
        "DELETE { ?s prov:wasDerivedFrom ?r } WHERE { ?s a rdf:Statement ; prov:wasDerivedFrom ?r }",
    ],
)
def test_X07_shapes_find_what_is_missing(full: Store, tmp_path: Path, broken: str) -> None:
    export_graph(full, "turtle", tmp_path / "out.ttl")
    found = rdflib.Graph().parse(tmp_path / "out.ttl")
    found.update(broken, initNs=RDF_PREFIXES)
    assert not pyshacl.validate(found, shacl_graph=rdflib.Graph().parse(data=shapes()))[0]


def test_export_rdf_states_as_fact_only_what_is_reported(small: Store, tmp_path: Path) -> None:
    export_graph(small, "turtle", tmp_path / "out.ttl")
    found = rdflib.Graph().parse(tmp_path / "out.ttl")
    rows = found.query(
        """SELECT DISTINCT ?status WHERE {
            ?s rdf:subject ?a ; rdf:predicate gm:implements ; rdf:object ?m ; gm:status ?status .
            FILTER NOT EXISTS { ?a gm:implements ?m }
        }"""
    )
    assert sorted(str(row[0]) for row in rows) == ["lacking", "planned"]


def test_export_rdf_evidence_is_found_by_its_words(small: Store, tmp_path: Path) -> None:
    export_graph(small, "turtle", tmp_path / "out.ttl")
    found = rdflib.Graph().parse(tmp_path / "out.ttl")
    [row] = found.query(
        """SELECT ?agency ?title ?start WHERE {
            ?quote oa:exact "网上信访衔接不够"@zh .
            ?target oa:hasSelector ?quote, [ oa:start ?start ] ; oa:hasSource ?report .
            ?report skos:prefLabel ?title .
            ?annotation oa:hasTarget ?target ; oa:hasBody ?statement .
            ?statement rdf:subject/skos:prefLabel ?agency .
        }"""
    )
    assert [str(v) for v in row] == [
        "北京市西城区信访办公室", "西城区信访办公室2023年信访工作年度报告", "29",
    ]  # fmt: skip


def test_export_parquet_says_how_to_install_what_it_needs(
    full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"govmech\[parquet\]"):
        export_graph(full, "parquet", tmp_path / "out")
    assert not [p for p in tmp_path.iterdir() if "out" in p.name]


def test_X01_no_cell_of_a_workbook_is_a_formula(full: Store, tmp_path: Path) -> None:
    export_graph(full, "xlsx", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not [c for c in cells if c.data_type == "f"]
    texts = [c.value for c in cells if isinstance(c.value, str) and c.value]
    assert not [t for t in texts if t[0] in "=+-@\t\r\n"]
    assert "'=1+1。" in texts
    assert max(len(t.encode("utf-16-le")) // 2 for t in texts) == 32_767


def test_X02_workbook_heads_are_in_both_languages(full: Store, tmp_path: Path) -> None:
    export_graph(full, "xlsx", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert [c.value for c in book["采用 IMPLEMENTS"][1]][:6] == [
        "从 source", "到 target", "报告 report", "年份 year", "状态 status", "原文 evidence",
    ]  # fmt: skip
    assert book.sheetnames[0] == "机构 Agency"
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_X02_workbook_goes_on_where_a_sheet_is_full(
    full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.exports.xlsx.SHEET", 3)
    export_graph(full, "xlsx", tmp_path / "out.xlsx")
    assert "机构 Agency 2" in openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames
    assert read_xlsx(tmp_path / "out.xlsx") == spreadsheet(listed(dump(full)))


def test_export_every_property_has_a_chinese_name() -> None:
    names = {"id", "name"} | {p.name for t in NODE_TYPES for p in t.properties}
    names |= {p.name for t in EDGE_TYPES for p in edge_properties(t)}
    assert set(PROPERTY_ZH) == names


@pytest.mark.parametrize(
    "name", sorted({*READERS, "csv", "cytoscape", "graphml", "jsonl", "node-link"} - {"xlsx"})
)
def test_X05_numbers_and_truth_keep_type_and_value(full: Store, tmp_path: Path, name: str) -> None:
    export_graph(full, name, tmp_path / "out")
    nodes, _ = {**PLAIN_READERS, **READERS}[name](tmp_path / "out")
    measure = nodes["measure:难"]
    for key, value in (("year", 2**60), ("value", 1e22), ("start", 0)):
        assert measure[key] == value
        assert type(measure[key]) is type(value)
    assert nodes["regulation:法 <a> “b” 'c' {d}|^"]["known"] is True
    assert "published" not in nodes["report:难 <i>"]


@pytest.fixture(scope="module")
def few_and_many(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A store with some 1,000 relationships and one with four times as many."""
    urls = []
    for count in (6, 24):
        url = str(tmp_path_factory.mktemp("stores") / f"{count}.kgl")
        with open_store(url) as store:
            store.write(list(iter_reports(count)))
        urls.append(url)
    return urls[0], urls[1]


@pytest.mark.parametrize("name", sorted(set(find_formats()) - {"bundle"}))
def test_X11_memory_does_not_grow_with_the_graph(
    few_and_many: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Pages are made small, so that a small graph has many of them."""
    monkeypatch.setattr("graph.view.IDS", 100)
    monkeypatch.setattr("graph.view.PAGE", 50)
    monkeypatch.setattr("graph.view.REPORT_PAGE", 2)
    monkeypatch.setattr("graph.exports.cypher.ROWS", 5)
    monkeypatch.setattr("graph.exports.parquet.ROWS", 50)
    monkeypatch.setattr("graph.exports.parquet.CHARACTERS", 5_000)
    with open_store(few_and_many[0], read_only=True) as store:
        export_graph(store, name, tmp_path / "warm")  # what is imported once does not count
    peaks = [peak_of_export(url, name, tmp_path) for url in few_and_many]
    # Held in memory, four times the graph would take four times as much.
    assert peaks[1] < 1.4 * peaks[0]


def peak_of_export(url: str, name: str, folder: Path) -> int:
    """Most bytes that Python holds during an export, of two runs the lower.

    Once in many thousand rows Python makes its table of interned strings anew, a
    megabyte, whoever happens to be at work: that does not happen twice in a row.
    """
    peaks = []
    with open_store(url, read_only=True) as store:
        store.run("MATCH (r:Report) RETURN count(r) AS n")
        for run in range(2):
            # What earlier tests left must not decide when garbage is collected here.
            gc.collect()
            gc.freeze()
            tracemalloc.start()
            export_graph(store, name, folder / f"{Path(url).stem}-{run}")
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            gc.unfreeze()
    return min(peaks)

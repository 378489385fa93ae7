"""A spreadsheet's column of fifty unit names becomes ids: full, short, old and mistyped names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.model import Edge, Node, ReportGraph
from graph.opening import open_store
from graph.schema import node_id
from loaders.organs.aliases import aliases_of
from loaders.organs.node import agency_properties
from loaders.segment import segment

LINES = (Path(__file__).parent / "unit_names.tsv").read_text("utf-8").splitlines()
COLUMN = [line.split("\t") for line in LINES if not line.startswith("#")]
OTHERS = (
    "北京市司法局", "杭州市司法局", "南京市信访局", "北京市东城区信访办公室",
    "北京市东城区人民政府", "北京市西城区卫生健康委员会", "桐庐县信访局",
    "武汉市教育局", "成都市公安局", "北京市应急管理局", "浙江省生态环境厅",
    "自然资源部",
)  # fmt: skip
"""Units that nobody asks for, much like those that are asked for."""


def agencies() -> ReportGraph:
    """A report that names every unit, their aliases as the loader writes them."""
    report = "report:甲:2020:名录"
    text = "名录。"
    passage = Node(
        "Passage",
        "passage:甲:2020:名录#0",
        {"name": text, "report": report, "text": text, "start": 0, "end": 3, "search": "名录"},
    )
    nodes, edges = [passage], [Edge("PART_OF", passage.id, report)]
    spans = {"surfaces": ("名录",), "starts": (0,), "ends": (2,)}
    for name in sorted({*OTHERS, *(unit for _, _, unit in COLUMN)}):
        also = aliases_of(name)
        search = segment(" ".join((name, *also)))
        properties = {"name": name, **agency_properties(name, also), "search": search}
        nodes.append(Node("Agency", node_id("Agency", name), properties))
        edges.append(
            Edge("MENTIONS", passage.id, node_id("Agency", name), report, properties=spans)
        )
    about = {"name": "名录", "source": "x.txt", "format": "txt", "digest": "0", "text": text}
    return ReportGraph(Node("Report", report, about), tuple(nodes), tuple(edges))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with open_store(str(tmp_path_factory.mktemp("column") / "store.kgl")) as store:
        store.write([agencies()])
        yield TestClient(create_app(store), follow_redirects=False)


def test_match_column_of_fifty_unit_names_becomes_ids(client: TestClient) -> None:
    queries = {str(i): {"name": name, "kind": "Agency"} for i, (_, name, _) in enumerate(COLUMN)}
    answer = client.post("/match?limit=5", json={"queries": queries}).json()["responses"]
    first, sure, wrong = Counter[str](), Counter[str](), []
    for i, (kind, name, unit) in enumerate(COLUMN):
        results = answer[str(i)]["results"]
        best = results[0] if results else {"name": None, "match": False}
        first[kind] += best["name"] == unit
        sure[kind] += best["name"] == unit and best["match"]
        if best["match"] and best["name"] != unit:
            wrong.append((name, best["name"]))
    assert wrong == [], "what is called sure is right"
    assert len(COLUMN) == 50
    assert first.total() >= 49
    assert sure["full"] + sure["short"] >= 29


def test_match_column_an_old_id_leads_to_what_a_reform_made_of_it(client: TestClient) -> None:
    answer = client.get("/units/agency:北京市环境保护局/adjacent?limit=5")
    assert answer.status_code == 308
    moved = client.get(answer.headers["location"])
    assert moved.status_code == 200
    assert client.get("/units/杭州市工商行政管理局").status_code == 308
    assert client.get("/units/北京市文物局").status_code == 404

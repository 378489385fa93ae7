"""Analyses over HTTP and on the command line: the same rows, from one declaration."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import StorePlace
from fastapi.testclient import TestClient
from small_graph import CITY, EAST, TAKING_CHARGE, WEST, small_graph

from api.analyses import ANALYSES, analyse
from api.app import create_app
from graph.store import Store
from queries.templates import NODE_TYPES

ROOT = Path(__file__).parents[2]


@pytest.fixture
def filled(store: Store) -> Iterator[Store]:
    store.write(small_graph())
    yield store


@pytest.fixture
def graph_file(embedded_place: StorePlace) -> str:
    with embedded_place.open() as store:
        store.write(small_graph())
    return embedded_place.url


def govmech(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *args], capture_output=True, text=True, cwd=ROOT
    )


def examples(name: str) -> dict[str, object]:
    return ANALYSES[name].header.examples


@pytest.mark.parametrize("name", ANALYSES)
def test_analyses_give_the_columns_that_they_declare(filled: Store, name: str) -> None:
    answer = analyse(filled, name, examples(name))
    assert answer.rows
    kinds = {"INTEGER": int, "FLOAT": float, "STRING": str, "LIST<STRING>": list}
    for row in answer.rows:
        assert list(row) == [c.name for c in answer.columns]
        for column in answer.columns:
            kind = str if column.type in NODE_TYPES else kinds[column.type]
            assert isinstance(row[column.name], kind), column.name


def test_analyses_rank_regulations_by_who_cites_them(filled: Store) -> None:
    rows = analyse(filled, "regulation_authority", {}).rows
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert sum(float(str(row["score"])) for row in rows) == pytest.approx(1, abs=1e-4)
    assert all(int(str(row["citing"])) >= 1 for row in rows)


def test_analyses_put_each_unit_that_applies_something_into_one_community(filled: Store) -> None:
    rows = analyse(filled, "unit_communities", {}).rows
    assert sorted(str(row["agency"]) for row in rows) == sorted([CITY, EAST, WEST])
    sizes = {row["community"]: row["size"] for row in rows}
    for community, size in sizes.items():
        assert size == sum(row["community"] == community for row in rows)
    assert all(row["mechanisms"] for row in rows)


def test_analyses_tell_from_where_a_mechanism_came(filled: Store) -> None:
    rows = analyse(filled, "spread_directions", {"mechanism": "领导包案"}).rows
    assert [(r["agency"], r["year"], r["above"], r["below"], r["beside"]) for r in rows] == [
        (CITY, 2021, 0, 0, 0),
        (EAST, 2022, 1, 0, 0),
        (WEST, 2023, 1, 0, 1),
    ]


def test_analyses_over_http_are_those_of_the_command_line(graph_file: str) -> None:
    from graph.opening import open_store

    with open_store(graph_file, read_only=True) as store:
        client = TestClient(create_app(store))
        listed = client.get("/analyses").json()["results"]
        assert [a["name"] for a in listed] == list(ANALYSES)
        assert all(a["source"] and a["title"]["zh"] and a["title"]["en"] for a in listed)
        for name in ANALYSES:
            answer = client.get(f"/analyses/{name}", params=examples(name)).json()  # type: ignore[arg-type]
            given = [f"{key}={value}" for key, value in examples(name).items()]
            done = govmech("analyse", name, *given, "--format", "json", "--store", graph_file)
            assert done.returncode == 0, done.stderr
            assert json.loads(done.stdout) == answer["rows"]
            rows = list(csv.DictReader(io.StringIO(client.get(
                f"/analyses/{name}.csv", params=examples(name)  # type: ignore[arg-type]
            ).text)))  # fmt: skip
            assert len(rows) == len(answer["rows"])


def test_analyses_say_what_is_wrong(graph_file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.opening import open_store

    with open_store(graph_file, read_only=True) as store:
        client = TestClient(create_app(store))
        unknown = client.get("/analyses/unit_comunities")
        assert unknown.status_code == 404
        assert "unit_communities" in unknown.text
        assert client.get("/analyses/spread_directions").status_code == 422
        assert client.get("/analyses/unit_communities?limit=9999").status_code == 422
        monkeypatch.setattr("api.routers.analyses.MOST_RELATIONSHIPS", 3)
        refused = client.get("/analyses/unit_communities")
        assert refused.status_code == 422
        assert "govmech analyse unit_communities" in refused.json()["detail"]
    done = govmech("analyse", "unit_comunities", "--store", graph_file)
    assert done.returncode == 2
    assert "unit_communities" in done.stderr


def test_analyses_are_listed_without_a_store() -> None:
    done = govmech("analyse", "--format", "json")
    assert [a["name"] for a in json.loads(done.stdout)] == list(ANALYSES)
    table = govmech("analyse")
    assert all(name in table.stdout for name in ANALYSES)


def test_analyses_are_cut_at_the_limit_and_say_so(graph_file: str) -> None:
    done = govmech(
        "analyse", "unit_communities", "limit=1", "--format", "csv", "--store", graph_file
    )
    assert len(done.stdout.splitlines()) == 2
    assert "limit=" in done.stderr


def test_analyses_of_an_empty_graph_are_empty(store: Store) -> None:
    store.write([])
    for name in ("regulation_authority", "unit_communities"):
        assert analyse(store, name, {}).rows == []


def test_analyses_know_the_mechanism_by_any_name(filled: Store) -> None:
    answer = analyse(filled, "spread_directions", {"mechanism": "领导干部包案"})
    assert answer.params["mechanism"] == TAKING_CHARGE

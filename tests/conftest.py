"""The store fixtures: each test that takes ``store`` runs on both engines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import neo4j
import pytest
from neo4j_server import LONG_TERM, NEWEST, PASSWORD, NoServerError, running_server

from graph.opening import open_store
from graph.store import Store

WIPE = "MATCH (n) DETACH DELETE n"


@dataclass(frozen=True)
class StorePlace:
    """Where an empty store is, to be opened as often as a test likes."""

    engine: str
    url: str
    password: str = ""

    def open(self, *, read_only: bool = False) -> Store:
        return open_store(self.url, read_only=read_only, password=self.password)


@pytest.fixture(scope="session")
def neo4j_driver(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[StorePlace, neo4j.Driver]]:
    """A server from NEO4J_URI (and NEO4J_PASSWORD), else one of our own."""
    given = os.environ.get("NEO4J_URI")
    if given:
        place = StorePlace("neo4j", given, os.environ.get("NEO4J_PASSWORD", ""))
        yield from _driver(place)
        return
    yield from _own_server(tmp_path_factory.mktemp("neo4j") / "home", LONG_TERM)


@pytest.fixture(scope="session")
def newest_driver(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[StorePlace, neo4j.Driver]]:
    """A server of the newest release."""
    yield from _own_server(tmp_path_factory.mktemp("newest") / "home", NEWEST)


def _own_server(home: Path, version: str) -> Iterator[tuple[StorePlace, neo4j.Driver]]:
    try:
        with running_server(home, version=version) as url:
            yield from _driver(StorePlace("neo4j", url, PASSWORD))
    except NoServerError as exc:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(str(exc))
        pytest.skip(str(exc))


def _driver(place: StorePlace) -> Iterator[tuple[StorePlace, neo4j.Driver]]:
    auth = ("neo4j", place.password) if place.password else None
    with neo4j.GraphDatabase.driver(place.url.partition("?")[0], auth=auth) as driver:
        if driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]:
            pytest.fail("NEO4J_URI must name an empty database: the tests wipe it")
        yield place, driver


@pytest.fixture
def neo4j_place(neo4j_driver: tuple[StorePlace, neo4j.Driver]) -> StorePlace:
    """An empty database."""
    place, driver = neo4j_driver
    driver.execute_query(WIPE)
    return place


@pytest.fixture
def newest_place(newest_driver: tuple[StorePlace, neo4j.Driver]) -> StorePlace:
    """An empty database of the newest release."""
    place, driver = newest_driver
    driver.execute_query(WIPE)
    return place


@pytest.fixture
def embedded_place(tmp_path: Path) -> StorePlace:
    """A path where no graph file is yet."""
    return StorePlace("embedded", str(tmp_path / "store.kgl"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what takes a store on the file and on the release with long-term support.

    Tests marked ``every_neo4j`` run on the newest release, too.
    """
    if "place" not in metafunc.fixturenames:
        return
    engines = ["neo4j"]
    if metafunc.definition.get_closest_marker("every_neo4j"):
        engines.append("newest")
    servers = [pytest.param(engine, marks=pytest.mark.neo4j) for engine in engines]
    metafunc.parametrize("place", ["embedded", *servers], indirect=True)


@pytest.fixture
def place(request: pytest.FixtureRequest) -> StorePlace:
    """An empty store of each engine, not opened."""
    found: StorePlace = request.getfixturevalue(f"{request.param}_place")
    return found


@pytest.fixture
def store(place: StorePlace) -> Iterator[Store]:
    """An empty store of each engine, open for writing."""
    with place.open() as opened:
        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all tests of the one server (``-n … --dist loadgroup``)."""
    for item in items:
        if item.get_closest_marker("neo4j"):
            item.add_marker(pytest.mark.xdist_group("neo4j"))

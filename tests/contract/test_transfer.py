"""A whole graph moves between the stores and stays the same, by digest."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import StorePlace
from graph_dump import dump
from neo4j_server import PASSWORD, NoServerError, import_full, installed, running_server
from report_builder import make_report
from small_graph import small_graph

from graph.bulk import SCRIPT
from graph.bulk_load import BulkLoad
from graph.census import find_changes, graph_digest
from graph.errors import StoreDamaged, StoreError
from graph.exports import export_graph
from graph.opening import open_store
from graph.transfer import copy_graph
from graph.view import GraphView
from loaders.load import load
from loaders.reading import SAMPLES

HOSTILE = (
    ("IMPLEMENTS", "agency:甲;,\"乙'`\\", "mechanism:😀$x{{y}}", '“引"号”，;|分\x1f号\r\n换行\t'),
    ("CITES", "", "regulation:《 a  b 》", "x" * 10_000),
)


def fill(place: StorePlace) -> str:
    """Write made-up, hostile and sample reports; returns the digest."""
    with place.open() as store:
        store.write([*small_graph(), make_report("甲"), make_report("乙,\"';", HOSTILE)])
        load(store, [SAMPLES])
        return graph_digest(GraphView(store))


@pytest.mark.neo4j
@pytest.mark.parametrize("way", ["to the server", "from the server"])
def test_copy_moves_a_whole_graph(
    way: str, embedded_place: StorePlace, neo4j_place: StorePlace
) -> None:
    source, target = embedded_place, neo4j_place
    if way == "from the server":
        source, target = target, source
    digest = fill(source)
    with source.open(read_only=True) as here, target.open() as there:
        assert copy_graph(here, there) == digest
        assert dump(there) == dump(here)
        assert there.info().digest == here.info().digest
        assert there.info().problems == ()
        assert copy_graph(here, there) == digest, "again changes nothing"


def test_copy_refuses_a_store_that_holds_something_else(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.kgl")) as here, open_store(str(tmp_path / "b.kgl")) as there:
        here.write([make_report("a")])
        there.write([make_report("b")])
        with pytest.raises(StoreError, match="report:b"):
            copy_graph(here, there)
        assert list(there.reports()) == ["report:b"]


def test_S12_copy_refuses_a_store_that_lost_something(tmp_path: Path) -> None:
    import kglite

    with open_store(str(tmp_path / "a.kgl")) as here:
        here.write([make_report("a")])
    with kglite.open(str(tmp_path / "a.kgl"), durable="off") as graph:
        graph.cypher("MATCH (p:Passage) WITH p ORDER BY p.id LIMIT 1 SET p.text = '别的。'")
    with (
        open_store(str(tmp_path / "a.kgl"), read_only=True) as here,
        open_store(str(tmp_path / "b.kgl")) as there,
    ):
        with pytest.raises(StoreDamaged, match="is not what was loaded"):
            copy_graph(here, there)
        assert dict(there.reports()) == {}


def test_copy_goes_on_after_a_stop(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.kgl")) as here, open_store(str(tmp_path / "b.kgl")) as there:
        here.write([make_report(name) for name in "abc"])
        there.write([make_report("b")])
        copy_graph(here, there)
        assert dump(there) == dump(here)


def test_copy_names_what_is_not_the_same_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kglite

    with open_store(str(tmp_path / "a.kgl")) as here:
        here.write([make_report("a")])
    with kglite.open_session(str(tmp_path / "b.kgl"), durable="normal") as session:
        session.execute(
            "CREATE (:Agency {id: 'agency:strange', name: 'strange', search: 'strange'})"
        )
    with (
        open_store(str(tmp_path / "a.kgl"), read_only=True) as here,
        open_store(str(tmp_path / "b.kgl")) as there,
        pytest.raises(StoreError, match="does not hold the same"),
    ):
        copy_graph(here, there)


@pytest.mark.neo4j
def test_copy_command_moves_there_and_back(
    tmp_path: Path, embedded_place: StorePlace, neo4j_place: StorePlace
) -> None:
    fill(embedded_place)
    back = tmp_path / "back.kgl"
    said = [
        subprocess.run(
            [sys.executable, "-m", "api.cli", "copy", *ends],
            env={**os.environ, "GOVMECH_NEO4J_PASSWORD": neo4j_place.password},
            capture_output=True, text=True, check=True,
        ).stderr
        for ends in ((embedded_place.url, neo4j_place.url), (neo4j_place.url, str(back)))
    ]  # fmt: skip
    digests = {re.findall("sha256 ([0-9a-f]{64})", text)[0] for text in said}
    assert len(digests) == 1
    with open_store(str(back), read_only=True) as here, embedded_place.open() as there:
        assert dump(here) == dump(there)


def unavailable(exc: NoServerError) -> None:
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(str(exc))
    pytest.skip(str(exc))


@pytest.mark.neo4j
def test_load_bulk_fills_a_server_by_its_importer(tmp_path: Path) -> None:
    """The command as it stands in the README, with the real neo4j-admin."""
    folder, home, file = tmp_path / "out", tmp_path / "home", tmp_path / "store.kgl"
    command = [sys.executable, "-m", "api.cli", "load", str(SAMPLES), "--bulk", str(folder)]

    def run(**more: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, **more}
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    try:
        done = run(NEO4J_HOME=str(installed(home)))
        assert done.returncode == 0, done.stderr
        again = run()
        assert (again.returncode, "must not exist" in again.stderr) == (1, True)
        shutil.rmtree(folder)
        refused = run(NEO4J_HOME=str(home))
        assert (refused.returncode, "is the server stopped" in refused.stderr) == (1, True)
        assert f"sh {folder / SCRIPT} neo4j" in refused.stderr
        assert not list(tmp_path.glob(".out*")), "nothing is left beside it"
        with running_server(home) as url, open_store(url, password=PASSWORD) as imported:
            with open_store(str(file)) as store:
                load(store, [SAMPLES])
                assert graph_digest(GraphView(imported)) == graph_digest(GraphView(store))
            assert [*imported.info().problems, *find_changes(imported)] == []
            assert load(imported, [SAMPLES]).added == []
    except NoServerError as exc:
        unavailable(exc)


@pytest.mark.neo4j
@pytest.mark.parametrize("origin", ["view", "reports"])
def test_bulk_import_gives_the_same_graph(
    origin: str, tmp_path: Path, embedded_place: StorePlace
) -> None:
    """The real importer, then a server on what it made."""
    folder, home = tmp_path / "import", tmp_path / "home"
    if origin == "view":
        digest = fill(embedded_place)
        with embedded_place.open(read_only=True) as store:
            export_graph(store, "neo4j-import", folder)
    else:
        reports = [make_report("甲"), make_report("乙,\"';", HOSTILE)]
        with BulkLoad(folder) as bulk:
            bulk.write(list(map(bulk.layout(), reports)))
            bulk.finish()
        with embedded_place.open() as store:
            store.write(reports)
            digest = graph_digest(GraphView(store))
    script = (folder / SCRIPT).read_text("utf-8")
    line = next(text for text in script.splitlines() if text.startswith("exec neo4j-admin"))
    arguments = shlex.split(line.replace('"${@:-neo4j}"', ""))[2:]
    try:
        import_full(folder, home, arguments)
        with (
            running_server(home) as url,
            open_store(url, password=PASSWORD) as imported,
            embedded_place.open(read_only=True) as store,
        ):
            assert imported.info().problems == ()
            assert find_changes(imported) == []
            assert graph_digest(GraphView(imported)) == digest
            assert imported.info().nodes == store.info().nodes
            assert imported.info().edges == store.info().edges
            assert imported.write([make_report("甲")]).unchanged == ("report:甲",)
            question = "CALL db.index.fulltext.queryNodes('search_Mechanism', '领导') YIELD node RETURN count(node) AS n"
            assert imported.run(question) == store.run(question)
    except NoServerError as exc:
        unavailable(exc)

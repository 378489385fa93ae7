"""What only a graph file can suffer: leases, killed processes, damaged bytes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import kglite
import pytest
from conftest import StorePlace
from graph_dump import dump, expected
from report_builder import make_report

from graph.errors import StoreBusy, StoreDamaged, StoreError, StoreUnavailable
from graph.opening import open_store
from graph.store import Store

# The engine warns of what our journal reports in its own words.
pytestmark = pytest.mark.filterwarnings("ignore:the write-ahead log")

ROOT = Path(__file__).parents[2]
KILLS = 20 if os.environ.get("CI") else 6

# Writes, changes and takes back reports until it is killed, and says what was acknowledged.
WRITER = """
import itertools, os, sys
from graph.opening import open_store
from report_builder import make_report

store = open_store(sys.argv[1])
say = lambda *words: os.write(1, (" ".join(map(str, words)) + "\\n").encode())  # in one piece
say("open")
for n in itertools.count(int(sys.argv[2])):
    name = f"{n % 40:02}"
    if n % 7 == 6:
        store.remove(f"report:{name}")
        say("gone", name)
    else:
        store.write([make_report(name, year=2000 + n)])
        say("have", name, 2000 + n)
"""

HOLDER = """
import sys
from graph.opening import open_store

with open_store(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""


def start(script: str, *args: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, *args],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


@pytest.fixture
def path(embedded_place: StorePlace) -> Path:
    return Path(embedded_place.url)


def leave_without_closing(store: Store) -> None:
    """Drop a store as a killed process would: its commits stand in the log only."""
    store._session.__exit__(KeyboardInterrupt, None, None)  # type: ignore[attr-defined]
    store._closed = True  # type: ignore[attr-defined]


def flip(path: Path, at: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= 0xFF
    path.write_bytes(data)


def test_N01_second_writer_is_told_who_writes(path: Path) -> None:
    holder = start(HOLDER, str(path))
    with pytest.raises(StoreBusy, match=f"process {holder.pid} "):
        open_store(str(path))
    with open_store(str(path), read_only=True) as reader:
        assert dict(reader.reports()) == {}
    holder.communicate("", timeout=30)
    open_store(str(path)).close()


def test_K01_killed_writer_leaves_whole_reports_only(path: Path) -> None:
    pick = random.Random(7)
    have: dict[str, int] = {}
    started = 0
    for _ in range(KILLS):
        writer = start(WRITER, str(path), str(started))
        time.sleep(pick.uniform(0.02, 0.3))
        writer.send_signal(signal.SIGKILL)
        assert writer.stdout is not None
        lines = writer.stdout.read().splitlines()
        writer.wait()
        for line in lines:
            verb, name, *year = line.split()
            have.pop(name, None)
            if verb == "have":
                have[name] = int(year[0])
        started += len(lines)
        # One more may have been committed and not been said.
        name = f"{started % 40:02}"
        with open_store(str(path)) as store:
            assert store.info().problems == ()
            there = f"report:{name}" in store.reports()
            if started % 7 == 6:
                if not there:
                    have.pop(name, None)
            elif there and store.reports()[f"report:{name}"] == digest(name, 2000 + started):
                have[name] = 2000 + started
            assert dump(store) == expected(make_report(n, year=y) for n, y in have.items())
    assert started > KILLS


def digest(name: str, year: int) -> object:
    return make_report(name, year=year).report.properties["digest"]


def test_K01_reader_sees_what_a_killed_writer_had_acknowledged(path: Path) -> None:
    store = open_store(str(path))
    store.write([make_report("a")])
    leave_without_closing(store)
    with open_store(str(path), read_only=True) as reader:
        assert list(reader.reports()) == ["report:a"]
        assert reader.info().problems == ()


def test_N03_reader_of_a_living_writer_sees_whole_states_and_no_alarm(path: Path) -> None:
    with open_store(str(path)) as writer:
        writer.write([make_report("a")])
        with open_store(str(path), read_only=True) as reader:
            assert dump(reader) == ({}, {})
            assert reader.info().problems == ()
        assert list(writer.reports()) == ["report:a"]


@pytest.mark.parametrize("at", [0.0, 0.02, 0.3, 0.6, 0.98])
@pytest.mark.parametrize("read_only", [True, False])
def test_S11_damaged_file_is_refused(path: Path, at: float, read_only: bool) -> None:
    with open_store(str(path)) as store:
        store.write([make_report(f"{i:03}") for i in range(30)])
    flip(path, at)
    with pytest.raises(StoreDamaged, match="load the reports again"):
        open_store(str(path), read_only=read_only).info()


def test_S11_damage_in_large_columns_is_refused(path: Path) -> None:
    """From 256 KB on, the engine reads columns in place and would check them late."""
    pick = random.Random(5)
    clauses = ["".join(pick.choices("甲乙丙丁戊己庚辛壬癸", k=60)) for _ in range(6_000)]
    long = make_report("a", tuple(("CITES", "", "regulation:法", c) for c in clauses))
    with open_store(str(path)) as store:
        store.write([long])
    sound = path.read_bytes()
    for at in range(1, 20):
        path.write_bytes(sound)
        flip(path, at / 20)
        for read_only in (True, False):
            with pytest.raises(StoreDamaged):
                open_store(str(path), read_only=read_only)


def test_S03_file_with_two_nodes_of_one_id_is_refused(path: Path) -> None:
    open_store(str(path)).close()
    twin = "CREATE (:Agency {id: 'agency:甲', name: '甲'})"
    with kglite.open(str(path), durable="off") as graph:
        for statement in ("DROP CONSTRAINT unique_Agency", twin, twin):
            graph.cypher(statement)
    with pytest.raises(StoreDamaged, match="duplicate"):
        open_store(str(path))
    with open_store(str(path), read_only=True) as reader:
        assert "unique_Agency is missing" in reader.info().problems[0]


@pytest.mark.parametrize("content", [b"", b"hello", b"RGF\x09" + bytes(200)])
def test_S11_file_that_is_no_graph_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for read_only in (True, False):
        with pytest.raises(StoreDamaged):
            open_store(str(path), read_only=read_only)
    assert path.read_bytes() == content


def test_S12_damaged_log_is_named_until_the_reports_are_loaded_again(path: Path) -> None:
    with open_store(str(path)) as store:
        store.write([make_report("a")])
    store = open_store(str(path))
    for name in "bcd":
        store.write([make_report(name)])
    store.remove("report:a")
    leave_without_closing(store)
    flip(Path(f"{path}-wal"), 0.5)

    with open_store(str(path), read_only=True) as reader:
        [problem] = reader.info().problems
        assert "report:d" in problem
        assert "report:a" in problem  # it was taken back, and is there again
    with open_store(str(path)) as store:
        assert store.info().problems == (problem,)
        store.remove("report:a")
        store.write([make_report(name) for name in "bcd"])
        assert store.info().problems == ()
    with open_store(str(path)) as store:
        assert store.info().problems == ()
        assert dump(store) == expected(make_report(name) for name in "bcd")


def test_S12_lost_removal_of_a_report_that_is_gone_anyway_is_no_problem(path: Path) -> None:
    store = open_store(str(path))
    store.write([make_report("a")])
    leave_without_closing(store)
    Path(f"{path}-wal").write_bytes(b"")
    with open_store(str(path)) as store:
        assert "report:a" in store.info().problems[0]
        assert store.remove("report:a") is False
        assert store.info().problems == ()


def test_S13_log_of_another_graph_is_refused(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.kgl"
    store = open_store(str(other))
    store.write([make_report("b")])
    leave_without_closing(store)
    with open_store(str(path)) as store:
        store.write([make_report("a")])
    shutil.copy(f"{other}-wal", f"{path}-wal")
    for read_only in (True, False):
        with pytest.raises(StoreDamaged, match="not this store's own"):
            open_store(str(path), read_only=read_only)


def test_S13_stray_lock_files_do_no_harm(path: Path) -> None:
    Path(f"{path}.lock").touch()
    Path(f"{path}.lock-owner").write_text('{"pid": 1}')
    with open_store(str(path)) as store:
        store.write([make_report("a")])
        assert store.info().problems == ()


def test_S14_missing_file_or_folder_is_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="load reports"):
        open_store(str(path), read_only=True)
    assert not path.exists()
    with pytest.raises(StoreUnavailable, match="no folder"):
        open_store(str(tmp_path / "nowhere" / "x.kgl"))
    with pytest.raises(StoreUnavailable, match="is a folder"):
        open_store(str(tmp_path))


def test_S14_file_that_goes_while_it_is_open_is_not_made_anew(path: Path) -> None:
    store = open_store(str(path))
    store.write([make_report("a")])
    path.unlink()
    with pytest.raises(StoreUnavailable, match="no graph file"):
        store.write([make_report("b")])
    with pytest.raises(StoreUnavailable, match="no graph file"):
        store.close()
    assert not path.exists()


def test_S14_reader_names_a_file_that_goes(path: Path) -> None:
    open_store(str(path)).close()
    with open_store(str(path), read_only=True) as reader:
        path.unlink()
        with pytest.raises(StoreUnavailable, match="no graph file"):
            reader.reports()


def test_K03_failed_write_is_not_seen_afterwards(path: Path) -> None:
    """The log cannot grow, so nothing of the report is there, in this handle or the next."""
    script = """
import resource, signal, sys
from graph.opening import open_store
from graph.errors import StoreError
from graph_dump import dump, expected
from report_builder import make_report

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(sys.argv[1])
store.write([make_report("a")])
size = max(p.stat().st_size for p in __import__("pathlib").Path(sys.argv[1]).parent.iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 500, resource.RLIM_INFINITY))
long = make_report("b", (("CITES", "", "regulation:条例", "条例" * 5000),))
try:
    store.write([long])
except StoreError as exc:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert "could not be written" in str(exc), exc
    assert dump(store) == expected([make_report("a")])
    store.write([make_report("c")])
    store.close()
    print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "refused\n", done.stderr
    with open_store(str(path)) as store:
        assert store.info().problems == ()
        assert dump(store) == expected([make_report("a"), make_report("c")])


def test_N03_threads_read_while_one_writes(path: Path) -> None:
    """Each answer is of one state: as many passages as the reports in it have."""
    failures: list[object] = []
    done = threading.Event()

    def read(store: Store) -> None:
        while not done.is_set():
            [row] = store.run(
                "MATCH (r:Report) WITH count(r) AS reports "
                "OPTIONAL MATCH (p:Passage) RETURN reports, count(p) AS passages"
            )
            if row["passages"] != 3 * int(str(row["reports"])):
                failures.append(row)

    with open_store(str(path)) as store:
        threads = [threading.Thread(target=read, args=(store,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for i in range(20):
            store.write([make_report(f"{i:02}")])
        for i in range(10):
            store.remove(f"report:{i:02}")
        done.set()
        for thread in threads:
            thread.join()
    assert failures == []


def test_store_url_forms_name_the_same_file(path: Path) -> None:
    with open_store(f"kglite://{path}") as store:
        assert store.url == f"kglite://{path}"
        store.write([make_report("a")])
    spaced = path.with_name("年度 报告.kgl")
    shutil.copy(path, spaced)
    url = f"kglite://{spaced.parent}/年度%20报告.kgl"
    with open_store(url, read_only=True) as store:
        assert list(store.reports()) == ["report:a"]


def test_store_close_that_fails_says_so_and_loses_nothing(path: Path) -> None:
    store = open_store(str(path))
    store.write([make_report("a")])
    folder = path.parent.rename(path.parent.with_name("moved"))
    with pytest.raises(StoreError):
        store.close()
    with open_store(str(folder / path.name)) as again:
        assert list(again.reports()) == ["report:a"]
        assert again.info().problems == ()

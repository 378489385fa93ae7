"""Work in other processes: order, deaths, stops, and what a worker inherits."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from loaders.parallel import ITEMS_AHEAD, Crashed, map_ordered, worker_count

forks = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


@contextmanager
def another_thread() -> Iterator[None]:
    """A second thread, beside which no worker may be forked."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def die_on_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number * 10


def be_killed_on_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 10


_prepared: list[int] = []


def prepare() -> None:
    _prepared.append(os.getpid())


def inherited(_: object) -> list[int]:
    return _prepared


def be_killed_once(path: Path) -> str:
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


def large(number: int) -> bytes:
    return bytes([number]) * 3_000_000


def sleep_long(path: Path) -> None:
    path.write_text(str(os.getpid()))
    time.sleep(600)


def regular_files(_: object) -> list[str]:
    """Files that this process has open, its standard streams left out."""
    found: list[str] = []
    for entry in sorted(Path("/proc/self/fd").iterdir()):
        number = int(entry.name)
        if number > 2 and entry.exists() and stat.S_ISREG(os.fstat(number).st_mode):
            found.append(str(entry.readlink()))
    return found


@pytest.mark.parametrize("die", [die_on_three, be_killed_on_three])
def test_parallel_crash_costs_one_item_only(die: Callable[[int], int]) -> None:
    results = dict(map_ordered(die, range(8), workers=2))
    assert results.pop(3) == Crashed()
    assert results == {n: n * 10 for n in range(8) if n != 3}


def test_parallel_crash_costs_one_item_only_beside_another_thread() -> None:
    with another_thread():
        results = dict(map_ordered(die_on_three, range(6), workers=2))
    assert results.pop(3) == Crashed()
    assert results == {n: n * 10 for n in range(6) if n != 3}


def test_parallel_worker_that_dies_by_chance_costs_no_item(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abcd"]
    results = [result for _, result in map_ordered(be_killed_once, paths, workers=2)]
    assert results == ["a", "b", "c", "d"]


def test_parallel_large_results_wait_for_their_turn() -> None:
    results = [result for _, result in map_ordered(large, range(8), workers=2)]
    assert results == [large(number) for number in range(8)]


def test_parallel_items_behind_one_that_kills_are_done() -> None:
    results = map_ordered(be_killed_on_three, range(40), workers=2, size=lambda _: 1)
    assert [item for item, result in results if result != item * 10] == [3]


def test_parallel_large_items_with_large_results_do_not_block() -> None:
    items = [str(number) * 1_000_000 for number in range(9)]
    results = map_ordered(str.lower, items, workers=2, size=lambda _: 1)
    assert [result for _, result in results] == items


def test_parallel_keeps_the_order() -> None:
    assert [item for item, _ in map_ordered(str, range(200), workers=2)] == list(range(200))


def test_parallel_failure_of_the_work_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(map_ordered(int, ["1", "x", "3"], workers=2))


def test_parallel_few_files_need_no_second_process() -> None:
    assert worker_count(3) == 1
    assert worker_count(3, asked=4) == 4


@pytest.mark.parametrize(("size", "ahead"), [(1, ITEMS_AHEAD * 2), (10_000_000, 5)])
def test_parallel_takes_no_more_items_than_memory_allows(size: int, ahead: int) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = map_ordered(str, items(), workers=2, size=lambda _: size)
    next(results)
    assert len(taken) == ahead
    results.close()  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a timer that interrupts")
@pytest.mark.parametrize("threads", [nullcontext, another_thread])
def test_C03_stop_does_not_wait_for_the_item_under_way(
    tmp_path: Path, threads: Callable[[], AbstractContextManager[None]]
) -> None:
    paths = [tmp_path / "first", tmp_path / "second"]

    def stop(_signal: int, _frame: object) -> None:
        if all(path.exists() and path.read_text() for path in paths):
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    try:
        with threads(), pytest.raises(KeyboardInterrupt):
            list(map_ordered(sleep_long, paths, workers=2))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    for path in paths:
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.read_text()), 0)


@forks
def test_parallel_workers_inherit_what_was_prepared(tmp_path: Path) -> None:
    script = """
    results = dict(map_ordered(inherited, range(4), workers=2, prepare=prepare))
    print(json.dumps(list(results.values())))
    """
    with single_threaded(script, tmp_path) as process:
        said, _ = process.communicate()
    assert json.loads(said) == [[process.pid]] * 4


@forks
def test_parallel_workers_hold_no_file_of_the_parent(tmp_path: Path) -> None:
    script = """
    with open("store.lock", "w"):
        results = dict(map_ordered(regular_files, range(4), workers=2))
    print(json.dumps(list(results.values())))
    """
    with single_threaded(script, tmp_path) as process:
        said, _ = process.communicate()
    assert json.loads(said) == [[]] * 4


@forks
def test_parallel_forked_crash_costs_one_item_only(tmp_path: Path) -> None:
    script = """
    results = list(map_ordered(be_killed_on_three, range(6), workers=2))
    print(json.dumps([0 if result == Crashed() else result for _, result in results]))
    """
    with single_threaded(script, tmp_path) as process:
        said, _ = process.communicate()
    assert json.loads(said) == [0, 10, 20, 0, 40, 50]


@forks
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_K01_workers_end_with_a_parent_that_is_stopped(tmp_path: Path, number: int) -> None:
    script = """
    list(map_ordered(sleep_long, [Path("first"), Path("second")], workers=2))
    """
    paths = [tmp_path / "first", tmp_path / "second"]
    with single_threaded(script, tmp_path) as process:
        while not all(path.exists() and path.read_text() for path in paths):
            time.sleep(0.01)
        process.send_signal(number)
        process.communicate()
        assert process.returncode == -number
    for worker in [int(path.read_text()) for path in paths]:
        while is_running(worker):
            time.sleep(0.01)  # an orphan that stays is a test that hangs


def single_threaded(script: str, folder: Path) -> subprocess.Popen[str]:
    """Run a script in a process of its own: this one has the threads of what other tests import."""
    head = "import json\nfrom pathlib import Path\nfrom loaders.parallel import *\n"
    code = f"{head}from tests.unit.test_parallel import *\n{textwrap.dedent(script)}"
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        text=True,
    )


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False

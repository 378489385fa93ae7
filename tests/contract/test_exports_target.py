"""What an export may replace, and what is left of one that fails or is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from benchmarks.synthetic import iter_reports
from conftest import StorePlace
from report_builder import make_report

from graph.errors import ExportError
from graph.exports import export_graph, find_formats
from graph.opening import open_store
from graph.store import Store
from graph.view import GraphView, Relationship

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(name for name, format_ in find_formats().items() if not format_.suffix)
FILES = sorted(set(find_formats()) - set(FOLDERS))
SOME = ["bundle", "parquet", "sqlite", "turtle", "xlsx"]
"""Formats that leave their files in different ways: several, a library's, one, temporary ones."""


@pytest.fixture
def full(embedded_place: StorePlace) -> Iterator[Store]:
    with embedded_place.open() as store:
        store.write([make_report("a"), make_report("b")])
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "folder"
    found.mkdir()
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def content(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {"": path.read_bytes()}
    return {p.name: p.read_bytes() for p in path.iterdir()}


@pytest.mark.parametrize("name", FILES)
def test_X09_existing_file_is_kept_unless_forced(full: Store, folder: Path, name: str) -> None:
    target = folder / "out"
    target.write_text("precious")
    with pytest.raises(ExportError, match="--force replaces it"):
        export_graph(full, name, target)
    assert target.read_text() == "precious"
    export_graph(full, name, target, force=True)
    export_graph(full, name, folder / "other")
    assert content(target) == content(folder / "other")
    assert names(folder) == ["other", "out"]


@pytest.mark.parametrize("name", FOLDERS)
def test_X10_folder_of_an_earlier_export_is_replaced_only_when_forced(
    full: Store, folder: Path, name: str
) -> None:
    target = folder / "out"
    export_graph(full, name, target)
    before = content(target)
    with pytest.raises(ExportError, match="exists"):
        export_graph(full, name, target)
    assert content(target) == before
    full.write([make_report("c")])
    export_graph(full, name, target, force=True)
    export_graph(full, name, folder / "other")
    assert content(target) == content(folder / "other") != before
    assert names(folder) == ["other", "out"]


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("strange", ["thesis.docx", "photos"])
def test_X10_folder_with_other_things_is_never_replaced(
    full: Store, folder: Path, name: str, strange: str
) -> None:
    target = folder / "out"
    export_graph(full, name, target)
    if strange == "photos":
        (target / strange).mkdir()
    else:
        (target / strange).write_text("precious")
    before = names(target)
    with pytest.raises(ExportError, match=strange):
        export_graph(full, name, target, force=True)
    assert names(target) == before
    assert names(folder) == ["out"]


@pytest.mark.parametrize("name", find_formats())
def test_X10_link_device_and_nowhere_are_refused(full: Store, folder: Path, name: str) -> None:
    link, other = folder / "link", folder / "other"
    link.symlink_to(folder / "elsewhere")
    (folder / "linked").mkdir()
    other.symlink_to(folder / "linked")
    os.mkfifo(folder / "pipe")
    for target in (
        link, other, folder / "pipe", Path("/dev/null"), folder / "no" / "x", Path("/"),
        Path(".."), folder / "..", Path(),
    ):  # fmt: skip
        with pytest.raises(ExportError):
            export_graph(full, name, target, force=True)
    assert names(folder) == ["link", "linked", "other", "pipe"]
    assert names(folder / "linked") == []


@pytest.mark.parametrize("name", FILES)
def test_X10_folder_is_no_target_for_a_file(full: Store, folder: Path, name: str) -> None:
    with pytest.raises(ExportError, match="name a file"):
        export_graph(full, name, folder, force=True)
    assert names(folder) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_X10_file_is_no_target_for_a_folder(full: Store, folder: Path, name: str) -> None:
    (folder / "file").write_text("precious")
    with pytest.raises(ExportError, match="is a file"):
        export_graph(full, name, folder / "file", force=True)
    assert (folder / "file").read_text() == "precious"


def test_X09_place_that_cannot_be_written_is_said_in_a_sentence(full: Store) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        export_graph(full, "jsonl", Path("/proc/self/out.jsonl"))


@pytest.mark.parametrize("name", find_formats())
def test_X09_failing_export_leaves_nothing_behind(
    full: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    iter_edges = GraphView.iter_edges

    def failing(view: GraphView, *args: Any, **kwargs: Any) -> Iterator[Relationship]:
        yield from islice(iter_edges(view, *args, **kwargs), 1)
        raise OSError(28, "disk full")

    monkeypatch.setattr(GraphView, "iter_edges", failing)
    with pytest.raises(ExportError, match="disk full"):
        export_graph(full, name, folder / "out")
    assert names(folder) == []


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store that takes some seconds to export."""
    url = str(tmp_path_factory.mktemp("stores") / "large.kgl")
    with open_store(url) as store:
        store.write(list(iter_reports(150)))
    return url


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from graph.errors import ExportError
from graph.exports import export_graph, find_formats
from graph.opening import open_store

with open_store(sys.argv[1], read_only=True) as store:
    store.run("MATCH (r:Report) RETURN count(r) AS n")
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
    for name, format_ in find_formats().items():
        target = Path(sys.argv[2]) / name
        if format_.suffix:
            target.write_text("precious")
        try:
            export_graph(store, name, target, force=True)
        except ExportError as exc:
            print(name, str(exc).count(chr(10)), "cannot be written" in str(exc))
        else:
            print(name, "was written")
"""


def test_X09_full_disk_is_told_in_a_sentence_and_leaves_the_old_file(
    large: str, folder: Path
) -> None:
    """A limit on the size of files stands for the disk: the same error at the same places."""
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, large, folder], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{name} 0 True" for name in find_formats()]
    assert names(folder) == FILES
    assert {(folder / name).read_text() for name in FILES} == {"precious"}


def exporting(url: str, name: str, target: Path) -> subprocess.Popen[str]:
    """An export that runs, and has begun to write."""
    command = [sys.executable, "-m", "api.cli", "export", name, "-o", str(target)]
    process = subprocess.Popen(
        [*command, "--force", "--store", url], stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    limit = time.monotonic() + 60
    while time.monotonic() < limit and process.poll() is None:
        if [p for p in target.parent.glob(".govmech-*/*") if p.is_dir() or p.stat().st_size]:
            break
        time.sleep(0.005)
    return process


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_X09_interrupted_export_leaves_nothing_behind(
    large: str, folder: Path, name: str, number: signal.Signals
) -> None:
    process = exporting(large, name, folder / "out")
    process.send_signal(number)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 128 + number
    assert "Traceback" not in said
    assert names(folder) == []


@pytest.mark.parametrize("name", SOME)
def test_X09_export_after_a_kill_removes_what_that_left(
    full: Store, large: str, folder: Path, name: str
) -> None:
    process = exporting(large, name, folder / "out")
    process.send_signal(signal.SIGSTOP)
    running = names(folder)
    assert "out" not in running
    export_graph(full, "jsonl", folder / "meanwhile")
    assert names(folder) == sorted([*running, "meanwhile"]), "the other one is still at work"
    process.kill()
    process.communicate(timeout=60)
    assert names(folder) == sorted([*running, "meanwhile"])
    export_graph(full, "jsonl", folder / "later")
    assert names(folder) == ["later", "meanwhile"]


def test_X09_folder_that_a_killed_export_had_moved_away_comes_back(
    full: Store, folder: Path
) -> None:
    export_graph(full, "csv", folder / "old")
    before = content(folder / "old")
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                           capture_output=True, text=True, check=True)  # fmt: skip
    from graph import target as _target

    left = folder / f".govmech-export-{ended.stdout.strip()}@{_target._HOST}-abc.part"
    (left / "replaced").mkdir(parents=True)
    (folder / "old").rename(left / "replaced" / "old")
    export_graph(full, "jsonl", folder / "new")
    assert content(folder / "old") == before
    assert names(folder) == ["new", "old"]


def test_N03_export_during_a_load_is_refused_rather_than_mixed(
    embedded_place: StorePlace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with embedded_place.open() as store:
        store.write([make_report("a")])
    (folder / "out").write_text("precious")
    iter_edges = GraphView.iter_edges

    def loading(view: GraphView, *args: Any, **kwargs: Any) -> Iterator[Relationship]:
        yield from iter_edges(view, *args, **kwargs)
        with embedded_place.open() as store:
            store.write([make_report("b")])

    with embedded_place.open(read_only=True) as store:
        with monkeypatch.context() as patched:
            patched.setattr(GraphView, "iter_edges", loading)
            with pytest.raises(ExportError, match="export again"):
                export_graph(store, "jsonl", folder / "out", force=True)
        assert (folder / "out").read_text() == "precious"
        export_graph(store, "jsonl", folder / "out", force=True)
    assert "report:b" in (folder / "out").read_text("utf-8")
    assert names(folder) == ["out"]

"""Time, size and memory of each export, from an embedded store of generated reports.

Memory is what a format needs beyond the open store: each runs in a process of its
own that opens the store, reads one page of it, and then watches how much it grows.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from graph.exports import export_graph, find_formats
from graph.opening import open_store
from tests.benchmarks.synthetic import edges_option, iter_reports, machine, reports_for

BATCH = 200


def main() -> None:
    """Load the reports once, then export them in every format."""
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        print(json.dumps(_measure(*sys.argv[2:])))  # noqa: T201
        return
    count = reports_for(edges_option(__doc__ or "").edges)
    with tempfile.TemporaryDirectory() as temporary:
        url = str(Path(temporary) / "store.kgl")
        _load(url, count)
        with open_store(url, read_only=True) as store:
            info = store.info()
        nodes, edges = sum(info.nodes.values()), sum(info.edges.values())
        print(f"{machine()}; {info.engine}; {nodes:,} nodes, {edges:,} edges", flush=True)  # noqa: T201
        for name in find_formats():
            command = [sys.executable, "-m", __spec__.name, "--one", url, name]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found = json.loads(done.stdout)
            print(  # noqa: T201
                f"{name:13} {found['seconds']:7.1f} s {found['bytes'] / 1e6:9.1f} MB "
                f"+{found['grown'] / 1e6:6.0f} MB memory",
                flush=True,
            )


def _load(url: str, count: int) -> None:
    with open_store(url) as store:
        batch = []
        for report in iter_reports(count):
            batch.append(report)
            if len(batch) == BATCH:
                store.write(batch)
                batch = []
        store.write(batch)


def _measure(url: str, name: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as temporary, open_store(url, read_only=True) as store:
        out = Path(temporary) / "out"
        store.run("MATCH (r:Report) RETURN count(r) AS n")
        watch = _Memory()
        begun = time.perf_counter()
        export_graph(store, name, out)
        seconds = time.perf_counter() - begun
        files = [out] if out.is_file() else [p for p in out.rglob("*") if p.is_file()]
        size = sum(p.stat().st_size for p in files)
        return {"seconds": seconds, "bytes": size, "grown": watch.stop()}


class _Memory:
    """Watches how much the process grows over what it has now."""

    def __init__(self) -> None:
        self._first = self._most = _resident()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            self._most = max(self._most, _resident())

    def stop(self) -> int:
        """Bytes that it grew at most."""
        self._done.set()
        self._thread.join()
        return self._most - self._first


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


if __name__ == "__main__":
    main()

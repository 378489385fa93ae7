"""One file in ``queries/`` is a question at every door: nothing else has to be touched."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

NEW = """\
// name: units_of_level
// title: 某层级有哪些单位 (Which units are of a level)
// purpose: 每个单位一行。 (One row for each unit.)
// example: 省一级有哪些单位？ (Which units are there at provincial level?)
// param: level STRING, one of "省" "县区", example "省" - 层级 (level)
// column: agency AGENCY - 单位 (unit)
:param level => "省";
MATCH (a:Agency)
WHERE a.level = $level
RETURN a.id AS agency
ORDER BY agency
"""

DOORS = """\
import json, sys
from fastapi.testclient import TestClient
from api.app import create_app
from api.mcp.tools import TOOLS
from graph.opening import open_store
from queries.page import questions_page

with open_store(sys.argv[1]) as store:
    client = TestClient(create_app(store))
    asked = {"params": {"level": "省"}}
    document = client.get("/openapi.json").json()
    print(json.dumps({
        "http": client.get("/questions/units_of_level", **asked).json()["rows"],
        "csv": client.get("/questions/units_of_level.csv", **asked).text,
        "parameters": document["paths"]["/questions/units_of_level"]["get"]["parameters"],
        "row": document["components"]["schemas"]["UnitsOfLevelRow"]["required"],
        # The explorer's forms are made from this list.
        "forms": [q["name"] for q in client.get("/questions").json()["results"]],
        "tool": TOOLS["units_of_level"].schema,
        "page": questions_page(),
    }))
"""


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with one question more."""
    folder = tmp_path_factory.mktemp("doors")
    for package in ("graph", "loaders", "api"):
        (folder / package).symlink_to(ROOT / package)
    shutil.copytree(ROOT / "queries", folder / "queries")
    (folder / "queries" / "units_of_level.cypher").write_text(NEW, encoding="utf-8")
    return folder


def run(doors: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, cwd=doors, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_doors_a_new_file_is_a_question_at_each_of_them(doors: Path) -> None:
    seen = json.loads(run(doors, "-c", DOORS, str(doors / "store.kgl")))
    assert seen["http"] == []
    assert seen["csv"].splitlines() == ["agency"]
    level, form = seen["parameters"]
    assert (level["name"], level["required"], level["example"]) == ("level", True, "省")
    assert level["schema"]["enum"] == ["省", "县区"]
    assert form["name"] == "format"
    assert seen["row"] == ["agency"]
    assert "units_of_level" in seen["forms"]
    assert seen["tool"]["properties"]["level"]["enum"] == ["省", "县区"]
    assert "**某层级有哪些单位** · Which units are of a level" in seen["page"]


def test_doors_the_command_line_lists_and_asks_it(doors: Path) -> None:
    listed = json.loads(run(doors, "-m", "api.cli", "questions", "--format", "json"))
    assert "units_of_level" in [q["name"] for q in listed]
    store = str(doors / "empty.kgl")
    run(doors, "-c", "import sys; from graph.opening import open_store; open_store(sys.argv[1]).close()", store)  # fmt: skip
    command = ("-m", "api.cli", "ask", "units_of_level", "level=省", "--format", "json")
    assert json.loads(run(doors, *command, "--store", store)) == []

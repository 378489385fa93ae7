"""The guide of docs/neo4j-browser.md, walked through on the reports that come with govmech.

A block, or a file that the guide names, is pasted as it stands: its ``:param`` lines are set as
Neo4j Browser sets them, what is left is run by the plain driver, and there are rows to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest
from conftest import StorePlace

from api.analyses import ANALYSES, analyse
from api.names import lookups
from api.questions import questions, run_template
from graph.opening import open_store
from graph.store import Store
from loaders.load import load
from loaders.reading import SAMPLES
from queries.templates import QUESTIONS

PAGE = (Path(__file__).parents[2] / "docs" / "neo4j-browser.md").read_text("utf-8")
_TEN = 10
_SECTION = re.compile(r"^(?=\*\*\d+\. |## )", re.M)
_BLOCK = re.compile(r"^```cypher\n(.*?)^```$", re.M | re.S)
_FILE = re.compile(r"\bqueries/(\w+)\.cypher")
_PARAM = re.compile(r"^:param (\w+) => (.*);\n", re.M)

Run = Callable[[str, dict[str, Any]], list[dict[str, Any]]]


def pieces() -> dict[str, str]:
    """What a reader pastes, by where the guide has it."""
    found = {}
    for section in _SECTION.split(PAGE):
        heading = section.splitlines()[0].strip("#* ").partition("？")[0]
        for name in _FILE.findall(section):
            found[f"{heading}: {name}"] = (QUESTIONS / f"{name}.cypher").read_text("utf-8")
        for number, block in enumerate(_BLOCK.findall(section), start=1):
            found[f"{heading}: block {number}"] = block
    return found


PIECES = pieces()


def set_params(run: Run, text: str) -> dict[str, Any]:
    """What the ``:param`` lines say, worked out by the engine itself."""
    return {
        name: run(f"RETURN {value} AS value", {})[0]["value"]
        for name, value in _PARAM.findall(text)
    }


@pytest.fixture(scope="module")
def server(neo4j_driver: tuple[StorePlace, neo4j.Driver]) -> Run:
    """The samples in a real Neo4j, asked as Neo4j Browser asks."""
    place, driver = neo4j_driver
    driver.execute_query("MATCH (n) DETACH DELETE n")
    with place.open() as store:
        load(store, [SAMPLES])

    def run(cypher: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        answer = driver.execute_query(cypher, params, routing_="r")
        return [record.data() for record in answer.records]

    return run


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same in a graph file."""
    path = str(tmp_path_factory.mktemp("guide") / "govmech.kgl")
    with open_store(path) as store:
        load(store, [SAMPLES])
    with open_store(path, read_only=True) as store:
        yield store


@pytest.fixture(scope="module")
def file(samples: Store) -> Run:
    """Asks that file."""
    return samples.run


@pytest.fixture
def run(request: pytest.FixtureRequest) -> Run:
    """Asks one of the two."""
    found: Run = request.getfixturevalue(request.param)
    return found


def test_guide_asks_ten_questions_in_two_languages() -> None:
    asked = re.findall(r"^\*\*(\d+)\. (.+?？) ([A-Z].+?\?)\*\*", PAGE, re.M)
    assert [int(number) for number, _, _ in asked] == list(range(1, _TEN + 1))
    assert {piece.partition(".")[0] for piece in PIECES} >= {str(n) for n, _, _ in asked}


@pytest.mark.parametrize(
    "run", ["file", pytest.param("server", marks=pytest.mark.neo4j)], indirect=True
)
@pytest.mark.parametrize("piece", PIECES)
def test_guide_pieces_run_as_pasted_and_find_something(run: Run, piece: str) -> None:
    text = PIECES[piece]
    statement = _PARAM.sub("", text)
    assert ":param" not in statement
    rows = run(statement, set_params(run, text))
    assert rows
    assert all(row["same"] is True for row in rows if "same" in row)


@pytest.mark.parametrize(
    "run", ["file", pytest.param("server", marks=pytest.mark.neo4j)], indirect=True
)
def test_guide_reader_finds_something_with_any_other_file_too(run: Run) -> None:
    silent = []
    for path in sorted(QUESTIONS.rglob("*.cypher")):
        text = path.read_text("utf-8")
        if not run(_PARAM.sub("", text), set_params(run, text)):
            silent.append(path.stem)
    assert silent == []


def test_samples_answer_every_question_and_lookup_with_its_example(samples: Store) -> None:
    silent = []
    for name, template in {**lookups, **questions}.items():
        if not run_template(samples, template, template.examples).rows:
            silent.append(name)
    assert silent == []


def test_samples_answer_every_analysis_with_its_example(samples: Store) -> None:
    silent = []
    for name, analysis in ANALYSES.items():
        if not analyse(samples, name, analysis.header.examples).rows:
            silent.append(name)
    assert silent == []

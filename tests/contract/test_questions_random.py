"""Every question gives the same rows in the same order on both stores, over random graphs.

Names are hostile: what they hold must stay text in Cypher, in full-text queries and
in names that a person types. (NUL and names of 10,000 characters are refused on
both stores alike: ``tests/contract/test_store.py``.)
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import neo4j
import pytest
from conftest import WIPE, StorePlace
from graph_dump import dump
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_builder import Statement, make_report

from api.questions import ask, questions
from graph.errors import QuestionError
from graph.model import ReportGraph
from graph.opening import open_store
from graph.schema import label_of
from graph.store import Store
from loaders.segment import segment

EXAMPLES = 6
ANSWERED = 8
"""Questions, at least, that have rows for one of these graphs."""
HOSTILE = (
    "Robert'}) DETACH DELETE n //",
    'a "double" and a `back`tick',
    "$limit ${y} {{7*7}}",
    "back\\slash \\u4e2d",
    "换行\n和\t制表",
    "👩‍👩‍👧 𠮷",
    "right‮to left",
    '*:* AND NOT (x~2 OR "y"^3) [a TO b] \\',
    '+-&&||!(){}[]^"~*?:\\/',
    "领导包案",
    "ＡＢＣ　全角",
    "e\u0301 é",
)
names = st.sampled_from(HOSTILE) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
).filter(str.strip)
LABELS = {
    "IMPLEMENTS": ("mechanism", "initiative"),
    "REPORTS_TO": ("agency",),
    "ISSUES": ("regulation",),
}


@st.composite
def graphs(draw: st.DrawFn) -> list[ReportGraph]:
    """Up to four reports that share their names."""
    pool = draw(st.lists(names, min_size=2, max_size=5, unique=True))
    found = []
    for number in range(draw(st.integers(1, 4))):
        unit = f"agency:{draw(st.sampled_from(pool))}"
        statements: list[Statement] = []
        for _ in range(draw(st.integers(0, 5))):
            type_ = draw(st.sampled_from([*LABELS, "CITES"]))
            source, prefix = (unit, draw(st.sampled_from(LABELS.get(type_, ("regulation",)))))
            if type_ == "CITES":
                source = draw(st.sampled_from(["", f"mechanism:{draw(st.sampled_from(pool))}"]))
            target = f"{prefix}:{draw(st.sampled_from(pool))}"
            statements.append((type_, source, target, f"{source}与{target}。"))
        year, status = (
            draw(st.sampled_from([2021, 2022])),
            draw(st.sampled_from(["reported", "planned"])),
        )
        graph = make_report(
            f"{pool[0]}{number}", tuple(statements), unit=unit, year=year, status=status
        )  # fmt: skip
        found.append(with_words(graph))
    return found


def with_words(graph: ReportGraph) -> ReportGraph:
    """Segmented for search, as the loaders do."""
    nodes = tuple(
        replace(
            n, properties={**n.properties, "search": segment(str(n.properties.get("text", n.id)))}
        )
        if "search" in n.properties
        else n
        for n in graph.nodes
    )
    return replace(graph, nodes=nodes)


def answers(store: Store, drawn: dict[str, dict[str, str]]) -> dict[str, object]:
    """What each question answers: its rows, or the kind of its refusal."""
    found: dict[str, object] = {}
    for name, params in drawn.items():
        try:
            found[name] = list(ask(store, name, params).rows)
        except QuestionError as exc:
            found[name] = (type(exc).__name__, str(exc))
    return found


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[ReportGraph], dict[str, dict[str, str]]]:
    """A graph, and for each question what to ask it with: ids of the graph, or any text."""
    reports = draw(graphs())
    ids = sorted({n.id for g in reports for n in (g.report, *g.nodes)})
    params = {}
    for name, template in questions.items():
        params[name] = {}
        for p in template.parameters:
            if p.required and p.type not in ("INTEGER", "BOOLEAN") and not p.choices:
                fitting = [i for i in ids if label_of(i).upper() == p.type] or ids
                is_any = draw(st.integers(0, 3)) == 0
                params[name][p.name] = draw(names if is_any else st.sampled_from(fitting))
    return reports, params


@pytest.mark.neo4j
def test_S02_every_question_over_random_graphs(
    neo4j_place: StorePlace, neo4j_driver: tuple[StorePlace, neo4j.Driver], tmp_path: Path
) -> None:
    answered: set[str] = set()

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(asked())
    def same_on_both(case: tuple[list[ReportGraph], dict[str, dict[str, str]]]) -> None:
        reports, params = case
        neo4j_driver[1].execute_query(WIPE)
        for file in tmp_path.glob("random.kgl*"):
            file.unlink()
        with (
            open_store(str(tmp_path / "random.kgl")) as embedded,
            neo4j_place.open() as server,
        ):
            embedded.write(reports)
            server.write(reports)
            assert dump(embedded) == dump(server)
            ours, theirs = answers(embedded, params), answers(server, params)
        for name, rows in ours.items():
            assert rows == theirs[name], (name, params[name])
            if isinstance(rows, list) and rows:
                answered.add(name)

    same_on_both()
    assert len(answered) >= ANSWERED, "questions had something to answer"

"""S17: random operations on a store against a dictionary of reports."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import StorePlace
from graph_dump import dump, expected
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from report_builder import PLACES, Statement, make_report

from graph.census import find_changes
from graph.model import ReportGraph

AGENCIES = ("agency:甲局", "agency:乙局", "agency:丙办")
TARGETS = (
    ("IMPLEMENTS", "mechanism:包案"),
    ("IMPLEMENTS", "initiative:攻坚行动"),
    ("REPORTS_TO", "agency:甲局"),
    ("REPORTS_TO", "agency:丁委"),
    ("ISSUES", "regulation:办法"),
)


@st.composite
def reports(draw: st.DrawFn) -> ReportGraph:
    statements: list[Statement] = []
    for agency in draw(st.lists(st.sampled_from(AGENCIES), max_size=3)):
        type_, target = draw(st.sampled_from(TARGETS))
        statements.append((type_, agency, target, f"{agency[7:]}与{target.partition(':')[2]}。"))
    if draw(st.booleans()):
        statements.append(("CITES", "", "regulation:条例", "依据条例。"))
    chain = draw(st.sampled_from([PLACES, ("place:西山县", *PLACES), ("place:北国",)]))
    return make_report(
        draw(st.sampled_from("abcd")),
        tuple(statements),
        # A place follows from the agency, as it does in a catalogue.
        unit=f"agency:{chain[0][6:]}信访局",
        places=chain,
        year=draw(st.sampled_from([2022, 2023])),
    )


def machine(place: StorePlace, wipe: Any) -> type[RuleBasedStateMachine]:
    class StoreMachine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            wipe()
            self.store = place.open()
            self.model: dict[str, ReportGraph] = {}

        def teardown(self) -> None:
            self.store.close()

        @rule(batch=st.lists(reports(), max_size=3, unique_by=lambda g: g.report.id))
        def write(self, batch: list[ReportGraph]) -> None:
            done = self.store.write(batch)
            for graph in batch:
                old = self.model.get(graph.report.id)
                if old is None:
                    assert graph.report.id in done.added
                elif old.report.properties["digest"] == graph.report.properties["digest"]:
                    assert graph.report.id in done.unchanged
                    continue
                else:
                    assert graph.report.id in done.replaced
                self.model[graph.report.id] = graph

        @rule(name=st.sampled_from("abcd"))
        def remove(self, name: str) -> None:
            had = self.model.pop(f"report:{name}", None) is not None
            assert self.store.remove(f"report:{name}") is had

        @rule()
        def reopen(self) -> None:
            self.store.close()
            self.store = place.open()

        @invariant()
        def holds_what_the_reports_say(self) -> None:
            assert dump(self.store) == expected(self.model.values())

        @invariant()
        def is_sound(self) -> None:
            info = self.store.info()
            assert info.problems == ()
            assert find_changes(self.store) == []
            assert info.nodes["Report"] == len(self.model)

    return StoreMachine


def test_S17_embedded_random_operations(embedded_place: StorePlace) -> None:
    from pathlib import Path

    def wipe() -> None:
        for file in Path(embedded_place.url).parent.glob("store.kgl*"):
            file.unlink()

    run(machine(embedded_place, wipe), examples=25, steps=15)


@pytest.mark.neo4j
def test_S17_neo4j_random_operations(neo4j_place: StorePlace, request: Any) -> None:
    _, driver = request.getfixturevalue("neo4j_driver")

    def wipe() -> None:
        driver.execute_query("MATCH (n) DETACH DELETE n")

    run(machine(neo4j_place, wipe), examples=5, steps=10)


def run(machine: type[RuleBasedStateMachine], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

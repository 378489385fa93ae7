"""Questions about diffusion answer as the analyses of ``graph.diffusion`` do, on both stores."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_graph import (
    AGENT,
    CITY,
    EAST,
    MARKUP,
    NEW_RULES,
    ONLINE,
    RECEIVING,
    TAKING_CHARGE,
    WEST,
    small_graph,
)

from api.questions import ask
from graph.diffusion import adoption_curve, first_adopters, lag_after_regulation
from graph.network import read_network
from graph.store import Store

MECHANISMS = (AGENT, MARKUP, ONLINE, RECEIVING, TAKING_CHARGE)


@pytest.fixture
def filled(store: Store) -> Iterator[Store]:
    store.write(small_graph())
    yield store


def test_questions_first_adopters_are_those_of_the_network(filled: Store) -> None:
    network = read_network(filled)
    for mechanism in MECHANISMS:
        rows = ask(filled, "first_adopters", {"mechanism": mechanism}).rows
        wanted = first_adopters(network, mechanism)
        columns = ("agency", "year", "report", "evidence", "start", "end")
        assert [tuple(row[c] for c in columns) for row in rows] == [
            tuple(getattr(a, c) for c in columns) for a in wanted
        ]


def test_questions_adoption_curve_is_that_of_the_network(filled: Store) -> None:
    network = read_network(filled)
    for mechanism in MECHANISMS:
        rows = ask(filled, "adoption_curve", {"mechanism": mechanism}).rows
        wanted = [p for p in adoption_curve(network, mechanism) if p.new]
        assert [(r["year"], r["new"], r["total"], r["share"]) for r in rows] == [
            (p.year, p.new, p.total, pytest.approx(p.share, abs=0.001)) for p in wanted
        ]


def test_questions_first_adopters_of_taking_charge(filled: Store) -> None:
    rows = ask(filled, "first_adopters", {"mechanism": TAKING_CHARGE}).rows
    assert [(r["agency"], r["year"], r["evidence"]) for r in rows] == [
        (CITY, 2021, "建立领导包案台账"), (EAST, 2022, "领导包案全面实行"), (WEST, 2023, "领导包案有序推进"),
    ]  # fmt: skip


def test_questions_adoption_curve_of_taking_charge(filled: Store) -> None:
    rows = ask(filled, "adoption_curve", {"mechanism": TAKING_CHARGE}).rows
    assert [(r["year"], r["new"], r["total"], r["reporting"]) for r in rows] == [
        (2021, 1, 1, 3), (2022, 1, 2, 3), (2023, 1, 3, 3),
    ]  # fmt: skip
    east = ask(filled, "adoption_curve", {"mechanism": TAKING_CHARGE, "place": "东城区"}).rows
    assert [(r["year"], r["total"], r["reporting"]) for r in east] == [(2022, 1, 1)]


def test_questions_lag_after_regulation_is_that_of_the_network(filled: Store) -> None:
    network = read_network(filled)
    for mechanism in MECHANISMS:
        rows = ask(filled, "lag_after_regulation", {"mechanism": mechanism}).rows
        wanted = lag_after_regulation(network, mechanism)
        assert [
            (r["regulation"], r["issued"], r["agency"], r["year"], r["years"]) for r in rows
        ] == [(lag.regulation, lag.issued, lag.agency, lag.adopted, lag.years) for lag in wanted]


def test_questions_lag_after_regulation_of_taking_charge(filled: Store) -> None:
    rows = ask(filled, "lag_after_regulation", {"mechanism": TAKING_CHARGE}).rows
    assert [(r["regulation"], r["agency"], r["years"]) for r in rows] == [
        (NEW_RULES, CITY, -1), (NEW_RULES, EAST, 0), (NEW_RULES, WEST, 1),
    ]  # fmt: skip
    county = {"mechanism": TAKING_CHARGE, "level": "县区", "regulation": "信访工作条例"}
    rows = ask(filled, "lag_after_regulation", county).rows
    assert [r["agency"] for r in rows] == [EAST, WEST]


def test_questions_spread_by_level_adds_up_level_by_level(filled: Store) -> None:
    rows = ask(filled, "spread_by_level", {"mechanism": TAKING_CHARGE}).rows
    assert [tuple(r.values()) for r in rows] == [
        (2021, "省", 1, 1), (2022, "县区", 1, 1), (2023, "县区", 1, 2),
    ]  # fmt: skip
    west = ask(filled, "spread_by_level", {"mechanism": TAKING_CHARGE, "place": "西城区"}).rows
    assert [tuple(r.values()) for r in west] == [(2023, "县区", 1, 1)]

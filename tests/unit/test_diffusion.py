"""Analyses of diffusion on a network small enough to check by hand.

A province with two cities; the first city has a county. The county starts in
2018, the first city follows in 2019, the second city and the province in 2020.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.diffusion import (
    adoption_curve,
    first_adopters,
    lag_after_regulation,
    regulation_authority,
    spread_of,
    unit_communities,
)
from graph.network import Network

PROVINCE, CITY_A, CITY_B, COUNTY = (f"agency:{n}" for n in ("省厅", "甲市局", "乙市局", "甲县局"))
MECHANISM, OTHER = "mechanism:包案", "mechanism:代办"
RULE, OLD, LONELY = "regulation:条例", "regulation:旧条例", "regulation:办法"


def add_statement(network, type_, source, target, year, status="reported"):
    report = f"report:{source}{year}"
    said = {"evidence": f"{year}年的话", "start": 3, "end": 9, "year": year, "status": status}
    for node in (source, target):
        network.add_node(node)
    network.add_edge(source, target, key=f"{type_} {report}", type=type_, report=report, **said)


def make_network():
    network = Network()
    for agency, place in ((PROVINCE, "省"), (CITY_A, "甲市"), (CITY_B, "乙市"), (COUNTY, "甲县")):
        network.add_edge(agency, f"place:{place}", key="LOCATED_IN", type="LOCATED_IN")
    for inner, outer in (("甲县", "甲市"), ("甲市", "省"), ("乙市", "省")):
        network.add_edge(f"place:{inner}", f"place:{outer}", key="PART_OF", type="PART_OF")
    for agency, year in ((COUNTY, 2018), (CITY_A, 2019), (CITY_B, 2020), (PROVINCE, 2020)):
        add_statement(network, "IMPLEMENTS", agency, MECHANISM, year)
        network.add_edge(
            agency, f"report:{agency}{year}", key="PUBLISHED", type="PUBLISHED", year=year
        )
    add_statement(network, "IMPLEMENTS", COUNTY, MECHANISM, 2019)
    add_statement(network, "IMPLEMENTS", CITY_B, MECHANISM, 2017, status="planned")
    network.add_edge(CITY_B, "report:空", key="PUBLISHED", type="PUBLISHED", year=2021)
    add_statement(network, "CITES", MECHANISM, RULE, 2020)
    network.nodes[RULE]["issued"] = 2019
    add_statement(network, "CITES", MECHANISM, OLD, 2020)
    return network


def test_diffusion_first_adopters_are_by_year_and_show_their_words():
    found = first_adopters(make_network(), MECHANISM)
    assert [(a.agency, a.year) for a in found] == [
        (COUNTY, 2018), (CITY_A, 2019), (CITY_B, 2020), (PROVINCE, 2020),
    ]  # fmt: skip
    assert (found[0].evidence, found[0].start, found[0].end) == ("2018年的话", 3, 9)


def test_diffusion_curve_adds_up_and_goes_on_to_the_last_report():
    curve = adoption_curve(make_network(), MECHANISM)
    assert [(p.year, p.new, p.total) for p in curve] == [
        (2018, 1, 1), (2019, 1, 2), (2020, 2, 4), (2021, 0, 4),
    ]  # fmt: skip
    assert curve[-1].share == 1.0


def test_diffusion_curve_share_is_of_the_units_that_report():
    network = make_network()
    network.add_edge("agency:丙市局", "report:丙", key="PUBLISHED", type="PUBLISHED", year=2019)
    assert [p.share for p in adoption_curve(network, MECHANISM)] == [1, 2 / 3, 4 / 5, 4 / 5]


def test_diffusion_spread_tells_above_below_and_beside():
    rows = {s.agency: (s.above, s.below, s.beside) for s in spread_of(make_network(), MECHANISM)}
    assert rows == {
        COUNTY: (0, 0, 0),
        CITY_A: (0, 1, 0),
        CITY_B: (0, 0, 1),
        PROVINCE: (0, 2, 0),
    }


def test_diffusion_spread_follows_reports_to_where_places_do_not_help():
    network = Network()
    add_statement(network, "IMPLEMENTS", "agency:部", MECHANISM, 2018)
    add_statement(network, "IMPLEMENTS", "agency:处", MECHANISM, 2019)
    add_statement(network, "REPORTS_TO", "agency:处", "agency:司", 2019)
    add_statement(network, "REPORTS_TO", "agency:司", "agency:部", 2019)
    add_statement(network, "REPORTS_TO", "agency:部", "agency:处", 2019)  # a circle ends
    rows = spread_of(network, MECHANISM)
    assert [(s.agency, s.above, s.below) for s in rows] == [
        ("agency:部", 0, 0),
        ("agency:处", 1, 0),
    ]


def spread_pair_by_pair(network, mechanism):
    """Each unit compared with each earlier one: slow, and plain to see that it is right."""

    def climb(node, type_):
        return sorted({t for _, t, d in network.out_edges(node, data=True) if d["type"] == type_})

    def places(agency):
        found, step = [], climb(agency, "LOCATED_IN")
        while step and step[0] not in found:
            found.append(step[0])
            step = climb(step[0], "PART_OF")
        return found

    def superiors(agency):
        found, waiting = set(), [agency]
        while waiting:
            new = set(climb(waiting.pop(), "REPORTS_TO")) - found
            found |= new
            waiting += new
        return found - {agency}

    rows = []
    adoptions = first_adopters(network, mechanism)
    for own in adoptions:
        counts = [0, 0, 0]
        here = places(own.agency)
        for other in (o for o in adoptions if o.year < own.year):
            there = places(other.agency)
            if other.agency in superiors(own.agency) or (there and there[0] in here[1:]):
                counts[0] += 1
            elif own.agency in superiors(other.agency) or (here and here[0] in there[1:]):
                counts[1] += 1
            elif here[1:] and here[:1] != there[:1] and here[1:] == there[1:]:
                counts[2] += 1
        rows.append((own.agency, *counts))
    return rows


@given(
    st.lists(st.tuples(st.integers(2018, 2021), st.integers(0, 7)), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=10),
)
def test_diffusion_spread_counts_as_if_each_pair_were_compared(units, reporting):
    """Places 1 and 2 lie in 0, 3 and 4 in 1, 5 and 6 in 2; 7 lies nowhere and has no units."""
    network = Network()
    for inner, outer in ((1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 2)):
        network.add_edge(f"place:{inner}", f"place:{outer}", type="PART_OF")
    for number, (year, place) in enumerate(units):
        add_statement(network, "IMPLEMENTS", f"agency:{number}", MECHANISM, year)
        if place < 7:
            network.add_edge(f"agency:{number}", f"place:{place}", type="LOCATED_IN")
    for lower, upper in reporting:
        if max(lower, upper) < len(units):
            add_statement(network, "REPORTS_TO", f"agency:{lower}", f"agency:{upper}", 2018)
    found = [(s.agency, s.above, s.below, s.beside) for s in spread_of(network, MECHANISM)]
    assert found == spread_pair_by_pair(network, MECHANISM)


def test_diffusion_lag_counts_from_the_year_of_issue_where_it_is_known():
    lags = lag_after_regulation(make_network(), MECHANISM)
    assert [(lag.regulation, lag.agency, lag.years) for lag in lags] == [
        (RULE, COUNTY, -1), (RULE, CITY_A, 0), (RULE, CITY_B, 1), (RULE, PROVINCE, 1),
    ]  # fmt: skip


def test_diffusion_authority_is_highest_for_what_everybody_cites():
    network = Network()
    for number in range(3):
        add_statement(network, "CITES", f"report:{number}", RULE, 2020)
    add_statement(network, "CITES", "report:0", OLD, 2020)
    add_statement(network, "CITES", "report:9", LONELY, 2020)
    scores = regulation_authority(network)
    assert list(scores) == [RULE, OLD, LONELY]
    assert sum(scores.values()) == pytest.approx(1)
    assert regulation_authority(Network()) == {}


def test_diffusion_communities_part_units_that_share_nothing():
    network = Network()
    for agency in "甲乙丙":
        for mechanism in ("一", "二"):
            add_statement(network, "IMPLEMENTS", f"agency:{agency}", f"mechanism:{mechanism}", 2020)
    for agency in "丁戊":
        add_statement(network, "IMPLEMENTS", f"agency:{agency}", OTHER, 2020)
    assert unit_communities(network) == [
        ("agency:丙", "agency:乙", "agency:甲"), ("agency:丁", "agency:戊"),
    ]  # fmt: skip


def test_diffusion_communities_are_the_same_for_any_hash_seed():
    code = """
from graph.diffusion import unit_communities
from graph.network import Network
network = Network()
for i in range(60):
    for j in (i % 7, i % 5 + 3, i % 3 + 6):
        network.add_edge(f"agency:{i}", f"mechanism:{j}", type="IMPLEMENTS", status="reported")
print(unit_communities(network))
"""
    outs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True,
            cwd=Path(__file__).parents[2], env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(outs) == 1


def test_diffusion_of_what_nobody_applies_is_empty():
    network = make_network()
    for analysis in (first_adopters, adoption_curve, spread_of, lag_after_regulation):
        assert analysis(network, "mechanism:无") == []
    assert unit_communities(Network()) == []

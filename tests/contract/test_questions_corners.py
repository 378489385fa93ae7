"""Where a question is easily answered wrongly: both stores give the right rows.

Beside the six reports of ``tests/small_graph.py`` these eight are made up of what real
reports do: two in one year, a plan before what is done, what works no longer, no year,
no unit, a body with a new name after a reform, and a body of the state without a place.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_graph import (
    AGENT,
    EAST,
    LAW_EDUCATION,
    NEW_RULES,
    OLD_RULES,
    ONLINE,
    RECEIVING,
    TAKING_CHARGE,
    WORK_POINTS,
    Said,
    graph_of,
    report_id,
)

from api.analyses import analyse
from api.names import look_up
from api.questions import ask
from graph.diffusion import adoption_curve, first_adopters, lag_after_regulation
from graph.model import Value
from graph.network import read_network
from graph.store import Store

pytestmark = pytest.mark.every_neo4j

OFFICE = "agency:北京市海淀区信访办公室"
BUREAU = "agency:北京市海淀区信访局"
STATE = "agency:国家信访局"
RULE_OF_LAW = "法治政府建设年度情况报告"

_IN_HAIDIAN: dict[str, Value] = {"level": "县区", "line": "信访", "place": "北京市海淀区"}
_NODES: dict[str, dict[str, Value]] = {
    OFFICE: {**_IN_HAIDIAN, "succeeded_by": BUREAU, "succeeded_in": 2023},
    BUREAU: _IN_HAIDIAN,
    STATE: {"level": "国家", "line": "信访"},
}
_REPORTS = (
    Said(
        OFFICE, 2021, "海淀区信访办公室2021年信访工作年度报告",
        "领导包案全面推行。来年将探索信访代理。来年开通网上信访。",
        (
            ("IMPLEMENTS", OFFICE, TAKING_CHARGE, "领导包案全面推行", "reported"),
            ("IMPLEMENTS", OFFICE, AGENT, "来年将探索信访代理", "planned"),
            ("IMPLEMENTS", OFFICE, ONLINE, "来年开通网上信访", "planned"),
        ),
    ),
    Said(
        OFFICE, 2021, "海淀区信访办公室2021年法治政府建设年度情况报告",
        "上年提出完善领导包案。领导包案又有新进展。接访下访成为常态。",
        (
            ("IMPLEMENTS", OFFICE, TAKING_CHARGE, "上年提出完善领导包案", "planned"),
            ("IMPLEMENTS", OFFICE, TAKING_CHARGE, "领导包案又有新进展", "reported"),
            ("IMPLEMENTS", OFFICE, RECEIVING, "接访下访成为常态", "reported"),
        ),
        genre=RULE_OF_LAW,
    ),
    Said(
        OFFICE, 2022, "海淀区信访办公室2022年信访工作年度报告",
        "领导包案衔接不够。接访下访继续开展。网上信访平台建成。来年试行信访代理。",
        (
            ("IMPLEMENTS", OFFICE, TAKING_CHARGE, "领导包案衔接不够", "lacking"),
            ("IMPLEMENTS", OFFICE, RECEIVING, "接访下访继续开展", "reported"),
            ("IMPLEMENTS", OFFICE, ONLINE, "网上信访平台建成", "reported"),
            ("IMPLEMENTS", OFFICE, AGENT, "来年试行信访代理", "planned"),
        ),
    ),
    Said(
        BUREAU, 2023, "海淀区信访局2023年信访工作年度报告",
        "按照《信访工作条例》重新推行领导包案。信访代理试点启动。来年恢复接访下访。",
        (
            ("CITES", TAKING_CHARGE, NEW_RULES, "按照《信访工作条例》重新推行领导包案", "reported"),
            ("IMPLEMENTS", BUREAU, TAKING_CHARGE, "重新推行领导包案", "reported"),
            ("IMPLEMENTS", BUREAU, AGENT, "信访代理试点启动", "reported"),
            ("IMPLEMENTS", BUREAU, RECEIVING, "来年恢复接访下访", "planned"),
        ),
    ),
    Said(
        BUREAU, 2024, "海淀区信访局2024年信访工作年度报告", "信访代理全面铺开。",
        (("IMPLEMENTS", BUREAU, AGENT, "信访代理全面铺开", "reported"),),
    ),
    Said(
        EAST, None, "东城区信访办公室信访工作报告", "领导包案已经推行。依照《信访条例》办理来信。",
        (
            ("IMPLEMENTS", EAST, TAKING_CHARGE, "领导包案已经推行", "reported"),
            ("CITES", "", OLD_RULES, "依照《信访条例》办理来信。", "reported"),
        ),
        published="2023-03-01",
    ),
    Said(
        STATE, 2022, "国家信访局2022年信访工作年度报告",
        "推行信访代理。施行《信访工作条例》。拟制定《北京市信访工作要点》。",
        (
            ("IMPLEMENTS", STATE, AGENT, "推行信访代理", "reported"),
            ("ISSUES", STATE, NEW_RULES, "施行《信访工作条例》", "reported"),
            ("ISSUES", STATE, WORK_POINTS, "拟制定《北京市信访工作要点》", "planned"),
        ),
    ),
    Said(
        "", 2022, "不知何单位的报告", "全年领导包案办结九件。", (),
        (("领导包案办结", "九件", 9.0, "全年领导包案办结九件", TAKING_CHARGE),),
    ),
)  # fmt: skip

OFFICE_21, OFFICE_22 = report_id(OFFICE, 2021), report_id(OFFICE, 2022)
OFFICE_21_LAW = report_id(OFFICE, 2021, RULE_OF_LAW)
BUREAU_23, BUREAU_24 = report_id(BUREAU, 2023), report_id(BUREAU, 2024)
EAST_UNDATED = report_id(EAST, None)


@pytest.fixture
def filled(store: Store) -> Iterator[Store]:
    store.write([graph_of(said, _NODES) for said in _REPORTS])
    yield store


def rows(
    store: Store, name: str, columns: str = "", /, **params: object
) -> list[tuple[object, ...]]:
    """Rows of an answer, of the columns named, or of all."""
    answer = ask(store, name, params)
    wanted = columns.split() or [c.name for c in answer.columns]
    return [tuple(row[c] for c in wanted) for row in answer.rows]


def test_corners_two_reports_in_one_year_are_one_unit(filled: Store) -> None:
    found = rows(
        filled,
        "units_applying_mechanism",
        "agency year status evidence report",
        mechanism="领导包案",
    )
    assert found == [
        (BUREAU, 2023, "reported", "重新推行领导包案", BUREAU_23),
        (OFFICE, 2022, "lacking", "领导包案衔接不够", OFFICE_22),
        (OFFICE, 2021, "reported", "领导包案全面推行", OFFICE_21),
        (OFFICE, 2021, "reported", "领导包案又有新进展", OFFICE_21_LAW),
        (EAST, None, "reported", "领导包案已经推行", EAST_UNDATED),
    ]
    # What one report says of it does not occur together with what the other says.
    together = rows(filled, "co_occurring_mechanisms", mechanism="领导包案")
    assert together == [(AGENT, 1, 1), (RECEIVING, 1, 1)]


def test_corners_timeline_leaves_out_what_is_lacking_and_counts_the_place_asked_for(
    filled: Store,
) -> None:
    assert rows(filled, "mechanism_timeline", mechanism="领导包案") == [
        (2021, 1, 0, 2, 1.0),
        (2023, 1, 0, 1, 1.0),
    ]
    assert rows(filled, "mechanism_timeline", mechanism="网上信访") == [
        (2021, 0, 1, 0, 0.0),
        (2022, 1, 0, 1, 0.333),
    ]
    for only in ({"place": "海淀区"}, {"level": "县区"}):
        assert rows(filled, "mechanism_timeline", mechanism="网上信访", **only)[1] == (
            2022, 1, 0, 1, 1.0,
        )  # fmt: skip
    assert rows(filled, "mechanism_timeline", mechanism="网上信访", place="东城区") == []


def test_corners_profile_counts_those_that_apply_it(filled: Store) -> None:
    counts = "units planning lacking reports measures first_year last_year"
    assert rows(filled, "mechanism_profile", counts, mechanism="领导包案") == [
        (2, 0, 1, 4, 1, 2021, 2023)
    ]
    assert rows(filled, "mechanism_profile", counts, mechanism="网上信访") == [
        (1, 0, 0, 1, 0, 2022, 2022)
    ]
    assert rows(filled, "mechanism_profile", counts, mechanism="信访代理") == [
        (2, 0, 0, 3, 0, 2022, 2024)
    ]


def test_corners_a_new_name_is_no_other_unit_wherever_units_are_counted(filled: Store) -> None:
    said = (
        Said(
            OFFICE, 2023, "海淀区信访办公室2023年信访工作年度报告", "领导包案续推。开展“八五”普法。",
            (
                ("IMPLEMENTS", OFFICE, TAKING_CHARGE, "领导包案续推", "reported"),
                ("IMPLEMENTS", OFFICE, LAW_EDUCATION, "开展“八五”普法", "reported"),
            ),
        ),
        Said(
            BUREAU, 2025, "海淀区信访局2025年信访工作年度报告",
            "领导包案推行。接访下访照常。“八五”普法继续。",
            (
                ("IMPLEMENTS", BUREAU, TAKING_CHARGE, "领导包案推行", "reported"),
                ("IMPLEMENTS", BUREAU, RECEIVING, "接访下访照常", "reported"),
                ("IMPLEMENTS", BUREAU, LAW_EDUCATION, "“八五”普法继续", "reported"),
            ),
        ),
    )  # fmt: skip
    filled.write([graph_of(s, _NODES) for s in said])
    listed = {r["id"]: r["units"] for r in look_up(filled, "mechanisms")}
    assert (listed[TAKING_CHARGE], listed[RECEIVING]) == (2, 1)
    first = look_up(filled, "mechanisms_by_units", limit=50)
    assert {r["id"]: r["units"] for r in first} == {i: n for i, n in listed.items() if n}
    typed = {r["id"]: r["count"] for r in look_up(filled, "suggestions", text="", limit=50)}
    assert (typed[TAKING_CHARGE], typed[RECEIVING], typed[LAW_EDUCATION]) == (2, 1, 1)
    assert [r["units"] for r in look_up(filled, "initiatives")] == [1]
    assert (RECEIVING, 1, 2) in rows(filled, "co_occurring_mechanisms", mechanism="领导包案")
    years = rows(filled, "mechanism_timeline", "year units reports", mechanism="领导包案")
    assert (2023, 1, 2) in years


def test_corners_a_new_name_is_no_new_adopter(filled: Store) -> None:
    network = read_network(filled)
    columns = "agency year report"
    assert rows(filled, "first_adopters", columns, mechanism="领导包案") == [
        (OFFICE, 2021, OFFICE_21)
    ]
    assert [(a.agency, a.year) for a in first_adopters(network, TAKING_CHARGE)] == [(OFFICE, 2021)]
    assert rows(filled, "adoption_curve", mechanism="领导包案") == [(2021, 1, 1, 1, 1.0)]
    assert rows(filled, "adoption_curve", mechanism="信访代理") == [
        (2022, 1, 1, 2, 0.5),
        (2023, 1, 2, 2, 1.0),
    ]
    curve = adoption_curve(network, AGENT)
    assert [(p.year, p.new, p.total, p.share) for p in curve] == [
        (2022, 1, 1, 0.5), (2023, 1, 2, 1.0), (2024, 0, 2, 1.0),
    ]  # fmt: skip
    assert rows(filled, "spread_by_level", mechanism="信访代理") == [
        (2022, "国家", 1, 1),
        (2023, "县区", 1, 1),
    ]
    assert rows(filled, "lag_after_regulation", "agency year years", mechanism="领导包案") == [
        (OFFICE, 2021, -1)
    ]
    assert [lag.agency for lag in lag_after_regulation(network, TAKING_CHARGE)] == [OFFICE]
    spread = analyse(filled, "spread_directions", {"mechanism": TAKING_CHARGE})
    assert [(r["agency"], r["year"]) for r in spread.rows] == [(OFFICE, 2021)]


def test_corners_history_goes_on_under_the_new_name(filled: Store) -> None:
    columns = "year mechanism change since report"
    before = [
        (2022, RECEIVING, "continued", 2021, OFFICE_22),
        (2022, TAKING_CHARGE, "lacking", 2021, OFFICE_22),
        (2022, ONLINE, "new", 2021, OFFICE_22),
        (2021, TAKING_CHARGE, "new", None, OFFICE_21),
        (2021, RECEIVING, "new", None, OFFICE_21_LAW),
    ]
    assert rows(filled, "unit_history", columns, unit=OFFICE) == before
    assert rows(filled, "unit_history", columns, unit=BUREAU) == [
        (2024, AGENT, "continued", 2023, BUREAU_24),
        (2024, TAKING_CHARGE, "not mentioned", 2023, BUREAU_23),
        (2023, AGENT, "new", 2022, BUREAU_23),
        (2023, ONLINE, "not mentioned", 2022, OFFICE_22),
        (2023, RECEIVING, "planned", 2022, BUREAU_23),
        (2023, TAKING_CHARGE, "resumed", 2022, BUREAU_23),
        *before,
    ]


def test_corners_a_plan_is_carried_out_under_the_new_name(filled: Store) -> None:
    columns = "practice planned_in next_year outcome result"
    assert rows(filled, "plans_and_results", columns, unit=OFFICE) == [
        (AGENT, 2021, 2022, "planned", "来年试行信访代理"),
        (ONLINE, 2021, 2022, "reported", "网上信访平台建成"),
        (AGENT, 2022, 2023, "reported", "信访代理试点启动"),
    ]
    assert rows(filled, "plans_and_results", columns, unit=BUREAU) == [
        (RECEIVING, 2023, 2024, "not mentioned", None)
    ]


def test_corners_nobody_is_a_peer_of_its_former_self(filled: Store) -> None:
    # Its own office had 网上信访, the other office of its level and line has nothing more.
    assert rows(filled, "gaps_of_unit", unit=BUREAU) == []
    gaps = rows(filled, "gaps_of_unit", "mechanism peers of_peers agency year", unit=EAST)
    assert gaps == [
        (AGENT, 1, 1, BUREAU, 2024),
        (ONLINE, 1, 1, OFFICE, 2022),
        (RECEIVING, 1, 1, OFFICE, 2022),
    ]
    assert rows(filled, "similar_units", "agency similarity", unit=BUREAU) == [
        (EAST, 0.5),
        (STATE, 0.5),
    ]


def test_corners_the_state_is_above_every_place(filled: Store) -> None:
    columns = "mechanism superiors agency level"
    assert rows(filled, "gaps_against_superiors", columns, unit=EAST) == [(AGENT, 1, STATE, "国家")]
    assert rows(filled, "gaps_against_superiors", columns, unit=STATE) == []


def test_corners_reports_without_year_or_unit_are_not_lost(filled: Store) -> None:
    assert rows(filled, "citations_after_repeal", "regulation unit year report") == [
        (OLD_RULES, "北京市东城区信访办公室", None, EAST_UNDATED)
    ]
    counted = "agency year value report"
    assert rows(filled, "measures_of_mechanism", counted, mechanism="领导包案") == [
        (None, 2022, 9.0, report_id("", 2022))
    ]
    assert rows(filled, "measures_of_mechanism", mechanism="领导包案", unit=EAST) == []
    assert rows(filled, "mechanism_spread", mechanism="领导包案") == [
        ("县区", "北京市东城区", 1, None, None),
        ("县区", "北京市海淀区", 1, 2021, 2023),
    ]


def test_corners_what_is_planned_is_not_issued(filled: Store) -> None:
    assert rows(filled, "regulations_issued", "regulation", unit=STATE) == [(NEW_RULES,)]


def test_corners_evidence_has_each_clause_with_its_own_status(filled: Store) -> None:
    found = rows(filled, "evidence", "year status evidence", source=OFFICE, target=TAKING_CHARGE)
    assert found == [
        (2022, "lacking", "领导包案衔接不够"),
        (2021, "reported", "领导包案全面推行"),
        (2021, "planned", "上年提出完善领导包案"),
        (2021, "reported", "领导包案又有新进展"),
    ]


def test_corners_units_compared_by_what_they_report(filled: Store) -> None:
    columns = "mechanism who unit_year unit_evidence other_year"
    assert rows(filled, "compare_units", columns, unit=OFFICE, other=BUREAU) == [
        (TAKING_CHARGE, "both", 2021, "领导包案全面推行", 2023),
        (AGENT, "other", None, None, 2024),
        (ONLINE, "unit", 2022, "网上信访平台建成", None),
        (RECEIVING, "unit", 2022, "接访下访继续开展", None),
    ]

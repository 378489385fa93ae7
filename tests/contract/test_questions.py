"""Every question gives the same, right rows on both stores.

The graph is the made-up one of ``tests/small_graph.py``; rows were checked
against its sentences by eye.
"""

from __future__ import annotations

from collections.abc import Iterator

import neo4j
import pytest
from small_graph import (
    AGENT,
    CITY,
    CITY_GOVERNMENT,
    EAST,
    EAST_GOVERNMENT,
    ELSEWHERE,
    MARKUP,
    NEW_RULES,
    OLD_RULES,
    ONLINE,
    RECEIVING,
    TAKING_CHARGE,
    WEST,
    WORK_POINTS,
    Said,
    graph_of,
    report_id,
    small_graph,
)

from api.names import fold, look_up, lookups, resolve_name
from api.questions import Answer, ask, questions
from graph.errors import AmbiguousName, BadParameter, NotCited, UnknownName, UnknownQuestion
from graph.model import Edge, Node, ReportGraph, Value
from graph.store import Store
from loaders.segment import search_query, segment
from queries.templates import NODE_TYPES, Template

pytestmark = pytest.mark.every_neo4j

CITY_21, CITY_22 = report_id(CITY, 2021), report_id(CITY, 2022)
EAST_21, EAST_22 = report_id(EAST, 2021), report_id(EAST, 2022)
WEST_21, WEST_23 = report_id(WEST, 2021), report_id(WEST, 2023)


SENTENCES = {
    "evidence": "",
    "unit_evidence": "unit_",
    "other_evidence": "other_",
    "plan": "plan_",
    "result": "result_",
}
"""Columns that hold a sentence, and how those begin that say where it stands."""


@pytest.fixture
def filled(store: Store) -> Iterator[Store]:
    """A store with the six reports; Neo4j's full-text index catches up first."""
    store.write(small_graph())
    yield store


def picked(answer: Answer, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[c] for c in columns) for row in answer.rows]


@pytest.mark.parametrize("name", sorted(questions))
def test_questions_run_with_their_example(filled: Store, name: str) -> None:
    template = questions[name]
    params = {**template.examples, **ELSEWHERE.get(name, {})}
    answer = ask(filled, name, params)
    assert answer.rows, "the example finds something in the made-up reports"
    check_columns(template, answer)
    reports = {g.report.id: g.report.properties for g in small_graph()}
    for row in answer.rows:
        for sentence, prefix in SENTENCES.items():
            if row.get(sentence):
                start, end = row[f"{prefix}start"], row[f"{prefix}end"]
                assert isinstance(start, int) and isinstance(end, int)
                report = reports[str(row[f"{prefix}report"])]
                assert str(report["text"])[start:end] == row[sentence]
                assert row[f"{prefix}title"] == report["name"]


def check_columns(template: Template, answer: Answer) -> None:
    types: dict[str, type | tuple[type, ...]] = {
        "INTEGER": int,
        "FLOAT": (int, float),
        "BOOLEAN": bool,
        "LIST<STRING>": list,
        "LIST<INTEGER>": list,
    }
    for row in answer.rows:
        assert list(row) == [c.name for c in template.columns]
        for column in template.columns:
            value = row[column.name]
            assert value is None or isinstance(value, types.get(column.type, str)), column


@pytest.mark.parametrize("name", sorted(lookups))
def test_lookups_run_with_their_example(filled: Store, name: str) -> None:
    template = lookups[name]
    params = {}
    for parameter in template.parameters:
        value = parameter.example
        if parameter.type == "SEARCH":
            value = search_query(str(value))
        elif parameter.type in NODE_TYPES and isinstance(value, str):
            value = f"{parameter.type.replace('NODE', 'MECHANISM').lower()}:{value}"
        if value is not None:
            params[parameter.name] = value
    rows = look_up(filled, name, **{**params, **ELSEWHERE.get(name, {})})
    assert rows
    assert all(list(row) == [c.name for c in template.columns] for row in rows)


def test_questions_units_applying_mechanism(filled: Store) -> None:
    answer = ask(filled, "units_applying_mechanism", {"mechanism": "领导包案"})
    assert picked(answer, "agency", "place", "year", "status", "evidence") == [
        (WEST, "北京市西城区", 2023, "reported", "领导包案有序推进"),
        (EAST, "北京市东城区", 2022, "reported", "领导包案全面实行"),
        (CITY, "北京市", 2022, "reported", "推行领导包案"),
        (EAST, "北京市东城区", 2021, "planned", "来年建立领导包案"),
        (CITY, "北京市", 2021, "reported", "建立领导包案台账"),
    ]
    assert not answer.truncated


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"place": "北京市"}, [WEST, EAST, CITY, EAST, CITY]),
        ({"place": "东城区"}, [EAST, EAST]),
        ({"level": "省"}, [CITY, CITY]),
        ({"line": "司法"}, []),
        ({"year": 2021}, [EAST, CITY]),
        ({"year": "2021", "status": "planned"}, [EAST]),
        ({"limit": 1}, [WEST]),
    ],
)
def test_questions_units_applying_mechanism_filtered(
    filled: Store, filters: dict[str, object], expected: list[str]
) -> None:
    answer = ask(filled, "units_applying_mechanism", {"mechanism": "领导包案", **filters})
    assert [row["agency"] for row in answer.rows] == expected
    assert answer.truncated == ("limit" in filters)


def test_questions_mechanisms_of_unit(filled: Store) -> None:
    answer = ask(filled, "mechanisms_of_unit", {"unit": "市信访办", "year": 2022})
    assert picked(answer, "mechanism", "status", "evidence") == [
        (AGENT, "planned", "来年试行信访代理"),
        (ONLINE, "reported", "拓宽网上信访"),
        (TAKING_CHARGE, "reported", "推行领导包案"),
    ]


def test_questions_mechanism_timeline_counts_units_and_share(filled: Store) -> None:
    answer = ask(filled, "mechanism_timeline", {"mechanism": "领导包案"})
    assert picked(answer, "year", "units", "planning", "reports", "share") == [
        (2021, 1, 1, 1, 0.333),  # the other report of the three only plans it
        (2022, 2, 0, 2, 1.0),
        (2023, 1, 0, 1, 1.0),
    ]


def test_questions_mechanism_spread(filled: Store) -> None:
    answer = ask(filled, "mechanism_spread", {"mechanism": "领导包案"})
    assert [tuple(r.values()) for r in answer.rows] == [
        ("县区", "北京市东城区", 1, 2022, 2022),
        ("县区", "北京市西城区", 1, 2023, 2023),
        ("省", "北京市", 1, 2021, 2022),
    ]


def test_questions_mechanism_profile(filled: Store) -> None:
    (row,) = ask(filled, "mechanism_profile", {"mechanism": "包案制度"}).rows
    assert row["mechanism"] == TAKING_CHARGE
    assert (row["units"], row["reports"], row["first_year"], row["last_year"]) == (3, 4, 2021, 2023)
    assert row["aliases"] == ["包案制度", "领导干部包案"]
    assert (row["legal_basis"], row["cited"]) == (["信访工作条例"], ["信访工作条例"])
    assert (row["planning"], row["lacking"], row["measures"]) == (0, 0, 1)


def test_questions_mechanism_profile_sets_plans_beside_reports(filled: Store) -> None:
    counts = ("units", "planning", "lacking", "measures")
    proxy = ask(filled, "mechanism_profile", {"mechanism": AGENT})
    assert picked(proxy, *counts) == [(0, 2, 0, 0)]
    online = ask(filled, "mechanism_profile", {"mechanism": ONLINE})
    assert picked(online, *counts) == [(2, 0, 1, 0)]


def test_questions_measures_of_mechanism(filled: Store) -> None:
    answer = ask(filled, "measures_of_mechanism", {"mechanism": "领导包案"})
    assert picked(answer, "agency", "year", "indicator", "value", "unit", "evidence") == [
        (CITY, 2022, "领导包案办结", 400.0, "件", "全年领导包案办结四百件")
    ]
    assert ask(filled, "measures_of_mechanism", {"mechanism": RECEIVING, "year": 2022}).rows == []


def test_questions_measures_of_unit(filled: Store) -> None:
    answer = ask(filled, "measures_of_unit", {"unit": CITY})
    assert picked(answer, "year", "about", "indicator", "value", "report") == [
        (2022, TAKING_CHARGE, "领导包案办结", 400.0, CITY_22),
        (2021, RECEIVING, "接访下访活动", 30.0, CITY_21),
    ]
    only = ask(filled, "measures_of_unit", {"unit": CITY, "words": "接访"})
    assert picked(only, "wording") == [("三十次",)]


def test_questions_units_joining_initiative(filled: Store) -> None:
    asked = {"initiative": "八五普法"}
    for filters, units in (
        ({}, [CITY]),
        ({"level": "省", "line": "信访", "status": "reported", "place": "北京市"}, [CITY]),
        ({"level": "县区"}, []),
        ({"status": "planned"}, []),
    ):
        answer = ask(filled, "units_joining_initiative", {**asked, **filters})
        assert [row["agency"] for row in answer.rows] == units


def test_questions_regulation_citations(filled: Store) -> None:
    answer = ask(filled, "regulation_citations", {"regulation": "《信访工作条例》"})
    assert picked(answer, "kind", "source", "report") == [
        ("Mechanism", TAKING_CHARGE, CITY_22),
        ("Report", CITY_22, CITY_22),
    ]
    only = ask(filled, "regulation_citations", {"regulation": NEW_RULES, "by": "Report"})
    assert picked(only, "source") == [(CITY_22,)]


def test_questions_citations_after_repeal(filled: Store) -> None:
    answer = ask(filled, "citations_after_repeal", {})
    assert picked(answer, "regulation", "replaced_by", "unit", "year") == [
        (OLD_RULES, NEW_RULES, "北京市西城区信访办公室", 2023)
    ]


def test_questions_reporting_chain_goes_up_step_by_step(filled: Store) -> None:
    answer = ask(filled, "reporting_chain", {"unit": EAST})
    assert picked(answer, "step", "lower", "upper", "reports", "year", "evidence") == [
        (1, EAST, EAST_GOVERNMENT, 2, 2022, "区政府统一领导本区信访"),
        (2, EAST_GOVERNMENT, CITY_GOVERNMENT, 1, 2022, "区政府向市政府报告"),
    ]


def test_questions_subordinates(filled: Store) -> None:
    answer = ask(filled, "subordinates", {"unit": "市政府"})
    assert picked(answer, "agency", "reports", "evidence") == [
        (EAST_GOVERNMENT, 1, "区政府向市政府报告"),
        (CITY, 1, "市信访办按照市政府部署开展工作"),
    ]


def test_questions_similar_units(filled: Store) -> None:
    answer = ask(filled, "similar_units", {"unit": CITY})
    assert picked(answer, "agency", "similarity", "shared", "mechanisms") == [
        (EAST, 0.667, 2, ["网上信访", "领导包案"]),
        (WEST, 0.5, 2, ["领导包案", "领导干部接访下访"]),
    ]


def test_questions_gaps_of_unit(filled: Store) -> None:
    answer = ask(filled, "gaps_of_unit", {"unit": EAST})
    assert picked(answer, "mechanism", "peers", "of_peers", "agency", "report") == [
        (MARKUP, 1, 1, WEST, WEST_21),
        (RECEIVING, 1, 1, WEST, WEST_23),
    ]


def test_questions_gaps_against_superiors(filled: Store) -> None:
    answer = ask(filled, "gaps_against_superiors", {"unit": EAST})
    assert picked(answer, "mechanism", "superiors", "agency", "level", "report") == [
        (RECEIVING, 1, CITY, "省", CITY_21)
    ]
    # The government above the city office reports nothing, and no body of its line is above it.
    assert ask(filled, "gaps_against_superiors", {"unit": CITY}).rows == []


def test_questions_compare_units(filled: Store) -> None:
    answer = ask(filled, "compare_units", {"unit": CITY, "other": EAST})
    assert picked(answer, "mechanism", "who", "unit_report", "other_report") == [
        (ONLINE, "both", CITY_22, EAST_21),
        (TAKING_CHARGE, "both", CITY_22, EAST_22),
        (RECEIVING, "unit", CITY_21, None),
    ]
    assert picked(answer, "unit_title", "other_title")[1:] == [
        ("北京市信访办公室2022年信访工作年度报告", "东城区信访办公室2022年信访工作年度报告"),
        ("北京市信访办公室2021年信访工作年度报告", None),
    ]


def test_questions_plans_and_results(filled: Store) -> None:
    answer = ask(filled, "plans_and_results", {"unit": EAST})
    assert picked(answer, "practice", "planned_in", "next_year", "outcome", "result") == [
        (AGENT, 2021, 2022, "not mentioned", None),
        (TAKING_CHARGE, 2021, 2022, "reported", "领导包案全面实行"),
    ]
    waiting = ask(filled, "plans_and_results", {"unit": CITY})
    assert picked(waiting, "practice", "next_year", "outcome") == [(AGENT, None, None)]
    assert picked(answer, "plan_title", "result_title")[1] == (
        "东城区信访办公室2021年信访工作年度报告",
        "东城区信访办公室2022年信访工作年度报告",
    )


def test_questions_co_occurring_mechanisms(filled: Store) -> None:
    answer = ask(filled, "co_occurring_mechanisms", {"mechanism": TAKING_CHARGE})
    assert [tuple(r.values()) for r in answer.rows] == [(RECEIVING, 2, 2), (ONLINE, 1, 1)]


def test_questions_unit_history(filled: Store) -> None:
    answer = ask(filled, "unit_history", {"unit": EAST})
    assert picked(answer, "year", "mechanism", "change", "since", "report") == [
        (2022, TAKING_CHARGE, "new", 2021, EAST_22),
        (2022, ONLINE, "not mentioned", 2021, EAST_21),
        (2021, ONLINE, "new", None, EAST_21),
    ]


def test_questions_evidence_gives_every_sentence(filled: Store) -> None:
    answer = ask(filled, "evidence", {"source": CITY, "target": "领导包案"})
    assert picked(answer, "year", "evidence") == [
        (2022, "推行领导包案"),
        (2022, "全年领导包案办结四百件"),
        (2021, "建立领导包案台账"),
    ]


def test_questions_regulations_issued(filled: Store) -> None:
    answer = ask(filled, "regulations_issued", {"unit": CITY})
    assert picked(answer, "regulation", "evidence") == [(WORK_POINTS, "印发《北京市信访工作要点》")]


def test_questions_search_puts_names_that_hold_all_words_first(filled: Store) -> None:
    answer = ask(filled, "search", {"query": "领导包案", "limit": 5})
    assert picked(answer, "kind", "id", "words")[0] == ("Mechanism", TAKING_CHARGE, 2)
    passages = ask(filled, "search", {"query": "接访下访", "kind": "Passage"})
    assert {r["name"] for r in passages.rows} == {"组织接访下访活动三十次。", "接访下访形成常态。"}
    assert all(r["title"] and r["year"] for r in passages.rows)


def test_questions_search_still_finds_after_a_large_write(store: Store) -> None:
    store.write([long_report(1_200)])
    answer = ask(store, "search", {"query": "第七百句", "kind": "Passage", "limit": 1})
    assert picked(answer, "name") == [("第七百句。",)]


def long_report(sentences: int) -> ReportGraph:
    """A report of that many sentences, of which one says 第七百句."""
    report = "report:甲:2020:长报告"
    text, nodes, edges = "", [], []
    for number in range(sentences):
        said = "第七百句。" if number == 700 else f"平常话{number}。"
        start, text = len(text), text + said
        span: dict[str, Value] = {"start": start, "end": len(text), "text": said}
        search = {"name": said, "report": report, "search": segment(said)}
        nodes.append(Node("Passage", f"passage:甲:2020:长报告#{start}", {**span, **search}))
        edges.append(Edge("PART_OF", nodes[-1].id, report))
    properties = {"name": "长报告", "source": "x.txt", "format": "txt", "digest": "0", "text": text}
    return ReportGraph(Node("Report", report, properties), tuple(nodes), tuple(edges))


def test_questions_overview_counts(filled: Store) -> None:
    counts = {r["name"]: r["count"] for r in ask(filled, "overview", {}).rows}
    assert (counts["Agency"], counts["Report"], counts["IMPLEMENTS"]) == (5, 6, 14)


@pytest.mark.parametrize("name", sorted(questions))
def test_questions_of_an_empty_store_answer_or_know_no_name(store: Store, name: str) -> None:
    try:
        answer = ask(store, name, questions[name].examples)
    except UnknownName:
        return
    assert all(row.get("count", 0) == 0 for row in answer.rows)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("mechanism:领导包案", TAKING_CHARGE),
        ("领导包案", TAKING_CHARGE),
        (" 领导包案 ", TAKING_CHARGE),
        ("包案制度", TAKING_CHARGE),
        ("“领导包案”制度", TAKING_CHARGE),
        ("leaders take charge of CASES", TAKING_CHARGE),
        ("接访下访", RECEIVING),
        ("市信访办", CITY),
        ("东城区信访办公室", EAST),
        ("《信访条例》", OLD_RULES),
        ("<img src=x onerror=alert(1)>机制", MARKUP),
    ],
)
def test_names_resolve_by_any_name(filled: Store, name: str, found: str) -> None:
    assert resolve_name(filled, name) == found


def test_names_that_fit_several_are_listed(filled: Store) -> None:
    with pytest.raises(AmbiguousName) as caught:
        resolve_name(filled, "信访办公室", "Agency")
    assert caught.value.candidates == tuple(sorted([CITY, EAST, WEST]))


def test_names_near_ones_look_alike_and_the_most_alike_comes_first(filled: Store) -> None:
    with pytest.raises(UnknownName, match="Near names: 网上信访"):
        resolve_name(filled, "网上信防", "Mechanism")
    with pytest.raises(UnknownName, match="Near names: 信访工作条例, 信访条例"):
        resolve_name(filled, "信访工作条列", "Regulation")
    with pytest.raises(UnknownName, match="Search may help"):
        resolve_name(filled, "无人听说过的网上办事大厅预约流程", "Mechanism")


KNOWN = (
    "目录收有《中华人民共和国合同法》（法律，全国人民代表大会1999年发布，2021-01-01起废止，"
    "由《民法典》替代），但已载入的报告都没有引用它。 The catalogue has 中华人民共和国合同法 "
    "(法律, issued by 全国人民代表大会 in 1999, repealed since 2021-01-01, replaced by 民法典), "
    "but no loaded report cites it."
)


@pytest.mark.parametrize("name", ["合同法", "《中华人民共和国合同法》", "regulation:合同法"])
@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("regulation_citations", {}),
        ("citations_after_repeal", {}),
        ("lag_after_regulation", {"mechanism": TAKING_CHARGE}),
    ],
)
def test_questions_on_a_regulation_that_nobody_cites_say_what_is_known_of_it(
    filled: Store, name: str, question: str, others: dict[str, object]
) -> None:
    answer = ask(filled, question, {**others, "regulation": name})
    assert (answer.rows, answer.remark) == ([], KNOWN)
    assert answer.params["regulation"] == "regulation:合同法"
    assert ask(filled, question, {**others, "regulation": OLD_RULES}).remark is None


def test_names_of_regulations_nobody_cites_are_not_taken_for_those_that_end_like_them(
    filled: Store,
) -> None:
    local = "regulation:某市合同法"
    said = Said(
        CITY, 2020, "北京市信访办公室2020年信访工作年度报告", "依照《某市合同法》办理。",
        (("CITES", "", local, "依照《某市合同法》办理。", "reported"),),
    )  # fmt: skip
    filled.write([graph_of(said, {local: {"known": False}})])
    with pytest.raises(NotCited, match="中华人民共和国合同法"):
        resolve_name(filled, "合同法", "Regulation")
    assert resolve_name(filled, "某市合同法", "Regulation") == local
    with pytest.raises(UnknownName, match="no mechanism"):
        resolve_name(filled, "合同法", "Mechanism")


def test_names_that_fit_none_suggest_near_ones(filled: Store) -> None:
    with pytest.raises(UnknownName, match="网上信访"):
        resolve_name(filled, "网上", "Mechanism")
    with pytest.raises(UnknownName):
        resolve_name(filled, CITY, "Mechanism")
    with pytest.raises(UnknownName):
        resolve_name(filled, " ", None)


@pytest.mark.parametrize(
    "name", ["x' OR 1=1", "'}) DETACH DELETE n //", "$name", "`x`", "\\", "a:b", '") OR (*:*']
)
def test_names_A10_cypher_in_a_name_is_a_name(filled: Store, name: str) -> None:
    with pytest.raises(UnknownName):
        resolve_name(filled, name)
    assert len(filled.reports()) == 6


@pytest.mark.parametrize(
    ("name", "folded"),
    [("“领导包案”制度", "领导包案"), ("ＡＢ c机制", "abc"), ("机制", "机制"), ("《条例》", "条例")],
)
def test_names_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, "mechanism"),
        ({"mechanism": ""}, "mechanism"),
        ({"mechanism": "领导包案", "colour": "red"}, "no parameter “colour”"),
        ({"mechanism": "领导包案", "year": "last"}, "whole number"),
        ({"mechanism": "领导包案", "year": "1e3"}, "whole number"),
        ({"mechanism": "领导包案", "year": float("nan")}, "whole number"),
        ({"mechanism": "领导包案", "year": True}, "whole number"),
        ({"mechanism": "领导包案", "limit": 0}, "from 1 to"),
        ({"mechanism": "领导包案", "limit": "9" * 5000}, "whole number"),
        ({"mechanism": "领导包案", "level": "洲"}, "one of"),
        ({"mechanism": "\0"}, "characters"),
        ({"mechanism": "\ud800"}, "characters"),
        ({"mechanism": "领" * 1001}, "1000"),
        ({"mechanism": ["领导包案"]}, "text"),
    ],
)
def test_questions_A03_bad_parameters_are_refused(
    filled: Store, params: dict[str, object], said: str
) -> None:
    with pytest.raises(BadParameter, match=said):
        ask(filled, "units_applying_mechanism", params)


def test_questions_unknown_question_suggests_a_near_one(store: Store) -> None:
    with pytest.raises(UnknownQuestion, match="units_applying_mechanism"):
        ask(store, "units_aplying_mechanism", {})


@pytest.mark.neo4j
@pytest.mark.parametrize("server", ["neo4j_driver", "newest_driver"])
def test_questions_and_lookups_draw_no_deprecation_remark(
    request: pytest.FixtureRequest, server: str
) -> None:
    _, driver = request.getfixturevalue(server)
    remarks = {}
    for template in (*questions.values(), *lookups.values()):
        nothing = dict.fromkeys(p.name for p in template.parameters)
        answer = driver.execute_query(f"EXPLAIN {template.cypher}", nothing)
        for status in answer.summary.gql_status_objects:
            if status.classification == neo4j.NotificationClassification.DEPRECATION:
                remarks[template.name] = status.status_description
    assert remarks == {}


def test_questions_search_for_signs_alone_finds_nothing(filled: Store) -> None:
    assert ask(filled, "search", {"query": "？！"}).rows == []

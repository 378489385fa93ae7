"""Extractions become graphs that satisfy the schema and hold all that was said."""

from __future__ import annotations

import datetime
from dataclasses import replace

from graph.checks import check_report
from graph.model import Evidence, Node, ReportGraph
from loaders.document import make_document
from loaders.entities import Entity, Extraction, Kind, Measure, Mention, Statement
from loaders.extract import extract_document
from loaders.heading import Heading
from loaders.places import Place
from loaders.statements import report_graph

TITLE = "北京市东城区司法局2022年法治政府建设年度情况报告"
TEXT = f"""{TITLE}
一、主要做法
2022年，我局在区政府领导下推行说理式执法，依照《行政处罚法》办案。说理式执法覆盖全部街道。
二、下一步打算
继续推行说理式执法。"""
UNIT = "北京市东城区司法局"
MECHANISM = "说理式执法"
LAW = "行政处罚法"
PLACE = Place("东城区", ("北京市",), "县区", "110101")
HEADING = Heading(
    title=TITLE,
    unit=UNIT,
    year=2022,
    place=PLACE,
    published=datetime.date(2023, 2, 1),
    warnings=("nothing to worry about",),
)


def entity(kind: Kind, name: str, surface: str, **properties: object) -> Entity:
    mentions, start = [], TEXT.find(surface)
    while start >= 0:
        mentions.append(Mention(start, start + len(surface), surface, kind, name, "test"))
        start = TEXT.find(surface, start + 1)
    return Entity(kind, name, tuple(mentions), properties=properties)  # type: ignore[arg-type]


def clause(text: str, status: str = "reported") -> Evidence:
    start = TEXT.index(text)
    return Evidence(start, start + len(text), text, status, "test")  # type: ignore[arg-type]


def extraction(heading: Heading = HEADING, text: str = TEXT) -> Extraction:
    implements = Statement(
        "IMPLEMENTS",
        ("agency", UNIT),
        ("mechanism", MECHANISM),
        (clause("推行说理式执法"), clause("继续推行说理式执法", "planned")),
    )
    unit = entity("agency", UNIT, "我局", place="北京市东城区", level="县区", line="司法")
    return Extraction(
        make_document("dc", "in/dc.txt", "txt", text),
        heading,
        (
            unit,
            entity("regulation", LAW, "《行政处罚法》", known=True, aliases=("处罚法",)),
            entity("mechanism", MECHANISM, MECHANISM, discovered=False, name_en="Reasoned rulings"),
        ),
        (implements,),
    )


def node(graph: ReportGraph, id_: str) -> Node:
    [found] = [n for n in (graph.report, *graph.nodes) if n.id == id_]
    return found


def test_statements_satisfy_the_schema() -> None:
    check_report(report_graph(extraction()))


def test_statements_report_id_is_unit_year_and_genre() -> None:
    graph = report_graph(extraction())
    assert graph.report.id == f"report:{UNIT}:2022:法治政府建设年度情况报告"
    assert graph.report.properties["published"] == "2023-02-01"
    assert graph.report.properties["place"] == "北京市东城区"
    assert graph.report.properties["warnings"] == ("nothing to worry about",)


def test_statements_report_id_is_the_same_for_a_title_with_a_short_unit_name() -> None:
    short = Heading(
        title="东城区司法局关于2022年度法治政府建设年度情况的报告",
        unit=UNIT,
        surfaces=("东城区司法局",),
        year=2022,
        place=PLACE,
    )
    long = Heading(
        title=f"{UNIT}关于2022年度法治政府建设年度情况的报告", unit=UNIT, year=2022, place=PLACE
    )
    assert report_graph(extraction(short)).report.id == report_graph(extraction(long)).report.id


def test_L20_corrected_report_keeps_its_id() -> None:
    corrected = Extraction(
        make_document("dc2", "dc2.txt", "txt", TEXT + "\n更正。"), HEADING, (), ()
    )
    first, second = report_graph(extraction()).report, report_graph(corrected).report
    assert first.id == second.id
    assert first.properties["digest"] != second.properties["digest"]


def test_L24_unknown_year_is_said_and_the_content_is_the_identity() -> None:
    graph = report_graph(extraction(Heading(title=TITLE, unit=UNIT)))
    text_digest = extraction(Heading()).document.digest
    assert graph.report.id == f"report:{TITLE}#{text_digest[:12]}"
    assert "year" not in graph.report.properties
    [warning] = graph.report.properties["warnings"]  # type: ignore[misc,union-attr]
    assert str(warning).startswith("year unknown")


def test_statements_documents_without_title_do_not_replace_each_other() -> None:
    heading = Heading(unit=UNIT, year=2022)
    other = make_document("b", "b.txt", "txt", TEXT + "\n另一份文件。")
    first = report_graph(extraction(heading)).report
    second = report_graph(Extraction(other, heading, (), ())).report
    assert first.id != second.id
    [warning] = first.properties["warnings"]  # type: ignore[misc,union-attr]
    assert str(warning).startswith("title unknown")


def test_statements_report_id_is_the_same_with_and_without_the_peoples_in_a_government() -> None:
    unit = "云南省人民政府"
    ids = {
        report_graph(
            extraction(Heading(title=title, unit=unit, year=2024, place=Place("云南省", (), "省")))
        ).report.id
        for title in ("2024年云南省人民政府工作报告", "云南省政府工作报告（2024年）")
    }
    assert ids == {"report:云南省人民政府:2024:工作报告"}


def test_L19_renamed_file_without_heading_has_the_same_id() -> None:
    ids = {
        report_graph(
            Extraction(make_document(name, f"{name}.txt", "txt", TEXT), Heading(), (), ())
        ).report.id
        for name in ("a", "b")
    }
    assert len(ids) == 1


def test_statements_every_edge_carries_all_its_evidence() -> None:
    graph = report_graph(extraction())
    [edge] = [e for e in graph.edges if e.type == "IMPLEMENTS"]
    assert (edge.source, edge.target) == (f"agency:{UNIT}", f"mechanism:{MECHANISM}")
    assert [e.status for e in edge.evidence] == ["reported", "planned"]


def test_statements_report_cites_what_it_mentions() -> None:
    graph = report_graph(extraction())
    [cites] = [e for e in graph.edges if e.type == "CITES"]
    assert cites.source == graph.report.id
    assert [e.text for e in cites.evidence] == [
        "2022年，我局在区政府领导下推行说理式执法，依照《行政处罚法》办案。"
    ]


def test_statements_sentence_mentions_each_entity_once_with_all_spans() -> None:
    graph = report_graph(extraction())
    edges = [e for e in graph.edges if e.type == "MENTIONS" and e.target.startswith("mechanism:")]
    assert len(edges) == 3
    for edge in edges:
        passage = node(graph, edge.source)
        assert edge.properties["surfaces"] == (MECHANISM,)
        assert MECHANISM in str(passage.properties["text"])


def test_statements_sentences_know_section_and_part() -> None:
    graph = report_graph(extraction())
    planned = node(
        graph, f"passage:{graph.report.id.partition(':')[2]}#{TEXT.index('继续推行')}"
    ).properties
    assert planned["section"] == "二、下一步打算"
    assert planned["part"] == "plans"
    assert "执法" in str(planned["search"]).split()


def test_statements_places_lead_from_the_agency_upward() -> None:
    graph = report_graph(extraction())
    chain = {(e.type, e.source, e.target) for e in graph.edges if "place:" in e.target}
    assert chain == {
        ("LOCATED_IN", f"agency:{UNIT}", "place:北京市东城区"),
        ("PART_OF", "place:北京市东城区", "place:北京市"),
    }
    assert node(graph, "place:北京市东城区").properties == {
        "name": "东城区",
        "code": "110101",
        "level": "县区",
    }


def test_statements_numbers_stand_apart_and_lead_to_what_they_are_of() -> None:
    said = "说理式执法覆盖全部街道。"
    start = TEXT.index(said)
    numbers = [
        Measure(start, start + len(said), "街道", value, "个", wording, "", 2022, about)
        for value, wording, about in (
            (17.0, "17个", ("mechanism", MECHANISM)),
            (100.0, "100个", None),
        )
    ]
    graph = report_graph(replace(extraction(), measures=tuple(numbers)))
    check_report(graph)
    measures = [n for n in graph.nodes if n.label == "Measure"]
    assert [n.properties["value"] for n in measures] == [17.0, 100.0]
    assert {n.properties["text"] for n in measures} == {said}
    [edge] = [e for e in graph.edges if e.type == "MEASURES"]
    assert (edge.source, edge.target) == (measures[0].id, f"mechanism:{MECHANISM}")


def test_statements_unit_stands_in_the_graph_even_when_unmentioned() -> None:
    alone = Extraction(make_document("dc", "dc.txt", "txt", TEXT), HEADING, (), ())
    graph = report_graph(alone)
    check_report(graph)
    [published] = [e for e in graph.edges if e.type == "PUBLISHED"]
    assert published.source == f"agency:{UNIT}"
    assert published.properties == {"year": 2022}
    assert node(graph, published.source).properties["place"] == "北京市东城区"


def test_statements_search_text_holds_names_aliases_and_english() -> None:
    graph = report_graph(extraction())
    assert "rulings" in str(node(graph, f"mechanism:{MECHANISM}").properties["search"]).split()
    assert "处罚" in str(node(graph, f"regulation:{LAW}").properties["search"]).split()


def test_L21_evil_names_stay_text() -> None:
    evil = "Robert'}) DETACH DELETE n // `$x` {{7*7}}"
    doc = make_document("e", "e.txt", "txt", f"{evil}推行说理式执法。")
    mention = Mention(0, len(evil), evil, "agency", evil, "test")
    graph = report_graph(Extraction(doc, Heading(), (Entity("agency", evil, (mention,)),), ()))
    check_report(graph)
    assert node(graph, f"agency:{evil}").properties["name"] == evil


def test_statements_are_sorted_and_the_same_each_time() -> None:
    first, second = report_graph(extraction()), report_graph(extraction())
    assert first == second
    assert [n.id for n in first.nodes] == sorted(n.id for n in first.nodes)
    assert [e.identity for e in first.edges] == sorted(e.identity for e in first.edges)


def test_statements_of_names_joined_under_one_head_are_of_each() -> None:
    text = f"""{TITLE}
一、主要做法
严格落实领导包案和领导干部接访下访制度，化解积案12件。
二、下一步打算
领导包案要覆盖全部街道，推行会前学法制度。"""
    graph = report_graph(extract_document(make_document("dc", "dc.txt", "txt", text)))
    check_report(graph)
    stated = {
        e.target: [(p.text, p.status) for p in e.evidence]
        for e in graph.edges
        if e.type == "IMPLEMENTS"
    }
    joined = ("严格落实领导包案和领导干部接访下访制度", "reported")
    assert stated["mechanism:领导干部接访下访"] == [joined]
    assert stated["mechanism:领导包案"][0] == joined
    assert {n.id for n in graph.nodes if n.label == "Mechanism"} == {
        "mechanism:领导干部接访下访", "mechanism:领导包案", "mechanism:会前学法",
    }  # fmt: skip
    surfaces = [
        e.properties["surfaces"]
        for e in graph.edges
        if e.type == "MENTIONS" and e.target == "mechanism:领导干部接访下访"
    ]
    assert surfaces == [("领导干部接访下访制度",)]

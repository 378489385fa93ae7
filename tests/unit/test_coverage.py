"""What was seen and not used is told: sentences, names of bodies, documents."""

from __future__ import annotations

import pytest

from graph.model import Evidence
from loaders.coverage import find_missed
from loaders.document import make_document
from loaders.entities import Entity, Extraction, Mention, Statement
from loaders.heading import Heading

UNIT = "甲市乙区司法局"


def missed(text: str, entities: tuple[Entity, ...] = (), stated: str = "") -> list[tuple[str, str]]:
    doc = make_document("t", "t.txt", "txt", text)
    statements: tuple[Statement, ...] = ()
    if stated:
        start = doc.text.index(stated)
        evidence = Evidence(start, start + len(stated), stated)
        statements = (
            Statement("IMPLEMENTS", ("agency", UNIT), ("mechanism", "甲制度"), (evidence,)),
        )
    found = find_missed(Extraction(doc, Heading(unit=UNIT, year=2022), entities, statements))
    for m in found:
        assert m.text in doc.text
        assert 0 <= m.start < m.end <= len(doc.text)
    return [(m.gap, m.cue) for m in found]


def entity(text: str, surface: str, kind: str, known: bool = False) -> Entity:
    start = text.index(surface)
    mention = Mention(start, start + len(surface), surface, kind, surface, "marked")  # type: ignore[arg-type]
    return Entity(kind, surface, (mention,), (), {"known": known})  # type: ignore[arg-type]


def test_coverage_lists_a_sentence_without_an_edge() -> None:
    text = "建立案卷评查制度。天气晴好。"
    assert missed(text) == [("no edge", "建立 … 制度")]
    assert missed(text, stated="建立案卷评查制度") == []


@pytest.mark.parametrize(
    "text", ["《推行案卷评查制度的意见》已印发。", "完善案卷，另有制度。", "制度建立在信任上。"]
)
def test_coverage_needs_verb_and_head_in_one_clause(text: str) -> None:
    assert ("no edge", "推行 … 制度") not in missed(text)
    assert ("no edge", "完善 … 制度") not in missed(text)
    assert ("no edge", "建立 … 制度") not in missed(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("会同丙镇水务局巡河。", "丙镇水务局"),
        ("由我办统一收集。", "我办"),
        ("我们向区政府汇报。", "区政府"),
        ("2023年1月5日丙县人民政府发布。", "丙县人民政府"),
        ("调处委员会多次开会。", "调处委员会"),
    ],
)
def test_coverage_lists_names_of_bodies_that_resolve_to_none(text: str, name: str) -> None:
    assert missed(text) == [("unresolved", name)]
    assert missed(text, (entity(text, name, "agency"),)) == []


@pytest.mark.parametrize(
    "text",
    [
        "各区司法局参加。",
        "形成共治格局。",
        "有关委员会参加。",
        "建设法治政府。",
        "局面稳定。",
        "建设廉洁政府。",
        "把领导贯穿政府工作。",
        "收到政府信息公开申请。",
        "市政府工作报告通过。",
        "区委书记听取汇报。",
        "区县司法局挂牌。",
        "由街道办事处承担。",
        "博物馆“书画厅”开放。",
    ],
)
def test_coverage_leaves_classes_and_other_words_alone(text: str) -> None:
    assert missed(text) == []


def test_coverage_lists_documents_that_the_catalogue_does_not_have() -> None:
    text = "印发《丙镇巡河办法》，学习《民法典》。"
    unknown = entity(text, "丙镇巡河办法", "regulation")
    known = entity(text, "民法典", "regulation", known=True)
    assert missed(text, (unknown, known)) == [("unknown document", "丙镇巡河办法")]

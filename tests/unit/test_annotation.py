"""Annotation output: the shape, and what is left out."""

from __future__ import annotations

import json

from graph.model import Evidence
from loaders.annotation import to_annotation
from loaders.document import make_document
from loaders.entities import Entity, Extraction, Mention, Statement
from loaders.heading import Heading

TEXT = "清河市司法局2022年工作报告\n我局推行说理式执\n法。我局计划建立说理式执法。"
UNIT = ("agency", "清河市司法局")
TARGET = ("mechanism", "说理式执法")


def mention(surface: str, kind: str, name: str, nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(surface, start + 1)
    return Mention(start, start + len(surface), surface, kind, name, "test")  # type: ignore[arg-type]


def extraction(*statuses: str) -> Extraction:
    doc = make_document("r1", "r1.txt", "txt", TEXT)
    spans = [("我局推行说理式执\n法", 0), ("我局计划建立说理式执法", 0)]
    evidence = tuple(
        Evidence(TEXT.index(clause), TEXT.index(clause) + len(clause), clause, status, "test")  # type: ignore[arg-type]
        for (clause, _), status in zip(spans, statuses, strict=False)
    )
    return Extraction(
        doc,
        Heading(title="清河市司法局2022年工作报告", unit="清河市司法局", year=2022),
        (
            Entity(
                "agency",
                "清河市司法局",
                (mention("我局", *UNIT), mention("我局", *UNIT, nth=1)),
                also=("市司法局",),
            ),
            Entity(
                "mechanism",
                "说理式执法",
                (mention("说理式执\n法", *TARGET), mention("说理式执法", *TARGET)),
            ),
        ),
        (Statement("IMPLEMENTS", UNIT, TARGET, evidence),),  # type: ignore[arg-type]
    )


def test_annotation_lists_each_wording_once_without_line_breaks() -> None:
    found = to_annotation(extraction("reported", "planned"))
    assert found["agencies"] == [
        {"name": "清河市司法局", "also": ["市司法局"], "mentions": ["我局"]}
    ]
    assert found["mechanisms"] == [{"name": "说理式执法", "mentions": ["说理式执法"]}]


def test_annotation_prefers_what_is_reported_to_what_is_planned() -> None:
    [edge] = to_annotation(extraction("reported", "planned"))["edges"]
    assert edge == {
        "type": "IMPLEMENTS",
        "source": "清河市司法局",
        "target": "说理式执法",
        "evidence": "我局推行说理式执法",
        "planned": False,
    }


def test_annotation_marks_what_only_plans_say() -> None:
    [edge] = to_annotation(extraction("lacking", "planned"))["edges"]
    assert edge["planned"] is True
    assert edge["evidence"] == "我局计划建立说理式执法"


def test_annotation_leaves_out_what_is_only_lacking() -> None:
    assert to_annotation(extraction("lacking", "lacking"))["edges"] == []


def test_annotation_is_json_with_fixed_keys() -> None:
    found = json.loads(json.dumps(to_annotation(extraction("reported")), ensure_ascii=False))
    assert list(found) == [
        "report",
        "title",
        "unit",
        "year",
        "agencies",
        "regulations",
        "mechanisms",
        "initiatives",
        "edges",
    ]

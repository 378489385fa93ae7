"""The whole pipeline: the same every time, evidence that checks, nothing out of nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.coverage import find_missed
from loaders.document import make_document
from loaders.entities import Extraction
from loaders.extract import extract_document
from loaders.statements import report_graph

GOLD_TEXTS = Path(__file__).parents[1] / "gold" / "texts"


def read(text: str) -> Extraction:
    return extract_document(make_document("t", "t.txt", "txt", text))


@pytest.mark.parametrize("path", sorted(GOLD_TEXTS.glob("*.txt")), ids=lambda p: p.stem)
def test_extract_every_offset_points_at_its_words(path: Path) -> None:
    found = read(path.read_text("utf-8"))
    text = found.document.text
    assert found.statements
    for entity in found.entities:
        for m in entity.mentions:
            assert text[m.start : m.end] == m.surface
    for statement in found.statements:
        assert statement.evidence
        for e in statement.evidence:
            assert text[e.start : e.end] == e.text != ""
    for measure in found.measures:
        assert measure.wording in text[measure.start : measure.end]


PROGRAM = """
import hashlib, sys
from pathlib import Path
from loaders.document import make_document
from loaders.extract import extract_document
from loaders.coverage import find_missed
from loaders.statements import report_graph
found = hashlib.sha256()
for path in sorted(Path(sys.argv[1]).glob("*.txt")):
    doc = make_document(path.stem, path.name, "txt", path.read_text("utf-8"))
    extraction = extract_document(doc)
    found.update(repr((extraction.heading, extraction.entities)).encode())
    found.update(repr((extraction.statements, extraction.measures)).encode())
    found.update(repr((find_missed(extraction), report_graph(extraction).edges)).encode())
print(found.hexdigest())
"""


def test_extract_is_the_same_for_any_hash_seed() -> None:
    outcomes = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(GOLD_TEXTS)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outcomes) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n \n",
        "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。",
        "老李推着车走进院子，天已经黑了。他放下筐，点了一支烟，半天没有说话。",
        "The quick brown fox jumps over the lazy dog. It was a bright cold day in April.",
        "def f(x):\n    return {k: v for k, v in x.items() if v > 3}\n",
        "1\t2\t3\n4.5\t6.7\t8.9\n10%\t20%\t30%\n",
        "😀😀😀 ~~~ === ###",
    ],
    ids=["empty", "blank", "poem", "prose", "English", "code", "numbers", "symbols"],
)
def test_extract_finds_nothing_where_nothing_is(text: str) -> None:
    found = read(text)
    assert found.entities == ()
    assert found.statements == ()
    assert found.measures == ()
    assert find_missed(found) == []


HOSTILE = {
    "one line": "领" * 100_000,
    "phrase": "建立健全" * 50_000,
    "mechanism": "推行领导包案制度" * 12_500,
    "list": "、".join(f"案卷第{n}类评查制度" for n in range(10_000)),
    "numbers": "办结3件" * 25_000,
    "unclosed title": "《" * 100_000,
    "unclosed titles": "《条例" * 30_000,
    "nested quotes": "“" * 30_000 + "机制" + "”" * 30_000,
    "brackets": "（" * 100_000,
    "bodies": "甲市乙区司法局" * 14_000,
    "enumerators": "一是" * 50_000,
    "titles and practices": "按照《信访工作条例》，推行“信访代办”，" * 5_000,
    "quotes": "".join(f"推行“第{n}办”，" for n in range(10_000)),
    "formulas": "“街道党工委—社区党委”" * 9_000,
}
RUN = """
import sys
from loaders.coverage import find_missed
from loaders.document import make_document
from loaders.extract import extract_document
from loaders.statements import report_graph
extraction = extract_document(make_document("t", "t.txt", "txt", sys.stdin.read()))
find_missed(extraction)
report_graph(extraction)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_L22_hostile_text_ends(name: str) -> None:
    subprocess.run(
        [sys.executable, "-c", RUN], input=HOSTILE[name].encode(), check=True, timeout=120
    )


def test_extract_without_anything_still_makes_a_report() -> None:
    graph = report_graph(read("春眠不觉晓。"))
    assert graph.report.properties["text"] == "春眠不觉晓。"
    assert {e.type for e in graph.edges} == {"PART_OF"}


def test_extract_takes_the_issuers_of_a_document_from_its_title() -> None:
    text = """西安市碑林区城市管理局2021年法治政府建设报告

一、主要工作
按照《中共中央 国务院关于推进城市执法的指导意见》《陕西省人民政府办公厅关于加强执法的通知》要求，推行说理式执法。
落实《教育部等五部门关于校园安全的意见》。"""
    extraction = read(text)
    issued = {
        (s.source[1], s.evidence[0].text) for s in extraction.statements if s.type == "ISSUES"
    }
    assert issued == {
        ("中共中央", "《中共中央 国务院关于推进城市执法的指导意见》"),
        ("国务院", "《中共中央 国务院关于推进城市执法的指导意见》"),
        ("陕西省人民政府办公厅", "《陕西省人民政府办公厅关于加强执法的通知》"),
    }
    acting = {s.source[1] for s in extraction.statements if s.type == "IMPLEMENTS"}
    assert acting == {"西安市碑林区城市管理局"}


def test_extract_completes_the_issuers_in_a_title_as_the_report_would() -> None:
    text = """西安市碑林区司法局2021年法治政府建设报告

区委转发《区委宣传部、区司法局关于开展普法工作的规划》，落实《关于加强街道工作的意见》。"""
    issued = {s.source[1] for s in read(text).statements if s.type == "ISSUES"}
    assert issued == {"中共西安市碑林区委员会", "中共西安市碑林区委宣传部", "西安市碑林区司法局"}


def test_extract_ties_a_practice_to_the_law_by_the_name_that_both_have() -> None:
    text = """兴安县人民政府2022年法治政府建设报告

严格执行《重大行政决策程序暂行条例》，编制公布年度目录，列入目录的事项均履行公众参与、专家论证、\
风险评估、合法性审查和集体讨论决定程序。"""
    cited = {(s.source[1], s.target[1]) for s in read(text).statements if s.type == "CITES"}
    assert cited == {("重大行政决策程序", "重大行政决策程序暂行条例")}


OTHER_WIDTH = str.maketrans("，；：（）！？0123456789+%", ",;:()!?０１２３４５６７８９＋％")


@pytest.mark.parametrize("path", sorted(GOLD_TEXTS.glob("*.txt")), ids=lambda p: p.stem)
def test_extract_reads_characters_of_either_width(path: Path) -> None:
    full, other = path.read_text("utf-8"), path.read_text("utf-8").translate(OTHER_WIDTH)
    as_full, as_other = read(full), read(other)
    text = as_other.document.text
    assert text != as_full.document.text
    spans = [[(m.start, m.end) for m in e.mentions] for e in as_full.entities]
    assert [[(m.start, m.end) for m in e.mentions] for e in as_other.entities] == spans
    assert [e.name for e in as_other.entities] == [e.name for e in as_full.entities]
    assert all(text[m.start : m.end] == m.surface for e in as_other.entities for m in e.mentions)
    stated = [(s.type, s.source, s.target) for s in as_full.statements]
    assert [(s.type, s.source, s.target) for s in as_other.statements] == stated
    assert all(text[e.start : e.end] == e.text for s in as_other.statements for e in s.evidence)
    assert [m.value for m in as_other.measures] == [m.value for m in as_full.measures]
    assert all(m.wording in text[m.start : m.end] for m in as_other.measures)

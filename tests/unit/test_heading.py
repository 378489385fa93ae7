"""Headings of every level and kind of unit: who reports, and on which year."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from loaders.document import make_document
from loaders.extract import extract_document
from loaders.heading import Heading, find_heading
from loaders.references import read_yaml


def heading_of(text: str) -> Heading:
    return find_heading(make_document("sample", "sample.txt", "txt", text))


def _headings() -> list[tuple[str, str | None, int | None]]:
    data = read_yaml(Path(__file__).parents[1] / "fixtures" / "headings.yaml")
    return [tuple(row) for part in ("titles", "heads", "openings") for row in data[part]]


HEADINGS = _headings()


@pytest.mark.parametrize(
    ("text", "unit", "year"),
    HEADINGS,
    ids=[h[0].split("\n")[0][:40] + str(i) for i, h in enumerate(HEADINGS)],
)
def test_heading_names_unit_and_year(text: str, unit: str | None, year: int | None) -> None:
    heading = heading_of(text)
    assert (heading.unit == unit or unit in heading.also, heading.year) == (True, year), heading


@pytest.mark.parametrize(("text", "unit", "year"), HEADINGS[::3])
def test_heading_unit_is_the_body_that_acts(text: str, unit: str | None, year: int | None) -> None:
    doc = make_document("s", "s.txt", "txt", f"{text}\n\n一、工作情况\n{unit}推行领导包案制度。\n")
    extraction = extract_document(doc)
    acting = {s.source[1] for s in extraction.statements if s.type == "IMPLEMENTS"}
    assert unit is None or acting == {extraction.heading.unit}


def test_heading_dates_the_report_from_the_web_page_before_the_signature() -> None:
    heading = heading_of(
        "丽水市民政局2021年法治政府建设年度报告\n发布时间：2022-03-01\n正文。\n丽水市民政局\n2022年1月15日"
    )
    assert heading.published == datetime.date(2022, 3, 1)
    assert heading.year == 2021


@pytest.mark.parametrize("date", ["2022年2月30日", "二〇二二年二月三十日", "2022-13-01"])
def test_L24_heading_refuses_a_date_that_does_not_exist(date: str) -> None:
    heading = heading_of(f"丽水市民政局2021年法治政府建设年度报告\n正文。\n{date}")
    assert heading.published is None
    assert any(date in w for w in heading.warnings)


@pytest.mark.parametrize(
    "title",
    [
        "岳阳市司法局0000年法治政府建设报告",
        "岳阳市司法局2019年、2021年法治政府建设情况报告",
        "岳阳市司法局法治政府建设报告",
    ],
)
def test_L24_heading_leaves_a_doubtful_year_open(title: str) -> None:
    heading = heading_of(title)
    assert heading.year is None
    assert heading.warnings


def test_heading_leaves_open_which_of_several_places_is_meant() -> None:
    heading = heading_of("鼓楼区信访局2021年法治政府建设情况报告\n全文完。")
    assert heading.unit == "鼓楼区信访局"
    assert heading.place is not None
    assert (heading.place.full_name, heading.place.code) == ("鼓楼区", None)
    assert any("江苏省南京市鼓楼区" in w for w in heading.warnings)


@pytest.mark.parametrize(
    ("text", "unit", "names"),
    [
        (
            "澄州市云溪区信访局2023年工作总结\n2023年，云溪区信访局接待来访群众。\n",
            "澄州市云溪区信访局",
            ("澄州市", "云溪区"),
        ),
        (
            "岚口县石桥镇2019年度法治政府建设工作总结\n2019年，石桥镇党委、政府履职。\n",
            "岚口县石桥镇人民政府",
            ("岚口县", "石桥镇"),
        ),
        (
            "武汉市沐河区教育局2020年法治政府建设情况报告\n",
            "武汉市沐河区教育局",
            ("湖北省", "武汉市", "沐河区"),
        ),
    ],
)
def test_heading_keeps_the_place_that_no_table_has(
    text: str, unit: str, names: tuple[str, ...]
) -> None:
    found = heading_of(text)
    assert (found.unit, found.place.names if found.place else None) == (unit, names)


def test_heading_decides_a_shared_name_by_what_the_text_says() -> None:
    town = "城关镇人民政府2021年法治政府建设情况报告\n"
    assert heading_of(town).unit == "城关镇人民政府"
    assert heading_of(town + "谷城县人民政府:").unit == "谷城县城关镇人民政府"


def test_heading_has_no_two_rows_for_one_text() -> None:
    texts = [text for text, _, _ in HEADINGS]
    assert len(texts) == len(set(texts)) >= 400


def test_heading_lists_the_forms_by_which_the_text_names_the_unit() -> None:
    heading = heading_of(
        "北京市西城区人民政府白纸坊街道办事处2021年法治政府建设年度情况报告\n"
        "白坊街道持续推进。白坊街道完善机制，白坊街道组织培训，白纸坊街道发布公告。"
    )
    assert {"白坊街道", "白纸坊街道"} <= set(heading.surfaces)
    assert "白坊街道办事处" in heading.also
    assert (heading.level, heading.line) == ("乡镇街道", "综合")


def test_heading_is_empty_for_an_empty_report() -> None:
    heading = heading_of("")
    assert (heading.unit, heading.year, heading.title) == (None, None, None)
    assert heading.warnings


@pytest.mark.parametrize(
    "text",
    [
        "一" * 100000,
        "2021年" * 30000,
        "北京市" * 30000,
        "\n报告" * 30000,
        "《" * 50000,
        "公布" * 50000,
        "请与某局" * 25000,
        "我镇" + "城关镇" * 30000,
        "我局县水利局" * 16000,
        "| 标题: " * 20000,
    ],
)
def test_heading_survives_repetition(text: str) -> None:
    assert heading_of(text) == heading_of(text)

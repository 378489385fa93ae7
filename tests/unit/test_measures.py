"""Pairs of a passage and the numbers that it states, in our own words."""

import pytest

from loaders.document import make_document
from loaders.entities import Mention
from loaders.heading import Heading
from loaders.measures import find_measures

CASES = [
    ("受理行政复议申请52件。", [("受理行政复议申请", 52, "件", "")]),
    ("共办理信访事项1,204件次。", [("办理信访事项", 1204, "件次", "")]),
    ("办结率为98.5%，满意率达到99%。", [("办结率", 98.5, "%", ""), ("满意率", 99, "%", "")]),
    ("接待来访群众1.2万余人次。", [("接待来访群众", 12000, "人次", "")]),
    ("化解金额3.5亿元。", [("化解金额", 3.5, "亿元", "")]),
    ("网上受理量同比上升12.4%。", [("网上受理量", 12.4, "%", "同比上升")]),
    (
        "信访总量180批，较上年下降9个百分点。",
        [("信访总量", 180, "批", ""), ("信访总量", 9, "个百分点", "较上年下降")],
    ),
    ("召开6次联席会议。", [("召开联席会议", 6, "次", "")]),
    ("接待群众45批310人次。", [("接待群众", 45, "批", ""), ("接待群众", 310, "人次", "")]),
    ("审查合同88份、文件12件。", [("审查合同", 88, "份", ""), ("文件", 12, "件", "")]),
]


def measures(text, mentions=()):
    doc = make_document("t", "t.txt", "txt", text)
    return find_measures(doc, Heading(unit="甲市司法局", year=2022), list(mentions))


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:12] for c in CASES])
def test_measures_read_indicator_value_unit_and_comparison(text, expected):
    found = [(m.indicator, m.value, m.unit, m.comparison) for m in measures(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "2022年3月5日，召开会议。",
        "根据中发〔2015〕36号文件精神，开展工作。",
        "学习党的十九届6中全会精神。",
        "推行“3530”工作方法。",
        "第3次修订后施行。",
    ],
)
def test_measures_leave_dates_ordinals_and_names_alone(text):
    assert measures(text) == []


def test_measures_take_the_year_that_the_clause_names():
    (found,) = measures("2021年受理案件30件。")
    assert found.year == 2021


def test_measures_are_of_the_nearest_mechanism_of_the_clause():
    text = "通过网上信访渠道办理事项75件。"
    mention = Mention(2, 6, "网上信访", "mechanism", "网上信访", "marked")
    (found,) = measures(text, [mention])
    assert found.about == ("mechanism", "网上信访")


def test_measures_are_of_the_unit_where_no_mechanism_is_near():
    (found,) = measures("办理事项75件。")
    assert found.about == ("agency", "甲市司法局")

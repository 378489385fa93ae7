"""Pairs of a passage and the numbers that it states, in our own words."""

import pytest

from loaders.clauses import Clauses
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
    ("先后召开三次联席会议。", [("召开联席会议", 3, "次", "")]),
    ("走访二十余家企业。", [("走访企业", 20, "家", "")]),
    ("办理期限压缩3至5天。", [("办理期限压缩", 3, "天", "")]),
    ("接通率稳定在97%以上。", [("接通率", 97, "%", "")]),
    ("推动160余项业务纳入平台。", [("推动业务", 160, "项", "")]),
    ("居民代表40余人通过视频听取汇报。", [("居民代表", 40, "人", "")]),
    ("组建调解队（含专职）组建率88%。", [("组建调解队组建率", 88, "%", "")]),
    ("全年我局立案受理复查案件34件。", [("立案受理复查案件", 34, "件", "")]),
    ("办结率从62%提高到88%。", [("办结率", 62, "%", ""), ("办结率", 88, "%", "")]),
    (
        "化解率由上年的62%提高到2022年的88%。",
        [("化解率", 62, "%", ""), ("化解率", 88, "%", "")],
    ),
    ("抽查比例不低于5%。", [("抽查比例", 5, "%", "")]),
    ("线上办件占比75%。", [("线上办件占比", 75, "%", "")]),
    ("信访事项年均下降3%。", [("信访事项", 3, "%", "下降")]),
    ("审查合同88份、文件12件。", [("审查合同", 88, "份", ""), ("文件", 12, "件", "")]),
]


def measures(text, mentions=()):
    doc = make_document("t", "t.txt", "txt", text)
    heading = Heading(unit="甲市司法局", year=2022)
    return find_measures(doc, heading, Clauses(doc, list(mentions), heading))


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
        "一是建章立制，一批骨干成长，实现一体化推进。",
        "第三次会议研究三次产业融合。",
        "两项制度与四个意识深入人心。",
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


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("乙区信访局受理来信40件。", "受理来信"),
        ("乙区信访局党组会议研究信访工作6次。", "研究信访工作"),
    ],
)
def test_measures_leave_the_body_out_that_acts(text, indicator):
    body = Mention(0, 5, "乙区信访局", "agency", "甲市乙区信访局", "organ")
    assert [m.indicator for m in measures(text, [body])] == [indicator]


def test_measures_ranges_keep_both_ends():
    (found,) = measures("每所学校选派3-5名联络员。")
    assert (found.value, found.upper, found.wording) == (3, 5, "3-5名")


@pytest.mark.parametrize(
    ("text", "change"),
    [("来信量同比下降8.7%。", -8.7), ("登记量较上年增长12件。", 12), ("登记量为12件。", None)],
)
def test_measures_changes_have_a_sign(text, change):
    assert measures(text)[-1].change == change


def test_measures_parts_know_their_total():
    found = measures("受理复议申请52件，其中行政处罚类30件、信息公开类9件。")
    assert [(m.indicator, m.value, m.of) for m in found] == [
        ("受理复议申请", 52, ""),
        ("行政处罚类", 30, "受理复议申请"),
        ("信息公开类", 9, "受理复议申请"),
    ]


def test_measures_rates_are_of_what_was_counted_before():
    text = "民生热线受理案件6200件，解决率56.4%。"
    mention = Mention(0, 4, "民生热线", "mechanism", "民生热线", "marked")
    count, rate = measures(text, [mention])
    assert (rate.indicator, rate.of) == ("解决率", count.indicator)
    assert rate.about == ("mechanism", "民生热线")


def test_measures_long_indicators_are_cut_between_words():
    text = "持续做好面向全市各类经营主体和广大群众的政策宣传解读咨询答复与跟踪回访服务86次。"
    (found,) = measures(text)
    assert len(found.indicator) <= 24
    assert text.index(found.indicator) > 0
    assert found.indicator.endswith("跟踪回访服务")


@pytest.mark.parametrize("text", ["1" * 100_000, "3-" * 50_000, "十" * 100_000, "办结3件" * 20_000])
def test_measures_L22_hostile_numbers_end(text):
    assert isinstance(measures(text), list)

"""Pairs of a passage and the regulations that it names. Passages are our own."""

from itertools import pairwise

import pytest

from loaders.document import make_document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.places import Place
from loaders.regulations import find_regulations, resolve_regulations

ANYONE = Heading(year=2023)
COUNTY = Heading(
    unit="云岭省松溪县司法局",
    surfaces=("松溪县司法局", "县司法局"),
    year=2023,
    place=Place("松溪县", ("云岭省",), "县区"),
    level="县区",
)
DISTRICT = Heading(
    unit="海原市河东区信访局",
    surfaces=("河东区信访局", "区信访局"),
    year=2022,
    place=Place("河东区", ("海原市",), "县区"),
    level="县区",
)


def find(text: str, heading: Heading = ANYONE) -> tuple[list[Mention], list[Entity]]:
    doc = make_document("t", "t.txt", "txt", text)
    mentions = find_regulations(doc, heading, ())
    assert all(doc.text[m.start : m.end] == m.surface for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    return mentions, resolve_regulations(mentions, doc, heading)


def names(text: str, heading: Heading = ANYONE) -> list[str]:
    return [entity.name for entity in find(text, heading)[1]]


PAIRS = {
    # Marks
    "one_title": ("认真执行《重大行政决策程序暂行条例》。", ["重大行政决策程序暂行条例"]),
    "country_dropped": ("贯彻《中华人民共和国数据安全法》。", ["数据安全法"]),
    "neighbours": ("学习《宪法》《监察法》和《信访工作条例》", ["宪法", "监察法", "信访工作条例"]),
    "local_regulation": ("宣传《云岭省物业服务条例》。", ["云岭省物业服务条例"]),
    "unknown_rule": (
        "按照《云岭省乡村医生执业管理规定》核查。",
        ["云岭省乡村医生执业管理规定"],
    ),
    "opinion": ("对照《关于推进云州市养老托育的意见》抓落实。", ["关于推进云州市养老托育的意见"]),
    "list": (
        "公布《云州市本级行政许可事项清单（2023年版）》",
        ["云州市本级行政许可事项清单(2023年版)"],
    ),
    "several_in_one": ("组织《行政处罚法、行政许可法》测试", ["行政处罚法", "行政许可法"]),
    "trial_version": (
        "适用《云州市城管执法全过程记录规定（试行）》",
        ["云州市城管执法全过程记录规定"],
    ),
    "quotes_inside": (
        "编制《“十四五”云州市公共法律服务规划》",
        ["“十四五”云州市公共法律服务规划"],
    ),
    "title_within_title": (
        "转发《云州市人民政府关于印发〈云州市重大行政决策事项目录管理办法〉的通知》",
        ["云州市重大行政决策事项目录管理办法"],
    ),
    "same_marks_within": (
        "收到《关于印发《云州市行政应诉工作规则》的通知》后",
        ["云州市行政应诉工作规则"],
    ),
    "ascii_marks_within": (
        "收到《关于印发<云州市行政应诉工作规则>的通知》后",
        ["云州市行政应诉工作规则"],
    ),
    "repeal_is_not_what_it_repeals": (
        "《云州市人民政府关于废止〈云州市户外广告管理办法〉的决定》已公布",
        ["云州市人民政府关于废止〈云州市户外广告管理办法〉的决定"],
    ),
    "central_issuer_in_title": (
        "落实《国务院办公厅关于加强和改进行政应诉工作的意见》",
        ["关于加强和改进行政应诉工作的意见"],
    ),
    "two_central_issuers": (
        "落实《中共中央、国务院关于加强和完善城乡社区治理的意见》",
        ["关于加强和完善城乡社区治理的意见"],
    ),
    "number_is_no_part": (
        "依据《云州市罚没物品管理办法》（甲政发〔2020〕8号）",
        ["云州市罚没物品管理办法"],
    ),
    "broken_line": ("落实《优化营商\n环境条例》要求", ["优化营商环境条例"]),
    "unclosed": (
        "根据《信访工作条例的规定，及时答复。《保密法》也要遵守。",
        ["信访工作条例", "保守国家秘密法"],
    ),
    "unclosed_before_closed": ("落实《乙规划，执行《残疾人就业条例》。", ["残疾人就业条例"]),
    # Editions
    "edition_by_dash": (
        "实施《法治政府建设实施纲要（2021—2025年）》",
        ["法治政府建设实施纲要(2021-2025年)"],
    ),
    "edition_behind_marks": (
        "回顾《法治政府建设实施纲要》（2015-2020年）",
        ["法治政府建设实施纲要(2015-2020年)"],
    ),
    "edition_by_year": ("实施《法治政府建设实施纲要》", ["法治政府建设实施纲要(2021-2025年)"]),
    # Not regulations
    "newspaper": ("《法治日报》《中国信访报》作了报道。", []),
    "magazine": ("《人民信访》杂志刊文介绍。", []),
    "book": ("研读《习近平法治思想学习纲要》和《习近平著作选读》。", []),
    "plan_to_study_a_book": (
        "实施《云州市习近平法治思想学习宣传方案》，不列《论坚持全面依法治国》。",
        ["云州市习近平法治思想学习宣传方案"],
    ),
    "film": ("组织观看《以案为鉴》警示教育片、电影《第二十条》。", []),
    "contract": ("签订《法律顾问聘用合同》和《人民调解协议书》。", []),
    "pledge": ("逐级签订《信访工作目标责任书》。", []),
    "single_case": ("发出《行政执法监督通知书》3份、《责令整改决定书》2份。", []),
    "speech": ("传达《在全市政法工作会议上的讲话》。", []),
    "congress_report": ("学习《党的二十大报告》和《政府工作报告》。", []),
    "letter": ("发放《致企业家的一封信》。", []),
    "tv_programme": ("参与《今日说法》栏目录制。", []),
    "reading_of_a_law": ("发放《民法典解读》读本。", []),
    "permit": ("核发《食品经营许可证》40张。", []),
    # Without marks
    "known_laws": ("开展行政处罚法和民法典专题培训。", ["行政处罚法", "民法典"]),
    "knowledge_of": ("举办宪法知识讲座。", ["宪法"]),
    "constitution_week": ("参加宪法宣传周和民法典宣传月活动。", []),
    "petition_month": ("组织信访条例宣传月活动。", []),
    "constitution_day": ("在国家宪法日组织宪法宣誓。", []),
    "inside_a_slogan": ("开展“美好生活·民法典相伴”主题宣传。", []),
    "laws_in_general": ("提升安全生产法律法规知晓率，维护法律尊严。", []),
    "constitution_and_laws": ("维护宪法和法律尊严。", ["宪法"]),
    "numbered_measures": (
        "出台“优化营商环境59条”，修订“民营经济三十条”。",
        ["优化营商环境59条", "民营经济三十条"],
    ),
    "numbered_measures_elsewhere": ("学习“军规32条”内容。", []),
    "park": ("建成民法典主题公园1处。", []),
    "rule_of_law_in_schools": ("深化青少年教育法治工作。", []),
    "other_places_rule": ("推动云岭省信访条例修订。", []),
    "amendment": ("学习刑法修正案（十一）。", ["刑法修正案(十一)"]),
    "constitution_in_a_list": ("学习宪法、法律法规和党内法规。", ["宪法"]),
    "longest_name": ("检查劳动合同法落实情况。", ["劳动合同法"]),
    "rules_under_a_law": ("宣讲外商投资法实施条例。", ["外商投资法实施条例"]),
    "plan_without_marks": (
        "对标法治社会建设实施纲要（2020—2025年）自查。",
        ["法治社会建设实施纲要(2020-2025年)"],
    ),
    "party_constitution": ("用党章对照检查。", ["中国共产党章程"]),
    # Short forms
    "defined_in_marks": (
        "印发《云州市法治督察工作细则》（以下简称《细则》）。《细则》共七章。",
        ["云州市法治督察工作细则"],
    ),
    "defined_in_quotes": (
        "执行《信访工作条例》（以下简称“条例”），让“条例”落地。",
        ["信访工作条例"],
    ),
    "defined_behind_number": (
        "根据《云州市数字政府规划》（甲政发〔2022〕3号）（以下简称《规划》），《规划》任务过半。",
        ["云州市数字政府规划"],
    ),
    "not_defined": (
        "出台《云州市养犬管理实施细则》，围绕《实施细则》培训。",
        ["云州市养犬管理实施细则"],
    ),
    "short_title_with_a_shorter_one": (
        "按《档案办法》归档（以下无简称），《办法》已培训。",
        ["档案办法"],
    ),
    "one_form_for_several": (
        "落实《云州市法治规划》和《云州市普法纲要》（以下简称“一规划一纲要”），“一规划一纲要”见效。",
        ["云州市法治规划", "云州市普法纲要"],
    ),
    "a_form_that_counts_years": (
        "《云州市养老服务三年计划》（以下简称“三年计划”）过半，“三年计划”见效。",
        ["云州市养老服务三年计划"],
    ),
    "one_character_more_is_another": (
        "执行《小企业会计准则》或《企业会计准则》。",
        ["小企业会计准则", "企业会计准则"],
    ),
    "last_one_said": (
        "《云州市供热条例》施行。《云州市河道条例》施行，《条例》明确了河长职责。",
        ["云州市供热条例", "云州市河道条例"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), PAIRS.values(), ids=PAIRS.keys())
def test_regulations_named_in_a_passage(text, expected):
    assert names(text) == expected


SPELLINGS = [
    "《法治政府建设实施纲要（2021－2025年）》",
    "《法治政府建设实施纲要(2021-2025)》",
    "《法治政府建设实施纲要 （2021—2025 年）》",
    "〈法治政府建设实施纲要（２０２１～２０２５年）〉",
    "《法治政府建设实施纲要（2021年至2025年）》",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_regulations_spellings_of_one_title_are_one_node(text):
    assert names(text) == ["法治政府建设实施纲要(2021-2025年)"]


def test_regulations_unknown_titles_fold_alike():
    one = names("《云州市“强基”行动方案（2021－2023年）》")
    two = names('《云州市"强基"行动方案(2021-2023年)》')
    assert one == two == ["云州市“强基”行动方案(2021-2023年)"]


def test_regulations_keep_the_marks_in_the_mention():
    mentions, _ = find("执行《保障农民工工资支付条例》和民法典")
    assert [m.surface for m in mentions] == ["《保障农民工工资支付条例》", "民法典"]


def test_regulations_short_forms_are_mentions_of_the_full_title():
    _, (entity,) = find("依据《信访工作条例》（以下简称《条例》），落实《条例》第五条。")
    assert [m.surface for m in entity.mentions] == ["《信访工作条例》", "《条例》", "《条例》"]
    assert "条例" not in entity.also


def test_regulations_give_the_official_title_as_another_name():
    _, (entity,) = find("落实《政府信息公开条例》")
    assert entity.also == ("中华人民共和国政府信息公开条例",)


OWN = {
    "made_by_the_unit": (
        "研究制定《行政复议案件集体审议规则》。",
        "云岭省松溪县司法局行政复议案件集体审议规则",
    ),
    "second_of_a_list": (
        "印发《松溪县普法责任清单》《法治副校长履职办法》。",
        "云岭省松溪县司法局法治副校长履职办法",
    ),
    "made_by_the_unit_by_name": (
        "县司法局出台《律师驻点工作方案》。",
        "云岭省松溪县司法局律师驻点工作方案",
    ),
    "made_by_another": ("县政府印发《行政调解工作规范指引》。", "行政调解工作规范指引"),
    "made_by_somebody": ("学习我县印发的《法治督察指引》。", "松溪县法治督察指引"),
    "by_means_of": ("通过《合同示范清单目录》规范签约。", "合同示范清单目录"),
    "cited": ("对照《行政执法案卷评查标准细则》自查。", "行政执法案卷评查标准细则"),
    "generic_cited": ("按照《2023年法治建设工作要点》推进。", "松溪县2023年法治建设工作要点"),
    "generic_made": ("制定《2023年工作要点》。", "云岭省松溪县司法局2023年工作要点"),
    "short_name_in_title": ("修订《县司法局合同审查办法》。", "云岭省松溪县司法局合同审查办法"),
    "higher_places_title": ("宣传《云岭省优化营商环境条例》。", "云岭省优化营商环境条例"),
    "relative_place": ("执行《县委常委会议事规则》。", "松溪县县委常委会议事规则"),
    "internal_rules": ("遵守《党组议事规则》。", "云岭省松溪县司法局党组议事规则"),
    "full_name_in_title": ("修订《松溪县司法局采购办法》。", "松溪县司法局采购办法"),
    "place_in_title": ("落实《松溪县法治建设规划》。", "松溪县法治建设规划"),
}


@pytest.mark.parametrize(("text", "expected"), OWN.values(), ids=OWN.keys())
def test_regulations_of_two_units_are_not_one_node(text, expected):
    mentions, entities = find(text, COUNTY)
    assert entities[-1].name == expected
    title = mentions[-1].surface.strip("《》")
    assert title == expected or title in entities[-1].also


def test_regulations_of_the_place_go_by_their_short_title():
    beijing = Heading(year=2022, place=Place("东城区", ("北京市",), "县区"), level="县区")
    assert names("宣传《街道办事处条例》。", beijing) == ["北京市街道办事处条例"]
    assert names("宣传《街道办事处条例》。", COUNTY) == ["街道办事处条例"]


def test_regulations_of_a_district_carry_its_city():
    assert names("落实《河东区依法行政规划》。", DISTRICT) == ["海原市河东区依法行政规划"]


def test_regulations_of_a_province_are_not_its_governments_alone():
    province = Heading(
        unit="云岭省人民政府",
        surfaces=("云岭省人民政府", "云岭省", "省政府"),
        year=2023,
        place=Place("云岭省", (), "省"),
        level="省",
    )
    assert names("执行《云岭省养老服务条例》。", province) == ["云岭省养老服务条例"]
    assert names("省政府印发《数据流通方案》。", province) == ["云岭省人民政府数据流通方案"]


def test_regulations_same_title_same_node_within_a_report():
    text = "制定《信访事项复核听证工作规程》。按照《信访事项复核听证工作规程》开展听证。"
    assert names(text, DISTRICT) == ["海原市河东区信访局信访事项复核听证工作规程"]


def test_regulations_catalogue_tells_what_is_repealed():
    _, (entity,) = find("宣传《信访条例》")
    assert entity.properties["ended"] == "2022-05-01"
    assert entity.properties["replaced_by"] == "regulation:信访工作条例"
    assert entity.properties["known"] is True


def test_regulations_unknown_ones_are_marked():
    _, (entity,) = find("执行《云岭省养犬管理条例》")
    assert entity.properties == {"known": False, "kind": "地方性法规"}


def test_regulations_leave_taken_spans_alone():
    doc = make_document("t", "t.txt", "txt", "宪法知识竞答与民法典宣讲")
    taken = [Mention(0, 6, "宪法知识竞答", "initiative", "宪法知识竞答", "x")]
    assert [m.surface for m in find_regulations(doc, ANYONE, taken)] == ["民法典"]


# 100,000 characters on one line; a finder that is not linear never comes back.
HOSTILE = {
    "open_marks": ("《" * 100_000, 0),
    "close_marks": ("》" * 100_000, 0),
    "open_inner_marks": ("《云〈" * 33_000, 0),
    "nested_pairs": ("《" * 50_000 + "》" * 50_000, 0),
    "open_quotes": ("“民法典" * 25_000, 25_000),
    "one_long_line": ("甲乙丙丁" * 25_000, 0),
    "repeated_title": ("《信访条例》" * 16_000, 16_000),
    "repeated_short_form": ("《云州市养犬细则》" + "《细则》" * 25_000, 25_001),
    "half_definitions": ("《云州市细则》（以下简称" * 9_000, 9_000),
    "open_brackets": ("《云州市细则》" + "（" * 100_000, 1),
    "repeated_name": ("宪法" * 50_000, 50_000),
    "carriers": ("《" + "关于印发" * 25_000 + "》", 0),
    "lists": ("制定" + "《云州市办法》、" * 12_500, 12_500),
    "spaces": ("《" + " " * 100_000 + "》", 0),
}


@pytest.mark.parametrize(("text", "count"), HOSTILE.values(), ids=HOSTILE.keys())
def test_L22_regulations_hostile_text(text, count):
    mentions, _ = find(text, COUNTY)
    assert len(mentions) == count

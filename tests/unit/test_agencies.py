"""What a passage names: canonical names of agencies, over many kinds of units."""

from __future__ import annotations

from itertools import pairwise

import pytest

from loaders.agencies import find_agencies, resolve_agencies
from loaders.document import make_document
from loaders.entities import Entity, Mention
from loaders.heading import find_heading


def agencies_of(text: str, taken: tuple[Mention, ...] = ()) -> list[Entity]:
    doc = make_document("sample", "sample.txt", "txt", text)
    heading = find_heading(doc)
    return resolve_agencies(find_agencies(doc, heading, taken), doc, heading)


FENGTAI = "北京市丰台区民政局2021年法治政府建设年度情况报告\n"
CHENGDU = "成都市信访局2020年度法治政府建设工作报告\n"
CHANGSHA = "长沙县人民政府2022年法治政府建设情况报告\n"
STREET = "北京市海淀区人民政府花园路街道办事处2021年法治政府建设年度情况报告\n"
TOWN = "余姚市泗门镇人民政府2021年法治政府建设工作情况报告\n"
GANSU = "甘肃省司法厅2023年度法治政府建设情况报告\n"
NINGXIA = "宁夏回族自治区信访局2022年工作总结\n"

BRANCH = "马鞍山市公安局花山分局2021年度法治建设工作总结\n"
BRIGADE = "东海县交通运输综合行政执法大队2020年工作总结\n"
ZONE = "黄石经济技术开发区管理委员会2022年法治政府建设情况报告\n"
TAX = "国家税务总局平湖市税务局2021年法治政府建设情况报告\n"
COLLEGE = "江苏理工学院2020年信息公开年度报告\n"
UNLISTED = "澄州市云溪区信访局2023年法治政府建设情况报告\n"
MINISTRY = "国家粮食和物资储备局2022年法治政府建设年度报告\n"
HEAD_OF_TOWN = "宝丰县石桥镇党政主要负责人2022年度述法报告\n"

# Head of the report, a sentence, the agencies it names beside the unit.
PASSAGES: list[tuple[str, str, set[str]]] = [
    # Party and government of the unit's own divisions
    (FENGTAI, "在区委、区政府的坚强领导下，工作有序推进。", {"中共北京市丰台区委员会", "北京市丰台区人民政府"}),
    (FENGTAI, "按照市委市政府统一部署开展工作。", {"中共北京市委员会", "北京市人民政府"}),
    (CHENGDU, "向省委、省政府专题汇报两次。", {"中共四川省委员会", "四川省人民政府"}),
    (CHANGSHA, "县委常委会听取汇报，县委政法委牵头落实。", {"中共长沙县委常务委员会", "中共长沙县委政法委员会"}),
    (NINGXIA, "自治区党委高度重视，自治区人民政府多次研究。", {"中共宁夏回族自治区委员会", "宁夏回族自治区人民政府"}),
    (GANSU, "省纪委监委、省委组织部联合发文。", {"中共甘肃省纪律检查委员会", "中共甘肃省委组织部"}),
    (CHENGDU, "市委办公厅、市政府办公厅印发通知。", {"中共成都市委办公厅", "成都市人民政府办公厅"}),
    (CHANGSHA, "主动接受县人大及其常委会和县政协的监督。", {"长沙县人民代表大会", "中国人民政治协商会议长沙县委员会"}),
    # The centre
    (FENGTAI, "认真落实党中央、国务院决策部署。", {"中共中央", "国务院"}),
    (FENGTAI, "贯彻中办、国办文件要求，配合民政部调研。", {"中共中央办公厅", "国务院办公厅", "民政部"}),
    (GANSU, "司法部和国家信访局联合开展调研。", {"司法部", "国家信访局"}),
    # Departments, alone and coordinated
    (FENGTAI, "会同区教委、国资委、卫健委联合执法。", {"北京市丰台区教育委员会", "北京市丰台区人民政府国有资产监督管理委员会", "北京市丰台区卫生健康委员会"}),
    (FENGTAI, "由区市场监管局、区城管执法局负责。", {"北京市丰台区市场监督管理局", "北京市丰台区城市管理综合行政执法局"}),
    (FENGTAI, "与东城区教委、北京市信访办建立联系。", {"北京市东城区教育委员会", "北京市信访办公室"}),
    (CHENGDU, "联合市中级人民法院、市检察院化解纠纷。", {"成都市中级人民法院", "成都市人民检察院"}),
    (CHENGDU, "指导武侯区信访局开展试点。", {"成都市武侯区信访局"}),
    (CHANGSHA, "司法局、人社局分别作了发言。", {"长沙县司法局", "长沙县人力资源和社会保障局"}),
    (GANSU, "兰州市司法局率先完成改革。", {"兰州市司法局"}),
    (FENGTAI, "区公安分局、区消防救援支队参加检查。", {"北京市公安局丰台分局", "北京市丰台区消防救援支队"}),
    (FENGTAI, "区工商分局、区国土分局参加核对。", {"北京市工商行政管理局丰台分局", "北京市国土资源局丰台分局"}),
    (FENGTAI, "区审改办、区人武部牵头，区住房城市建设委配合。", {"北京市丰台区人民政府行政审批制度改革工作领导小组办公室", "北京市丰台区人民武装部", "北京市丰台区住房和城乡建设委员会"}),
    (FENGTAI, "主持召开区委全面依法治区委员会会议。", {"中共北京市丰台区委全面依法治区委员会"}),
    (FENGTAI, "区纪委监委驻局纪检监察组全程监督，接受派驻纪检监察组组长约谈。", {"中共北京市丰台区纪律检查委员会驻北京市丰台区民政局纪检监察组"}),
    (FENGTAI, "社区监狱题材的图书和电视台节目很多。", set()),
    (FENGTAI, "海淀公安分局来我局交流。", {"北京市公安局海淀分局"}),
    # Towns and subdistricts
    (STREET, "街道工委、办事处主要负责人亲自部署。", {"中共北京市海淀区委花园路街道工作委员会"}),
    (STREET, "街道纪工委加强监督，街道司法所提供支持。", {"中共北京市海淀区纪律检查委员会花园路街道工作委员会", "北京市海淀区花园路街道司法所"}),
    (STREET, "花园路街道综合行政执法队开展检查。", {"北京市海淀区花园路街道综合行政执法队"}),
    (STREET, "接受区司法局指导，向区政府报告。", {"北京市海淀区司法局", "北京市海淀区人民政府"}),
    (TOWN, "镇党委书记带头学法，镇党委专题研究。", {"中共余姚市泗门镇委员会"}),
    (TOWN, "镇人大听取汇报，市司法局派员指导。", {"余姚市泗门镇人民代表大会", "余姚市司法局"}),
    # Bodies that a unit sets up
    (FENGTAI, "成立法治建设工作领导小组，由局长任组长。", {"北京市丰台区民政局法治建设工作领导小组"}),
    (FENGTAI, "局党组会议专题研究法治工作。", {"中共北京市丰台区民政局党组"}),
    (CHANGSHA, "县行政复议委员会审理案件，组建“放心消费”工作专班。", {"长沙县人民政府行政复议委员会", "长沙县“放心消费”工作专班"}),
    (STREET, "成立推进依法行政和综合治理工作领导小组。", {"北京市海淀区花园路街道推进依法行政和综合治理工作领导小组"}),
    (CHENGDU, "市信访工作联席会议办公室通报情况。", {"成都市信访工作联席会议办公室"}),
    (FENGTAI, "区政府督查室跟踪督办，区委区政府信访办转来信件。", {"北京市丰台区人民政府督查室", "中共北京市丰台区委员会", "北京市丰台区信访办公室"}),
    (FENGTAI, "联合团区委、区妇联开展活动。", {"共青团北京市丰台区委员会", "北京市丰台区妇女联合会"}),
    (FENGTAI, "对口支援成都市委、市政府。", {"中共成都市委员会", "成都市人民政府"}),
    (FENGTAI, "海淀区税务局提供数据。", {"国家税务总局北京市海淀区税务局"}),
    (FENGTAI, "区安置帮教工作专班办公室、区矛盾纠纷调处化解中心派员参加。", {"北京市丰台区安置帮教工作专班办公室", "北京市丰台区矛盾纠纷调处化解中心"}),
    (STREET, "花园路派出所、街道市民活动中心配合。", {"北京市公安局海淀分局花园路派出所", "北京市海淀区花园路街道市民活动中心"}),
    (CHENGDU, "省联席办交办案件，市公平竞争审查联席会议办公室抽查文件。", {"四川省信访工作联席会议办公室", "成都市公平竞争审查联席会议办公室"}),
    (FENGTAI, "区联席办协调，区消保委发布提示。", {"北京市丰台区消费者权益保护委员会"}),
    (FENGTAI, "落实区“两办”通知，报市两办备案。", {"中共北京市丰台区委办公室", "北京市丰台区人民政府办公室", "中共北京市委办公厅", "北京市人民政府办公厅"}),
    (FENGTAI, "调整区双拥工作领导小组，区防指办公室值守。", {"北京市丰台区双拥工作领导小组", "北京市丰台区防汛抗旱指挥部办公室"}),
    (FENGTAI, "与云岗街道办建立机制，团区委举办模拟法庭。", {"北京市丰台区人民政府云岗街道办事处", "共青团北京市丰台区委员会"}),
    (STREET, "办公室设在司法所，各司法所落实。", {"北京市海淀区花园路街道司法所"}),
    ("江苏省兴化市人民政府2023年工作报告\n", "在泰州市委、市政府和兴化市委的领导下工作。", {"中共泰州市委员会", "泰州市人民政府", "中共兴化市委员会"}),
    (GANSU, "省两办转发文件。", {"中共甘肃省委办公厅", "甘肃省人民政府办公厅"}),
    (FENGTAI, "推进一窗两办事项。", set()),
    ("佛山市生态环境局2020年度工作报告\n", "南海分局先行试点，配合市人大法制委修改条例，市综合执法局西樵中队参加。", {"佛山市生态环境局南海分局", "佛山市人民代表大会法制委员会", "佛山市综合行政执法局西樵中队"}),
    ("上海市普陀区城市管理行政执法局2019年工作报告\n", "区城管执法局在区委领导下开展工作。", {"中共上海市普陀区委员会"}),
    (STREET, "会同街道综治中心、马甸派出所巡查。", {"北京市海淀区花园路街道社会治安综合治理中心", "北京市公安局海淀分局马甸派出所"}),
    (CHANGSHA, "人行长沙县支行、市生态环境局长沙县分局参加。", {"中国人民银行长沙县支行", "长沙市生态环境局长沙县分局"}),
    (CHANGSHA, "检查发现本人行为失范，农业综合行政执法队挂牌。", {"长沙县农业综合行政执法队"}),
    (FENGTAI, "公安丰台分局参加联合检查。", {"北京市公安局丰台分局"}),
    (CHENGDU, "在市委社治委指导下，成立重大活动保障专项工作组。", {"中共成都市委城乡社区发展治理委员会", "成都市信访局重大活动保障专项工作组"}),
    (CHENGDU, "会同市林业和园林局、市能源局开展检查。", {"成都市林业和园林局", "成都市能源局"}),
    (CHENGDU, "市物业管理协调领导小组、市食安办召集会议。", {"成都市物业管理协调领导小组", "成都市食品安全委员会办公室"}),
    (GANSU, "与省法院建立联动机制，省法律服务指导中心运行。", {"甘肃省高级人民法院", "甘肃省法律服务指导中心"}),
    (FENGTAI, "区政府法律顾问团、市河长办、卢沟桥地区办事处参加论证。", {"北京市丰台区人民政府法律顾问团", "北京市河长制办公室", "北京市丰台区人民政府卢沟桥地区办事处"}),
    # Branches, brigades, zones, tax bureaus, colleges, a ministry, the head of a town
    (BRANCH, "在区委、区政府和市局的领导下，分局党委研究部署。", {"中共马鞍山市花山区委员会", "马鞍山市花山区人民政府", "马鞍山市公安局", "中共马鞍山市公安局花山分局委员会"}),
    (BRANCH, "分局会同区检察院开展检查，法制大队牵头整改，霍里派出所推行新做法。", {"马鞍山市花山区人民检察院", "马鞍山市公安局花山分局法制大队", "马鞍山市公安局花山分局霍里派出所"}),
    (BRIGADE, "大队会同县公安局、县城管局联合执法，港口中队全年检查三百次。", {"东海县公安局", "东海县城市管理局", "东海县交通运输综合行政执法大队港口中队"}),
    ("怀化市会同县司法局2021年工作报告\n", "会同县公安局派员参加。", {"会同县公安局"}),
    (ZONE, "在市委、市政府和党工委领导下，管委会推进改革。", {"中共黄石市委员会", "黄石市人民政府", "中共黄石经济技术开发区工作委员会"}),
    (ZONE, "区社发局组织宣传，经开区市场监管局开展检查。", {"黄石经济技术开发区社会发展局", "黄石经济技术开发区市场监督管理局"}),
    (TAX, "落实省局要求，市局稽查局联合人民银行平湖市支行开展行动。", {"国家税务总局浙江省税务局", "国家税务总局平湖市税务局稽查局", "中国人民银行平湖市支行"}),
    (COLLEGE, "校长办公室负责日常工作，监察处开展督查，充分发挥学术委员会的监督作用。", {"江苏理工学院校长办公室", "江苏理工学院监察处", "江苏理工学院学术委员会"}),
    (MINISTRY, "文件由法规体改司审核，提交局党组审议。", {"国家粮食和物资储备局法规体改司", "中共国家粮食和物资储备局党组"}),
    (HEAD_OF_TOWN, "镇党委专题研究，镇全面依法治镇委员会统筹推进。", {"中共宝丰县石桥镇委员会", "宝丰县石桥镇全面依法治镇委员会"}),
    (FENGTAI, "区文化广电和旅游局、区城管执法局参加检查。", {"北京市丰台区文化广电旅游局", "北京市丰台区城市管理综合行政执法局"}),
    (FENGTAI, "区司法局、区妇联三家单位常驻接待中心。", {"北京市丰台区司法局", "北京市丰台区妇女联合会"}),
    (CHENGDU, "市政务服务办推行一窗受理。", {"成都市政务服务办公室"}),
    # Own unit
    (FENGTAI, "我局制定方案，区民政局党组成员分片负责。", set()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "sentence", "expected"),
    PASSAGES,
    ids=[p[1][:14] + str(i) for i, p in enumerate(PASSAGES)],
)
def test_agencies_are_named_in_full(head: str, sentence: str, expected: set[str]) -> None:
    found = {e.name: e for e in agencies_of(head + sentence)}
    unit = find_heading(make_document("s", "s", "txt", head)).unit
    assert set(found) - {unit} == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "各级党委和有关部门高度重视。",
        "各区司法局、各街道办事处按时上报。",
        "17个街道办事处全部完成。",
        "公安机关、信访部门和基层单位密切配合。",
        "区委托第三方机构开展评估。",
        "以人民为中心推进工作，围绕中心工作抓落实。",
        "区长、局长和主任分别发言。",
        "加强社区建设，打造宜居城市。",
        "完善信访工作联席会议机制，畅通12345热线。",
        "集中办理事项三十件，立案查处十件。",
        "加强综合行政执法队伍建设。",
        "成立由主要领导任组长的领导小组。",
        "形成全区发展格局，提升中心城区品质，支持区商务中心区建设。",
        "完善规划委员会制度，走访街道办事处。",
        "加快建设国家医学中心，支持基地航司完善网络，从严查处对外投资案件。",
        "联合质子医疗中心启动建设，有限公司开展培训，三个中队全年出动。",
        "健全企业服务中心运行机制，各科室负责落实，高水平建设产业创新中心。",
    ],
)
def test_agencies_refuse_classes_posts_and_channels(sentence: str) -> None:
    names = {e.name for e in agencies_of(FENGTAI + sentence)}
    assert names == {"北京市丰台区民政局"}


def test_agencies_of_the_unit_are_one_entity() -> None:
    text = FENGTAI + "区民政局加强学习。我局组织培训，丰台区民政局获得表彰。"
    (unit,) = agencies_of(text)
    assert unit.name == "北京市丰台区民政局"
    assert {m.surface for m in unit.mentions} == {
        "北京市丰台区民政局",
        "区民政局",
        "我局",
        "丰台区民政局",
    }
    assert all(text[m.start : m.end] == m.surface for m in unit.mentions)


def test_agencies_are_not_taken_from_titles_of_documents() -> None:
    text = FENGTAI + "落实《北京市商务局工作规则》。"
    start = text.index("《")
    taken = (Mention(start, len(text) - 1, text[start:-1], "regulation", "x", "title"),)
    assert [e.name for e in agencies_of(text, taken)] == ["北京市丰台区民政局"]


def test_agencies_have_other_full_names() -> None:
    found = {e.name: set(e.also) for e in agencies_of(FENGTAI + "区委、区教委部署。")}
    assert {"丰台区委", "中共丰台区委", "中共北京市丰台区委"} <= found["中共北京市丰台区委员会"]
    assert {"丰台区教委", "北京市丰台区教委"} <= found["北京市丰台区教育委员会"]


def test_agencies_properties_follow_from_the_name() -> None:
    one = {e.name: e for e in agencies_of(FENGTAI + "区教委部署。")}
    other = {
        e.name: e for e in agencies_of(STREET.replace("海淀", "丰台") + "丰台区教委指导我街道。")
    }
    name = "北京市丰台区教育委员会"
    assert one[name].properties == other[name].properties
    assert one[name].properties["level"] == "县区"
    assert one[name].properties["line"] == "教育"
    assert one[name].properties["place"] == "北京市丰台区"


def test_agencies_without_a_known_place_are_left_out() -> None:
    assert agencies_of("今年以来，市委、区教委多次开会研究。") == []


def test_agencies_short_name_of_a_subdistrict_is_the_unit() -> None:
    text = (
        "北京市西城区人民政府陶然亭街道办事处2021年法治政府建设年度情况报告\n"
        "陶街道完善制度。陶亭街道完善制度，陶亭街道加强宣传。陶亭街道工委部署，陶亭街道普法。"
    )
    found = {e.name: {m.surface for m in e.mentions} for e in agencies_of(text)}
    assert "陶亭街道" in found["北京市西城区人民政府陶然亭街道办事处"]
    assert "陶亭街道工委" in found["中共北京市西城区委陶然亭街道工作委员会"]


@pytest.mark.parametrize(
    "text",
    [
        "党组" * 50000,
        "区委" * 50000,
        "第一条" * 33000,
        "领导小组" * 25000,
        "，监察处牵头" * 8000,
        "会同县公安局" * 8000,
        "市局大队分局" * 8000,
        "、区教委" * 25000,
        "北京市" * 33000,
    ],
)
def test_agencies_survive_repetition(text: str) -> None:
    mentions = find_agencies(
        make_document("s", "s", "txt", FENGTAI + text),
        find_heading(make_document("s", "s", "txt", FENGTAI)),
        (),
    )
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_agencies_of_a_place_that_no_table_has_keep_the_printed_names() -> None:
    text = (
        UNLISTED + "在区委、区政府领导和市信访局指导下，云溪区信访局与区司法局开展联合接访，"
        "并配合澄州市人民政府督查。"
    )
    assert {entity.name for entity in agencies_of(text)} == {
        "澄州市云溪区信访局",
        "中共澄州市云溪区委员会",
        "澄州市云溪区人民政府",
        "澄州市信访局",
        "澄州市云溪区司法局",
        "澄州市人民政府",
    }

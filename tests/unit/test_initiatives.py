"""Initiatives: which spans are names, which names are one, what is left alone."""

from __future__ import annotations

import pytest

from loaders.document import Document, make_document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.initiatives import find_initiatives, resolve_initiatives
from loaders.mechanisms import find_mechanisms

NOBODY = Heading()


def _mentions(text: str, *taken: Mention) -> tuple[Document, list[Mention]]:
    doc = make_document("r", "r.txt", "txt", text)
    return doc, find_initiatives(doc, NOBODY, taken)


def _surfaces(text: str) -> list[str]:
    return [m.surface for m in _mentions(text)[1]]


def _entities(text: str) -> list[Entity]:
    doc, mentions = _mentions(text)
    return resolve_initiatives(mentions, doc, NOBODY)


NAMED = [
    ("2014年6月启动渔港污染治理三年行动。", ["渔港污染治理三年行动"]),
    ("组织42家养殖单位参加“碧海清源”行动。", ["“碧海清源”行动"]),
    ("扎实开展“河道清四乱”专项行动。", ["“河道清四乱”专项行动"]),
    ("开展打击非法营运专项整治。", ["打击非法营运专项整治"]),
    (
        "开展“清朗”系列专项行动，深化夜间巡防系列专项行动。",
        ["“清朗”系列专项行动", "夜间巡防系列专项行动"],
    ),
    ("举办“渔民学法周”，邀请参加“法院开放日”。", ["“渔民学法周”", "“法院开放日”"]),
    ("推进液化石油气运输安全整治“三年行动”。", ["液化石油气运输安全整治“三年行动”"]),
    ("深化“让群众放心、让企业满意”模范机关创建。", ["“让群众放心、让企业满意”模范机关创建"]),
    ("打好污染防治“夏季攻势”。", ["污染防治“夏季攻势”"]),
    ("开展危险废物专项整治、饮用水水源地“回头看”。", ["危险废物专项整治", "饮用水水源地“回头看”"]),
    ("认真整改河湖督察“回头看”交办问题。", ["河湖督察“回头看”"]),
    ("组织“八五”普法年度考核。", ["“八五”普法"]),
    (
        "开展渔港、滩涂领域突出问题整治，组织“守渔港、护滩涂”大讨论。",
        ["渔港、滩涂领域突出问题整治", "“守渔港、护滩涂”大讨论"],
    ),
    (
        "争创省级“石榴籽”街道司法所，争创市级文明接待室。",
        ["争创省级“石榴籽”街道司法所", "争创市级文明接待室"],
    ),
    ("举办“12·4”国家宪法日系列活动。", ["“12·4”国家宪法日系列活动"]),
    (
        "开展豆角农药残留攻坚治理，实施城区道路疏堵工程。",
        ["豆角农药残留攻坚治理", "城区道路疏堵工程"],
    ),
    (
        "积极争创省级渔业示范县，创建“无案”乡镇（街道）六个。",
        ["争创省级渔业示范县", "创建“无案”乡镇（街道）"],
    ),
    (
        "举办全国渔政法治知识竞赛，实施“导师制”青年渔政培养计划。",
        ["全国渔政法治知识竞赛", "“导师制”青年渔政培养计划"],
    ),
    (
        "开展渔船隐患大起底、大排查、大化解专项行动26次。",
        ["渔船隐患大起底、大排查、大化解专项行动"],
    ),
    ("组织法律进企业、进校园活动28场次。", ["法律进企业、进校园活动"]),
    ("依法推进改革，聚力攻坚。", []),
    (
        "承办第八届海鲈节，开展“大学习、大调研、大改进”。",
        ["第八届海鲈节", "“大学习、大调研、大改进”"],
    ),
    (
        "开展渔药经营“挂证”整治和渔药使用专项检查，推进渔业资源清理整顿。",
        ["渔药经营“挂证”整治", "渔药使用专项检查", "渔业资源清理整顿"],
    ),
    ("组织宣讲团进渔村、进码头210场次。", []),
    (
        "开展涉及行政处罚、渔业生产内容的规章和规范性文件专项清理，创建省级平安渔村。",
        ["涉及行政处罚、渔业生产内容的规章和规范性文件专项清理", "创建省级平安渔村"],
    ),
    (
        "开展“重走渔路”研学实践，推进“互联网+渔业”示范区建设。",
        ["“重走渔路”研学实践", "“互联网+渔业”示范区建设"],
    ),
    (
        "举办“渔法讲坛”12期和渔政业务技能比武活动。",
        ["渔政业务技能比武活动"],
    ),
    ("在供暖等领域集中攻坚，首批12所学校试点。", []),
    ("法官进社区指导调解53场，湾口社区创建省级示范社区。", []),
    ("组织交通安全和海事执法领域突出问题专项整治。", ["交通安全和海事执法领域突出问题专项整治"]),
    ("以“法润岚川”为主题举办宪法宣传周系列活动。", ["宪法宣传周"]),
    ("组织“平安渔港”网络答题，举办渔业执法技能大赛。", ["“平安渔港”网络答题", "渔业执法技能大赛"]),
    ("打赢禽流感防控阻击战。", ["禽流感防控阻击战"]),
    ("开展出租房燃气安全大排查。", ["出租房燃气安全大排查"]),
    (
        "推进渔港周边环境综合治理，举办水上执法技能大比武。",
        ["渔港周边环境综合治理", "水上执法技能大比武"],
    ),
    ("举办“学法典、用法典”演讲比赛。", ["“学法典、用法典”演讲比赛"]),
    ("深入推进严打偷渔专项行动。", ["严打偷渔专项行动"]),
    ("开展农药残留全链条整治。", ["农药残留全链条整治"]),
    ("推进户外广告牌匾专项治理，消除隐患。", ["户外广告牌匾专项治理"]),
    ("完成殡葬领域突出问题专项整治工作。", ["殡葬领域突出问题专项整治"]),
    ("深化公立幼儿园管理体制改革。", ["公立幼儿园管理体制改革"]),
    ("启动长租公寓规范管理试点工作。", ["长租公寓规范管理试点工作"]),
    ("组织“银龄课堂”活动。", ["“银龄课堂”活动"]),
    ("举办防汛知识宣传周。", ["防汛知识宣传周"]),
    ("开展“服务质量提升年”活动。", ["“服务质量提升年”活动"]),
    ("实施“阳光校园”工程。", ["“阳光校园”工程"]),
    ("打赢散乱污企业治理攻坚战。", ["散乱污企业治理攻坚战"]),
    ("开展学习雷锋“邻里守望”实践活动。", ["“邻里守望”实践活动"]),
    ("实施婴幼儿照护能力提升工程。", ["婴幼儿照护能力提升工程"]),
    (
        "开展“蓝盾”行动、瓶装气安全专项整治。",
        ["“蓝盾”行动", "瓶装气安全专项整治"],
    ),
    ("推进省级依法治企示范单位创建。", ["依法治企示范单位创建"]),
    ("开展沿街商铺占道百日整治。", ["沿街商铺占道百日整治"]),
    ("结合“光盘行动”“楼道清爽”试点上门宣传。", ["“光盘行动”", "“楼道清爽”试点"]),
    ("开展打击“黑车”“黑摩的”专项行动。", ["打击“黑车”“黑摩的”专项行动"]),
    ("组织“普法好邻居”评选和“法进工棚”主题宣传。", ["“普法好邻居”评选", "“法进工棚”主题宣传"]),
    ("开展水源地保护专项督察。", ["水源地保护专项督察"]),
    ("组织实施好村医诊疗能力提升计划。", ["村医诊疗能力提升计划"]),
    ("实施窗口人员服务能力提升计划。", ["窗口人员服务能力提升计划"]),
    ("开展矿山生态修复整治“回头看”，督促整改。", ["矿山生态修复整治“回头看”"]),
    ("辖区派出所组织开展“利剑”系列打击整治行动。", ["“利剑”系列打击整治行动"]),
    ("持续推进“春雷行动”“秋冬攻势”，战果明显。", ["“春雷行动”", "“秋冬攻势”"]),
    ("争创“无访社区”，夯实基层基础。", ["争创“无访社区”"]),
    ("开展优秀执法案例评选活动。", ["优秀执法案例评选活动"]),
    (
        "开展集贸市场环境整治。开展执法规范化示范中队创建。",
        ["集贸市场环境整治", "执法规范化示范中队创建"],
    ),
]

KNOWN = [
    ("总结七五普法，谋划下一步。", "“七五”普法"),
    ("启动“八五”普法工作。", "“八五”普法"),
    ("扎实开展党史学习教育。", "党史学习教育"),
    ("推进扫黑除恶专项斗争。", "扫黑除恶专项斗争"),
    ("深化“放管服”改革。", "“放管服”改革"),
    ("组织宪法宣传周活动。", "“宪法宣传周”活动"),
    ("开展民法典宣传月活动。", "民法典宣传月"),
    ("做好安全生产月各项工作。", "安全生产月"),
    ("推进综合执法体制改革。", "综合行政执法改革"),
    ("创建全国文明城区。", "文明城市创建"),
    ("参与法治政府建设示范创建。", "法治政府建设示范创建"),
    ("集中治理重复信访、化解信访积案专项工作。", "治理重复信访、化解信访积案专项工作"),
]

UNNAMED = [
    "物业管理和老旧小区改造类占17%，棚户区改造引发的集体访有所上升。",
    "协调解决棚户区改造、预付费消费等疑难问题12个。",
    "先在学湖里、三潭西里两个社区试点。",
    "全面深化改革，坚持改革开放，推动改革发展稳定。",
    "积极开展宣传活动、学习活动和培训活动。",
    "迅速行动，统一行动，执行动态管理。",
    "重点工程建设有序推进，工程质量合格。",
    "2023年法治政府建设年度情况报告",
    "先行试点，以点带面。",
    "在三个旗县开展试点。",
    "制定三年行动计划和实施方案。",
    "举头望明月，低头思故乡。",
    "We launched a campaign in May.",
    "坚决杜绝“形象工程”“面子工程”。",
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[t for t, _ in NAMED])
def test_initiatives_named(text: str, expected: list[str]) -> None:
    assert _surfaces(text) == expected


@pytest.mark.parametrize(("text", "name"), KNOWN, ids=[t for t, _ in KNOWN])
def test_initiatives_known(text: str, name: str) -> None:
    (entity,) = _entities(text)
    assert entity.name == name
    assert entity.properties["discovered"] is False


@pytest.mark.parametrize("text", UNNAMED)
def test_initiatives_nothing_without_a_name(text: str) -> None:
    assert _surfaces(text) == []


def test_initiatives_two_campaigns_side_by_side_are_two() -> None:
    names = [e.name for e in _entities("结合党史学习教育“我为群众办实事”实践活动。")]
    assert names == ["党史学习教育", "“我为群众办实事”实践活动"]


def test_initiatives_hold_a_regulation_named_without_marks() -> None:
    text = "组织保密条例宣传月活动。"
    named = Mention(2, 6, "保密条例", "regulation", "保密条例", "bare")
    assert [m.surface for m in _mentions(text, named)[1]] == ["保密条例宣传月活动"]


def test_initiatives_leave_titles_alone() -> None:
    text = "印发《窨井盖专项治理方案》。"
    title = Mention(2, 13, text[2:13], "regulation", "窨井盖专项治理方案", "title")
    assert _mentions(text, title)[1] == []


def test_initiatives_win_over_a_mechanism_inside_them() -> None:
    doc, found = _mentions("深化“接诉即办”机制改革，抓好接诉即办。")
    assert [m.surface for m in found] == ["“接诉即办”机制改革"]
    assert [m.surface for m in find_mechanisms(doc, NOBODY, found)] == ["接诉即办"]


def test_initiatives_with_and_without_their_noun_are_one() -> None:
    (entity,) = _entities("举办敬老文化节。敬老文化节活动丰富。")
    assert [m.surface for m in entity.mentions] == ["敬老文化节", "敬老文化节活动"]


def test_initiatives_may_begin_with_the_body_that_set_them() -> None:
    text = "承担国家统计局课题研究项目。"
    body = Mention(2, 7, "国家统计局", "agency", "国家统计局", "full")
    assert [m.surface for m in _mentions(text, body)[1]] == ["国家统计局课题研究项目"]


def test_initiatives_are_named_after_the_title_of_a_document():
    title = Mention(2, 10, "《养犬管理条例》", "regulation", "养犬管理条例", "marks")
    assert [m.surface for m in _mentions("开展《养犬管理条例》集中宣传月活动。", title)[1]] == [
        "《养犬管理条例》集中宣传月活动"
    ]
    assert [
        m.surface for m in _mentions("开展《养犬管理条例》实施两周年宣传周活动。", title)[1]
    ] == ["《养犬管理条例》实施两周年宣传周活动"]
    assert _mentions("学习《养犬管理条例》活动。", title)[1] == []
